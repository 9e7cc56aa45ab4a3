import { asRecord } from '../../context/manifests.js';
import { baseName } from '../../context/readable-files.js';
import type { ParsedFile } from '../syntax/parsed-file.js';
import { constantString, isSyntaxNode, keyName, type SyntaxNode, unwrap, walk } from '../syntax/syntax-node.js';
import { diagnosisText } from './diagnosis-text.js';
import { isRenamedToCjs, lintHeirOf } from './lint-heir.js';
import { netAdditions } from './net-additions.js';
import type { ContentRule, ParsedChange, PolicyInput } from './policy-rule.js';

const LINT_CONFIG =
  /^(?:\.eslintrc(?:\.[\w-]+)?|eslint\.config\.[cm]?[jt]s|\.?biome\.jsonc?|\.?oxlintrc?\.jsonc?|\.oxlintrc\.json|tslint\.json|\.stylelintrc(?:\.[\w-]+)?|stylelint\.config\.[cm]?[jt]s|\.xo-config(?:\.[\w-]+)?|xo\.config\.[cm]?[jt]s)$/;

export function isLintConfig(path: string): boolean {
  return LINT_CONFIG.test(baseName(path));
}

/** Keys under which tools list what they leave out. */
const EXCLUDING_KEYS = new Set([
  'ignores',
  'ignorePatterns',
  'ignoreFiles',
  'ignore',
  'exclude',
  'excludedFiles',
  'globalIgnores',
  'experimentalScannerIgnores',
]);

/** A rule's severity by any of the ways of writing it: 0 to 2; undefined where the value is none. */
function severityOf(value: unknown): number | undefined {
  const level = Array.isArray(value) ? value[0] : (asRecord(value).level ?? asRecord(value).severity ?? value);
  if (level === 'off' || level === 0 || level === 'none' || level === false || level === null) return 0;
  if (level === 'warn' || level === 1 || level === 'info' || level === 'warning') return 1;
  if (level === 'error' || level === 2 || level === 'on' || level === true) return 2;
  return undefined;
}

/** The plain value of an expression, as far as it is one. */
export function constantValue(node: unknown): unknown {
  if (!isSyntaxNode(node)) return undefined;
  const inner = unwrap(node);
  if (inner.type === 'Literal') return inner.value;
  if (inner.type === 'ArrayExpression') return (inner.elements as unknown[]).map(constantValue);
  return constantString(inner);
}

/** Rules that the linter says it does not have: naming one checks nothing. */
const ABSENT = [
  /Definition for rule '([^'\n]{1,100})' (?:was )?not found/g,
  /Key "([^"\n]{1,100})": Could not find "/g,
  /Found an unknown key `([^`\n]{1,100})`/g,
];

function absentRules({ diagnosis }: PolicyInput): ReadonlySet<string> {
  const text = diagnosisText(diagnosis);
  return new Set(ABSENT.flatMap((pattern) => [...text.matchAll(pattern)].map(([, name = '']) => name)));
}

interface RuleTally {
  off: number;
  warn: number;
  error: number;
  excluded: number;
  /** Not counted. */
  readonly absent: ReadonlySet<string>;
}

/** Keys whose entries are rules with a severity: of eslint and its kin, then the groups of biome, then of oxlint. */
const RULE_PARENTS = new Set(
  'rules a11y complexity correctness nursery performance security style suspicious categories'.split(' '),
);

function tallyData(value: unknown, tally: RuleTally, key = '', depth = 0): void {
  if (depth > 12) return;
  if (EXCLUDING_KEYS.has(key)) tally.excluded += Array.isArray(value) ? value.length : value ? 1 : 0;
  if (key === 'includes' && Array.isArray(value))
    tally.excluded += value.filter((item) => typeof item === 'string' && item.startsWith('!')).length;
  if ((key === 'enabled' || key === 'recommended') && value === false) tally.off += 1;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') tallyData(item, tally, '', depth + 1);
    return;
  }
  for (const [name, inner] of Object.entries(asRecord(value))) {
    if (RULE_PARENTS.has(key) && !RULE_PARENTS.has(name) && name !== 'recommended' && !tally.absent.has(name))
      addSeverity(severityOf(inner), tally);
    tallyData(inner, tally, name, depth + 1);
  }
}

function addSeverity(severity: number | undefined, tally: RuleTally): void {
  if (severity === 0) tally.off += 1;
  else if (severity === 1) tally.warn += 1;
  else if (severity === 2) tally.error += 1;
}

/** The severity words of an absent rule are counted like all words, and taken off again. */
function takeOff(rule: SyntaxNode, tally: RuleTally): void {
  const words: RuleTally = { off: 0, warn: 0, error: 0, excluded: 0, absent: new Set() };
  tallyScript(rule, words);
  tally.off -= words.off;
  tally.warn -= words.warn;
  tally.error -= words.error;
}

function lengthOfList(node: unknown): number {
  const list = isSyntaxNode(node) ? unwrap(node) : undefined;
  if (!list) return 0;
  return list.type === 'ArrayExpression' ? (list.elements as unknown[]).length : 1;
}

function tallyScript(root: SyntaxNode, tally: RuleTally): void {
  walk(root, (node) => {
    // Severities may hide in a constant or a helper, so the words count wherever they stand.
    const word = node.type === 'Literal' || node.type === 'TemplateLiteral' ? constantString(node) : undefined;
    if (word !== undefined) addSeverity(severityOf(word), tally);
    if (node.type === 'CallExpression' && isSyntaxNode(node.callee) && node.callee.name === 'globalIgnores')
      tally.excluded += lengthOfList((node.arguments as unknown[])[0]);
    if (node.type !== 'Property') return;
    const name = keyName(node.key, node.computed) ?? '';
    if (tally.absent.has(name) && isSyntaxNode(node.value)) takeOff(node.value, tally);
    if (EXCLUDING_KEYS.has(name)) tally.excluded += lengthOfList(node.value);
    if (name !== 'rules' || !isSyntaxNode(node.value) || node.value.type !== 'ObjectExpression') return;
    for (const rule of node.value.properties as SyntaxNode[]) {
      if (tally.absent.has(keyName(rule.key, rule.computed) ?? '')) continue;
      const value = constantValue(rule.value);
      const level = Array.isArray(value) ? value[0] : value;
      if (typeof level === 'number') addSeverity(severityOf(level), tally);
    }
  });
}

function tallyOf(file: ParsedFile | undefined, path: string, absent: ReadonlySet<string> = new Set()): RuleTally {
  const tally: RuleTally = { off: 0, warn: 0, error: 0, excluded: 0, absent };
  if (!file) return tally;
  const data = baseName(path) === 'package.json' ? asRecord(file.data).eslintConfig : file.data;
  if (data !== undefined) tallyData(data, tally);
  for (const script of file.scripts) tallyScript(script.root, tally);
  return tally;
}

function concernsLint(change: ParsedChange): boolean {
  return isLintConfig(change.file.path) || baseName(change.file.path) === 'package.json';
}

const IGNORE_FILE = /^\.(?:eslint|oxlint|stylelint|prettier|biome|vercel|next|git|npm|docker)ignore$/;

function ignoreLines(text: string | null): number {
  return (text ?? '').split('\n').filter((line) => /^\s*[^#\s!]/.test(line)).length;
}

function excludedBefore(change: ParsedChange, input: PolicyInput): number {
  const old = change.before ? change : input.changes.find((other) => lintHeirOf(other, input) === change);
  return old ? tallyOf(old.before, old.file.path).excluded : 0;
}

/** The least severity of each rule; of one that only running the file would tell, none. */
export function severitiesOf(file: ParsedFile | undefined): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const add = (name: string, severity = 0) => found.set(name, Math.min(severity, found.get(name) ?? severity));
  const read = (value: unknown, key = '', depth = 0) => {
    if (depth > 12) return;
    for (const [name, inner] of Object.entries(asRecord(value))) {
      const severity = RULE_PARENTS.has(key) && !RULE_PARENTS.has(name) ? severityOf(inner) : undefined;
      if (severity !== undefined) add(name, severity);
      for (const item of Array.isArray(inner) ? inner : [inner])
        read(item, Array.isArray(inner) ? '' : name, depth + 1);
    }
  };
  read(file?.data);
  for (const { root } of file?.scripts ?? [])
    walk(root, (node) => {
      if (node.type !== 'Property' || keyName(node.key, node.computed) !== 'rules') return;
      if (!isSyntaxNode(node.value) || node.value.type !== 'ObjectExpression') return;
      for (const rule of node.value.properties as SyntaxNode[]) {
        const name = keyName(rule.key, rule.computed);
        if (name !== undefined) add(name, severityOf(constantValue(rule.value)));
      }
    });
  return found;
}

function losesRule(change: ParsedChange, absent: ReadonlySet<string>): boolean {
  const after = severitiesOf(change.after);
  return [...severitiesOf(change.before)].some(
    ([name, severity]) => !absent.has(name) && (after.get(name) ?? -1) < severity,
  );
}

export const lintConfigRules: readonly ContentRule[] = [
  {
    name: 'lint-rule-off',
    severity: 'refused',
    check: (input) =>
      input.changes.flatMap((change) => {
        if (!concernsLint(change) || isRenamedToCjs(change, input)) return [];
        const { path, content } = change.file;
        const absent = absentRules(input);
        const gone = content === null && isLintConfig(path);
        const heir = gone ? lintHeirOf(change, input) : undefined;
        if (gone && !heir) return [{ path, message: 'The patch turns a lint rule off, or down.' }];
        const before = tallyOf(change.before, path, absent);
        const after = tallyOf(heir?.after ?? change.after, heir?.file.path ?? path, absent);
        const fewer = heir?.after && change.before ? configuredSets(heir.after) < configuredSets(change.before) : false;
        const loses =
          change.before !== undefined && isLintConfig(path) && heir === undefined && losesRule(change, absent);
        const weaker =
          loses || after.off > before.off || after.warn > before.warn || after.error < before.error || fewer;
        return weaker ? [{ path, message: 'The patch turns a lint rule off, or down.' }] : [];
      }),
  },
  {
    name: 'file-ignored',
    severity: 'refused',
    check: (input) =>
      input.changes.flatMap((change) => {
        const { path, before, content } = change.file;
        const longer = IGNORE_FILE.test(baseName(path)) && ignoreLines(content) > ignoreLines(before);
        const excluded = concernsLint(change) && tallyOf(change.after, path).excluded > excludedBefore(change, input);
        return longer || excluded ? [{ path, message: 'The patch keeps a file from being checked or built.' }] : [];
      }),
  },
  {
    name: 'lint-config-dropped',
    severity: 'refused',
    check: (input) =>
      netAdditions(input, {
        count: (file, change) => (isLintConfig(change.file.path) ? -configuredSets(file) : 0),
        message: 'The patch takes a set of rules out of the lint configuration.',
      }),
  },
];

/** How many rule sets a lint configuration builds on: extended ones, and elements of its exported array. */
function configuredSets(file: ParsedFile): number {
  const listed = [asRecord(file.data).extends, asRecord(file.data).plugins]
    .flat()
    .filter((item) => item !== undefined).length;
  let exported = 0;
  for (const script of file.scripts)
    walk(script.root, (node) => {
      if (node.type === 'ArrayExpression') exported += (node.elements as unknown[]).length;
      if (node.type === 'SpreadElement' || node.type === 'ImportDeclaration') exported += 1;
    });
  return listed + exported;
}
