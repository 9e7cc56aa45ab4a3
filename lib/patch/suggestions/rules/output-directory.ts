import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { listRenames } from '../renames-in-diff.js';
import type { Fix, Rule } from '../rule.js';
import { filesRunByBuild } from '../syntax/build-scripts.js';
import { insertJsonProperty } from '../syntax/insert-json-property.js';
import { directoryOf, inFolder } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import { bareFolder, findWrittenFolder } from '../syntax/written-folder.js';
import type { Workspace } from '../workspace.js';

/** Where bundlers and their commands are told to write. */
const BUILDER =
  /(?:^|\/)(?:angular|workspace|project|package|tsconfig[\w.-]*)\.json$|\.config\.[cm]?[jt]s$|(?:^|\/)\.eleventy\.c?js$/;
const SAYS_WHERE =
  /\b(?:outputPath|outDir|out-dir|outdir|distDir|dist-dir|output-path|output|pages)\b|"base":|\bpath: path\.|\s-[do]\s/;

/** What of a builder's configuration or of the scripts has to do with where it writes. */
const TELLS = new RegExp(`${SAYS_WHERE.source}|build`, 'i');

/**
 * A folder that vercel.json serves and the build does not write: the diff since the last READY deployment gave the builder, or
 * the scripts that the build runs, another one to write to and vercel.json names the old one, or it gave vercel.json another one
 * and left the builder alone.
 */
export const outputDirectory: Rule = {
  name: 'output-directory',
  async propose(error, workspace) {
    if (error.kind !== 'output-directory') return undefined;
    const file = inFolder(workspace.rootDirectory, 'vercel.json');
    const text = readSettings(workspace, file);
    const root = text === undefined ? undefined : parseTree(text);
    const node = root && findNodeAtLocation(root, ['outputDirectory']);
    if (text !== undefined && root?.type === 'object' && node === undefined)
      return serveWhatIsWritten(error, { file, text, workspace });
    if (text === undefined || node?.type !== 'string') return undefined;
    const served = String(node.value);
    const bare = bareFolder(served);
    // Vercel names the last part alone.
    if (error.symbol !== undefined && bare.split('/').at(-1) !== error.symbol.split('/').at(-1)) return undefined;
    const answers = new Set(
      workspace.changes.flatMap((change) =>
        BUILDER.test(change.path) ? movesOf(workspace, change).flatMap((move) => follow(bare, move) ?? []) : [],
      ),
    );
    const [moved, another] = answers;
    const now =
      moved ??
      (await followScripts(workspace, bare)) ??
      (await findNewFolder(workspace, file)) ??
      (await findKeptFolder(workspace, file));
    if (now === undefined || now === bare || another !== undefined) return undefined;
    const written = served.replace(bare, now);
    const edit = { start: node.offset, end: node.offset + node.length, text: JSON.stringify(written) };
    return {
      files: new Map([[file, replaceRanges(text, [edit])]]),
      cause: `${file} serves \`${served}\`, and the build writes to another folder.`,
      change: `Serves \`${written}\`, where the build writes.`,
    };
  },
};

/** Where the repository's own scripts, which the build runs, write what they wrote to the folder before the diff. */
async function followScripts(workspace: Workspace, served: string): Promise<string | undefined> {
  const run = await filesRunByBuild(workspace);
  const answers = new Set<string>();
  for (const change of workspace.changes) {
    if (!run.has(change.path)) continue;
    const rows = (change.hunks ?? '').split('\n').filter((row) => WRITES.test(row));
    for (const { before, after } of listRenames(change, workspace)) {
      const [old, now] = [bareFolder(before), bareFolder(after)];
      const isWritten = (sign: string, folder: string) =>
        rows.some((row) => row.startsWith(sign) && names(row, folder));
      if (old === served && PLAIN.test(now) && isWritten('-', old) && isWritten('+', now)) answers.add(now);
    }
  }
  const [now, another] = answers;
  const isLeft = [...run].some((path) => names(workspace.read(path) ?? '', served));
  return another === undefined && !isLeft ? now : undefined;
}

/** What lines of scripts are about that have to do with files. */
const WRITES = /path|join|resolve|\bURL|dir|folder|out|dest|target|root|write|copy|\b(?:cp|rm|dist)/i;
const PLAIN = /^[\w@-][\w@.-]*(?:\/[\w@-][\w@.-]*){0,8}$/;

/** Whether the text has the folder as the end of a quoted path. */
function names(text: string, folder: string): boolean {
  return new RegExp(`["'\`/]${escapePattern(folder)}/?["'\`]`).test(text);
}

/** Where the diff tells the builder to write that was not told before, while it leaves alone what Vercel serves. */
async function findNewFolder(workspace: Workspace, settings: string): Promise<string | undefined> {
  const folder = await findWrittenFolder(workspace);
  if (folder === undefined || workspace.changes.some(({ path }) => path === settings)) return undefined;
  const isNew = workspace.changes.some(
    ({ path, hunks = '' }) =>
      BUILDER.test(path) &&
      hunks.split('\n').some((row) => row.startsWith('+') && SAYS_WHERE.test(row) && row.includes(folder)),
  );
  return isNew ? folder : undefined;
}

/** Where the builder writes as it did at the last READY deployment, when only what Vercel serves was changed since. */
async function findKeptFolder(workspace: Workspace, settings: string): Promise<string | undefined> {
  const isServedAnew = workspace.changes.some(
    ({ path, hunks }) => path === settings && hunks?.includes('outputDirectory'),
  );
  const isBuiltAnew = workspace.changes.some(
    ({ path, hunks = '' }) =>
      BUILDER.test(path) && hunks.split('\n').some((row) => /^[+-]/.test(row) && TELLS.test(row)),
  );
  return isServedAnew && !isBuiltAnew ? findWrittenFolder(workspace, { usual: true }) : undefined;
}

/** The builder is told which folder to write, and nobody told Vercel, which looks for the one of the framework's habit. */
async function serveWhatIsWritten(
  error: BuildError,
  { file, text, workspace }: { readonly file: string; readonly text: string; readonly workspace: Workspace },
): Promise<Fix | undefined> {
  if (error.code !== 'STATIC_BUILD_NO_OUT_DIR' || error.symbol === undefined) return undefined;
  const folder = await findWrittenFolder(workspace);
  if (folder === undefined || folder === bareFolder(error.symbol)) return undefined;
  const property = { path: [], name: 'outputDirectory', value: JSON.stringify(folder), sorted: false };
  const repaired = insertJsonProperty(text, property);
  if (repaired === undefined) return undefined;
  return {
    files: new Map([[file, repaired]]),
    cause: `The build writes to \`${folder}\`, as it is told to, and Vercel looks for \`${error.symbol}\`.`,
    change: `Serves \`${folder}\`.`,
  };
}

/** What says in other words how Vercel builds the project. */
const OTHER_SETTINGS = /^(?:now\.json|vercel\.[cm]?[jt]s)$/;

/** The settings as they are, or what a new file of them starts from. */
function readSettings(workspace: Workspace, file: string): string | undefined {
  const folder = directoryOf(file);
  const isFree =
    !workspace.partial &&
    !workspace.exists(file) &&
    !workspace.tree.some(
      (path) => directoryOf(path) === folder && OTHER_SETTINGS.test(path.slice(path.lastIndexOf('/') + 1)),
    );
  return workspace.read(file) ?? (isFree ? '{\n}\n' : undefined);
}

interface Move {
  readonly before: string;
  readonly after: string;
}

/** The folders that the diff gives other names on lines which say where to write; the old name is gone from the file. */
function movesOf(workspace: Workspace, change: Workspace['changes'][number]): Move[] {
  const text = workspace.read(change.path) ?? '';
  const folder = relativeTo(workspace.rootDirectory, directoryOf(change.path));
  const isPlain = (path: string) => /^[\w@.-]+(?:\/[\w@.-]+)*\/?$/.test(path.replace(/^\.?\//, ''));
  return listRenames(change, workspace).flatMap(({ before, after }) => {
    const line = (change.hunks ?? '').split('\n').find((row) => row.startsWith('+') && row.includes(after));
    if (line === undefined || !SAYS_WHERE.test(line) || !isPlain(before) || !isPlain(after)) return [];
    const isGone = !text.split(/["'`\s=]/).some((word) => bareFolder(word) === bareFolder(before));
    if (!isGone || folder === undefined) return [];
    return [{ before: inFolder(folder, bareFolder(before)), after: inFolder(folder, bareFolder(after)) }];
  });
}

/** Undefined for what lies outside. */
function relativeTo(root: string, folder: string): string | undefined {
  if (root === '' || folder === root) return root === '' ? folder : '';
  return folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : undefined;
}

/** Builders put folders of their own into the one that they are given: `dist/app/browser`. */
function follow(served: string, { before, after }: Move): string | undefined {
  if (served === before) return after;
  return served.startsWith(`${before}/`) ? after + served.slice(before.length) : undefined;
}
