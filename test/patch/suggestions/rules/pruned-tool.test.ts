import { describe, expect, it } from 'vitest';
import { prunedTool } from '../../../../lib/patch/suggestions/rules/pruned-tool.js';
import { repairWith } from '../repository.js';

const error = { tool: 'shell', kind: 'package-missing', code: 'command-not-found', message: 'tsc: not found' } as const;
const config = (command: string) => `{\n  "installCommand": "${command}"\n}\n`;
const repair = (files: Readonly<Record<string, string>>, symbol = 'tsc') =>
  repairWith(
    prunedTool,
    { ...error, symbol },
    {
      files: { 'package.json': '{ "devDependencies": { "typescript": "5.9.3" } }', ...files },
    },
  );

describe('pruned-tool', () => {
  it.each([
    ['npm install --omit=dev', 'npm install'],
    ['npm ci --production --no-audit', 'npm ci --no-audit'],
    ['pnpm install --frozen-lockfile --prod', 'pnpm install --frozen-lockfile'],
  ])('%s', async (command, whole) => {
    expect(await repair({ 'vercel.json': config(command) })).toEqual({ 'vercel.json': config(whole) });
  });

  it.each([
    ['no development dependency brings the command', { 'vercel.json': config('npm install --omit=dev') }, 'astro'],
    ['the installation leaves nothing out', { 'vercel.json': config('npm install --omit=optional') }, 'tsc'],
    ['the repository says nothing of the installation', {}, 'tsc'],
  ])('has no answer where %s', async (_, files, symbol) => {
    expect(await repair(files, symbol)).toBeUndefined();
  });
});
