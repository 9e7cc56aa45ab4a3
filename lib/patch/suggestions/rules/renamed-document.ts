import { escapePattern } from '../../../context/word-pattern.js';
import { yamlPart } from '../../../context/yaml-part.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { directoryOf } from '../syntax/resolve-specifier.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const DOCUMENT = /\.(?:mdx?|mdoc|markdoc)$/;
const SIDEBAR =
  /(?:^|\/)(?:[\w.-]*sidebars?(?:\.[\w-]+)?\.(?:[cm]?[jt]s|json)|astro\.config\.[cm]?[jt]s|_meta\.(?:[jt]sx?|json))$/i;

/**
 * An id of a page in a list of pages, such as a sidebar, that is made of the page's path, which is another one in the diff
 * since the last READY deployment.
 */
export const renamedDocument: Rule = {
  name: 'renamed-document',
  async propose(error, workspace) {
    const lost = lostIn(error);
    if (lost.length === 0 || workspace.partial) return undefined;
    const files = new Map<string, string>();
    const answers = new Map<string, string>();
    const listed = error.file !== undefined && SIDEBAR.test(error.file) ? [error.file] : workspace.paths;
    for (const path of listed) {
      const text = SIDEBAR.test(path) ? workspace.read(path) : undefined;
      if (text === undefined) continue;
      const edits = lost.flatMap(({ id, isKey }): Replacement[] => {
        const now = newIdOf(workspace, id, isKey ? directoryOf(path) : undefined);
        if (now === undefined) return [];
        const starts = isKey ? keysIn(text, id) : quotedIn(text, id);
        if (starts.length > 0) answers.set(`${path}, line ${lineOf(text, starts[0] ?? 0)}, lists \`${id}\``, now);
        return starts.map((start) => ({
          start,
          end: start + id.length,
          text: isKey && isBare(text, start) ? asKey(now) : now,
        }));
      });
      if (edits.length > 0) files.set(path, replaceRanges(text, edits));
    }
    // Two lists of the name are two lists of pages.
    if (files.size !== 1) return undefined;
    return {
      files,
      cause: `${[...answers.keys()].join('; ')}, and no such page exists.`,
      change: `Lists ${[...answers.values()].map((id) => `\`${id}\``).join(', ')}, as the page is called since the last good deployment.`,
    };
  },
};

interface Lost {
  readonly id: string;
  /** Whether it is the name of a key, in a list beside the pages. */
  readonly isKey: boolean;
}

function lostIn({ message }: BuildError): readonly Lost[] {
  const docusaurus = /sidebar document ids? do(?:es)? not exist:((?:\s+- \S+)+)/.exec(message)?.[1];
  const starlight = /The slug `?"([^"]+)"`? specified in the Starlight sidebar config does not exist/.exec(
    message,
  )?.[1];
  const nextra = /The field key "([\w-]+)" in `_meta` file refers to a page that cannot be found/.exec(message)?.[1];
  const ids = [...(docusaurus ?? '').matchAll(/- (\S+)/g)].map(([, id = '']) => id);
  return [
    ...[...ids, ...(starlight === undefined ? [] : [starlight])].map((id) => ({ id, isKey: false })),
    ...(nextra === undefined ? [] : [{ id: nextra, isKey: true }]),
  ];
}

/** By the one page that the diff moved away from there; undefined where pages have ids of their own. */
function newIdOf(workspace: Workspace, id: string, folder: string | undefined): string | undefined {
  const stands = (path: string) =>
    DOCUMENT.test(path) &&
    (folder === undefined ? `/${idOf(path)}`.endsWith(`/${id}`) : idOf(path) === idOf(`${folder}/${id}.md`));
  if (workspace.tree.some(stands)) return undefined;
  const moved = workspace.changes.filter(
    ({ status, path, previousPath = '' }) => status === 'renamed' && DOCUMENT.test(path) && stands(previousPath),
  );
  const [change, another] = moved;
  if (!change || another || change.previousPath === undefined) return undefined;
  const head = yamlPart(change.path, workspace.read(change.path) ?? '')?.yaml ?? '';
  if (workspace.read(change.path) === undefined || /^(?:id|slug):/m.test(head)) return undefined;
  const root = idOf(change.previousPath).slice(0, -id.length);
  const now = idOf(change.path);
  const rest = now.startsWith(root) ? now.slice(root.length) : undefined;
  return rest === undefined || (folder !== undefined && rest.includes('/')) ? undefined : rest;
}

/** Without the ending, and without the numbers that only order pages: `docs/02-guide/01-start.md` is `docs/guide/start`. */
function idOf(path: string): string {
  return path.replace(DOCUMENT, '').replace(/(^|\/)\d+\s*[-_.]+\s*(?=[^\d\s/._-])/g, '$1');
}

/** As an item of a list, or the value that names a page: a label may have the same words. */
function quotedIn(text: string, id: string): number[] {
  return [...text.matchAll(new RegExp(`(?<=(["'\`]))${escapePattern(id)}(?=\\1(?!\\s*:))`, 'g'))]
    .map(({ index }) => index)
    .filter((at) => /(?:[[,(]|\b(?:id|slug)["']?\s*:)\s*["'`]$/.test(text.slice(Math.max(0, at - 80), at)));
}

function keysIn(text: string, key: string): number[] {
  return [...text.matchAll(new RegExp(`(?<=^[^\\S\\n]{0,80}["']?)${escapePattern(key)}(?=["']?\\s*:)`, 'gm'))].map(
    ({ index }) => index,
  );
}

function isBare(text: string, start: number): boolean {
  return !/["']/.test(text[start - 1] ?? '');
}

function asKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : `'${name}'`;
}
