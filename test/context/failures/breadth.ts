import type { Failure } from './failure.js';

const zod = (path: string, received: string) =>
  `ZodError: [\n{\n"expected": "number",\n"code": "invalid_type",\n"path": [\n${path}\n"message": "Invalid input: expected number, received ${received}"`;

const lighthouse = {
  'package.json': '{ "name": "lighthouse", "devDependencies": { "@11ty/eleventy": "^3.0.0" } }',
  'eleventy.config.js':
    "import { words } from './lib/words.js';\n\nexport default (config) => config.addFilter('words', words);\n",
  'lib/words.js': "export const words = (text) => text.split(' ').length;\n",
  'src/_data/keepers.json':
    '[\n  { "name": "Ann", "watch": { "from": 1 } },\n  { "name": "Bo", "watch": { "from": 5 } },\n  { "name": "Cy", "watch": { "from": 9 } }\n]\n',
  'src/_includes/entry.njk': '<h1>{{ title }}</h1>{{ content | safe }}\n',
  'src/index.njk': '{% for entry in collections.entry %}{{ entry.data.summary | words }}{% endfor %}\n',
  'src/keepers.11ty.js':
    'export const render = ({ keepers }) =>\n  keepers.map((keeper) => keeper.watch.from).join();\n',
  'src/log/log.json': '{ "layout": "entry.njk", "tags": "entry" }\n',
  'src/log/gale.md': '---\ntitle: Gale\nsummary: It blew.\n---\n\nAll night.\n',
  'src/log/calm.md': '---\ntitle: Calm\nsummary: It did not.\n---\n\nAll day.\n',
  'src/log/fog.md': '---\ntitle: Fog\nsummary: Nothing seen.\n---\n\nHorn on.\n',
};

const ferries = {
  'package.json':
    '{ "name": "ferries", "dependencies": { "zod": "^4.0.0", "@tanstack/react-start": "^1.0.0" }, "devDependencies": { "vite-tsconfig-paths": "^5.0.0" } }',
  'tsconfig.json': '{ "compilerOptions": { "paths": { "~/*": ["./src/*"] } } }',
  'vite.config.ts':
    "import paths from 'vite-tsconfig-paths';\nimport { defineConfig } from 'vite';\n\nexport default defineConfig({ plugins: [paths()] });\n",
  'src/lib/boats.json':
    '[\n  { "slug": "heron", "minutes": 95 },\n  { "slug": "curlew", "minutes": 80 },\n  { "slug": "plover", "minutes": 70 }\n]\n',
  'src/lib/boats.ts':
    "import { z } from 'zod';\nimport records from './boats.json';\n\nexport const boats = z.array(z.object({ slug: z.string(), minutes: z.number() })).parse(records);\n\nexport function findBoat(slug: string) {\n  const boat = boats.find((one) => one.slug === slug);\n  if (!boat) throw new Error('No boat is called ' + slug);\n  return boat;\n}\n",
  'src/routes/__root.tsx':
    'import { Link } from \'@tanstack/react-router\';\n\nexport const Route = <Link to="/">Boats</Link>;\n',
  'src/routes/index.tsx':
    "import { BoatList } from '~/parts/BoatList';\nimport { boats } from '~/lib/boats';\n\nexport const Route = <BoatList boats={boats} />;\n",
  'src/routes/boats.$slug.tsx':
    "import { findBoat } from '~/lib/boats';\n\nexport const Route = findBoat('heron').slug;\n",
  'src/parts/BoatList.tsx':
    "export const BoatList = ({ boats }) => boats.map((boat) => <a href={'/boats/' + boat.slug}>{boat.slug}</a>);\n",
};

const vines = {
  'package.json': '{ "name": "vines", "dependencies": { "@angular/core": "^20.0.0" } }',
  'angular.json':
    '{ "projects": { "vines": { "architect": { "build": { "options": { "styles": ["src/styles.css"] } } } } } }',
  'src/styles.css': 'body { margin: 0; }\n',
  'src/app/shared/age.pipe.ts':
    "import { Pipe } from '@angular/core';\n\n@Pipe({ name: 'age' })\nexport class AgePipe {\n  transform = (planted: number) => 2026 - planted;\n}\n",
  'src/app/vines/vine-card.html': '<p>{{ planted | age }}</p>\n',
  'src/app/vines/vine-card.ts':
    "import { Component } from '@angular/core';\nimport { AgePipe } from '../shared/age.pipe';\n\n@Component({ selector: 'app-vine-card', imports: [AgePipe], templateUrl: './vine-card.html' })\nexport class VineCard {\n  planted = 1998;\n}\n",
};

const hives = {
  'package.json': '{ "name": "hives", "dependencies": { "@docusaurus/core": "^3.8.0" } }',
  'docusaurus.config.ts':
    "export default {\n  themeConfig: { navbar: { items: [{ type: 'docSidebar', sidebarId: 'handbook', label: 'Handbook' }] } },\n};\n",
  'sidebars.ts': "export default { handbook: ['intro', 'spring'] };\n",
  'docs/01-intro.md': '# Before the first hive\n',
  'docs/02-spring.mdx': "import HiveTable from '@site/src/components/HiveTable';\n\n# Spring\n\n<HiveTable />\n",
  'src/components/HiveTable.tsx': 'export default function HiveTable() {\n  return <table />;\n}\n',
  'src/pages/index.tsx':
    "import HiveTable from '@site/src/components/HiveTable';\n\nexport default function Home() {\n  return <HiveTable />;\n}\n",
};

const moorings = {
  'package.json': '{ "name": "moorings", "devDependencies": { "@builder.io/qwik-city": "^1.14.0" } }',
  'vite.config.ts':
    "import { qwikCity } from '@builder.io/qwik-city/vite';\nimport { defineConfig } from 'vite';\n\nexport default defineConfig({ plugins: [] });\n",
  'src/lib/boats.json':
    '[\n  { "slug": "tern", "size": { "length": 420 } },\n  { "slug": "skua", "size": { "length": 610 } },\n  { "slug": "gannet", "size": { "length": 730 } }\n]\n',
  'src/routes/boats/[slug]/index.tsx':
    "import boats from '../../../lib/boats.json';\n\nexport default ({ boat = boats[0] }) => <h1>{boat.size.length}</h1>;\n",
};

/** Of site generators and full-stack routers besides the usual ones. */
export const breadthFailures: readonly Failure[] = [
  {
    name: 'a filter that one entry gives nothing to',
    app: lighthouse,
    broken: { 'src/log/fog.md': '---\ntitle: Fog\n---\n\nHorn on.\n' },
    errors: [
      {
        tool: 'eleventy',
        kind: 'other',
        message: "Error in Nunjucks Filter `words`: Cannot read properties of undefined (reading 'split')",
        file: 'src/index.njk',
        trace: ['lib/words.js'],
      },
    ],
    fault: [['src/log/fog.md']],
  },
  {
    name: 'a day without quotes among days that are texts',
    app: lighthouse,
    broken: {
      'src/log/gale.md': '---\ntitle: Gale\nsummary: It blew.\nseen: "2031-02-03"\n---\n\nAll night.\n',
      'src/log/calm.md': '---\ntitle: Calm\nsummary: It did not.\nseen: "2031-02-05"\n---\n\nAll day.\n',
      'src/log/fog.md': '---\ntitle: Fog\nsummary: Nothing seen.\nseen: 2031-02-04\n---\n\nHorn on.\n',
    },
    errors: [
      {
        tool: 'eleventy',
        kind: 'other',
        message: 'TypeError: t.seen.localeCompare is not a function',
        file: 'src/index.njk',
      },
    ],
    fault: [['src/log/fog.md']],
  },
  {
    name: 'a list of records of which one lacks what a template reads',
    app: lighthouse,
    broken: {},
    edits: { 'src/_data/keepers.json': ['"name": "Bo", "watch": { "from": 5 }', '"name": "Bo"'] },
    errors: [
      {
        tool: 'eleventy',
        kind: 'other',
        message: "Cannot read properties of undefined (reading 'from')",
        file: 'src/keepers.11ty.js',
        line: 2,
      },
    ],
    fault: [['src/_data/keepers.json']],
  },
  {
    name: 'a layout that a data file names, renamed',
    app: lighthouse,
    broken: { 'src/_includes/entry.njk': null, 'src/_includes/log.njk': '<h1>{{ title }}</h1>{{ content | safe }}\n' },
    errors: [
      {
        tool: 'eleventy',
        kind: 'file-missing',
        message: 'You’re trying to use a layout that does not exist: src/_includes/entry.njk',
        specifier: 'src/_includes/entry.njk',
        file: 'src/log/calm.md',
      },
    ],
    fault: [['src/log/log.json']],
  },
  {
    name: 'two pages of one address',
    app: lighthouse,
    broken: { 'src/log/calm.md': '---\ntitle: Calm\npermalink: /log/gale/\nsummary: It did not.\n---\n\nAll day.\n' },
    errors: [
      {
        tool: 'eleventy',
        kind: 'other',
        message:
          'Output conflict: multiple input files are writing to `./_site/log/gale/index.html`. Use distinct `permalink` values to resolve this conflict.',
        file: 'src/log/gale.md',
        trace: ['src/log/calm.md'],
      },
    ],
    fault: [['src/log/calm.md']],
  },
  {
    name: 'a record that its schema refuses',
    app: ferries,
    broken: {},
    edits: { 'src/lib/boats.json': ['80', '"80"'] },
    errors: [
      {
        tool: 'tanstack-start',
        kind: 'prerender',
        message: zod('1,\n"minutes"', 'string'),
        route: '/',
        trace: ['boats.ts', 'boats.js'],
      },
    ],
    fault: [['src/lib/boats.json']],
  },
  {
    name: 'a schema that asks for a key which no record has',
    app: ferries,
    broken: {},
    edits: { 'src/lib/boats.ts': ['minutes: z', 'duration: z'] },
    errors: [
      {
        tool: 'tanstack-start',
        kind: 'prerender',
        message: zod('0,\n"duration"', 'undefined'),
        route: '/',
        trace: ['boats.ts', 'boats.js'],
      },
    ],
    fault: [['src/lib/boats.ts']],
  },
  {
    name: 'a link to a page that is not there',
    app: ferries,
    broken: {},
    edits: { 'src/routes/__root.tsx': ['to="/"', 'to="/baots"'] },
    errors: [{ tool: 'tanstack-start', kind: 'prerender', message: 'There is no page "/baots"', route: '/baots' }],
    fault: [['src/routes/__root.tsx']],
  },
  {
    name: 'addresses made otherwise than the page takes them apart',
    app: ferries,
    broken: {},
    edits: { 'src/parts/BoatList.tsx': ["'/boats/'", "'/boats/at-'"] },
    errors: [
      {
        tool: 'vinxi',
        kind: 'prerender',
        message: 'Error: No boat is called at-heron',
        route: '/boats/at-heron',
        trace: ['boats.ts', 'boats.js'],
      },
    ],
    fault: [['src/lib/boats.ts', 'src/parts/BoatList.tsx']],
  },
  {
    name: 'an alias taken from the compiler, which the bundler follows',
    app: ferries,
    broken: { 'tsconfig.json': '{ "compilerOptions": { "paths": {} } }' },
    errors: [
      {
        tool: 'vite',
        kind: 'module-not-found',
        message: 'Rolldown failed to resolve import "~/lib/boats" from "/vercel/path0/src/routes/index.tsx".',
        specifier: '~/lib/boats',
        file: 'src/routes/index.tsx',
      },
    ],
    fault: [['tsconfig.json']],
  },
  {
    name: 'a pipe that the component does not import',
    app: vines,
    broken: {},
    edits: { 'src/app/vines/vine-card.ts': [', imports: [AgePipe]', ''] },
    errors: [
      {
        tool: 'angular',
        kind: 'type',
        code: 'NG8004',
        message: "No pipe found with name 'age'.",
        symbol: 'age',
        file: 'src/app/vines/vine-card.html',
        line: 1,
        trace: ['src/app/vines/vine-card.ts'],
      },
    ],
    fault: [['src/app/vines/vine-card.ts']],
  },
  {
    name: 'a pipe that the module of an older component does not import',
    app: vines,
    broken: {
      'src/app/vines/vine-card.ts':
        "import { Component } from '@angular/core';\n\n@Component({ selector: 'app-vine-card', standalone: false, templateUrl: './vine-card.html' })\nexport class VineCard {\n  planted = 1998;\n}\n",
      'src/app/vines/vines.module.ts':
        "import { NgModule } from '@angular/core';\nimport { VineCard } from './vine-card';\n\n@NgModule({ declarations: [VineCard], exports: [VineCard] })\nexport class VinesModule {}\n",
    },
    errors: [
      {
        tool: 'angular',
        kind: 'type',
        code: 'NG8004',
        message: "No pipe found with name 'age'.",
        symbol: 'age',
        file: 'src/app/vines/vine-card.html',
        line: 1,
        trace: ['src/app/vines/vine-card.ts'],
      },
    ],
    fault: [['src/app/vines/vines.module.ts']],
  },
  {
    name: 'a pipe that is misspelt in the template',
    app: vines,
    broken: {},
    edits: { 'src/app/vines/vine-card.html': ['| age', '| aeg'] },
    errors: [
      {
        tool: 'angular',
        kind: 'type',
        code: 'NG8004',
        message: "No pipe found with name 'aeg'.",
        symbol: 'aeg',
        file: 'src/app/vines/vine-card.html',
        line: 1,
        trace: ['src/app/vines/vine-card.ts'],
      },
    ],
    fault: [['src/app/vines/vine-card.html']],
  },
  {
    name: 'a style sheet of the workspace, moved',
    app: vines,
    broken: { 'src/styles.css': null, 'src/css/styles.css': 'body { margin: 0; }\n' },
    errors: [
      {
        tool: 'esbuild',
        kind: 'module-not-found',
        message: 'Could not resolve "src/styles.css"',
        specifier: 'src/styles.css',
      },
    ],
    fault: [['angular.json']],
  },
  {
    name: 'a component that MDX was not told of',
    app: hives,
    broken: {},
    edits: { 'docs/02-spring.mdx': ["import HiveTable from '@site/src/components/HiveTable';\n\n", ''] },
    errors: [
      {
        tool: 'docusaurus',
        kind: 'prerender',
        message:
          'Error: Expected component `HiveTable` to be defined: you likely forgot to import, pass, or provide it.',
        route: '/docs/spring',
      },
    ],
    fault: [['docs/02-spring.mdx']],
  },
  {
    name: 'a component renamed, which pages import from the root of the site',
    app: hives,
    broken: {
      'src/components/HiveTable.tsx': null,
      'src/components/HivesTable.tsx': 'export default function HivesTable() {\n  return <table />;\n}\n',
    },
    errors: [
      {
        tool: 'webpack',
        kind: 'module-not-found',
        message: "Module not found: Error: Can't resolve '@site/src/components/HiveTable' in '/vercel/path0/docs'",
        specifier: '@site/src/components/HiveTable',
      },
    ],
    fault: [['docs/02-spring.mdx', 'src/pages/index.tsx']],
  },
  {
    name: 'a sidebar that the navigation bar does not find',
    app: hives,
    broken: {},
    edits: { 'sidebars.ts': ['handbook', 'guide'] },
    errors: [
      {
        tool: 'docusaurus',
        kind: 'config',
        message: 'Error: Can\'t find any sidebar with id "handbook" in version current".',
        symbol: 'handbook',
      },
    ],
    fault: [['docusaurus.config.ts']],
  },
  {
    name: 'a file that replaces another in production and lacks what that has',
    app: vines,
    broken: {
      'angular.json':
        '{ "projects": { "vines": { "architect": { "build": { "configurations": { "production": { "fileReplacements": [{ "replace": "src/environments/environment.ts", "with": "src/environments/environment.production.ts" }] } } } } } } }',
      'src/environments/environment.ts': "export const environment = { press: 'test', region: 'test' };\n",
      'src/environments/environment.production.ts': "export const environment = { press: 'old' };\n",
      'src/app/harvest.ts':
        "import { environment } from '../environments/environment';\n\nexport const region = environment.region;\n",
    },
    errors: [
      {
        tool: 'angular',
        kind: 'type',
        code: 'TS2339',
        message: "Property 'region' does not exist on type '{ press: string; }'.",
        symbol: 'region',
        file: 'src/app/harvest.ts',
        line: 3,
      },
    ],
    fault: [['src/environments/environment.production.ts']],
  },
  {
    name: 'a package of a scope from which others are declared',
    app: vines,
    broken: {
      'src/app/search.ts': "import { FormsModule } from '@angular/forms';\n\nexport const parts = [FormsModule];\n",
    },
    errors: [
      {
        tool: 'esbuild',
        kind: 'module-not-found',
        message: 'Could not resolve "@angular/forms"',
        specifier: '@angular/forms',
        file: 'src/app/search.ts',
        line: 1,
      },
    ],
    fault: [['package.json']],
  },
  {
    name: 'a plugin that is declared, and no longer used',
    app: lighthouse,
    broken: {
      'package.json':
        '{ "name": "lighthouse", "devDependencies": { "@11ty/eleventy": "^3.0.0", "@11ty/eleventy-navigation": "^1.0.0" } }',
      'src/_includes/entry.njk': '<nav>{{ collections.all | eleventyNavigation }}</nav>{{ content | safe }}\n',
    },
    errors: [
      {
        tool: 'eleventy',
        kind: 'other',
        message: 'filter not found: eleventyNavigation',
        symbol: 'eleventyNavigation',
        file: 'src/_includes/entry.njk',
      },
    ],
    fault: [['eleventy.config.js']],
  },
  {
    name: 'packages that wait for one another',
    app: {
      'package.json': '{ "name": "stalls", "workspaces": ["libs/*"] }',
      'nx.json': '{ "targetDefaults": { "build": { "dependsOn": ["^build"] } } }',
      'libs/price/package.json': '{ "name": "@stalls/price", "dependencies": { "@stalls/goods": "*" } }',
      'libs/price/src/index.ts': 'export const cents = (price: number) => price * 100;\n',
      'libs/goods/package.json': '{ "name": "@stalls/goods", "dependencies": { "@stalls/price": "*" } }',
      'libs/goods/src/index.ts': "import { cents } from '@stalls/price';\n\nexport const plums = cents(3);\n",
    },
    broken: {},
    errors: [
      {
        tool: 'nx',
        kind: 'config',
        message:
          'Could not execute command because the task graph has a circular dependency\n@stalls/goods:build --> @stalls/price:build --> @stalls/goods:build',
      },
    ],
    fault: [['libs/price/package.json']],
  },
  {
    name: 'a record without what a page reads of it',
    app: moorings,
    broken: {},
    edits: { 'src/lib/boats.json': ['"size": { "length": 610 }', '"lengthCm": 610'] },
    errors: [
      {
        tool: 'qwik',
        kind: 'prerender',
        message: "Cannot read properties of undefined (reading 'length')",
        route: '/boats/skua/',
      },
    ],
    fault: [['src/lib/boats.json']],
  },
  {
    name: 'a module that a plugin makes, and a configuration that lost the plugin',
    app: moorings,
    broken: {},
    edits: { 'vite.config.ts': ["import { qwikCity } from '@builder.io/qwik-city/vite';\n", ''] },
    errors: [
      {
        tool: 'vite',
        kind: 'module-not-found',
        message:
          'Rollup failed to resolve import "@qwik-city-plan" from "/vercel/path0/node_modules/@builder.io/qwik-city/lib/index.qwik.mjs".',
        specifier: '@qwik-city-plan',
      },
    ],
    fault: [['vite.config.ts']],
  },
];
