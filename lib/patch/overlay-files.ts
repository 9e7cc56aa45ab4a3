import type { RepositoryContext } from '../context/source.js';
import type { ChangedFile } from './patch.js';

/** The repository with changed files laid over it. */
export function overlayFiles(context: RepositoryContext, files: readonly ChangedFile[]): RepositoryContext {
  const texts = new Map(context.files);
  const entries = new Map(context.tree.entries.map((entry) => [entry.path, entry]));
  for (const { path, mode, content } of files) {
    if (content === null) {
      texts.delete(path);
      entries.delete(path);
    } else {
      texts.set(path, content);
      entries.set(path, { path, mode, sha: '', size: Buffer.byteLength(content) });
    }
  }
  return { ...context, files: texts, tree: { ...context.tree, entries: [...entries.values()] } };
}
