import { describe, expect, it } from 'vitest';
import { generatedCode } from '../../../../lib/patch/suggestions/rules/generated-code.js';
import { repairWith } from '../repository.js';

const manifest = (build: string, more: object = {}) =>
  `${JSON.stringify({ scripts: { build, ...more }, dependencies: { '@prisma/client': '6.19.0' }, devDependencies: { prisma: '6.19.0' } }, undefined, 2)}\n`;
const outdated = {
  tool: 'prisma',
  kind: 'config',
  code: 'prisma-generate',
  message: '@prisma/client did not initialize yet. Please run "prisma generate" and try to import it again.',
} as const;
const lost = (specifier: string) =>
  ({ file: 'src/lib/db.ts', kind: 'module-not-found', specifier, message: `Can't resolve '${specifier}'` }) as const;
const schema = 'generator client {\n  provider = "prisma-client"\n  output   = "../src/generated/prisma"\n}\n';
const script = "import { writeFileSync } from 'node:fs';\nwriteFileSync('src/lib/icons.gen.ts', 'export {}');\n";
const withScript = { 'scripts/icons.mjs': script, 'src/lib/db.ts': '' };

describe('generated-code', () => {
  it("has the build write Prisma's client first", async () => {
    expect(await repairWith(generatedCode, outdated, { files: { 'package.json': manifest('next build') } })).toEqual({
      'package.json': manifest('prisma generate && next build'),
    });
  });

  it('writes the code that is imported from where its settings put it', async () => {
    const files = { 'package.json': manifest('next build'), 'prisma/schema.prisma': schema, 'src/lib/db.ts': '' };
    expect(await repairWith(generatedCode, lost('../generated/prisma/client'), { files })).toEqual({
      'package.json': manifest('prisma generate && next build'),
    });
    expect(await repairWith(generatedCode, lost('../generated/zod/client'), { files })).toBeUndefined();
  });

  it('runs a script of the repository that writes the file, as its package manager does', async () => {
    const more = { icons: 'node scripts/icons.mjs' };
    const files = { 'package.json': manifest('vite build', more), ...withScript };
    expect(await repairWith(generatedCode, lost('./icons.gen'), { files, unread: ['pnpm-lock.yaml'] })).toEqual({
      'package.json': manifest('pnpm run icons && vite build', more),
    });
  });

  it.each([
    ['the build runs it', { 'package.json': manifest('prisma generate && next build') }, outdated],
    ['installation runs it', { 'package.json': manifest('next build', { postinstall: 'prisma generate' }) }, outdated],
    [
      'Vercel is told another command',
      { 'package.json': manifest('next build'), 'vercel.json': '{ "buildCommand": "next build" }' },
      outdated,
    ],
    ['the tool is not there', { 'package.json': manifest('next build').replace('"prisma"', '"prism"') }, outdated],
    [
      'a script before the build has its own order',
      { 'package.json': manifest('next build', { prebuild: 'node x.mjs' }) },
      outdated,
    ],
    ['no script writes the file', { 'package.json': manifest('vite build'), 'src/lib/db.ts': '' }, lost('./icons.gen')],
    [
      'two scripts write it',
      {
        'package.json': manifest('vite build', { a: 'node scripts/icons.mjs', b: 'node scripts/icons.mjs --big' }),
        ...withScript,
      },
      lost('./icons.gen'),
    ],
    [
      'the file is there',
      {
        'package.json': manifest('vite build', { icons: 'node scripts/icons.mjs' }),
        ...withScript,
        'src/lib/icons.gen.ts': '',
      },
      lost('./icons.gen'),
    ],
  ])('has no answer where %s', async (_, files, error) => {
    expect(await repairWith(generatedCode, error, { files })).toBeUndefined();
  });
});

it.each([
  ['node tools/make.mjs', '', true],
  ['node tools/make.mjs --watch', '', false],
  ['node tools/make.mjs && git push', '', false],
  ['node tools/make.mjs', "await fetch('https://harbour.example');\n", false],
  ['node tools/make.mjs', 'connect(process.env.STORE);\n', false],
])('a script that is run by `%s` and holds %j', async (command, more, isRun) => {
  const answer = await repairWith(
    generatedCode,
    { file: 'src/a.ts', kind: 'module-not-found', specifier: './icons.gen', message: "Can't resolve './icons.gen'" },
    {
      files: {
        'package.json': JSON.stringify({ scripts: { build: 'vite build', make: command } }),
        'tools/make.mjs': `import { writeFileSync } from 'node:fs';\n${more}writeFileSync('src/icons.gen.ts', '');\n`,
        'src/a.ts': "import './icons.gen';\n",
      },
    },
  );
  expect(answer !== undefined).toBe(isRun);
});

it('what the diff took out of the build is not put back', async () => {
  const manifest = (build: string) => JSON.stringify({ scripts: { build }, dependencies: { prisma: '6.0.0' } });
  const answer = await repairWith(
    generatedCode,
    { file: 'src/a.ts', kind: 'module-not-found', specifier: './client', message: "Can't resolve './client'" },
    {
      files: {
        'package.json': manifest('vite build'),
        'prisma/schema.prisma': 'generator client {\n  output = "../src/client"\n}\n',
        'src/a.ts': "import './client';\n",
      },
      changes: [
        {
          status: 'modified',
          path: 'package.json',
          hunks: `-${manifest('prisma generate && vite build')}\n+${manifest('vite build')}`,
        },
      ],
    },
  );
  expect(answer).toBeUndefined();
});
