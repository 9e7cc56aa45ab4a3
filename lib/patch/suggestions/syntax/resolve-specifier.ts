import { parse } from 'jsonc-parser';
import type { Workspace } from '../workspace.js';

export const RESOLVED_EXTENSIONS: readonly string[] = [
  ...['', '.ts', '.tsx', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts', '.json', '.vue', '.svelte', '.astro'],
  ...['/index.ts', '/index.tsx', '/index.js', '/index.jsx', '/index.mjs', '/index.vue', '/index.svelte', '/index.d.ts'],
];

/**
 * The file of the tree that a module specifier means, the way bundlers look for it: relative paths, the mappings
 * of compiler, bundler and framework, `baseUrl`, and packages of the same workspace. Undefined for packages
 * from outside and for what does not exist.
 */
export function resolveSpecifier(workspace: Workspace, importer: string, specifier: string): string | undefined {
  return firstExisting(workspace, targetsOf(workspace, importer, specifier));
}

/**
 * The paths, without extension, that a specifier can mean in the repository, existing or not. Empty for packages
 * from outside.
 */
export function targetsOf(workspace: Workspace, importer: string, specifier: string): string[] {
  // A query or a fragment, not the sign that aliases such as `#/lib` start with.
  const bare = specifier.replace(/(?<=.)[?#].*$/, '');
  if (bare.startsWith('.')) {
    const target = joinPath(directoryOf(importer), bare);
    return target === undefined ? [] : [target];
  }
  const bases = workspace.findAliases(importer).baseFolders.flatMap((folder) => joinPath(folder, bare) ?? []);
  return [...aliasTargets(workspace, importer, bare), ...bases, ...workspacePackageTargets(workspace, bare)];
}

/** `targetsOf`, for a specifier as a log has it: Rollup has resolved the alias by the time that it fails to load the file. */
export function targetsMeant(workspace: Workspace, importer: string, specifier: string): string[] {
  const logged = /^\/vercel\/path\d\/+([^?#]+)/.exec(specifier)?.[1];
  return logged === undefined ? targetsOf(workspace, importer, specifier) : [logged];
}

function firstExisting(workspace: Workspace, targets: readonly string[]): string | undefined {
  for (const target of targets) {
    for (const extension of RESOLVED_EXTENSIONS) {
      if (workspace.exists(target + extension)) return target + extension;
    }
    // TypeScript sources are imported by the name of their output.
    const source = target.replace(/\.([cm]?)js(x?)$/, '.$1ts$2');
    if (source !== target) {
      for (const path of [source, `${source}x`]) if (workspace.exists(path)) return path;
    }
  }
  return undefined;
}

/** A mapping: every specifier that starts with `prefix` and ends with `suffix` is looked for in the folders. */
export interface Alias {
  readonly prefix: string;
  readonly suffix: string;
  /** True when the pattern has no `*` and so stands for one specifier. */
  readonly exact: boolean;
  /** Relative to the repository root; `*` stands for what the pattern's `*` took. */
  readonly targets: readonly string[];
}

export function aliasesFor(workspace: Workspace, importer: string): Alias[] {
  return workspace.findAliases(importer).aliases.map(({ pattern, targets }) => {
    const [prefix = '', suffix] = pattern.split('*');
    return { prefix, suffix: suffix ?? '', exact: suffix === undefined, targets };
  });
}

function aliasTargets(workspace: Workspace, importer: string, specifier: string): string[] {
  return aliasesFor(workspace, importer).flatMap(({ prefix, suffix, exact, targets }) => {
    if (exact) return specifier === prefix ? targets : [];
    if (!specifier.startsWith(prefix) || !specifier.endsWith(suffix)) return [];
    const matched = specifier.slice(prefix.length, specifier.length - suffix.length);
    return targets.map((target) => target.replace('*', () => matched));
  });
}

function workspacePackageTargets(workspace: Workspace, specifier: string): string[] {
  const name = packageNameOf(specifier);
  if (name === undefined) return [];
  const rest = specifier.slice(name.length + 1);
  for (const path of workspace.paths) {
    if (!/(?:^|\/)package\.json$/.test(path)) continue;
    const manifest = readConfig(workspace, path);
    if (manifest?.name !== name) continue;
    const folder = directoryOf(path);
    const entries = rest === '' ? entryPoints(manifest) : subpathEntries(manifest, rest);
    return entries.flatMap((entry) => joinPath(folder, entry) ?? []);
  }
  return [];
}

/** Sources first: built files are not in the tree. */
function entryPoints(manifest: Record<string, unknown>): string[] {
  const exported = isRecord(manifest.exports) ? (manifest.exports['.'] ?? manifest.exports) : manifest.exports;
  const named = [...stringsOf(exported), ...stringsOf([manifest.types, manifest.module, manifest.main])];
  return [...named, 'src/index', 'index'];
}

function subpathEntries(manifest: Record<string, unknown>, rest: string): string[] {
  const exported = isRecord(manifest.exports) ? manifest.exports[`./${rest}`] : undefined;
  return [...stringsOf(exported), rest, `src/${rest}`];
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  return isRecord(value) ? Object.values(value).flatMap(stringsOf) : [];
}

/** `@scope/name` or `name`; undefined for relative paths, aliases such as `@/x` and URLs. */
export function packageNameOf(specifier: string): string | undefined {
  return /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*(?=\/|$)/i.exec(specifier)?.[0];
}

export function readConfig(workspace: Workspace, path: string): Record<string, unknown> | undefined {
  const text = workspace.read(path);
  const value: unknown = text === undefined ? undefined : parse(text, [], { allowTrailingComma: true });
  return isRecord(value) ? value : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Undefined when the result lies outside the repository. */
export function joinPath(folder: string, path: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
