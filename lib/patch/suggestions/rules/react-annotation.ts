import { type Answer, ruleOfAnswers, type Source } from '../answers.js';
import { importsOf } from '../syntax/imports.js';
import { namesOf, referencesTo } from '../syntax/names.js';
import type { Replacement } from '../syntax/source-text.js';
import { type SyntaxNode, type Visit, walk } from '../syntax/walk.js';

/** Types that React itself gives to parameters that the compiler finds without one. */
const ANSWERS: readonly Answer[] = [
  {
    message: /^Parameter '([\w$]+)' implicitly has an 'any' type/,
    edit: typeEvent,
    change: 'Gives the event the type that it has on the one element that the function is given to.',
  },
  {
    message: /^Binding element 'children' implicitly has an 'any' type/,
    edit: typeChildren,
    change: 'Says that the component takes what React can render.',
  },
  {
    message: /^Property 'children' does not exist on type /,
    edit: takeChildren,
    change:
      'Declares the children that the component takes, which `FC` no longer does by itself since React 18, as the codemod of its types writes it.',
  },
];

export const reactAnnotation = ruleOfAnswers('react-annotation', ANSWERS);

const EVENTS: readonly (readonly [RegExp, string])[] = [
  [/^onChange$/, 'ChangeEvent'],
  [/^on(?:Click|DoubleClick|ContextMenu|Mouse(?:Down|Enter|Leave|Move|Out|Over|Up))$/, 'MouseEvent'],
  [/^onKey(?:Down|Up)$/, 'KeyboardEvent'],
  [/^on(?:Focus|Blur)$/, 'FocusEvent'],
  [/^on(?:Drag(?:End|Enter|Leave|Over|Start)?|Drop)$/, 'DragEvent'],
  [/^onPointer(?:Down|Enter|Leave|Move|Up)$/, 'PointerEvent'],
  [/^onTouch(?:Start|Move|End|Cancel)$/, 'TouchEvent'],
  [/^on(?:Copy|Cut|Paste)$/, 'ClipboardEvent'],
  [/^onWheel$/, 'WheelEvent'],
  [/^onSubmit$/, 'FormEvent'],
];

const ELEMENTS: Readonly<Record<string, string>> = {
  a: 'HTMLAnchorElement',
  button: 'HTMLButtonElement',
  div: 'HTMLDivElement',
  form: 'HTMLFormElement',
  img: 'HTMLImageElement',
  input: 'HTMLInputElement',
  label: 'HTMLLabelElement',
  li: 'HTMLLIElement',
  p: 'HTMLParagraphElement',
  select: 'HTMLSelectElement',
  span: 'HTMLSpanElement',
  textarea: 'HTMLTextAreaElement',
  ul: 'HTMLUListElement',
  video: 'HTMLVideoElement',
};

function typeEvent(source: Source, [, name = '']: RegExpExecArray): Replacement | undefined {
  const { program, text, at } = source;
  if (!isReactOwn(source)) return undefined;
  const names = namesOf(program);
  const parameter = names.find((use) => use.start === at && use.name === name && use.key === 'params');
  const func = parameter?.parent;
  if (!func || !('params' in func) || !Array.isArray(func.params) || func.params.length !== 1) return undefined;
  const called = names.find(
    ({ parent, key }) =>
      key === 'id' && (parent === func || (parent?.type === 'VariableDeclarator' && parent.init === func)),
  );
  if (!called || (called.parent?.type === 'VariableDeclarator' && called.parent.id.typeAnnotation)) return undefined;
  const uses = referencesTo(names, called.name) ?? [];
  const visits = [...walk(program)];
  const types = new Set(uses.map((use) => eventOf(use.start, visits)));
  const [type, another] = types;
  if (type === undefined || another !== undefined || types.size !== 1) return undefined;
  const event = /^React\.(\w+)/.exec(type)?.[1];
  // The file may have the type by its own name.
  const isImported = importsOf(program).some(
    ({ local, imported, specifier }) => specifier === 'react' && imported === event && local === event,
  );
  const written = isImported ? type.slice('React.'.length) : type;
  const isBare = func.start === at || /(?:^|[^\w$])async\s+$/.test(text.slice(func.start, at));
  return isBare
    ? { start: at, end: at + name.length, text: `(${name}: ${written})` }
    : { start: at + name.length, end: at + name.length, text: `: ${written}` };
}

/** The type of the event, where the use is all that an attribute of an element of HTML is given. */
function eventOf(start: number, visits: readonly Visit[]): string | undefined {
  const container = visits.find(
    ({ node }) =>
      node.type === 'JSXExpressionContainer' &&
      node.expression.type === 'Identifier' &&
      node.expression.start === start,
  );
  const attribute = container?.parent?.type === 'JSXAttribute' ? container.parent : undefined;
  const element = visits.find(({ node }) => node === attribute)?.parent;
  if (element?.type !== 'JSXOpeningElement' || element.name.type !== 'JSXIdentifier') return undefined;
  const attributeName = String(attribute?.name.name);
  const event = EVENTS.find(([pattern]) => pattern.test(attributeName))?.[1];
  const type = ELEMENTS[element.name.name];
  return event === undefined || type === undefined ? undefined : `React.${event}<${type}>`;
}

/** Whether `React` means React: its types may be named without an import. */
function isReactOwn({ program }: Source): boolean {
  const declared = namesOf(program).filter(({ name, role }) => name === 'React' && role === 'declaration');
  return (
    declared.length === 0 ||
    importsOf(program).some(({ local, specifier }) => local === 'React' && specifier === 'react')
  );
}

function parametersAt({ program, at }: Source): readonly Visit[] {
  return [...walk(program)].filter(
    ({ node, key }) => node.type === 'ObjectPattern' && key === 'params' && node.start <= at && at < node.end,
  );
}

function typeChildren(source: Source): Replacement | undefined {
  const [visit, another] = parametersAt(source);
  if (visit?.node.type !== 'ObjectPattern' || another || !isReactOwn(source)) return undefined;
  const { node, parent } = visit;
  const [only, other] = node.properties;
  const isAlone = only?.type === 'Property' && !other && only.key.type === 'Identifier' && only.key.name === 'children';
  if (!isAlone || node.typeAnnotation || !parent || !isComponent(source, parent)) return undefined;
  return { start: node.end, end: node.end, text: ': { children: React.ReactNode }' };
}

function isComponent({ program }: Source, func: SyntaxNode): boolean {
  if (!('params' in func) || !Array.isArray(func.params) || func.params.length !== 1) return false;
  return namesOf(program).some(
    ({ name, parent, key }) =>
      key === 'id' &&
      /^[A-Z]/.test(name) &&
      (parent === func || (parent?.type === 'VariableDeclarator' && parent.init === func && !parent.id.typeAnnotation)),
  );
}

function takeChildren(source: Source): readonly Replacement[] | undefined {
  const { program, text } = source;
  const [visit, another] = parametersAt(source);
  const func = visit?.parent;
  if (visit?.node.type !== 'ObjectPattern' || another || visit.node.typeAnnotation) return undefined;
  const declarator = [...walk(program)].find(
    ({ node }) => node.type === 'VariableDeclarator' && node.init === func,
  )?.node;
  const type = declarator?.type === 'VariableDeclarator' ? declarator.id.typeAnnotation?.typeAnnotation : undefined;
  if (type?.type !== 'TSTypeReference') return undefined;
  const called = text.slice(type.typeName.start, type.typeName.end);
  const [, namespace = '', name = ''] = /^(?:([\w$]+)\.)?([\w$]+)$/.exec(called) ?? [];
  const imports = importsOf(program).filter(({ specifier }) => specifier === 'react');
  const imported = imports.find(({ local }) => local === (namespace || name));
  const isComponentType = /^(?:FC|FunctionComponent)$/.test(namespace ? name : (imported?.imported ?? ''));
  if (!isComponentType || (namespace === '' ? !imported : namespace !== 'React')) return undefined;
  const wrapper = namespace === '' ? 'PropsWithChildren' : `${namespace}.PropsWithChildren`;
  const props = type.typeArguments?.params[0];
  const edits: Replacement[] = props
    ? [
        { start: props.start, end: props.start, text: `${wrapper}<` },
        { start: props.end, end: props.end, text: '>' },
      ]
    : [{ start: type.end, end: type.end, text: `<${wrapper}>` }];
  const isThere = namespace !== '' || imports.some((one) => one.local === 'PropsWithChildren');
  if (isThere || !imported) return edits;
  const mark = /^type\s/.test(text.slice(imported.start, imported.end)) ? 'type ' : '';
  return [...edits, { start: imported.end, end: imported.end, text: `, ${mark}PropsWithChildren` }];
}
