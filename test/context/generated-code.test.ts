import { describe, expect, it } from 'vitest';
import { gatherContext } from '../../lib/context/gather.js';
import { withSettledClass } from '../../lib/context/settle-class.js';
import type { BuildError } from '../../lib/diagnosis/diagnosis.js';
import { diagnosisOf } from './failures/failure.js';
import { readTexts } from './texts-reader.js';

const manifest = (scripts: Readonly<Record<string, string>>) =>
  JSON.stringify({ name: 'reef', scripts, dependencies: { next: '16.0.0' } });

const schema = `datasource db {\n  provider = "postgresql"\n}\n\ngenerator client {\n  provider = "prisma-client"\n  output   = "../src/generated/prisma"\n}\n`;

async function look(files: Readonly<Record<string, string>>, specifier: string) {
  const error: BuildError = {
    tool: 'turbopack',
    kind: 'module-not-found',
    message: `Module not found: Can't resolve '${specifier}'`,
    specifier,
    file: 'src/db.ts',
    line: 1,
  };
  const app = { 'src/db.ts': `import { thing } from '${specifier}';\nexport const db = thing;\n`, ...files };
  const diagnosis = diagnosisOf([error]);
  const context = await gatherContext(diagnosis, readTexts(new Map(Object.entries(app)), { whole: true }), {
    rootDirectory: '',
  });
  return { class: withSettledClass(diagnosis, context.settled).class, first: context.suspects[0]?.path };
}

describe('a module that a tool writes before the build', () => {
  it('is missing for want of a script', async () => {
    const files = { 'package.json': manifest({ build: 'next build' }), 'prisma/schema.prisma': schema };

    expect(await look(files, './generated/prisma/client')).toEqual({ class: 'config', first: 'package.json' });
  });

  it('is found in the output of other generators as well', async () => {
    const codegen = "export default { schema: 'schema.graphql', generates: { './src/gql/': { preset: 'client' } } };\n";
    const files = { 'package.json': manifest({ build: 'next build', gen: 'graphql-codegen' }), 'codegen.ts': codegen };

    expect(await look(files, './gql')).toEqual({ class: 'config', first: 'package.json' });
    expect(await look(files, './graph')).toMatchObject({ class: 'code' });
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['before the build', { 'package.json': manifest({ build: 'prisma generate && next build' }) }],
    ['after the installation', { 'package.json': manifest({ postinstall: 'prisma generate', build: 'next build' }) }],
    ['by another script', { 'package.json': manifest({ build: 'npm run db && next build', db: 'prisma generate' }) }],
    [
      'by a task runner',
      {
        'package.json': manifest({ build: 'turbo run build', 'db:client': 'prisma generate' }),
        'turbo.json': '{ "tasks": { "build": { "dependsOn": ["db:client"] } } }',
      },
    ],
  ])('is looked for elsewhere where it is written %s', async (_, files) => {
    const all = { ...files, 'prisma/schema.prisma': schema };

    expect(await look(all, './generated/prisma/clint')).toMatchObject({ class: 'code' });
  });
});
