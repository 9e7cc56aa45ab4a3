/** A lint configuration that moves into the file that the linter asks for. */
import { asRecord } from '../../context/manifests.js';
import { folderOf } from '../../context/readable-files.js';
import type { ParsedFile } from '../syntax/parsed-file.js';
import { constantString, isSyntaxNode, keyName, type SyntaxNode, unwrap, walk } from '../syntax/syntax-node.js';
import { diagnosisText } from './diagnosis-text.js';
import { constantValue, isLintConfig, severitiesOf } from './lint-config.js';
import type { ParsedChange, PolicyInput } from './policy-rule.js';
import { isUnmatched } from './unmatched-pattern.js';

/**
 * The configuration that a patch writes in place of one that it deletes, with every rule and set of that one, where the
 * linter asks for another file.
 */
export function lintHeirOf({ file, before, after }: ParsedChange, input: PolicyInput): ParsedChange | undefined {
  if (!before || after || !isLintConfig(file.path) || !/\beslint\.config\b/.test(diagnosisText(input.diagnosis)))
    return undefined;
  const { extends: sets, ignorePatterns } = asRecord(before.data);
  const last = (set: unknown) => String(set).split(/[:/]/).at(-1) ?? '';
  const wanted = [sets ?? []].flat().map(last);
  const ignored = new Set([ignorePatterns ?? []].flat().map((pattern) => plainPattern(String(pattern))));
  return input.changes.find((other) => {
    if (other.before || !other.after || !isLintConfig(other.file.path)) return false;
    const exported = exportedElements(other.after);
    if (exported === undefined || folderOf(other.file.path) !== folderOf(file.path)) return false;
    const names = namesIn(exported, other.after);
    const rules = rulesForAll(exported);
    const now = severitiesOf(other.after);
    const isKept = ([name, severity]: [string, number]) => rules.has(name) && (now.get(name) ?? 0) >= severity;
    const isIdle = (pattern: unknown) =>
      typeof pattern === 'string' &&
      (ignored.has(plainPattern(pattern)) || isUnmatched(plainPattern(pattern), other.file.path, input.context));
    return (
      wanted.every((name) => names.has(name)) &&
      [...severitiesOf(before)].every(isKept) &&
      ignoresIn(other.after).every(isIdle)
    );
  });
}

/** The same text under the name that makes Node.js read it as CommonJS: either side of it. */
export function isRenamedToCjs({ file }: ParsedChange, { changes }: PolicyInput): boolean {
  const [from, to] = file.content === null ? ['.js', '.cjs'] : ['.cjs', '.js'];
  if (!file.path.endsWith(from)) return false;
  const path = file.path.slice(0, -from.length) + to;
  return changes.some(
    ({ file: other }) =>
      other.path === path &&
      (file.content === null
        ? other.before === null && other.content === file.before
        : file.before === null && other.content === null && other.before === file.content),
  );
}

/** Without what says "in every folder" and "everything below". */
function plainPattern(pattern: string): string {
  return pattern.replace(/^(?:\*\*\/|\.?\/)/, '').replace(/\/(?:\*\*?)?$/, '');
}

/** The elements of the array that the module exports as it stands; undefined where code decides what is in it. */
function exportedElements(file: ParsedFile): readonly SyntaxNode[] | undefined {
  const [script] = file.scripts;
  const body = (script?.root.body as SyntaxNode[] | undefined) ?? [];
  if (!script || choosesElements(script.root)) return undefined;
  const declaration = body.find(({ type }) => type === 'ExportDefaultDeclaration')?.declaration;
  const named =
    isSyntaxNode(declaration) && declaration.type === 'Identifier'
      ? initialOf(String(declaration.name), body)
      : declaration;
  const value = isSyntaxNode(named) ? unwrap(named) : undefined;
  if (value?.type === 'ArrayExpression') return (value.elements as unknown[]).filter(isSyntaxNode);
  const callee = value?.type === 'CallExpression' && isSyntaxNode(value.callee) ? value.callee : undefined;
  const name = callee?.type === 'MemberExpression' ? keyName(callee.property, callee.computed) : callee?.name;
  if (name !== 'defineConfig' && name !== 'config') return undefined;
  return ((value?.arguments ?? []) as unknown[])
    .filter(isSyntaxNode)
    .flatMap((item) => (item.type === 'ArrayExpression' ? (item.elements as SyntaxNode[]) : [item]));
}

function choosesElements(root: SyntaxNode): boolean {
  let found = false;
  walk(root, (node) => {
    const name = node.type === 'MemberExpression' ? keyName(node.property, node.computed) : undefined;
    found ||= name !== undefined && /^(?:filter|slice|splice|pop|shift|reduce|find|flatMap|length|map)$/.test(name);
  });
  return found;
}

function initialOf(name: string, body: readonly SyntaxNode[]): unknown {
  return body
    .flatMap((node) => (node.type === 'VariableDeclaration' ? (node.declarations as SyntaxNode[]) : []))
    .find(({ id }) => keyName(id, false) === name)?.init;
}

/** Names and words of names that stand in what is exported, and in the imports that it uses. */
function namesIn(exported: readonly SyntaxNode[], file: ParsedFile): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (name: string | undefined) => {
    for (const word of name === undefined ? [] : [name, ...name.split(/[:/]|-config-/)]) names.add(word);
  };
  for (const element of exported)
    walk(element, (node) => add(node.type === 'Identifier' ? String(node.name) : constantString(node)));
  for (const { root } of file.scripts)
    for (const node of root.body as SyntaxNode[])
      if (
        node.type === 'ImportDeclaration' &&
        (node.specifiers as SyntaxNode[]).some(({ local }) => isSyntaxNode(local) && names.has(String(local.name)))
      )
        add(constantString(node.source));
  return names;
}

/** Rules of elements that hold for every file, or for every file of some kinds. */
function rulesForAll(exported: readonly SyntaxNode[]): ReadonlySet<string> {
  const rules = new Set<string>();
  for (const element of exported) {
    if (element.type !== 'ObjectExpression') continue;
    const settingOf = (name: string) =>
      (element.properties as SyntaxNode[]).find(({ key, computed }) => keyName(key, computed) === name)?.value;
    const files = settingOf('files');
    const isNarrow =
      files !== undefined && ![constantValue(files)].flat().every((item) => /^\*\*\/\*\./.test(String(item)));
    const own = settingOf('rules');
    if (isNarrow || settingOf('ignores') !== undefined || !isSyntaxNode(own) || own.type !== 'ObjectExpression')
      continue;
    for (const rule of own.properties as SyntaxNode[]) rules.add(keyName(rule.key, rule.computed) ?? '');
  }
  return rules;
}

function ignoresIn(file: ParsedFile): unknown[] {
  const found: unknown[] = [];
  for (const { root } of file.scripts)
    walk(root, (node) => {
      if (node.type === 'Property' && keyName(node.key, node.computed) === 'ignores')
        found.push(constantValue(node.value));
      if (node.type === 'CallExpression' && isSyntaxNode(node.callee) && node.callee.name === 'globalIgnores')
        found.push(constantValue((node.arguments as unknown[])[0]));
    });
  return found.flat();
}
