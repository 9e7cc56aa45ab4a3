import { escapePattern } from '../../../context/word-pattern.js';
import { isBroughtByDiff } from '../changed-words.js';
import type { Rule } from '../rule.js';
import { findFunction } from '../syntax/await-calls.js';
import type { Func } from '../syntax/entry-functions.js';
import { modulesRunBy } from '../syntax/imports.js';
import { isScript, type ParsedSource, parseSource } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const NOT_A_STRING =
  /A required parameter \(([\w$]+)\) was not provided as a string received number in (getStaticPaths|generateStaticParams)/;

/**
 * A number where Next.js lists the parameters of a route, which are strings: the one that the diff brought into data whose other
 * entries have numbers in quotes there; or in the list itself, where the page reads the parameter as text or makes a number of it.
 */
export const numericParameter: Rule = {
  name: 'numeric-parameter',
  async propose({ message, route }, workspace) {
    const [, parameter, lister] = NOT_A_STRING.exec(message) ?? [];
    if (parameter === undefined || lister === undefined || route === undefined) return undefined;
    const [page, another] = workspace.findRoute(route).pages;
    const text = page === undefined || another !== undefined ? undefined : workspace.read(page);
    if (page === undefined || text === undefined || !isScript(page)) return undefined;
    const source = await workspace.parse(page, text);
    const func = findFunction(source.program, lister);
    const given = func && givenTo(source, func, parameter);
    if (!given) return undefined;
    const data = await findData(workspace, page, keyOf(given) ?? parameter);
    if (data === 'unknown' || data.length > 1) return undefined;
    const [only] = data;
    if (only)
      return {
        files: new Map([[only.path, only.text]]),
        cause: `${only.path} has a number for \`${only.key}\` where all other entries have a string, and ${route} takes it for its address.`,
        change: 'Writes the same value as a string.',
      };
    if (!readsAsText(source, parameter, func)) return undefined;
    const value = text.slice(given.start, given.end);
    const written = given.shorthand ? `${value}: String(${value})` : `String(${value})`;
    return {
      files: new Map([[page, replaceRanges(text, [{ start: given.start, end: given.end, text: written }])]]),
      cause: `${page} lists a number for \`${parameter}\`, which Next.js wants as a string.`,
      change: 'Makes a string of it; the page reads it as text, or makes a number of it itself.',
    };
  },
};

interface Given {
  readonly node: SyntaxNode;
  readonly start: number;
  readonly end: number;
  readonly shorthand: boolean;
}

/** What the function gives the parameter, where it does once: a name, or a member of one. */
function givenTo({ program, errors }: ParsedSource, func: Func, parameter: string): Given | undefined {
  const found = [...walk(program)].flatMap(({ node, parent }): Given[] => {
    if (node.type !== 'Property' || parent?.type !== 'ObjectExpression' || node.computed) return [];
    const isMeant = node.key.type === 'Identifier' && node.key.name === parameter;
    if (!isMeant || node.start < func.start || node.end > func.end) return [];
    const value = node.value as SyntaxNode;
    return [{ node: value, start: value.start, end: value.end, shorthand: node.shorthand }];
  });
  const [only, another] = found;
  const isPlain = only?.node.type === 'Identifier' || (only && keyOf(only) !== undefined);
  return errors.length === 0 && isPlain && another === undefined ? only : undefined;
}

function keyOf({ node }: Given): string | undefined {
  const isMember = node.type === 'MemberExpression' && !node.computed && !node.optional;
  return isMember && node.property.type === 'Identifier' ? node.property.name : undefined;
}

interface Data {
  readonly path: string;
  readonly key: string;
  readonly text: string;
}

/** The documents behind the page that are lists with one number under this key, which the diff brought, among strings. */
async function findData(workspace: Workspace, page: string, key: string): Promise<Data[] | 'unknown'> {
  const found: Data[] = [];
  const reached = new Set([page]);
  for (const path of reached) {
    const text = workspace.read(path);
    if (text === undefined) continue;
    if (path.endsWith('.json')) {
      const odd = await quoteOdd(workspace, path, text, key);
      if (odd === 'unknown') return odd;
      if (odd !== undefined) found.push({ path, key, text: odd.quoted });
    } else if (isScript(path))
      for (const specifier of modulesRunBy((await workspace.parse(path, text)).program)) {
        const target = resolveSpecifier(workspace, path, specifier);
        if (target !== undefined) reached.add(target);
      }
  }
  return found;
}

async function quoteOdd(
  workspace: Workspace,
  path: string,
  text: string,
  key: string,
): Promise<{ readonly quoted: string } | 'unknown' | undefined> {
  const { program, errors } = await parseSource('data.ts', `(${text})`);
  const [statement] = program.body;
  const expression = statement?.type === 'ExpressionStatement' ? (statement.expression as SyntaxNode) : undefined;
  const list = expression?.type === 'ParenthesizedExpression' ? (expression.expression as SyntaxNode) : expression;
  const entries = list?.type === 'ArrayExpression' ? (list.elements as readonly (SyntaxNode | null)[]) : [];
  const values = entries.map((entry) => memberOf(entry, key));
  const [odd, another] = values.filter((value) => value?.type === 'Literal' && typeof value.value === 'number');
  const isOfStrings = values.every(
    (value) => value === odd || (value?.type === 'Literal' && typeof value.value === 'string'),
  );
  // Among words the number is the slip, and nobody but the author knows the word.
  const isAmongWords = values.some((value) => value?.type === 'Literal' && /\D/.test(String(value.value)));
  if (odd !== undefined && isAmongWords) return 'unknown';
  if (errors.length > 0 || odd?.type !== 'Literal' || another || !isOfStrings || entries.length < 3) return undefined;
  const written = String(odd.value);
  const isPlain = /^\d+$/.test(written) && text.slice(odd.start - 1, odd.end - 1) === written;
  const line = new RegExp(`"${escapePattern(key)}"\\s*:\\s*${written}(?![\\d.])`).exec(text)?.[0];
  if (!isPlain || line === undefined || !isBroughtByDiff(workspace, path, line)) return undefined;
  // Something may point to the entry by its number, or have the string.
  const pointer = new RegExp(`(?:id["']?\\s*:|\\bid\\s*={2,3}|[[,])\\s*["']?${written}["']?(?![\\w.])`, 'i');
  const others = workspace.changes.filter((change) => change.path !== path).map(({ hunks = '' }) => hunks);
  const rest = text.slice(0, odd.start - 1).replace(/"[^"]*"\s*:\s*$/, '') + text.slice(odd.end - 1);
  if ([rest, ...others].some((other) => pointer.test(other))) return undefined;
  return { quoted: replaceRanges(text, [{ start: odd.start - 1, end: odd.end - 1, text: `"${written}"` }]) };
}

/** The value of a member of an object that JSON writes. */
function memberOf(entry: SyntaxNode | null, key: string): SyntaxNode | undefined {
  for (const property of entry?.type === 'ObjectExpression' ? entry.properties : [])
    if (property.type === 'Property' && property.key.type === 'Literal' && property.key.value === key)
      return property.value as SyntaxNode;
  return undefined;
}

/** Whether all of the page that reads the parameter makes text or a number of it, and something does. */
function readsAsText({ program }: ParsedSource, parameter: string, func: Func): boolean {
  const parents = new Map([...walk(program)].map(({ node, parent }) => [node, parent]));
  const reads = [...parents.keys()].filter(
    (node) => (node.start < func.start || node.end > func.end) && node.type === 'Identifier' && node.name === parameter,
  );
  return (
    reads.length > 0 &&
    reads.every((read) => {
      const member = parents.get(read);
      const isOfParams =
        member?.type === 'MemberExpression' && !member.computed && member.property === read && isParams(member.object);
      let user = isOfParams ? parents.get(member) : undefined;
      if (user?.type === 'ChainExpression') user = parents.get(user);
      if (user?.type === 'TemplateLiteral') return true;
      return (
        user?.type === 'CallExpression' &&
        user.callee.type === 'Identifier' &&
        /^(?:Number|parseInt|encodeURIComponent)$/.test(user.callee.name)
      );
    })
  );
}

function isParams(node: SyntaxNode): boolean {
  if (node.type === 'MemberExpression') return node.property.type === 'Identifier' && node.property.name === 'params';
  return node.type === 'Identifier' && node.name === 'params';
}
