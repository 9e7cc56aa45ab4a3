import { describe, expect, it } from 'vitest';
import { missingExport } from '../../../../lib/patch/suggestions/rules/missing-export.js';
import { requiredExport } from '../../../../lib/patch/suggestions/rules/required-export.js';
import { repairWith } from '../repository.js';

describe('missing-export', () => {
  const importer = "import { tide } from './tides';\n\nexport const next = tide(1);\n";
  const repair = (tides: string, more: Readonly<Record<string, string>> = {}, message?: string) =>
    repairWith(
      missingExport,
      {
        file: 'src/next.ts',
        message: message ?? `"tide" is not exported by "src/tides.ts", imported by "src/next.ts".`,
      },
      { files: { 'src/next.ts': importer, 'src/tides.ts': tides, ...more } },
    );
  const tides =
    'const hours = 6;\n\nfunction tide(day: number) {\n  return day * hours;\n}\n\nexport const all = [tide(1)];\n';

  it.each([
    [`"tide" is not exported by "src/tides.ts", imported by "src/next.ts".`],
    [`Module '"./tides"' declares 'tide' locally, but it is not exported.`],
    ["Export tide doesn't exist in target module\nThe export tide was not found in module [project]/src/tides.ts."],
    [`No matching export in "src/tides.ts" for import "tide"`],
    ["Attempted import error: 'tide' is not exported from './tides' (imported as 'tide')."],
  ])('exports what the module declares: %s', async (message) => {
    expect(await repair(tides, {}, message)).toEqual({
      'src/tides.ts': tides.replace('function tide', 'export function tide'),
    });
  });

  it.each([
    [
      'export const x = 1;\nconst tide = (day: number) => day;\n',
      'export const x = 1;\nexport const tide = (day: number) => day;\n',
    ],
    [
      'function tide(day: number): number;\nfunction tide(day: string): string;\nfunction tide(day: never) {\n  return day;\n}\n',
      'export function tide(day: number): number;\nexport function tide(day: string): string;\nexport function tide(day: never) {\n  return day;\n}\n',
    ],
    ['type tide = string;\nconst a = 1;\nexport { a };\n', 'export type tide = string;\nconst a = 1;\nexport { a };\n'],
    ['const a = 1;\nconst tide = 2;\nexport { a };\n', 'const a = 1;\nconst tide = 2;\nexport { a, tide };\n'],
    ['@Injectable()\nclass tide {}\n', '@Injectable()\nexport class tide {}\n'],
    ['/** High water. */\nenum tide {\n  high,\n}\n', '/** High water. */\nexport enum tide {\n  high,\n}\n'],
  ])('in the way of the declaration: %s', async (before, after) => {
    expect(await repair(before)).toEqual({ 'src/tides.ts': after });
  });

  it('finds the declaration behind a module that passes everything on', async () => {
    const barrel = "export * from './deep/waters';\nexport * from './deep/winds';\n";
    const waters = 'interface tide {\n  day: number;\n}\nexport const salt = 3;\n';
    expect(
      await repair(barrel, { 'src/deep/waters.ts': waters, 'src/deep/winds.ts': 'export const wind = 1;\n' }),
    ).toEqual({ 'src/deep/waters.ts': `export ${waters}` });
  });

  it.each([
    ['it is the default export', `${tides}export default tide;\n`],
    ['it is exported by another name', `${tides}export { tide as flood };\n`],
    ['it only imports the name', "import { tide } from './other';\nexport const all = [tide];\n"],
    ['another export is spelt alike', `${tides}export const tides = [];\n`],
    ['it is declared inside a function', 'export function all() {\n  const tide = 1;\n  return tide;\n}\n'],
    ['several names are declared together', 'const tide = 1, ebb = 2;\nexport { x } from "./x";\n'],
    ['what is taken apart declares it', 'const { tide } = load();\nexport const a = tide;\n'],
    ["the module exports in CommonJS's way", 'function tide() {}\nmodule.exports = { ebb: 1 };\n'],
    [
      'its exports are called by browsers',
      "'use server';\n\nfunction tide() {}\nexport async function save() {\n  tide();\n}\n",
    ],
    ['the module does not parse', 'function tide( {}\n'],
  ])('has no answer when %s', async (_, text) => {
    expect(await repair(text)).toBeUndefined();
  });

  it('keeps from browsers what is of the server alone', async () => {
    const server = `import 'server-only';\n${tides}`;
    expect(await repair(server)).toBeDefined();
    expect(await repair(server, { 'src/next.ts': `'use client';\n${importer}` })).toBeUndefined();
  });

  it('has no answer in a page, whose exports its framework prescribes, but for types', async () => {
    const files = {
      'app/next.ts': "import { tide } from './page';\ntide();\n",
      'app/page.tsx': 'function tide() {}\n\nexport default function Page() {\n  return null;\n}\n',
    };
    const error = {
      file: 'app/next.ts',
      message: `Module '"./page"' declares 'tide' locally, but it is not exported.`,
    };
    expect(await repairWith(missingExport, error, { files })).toBeUndefined();
    const typed = { ...files, 'app/page.tsx': files['app/page.tsx'].replace('function tide() {}', 'type tide = 1;') };
    expect(await repairWith(missingExport, error, { files: typed })).toEqual({
      'app/page.tsx': `export ${typed['app/page.tsx']}`,
    });
  });
});

describe('required-export', () => {
  const paths = "async function getStaticPaths() {\n  return [{ params: { id: '1' } }];\n}\n";
  const file = 'src/pages/boats/[id].astro';
  const astro = (script: string) => `---\n${script}const { id } = Astro.params;\n---\n<h1>{id}</h1>\n`;
  const error = {
    file,
    code: 'GetStaticPathsRequired',
    message:
      '`getStaticPaths()` function is required for dynamic routes. Make sure that you `export` a `getStaticPaths` function from your dynamic route.',
  };

  it("exports Astro's paths", async () => {
    expect(await repairWith(requiredExport, error, { files: { [file]: astro(paths) } })).toEqual({
      [file]: astro(`export ${paths}`),
    });
  });

  it('calls it by its name where it is exported under one like it', async () => {
    const misspelt = astro(`export ${paths.replace('Paths', 'Path')}`);
    expect(await repairWith(requiredExport, error, { files: { [file]: misspelt } })).toEqual({
      [file]: astro(`export ${paths}`),
    });
  });

  it.each([
    ['nothing like it', astro('')],
    ['two functions like it', astro(`export const getStaticPath = 1;\nexport const getStaticPathss = 2;\n`)],
  ])('has no answer where the file has %s', async (_, text) => {
    expect(await repairWith(requiredExport, error, { files: { [file]: text } })).toBeUndefined();
  });

  it('finds the page by its route', async () => {
    const page =
      'function generateStaticParams() {\n  return [];\n}\n\nexport default function Page() {\n  return null;\n}\n';
    const message =
      'Page "/boats/[id]" is missing "generateStaticParams()" so it cannot be used with "output: export" config.';
    expect(
      await repairWith(
        requiredExport,
        { kind: 'page-data', route: '/boats/[id]', message },
        { files: { 'app/boats/[id]/page.tsx': page } },
      ),
    ).toEqual({ 'app/boats/[id]/page.tsx': `export ${page}` });
  });

  const proxy =
    'export function middleware(request: Request) {\n  return trace(request);\n}\n\nexport const config = {};\n';
  it.each([
    ['Proxy is missing expected function export name', 'src/proxy.ts'],
    [
      'The file "./src/proxy.ts" must export a function, either as a default export or as a named "proxy" export.',
      undefined,
    ],
    ['The Proxy file "/proxy" must export a function named `proxy` or a default function.', undefined],
  ])('follows Next.js to its new name for middleware: %s', async (message, at) => {
    expect(
      await repairWith(requiredExport, { ...(at && { file: at }), message }, { files: { 'src/proxy.ts': proxy } }),
    ).toEqual({ 'src/proxy.ts': proxy.replace('middleware', 'proxy') });
  });

  it('leaves a proxy alone that has a name of its own, or a `proxy` in another role', async () => {
    const facts = { file: 'proxy.ts', message: 'Proxy is missing expected function export name' };
    for (const text of [proxy.replace('middleware', 'guard'), `import { proxy } from './net';\n${proxy}`])
      expect(await repairWith(requiredExport, facts, { files: { 'proxy.ts': text } })).toBeUndefined();
  });
});

it.each([
  ['function tide() {}\n', '-export function tide() {}\n+function tide() {}'],
  ['function tide() {}\nexport { next };\n', '-export { next, tide };\n+export { next };'],
  ['function tide() {}\nexport default memo(tide);\n', ''],
])('missing-export leaves what its module gave up, or wraps: %j', async (text, hunks) => {
  const error = { file: 'src/next.ts', message: `Module '"./tides"' declares 'tide' locally, but it is not exported.` };
  const answer = await repairWith(missingExport, error, {
    files: { 'src/tides.ts': text, 'src/next.ts': "import { tide } from './tides';\ntide();\n" },
    changes: [{ status: 'modified', path: 'src/tides.ts', hunks }],
  });
  expect(answer).toBeUndefined();
});
