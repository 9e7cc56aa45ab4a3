// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are source files
/** Small applications of our own, in their good state, that the failures break. Paths to texts. */
export type Files = Readonly<Record<string, string>>;

const tsconfig = (paths: Record<string, string[]>) =>
  JSON.stringify({ compilerOptions: { strict: true, baseUrl: '.', paths }, include: ['**/*.ts', '**/*.tsx'] }, null, 2);

const manifest = (
  name: string,
  scripts: Record<string, string>,
  dependencies: Record<string, string>,
  devDependencies: Record<string, string> = {},
) => JSON.stringify({ name, private: true, scripts, dependencies, devDependencies }, null, 2);

/** Next.js, App Router without a src folder: a tool library that lends out garden tools. */
export const toolLibrary: Files = {
  'package.json': manifest(
    'tool-library',
    { build: 'next build', dev: 'next dev' },
    { next: '15.5.6', react: '19.1.0', 'react-dom': '19.1.0', dayjs: '^1.11.0' },
    { typescript: '^5.9.0', tailwindcss: '^3.4.0' },
  ),
  'tsconfig.json': tsconfig({ '@/*': ['./*'] }),
  'next.config.mjs': 'export default { reactStrictMode: true };\n',
  'postcss.config.js': 'module.exports = { plugins: { tailwindcss: {}, autoprefixer: {} } };\n',
  'tailwind.config.js':
    "module.exports = { content: ['./app/**/*.tsx'], theme: { extend: { colors: { moss: '#465' } } } };\n",
  'app/globals.css': '@tailwind base;\n@tailwind utilities;\n.tool-card { @apply bg-moss; }\n',
  'app/layout.tsx':
    "import './globals.css';\nimport { TopBar } from '@/ui/top-bar';\n\nexport default function RootLayout({ children }: { children: React.ReactNode }) {\n  return (\n    <html lang=\"en\">\n      <body>\n        <TopBar />\n        {children}\n      </body>\n    </html>\n  );\n}\n",
  'app/page.tsx':
    "import { ToolCard } from '@/ui/tool-card';\nimport { listTools } from '@/data/tools';\n\nexport default function Home() {\n  return <main>{listTools().map((tool) => <ToolCard key={tool.id} tool={tool} />)}</main>;\n}\n",
  'app/(members)/loans/page.tsx':
    "import { LoanTable } from '@/ui/loan-table';\nimport { listLoans } from '@/data/loans';\n\nexport default async function Loans() {\n  return <LoanTable loans={await listLoans()} />;\n}\n",
  'app/(members)/layout.tsx':
    'export default function Members({ children }: { children: React.ReactNode }) {\n  return <section>{children}</section>;\n}\n',
  'app/tools/[id]/page.tsx':
    "import { findTool } from '@/data/tools';\nimport { DueDate } from '@/ui/due-date';\n\nexport default async function ToolPage({ params }: { params: Promise<{ id: string }> }) {\n  const { id } = await params;\n  const tool = findTool(id);\n  return <DueDate date={tool.dueOn} />;\n}\n",
  'app/browse/page.tsx':
    "import { Filters } from '@/ui/filters';\n\nexport default function Browse() {\n  return <Filters />;\n}\n",
  'app/api/loans/route.ts':
    "import { listLoans } from '@/data/loans';\n\nexport async function GET() {\n  return Response.json(await listLoans());\n}\n",
  'ui/top-bar.tsx':
    'import Link from \'next/link\';\n\nexport function TopBar() {\n  return <Link href="/">Tool library</Link>;\n}\n',
  'ui/tool-card.tsx':
    "import type { Tool } from '@/data/types';\nimport { formatDue } from '@/data/dates';\n\nexport function ToolCard({ tool }: { tool: Tool }) {\n  return <article className=\"tool-card\">{tool.name} {formatDue(tool.dueOn)}</article>;\n}\n",
  'ui/loan-table.tsx':
    "import type { Loan } from '@/data/types';\nimport { DueDate } from './due-date';\n\nexport function LoanTable({ loans }: { loans: Loan[] }) {\n  return <table>{loans.map((loan) => <DueDate key={loan.id} date={loan.until} />)}</table>;\n}\n",
  'ui/due-date.tsx':
    "import { formatDue } from '@/data/dates';\n\nexport function DueDate({ date }: { date: string }) {\n  return <time>{formatDue(date)}</time>;\n}\n",
  'ui/filters.tsx':
    "'use client';\nimport { useSearchParams } from 'next/navigation';\n\nexport function Filters() {\n  const params = useSearchParams();\n  return <p>{params.get('kind')}</p>;\n}\n",
  'data/tools.ts':
    "import type { Tool } from './types';\n\nconst tools: Tool[] = [{ id: 'spade', name: 'Spade', dueOn: '2026-05-01' }];\n\nexport function listTools(): Tool[] {\n  return tools;\n}\n\nexport function findTool(id: string): Tool {\n  const tool = tools.find((entry) => entry.id === id);\n  if (!tool) throw new Error(`No such tool in the shed: ${id}`);\n  return tool;\n}\n",
  'data/loans.ts':
    "import type { Loan } from './types';\n\nexport async function listLoans(): Promise<Loan[]> {\n  return [{ id: '1', toolId: 'spade', until: '2026-05-01' }];\n}\n",
  'data/types.ts':
    'export interface Tool {\n  id: string;\n  name: string;\n  dueOn: string;\n}\n\nexport interface Loan {\n  id: string;\n  toolId: string;\n  until: string;\n}\n',
  'data/dates.ts':
    "import dayjs from 'dayjs';\n\nexport const formatDue = (date: string) => dayjs(date).format('D MMM');\n",
};

/** Next.js, Pages Router in JavaScript: a choir's site. */
export const choir: Files = {
  'package.json': manifest(
    'choir',
    { build: 'next build' },
    { next: '14.2.35', react: '18.3.1', 'react-dom': '18.3.1' },
  ),
  'next.config.js': 'module.exports = {};\n',
  'pages/_app.js':
    "import '../styles/site.css';\nimport Frame from '../components/Frame';\n\nexport default function App({ Component, pageProps }) {\n  return (\n    <Frame>\n      <Component {...pageProps} />\n    </Frame>\n  );\n}\n",
  'pages/index.js':
    "import ConcertList from '../components/ConcertList';\nimport { upcoming } from '../lib/concerts';\n\nexport default function Home({ concerts }) {\n  return <ConcertList concerts={concerts} />;\n}\n\nexport function getStaticProps() {\n  return { props: { concerts: upcoming() } };\n}\n",
  'pages/concerts/[date].js':
    "import { concertOn, upcoming } from '../../lib/concerts';\n\nexport default function Concert({ concert }) {\n  return <h1>{concert.hall}</h1>;\n}\n\nexport function getStaticPaths() {\n  return { paths: upcoming().map(({ date }) => ({ params: { date } })), fallback: false };\n}\n\nexport function getStaticProps({ params }) {\n  return { props: { concert: concertOn(params.date) } };\n}\n",
  'pages/voices.js':
    "import VoicePart from '../components/VoicePart';\nimport voices from '../content/voices.json';\n\nexport default function Voices() {\n  return voices.map((voice) => <VoicePart key={voice.name} {...voice} />);\n}\n",
  'components/Frame.js':
    "import Menu from './Menu';\n\nexport default function Frame({ children }) {\n  return (\n    <div>\n      <Menu />\n      {children}\n    </div>\n  );\n}\n",
  'components/Menu.js':
    'import Link from \'next/link\';\n\nexport default function Menu() {\n  return <Link href="/voices">Voices</Link>;\n}\n',
  'components/ConcertList.js':
    "import { longDate } from '../lib/calendar';\n\nexport default function ConcertList({ concerts }) {\n  return concerts.map((concert) => <p key={concert.date}>{longDate(concert.date)}</p>);\n}\n",
  'components/VoicePart.js':
    'export default function VoicePart({ name, range }) {\n  return <p>{name}: {range}</p>;\n}\n',
  'lib/concerts.js':
    "const concerts = [{ date: '2026-06-01', hall: 'Guildhall' }];\n\nexport function upcoming() {\n  return concerts;\n}\n\nexport function concertOn(date) {\n  return concerts.find((concert) => concert.date === date);\n}\n",
  'lib/calendar.js': 'export function longDate(date) {\n  return new Date(date).toDateString();\n}\n',
  'content/voices.json': '[{ "name": "alto", "range": "f3-f5" }]\n',
  'styles/site.css': 'body {\n  margin: 0;\n}\n',
  'scripts/make-feed.js':
    "const fs = require('fs');\n\nconst voices = JSON.parse(fs.readFileSync('content/voices.json', 'utf8'));\nfs.writeFileSync('public/feed.json', JSON.stringify(voices));\n",
};

/** Vite, Vue and TypeScript: a bicycle kitchen's work orders. */
export const bikeKitchen: Files = {
  'package.json': manifest(
    'bike-kitchen',
    { build: 'vue-tsc -b && vite build' },
    { vue: '^3.5.0', pinia: '^3.0.0' },
    { vite: '^7.0.0', '@vitejs/plugin-vue': '^6.0.0', typescript: '~5.9.0', 'vue-tsc': '^3.0.0' },
  ),
  'tsconfig.json':
    '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "./tsconfig.node.json" }] }\n',
  'tsconfig.app.json':
    '{\n  "compilerOptions": { "strict": true, "paths": { "~/*": ["./src/*"] } },\n  "include": ["src/**/*.ts", "src/**/*.vue"]\n}\n',
  'tsconfig.node.json': '{ "include": ["vite.config.ts"] }\n',
  'vite.config.ts':
    "import { fileURLToPath, URL } from 'node:url';\nimport vue from '@vitejs/plugin-vue';\nimport { defineConfig } from 'vite';\n\nexport default defineConfig({\n  plugins: [vue()],\n  resolve: { alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) } },\n});\n",
  'index.html': '<!doctype html><div id="app"></div><script type="module" src="/src/main.ts"></script>\n',
  'src/main.ts':
    "import { createApp } from 'vue';\nimport { createPinia } from 'pinia';\nimport App from './App.vue';\n\ncreateApp(App).use(createPinia()).mount('#app');\n",
  'src/App.vue':
    "<script setup lang=\"ts\">\nimport OrderList from '~/orders/OrderList.vue';\nimport StandClock from '~/widgets/StandClock.vue';\n</script>\n\n<template>\n  <StandClock />\n  <OrderList />\n</template>\n",
  'src/orders/OrderList.vue':
    '<script setup lang="ts">\nimport OrderRow from \'./OrderRow.vue\';\nimport { useOrders } from \'~/stores/orders\';\n\nconst orders = useOrders();\n</script>\n\n<template>\n  <OrderRow v-for="order in orders.open" :key="order.id" :order="order" />\n</template>\n',
  'src/orders/OrderRow.vue':
    "<script setup lang=\"ts\">\nimport type { Order } from '~/stores/orders';\nimport { euros } from '~/money';\n\ndefineProps<{ order: Order }>();\n</script>\n\n<template>\n  <li>{{ order.bike }} {{ euros(order.cents) }}</li>\n</template>\n",
  'src/widgets/StandClock.vue':
    '<script setup lang="ts">\nconst now = new Date();\n</script>\n\n<template>\n  <time>{{ now.toISOString() }}</time>\n</template>\n',
  'src/stores/orders.ts':
    "import { defineStore } from 'pinia';\n\nexport interface Order {\n  id: number;\n  bike: string;\n  cents: number;\n}\n\nexport const useOrders = defineStore('orders', {\n  state: () => ({ open: [] as Order[] }),\n});\n",
  'src/money.ts': 'export function euros(cents: number): string {\n  return `${(cents / 100).toFixed(2)} EUR`;\n}\n',
};

/** SvelteKit: an orchard's picking rota. */
export const orchard: Files = {
  'package.json': manifest(
    'orchard',
    { build: 'vite build', check: 'svelte-check' },
    {},
    { '@sveltejs/kit': '^2.20.0', '@sveltejs/adapter-vercel': '^5.0.0', svelte: '^5.0.0', vite: '^7.0.0' },
  ),
  'svelte.config.js':
    "import adapter from '@sveltejs/adapter-vercel';\n\nexport default { kit: { adapter: adapter(), alias: { $parts: 'src/parts' } } };\n",
  'vite.config.js':
    "import { sveltekit } from '@sveltejs/kit/vite';\nimport { defineConfig } from 'vite';\n\nexport default defineConfig({ plugins: [sveltekit()] });\n",
  'tsconfig.json': '{ "extends": "./.svelte-kit/tsconfig.json" }\n',
  'src/routes/+layout.svelte':
    '<script lang="ts">\n  import Season from \'$parts/Season.svelte\';\n  let { children } = $props();\n</script>\n\n<Season />\n{@render children()}\n',
  'src/routes/+page.svelte':
    '<script lang="ts">\n  import RowList from \'$parts/RowList.svelte\';\n  let { data } = $props();\n</script>\n\n<RowList rows={data.rows} />\n',
  'src/routes/+page.server.ts':
    "import { readRows } from '$lib/server/rows';\n\nexport async function load() {\n  return { rows: await readRows() };\n}\n",
  'src/routes/varieties/[slug]/+page.svelte':
    '<script lang="ts">\n  let { data } = $props();\n</script>\n\n<h1>{data.variety.name}</h1>\n',
  'src/routes/varieties/[slug]/+page.ts':
    "import { findVariety } from '$lib/varieties';\n\nexport const prerender = true;\n\nexport function load({ params }) {\n  return { variety: findVariety(params.slug) };\n}\n",
  'src/parts/Season.svelte':
    "<script lang=\"ts\">\n  const month = new Date().getMonth();\n</script>\n\n<p>{month > 7 ? 'picking' : 'growing'}</p>\n",
  'src/parts/RowList.svelte':
    '<script lang="ts">\n  import type { Row } from \'$lib/server/rows\';\n  let { rows }: { rows: Row[] } = $props();\n</script>\n\n{#each rows as row}\n  <p>{row.tree}</p>\n{/each}\n',
  'src/lib/server/rows.ts':
    "export interface Row {\n  tree: string;\n}\n\nexport async function readRows(): Promise<Row[]> {\n  return [{ tree: 'Cox' }];\n}\n",
  'src/lib/varieties.ts':
    "const varieties = [{ slug: 'cox', name: 'Cox' }];\n\nexport function findVariety(slug: string) {\n  return varieties.find((variety) => variety.slug === slug);\n}\n",
};

/** Astro with content collections: a walking club's routes. */
export const walks: Files = {
  'package.json': manifest('walks', { build: 'astro build' }, { astro: '^5.0.0' }),
  'astro.config.mjs':
    "import { defineConfig } from 'astro/config';\n\nexport default defineConfig({ site: 'https://walks.example' });\n",
  'tsconfig.json':
    '{ "extends": "astro/tsconfigs/strict", "compilerOptions": { "paths": { "@parts/*": ["./src/parts/*"] } } }\n',
  'src/content.config.ts':
    "import { defineCollection, z } from 'astro:content';\nimport { glob } from 'astro/loaders';\n\nconst trails = defineCollection({\n  loader: glob({ pattern: '**/*.md', base: './src/trails' }),\n  schema: z.object({ title: z.string(), miles: z.number() }),\n});\n\nexport const collections = { trails };\n",
  'src/trails/north-ridge.md': '---\ntitle: North ridge\nmiles: 7\n---\nSteep.\n',
  'src/trails/mill-stream.md': '---\ntitle: Mill stream\nmiles: 3\n---\nFlat.\n',
  'src/layouts/Sheet.astro':
    '---\nimport Compass from \'@parts/Compass.astro\';\nconst { title } = Astro.props;\n---\n<html lang="en"><head><title>{title}</title></head><body><Compass /><slot /></body></html>\n',
  'src/parts/Compass.astro': '---\nconst bearing = 12;\n---\n<p>{bearing}</p>\n',
  'src/parts/TrailRow.astro':
    "---\nimport { paces } from '../measure';\nconst { trail } = Astro.props;\n---\n<li>{trail.data.title} {paces(trail.data.miles)}</li>\n",
  'src/measure.ts': 'export function paces(miles: number): number {\n  return miles * 2112;\n}\n',
  'src/pages/index.astro':
    "---\nimport { getCollection } from 'astro:content';\nimport Sheet from '../layouts/Sheet.astro';\nimport TrailRow from '@parts/TrailRow.astro';\nconst trails = await getCollection('trails');\n---\n<Sheet title=\"Walks\">{trails.map((trail) => <TrailRow trail={trail} />)}</Sheet>\n",
  'src/pages/trails/[id].astro':
    "---\nimport { getCollection } from 'astro:content';\nimport Sheet from '../../layouts/Sheet.astro';\nexport async function getStaticPaths() {\n  const trails = await getCollection('trails');\n  return trails.map((trail) => ({ params: { id: trail.id }, props: { trail } }));\n}\nconst { trail } = Astro.props;\n---\n<Sheet title={trail.data.title} />\n",
};

/** A pnpm workspace under turbo: a Next.js shop front, an Express-less API and two packages. */
export const market: Files = {
  'package.json': JSON.stringify(
    {
      name: 'market',
      private: true,
      packageManager: 'pnpm@10.4.0',
      scripts: { build: 'turbo run build' },
      devDependencies: { turbo: '^2.4.0' },
    },
    null,
    2,
  ),
  'pnpm-workspace.yaml': "packages:\n  - 'sites/*'\n  - 'libs/*'\n",
  'pnpm-lock.yaml': "lockfileVersion: '9.0'\n",
  'turbo.json': '{ "tasks": { "build": { "dependsOn": ["^build"], "outputs": [".next/**"] } } }\n',
  'sites/stall/package.json': manifest(
    '@market/stall',
    { build: 'next build' },
    {
      next: '16.0.3',
      react: '19.2.0',
      'react-dom': '19.2.0',
      '@market/scales': 'workspace:*',
      '@market/signs': 'workspace:*',
    },
  ),
  'sites/stall/tsconfig.json':
    '{ "extends": "../../libs/tsconfig/next.json", "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }\n',
  'sites/stall/next.config.ts': "export default { transpilePackages: ['@market/signs'] };\n",
  'sites/stall/src/app/layout.tsx':
    'import { Awning } from \'@market/signs\';\n\nexport default function Layout({ children }: { children: React.ReactNode }) {\n  return <html lang="en"><body><Awning />{children}</body></html>;\n}\n',
  'sites/stall/src/app/page.tsx':
    "import { PriceSign } from '@market/signs/price-sign';\nimport { weigh } from '@market/scales';\nimport { crates } from '@/crates';\n\nexport default function Page() {\n  return crates.map((crate) => <PriceSign key={crate.fruit} grams={weigh(crate)} />);\n}\n",
  'sites/stall/src/crates.ts': "export const crates = [{ fruit: 'plum', grams: 900 }];\n",
  'sites/office/package.json': manifest(
    '@market/office',
    { build: 'vite build' },
    { '@market/scales': 'workspace:*', react: '19.2.0' },
    { vite: '^7.0.0' },
  ),
  'sites/office/vite.config.ts': "import { defineConfig } from 'vite';\n\nexport default defineConfig({});\n",
  'sites/office/src/main.ts': "import { weigh } from '@market/scales';\n\nconsole.log(weigh({ grams: 1 }));\n",
  'libs/scales/package.json': JSON.stringify(
    {
      name: '@market/scales',
      version: '0.0.0',
      main: './dist/index.js',
      types: './dist/index.d.ts',
      scripts: { build: 'tsc' },
    },
    null,
    2,
  ),
  'libs/scales/tsconfig.json': '{ "extends": "../tsconfig/base.json", "compilerOptions": { "outDir": "dist" } }\n',
  'libs/scales/src/index.ts': "export { weigh } from './weigh';\nexport type { Crate } from './crate';\n",
  'libs/scales/src/weigh.ts':
    "import type { Crate } from './crate';\n\nexport function weigh(crate: Crate): number {\n  return crate.grams;\n}\n",
  'libs/scales/src/crate.ts': 'export interface Crate {\n  grams: number;\n}\n',
  'libs/signs/package.json': JSON.stringify(
    {
      name: '@market/signs',
      version: '0.0.0',
      exports: { '.': './src/index.ts', './price-sign': './src/price-sign.tsx' },
      peerDependencies: { react: '19.2.0' },
    },
    null,
    2,
  ),
  'libs/signs/src/index.ts': "export { Awning } from './awning';\n",
  'libs/signs/src/awning.tsx': 'export function Awning() {\n  return <header>Market</header>;\n}\n',
  'libs/signs/src/price-sign.tsx':
    'export function PriceSign({ grams }: { grams: number }) {\n  return <b>{grams} g</b>;\n}\n',
  'libs/tsconfig/base.json': '{ "compilerOptions": { "strict": true } }\n',
  'libs/tsconfig/next.json': '{ "extends": "./base.json", "compilerOptions": { "jsx": "preserve" } }\n',
  'libs/tsconfig/package.json': '{ "name": "@market/tsconfig", "version": "0.0.0" }\n',
};

/** Nuxt 4: a night school's courses. */
export const nightSchool: Files = {
  'package.json': manifest(
    'night-school',
    { build: 'nuxt build', postinstall: 'nuxt prepare' },
    { nuxt: '^4.0.0', vue: '^3.5.0' },
  ),
  'nuxt.config.ts': "export default defineNuxtConfig({ modules: ['@nuxt/image'] });\n",
  'tsconfig.json': '{ "references": [{ "path": "./.nuxt/tsconfig.app.json" }] }\n',
  'app/app.vue': '<template>\n  <NuxtLayout><NuxtPage /></NuxtLayout>\n</template>\n',
  'app/layouts/default.vue': '<template>\n  <div><CourseMenu /><slot /></div>\n</template>\n',
  'app/components/CourseMenu.vue':
    '<script setup lang="ts">\nimport { terms } from \'~/utils/terms\';\n</script>\n\n<template>\n  <nav>{{ terms.length }}</nav>\n</template>\n',
  'app/pages/index.vue':
    '<script setup lang="ts">\nimport { terms } from \'~/utils/terms\';\n</script>\n\n<template>\n  <p>{{ terms[0] }}</p>\n</template>\n',
  'app/pages/courses/[id].vue':
    '<script setup lang="ts">\nconst route = useRoute();\nconst { data } = await useFetch(`/api/courses/${route.params.id}`);\n</script>\n\n<template>\n  <h1>{{ data.title }}</h1>\n</template>\n',
  'app/utils/terms.ts': "export const terms = ['autumn', 'spring'];\n",
  'server/api/courses/[id].get.ts': 'export default defineEventHandler(() => ({ title: "Drawing" }));\n',
};

/** React Router 7 with file routes: a seed exchange. */
export const seeds: Files = {
  'package.json': manifest(
    'seeds',
    { build: 'react-router build' },
    { 'react-router': '^7.5.0', '@react-router/node': '^7.5.0', react: '19.1.0', isbot: '^5.0.0' },
    { '@react-router/dev': '^7.5.0', vite: '^7.0.0', 'vite-tsconfig-paths': '^5.0.0', typescript: '^5.9.0' },
  ),
  'vite.config.ts':
    "import { reactRouter } from '@react-router/dev/vite';\nimport tsconfigPaths from 'vite-tsconfig-paths';\nimport { defineConfig } from 'vite';\n\nexport default defineConfig({ plugins: [reactRouter(), tsconfigPaths()] });\n",
  'react-router.config.ts': 'export default { ssr: true };\n',
  'tsconfig.json': tsconfig({ '~/*': ['./app/*'] }),
  'app/root.tsx':
    "import { Outlet } from 'react-router';\nimport { Banner } from '~/parts/banner';\n\nexport default function Root() {\n  return <html lang=\"en\"><body><Banner /><Outlet /></body></html>;\n}\n",
  'app/routes.ts': "import { flatRoutes } from '@react-router/fs-routes';\n\nexport default flatRoutes();\n",
  'app/routes/_index.tsx':
    "import { listSeeds } from '~/shed/seeds.server';\nimport { SeedBox } from '~/parts/seed-box';\n\nexport function loader() {\n  return listSeeds();\n}\n\nexport default function Index() {\n  return <SeedBox />;\n}\n",
  'app/routes/seeds.$name.tsx':
    "import type { Route } from './+types/seeds.$name';\nimport { findSeed } from '~/shed/seeds.server';\n\nexport function loader({ params }: Route.LoaderArgs) {\n  return findSeed(params.name);\n}\n\nexport default function Seed({ loaderData }: Route.ComponentProps) {\n  return <h1>{loaderData.latin}</h1>;\n}\n",
  'app/parts/banner.tsx': 'export function Banner() {\n  return <p>Swap seeds</p>;\n}\n',
  'app/parts/seed-box.tsx':
    "import { Banner } from './banner';\n\nexport function SeedBox() {\n  return <Banner />;\n}\n",
  'app/shed/seeds.server.ts':
    "const seeds = [{ name: 'leek', latin: 'Allium' }];\n\nexport const listSeeds = () => seeds;\n\nexport function findSeed(name: string) {\n  return seeds.find((seed) => seed.name === name);\n}\n",
};
