/** Settings that a tool's own sentence or the repository tells how to write. */
import { describe, expect, it } from 'vitest';
import { baseUrl } from '../../../../lib/patch/suggestions/rules/base-url.js';
import { buildOrder } from '../../../../lib/patch/suggestions/rules/build-order.js';
import { leadingSlash } from '../../../../lib/patch/suggestions/rules/leading-slash.js';
import { vitestConfig } from '../../../../lib/patch/suggestions/rules/vitest-config.js';
import { repairWith } from '../repository.js';

describe('baseUrl, which the compiler no longer takes', () => {
  const error = {
    file: 'tsconfig.json',
    code: 'TS5101',
    message: "Option 'baseUrl' is deprecated and will stop functioning in TypeScript 7.0.",
  };
  const config = (options: string) => `{\n  "compilerOptions": {\n    "strict": true,\n    ${options}\n  }\n}\n`;
  const source = {
    'src/a.ts': "import { b } from '@/b';\n\nexport const a = b;\n",
    'src/b.ts': 'export const b = 1;\n',
  };

  it.each([
    ['"baseUrl": ".",\n    "paths": { "@/*": ["./src/*"] }', '"paths": { "@/*": ["./src/*"] }'],
    ['"baseUrl": ".",\n    "paths": { "@/*": ["src/*"] }', '"paths": { "@/*": ["./src/*"] }'],
    ['"baseUrl": "./src",\n    "paths": { "@/*": ["*"] }', '"paths": { "@/*": ["./src/*"] }'],
  ])('goes, and the mappings lead where they led: %s', async (before, after) => {
    expect(await repairWith(baseUrl, error, { files: { ...source, 'tsconfig.json': config(before) } })).toEqual({
      'tsconfig.json': config(after),
    });
  });

  it('stays where an import is found by it alone', async () => {
    const files = { ...source, 'tsconfig.json': config('"baseUrl": "."'), 'c.ts': "import { b } from 'src/b';\n" };

    expect(await repairWith(baseUrl, error, { files })).toBeUndefined();
  });

  it('stays where the error is about another option, or the tree is not known whole', async () => {
    const files = { ...source, 'tsconfig.json': config('"baseUrl": "."') };
    const other = { ...error, message: "Option 'moduleResolution' is deprecated." };

    expect(await repairWith(baseUrl, other, { files })).toBeUndefined();
    expect(await repairWith(baseUrl, error, { files, truncated: true })).toBeUndefined();
  });
});

describe('a build that does not wait for the packages that it imports', () => {
  const error = {
    kind: 'module-not-found' as const,
    message: "Module not found: Can't resolve '@dock/rates'",
    specifier: '@dock/rates',
    file: 'apps/web/app/page.tsx',
  };
  const files = (turbo: string, main = './dist/index.js') => ({
    'turbo.json': turbo,
    'apps/web/package.json': '{ "name": "@dock/web", "dependencies": { "@dock/rates": "workspace:*" } }',
    'apps/web/app/page.tsx': "import { rates } from '@dock/rates';\n",
    'packages/rates/package.json': `{ "name": "@dock/rates", "main": "${main}", "scripts": { "build": "tsc" } }`,
    'packages/rates/src/index.ts': 'export const rates = [];\n',
  });

  it.each([
    [
      '{ "tasks": { "build": { "outputs": ["dist/**"] } } }',
      '{ "tasks": { "build": { "outputs": ["dist/**"], "dependsOn": ["^build"] } } }',
    ],
    [
      '{ "tasks": { "build": { "dependsOn": ["lint"] } } }',
      '{ "tasks": { "build": { "dependsOn": ["^build", "lint"] } } }',
    ],
    ['{ "pipeline": { "build": { "dependsOn": [] } } }', '{ "pipeline": { "build": { "dependsOn": ["^build"] } } }'],
  ])('waits: %s', async (before, after) => {
    expect(await repairWith(buildOrder, error, { files: files(before) })).toEqual({ 'turbo.json': after });
  });

  it('is left alone where it waits already, or the package is used as it stands', async () => {
    const waiting = '{ "tasks": { "build": { "dependsOn": ["^build"] } } }';
    const bare = '{ "tasks": { "build": {} } }';

    expect(await repairWith(buildOrder, error, { files: files(waiting) })).toBeUndefined();
    expect(await repairWith(buildOrder, error, { files: files(bare, './src/index.ts') })).toBeUndefined();
    expect(await repairWith(buildOrder, { ...error, specifier: 'kelp' }, { files: files(bare) })).toBeUndefined();
  });
});

describe('the configuration of tests in that of Vite', () => {
  const error = {
    file: 'vite.config.ts',
    message:
      "No overload matches this call.\n  Object literal may only specify known properties, and 'test' does not exist in type 'UserConfigExport'.",
  };
  const config = (from: string, names = 'defineConfig') =>
    `import { ${names} } from '${from}';\n\nexport default defineConfig({ test: { environment: 'jsdom' } });\n`;
  const manifest = '{ "devDependencies": { "vite": "^7.0.0", "vitest": "^4.0.0" } }';

  it('is typed by Vitest', async () => {
    expect(
      await repairWith(vitestConfig, error, { files: { 'vite.config.ts': config('vite'), 'package.json': manifest } }),
    ).toEqual({ 'vite.config.ts': config('vitest/config') });
  });

  it.each([
    ['Vitest is not installed', config('vite'), '{ "devDependencies": { "vite": "^7.0.0" } }', error],
    ['another name is imported', config('vite', 'defineConfig, normalizePath'), manifest, error],
    [
      'another option is unknown',
      config('vite'),
      manifest,
      { ...error, message: "'tests' does not exist in type 'UserConfig'." },
    ],
  ])('stays where %s', async (_, text, fields, told) => {
    expect(
      await repairWith(vitestConfig, told, { files: { 'vite.config.ts': text, 'package.json': fields } }),
    ).toBeUndefined();
  });
});

describe('a route of the configuration without its slash', () => {
  const told = (key: string, route: string) => ({
    message: `Error: Invalid redirect found\n\`${key}\` does not start with / for route ${route}`,
  });
  const config = (source: string, destination = '/b') =>
    `export default {\n  redirects: async () => [{ source: '${source}', destination: '${destination}', permanent: true }],\n};\n`;
  const repair = (key: string, source: string, destination?: string) =>
    repairWith(leadingSlash, told(key, JSON.stringify({ source, destination: destination ?? '/b', permanent: true })), {
      files: { 'next.config.mjs': config(source, destination) },
    });

  it('gets it', async () => {
    expect(await repair('source', 'old/:slug')).toEqual({ 'next.config.mjs': config('/old/:slug') });
    expect(await repair('destination', '/a', 'b')).toEqual({ 'next.config.mjs': config('/a', '/b') });
  });

  it('not where it stands twice, is put together, or leads to another host', async () => {
    const twice = { 'next.config.mjs': config('old').replace('[{', "[{ source: 'old' }, {") };
    const route = '{"source":"old","destination":"/b"}';

    expect(await repairWith(leadingSlash, told('source', route), { files: twice })).toBeUndefined();
    expect(
      await repairWith(leadingSlash, told('source', route), { files: { 'next.config.mjs': 'export default {};\n' } }),
    ).toBeUndefined();
    for (const host of ['mailto://x', 'api.example.com/:path*', 'localhost:4000/:path*', 'example.com'])
      expect(await repair('destination', '/a', host)).toBeUndefined();
    expect(await repair('destination', '/a', 'map.xml')).toEqual({ 'next.config.mjs': config('/a', '/map.xml') });
  });
});

it('baseUrl stays where the mappings of another configuration start at it', async () => {
  const base = '{\n  "compilerOptions": {\n    "strict": true,\n    "baseUrl": "."\n  }\n}\n';
  const error = { file: 'tsconfig.base.json', message: "Option 'baseUrl' is deprecated and will stop functioning." };
  const app = (options: string) => `{ "extends": "../tsconfig.base.json", "compilerOptions": { ${options} } }\n`;
  const repair = (options: string) =>
    repairWith(baseUrl, error, { files: { 'tsconfig.base.json': base, 'app/tsconfig.json': app(options) } });

  expect(await repair('"noEmit": true')).toBeDefined();
  expect(await repair('"paths": { "@lib/*": ["lib/*"] }')).toBeUndefined();
});
