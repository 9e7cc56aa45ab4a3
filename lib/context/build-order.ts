import { listInherited } from './compiler-options.js';
import { asRecord, type Manifest, parseJson } from './manifests.js';
import { joinPath } from './repository-index.js';
import type { Survey } from './survey.js';
import { escapePattern } from './word-pattern.js';

/**
 * The task runner's configuration, where it starts a package's build without having built the workspace package that it
 * imports: that one is used by what its own build writes, and no task waits for it.
 */
export function findUnorderedTasks(
  workspace: Manifest,
  {
    files,
    index,
    rootDirectory,
  }: Pick<Survey, 'files' | 'rootDirectory'> & { readonly index: Pick<Survey['index'], 'has'> },
): string | undefined {
  if (!workspace.scripts.has('build') || !isUnbuilt(workspace, { index })) return undefined;
  for (const path of new Set(['turbo.json', 'turbo.jsonc', joinPath(rootDirectory, 'turbo.json'), 'nx.json'])) {
    const fields = asRecord(parseJson(files.get(path) ?? ''));
    // Plugins of Nx infer tasks, and what they wait for.
    if (!files.has(path) || (Array.isArray(fields.plugins) && fields.plugins.length > 0)) continue;
    const build = asRecord(asRecord(fields.tasks ?? fields.pipeline ?? fields.targetDefaults).build);
    return waitsForPackages(build) ? undefined : path;
  }
  return undefined;
}

/** Turborepo and Nx write `^build`, and Nx also an object. */
function waitsForPackages({ dependsOn }: Readonly<Record<string, unknown>>): boolean {
  return (
    Array.isArray(dependsOn) &&
    dependsOn.some((task) => (typeof task === 'string' ? task.startsWith('^') : asRecord(task).dependencies === true))
  );
}

/** Whether a package's entries lie elsewhere than its compiler writes to. */
export function isMisled(workspace: Manifest, { files, index }: Survey): boolean {
  if (!isUnbuilt(workspace, { index })) return false;
  const config = asRecord(parseJson(files.get(joinPath(workspace.folder, 'tsconfig.json')) ?? ''));
  const { outDir, rootDir, composite } = asRecord(config.compilerOptions);
  if (typeof outDir !== 'string') return false;
  const entries = listEntries(workspace);
  const output = `${joinPath('', outDir)}/`;
  const inside = entries.map((entry) => joinPath('', entry)).filter((entry) => entry.startsWith(output));
  if (inside.length === 0) return true;
  // Without `rootDir` the compiler keeps the folders under the innermost one that holds all sources.
  if (rootDir !== undefined || composite === true || inside.length < entries.length) return false;
  const folders = foldersOf(config.include).filter((folder) =>
    index.paths.some((path) => path.startsWith(`${joinPath(workspace.folder, folder)}/`) && /\.[cm]?tsx?$/.test(path)),
  );
  return (
    folders.length > 1 &&
    inside.every((entry) => {
      const source = entry.slice(output.length).replace(/\.([cm]?)jsx?$/, '.$1ts');
      const isAt = (folder: string) => index.has(joinPath(joinPath(workspace.folder, folder), source));
      return !isAt('') && folders.some(isAt);
    })
  );
}

/**
 * Why a package's build leaves out what others import of it: its compiler's configuration, where that writes nothing, or no
 * declarations though these are missed; its manifest, where the task runner finds no script in it.
 */
export function findIdleBuild(workspace: Manifest, isOfTypes: boolean, survey: Survey): string | undefined {
  const { index } = survey;
  if (!isUnbuilt(workspace, { index })) return undefined;
  const build = workspace.scripts.get('build');
  if (build === undefined) return findTasks(survey) === undefined ? undefined : workspace.path;
  const config = joinPath(workspace.folder, 'tsconfig.json');
  if (!/^tsc(?: -b| -p \S+| --build)?$/.test(build.trim()) || !index.has(config)) return undefined;
  const chain = listInherited(config, survey);
  const option = (name: string) => chain.find(({ options }) => options[name] !== undefined)?.options[name];
  if (option('noEmit') === true || option('emitDeclarationOnly') === true) return config;
  if (isTurnedAway(workspace, option('outDir'), survey)) return config;
  return isOfTypes && option('declaration') !== true && option('composite') !== true ? config : undefined;
}

/** The compiler writes elsewhere than the entries lie, and the repository goes on taking their folder for the output. */
function isTurnedAway(workspace: Manifest, outDir: unknown, survey: Survey): boolean {
  if (typeof outDir !== 'string') return false;
  const folders = new Set(listEntries(workspace).map((entry) => joinPath('', entry).split('/')[0] ?? ''));
  const output = joinPath('', outDir).split('/')[0] ?? '';
  const [folder, ...others] = folders;
  if (folder === undefined || others.length > 0 || folder === output) return false;
  const names = (name: string) => new RegExp(`(?:^|["/])${escapePattern(name)}(?:[/"]|$)`, 'm');
  const told = [findTasks(survey), '.gitignore', joinPath(workspace.folder, '.gitignore')]
    .map((path) => survey.files.get(path ?? '') ?? '')
    .join('\n');
  return names(folder).test(told) && !names(output).test(told);
}

function findTasks({ index, rootDirectory }: Survey): string | undefined {
  return ['turbo.json', 'turbo.jsonc', joinPath(rootDirectory, 'turbo.json')].find((path) => index.has(path));
}

/** The outermost folders that a compiler's `include` names; empty where it may mean any. */
function foldersOf(include: unknown): string[] {
  const patterns: unknown[] = Array.isArray(include) ? include : [];
  const folders = patterns.map((pattern) =>
    typeof pattern === 'string' ? (/^(?:\.\/)?([\w-]+)(?:\/|$)/.exec(pattern)?.[1] ?? '') : '',
  );
  return folders.includes('') ? [] : [...new Set(folders)];
}

/** Whether a package is used by what its own build writes, and the tree does not hold that. */
export function isUnbuilt(workspace: Manifest, { index }: { readonly index: Pick<Survey['index'], 'has'> }): boolean {
  const entries = listEntries(workspace);
  return entries.length > 0 && entries.every((entry) => !index.has(joinPath(workspace.folder, entry)));
}

function listEntries({ fields }: Manifest): string[] {
  const entries = [fields.main, fields.module, ...stringsOf(asRecord(fields.exports)['.'] ?? fields.exports)];
  return entries.filter((entry): entry is string => typeof entry === 'string' && /\.[cm]?js$/.test(entry));
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Object.values(asRecord(value)).flatMap((inner) => (typeof inner === 'string' ? [inner] : []));
}
