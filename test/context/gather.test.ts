import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BUDGET, withBudget } from '../../lib/context/budget.js';
import { gatherContext } from '../../lib/context/gather.js';
import { selectContext } from '../../lib/context/select-context.js';
import type { BuildError, ErrorKind } from '../../lib/diagnosis/diagnosis.js';
import { SETTINGS_PATH } from '../../lib/settings/settings-schema.js';
import { market, toolLibrary } from './failures/apps.js';
import { diagnosisOf } from './failures/failure.js';
import { readTexts } from './texts-reader.js';

const typeError: BuildError = {
  tool: 'typescript',
  kind: 'type',
  message: "Type 'string' is wrong",
  file: 'src/a.ts',
  line: 1,
};

describe('the settings of the repository', () => {
  test.each([true, false])(
    'come with the first files and cost no request of their own, however much there is (whole: %s)',
    async (whole) => {
      const many = Array.from({ length: 200 }, (_, at): [string, string] => [
        `src/f${at}.ts`,
        `import './f${at + 1}';`,
      ]);
      const source = readTexts(new Map([...many, ['src/a.ts', 'x'], [SETTINGS_PATH, '{}']]), { whole });

      const context = await gatherContext(diagnosisOf([typeError]), source, { rootDirectory: '' });

      expect(context.files.get(SETTINGS_PATH)).toBe('{}');
      expect(source.asked.length).toBeLessThanOrEqual(2);
      if (!whole) expect(source.asked[0]).toEqual(expect.arrayContaining([SETTINGS_PATH, 'src/a.ts']));
    },
  );
});

describe('the budget', () => {
  const files = new Map(Array.from({ length: 100 }, (_, at) => [`src/f${at}.ts`, `export const f${at} = ${at};`]));

  test('ends with its files, its bytes and its rounds', async () => {
    const few = withBudget(readTexts(files, { whole: false }), { files: 3, bytes: 1000, rounds: 2 });
    const small = withBudget(readTexts(files, { whole: false }), { files: 60, bytes: 50, rounds: 2 });
    const once = withBudget(readTexts(files, { whole: false }), { files: 60, bytes: 1000, rounds: 1 });

    expect((await few.readFiles([...files.keys()])).size).toBe(3);
    expect((await small.readFiles([...files.keys()])).size).toBe(2);
    expect((await once.readFiles(['src/f1.ts'])).size).toBe(1);
    expect((await once.readFiles(['src/f2.ts'])).size).toBe(0);
    expect((await once.readFiles(['src/f1.ts'])).size).toBe(1);
  });

  test('is not spent on what is known, missing, secret or binary', async () => {
    const source = readTexts(
      new Map([
        ...files,
        ['.env.production', 'A=1'],
        ['logo.png', 'x'],
        ['node_modules/x/i.js', 'x'],
        ['key.pem', 'x'],
      ]),
      { whole: false },
    );
    const reader = withBudget(source, { files: 2, bytes: 1000, rounds: 2 });

    await reader.readFiles(['nowhere.ts', '.env.production', 'logo.png', 'node_modules/x/i.js', 'key.pem']);
    await reader.readFiles(['src/f1.ts', 'src/f1.ts', 'src/f2.ts']);
    await reader.readFiles(['src/f1.ts']);

    expect(source.asked).toEqual([['src/f1.ts', 'src/f2.ts']]);
  });

  test('of a small repository is one round for everything but secrets', async () => {
    const reader = withBudget(readTexts(new Map([...files, ['.env', 'SECRET=1']]), { whole: true }));

    expect((await reader.readAll?.())?.size).toBe(100);
    expect([...(await reader.readFiles(['src/f7.ts', '.env'])).keys()]).toEqual(['src/f7.ts']);
  });

  test('is set once', () => {
    const reader = withBudget(readTexts(files, { whole: false }));

    expect(withBudget(reader)).toBe(reader);
  });
});

describe('a large repository', () => {
  const padding = Array.from({ length: 3000 }, (_, at): [string, string] => [
    `app/area-${at}/page.tsx`,
    `export default function P${at}() {\n  return <p>${'x'.repeat(200)}</p>;\n}\n`,
  ]);
  const files = new Map([...Object.entries(toolLibrary), ...padding]);

  test.each([
    ['a place', [{ ...typeError, file: 'ui/tool-card.tsx' }], ['ui/tool-card.tsx', 'data/types.ts', 'data/dates.ts']],
    [
      'a route',
      [{ tool: 'next', kind: 'prerender', message: 'Error', route: '/loans' }],
      ['app/(members)/loans/page.tsx', 'app/layout.tsx', 'ui/loan-table.tsx', 'data/loans.ts'],
    ],
    ['nothing', [], ['package.json', 'next.config.mjs']],
  ] as const)('is read in at most two rounds and sixty files, given %s', async (_name, errors, expected) => {
    const source = readTexts(files, { whole: false });
    const context = await gatherContext(diagnosisOf(errors), source, { rootDirectory: '' });

    expect(source.asked.length).toBeLessThanOrEqual(BUDGET.rounds);
    expect(context.files.size).toBeLessThanOrEqual(BUDGET.files);
    expect([...context.files.keys()]).toEqual(expect.arrayContaining([...expected]));
  });
});

test('tree, changes and the whole repository are asked for at once', async () => {
  const source = readTexts(new Map(Object.entries(toolLibrary)), { whole: true });
  const asked: string[] = [];
  let release = () => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const held = <Answer>(name: string, answer: () => Promise<Answer>) => {
    return async () => {
      asked.push(name);
      await gate;
      return answer();
    };
  };
  const { readAll = async () => undefined } = source;
  const gathering = gatherContext(
    diagnosisOf([typeError]),
    {
      ...source,
      listTree: held('tree', source.listTree),
      listChanges: held('changes', source.listChanges),
      readAll: held('all', readAll),
    },
    { rootDirectory: '' },
  );
  await new Promise((resolve) => setImmediate(resolve));

  expect(asked.sort()).toEqual(['all', 'changes', 'tree']);
  release();
  expect((await gathering).files.size).toBe(Object.keys(toolLibrary).length);
});

test('a root directory is taken however it is written', async () => {
  const files = new Map(Object.entries(market));

  for (const rootDirectory of ['sites/stall', './sites/stall/', '/sites/stall'])
    expect(
      (await gatherContext(diagnosisOf([typeError]), readTexts(files, { whole: true }), { rootDirectory }))
        .rootDirectory,
    ).toBe('sites/stall');
});

test('an empty repository and an empty diagnosis give an empty context', async () => {
  const context = await gatherContext(diagnosisOf([]), readTexts(new Map(), { whole: true }), { rootDirectory: '' });

  expect(context).toMatchObject({ suspects: [], changes: undefined, rootDirectory: '' });
});

test('no diagnosis and no tree make it throw, and no suspect is a secret', { timeout: 60_000 }, async () => {
  const kinds: ErrorKind[] = [
    'syntax',
    'type',
    'module-not-found',
    'export-missing',
    'lint',
    'client-boundary',
    'suspense-boundary',
    'prerender',
    'page-data',
    'route-contract',
    'style',
    'json',
    'file-missing',
    'config',
    'script-missing',
    'script-failed',
    'peer-conflict',
    'lockfile',
    'package-missing',
    'engine',
    'output-directory',
    'variable-missing',
    'network',
    'memory',
    'timeout',
    'size',
    'other',
  ];
  const word = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom(
      'app/page.tsx',
      '../../..',
      '/',
      '.',
      '@/x',
      '~',
      '#',
      '$lib',
      '[id]',
      '(a)',
      '.env',
      '$&',
      '\\',
      '(?<',
      'a'.repeat(300),
      '__proto__',
      'constructor',
      "Property 'x' on type 'Y'",
      'window is not defined',
    ),
  );
  const error = fc.record(
    {
      tool: word,
      kind: fc.constantFrom(...kinds),
      message: word,
      file: word,
      line: fc.integer(),
      specifier: word,
      symbol: word,
      route: word,
      package: word,
      code: fc.constantFrom('TS2339', 'TS2305', '', 'command-not-found'),
      trace: fc.array(word, { maxLength: 3 }),
    },
    { requiredKeys: ['tool', 'kind', 'message'] },
  );
  const files = fc.dictionary(
    fc.constantFrom(
      'package.json',
      'tsconfig.json',
      'app/page.tsx',
      'app/[id]/page.tsx',
      '.env',
      'vercel.json',
      'src/a.vue',
      'x.css',
      'vite.config.ts',
      '__proto__',
    ),
    fc.oneof(
      word,
      fc.constantFrom(
        '{"compilerOptions":{"paths":{"*":["*"],"@/*":1},"extends":["."]}}',
        '{"exports":{"./*":null},"name":"a","dependencies":[]}',
        "import '@/x'; export * from './page';",
        "alias: { '@': './src' }",
      ),
    ),
  );

  await fc.assert(
    fc.asyncProperty(fc.array(error, { maxLength: 4 }), files, fc.boolean(), async (errors, texts, whole) => {
      const reader = readTexts(new Map(Object.entries(texts)), {
        whole,
        changes: [{ path: 'app/page.tsx', status: 'modified', hunks: '-export const x' }],
      });
      const diagnosis = diagnosisOf(errors);
      const context = await gatherContext(diagnosis, reader, { rootDirectory: '' });
      const { suspects } = context;
      const { notes = [] } = selectContext(context, diagnosis, { maxTokens: 2000 });

      expect(notes.join('')).not.toContain('\n');

      expect(suspects.map(({ path }) => path)).not.toContain('.env');
      expect(suspects.every(({ score, reasons }) => score > 0 && score <= 1 && reasons.length > 0)).toBe(true);
    }),
    { numRuns: 200 },
  );
});
