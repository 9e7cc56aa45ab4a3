import { describe, expect, it } from 'vitest';
import { jsxNamespace } from '../../../../lib/patch/suggestions/rules/jsx-namespace.js';
import { repairWith } from '../repository.js';

const page =
  "'use client';\n\nimport { useId } from 'react';\n\nexport const Page = (): JSX.Element => <p id={useId()} />;\n";
const error = { file: 'app/page.tsx', message: "Cannot find namespace 'JSX'." };
const manifest = (dependencies: Readonly<Record<string, string>>) => JSON.stringify({ dependencies });
const repair = (files: Readonly<Record<string, string>>) =>
  repairWith(jsxNamespace, error, {
    files: { 'package.json': manifest({ react: '^19.0.0' }), 'app/page.tsx': page, ...files },
  });

describe('jsx-namespace', () => {
  const imported = page.replace('{ useId }', '{ useId, type JSX }');

  it('imports it', async () => {
    expect(await repair({})).toEqual({ 'app/page.tsx': imported });
    expect(await repair({ 'package.json': manifest({ react: 'catalog:' }) })).toEqual({ 'app/page.tsx': imported });
  });

  it('imports it wherever the package names it', async () => {
    const pier = 'export const Pier = (): JSX.Element | null => null;\n';
    const files = {
      'ui/pier.tsx': pier,
      'ui/own.tsx': `import type { JSX } from './types';\n${pier}`,
      'types/all.d.ts': 'declare function render(): JSX.Element;\n',
      'docs/package.json': manifest({ 'solid-js': '1' }),
      'docs/pier.tsx': pier,
    };

    expect(await repair(files)).toEqual({
      'app/page.tsx': imported,
      'ui/pier.tsx': `import type { JSX } from 'react';\n\n${pier}`,
    });
  });

  it.each([
    ['React is older', { 'package.json': manifest({ react: '^18.2.0' }) }],
    ['its types are older', { 'package.json': manifest({ react: '^19.0.0', '@types/react': '18' }) }],
    ['there is no React', { 'package.json': manifest({ 'solid-js': '^1.9.0' }) }],
    [
      'another library is compiled for',
      { 'tsconfig.json': '{ "compilerOptions": { "jsxImportSource": "hono/jsx" } }' },
    ],
    ['the file is no module', { 'app/page.tsx': 'const a: JSX.Element = <p />;\n' }],
    ['the file has it', { 'app/page.tsx': `import type { JSX } from 'react';\n${page}` }],
    ['nothing names it', { 'app/page.tsx': 'export const a = 1;\n' }],
  ])('not where %s', async (_, files) => {
    expect(await repair(files)).toBeUndefined();
  });
});
