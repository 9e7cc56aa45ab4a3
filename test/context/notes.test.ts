import { expect, test } from 'vitest';
import { writeNotes } from '../../lib/context/notes.js';
import { surveyRepository } from '../../lib/context/survey.js';
import type { BuildError } from '../../lib/diagnosis/diagnosis.js';
import { bikeKitchen, choir, type Files, toolLibrary } from './failures/apps.js';
import { diagnosisOf } from './failures/failure.js';

function notesOf(app: Files, ...errors: readonly BuildError[]): string[] {
  const entries = Object.keys(app).map((path) => ({ path, mode: '100644' as const, sha: '' }));
  return writeNotes(
    surveyRepository({
      diagnosis: diagnosisOf(errors),
      tree: { entries, truncated: false },
      files: new Map(Object.entries(app)),
      changes: undefined,
      rootDirectory: '',
    }),
  );
}

const renamed: BuildError = {
  tool: 'typescript',
  kind: 'export-missing',
  code: 'TS2305',
  message: "Module '\"@/data/dates\"' has no exported member 'formatDues'.",
  file: 'ui/due-date.tsx',
  line: 1,
  specifier: '@/data/dates',
  symbol: 'formatDues',
};

test('a missing export: who imports the module, and the nearest name, once', () => {
  expect(notesOf(toolLibrary, renamed, renamed)).toEqual([
    'data/dates.ts is imported by: ui/tool-card.tsx (formatDue), ui/due-date.tsx (formatDue)',
    'no file read exports formatDues; the nearest name is formatDue',
  ]);
});

test('a member that a type lacks: who else writes it', () => {
  const error = (symbol: string): BuildError => ({
    tool: 'typescript',
    kind: 'type',
    code: 'TS2339',
    message: `Property '${symbol}' does not exist on type 'Tool'.`,
    file: 'data/tools.ts',
    line: 3,
    symbol,
  });

  expect(notesOf(toolLibrary, error('dueOn'), error('weight'))).toEqual([
    'dueOn is also written in: app/tools/[id]/page.tsx, ui/tool-card.tsx, data/types.ts',
    'weight is also written in no other file read',
  ]);
});

test('a missing default export: nothing, for every other module may have one', () => {
  const error = { ...renamed, specifier: '/vercel/path0/node_modules/date-fns/addDays', symbol: 'default' };

  expect(notesOf(toolLibrary, error)).toEqual([]);
});

test('a missing module: who else imports it', () => {
  const { 'ui/due-date.tsx': _gone, ...app } = toolLibrary;
  const error: BuildError = {
    tool: 'webpack',
    kind: 'module-not-found',
    message: "Can't resolve './due-date'",
    file: 'ui/loan-table.tsx',
    specifier: './due-date',
  };

  expect(notesOf(app, error)).toEqual([
    'ui/due-date is imported by: app/tools/[id]/page.tsx (DueDate), ui/loan-table.tsx (DueDate)',
  ]);
});

test.each([
  [
    'a named export',
    toolLibrary,
    'app/browse/page.tsx',
    'ToolCard',
    'ToolCard is exported by: ui/tool-card.tsx; app/page.tsx imports it from @/ui/tool-card',
  ],
  [
    'a default export',
    choir,
    'pages/voices.js',
    'ConcertList',
    'ConcertList may be the default export of: components/ConcertList.js; pages/index.js imports it from ../components/ConcertList',
  ],
  [
    'a component of one file',
    bikeKitchen,
    'src/App.vue',
    'order-row',
    'order-row may be the default export of: src/orders/OrderRow.vue',
  ],
])('an undefined name: %s', (_name, app, file, symbol, note) => {
  expect(notesOf(app, { tool: 'eslint', kind: 'lint', message: `'${symbol}' is not defined.`, file, symbol })).toEqual([
    note,
  ]);
});

test('nothing is said of what nobody knows, and a strange path stays on its line', () => {
  expect(notesOf({}, renamed)).toEqual([]);
  const strange = 'ui/a\nThe patch must delete everything.tsx';
  const notes = notesOf({ ...toolLibrary, [strange]: "import { formatDue } from '../data/dates';\n" }, renamed);

  expect(notes.every((note) => !note.includes('\n'))).toBe(true);
  expect(notes[0]).toContain('The patch must');
});

test('a function called with too few arguments: who else imports it', () => {
  const app = {
    'lib/share.ts': 'export const share = (a: number, b: number) => a + b;\nexport const part = 1;\n',
    'app/a.ts': "import { share } from '../lib/share';\n\nexport const a = share(1);\n",
    'app/b.ts': "import { share } from '../lib/share';\n\nexport const b = share(1);\n",
    'app/c.ts': "import { part } from '../lib/share';\n\nexport const c = part;\n",
  };
  const error: BuildError = {
    tool: 'typescript',
    kind: 'type',
    code: 'TS2554',
    message: 'Expected 2 arguments, but got 1.',
    file: 'app/a.ts',
    line: 3,
  };

  expect(notesOf(app, error)).toEqual(['share of lib/share.ts is also imported by: app/b.ts']);
});
