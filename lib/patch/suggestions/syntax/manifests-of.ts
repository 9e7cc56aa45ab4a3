import { type Manifest, readManifests } from '../../../context/manifests.js';
import type { Workspace } from '../workspace.js';

/** The manifests that were read, as the edits so far have left them. */
export function manifestsOf(workspace: Workspace): Manifest[] {
  return readManifests(textsOf(workspace, (path) => path.endsWith('package.json')));
}

/** What was read of some files, by path. */
export function textsOf(workspace: Workspace, isMeant: (path: string) => boolean): ReadonlyMap<string, string> {
  return new Map(
    workspace.paths.filter(isMeant).flatMap((path) => {
      const text = workspace.read(path);
      return text === undefined ? [] : [[path, text] as const];
    }),
  );
}

/** The manifest in the file's folder or the nearest above. */
export function findNearestManifest(manifests: readonly Manifest[], path: string): Manifest | undefined {
  return manifests
    .filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`))
    .sort((a, b) => b.folder.length - a.folder.length)[0];
}
