import type { Workspace } from '../workspace.js';
import { nearestManifest } from './manifests-of.js';
import { directoryOf, isRecord, joinPath, readConfig } from './resolve-specifier.js';

const MAX_CHAIN = 5;

/** The folder of the package that the file is part of. */
export function packageFolderOf(workspace: Workspace, file: string): string | undefined {
  const manifest = nearestManifest(workspace, file);
  return manifest === undefined ? undefined : directoryOf(manifest);
}

/** The compiler configurations in the folder that take the file in. */
export function configsOf(workspace: Workspace, folder: string, file: string): string[] {
  return workspace.tree.filter(
    (path) =>
      directoryOf(path) === folder &&
      /^tsconfig[\w.-]*\.json$/.test(path.slice(path.lastIndexOf('/') + 1)) &&
      covers(workspace, path, file),
  );
}

function covers(workspace: Workspace, config: string, file: string): boolean {
  const { files, include } = readConfig(workspace, config) ?? {};
  if (files === undefined && include === undefined) return true;
  const patterns = [files, include].flatMap((list) => (Array.isArray(list) ? list : []));
  return patterns.some((pattern) => {
    const start = typeof pattern === 'string' ? /^[^*?]*/.exec(pattern)?.[0] : undefined;
    const base = start === undefined ? undefined : joinPath(directoryOf(config), start);
    return base === '' || file === base || file.startsWith(`${base}/`);
  });
}

/** The configuration and those that it extends, its own first; undefined where one is no file of the repository. */
export function chainOf(workspace: Workspace, config: string): string[] | undefined {
  const chain = [config];
  for (let last: string | undefined = config; last !== undefined && chain.length <= MAX_CHAIN; ) {
    const extended: unknown = readConfig(workspace, last)?.extends;
    if (extended === undefined) return chain;
    const path: string | undefined =
      typeof extended === 'string' && extended.startsWith('.') ? joinPath(directoryOf(last), extended) : undefined;
    last = [path, `${path}.json`].find(
      (candidate) => candidate !== undefined && workspace.read(candidate) !== undefined,
    );
    if (last !== undefined) chain.push(last);
  }
  return undefined;
}

export function compilerOptionsIn(workspace: Workspace, config: string): Readonly<Record<string, unknown>> {
  const options = readConfig(workspace, config)?.compilerOptions;
  return isRecord(options) ? options : {};
}
