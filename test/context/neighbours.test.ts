import { expect, test } from 'vitest';
import { gatherContext } from '../../lib/context/gather.js';
import type { BuildError } from '../../lib/diagnosis/diagnosis.js';
import { diagnosisOf } from './failures/failure.js';
import { readTexts } from './texts-reader.js';

const rooms = Object.fromEntries(
  ['Bell', 'Crane', 'Dock', 'Ebb', 'Flood'].map((name) => [`components/${name}.tsx`, `export const ${name} = 1;\n`]),
);
const app = {
  ...rooms,
  'package.json': '{ "name": "quay", "scripts": { "build": "next build" } }',
  'next.config.js': 'export default {};\n',
  'app/layout.tsx': 'export default ({ children }) => children;\n',
  'app/berths/page.tsx':
    "import { listBerths } from '../../lib/berths';\nimport { Picker } from '../../components/Picker';\n\nexport default () => <Picker berths={listBerths()} onPick={() => undefined} />;\n",
  'app/berths/actions.ts': "'use server';\n\nexport async function hold() {}\n",
  'components/Picker.tsx':
    "'use client';\n\nexport const Picker = ({ berths, onPick }) => <button onClick={onPick}>{berths.length}</button>;\n",
  'components/Picker.test.tsx': "import { Picker } from './Picker';\n\ntest('picks', () => <Picker berths={[]} />);\n",
  'components/Picker.module.css': '.picker { color: red; }\n',
  'components/Menu.tsx': 'export const Menu = () => <nav />;\n',
  'lib/berths.ts': "import berths from '../data/berths.json';\n\nexport const listBerths = () => berths;\n",
  'data/berths.json': '[{ "id": "a", "metres": 9 }]\n',
  'packages/tides/package.json': '{ "name": "tides" }',
  'packages/tides/tsconfig.json': '{}',
};

async function suspectsOf(error: BuildError, changes?: readonly string[]) {
  const hunks = '@@ -1,2 +1,3 @@\n context\n+// checked in spring\n context';
  const context = await gatherContext(
    diagnosisOf([error]),
    readTexts(new Map(Object.entries(app)), {
      whole: true,
      ...(changes ? { changes: changes.map((path) => ({ path, status: 'modified' as const, hunks })) } : {}),
    }),
    { rootDirectory: '' },
  );
  return context.suspects.map(({ path }) => path);
}

const ofPage: BuildError = {
  tool: 'next',
  kind: 'prerender',
  message: 'Error: Something went wrong in onPick',
  route: '/berths',
};

test.each<[string, BuildError, readonly string[]]>([
  ['what a page renders, and the data behind it', ofPage, ['components/Picker.tsx', 'data/berths.json']],
  [
    'who gives a component what it cannot take, and its sheet',
    { tool: 'next', kind: 'other', message: 'Error: nothing works', file: 'components/Picker.tsx' },
    ['app/berths/page.tsx', 'components/Picker.module.css'],
  ],
  [
    'a module that the message gives without its extension',
    { tool: 'next', kind: 'type', message: `Type 'typeof import("/vercel/path0/lib/berths")' does not fit.` },
    ['lib/berths.ts'],
  ],
  [
    'the settings of a folder that the message gives',
    { tool: 'typescript', kind: 'other', message: "Project '/vercel/path0/packages/tides' cannot be read." },
    ['packages/tides/tsconfig.json', 'packages/tides/package.json'],
  ],
  [
    'data that have the member which a type lacks',
    {
      tool: 'typescript',
      kind: 'type',
      code: 'TS2339',
      message: "Property 'metres' does not exist on type 'Tide'.",
      file: 'components/Menu.tsx',
      line: 1,
      symbol: 'metres',
    },
    ['data/berths.json'],
  ],
  [
    'the tools’ settings, where nothing leads anywhere',
    { tool: 'nuxt', kind: 'other', message: 'Unknown word' },
    ['package.json', 'next.config.js'],
  ],
])('%s stand behind the suspects', async (_name, error, expected) => {
  const suspects = await suspectsOf(error);

  expect(suspects.slice(0, 5)).toEqual(expect.arrayContaining([...expected]));
  expect(suspects).not.toContain('components/Picker.test.tsx');
});

test('an error in the form of a file speaks of no other', async () => {
  const suspects = await suspectsOf({
    tool: 'swc',
    kind: 'syntax',
    message: 'Unexpected token',
    file: 'components/Picker.tsx',
    line: 3,
  });

  expect(suspects).toEqual(['components/Picker.tsx']);
});

test('what no edit repairs speaks of no file', async () => {
  const told = { tool: 'next', kind: 'variable-missing', message: 'TIDE_KEY is required', route: '/berths' } as const;

  expect(await suspectsOf(told)).not.toContain('components/Picker.tsx');
});

test('changes that have nothing to do with the failure take no place from them', async () => {
  const suspects = await suspectsOf(ofPage, [
    'app/layout.tsx',
    'app/berths/actions.ts',
    'components/Menu.tsx',
    'next.config.js',
    'packages/tides/package.json',
    ...Object.keys(rooms),
  ]);

  expect(suspects.slice(0, 5)).toEqual(expect.arrayContaining(['components/Picker.tsx', 'data/berths.json']));
});

test('a large diff says of no file more than what its rows have to do with the error', async () => {
  const others = [
    'app/layout.tsx',
    'app/berths/actions.ts',
    'components/Menu.tsx',
    'lib/berths.ts',
    ...Object.keys(rooms),
  ];
  const quiet = await suspectsOf(ofPage);

  expect((await suspectsOf(ofPage, others)).slice(0, 5)).toEqual(quiet.slice(0, 5));
});
