import { escapePattern } from '../../../context/word-pattern.js';
import type { Rule } from '../rule.js';
import { climbTo } from '../syntax/climb-path.js';
import { type DataNode, dataOf, walkData } from '../syntax/data-document.js';
import { directoryOf, joinPath } from '../syntax/resolve-specifier.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { relativePath } from '../syntax/specifier-for.js';
import type { Workspace } from '../workspace.js';

const LOST = /Could not find requested image `(\.[^`\n]{1,300})`/;
const DOCUMENT = /\.(?:json|ya?ml|mdx?|mdoc|markdown)$/;

/**
 * A picture that front matter names and that Astro does not find, without saying for which entry: the one that names it, if the
 * diff moved the picture, or the path climbs too little or too much.
 */
export const documentImage: Rule = {
  name: 'document-image',
  async propose(error, workspace) {
    const written = LOST.exec(error.message)?.[1];
    if (written === undefined || workspace.partial) return undefined;
    const [use, another] = await findUses(workspace, written);
    if (use === undefined || another !== undefined) return undefined;
    const { file, node } = use;
    const text = workspace.read(file) ?? '';
    const right = movedTo(workspace, file, written) ?? climbTo(workspace, file, { written, endings: [''] });
    if (right === undefined || text.slice(node.start, node.end) !== written) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: node.start, end: node.end, text: right }])]]),
      cause: `${file}, line ${lineOf(text, node.start)}, names the picture \`${written}\`, which does not exist.`,
      change: `Names \`${right}\`, where that picture is.`,
    };
  },
};

/** Values that are this path and lead nowhere. */
async function findUses(
  workspace: Workspace,
  written: string,
): Promise<{ readonly file: string; readonly node: DataNode }[]> {
  const uses: { readonly file: string; readonly node: DataNode }[] = [];
  for (const file of workspace.paths) {
    const target = DOCUMENT.test(file) ? joinPath(directoryOf(file), written) : undefined;
    if (!DOCUMENT.test(file) || (target !== undefined && workspace.exists(target))) continue;
    if (!workspace.read(file)?.includes(written)) continue;
    const data = await dataOf(workspace, file);
    for (const node of data === undefined ? [] : walkData(data))
      if (node.kind === 'text' && node.value === written) uses.push({ file, node });
  }
  return uses;
}

/** Where the diff moved the picture to: a rename, or the one new file of the name that went. */
function movedTo(workspace: Workspace, file: string, written: string): string | undefined {
  const { changes, tree, exists } = workspace;
  const target = joinPath(directoryOf(file), written);
  if (target === undefined) return undefined;
  const renamed = changes.filter(({ status, previousPath }) => status === 'renamed' && previousPath === target);
  const isGone = changes.some(({ status, path }) => status === 'removed' && path === target);
  const named = isGone ? tree.filter((path) => path.split('/').at(-1) === target.split('/').at(-1)) : [];
  const isNew = named.every((path) => changes.some((change) => change.status === 'added' && change.path === path));
  const [place, another] = renamed.length > 0 ? renamed.map(({ path }) => path) : isNew ? named : [];
  // A picture that only has the same name may belong to something else.
  const isOthers = (path: string) => path !== file && path !== place && namesFile(workspace, path, place ?? '');
  if (renamed.length === 0 && workspace.paths.some(isOthers)) return undefined;
  return place === undefined || another !== undefined || !exists(place)
    ? undefined
    : relativePath(directoryOf(file), place);
}

function namesFile({ read }: Workspace, path: string, place: string): boolean {
  const text = read(path) ?? '';
  const last = place.slice(place.lastIndexOf('/') + 1);
  const name = new RegExp(`[\\w./@~-]*${escapePattern(last)}`, 'g');
  return [...text.matchAll(name)].some(
    ([written]) =>
      joinPath(directoryOf(path), written) === place ||
      (`/${place}`.endsWith(`/${written.replace(/^[./@~]+/, '')}`) &&
        written.includes('/') &&
        !written.startsWith('.')),
  );
}
