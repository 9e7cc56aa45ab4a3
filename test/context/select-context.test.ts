import { describe, expect, test } from 'vitest';
import { excerptFile } from '../../lib/context/excerpt-file.js';
import { gatherContext } from '../../lib/context/gather.js';
import { selectContext } from '../../lib/context/select-context.js';
import type { FileChange } from '../../lib/context/source.js';
import type { BuildError } from '../../lib/diagnosis/diagnosis.js';
import { bikeKitchen, choir, type Files, toolLibrary } from './failures/apps.js';
import { diagnosisOf } from './failures/failure.js';
import { readTexts } from './texts-reader.js';

const missing: BuildError = {
  tool: 'typescript',
  kind: 'type',
  code: 'TS2339',
  message: "Property 'color' does not exist on type 'Tool'.",
  file: 'ui/tool-card.tsx',
  line: 5,
  symbol: 'color',
};

async function select(
  files: ReadonlyMap<string, string>,
  errors: readonly BuildError[],
  options: { readonly maxTokens?: number; readonly changes?: readonly FileChange[] } = {},
) {
  const diagnosis = diagnosisOf(errors);
  const context = await gatherContext(
    diagnosis,
    readTexts(files, { whole: true, ...(options.changes ? { changes: options.changes } : {}) }),
    { rootDirectory: '' },
  );
  return selectContext(context, diagnosis, { maxTokens: options.maxTokens ?? 14_000 });
}

/** Comments enough to leave no room for what only stands near the suspects. */
const filler = `${'// '.padEnd(79, '-')}\n`.repeat(210);

/** A copy of an application in which one file is long. */
function lengthen(files: ReadonlyMap<string, string>, path: string) {
  return new Map([...files, [path, `${files.get(path) ?? ''}\n${filler}`]]);
}

test('the suspect, the types it needs and the configuration nearby, whole', async () => {
  const { files, diff } = await select(new Map(Object.entries(toolLibrary)), [missing]);
  const paths = files.map(({ path }) => path);

  expect(paths[0]).toBe('ui/tool-card.tsx');
  expect(paths).toEqual(expect.arrayContaining(['data/types.ts', 'package.json', 'tsconfig.json']));
  expect(files.every(({ path, text, whole }) => whole && text === (toolLibrary as Record<string, string>)[path])).toBe(
    true,
  );
  expect(diff).toBe('');
});

describe('a file too long to show', () => {
  const rows = Array.from(
    { length: 4000 },
    (_, at) => `export function part${at}(value: number) {\n  return value + ${at};\n}\n`,
  );
  const long = `import { base } from './base';\n\n${rows.join('\n')}`;
  const line = long.split('\n').findIndex((row) => row.includes('part2500')) + 2;

  test('is shown by the function around the fault, and by its imports', async () => {
    const files = new Map([...Object.entries(toolLibrary), ['data/long.ts', long]]);
    const selected = await select(files, [{ ...missing, file: 'data/long.ts', line }]);
    const pieces = selected.files.filter(({ path }) => path === 'data/long.ts');

    expect(pieces.every(({ whole }) => !whole)).toBe(true);
    expect(pieces.map(({ text }) => text).join('\n')).toContain('part2500');
    expect(pieces[0]?.text).toContain("import { base } from './base';");
    for (const { text, firstLine = 0 } of pieces)
      expect(
        long
          .split('\n')
          .slice(firstLine - 1, firstLine - 1 + text.split('\n').length)
          .join('\n'),
      ).toBe(text);
  });

  test('never takes more than the budget', async () => {
    for (const maxTokens of [200, 1000, 5000]) {
      const { files, diff } = await select(
        new Map([...Object.entries(toolLibrary), ['data/long.ts', long]]),
        [{ ...missing, file: 'data/long.ts', line }],
        { maxTokens },
      );
      const characters = files.reduce((sum, { text }) => sum + text.length, diff.length);

      expect(characters).toBeLessThanOrEqual(maxTokens * 4);
    }
  });
});

test('what the latest change uses in the file at fault is shown beside what the fault uses', async () => {
  const card = [
    "import { Badge } from './badge';",
    "import { Stamp } from './stamp';",
    "import { Frame } from './frame';",
    'export function Card({ tool }) {',
    '  const color = tool.color;',
    '  return (',
    '    <Frame>',
    '      <Badge color={color} />',
    '      <b>{tool.name}</b>',
    '',
    '      <Stamp day={tool.due} />',
    '    </Frame>',
    '  );',
    '}',
  ].join('\n');
  const part = (name: string) => `export function ${name}() {\n  return null;\n}\n`;
  const files = new Map([
    ['ui/tool-card.tsx', card],
    ['ui/badge.tsx', part('Badge')],
    ['ui/stamp.tsx', part('Stamp')],
    ['ui/frame.tsx', part('Frame')],
  ]);
  const change: FileChange = {
    path: 'ui/tool-card.tsx',
    status: 'modified',
    hunks: '@@ -10,2 +10,3 @@\n \n+      <Stamp day={tool.due} />\n     </Frame>',
  };
  const shown = async (changes: readonly FileChange[]) =>
    (await select(lengthen(files, 'ui/tool-card.tsx'), [missing], { changes })).files.map(({ path }) => path);

  expect(await shown([change])).toContain('ui/stamp.tsx');
  expect(await shown([])).not.toContain('ui/stamp.tsx');
});

test('the sheets that declare variables are shown where one is missed', async () => {
  const error: BuildError = {
    tool: 'sass',
    kind: 'style',
    message: 'Undefined variable.',
    symbol: '$gutter',
    file: 'ui/nav.vue',
    line: 3,
  };
  const files = new Map([
    ['ui/nav.vue', '<template><p /></template>\n<style lang="scss">\np {\n  gap: $gutter;\n}\n</style>\n'],
    ['ui/_tokens.scss', '$gap: 1px;\n'],
    ['ui/plain.scss', 'p {\n  color: red;\n}\n'],
  ]);
  const paths = (await select(files, [error])).files.map(({ path }) => path);

  expect(paths).toEqual(['ui/nav.vue', 'ui/_tokens.scss', 'ui/plain.scss']);
});

test('what reads the data among the suspects is shown before what the others import', async () => {
  const long = (lines: number) => `${'// '.padEnd(79, '-')}\n`.repeat(lines);
  const error: BuildError = {
    tool: 'node',
    kind: 'prerender',
    message: "Cannot read properties of undefined (reading 'en')",
    file: 'app/page.ts',
    line: 3,
    trace: ['data/texts.json'],
  };
  const files = new Map([
    ['app/page.ts', "import '../ui/frame';\n\nexport const page = read();\n"],
    ['ui/frame.ts', long(150)],
    ['data/texts.json', '{ "title": { "en": "Tides" } }\n'],
    ['lib/texts.ts', `import texts from '../data/texts.json';\n\nexport const own = { ...texts };\n${long(60)}`],
  ]);
  const shown = (await select(files, [error])).files.map(({ path }) => path);

  expect(shown).toContain('data/texts.json');
  expect(shown).toContain('lib/texts.ts');
});

test('the data that code names in which it failed is shown', async () => {
  const error: BuildError = {
    tool: 'node',
    kind: 'script-failed',
    message: 'ling names the unknown habitat "heath"',
    file: 'scripts/index.mjs',
    line: 2,
  };
  const files = new Map([
    ['scripts/index.mjs', "const habitats = read('../content/habitats.json');\nthrow new Error();\n"],
    ['content/habitats.json', '[]'],
    ['content/others.json', '[]'],
  ]);
  const paths = (await select(files, [error])).files.map(({ path }) => path);

  expect(paths[0]).toBe('content/habitats.json');
});

describe('what the repair rests on', () => {
  const pathsOf = async (app: Files, errors: readonly BuildError[]) =>
    (await select(new Map(Object.entries(app)), errors)).files.map(({ path }) => path);

  test('what exists in place of a file that was opened', async () => {
    const error: BuildError = {
      tool: 'script',
      kind: 'file-missing',
      message: "ENOENT: no such file or directory, open '/vercel/path0/content/choir-voices.json'",
      file: 'scripts/make-feed.js',
      specifier: 'content/choir-voices.json',
    };

    expect((await pathsOf(choir, [error])).slice(0, 2)).toEqual(['scripts/make-feed.js', 'content/voices.json']);
  });

  test('the file that bears or exports an undefined name, before anything else', async () => {
    const error: BuildError = {
      tool: 'typescript',
      kind: 'type',
      code: 'TS2304',
      message: "Cannot find name 'DueDate'.",
      file: 'ui/tool-card.tsx',
      line: 5,
      symbol: 'DueDate',
    };

    expect((await pathsOf(toolLibrary, [error])).slice(0, 2)).toEqual(['ui/tool-card.tsx', 'ui/due-date.tsx']);
  });

  test('the schema of content, and what it imports', async () => {
    const app: Files = {
      'package.json': '{ "dependencies": { "astro": "^5.0.0" } }',
      'src/content.config.ts':
        "import { defineCollection } from 'astro:content';\nimport { seasons } from './seasons';\n\nexport const collections = { plots: defineCollection({ schema: seasons }) };\n",
      'src/seasons.ts': "export const seasons = ['spring', 'autumn'];\n",
      'src/plots/north.md': '---\nseason: summer\n---\nNorth.\n',
    };
    const error: BuildError = {
      tool: 'astro',
      kind: 'type',
      code: 'InvalidContentEntryDataError',
      message: 'plots → north data does not match collection schema.',
      file: 'src/plots/north.md',
    };

    expect((await pathsOf(app, [error])).slice(0, 3)).toEqual([
      'src/plots/north.md',
      'src/content.config.ts',
      'src/seasons.ts',
    ]);
  });

  test('the compiler options, not the configuration that only refers to them', async () => {
    const paths = await pathsOf(bikeKitchen, [{ ...missing, file: 'src/orders/OrderRow.vue', line: 9 }]);

    expect(paths).toContain('tsconfig.app.json');
    expect(paths).not.toContain('tsconfig.json');
  });
});

describe('what no reason supports stays out where it costs', () => {
  test('of a fault in the form of a file, all but the file', async () => {
    const { files } = await select(new Map(Object.entries(toolLibrary)), [
      { tool: 'swc', kind: 'syntax', message: "Expected ';'", file: 'app/page.tsx', line: 5 },
    ]);

    expect(files.map(({ path }) => path)).toEqual(['app/page.tsx']);
  });

  test('but what changed with it, where the next fault may be', async () => {
    const changes: FileChange[] = [
      { path: 'ui/top-bar.tsx', status: 'modified' },
      { path: 'ui/gone.tsx', status: 'removed' },
    ];
    const { files } = await select(
      new Map(Object.entries(toolLibrary)),
      [{ tool: 'swc', kind: 'syntax', message: "Expected ';'", file: 'app/page.tsx', line: 5 }],
      { changes },
    );

    expect(files.map(({ path }) => path)).toEqual(['app/page.tsx', 'ui/top-bar.tsx']);
  });

  test('of a type error, imports that the faulty line does not lead to', async () => {
    const { files } = await select(lengthen(new Map(Object.entries(choir)), 'pages/index.js'), [
      { ...missing, file: 'pages/index.js', line: 9, symbol: 'halls' },
    ]);
    const paths = files.map(({ path }) => path);

    expect(paths).toContain('lib/concerts.js');
    expect(paths).not.toContain('components/ConcertList.js');
  });
});

describe('what stands near the suspects', () => {
  const pathsOf = async (files: ReadonlyMap<string, string>, error: BuildError) =>
    (await select(files, [error])).files.map(({ path }) => path);

  test('is shown behind all that bears on the fault while there is room', async () => {
    const files = new Map(Object.entries(choir));
    const error = { ...missing, file: 'pages/index.js', line: 9, symbol: 'halls' };
    const paths = await pathsOf(files, error);

    expect(paths).toContain('components/ConcertList.js');
    expect(paths.indexOf('components/ConcertList.js')).toBeGreaterThan(paths.indexOf('package.json'));
  });

  test("the tools' settings, where the failure has no place", async () => {
    const files = new Map([
      ['package.json', '{}'],
      ['vite.config.ts', 'export default {};\n'],
      ['src/main.ts', 'export {};\n'],
    ]);

    expect(await pathsOf(files, { tool: 'vite', kind: 'other', message: 'The build stopped.' })).toContain(
      'vite.config.ts',
    );
  });
});

test('of few changes, each is shown: the next fault is likeliest there', async () => {
  const changes: FileChange[] = ['ui/tool-card.tsx', 'ui/top-bar.tsx'].map((path) => ({ path, status: 'modified' }));
  const paths = async (given: { readonly changes?: readonly FileChange[] }) =>
    (await select(lengthen(new Map(Object.entries(toolLibrary)), 'ui/tool-card.tsx'), [missing], given)).files.map(
      ({ path }) => path,
    );

  expect(await paths({ changes })).toContain('ui/top-bar.tsx');
  expect(await paths({})).not.toContain('ui/top-bar.tsx');
});

test('lockfiles, environment files and dependencies stay out, of the diff as well', async () => {
  const secret = 'do-not-show';
  const files = new Map([
    ...Object.entries(toolLibrary),
    ['.env.production', secret],
    ['package-lock.json', secret],
    ['node_modules/x/index.js', secret],
  ]);
  const changes: FileChange[] = [
    '.env.production',
    'package-lock.json',
    'node_modules/x/index.js',
    'ui/tool-card.tsx',
  ].map((path) => ({
    path,
    status: 'modified',
    hunks: path === 'ui/tool-card.tsx' ? '-tool.colour\n+tool.color' : `+${secret}`,
  }));
  const errors: BuildError[] = [
    missing,
    {
      tool: 'npm',
      kind: 'lockfile',
      message: 'package-lock.json is behind, see .env.production',
      file: '.env.production',
    },
  ];
  const selected = await select(files, errors, { changes });

  expect(JSON.stringify(selected)).not.toContain(secret);
  expect(selected.diff).toBe('modified ui/tool-card.tsx\n-tool.colour\n+tool.color');
});

test('a long diff shows suspects first and says what it leaves out', async () => {
  const changes: FileChange[] = Array.from({ length: 300 }, (_, at) => ({
    path: `docs/page-${at}.md`,
    status: 'modified' as const,
    hunks: `+${'word '.repeat(100)}`,
  }));
  const { diff } = await select(new Map(Object.entries(toolLibrary)), [missing], {
    changes: [...changes, { path: 'ui/tool-card.tsx', status: 'modified', hunks: '+tool.color' }],
  });

  expect(diff.startsWith('modified ui/tool-card.tsx\n+tool.color')).toBe(true);
  expect(diff).toMatch(/\(\d+ more changed files\)$/);
  expect(diff.length).toBeLessThanOrEqual(14_000 * 4 * 0.2);
});

test('an excerpt of anything is a part of it', () => {
  for (const text of ['', '\n\n', '{{{{', '}}}}\n'.repeat(500), 'x'.repeat(9000), `a\n${'{\n'.repeat(3000)}`])
    for (const { text: piece } of excerptFile(text, [1, 2, 700, -4, 10_000], 2000)) expect(text).toContain(piece);
});
