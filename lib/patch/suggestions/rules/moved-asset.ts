import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { nearestManifest } from '../syntax/manifests-of.js';
import { isScript } from '../syntax/parse.js';
import { directoryOf, inFolder, joinPath } from '../syntax/resolve-specifier.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { relativePath } from '../syntax/specifier-for.js';
import type { Workspace } from '../workspace.js';
import { rowsKept } from './moved-file.js';

const PAGE_OR_SHEET = /\.(?:html?|css|pcss|postcss)$/;

/**
 * A script, sheet or picture that a page of HTML or a style sheet loads from where it stood at the last READY deployment.
 * Imports of modules are the concern of `moved-file`.
 */
export const movedAsset: Rule = {
  name: 'moved-asset',
  async propose(error, workspace) {
    const specifier = lostOf(error);
    const { file } = error;
    const text = file === undefined || !PAGE_OR_SHEET.test(file) ? undefined : workspace.read(file);
    if (specifier === undefined || file === undefined || text === undefined || workspace.partial) return undefined;
    const path = findNewPlace(workspace, file, specifier);
    const isOut = path !== undefined && nearestManifest(workspace, path) !== nearestManifest(workspace, file);
    const now = path === undefined || isOut ? undefined : writtenFrom(file, specifier, path);
    const places = quotedIn(text, specifier);
    const [first] = places;
    if (now === undefined || first === undefined) return undefined;
    const edits = places.map((start) => ({ start, end: start + specifier.length, text: now }));
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file}, line ${lineOf(text, first)}, loads \`${specifier}\`, which no longer stands there.`,
      change: `Loads \`${now}\`, where that file is since the last good deployment.`,
    };
  },
};

function lostOf(error: BuildError): string | undefined {
  const named = /Failed to resolve (\S+) from /.exec(error.message)?.[1];
  const specifier = named?.replace(/^['"]|['"]$/g, '') ?? unresolvedSpecifierOf(error);
  return specifier?.replace(/[?#].*$/, '');
}

/** Where the diff moved the file to; where it was rewritten too, the one new file of its name, which is the only one. */
function findNewPlace(workspace: Workspace, file: string, specifier: string): string | undefined {
  const folder = directoryOf(file);
  const inside = joinPath(folder, specifier);
  // Vite serves `public` as the root.
  const old = [inside, specifier.startsWith('/') ? inFolder(folder, `public${specifier}`) : undefined];
  if (old.some((path) => path !== undefined && workspace.exists(path))) return undefined;
  const { changes } = workspace;
  const renamed = changes.filter(({ status, previousPath }) => status === 'renamed' && old.includes(previousPath));
  if (renamed.length > 0) return renamed.length === 1 ? renamed[0]?.path : undefined;
  const [gone] = changes.filter(({ status, path }) => status === 'removed' && old.includes(path));
  const name = gone?.path.split('/').at(-1) ?? '';
  const [only, another] = workspace.tree.filter((path) => path.split('/').at(-1) === name);
  const isNew = changes.some(({ status, path }) => status === 'added' && path === only);
  const { all, kept } = rowsKept(gone, workspace.read(only ?? '') ?? '');
  if (only === undefined || !isNew || another !== undefined || kept * 5 < all) return undefined;
  // Of one name, two pictures are two, and what another page loads is that page's.
  const isOther = workspace.paths.some(
    (path) =>
      path !== file && PAGE_OR_SHEET.test(path) && workspace.read(path)?.includes(only.slice(directoryOf(path).length)),
  );
  return isOther || !/\.(?:[cm]?[jt]sx?|p?css|postcss)$/.test(only) ? undefined : only;
}

/** In the manner of the old one; undefined for what a server's root does not reach. */
function writtenFrom(file: string, specifier: string, path: string): string | undefined {
  const relative = relativePath(directoryOf(file), path);
  if (!specifier.startsWith('/')) return specifier.startsWith('.') ? relative : relative.replace(/^\.\//, '');
  return relative.startsWith('../')
    ? undefined
    : relative.slice(1).replace(/^\/public(?=\/)/, isScript(path) ? '$&' : '');
}

function quotedIn(text: string, specifier: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf(specifier); at >= 0; at = text.indexOf(specifier, at + 1)) {
    if (/["'(=]/.test(text[at - 1] ?? '') && /["')?#\s>]/.test(text[at + specifier.length] ?? '')) starts.push(at);
  }
  return starts;
}
