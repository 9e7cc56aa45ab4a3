import type { BuildError } from '../../diagnosis/diagnosis.js';
import type { Workspace } from './workspace.js';

/**
 * The error with its file as the tree names it. Tools that run inside a package of a monorepo print paths from
 * there; such a path is taken for the one file of the tree that ends with it.
 */
export function locateError(error: BuildError, workspace: Workspace): BuildError {
  const { file } = error;
  if (file === undefined || workspace.exists(file)) return error;
  const rooted = workspace.rootDirectory ? `${workspace.rootDirectory}/${file}` : file;
  if (workspace.exists(rooted)) return { ...error, file: rooted };
  const matches = workspace.tree.filter((path) => path.endsWith(`/${file}`));
  return matches.length === 1 && matches[0] !== undefined ? { ...error, file: matches[0] } : error;
}
