import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { directoryOf, inFolder, joinPath } from '../syntax/resolve-specifier.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';
import { relativePath } from '../syntax/specifier-for.js';
import type { Workspace } from '../workspace.js';

/**
 * A configuration of TypeScript that another refers to or extends, or that a script names, and that the diff since the last
 * READY deployment moved: all that named it follow.
 */
export const movedProject: Rule = {
  name: 'moved-project',
  async propose(error, workspace) {
    if (workspace.partial) return undefined;
    const moves = lostConfigs(error, workspace).flatMap((config) => findMove(workspace, config) ?? []);
    const [move, another] = moves;
    if (!move || another || losesPaths(workspace, move)) return undefined;
    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const text = workspace.read(path);
      if (text === undefined) continue;
      const replacements = placesIn(path, text).flatMap((place): Replacement[] => {
        const written = text.slice(place.start, place.end);
        const form = formOf(directoryOf(path), written, move.before);
        const now = form === undefined ? undefined : write(directoryOf(path), move.after, { written, form });
        return now === undefined ? [] : [{ ...place, text: now }];
      });
      if (replacements.length > 0) files.set(path, replaceRanges(text, replacements));
    }
    const [first] = files.keys();
    if (first === undefined) return undefined;
    return {
      files,
      cause: `${first} names ${move.before}, which is ${move.after} since the last good deployment.`,
      change: `Names ${move.after} wherever the old path was named.`,
    };
  },
};

interface Move {
  readonly before: string;
  readonly after: string;
}

/** Whether the configuration itself names what only stands where it was: then more has to follow than those who name it. */
function losesPaths({ read, tree }: Workspace, { before, after }: Move): boolean {
  const written = [...(read(after) ?? '').matchAll(/"([\w@.][\w@./-]*?)(?:\/?\*[^"]*)?"(?!\s*:)/g)].map(
    ([, path = '']) => path,
  );
  const isThere = (config: string, path: string) => {
    const place = joinPath(directoryOf(config), path);
    return place !== undefined && tree.some((other) => other === place || other.startsWith(`${place}/`));
  };
  return (
    directoryOf(before) !== directoryOf(after) && written.some((path) => isThere(before, path) && !isThere(after, path))
  );
}

/** What the compiler and those who read its settings say of a configuration that is not there. */
const LOST = [
  /Cannot read file '([^']{1,300})'/,
  /File '([^']{1,300})' not found/,
  /The specified path does not exist: '([^']{1,300})'/,
  /Cannot find a tsconfig\.json file at the specified directory: '([^']{1,300})'/,
  /failed to resolve "extends":"([^"]{1,300})"/,
  /Cannot find base config file "([^"]{1,300})"/,
];

/** The files that may be meant: a folder stands for the `tsconfig.json` in it, and an ending may be left out. */
function lostConfigs({ message, file }: BuildError, { rootDirectory }: Workspace): string[] {
  const named = LOST.map((pattern) => pattern.exec(message)?.[1]).find(Boolean);
  if (named === undefined) return [];
  const logged = /^\/vercel\/path\d\/+(.+?)\/?$/.exec(named)?.[1];
  const isRelative = named.startsWith('.');
  const folders = isRelative && file !== undefined ? [directoryOf(file)] : ['', rootDirectory];
  const paths = logged === undefined ? folders.flatMap((folder) => joinPath(folder, named) ?? []) : [logged];
  return [...new Set(paths.flatMap((path) => [path, `${path}.json`, inFolder(path, 'tsconfig.json')]))];
}

function findMove(workspace: Workspace, config: string): Move | undefined {
  if (!config.endsWith('.json') || workspace.exists(config)) return undefined;
  const now = workspace.changes.flatMap(({ status, path, previousPath }) =>
    status === 'renamed' && previousPath === config && path.endsWith('.json') && workspace.exists(path) ? [path] : [],
  );
  return now.length === 1 && now[0] !== undefined ? { before: config, after: now[0] } : undefined;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

const CONFIG = /(?:^|\/)[jt]sconfig[\w.-]*\.json$/;
const REFERRING = /"(?:path|extends)"\s*:\s*"([^"\n]{1,300})"/dg;
const EXTENDING = /"extends"\s*:\s*\[([^\]]{1,1000})\]/dg;
/** Not after `cd` or `--filter`, from where the path would mean another file. */
const COMMAND =
  /(?<="(?:(?!\bcd |-C |-F |-w |--(?:filter|prefix|cwd|workspace|dir)\b|\bworkspaces? )[^"\n]){0,300}\b(?:tsc|tsgo|ngc|svelte-check|tsup|astro check)\b[^"&|;\n]{0,200}) (?:-p|--project|-b|--build|--tsconfig)[ =]([\w@./-]{1,300})/dg;

/** Where the file names configurations: a configuration by its references and bases, a manifest in its scripts. */
function placesIn(path: string, text: string): Place[] {
  if (/(?:^|\/)package\.json$/.test(path)) return captured(text, COMMAND);
  if (!CONFIG.test(path)) return [];
  const lists = captured(text, EXTENDING).flatMap(({ start, end }) =>
    captured(text.slice(start, end), /"([^"\n]{1,300})"/dg).map((place) => ({
      start: start + place.start,
      end: start + place.end,
    })),
  );
  return [...captured(text, REFERRING), ...lists];
}

function captured(text: string, pattern: RegExp): Place[] {
  return [...text.matchAll(pattern)].flatMap(({ indices }) => {
    const [start, end] = indices?.[1] ?? [];
    return start === undefined || end === undefined ? [] : [{ start, end }];
  });
}

type Form = 'file' | 'bare' | 'folder';

/** How the words name the configuration; undefined where they name another. */
function formOf(folder: string, written: string, config: string): Form | undefined {
  const path = joinPath(folder, written);
  if (path === undefined) return undefined;
  if (path === config) return 'file';
  if (`${path}.json` === config) return 'bare';
  return inFolder(path, 'tsconfig.json') === config ? 'folder' : undefined;
}

function write(
  folder: string,
  config: string,
  { written, form }: { readonly written: string; readonly form: Form },
): string | undefined {
  const target = form === 'bare' ? config.replace(/\.json$/, '') : config;
  const path = form === 'folder' ? target.replace(/\/tsconfig\.json$/, '') : target;
  const relative = relativePath(folder, path);
  // A base without a dot before it would be a package.
  const now = written.startsWith('.') ? relative : relative.replace(/^\.\//, '');
  return written.endsWith('/') && form === 'folder' && path !== target ? `${now}/` : now;
}
