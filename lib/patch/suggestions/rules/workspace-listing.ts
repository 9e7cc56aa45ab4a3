import { escapePattern } from '../../../context/word-pattern.js';
import { coversFolder, readListing } from '../../../context/workspace-listing.js';
import { isSlip } from '../distance.js';
import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { manifestsOf } from '../syntax/manifests-of.js';
import { findMovedFolder } from '../syntax/moved-folder.js';
import { directoryOf, packageNameOf } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/**
 * A package of the repository that is not linked, since the list of the workspace leaves its folder out and has a pattern that
 * nothing fits: the one which the diff since the last READY deployment put in the place of the right one, whose folder moved, or which
 * is a slip of the keyboard.
 */
export const workspaceListing: Rule = {
  name: 'workspace-listing',
  async propose(error, workspace) {
    const isMissing = error.kind === 'module-not-found' || error.kind === 'package-missing';
    const name = isMissing ? packageNameOf(unresolvedSpecifierOf(error) ?? '.') : undefined;
    if (name === undefined || workspace.partial) return undefined;
    const [manifest, twin] = manifestsOf(workspace).filter((one) => one.name === name);
    const listing = readListing((path) => workspace.read(path));
    const text = listing && workspace.read(listing.path);
    if (!manifest || twin || manifest.folder === '' || !listing || text === undefined) return undefined;
    const { folder } = manifest;
    if (listing.patterns.some((pattern) => coversFolder(pattern.replace(/^!/, ''), folder))) return undefined;

    const folders = workspace.tree.filter((path) => path.endsWith('/package.json')).map(directoryOf);
    const isEmpty = (pattern: string) => !pattern.startsWith('!') && !folders.some((one) => coversFolder(pattern, one));
    const [wrong, another] = listing.patterns.filter(isEmpty);
    const right = wrong === undefined ? undefined : findRight(workspace, { path: listing.path, wrong, folder });
    if (wrong === undefined || another !== undefined || right === undefined) return undefined;
    if (!coversFolder(right, folder) || listing.patterns.includes(right) || !isLocked(workspace, folder))
      return undefined;
    const [place, second] = [
      ...text.matchAll(new RegExp(`(?<=["'\\s,[])${escapePattern(wrong)}(?=["'\\s,\\]]|$)`, 'gm')),
    ];
    if (!place || second) return undefined;
    const edit = { start: place.index, end: place.index + wrong.length, text: right };
    return {
      files: new Map([[listing.path, replaceRanges(text, [edit])]]),
      cause: `${listing.path} lists \`${wrong}\`, where no package is, and leaves ${folder} out, which is \`${name}\`.`,
      change: `Lists \`${right}\`, so that \`${name}\` is linked for who needs it.`,
    };
  },
};

interface Listed {
  readonly path: string;
  readonly wrong: string;
  readonly folder: string;
}

function findRight(workspace: Workspace, { path, wrong, folder }: Listed): string | undefined {
  const [, base = '', rest = ''] = /^((?:\.\/)?[^*{}?]*?)(\/\*{1,2})?\/?$/.exec(wrong) ?? [];
  const own = base.replace(/^\.\//, '');
  if (own === '' || workspace.tree.some((one) => one.startsWith(`${own}/`))) return undefined;
  const before = replacedPattern(workspace, path, wrong);
  if (before !== undefined) return isPlanned(workspace, path, own) ? undefined : before;
  const moved = findMovedFolder(workspace, own);
  const now = moved ?? (rest === '' ? folder : directoryOf(folder));
  return moved !== undefined || isSlip(own, now) ? base.slice(0, base.length - own.length) + now + rest : undefined;
}

/** The only pattern that the diff took out, where it brought this one alone. */
function replacedPattern({ changes }: Workspace, path: string, wrong: string): string | undefined {
  const rows = (changes.find((change) => change.path === path)?.hunks ?? '').split('\n');
  const patternsOn = (sign: string) =>
    rows.flatMap((row) =>
      row.startsWith(sign) && !row.includes(':')
        ? [...row.slice(1).matchAll(/["']?([\w@./*-]*[/*][\w@./*-]*)["']?/g)].map(([, pattern = '']) => pattern)
        : [],
    );
  const [taken, other] = patternsOn('-');
  const brought = patternsOn('+');
  return brought.length === 1 && brought[0] === wrong && other === undefined ? taken : undefined;
}

/** Whether the same diff speaks of the folder elsewhere: then the packages may be on their way there. */
function isPlanned({ changes }: Workspace, listing: string, base: string): boolean {
  const folder = new RegExp(`(?<![\\w-])${escapePattern(base)}(?![\\w-])`);
  return changes.some(
    ({ path, hunks = '' }) =>
      path !== listing && hunks.split('\n').some((row) => row.startsWith('+') && folder.test(row)),
  );
}

/** Lockfiles that are held frozen know the folders of the workspace. */
function isLocked(workspace: Workspace, folder: string): boolean {
  return workspace.tree
    .filter((path) => /^(?:pnpm-lock\.yaml|yarn\.lock|bun\.lock)$/.test(path))
    .every((path) => {
      const text = workspace.read(path);
      const isKnown =
        text === undefined || new RegExp(`(?:^ {2}|workspace:|")${escapePattern(folder)}["':]`, 'm').test(text);
      return isKnown || /^# yarn lockfile v1\s*$/m.test(text);
    });
}
