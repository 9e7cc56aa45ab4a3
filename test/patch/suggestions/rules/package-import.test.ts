import { describe, expect, it } from 'vitest';
import { packageImport } from '../../../../lib/patch/suggestions/rules/package-import.js';
import { svgComponent } from '../../../../lib/patch/suggestions/rules/svg-component.js';
import { repairWith } from '../repository.js';

const manifest = (...names: string[]) =>
  JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '^7.0.0'])) });

async function repair(text: string, facts: object, installed: readonly string[] = []) {
  const files = { 'package.json': manifest(...installed), 'a.tsx': text };
  return (await repairWith(packageImport, { file: 'a.tsx', ...facts }, { files }))?.['a.tsx'];
}

const unresolved = (name: string) => ({ message: `Module not found: Can't resolve '${name}'`, specifier: name });
const noDefault = (from: string) => ({ message: `Module '"${from}"' has no default export.` });

describe('package-import', () => {
  it.each([
    ['@next/font/google', 'next/font/google', ['next'], 'Inter'],
    ['next-themes/dist/types', 'next-themes', ['next-themes'], 'ThemeProviderProps'],
    ['react-router-dom', 'react-router', ['react-router'], 'Link, Outlet'],
    ['framer-motion', 'motion/react', ['motion'], 'motion'],
  ])('%s is %s', async (old, now, installed, names) => {
    const text = (from: string) => `import { ${names} } from '${from}';\n`;
    expect(await repair(text(old), unresolved(old), installed)).toBe(text(now));
    expect(await repair(text(old), unresolved(old))).toBeUndefined();
    expect(await repair(text(old), unresolved('other'), installed)).toBeUndefined();
  });

  it('leaves what may be installed by its old name, and what went elsewhere', async () => {
    const text = "import { RouterProvider, Link } from 'react-router-dom';\n";
    expect(await repair(text, unresolved('react-router-dom'), ['react-router'])).toBeUndefined();
    const other = "import { Link } from 'react-router-dom';\n";
    const installed = ['react-router', 'react-router-dom'];
    expect(await repair(other, unresolved('react-router-dom'), installed)).toBeUndefined();
  });

  it.each([
    ["import create from 'zustand';\n", 'zustand', "import { create } from 'zustand';\n"],
    ["import decode from 'jwt-decode';\n", 'jwt-decode', "import { jwtDecode as decode } from 'jwt-decode';\n"],
    ["import lib from 'lib';\n", 'lib', undefined],
    ["import create, { useStore } from 'zustand';\n", 'zustand', undefined],
    ["import { create } from 'zustand';\n", 'zustand', undefined],
  ])('%s', async (text, from, repaired) => {
    expect(await repair(text, noDefault(from))).toBe(repaired);
  });

  it('takes `ImageResponse` from where it is', async () => {
    const message =
      'ImageResponse moved from "next/server" to "next/og" since Next.js 14, please import from "next/og" instead';
    expect(await repair("import { ImageResponse } from 'next/server';\n", { message })).toBe(
      "import { ImageResponse } from 'next/og';\n",
    );
    expect(await repair("import { ImageResponse, after } from 'next/server';\n", { message })).toBeUndefined();
  });
});

describe('svg-component', () => {
  const message = `Module '"*.svg"' has no exported member 'ReactComponent'.`;
  const text = "import { ReactComponent as Logo } from './logo.svg';\n";
  const imported = async (range: string, source = text) =>
    (
      await repairWith(
        svgComponent,
        { file: 'a.tsx', message },
        { files: { 'package.json': `{"devDependencies":{"vite-plugin-svgr":"${range}"}}`, 'a.tsx': source } },
      )
    )?.['a.tsx'];

  it('is imported as the plugin has it since version 4', async () => {
    expect(await imported('^4.3.0')).toBe("import Logo from './logo.svg?react';\n");
    expect(await imported('^3.0.0')).toBeUndefined();
    expect(await imported('^4.3.0', text.replace('{ ', 'url, { '))).toBeUndefined();
  });
});
