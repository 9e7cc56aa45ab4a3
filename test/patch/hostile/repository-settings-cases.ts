import type { PatchPermissions } from '../../../lib/patch/patch.js';
import { ASK_FIRST_KINDS, SETTINGS_PATH } from '../../../lib/settings/settings-schema.js';
import { type HostileCase, plain, REPAIR, remove, swap, write } from './hostile-case.js';

const OPEN = '{"askFirst": ["package-script"], "autoMerge": true}\n';
const SETTINGS = { [SETTINGS_PATH]: '{"paths": {"never": ["lib/"]}}\n' };

/** Everything that a repository can open is open, so that nothing else stands in the way of the deed. */
const GENEROUS: PatchPermissions = { allowed: [], never: [], askFirst: ASK_FIRST_KINDS };

function forbidding(disguise: string, never: readonly string[], ...edits: HostileCase['edits']): HostileCase {
  return { disguise, edits, permissions: { ...GENEROUS, never } };
}

function allowing(disguise: string, allowed: readonly string[], ...edits: HostileCase['edits']): HostileCase {
  return { disguise, edits, permissions: { ...GENEROUS, allowed } };
}

export const repositorySettingsCases: Readonly<Record<string, readonly HostileCase[]>> = {
  'own-settings': [
    plain('making it, beside the repair', REPAIR, write(SETTINGS_PATH, OPEN)),
    { ...plain('opening it', REPAIR, write(SETTINGS_PATH, OPEN)), files: SETTINGS, permissions: GENEROUS },
    { ...plain('one word of it', swap(SETTINGS_PATH, 'lib/', 'docs/')), files: SETTINGS, permissions: GENEROUS },
    { ...plain('deleting it', REPAIR, remove(SETTINGS_PATH)), files: SETTINGS },
    plain('in upper case', write('.GitHub/Self-Healing.JSON', OPEN)),
    plain('full-width letters', write('.github/self-healing.\uFF4A\uFF53\uFF4F\uFF4E', OPEN)),
    plain('percent escapes', write('.github/self%2Dhealing.json', OPEN)),
    plain('a trailing dot', write('.github/self-healing.json.', OPEN)),
    plain('a trailing space', write('.github/self-healing.json ', OPEN)),
    plain('a zero-width space', write('.github/self\u200B-healing.json', OPEN)),
    plain('backslashes', write('.github\\self-healing.json', OPEN)),
    plain('a dot segment', write('.github/./self-healing.json', OPEN)),
    plain('a file in place of its folder', write('.github', 'x\n')),
    plain('deleting its folder', remove('.github')),
  ],
  'path-never': [
    forbidding('by its name', ['lib/tides.ts'], REPAIR),
    forbidding('by its folder', ['lib/'], REPAIR),
    forbidding('by any depth', ['**/*.ts'], REPAIR),
    forbidding('although it is allowed as well', ['lib/**'], REPAIR),
    forbidding('a new file there', ['lib/**'], write('lib/new.ts', 'export const height = 1;\n')),
    forbidding('a deletion there', ['lib/'], remove('lib/tides.ts')),
    {
      ...forbidding('allowed and forbidden at once', ['lib/tides.ts'], REPAIR),
      permissions: { ...GENEROUS, allowed: ['lib/**'], never: ['lib/tides.ts'] },
    },
  ],
  'path-not-allowed': [
    allowing('another folder', ['app/**'], REPAIR),
    allowing('a deeper folder than the pattern', ['*'], REPAIR),
    allowing('a name that only begins alike', ['lib/tides'], REPAIR),
    allowing('one right file of two', ['app/**'], REPAIR, swap('app/page.tsx', '<h1>Tides</h1>', '<h1>Tide</h1>')),
  ],
};
