import { describe, expect, it } from 'vitest';
import { sheetTypes } from '../../../../lib/patch/suggestions/rules/sheet-types.js';
import { repairWith } from '../repository.js';

const write = (config: object) => `${JSON.stringify(config, undefined, 2)}\n`;

describe('a sheet that is imported for its effect, to TypeScript 6', () => {
  const message = "Cannot find module or type declarations for side-effect import of './globals.css'.";
  const error = { kind: 'module-not-found' as const, file: 'app/layout.tsx', specifier: './globals.css', message };
  const files = {
    'package.json': write({ dependencies: { next: '15.5.9' }, devDependencies: { typescript: '^6' } }),
    'tsconfig.json': write({ include: ['next-env.d.ts', '**/*.ts', '**/*.tsx'] }),
    'app/layout.tsx': "import './globals.css';\n",
    'app/globals.css': 'a {}\n',
  };

  it('is declared to export nothing', async () => {
    expect(await repairWith(sheetTypes, error, { files })).toEqual({ 'styles.d.ts': "declare module '*.css' {}\n" });
  });

  type Given = { files: Record<string, string>; gone?: string; unread?: string[]; message?: string };

  it.each<[string, Given]>([
    ['is not there', { files: { ...files, 'app/layout.tsx': '' }, gone: 'app/globals.css' }],
    ['is of another framework', { files: { ...files, 'package.json': write({ dependencies: { vite: '^8' } }) } }],
    ['is known', { files: { ...files, 'types/css.d.ts': "declare module '*.css';\n" } }],
    [
      'is of an app that lists its files',
      { files: { ...files, 'tsconfig.json': write({ include: ['app/**/*.ts'] }) } },
    ],
    ['would be declared in a file that is there', { files, unread: ['styles.d.ts'] }],
    [
      'is taken by name',
      { files, message: "Cannot find module './globals.css' or its corresponding type declarations." },
    ],
  ])('is left alone where it %s', async (_, { files: given, gone, message: said, unread }) => {
    const kept = Object.fromEntries(Object.entries(given).filter(([path]) => path !== gone));
    const facts = { ...error, message: said ?? message };
    expect(await repairWith(sheetTypes, facts, { files: kept, unread: unread ?? [] })).toBeUndefined();
  });
});
