import { findNodeAtLocation, getLocation, parseTree } from 'jsonc-parser';
import { escapePattern } from '../../../context/word-pattern.js';
import { differInNumber, findTwin } from '../distance.js';
import type { Fix, Rule } from '../rule.js';
import { inFolder } from '../syntax/resolve-specifier.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const words = (text: string) => text.split(/\s+/);

/** How tools reject a key of their configuration, where it stands, and which they document. */
const KEYS: readonly { readonly pattern: RegExp; readonly files: RegExp; readonly known: readonly string[] }[] = [
  {
    pattern: /Invalid vercel\.json - should NOT have additional property `([\w$-]+)`/,
    files: /(?:^|\/)vercel\.json$/,
    known: words(
      `alias build buildCommand builds bunVersion cleanUrls crons devCommand env fluid framework functions git github headers
      ignoreCommand images installCommand name outputDirectory public redirects regions rewrites routes scope
      trailingSlash version`,
    ),
  },
  {
    pattern: /Invalid vercel\.json - `rewrites\[\d{1,4}\]` should NOT have additional property `([\w$-]+)`/,
    files: /(?:^|\/)vercel\.json$/,
    known: words('source destination has missing statusCode'),
  },
  {
    pattern: /Invalid vercel\.json - `redirects\[\d{1,4}\]` should NOT have additional property `([\w$-]+)`/,
    files: /(?:^|\/)vercel\.json$/,
    known: words('source destination permanent statusCode has missing'),
  },
  {
    pattern: /Invalid vercel\.json - `headers\[\d{1,4}\]` should NOT have additional property `([\w$-]+)`/,
    files: /(?:^|\/)vercel\.json$/,
    known: words('source headers has missing'),
  },
  {
    pattern: /Invalid vercel\.json - `crons\[\d{1,4}\]` should NOT have additional property `([\w$-]+)`/,
    files: /(?:^|\/)vercel\.json$/,
    known: words('path schedule'),
  },
  {
    pattern:
      /Invalid vercel\.json - `\w+\[\d{1,4}\]\.headers\[\d{1,4}\]` should NOT have additional property `([\w$-]+)`/,
    files: /(?:^|\/)vercel\.json$/,
    known: words('key value'),
  },
  {
    pattern:
      /Invalid vercel\.json - `\w+\[\d{1,4}\]\.(?:has|missing)\[\d{1,4}\]` should NOT have additional property `([\w$-]+)`/,
    files: /(?:^|\/)vercel\.json$/,
    known: words('type key value'),
  },
  {
    pattern: /Invalid vercel\.json - `functions\[?[^`]{1,200}` should NOT have additional property `([\w$-]+)`/,
    files: /(?:^|\/)vercel\.json$/,
    known: words('memory maxDuration runtime includeFiles excludeFiles regions supportsCancellation'),
  },
  {
    pattern: /Unexpected option config\.kit\.([\w$]+)$/m,
    files: /(?:^|\/)svelte\.config\.[jt]s$/,
    known: words(
      `adapter alias appDir csp csrf embedded env experimental files inlineStyleThreshold moduleExtensions outDir output
      paths prerender router serviceWorker typescript version`,
    ),
  },
  {
    pattern: /Unexpected option config\.([\w$]+)$/m,
    files: /(?:^|\/)svelte\.config\.[jt]s$/,
    known: words('compilerOptions extensions kit preprocess vitePlugin'),
  },
  {
    pattern: /ConfigError: Config .{0,200}?: Unexpected key "([\w$]+)" found/,
    files: /(?:^|\/)eslint\.config\.[cm]?[jt]s$/,
    known: words('basePath files ignores language languageOptions linterOptions name plugins processor rules settings'),
  },
  {
    pattern: /Found an unknown key `([\w$]+)`/,
    files: /(?:^|\/)turbo\.jsonc?$/,
    known: words(
      `tasks dependsOn outputs inputs env passThroughEnv cache persistent interactive interruptible outputLogs with extends
      globalDependencies globalEnv globalPassThroughEnv ui remoteCache daemon envMode cacheDir concurrency boundaries tags`,
    ),
  },
];
const OPTION_VALUE = /Argument for '--(\w+)' option must be: ((?:'[^']+'(?:, )?)+)/;

/**
 * A key of a configuration that its tool rejects, or a value of a compiler option that is none of those the compiler lists,
 * one slip away from exactly one that it knows.
 */
export const settingSpelling: Rule = {
  name: 'setting-spelling',
  async propose(error, workspace) {
    const corrected = correctRoute(error.message, workspace);
    if (corrected) return corrected;
    const slips = [...findKeys(error.message, workspace), ...findValues(error.message, workspace)];
    const [only, another] = slips;
    const text = only && workspace.read(only.file);
    if (!only || another || text === undefined || mayMislead(error.message, workspace, only)) return undefined;
    const { file, start, end, text: right } = only;
    return {
      files: new Map([[file, replaceRanges(text, [only])]]),
      cause: `\`${text.slice(start, end)}\` in ${file}, line ${lineOf(text, start)}, is no setting of its tool.`,
      change: `Writes \`${right}\`, the only one that is spelt so nearly alike.`,
    };
  },
};

/** The words of `routes`, which rewrites, redirects and headers have others for: https://vercel.com/docs/project-configuration */
const OF_ROUTES: Readonly<Record<string, string>> = { src: 'source', dest: 'destination', status: 'statusCode' };
const IN_ENTRY =
  /Invalid vercel\.json - `(rewrites|redirects|headers)\[\d{1,4}\]` should NOT have additional property `(\w{1,40})`\. Did you mean `(\w{1,40})`\?/;

/** Entries that are written with the words of `routes`, one of which Vercel corrects: all of them in that list. */
function correctRoute(message: string, workspace: Workspace): Fix | undefined {
  const [, list = '', wrong = '', right] = IN_ENTRY.exec(message) ?? [];
  if (right === undefined || OF_ROUTES[wrong] !== right) return undefined;
  const file = inFolder(workspace.rootDirectory, 'vercel.json');
  const text = workspace.read(file);
  const root = text === undefined ? undefined : parseTree(text);
  const entries = (root && findNodeAtLocation(root, [list]))?.children ?? [];
  const edits = entries.flatMap(({ children: properties = [] }) =>
    properties.flatMap(({ children: [key] = [] }): Replacement[] => {
      const now = OF_ROUTES[String(key?.value)];
      const isTaken = properties.some(({ children: [other] = [] }) => other?.value === now);
      return key && now !== undefined && !isTaken
        ? [{ start: key.offset, end: key.offset + key.length, text: JSON.stringify(now) }]
        : [];
    }),
  );
  return text === undefined || edits.length === 0
    ? undefined
    : {
        files: new Map([[file, replaceRanges(text, edits)]]),
        cause: `\`${list}\` in ${file} are written with the words of \`routes\`.`,
        change: `Writes \`${right}\`, as Vercel says, and what goes with it.`,
      };
}

type Slip = Replacement & { readonly file: string };

/** Settings of Vercel whose name says that they hold many. */
const MANY = /^(?:crons|headers|redirects|regions|rewrites|routes|builds)$/;
const PLACE = /Invalid vercel\.json - (?:`(\w+)[^`]*` )?should NOT have/;

/**
 * Whether the key stands elsewhere than Vercel says, its neighbours hold the right one already, or its value is a list where the right one
 * takes none, or the other way round.
 */
function mayMislead(message: string, workspace: Workspace, { file, start, end, text: right }: Slip): boolean {
  const place = PLACE.exec(message);
  if (place === null) return false;
  const text = workspace.read(file) ?? '';
  if (file !== inFolder(workspace.rootDirectory, 'vercel.json')) return true;
  const { path } = getLocation(text, start + 1);
  const root = parseTree(text);
  const entry = root && findNodeAtLocation(root, path.slice(0, -1));
  const list = place[1];
  const isThere = list === undefined ? path.length === 1 : path.length > 1 && path[0] === list;
  const isTaken = entry?.children?.some(({ children: [key] = [] }) => key?.value === right) ?? true;
  if (!isThere || isTaken) return true;
  const value = root && findNodeAtLocation(root, path);
  return differInNumber(text.slice(start, end), right) && (value?.type === 'array') !== MANY.test(right);
}

function findKeys(message: string, workspace: Workspace): Slip[] {
  return KEYS.flatMap(({ pattern, files, known }) => {
    const wrong = pattern.exec(message)?.[1];
    const right = wrong === undefined ? undefined : findTwin(wrong, known);
    if (wrong === undefined || right === undefined) return [];
    const key = new RegExp(`(?<=[{,\\s]["']?)${escapePattern(wrong)}(?=["']?\\s*:)`, 'g');
    return placesIn(workspace, files, key).map((place) => ({ ...place, text: right }));
  });
}

function findValues(message: string, workspace: Workspace): Slip[] {
  const [, option, list = ''] = OPTION_VALUE.exec(message) ?? [];
  const allowed = [...list.matchAll(/'([^']+)'/g)].map(([, value = '']) => value);
  if (option === undefined) return [];
  const value = new RegExp(`(?<="${option}"\\s*:\\s*")[\\w.-]+(?=")`, 'gi');
  return placesIn(workspace, /(?:^|\/)tsconfig[\w.-]*\.json$/, value).flatMap((place) => {
    const written = workspace.read(place.file)?.slice(place.start, place.end).toLowerCase() ?? '';
    const right = findTwin(written, allowed);
    return right === undefined ? [] : [{ ...place, text: right }];
  });
}

function placesIn(workspace: Workspace, files: RegExp, pattern: RegExp): Omit<Slip, 'text'>[] {
  return workspace.paths.flatMap((file) =>
    files.test(file)
      ? [...(workspace.read(file) ?? '').matchAll(pattern)].map(({ index, 0: whole }) => ({
          file,
          start: index,
          end: index + whole.length,
        }))
      : [],
  );
}
