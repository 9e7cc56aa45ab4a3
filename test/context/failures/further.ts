import { bikeKitchen, choir, market, nightSchool, orchard, seeds, toolLibrary, walks } from './apps.js';
import type { Failure } from './failure.js';

/** Written after the rules were settled on the others: what they say about failures that nobody thought of. */
export const furtherFailures: readonly Failure[] = [
  {
    name: 'import reaches too far up',
    app: choir,
    broken: {},
    edits: { 'pages/concerts/[date].js': ['../../lib/concerts', '../../../lib/concerts'] },
    errors: [
      {
        tool: 'webpack',
        kind: 'module-not-found',
        message: "Module not found: Can't resolve '../../../lib/concerts'",
        file: 'pages/concerts/[date].js',
        specifier: '../../../lib/concerts',
      },
    ],
    fault: [['pages/concerts/[date].js']],
  },
  {
    name: 'two modules that read each other while they load',
    app: {
      'package.json': '{ "name": "quay" }',
      'app/page.tsx': "import { berths } from '../lib/berths';\n\nexport default () => berths.length;\n",
      'lib/berths.ts': "import { fee } from './fees';\n\nexport const berths = [fee('a')];\n",
      'lib/fees.ts': "import { areas } from './areas';\n\nexport const fee = (id: string) => areas[id];\n",
      'lib/areas.ts': "import { format } from './format';\n\nexport const areas = { a: format(1) };\n",
      'lib/format.ts': 'export const format = (n: number) => n.toFixed(2);\n',
      'lib/log.ts': 'export const log = console.log;\n',
    },
    broken: { 'lib/areas.ts': "import { berths } from './berths';\n\nexport const areas = { a: berths.length };\n" },
    errors: [
      {
        tool: 'next',
        kind: 'page-data',
        message: "ReferenceError: Cannot access 'n' before initialization",
        symbol: 'n',
        route: '/',
      },
    ],
    fault: [['lib/areas.ts'], ['lib/berths.ts'], ['lib/fees.ts']],
  },
  {
    name: 'a test that finds a wrong sum',
    app: {
      'package.json': '{ "name": "quay" }',
      'lib/sum.ts': 'export const sum = (a: number, b: number) => a + b;\n',
      'lib/tide.ts': 'export const tide = 1;\n',
      'test/sum.test.ts':
        "import { expect, it } from 'vitest';\nimport { sum } from '../lib/sum';\nimport { tide } from '../lib/tide';\n\nit('adds', () => {\n  expect(sum(2, 3)).toBe(5);\n});\n",
    },
    broken: { 'lib/sum.ts': 'export const sum = (a: number, b: number) => a - b;\n' },
    errors: [
      {
        tool: 'tests',
        kind: 'other',
        code: 'assertion',
        message: 'AssertionError: expected -1 to be 5 // Object.is equality',
        file: 'test/sum.test.ts',
        line: 6,
        column: 21,
      },
    ],
    fault: [['lib/sum.ts']],
  },
  {
    name: 'a schema that is found by a pattern',
    app: {
      'package.json': '{ "name": "quay", "scripts": { "build": "graphql-codegen" } }',
      'codegen.ts': "export default { schema: './graphql/**/*.graphql' };\n",
      'graphql/berths/berth.graphql': 'type Berth { id: ID! }\n',
      'src/index.ts': 'export const one = 1;\n',
    },
    broken: { 'graphql/berths/berth.graphql': 'type Berth { id ID! }\n' },
    errors: [
      {
        tool: 'script',
        kind: 'syntax',
        message:
          'Failed to find any GraphQL type definitions in: ./graphql/**/*.graphql;\n- Syntax Error: Expected ":", found Name "ID".',
      },
    ],
    fault: [['graphql/berths/berth.graphql']],
  },
  {
    name: 'a table with a short row',
    app: {
      'package.json': '{ "name": "quay" }',
      'app/page.tsx': "import { rows } from '../lib/rows';\n\nexport default () => rows.length;\n",
      'lib/rows.ts': "export const rows = read('data/tides.csv').map((row) => row[2].trim());\n",
      'data/tides.csv': 'at,height,kind\n03:12,1.2,high\n09:40,0.4,low\n',
      'data/moons.csv': 'at,name\n03:12,new\n',
    },
    broken: { 'data/tides.csv': 'at,height,kind\n03:12,1.2\n09:40,0.4,low\n' },
    errors: [
      {
        tool: 'next',
        kind: 'prerender',
        message: "TypeError: Cannot read properties of undefined (reading 'trim')",
        symbol: 'trim',
        file: 'lib/rows.ts',
        line: 1,
        column: 63,
        route: '/',
      },
    ],
    fault: [['data/tides.csv'], ['lib/rows.ts']],
  },
  {
    name: 'an entry without what the others have',
    app: {
      'package.json': '{ "name": "quay", "scripts": { "build": "node scripts/site.mjs" } }',
      'scripts/site.mjs': 'const title = (data) => data.title.trim();\n',
      'notes/a.md': '---\ntitle: A\n---\n',
      'notes/b.md': '---\ntitle: B\n---\n',
      'notes/c.md': '---\ntitle: C\n---\n',
    },
    broken: { 'notes/c.md': '---\nfrom: 1\n---\n' },
    errors: [
      {
        tool: 'node',
        kind: 'script-failed',
        message: "TypeError: Cannot read properties of undefined (reading 'trim')",
        symbol: 'trim',
        file: 'scripts/site.mjs',
        line: 1,
        column: 39,
      },
    ],
    fault: [['notes/c.md'], ['scripts/site.mjs']],
  },
  {
    name: 'a text that one language lacks',
    app: {
      'package.json': '{ "name": "quay" }',
      'i18n/en.json': '{ "deposit": "Deposit" }\n',
      'i18n/it.json': '{ "deposit": "Acconto" }\n',
      'i18n/strings.ts': "import en from './en.json';\nimport it from './it.json';\n\nexport const all = { en, it };\n",
    },
    broken: { 'i18n/it.json': '{}\n' },
    errors: [
      { tool: 'astro', kind: 'prerender', message: 'No text "deposit" for it', file: 'i18n/strings.ts', route: '/it' },
    ],
    fault: [['i18n/it.json'], ['i18n/strings.ts']],
  },
  {
    name: 'folder renamed, two importers outside',
    app: bikeKitchen,
    broken: {
      'src/orders/OrderList.vue': null,
      'src/orders/OrderRow.vue': null,
      'src/work-orders/OrderList.vue': bikeKitchen['src/orders/OrderList.vue'] ?? '',
      'src/work-orders/OrderRow.vue': bikeKitchen['src/orders/OrderRow.vue'] ?? '',
    },
    errors: [
      {
        tool: 'vue-tsc',
        kind: 'module-not-found',
        code: 'TS2307',
        message: "Cannot find module '~/orders/OrderList.vue' or its corresponding type declarations.",
        file: 'src/App.vue',
        line: 2,
        column: 23,
        specifier: '~/orders/OrderList.vue',
      },
    ],
    fault: [['src/App.vue']],
  },
  {
    name: 'index of a folder deleted',
    app: {
      ...toolLibrary,
      'app/page.tsx': "import { TopBar } from '@/ui';\n\nexport default function Home() {\n  return <TopBar />;\n}\n",
    },
    broken: {},
    errors: [
      {
        tool: 'turbopack',
        kind: 'module-not-found',
        message: "Module not found: Can't resolve '@/ui'",
        file: 'app/page.tsx',
        line: 1,
        column: 1,
        specifier: '@/ui',
      },
    ],
    fault: [['app/page.tsx'], ['ui/index.ts'], ['ui/index.tsx']],
  },
  {
    name: 'subpath imports gone from the manifest',
    app: {
      ...orchard,
      'src/lib/varieties.ts':
        "import { readRows } from '#server/rows';\n\nexport function findVariety(slug: string) {\n  return readRows().then((rows) => rows.find((row) => row.tree === slug));\n}\n",
    },
    broken: {},
    errors: [
      {
        tool: 'rollup',
        kind: 'module-not-found',
        message: 'Rollup failed to resolve import "#server/rows" from "src/lib/varieties.ts".',
        file: 'src/lib/varieties.ts',
        specifier: '#server/rows',
      },
    ],
    fault: [['package.json'], ['src/lib/varieties.ts'], ['svelte.config.js'], ['vite.config.js']],
  },
  {
    name: 'type exported by the wrong module of a package',
    app: market,
    broken: {},
    edits: {
      'libs/scales/src/index.ts': ["export type { Crate } from './crate';", "export type { Crates } from './crate';"],
    },
    rootDirectory: 'sites/stall',
    errors: [
      {
        tool: 'typescript',
        kind: 'export-missing',
        code: 'TS2724',
        message: "'\"./crate\"' has no exported member named 'Crates'. Did you mean 'Crate'?",
        file: 'src/index.ts',
        line: 2,
        column: 15,
        symbol: 'Crates',
        suggestion: 'Crate',
        specifier: './crate',
        package: '@market/scales',
      },
    ],
    fault: [['libs/scales/src/index.ts']],
  },
  {
    name: 'default import of a module with named exports only',
    app: toolLibrary,
    broken: {},
    edits: { 'app/browse/page.tsx': ['{ Filters }', 'Filters'] },
    errors: [
      {
        tool: 'turbopack',
        kind: 'export-missing',
        message: "Export default doesn't exist in target module",
        file: 'app/browse/page.tsx',
        line: 1,
        column: 1,
        symbol: 'default',
        specifier: '@/ui/filters',
      },
    ],
    fault: [['app/browse/page.tsx']],
  },
  {
    name: 'function got a second parameter, three callers',
    app: toolLibrary,
    broken: {},
    edits: { 'data/dates.ts': ['(date: string)', '(date: string, locale: string)'] },
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS2554',
        message: 'Expected 2 arguments, but got 1.',
        file: 'ui/due-date.tsx',
        line: 4,
        column: 17,
      },
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS2554',
        message: 'Expected 2 arguments, but got 1.',
        file: 'ui/tool-card.tsx',
        line: 5,
        column: 50,
      },
    ],
    fault: [['ui/due-date.tsx', 'ui/tool-card.tsx'], ['data/dates.ts']],
  },
  {
    name: 'wrong return type inside the helper',
    app: bikeKitchen,
    broken: {},
    edits: { 'src/money.ts': ['(cents / 100).toFixed(2)', '(cents / 100).toFixed("2")'] },
    errors: [
      {
        tool: 'vue-tsc',
        kind: 'type',
        code: 'TS2345',
        message: "Argument of type 'string' is not assignable to parameter of type 'number'.",
        file: 'src/money.ts',
        line: 2,
        column: 31,
      },
    ],
    fault: [['src/money.ts']],
  },
  {
    name: 'unused import under strict options',
    app: seeds,
    broken: {},
    edits: { 'app/root.tsx': ['{ Outlet }', '{ Link, Outlet }'] },
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS6133',
        message: "'Link' is declared but its value is never read.",
        file: 'app/root.tsx',
        line: 1,
        column: 10,
        symbol: 'Link',
      },
    ],
    fault: [['app/root.tsx']],
  },
  {
    name: 'library option of the compiler',
    app: bikeKitchen,
    broken: {},
    edits: { 'tsconfig.app.json': ['"strict": true', '"strict": true, "lib": ["es2015", "dom"]'] },
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS2550',
        message: "Property 'at' does not exist on type 'Order[]'. Do you need to change your target library?",
        file: 'src/stores/orders.ts',
        line: 10,
        column: 12,
        symbol: 'at',
      },
    ],
    fault: [['tsconfig.app.json'], ['src/stores/orders.ts']],
  },
  {
    name: 'syntax error behind an import trace',
    app: market,
    broken: {},
    edits: { 'libs/signs/src/awning.tsx': ['</header>', '</heading>'] },
    rootDirectory: 'sites/stall',
    errors: [
      {
        tool: 'turbopack',
        kind: 'syntax',
        message: "Parsing ecmascript source code failed. Expected '</', got 'heading'",
        file: 'libs/signs/src/awning.tsx',
        line: 2,
        column: 25,
        trace: ['libs/signs/src/index.ts', 'sites/stall/src/app/layout.tsx'],
      },
    ],
    fault: [['libs/signs/src/awning.tsx']],
  },
  {
    name: 'sass variable that is not defined',
    app: {
      ...walks,
      'src/styles/main.scss': "@use './tokens';\n\nbody {\n  color: tokens.$ink;\n}\n",
      'src/styles/_tokens.scss': '$paper: #fff;\n',
    },
    broken: {},
    errors: [
      {
        tool: 'sass',
        kind: 'style',
        message: 'Undefined variable.',
        file: 'src/styles/main.scss',
        line: 4,
        column: 10,
        symbol: '$ink',
      },
    ],
    fault: [['src/styles/main.scss'], ['src/styles/_tokens.scss']],
  },
  {
    name: 'document in an effectless Svelte layout',
    app: orchard,
    broken: {
      'src/parts/Season.svelte':
        '<script lang="ts">\n  const wide = document.body.clientWidth > 800;\n</script>\n\n<p>{wide}</p>\n',
    },
    errors: [
      {
        tool: 'sveltekit',
        kind: 'prerender',
        message: 'ReferenceError: document is not defined',
        route: '/varieties/cox',
      },
    ],
    fault: [['src/parts/Season.svelte']],
  },
  {
    name: 'guarded use beside the unguarded one',
    app: {
      ...toolLibrary,
      'ui/top-bar.tsx':
        "'use client';\nimport { useEffect } from 'react';\n\nexport function TopBar() {\n  useEffect(() => {\n    window.scrollTo(0, 0);\n  }, []);\n  return <p>Tool library</p>;\n}\n",
      'ui/tool-card.tsx':
        "'use client';\nimport type { Tool } from '@/data/types';\n\nexport function ToolCard({ tool }: { tool: Tool }) {\n  const narrow = window.innerWidth < 500;\n  return <article>{narrow ? tool.id : tool.name}</article>;\n}\n",
    },
    broken: {},
    errors: [{ tool: 'next', kind: 'prerender', message: 'ReferenceError: window is not defined', route: '/' }],
    fault: [['ui/tool-card.tsx']],
  },
  {
    name: 'metadata in a client page',
    app: toolLibrary,
    broken: {},
    edits: {
      'app/browse/page.tsx': [
        'import { Filters }',
        "'use client';\n\nexport const metadata = { title: 'Browse' };\nimport { Filters }",
      ],
    },
    errors: [
      {
        tool: 'turbopack',
        kind: 'client-boundary',
        message:
          'You are attempting to export "metadata" from a component marked with "use client", which is disallowed.',
        file: 'app/browse/page.tsx',
        line: 3,
        column: 14,
        symbol: 'metadata',
      },
    ],
    fault: [['app/browse/page.tsx']],
  },
  {
    name: 'search parameters deep in a client tree',
    app: {
      ...toolLibrary,
      'app/browse/page.tsx':
        "import { BrowseShell } from '@/ui/browse-shell';\n\nexport default function Browse() {\n  return <BrowseShell />;\n}\n",
      'ui/browse-shell.tsx':
        "'use client';\nimport { Filters } from './filters';\n\nexport function BrowseShell() {\n  return <Filters />;\n}\n",
    },
    broken: {},
    errors: [
      {
        tool: 'next',
        kind: 'suspense-boundary',
        message: 'useSearchParams() should be wrapped in a suspense boundary at page "/browse".',
        route: '/browse',
      },
    ],
    fault: [['app/browse/page.tsx'], ['ui/browse-shell.tsx'], ['ui/filters.tsx']],
  },
  {
    name: 'static export without params',
    app: toolLibrary,
    broken: {},
    edits: { 'next.config.mjs': ['reactStrictMode: true', "output: 'export'"] },
    errors: [
      {
        tool: 'next',
        kind: 'page-data',
        message:
          'Error: Page "/tools/[id]" is missing "generateStaticParams()" so it cannot be used with "output: export" config.',
        route: '/tools/[id]',
      },
    ],
    fault: [['app/tools/[id]/page.tsx'], ['next.config.mjs']],
  },
  {
    name: 'front matter date in the wrong form, file named',
    app: walks,
    broken: {},
    edits: { 'src/trails/north-ridge.md': ['title: North ridge', 'titel: North ridge'] },
    errors: [
      {
        tool: 'astro',
        kind: 'other',
        code: 'InvalidContentEntryDataError',
        message: 'trails → north-ridge data does not match collection schema. title: Required',
        file: 'src/trails/north-ridge.md',
        line: 2,
      },
    ],
    fault: [['src/trails/north-ridge.md']],
  },
  {
    name: 'module of the framework configuration missing',
    app: nightSchool,
    broken: {},
    errors: [
      {
        tool: 'nuxt',
        kind: 'module-not-found',
        message: 'Could not load `@nuxt/image`. Is it installed?',
        specifier: '@nuxt/image',
      },
    ],
    fault: [['package.json'], ['nuxt.config.ts']],
  },
  {
    name: 'adapter not declared',
    app: orchard,
    broken: {},
    edits: { 'package.json': ['"@sveltejs/adapter-vercel": "^5.0.0",', ''] },
    errors: [
      {
        tool: 'node',
        kind: 'module-not-found',
        message:
          "Error [ERR_MODULE_NOT_FOUND]: Cannot find package '@sveltejs/adapter-vercel' imported from /vercel/path0/svelte.config.js",
        specifier: '@sveltejs/adapter-vercel',
        file: 'svelte.config.js',
      },
    ],
    fault: [['package.json']],
  },
  {
    name: 'workspace dependency not declared, pnpm',
    app: market,
    broken: {},
    edits: { 'sites/stall/package.json': ['@market/scales', '@market/balances'] },
    rootDirectory: 'sites/stall',
    errors: [
      {
        tool: 'pnpm',
        kind: 'package-missing',
        code: 'ERR_PNPM_WORKSPACE_PKG_NOT_FOUND',
        message:
          'In sites/stall: "@market/balances@workspace:*" is in the dependencies but no package named "@market/balances" is present in the workspace',
        symbol: '@market/balances',
      },
    ],
    fault: [['sites/stall/package.json']],
  },
  {
    name: 'function bundle too large',
    app: toolLibrary,
    broken: {},
    errors: [
      {
        tool: 'vercel',
        kind: 'size',
        message:
          'The Vercel Function "api/loans" is 267mb uncompressed which exceeds the maximum uncompressed size limit of 250mb.',
      },
    ],
    fault: [['next.config.mjs'], ['vercel.json']],
  },
  {
    name: 'a function that takes one more, and callers that do not give it',
    app: toolLibrary,
    broken: {
      'data/dates.ts':
        "import dayjs from 'dayjs';\n\nexport const formatDue = (date: string, locale: string) => dayjs(date).locale(locale).format('D MMM');\n",
    },
    errors: [
      {
        tool: 'next',
        kind: 'type',
        message: 'Expected 2 arguments, but got 1.',
        file: 'ui/due-date.tsx',
        line: 4,
        column: 17,
      },
    ],
    fault: [['ui/due-date.tsx', 'ui/tool-card.tsx']],
  },
  {
    name: 'a component that wants one more property, and users that do not give it',
    app: toolLibrary,
    broken: {
      'ui/due-date.tsx':
        "import { formatDue } from '@/data/dates';\n\nexport function DueDate({ date, late }: { date: string; late: boolean }) {\n  return <time className={late ? 'late' : ''}>{formatDue(date)}</time>;\n}\n",
    },
    errors: [
      {
        tool: 'next',
        kind: 'type',
        message:
          "Property 'late' is missing in type '{ date: string; }' but required in type '{ date: string; late: boolean; }'.",
        file: 'app/tools/[id]/page.tsx',
        line: 7,
        column: 11,
      },
    ],
    fault: [['app/tools/[id]/page.tsx', 'ui/loan-table.tsx']],
  },
  {
    name: 'a function that became asynchronous, and callers that do not wait for it',
    app: {
      ...toolLibrary,
      'app/browse/page.tsx':
        "import { findTool } from '@/data/tools';\n\nexport default function Browse() {\n  return <p>{findTool('spade').name}</p>;\n}\n",
    },
    broken: {},
    edits: {
      'data/tools.ts': [
        'export function findTool(id: string): Tool {',
        'export async function findTool(id: string): Promise<Tool> {',
      ],
    },
    errors: [
      {
        tool: 'next',
        kind: 'type',
        message: "Property 'dueOn' does not exist on type 'Promise<Tool>'.",
        symbol: 'dueOn',
        file: 'app/tools/[id]/page.tsx',
        line: 7,
        column: 30,
      },
    ],
    fault: [['app/tools/[id]/page.tsx', 'app/browse/page.tsx']],
  },
  {
    name: 'an alias that SvelteKit’s configuration calls otherwise',
    app: {
      'package.json': '{ "name": "quay", "devDependencies": { "@sveltejs/kit": "^2.0.0" } }',
      'svelte.config.js': "export default { kit: { alias: { $model: 'src/model' } } };\n",
      'vite.config.ts':
        "import { sveltekit } from '@sveltejs/kit/vite';\n\nexport default { plugins: [sveltekit()] };\n",
      'tsconfig.json': '{ "extends": "./.svelte-kit/tsconfig.json" }',
      'src/model/boats.ts': 'export const boats = [];\n',
      'src/model/crew.ts': 'export const crew = [];\n',
      'src/routes/+page.ts': "import { boats } from '$domain/boats';\n\nexport const load = () => ({ boats });\n",
      'src/routes/crew/+page.ts': "import { crew } from '$domain/crew';\n\nexport const load = () => ({ crew });\n",
    },
    broken: {},
    errors: [
      {
        tool: 'svelte-check',
        kind: 'module-not-found',
        message: "Cannot find module '$domain/boats' or its corresponding type declarations.",
        file: 'src/routes/+page.ts',
        specifier: '$domain/boats',
      },
    ],
    fault: [['svelte.config.js']],
  },
  {
    name: 'entries of two formats that lack what the schema calls by a new name',
    app: {
      'package.json': '{ "name": "quay", "dependencies": { "astro": "^5.0.0" } }',
      'src/content.config.ts': 'export const collections = { boats: { schema: z.object({ berth: z.number() }) } };\n',
      'src/boats/ketch.md': '---\nplace: 1\n---\n',
      'src/boats/yawl.mdx': '---\nplace: 2\n---\n',
    },
    broken: {},
    errors: [
      {
        tool: 'astro',
        kind: 'type',
        code: 'InvalidContentEntryDataError',
        message: 'boats → yawl data does not match collection schema.\nberth: berth: Required',
        file: 'src/boats/yawl.mdx',
      },
    ],
    fault: [['src/boats/yawl.mdx', 'src/boats/ketch.md']],
  },
  {
    name: 'compiler libraries without the browser’s',
    app: {
      'package.json': '{ "name": "quay", "dependencies": { "vite": "^7.0.0", "react": "^19.0.0" } }',
      'vite.config.ts': 'export default {};\n',
      'tsconfig.json': '{ "compilerOptions": { "lib": ["esnext"] } }',
      'vercel.json': '{ "buildCommand": "npm run build" }',
      'src/main.tsx': "import { berths } from './berths';\n\nexport const Berths = () => <p>{berths.length}</p>;\n",
      'src/berths.ts': 'export const berths: string[] = [];\n',
    },
    broken: {},
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        message: "Property 'value' does not exist on type 'EventTarget & HTMLSelectElement'.",
        symbol: 'value',
        file: 'src/main.tsx',
        line: 3,
      },
    ],
    fault: [['tsconfig.json']],
  },
  {
    name: 'compiler options that extend what is not there',
    app: {
      'package.json': '{ "name": "quay", "dependencies": { "vite": "^7.0.0", "react": "^19.0.0" } }',
      'vite.config.ts': 'export default {};\n',
      'tsconfig.json': '{ "extends": "./config/base.json" }',
      'vercel.json': '{ "buildCommand": "npm run build" }',
      'src/main.tsx': "import { berths } from './berths';\n\nexport const Berths = () => <p>{berths.length}</p>;\n",
      'src/berths.ts': 'export const berths: string[] = [];\n',
    },
    broken: {},
    errors: [
      {
        tool: 'typescript',
        kind: 'config',
        code: 'TS5083',
        message: "Cannot read file '/vercel/path0/config/base.json'.",
        file: 'config/base.json',
      },
    ],
    fault: [['tsconfig.json']],
  },
  {
    name: 'types that a declared package does not have',
    app: {
      'package.json': '{ "name": "quay", "dependencies": { "vite": "^7.0.0", "react": "^19.0.0" } }',
      'vite.config.ts': 'export default {};\n',
      'tsconfig.json': '{ "compilerOptions": { "types": ["vite/clients"] } }',
      'vercel.json': '{ "buildCommand": "npm run build" }',
      'src/main.tsx': "import { berths } from './berths';\n\nexport const Berths = () => <p>{berths.length}</p>;\n",
      'src/berths.ts': 'export const berths: string[] = [];\n',
    },
    broken: {},
    errors: [
      {
        tool: 'typescript',
        kind: 'package-missing',
        code: 'TS2688',
        message: "Cannot find type definition file for 'vite/clients'.",
        specifier: 'vite/clients',
      },
    ],
    fault: [['tsconfig.json']],
  },
  {
    name: 'a command into a folder that is not there',
    app: {
      'package.json': '{ "name": "quay", "dependencies": { "vite": "^7.0.0", "react": "^19.0.0" } }',
      'vite.config.ts': 'export default {};\n',
      'tsconfig.json': '{}',
      'vercel.json': '{ "buildCommand": "npm run build" }',
      'src/main.tsx': "import { berths } from './berths';\n\nexport const Berths = () => <p>{berths.length}</p>;\n",
      'src/berths.ts': 'export const berths: string[] = [];\n',
    },
    broken: {
      'vercel.json': '{ "buildCommand": "cd web && npm run build" }',
    },
    errors: [{ tool: 'shell', kind: 'file-missing', message: "sh: 1: cd: can't cd to web", specifier: 'web' }],
    fault: [['vercel.json']],
  },
  {
    name: 'a type error, and behind it an entry that is not there',
    app: {
      'package.json': '{ "name": "quay" }',
      'index.html': '<div id="root"></div>\n<script type="module" src="/src/main.tsx"></script>\n',
      'src/main.tsx': "import { berths } from './berths';\n\nberths.size;\n",
      'src/berths.ts': 'export const berths: string[] = [];\n',
      'src/crew.ts': 'export const crew = 1;\n',
    },
    broken: { 'index.html': '<div id="root"></div>\n<script src="/src/index.tsx" type="module"></script>\n' },
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS2339',
        message: "Property 'size' does not exist on type 'string[]'.",
        symbol: 'size',
        file: 'src/main.tsx',
        line: 3,
      },
    ],
    fault: [['src/main.tsx', 'index.html']],
  },
  {
    name: 'a constant in a module of server actions, and who takes it',
    app: {
      'package.json': '{ "name": "quay" }',
      'app/book/page.tsx': "import { Form } from '../../ui/form';\n\nexport default () => <Form />;\n",
      'app/book/actions.ts':
        "'use server';\n\nexport const empty = { ok: false };\n\nexport async function book() {\n  return empty;\n}\n",
      'ui/form.tsx':
        "'use client';\nimport { book, empty } from '../app/book/actions';\n\nexport const Form = () => <form action={book}>{String(empty.ok)}</form>;\n",
      'ui/other.tsx': 'export const Other = 1;\n',
    },
    broken: {},
    errors: [
      {
        tool: 'next',
        kind: 'client-boundary',
        message: 'Error: A "use server" file can only export async functions, found object.',
        route: '/book',
      },
    ],
    fault: [['app/book/actions.ts', 'ui/form.tsx']],
  },
  {
    name: 'a module of the configuration that is misspelt',
    app: {
      'package.json': '{ "name": "quay", "dependencies": { "nuxt": "^4.0.0", "@pinia/nuxt": "^0.11.0" } }',
      'nuxt.config.ts': "export default defineNuxtConfig({ modules: ['@pinia/nuxtt'] });\n",
      'app/app.vue': '<template><p>Quay</p></template>\n',
    },
    broken: {},
    errors: [
      {
        tool: 'nuxt',
        kind: 'package-missing',
        message: 'Could not load `@pinia/nuxtt`. Is it installed?',
        specifier: '@pinia/nuxtt',
      },
    ],
    fault: [['nuxt.config.ts']],
  },
  {
    name: 'a name of the browser that the linter does not know',
    app: {
      'package.json': '{ "name": "quay" }',
      'eslint.config.js': 'export default [{ languageOptions: { globals: globals.node } }];\n',
      'src/main.js': 'document.title = "Quay";\n',
    },
    broken: {},
    errors: [
      {
        tool: 'eslint',
        kind: 'lint',
        code: 'no-undef',
        message: "'document' is not defined",
        file: 'src/main.js',
        line: 1,
      },
    ],
    fault: [['eslint.config.js']],
  },
  {
    name: 'an alias below the root that leads to no folder',
    app: {
      'package.json': '{ "name": "quay" }',
      'vite.config.js': "export default { resolve: { alias: { '~': '/app' } } };\n",
      'src/main.js': "import { berths } from '~/berths.js';\n\nberths();\n",
      'src/berths.js': 'export const berths = () => 1;\n',
    },
    broken: {},
    errors: [
      {
        tool: 'vite',
        kind: 'module-not-found',
        message: 'Could not load /app/berths.js (imported by src/main.js): ENOENT: no such file or directory',
        file: 'src/main.js',
        specifier: '/app/berths.js',
      },
    ],
    fault: [['vite.config.js']],
  },
  {
    name: 'paths that the solution’s own configuration does not hold',
    app: {
      'package.json': '{ "name": "quay" }',
      'vite.config.ts': "export default { resolve: { alias: { '@': './src' } } };\n",
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
      'tsconfig.app.json': '{ "compilerOptions": { "paths": { "@/*": ["./source/*"] } }, "include": ["src"] }',
      'src/main.ts': "import { berths } from '@/berths';\n\nberths();\n",
      'src/crew.ts': "import { berths } from '@/berths';\n\nberths();\n",
      'src/berths.ts': 'export const berths = () => 1;\n',
    },
    broken: {},
    errors: [
      {
        tool: 'typescript',
        kind: 'module-not-found',
        code: 'TS2307',
        message: "Cannot find module '@/berths' or its corresponding type declarations.",
        file: 'src/main.ts',
        line: 1,
        specifier: '@/berths',
      },
    ],
    fault: [['tsconfig.app.json']],
  },
  {
    name: 'a filter for a package that is not there',
    app: {
      'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - packages/*\n',
      'apps/web/package.json':
        '{ "name": "@quay/web", "scripts": { "build": "pnpm --filter \\"@quay/wbe^...\\" build && tsc" } }',
      'packages/tides/package.json': '{ "name": "@quay/tides" }',
      'apps/web/main.ts': "import { tides } from '@quay/tides';\n",
    },
    broken: {},
    rootDirectory: 'apps/web',
    errors: [
      {
        tool: 'pnpm',
        kind: 'config',
        code: 'no-projects-matched',
        message: 'No projects matched the filters in "/vercel/path0"',
      },
    ],
    fault: [['apps/web/package.json']],
  },
  {
    name: 'a hook that fails itself, and who uses what it gives',
    app: {
      'package.json': '{ "name": "quay", "dependencies": { "react": "^19.0.0" } }',
      'src/App.tsx':
        "import { useBoats } from './useBoats';\n\nexport const App = () => {\n  const boats = useBoats();\n  return boats.map((boat) => boat.name);\n};\n",
      'src/useBoats.ts':
        "import { useQuery } from 'react-query';\n\nexport const useBoats = () => useQuery(['boats']).data;\n",
    },
    broken: {},
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS18046',
        message: "'boats' is of type 'unknown'.",
        symbol: 'boats',
        file: 'src/App.tsx',
        line: 5,
      },
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS7006',
        message: "Parameter 'boat' implicitly has an 'any' type.",
        symbol: 'boat',
        file: 'src/App.tsx',
        line: 5,
      },
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS2769',
        message: 'No overload matches this call.',
        file: 'src/useBoats.ts',
        line: 3,
      },
    ],
    fault: [['src/useBoats.ts']],
  },
  {
    name: 'a member that another takes apart',
    app: {
      'package.json': '{ "name": "quay" }',
      'src/types.ts': 'export interface Boat {\n  builtIn: number;\n}\n',
      'src/list.ts':
        "import type { Boat } from './types';\n\nexport const years = (boats: Boat[]) => boats.map((boat) => boat.built);\n",
      'src/old.ts':
        "import type { Boat } from './types';\n\nexport const old = (boats: Boat[]) => boats.filter(({ built }) => built < 1950);\n",
      'src/new.ts': 'export const a = 1;\n',
    },
    broken: {},
    errors: [
      {
        tool: 'next',
        kind: 'type',
        message: "Property 'built' does not exist on type 'Boat'. Did you mean 'builtIn'?",
        symbol: 'built',
        suggestion: 'builtIn',
        file: 'src/list.ts',
        line: 3,
      },
    ],
    fault: [['src/list.ts', 'src/old.ts']],
  },
  {
    name: 'a workspace that leaves a package out',
    rootDirectory: 'apps/web',
    app: {
      'package.json': '{ "name": "quay-root", "private": true }',
      'pnpm-workspace.yaml': "packages:\n  - apps/* # what is deployed\n  - 'package/*'\ncatalog:\n  react: ^19.0.0\n",
      'apps/web/package.json': '{ "name": "@quay/web", "dependencies": { "@quay/tides": "workspace:*" } }',
      'apps/web/main.ts': "import { tides } from '@quay/tides';\n\ntides();\n",
      'packages/tides/package.json': '{ "name": "@quay/tides", "main": "./dist/index.js" }',
      'packages/tides/src/index.ts': 'export const tides = () => 1;\n',
    },
    broken: {},
    errors: [
      {
        tool: 'turbopack',
        kind: 'module-not-found',
        message: "Module not found: Can't resolve '@quay/tides'",
        file: 'apps/web/main.ts',
        line: 1,
        specifier: '@quay/tides',
      },
    ],
    fault: [['pnpm-workspace.yaml']],
  },
  {
    name: 'a filter in the build command of Vercel',
    app: {
      'pnpm-workspace.yaml': 'packages:\n  - apps/*\n',
      'apps/web/package.json': '{ "name": "@quay/web", "scripts": { "build": "next build" } }',
      'apps/web/vercel.json': '{ "buildCommand": "pnpm --filter @quay/site build" }\n',
    },
    broken: {},
    rootDirectory: 'apps/web',
    errors: [
      {
        tool: 'pnpm',
        kind: 'config',
        code: 'no-projects-matched',
        message: 'No projects matched the filters in "/vercel/path0"',
      },
    ],
    fault: [['apps/web/vercel.json']],
  },
  {
    name: 'a hook that runs on the server',
    app: {
      'package.json': '{ "dependencies": { "next": "16.0.0" } }',
      'app/layout.tsx':
        "import { Bar } from '../ui/Bar';\n\nexport default function Layout() {\n  return <Bar />;\n}\n",
      'ui/Bar.tsx':
        "import { useTide } from '../lib/useTide';\n\nexport function Bar() {\n  return <b>{useTide()}</b>;\n}\n",
      'lib/useTide.ts': "import { useState } from 'react';\n\nexport const useTide = () => useState(0)[0];\n",
    },
    broken: {},
    errors: [
      {
        tool: 'turbopack',
        kind: 'client-boundary',
        message: "You're importing a module that depends on `useState` into a React Server Component module.",
        file: 'lib/useTide.ts',
        line: 1,
        trace: ['ui/Bar.tsx', 'app/layout.tsx'],
      },
    ],
    fault: [['ui/Bar.tsx']],
  },
  {
    name: 'a file of which the caller knew no name',
    app: {
      'lib/tides.ts':
        "import { readFileSync } from 'node:fs';\n\nexport const readTide = (slug: string) => readFileSync('tides/' + slug + '.md', 'utf8');\n",
      'app/tides/[slug]/page.tsx':
        "import { readTide } from '../../../lib/tides';\n\nexport default function Page({ params }: { params: { slug: string } }) {\n  return <p>{readTide(params.slug)}</p>;\n}\n",
      'tides/neap.md': '# Neap\n',
    },
    broken: {},
    errors: [
      {
        tool: 'next',
        kind: 'file-missing',
        code: 'ENOENT',
        message: "ENOENT: no such file or directory, open '/vercel/path0/tides/undefined.md'",
        specifier: 'tides/undefined.md',
        file: 'lib/tides.ts',
        line: 3,
        trace: ['app/tides/[slug]/page.tsx'],
      },
    ],
    fault: [['app/tides/[slug]/page.tsx']],
  },
  {
    name: 'a part of a template under its old name',
    app: {
      'build.mjs':
        "import { readFileSync } from 'node:fs';\n\nexport const part = (name) => readFileSync('views/parts/' + name + '.hbs', 'utf8');\n",
      'views/page.hbs': '<main>\n{{> banner}}\n</main>\n',
      'views/about.hbs': '<main>\n{{> masthead}}\n</main>\n',
      'views/parts/masthead.hbs': '<header></header>\n',
    },
    broken: {},
    errors: [
      {
        tool: 'script',
        kind: 'file-missing',
        code: 'ENOENT',
        message: "ENOENT: no such file or directory, open '/vercel/path0/views/parts/banner.hbs'",
        specifier: 'views/parts/banner.hbs',
        file: 'build.mjs',
        line: 3,
      },
    ],
    fault: [['views/page.hbs']],
  },
  {
    name: 'an output directory whose word stands in other settings',
    app: {
      'package.json': '{ "scripts": { "build": "astro build" }, "dependencies": { "astro": "5.0.0" } }',
      'tsconfig.json': '{ "extends": "astro/tsconfigs/strict", "exclude": ["dist"] }\n',
      'astro.config.mjs':
        "import { defineConfig } from 'astro/config';\n\nexport default defineConfig({ outDir: './out' });\n",
    },
    broken: {},
    errors: [
      {
        tool: 'vercel',
        kind: 'output-directory',
        code: 'STATIC_BUILD_NO_OUT_DIR',
        message: 'Error: No Output Directory named "dist" found after the Build completed.',
        symbol: 'dist',
      },
    ],
    fault: [['astro.config.mjs']],
  },
  {
    name: 'a page that waits for data outside of Suspense',
    app: {
      'package.json': '{ "dependencies": { "next": "16.0.0" } }',
      'app/layout.tsx':
        "import { Finder } from '../ui/Finder';\n\nexport default function Layout() {\n  return <Finder />;\n}\n",
      'app/find/page.tsx':
        'export default async function Page({ searchParams }: { searchParams: Promise<{ q: string }> }) {\n  const { q } = await searchParams;\n  return <p>{q}</p>;\n}\n',
      'ui/Finder.tsx':
        "'use client';\n\nimport { useSearchParams } from 'next/navigation';\n\nexport function Finder() {\n  return <b>{useSearchParams().get('q')}</b>;\n}\n",
    },
    broken: {},
    errors: [
      {
        tool: 'next',
        kind: 'suspense-boundary',
        message: 'Error: Route "/find": Next.js encountered uncached or runtime data during prerendering.',
        route: '/find',
      },
    ],
    fault: [['app/find/page.tsx']],
  },
  {
    name: 'a place in a template for what nobody gives',
    app: {
      'build.mjs': "import { fill } from './fill.mjs';\n\nfill('views/page.html', { title: 'Quay' });\n",
      'fill.mjs': 'export function fill(source, values) {\n  throw new Error(source + values);\n}\n',
      'views/page.html': '<h1>{{title}}</h1>\n<p>{{depth}}</p>\n',
      'views/about.html': '<h1>{{title}}</h1>\n',
    },
    broken: {},
    errors: [
      {
        tool: 'node',
        kind: 'script-failed',
        message: 'Error: nothing stands for {{depth}}',
        file: 'fill.mjs',
        line: 2,
        trace: ['build.mjs'],
      },
    ],
    fault: [['views/page.html']],
  },
  {
    name: 'a global style sheet that a component imports',
    app: {
      'package.json': '{ "dependencies": { "next": "15.0.0" } }',
      'pages/_app.tsx':
        "import type { AppProps } from 'next/app';\n\nexport default function App({ Component, pageProps }: AppProps) {\n  return <Component {...pageProps} />;\n}\n",
      'pages/index.tsx': "import { Tides } from '../ui/Tides';\n\nexport default Tides;\n",
      'ui/Tides.tsx': 'import \'../styles/tides.css\';\n\nexport const Tides = () => <table className="tides" />;\n',
      'styles/tides.css': '.tides {\n  color: navy;\n}\n',
    },
    broken: {},
    errors: [
      {
        tool: 'webpack',
        kind: 'syntax',
        message: 'Global CSS cannot be imported from files other than your Custom <App>.',
        file: 'ui/Tides.tsx',
      },
    ],
    fault: [['ui/Tides.tsx', 'pages/_app.tsx']],
  },
  {
    name: 'a setting of a route that is no plain value',
    app: {
      'package.json': '{ "dependencies": { "next": "16.0.0" } }',
      'app/page.tsx': 'export const revalidate = 60;\n\nexport default function Page() {\n  return <p />;\n}\n',
      'app/tides/page.tsx':
        "import { TTL } from '../../lib/ttl';\n\nexport const revalidate = TTL;\n\nexport default function Page() {\n  return <p />;\n}\n",
      'lib/ttl.ts': 'export const TTL = 60;\n',
    },
    broken: {},
    errors: [
      {
        tool: 'next',
        kind: 'route-contract',
        message: 'Invalid segment configuration export detected. This can cause unexpected behavior.',
      },
    ],
    fault: [['app/tides/page.tsx']],
  },
  {
    name: 'a collection that the settings of content call otherwise',
    app: {
      'package.json': '{ "dependencies": { "astro": "5.0.0" } }',
      'src/content.config.ts': 'export const collections = { waters };\n',
      'src/pages/index.astro':
        "---\nconst tides = await getCollection('tides');\n---\n{tides.map((tide) => tide.data.name)}\n",
      'src/pages/neap.astro': "---\nconst tides = await getCollection('tides');\n---\n{tides[0].data.name}\n",
      'src/pages/spring.astro': "---\nconst tides = await getCollection('tides');\n---\n{tides[1].data.name}\n",
      'src/pages/boats.astro': "---\nconst boats = await getCollection('boats');\n---\n{boats[0].data.name}\n",
    },
    broken: {},
    errors: ['index', 'neap', 'spring'].flatMap((page) => [
      {
        tool: 'typescript',
        kind: 'type' as const,
        code: 'TS2339',
        message: "Property 'data' does not exist on type 'never'.",
        symbol: 'data',
        file: `src/pages/${page}.astro`,
        line: 4,
      },
      {
        tool: 'typescript',
        kind: 'type' as const,
        code: 'TS2769',
        message:
          "No overload matches this call.\n  Argument of type '\"tides\"' is not assignable to parameter of type 'keyof DataEntryMap'.",
        file: `src/pages/${page}.astro`,
        line: 2,
      },
    ]),
    fault: [['src/content.config.ts'], ['src/pages/index.astro', 'src/pages/neap.astro', 'src/pages/spring.astro']],
  },
  {
    name: 'an amount of money without its currency',
    app: {
      'package.json': '{ "dependencies": { "next": "15.0.0" } }',
      'pages/index.tsx':
        "import { price } from '../lib/price';\nimport { day } from '../lib/day';\n\nexport default () => <p>{price(1)} {day(2)}</p>;\n",
      'lib/price.ts': "export const price = (pence: number) => pence.toLocaleString('en-GB', { style: 'currency' });\n",
      'lib/day.ts': "export const day = (time: number) => new Date(time).toLocaleDateString('en-GB');\n",
    },
    broken: {},
    errors: [
      {
        tool: 'next',
        kind: 'prerender',
        message: 'TypeError: Currency code is required with currency style.',
        route: '/',
      },
    ],
    fault: [['lib/price.ts']],
  },
  {
    name: 'an empty folder that a script of the repository writes',
    app: {
      'package.json': '{ "scripts": { "build": "node tools/make.mjs" } }',
      'vercel.json': '{ "outputDirectory": "public" }\n',
      'tools/make.mjs': "import { writeFileSync } from 'node:fs';\n\nwriteFileSync('publicindex.html', '<p>');\n",
      'tools/check.mjs': "import { readFileSync } from 'node:fs';\n\nreadFileSync('public/x');\n",
    },
    broken: {},
    errors: [
      {
        tool: 'vercel',
        kind: 'output-directory',
        code: 'STATIC_BUILD_EMPTY_OUT_DIR',
        symbol: 'public',
        message: 'Error: The Output Directory "public" is empty.',
      },
    ],
    fault: [['tools/make.mjs']],
  },
  {
    name: 'overrides that the lockfile was not made with',
    app: {
      'package.json': '{ "pnpm": { "overrides": { "postcss": "8.5.3" } } }',
      'pnpm-workspace.yaml': 'packages:\n  - apps/*\n',
      'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
    },
    broken: {},
    errors: [
      {
        tool: 'pnpm',
        kind: 'config',
        code: 'ERR_PNPM_LOCKFILE_CONFIG_MISMATCH',
        message:
          'Cannot proceed with the frozen installation. The current "overrides" configuration doesn\'t match the value found in the lockfile',
      },
    ].map((error) => ({ ...error, kind: 'lockfile' as const })),
    fault: [['pnpm-lock.yaml'], ['package.json']],
  },
  {
    name: 'a package in place of the one that the others use',
    app: {
      'package.json': '{ "dependencies": { "tide-table": "1" } }',
      'src/a.ts': "import { low, high } from 'waters';\n\nlow(high());\n",
      'src/b.ts': "import { low } from 'tide-table';\n\nlow();\n",
      'src/c.ts': "import { high } from 'tide-table';\n\nhigh();\n",
    },
    broken: {},
    errors: [
      {
        tool: 'typescript',
        kind: 'module-not-found',
        message: "Cannot find module 'waters' or its corresponding type declarations.",
        specifier: 'waters',
        file: 'src/a.ts',
        line: 1,
      },
    ],
    fault: [['src/a.ts']],
  },
  {
    name: 'a route that answers requests, in an app that is exported',
    app: {
      'package.json': '{ "dependencies": { "next": "15.0.0" } }',
      'next.config.ts': "export default { output: 'export' };\n",
      'app/api/tides/route.ts': 'export function GET() {\n  return Response.json([]);\n}\n',
      'app/page.tsx': 'export default function Page() {\n  return <p />;\n}\n',
    },
    broken: {},
    errors: [
      {
        tool: 'next',
        kind: 'page-data',
        message:
          'Error: export const dynamic = "force-static"/export const revalidate not configured on route "/api/tides" with "output: export".',
        route: '/api/tides',
      },
    ],
    fault: [['next.config.ts']],
  },
  {
    name: 'a script that finds the same name twice in data',
    app: {
      'package.json': '{ "name": "quay", "scripts": { "prebuild": "node scripts/check.mjs" } }',
      'scripts/check.mjs': `import { readFile } from 'node:fs/promises';\n\nconst read = async (name) => JSON.parse(await readFile('data/' + name, 'utf8'));\nconst seen = new Set();\nfor (const boat of await read('boats.json')) {\n  if (seen.has(boat.id)) throw new Error(\`Boat listed twice: \${boat.id}\`);\n  seen.add(boat.id);\n}\n`,
      'data/boats.json': '[{ "id": "puffin" }, { "id": "tern" }]\n',
      'data/trips.json': '[{ "boat": "tern" }]\n',
    },
    broken: { 'data/boats.json': '[{ "id": "puffin" }, { "id": "tern" }, { "id": "tern" }]\n' },
    errors: [
      {
        tool: 'node',
        kind: 'script-failed',
        message: 'Error: Boat listed twice: tern',
        file: 'scripts/check.mjs',
        line: 6,
        column: 34,
      },
    ],
    fault: [['data/boats.json']],
  },
  {
    name: 'a heap that no file which is read limits',
    app: { 'package.json': '{ "name": "quay", "scripts": { "build": "vite build" } }', 'src/main.ts': 'export {};\n' },
    broken: { '.npmrc': 'node-options=--max-old-space-size=56\n' },
    errors: [
      { tool: 'node', kind: 'memory', code: 'heap-out-of-memory', message: 'JavaScript heap out of memory at 88 MB' },
    ],
    fault: [['.npmrc']],
  },
  {
    name: 'what is the server’s alone, by way of a module that both sides have',
    app: {
      'package.json': '{ "name": "quay" }',
      'src/lib/server/log.ts': 'export const count = () => 1;\n',
      'src/lib/boats.ts': 'export const first = (names: string[]) => names[0];\n',
      'src/lib/names.ts': 'export const names = [];\n',
      'src/routes/+page.svelte': "<script>import { first } from '$lib/boats';</script>\n{first([])}\n",
      'src/routes/+page.server.ts':
        "import { first } from '$lib/boats';\nexport const load = () => ({ a: first(['b']) });\n",
      'tsconfig.json': '{ "compilerOptions": { "paths": { "$lib/*": ["./src/lib/*"] } } }',
    },
    broken: {
      'src/lib/boats.ts':
        "import { count } from '$lib/server/log';\n\nexport const first = (names: string[]) => names[count()];\n",
    },
    errors: [
      {
        tool: 'sveltekit',
        kind: 'client-boundary',
        message: 'Cannot import $lib/server/log.ts into code that runs in the browser',
        file: 'src/lib/boats.ts',
        trace: ['src/routes/+page.svelte'],
      },
    ],
    fault: [['src/lib/boats.ts', 'src/routes/+page.server.ts']],
  },
  {
    name: 'a time that no clock has',
    app: {
      'package.json': '{ "name": "quay" }',
      'app/page.tsx':
        "import tides from '../data/tides.json';\n\nconst format = new Intl.DateTimeFormat('en');\n\nexport default () => <p>{tides.map((tide) => format.format(new Date(tide.at)))}</p>;\n",
      'data/tides.json': '[{ "at": "2027-08-12T09:10:00" }, { "at": "2027-08-12T21:40:00" }]\n',
    },
    broken: { 'data/tides.json': '[{ "at": "2027-08-12T09:10:00" }, { "at": "2027-08-12T25:40:00" }]\n' },
    errors: [{ tool: 'next', kind: 'prerender', message: 'RangeError: Invalid time value', route: '/' }],
    fault: [['data/tides.json']],
  },
  {
    name: 'a default export that a module of the project does not have, named by its place on the machine',
    app: {
      'package.json': '{ "dependencies": { "clsx": "2.0.0" } }',
      'app/page.tsx': "import { Grid } from '../components/Grid';\n\nexport default () => <Grid />;\n",
      'components/Grid.tsx': "import clsx from 'clsx';\n\nexport const Grid = () => <p className={clsx('a')} />;\n",
      'components/Card.tsx': "import clsx from 'clsx';\n\nexport const Card = () => <p className={clsx('b')} />;\n",
    },
    broken: {},
    edits: { 'app/page.tsx': ['import { Grid }', 'import Grid'] },
    errors: [
      {
        tool: 'next',
        kind: 'export-missing',
        code: 'TS2613',
        message: 'Module \'"/vercel/path0/components/Grid"\' has no default export.',
        file: 'app/page.tsx',
        line: 1,
        column: 8,
        symbol: 'default',
        specifier: '/vercel/path0/components/Grid',
      },
    ],
    fault: [['app/page.tsx'], ['components/Grid.tsx']],
  },
  {
    name: 'a check of content that says the name of an entry alone',
    app: {
      'package.json': '{ "name": "quay", "scripts": { "prebuild": "node scripts/check.mjs" } }',
      'scripts/check.mjs':
        "import { readdirSync } from 'node:fs';\n\nfor (const name of readdirSync('content/walks')) check(name);\n",
      'content/walks/mill-path.md': '---\nlevel: easy\n---\n',
      'content/walks/fell-loop.md': '---\nlevel: hard\n---\n',
      'content/about.md': '---\ntitle: About\n---\n',
    },
    broken: { 'content/walks/fell-loop.md': '---\nlevel: harsh\n---\n' },
    errors: [
      {
        tool: 'script',
        kind: 'other',
        message: 'Content validation failed',
        trace: ['scripts/check.mjs'],
        said: 'Content validation failed\n - fell-loop: level must be easy or hard',
      },
    ],
    fault: [['content/walks/fell-loop.md']],
  },
  {
    name: 'a script that says nothing of the one table it reads',
    app: {
      'package.json': '{ "name": "quay", "scripts": { "prebuild": "node scripts/check.mjs" } }',
      'scripts/check.mjs':
        "import { readFileSync } from 'node:fs';\n\nconst tides = JSON.parse(readFileSync('data/tides.json', 'utf8'));\nif (tides.length !== 2) process.exit(1);\n",
      'data/tides.json': '[1, 2]\n',
      'data/moons.json': '[3]\n',
    },
    broken: { 'data/tides.json': '[1]\n' },
    errors: [
      {
        tool: 'script',
        kind: 'script-failed',
        message: 'Two high waters a day are wanted',
        trace: ['scripts/check.mjs'],
      },
    ],
    fault: [['data/tides.json'], ['scripts/check.mjs']],
  },
  {
    name: 'an entry without the key that a function of the script is given',
    app: {
      'package.json': '{ "name": "quay", "scripts": { "prebuild": "node scripts/search.mjs" } }',
      'scripts/search.mjs':
        "import { read } from './read.mjs';\n\nconst words = (text) => text.split(' ');\nread('content/notes').map((entry) => words(entry.summary));\n",
      'scripts/read.mjs': 'export const read = (folder) => list(folder).map(parse);\n',
      'content/notes/a.md': '---\ntitle: A\nsummary: One\n---\n',
      'content/notes/b.md': '---\ntitle: B\nsummary: Two\n---\n',
      'content/notes/c.md': '---\ntitle: C\nsummary: Three\n---\n',
    },
    broken: { 'content/notes/b.md': '---\ntitle: B\ndescription: Two\n---\n' },
    errors: [
      {
        tool: 'node',
        kind: 'script-failed',
        message: "TypeError: Cannot read properties of undefined (reading 'split')",
        symbol: 'split',
        file: 'scripts/search.mjs',
        line: 3,
        column: 31,
      },
    ],
    fault: [['content/notes/b.md']],
  },
  {
    name: 'two entries with one address',
    app: {
      'package.json': '{ "name": "quay", "scripts": { "prebuild": "node scripts/sitemap.mjs" } }',
      'scripts/sitemap.mjs': "const entries = read('content/notes');\n\nthrow new Error('Duplicate URL: ' + url);\n",
      'content/notes/ebb-tide.md': '---\ntitle: Ebb\n---\n',
      'content/notes/spring-tide.md': '---\ntitle: Spring\n---\n',
      'content/notes/neap-tide.md': '---\ntitle: Neap\n---\n',
    },
    broken: { 'content/notes/neap-tide.md': '---\ntitle: Neap\npermalink: ebb-tide\n---\n' },
    errors: [
      {
        tool: 'node',
        kind: 'script-failed',
        message: 'Error: Duplicate URL: https://quay.example/notes/ebb-tide',
        file: 'scripts/sitemap.mjs',
        line: 3,
        column: 7,
      },
    ],
    fault: [['content/notes/neap-tide.md'], ['content/notes/ebb-tide.md']],
  },
  {
    name: 'a sibling package whose compiler writes no declarations',
    app: {
      'package.json': '{ "name": "quay", "workspaces": ["apps/*", "packages/*"] }',
      'turbo.json': '{ "tasks": { "build": { "dependsOn": ["^build"] } } }',
      'tsconfig.base.json': '{ "compilerOptions": { "strict": true, "declaration": true } }',
      'apps/web/package.json': '{ "name": "@quay/web", "dependencies": { "@quay/tides": "*" } }',
      'apps/web/src/main.ts': "import { high } from '@quay/tides';\n\nexport const now = high;\n",
      'packages/tides/package.json':
        '{ "name": "@quay/tides", "main": "./dist/index.js", "types": "./dist/index.d.ts", "scripts": { "build": "tsc" } }',
      'packages/tides/tsconfig.json':
        '{ "extends": "../../tsconfig.base.json", "compilerOptions": { "outDir": "dist" } }',
      'packages/tides/src/index.ts': 'export const high = 1;\n',
    },
    broken: {},
    edits: { 'packages/tides/tsconfig.json': ['"outDir": "dist"', '"outDir": "dist", "declaration": false'] },
    rootDirectory: 'apps/web',
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        code: 'TS7016',
        message:
          "Could not find a declaration file for module '@quay/tides'. '/vercel/path0/packages/tides/dist/index.js' implicitly has an 'any' type.",
        file: 'apps/web/src/main.ts',
        line: 1,
        column: 22,
        specifier: '@quay/tides',
      },
    ],
    fault: [['packages/tides/tsconfig.json']],
  },
  {
    name: 'two packages of one name',
    app: {
      'package.json': '{ "name": "quay", "workspaces": ["packages/*"] }',
      'packages/tides/package.json': '{ "name": "@quay/tides" }',
      'packages/moons/package.json': '{ "name": "@quay/moons" }',
      'packages/winds/package.json': '{ "name": "@quay/winds" }',
    },
    broken: {},
    edits: { 'packages/moons/package.json': ['@quay/moons', '@quay/tides'] },
    errors: [
      {
        tool: 'npm',
        kind: 'config',
        code: 'EDUPLICATEWORKSPACE',
        message: 'must not have multiple workspaces with the same name',
        file: 'package.json',
      },
    ],
    fault: [['packages/moons/package.json'], ['packages/tides/package.json']],
  },
];
