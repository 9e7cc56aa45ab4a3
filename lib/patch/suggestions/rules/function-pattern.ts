import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { matchesGlob } from '../../../settings/glob.js';
import type { Rule } from '../rule.js';
import { findMovedFolder } from '../syntax/moved-folder.js';
import { inFolder } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/** What Vercel makes functions of: https://vercel.com/docs/functions/runtimes; names with a dot or a line before them it leaves. */
const FUNCTION = /^api\/(?:(?![._])[^/]+\/)*(?![._])[^/]+\.(?:[cm]?js|[cm]?ts|tsx|py|go|rb)$/;
const NO_FUNCTION = /(?:\.d\.ts|\.(?:test|spec)\.\w+)$/;

/**
 * A pattern of `functions` in vercel.json that no function of the project has: the folder before `api`, or the root directory, is
 * one too many, the extension is that of another language, or the diff since the last READY deployment moved the folder.
 */
export const functionPattern: Rule = {
  name: 'function-pattern',
  async propose(error, workspace) {
    const file = inFolder(workspace.rootDirectory, 'vercel.json');
    const pattern = error.code === 'unused_function' ? error.symbol : undefined;
    const text = pattern === undefined ? undefined : workspace.read(file);
    if (pattern === undefined || text === undefined || workspace.partial) return undefined;
    const settings = parseTree(text);
    const entry = settings && findNodeAtLocation(settings, ['functions', pattern]);
    const key = entry?.parent?.children?.[0];
    const functions = functionsOf(workspace);
    const answers = new Set(
      candidatesFor(pattern, functions, workspace).filter((candidate) =>
        functions.some((path) => isMeant(candidate, path)),
      ),
    );
    const [now, another] = answers;
    if (!key || now === undefined || another !== undefined) return undefined;
    if (settings && findNodeAtLocation(settings, ['functions', now])) return undefined;
    const edit = { start: key.offset, end: key.offset + key.length, text: JSON.stringify(now) };
    return {
      files: new Map([[file, replaceRanges(text, [edit])]]),
      cause: `\`functions\` in ${file} names \`${pattern}\`, which is none of the project's functions.`,
      change: `Names \`${now}\`, where they are.`,
    };
  },
};

function functionsOf({ tree, rootDirectory }: Workspace): string[] {
  const within = rootDirectory === '' ? '' : `${rootDirectory}/`;
  return tree.flatMap((path) => {
    const own = path.startsWith(within) ? path.slice(within.length) : '';
    return FUNCTION.test(own) && !NO_FUNCTION.test(own) ? [own] : [];
  });
}

/** Brackets stand for themselves in the name of a function. */
function isMeant(pattern: string, path: string): boolean {
  return pattern === path || matchesGlob(pattern, path);
}

function candidatesFor(pattern: string, functions: readonly string[], workspace: Workspace): string[] {
  const { rootDirectory } = workspace;
  const bare = pattern.replace(/^(?:\.?\/)+/, '');
  const below = /(?:^|\/)(api\/.+)$/.exec(bare)?.[1] ?? `api/${bare}`;
  const [, stem = '', extension = ''] = /^(.*?)(\.\w{1,5})?$/.exec(below) ?? [];
  const others = functions.map((path) => stem + (/\.\w+$/.exec(path)?.[0] ?? ''));
  const folder = /^([^*?{]*)\//.exec(bare)?.[1];
  const moved = folder && findMovedFolder(workspace, inFolder(rootDirectory, folder));
  const within = rootDirectory === '' ? '' : `${rootDirectory}/`;
  const followed = folder && moved?.startsWith(within) ? [moved.slice(within.length) + bare.slice(folder.length)] : [];
  // Without an extension it names a file; `**` and what ends in a brace name more.
  const isFile = extension !== '' || /[\w\]-]$/.test(stem);
  return [below, ...followed, ...(isFile ? others : [])].filter((candidate) => candidate !== pattern);
}
