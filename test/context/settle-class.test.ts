import { describe, expect, it } from 'vitest';
import { gatherContext } from '../../lib/context/gather.js';
import { withSettledClass } from '../../lib/context/settle-class.js';
import type { BuildError, FailureClass } from '../../lib/diagnosis/diagnosis.js';
import { diagnosisOf } from './failures/failure.js';
import { readTexts } from './texts-reader.js';

async function settle(
  files: Readonly<Record<string, string>>,
  error: BuildError,
  failureClass: FailureClass,
  repairable = true,
) {
  const diagnosis = { ...diagnosisOf([error]), class: failureClass, repairable };
  const context = await gatherContext(diagnosis, readTexts(new Map(Object.entries(files)), { whole: true }), {
    rootDirectory: '',
  });
  return withSettledClass(diagnosis, context.settled);
}

const notFound = (specifier: string): BuildError => ({
  tool: 'vite',
  kind: 'module-not-found',
  message: `Rollup failed to resolve import "${specifier}"`,
  specifier,
  file: 'src/main.ts',
});
const aliased = {
  'package.json': '{ "name": "reef" }',
  'tsconfig.json': '{ "compilerOptions": { "paths": { "@reef/*": ["./src/*"] } } }',
  'src/main.ts': "import { tide } from '@reef/tide';\n",
};

describe('settleClass', () => {
  it('calls an installation by another package manager than the lockfile’s configuration', async () => {
    const error: BuildError = {
      tool: 'npm',
      kind: 'lockfile',
      code: 'EUSAGE',
      message: 'The `npm ci` command can only install with an existing package-lock.json',
      file: 'package-lock.json',
    };
    const files = { 'package.json': '{}', 'pnpm-lock.yaml': '', 'vercel.json': '{ "installCommand": "npm ci" }' };

    expect(await settle(files, error, 'dependency')).toMatchObject({ class: 'config' });
    expect(await settle({ ...files, 'package-lock.json': '{}' }, error, 'dependency')).toMatchObject({
      class: 'dependency',
    });
    expect(await settle({ ...files, 'vercel.json': '{}' }, error, 'dependency')).toMatchObject({ class: 'dependency' });
  });

  it('calls an alias that only the compiler knows configuration, though it looks like a package', async () => {
    const settled = await settle({ ...aliased, 'src/tide.ts': '' }, notFound('@reef/tide'), 'dependency');

    expect(settled).toMatchObject({ class: 'config', evidence: [{ from: 'repository' }] });
  });

  it.each([
    ['Set REEF_ORIGIN before building', 'environment'],
    ['REEF_ORIGIN is required', 'environment'],
    ['Set REEF_DEPTH before building', 'config'],
    ['REEF_ORIGIN has a path', 'config'],
  ])('takes what the code demands by name for a variable if it reads one: %s', async (message, expected) => {
    const files = {
      'package.json': '{ "name": "reef" }',
      'vite.config.ts': `if (!process.env.REEF_ORIGIN) throw new Error('...');\nconst REEF_DEPTH = 3;\n`,
    };
    const error: BuildError = { tool: 'vite', kind: 'config', message: `Error: ${message}`, file: 'vite.config.ts' };

    expect(await settle(files, error, 'config')).toMatchObject({ class: expected });
  });

  it('calls an alias to a file that is not there code', async () => {
    expect(await settle(aliased, notFound('@reef/tide'), 'dependency')).toMatchObject({ class: 'code' });
  });

  it('calls an alias configuration that leads to a folder which is not there', async () => {
    const files = {
      ...aliased,
      'vite.config.ts': "export default { resolve: { alias: { '@reef': path.resolve(__dirname, './source') } } };\n",
      'src/tide.ts': '',
    };

    expect(await settle(files, notFound('/vercel/path0/source/tide'), 'code')).toMatchObject({ class: 'config' });
  });

  it('calls tasks configuration that let nothing be built first', async () => {
    const files = {
      'turbo.json': '{ "tasks": { "build": { "outputs": ["dist/**"] } } }',
      'package.json': '{ "workspaces": ["apps/*", "packages/*"] }',
      'apps/web/package.json': '{ "name": "web", "dependencies": { "@reef/ui": "*" } }',
      'apps/web/main.ts': "import { Bell } from '@reef/ui';\n",
      'packages/ui/package.json': '{ "name": "@reef/ui", "main": "./dist/index.js", "scripts": { "build": "tsc" } }',
      'packages/ui/src/index.ts': 'export const Bell = 1;\n',
    };
    const error = { ...notFound('@reef/ui'), file: 'apps/web/main.ts' };

    expect(await settle(files, error, 'dependency')).toMatchObject({ class: 'config' });
    const ordered = { ...files, 'turbo.json': '{ "tasks": { "build": { "dependsOn": ["^build"] } } }' };
    expect(await settle(ordered, error, 'dependency')).toMatchObject({ class: 'dependency' });
    const { 'turbo.json': _, ...rest } = files;
    const nx = { ...rest, 'nx.json': '{ "targetDefaults": { "build": { "cache": true } } }' };
    expect(await settle(nx, error, 'dependency')).toMatchObject({ class: 'config' });
    const misled = { ...ordered, 'packages/ui/tsconfig.json': '{ "compilerOptions": { "outDir": "lib" } }' };
    expect(await settle(misled, error, 'dependency')).toMatchObject({ class: 'config' });
    const { 'turbo.json': _turbo, ...alone } = ordered;
    expect(await settle(alone, error, 'dependency')).toMatchObject({ class: 'config' });
    const undeclared = { ...alone, 'apps/web/package.json': '{ "name": "web" }' };
    expect(await settle(undeclared, error, 'dependency')).toMatchObject({ class: 'dependency' });
    const spread = (settings: string) => ({
      ...ordered,
      'packages/ui/test/bell.test.ts': '',
      'packages/ui/tsconfig.json': `{ "compilerOptions": { "outDir": "dist"${settings} }, "include": ["src", "test"] }`,
    });
    expect(await settle(spread(''), error, 'dependency')).toMatchObject({ class: 'config' });
    expect(await settle(spread(', "rootDir": "src"'), error, 'dependency')).toMatchObject({ class: 'dependency' });
  });

  it('leaves a package a dependency', async () => {
    expect(await settle(aliased, notFound('kelp'), 'dependency')).toMatchObject({ class: 'dependency' });
  });

  it('calls an error configuration whose quoted value stands in a configuration file alone', async () => {
    const error: BuildError = { tool: 'vite', kind: 'script-failed', message: "Error: Invalid tide 'spring9'" };
    const files = { ...aliased, 'svelte.config.js': "export default { tide: 'spring9' };\n" };

    expect(await settle(files, error, 'code')).toMatchObject({ class: 'config' });
  });

  it('names the variable behind a setting that is missing', async () => {
    const error: BuildError = { tool: 'script', kind: 'config', message: 'Error: "tides.key" is required' };
    const files = { ...aliased, 'kelp.config.js': 'export default { tides: { key: process.env.TIDES_KEY } };\n' };

    expect(await settle(files, error, 'config')).toMatchObject({
      class: 'environment',
      repairable: false,
      remedy: expect.stringContaining('TIDES_KEY'),
    });
  });

  it('keeps the fingerprint of the log', async () => {
    expect((await settle(aliased, notFound('@reef/tide'), 'dependency')).fingerprint).toBe('0123456789abcdef');
  });

  it('calls compiler options configuration that every file breaks for', async () => {
    const files = {
      'package.json': '{ "name": "reef", "dependencies": { "react": "^19.0.0" } }',
      'tsconfig.json': '{ "compilerOptions": { "module": "esnext" } }',
      'src/main.tsx': 'export const Reef = () => <p>Reef</p>;\n',
    };
    const error: BuildError = {
      tool: 'typescript',
      kind: 'type',
      code: 'TS17004',
      message: "Cannot use JSX unless the '--jsx' flag is provided.",
      file: 'src/main.tsx',
      line: 1,
    };

    expect(await settle(files, error, 'code')).toMatchObject({ class: 'config', evidence: [{ from: 'repository' }] });
  });

  it.each([
    ['the machine that builds', 'http://localhost:4000/tides', { class: 'code', repairable: true }],
    ['another machine', 'https://tides.example/today', { class: 'transient', repairable: false }],
  ])('a request of a page that failed without a word goes to %s', async (_whom, address, expected) => {
    const files = {
      'package.json': '{ "name": "reef" }',
      'pages/tides.js': `import { readTides } from '../lib/tides';\nexport const getStaticProps = readTides;\n`,
      'lib/tides.js': `export const readTides = async () => ({ props: await (await fetch('${address}')).json() });\n`,
    };
    const error: BuildError = {
      tool: 'next',
      kind: 'network',
      code: 'FETCH_FAILED',
      message: 'TypeError: fetch failed',
      route: '/tides',
    };

    expect(await settle(files, error, 'transient', false)).toMatchObject(expected);
  });

  it.each([
    ['a variable', 'new URL(process.env.TIDES_URL!)', { class: 'environment', repairable: false }],
    ['a constant', "new URL('tides')", { class: 'code', repairable: true }],
  ])('an address that cannot be read is made of %s', async (_what, address, expected) => {
    const files = {
      'package.json': '{ "name": "reef" }',
      'app/tides/page.tsx': "import { tides } from '../../lib/tides';\nexport default () => tides.href;\n",
      'lib/tides.ts': `export const tides = ${address};\n`,
    };
    const error: BuildError = { tool: 'next', kind: 'page-data', message: 'TypeError: Invalid URL', route: '/tides' };

    expect(await settle(files, error, 'code')).toMatchObject(expected);
  });

  it.each([
    ['a variable', 'process.env.TIDES_API', {}, { class: 'environment', repairable: false }],
    ['a constant', "'http://127.0.0.1:4010'", {}, { class: 'code', repairable: true }],
    ['a file', 'process.env.TIDES_API', { '.env.production': '' }, { class: 'code', repairable: true }],
    [
      'a variable that is told',
      'process.env.TIDES_API',
      { 'README.md': 'TIDES_API=http://127.0.0.1:4010\n' },
      { class: 'environment' },
    ],
  ])('the machine that builds is asked because %s says so', async (_what, address, others, expected) => {
    const files = {
      'package.json': '{ "name": "reef" }',
      'app/tides/page.tsx': "import { readTides } from '../../lib/tides';\nexport default () => readTides();\n",
      'lib/tides.ts': `const service = ${address};\nexport const readTides = () => fetch(\`\${service}/tides\`);\n`,
      ...others,
    };
    const message = 'TypeError: fetch failed: Error: connect ECONNREFUSED 127.0.0.1:4010';

    expect(await settle(files, { tool: 'next', kind: 'page-data', message, route: '/tides' }, 'code')).toMatchObject(
      expected,
    );
  });

  it('calls a package of the repository configuration that does not let in what it has', async () => {
    const files = {
      'apps/web/package.json': '{ "name": "web", "dependencies": { "@reef/tides": "workspace:*" } }',
      'apps/web/main.ts': "import { moon } from '@reef/tides/moon';\n",
      'packages/tides/package.json': '{ "name": "@reef/tides", "exports": { ".": "./dist/index.js" } }',
      'packages/tides/src/moon.ts': 'export const moon = 1;\n',
    };
    const error = { ...notFound('@reef/tides/moon'), file: 'apps/web/main.ts' };

    expect(await settle(files, error, 'code')).toMatchObject({ class: 'config' });
  });

  it('calls a lost style sheet configuration that configuration asks for', async () => {
    const files = {
      'package.json': '{ "name": "reef", "dependencies": { "nuxt": "^4.0.0" } }',
      'nuxt.config.ts': "export default defineNuxtConfig({ css: ['~/assets/main.css'] });\n",
      'app/app.vue': '<template><p>Reef</p></template>\n',
      'app/assets/reef.css': 'p { color: teal }\n',
    };
    const { file: _, ...error } = notFound('/vercel/path0/app//assets/main.css');

    expect(await settle(files, error, 'code')).toMatchObject({ class: 'config' });
  });

  it('calls a module code that was never committed to a folder which the compiler looks into', async () => {
    const files = {
      'package.json': '{ "name": "reef", "dependencies": { "next": "14.2.33" } }',
      'tsconfig.json': '{ "compilerOptions": { "baseUrl": "." } }',
      'lib/tides.ts': "import { pattern } from 'lib/locale';\n",
    };
    const error = { ...notFound('lib/locale'), file: 'lib/tides.ts' };

    expect(await settle(files, error, 'dependency')).toMatchObject({ class: 'code' });
  });

  it.each([
    ['configuration', 'postcss.config.mjs', { class: 'config' }],
    ['code', 'src/main.ts', { class: 'code' }],
  ])('calls a package %s that %s misspells', async (_what, file, expected) => {
    const files = {
      'package.json': '{ "name": "reef", "devDependencies": { "tailwindcss": "^3.4.0" } }',
      [file]: "import 'tailwindcs';\n",
    };

    expect(await settle(files, { ...notFound('tailwindcs'), file }, 'dependency')).toMatchObject(expected);
  });

  it('calls types that nothing declares a dependency', async () => {
    const files = { 'package.json': '{ "name": "reef" }', 'src/main.ts': "import ms from 'ms';\n" };
    const error: BuildError = {
      tool: 'typescript',
      kind: 'type',
      code: 'TS7016',
      message: "Could not find a declaration file for module 'ms'.",
      specifier: 'ms',
      file: 'src/main.ts',
      line: 1,
    };

    expect(await settle(files, error, 'code')).toMatchObject({ class: 'dependency' });
  });

  it('blames the environment for a variable that is read on the line that broke', async () => {
    const files = {
      'package.json': '{ "name": "reef" }',
      'nuxt.config.ts':
        'export default defineNuxtConfig({\n  runtimeConfig: { key: process.env.REEF_KEY!.trim() },\n});\n',
    };
    const error: BuildError = {
      tool: 'nuxt',
      kind: 'config',
      message: "Cannot read properties of undefined (reading 'trim')",
      file: 'nuxt.config.ts',
      line: 2,
    };

    expect(await settle(files, error, 'config')).toMatchObject({ class: 'environment', repairable: false });
  });
});
