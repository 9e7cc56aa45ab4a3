import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { movedProject } from '../../../../lib/patch/suggestions/rules/moved-project.js';
import { repairWith } from '../repository.js';

const moved = (previousPath: string, path: string): FileChange => ({ status: 'renamed', path, previousPath });
const lost = (path: string) => ({
  kind: 'config' as const,
  code: 'TS5083',
  message: `Cannot read file '/vercel/path0/${path}'.`,
  file: path,
});

describe('moved-project', () => {
  const changes = [moved('tsconfig.app.json', 'tsconfig.web.json')];
  const tree = { 'tsconfig.web.json': '{ "include": ["src"] }\n', 'tsconfig.node.json': '{}\n' };

  it.each([
    [
      'tsconfig.json',
      '{\n  // solution\n  "references": [{ "path": "./tsconfig.app.json" }, { "path": "./tsconfig.node.json" }]\n}\n',
      '{\n  // solution\n  "references": [{ "path": "./tsconfig.web.json" }, { "path": "./tsconfig.node.json" }]\n}\n',
    ],
    ['tsconfig.test.json', '{ "extends": "./tsconfig.app.json" }\n', '{ "extends": "./tsconfig.web.json" }\n'],
    ['tsconfig.test.json', '{ "extends": "./tsconfig.app" }\n', '{ "extends": "./tsconfig.web" }\n'],
    [
      'e2e/tsconfig.json',
      '{ "extends": ["../tsconfig.node.json", "../tsconfig.app.json"] }\n',
      '{ "extends": ["../tsconfig.node.json", "../tsconfig.web.json"] }\n',
    ],
    [
      'package.json',
      '{ "scripts": { "build": "vue-tsc --noEmit -p tsconfig.app.json && vite build" } }\n',
      '{ "scripts": { "build": "vue-tsc --noEmit -p tsconfig.web.json && vite build" } }\n',
    ],
    [
      'package.json',
      '{ "scripts": { "check": "svelte-kit sync && svelte-check --tsconfig ./tsconfig.app.json" } }\n',
      '{ "scripts": { "check": "svelte-kit sync && svelte-check --tsconfig ./tsconfig.web.json" } }\n',
    ],
  ])('follows a configuration that %s names', async (path, before, after) => {
    const files = { ...tree, [path]: before };

    expect(await repairWith(movedProject, lost('tsconfig.app.json'), { files, changes })).toEqual({ [path]: after });
  });

  it.each([
    [`File '/vercel/path0/tsconfig.app.json' not found.`],
    ["The specified path does not exist: 'tsconfig.app.json'."],
    ['failed to resolve "extends":"./tsconfig.app.json" in /vercel/path0/tsconfig.json'],
    ['Cannot find base config file "./tsconfig.app.json"'],
  ])('reads %s', async (message) => {
    const files = {
      ...tree,
      'tsconfig.json': '{ "extends": "./tsconfig.app.json" }\n',
      'package.json': '{ "scripts": { "types": "tsc -p tsconfig.app.json" } }\n',
    };
    const facts = { kind: 'config' as const, message, file: 'tsconfig.json' };

    expect(await repairWith(movedProject, facts, { files, changes })).toEqual({
      'tsconfig.json': '{ "extends": "./tsconfig.web.json" }\n',
      'package.json': '{ "scripts": { "types": "tsc -p tsconfig.web.json" } }\n',
    });
  });

  it.each([
    ['packages/core', 'libs/core', '../core', '../../libs/core'],
    ['packages/core/', 'libs/core', '../core/', '../../libs/core/'],
    ['packages/core/tsconfig.json', 'libs/core', '../core/tsconfig.json', '../../libs/core/tsconfig.json'],
  ])('follows the folder of a project: %s', async (path, folder, before, after) => {
    const files = {
      [`${folder}/tsconfig.json`]: '{}\n',
      'packages/app/tsconfig.json': `{ "references": [{ "path": "${before}" }] }\n`,
    };
    const facts = { ...lost(path), code: 'TS6053', message: `File '/vercel/path0/${path}' not found.` };
    const move = [moved('packages/core/tsconfig.json', 'libs/core/tsconfig.json')];

    expect(await repairWith(movedProject, facts, { files, changes: move })).toEqual({
      'packages/app/tsconfig.json': `{ "references": [{ "path": "${after}" }] }\n`,
    });
  });

  it('leaves alone what names another file by the same words', async () => {
    const files = {
      ...tree,
      'tsconfig.json': '{ "references": [{ "path": "./tsconfig.app.json" }] }\n',
      'admin/tsconfig.json': '{ "references": [{ "path": "./tsconfig.app.json" }] }\n',
      'admin/tsconfig.app.json': '{}\n',
      'package.json':
        '{ "scripts": { "admin": "cd admin && tsc -p tsconfig.app.json", "copy": "cp -p tsconfig.app.json out" } }\n',
    };

    expect(await repairWith(movedProject, lost('tsconfig.app.json'), { files, changes })).toEqual({
      'tsconfig.json': '{ "references": [{ "path": "./tsconfig.web.json" }] }\n',
    });
  });

  it.each([
    ['the diff is unknown', [], {}],
    ['the file was removed', [{ status: 'removed', path: 'tsconfig.app.json' }], {}],
    ['the file is there', changes, { 'tsconfig.app.json': '{}\n' }],
    ['another file took the place', [moved('tsconfig.old.json', 'tsconfig.web.json')], {}],
    ['nothing names it', changes, { 'tsconfig.json': '{ "references": [{ "path": "./tsconfig.node.json" }] }\n' }],
  ] as const)('answers nothing when %s', async (_, diff, more) => {
    const files = { ...tree, 'tsconfig.json': '{ "references": [{ "path": "./tsconfig.app.json" }] }\n', ...more };

    expect(await repairWith(movedProject, lost('tsconfig.app.json'), { files, changes: diff })).toBeUndefined();
  });

  it('answers nothing where the tree was not listed whole', async () => {
    const files = { ...tree, 'tsconfig.json': '{ "references": [{ "path": "./tsconfig.app.json" }] }\n' };

    expect(
      await repairWith(movedProject, lost('tsconfig.app.json'), { files, changes, truncated: true }),
    ).toBeUndefined();
  });
});

it.each([
  ['{"include":["src"]}', 'tsc -p tsconfig.base.json', false],
  ['{}', 'pnpm --filter ui exec tsc -p tsconfig.base.json', undefined],
  ['{}', 'tsc -p tsconfig.base.json', 'tsc -p config/tsconfig.base.json'],
])('a configuration of %s, named by %s', async (config, command, written) => {
  const answer = await repairWith(
    movedProject,
    { file: 'tsconfig.json', code: 'TS5083', message: "Cannot read file '/vercel/path0/tsconfig.base.json'." },
    {
      files: {
        'package.json': JSON.stringify({ scripts: { check: command } }),
        'tsconfig.json': '{"extends":"./tsconfig.base.json"}',
        'config/tsconfig.base.json': config,
        'src/a.ts': '',
      },
      changes: [{ status: 'renamed', path: 'config/tsconfig.base.json', previousPath: 'tsconfig.base.json' }],
    },
  );
  expect(
    answer === undefined ? false : answer['package.json'] && JSON.parse(answer['package.json']).scripts.check,
  ).toBe(written);
});
