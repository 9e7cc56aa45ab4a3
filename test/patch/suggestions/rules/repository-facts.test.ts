import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { asyncFunction } from '../../../../lib/patch/suggestions/rules/async-function.js';
import { importExtension } from '../../../../lib/patch/suggestions/rules/import-extension.js';
import { lockedVersion } from '../../../../lib/patch/suggestions/rules/locked-version.js';
import { missingDependency } from '../../../../lib/patch/suggestions/rules/missing-dependency.js';
import { pathAlias } from '../../../../lib/patch/suggestions/rules/path-alias.js';
import { renamedMember } from '../../../../lib/patch/suggestions/rules/renamed-member.js';
import { scriptName } from '../../../../lib/patch/suggestions/rules/script-name.js';
import { suspenseBoundary } from '../../../../lib/patch/suggestions/rules/suspense-boundary.js';
import { errorOf, repairAll, repairWith } from '../repository.js';

describe('a version that was never published', () => {
  const manifest = '{\n  "dependencies": { "tide-table": "^3.44.0", "zod": "3" }\n}\n';
  const repaired = { 'package.json': manifest.replace('3.44.0', '3.4.1') };
  const npm = (versions: Record<string, string>) =>
    JSON.stringify({
      packages: Object.fromEntries(Object.entries(versions).map(([folder, version]) => [folder, { version }])),
    });
  const locked = npm({ 'node_modules/tide-table': '3.4.1', 'node_modules/a/node_modules/tide-table': '1.0.0' });
  const error = {
    tool: 'npm',
    kind: 'package-missing' as const,
    code: 'ETARGET',
    message: 'notarget No matching version found for tide-table@^3.44.0.',
    specifier: 'tide-table@^3.44.0',
  };
  const pnpm =
    'importers:\n  .:\n    dependencies:\n      tide-table:\n        specifier: ^3.4.1\n        version: 3.4.1(zod@3.0.0)\n';

  it.each([
    ['npm', error, 'package-lock.json', locked],
    [
      'pnpm',
      { ...error, code: 'ERR_PNPM_NO_MATCHING_VERSION', message: 'No matching version found for tide-table@^3.44.0' },
      'pnpm-lock.yaml',
      pnpm,
    ],
    [
      'Yarn',
      {
        kind: error.kind,
        message: 'Couldn\'t find any versions for "tide-table" that matches "^3.44.0"',
        specifier: 'tide-table',
      },
      'yarn.lock',
      'tide-table@^3.0.0, tide-table@^3.4.1:\n  version "3.4.1"\n',
    ],
    [
      'Yarn 4',
      { kind: error.kind, message: 'YN0082: tide-table@npm:^3.44.0: No candidates found', specifier: 'tide-table' },
      'yarn.lock',
      '"tide-table@npm:^3.4.1":\n  version: 3.4.1\n',
    ],
    [
      'Bun',
      {
        kind: error.kind,
        message: 'No version matching "^3.44.0" found for specifier "tide-table" (but package exists)',
        specifier: 'tide-table',
        symbol: '^3.44.0',
      },
      'bun.lock',
      '{ "workspaces": { "": { "dependencies": { "tide-table": "^3.4.1" } } }, "packages": {\n    "tide-table": ["tide-table@3.4.1", "", {}, "sha512-x"],\n} }\n',
    ],
  ])('becomes the one that the lockfile of %s holds', async (_, facts, lockfile, text) => {
    const files = { 'package.json': manifest, [lockfile]: text };

    expect(await repairWith(lockedVersion, facts, { files })).toEqual(repaired);
  });

  it.each([
    ['pnpm', 'pnpm-lock.yaml', pnpm.replace('specifier: ^3.4.1', 'specifier: ~3.4.0')],
    [
      'npm',
      'package-lock.json',
      JSON.stringify({
        packages: { '': { dependencies: { 'tide-table': '~3.4.0' } }, 'node_modules/tide-table': { version: '3.4.1' } },
      }),
    ],
  ])('becomes the range that the lockfile of %s was made for', async (_, lockfile, text) => {
    const files = { 'package.json': manifest, [lockfile]: text };

    expect(await repairWith(lockedVersion, error, { files })).toEqual({
      'package.json': manifest.replace('^3.44.0', '~3.4.0'),
    });
  });

  it.each([
    ['no lockfile holds it', {}],
    [
      'two versions are in use',
      { 'package-lock.json': npm({ 'node_modules/tide-table': '3.4.1', 'web/node_modules/tide-table': '2.0.0' }) },
    ],
    [
      'the lockfile fits two ranges, and neither would do',
      { 'yarn.lock': 'tide-table@^3.0.0, tide-table@~3.4.0:\n  version "3.4.1"\n' },
    ],
    [
      'another package asks for it',
      { 'package-lock.json': locked, 'package.json': manifest.replace('^3.44.0', '^3.4.0') },
    ],
  ])('answers nothing when %s', async (_, files) => {
    const answer = await repairWith(lockedVersion, error, { files: { 'package.json': manifest, ...files } });

    expect(answer).toBeUndefined();
  });
});

describe('a package that the manifest does not name', () => {
  const error = {
    tool: 'webpack',
    kind: 'module-not-found' as const,
    message: "Module not found: Can't resolve 'clsx/lite'",
    specifier: 'clsx/lite',
    file: 'web/src/a.ts',
  };
  const manifest = '{\n\t"name": "web",\n\t"dependencies": {\n\t\t"alpha": "1",\n\t\t"zod": "3"\n\t}\n}\n';
  const repaired =
    '{\n\t"name": "web",\n\t"dependencies": {\n\t\t"alpha": "1",\n\t\t"clsx": "^2.1.1",\n\t\t"zod": "3"\n\t}\n}\n';
  const lockfile = JSON.stringify({ packages: { web: { dependencies: { clsx: '^2.1.1' } } } });
  const sibling = '{ "name": "b", "dependencies": { "clsx": "^2.1.1" } }\n';
  const removed: FileChange[] = [
    { path: 'web/package.json', status: 'modified', hunks: '@@ -4 +4 @@\n-\t\t"clsx": "^2.1.1",\n' },
  ];

  it.each([
    ['the lockfile', { 'package-lock.json': lockfile }, undefined],
    ['another package of the workspace', { 'b/package.json': sibling }, undefined],
    ['the manifest of the last good deployment', {}, removed],
  ])('takes the range from %s', async (_, files, changes) => {
    const answer = await repairWith(missingDependency, error, {
      files: { ...files, 'web/package.json': manifest },
      ...(changes && { changes }),
    });

    expect(answer).toEqual({ 'web/package.json': repaired });
  });

  describe('that the latest change took out', () => {
    const plugin = { ...error, file: 'postcss.config.mjs', specifier: 'postcss-nesting' };
    const settings = "export default { plugins: { 'postcss-nesting': {} } };\n";
    const taken = (...names: readonly string[]): FileChange => ({
      path: 'package.json',
      status: 'modified',
      hunks: `@@ -4 +4 @@\n${names.map((name) => `-    "${name}": "^1.0.0",\n`).join('')}`,
    });
    const put = (name: string): FileChange => ({
      path: 'package.json',
      status: 'modified',
      hunks: `@@ -4 +4 @@\n-    "postcss-nesting": "^1.0.0",\n+    "${name}": "^1.0.0",\n`,
    });
    const readme = (line: string): FileChange => ({
      path: 'README.md',
      status: 'modified',
      hunks: `@@ -1 +1 @@\n+${line}`,
    });
    const manifests = {
      'package.json': '{\n  "name": "web",\n  "devDependencies": {}\n}\n',
      'postcss.config.mjs': settings,
    };
    const repair = (changes: readonly FileChange[], files: Readonly<Record<string, string>> = {}) =>
      repairWith(missingDependency, plugin, { files: { ...manifests, ...files }, changes });

    it.each<[string, readonly FileChange[], Readonly<Record<string, string>>]>([
      ['alone, without a word', [taken('postcss-nesting'), readme('Berths and tides.')], {}],
      [
        'though code asks for it',
        [taken('postcss-nesting', 'left-pad')],
        { 'src/a.ts': "import 'postcss-nesting';\n" },
      ],
      ['in place of one of another kind', [put('left-pad')], {}],
      ['with another that is in use as well', [taken('postcss-nesting', 'clsx')], { 'src/a.ts': "import 'clsx';\n" }],
    ])('comes back where it went %s', async (_, changes, files) => {
      expect(await repair(changes, files)).toHaveProperty(['package.json']);
    });

    it.each<[string, readonly FileChange[]]>([
      ['spoke of it', [taken('postcss-nesting'), readme('Nesting is native now.')]],
      ['took out another that nothing uses', [taken('postcss-nesting', '@vueuse/core')]],
      ['put one of its kind there', [put('postcss-nested')]],
      ['put a variant of it there', [put('postcss-nesting-fast')]],
    ])('stays out where the change %s', async (_, changes) => {
      expect(await repair(changes)).toBeUndefined();
    });
  });

  it('puts it among the packages that stood beside it', async () => {
    const text = '{\n\t"dependencies": {\n\t\t"zod": "3"\n\t},\n\t"devDependencies": {\n\t\t"vite": "7"\n\t}\n}\n';
    const hunks = '@@ -5 +5 @@\n \t"devDependencies": {\n-\t\t"clsx": "^2.1.1",\n \t\t"vite": "7"\n';
    const answer = await repairWith(missingDependency, error, {
      files: { 'web/package.json': text },
      changes: [{ path: 'web/package.json', status: 'modified', hunks }],
    });

    expect(answer).toEqual({ 'web/package.json': text.replace('\t\t"vite"', '\t\t"clsx": "^2.1.1",\n\t\t"vite"') });
  });

  it.each([
    ['lists the range', '# yarn lockfile v1\n\n"clsx@^2.0.0", clsx@^2.1.1:\n  version "2.1.1"\n', true],
    ['lists another range', '# yarn lockfile v1\n\nclsx@^2.1.0:\n  version "2.1.1"\n', false],
    ['lists what each package asks for', '__metadata:\n  version: 8\n\nclsx@^2.1.1:\n  version: 2.1.1\n', false],
  ])('minds a lockfile of Yarn that %s', async (_, text, isRepaired) => {
    const files = { 'b/package.json': sibling, 'web/package.json': manifest, 'yarn.lock': text };

    expect(await repairWith(missingDependency, error, { files })).toEqual(
      isRepaired ? { 'web/package.json': repaired } : undefined,
    );
  });

  it('creates the list where there is none', async () => {
    const answer = await repairWith(missingDependency, error, {
      files: { 'web/package.json': '{\n  "name": "web"\n}\n', 'b/package.json': sibling },
    });

    expect(answer).toEqual({
      'web/package.json': '{\n  "name": "web",\n  "dependencies": { "clsx": "^2.1.1" }\n}\n',
    });
  });

  it.each([
    ['nobody names a range', {}],
    [
      'two packages name different ranges',
      { 'b/package.json': sibling, 'c/package.json': sibling.replace('2.1.1', '1.0.0') },
    ],
    ['the lockfile is one that its tool would refuse', { 'b/package.json': sibling, 'pnpm-lock.yaml': '' }],
    ['the manifest names it', { 'b/package.json': sibling, 'web/package.json': manifest.replace('alpha', 'clsx') }],
  ])('answers nothing when %s', async (_, files) => {
    const answer = await repairWith(missingDependency, error, { files: { 'web/package.json': manifest, ...files } });

    expect(answer).toBeUndefined();
  });

  it('answers nothing for a local path', async () => {
    const answer = await repairWith(
      missingDependency,
      { ...error, specifier: '@/clsx' },
      { files: { 'web/package.json': manifest, 'b/package.json': sibling } },
    );

    expect(answer).toBeUndefined();
  });
});

describe('an alias that nothing maps', () => {
  const error = {
    tool: 'webpack',
    kind: 'module-not-found' as const,
    message: "Module not found: Can't resolve '@/lib/a'",
    specifier: '@/lib/a',
    file: 'src/app/page.ts',
  };
  const files = {
    'src/app/page.ts': "import '@/lib/a';\nimport '@/app/b';\n",
    'src/lib/a.ts': '',
    'src/app/b.ts': '',
    'tsconfig.json': '{\n  "compilerOptions": {\n    "strict": true\n  }\n}\n',
  };

  it('is mapped to the only folder where all its imports lead', async () => {
    const answer = await repairWith(pathAlias, error, { files });

    expect(answer).toEqual({
      'tsconfig.json': '{\n  "compilerOptions": {\n    "strict": true,\n    "paths": { "@/*": ["./src/*"] }\n  }\n}\n',
    });
  });

  it.each([
    ['two folders would do', { 'old/lib/a.ts': '', 'old/app/b.ts': '' }],
    ['one import leads nowhere', { 'src/x.ts': "import '@/lib/gone';\n" }],
    ['it is mapped already', { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } }\n' }],
    ['the mapping may be inherited', { 'tsconfig.json': '{ "extends": "./base.json", "compilerOptions": {} }\n' }],
    ['paths start elsewhere', { 'tsconfig.json': '{ "compilerOptions": { "baseUrl": "src" } }\n' }],
  ])('answers nothing when %s', async (_, more) => {
    const answer = await repairWith(pathAlias, error, { files: { ...files, ...more } });

    expect(answer).toBeUndefined();
  });

  it('answers nothing for a bundler that does not read the file', async () => {
    const answer = await repairWith(pathAlias, { ...error, tool: 'vite' }, { files });

    expect(answer).toBeUndefined();
  });
});

describe('a key that what a function returns has under another name', () => {
  const returned = (path: string, before: string, after: string): FileChange[] => [
    { path, status: 'modified', hunks: `@@ -3 +3 @@\n-  ${before}\n+  ${after}\n` },
  ];
  const moored = returned('use-moor.ts', 'return { moored, free };', 'return { mooredIds: moored, free };');
  const type = '{ mooredIds: ComputedRef<string[]>; free: ComputedRef<{ moored: number; }>; }';
  const message = `Property 'moored' does not exist on type '${type}'.`;
  const repair = (
    file: string,
    text: string,
    changes: FileChange[],
    more: { line: number; column: number; message?: string },
  ) =>
    repairWith(
      renamedMember,
      { message, file, ...more },
      { files: { [file]: text, 'use-moor.ts': '', 'load.ts': '' }, changes },
    );

  it('is taken apart under its new one, and the local name stays', async () => {
    const text = (pattern: string) =>
      `<script setup lang="ts">\nconst { ${pattern}, free } = useMoor();\n</script>\n<p>{{ moored }}</p>\n`;

    expect(await repair('a.vue', text('moored'), moored, { line: 2, column: 9 })).toEqual({
      'a.vue': text('mooredIds: moored'),
    });
    expect(await repair('a.vue', text('moored: m'), moored, { line: 2, column: 9 })).toEqual({
      'a.vue': text('mooredIds: m'),
    });
  });

  it('is read under its new one in a template, and wherever a script reads the same object', async () => {
    const changes = returned('load.ts', 'return { boats: all(), moored: 1 };', 'return { hulls: all(), moored: 1 };');
    const said = "Property 'boats' does not exist on type '{ hulls: Boat[]; moored: number; }'.";
    const svelte = '<script lang="ts">\nlet { data } = $props();\n</script>\n{#each data.boats as boat}{boat}{/each}\n';
    const script =
      'export function Page({ data }: Props) {\n  return data.boats.length > 0 ? data.boats : other.boats;\n}\n';

    expect(await repair('a.svelte', svelte, changes, { line: 4, column: 13, message: said })).toEqual({
      'a.svelte': svelte.replace('data.boats', 'data.hulls'),
    });
    expect(await repair('a.tsx', script, changes, { line: 2, column: 15, message: said })).toEqual({
      'a.tsx': script.replaceAll('data.boats', 'data.hulls'),
    });
  });

  it.each([
    ['the diff renames nothing', []],
    [
      'the type does not have the new name',
      returned('use-moor.ts', 'return { moored };', 'return { berthed: moored };'),
    ],
    [
      'two files give two answers',
      [...moored, ...returned('load.ts', 'return { moored };', 'return { free: moored };')],
    ],
    ['the diff does more than that', returned('use-moor.ts', 'return { moored, b };', 'return { moored: b };')],
  ])('answers nothing when %s', async (_, changes) => {
    const text = '<script setup lang="ts">\nconst { moored } = useMoor();\n</script>\n';

    expect(await repair('a.vue', text, changes, { line: 2, column: 9 })).toBeUndefined();
  });
});

describe('a member that its type renamed', () => {
  const type = 'export interface Berth {\n  depth: number;\n}\n';
  const data =
    "import type { Berth } from './types';\nexport const a: Berth[] = [{ depthMetres: 1 }];\nexport const b = a[0].depthMetres; // depthMetres\n";
  const changes: FileChange[] = [
    { path: 'types.ts', status: 'modified', hunks: '@@ -2 +2 @@\n-  depthMetres: number;\n+  depth: number;\n' },
  ];
  const error = {
    code: 'TS2353',
    message: "Object literal may only specify known properties, and 'depthMetres' does not exist in type 'Berth'.",
    file: 'data.ts',
    line: 2,
  };

  it('is renamed wherever the file uses it', async () => {
    const answer = await repairWith(renamedMember, error, { files: { 'types.ts': type, 'data.ts': data }, changes });

    expect(answer).toEqual({ 'data.ts': data.replace('{ depthMetres', '{ depth').replace('.depthMetres', '.depth') });
  });

  it('is renamed only at the places blamed when another type has the old name', async () => {
    const other = 'export interface Pier {\n  depthMetres: number;\n}\n';
    const second = { ...error, message: "Property 'depthMetres' does not exist on type 'Berth'.", line: 3 };
    const files = { 'types.ts': type, 'data.ts': data, 'pier.ts': other };

    const first = await repairWith(renamedMember, error, { files, changes });
    const both = await repairAll([renamedMember], [errorOf(error), errorOf(second)], { files, changes });

    expect(first).toEqual({ 'data.ts': data.replace('{ depthMetres', '{ depth') });
    expect(both).toEqual({ 'data.ts': data.replace('{ depthMetres', '{ depth').replace('.depthMetres', '.depth') });
  });

  it('is not renamed where an object hands it on under the old name', async () => {
    const more = 'export const d = (berth: Berth) => ({ depthMetres: berth.depthMetres });\n';
    const files = { 'types.ts': type, 'data.ts': data + more };
    const blamed = { ...error, message: "Property 'depthMetres' does not exist on type 'Berth'.", line: 4, column: 58 };

    expect(await repairWith(renamedMember, blamed, { files, changes })).toEqual({
      'data.ts': (data + more).replace('berth.depthMetres', 'berth.depth'),
    });
  });

  it('is not renamed where another object has it', async () => {
    const more = 'export const c = (n: number) => ({ depthMetres: n, price: 2 });\n';
    const files = { 'types.ts': type, 'data.ts': data + more };

    expect(await repairWith(renamedMember, error, { files, changes })).toEqual({
      'data.ts': (data + more).replace('{ depthMetres', '{ depth'),
    });
  });

  it('is left alone where another file makes an object that stands in for the renamed one', async () => {
    const shape = {
      code: 'TS2339',
      message: "Property 'depthMetres' does not exist on type '{ depth: number; }'.",
      file: 'use.ts',
      line: 2,
    };
    const files = {
      'deep.ts': 'export const berth = { depth: 3 };\n',
      'use.ts': "import { berth } from './deep';\nexport const d = berth.depthMetres;\n",
    };
    const hunks = '@@ -1 +1 @@\n-export const berth = { depthMetres: 3 };\n+export const berth = { depth: 3 };\n';
    const renamed: FileChange[] = [{ path: 'deep.ts', status: 'modified', hunks }];
    const twin = { 'shallow.ts': 'export const berth = { depthMetres: 1 };\n' };

    expect(await repairWith(renamedMember, shape, { files, changes: renamed })).toBeDefined();
    expect(await repairWith(renamedMember, shape, { files: { ...files, ...twin }, changes: renamed })).toBeUndefined();
  });

  describe('under a name that other things have as well', () => {
    const notice = (member: string) => `export interface Notice {\n  id: string;\n  ${member}: string;\n}\n`;
    const hunks = '@@ -3 +3 @@\n-  message: string;\n+  text: string;\n';
    const repair = (text: string, more: Record<string, string> = {}) =>
      repairWith(
        renamedMember,
        { code: 'TS2339', message: "Property 'message' does not exist on type 'Notice'.", file: 'show.ts', line: 1 },
        {
          files: { 'types.ts': notice('text'), 'show.ts': text, ...more },
          changes: [{ path: 'types.ts', status: 'modified', hunks }],
        },
      );
    const show = 'export const show = (notice: Notice) => notice.message;\n';
    const shown = show.replace('notice.message', 'notice.text');

    it.each([
      ['an error', 'export const warn = (error: unknown) => (error as Error).message;\n'],
      ['what it is not known of', 'export const ask = (box) => box.message;\n'],
      ['what is called the same and is another thing', 'export const tell = (notice: Error) => notice.message;\n'],
      ['an object of its own', 'export const made = { message: 1 };\n'],
    ])('stays with %s', async (_, row) => {
      expect(await repair(show + row)).toEqual({ 'show.ts': shown + row });
      expect(await repair(show, { 'more.ts': row })).toEqual({ 'show.ts': shown });
    });

    it.each([
      ['what is declared so', 'export const tell = (other: Notice) => other.message;\n'],
      ['the elements of a list', 'const all: Notice[] = read();\nall.map((one) => one.message);\n'],
      ['an object with nothing but its members', "export const made: Notice = { id: '', message: '' };\n"],
    ])('changes with %s', async (_, row) => {
      expect(await repair(show + row)).toEqual({ 'show.ts': shown + row.replace('message', 'text') });
    });
  });

  describe('in files that the compiler did not come to', () => {
    const reads = (object: string) =>
      `import type { Berth } from './types';\nexport const f = (${object}: Berth) => ${object}.depthMetres;\n`;
    const blamed = { ...error, message: "Property 'depthMetres' does not exist on type 'Berth'.", column: 39 };
    const repair = (more: Record<string, string>) =>
      repairWith(renamedMember, blamed, { files: { 'types.ts': type, 'data.ts': reads('berth'), ...more }, changes });

    it('is renamed where they read it of the same', async () => {
      const card = `export const Card = ({ berth }: Props) => <p>{berth.depthMetres} m</p>;\n`;

      expect(await repair({ 'card.tsx': card })).toEqual({
        'data.ts': reads('berth').replace('.depthMetres', '.depth'),
        'card.tsx': card.replace('.depthMetres', '.depth'),
      });
    });

    it.each([
      ['of something else', { 'more.ts': reads('well') }],
      [
        'in another way as well',
        { 'more.ts': `${reads('berth')}export const g = ({ depthMetres }: Berth) => depthMetres;\n` },
      ],
      ['and data has the old name too', { 'more.ts': reads('berth'), 'piers.json': '[{ "depthMetres": 3 }]\n' }],
    ])('is left alone where they read it %s', async (_, more) => {
      expect(Object.keys((await repair(more)) ?? {})).toEqual(['data.ts']);
    });
  });

  it.each([
    ['the diff is not known', type, undefined],
    ['the type has both', type.replace('depth', 'depthMetres: number;\n  depth'), changes],
    [
      'the type changed too',
      type,
      [{ ...changes[0], hunks: '@@ -2 +2 @@\n-  depthMetres: number;\n+  depth: string;\n' } as FileChange],
    ],
    [
      'two members of a kind have new names',
      type.replace('}', '  reach: number;\n}'),
      [
        {
          ...changes[0],
          hunks: '@@ -2,2 +2,2 @@\n-  width: number;\n-  depthMetres: number;\n+  depth: number;\n+  reach: number;\n',
        } as FileChange,
      ],
    ],
    ['two types have this name', `${type}namespace B {\n  export interface Berth {}\n}\n`, changes],
  ])('answers nothing when %s', async (_, text, history) => {
    const answer = await repairWith(renamedMember, error, {
      files: { 'types.ts': text, 'data.ts': data },
      ...(history && { changes: history }),
    });

    expect(answer).toBeUndefined();
  });
});

describe('a search parameter without a boundary', () => {
  const error = {
    tool: 'next',
    kind: 'suspense-boundary' as const,
    message: 'useSearchParams() should be wrapped in a suspense boundary at page "/search".',
    route: '/search',
  };
  const results =
    "'use client';\nimport { useSearchParams } from 'next/navigation';\nexport function Results() {\n  return useSearchParams().get('q');\n}\n";
  const page =
    "import { Results } from '../results';\n\nexport default function Page() {\n  return (\n    <main>\n      <Results\n        a={1}\n      />\n    </main>\n  );\n}\n";

  it('is put around the component that calls the hook', async () => {
    const answer = await repairWith(suspenseBoundary, error, {
      files: { 'app/results.tsx': results, 'app/search/page.tsx': page },
    });

    expect(answer).toEqual({
      'app/search/page.tsx':
        "import { Results } from '../results';\nimport { Suspense } from 'react';\n\nexport default function Page() {\n  return (\n    <main>\n      <Suspense>\n        <Results\n          a={1}\n        />\n      </Suspense>\n    </main>\n  );\n}\n",
    });
  });

  it('is put between a page that calls the hook and its content', async () => {
    const own =
      "'use client';\n\nimport { useState } from 'react';\nimport { useSearchParams } from 'next/navigation';\n\nexport default function Page() {\n  return useSearchParams().get('q');\n}\n";

    const answer = await repairWith(suspenseBoundary, error, { files: { 'src/app/(site)/search/page.tsx': own } });

    expect(answer).toEqual({
      'src/app/(site)/search/page.tsx':
        "'use client';\n\nimport { useState, Suspense } from 'react';\nimport { useSearchParams } from 'next/navigation';\n\nfunction PageContent() {\n  return useSearchParams().get('q');\n}\n\nexport default function Page() {\n  return (\n    <Suspense>\n      <PageContent />\n    </Suspense>\n  );\n}\n",
    });
  });

  it.each([
    [
      'a boundary is there already',
      {
        'app/results.tsx': results,
        'app/search/page.tsx': page.replace('<main>', '<Suspense>').replace('</main>', '</Suspense>'),
      },
    ],
    [
      'two components call the hook',
      {
        'app/results.tsx': results,
        'app/search/page.tsx': `import './more';\n${page}`,
        'app/search/more.tsx': results,
      },
    ],
    [
      'the page takes properties',
      {
        'app/search/page.tsx':
          "import { useSearchParams } from 'next/navigation';\nexport default function Page({ a }) {\n  return useSearchParams().get(a);\n}\n",
      },
    ],
    [
      'something else is called Suspense',
      { 'app/results.tsx': results, 'app/search/page.tsx': `${page}const Suspense = 1;\n` },
    ],
    ['the page is not found', { 'app/results.tsx': results }],
  ])('answers nothing when %s', async (_, files) => {
    const answer = await repairWith(suspenseBoundary, error, { files: files as Record<string, string> });

    expect(answer).toBeUndefined();
  });
});

describe('an import without its extension', () => {
  const error = {
    code: 'TS2835',
    message:
      "Relative import paths need explicit file extensions in ECMAScript imports when '--moduleResolution' is 'node16' or 'nodenext'. Did you mean './b.js'?",
    file: 'api/a.ts',
  };

  it('gets the one that the compiler names', async () => {
    const answer = await repairWith(importExtension, error, {
      files: { 'api/a.ts': "import { b } from './b';\n", 'api/b.ts': '' },
    });

    expect(answer).toEqual({ 'api/a.ts': "import { b } from './b.js';\n" });
  });

  it('answers nothing when that file is not there', async () => {
    const answer = await repairWith(importExtension, error, { files: { 'api/a.ts': "import { b } from './b';\n" } });

    expect(answer).toBeUndefined();
  });

  const byNode = (missing: string, isFolder = false) => ({
    tool: 'node',
    kind: 'module-not-found' as const,
    message: isFolder
      ? `Error: Directory import '/vercel/path0/${missing}' is not supported resolving ES modules imported from /vercel/path0/tools/a.mjs`
      : `Cannot find module '/vercel/path0/${missing}' imported from /vercel/path0/tools/a.mjs`,
    file: 'tools/a.mjs',
  });

  it('gets the one that the tree shows, with all that Node.js would miss after it', async () => {
    const files = {
      'tools/a.mjs': "import { b } from './b';\nimport c from '../c/';\nimport d from './d.js';\nimport 'e';\n",
      'tools/b.js': "export * from './f';\n",
      'tools/d.js': "module.exports = require('./f');\n",
      'tools/f.js': "export const b = await import('../c');\n",
      'c/index.js': '',
    };
    const repaired = {
      'tools/a.mjs':
        "import { b } from './b.js';\nimport c from '../c/index.js';\nimport d from './d.js';\nimport 'e';\n",
      'tools/b.js': "export * from './f.js';\n",
      'tools/f.js': "export const b = await import('../c/index.js');\n",
    };

    expect(await repairWith(importExtension, byNode('tools/b'), { files })).toEqual(repaired);
    expect(await repairWith(importExtension, byNode('c', true), { files })).toEqual(repaired);
  });

  it.each<[string, Record<string, string>]>([
    ['two files may be meant', { 'tools/b.js': '', 'tools/b.mjs': '' }],
    ['only a source has the name', { 'tools/b.ts': '' }],
    ['there is none', {}],
  ])('answers nothing where %s', async (_, others) => {
    const files = { 'tools/a.mjs': "import { b } from './b';\n", ...others };

    expect(await repairWith(importExtension, byNode('tools/b'), { files })).toBeUndefined();
  });
});

describe('a script of another name', () => {
  const error = {
    tool: 'npm',
    kind: 'script-missing' as const,
    message: 'Missing script: "biuld:site"',
    symbol: 'biuld:site',
  };
  const vercel = '{ "buildCommand": "npm run biuld:site" }\n';

  it('is the only one spelt like it', async () => {
    const answer = await repairWith(scriptName, error, {
      files: { 'package.json': '{ "scripts": { "build:site": "x", "test": "y" } }\n', 'vercel.json': vercel },
    });

    expect(answer).toEqual({ 'vercel.json': vercel.replace('biuld', 'build') });
  });

  it.each([
    ['no script is like it', '{ "scripts": { "test": "y" } }\n', vercel],
    ['two are', '{ "scripts": { "biulds:site": "x", "biuldr:site": "y" } }\n', vercel],
    ['nobody is seen to run it', '{ "scripts": { "build:site": "x" } }\n', '{}\n'],
  ])('answers nothing when %s', async (_, manifest, text) => {
    const answer = await repairWith(scriptName, error, { files: { 'package.json': manifest, 'vercel.json': text } });

    expect(answer).toBeUndefined();
  });
});

describe('await in a function that is not asynchronous', () => {
  const error = {
    kind: 'syntax' as const,
    message: "'await' expressions are only allowed within async functions and at the top levels of modules.",
    file: 'app/page.tsx',
  };

  it.each([
    [
      'export default function Page() {\n  const a = await f();\n  return a;\n}\n',
      'export default async function Page() {\n  const a = await f();\n  return a;\n}\n',
    ],
    [
      "'use client';\nexport const A = () => <button onClick={() => {\n  await f();\n}} />;\n",
      "'use client';\nexport const A = () => <button onClick={async () => {\n  await f();\n}} />;\n",
    ],
  ])('%j', async (broken, repaired) => {
    const answer = await repairWith(asyncFunction, error, { files: { 'app/page.tsx': broken } });

    expect(answer).toEqual({ 'app/page.tsx': repaired });
  });

  it.each([
    ['a component of the browser', "'use client';\nexport default function Page() {\n  return await f();\n}\n"],
    ['a helper with callers', 'export function load() {\n  return await f();\n}\n'],
    ['what a component may want to know', 'export const A = () => <Form onCheck={(a) => { return await f(a); }} />;\n'],
    ['a callback whose result counts', 'export const a = list.filter((b) => await f(b));\n'],
    ['two functions', 'export default function Page() {\n  await f();\n  return () => { await g(); };\n}\n'],
  ])('answers nothing for %s', async (_, broken) => {
    const answer = await repairWith(asyncFunction, error, { files: { 'app/page.tsx': broken } });

    expect(answer).toBeUndefined();
  });

  const tides = 'export default function Tides() {\n  return <p>{await f()}</p>;\n}\n';
  const view = (mark = '') =>
    `${mark}import Tides from '@/ui/tides';\nexport default function Page() {\n  return <Tides />;\n}\n`;
  const settings = { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }' };

  it('makes a component asynchronous that only the server renders', async () => {
    const files = { ...settings, 'ui/tides.tsx': tides, 'app/page.tsx': view() };
    expect(await repairWith(asyncFunction, { ...error, file: 'ui/tides.tsx' }, { files })).toEqual({
      'ui/tides.tsx': tides.replace('function', 'async function'),
    });
  });

  it.each([
    ['a page of the Pages Router', 'pages/index.tsx', tides, {}],
    ['a component of an app without a server', 'src/App.tsx', tides, {}],
    ['a function whose callers want its value', 'lib/f.ts', tides.replace('<p>{await f()}</p>', 'await f()'), {}],
    [
      'a component that a page of the browser renders',
      'ui/tides.tsx',
      tides,
      { 'app/a/page.tsx': view("'use client';\n") },
    ],
  ])('leaves %s', async (_, file, broken, others) => {
    const files = { ...settings, 'app/page.tsx': view(), [file]: broken, ...others };
    expect(await repairWith(asyncFunction, { ...error, file }, { files })).toBeUndefined();
  });
});

it('a package that another took the place of is not brought back for a file that was left behind', async () => {
  const error = {
    kind: 'module-not-found' as const,
    file: 'src/old.ts',
    specifier: 'tide-clock',
    message: "Module not found: Can't resolve 'tide-clock'",
  };
  const files = {
    'package.json': '{\n  "dependencies": {\n    "moon-clock": "^1.0.0"\n  }\n}\n',
    'src/old.ts': "import clock from 'tide-clock';\n",
    'src/new.ts': "import clock from 'moon-clock';\n",
  };
  const manifest = (added: string) => ({
    path: 'package.json',
    status: 'modified' as const,
    hunks: `@@ -2,3 +2,3 @@\n   "dependencies": {\n-    "tide-clock": "^2.0.0"\n${added}`,
  });
  const source = (added: string) => ({
    path: 'src/new.ts',
    status: 'modified' as const,
    hunks: `@@ -1 +1 @@\n-import clock from 'tide-clock';\n${added}`,
  });

  const dropped = [manifest(''), source('')];
  expect(await repairWith(missingDependency, error, { files, changes: dropped })).toBeDefined();
  const replaced = [manifest('+    "moon-clock": "^1.0.0"'), source("+import clock from 'moon-clock';")];
  expect(await repairWith(missingDependency, error, { files, changes: replaced })).toBeUndefined();
});

it('a version of another major is not the one that the lockfile holds', async () => {
  const lockfile = {
    packages: { '': { dependencies: { react: '^18.2.0' } }, 'node_modules/react': { version: '18.2.0' } },
  };
  const repair = (range: string) =>
    repairWith(
      lockedVersion,
      { code: 'ETARGET', message: `No matching version found for react@${range}.`, specifier: `react@${range}` },
      {
        files: {
          'package.json': `{ "dependencies": { "react": "${range}" } }\n`,
          'package-lock.json': JSON.stringify(lockfile),
        },
      },
    );

  expect(await repair('^18.99.0')).toBeDefined();
  expect(await repair('^19.99.0')).toBeUndefined();
});
