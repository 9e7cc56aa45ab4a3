import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../lib/context/source.js';
import type { Diagnosis } from '../../lib/diagnosis/diagnosis.js';
import type { Edit } from '../../lib/patch/patch.js';
import { validatePatch } from '../../lib/patch/validate-patch.js';
import { contextOf, DIAGNOSIS, FILES } from './hostile/repository.js';

function swap(path: string, search: string, replace: string): Edit {
  return { kind: 'replace', path, search, replace };
}

interface HarmlessCase {
  readonly name: string;
  readonly edits: readonly Edit[];
  readonly diagnosis?: Diagnosis;
  readonly files?: Readonly<Record<string, string>>;
  readonly changes?: readonly FileChange[];
}

const REPAIR = swap('lib/tides.ts', 'tide.heigth', 'tide.height');

function failing(message: string, change: Partial<Diagnosis['errors'][number]> = {}): Diagnosis {
  return {
    ...DIAGNOSIS,
    summary: message,
    errors: [{ tool: 'next', kind: 'other', message, file: 'app/page.tsx', ...change }],
  };
}

function sideBySide(name: string, code: string): HarmlessCase {
  return { name, edits: [REPAIR, swap('lib/tides.ts', '  let most = 0;', code)] };
}

const CASES: readonly HarmlessCase[] = [
  { name: 'the repair itself', edits: [REPAIR] },
  sideBySide('directives inside a string', "  let most = 0;\n  console.log('use @ts-ignore or eslint-disable');"),
  sideBySide('the word any in a name and a comment', '  // in any case\n  let most = 0;'),
  sideBySide('a not', '  let most = 0;\n  if (!tides.length) return most;'),
  sideBySide(
    'a catch that reports',
    '  let most = 0;\n  try {\n    most = 1;\n  } catch (error) {\n    console.error(error);\n  }',
  ),
  sideBySide('a single checked cast', '  let most = 0 as number;'),
  sideBySide('a constant assertion', "  let most = 0;\n  const units = ['m'] as const;\n  console.log(units);"),
  sideBySide('one variable of the environment', "  let most = Number(process.env.LOWEST ?? '0');"),
  sideBySide('an early return under a condition', '  if (tides.length === 0) return 0;\n  let most = 0;'),
  sideBySide('an explaining comment', '  // The API gives heights in metres.\n  let most = 0;'),
  {
    name: 'an option that the tool takes in another file now',
    files: {
      'svelte.config.js': "export default {\n  kit: {\n    alias: {},\n    trailingSlash: 'always',\n  },\n};\n",
    },
    edits: [
      swap('svelte.config.js', "    alias: {},\n    trailingSlash: 'always',", '    alias: {},'),
      { kind: 'create', path: 'src/routes/+layout.ts', content: "export const trailingSlash = 'always';\n" },
    ],
    diagnosis: {
      ...failing('Error: Unexpected option config.kit.trailingSlash', { file: 'svelte.config.js', kind: 'config' }),
      class: 'config',
    },
  },
  {
    name: 'a function that moves into another file at fault, whole',
    files: { 'lib/extra.ts': 'export const one = 1;\n\nexport function twice(n: number) {\n  return n * 2;\n}\n' },
    changes: [{ path: 'lib/extra.ts', status: 'modified', hunks: '' }],
    edits: [
      REPAIR,
      swap('lib/extra.ts', '\nexport function twice(n: number) {\n  return n * 2;\n}\n', ''),
      swap(
        'components/Chart.tsx',
        'export function Chart',
        'export function twice(n: number) {\n  return n * 2;\n}\n\nexport function Chart',
      ),
    ],
  },
  {
    name: 'a dynamic import that goes into client code, as Next.js asks',
    files: {
      'app/tides/page.tsx':
        "import dynamic from 'next/dynamic';\n\nconst Lazy = dynamic(() => import('../../components/Chart').then((m) => m.Chart), { ssr: false });\n\nexport default function Page() {\n  return <Lazy tides={[]} />;\n}\n",
    },
    edits: [
      swap(
        'app/tides/page.tsx',
        "import dynamic from 'next/dynamic';",
        "import { Lazy } from '../../components/lazy';",
      ),
      swap(
        'app/tides/page.tsx',
        "\nconst Lazy = dynamic(() => import('../../components/Chart').then((m) => m.Chart), { ssr: false });\n",
        '',
      ),
      {
        kind: 'create',
        path: 'components/lazy.tsx',
        content:
          "'use client';\n\nimport dynamic from 'next/dynamic';\n\nexport const Lazy = dynamic(() => import('./Chart').then((m) => m.Chart), { ssr: false });\n",
      },
    ],
    diagnosis: failing('`ssr: false` is not allowed with `next/dynamic` in Server Components.', {
      file: 'app/tides/page.tsx',
    }),
  },
  {
    name: 'one of two functions at one address',
    files: { 'api/health.ts': 'export default () => 1;\n', 'api/health.js': 'export default () => 2;\n' },
    edits: [{ kind: 'delete', path: 'api/health.js' }],
    diagnosis: failing('The path "api/health.js" has conflicts with "api/health.ts"', {
      file: 'api/health.js',
      kind: 'config',
    }),
  },
  {
    name: 'one of two pages whose parameter bears two names',
    files: {
      'pages/[id].js': `${'// a page\n'.repeat(40)}export default function Page() {\n  return null;\n}\n`,
      'pages/[slug].js': 'export default function Page() {\n  return 1;\n}\n',
    },
    edits: [{ kind: 'delete', path: 'pages/[id].js' }],
    diagnosis: failing("You cannot use different slug names for the same dynamic path ('id' !== 'slug').", {
      file: 'pages/[id].js',
    }),
  },
  {
    name: 'a route handler beside a page',
    files: {
      'app/targets/page.tsx': 'export default function Page() {\n  return null;\n}\n',
      'app/targets/route.ts': 'export function GET() {\n  return new Response();\n}\n',
    },
    edits: [{ kind: 'delete', path: 'app/targets/route.ts' }],
    diagnosis: failing('Conflicting route and page at /targets: route at /targets/route and page at /targets/page', {
      file: 'app/targets/route.ts',
    }),
  },
  {
    name: 'slashes that begin a path, and no comment',
    files: { 'svelte.config.js': "export default { kit: { prerender: { entries: ['about', 'rules'] } } };\n" },
    edits: [swap('svelte.config.js', "['about', 'rules']", "['/about', '/rules']")],
    diagnosis: {
      ...failing('entries must be absolute', { file: 'svelte.config.js', kind: 'config' }),
      class: 'config',
    },
  },
  {
    name: 'an option of a page that the framework cannot follow',
    files: { 'src/routes/book/+page.server.ts': 'export const prerender = true;\nexport const actions = {};\n' },
    edits: [swap('src/routes/book/+page.server.ts', 'export const prerender = true;\n', '')],
    diagnosis: failing('Error: Cannot prerender pages with actions', { file: 'src/routes/book/+page.server.ts' }),
  },
  {
    name: 'a loader that the configuration names',
    files: { 'next.config.ts': 'export default { webpack: (config) => config };\n' },
    edits: [
      swap('next.config.ts', '{ webpack', "{ turbopack: { rules: { '*.csv': ['./lib/csv-loader.cjs'] } }, webpack"),
      { kind: 'create', path: 'lib/csv-loader.cjs', content: 'module.exports = (text) => text;\n' },
    ],
    diagnosis: {
      ...failing('This build is using Turbopack, with a `webpack` config', { file: 'next.config.ts', kind: 'config' }),
      class: 'config',
    },
  },
  {
    name: 'the right name of a package of the repository',
    files: {
      'packages/kit/package.json': '{ "name": "@tide/kit", "exports": "./index.js" }\n',
      'apps/web/package.json': '{\n  "dependencies": {\n    "@tide/kits": "*"\n  }\n}\n',
    },
    diagnosis: failing('404 Not Found - GET https://registry.example/@tide%2fkits', {
      tool: 'npm',
      kind: 'package-missing',
      specifier: '@tide/kits',
      file: 'apps/web/package.json',
    }),
    edits: [swap('apps/web/package.json', '"@tide/kits"', '"@tide/kit"')],
  },
  {
    name: 'the right name of a package that only the lockfile knows',
    files: {
      'package.json': '{\n  "dependencies": {\n    "left-padd": "^1.3.0"\n  }\n}\n',
      'package-lock.json': '{ "packages": { "node_modules/left-pad": { "version": "1.3.0" } } }\n',
    },
    diagnosis: failing('404 Not Found - GET https://registry.example/left-padd', {
      tool: 'npm',
      kind: 'package-missing',
      specifier: 'left-padd@^1.3.0',
      file: 'package.json',
    }),
    edits: [swap('package.json', '"left-padd"', '"left-pad"')],
  },
  {
    name: 'a file of two, of which the framework wants the other alone',
    files: {
      'middleware.ts': 'export function middleware() {}\n',
      'proxy.ts': 'export function proxy() {}\n',
    },
    diagnosis: failing(
      'Error: Both middleware file "./middleware.ts" and proxy file "./proxy.ts" are detected. Please use "./proxy.ts" only.',
      { kind: 'route-contract', file: 'middleware.ts' },
    ),
    edits: [{ kind: 'delete', path: 'middleware.ts' }],
  },
  {
    name: 'a tool whose package the latest change took out of the manifest',
    files: {
      'apps/web/package.json': '{\n  "devDependencies": {\n    "tide-tools": "1.0.0"\n  }\n}\n',
    },
    changes: [
      { path: 'apps/web/package.json', status: 'modified', hunks: '@@ -3,0 +3 @@\n-    "tide-runner": "^2.0.4",' },
    ],
    diagnosis: failing('sh: line 1: run-tides: command not found', {
      tool: 'shell',
      kind: 'package-missing',
      code: 'command-not-found',
      symbol: 'run-tides',
      file: 'apps/web/package.json',
    }),
    edits: [
      swap('apps/web/package.json', '"tide-tools": "1.0.0"', '"tide-runner": "^2.0.4",\n    "tide-tools": "1.0.0"'),
    ],
  },
  {
    name: 'the scheme of an address that the configuration has without',
    files: { 'astro.config.mjs': "export default { site: 'tides.example' };\n" },
    diagnosis: failing('site: Invalid url', { tool: 'astro', kind: 'config', file: 'astro.config.mjs', line: 1 }),
    edits: [swap('astro.config.mjs', "'tides.example'", "'https://tides.example'")],
  },
  {
    name: 'an address that the latest change broke',
    files: { 'site.config.mjs': "export default { site: 'tides' };\n" },
    changes: [
      {
        path: 'site.config.mjs',
        status: 'modified',
        hunks: "@@ -1 +1 @@\n-export default { site: 'https://tides.example' };\n+export default { site: 'tides' };",
      },
    ],
    diagnosis: failing('site: Invalid url', { tool: 'astro', kind: 'config', file: 'site.config.mjs', line: 1 }),
    edits: [swap('site.config.mjs', "'tides'", "'https://tides.example'")],
  },
  {
    name: 'a bracket in a file that did not parse, beside what stood in it',
    files: {
      'lib/entry.ts':
        "// eslint-disable-next-line no-console\nconsole.log(document.getElementById('root')!.id);\nexport const all: any = [\n  1,\n  2;\n",
    },
    diagnosis: failing("Expected ']' but found ';'", {
      tool: 'esbuild',
      kind: 'syntax',
      file: 'lib/entry.ts',
      line: 5,
    }),
    edits: [swap('lib/entry.ts', '  2;', '  2,\n];')],
  },
  {
    name: 'a builtin',
    edits: [
      REPAIR,
      swap(
        'lib/tides.ts',
        'const HOST',
        "import { join } from 'node:path';\nexport const file = join('a', 'b');\nconst HOST",
      ),
    ],
  },
  {
    name: 'an import by an alias that looks like a home',
    diagnosis: failing('Cannot find name', { file: 'components/Tide.astro' }),
    files: {
      'components/Tide.astro': '---\nconst title = 1;\n---\n<h1>{title}</h1>\n',
      'src/lib/a.ts': 'export const b = 1;\n',
    },
    edits: [swap('components/Tide.astro', 'const title = 1;', "import { b } from '~/lib/a';\nconst title = b;")],
  },
  {
    name: 'a component called Base',
    diagnosis: failing('Cannot find name', { file: 'components/Tide.astro' }),
    files: { 'components/Tide.astro': '---\nconst Base = "b";\n---\n<h1>a</h1>\n' },
    edits: [swap('components/Tide.astro', '<h1>a</h1>', '<Base><h1>a</h1></Base>')],
  },
  {
    name: 'an Astro component that could not be read before: what its compiler adds is not ours',
    files: { 'components/Tide.astro': '---\ncosnt title = "Tides";\n---\n<h1>{title}</h1>\n' },
    edits: [swap('components/Tide.astro', 'cosnt', 'const')],
    diagnosis: failing("Expected ';' but found 'title'", {
      tool: 'astro',
      kind: 'syntax',
      file: 'components/Tide.astro',
      line: 2,
    }),
  },
  {
    name: 'an any that moves within the file',
    files: { 'lib/tides.ts': 'const a: any = 1;\nexport const b = a;\nexport const height = heigth;\n' },
    edits: [
      {
        kind: 'create',
        path: 'lib/tides.ts',
        content: 'export const height = 1;\nconst a: any = 1;\nexport const b = a;\n',
      },
    ],
  },
  {
    name: 'a function that moves to another file with its assertion',
    files: {
      'lib/tides.ts': "import { nameOf } from './names.server';\nexport const high = nameOf('h');\n",
      'lib/names.server.ts':
        "import { names } from './names';\n\nexport function nameOf(key: string): string {\n  return names.get(key)!;\n}\n\nexport const size = names.size;\n",
      'lib/names.ts': "export const names = new Map([['h', 'High water']]);\n",
    },
    edits: [
      swap('lib/tides.ts', './names.server', './names'),
      swap(
        'lib/names.server.ts',
        'export function nameOf(key: string): string {\n  return names.get(key)!;\n}\n',
        "export { nameOf } from './names';\n",
      ),
      swap(
        'lib/names.ts',
        "[['h', 'High water']]);",
        "[['h', 'High water']]);\n\nexport function nameOf(key: string): string {\n  return names.get(key)!;\n}",
      ),
    ],
    diagnosis: failing('Server-only module referenced by client', { file: 'lib/tides.ts' }),
  },
  {
    name: 'a suppression that was there',
    files: { 'lib/tides.ts': '// @ts-ignore\nexport const height = heigth;\n' },
    edits: [swap('lib/tides.ts', 'heigth', '1')],
  },
  {
    name: 'a file moved to where its importer looks',
    files: {
      'lib/tides.ts': "import { most } from './maximum';\nexport const height = most;\n",
      'lib/max.ts': 'export const most = 1;\nexport const least = 0;\nexport const mean = 0.5;\n',
    },
    edits: [
      { kind: 'delete', path: 'lib/max.ts' },
      {
        kind: 'create',
        path: 'lib/maximum.ts',
        content: 'export const most = 1;\nexport const least = 0;\nexport const mean = 0.5;\n',
      },
    ],
    diagnosis: failing("Module not found: Can't resolve './maximum'", {
      file: 'lib/tides.ts',
      specifier: './maximum',
      kind: 'module-not-found',
    }),
  },
  {
    name: 'one side of a merge',
    files: {
      'lib/tides.ts': `<<<<<<< HEAD\n${Array.from({ length: 30 }, (_, at) => `export const left${at} = ${at};`).join('\n')}\n=======\nexport const right = 1;\n>>>>>>> feature\n`,
    },
    edits: [{ kind: 'create', path: 'lib/tides.ts', content: 'export const right = 1;\n' }],
    diagnosis: failing('Merge conflict marker encountered.', { file: 'lib/tides.ts', kind: 'syntax' }),
  },
  {
    name: 'an unused function that the linter names',
    files: {
      'lib/tides.ts': `function unused() {\n${'  console.log(1 + 1);\n'.repeat(14)}}\nexport const height = 1;\n`,
    },
    edits: [{ kind: 'create', path: 'lib/tides.ts', content: 'export const height = 1;\n' }],
    diagnosis: failing("'unused' is declared but never used.", {
      file: 'lib/tides.ts',
      code: 'TS6133',
      symbol: 'unused',
      kind: 'lint',
    }),
  },
  {
    name: 'an export that Next.js forbids',
    edits: [
      swap('app/page.tsx', 'export const metadata', 'const metadata'),
      swap('app/page.tsx', '<h1>Tides', '<h1>{metadata.title}'),
    ],
    diagnosis: failing('You are attempting to export "metadata" from a component marked with \'use client\'.', {
      symbol: 'metadata',
    }),
  },
  {
    name: 'no server rendering where a browser global is missing',
    edits: [
      swap(
        'app/page.tsx',
        "import { Chart } from '../components/Chart';",
        "import dynamic from 'next/dynamic';\nconst Chart = dynamic(() => import('../components/Chart').then((m) => m.Chart), { ssr: false });",
      ),
    ],
    diagnosis: failing('ReferenceError: window is not defined', { kind: 'prerender', route: '/' }),
  },
  {
    name: 'a dynamic page where the log asks for it',
    edits: [
      swap('app/page.tsx', 'export const metadata', "export const dynamic = 'force-dynamic';\nexport const metadata"),
    ],
    diagnosis: failing("Dynamic server usage: Route / couldn't be rendered statically because it used `cookies`.", {
      kind: 'prerender',
    }),
  },
  {
    name: 'a missing package with the version of a sibling workspace',
    files: { 'apps/web/package.json': '{ "dependencies": { "zod": "^3.22.0" } }\n' },
    edits: [swap('package.json', '"react": "19.1.0"', '"react": "19.1.0",\n    "zod": "^3.22.0"')],
    diagnosis: {
      ...failing("Module not found: Can't resolve 'zod'", {
        specifier: 'zod',
        kind: 'module-not-found',
        file: 'lib/tides.ts',
      }),
      class: 'dependency',
    },
  },
  {
    name: 'a package of the repository under the name that the latest change gave it',
    files: {
      'packages/kit/package.json': '{\n  "name": "@tide/parts",\n  "exports": "./index.js"\n}\n',
      'packages/kit/index.js': 'export const one = 1;\n',
      'apps/web/package.json': '{\n  "dependencies": {\n    "@tide/kit": "*"\n  }\n}\n',
      'apps/web/main.ts': "import { one } from '@tide/kit';\nexport const two = one * 2;\n",
      'apps/web/layout.ts': "import '@tide/kit/styles.css';\nexport const layout = 1;\n",
    },
    changes: [
      {
        path: 'packages/kit/package.json',
        status: 'modified',
        hunks: '@@ -1,3 +1,3 @@\n {\n-  "name": "@tide/kit",\n+  "name": "@tide/parts",',
      },
    ],
    edits: ['apps/web/package.json', 'apps/web/main.ts', 'apps/web/layout.ts'].map((path) =>
      swap(path, '@tide/kit', '@tide/parts'),
    ),
    diagnosis: {
      ...failing("Module not found: Can't resolve '@tide/kit'", {
        specifier: '@tide/kit',
        kind: 'module-not-found',
        file: 'apps/web/main.ts',
      }),
      class: 'dependency',
    },
  },
  {
    name: 'an output directory',
    edits: [swap('vercel.json', '".next"', '"out"')],
    diagnosis: {
      ...failing('No Output Directory named ".next" found. See vercel.json.', {
        kind: 'output-directory',
        file: 'vercel.json',
      }),
      class: 'config',
    },
  },
  {
    name: 'a stricter compiler configuration',
    edits: [swap('tsconfig.json', '"jsx": "preserve"', '"jsx": "preserve",\n    "baseUrl": "."')],
    diagnosis: failing("Cannot find module 'lib/tides'", { file: 'tsconfig.json', kind: 'config' }),
  },
];

describe('the policy lets an honest repair through', () => {
  it.each(CASES)('$name', async ({ edits, diagnosis, files, changes }) => {
    const result = await validatePatch({
      patch: {
        repairer: 'gemini',
        edits,
        cause: 'tides.ts has a fault.',
        change: 'Mends it in tides.ts and page.tsx.',
        confidence: 1,
        origin: [],
      },
      context: { ...contextOf({ ...FILES, ...files }), ...(changes ? { changes } : {}) },
      diagnosis: diagnosis ?? DIAGNOSIS,
    });

    expect(result).toMatchObject({ outcome: 'valid' });
  });
});
