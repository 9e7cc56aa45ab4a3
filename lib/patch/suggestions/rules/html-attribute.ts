import type { Program } from 'oxc-parser';
import { isSlip } from '../distance.js';
import type { Rule } from '../rule.js';
import { namesOf } from '../syntax/names.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { usesAt } from '../syntax/uses-at.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

/** The linter has a table of what HTML calls otherwise. */
const OF_HTML = /Unknown property '([\w-]+)' found, use '([A-Za-z]+)' instead/;
/** The compiler names whatever is the nearest, and for these two what React calls them. */
const UNKNOWN =
  /Property '([\w-]+)' does not exist on type '(?:DetailedHTMLProps|SVGProps|[\w<>]*HTMLAttributes)[^']*'\. Did you mean '([A-Za-z]+)'\?/;
/** Of a component, which hands on to the element what React knows. */
const OF_COMPONENT =
  /Property '(class|for)' does not exist on type 'IntrinsicAttributes & [^']*'\. Did you mean '(className|htmlFor)'\?/;
const CALLED_OTHERWISE = ['class', 'for'];

/** What HTML writes in small letters, by what React calls it. */
const OF_REACT = new Map(
  `acceptCharset accessKey allowFullScreen autoComplete autoFocus autoPlay cellPadding cellSpacing colSpan contentEditable
  crossOrigin dateTime encType enterKeyHint fetchPriority formAction frameBorder hrefLang httpEquiv inputMode maxLength minLength
  noValidate playsInline readOnly referrerPolicy rowSpan spellCheck srcDoc srcLang srcSet tabIndex useMap`
    .split(/\s+/)
    .map((name) => [name.toLowerCase(), name]),
)
  .set('class', 'className')
  .set('for', 'htmlFor');

/** What React's types take for a number, and for `true`. */
const NUMBERS = /^(?:colSpan|rowSpan|maxLength|minLength|tabIndex)$/;
const FLAGS = /^(?:allowFullScreen|autoFocus|autoPlay|noValidate|playsInline|readOnly)$/;

/** The attribute by the name that React has, and its value as its types take it; undefined where that says something else. */
function writtenAs(
  { name, value }: Extract<SyntaxNode, { type: 'JSXAttribute' }>,
  { right, isTyped }: { readonly right: string; readonly isTyped: boolean },
): Replacement | undefined {
  const named = { start: name.start, end: name.end, text: right };
  if (value?.type !== 'Literal') return named;
  const given = String(value.value);
  // HTML takes the attribute alone for `true`, and React an empty text for `false`.
  if (FLAGS.test(right))
    return ['', 'true', right.toLowerCase()].includes(given.toLowerCase()) ? { ...named, end: value.end } : undefined;
  if (!isTyped || !NUMBERS.test(right)) return named;
  return /^-?\d+$/.test(given) ? { ...named, end: value.end, text: `${right}={${given}}` } : undefined;
}

/** Elements of one's own take attributes as they are written, and of those of HTML two have `htmlFor`. */
function mayHave({ name }: Extract<SyntaxNode, { type: 'JSXOpeningElement' }>, attribute: string): boolean {
  if (name.type !== 'JSXIdentifier' || /^[A-Z]/.test(name.name)) return true;
  return attribute === 'htmlFor' ? /^(?:label|output)$/.test(name.name) : !name.name.includes('-');
}

/** Compilers name the first of an element: what was pasted from HTML has more of them. */
function pastedIn(program: Program, isTyped: boolean): Replacement[] {
  return [...walk(program)].flatMap(({ node }) => {
    if (node.type !== 'JSXOpeningElement' || node.name.type !== 'JSXIdentifier' || !/^[a-z\d]+$/.test(node.name.name))
      return [];
    const names = node.attributes.map((one) => (one.type === 'JSXAttribute' ? String(one.name.name) : ''));
    return node.attributes.flatMap((one) => {
      const right = one.type === 'JSXAttribute' ? OF_REACT.get(String(one.name.name)) : undefined;
      return one.type !== 'JSXAttribute' || right === undefined || names.includes(right) || !mayHave(node, right)
        ? []
        : (writtenAs(one, { right, isTyped }) ?? []);
    });
  });
}

/** `class` for `className` and the like, where linter or compiler names the attribute that React has. */
export const htmlAttribute: Rule = {
  name: 'html-attribute',
  async propose(error, workspace) {
    const named = OF_HTML.exec(error.message);
    const [, wrong, right] = named ?? UNKNOWN.exec(error.message) ?? OF_COMPONENT.exec(error.message) ?? [];
    const { file } = error;
    if (wrong === undefined || right === undefined || file === undefined || !/\.[jt]sx?$/.test(file)) return undefined;
    const ours = CALLED_OTHERWISE.includes(wrong) ? OF_REACT.get(wrong) : undefined;
    if (!named && (ours ?? right) !== right) return undefined;
    if (!named && ours === undefined && !isSlip(wrong, right)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;
    const { program } = await workspace.parse(file, text);
    const attributes = namesOf(program).filter((use) => use.name === wrong && use.parent?.type === 'JSXAttribute');
    const [place, another] = usesAt(text, attributes, error);
    const [tag] = [...walk(program)].filter(
      ({ node }) => node.type === 'JSXOpeningElement' && node.attributes.some((one) => one === place?.parent),
    );
    if (!place || another || (tag?.node.type === 'JSXOpeningElement' && !mayHave(tag.node, right))) return undefined;
    const isTyped = file.endsWith('.tsx');
    const edit = place.parent?.type === 'JSXAttribute' ? writtenAs(place.parent, { right, isTyped }) : undefined;
    if (!edit) return undefined;
    const others = pastedIn(program, isTyped).filter(({ start }) => start !== place.start);
    return {
      files: new Map([[file, replaceRanges(text, [edit, ...others])]]),
      cause: `React has no attribute \`${wrong}\`; ${file}, line ${lineOf(text, place.start)}, uses it.`,
      change: `Writes \`${right}\`, as the message names it.`,
    };
  },
};
