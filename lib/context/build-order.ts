import { asRecord, type Manifest, parseJson } from './manifests.js';
import { joinPath } from './repository-index.js';
import type { Survey } from './survey.js';

/**
 * The task runner's configuration, where it starts a package's build without having built the workspace package that it
 * imports: that one is used by what its own build writes, and no task waits for it.
 */
export function findUnorderedTasks(workspace: Manifest, { files, index, rootDirectory }: Survey): string | undefined {
  if (!workspace.scripts.has('build') || !isBuilt(workspace, (path) => index.has(path))) return undefined;
  for (const path of new Set(['turbo.json', 'turbo.jsonc', joinPath(rootDirectory, 'turbo.json')])) {
    const text = files.get(path);
    if (text === undefined) continue;
    const fields = asRecord(parseJson(text));
    const build = asRecord(asRecord(fields.tasks ?? fields.pipeline).build);
    const { dependsOn } = build;
    const waits =
      Array.isArray(dependsOn) && dependsOn.some((task) => typeof task === 'string' && task.startsWith('^'));
    return waits ? undefined : path;
  }
  return undefined;
}

function isBuilt({ folder, fields }: Manifest, has: (path: string) => boolean): boolean {
  const entries = [fields.main, fields.module, ...stringsOf(asRecord(fields.exports)['.'] ?? fields.exports)];
  const paths = entries.filter((entry): entry is string => typeof entry === 'string' && /\.[cm]?js$/.test(entry));
  return paths.length > 0 && paths.every((entry) => !has(joinPath(folder, entry)));
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Object.values(asRecord(value)).flatMap((inner) => (typeof inner === 'string' ? [inner] : []));
}
