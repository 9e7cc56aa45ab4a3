import { describe, expect, it } from 'vitest';
import { scriptCommand } from '../../../../lib/patch/suggestions/rules/script-command.js';
import { repairWith } from '../repository.js';

describe('a script that calls what does not exist', () => {
  const manifest = (build: string, start = 'next start') =>
    `{\n  "name": "nxet",\n  "scripts": { "build": "${build}", "start": "${start}" },\n  "dependencies": { "next": "16", "typescript": "5" }\n}\n`;
  const command = (symbol: string) => ({
    tool: 'shell',
    kind: 'package-missing' as const,
    code: 'command-not-found',
    symbol,
    message: `sh: line 1: ${symbol}: command not found`,
  });
  const file = (path: string) => ({
    tool: 'node',
    kind: 'module-not-found' as const,
    message: `Cannot find module '/vercel/path0/${path}'`,
  });

  it.each([
    ['a dependency', 'nxet build', 'next build', command('nxet')],
    ['a command behind another', 'npm run a && nxet build', 'npm run a && next build', command('nxet')],
    ['a command behind a variable', 'A=1 noed a.mjs', 'A=1 node a.mjs', command('noed')],
  ])('%s', async (_, wrong, right, error) => {
    expect(await repairWith(scriptCommand, error, { files: { 'package.json': manifest(wrong) } })).toEqual({
      'package.json': manifest(right),
    });
  });

  it('a file that was moved', async () => {
    const files = { 'web/package.json': manifest('node ./tools/label.mjs && next build') };
    const moved = (path: string) => [{ status: 'renamed', previousPath: 'web/tools/label.mjs', path }] as const;
    const repair = (path: string) =>
      repairWith(scriptCommand, file('web/tools/label.mjs'), { files, unread: [path], changes: moved(path) });

    expect(await repair('web/scripts/name.mjs')).toEqual({
      'web/package.json': manifest('node ./scripts/name.mjs && next build'),
    });
    expect(await repair('tools/name.mjs')).toBeUndefined();
  });

  it('a file', async () => {
    const files = { 'web/package.json': manifest('node ./tools/lable.mjs && next build') };
    const unread = ['web/tools/label.mjs'];

    expect(await repairWith(scriptCommand, file('web/tools/lable.mjs'), { files, unread })).toEqual({
      'web/package.json': manifest('node ./tools/label.mjs && next build'),
    });
    expect(await repairWith(scriptCommand, file('tools/lable.mjs'), { files, unread })).toBeUndefined();
    expect(await repairWith(scriptCommand, file('web/tools/lable.mjs'), { files })).toBeUndefined();
  });

  it.each([
    ['no dependency is alike', 'vite build', command('vite')],
    ['another tool may be meant', 'tsx a.ts', command('tsx')],
    ['no script calls it', 'next build', command('nxet')],
  ])('has no answer where %s', async (_, build, error) => {
    expect(await repairWith(scriptCommand, error, { files: { 'package.json': manifest(build) } })).toBeUndefined();
  });
});
