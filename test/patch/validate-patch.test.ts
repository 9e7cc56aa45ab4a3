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
});
