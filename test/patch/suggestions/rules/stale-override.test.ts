import { describe, expect, it } from 'vitest';
import type { BuildError } from '../../../../lib/diagnosis/diagnosis.js';
import { staleOverride } from '../../../../lib/patch/suggestions/rules/stale-override.js';
import { repairWith } from '../repository.js';

describe('stale-override', () => {
  const manifest = (dependencies: object, overrides: object) =>
    `${JSON.stringify({ name: 'web', dependencies, overrides }, undefined, 2)}\n`;
  const repair = async (text: string, rows: readonly string[], facts: Partial<BuildError> = {}, more = {}) =>
    (
      await repairWith(
        staleOverride,
        {
          tool: 'npm',
          kind: 'peer-conflict',
          code: 'EOVERRIDE',
          message: 'Override for react@19.2.3 conflicts with direct dependency',
          ...facts,
        },
        {
          files: { 'package.json': text, ...more },
          changes: [{ path: 'package.json', status: 'modified', hunks: `@@ -3,9 +3,9 @@\n${rows.join('\n')}` }],
        },
      )
    )?.['package.json'];
  const raised = ['-    "react": "19.1.0",', '+    "react": "19.2.3",'];
  const stale = manifest({ react: '19.2.3' }, { react: '19.1.0' });

  it.each<[string, string, string, readonly string[]]>([
    ['the override', stale, manifest({ react: '19.2.3' }, { react: '19.2.3' }), raised],
    [
      'the dependency',
      manifest({ react: '19.1.0' }, { react: '19.2.3' }),
      manifest({ react: '19.2.3' }, { react: '19.2.3' }),
      raised,
    ],
    [
      'several, also of what a package is itself',
      manifest(
        { react: '^19.2.3', 'react-dom': '^19.2.3' },
        { react: { '.': '^19.1.0', a: '1.0.0' }, 'react-dom': '^19.1.0' },
      ),
      manifest(
        { react: '^19.2.3', 'react-dom': '^19.2.3' },
        { react: { '.': '^19.2.3', a: '1.0.0' }, 'react-dom': '^19.2.3' },
      ),
      [
        '-    "react": "^19.1.0",',
        '-    "react-dom": "^19.1.0"',
        '+    "react": "^19.2.3",',
        '+    "react-dom": "^19.2.3"',
      ],
    ],
    [
      'and leaves those of packages that nothing asks for',
      manifest({ react: '19.2.3' }, { react: '19.1.0', semver: '7.0.0', next: { react: '18.0.0' } }),
      manifest({ react: '19.2.3' }, { react: '19.2.3', semver: '7.0.0', next: { react: '18.0.0' } }),
      raised,
    ],
  ])('raises what stayed behind: %s', async (_, before, after, rows) => {
    expect(await repair(before, rows)).toBe(after);
  });

  it.each<[string, string, readonly string[], Partial<BuildError>?, Readonly<Record<string, string>>?]>([
    ['the diff brought the override', stale, ['+    "react": "19.1.0"']],
    ['the diff says nothing of it', stale, []],
    [
      'the diff set it back',
      manifest({ react: '19.0.0' }, { react: '19.1.0' }),
      ['-    "react": "19.1.0",', '+    "react": "19.0.0",'],
    ],
    ['both were different before', stale, ['-    "react": "19.0.0",', '+    "react": "19.2.3",']],
    ['the diff changed both', stale, [...raised, '-    "react": "18.0.0"', '+    "react": "19.1.0"']],
    [
      'another override would be refused next',
      manifest({ react: '19.2.3', vite: '7.1.0' }, { react: '19.1.0', vite: '7.0.0' }),
      raised,
    ],
    ['the override refers to the dependency', manifest({ react: '19.2.3' }, { react: '$react' }), raised],
    [
      'a range is none of numbers',
      manifest({ react: 'latest' }, { react: '19.1.0' }),
      ['-    "react": "19.1.0",', '+    "react": "latest",'],
    ],
    ['the error is another', stale, raised, { code: 'ERESOLVE', message: 'could not resolve' }],
    ['npm holds its lockfile frozen', stale, raised, {}, { 'vercel.json': '{ "installCommand": "npm ci" }' }],
  ])('leaves it where %s', async (_, text, rows, facts, more) => {
    expect(await repair(text, rows, facts, more)).toBeUndefined();
  });
});
