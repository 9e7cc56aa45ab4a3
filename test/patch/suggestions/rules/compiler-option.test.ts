import { describe, expect, it } from 'vitest';
import { compilerOption } from '../../../../lib/patch/suggestions/rules/compiler-option.js';
import { errorOf, repairAll } from '../repository.js';

const manifest = (...names: string[]) =>
  JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '1.0.0'])) });
const config = (options: string, rest = '') => `{\n  "compilerOptions": {\n    ${options}\n  }${rest}\n}\n`;
const library = (property: string, edition: string) =>
  `Property '${property}' does not exist on type 'string[]'. Do you need to change your target library? Try changing the 'lib' compiler option to '${edition}' or later.`;
const iteration =
  "Type 'Set<string>' can only be iterated through when using the '--downlevelIteration' flag or with a '--target' of 'es2015' or higher.";
const json =
  "Cannot find module './quays.json'. Consider using '--resolveJsonModule' to import module with '.json' extension.";

const repair = (messages: string | readonly string[], files: Readonly<Record<string, string>>) =>
  repairAll(
    [compilerOption],
    [messages].flat().map((message) => errorOf({ file: 'src/quays.ts', message })),
    { files: { 'package.json': manifest('vite'), 'src/quays.ts': '', ...files } },
  );

describe('compiler-option', () => {
  it('takes the library that the compiler names, written as its neighbours are', async () => {
    const lib = (edition: string) => config(`"target": "ES2020",\n    "lib": ["${edition}", "DOM", "DOM.Iterable"]`);
    expect(await repair(library('toSorted', 'es2023'), { 'tsconfig.json': lib('ES2020') })).toEqual({
      'tsconfig.json': lib('ES2023'),
    });
  });

  it('takes the newest of those that several errors ask for', async () => {
    const lib = (edition: string) => config(`"lib": ["dom", "${edition}"]`);
    const asked = [library('toSorted', 'es2023'), library('at', 'es2022')];
    expect(await repair(asked, { 'tsconfig.json': lib('es2019') })).toEqual({ 'tsconfig.json': lib('es2023') });
  });

  it('raises the target where that alone says which library there is', async () => {
    const target = (edition: string) => config(`"target": "${edition}",\n    "noEmit": true`);
    expect(await repair(library('at', 'es2022'), { 'tsconfig.json': target('es2017') })).toEqual({
      'tsconfig.json': target('es2022'),
    });
    expect(await repair(iteration, { 'tsconfig.json': target('es5') })).toEqual({ 'tsconfig.json': target('es2015') });
    expect(await repair(iteration, { 'tsconfig.json': config('"strict": true') })).toEqual({
      'tsconfig.json': config('"strict": true,\n    "target": "es2015"'),
    });
  });

  it('adds the library of the browser to a list without it', async () => {
    const message =
      "Cannot find name 'document'. Do you need to change your target library? Try changing the 'lib' compiler option to include 'dom'.";
    expect(await repair(message, { 'tsconfig.json': config('"lib": ["ES2022"]') })).toEqual({
      'tsconfig.json': config('"lib": ["ES2022", "DOM"]'),
    });
  });

  it('lets JSON be imported', async () => {
    expect(await repair(json, { 'tsconfig.json': config('"strict": true') })).toEqual({
      'tsconfig.json': config('"strict": true,\n    "resolveJsonModule": true'),
    });
    expect(await repair(json, { 'tsconfig.json': config('"resolveJsonModule": false') })).toEqual({
      'tsconfig.json': config('"resolveJsonModule": true'),
    });
  });

  it('where the option is set: in the configuration that includes the file, in the one that it extends', async () => {
    const base = config('"lib": ["ES2020", "DOM"]');
    expect(
      await repair(library('at', 'es2022'), {
        'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }\n',
        'tsconfig.app.json': '{ "extends": "./tsconfig.base.json", "include": ["src"] }\n',
        'tsconfig.node.json': '{ "compilerOptions": { "lib": ["ES2020"] }, "include": ["vite.config.ts"] }\n',
        'settings.json': '{}',
        'tsconfig.base.json': base.replace('}\n}', '},\n  "include": []\n}'),
      }),
    ).toEqual({ 'tsconfig.base.json': base.replace('ES2020', 'ES2022').replace('}\n}', '},\n  "include": []\n}') });
  });

  it.each([
    [
      'the compiler writes the output',
      iteration,
      { 'package.json': manifest('typescript'), 'tsconfig.json': config('"target": "es5"') },
    ],
    [
      'the build of a bundler emits as well',
      iteration,
      { 'tsconfig.json': config('"target": "es5",\n    "noEmit": false') },
    ],
    [
      'the list has parts of libraries',
      library('at', 'es2022'),
      { 'tsconfig.json': config('"lib": ["dom", "es2020.string"]') },
    ],
    ['two libraries are listed', library('at', 'es2022'), { 'tsconfig.json': config('"lib": ["es2015", "es2020"]') }],
    [
      'a package may set it',
      library('at', 'es2022'),
      { 'tsconfig.json': config('"strict": true', ',\n  "extends": "@tsconfig/vite"') },
    ],
    [
      'two configurations take the file in',
      json,
      { 'tsconfig.json': config('"strict": true'), 'tsconfig.lib.json': config('"strict": true') },
    ],
    [
      'the compiler asks for nothing',
      "Property 'att' does not exist on type 'string[]'.",
      { 'tsconfig.json': config('"strict": true') },
    ],
  ])('has no answer where %s', async (_, message, files) => {
    expect(await repair(message, files)).toBeUndefined();
  });
});

it.each([
  [
    "Cannot find name 'document'. Do you need to change your target library? Try changing the 'lib' compiler option to include 'dom'.",
    'src/quays.ts',
    '-export const a = (document: Quay) => document;',
  ],
  [library('at', 'es2022'), 'tsconfig.json', '-    "lib": ["ES2022"]\n+    "lib": ["ES2020"]'],
])('compiler-option: what the diff took away is not asked for: %s', async (message, path, hunks) => {
  const answer = await repairAll([compilerOption], [errorOf({ file: 'src/quays.ts', message })], {
    files: { 'package.json': manifest('vite'), 'src/quays.ts': '', 'tsconfig.json': config('"lib": ["ES2020"]') },
    changes: [{ status: 'modified', path, hunks }],
  });
  expect(answer).toBeUndefined();
});
