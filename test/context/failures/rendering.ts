// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are source files
import { choir, nightSchool, orchard, seeds, toolLibrary, walks } from './apps.js';
import type { Failure } from './failure.js';

/** Pages that compile and cannot be rendered; the log often names nothing but a route. */
export const renderingFailures: readonly Failure[] = [
  {
    name: 'search parameters without a boundary',
    app: toolLibrary,
    broken: {},
    errors: [
      {
        tool: 'next',
        kind: 'suspense-boundary',
        message: 'useSearchParams() should be wrapped in a suspense boundary at page "/browse".',
        route: '/browse',
        symbol: 'useSearchParams',
      },
    ],
    fault: [['app/browse/page.tsx'], ['ui/filters.tsx']],
  },
  {
    name: 'search parameters in the bar of every page',
    app: toolLibrary,
    broken: {
      'ui/top-bar.tsx':
        "'use client';\nimport { useSearchParams } from 'next/navigation';\n\nexport function TopBar() {\n  return <p>{useSearchParams().get('q')}</p>;\n}\n",
      'ui/filters.tsx': 'export function Filters() {\n  return <p />;\n}\n',
    },
    errors: [
      {
        tool: 'next',
        kind: 'suspense-boundary',
        message: 'useSearchParams() should be wrapped in a suspense boundary at page "/404".',
        route: '/404',
      },
    ],
    fault: [['app/layout.tsx'], ['ui/top-bar.tsx']],
  },
  {
    name: 'window while rendering, two components down',
    app: toolLibrary,
    broken: {
      'ui/due-date.tsx':
        "'use client';\nimport { useState } from 'react';\n\nexport function DueDate({ date }: { date: string }) {\n  const [zone] = useState(window.navigator.language);\n  return <time lang={zone}>{date}</time>;\n}\n",
    },
    errors: [{ tool: 'next', kind: 'prerender', message: 'ReferenceError: window is not defined', route: '/loans' }],
    fault: [['ui/due-date.tsx']],
  },
  {
    name: 'local storage in a pages router layout',
    app: choir,
    broken: {
      'components/Menu.js':
        "import Link from 'next/link';\n\nconst theme = localStorage.getItem('theme');\n\nexport default function Menu() {\n  return <Link href=\"/voices\" className={theme}>Voices</Link>;\n}\n",
    },
    errors: [
      { tool: 'next', kind: 'prerender', message: 'ReferenceError: localStorage is not defined', route: '/voices' },
    ],
    fault: [['components/Menu.js']],
  },
  {
    name: 'property of undefined',
    app: choir,
    broken: {},
    edits: {
      'lib/concerts.js': ["hall: 'Guildhall'", "place: { hall: 'Guildhall' }"],
      'pages/concerts/[date].js': ['concert.hall', 'concert.venue.hall'],
    },
    errors: [
      {
        tool: 'next',
        kind: 'prerender',
        message: "TypeError: Cannot read properties of undefined (reading 'hall')",
        route: '/concerts/2026-06-01',
      },
    ],
    fault: [['pages/concerts/[date].js'], ['lib/concerts.js']],
  },
  {
    name: 'static props undefined, the lookup is wrong',
    app: choir,
    broken: {},
    edits: { 'lib/concerts.js': ['concert.date === date', 'concert.day === date'] },
    errors: [
      {
        tool: 'next',
        kind: 'prerender',
        message:
          'Error: Error serializing `.concert` returned from `getStaticProps` in "/concerts/[date]".\nReason: `undefined` cannot be serialized as JSON.',
        route: '/concerts/[date]',
      },
    ],
    fault: [['lib/concerts.js']],
  },
  {
    name: 'static props undefined, the page asks for another parameter',
    app: choir,
    broken: {},
    edits: { 'pages/concerts/[date].js': ['concertOn(params.date)', 'concertOn(params.day)'] },
    errors: [
      {
        tool: 'next',
        kind: 'prerender',
        message:
          'Error: Error serializing `.concert` returned from `getStaticProps` in "/concerts/[date]".\nReason: `undefined` cannot be serialized as JSON.',
        route: '/concerts/[date]',
      },
    ],
    fault: [['pages/concerts/[date].js']],
  },
  {
    name: 'error thrown by a helper',
    app: toolLibrary,
    broken: {},
    edits: {
      'app/tools/[id]/page.tsx': [
        'export default',
        "export const generateStaticParams = () => [{ id: 'shovel' }];\n\nexport default",
      ],
    },
    errors: [
      { tool: 'next', kind: 'prerender', message: 'Error: No such tool in the shed: shovel', route: '/tools/shovel' },
    ],
    fault: [['app/tools/[id]/page.tsx'], ['data/tools.ts']],
  },
  {
    name: 'event handler in a server component',
    app: toolLibrary,
    broken: {
      'ui/loan-table.tsx':
        "import type { Loan } from '@/data/types';\n\nexport function LoanTable({ loans }: { loans: Loan[] }) {\n  return <table onClick={() => console.log(loans)} />;\n}\n",
    },
    errors: [
      {
        tool: 'next',
        kind: 'prerender',
        message:
          'Error: Event handlers cannot be passed to Client Component props.\n  {onClick: function onClick, children: ...}',
        route: '/loans',
      },
    ],
    fault: [['ui/loan-table.tsx']],
  },
  {
    name: 'hook without use client',
    app: toolLibrary,
    broken: {},
    edits: { 'ui/filters.tsx': ["'use client';\n", ''] },
    errors: [
      {
        tool: 'turbopack',
        kind: 'client-boundary',
        message: "You're importing a module that depends on `useSearchParams` into a React Server Component module.",
        file: 'ui/filters.tsx',
        line: 1,
        column: 10,
        symbol: 'useSearchParams',
        trace: ['app/browse/page.tsx'],
      },
    ],
    fault: [['ui/filters.tsx']],
  },
  {
    name: 'server module in a client component',
    app: toolLibrary,
    broken: {
      'data/loans.ts':
        "import { cookies } from 'next/headers';\n\nexport async function listLoans() {\n  return (await cookies()).getAll();\n}\n",
      'ui/filters.tsx':
        "'use client';\nimport { listLoans } from '@/data/loans';\n\nexport function Filters() {\n  return <button onClick={() => listLoans()}>Loans</button>;\n}\n",
    },
    errors: [
      {
        tool: 'turbopack',
        kind: 'client-boundary',
        message: 'You\'re importing a component that needs "next/headers". That only works in a Server Component.',
        file: 'data/loans.ts',
        line: 1,
        column: 1,
        trace: ['ui/filters.tsx', 'app/browse/page.tsx'],
      },
    ],
    fault: [['ui/filters.tsx'], ['data/loans.ts']],
  },
  {
    name: 'page props of the older major version, in the route group',
    app: toolLibrary,
    broken: {},
    edits: { 'app/tools/[id]/page.tsx': ['params: Promise<{ id: string }>', 'params: { id: string }'] },
    errors: [
      {
        tool: 'next',
        kind: 'route-contract',
        message: "Type '{ params: { id: string; }; }' does not satisfy the constraint 'PageProps'.",
        file: 'app/tools/[id]/page.tsx',
      },
    ],
    fault: [['app/tools/[id]/page.tsx']],
  },
  {
    name: 'page data of an endpoint',
    app: toolLibrary,
    broken: {
      'data/loans.ts': "const ledger = JSON.parse('');\n\nexport async function listLoans() {\n  return ledger;\n}\n",
    },
    errors: [
      {
        tool: 'next',
        kind: 'page-data',
        message: 'SyntaxError: Unexpected end of JSON input. Failed to collect page data for /api/loans',
        route: '/api/loans',
      },
    ],
    fault: [['data/loans.ts']],
  },
  {
    name: 'svelte prerendering, data loader named by route only',
    app: orchard,
    broken: {},
    edits: { 'src/lib/varieties.ts': ['variety.slug === slug', 'variety.id === slug'] },
    errors: [
      {
        tool: 'sveltekit',
        kind: 'prerender',
        message: "TypeError: Cannot read properties of undefined (reading 'name')",
        route: '/varieties/cox',
      },
    ],
    fault: [
      ['src/routes/varieties/[slug]/+page.svelte'],
      ['src/lib/varieties.ts'],
      ['src/routes/varieties/[slug]/+page.ts'],
    ],
  },
  {
    name: 'astro page throws',
    app: walks,
    broken: { 'src/parts/Compass.astro': '---\nconst bearing = document.dir;\n---\n<p>{bearing}</p>\n' },
    errors: [{ tool: 'astro', kind: 'prerender', message: 'document is not defined', route: '/trails/north-ridge' }],
    fault: [['src/parts/Compass.astro']],
  },
  {
    name: 'nuxt page uses the browser',
    app: nightSchool,
    broken: {
      'app/components/CourseMenu.vue':
        '<script setup lang="ts">\nimport { terms } from \'~/utils/terms\';\n\nconst wide = window.innerWidth > 900;\n</script>\n\n<template>\n  <nav v-if="wide">{{ terms.length }}</nav>\n</template>\n',
    },
    errors: [
      {
        tool: 'nuxt',
        kind: 'prerender',
        message: 'window is not defined',
        file: 'app/components/CourseMenu.vue',
        line: 4,
        route: '/',
      },
    ],
    fault: [['app/components/CourseMenu.vue']],
  },
  {
    name: 'react router route throws while prerendering',
    app: seeds,
    broken: {},
    edits: { 'app/shed/seeds.server.ts': ['seed.name === name', 'seed.latin === name'] },
    errors: [
      {
        tool: 'react-router',
        kind: 'prerender',
        message: "TypeError: Cannot read properties of undefined (reading 'latin')",
        route: '/seeds/leek',
      },
    ],
    fault: [['app/routes/seeds.$name.tsx'], ['app/shed/seeds.server.ts']],
  },
  {
    name: 'a date that no calendar has',
    app: toolLibrary,
    broken: {},
    edits: { 'data/loans.ts': ["until: '2026-05-01'", "until: '2026-06-31'"] },
    errors: [{ tool: 'next', kind: 'prerender', message: 'RangeError: Invalid time value', route: '/loans' }],
    fault: [['data/loans.ts']],
  },
  {
    name: 'a value that a schema refused, of which the message quotes nothing else',
    app: toolLibrary,
    broken: {
      'data/tools.json': '[{ "id": "spade", "state": "lent" }, { "id": "rake", "state": "gone" }]\n',
      'app/api/loans/route.ts':
        "import raw from '../../../data/tools.json';\nimport { parseTools } from '@/data/schema';\n\nexport const GET = () => Response.json(parseTools(raw));\n",
      'data/schema.ts':
        "import * as v from 'valibot';\n\nconst schema = v.array(v.object({ id: v.string(), state: v.picklist(['lent', 'here']) }));\nexport const parseTools = (raw: unknown) => v.parse(schema, raw);\n",
    },
    errors: [
      {
        tool: 'next',
        kind: 'page-data',
        message: 'Error: Invalid type: Expected ("lent" | "here") but received "gone"',
        route: '/api/loans',
      },
    ],
    fault: [['data/tools.json']],
  },
  {
    name: 'links to a page that moved, of which the compiler names the first',
    app: toolLibrary,
    broken: {
      'ui/top-bar.tsx':
        'import Link from \'next/link\';\n\nexport const TopBar = () => <Link href="/lending">Lending</Link>;\n',
      'ui/filters.tsx':
        "import Link from 'next/link';\n\nexport const Filters = ({ kind }: { kind: string }) => <Link href={`/lending?kind=${kind}`}>All</Link>;\n",
    },
    errors: [
      {
        tool: 'typescript',
        kind: 'type',
        message:
          '"/lending" is not an existing route. If it is intentional, please type it explicitly with `as Route`.',
        file: 'ui/top-bar.tsx',
        line: 3,
      },
    ],
    fault: [['ui/top-bar.tsx', 'ui/filters.tsx']],
  },
  {
    name: 'a parameter whose matcher has another name',
    app: orchard,
    broken: {
      'src/params/size.ts': "export const match = (value: string) => value !== 'huge';\n",
      'src/routes/crates/[size=crate]/+page.svelte': '<p>Crates</p>\n',
    },
    errors: [
      {
        tool: 'sveltekit',
        kind: 'file-missing',
        message: "No matcher found for parameter 'crate' in route /crates/[size=crate]",
        symbol: 'src/params/crate',
        route: '/crates/[size=crate]',
        trace: ['src/routes/crates/[size=crate]/+page.svelte'],
      },
    ],
    fault: [['src/params/crate.ts'], ['src/routes/crates/[size=crate]/+page.svelte']],
  },
];
