import type { Workspace } from '../workspace.js';
import { aliasesFor, directoryOf, inFolder, resolveSpecifier } from './resolve-specifier.js';

/** Not every dot begins one: Angular's `./day.pipe` has none. */
const EXTENSION =
  /\.(?:[cm]?[jt]sx?|jsonc?|css|s[ac]ss|less|styl|vue|svelte|astro|mdx?|html?|ya?ml|csv|txt|svg|png|jpe?g|gif|webp|avif|gql|graphql|wasm)$/;

/**
 * How `importer` names the file at `path`, in the manner of a specifier it used before: by the same alias where that
 * reaches it, else relative; with an extension only if that one had one, and with its query. Undefined where no such form
 * exists. `was` is the path, with or without extension, that the specifier led to where it leads nowhere now.
 */
export function specifierFor(
  workspace: Workspace,
  importer: string,
  file: { readonly path: string; readonly like: string; readonly was?: string },
): string | undefined {
  const [, like = file.like, query = ''] = /^(.[^?#]*)([?#].*)$/.exec(file.like) ?? [];
  const specifier = withoutQuery(workspace, importer, { ...file, like });
  return specifier && specifier + query;
}

function withoutQuery(
  workspace: Workspace,
  importer: string,
  file: { readonly path: string; readonly like: string; readonly was?: string },
): string | undefined {
  const { like, was } = file;
  const hasExtension = EXTENSION.test(like);
  const path = hasExtension
    ? outputName(file.path, like)
    : file.path.replace(/(?:\/index)?\.(?:d\.)?[cm]?[jt]sx?$/, '');
  if (like.startsWith('.')) return relativePath(directoryOf(importer), path);
  for (const { prefix, suffix, exact, targets } of aliasesFor(workspace, importer)) {
    if (exact || !like.startsWith(prefix) || suffix !== '') continue;
    for (const target of targets) {
      const [before = '', after] = target.split('*');
      if (after === '' && path.startsWith(before)) return prefix + path.slice(before.length);
    }
  }
  for (const folder of workspace.findAliases(importer).baseFolders) {
    const below = folder === '' ? '' : `${folder}/`;
    const isFromHere = inFolder(folder, like) === was || resolveSpecifier(workspace, importer, like) !== undefined;
    if (path.startsWith(below) && isFromHere) return path.slice(below.length);
  }
  return undefined;
}

/** TypeScript sources under the name of their output, if that is how the repository writes them. */
function outputName(path: string, like: string): string {
  return /\.[cm]?jsx?$/.test(like) ? path.replace(/\.([cm]?)tsx?$/, '.$1js') : path;
}

export function relativePath(folder: string, path: string): string {
  const from = folder === '' ? [] : folder.split('/');
  const to = path.split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  const up = '../'.repeat(from.length - shared);
  return (up === '' ? './' : up) + to.slice(shared).join('/');
}
