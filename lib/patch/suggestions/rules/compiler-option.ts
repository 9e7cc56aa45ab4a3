import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { type AskedOption, findAskedOption } from '../../../diagnosis/asked-option.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { changedWordsOf } from '../changed-words.js';
import type { Rule } from '../rule.js';
import { chainOf, compilerOptionsIn, configsOf, packageFolderOf } from '../syntax/compiler-configs.js';
import { insertJsonProperty } from '../syntax/insert-json-property.js';
import { manifestsOf } from '../syntax/manifests-of.js';
import type { Workspace } from '../workspace.js';

/** Those who write the output themselves, whatever `target` says to the compiler that only checks. */
const BUNDLERS = ['next', 'vite', 'astro', 'nuxt', '@sveltejs/kit', 'react-scripts'];
/** Libraries and targets by the year of ECMAScript, and the one without a year. */
const EDITION = /^es(?:\d{1,4}|next)$/i;

/**
 * An option that the compiler asks for by name and value, in the one configuration that covers the file: a newer library, a
 * target that knows the syntax (of a compiler that only checks), modules of JSON.
 */
export const compilerOption: Rule = {
  name: 'compiler-option',
  async propose(error, workspace) {
    const { file } = error;
    const asked = findAskedOption(error.message);
    const folder = file === undefined || asked === undefined ? undefined : packageFolderOf(workspace, file);
    if (file === undefined || asked === undefined || folder === undefined) return undefined;
    const [config, another] = configsOf(workspace, folder, file);
    const chain = config === undefined || another !== undefined ? undefined : chainOf(workspace, config);
    const edit = chain && editOf(asked, chain, workspace);
    if (edit === undefined || isTakenBack(workspace, file, { error, asked, edit })) return undefined;
    if (edit.name === 'target' && !isOnlyChecked(chain ?? [], folder, workspace)) return undefined;
    const text = workspace.read(edit.config);
    const repaired = text === undefined ? undefined : edit.write(text);
    if (repaired === undefined || repaired === text) return undefined;
    return {
      files: new Map([[edit.config, repaired]]),
      cause: `${edit.config} leaves out what ${file} is written in.`,
      change: `Sets \`${edit.name}\` as the compiler asks, to \`${asked.value}\`.`,
    };
  },
};

/** Whether the diff took the name's own declaration away, or the value out of the settings. */
function isTakenBack(
  workspace: Workspace,
  file: string,
  { error, asked, edit }: { readonly error: BuildError; readonly asked: AskedOption; readonly edit: Edit },
): boolean {
  const name = /Cannot find name '([\w$]+)'/.exec(error.message)?.[1] ?? '';
  const hunks = workspace.changes.find(({ path }) => path === edit.config)?.hunks ?? '';
  const hadValue = hunks
    .split('\n')
    .some((row) => row.startsWith('-') && row.toLowerCase().includes(`"${asked.value}"`));
  return hadValue || changedWordsOf(workspace, file).removed.includes(name);
}

interface Edit {
  readonly config: string;
  readonly name: string;
  readonly write: (text: string) => string | undefined;
}

/** In the configuration that sets the option already, or else in the file's own. */
function editOf(asked: AskedOption, chain: readonly string[], workspace: Workspace): Edit | undefined {
  const [own] = chain;
  const setting = (name: string) => chain.find((path) => name in compilerOptionsIn(workspace, path));
  if (own === undefined) return undefined;
  if (asked.name === 'lib') {
    const config = setting('lib');
    if (config !== undefined) return { config, name: 'lib', write: (text) => withLibrary(text, asked.value) };
    // Without a list of its own the compiler has the library of its target, the browser's among them.
    return asked.value === 'dom' ? undefined : targetEdit(asked.value, setting('target') ?? own);
  }
  if (asked.name === 'target') return targetEdit(asked.value, setting('target') ?? own);
  return {
    config: setting(asked.name) ?? own,
    name: asked.name,
    write: (text) => withOption(text, asked.name, 'true'),
  };
}

function targetEdit(value: string, config: string): Edit {
  return {
    config,
    name: 'target',
    write: (text) => {
      const old = optionNode(text, 'target');
      if (old && !isNewer(value, old)) return text;
      return withOption(text, 'target', JSON.stringify(inCaseOf(String(old?.value ?? ''), value)));
    },
  };
}

function withLibrary(text: string, value: string): string | undefined {
  const items = optionNode(text, 'lib')?.children ?? [];
  const [only, another] = items.filter((item) => EDITION.test(String(item.value)));
  const [first] = items;
  const entry = (like: Node) => JSON.stringify(inCaseOf(String(like.value), value));
  if (value === 'dom') {
    const last = items.at(-1);
    return last && insertAt(text, last.offset + last.length, `, ${entry(last)}`);
  }
  if (only) return another ? undefined : isNewer(value, only) ? replaceNode(text, only, entry(only)) : text;
  // Parts such as `es2020.string` may be all that is meant.
  return first && !items.some((item) => /^es/i.test(String(item.value)))
    ? insertAt(text, first.offset, `${entry(first)}, `)
    : undefined;
}

function withOption(text: string, name: string, value: string): string | undefined {
  const old = optionNode(text, name);
  return old
    ? replaceNode(text, old, value)
    : insertJsonProperty(text, { path: ['compilerOptions'], name, value, sorted: false });
}

/** An error before this one may have asked for more. */
function isNewer(edition: string, { value }: Node): boolean {
  const yearOf = (name: string) => Number(/\d+$/.exec(name)?.[0].padStart(4, '0') ?? 9999);
  const [year, old] = [edition, String(value)].map((name) => yearOf(name.replace(/^es6$/i, 'es2015')));
  return year !== undefined && old !== undefined && year > old;
}

function optionNode(text: string, name: string): Node | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root && findNodeAtLocation(root, ['compilerOptions', name]);
}

function replaceNode(text: string, { offset, length }: Node, value: string): string {
  return text.slice(0, offset) + value + text.slice(offset + length);
}

function insertAt(text: string, offset: number, value: string): string {
  return text.slice(0, offset) + value + text.slice(offset);
}

/** `ES2022` beside `ES2020`, `es2022` beside `es2020` and beside nothing. */
function inCaseOf(neighbour: string, value: string): string {
  return /^[A-Z]/.test(neighbour) ? value.toUpperCase().replace('ESNEXT', 'ESNext') : value;
}

function isOnlyChecked(chain: readonly string[], folder: string, workspace: Workspace): boolean {
  const emits = chain.find((path) => 'noEmit' in compilerOptionsIn(workspace, path));
  if (emits !== undefined) return compilerOptionsIn(workspace, emits).noEmit === true;
  const manifest = manifestsOf(workspace).find((one) => one.folder === folder);
  return BUNDLERS.some((name) => manifest?.dependencies.has(name));
}
