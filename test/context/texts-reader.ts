import type { FileChange, SourceReader } from '../../lib/context/source.js';

export interface TextsReader extends SourceReader {
  /** What each call of `readFiles` was asked for. */
  readonly asked: (readonly string[])[];
}

/** A source over texts in memory; `whole` says whether it offers a small repository at once. */
export function readTexts(
  files: ReadonlyMap<string, string>,
  options: { readonly whole: boolean; readonly changes?: readonly FileChange[] },
): TextsReader {
  const entries = [...files].map(([path, text]) => ({
    path,
    mode: '100644' as const,
    sha: '',
    size: Buffer.byteLength(text),
  }));
  const asked: (readonly string[])[] = [];
  return {
    asked,
    listTree: async () => ({ entries, truncated: false }),
    readFiles: async (paths) => {
      asked.push(paths);
      return new Map(paths.flatMap((path) => (files.has(path) ? [[path, files.get(path) ?? '']] : [])));
    },
    listChanges: async () => options.changes,
    ...(options.whole ? { readAll: async () => files } : {}),
  };
}
