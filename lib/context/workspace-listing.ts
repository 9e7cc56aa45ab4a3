import { matchesGlob } from '../settings/glob.js';
import { asRecord, type Manifest, parseJson } from './manifests.js';
import type { Survey } from './survey.js';

/** The file that lists the workspace's packages, where it leaves this one out, so that nothing links it. */
export function findUnlisted(
  { folder }: Pick<Manifest, 'folder'>,
  { files }: Pick<Survey, 'files'>,
): string | undefined {
  const listing = readListing((path) => files.get(path));
  return listing?.patterns.some((pattern) => coversFolder(pattern, folder)) === false ? listing.path : undefined;
}

/** The file that lists the workspace's packages, and its patterns as they are written there. */
export function readListing(
  read: (path: string) => string | undefined,
): { readonly path: string; readonly patterns: readonly string[] } | undefined {
  for (const [path, listIn] of LISTINGS) {
    const patterns = listIn(read(path) ?? '');
    if (patterns.length > 0) return { path, patterns };
  }
  return undefined;
}

export function coversFolder(pattern: string, folder: string): boolean {
  return matchesGlob(pattern.replace(/^\.\/|\/$/g, ''), folder);
}

const LISTINGS: readonly (readonly [string, (text: string) => string[]])[] = [
  ['pnpm-workspace.yaml', readYaml],
  ['package.json', readJson],
];

/** `packages:` and the items below it. */
function readYaml(text: string): string[] {
  const block = /^packages:[ \t]*\r?\n((?:[ \t]*(?:-|#).*\r?\n?|[ \t]*\r?\n)+)/m.exec(text)?.[1] ?? '';
  return [...block.matchAll(/^[ \t]*-[ \t]*['"]?([^'"#\r\n]{1,200}?)['"]?[ \t]*(?:#.*)?\r?$/gm)].map(
    ([, item = '']) => item,
  );
}

/** npm's and Bun's list; Yarn 1 also has an object around it. */
function readJson(text: string): string[] {
  const { workspaces } = asRecord(parseJson(text));
  const list = Array.isArray(workspaces) ? workspaces : asRecord(workspaces).packages;
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}
