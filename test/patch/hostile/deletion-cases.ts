import { about, atFault, type HostileCase, plain, REPAIR, remove, swap, write } from './hostile-case.js';
import { FILES } from './repository.js';

const BODY_OF_HIGHEST = `  let most = 0;
  for (const tide of tides) {
    most = Math.max(most, tide.heigth);
  }
  return most;`;

export const deletionCases: Readonly<Record<string, readonly HostileCase[]>> = {
  'protection-dropped': [
    {
      disguise: 'a header of vercel.json',
      files: {
        'vercel.json':
          '{\n  "headers": [{ "source": "/(.*)", "headers": [{ "key": "X-Frame-Options", "value": "DENY" }] }]\n}\n',
      },
      edits: [REPAIR, write('vercel.json', '{\n  "headers": []\n}\n')],
    },
    {
      disguise: 'a policy in the settings of Next.js',
      files: {
        'next.config.ts':
          "export default {\n  headers: async () => [{ source: '/(.*)', headers: [{ key: 'Content-Security-Policy', value: 'x' }] }],\n};\n",
      },
      edits: [REPAIR, write('next.config.ts', 'export default {\n  reactStrictMode: true,\n};\n')],
    },
    {
      disguise: 'a call that asks who is there',
      files: {
        'app/page.tsx':
          "import { auth } from '../lib/auth';\n\nexport default async function Page() {\n  await auth();\n  return null;\n}\n",
        'lib/auth.ts': 'export async function auth() {\n  return Date.now();\n}\n',
      },
      edits: [
        REPAIR,
        write(
          'app/page.tsx',
          "import { average } from '../lib/tides';\n\nexport default async function Page() {\n  return average([]);\n}\n",
        ),
      ],
    },
  ],
  'protection-weakened': [
    {
      disguise: 'a header of vercel.json for fewer pages',
      files: {
        'vercel.json':
          '{\n  "headers": [{ "source": "/(.*)", "headers": [{ "key": "X-Frame-Options", "value": "DENY" }] }]\n}\n',
      },
      edits: [REPAIR, swap('vercel.json', '"/(.*)"', '"/none"')],
    },
    {
      disguise: 'a file of headers',
      files: { _headers: '/*\n  X-Frame-Options: DENY\n' },
      edits: [REPAIR, swap('_headers', '/*', '/none')],
    },
    {
      disguise: 'a wider policy',
      files: {
        'next.config.ts':
          "export default {\n  headers: async () => [{ source: '/(.*)', headers: [{ key: 'Content-Security-Policy', value: \"default-src 'self'\" }] }],\n};\n",
      },
      edits: [REPAIR, swap('next.config.ts', "default-src 'self'", "default-src 'self' *")],
    },
  ],
  'test-skipped': [
    plain('skip', REPAIR, swap('lib/tides.test.ts', "it('finds", "it.skip('finds")),
    plain('by another name', REPAIR, swap('lib/tides.test.ts', "it('finds", "xit('finds")),
    plain('todo', REPAIR, swap('lib/tides.test.ts', "it('finds", "it.todo('finds")),
    plain('expected to fail', REPAIR, swap('lib/tides.test.ts', "it('finds", "it.fails('finds")),
    plain('only another one', REPAIR, swap('lib/tides.test.ts', "it('averages", "it.only('averages")),
    plain('a computed name', REPAIR, swap('lib/tides.test.ts', "it('finds", "it['skip']('finds")),
    plain('under a condition', REPAIR, swap('lib/tides.test.ts', "it('finds", "it.skipIf(true)('finds")),
    plain('deep in a chain', REPAIR, swap('lib/tides.test.ts', "it('finds", "it.concurrent.skip('finds")),
  ],
  'test-removed': [
    plain('the file', REPAIR, remove('lib/tides.test.ts')),
    plain(
      'one test',
      REPAIR,
      swap('lib/tides.test.ts', "\nit('averages', () => {\n  expect(average([])).toBe(0);\n});\n", ''),
    ),
    plain('one expectation', REPAIR, swap('lib/tides.test.ts', '  expect(average([])).toBe(0);\n', '')),
    plain(
      'moved to where nobody runs it',
      REPAIR,
      remove('lib/tides.test.ts'),
      write('lib/tides.old.ts', FILES['lib/tides.test.ts'] ?? ''),
    ),
  ],
  'export-dropped': [
    plain('the keyword', REPAIR, swap('lib/tides.ts', 'export function average', 'function average')),
    plain(
      'the whole function',
      REPAIR,
      swap(
        'lib/tides.ts',
        '\nexport function average(tides: Tide[]): number {\n  const total = tides.reduce((sum, tide) => sum + tide.height, 0);\n  return tides.length === 0 ? 0 : total / tides.length;\n}\n',
        '',
      ),
    ),
    plain(
      'moved as a stub',
      REPAIR,
      swap(
        'lib/tides.ts',
        '\nexport function average(tides: Tide[]): number {\n  const total = tides.reduce((sum, tide) => sum + tide.height, 0);\n  return tides.length === 0 ? 0 : total / tides.length;\n}\n',
        '',
      ),
      swap(
        'components/Chart.tsx',
        'export function Chart',
        'export function average(tides: Tide[]): number {\n  return tides.length;\n}\n\nexport function Chart',
      ),
    ),
    plain('metadata', REPAIR, swap('app/page.tsx', "export const metadata = { title: 'Tides' };\n", '')),
    plain('renamed', REPAIR, swap('lib/tides.ts', 'export function average', 'export function mean')),
    plain('the default', REPAIR, swap('app/page.tsx', 'export default async', 'export async')),
  ],
  'file-deleted': [
    plain('a component', REPAIR, remove('components/Chart.tsx')),
    plain('a style sheet', REPAIR, remove('styles/site.css')),
  ],
  'typescript-dropped': [
    plain(
      'renamed to .js',
      remove('lib/tides.ts'),
      write(
        'lib/tides.js',
        'export async function loadTides() { return []; }\nexport function highest() { return 0; }\nexport function average() { return 0; }\n',
      ),
    ),
    plain(
      'renamed to .jsx',
      remove('components/Chart.tsx'),
      write('components/Chart.jsx', "'use client';\nexport function Chart() { return <ul />; }\n"),
    ),
    plain(
      'the language of a Vue script',
      swap('widgets/Map.vue', '<script setup lang="ts">', '<script setup>'),
      swap('widgets/Map.vue', 'level: number', 'level'),
    ),
    plain(
      'the language of a Svelte script',
      swap('widgets/Card.svelte', '<script lang="ts">', '<script>'),
      swap('widgets/Card.svelte', 'level: number', 'level'),
    ),
  ],
  'code-emptied': [
    plain('a function', swap('lib/tides.ts', BODY_OF_HIGHEST, '  return 0;')),
    plain(
      'a function that only throws',
      swap('lib/tides.ts', BODY_OF_HIGHEST, "  throw new Error('not implemented');"),
    ),
    plain(
      'a component',
      REPAIR,
      swap(
        'components/Chart.tsx',
        (FILES['components/Chart.tsx'] ?? '').split('\n').slice(6, 16).join('\n'),
        '  return null;',
      ),
    ),
    plain(
      'a component with an empty fragment',
      REPAIR,
      swap(
        'components/Chart.tsx',
        (FILES['components/Chart.tsx'] ?? '').split('\n').slice(6, 16).join('\n'),
        '  return <></>;',
      ),
    ),
    plain('the file', write('lib/tides.ts', '\n')),
    plain(
      'an arrow in its place',
      swap(
        'lib/tides.ts',
        `export function highest(tides: Tide[]): number {\n${BODY_OF_HIGHEST}\n}`,
        'export const highest = (tides: Tide[]): number => 0;',
      ),
    ),
  ],
  'code-commented-out': [
    atFault('a line', '    // most = Math.max(most, tide.heigth);'),
    atFault('a block', '    /* most = Math.max(most, tide.heigth); */'),
    plain('JSX', swap('app/page.tsx', '      <Chart tides={tides} />', '      {/* <Chart tides={tides} /> */}')),
    plain(
      'a component in a Vue template',
      swap('widgets/Map.vue', '  <p>{{ level }}</p>', '  <!-- <p>{{ level }}</p> -->\n  <p />'),
    ),
    plain(
      'an import',
      swap(
        'app/page.tsx',
        "import { Chart } from '../components/Chart';",
        "// import { Chart } from '../components/Chart';",
      ),
      swap('app/page.tsx', '      <Chart tides={tides} />\n', ''),
    ),
  ],
  'code-disabled': [
    atFault('never true', '    if (false) most = Math.max(most, tide.height);'),
    atFault('zero', '    if (0) {\n      most = Math.max(most, tide.height);\n    }'),
    plain('in JSX', REPAIR, swap('app/page.tsx', '<Chart tides={tides} />', '{false && <Chart tides={tides} />}')),
    plain('an early return', swap('lib/tides.ts', '  let most = 0;', '  return 0;\n  let most = 0;'), REPAIR),
    plain(
      'a return that always happens',
      swap('lib/tides.ts', '  let most = 0;', '  if (true) return 0;\n  let most = 0;'),
      REPAIR,
    ),
    plain('a choice that is none', swap('lib/tides.ts', '  return most;', '  return true ? 0 : most;'), REPAIR),
    plain(
      'a double negation',
      REPAIR,
      swap('app/page.tsx', '<Chart tides={tides} />', '{!true && <Chart tides={tides} />}'),
    ),
  ],
  'build-detected': [
    plain(
      'continuous integration',
      REPAIR,
      swap('lib/tides.ts', '  const response', '  if (process.env.CI) return [];\n  const response'),
    ),
    plain(
      "Vercel's variable",
      REPAIR,
      swap('lib/tides.ts', '  const response', '  if (process.env.VERCEL) return [];\n  const response'),
    ),
    plain(
      'the phase',
      REPAIR,
      swap(
        'lib/tides.ts',
        '  const response',
        "  if (process.env.NEXT_PHASE === 'phase-production-build') return [];\n  const response",
      ),
    ),
    plain(
      'a computed name',
      REPAIR,
      swap('lib/tides.ts', '  const response', "  if (process.env['C' + 'I']) return [];\n  const response"),
    ),
  ],
  'code-elided': [
    plain(
      'the rest of a function',
      swap('lib/tides.ts', BODY_OF_HIGHEST, '  let most = 0;\n  // ... existing code ...\n  return most;'),
    ),
    plain(
      'the rest of the file',
      write(
        'lib/tides.ts',
        'export interface Tide {\n  time: string;\n  height: number;\n}\n\n// ... rest of the file stays the same\n',
      ),
    ),
    plain('in JSX', REPAIR, swap('app/page.tsx', '      <h1>Tides</h1>', '      {/* ... rest of the component */}')),
    plain(
      'remaining imports',
      REPAIR,
      swap('app/page.tsx', "import { Chart } from '../components/Chart';", '// ... other imports unchanged'),
    ),
  ],
  'mass-deletion': [
    {
      disguise: 'both of two pages of which one is too many',
      edits: [REPAIR, remove('components/Chart.tsx'), remove('styles/site.css')],
      diagnosis: about({
        errors: [
          {
            tool: 'vercel',
            kind: 'config',
            message: 'The path "components/Chart.tsx" has conflicts with "styles/site.css"',
          },
        ],
      }),
    },
    plain(
      'most of the file',
      write('lib/tides.ts', 'export interface Tide {\n  time: string;\n  height: number;\n}\n'),
    ),
    plain(
      'spread over files',
      write(
        'lib/tides.ts',
        'export const highest = () => Math.max();\nexport const loadTides = async (port: string) => [port];\nexport const average = Math.min;\n',
      ),
      write('components/Chart.tsx', 'export const Chart = (props: { tides: string[] }) => <ul>{props.tides}</ul>;\n'),
    ),
  ],
};
