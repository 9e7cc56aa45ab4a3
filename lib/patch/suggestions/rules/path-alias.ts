import { escapePattern } from '../../../context/word-pattern.js';
import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Fix, Rule } from '../rule.js';
import { insertJsonProperty } from '../syntax/insert-json-property.js';
import { isScript } from '../syntax/parse.js';
import {
  aliasesFor,
  directoryOf,
  inFolder,
  isRecord,
  RESOLVED_EXTENSIONS,
  readConfig,
} from '../syntax/resolve-specifier.js';
import { specifiersOf } from '../syntax/specifiers.js';
import type { Workspace } from '../workspace.js';

// No package can be called so; only a mapping gives such a specifier a meaning.
const ALIAS = /^(?:@|~|#)\//;
const NAMES = /\.(?:[cm]?[jt]sx?|json|vue|svelte|astro|css|scss|sass|less)$/;
const READS_TSCONFIG = /^(?:webpack|turbopack|next|swc|typescript)$/;

/**
 * Imports such as `@/lib/x` and no mapping of `@/` in tsconfig.json, where all specifiers with that beginning lead to
 * files of the tree under one folder, and under that one only.
 */
export const pathAlias: Rule = {
  name: 'path-alias',
  async propose(error, workspace) {
    const specifier = unresolvedSpecifierOf(error) ?? '';
    const prefix = ALIAS.exec(specifier)?.[0];
    const { file } = error;
    if (!prefix || file === undefined || workspace.partial || !READS_TSCONFIG.test(error.tool)) return undefined;
    // Where single folders have their mappings, one of these is meant.
    if (aliasesFor(workspace, file).some((alias) => alias.prefix.startsWith(prefix))) return undefined;
    const config = nearestConfig(workspace, file);
    const text = config === undefined ? undefined : workspace.read(config);
    const parsed = config === undefined ? undefined : readConfig(workspace, config);
    if (config === undefined || text === undefined || !parsed || parsed.extends !== undefined) return undefined;

    const folder = directoryOf(config);
    const [target, another] = (await findTargets(workspace, folder, prefix)).folders;
    if (target === undefined || another !== undefined) return undefined;
    const options = isRecord(parsed.compilerOptions) ? parsed.compilerOptions : {};
    // With a `baseUrl` the mapping starts there; only the folder itself needs no conversion.
    if (options.baseUrl !== undefined && options.baseUrl !== '.' && options.baseUrl !== './') return undefined;
    const same = aliasTo(options.paths, target);
    if (isGivenUp(workspace, config, prefix)) return undefined;
    if (same !== undefined) return writeAs(workspace, file, { specifier, prefix, same });
    const repaired = insertJsonProperty(text, {
      path: ['compilerOptions', 'paths'],
      name: `${prefix}*`,
      value: `["./${target === '' ? '' : `${target}/`}*"]`,
      sorted: false,
    });
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[config, repaired]]),
      cause: `The files import by \`${prefix}...\`, and ${config} does not say what that means.`,
      change: `Maps it to \`${target === '' ? '.' : target}/\`, the only folder in which all these imports are found.`,
    };
  },
};

/** The beginning that the configuration maps to this very folder. */
function aliasTo(paths: unknown, target: string): string | undefined {
  const [only, another] = Object.entries(isRecord(paths) ? paths : {}).flatMap(([key, value]) => {
    const to = Array.isArray(value) && value.length === 1 && typeof value[0] === 'string' ? value[0] : undefined;
    const isSame = to?.replace(/^\.\//, '') === (target === '' ? '*' : `${target}/*`);
    return isSame && key.endsWith('/*') ? [key.slice(0, -1)] : [];
  });
  return another === undefined ? only : undefined;
}

/** Whether the diff took the mapping out and leads importers elsewhere: those that it forgot are to follow. */
function isGivenUp({ changes }: Workspace, config: string, prefix: string): boolean {
  const removes = (path: string, words: string) =>
    changes.some(
      (change) =>
        change.path === path && change.hunks?.split('\n').some((line) => line.startsWith('-') && line.includes(words)),
    );
  return (
    removes(config, `"${prefix}*"`) &&
    changes.some(({ path }) => isScript(path) && [`'${prefix}`, `"${prefix}`].some((words) => removes(path, words)))
  );
}

/** The mapped beginning in the one file that writes another. */
function writeAs(
  workspace: Workspace,
  file: string,
  { specifier, prefix, same }: { readonly specifier: string; readonly prefix: string; readonly same: string },
): Fix | undefined {
  const users = workspace.paths.filter((path) => isScript(path) && usesPrefix(workspace.read(path) ?? '', prefix));
  const text = workspace.read(file);
  if (users.length !== 1 || users[0] !== file || text === undefined) return undefined;
  const repaired = text.replaceAll(specifierStart(prefix), `$1${same}`);
  // A bundler, a test or a sheet that goes on naming it gives it a meaning.
  const rest = new RegExp(`["'\`^(]${escapePattern(prefix.slice(0, -1))}(?:["'/(]|$)`, 'm');
  if (
    workspace.paths.some(
      (path) => NAMES.test(path) && rest.test(path === file ? repaired : (workspace.read(path) ?? '')),
    )
  )
    return undefined;
  return {
    files: new Map([[file, repaired]]),
    cause: `${file} imports \`${specifier}\`, and nothing says what \`${prefix}...\` means.`,
    change: `Writes \`${same}...\`, which is mapped to the folder that holds it.`,
  };
}

function usesPrefix(text: string, prefix: string): boolean {
  return specifierStart(prefix).test(text);
}

function specifierStart(prefix: string): RegExp {
  return new RegExp(`((?:\\bfrom\\s*|\\bimport\\s*\\(?\\s*|\\brequire\\(\\s*)['"])${escapePattern(prefix)}`, 'g');
}

function nearestConfig(workspace: Workspace, file: string): string | undefined {
  for (let folder = directoryOf(file); ; folder = directoryOf(folder)) {
    for (const name of ['tsconfig.json', 'jsconfig.json']) {
      if (workspace.exists(inFolder(folder, name))) return inFolder(folder, name);
    }
    if (folder === '') return undefined;
  }
}

/**
 * The folders, relative to the configuration, in which every specifier with this beginning finds its file, and how many
 * specifiers there are.
 */
export async function findTargets(
  workspace: Workspace,
  folder: string,
  prefix: string,
): Promise<{ readonly folders: readonly string[]; readonly count: number }> {
  const inside = (path: string): boolean => folder === '' || path.startsWith(`${folder}/`);
  const rests = new Set<string>();
  for (const path of workspace.paths) {
    const text = workspace.read(path);
    if (!inside(path) || !isScript(path) || !text?.includes(prefix)) continue;
    for (const { specifier } of specifiersOf(await workspace.parse(path, text))) {
      if (specifier.startsWith(prefix)) rests.add(specifier.slice(prefix.length));
    }
  }
  let folders: Set<string> | undefined;
  for (const rest of rests) {
    const found = new Set<string>();
    for (const path of workspace.tree.filter(inside)) {
      const own = folder === '' ? path : path.slice(folder.length + 1);
      for (const extension of RESOLVED_EXTENSIONS) {
        const end = rest + extension;
        if (own === end) found.add('');
        else if (own.endsWith(`/${end}`)) found.add(own.slice(0, own.length - end.length - 1));
      }
    }
    const before = folders;
    folders = before === undefined ? found : new Set([...before].filter((candidate) => found.has(candidate)));
  }
  return { folders: [...(folders ?? [])], count: rests.size };
}
