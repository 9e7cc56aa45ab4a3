import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { directoryOf, isRecord, joinPath, packageNameOf, readConfig } from '../syntax/resolve-specifier.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';
import { specifiersOf } from '../syntax/specifiers.js';
import type { Workspace } from '../workspace.js';

/**
 * `@acme/shop/crops` where the manifest of that package of the same repository exports `./plants`, and the diff since the
 * last READY deployment gave the entry that name: what it leads to stayed, or moved as the diff says. Every importer follows.
 */
export const renamedSubpath: Rule = {
  name: 'renamed-subpath',
  async propose(error, workspace) {
    const asked = askedSubpaths(error, workspace).flatMap(({ name, subpath }) => {
      const manifest = findManifest(workspace, name);
      const renamed = manifest === undefined ? undefined : findRenamed(workspace, manifest, subpath);
      return renamed ? [{ ...renamed, name }] : [];
    });
    const [only] = asked;
    if (!only || asked.some((other) => other.name !== only.name || other.old !== only.old)) return undefined;

    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const text = workspace.read(path);
      if (!text?.includes(`${only.name}/`)) continue;
      const replacements: Replacement[] = (await namedIn(workspace, path, text)).flatMap(
        ({ specifier, start, end }) => {
          const [, bare = specifier, query = ''] = /^(.[^?#]*)([?#].*)$/.exec(specifier) ?? [];
          const now = bare.startsWith(`${only.name}/`) ? only.follow(`.${bare.slice(only.name.length)}`) : undefined;
          return now === undefined ? [] : [{ start, end, text: only.name + now.slice(1) + query }];
        },
      );
      if (replacements.length > 0) files.set(path, replaceRanges(text, replacements));
    }
    const { file } = error;
    const isReached = file === undefined || workspace.read(file) === undefined || files.has(file);
    if (files.size === 0 || !isReached) return undefined;
    return {
      files,
      cause: `${only.manifest} exports \`${only.old}\` by the name \`${only.now}\` since the last good deployment.`,
      change: `Names \`${only.name}${only.now.slice(1)}\` wherever \`${only.name}${only.old.slice(1)}\` was named.`,
    };
  },
};

interface Asked {
  readonly name: string;
  /** As `exports` has it: `./crops`. */
  readonly subpath: string;
}

/** How webpack, Vite, esbuild and Node say that a package has no such entry. */
const NOT_EXPORTED = [
  /Package path (?<subpath>\.\/\S+) is not exported from package (?<from>\S+)/,
  /Missing "(?<subpath>\.\/[^"]+)" specifier in "(?<from>[^"]+)" package/,
  /The path "(?<subpath>\.\/[^"]+)" is not exported by package "(?<from>[^"]+)"/,
  /Package subpath '(?<subpath>\.\/[^']+)' is not defined by "exports" in (?<from>\S+)\/package\.json/,
];

/** TypeScript and Vite, of a configuration that another extends. */
const NO_BASE = /File '([^']+)' not found|failed to resolve "extends":"([^"]+)"/;

function askedSubpaths({ message, file, line, ...error }: BuildError, workspace: Workspace): Asked[] {
  for (const pattern of NOT_EXPORTED) {
    const { subpath, from } = pattern.exec(message)?.groups ?? {};
    if (subpath === undefined || from === undefined) continue;
    const folder = from.replace(/^\/vercel\/path\d\/+/, '').replace(/^(?:\S{0,300}\/)?node_modules\//, '');
    const linked = readConfig(workspace, `${folder}/package.json`)?.name;
    return [{ name: typeof linked === 'string' ? linked : folder, subpath }];
  }
  const text = file === undefined ? undefined : workspace.read(file);
  const row = /Can't find stylesheet to import/.test(message) ? text?.split('\n')[(line ?? 0) - 1] : undefined;
  const specifiers = [
    unresolvedSpecifierOf({ ...error, message, file, line }),
    ...(NO_BASE.exec(message)?.slice(1) ?? []),
    ...(row === undefined ? [] : sheetsIn(row).map(({ specifier }) => specifier)),
  ];
  return specifiers.flatMap((specifier) => {
    const name = packageNameOf(specifier ?? '');
    const rest = specifier?.slice((name?.length ?? 0) + 1).replace(/[?#].*$/, '');
    return name === undefined || !rest ? [] : [{ name, subpath: `./${rest}` }];
  });
}

function findManifest(workspace: Workspace, name: string): string | undefined {
  const [path, another] = workspace.paths.filter(
    (path) => /(?:^|\/)package\.json$/.test(path) && readConfig(workspace, path)?.name === name,
  );
  return another === undefined ? path : undefined;
}

interface Renamed {
  readonly manifest: string;
  readonly old: string;
  readonly now: string;
  /** What a subpath that the old entry answered is now; undefined for one that it did not, or that another answers. */
  follow(subpath: string): string | undefined;
}

function findRenamed(workspace: Workspace, manifest: string, subpath: string): Renamed | undefined {
  const exported = readConfig(workspace, manifest)?.exports;
  if (!isRecord(exported)) return undefined;
  const keys = Object.keys(exported);
  const isAnswered = (path: string) => keys.some((key) => matchEntry(key, path) !== undefined);
  if (isAnswered(subpath)) return undefined;
  const { removed, added } = entriesInDiff(workspace, manifest);
  const olds = removed.filter(({ key }) => matchEntry(key, subpath) !== undefined);
  const [old] = olds;
  if (!old || olds.some(({ key }) => key !== old.key) || keys.includes(old.key)) return undefined;
  const names = new Set(
    added.flatMap(({ key, value, at }) => {
      const isSame = olds.some((other) => leadsToSame(workspace, manifest, other, { value, at }));
      return isSame && keys.includes(key) && key.includes('*') === old.key.includes('*') ? [key] : [];
    }),
  );
  const [now, another] = names;
  if (now === undefined || another !== undefined) return undefined;
  return {
    manifest,
    old: old.key,
    now,
    follow: (path) => {
      const matched = isAnswered(path) ? undefined : matchEntry(old.key, path);
      return matched === undefined ? undefined : now.replace('*', () => matched);
    },
  };
}

/** What the pattern's `*` stands for, or nothing for a key without; undefined where the key does not answer the path. */
function matchEntry(key: string, path: string): string | undefined {
  const [before = '', after] = key.split('*');
  if (after === undefined) return key === path ? '' : undefined;
  const isMatch = path.length > before.length + after.length && path.startsWith(before) && path.endsWith(after);
  return isMatch ? path.slice(before.length, path.length - after.length) : undefined;
}

interface Entry {
  readonly key: string;
  readonly value: string;
  /** Index of its line in the hunks. */
  readonly at: number;
}

/** The lines of the manifest's diff that may be entries of `exports`. */
function entriesInDiff(workspace: Workspace, manifest: string): { readonly removed: Entry[]; readonly added: Entry[] } {
  const hunks = workspace.changes.find(({ path }) => path === manifest)?.hunks ?? '';
  const lines = hunks.split('\n').map((line) => line.replace(/\r$/, ''));
  const removed: Entry[] = [];
  const added: Entry[] = [];
  for (const [at, line] of lines.entries()) {
    const [, sign, key, value] = /^([-+])\s*"(\.\/[^"]+)"\s*:\s*(\S.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    // What an object holds stands in the lines after it, and has to have stayed.
    const isOpen = value === '{';
    if (isOpen && sign === '-' && !(lines[at + 1]?.startsWith('+') && lines[at + 2]?.startsWith(' '))) continue;
    (sign === '-' ? removed : added).push({ key, value: value.replace(/,\s*$/, ''), at });
  }
  return { removed, added };
}

function leadsToSame(
  workspace: Workspace,
  manifest: string,
  old: Omit<Entry, 'key'>,
  now: Omit<Entry, 'key'>,
): boolean {
  if (old.value === '{' || now.value === '{') return old.value === now.value && now.at === old.at + 1;
  if (!/["']\.\//.test(old.value)) return false;
  const followed = old.value.replaceAll(/"(\.\/[^"]+)"/g, (written, path: string) => {
    const target = joinPath(directoryOf(manifest), path);
    const moved = workspace.changes.find(
      ({ status, previousPath }) => status === 'renamed' && previousPath === target,
    )?.path;
    const folder = directoryOf(manifest);
    const below = folder === '' ? '' : `${folder}/`;
    return moved?.startsWith(below) ? `"./${moved.slice(below.length)}"` : written;
  });
  return followed === now.value;
}

interface Named {
  readonly specifier: string;
  /** Span of the specifier, without the quotes. */
  readonly start: number;
  readonly end: number;
}

/** Every place where the file names a module, a stylesheet or the configuration that it extends. */
async function namedIn(workspace: Workspace, path: string, text: string): Promise<Named[]> {
  const imported = isScript(path)
    ? specifiersOf(await workspace.parse(path, text)).map(({ specifier, start, end }) => ({
        specifier,
        start: start + 1,
        end: end - 1,
      }))
    : [];
  const sheets = isComponentFile(path) || /\.(?:s[ac]ss|less|css|pcss)$/.test(path) ? sheetsIn(text) : [];
  const mocks = /\.[cm]?[jt]sx?$/.test(path) ? quotedAfter(text, MOCKING) : [];
  const bases = /(?:^|\/)[jt]sconfig[\w.-]*\.json$/.test(path) ? quotedAfter(text, EXTENDING) : [];
  const all = [...imported, ...sheets, ...mocks, ...bases];
  return all.filter(({ start }, index) => all.findIndex((other) => other.start === start) === index);
}

const SHEET = /@(?:use|forward|import|reference|plugin|config)\s+(?:url\(\s*)?(["'])/g;
const MOCKING = /\b(?:vi|jest)\.\w{1,40}\(\s*(["'])/g;
const EXTENDING = /"extends"\s*:\s*(?:\[\s*)?(["'])/g;

function sheetsIn(text: string): Named[] {
  return quotedAfter(text, SHEET);
}

function quotedAfter(text: string, opening: RegExp): Named[] {
  return [...text.matchAll(opening)].flatMap(({ index, 0: before, 1: quote = '"' }) => {
    const start = index + before.length;
    const end = text.indexOf(quote, start);
    const specifier = text.slice(start, end);
    return end < 0 || specifier.includes('\n') ? [] : [{ specifier, start, end }];
  });
}
