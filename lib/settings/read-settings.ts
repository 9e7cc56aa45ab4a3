import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import * as v from 'valibot';
import { findSimilar } from '../context/similar-names.js';
import type { SourceTree } from '../context/source.js';
import { KEY_SCHEMAS, type RepositorySettings, SETTINGS_PATH } from './settings-schema.js';

/** What is wrong with a settings file, at one place. */
export interface SettingsMistake {
  /** `limits.attempts`; '' for the file as a whole. Holds what the file says, so it is a stranger's text. */
  readonly where: string;
  /** From 1; absent where the file could not be read. */
  readonly line?: number;
  /** One sentence without a subject: `is not known`. */
  readonly message: string;
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
  if (text.length > LONGEST_FILE) return refuse(`has ${text.length} characters; ${LONGEST_FILE} are read`);
  const errors: ParseError[] = [];
  const options = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };
  // An editor writes the byte order mark without being asked; JSON has none.
  const source = text.replace(/^\uFEFF/, '');
  const root = parseTree(source, errors, options);
  const [error] = errors;
  if (error !== undefined || root === undefined)
    return {
      given: {},
      mistakes: [
        {
          where: '',
          line: lineAt(source, error?.offset ?? 0),
          message: `is not valid JSON (${spellOut(error === undefined ? 'ValueExpected' : printParseErrorCode(error.error))})`,
        },
      ],
    };
  if (root.type !== 'object') return refuse('has to be a JSON object');
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
  if (entry !== undefined) return refuse('could not be read; it has to be a plain text file');
  const folder = SETTINGS_PATH.slice(0, SETTINGS_PATH.indexOf('/'));
  const folderIsListed = entries.some(({ path }) => path.startsWith(`${folder}/`));
  const isUnknown = truncated && !folderIsListed && entries.some(({ path }) => path === folder);
  return isUnknown ? refuse('could not be looked for; the repository is too large to be listed') : NO_SETTINGS;
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
    if (schema === undefined) mistakes.push({ where: key, line, message: unknownKey(key, Object.keys(KEY_SCHEMAS)) });
    else if (seen.has(key)) mistakes.push({ where: key, line, message: 'stands twice' });
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
  // A strict object expects nothing at a key that it does not know.
  if (issue.type === 'strict_object' && issue.expected === 'never')
    return { where, line, message: 'is not known here' };
  return { where, line, message: sentenceFor(issue) };
}

function sentenceFor(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'regex') return issue.message;
  if (issue.type === 'max_length') return `is longer than ${issue.expected?.replace('<=', '')}`;
  if (issue.type === 'min_length') return 'is empty';
  const expected = (issue.expected ?? 'something else')
    .replaceAll('"', '')
    .replaceAll(' | ', ', ')
    .replace(/^\(|\)$/g, '');
  if (issue.type === 'picklist') return `has to be one of: ${expected}`;
  if (issue.type === 'integer') return 'has to be a whole number';
  if (issue.type === 'min_value') return `has to be ${expected.replace('>=', '')} or more`;
  if (issue.type === 'max_value') return `has to be ${expected.replace('<=', '')} or less`;
  return `has to be of the type ${expected.toLowerCase()}`;
}

function unknownKey(key: string, known: readonly string[]): string {
  const meant = findSimilar(key, known);
  return meant === undefined ? 'is not known' : `is not known; ${meant} is`;
}

function refuse(message: string): SettingsReading {
  return { given: {}, mistakes: [{ where: '', message }] };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** `ValueExpected` as `value expected`. */
function spellOut(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}
