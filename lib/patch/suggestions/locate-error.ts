import type { BuildError } from '../../diagnosis/diagnosis.js';
import { directoryOf, inFolder, readConfig } from './syntax/resolve-specifier.js';
import type { Workspace } from './workspace.js';

/** One error for each place that a folded one stands for, its file as the tree names it. */
export function locateErrors(error: BuildError, workspace: Workspace): BuildError[] {
  const { places, ...rest } = error;
  if (!places || places.length === 0) return [locateError(rest, workspace)];
  return places.map(({ file, line, column }) =>
    locateError(
      { ...rest, file, ...(line !== undefined && { line }), ...(column !== undefined && { column }) },
      workspace,
    ),
  );
}

/**
 * Tools that run inside a package of a monorepo print paths from there; such a path is taken for the one of that
 * package, of the project's root directory, or for the one file of the tree that ends with it. Once a script has run that of
 * another package, the log does not say which of the two goes on.
 */
function locateError(error: BuildError, workspace: Workspace): BuildError {
  const { file } = error;
  if (file === undefined) return error;
  const home = packageFolder(error.package, workspace);
  const inside = home !== undefined && file.startsWith(`${home}/`) ? file.slice(home.length + 1) : file;
  const guesses = [
    ...[...(home === undefined ? [] : [home]), '', workspace.rootDirectory].map((folder) => inFolder(folder, file)),
    inFolder(workspace.rootDirectory, inside),
  ];
  const exact = guesses.find((path) => workspace.exists(path));
  if (exact !== undefined) return { ...error, file: exact };
  // Turbo and others look for their configuration further up than where they are started.
  const above = file.startsWith(`${workspace.rootDirectory}/`) ? file.slice(workspace.rootDirectory.length + 1) : file;
  if (workspace.exists(above)) return { ...error, file: above };
  const matches = workspace.tree.filter((path) => path.endsWith(`/${inside}`));
  return matches.length === 1 && matches[0] !== undefined ? { ...error, file: matches[0] } : error;
}

function packageFolder(name: string | undefined, workspace: Workspace): string | undefined {
  if (name === undefined) return undefined;
  if (name.endsWith('/')) return name.slice(0, -1);
  const manifest = workspace.paths.find(
    (path) => /(?:^|\/)package\.json$/.test(path) && readConfig(workspace, path)?.name === name,
  );
  return manifest && directoryOf(manifest);
}
