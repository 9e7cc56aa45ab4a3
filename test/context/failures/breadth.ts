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
];
