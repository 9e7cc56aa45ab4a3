import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { escapePattern } from '../../../context/word-pattern.js';
import type { Rule } from '../rule.js';
import { chainOf, compilerOptionsIn, configsOf, packageFolderOf } from '../syntax/compiler-configs.js';
import { insertJsonProperty } from '../syntax/insert-json-property.js';
import { manifestsOf } from '../syntax/manifests-of.js';
import { directoryOf, inFolder, isRecord, joinPath, packageNameOf, readConfig } from '../syntax/resolve-specifier.js';
import type { Workspace } from '../workspace.js';

const UNTYPED = /Cannot find module '([^']{1,200})' or its corresponding type declarations/;

/**
 * A package of the workspace that only `tsc -b` builds, and to which the project that imports it no longer refers, or refers
 * not as it does to its fellows: https://www.typescriptlang.org/docs/handbook/project-references.html
 */
export const lostReference: Rule = {
  name: 'lost-reference',
  async propose(error, workspace) {
    const name = packageNameOf(UNTYPED.exec(error.message)?.[1] ?? '.');
    const { file } = error;
    const home = file === undefined ? undefined : packageFolderOf(workspace, file);
    if (name === undefined || file === undefined || home === undefined || workspace.partial) return undefined;
    const manifests = manifestsOf(workspace);
    const [manifest, second] = manifests.filter((one) => one.name === name);
    const importer = manifests.find((one) => one.folder === home);
    // What is not installed is not found either way.
    if (!importer?.dependencies.has(name)) return undefined;
    const folder = manifest && directoryOf(manifest.path);
    if (!manifest || second || folder === undefined || folder === home || !isBuiltByCompiler(workspace, folder))
      return undefined;
    const configs = configsOf(workspace, home, file).filter((path) => isBuilt(workspace, home, path));
    const [config, another] = configs;
    if (config === undefined || another !== undefined) return undefined;
    const reached = referencesFrom(workspace, config);
    if (reached.has(folder) || refersTo(workspace, folder, home)) return undefined;
    const isLost = hasLost(workspace, config, folder);
    const hasFellow = [...reached].some((path) => workspace.exists(inFolder(path, 'package.json')));
    const isNew = hasFellow && !hasBuild(workspace, folder);
    if ((!isLost && !isNew) || isReplaced(workspace, config, [home, folder])) return undefined;
    const repaired = addReference(workspace.read(config) ?? '', relative(directoryOf(config), folder));
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[config, repaired]]),
      cause: `${config} does not refer to ${folder}, so \`tsc -b\` does not build what ${file} imports from \`${name}\`.`,
      change: `Refers to it${isLost ? ', as it did at the last good deployment' : ' as to the others'}.`,
    };
  },
};

/** A composite project whose package is used as the compiler leaves it, which is not in the repository. */
function isBuiltByCompiler(workspace: Workspace, folder: string): boolean {
  const config = inFolder(folder, 'tsconfig.json');
  const chain = (chainOf(workspace, config) ?? []).map((path) => compilerOptionsIn(workspace, path));
  const optionOf = (name: string) => chain.find((options) => options[name] !== undefined)?.[name];
  const own = compilerOptionsIn(workspace, config).outDir;
  const output = typeof own === 'string' ? joinPath(folder, own) : undefined;
  if (optionOf('composite') !== true || optionOf('noEmit') === true || output === undefined || output === folder)
    return false;
  const { main, module, types, exports: entries } = readConfig(workspace, inFolder(folder, 'package.json')) ?? {};
  const named = [...JSON.stringify([main, module, types, entries]).matchAll(/"((?:\.\/)?[\w./-]+\.[cm]?[jt]s)"/g)];
  const paths = named.map(([, path = '']) => joinPath(folder, path) ?? '');
  const isOutput = paths.length > 0 && paths.every((path) => path.startsWith(`${output}/`));
  return isOutput && !workspace.tree.some((path) => path.startsWith(`${output}/`));
}

const BUILDS = /\b(?:vue-)?tsc\s+(?:-b|--build)(?![\w-])([^&|;]*)/;

/** Whether a script of the package builds the project and what it refers to. */
function isBuilt(workspace: Workspace, home: string, config: string): boolean {
  const scripts = readConfig(workspace, inFolder(home, 'package.json'))?.scripts;
  const commands = isRecord(scripts)
    ? Object.values(scripts).flatMap((one) => (typeof one === 'string' ? one : []))
    : [];
  return commands.some((command) => {
    const given = BUILDS.exec(command)?.[1];
    if (given === undefined) return false;
    const words = given.split(/\s+/).filter((word) => word !== '' && !word.startsWith('-'));
    const roots =
      words.length === 0 ? [inFolder(home, 'tsconfig.json')] : words.flatMap((word) => joinPath(home, word) ?? []);
    return roots.some((root) => root === config || referencesFrom(workspace, root).has(config));
  });
}

/** The configurations and folders to which one refers, by way of others too. */
function referencesFrom(workspace: Workspace, config: string, found = new Set<string>()): ReadonlySet<string> {
  const references = readConfig(workspace, config)?.references;
  for (const reference of Array.isArray(references) ? references : []) {
    const path = isRecord(reference) && typeof reference.path === 'string' ? reference.path : undefined;
    const target =
      path === undefined ? undefined : joinPath(directoryOf(config), path)?.replace(/\/tsconfig\.json$/, '');
    if (target === undefined || found.has(target)) continue;
    found.add(target);
    referencesFrom(workspace, target.endsWith('.json') ? target : inFolder(target, 'tsconfig.json'), found);
  }
  return found;
}

function refersTo(workspace: Workspace, folder: string, home: string): boolean {
  const targets = referencesFrom(workspace, inFolder(folder, 'tsconfig.json'));
  return [...targets].some((target) => target === home || (target.endsWith('.json') && directoryOf(target) === home));
}

function hasBuild(workspace: Workspace, folder: string): boolean {
  const scripts = readConfig(workspace, inFolder(folder, 'package.json'))?.scripts;
  return (
    isRecord(scripts) &&
    Object.values(scripts).some((script) => /\b(?:tsc|tsup|vite|rollup|esbuild|tsdown|unbuild)\b/.test(String(script)))
  );
}

function hunksOf({ changes }: Workspace, path: string): string {
  return changes.find((change) => change.path === path)?.hunks ?? '';
}

function hasLost(workspace: Workspace, config: string, folder: string): boolean {
  const path = relative(directoryOf(config), folder).replace(/^\.\//, '');
  return new RegExp(`^-.*"path"\\s*:\\s*"(?:\\./)?${escapePattern(path)}(?:/|/tsconfig\\.json)?"`, 'm').test(
    hunksOf(workspace, config),
  );
}

/** Whether the diff has another way in mind: a mapping, another configuration, another script. */
function isReplaced(workspace: Workspace, config: string, [home, folder]: readonly [string, string]): boolean {
  const places = [inFolder(home, 'package.json'), inFolder(folder, 'package.json'), inFolder(folder, 'tsconfig.json')];
  const linesOf = (mark: string) =>
    hunksOf(workspace, config)
      .split('\n')
      .flatMap((line) => (line.startsWith(mark) ? line.slice(1).trim().replace(/,$/, '') : []));
  const removed = linesOf('-');
  const isOther = linesOf('+').some(
    (line) => !removed.includes(line) && !/^(?:"references"\s*:.*|[\]}\s]*)$/.test(line),
  );
  const isElsewhere = places.some((path) =>
    /^[-+].*(?:\btsc\b|"(?:build|main|types|exports|outDir|composite|paths)")/m.test(hunksOf(workspace, path)),
  );
  return isOther || isElsewhere;
}

function relative(from: string, to: string): string {
  const [left, right] = [from, to].map((path) => (path === '' ? [] : path.split('/')));
  let same = 0;
  while (left?.[same] !== undefined && left[same] === right?.[same]) same++;
  const up = '../'.repeat((left?.length ?? 0) - same);
  return `${up === '' ? './' : up}${right?.slice(same).join('/')}`;
}

function addReference(text: string, path: string): string | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const list = root && findNodeAtLocation(root, ['references']);
  const entry = `{ "path": ${JSON.stringify(path)} }`;
  if (root && !list)
    return insertJsonProperty(text, { path: [], name: 'references', value: `[${entry}]`, sorted: false });
  if (list?.type !== 'array') return undefined;
  const last = list.children?.at(-1);
  if (!last) return `${text.slice(0, list.offset + 1)}${entry}${text.slice(list.offset + 1)}`;
  const gap = /\s*$/.exec(text.slice(list.offset + 1, list.children?.[0]?.offset))?.[0] || ' ';
  const end = last.offset + last.length;
  return `${text.slice(0, end)},${gap}${entry}${text.slice(end)}`;
}
