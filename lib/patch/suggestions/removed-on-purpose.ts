import { isLockfile } from '../../context/readable-files.js';
import { escapePattern } from '../../context/word-pattern.js';
import { isConfigFile } from '../../diagnosis/config-files.js';
import type { Workspace } from './workspace.js';

/** What names of packages are made of, whatever these do. */
const COMMON =
  /^(?:plugin|plugins|config|loader|preset|core|types|react|next|vue|nuxt|astro|vite|node|eslint|babel|rollup|webpack)$/;

/**
 * Whether the latest change took the package out of the manifest and may have meant it: only settings still name it, and
 * the same change speaks of it elsewhere, took out others that nothing uses, or put one of its kind in its place. Then the settings
 * may be what has to change.
 */
export function mayBeRemovedOnPurpose(workspace: Workspace, manifest: string, name: string): boolean {
  const removed = removedPackages(workspace, manifest);
  if (!removed.includes(name)) return false;
  if (isUsedByCode(workspace, name)) return isLeftBehind(workspace, manifest, name);
  const isCleanUp = removed.some((other) => other !== name && !isNamed(workspace, other));
  return isCleanUp || isReplaced(workspace, manifest, name) || isSpokenOf(workspace, manifest, name);
}

/** `@sveltejs/adapter-vercel` where `@sveltejs/adapter-static` was, `@vitejs/plugin-react-swc` where `@vitejs/plugin-react` was. */
function isReplaced(workspace: Workspace, manifest: string, name: string): boolean {
  const kindOf = (other: string) => other.replace(/[-/][^-/]*$/, '');
  return packagesOf(workspace, manifest).added.some(
    (other) => other !== name && (kindOf(other) === kindOf(name) || other.startsWith(`${name}-`)),
  );
}

/** Whether the same change took the package out of another file that stays: for one that it brought, or for code of its own. */
function isLeftBehind(workspace: Workspace, manifest: string, name: string): boolean {
  const { added } = packagesOf(workspace, manifest);
  return workspace.changes.some(({ path, hunks = '' }) => {
    if (isManifestOrLockfile(path)) return false;
    const on = (sign: string) =>
      hunks
        .split('\n')
        .filter((line) => line.startsWith(sign))
        .join('\n');
    const [before, after] = [on('-'), on('+')];
    const isReplaced = added.some((other) => namesPackage(after, other)) || /\bfrom\s*['"][.@~#/]/.test(after);
    return namesPackage(before, name) && !namesPackage(after, name) && isReplaced;
  });
}

function removedPackages(workspace: Workspace, manifest: string): string[] {
  const { removed, added } = packagesOf(workspace, manifest);
  return removed.filter((name) => !added.includes(name));
}

function packagesOf(
  { changes }: Workspace,
  manifest: string,
): { readonly removed: readonly string[]; readonly added: readonly string[] } {
  const hunks = (changes.find(({ path }) => path === manifest)?.hunks ?? '').split('\n');
  const namesOn = (sign: string) =>
    hunks.flatMap((line) => (line.startsWith(sign) ? (/^.\s*"(@?[\w./-]+)":\s*"[^"]*"/.exec(line)?.[1] ?? []) : []));
  return { removed: namesOn('-'), added: namesOn('+') };
}

function namesPackage(text: string, name: string): boolean {
  return new RegExp(`["'\`]${escapePattern(name)}(?:/[^"'\`\\n]*)?["'\`]`).test(text);
}

function isManifestOrLockfile(path: string): boolean {
  return /(?:^|\/)package\.json$/.test(path) || isLockfile(path);
}

function isNamed(workspace: Workspace, name: string): boolean {
  return workspace.paths.some((path) => !isManifestOrLockfile(path) && namesPackage(workspace.read(path) ?? '', name));
}

function isUsedByCode(workspace: Workspace, name: string): boolean {
  return workspace.paths.some(
    (path) => !isManifestOrLockfile(path) && !isConfigFile(path) && namesPackage(workspace.read(path) ?? '', name),
  );
}

/** The words that tell the package from others, on lines that the change wrote in other files. */
function isSpokenOf({ changes }: Workspace, manifest: string, name: string): boolean {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word.length > 3 && !COMMON.test(word));
  const written = changes
    .filter(({ path }) => path !== manifest && !isLockfile(path))
    .flatMap(({ hunks }) => (hunks ?? '').split('\n').filter((line) => line.startsWith('+')))
    .join('\n');
  return words.some((word) => new RegExp(`\\b${escapePattern(word)}`, 'i').test(written));
}
