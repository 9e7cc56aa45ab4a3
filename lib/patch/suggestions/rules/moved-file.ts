import type { FileChange } from '../../../context/source.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { isBroughtByDiff } from '../changed-words.js';
import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Fix, Rule } from '../rule.js';
import { exportsOf } from '../syntax/exports.js';
import { nearestManifest } from '../syntax/manifests-of.js';
import { isScript } from '../syntax/parse.js';
import {
  aliasesFor,
  directoryOf,
  packageNameOf,
  RESOLVED_EXTENSIONS,
  resolveSpecifier,
  targetsMeant,
  targetsOf,
} from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import { specifierFor } from '../syntax/specifier-for.js';
import { type SpecifierUse, specifiersOf } from '../syntax/specifiers.js';
import type { Workspace } from '../workspace.js';

/**
 * An import of a file that stands elsewhere now: the diff since the last READY deployment says where it went, or the
 * whole tree holds one file of that name, and that file exports all that is taken from it. Every importer follows.
 */
export const movedFile: Rule = {
  name: 'moved-file',
  async propose(error, workspace): Promise<Fix | undefined> {
    const { file } = error;
    const places = workspace.partial ? [] : findPlaces(error, workspace);
    const [place] = places;
    if (!place || places.some((other) => other.path !== place.path)) return undefined;
    const { target, path } = place;
    // Stylesheets and pictures export nothing that could be missing; that they moved is the diff's word.
    const exported = isScript(path) ? await exportsOf(workspace, path) : undefined;
    if (isScript(path) ? !exported?.complete : !isRenamed(workspace, path)) return undefined;

    const files = new Map<string, string>();
    for (const importer of new Set([...(file === undefined ? [] : [file]), ...workspace.paths])) {
      const text = workspace.read(importer);
      if (text === undefined || !isScript(importer)) continue;
      const written = [...specifiersOf(await workspace.parse(importer, text)), ...assetsOf(importer, text)];
      const uses = written.filter((use) => means(workspace, importer, use, target));
      if (uses.length === 0) continue;
      if (exported && uses.some((use) => use.names.some((name) => !exported.names.has(name)))) return undefined;
      const takesNothing = importer === file && uses.every((use) => use.names.length === 0);
      if (exported && takesNothing && !isRenamed(workspace, path)) return undefined;
      const replacements = uses.map(({ start, end, specifier: like }) => {
        const text = specifierFor(workspace, importer, { path, like, was: target });
        const isOut = text?.startsWith('.') && leavesPackage(workspace, { importer, target, path });
        return text === undefined || isOut ? undefined : { start: start + 1, end: end - 1, text };
      });
      if (replacements.includes(undefined)) return undefined;
      files.set(
        importer,
        replaceRanges(
          text,
          replacements.filter((replacement) => replacement !== undefined),
        ),
      );
    }
    const [first] = files.keys();
    if (first === undefined || (file !== undefined && first !== file)) return undefined;
    return {
      files,
      cause: `${first} imports \`${target}\`, and no such file exists.`,
      change: `Imports it from ${path}, where that module stands now.`,
    };
  },
};

/** Whether the file went from the importer's package to another, which is imported by its name. */
function leavesPackage(
  workspace: Workspace,
  { importer, target, path }: { readonly importer: string; readonly target: string; readonly path: string },
): boolean {
  const home = nearestManifest(workspace, importer);
  return nearestManifest(workspace, target) === home && nearestManifest(workspace, path) !== home;
}

interface Place {
  /** What the importers mean, with or without extension. */
  readonly target: string;
  readonly path: string;
}

function findPlaces(error: BuildError, workspace: Workspace): Place[] {
  const specifier = unresolvedSpecifierOf(error);
  const { file } = error;
  if (specifier === undefined || (file !== undefined && !isScript(file))) return [];
  if (file === undefined) return error.kind === 'file-missing' ? findRenamed(workspace, specifier) : [];
  if (resolveSpecifier(workspace, file, specifier) !== undefined) return [];
  const all = targetsMeant(workspace, file, specifier);
  // Of the places that it may stand for, one where it stood is the one.
  const former = all.filter((target) => wasThere(workspace, target));
  const targets = former.length > 0 ? former : all;
  return targets.flatMap((target) => {
    const path = findNewPlace(workspace, target);
    if (path === undefined || (IN_TESTS.test(path) && ![target, file].some((one) => IN_TESTS.test(one)))) return [];
    const isMeant = wasThere(workspace, target)
      ? !isOther(workspace, target, path)
      : !STANDS_IN.test(path) &&
        !mayBePackage(workspace, file, specifier) &&
        !mayBeMissing(workspace, file, { specifier, path, targets });
    return isMeant ? [{ target, path }] : [];
  });
}

/** Whether a file that was not there before may have been forgotten: one of a folder that is there, or the other is of another package. */
function mayBeMissing(
  workspace: Workspace,
  importer: string,
  {
    specifier,
    path,
    targets,
  }: { readonly specifier: string; readonly path: string; readonly targets: readonly string[] },
): boolean {
  const isNew = workspace.changes.length > 0 && isBroughtByDiff(workspace, importer, specifier);
  const folders = targets.map(directoryOf);
  const isBeside =
    /^\.\/[^/]+$/.test(specifier) || workspace.tree.some((other) => folders.includes(directoryOf(other)));
  const home = nearestManifest(workspace, importer);
  return (isNew && isBeside) || nearestManifest(workspace, path) !== home;
}

/** What stands in for something in tests, or was kept when another came. */
export const STANDS_IN =
  /(?:^|\/)(?:_*tests?_*|_*mocks?_*|fixtures?|doubles|stubs|fakes|examples?|stories|e2e|legacy|deprecated|old)\//i;
const IN_TESTS = /(?:^|\/)(?:_*tests?_*|_*mocks?_*|fixtures?|doubles|stubs|fakes|stories|e2e)\/|\.(?:test|spec)\.\w+$/i;

/**
 * Whether a file was removed and the other of its name has something else in it: all along, or so much that the diff can only have
 * brought it for itself.
 */
function isOther(workspace: Workspace, target: string, path: string): boolean {
  const { changes, read } = workspace;
  const status = changes.find((change) => change.path === path)?.status;
  if (status === 'renamed') return false;
  const gone = changes.find((change) => change.status === 'removed' && spellingsOf(target).has(change.path));
  const { all, kept } = rowsKept(gone, read(path) ?? '');
  return status === 'added' ? kept * 5 < all : STANDS_IN.test(path) || kept < all;
}

/** Of the rows of words that a removed file had, those that another has. */
export function rowsKept(gone: FileChange | undefined, text: string): { readonly all: number; readonly kept: number } {
  const rows = gone?.hunks?.split('\n').filter((row) => /^-.*\w{3}/.test(row)) ?? [];
  const written = text.split('\n').map((row) => row.trim());
  return { all: rows.length, kept: rows.filter((row) => written.includes(row.slice(1).trim())).length };
}

/** Vite 8 opens what an alias leads to before it looks whether it is there, and of who asked for it says nothing. */
function findRenamed({ changes, exists }: Workspace, target: string): Place[] {
  return changes.flatMap(({ status, path, previousPath }) =>
    status === 'renamed' && previousPath === target && !exists(target) ? [{ target, path }] : [],
  );
}

const ASSET =
  /<(?:img|source|video|image|use)\b[^<>]{0,500}?\s(?:src|poster|(?:xlink:)?href)=(["'])([.@~#][^"'\n]{1,300})\1/g;

/** What a template of Vue loads, of which its compiler makes imports: `transformAssetUrls` of @vitejs/plugin-vue. */
function assetsOf(importer: string, text: string): SpecifierUse[] {
  if (!importer.endsWith('.vue')) return [];
  return [...text.matchAll(ASSET)].map((match) => {
    const [whole, , specifier = ''] = match;
    const end = match.index + whole.length;
    return { specifier, start: end - specifier.length - 2, end, names: [] };
  });
}

function isRenamed(workspace: Workspace, path: string): boolean {
  return workspace.changes.some((change) => change.status === 'renamed' && change.path === path);
}

function means(workspace: Workspace, importer: string, use: SpecifierUse, target: string): boolean {
  return (
    targetsOf(workspace, importer, use.specifier).includes(target) &&
    resolveSpecifier(workspace, importer, use.specifier) === undefined
  );
}

/** Whether the specifier is looked for in a folder of the repository under its own name only, as any package is too. */
function mayBePackage(workspace: Workspace, importer: string, specifier: string): boolean {
  if (packageNameOf(specifier) === undefined) return false;
  return !aliasesFor(workspace, importer).some(({ prefix }) => prefix !== '' && specifier.startsWith(prefix));
}

function wasThere(workspace: Workspace, target: string): boolean {
  const old = spellingsOf(target);
  return workspace.changes.some(({ status, path, previousPath }) =>
    status === 'renamed' ? old.has(previousPath ?? '') : status === 'removed' && old.has(path),
  );
}

/** The files that the path may have stood for. */
function spellingsOf(target: string): ReadonlySet<string> {
  const source = target.replace(/\.[cm]?jsx?$/, '');
  return new Set(RESOLVED_EXTENSIONS.flatMap((extension) => [target + extension, source + extension]));
}

// Names that say nothing about what a file holds.
const COMMON_NAME = /^(?:index|page|layout|route|types?|utils?|helpers?|constants?|styles?|config|main|app|api|data)$/i;

function findNewPlace(workspace: Workspace, target: string): string | undefined {
  const source = target.replace(/\.[cm]?jsx?$/, '');
  const old = spellingsOf(target);
  const renamed = workspace.changes.filter(
    (change) => change.status === 'renamed' && old.has(change.previousPath ?? ''),
  );
  if (renamed.length === 1) return renamed[0]?.path;

  const name = source.split('/').at(-1) ?? '';
  const sameName = workspace.tree.filter(
    (path) =>
      path
        .split('/')
        .at(-1)
        ?.replace(/\.[cm]?[jt]sx?$|\.(?:vue|svelte|astro)$/, '') === name,
  );
  if (sameName.length !== 1) return undefined;
  const removed = workspace.changes.some((change) => change.status === 'removed' && old.has(change.path));
  const added = workspace.changes.some((change) => change.status === 'added' && change.path === sameName[0]);
  return (removed && added) || !COMMON_NAME.test(name) ? sameName[0] : undefined;
}
