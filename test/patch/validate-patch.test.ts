import { describe, expect, it } from 'vitest';
import type { RepositoryContext } from '../../lib/context/source.js';
import type { Diagnosis } from '../../lib/diagnosis/diagnosis.js';
import type { Edit, Patch } from '../../lib/patch/patch.js';
import { validatePatch } from '../../lib/patch/validate-patch.js';

const FILES = {
  'app/page.tsx':
    "import { label } from '../lib/label';\n\nexport default function Page() {\n  return <p>{lable}</p>;\n}\n",
  'lib/label.ts': "export const label = 'Tide table';\n",
  'package.json': '{\n  "dependencies": { "next": "15.5.0" }\n}\n',
};

function contextOf(files: Readonly<Record<string, string>>): RepositoryContext {
  return {
    tree: {
      entries: Object.entries(files).map(([path, text]) => ({ path, mode: '100644', sha: '', size: text.length })),
      truncated: false,
    },
    files: new Map(Object.entries(files)),
    changes: undefined,
    suspects: [{ path: 'app/page.tsx', score: 1, reasons: ['named by the first error'] }],
    rootDirectory: '',
  };
}

const DIAGNOSIS: Diagnosis = {
  class: 'code',
  repairable: true,
  errors: [
    {
      tool: 'typescript',
      kind: 'type',
      code: 'TS2552',
      message: "Cannot find name 'lable'.",
      file: 'app/page.tsx',
      line: 4,
    },
  ],
  evidence: [],
  summary: "Cannot find name 'lable'.",
  phase: 'build',
  fingerprint: '0123456789abcdef',
};

function patchOf(...edits: readonly Edit[]): Patch {
  return {
    repairer: 'gemini',
    edits,
    cause: 'A misspelt name.',
    change: 'Spells it right.',
    confidence: 0.9,
    origin: ['test'],
  };
}

function validate(...edits: readonly Edit[]) {
  return validatePatch({ patch: patchOf(...edits), context: contextOf(FILES), diagnosis: DIAGNOSIS });
}

describe('validatePatch', () => {
  it('accepts a patch that applies, parses and resolves', async () => {
    const result = await validate({ kind: 'replace', path: 'app/page.tsx', search: '{lable}', replace: '{label}' });

    expect(result).toMatchObject({
      outcome: 'valid',
      files: [{ path: 'app/page.tsx', mode: '100644', content: FILES['app/page.tsx'].replace('lable', 'label') }],
    });
  });

  it.each<[string, Edit, string]>([
    ['a search text that is not there', { kind: 'replace', path: 'app/page.tsx', search: 'x', replace: 'y' }, 'apply'],
    ['a file that does not parse', { kind: 'replace', path: 'app/page.tsx', search: '<p>', replace: '<p' }, 'parse'],
    [
      'an import of no file',
      { kind: 'replace', path: 'app/page.tsx', search: '../lib/label', replace: '../lib/Label' },
      'resolve',
    ],
    [
      'an import of no export',
      { kind: 'replace', path: 'app/page.tsx', search: 'import { label }', replace: 'import { lable }' },
      'resolve',
    ],
    ['a patch without an effect', { kind: 'replace', path: 'app/page.tsx', search: '<p>', replace: '<p>' }, 'empty'],
  ])('finds %s', async (_, edit, check) => {
    const result = await validate(edit);

    expect(result).toMatchObject({
      outcome: 'invalid',
      problems: [{ check, path: check === 'empty' ? '' : 'app/page.tsx' }],
    });
  });

  it('names the policy rule of a refusal', async () => {
    const result = await validate({
      kind: 'replace',
      path: 'app/page.tsx',
      search: '<p>{lable}</p>',
      replace: '<p>{/* @ts-expect-error */ lable}</p>',
    });

    expect(result).toMatchObject({ outcome: 'refused', violations: [{ rule: 'type-check-suppressed' }] });
  });

  it('wants a reason for leaving the file alone that the first error names', async () => {
    const edit: Edit = {
      kind: 'replace',
      path: 'lib/label.ts',
      search: "'Tide table';",
      replace: "'Tide table';\nexport const lable = label;",
    };
    const context = {
      ...contextOf(FILES),
      suspects: [],
      changes: [{ path: 'lib/label.ts', status: 'modified' as const }],
    };
    const judge = (change: string) =>
      validatePatch({ patch: { ...patchOf(edit), change }, context, diagnosis: DIAGNOSIS });

    expect(await judge('Adds the name.')).toMatchObject({
      outcome: 'invalid',
      problems: [{ check: 'suspects', path: 'app/page.tsx' }],
    });
    expect(await judge('Adds the name; page.tsx can stay as it is.')).toMatchObject({ outcome: 'valid' });
  });

  it('wants no reason where a file gets back what the latest change took out of it', async () => {
    const tasks = '{ "tasks": { "build": { "dependsOn": ["generate"] } } }\n';
    const edit: Edit = {
      kind: 'replace',
      path: 'turbo.json',
      search: '["generate"]',
      replace: '["^build", "generate"]',
    };
    const judge = (lost: string) =>
      validatePatch({
        patch: { ...patchOf(edit), cause: 'The packages are not built first.' },
        context: {
          ...contextOf({ ...FILES, 'turbo.json': tasks }),
          suspects: [],
          changes: [{ path: 'turbo.json', status: 'modified', hunks: `@@ -1,1 +1,1 @@\n-${lost}\n+${tasks}` }],
        },
        diagnosis: DIAGNOSIS,
      });

    expect(await judge('{ "tasks": { "build": { "dependsOn": ["^build"] } } }')).toMatchObject({ outcome: 'valid' });
    expect(await judge('{ "tasks": { "build": { "dependsOn": [] } } }')).toMatchObject({
      outcome: 'invalid',
      problems: [{ check: 'suspects' }],
    });
  });

  it('holds the limits of size', async () => {
    const edit: Edit = { kind: 'replace', path: 'app/page.tsx', search: '{lable}', replace: '{label}' };
    const input = { patch: patchOf(edit), context: contextOf(FILES), diagnosis: DIAGNOSIS };

    expect(await validatePatch({ ...input, limits: { files: 0, bytes: 1000 } })).toMatchObject({
      problems: [{ check: 'size' }],
    });
    expect(await validatePatch({ ...input, limits: { files: 1, bytes: 20 } })).toMatchObject({
      problems: [{ check: 'size' }],
    });
    expect(await validatePatch({ ...input, limits: { files: 1, bytes: 1000 } })).toMatchObject({ outcome: 'valid' });
  });

  it('asks a person about a guarded file even where the edit does not apply', async () => {
    expect(await validate({ kind: 'replace', path: 'package-lock.json', search: 'a', replace: 'b' })).toMatchObject({
      outcome: 'refused',
      violations: [{ rule: 'lockfile', severity: 'ask-first' }],
    });
  });

  it('sees importers of what the patch removes', async () => {
    const context = contextOf({
      ...FILES,
      'lib/title.ts': "import { label } from './label';\nexport const title = label;\n",
    });
    const edits: Edit[] = [
      { kind: 'delete', path: 'lib/label.ts' },
      { kind: 'create', path: 'lib/names.ts', content: FILES['lib/label.ts'] },
      { kind: 'replace', path: 'app/page.tsx', search: "'../lib/label'", replace: "'../lib/names'" },
    ];

    const result = await validatePatch({
      patch: patchOf(...edits),
      context,
      diagnosis: { ...DIAGNOSIS, summary: 'lib/label.ts' },
    });

    expect(result).toMatchObject({ outcome: 'invalid', problems: [{ check: 'resolve', path: 'lib/title.ts' }] });
  });
});
