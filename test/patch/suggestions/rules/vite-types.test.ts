import { describe, expect, it } from 'vitest';
import { browserVariable } from '../../../../lib/patch/suggestions/rules/browser-variable.js';
import { viteTypes } from '../../../../lib/patch/suggestions/rules/vite-types.js';
import { errorOf, type Repository, repairAll } from '../repository.js';

const app = {
  'package.json': '{ "devDependencies": { "vite": "^7.0.0" } }',
  'vite.config.ts': 'export default {};\n',
  'tsconfig.json': '{\n  "compilerOptions": { "strict": true },\n  "include": ["src"]\n}\n',
  'src/logo.svg': '<svg />',
  'public/icon.svg': '<svg />',
  'src/main.ts': "import logo from './logo.svg';\n\nexport const api = [logo, import.meta.env.VITE_API];\n",
};
const reference = { 'src/vite-env.d.ts': '/// <reference types="vite/client" />\n' };
const ENV = "Property 'env' does not exist on type 'ImportMeta'.";
const asset = (specifier: string) => `Cannot find module '${specifier}' or its corresponding type declarations.`;

const repair = (message: string, files: Readonly<Record<string, string>> = {}, more: Partial<Repository> = {}) =>
  repairAll([viteTypes, browserVariable], [errorOf({ file: 'src/main.ts', line: 3, message })], {
    files: { ...app, ...files },
    ...more,
  });

describe('vite-types', () => {
  it.each([
    ENV,
    "Property 'glob' does not exist on type 'ImportMeta'.",
    asset('./logo.svg'),
    asset('./logo.svg?url'),
    asset('/icon.svg'),
    "Cannot find module or type declarations for side-effect import of './logo.svg'.",
  ])('refers to them in a file: %s', async (message) => {
    expect(await repair(message)).toEqual(reference);
  });

  it.each([
    ['[]', '["vite/client"]'],
    ['["node"]', '["node", "vite/client"]'],
    ['[\n      "node"\n    ]', '[\n      "node",\n      "vite/client"\n    ]'],
  ])('adds them to the list of types %j', async (before, after) => {
    const config = (types: string) => `{\n  "compilerOptions": {\n    "types": ${types}\n  }\n}\n`;

    expect(await repair(ENV, { 'tsconfig.app.json': config(before) })).toEqual({ 'tsconfig.app.json': config(after) });
  });

  it.each([
    ['there is such a file', { 'src/vite-env.d.ts': '' }],
    ['something refers to them', { 'src/global.d.ts': '/// <reference types="vite/client" />\n' }],
    ['nothing is built with Vite', { 'package.json': '{}' }],
    ['a framework has its own', { 'package.json': '{ "devDependencies": { "vite": "7", "astro": "5" } }' }],
    [
      'the compiler is not given the folder',
      { 'tsconfig.json': '{ "compilerOptions": {}, "include": ["src/**/*.tsx"] }' },
    ],
    ['the options stand elsewhere', { 'tsconfig.json': '{ "files": [], "references": [] }' }],
  ])('not where %s', async (_, files) => {
    expect(await repair(ENV, files)).toBeUndefined();
  });

  it('not where the file is missing, the tree is not whole, or the diff took them away', async () => {
    expect(await repair(asset('./other.svg'))).toBeUndefined();
    expect(await repair(asset('./logo.svg?react'))).toBeUndefined();
    expect(await repair(ENV, {}, { truncated: true })).toBeUndefined();
    const changes = [
      {
        path: 'src/vite-env.d.ts',
        status: 'removed' as const,
        hunks: '@@ -1 +0,0 @@\n-/// <reference types="vite/client" />',
      },
    ];
    expect(await repair(ENV, {}, { changes })).toBeUndefined();
  });
});

describe('browser-variable', () => {
  const PROCESS =
    "Cannot find name 'process'. Do you need to install type definitions for node? Try `npm i --save-dev @types/node`.";
  const typed = { 'src/vite-env.d.ts': '/// <reference types="vite/client" />\n' };
  const main = (text: string) => ({ ...typed, 'src/main.ts': `\n\n${text}\n` });

  it.each([
    ['f(process.env.VITE_API);', 'f(import.meta.env.VITE_API);'],
    ["f(process.env['VITE_API'] ?? '');", "f(import.meta.env.VITE_API ?? '');"],
    ["f(process.env.NODE_ENV === 'production');", 'f(import.meta.env.PROD);'],
    ["if (process.env.NODE_ENV !== 'production') f();", 'if (import.meta.env.DEV) f();'],
    ['f(process.env.VITE_A);\ng(process.env.VITE_B);', 'f(import.meta.env.VITE_A);\ng(import.meta.env.VITE_B);'],
  ])('reads what Vite gives: %s', async (before, after) => {
    expect(await repair(PROCESS, main(before))).toEqual({ 'src/main.ts': main(after)['src/main.ts'] });
  });

  it('and tells the compiler of it', async () => {
    expect(await repair(PROCESS, { 'src/main.ts': '\n\nf(process.env.VITE_API);\n' })).toEqual({
      ...reference,
      'src/main.ts': '\n\nf(import.meta.env.VITE_API);\n',
    });
  });

  it.each([
    ['the browser is not given the variable', main('f(process.env.API_KEY);')],
    ['the mode is another', main("f(process.env.NODE_ENV === 'test');")],
    ['the variable is set', main("process.env.VITE_API = '1';")],
    ['the whole environment is meant', main('f(process.env);')],
    [
      'the settings of Vite import it',
      { ...main('f(process.env.VITE_API);'), 'vite.config.ts': "import './src/main';\nexport default {};\n" },
    ],
    ['nothing is built with Vite', { ...main('f(process.env.VITE_API);'), 'package.json': '{}' }],
  ])('not where %s', async (_, files) => {
    expect(await repair(PROCESS, files)).toBeUndefined();
  });

  it.each(['vite.config.ts', 'scripts/a.ts', 'src/server/a.ts', 'src/entry-server.ts'])('not in %s', async (file) => {
    const files = { ...app, ...typed, [file]: 'f(process.env.VITE_API);\n' };

    expect(
      await repairAll([browserVariable], [errorOf({ file, line: 1, message: PROCESS })], { files }),
    ).toBeUndefined();
  });
});
