import type { Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { importsOf } from '../syntax/imports.js';
import { replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

const ADVICE =
  /import the "(\w+)" (?:class|directive|component|pipe) from "([\w@/.-]+)" and add it to the "imports" array of the component/;

/** A pipe, directive or component of Angular that a template uses and its component does not import: the compiler says which. */
export const componentImports: Rule = {
  name: 'component-imports',
  async propose(error, workspace) {
    const [, name, specifier] = ADVICE.exec(error.message) ?? [];
    const { file } = error;
    if (name === undefined || specifier === undefined || file === undefined) return undefined;
    const component = file.endsWith('.html') ? `${file.slice(0, -'html'.length)}ts` : file;
    const text = workspace.read(component);
    if (text === undefined || !component.endsWith('.ts')) return undefined;
    const { program, errors } = await workspace.parse(component, text);
    const [options, another] = findOptions(program);
    if (errors.length > 0 || !options || another) return undefined;
    const imports = options.properties.find(
      (property) =>
        property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'imports',
    );
    const list = imports?.type === 'Property' ? imports.value : undefined;
    const [first] = options.properties;
    if (first === undefined || (imports !== undefined && list?.type !== 'ArrayExpression')) return undefined;
    const edited =
      list?.type === 'ArrayExpression'
        ? insertInto(text, list, name)
        : insertBefore(text, first, `imports: [${name}],`);
    const known = importsOf(program).some(({ local }) => local === name);
    const wanted = { name, isDefault: false, isType: false, specifier };
    const repaired = known
      ? edited
      : addImport(component, edited, (await workspace.parse(component, edited)).program, wanted);
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[component, repaired]]),
      cause: `The template of ${component} uses \`${name}\`, which the component does not import.`,
      change: `Adds it to the component's \`imports\`, as the compiler asks.`,
    };
  },
};

function findOptions(program: unknown): Extract<SyntaxNode, { type: 'ObjectExpression' }>[] {
  return [...walk(program)].flatMap(({ node }) => {
    if (node.type !== 'Decorator' || node.expression.type !== 'CallExpression') return [];
    const {
      callee,
      arguments: [options],
    } = node.expression;
    return callee.type === 'Identifier' && callee.name === 'Component' && options?.type === 'ObjectExpression'
      ? [options as Extract<SyntaxNode, { type: 'ObjectExpression' }>]
      : [];
  });
}

function insertInto(text: string, list: Extract<SyntaxNode, { type: 'ArrayExpression' }>, name: string): string {
  const last = list.elements.at(-1);
  const at = last?.end ?? list.start + 1;
  return replaceRanges(text, [{ start: at, end: at, text: last ? `, ${name}` : name }]);
}

/** On a line of its own where the property stands on one. */
function insertBefore(text: string, { start }: { readonly start: number }, line: string): string {
  const indent = /\n([^\S\n]*)$/.exec(text.slice(0, start))?.[1];
  return replaceRanges(text, [{ start, end: start, text: indent === undefined ? `${line} ` : `${line}\n${indent}` }]);
}
