import { matchesAny } from '../../settings/glob.js';
import { SETTINGS_PATH } from '../../settings/settings-schema.js';
import { foldSegment } from './paths.js';
import type { PathRule } from './policy-rule.js';

/** The settings file, or a folder above it, under every name that some file system takes for it. */
function isOwnSettings(path: string): boolean {
  const folded = path
    .split(/[/\\]/)
    .map(foldSegment)
    .filter((segment) => segment !== '')
    .join('/');
  return folded === SETTINGS_PATH || SETTINGS_PATH.startsWith(`${folded}/`);
}

/** What the people of a repository have said about it; see `PatchPermissions`. */
export const repositorySettingsRules: readonly PathRule[] = [
  {
    name: 'own-settings',
    severity: 'refused',
    checkPaths: ({ edits }) =>
      edits
        .filter(({ path }) => isOwnSettings(path))
        .map(({ path }) => ({ path, message: 'What may be changed here is for people to say, in this very file.' })),
  },
  {
    name: 'path-never',
    severity: 'ask-first',
    checkPaths: ({ edits, permissions }) =>
      edits
        .filter(({ path }) => matchesAny(permissions?.never ?? [], path))
        .map(({ path }) => ({ path, message: 'The settings of this repository say that it is never changed.' })),
  },
  {
    name: 'path-not-allowed',
    severity: 'ask-first',
    checkPaths: ({ edits, permissions }) =>
      (permissions?.allowed.length ?? 0) === 0
        ? []
        : edits
            .filter(({ path }) => !matchesAny(permissions?.allowed ?? [], path))
            .map(({ path }) => ({ path, message: 'The settings of this repository allow changes elsewhere only.' })),
  },
];
