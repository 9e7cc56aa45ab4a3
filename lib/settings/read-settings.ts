import { findNodeAtLocation, type Node, type ParseError, parseTree } from 'jsonc-parser';
import * as v from 'valibot';
import { findSimilar } from '../context/similar-names.js';
import type { SourceTree } from '../context/source.js';
import { KEY_SCHEMAS, type MistakeProblem, type RepositorySettings, SETTINGS_PATH } from './settings-schema.js';

/** What is wrong with a settings file, at one place. */
export interface SettingsMistake {
  /** `limits.attempts`; '' for the file as a whole. Holds what the file says, so it is a stranger's text. */
  readonly where: string;
  /** From 1; absent where the file could not be read. */
  readonly line?: number;
  readonly problem: MistakeProblem;
  /** What the problem is measured by: the most that is allowed, the values to choose from, the key that was meant. */
  readonly wanted?: string;
}

/** What a settings file asks for, and what could not be understood of it. */
export interface SettingsReading {
  readonly given: RepositorySettings;
  readonly mistakes: readonly SettingsMistake[];
}

const NO_SETTINGS: SettingsReading = { given: {}, mistakes: [] };
const LONGEST_FILE = 50_000;
const MOST_MISTAKES = 20;

/** Reads a settings file. Whatever it holds, there is an answer: a key with a mistake is left out and named. */
export function readSettings(text: string): SettingsReading {
  if (text.length > LONGEST_FILE) return refuse('file-too-long', String(LONGEST_FILE));
  const errors: ParseError[] = [];
  const options = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };
  // An editor writes the byte order mark without being asked; JSON has none.
  const source = text.replace(/^\uFEFF/, '');
  const root = parseTree(source, errors, options);
  const [error] = errors;
  if (error !== undefined || root === undefined)
    return {
      given: {},
      mistakes: [{ where: '', line: lineAt(source, error?.offset ?? 0), problem: 'not-json' }],
    };
  if (root.type !== 'object') return refuse('not-an-object');
  return readKeys(root, source);
}

/** The settings among the files that were read at a commit; no mistake where the tree has no such file. */
export function findSettings(source: {
  readonly tree: SourceTree;
  readonly files: ReadonlyMap<string, string>;
}): SettingsReading {
  const text = source.files.get(SETTINGS_PATH);
  if (text !== undefined) return readSettings(text);
  const { entries, truncated } = source.tree;
  const entry = entries.find(({ path }) => path === SETTINGS_PATH);
  if (entry !== undefined) return refuse('unreadable');
  const folder = SETTINGS_PATH.slice(0, SETTINGS_PATH.indexOf('/'));
  const folderIsListed = entries.some(({ path }) => path.startsWith(`${folder}/`));
  const isUnknown = truncated && !folderIsListed && entries.some(({ path }) => path === folder);
  return isUnknown ? refuse('not-listed') : NO_SETTINGS;
}

function readKeys(root: Node, source: string): SettingsReading {
  const given: Record<string, unknown> = {};
  const mistakes: SettingsMistake[] = [];
  const seen = new Set<string>();
  for (const property of root.children ?? []) {
    const [nameNode, valueNode] = property.children ?? [];
    const key = String(nameNode?.value);
    const line = lineAt(source, nameNode?.offset ?? 0);
    const schema = Object.hasOwn(KEY_SCHEMAS, key) ? KEY_SCHEMAS[key] : undefined;
    if (schema === undefined) mistakes.push({ where: key, line, ...unknownKey(key) });
    else if (seen.has(key)) mistakes.push({ where: key, line, problem: 'stands-twice' });
    else {
      const result = v.safeParse(schema, valueNode === undefined ? undefined : toValue(valueNode));
      if (!result.success)
        mistakes.push(...result.issues.map((issue) => describeIssue(issue, { key, source, root, line })));
      else if (key !== '$schema') given[key] = result.output;
    }
    seen.add(key);
  }
  // Every value was judged by the schema of its key.
  return { given: given as RepositorySettings, mistakes: mistakes.slice(0, MOST_MISTAKES) };
}

/** Plain data without the prototype's own names: `__proto__` in a file is a key like any other. */
function toValue(node: Node): unknown {
  if (node.type === 'array') return (node.children ?? []).map(toValue);
  if (node.type !== 'object') return node.value;
  return Object.fromEntries(
    (node.children ?? []).map(({ children = [] }) => {
      const [name, value] = children;
      return [String(name?.value), value === undefined ? undefined : toValue(value)];
    }),
  );
}

function describeIssue(
  issue: v.BaseIssue<unknown>,
  at: { readonly key: string; readonly source: string; readonly root: Node; readonly line: number },
): SettingsMistake {
  const path = [at.key, ...(issue.path ?? []).map(({ key }) => key as string | number)];
  const node = findNodeAtLocation(at.root, path);
  const where = path.join('.');
  const line = node === undefined ? at.line : lineAt(at.source, node.offset);
  return { where, line, ...judgeIssue(issue) };
}

function judgeIssue(issue: v.BaseIssue<unknown>): Pick<SettingsMistake, 'problem' | 'wanted'> {
  const wanted = (issue.expected ?? '').replaceAll(/["()]|[<>]=/g, '').replaceAll(' | ', ', ');
  switch (issue.type) {
    case 'strict_object':
      // A strict object expects nothing at a key that it does not know.
      return issue.expected === 'never' ? { problem: 'unknown-key' } : { problem: 'wrong-type', wanted: 'object' };
    case 'picklist':
      return { problem: 'not-one-of', wanted };
    case 'integer':
      return { problem: 'not-whole' };
    case 'min_value':
      return { problem: 'too-small', wanted };
    case 'max_value':
      return { problem: 'too-large', wanted };
    case 'max_length':
      return { problem: 'too-long', wanted };
    case 'min_length':
      return { problem: 'empty' };
    case 'regex':
      return { problem: issue.message === 'not-a-path' ? 'not-a-path' : 'not-a-reviewer' };
    default:
      return { problem: 'wrong-type', wanted: wanted.toLowerCase() };
  }
}

function unknownKey(key: string): Pick<SettingsMistake, 'problem' | 'wanted'> {
  const meant = findSimilar(key, Object.keys(KEY_SCHEMAS));
  return { problem: 'unknown-key', ...(meant === undefined ? {} : { wanted: meant }) };
}

function refuse(problem: MistakeProblem, wanted?: string): SettingsReading {
  return { given: {}, mistakes: [{ where: '', problem, ...(wanted === undefined ? {} : { wanted }) }] };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
