// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are source files
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskCode } from '../../lib/context/mask-code.js';
import { outlineModule } from '../../lib/context/outline-module.js';
import { cpuTime } from '../cpu-time.js';

/** `form specifier imported:local,...` */
function importsOf(path: string, text: string) {
  return outlineModule(path, text).imports.map(({ form, specifier, names, typeOnly }) =>
    [
      form,
      specifier,
      names.map(({ imported, local }) => (imported === local ? local : `${imported}:${local}`)).join(','),
      typeOnly ? 'types' : '',
    ]
      .filter(Boolean)
      .join(' '),
  );
}

describe('imports', () => {
  test.each([
    ["import a from './a';", ['import ./a default:a']],
    ["import a, { b, c as d, type E } from './a'", ['import ./a default:a,b,c:d,E']],
    ['import * as all from "pkg";', ['import pkg *:all']],
    ["import type { T } from './t';", ['import ./t T types']],
    ["import type from './type';", ['import ./type default:type']],
    ["import './side.css';", ['import ./side.css']],
    ["import {\n  a,\n  // b,\n  c,\n} from './many';", ['import ./many a,c']],
    ["import data from './d.json' with { type: 'json' };", ['import ./d.json default:data']],
    ["const x = await import('./lazy');", ['dynamic ./lazy']],
    ["const fs = require('fs');", ['require fs']],
    ["export { a, b as c } from './x';", ['re-export ./x a,b:c']],
    ["export * from './x'; export * as ns from './y';", ['re-export ./x *', 're-export ./y *:ns']],
    ["// import a from './a';\n/* import b from './b'; */", []],
    ['const text = "import a from \'./a\'";', []],
    ['const text = `\nimport a from "./a"\n${b}\n`;\nimport c from "./c";', ['import ./c default:c']],
    ["<p>Don't</p>;\nimport a from './a';", ['import ./a default:a']],
    ["const r = /['\"`]/;\nimport a from './a';", ['import ./a default:a']],
    ['foo.import("./no"); x.require("./no"); import.meta.url;', []],
    ["import a from './a", []],
    ["import { a from './a';\nimport b from './b';", ['import ./a a', 'import ./b default:b']],
    ['import x from `./${name}`;', []],
  ])('%j', (text, expected) => {
    expect(importsOf('file.tsx', text)).toEqual(expected);
  });

  test('of components come from their scripts and styles only', () => {
    const vue =
      "<template><p>import a from './no'</p></template>\n<script setup lang=\"ts\">\nimport b from './b.vue';\n</script>\n<style>@import './c.css';</style>";
    const astro =
      "---\nimport d from '../d.astro';\n---\n<p>import e from './no'</p>\n<script>import f from './f';</script>";

    expect(importsOf('x.vue', vue)).toEqual(['import ./b.vue default:b', 'style ./c.css']);
    expect(importsOf('x.astro', astro)).toEqual(['import ../d.astro default:d', 'import ./f default:f']);
  });

  test('of style sheets', () => {
    const css =
      "@import './a.css';\n@import url(b.css);\n@use 'c' as *;\n/* @import './no.css'; */\n@import 'https://fonts.example/x.css';";

    expect(importsOf('x.scss', css)).toEqual(['style ./a.css', 'style b.css', 'style c']);
  });

  test('know their lines', () => {
    expect(
      outlineModule('x.ts', "\n\nimport a from './a';\nexport {} from './b';").imports.map(({ line }) => line),
    ).toEqual([3, 4]);
  });
});

describe('exports', () => {
  test.each([
    ['export const a = 1, b = 2;', ['a', 'b']],
    ['export const { a, b: c } = x;', ['a', 'b', 'c']],
    ['export async function load() {}', ['load']],
    ['export function* walk() {}', ['walk']],
    ['export default class X {}', ['default']],
    ['export abstract class Y {}', ['Y']],
    ['export interface I {}\nexport type T = 1;\nexport enum E {}\nexport const enum F {}', ['I', 'T', 'E', 'F']],
    ['const a = 1;\nexport { a as default, a };', ['default', 'a']],
    ['export type { T } from "./t";', ['T']],
    ['// export const no = 1;', []],
  ])('%j', (text, expected) => {
    const { exports, exportsKnown } = outlineModule('file.ts', text);

    expect([...exports]).toEqual(expected);
    expect(exportsKnown).toBe(true);
  });

  test('of MDX are its own and what it says, by default', () => {
    expect([...outlineModule('a.mdx', 'export const title = 1;\n\n# Hi').exports]).toEqual(['title', 'default']);
  });

  test('of CommonJS and of ambient modules cannot be known', () => {
    expect(outlineModule('a.js', 'module.exports = { a };').exportsKnown).toBe(false);
    expect(outlineModule('a.d.ts', "declare module 'x' {}").exportsKnown).toBe(false);
  });

  test('a directive counts at the head of the file only', () => {
    expect(outlineModule('a.tsx', "// note\n'use client';\nimport 'x';").directive).toBe('use client');
    expect(outlineModule('a.tsx', "import 'x';\n'use client';").directive).toBeUndefined();
  });
});

test('masking keeps every character in its place, whatever the text', () => {
  const code = fc
    .array(
      fc.constantFrom(
        '"',
        "'",
        '`',
        '${',
        '}',
        '{',
        '/',
        '*',
        '\\',
        '\n',
        ' ',
        'a',
        '<',
        '>',
        'import x from ',
        '//',
        '/*',
        '*/',
      ),
      { maxLength: 80 },
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(code, (text) => {
      const masked = maskCode(text);
      expect(masked.length).toBe(text.length);
      for (let at = 0; at < text.length; at += 1) expect([' ', text[at]]).toContain(masked[at]);
      outlineModule('x.tsx', text);
    }),
    { numRuns: 500 },
  );
});

test('hostile texts cost linear time', { timeout: 60_000 }, () => {
  const parts = [
    'import ',
    'export const ',
    'export {',
    '`${',
    '/',
    '<script',
    "'",
    'import {a,',
    '"use client"',
    '@import ',
  ];
  for (const part of parts)
    for (const path of ['x.tsx', 'x.vue', 'x.astro', 'x.scss']) {
      // Backtracking or quadratic work on these would take minutes.
      expect(cpuTime(() => outlineModule(path, part.repeat(10_000)))).toBeLessThan(3000);
    }
});
