/** What protective headers say, and for which addresses. */
import type { ParsedFile } from '../syntax/parsed-file.js';
import { constantString, isSyntaxNode, keyName, type SyntaxNode, unwrap, walk } from '../syntax/syntax-node.js';
import { diagnosisText } from './diagnosis-text.js';
import type { ContentRule, Finding, PolicyInput } from './policy-rule.js';
import { HEADER } from './protections.js';
import { isSaidByTwin } from './said-by-twin.js';

/** What a Content-Security-Policy says, all of it or a part. */
const POLICY_TEXT =
  /\b(?:default|script|style|img|connect|font|object|media|frame|child|worker|manifest)-src\s+\S|\b(?:frame-ancestors|form-action|base-uri)\s+\S|'(?:self|strict-dynamic|unsafe-\w{1,12})'/;
/** A directive as settings name it; elsewhere `imgSrc` is an address. */
const DIRECTIVE =
  /^(?:(?:default|script|style|img|connect|font|object|media|frame|child|worker|manifest)(?:-src|Src)|frame-?[aA]ncestors|form-?[aA]ction|base-?[uU]ri)$/;

/** One thing that a file says about protection; `name` is by what a log would call it. */
interface Statement {
  readonly name: string;
  readonly text: string;
}

const bare = (text: string) => text.replace(/["'`\s,]/g, '');
const header = (name: string, value: string): Statement => ({ name, text: `${name.toLowerCase()}: ${bare(value)}` });
const place = (source: string, rest: string): Statement => ({ name: source, text: `at ${source} ${bare(rest)}` });

/** Keys by which Vercel, Next.js and others name the addresses of a header. */
const ADDRESS = /^(?:source|src|for|route)$/;
const CONDITIONS = /^(?:has|missing|methods|basePath|locale)$/;

function statementsInData(data: unknown): Statement[] {
  const found: Statement[] = [];
  const open: unknown[] = [data];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const entries = Object.entries(value);
    open.push(...entries.map(([, inner]) => inner));
    const { key, value: said, headers } = value as Record<string, unknown>;
    if (typeof key === 'string' && HEADER.test(key)) found.push(header(key, String(said)));
    for (const [name, inner] of entries) if (HEADER.test(name)) found.push(header(name, JSON.stringify(inner)));
    const address = entries.find(([name]) => ADDRESS.test(name))?.[1];
    if (typeof address !== 'string' || !namesHeader(JSON.stringify(headers ?? ''))) continue;
    const conditions = entries.filter(([name]) => CONDITIONS.test(name));
    found.push(place(address, conditions.map(([name, inner]) => name + JSON.stringify(inner)).join('')));
  }
  return found;
}

function namesHeader(text: string): boolean {
  return (text.match(/[A-Za-z][\w-]{3,60}/g) ?? []).some((word) => HEADER.test(word));
}

function statementsInScript(root: SyntaxNode, text: string): Statement[] {
  const found: Statement[] = [];
  const textOf = (node: unknown) =>
    isSyntaxNode(node) ? (constantString(node) ?? text.slice(node.start, node.end)) : '';
  walk(root, (node) => {
    if (node.type === 'Literal' || node.type === 'TemplateLiteral') {
      const said = textOf(node);
      if (POLICY_TEXT.test(said)) found.push(header('content-security-policy', said));
    }
    if (node.type === 'Property') {
      const name = keyName(node.key, node.computed) ?? '';
      const isDirective = DIRECTIVE.test(name) && isSyntaxNode(node.value) && node.value.type === 'ArrayExpression';
      if (HEADER.test(name) || isDirective) found.push(header(name, textOf(node.value)));
    }
    // The requests that Next.js shows its middleware.
    if (node.type === 'VariableDeclarator' && keyName(node.id, false) === 'config' && isSyntaxNode(node.init))
      for (const one of (node.init.properties ?? []) as SyntaxNode[])
        if (keyName(one.key, one.computed) === 'matcher')
          found.push({ name: 'matcher', text: `at ${bare(textOf(one.value))}` });
    if (node.type === 'CallExpression') {
      const [name, value] = (node.arguments as unknown[]).map(textOf);
      if (name !== undefined && value !== undefined && HEADER.test(name)) found.push(header(name, value));
    }
    if (node.type === 'ObjectExpression') found.push(...statementsInObject(node, textOf));
  });
  return found;
}

function statementsInObject(node: SyntaxNode, textOf: (node: unknown) => string): Statement[] {
  const properties = (node.properties as SyntaxNode[]).map(
    (one) => [keyName(one.key, one.computed) ?? '', one.value] as const,
  );
  const propertyOf = (name: string) => properties.find(([key]) => key === name)?.[1];
  const key = constantString(propertyOf('key'));
  const own = key !== undefined && HEADER.test(key) ? [header(key, textOf(propertyOf('value')))] : [];
  const address = properties.find(([name]) => ADDRESS.test(name))?.[1];
  const headers = propertyOf('headers');
  // What a variable holds may be anything.
  const isProtective =
    isSyntaxNode(headers) && (!/^(?:Array|Object)/.test(unwrap(headers).type) || namesHeader(textOf(headers)));
  if (address === undefined || !isProtective) return own;
  const conditions = properties.filter(([name]) => CONDITIONS.test(name));
  return [...own, place(textOf(address), conditions.map(([name, value]) => name + textOf(value)).join(''))];
}

/** `_headers` and netlify.toml: addresses on lines of their own, headers on those below. */
function statementsInLines(text: string): Statement[] {
  if (!namesHeader(text)) return [];
  return text.split('\n').flatMap((line): Statement[] => {
    const [, name = '', value = ''] = /^\s{0,20}"?([A-Za-z-]{3,60})"?\s{0,9}[:=](.{1,4000})$/.exec(line) ?? [];
    if (HEADER.test(name)) return [header(name, value)];
    if (name === 'for') return [place(bare(value), '')];
    return /^\/\S{0,200}\s{0,9}$/.test(line) ? [place(line.trim(), '')] : [];
  });
}

function statementsIn(file: ParsedFile): Statement[] {
  if (file.kind === 'text') return statementsInLines(file.text);
  return [...statementsInData(file.data), ...file.scripts.flatMap(({ root, text }) => statementsInScript(root, text))];
}

const isPlace = ({ text }: Statement) => text.startsWith('at ');

/** Whether the log is about the header, or quotes the addresses. */
function isNamed(statement: Statement, said: string): boolean {
  const name = statement.name.toLowerCase();
  if (name === 'matcher') return /\bmatcher\b|`source`/.test(said);
  if (!isPlace(statement)) return said.includes(name);
  return ['"', "'", '`'].some((quote) => said.includes(quote + name + quote));
}

/** The statements that are left when each of `others` has taken one of its like away. */
function leftOf(statements: readonly Statement[], others: readonly Statement[]): Statement[] {
  const left = others.map(({ text }) => text);
  return statements.filter(({ text }) => {
    const at = left.indexOf(text);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

/** A policy is as strict as its widest part: what is said anew counts like what is said no more. */
function findWeakened(input: PolicyInput): Finding[] {
  const { diagnosis } = input;
  const changes = input.changes.filter((change) => !isSaidByTwin(change, input));
  if (changes.some(({ before }) => before?.errors.some(({ semantic }) => !semantic))) return [];
  const said = diagnosisText(diagnosis).toLowerCase();
  const read = (file: ParsedFile | undefined) => (file ? statementsIn(file) : []);
  const before = changes.flatMap((change) => read(change.before));
  const after = changes.flatMap((change) => read(change.after));
  if (before.length === 0) return [];
  const gone = leftOf(before, after);
  const mended = gone.filter((one) => isNamed(one, said));
  const isMended = (one: Statement) =>
    mended.some((other) => (isPlace(one) ? isPlace(other) : other.name === one.name));
  const changed = [
    ...gone.filter((one) => !mended.includes(one)),
    ...leftOf(after, before).filter((one) => !isMended(one)),
  ][0]?.text;
  const path = changes.find((change) =>
    [change.before, change.after].some((file) => read(file).some(({ text }) => text === changed)),
  )?.file.path;
  return changed === undefined || path === undefined
    ? []
    : [{ path, message: `The patch changes what protects visitors: \`${changed.slice(0, 100)}\`.` }];
}

export const headerRules: readonly ContentRule[] = [
  { name: 'protection-weakened', severity: 'refused', check: findWeakened },
];
