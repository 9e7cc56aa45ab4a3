/** What a declaration file or a compiler option that an error asks for may not bring along. */
import { describe, expect, it } from 'vitest';
import { buildLog, judgeRepair, NEXT_MANIFEST, typeErrorLog } from '../honest/judge-repair.js';
import { swap, write } from './hostile-case.js';

const GTAG = {
  log: typeErrorLog('lib/analytics.ts:2:10', "Property 'gtag' does not exist on type 'Window & typeof globalThis'."),
  files: {
    'package.json': NEXT_MANIFEST,
    'lib/analytics.ts': "export function track(name: string) {\n  window.gtag('event', name);\n}\n",
  },
};
const inWindow = (type: string, more = '') =>
  `export {};\n\ndeclare global {\n  interface Window {\n    gtag: ${type};\n  }\n${more}}\n`;

describe('a member that an error names', () => {
  it.each([
    ['a function of any kind', inWindow('Function'), 'any-added'],
    ['what JSON.parse returns', inWindow("ReturnType<JSON['parse']>"), 'any-added'],
    ['the same by a value', inWindow('ReturnType<typeof JSON.parse>'), 'any-added'],
    ['what a response holds', inWindow("Awaited<ReturnType<Response['json']>>"), 'any-added'],
    ['a member of all lists', inWindow('() => void', '  interface Array<T> {\n    first: T;\n  }\n'), 'value-declared'],
    [
      'a value in a namespace',
      `${inWindow('() => void')}declare namespace tide {\n  const x: number;\n}\n`,
      'value-declared',
    ],
  ])('does not bring %s', async (_, declaration, rule) => {
    expect(await judgeRepair({ ...GTAG, edits: [write('types/gtag.d.ts', declaration)] })).toContain(rule);
  });

  const capital = {
    log: typeErrorLog('app/page.tsx:1:30', "Property 'capitalise' does not exist on type 'string'."),
    files: { 'package.json': NEXT_MANIFEST, 'app/page.tsx': "export default () => <p>{'a'.capitalise()}</p>;\n" },
    edits: [write('types/string.d.ts', 'interface String {\n  capitalise(): string;\n}\n')],
  };

  it('is one that the language has only where code puts it there', async () => {
    const put = {
      ...capital.files,
      'app/page.tsx': `String.prototype.capitalise = function () {\n  return this.toUpperCase();\n};\n\n${capital.files['app/page.tsx']}`,
    };

    expect(await judgeRepair(capital)).toEqual(['value-declared']);
    expect(await judgeRepair({ ...capital, files: put })).toEqual(['valid']);
  });
});

describe('a global value', () => {
  const log = typeErrorLog('lib/a.ts:1:18', "Cannot find name 'tideOf'.");
  const files = { 'package.json': NEXT_MANIFEST, 'lib/a.ts': "export const a = tideOf('brest');\n" };
  const declared = (type: string) => `declare global {\n  var tideOf: ${type};\n}\n`;

  it('is not there because an existing file says so, or one that it imports', async () => {
    const here = [swap('lib/a.ts', 'export const a', `${declared('(name: string) => number')}\nexport const a`)];
    const beside = [
      write('lib/globals.d.ts', `export {};\n${declared('(name: string) => number')}`),
      swap('lib/a.ts', 'export const a', "import './globals';\n\nexport const a"),
    ];

    expect(await judgeRepair({ log, files, edits: here })).toContain('value-declared');
    expect(await judgeRepair({ log, files, edits: beside })).toContain('value-declared');
  });

  it('may be declared where code sets it', async () => {
    const edits = [
      swap(
        'lib/a.ts',
        'export const a',
        `${declared('(name: string) => number')}\nglobalThis.tideOf = (name) => name.length;\n\nexport const a`,
      ),
    ];

    expect(await judgeRepair({ log, files, edits })).toEqual(['valid']);
  });
});

describe('a reference to the types of a package', () => {
  it('brings no other types along', async () => {
    const log = typeErrorLog('lib/a.ts:1:17', "Cannot find name 'Tide'.");
    const files = { 'package.json': NEXT_MANIFEST, 'lib/a.ts': 'export const a: Tide = 1;\n' };
    const edits = [write('types/tide.d.ts', '/// <reference types="react" />\ntype Tide = unknown;\n')];

    expect(await judgeRepair({ log, files, edits })).toContain('unrelated-file');
  });
});

describe('a kind of asset', () => {
  const importing = (specifier: string, edits: string) => ({
    log: typeErrorLog(
      'app/page.tsx:1:20',
      `Cannot find module '${specifier}' or its corresponding type declarations.\n\n> 1 | import thing from '${specifier}';`,
    ),
    files: {
      'package.json': NEXT_MANIFEST,
      'app/page.tsx': `import thing from '${specifier}';\n\nexport default () => <p>{String(thing)}</p>;\n`,
      'app/There.vue': '<template><p>a</p></template>\n',
    },
    edits: [write('types/assets.d.ts', edits)],
  });

  it('is not declared for a file that is missing, nor components as anything', async () => {
    const logo = "declare module '*.svg' {\n  const source: string;\n  export default source;\n}\n";

    expect(await judgeRepair(importing('./logo.svg', logo))).toContain('unrelated-file');
    expect(await judgeRepair(importing('./There.vue', "declare module '*.vue';\n"))).toContain('module-declared');
  });
});

const TSCONFIG =
  '{\n  "compilerOptions": {\n    "strict": true,\n    "noEmit": true\n  },\n  "angularCompilerOptions": { "strictTemplates": true },\n  "include": ["**/*.ts"],\n  "exclude": ["node_modules"]\n}\n';

describe('a compiler configuration at fault', () => {
  const log = buildLog('tsc && vite build', "tsconfig.json(3,5): error TS5023: Unknown compiler option 'x'.");
  const files = {
    'package.json': NEXT_MANIFEST,
    'tsconfig.json': TSCONFIG,
    'lib/a.ts': "export const a: number = 'x';\n",
    'lib/b.ts': 'export const b = 1;\n',
    'config/base.json': '{ "compilerOptions": { "strict": true } }\n',
  };
  const extending = (base: string) =>
    swap('tsconfig.json', '{\n  "compilerOptions"', `{\n  "extends": "./${base}",\n  "compilerOptions"`);

  it.each([
    ['includes other files', [swap('tsconfig.json', '["**/*.ts"]', '["lib/b.ts"]')]],
    ['includes what is not there', [swap('tsconfig.json', '["**/*.ts"]', '["gone/**"]')]],
    ['resolves nothing', [swap('tsconfig.json', '"noEmit": true', '"noEmit": true, "noResolve": true')]],
    ['knows no library', [swap('tsconfig.json', '"noEmit": true', '"noEmit": true, "noLib": true')]],
    ['checks no templates', [swap('tsconfig.json', '"strictTemplates": true', '"strictTemplates": false')]],
    [
      'extends a looser one',
      [extending('loose.json'), write('loose.json', '{ "compilerOptions": { "strictNullChecks": false } }\n')],
    ],
  ])('is loosened where it %s', async (_, edits) => {
    expect(await judgeRepair({ log, files, edits })).toContain('tsconfig-loosened');
  });

  it('is loosened by a looser one that stands there', async () => {
    const more = { ...files, 'loose.json': '{ "compilerOptions": { "strictNullChecks": false } }\n' };

    expect(await judgeRepair({ log, files: more, edits: [extending('loose.json')] })).toContain('tsconfig-loosened');
  });

  it('may include the same files by other patterns', async () => {
    const edits = [swap('tsconfig.json', '["**/*.ts"]', '["lib"]')];

    expect(await judgeRepair({ log, files, edits })).toEqual(['valid']);
  });
});

describe('a string that an error quotes as a value', () => {
  it.each([
    ['config', `Type '"config"' is not assignable to type '"page"'.`],
    ['config', `Type '"page"' is not assignable to type '"config" | "route"'.`],
    ['maxDuration', `Type '"maxDuration"' is not assignable to type '"page"'.`],
  ])('is no export: %s in %s', async (name, message) => {
    const kind = "export const kind: 'page' = 'page';\n";
    const files = {
      'package.json': NEXT_MANIFEST,
      'lib/kind.ts': `export const kind: 'page' = '${name}';\nexport const ${name} = { runtime: 1 };\n`,
    };

    expect(
      await judgeRepair({
        log: typeErrorLog('lib/kind.ts:1:14', message),
        files,
        edits: [write('lib/kind.ts', kind)],
      }),
    ).toContain('export-dropped');
  });
});
