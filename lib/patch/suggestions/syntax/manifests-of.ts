import { type Manifest, readManifests } from '../../../context/manifests.js';
import type { Workspace } from '../workspace.js';
import { directoryOf, inFolder, readConfig } from './resolve-specifier.js';

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

/** The package.json in charge of a file, or of the project. */
export function nearestManifest(workspace: Workspace, file: string | undefined): string | undefined {
  for (let folder = file === undefined ? workspace.rootDirectory : directoryOf(file); ; folder = directoryOf(folder)) {
    const path = inFolder(folder, 'package.json');
    if (workspace.exists(path)) return path;
    if (folder === '') return undefined;
  }
}

/**
 * Other package managers than npm refuse a manifest that their lockfile does not match, and no lockfile is written here.
 * That of Yarn 1 lists ranges, whoever asks for them.
 */
export function mayBeInstalled(workspace: Workspace, name: string, range: string): boolean {
  const settings = readConfig(workspace, inFolder(workspace.rootDirectory, 'vercel.json'));
  if (/\bnpm (?:ci|clean-install)\b/.test(String(settings?.installCommand ?? ''))) return false;
  const frozen = workspace.tree.filter((path) => /(?:^|\/)(?:pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/.test(path));
  return frozen.every((path) => {
    const text = workspace.read(path) ?? '';
    if (!/^# yarn lockfile v1\s*$/m.test(text)) return false;
    const keys = [...text.matchAll(/^(?=[^\s#])(.{1,2000}):\r?$/gm)].flatMap(([, key = '']) => key.split(', '));
    return keys.some((key) => key.replace(/^"|"$/g, '') === `${name}@${range}`);
  });
}
