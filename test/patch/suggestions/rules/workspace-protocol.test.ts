import { describe, expect, it } from 'vitest';
import { workspaceProtocol } from '../../../../lib/patch/suggestions/rules/workspace-protocol.js';
import { repairWith } from '../repository.js';

describe('workspace-protocol', () => {
  const app = (range: string) =>
    `{\n  "name": "web",\n  "dependencies": {\n    "@acme/kit": "${range}",\n    "zod": "^3.0.0"\n  }\n}\n`;
  const root = '{ "private": true, "workspaces": ["apps/*", "packages/*"] }';
  const files = {
    'package.json': root,
    'package-lock.json': '{ "packages": {} }',
    'packages/kit/package.json': '{ "name": "@acme/kit", "version": "1.2.0" }',
  };
  const repair = (range: string, more: Readonly<Record<string, string>> = {}) =>
    repairWith(
      workspaceProtocol,
      {
        tool: 'npm',
        kind: 'package-missing',
        code: 'EUNSUPPORTEDPROTOCOL',
        message: `Unsupported URL Type "workspace:": workspace:${range.slice(10)}`,
        file: 'apps/web/package.json',
      },
      { files: { ...files, 'apps/web/package.json': app(range), ...more } },
    );

  it.each([
    ['workspace:*', '*'],
    ['workspace:^', '^1.2.0'],
    ['workspace:~', '~1.2.0'],
    ['workspace:^1.1.0', '^1.1.0'],
  ])('writes %s as %s', async (range, plain) => {
    expect(await repair(range)).toEqual({ 'apps/web/package.json': app(plain) });
  });

  it('as the other packages do, and in all manifests', async () => {
    const more = { 'apps/a/package.json': app('^1.0.0'), 'apps/b/package.json': app('workspace:*') };
    expect(await repair('workspace:*', more)).toEqual({
      'apps/web/package.json': app('^1.0.0'),
      'apps/b/package.json': app('^1.0.0'),
    });
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['the repository is one of pnpm', { 'pnpm-lock.yaml': '' }],
    [
      'the manifest asks for another package manager',
      { 'package.json': root.replace('{', '{ "packageManager": "yarn@4.5.0",') },
    ],
    ['the package is not of the workspace', { 'packages/kit/package.json': '{ "name": "kit" }' }],
    ['there is no workspace', { 'package.json': '{}' }],
  ])('leaves it where %s', async (_, more) => {
    expect(await repair('workspace:*', more)).toBeUndefined();
  });
});
