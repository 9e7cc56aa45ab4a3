import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import type { BuildError } from '../../../../lib/diagnosis/diagnosis.js';
import { workspaceListing } from '../../../../lib/patch/suggestions/rules/workspace-listing.js';
import { type Repository, repairWith } from '../repository.js';

describe('workspace-listing', () => {
  const yaml = (...patterns: string[]) =>
    `packages:\n${patterns.map((pattern) => `  - ${pattern}\n`).join('')}\ncatalog:\n  libs: ^1.0.0\n`;
  const json = (...patterns: string[]) => `{\n  "name": "root",\n  "workspaces": ${JSON.stringify(patterns)}\n}\n`;
  const files = {
    'package.json': '{ "name": "root" }',
    'apps/web/package.json': '{ "name": "web", "dependencies": { "@acme/kit": "workspace:*" } }',
    'apps/web/main.ts': "import { kit } from '@acme/kit';\n",
    'packages/kit/package.json': '{ "name": "@acme/kit" }',
    'packages/kit/index.ts': 'export const kit = 1;\n',
  };
  const repair = (
    more: Readonly<Record<string, string>>,
    { facts = {}, ...rest }: Partial<Repository> & { readonly facts?: Partial<BuildError> } = {},
  ) =>
    repairWith(
      workspaceListing,
      {
        kind: 'module-not-found',
        file: 'apps/web/main.ts',
        specifier: '@acme/kit',
        message: "Cannot find module '@acme/kit' or its corresponding type declarations.",
        ...facts,
      },
      { files: { ...files, ...more }, ...rest },
    );
  const replaced = (before: string, after: string, path = 'pnpm-workspace.yaml'): FileChange => ({
    path,
    status: 'modified',
    hunks: `@@ -1,3 +1,3 @@\n packages:\n   - apps/*\n-  - ${before}\n+  - ${after}`,
  });

  it('lists again what the diff put another in the place of', async () => {
    expect(
      await repair(
        { 'pnpm-workspace.yaml': yaml('apps/*', 'libs/*') },
        { changes: [replaced('packages/*', 'libs/*')] },
      ),
    ).toEqual({ 'pnpm-workspace.yaml': yaml('apps/*', 'packages/*') });
  });

  it('follows a folder that moved, in quotes and beside what is left out', async () => {
    const changes = ['package.json', 'index.ts'].map(
      (name): FileChange => ({ path: `packages/kit/${name}`, previousPath: `libs/kit/${name}`, status: 'renamed' }),
    );
    expect(await repair({ 'pnpm-workspace.yaml': yaml("'apps/*'", "'libs/*'", "'!**/test/**'") }, { changes })).toEqual(
      { 'pnpm-workspace.yaml': yaml("'apps/*'", "'packages/*'", "'!**/test/**'") },
    );
  });

  it.each<[string, string, string]>([
    ['a letter', 'package/*', 'packages/*'],
    ['two that changed places', './pakcages/*', './packages/*'],
    ['one package', 'packages/kti', 'packages/kit'],
  ])('mends a slip of the keyboard: %s', async (_, wrong, right) => {
    expect(await repair({ 'pnpm-workspace.yaml': yaml('apps/*', wrong) })).toEqual({
      'pnpm-workspace.yaml': yaml('apps/*', right),
    });
    expect(await repair({ 'package.json': json('apps/*', wrong) })).toEqual({ 'package.json': json('apps/*', right) });
  });

  it('answers a package manager that misses the package, and keeps to its lockfile', async () => {
    const lock = (folder: string) => `lockfileVersion: '9.0'\n\nimporters:\n\n  ${folder}:\n    dependencies: {}\n`;
    const facts: Partial<BuildError> = {
      tool: 'pnpm',
      kind: 'package-missing',
      code: 'ERR_PNPM_WORKSPACE_PKG_NOT_FOUND',
      message: 'no package named "@acme/kit" is present in the workspace',
    };
    const more = { 'pnpm-workspace.yaml': yaml('apps/*', 'package/*') };
    expect(await repair({ ...more, 'pnpm-lock.yaml': lock('packages/kit') }, { facts })).toEqual({
      'pnpm-workspace.yaml': yaml('apps/*', 'packages/*'),
    });
    expect(await repair({ ...more, 'pnpm-lock.yaml': lock('libs/kit') }, { facts })).toBeUndefined();
  });

  const libs = { 'pnpm-workspace.yaml': yaml('apps/*', 'libs/*') };
  const wasPackages = replaced('packages/*', 'libs/*');
  it.each<[string, Readonly<Record<string, string>>, Parameters<typeof repair>[1]?]>([
    ['nothing says what the pattern was', libs],
    ['the pattern is no slip of the folder', { 'pnpm-workspace.yaml': yaml('apps/*', 'modules/*') }],
    ['the folder of the pattern is there', { ...libs, 'libs/readme.md': '' }, { changes: [wasPackages] }],
    [
      'the diff speaks of the folder elsewhere',
      libs,
      {
        changes: [wasPackages, { path: 'Dockerfile', status: 'modified', hunks: '@@ -1 +1 @@\n+COPY libs /app/libs' }],
      },
    ],
    ['the diff took out two', libs, { changes: [{ ...wasPackages, hunks: `${wasPackages.hunks}\n-  - tools/*` }] }],
    ['the diff brought two', libs, { changes: [{ ...wasPackages, hunks: `${wasPackages.hunks}\n+  - tools/*` }] }],
    [
      'the diff put it in the place of what does not cover the package',
      libs,
      { changes: [replaced('tools/*', 'libs/*')] },
    ],
    ['two patterns fit nothing', { 'pnpm-workspace.yaml': yaml('apps/*', 'package/*', 'tools/*') }],
    ['the package is listed', { 'pnpm-workspace.yaml': yaml('packages/*', 'package/*') }],
    ['the package is left out on purpose', { 'pnpm-workspace.yaml': yaml('package/*', '!packages/kit') }],
    ['no pattern fits nothing', { 'pnpm-workspace.yaml': yaml('apps/*') }],
    ['nothing is listed', {}],
    [
      'two packages have the name',
      { 'pnpm-workspace.yaml': yaml('package/*'), 'other/kit/package.json': '{ "name": "@acme/kit" }' },
    ],
    [
      'the package is none of the repository',
      { 'pnpm-workspace.yaml': yaml('package/*') },
      { facts: { specifier: 'react' } },
    ],
    ['a file is missing', { 'pnpm-workspace.yaml': yaml('package/*') }, { facts: { specifier: './kit' } }],
    ['the tree is not known whole', { 'pnpm-workspace.yaml': yaml('package/*') }, { truncated: true }],
    ['the error is another', { 'pnpm-workspace.yaml': yaml('package/*') }, { facts: { kind: 'export-missing' } }],
  ])('leaves it where %s', async (_, more, rest) => {
    expect(await repair(more, rest)).toBeUndefined();
  });
});
