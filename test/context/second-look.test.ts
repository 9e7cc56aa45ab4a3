// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are source files
/** Reasons that lie beyond the place which the log names. */
import { describe, expect, it } from 'vitest';
import { gatherContext } from '../../lib/context/gather.js';
import type { FileChange } from '../../lib/context/source.js';
import type { BuildError } from '../../lib/diagnosis/diagnosis.js';
import { diagnosisOf } from './failures/failure.js';
import { readTexts } from './texts-reader.js';

async function rank(
  files: Readonly<Record<string, string>>,
  error: Omit<BuildError, 'tool'> & { readonly tool?: string },
  changes?: readonly FileChange[],
) {
  const options = { whole: true, ...(changes ? { changes } : {}) };
  const diagnosis = diagnosisOf([{ tool: 'next', ...error }]);
  const context = await gatherContext(diagnosis, readTexts(new Map(Object.entries(files)), options), {
    rootDirectory: '',
  });
  return context.suspects.map(({ path }) => path);
}

describe('what is the server’s in client code', () => {
  const files = {
    'lib/shelf.ts':
      "import 'server-only';\nimport { readFileSync } from 'node:fs';\n\nexport const shelf = () => readFileSync('x');\n",
    'app/page.tsx':
      "import { shelf } from '../lib/shelf';\n\nexport default function Page() {\n  return <p>{shelf()}</p>;\n}\n",
    'app/ask/page.tsx':
      "import { Ask } from '../../ui/ask';\n\nexport default function Page() {\n  return <Ask />;\n}\n",
    'ui/ask.tsx':
      "'use client';\nimport { shelf } from '../lib/shelf';\n\nexport function Ask() {\n  return <b>{shelf()}</b>;\n}\n",
  };
  const marked = "'server-only' cannot be imported from a Client Component module.";

  it.each<[string, Omit<BuildError, 'tool'>]>([
    ['by its mark', { kind: 'client-boundary', message: marked, symbol: 'server-only', file: 'lib/shelf.ts', line: 1 }],
    [
      'by a module of Node.js',
      {
        kind: 'module-not-found',
        message: 'Reading from "node:fs" is not handled',
        specifier: 'node:fs',
        file: 'lib/shelf.ts',
      },
    ],
  ])('leads to the client code, %s', async (_, error) => {
    expect((await rank(files, error))[0]).toBe('ui/ask.tsx');
  });

  it('leads to the module itself where only client code wants it', async () => {
    const { 'app/page.tsx': _page, ...rest } = files;
    const error = { kind: 'module-not-found' as const, message: 'x', specifier: 'node:fs', file: 'lib/shelf.ts' };

    expect((await rank(rest, error))[0]).toBe('lib/shelf.ts');
  });
});

it('a helper that only client code uses goes before that client code', async () => {
  const files = {
    'lib/cms.ts': "import 'server-only';\n\nexport const read = () => 1;\n",
    'lib/find.ts': "import { read } from './cms';\n\nexport const find = () => read();\n",
    'ui/box.tsx':
      "'use client';\nimport { find } from '../lib/find';\nimport { save } from '../lib/save';\n\nexport const Box = () => <b>{find()}</b>;\n",
    'lib/save.ts':
      "'use server';\nimport { read } from './cms';\n\nexport async function save() {\n  return read();\n}\n",
    'app/page.tsx':
      "import { Box } from '../ui/box';\nimport { read } from '../lib/cms';\n\nexport default () => <Box n={read()} />;\n",
  };
  const message = 'You are importing a module that depends on "server-only".';
  const ranked = await rank(files, { kind: 'client-boundary', message, file: 'lib/cms.ts', line: 1 });

  expect(ranked.slice(0, 2)).toEqual(['lib/find.ts', 'ui/box.tsx']);
});

describe('an entry of a package of the repository', () => {
  const files = {
    'package.json': '{ "workspaces": ["apps/*", "packages/*"] }',
    'apps/web/package.json': '{ "name": "web", "dependencies": { "@quay/tides": "*" } }',
    'apps/web/src/page.ts': "import { tide } from '@quay/tides/tower';\n\nexport const page = tide;\n",
    'packages/tides/src/index.ts': 'export const index = 1;\n',
    'packages/tides/src/tower.ts': 'export const tide = 1;\n',
    'packages/tides/tsup.config.ts': "export default { entry: ['src/index.ts'] };\n",
  };
  const manifest = (entry: string) =>
    `{ "name": "@quay/tides", "exports": { ".": "./dist/index.js", "./${entry}": "./dist/${entry}.js" } }`;
  const error = {
    kind: 'module-not-found' as const,
    tool: 'typescript',
    message: "Cannot find module '@quay/tides/tower'",
    specifier: '@quay/tides/tower',
    file: 'apps/web/src/page.ts',
    line: 1,
  };

  it('that the bundler was not told of leads to its settings', async () => {
    expect((await rank({ ...files, 'packages/tides/package.json': manifest('tower') }, error))[0]).toBe(
      'packages/tides/tsup.config.ts',
    );
  });

  it('that goes by another name now leads to who imports it', async () => {
    expect((await rank({ ...files, 'packages/tides/package.json': manifest('towers') }, error))[0]).toBe(
      'apps/web/src/page.ts',
    );
  });
});

it('layouts in another folder than Eleventy looks in are a matter of its settings', async () => {
  const files = (layout: string) => ({
    'eleventy.config.js': 'export default function () {}\n',
    'src/journal/journal.json': '{ "layout": "entry.njk" }',
    'src/journal/a.md': '# A\n',
    [layout]: '<main></main>\n',
  });
  const error = {
    tool: 'eleventy',
    kind: 'file-missing' as const,
    message: 'You are trying to use a layout that does not exist: src/_includes/entry.njk',
    specifier: 'src/_includes/entry.njk',
    file: 'src/journal/a.md',
  };

  expect((await rank(files('src/_layouts/entry.njk'), error))[0]).toBe('eleventy.config.js');
  expect((await rank(files('src/_includes/layouts/entry.njk'), error))[0]).not.toBe('eleventy.config.js');
});

describe('data', () => {
  const tide = (key: string) => `{ "at": "x", "${key}": 1 }`;
  const reading =
    "import tides from './tides.json';\nimport { highest } from './highest';\n\nexport const best = highest(tides);\n";
  const unfit = {
    kind: 'type' as const,
    message: "Argument of type 'x' is not assignable",
    file: 'lib/best.ts',
    line: 4,
  };

  it('with records unlike the others goes before the line that reads it', async () => {
    const files = {
      'lib/best.ts': reading,
      'lib/highest.ts': 'export const highest = (x: unknown) => x;\n',
      'lib/tides.json': `[${[tide('metres'), tide('metres'), tide('height')].join()}]`,
    };

    expect((await rank(files, unfit))[0]).toBe('lib/tides.json');
    const even = { ...files, 'lib/tides.json': `[${[tide('metres'), tide('metres'), tide('metres')].join()}]` };
    expect((await rank(even, unfit))[0]).toBe('lib/best.ts');
  });

  it.each([
    ['counts', 'Error: variety[5]: months.1: too big', 'data/varieties.csv'],
    ['does not know', 'Error: Unknown quarry "buttermoor"', 'data/products.json'],
    ['refuses', 'Error: Walk "mill-leat" has bad frontmatter (start: Required)', 'content/walks/mill-leat.mdx'],
  ])('is what a message means that %s it', async (_, message, expected) => {
    const files = {
      'app/page.tsx': 'export default function Page() {\n  return null;\n}\n',
      'data/varieties.csv': 'id,name\n1,x\n',
      'data/members.csv': 'id,name\n1,x\n',
      'data/products.json': '[{ "quarry": "buttermoor" }]',
      'content/walks/mill-leat.mdx': '---\nfrom: x\n---\n',
    };

    expect((await rank(files, { kind: 'prerender', message, route: '/' }))[0]).toBe(expected);
  });

  it('that lacks what its neighbours have goes before the component that reads it', async () => {
    const guide = (key: string) => `---\ntitle: x\n${key}: [a]\n---\n`;
    const files = {
      'pages/index.js':
        "import { Tags } from '../ui/tags';\nexport default function Page({ guide }) {\n  return <Tags tags={guide.tags} />;\n}\n",
      'ui/tags.js': 'export function Tags({ tags }) {\n  return tags.map((tag) => <b>{tag}</b>);\n}\n',
      'content/guides/a.md': guide('tags'),
      'content/guides/b.md': guide('tags'),
      'content/guides/c.md': guide('tag'),
    };
    const message = "TypeError: Cannot read properties of undefined (reading 'map')";

    expect((await rank(files, { kind: 'prerender', message, route: '/', symbol: 'map' }))[0]).toBe(
      'content/guides/c.md',
    );
  });

  it('that lacks a text whose neighbours it has goes before the code that asks for it', async () => {
    const files = {
      'src/pill.tsx': "import { t } from './i18n';\n\nexport const pill = (state) => t(`state.${state}`);\n",
      'src/locales/en.json': '{ "state": { "running": "Running" }, "nav": { "fleet": "Fleet" } }',
      'src/locales/cs.json': '{ "state": { "running": "V provozu", "scrapped": "Vyřazen" } }',
    };
    const message = `Argument of type '["state.running" | "state.scrapped"]' is not assignable to parameter of type 'x'.`;
    const ranked = await rank(files, { kind: 'type', message, file: 'src/pill.tsx', line: 3 });

    expect(ranked[0]).toBe('src/locales/en.json');
    expect(ranked).not.toContain('src/locales/cs.json');
  });

  it('that does not meet its schema leads to the schema of its folder too', async () => {
    const files = {
      'src/workshops/felt.md': '---\ntechniques: [felting]\n---\n',
      'schemas/workshops.schema.json': '{}',
      'schemas/tutors.schema.json': '{}',
    };
    const message = '/techniques/0 must be equal to one of the allowed values';

    expect(await rank(files, { kind: 'other', message, file: 'src/workshops/felt.md' })).toEqual([
      'src/workshops/felt.md',
      'schemas/workshops.schema.json',
    ]);
  });

  it('of which a row is counted is what the code reads that counts', async () => {
    const files = {
      'scripts/read.mjs': "export const read = (text) => text.split('\\n');\n",
      'scripts/all.mjs': "import { read } from './read.mjs';\nread('data/counts.csv');\n",
      'data/counts.csv': 'a,b\n1,-\n',
      'data/other.csv': 'a,b\n1,2\n',
    };
    const ranked = await rank(files, {
      kind: 'other',
      message: 'Row 5: "-" is no count',
      file: 'scripts/read.mjs',
      line: 1,
    });

    expect(ranked.slice(0, 2)).toEqual(['scripts/read.mjs', 'data/counts.csv']);
    expect(ranked).not.toContain('data/other.csv');
  });

  it('with a value of another type than its neighbours goes before the line that trips over it', async () => {
    const files = (last: string) => ({
      'lib/cones.ts': "import rows from './rows.json';\nexport const cones = rows.map((row) => row.cone.toFixed(1));\n",
      'lib/rows.json': `[{ "cone": 6 }, { "cone": 8 }, { "cone": ${last} }]`,
    });
    const error = {
      kind: 'other' as const,
      message: 'row.cone.toFixed is not a function',
      file: 'lib/cones.ts',
      line: 2,
    };

    expect((await rank(files('"six"'), error))[0]).toBe('lib/rows.json');
    expect((await rank(files('9'), error))[0]).toBe('lib/cones.ts');
  });

  it('that a schema library refused is a suspect beside the schema', async () => {
    const message = `Invalid option: expected one of "white"|"slate"\n[\n{\n"path": [\n1,\n"colour"\n"message": "Invalid option"`;
    const files = {
      'app/page.tsx': "import '../lib/stocks';\nexport default function Page() {\n  return null;\n}\n",
      'lib/stocks.ts': "import rows from '../data/stocks.json';\nexport const stocks = schema.parse(rows);\n",
      'data/stocks.json': '[{ "colour": "white" }, { "colour": "kraft" }]',
    };

    expect(await rank(files, { kind: 'page-data', message, route: '/' })).toContain('data/stocks.json');
  });

  it('that a schema library refused goes before the schema where it is the one of many', async () => {
    const files = {
      'app/page.tsx': "import '../lib/stocks';\nexport default function Page() {\n  return null;\n}\n",
      'lib/stocks.ts': "import rows from '../data/stocks.json';\nexport const stocks = schema.parse(rows);\n",
      'data/stocks.json':
        '[{ "colour": "white" }, { "colour": "kraft" }, { "colour": "slate" }, { "colour": "kraft" }]',
    };
    const issue = (at: number) => `"path": [\n${at},\n"colour"\n"message": "Invalid option"`;
    const error = { kind: 'page-data' as const, file: 'lib/stocks.ts', line: 2, route: '/' };

    expect((await rank(files, { ...error, message: issue(1) }))[0]).toBe('data/stocks.json');
    expect((await rank(files, { ...error, message: `${issue(1)}\n${issue(3)}` }))[0]).toBe('lib/stocks.ts');
    const { 'data/stocks.json': rows, ...others } = files;
    const yaml = JSON.parse(rows)
      .map(({ colour }: { colour: string }) => `- colour: ${colour}\n`)
      .join('');
    const read = "import text from '../data/stocks.yaml?raw';\nexport const stocks = schema.parse(parse(text));\n";
    const told = { kind: 'other' as const, message: issue(1) };
    expect((await rank({ ...others, 'lib/stocks.ts': read, 'data/stocks.yaml': yaml }, told))[0]).toBe(
      'data/stocks.yaml',
    );
  });
});

it('a member that a module declares and keeps leads to the module', async () => {
  const store = (handed: string) =>
    `export const useStore = define('x', () => {\n  function nameOf() {\n    return 1;\n  }\n  const list = [];\n  return { ${handed} };\n});\n`;
  const files = (handed: string) => ({
    'src/card.ts': "import { useStore } from './store';\n\nexport const name = useStore().nameOf();\n",
    'src/store.ts': store(handed),
  });
  const error = {
    kind: 'type' as const,
    code: 'TS2339',
    message: "Property 'nameOf' does not exist on type 'Store'.",
    file: 'src/card.ts',
    line: 3,
  };

  expect((await rank(files('list'), { ...error, symbol: 'nameOf' }))[0]).toBe('src/store.ts');
  const other = { ...error, message: error.message.replace('nameOf', 'nmaeOf'), symbol: 'nmaeOf' };
  expect((await rank(files('list'), other))[0]).toBe('src/card.ts');
});

it('a function that is tested goes before what it is tested with', async () => {
  const files = {
    'src/trend.test.ts':
      "import { seed } from './seed';\nimport { trend } from './trend';\n\nit('x', () => {\n  expect(seed.map((one) => trend(one))).toEqual([1]);\n});\n",
    'src/seed.ts': 'export const seed = [1];\n',
    'src/trend.ts': 'export const trend = (x: number) => x + 1;\n',
  };
  const error = {
    kind: 'other' as const,
    code: 'assertion',
    message: 'expected [ 2 ]',
    file: 'src/trend.test.ts',
    line: 5,
  };

  expect(await rank(files, { ...error, tool: 'tests' })).toEqual(['src/trend.ts', 'src/seed.ts', 'src/trend.test.ts']);
});

it('a value that a built-in function refused leads to who calls it behind the page', async () => {
  const files = {
    'src/pages/index.astro':
      "---\nimport { stars } from '../stars';\nimport { plain } from '../plain';\n---\n<p>{stars(6)}{plain}</p>\n",
    'src/stars.ts': "export const stars = (n: number) => '*'.repeat(5 - n);\n",
    'src/plain.ts': "export const plain = 'repeat';\n",
  };

  expect((await rank(files, { kind: 'prerender', message: 'Invalid count value: -1', route: '/' }))[0]).toBe(
    'src/stars.ts',
  );
});

it('an older version of the package that lacks a member is at fault', async () => {
  const files = {
    'package.json': '{ "name": "quay", "dependencies": { "valibot": "~0.30.0" } }',
    'src/booking.ts': "import * as v from 'valibot';\n\nexport const code = v.pipe(v.string());\n",
  };
  const error = {
    kind: 'type' as const,
    code: 'TS2339',
    symbol: 'pipe',
    message: `Property 'pipe' does not exist on type 'typeof import("/vercel/path0/node_modules/valibot/dist/index")'.`,
    file: 'src/booking.ts',
    line: 3,
  };
  const bump = (before: string, after: string): FileChange[] => [
    {
      path: 'package.json',
      status: 'modified',
      hunks: `@@ -1,3 +1,3 @@\n-    "valibot": "${before}",\n+    "valibot": "${after}",`,
    },
  ];

  expect((await rank(files, error, bump('^1.1.0', '~0.30.0')))[0]).toBe('package.json');
  expect((await rank(files, error, bump('~0.30.0', '^1.1.0')))[0]).toBe('src/booking.ts');
});

describe('routes that a file lists', () => {
  const routes = `import { index, layout, prefix, route } from '@react-router/dev/routes';
export default [
  layout('routes/shell.tsx', [
    index('routes/home.tsx'),
    ...prefix('ports', [route(':code', 'routes/port.tsx')]),
    route('about', 'routes/about.tsx', [route('team', 'routes/team.tsx')]),
  ]),
  route('*', 'routes/lost.tsx'),
];
`;
  const page = 'export default function Page() {\n  return null;\n}\n';
  const names = ['shell', 'home', 'port', 'about', 'team', 'lost'];
  const files = {
    'app/routes.ts': routes,
    'app/root.tsx': page,
    ...Object.fromEntries(names.map((name) => [`app/routes/${name}.tsx`, page])),
  };

  it.each([
    ['/', 'home'],
    ['/ports/KBH', 'port'],
    ['/about', 'about'],
    ['/about/team', 'team'],
    ['/nowhere/at/all', 'lost'],
  ])('%s', async (route, name) => {
    expect((await rank(files, { kind: 'prerender', message: 'Received a 404 status code', route }))[0]).toBe(
      `app/routes/${name}.tsx`,
    );
  });
});

describe('a variable of Sass that no sheet declares is suspected behind the first error', () => {
  const files = {
    'src/main.ts': "import { x } from './nowhere';\n",
    'src/_tokens.scss': '$gap: 1px;\n@mixin panel($tone) {\n  color: $tone;\n}\n',
    'src/nav.vue':
      '<template><p /></template>\n<style lang="scss">\n@use "./tokens" as *;\np {\n  gap: $gutter;\n}\n</style>\n',
  };
  const error = {
    kind: 'module-not-found' as const,
    message: 'x',
    specifier: './nowhere',
    file: 'src/main.ts',
    line: 1,
  };

  it('where all of them are known', async () => {
    expect(await rank(files, error)).toContain('src/nav.vue');
    expect(await rank({ ...files, 'src/nav.vue': files['src/nav.vue'].replace('gutter', 'gap') }, error)).not.toContain(
      'src/nav.vue',
    );
  });

  it('and not where a package may declare it', async () => {
    const foreign = { ...files, 'src/all.scss': '@import "bootstrap/scss/bootstrap";\n' };

    expect(await rank(foreign, error)).not.toContain('src/nav.vue');
  });
});

it('two names of a parameter in one folder lead to both pages', async () => {
  const page = 'export default function Page() {\n  return null;\n}\n';
  const files = {
    'pages/products/[id].js': page,
    'pages/products/[slug].js': page,
    'pages/guides/[slug].js': page,
    'next.config.js': 'module.exports = {};\n',
  };
  const message = "Error: You cannot use different slug names for the same dynamic path ('id' !== 'slug').";

  expect((await rank(files, { kind: 'route-contract', message })).slice(0, 2).sort()).toEqual([
    'pages/products/[id].js',
    'pages/products/[slug].js',
  ]);
});

it('files of nothing but blank lines, braces and tags cost no more than others of their length', async () => {
  const blank = '\n'.repeat(150_000);
  const files = {
    'src/card.tsx': `import { useStore } from './store';\nimport { Tag } from './tag';\n${'<Tag a={'.repeat(8_000)}`,
    'src/store.ts': blank,
    'src/tag.tsx': 'export function Tag({ a }: { a: string }) {\n  return a;\n}\n',
    'src/all.scss': blank,
    'src/nav.scss': `@use './all';\n${blank}p { gap: $gutter; }`,
  };
  const lost = { kind: 'type' as const, code: 'TS2339', symbol: 'nameOf', file: 'src/card.tsx', line: 1 };
  const sheet = { tool: 'sass', kind: 'style' as const, symbol: '$gutter', file: 'src/nav.scss', line: 1 };

  expect(await rank(files, { ...lost, message: "Property 'nameOf' does not exist on type 'Store'." })).toContain(
    'src/card.tsx',
  );
  expect(await rank(files, { ...sheet, message: 'Undefined variable.' })).toContain('src/nav.scss');
}, 20_000);

it.each([
  ['a folder', 'scripts\n', true],
  ['all of a kind', '*.mjs\n', true],
  ['a path', '/scripts/**/*.mjs\n', true],
  ['another one', '# scripts\ndocs/\n', false],
  ['one that is kept', 'scripts/*\n!scripts/c*.mjs\n', false],
])(
  'a file of the tree that the build did not find leads to what keeps it away: %s',
  async (_what, ignored, isMeant) => {
    const files = {
      'package.json': '{ "scripts": { "build": "node scripts/check.mjs" } }',
      'scripts/check.mjs': "console.log('ok');\n",
      '.vercelignore': ignored,
    };
    const message = "Cannot find module '/vercel/path0/scripts/check.mjs'";
    const error = { kind: 'module-not-found' as const, message, specifier: '/vercel/path0/scripts/check.mjs' };

    const ranked = await rank(files, { tool: 'node', ...error });
    expect(ranked[0] === '.vercelignore').toBe(isMeant);
  },
);

it('reads what keeps files away in bounded time', async () => {
  const path = `${'a'.repeat(120)}.mjs`;
  const files = { [path]: '', '.vercelignore': `${'a*'.repeat(60)}b\n${'**/'.repeat(60)}b\n`.repeat(50) };
  const message = `Cannot find module '/vercel/path0/${path}'`;

  const ranked = await rank(files, {
    tool: 'node',
    kind: 'module-not-found',
    message,
    specifier: `/vercel/path0/${path}`,
  });
  expect(ranked[0]).not.toBe('.vercelignore');
});

it('a page of Markdown leads through the layout that its front matter names to the data behind it', async () => {
  const files = {
    'src/pages/lost.md': '---\ntitle: Lost\nlayout: src/layouts/Plain.astro\n---\n\nNothing here.\n',
    'src/layouts/Plain.astro': "---\nimport { say } from '../say';\n---\n<p>{say('lost', 'en')}</p>\n",
    'src/say.ts': "import words from './words.json';\nexport const say = (key, lang) => words[key][lang];\n",
    'src/words.json': '{ "found": { "en": "Found" } }',
    'src/other.json': '{ "found": { "en": "Found" } }',
  };
  const message = "Cannot read properties of undefined (reading 'en')";

  const ranked = await rank(files, { tool: 'astro', kind: 'prerender', message, route: '/lost' });
  expect(ranked.slice(0, 5)).toContain('src/words.json');
  expect(ranked).not.toContain('src/other.json');
});

describe('the record of the one page that failed', () => {
  const page = "import rows from '../../data/reefs.json';\nexport default () => rows;\n";
  const reefs = (odd: string) =>
    `[{ "slug": "kelp", "depth": 3, "seen": [] }, { "slug": "coral", "depth": 9, "seen": [] }, { "slug": "sand", "depth": null, "seen": [] }, ${odd}]`;
  const broken = { kind: 'prerender' as const, message: 'TypeError: a.map is not a function', route: '/reefs/wreck' };
  const first = async (odd: string) =>
    (await rank({ 'pages/reefs/[slug].tsx': page, 'data/reefs.json': reefs(odd) }, broken))[0];

  it.each([
    ['lacks a key', '{ "slug": "wreck", "depth": 2, "sean": [] }', 'data/reefs.json'],
    ['has another kind of value', '{ "slug": "wreck", "depth": "2-4", "seen": [] }', 'data/reefs.json'],
    ['is like the others', '{ "slug": "wreck", "depth": 2, "seen": [] }', 'pages/reefs/[slug].tsx'],
  ])('that %s', async (_what, odd, expected) => {
    expect(await first(odd)).toBe(expected);
  });

  it('is a file whose front matter is unlike that of its neighbours', async () => {
    const entry = (date: string) => `---\ntitle: Reef\ndate: ${date}\n---\n\nText.\n`;
    const files = (date: string) => ({
      'app/log/[slug]/page.tsx': "import { readLog } from '../../../lib/log';\nexport default () => readLog();\n",
      'lib/log.ts': "export const readLog = () => read('content/log');\n",
      'content/log/ebb.md': entry('"2026-01-02"'),
      'content/log/flood.md': entry('"2026-01-09"'),
      'content/log/slack.md': entry(date),
    });
    const error = { kind: 'prerender' as const, message: 'RangeError: Invalid time value', route: '/log/slack' };

    expect((await rank(files('2026-02-01'), error))[0]).toBe('content/log/slack.md');
    expect((await rank(files('"2026-02-01"'), error))[0]).not.toBe('content/log/slack.md');
  });
});

it('data that name what no page is for go before the page that links by them', async () => {
  const files = {
    'src/routes/reefs/[slug]/+page.server.ts':
      "import reefs from '$lib/reefs.json';\nexport const load = () => reefs;\n",
    'src/routes/reefs/[slug]/+page.svelte': '<p>Reef</p>\n',
    'src/lib/reefs.json': '[{ "slug": "kelp", "near": ["wreck"] }, { "slug": "coral", "near": [] }]',
  };
  const message = 'Error: 404 /reefs/wreck (linked from /reefs/kelp)';

  expect((await rank(files, { tool: 'sveltekit', kind: 'prerender', message, route: '/reefs/kelp' }))[0]).toBe(
    'src/lib/reefs.json',
  );
});

it('a package that only the settings make an entry of is theirs', async () => {
  const files = (code: string) => ({
    'package.json': '{ "dependencies": { "vue": "^3.5.0" } }',
    'vite.config.ts': "export default { build: { manualChunks: { vendor: ['vue', 'reef-chart'] } } };\n",
    'src/main.ts': code,
  });
  const error = {
    tool: 'script',
    kind: 'module-not-found' as const,
    message: 'Could not resolve entry module "reef-chart".',
  };
  const told = { ...error, specifier: 'reef-chart' };

  expect((await rank(files("import 'vue';\n"), told))[0]).toBe('vite.config.ts');
  expect((await rank(files("import 'reef-chart';\n"), told))[0]).toBe('package.json');
});

it('who writes a dead link goes before the page that it is on', async () => {
  const files = {
    'src/routes/+page.server.ts': 'export const load = () => ({});\n',
    'src/routes/+page.svelte': '<h1>Reefs</h1>\n',
    'src/routes/+layout.svelte': '<nav><a href="/wrecks">Wrecks</a></nav>\n<slot />\n',
  };
  const message = 'Error: 404 /wrecks (linked from /)';

  expect((await rank(files, { tool: 'sveltekit', kind: 'prerender', message, route: '/' }))[0]).toBe(
    'src/routes/+layout.svelte',
  );
});

it('a component that an index does not pass on beside its fellows leads to the index', async () => {
  const files = (name: string) => ({
    'web/src/Reefs.vue': `<script setup lang="ts">\nimport { ${name} } from '../../ui/src';\n</script>\n`,
    'ui/src/index.ts': "export { default as ReefCard } from './parts/ReefCard.vue';\n",
    'ui/src/parts/ReefCard.vue': '<template><p /></template>\n',
    'ui/src/parts/ReefList.vue': '<template><p /></template>\n',
  });
  const error = (symbol: string) => ({
    kind: 'export-missing' as const,
    message: `Module '"../../ui/src"' has no exported member '${symbol}'.`,
    file: 'web/src/Reefs.vue',
    line: 2,
    specifier: '../../ui/src',
    symbol,
  });

  expect((await rank(files('ReefList'), error('ReefList')))[0]).toBe('ui/src/index.ts');
  expect((await rank(files('ReefLsit'), error('ReefLsit')))[0]).toBe('web/src/Reefs.vue');
});

it('entries by an author that is not there are all at fault', async () => {
  const files = {
    'blog/a.md': '---\nauthors: [mara]\n---\n',
    'blog/2026/b.mdx': '---\nauthors:\n  - mara\n---\n',
    'blog/c.md': '---\nauthors: [ines]\n---\n',
    'blog/authors.yml': 'mara-kelp:\n  name: Mara\nines:\n  name: Ines\n',
  };
  const error = {
    tool: 'docusaurus',
    kind: 'other' as const,
    code: 'entry-not-found',
    symbol: 'mara',
    message: 'Error: Blog author with key "mara" not found in the authors map file.',
    file: 'blog/a.md',
  };

  expect((await rank(files, error)).slice(0, 2)).toEqual(['blog/a.md', 'blog/2026/b.mdx']);
});

it('data that code searched in vain go before the code that throws then', async () => {
  const files = (guard: string) => ({
    'src/reefs.ts': `import rows from './reefs.json';\nexport function reefOf(id) {\n  const reef = rows.find((row) => row.id === id);\n  ${guard}throw new Error('unknown reef');\n}\n`,
    'src/reefs.json': '[{ "id": "kelp" }]',
  });
  const error = { kind: 'other' as const, message: 'Error: unknown reef', file: 'src/reefs.ts', line: 4 };

  expect((await rank(files('if (!reef) '), error))[0]).toBe('src/reefs.json');
  expect((await rank(files(''), error))[0]).toBe('src/reefs.ts');
});

it('a route with parameters that no page links to leads to its files', async () => {
  const files = {
    'src/routes/reefs/[slug]/+page.server.ts': 'export const prerender = true;\n',
    'src/routes/reefs/[slug]/+page.svelte': '<p>Reef</p>\n',
    'package.json': '{}',
  };
  const message = 'The following routes were marked as prerenderable, but were not prerendered /reefs/[slug]';

  expect(
    (await rank(files, { tool: 'sveltekit', kind: 'prerender', message, route: '/reefs/[slug]' })).slice(0, 2),
  ).toContain('src/routes/reefs/[slug]/+page.server.ts');
});

describe('a name that a module gave up', () => {
  const module = 'export function berthOf(id: string) {\n  return id;\n}\n';
  const files = {
    'src/berths.ts': module,
    'src/list.ts': "import { berthOf } from './berths';\n\nexport const list = ['a'].map(berthOf);\n",
    'src/map.ts': "import { findBerth } from './berths';\n\nexport const first = findBerth('a');\n",
  };
  const error = {
    tool: 'typescript',
    kind: 'export-missing' as const,
    message: "Module '\"./berths\"' has no exported member 'findBerth'.",
    file: 'src/map.ts',
    line: 1,
    symbol: 'findBerth',
    specifier: './berths',
  };
  const change = (path: string, before: string, after: string): FileChange => ({
    path,
    status: 'modified',
    hunks: `@@ -1 +1 @@\n-${before}\n+${after}`,
  });
  const renamed = change(
    'src/berths.ts',
    'export function findBerth(id: string) {',
    'export function berthOf(id: string) {',
  );

  it('leads to who still has it where another file of the diff goes along', async () => {
    const follows = change('src/list.ts', "import {} from './berths';", "import { berthOf } from './berths';");
    expect((await rank(files, error, [renamed, follows]))[0]).toBe('src/map.ts');
  });

  it('leads to who still has it where another module of the diff exports it now', async () => {
    const moved: FileChange = {
      path: 'src/moved.ts',
      status: 'added',
      hunks: '@@ -0,0 +1 @@\n+export const findBerth = (id: string) => id;',
    };
    const lost = change('src/berths.ts', 'export function findBerth(id: string) {', '');
    expect((await rank(files, error, [lost, moved]))[0]).toBe('src/map.ts');
  });

  it.each([
    ['who still has it where another word stands in its place', renamed, 'src/map.ts'],
    [
      'the module where the other word is a slip of the pen',
      change('src/berths.ts', 'export function findBerth(id: string) {', 'export function findBerht(id: string) {'),
      'src/berths.ts',
    ],
  ])('leads to %s', async (_, only, first) => {
    expect((await rank(files, error, [only]))[0]).toBe(first);
  });

  it('leads to who imports the default of what has a name now', async () => {
    const after = 'export function Berth() {';
    const berth = {
      'src/berth.ts': `${after}\n  return 'berth';\n}\n`,
      'src/map.ts': "import Berth from './berth';\n\nexport const map = Berth();\n",
    };
    const lacks = {
      ...error,
      message: 'Module \'"./berth"\' has no default export.',
      symbol: 'default',
      specifier: './berth',
    };
    const lost = change('src/berth.ts', 'export default function Berth() {', after);
    expect((await rank(berth, lacks, [lost]))[0]).toBe('src/map.ts');
  });

  it('leads to the page that reads what its loader returns under another name', async () => {
    const page = {
      'src/routes/log/+page.server.ts': 'export const load = () => ({ notes: [] });\n',
      'src/routes/log/+page.svelte':
        '<script lang="ts">\n  let { data } = $props();\n</script>\n\n{#each data.observations as note}{note}{/each}\n',
    };
    const unknown = {
      tool: 'svelte-check',
      kind: 'type' as const,
      code: 'TS2339',
      message: "Property 'observations' does not exist on type '{ notes: never[]; }'.",
      file: 'src/routes/log/+page.svelte',
      line: 5,
      symbol: 'observations',
    };
    const loader = (after: string) =>
      change('src/routes/log/+page.server.ts', 'export const load = () => ({ observations: [] });', after);
    const first = async (after: string) => (await rank(page, unknown, [loader(after)]))[0];
    expect(await first('export const load = () => ({ notes: [] });')).toBe('src/routes/log/+page.svelte');
    expect(await first('export const load = () => ({ notes: [], total: 0 });')).toBe('src/routes/log/+page.svelte');
    expect(await first('export const load = () => ({ observation: [] });')).toBe('src/routes/log/+page.server.ts');
  });
});

it('who gave a name up along with its definition goes behind who may have been forgotten', async () => {
  const files = {
    'src/boat.ts': 'export interface Boat {\n  crew: string;\n}\n',
    'src/table.ts': "import type { Boat } from './boat';\n\nexport const row = (boat: Boat) => boat.crew;\n",
    'src/page.ts': "import type { Boat } from './boat';\n\nexport const title = (boat: Boat) => boat.skipper;\n",
  };
  const error = {
    tool: 'typescript',
    kind: 'type' as const,
    code: 'TS2339',
    message: "Property 'skipper' does not exist on type 'Boat'.",
    file: 'src/page.ts',
    line: 3,
    symbol: 'skipper',
  };
  const changes = [
    ['src/boat.ts', '-  skipper: string;\n+  crew: string;'],
    [
      'src/table.ts',
      '-export const row = (boat: Boat) => boat.skipper;\n+export const row = (boat: Boat) => boat.crew;',
    ],
  ].map(([path = '', hunks]): FileChange => ({ path, status: 'modified', hunks: `@@ -1 +1 @@\n${hunks}` }));
  const suspects = await rank(files, error, changes);

  expect(suspects[0]).toBe('src/page.ts');
  expect(suspects.slice(0, 2)).not.toContain('src/table.ts');
});

it('a component that a check could not read goes before the page that shows it', async () => {
  const files = {
    'src/pages/index.astro':
      "---\nimport Finder from '../Finder.vue';\nimport Card from '../Card.astro';\n---\n<Finder /><Card />\n",
    'src/Finder.vue': '<template><p></template>\n',
    'src/Card.astro': '<p>Card</p>\n',
  };
  const error = (name: string) => ({
    tool: 'typescript',
    kind: 'type' as const,
    code: 'TS2604',
    message: `Component '${name}' is not a valid component.`,
    file: 'src/pages/index.astro',
    line: 5,
  });

  expect((await rank(files, error('Finder')))[0]).toBe('src/Finder.vue');
  expect((await rank(files, error('Card')))[0]).toBe('src/pages/index.astro');
});

it('a changed definition goes behind the place that the log names and nobody changed', async () => {
  const files = {
    'src/firings.ts':
      'export interface Firing {\n  cone: string;\n  operator: string;\n}\n\nexport function createFiring(firing: Firing) {\n  return firing;\n}\n',
    'src/book.ts': "import { createFiring } from './firings';\n\nexport const booked = createFiring({ cone: '6' });\n",
  };
  const error = {
    tool: 'typescript',
    kind: 'type' as const,
    code: 'TS2345',
    message:
      "Argument of type '{ cone: string; }' is not assignable to parameter of type 'Firing'. Property 'operator' is missing in type '{ cone: string; }' but required in type 'Firing'.",
    file: 'src/book.ts',
    line: 3,
  };
  const change: FileChange = {
    path: 'src/firings.ts',
    status: 'modified',
    hunks: '@@ -2 +2,2 @@\n   cone: string;\n+  operator: string;',
  };

  expect((await rank(files, error, [change]))[0]).toBe('src/book.ts');
});

it('who takes a promise for its value goes before the function that came to give one', async () => {
  const files = {
    'src/gauge.ts':
      'export interface Gauge {\n  metres: number;\n}\n\nexport async function readGauge(): Promise<Gauge> {\n  return { metres: 2 };\n}\n\nexport const isHigh = (gauge: Gauge) => gauge.metres > 3;\n',
    'src/alarm.ts': "import { isHigh, readGauge } from './gauge';\n\nexport const alarm = () => isHigh(readGauge());\n",
  };
  const error = {
    tool: 'typescript',
    kind: 'type' as const,
    code: 'TS2345',
    message: "Argument of type 'Promise<Gauge>' is not assignable to parameter of type 'Gauge'.",
    file: 'src/alarm.ts',
    line: 3,
  };
  const change: FileChange = {
    path: 'src/gauge.ts',
    status: 'modified',
    hunks:
      '@@ -5,3 +5,3 @@\n-export function readGauge(): Gauge {\n+export async function readGauge(): Promise<Gauge> {\n   return { metres: 2 };\n }',
  };

  expect((await rank(files, error, [change]))[0]).toBe('src/alarm.ts');
});
