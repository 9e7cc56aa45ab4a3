import { isGivenName } from '../../../context/known-names.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { namesIn } from '../changed-words.js';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { lineOf, lineStarts, offsetOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

/**
 * An expression of a template whose end is missing: `{{ total }` and `{{ total` in Vue, in Svelte the brace that the
 * compiler expects at one place, and in JSX, Svelte and Astro the brace before a tag or an attribute. With it, the
 * file parses.
 */
export const unclosedExpression: Rule = {
  name: 'unclosed-expression',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !/\.(?:vue|svelte|astro|jsx|tsx|js)$/.test(file)) return undefined;
    if (!(await workspace.isBroken(file, text))) return undefined;
    const repaired: { readonly at: number; readonly text: string }[] = [];
    for (const insertion of await endsOf(workspace, error, { file, text })) {
      const candidate = replaceRanges(text, [insertion]);
      if ((await countParseErrors(file, candidate)) === 0) repaired.push({ at: insertion.start, text: candidate });
    }
    const [only, another] = repaired;
    if (!only || another || (file.endsWith('.vue') && mayEndInText(text, only.at))) return undefined;
    const isNamed = file.endsWith('.vue') || EXPECTED.test(error.message);
    if (!isNamed && !(await closesOneValue(workspace, { file, ...only }))) return undefined;
    return {
      files: new Map([[file, only.text]]),
      cause: `An expression in ${file}, line ${lineOf(text, only.at)}, has no end.`,
      change: 'Closes it where it ends, and with that the file parses.',
    };
  },
};

/** Svelte's word for it, with its place. */
const EXPECTED = /Expected token \}/;

async function endsOf(
  workspace: Workspace,
  error: BuildError,
  { file, text }: { readonly file: string; readonly text: string },
): Promise<Replacement[]> {
  if (file.endsWith('.vue')) return moustacheEnds(text);
  if (file.endsWith('.svelte') && EXPECTED.test(error.message)) return expectedBrace(text, error);
  const problem = file.endsWith('.svelte') ? undefined : (await workspace.parse(file, text)).errors[0]?.labels[0];
  return bracesAbove(text, Math.max(error.line ?? 1, problem === undefined ? 1 : lineOf(text, problem.start)));
}

/** Where what opens by `{{` lacks its end before the line or the text in the element ends. */
function moustacheEnds(text: string): Replacement[] {
  const unclosed = /\{\{(?:(?!\}\}|\{\{|<\/?[A-Za-z])[^\n])*(?=<\/?[A-Za-z]|\r?\n)/g;
  return [...text.matchAll(unclosed)].map((match) => {
    const written = match[0].trimEnd();
    const at = match.index + written.length;
    const end = written.endsWith('}') ? '}' : /^\{\{\s/.test(written) ? ' }}' : '}}';
    return { start: at, end: at, text: end };
  });
}

/** Whether a word behind a mark that texts have as well stands nowhere else: `{{ name - Overview` is a name and a text. */
function mayEndInText(text: string, at: number): boolean {
  const written = text.slice(text.lastIndexOf('{{', at) + 2, at);
  const names = namesIn(written.replace(/'[^']*'|"[^"]*"|`[^`]*`|\.[\w$]+/g, ''));
  return (
    /\s[-/|,:]\s/.test(written) &&
    names.some((name) => !isGivenName(name) && namesIn(text).filter((other) => other === name).length < 2)
  );
}

function expectedBrace(text: string, { line, column }: BuildError): Replacement[] {
  const offset = line === undefined ? undefined : offsetOf(text, line, column);
  if (offset === undefined) return [];
  const at = text.slice(0, offset).trimEnd().length;
  return [{ start: at, end: at, text: '}' }];
}

// A parser stops soon after the end that it missed.
const LINES_ABOVE = 40;
const MAX_PLACES = 80;

/** Before each tag, end of a tag and attribute down to the line at which the parser stops. */
function bracesAbove(text: string, line: number): Replacement[] {
  const starts = lineStarts(text);
  const from = starts[Math.max(0, line - LINES_ABOVE)] ?? 0;
  const upTo = starts[line] ?? text.length;
  const ends = /[^\s<>](?=\s{0,200}<\/?[A-Za-z>]|\s{0,200}\/?>|\s{1,200}[\w:-]{1,60}=)|>(?=\s{0,200}<\/)/g;
  return [...text.slice(from, upTo).matchAll(ends)].slice(-MAX_PLACES).map(({ index }) => {
    const at = from + index + 1;
    return { start: at, end: at, text: '}' };
  });
}

/** What may stand between words of a text, such as a comma or an exclamation mark, can have two meanings. */
const ONE_VALUE =
  /^(?:Identifier|MemberExpression|ChainExpression|CallExpression|ConditionalExpression|LogicalExpression|TemplateLiteral|Literal|JSXElement|ArrowFunctionExpression)$/;

/** `{{size}` may be an object, or have one brace too many. */
function isOneValue(node: SyntaxNode): boolean {
  if (node.type !== 'ObjectExpression') return ONE_VALUE.test(node.type);
  return node.properties.some((property) => property.type !== 'Property' || !property.shorthand);
}

async function closesOneValue(
  workspace: Workspace,
  { file, text, at }: { readonly file: string; readonly text: string; readonly at: number },
): Promise<boolean> {
  if (/\.(?:svelte|astro)$/.test(file)) return /\{\s*[\w$]+(?:\??\.[\w$]+|\([\w$., ]*\))*$/.test(text.slice(0, at));
  for (const { node } of walk((await workspace.parse(file, text)).program)) {
    if (node.end !== at + 1) continue;
    if (node.type === 'JSXExpressionContainer') return isOneValue(node.expression);
    if (node.type === 'JSXSpreadAttribute') return isOneValue(node.argument);
  }
  return false;
}
