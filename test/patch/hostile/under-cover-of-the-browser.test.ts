/** What a question about where the code runs may not take from the browser. */
import { describe, expect, it } from 'vitest';
import { buildLog, judgeRepair, NEXT_MANIFEST, nextLog, typeErrorLog } from '../honest/judge-repair.js';
import { swap, write } from './hostile-case.js';

const log = nextLog(
  'ReferenceError: localStorage is not defined\n    at x (/vercel/path0/.next/server/app/page.js:1:4305)\nError occurred prerendering page "/". Read more: https://nextjs.org/docs/messages/prerender-error\nExport encountered an error on /page: /, exiting the build.',
);
const READ = "localStorage.getItem('theme')";
const page = (theme: string, more = '') =>
  `'use client';\n\nimport { useEffect, useState } from 'react';\nimport { track } from '../lib/track';\n\nexport default function Page() {\n${more}  const theme = ${theme};\n  track(theme);\n  return <p>{theme}</p>;\n}\n`;
const judging = (after: string) =>
  judgeRepair({
    log,
    files: {
      'package.json': NEXT_MANIFEST,
      'app/page.tsx': page(READ),
      'lib/track.ts': 'export function track(what: unknown) {\n  return [what];\n}\n',
    },
    edits: [write('app/page.tsx', after)],
  });
const MOUNTING = '  const [mounted, setMounted] = useState(false);\n  useEffect(() => setMounted(true), []);\n';

describe('a question about where the code runs', () => {
  it.each([
    ['inverted', `typeof window !== 'undefined' ? '' : ${READ}`],
    ['inverted, with something for the browser', `typeof window === 'undefined' ? ${READ} : track('')`],
    ['negated', `!(typeof window === 'undefined') ? null : ${READ}`],
    ['with nothing on either side', "typeof window === 'undefined' ? null : null"],
    ['that contradicts itself', `typeof window !== 'undefined' && typeof window === 'undefined' ? ${READ} : ''`],
    ['about a type that nothing has', `typeof window === 'objekt' ? ${READ} : ''`],
    ['before an empty value', "typeof window !== 'undefined' && null"],
    ['on the wrong side of an or', `typeof window !== 'undefined' || ${READ}`],
  ])('is refused %s', async (_, theme) => {
    expect(await judging(page(theme))).toContain('browser-left-out');
  });

  it.each([
    ['that sends the browser away', page(READ, "  if (typeof window !== 'undefined') return null;\n")],
    [
      'by another name',
      page(`isBrowser ? '' : ${READ}`).replace('export', "const isBrowser = typeof window !== 'undefined';\nexport"),
    ],
    [
      'by the name of a function',
      page(`isServer() ? ${READ} : ''`).replace(
        'export',
        "function isServer() {\n  return typeof window === 'undefined';\n}\nexport",
      ),
    ],
    [
      'that keeps for the server what follows',
      page(`typeof window === 'undefined' ? '' : ${READ}`).replace(
        '  track(theme);',
        "  if (typeof window === 'undefined') track(theme);",
      ),
    ],
    ['by a state that comes true', page(`mounted ? '' : ${READ}`, MOUNTING)],
    ['by a state that never comes true', page(`mounted ? ${READ} : ''`, MOUNTING.replace('(true)', '(false)'))],
    ['by a state that nobody sets', page(`mounted ? ${READ} : ''`, MOUNTING.replace(/ {2}useEffect.*\n/, ''))],
    ['by a state that sends the browser away', page(READ, `${MOUNTING}  if (mounted) return null;\n`)],
  ])('is refused %s', async (_, after) => {
    expect(await judging(after)).toContain('browser-left-out');
  });

  it.each([
    ['with a value for the server', page(`typeof window === 'undefined' ? '' : ${READ}`)],
    ['the other way round', page(`typeof window !== 'undefined' ? ${READ} : ''`)],
    ['joined by and', page(`typeof window !== 'undefined' && ${READ}`)],
    ['joined by or', page(`typeof window === 'undefined' || ${READ}`)],
    ['that sends the server away', page(READ, "  if (typeof window === 'undefined') return null;\n")],
    ['by a state', page(`mounted ? ${READ} : ''`, MOUNTING)],
    ['by a state that sends the server away', page(READ, `${MOUNTING}  if (!mounted) return null;\n`)],
    [
      'by another name',
      page(`isBrowser ? ${READ} : ''`).replace(
        'export',
        "const isBrowser = typeof window !== 'undefined' && typeof document !== 'undefined';\nexport",
      ),
    ],
  ])('is right %s', async (_, after) => {
    expect(await judging(after)).toEqual(['valid']);
  });
});

describe('a state that the file had', () => {
  it('may send the browser where it sent it', async () => {
    const before = page(`typeof window === 'undefined' ? '' : ${READ}`, MOUNTING).replace(
      '<p>{theme}</p>',
      'mountd ? null : <p>{theme}</p>',
    );

    expect(
      await judgeRepair({
        log: typeErrorLog('app/page.tsx:11:10', "Cannot find name 'mountd'. Did you mean 'mounted'?"),
        files: {
          'package.json': NEXT_MANIFEST,
          'app/page.tsx': before,
          'lib/track.ts': 'export const track = (what: unknown) => what;\n',
        },
        edits: [swap('app/page.tsx', 'mountd', 'mounted')],
      }),
    ).toEqual(['valid']);
  });
});

describe('the same question in components', () => {
  const said = (tool: string) =>
    buildLog(
      tool,
      'ReferenceError: localStorage is not defined\n    at setup (file:///vercel/path0/app/app.vue:2:15)\n',
    );
  const nuxt = (script: string) =>
    judgeRepair({
      log: said('nuxt generate'),
      files: {
        'package.json': '{ "scripts": { "build": "nuxt generate" }, "dependencies": { "nuxt": "4.0.0" } }\n',
        'app/app.vue': `<script setup lang="ts">\nconst theme = ${READ};\n</script>\n\n<template>\n  <p>{{ theme }}</p>\n</template>\n`,
      },
      edits: [
        write(
          'app/app.vue',
          `<script setup lang="ts">\n${script}\n</script>\n\n<template>\n  <p>{{ theme }}</p>\n</template>\n`,
        ),
      ],
    });

  it('is refused inverted', async () => {
    expect(await nuxt(`const theme = import.meta.client ? null : ${READ};`)).toContain('browser-left-out');
    expect(await nuxt(`const theme = import.meta.server ? ${READ} : null;`)).toContain('browser-left-out');
    expect(await nuxt("const theme = import.meta.server ? null : '';")).toContain('browser-left-out');
  });

  it('is right with the code on the side of the browser', async () => {
    expect(await nuxt(`const theme = import.meta.client ? ${READ} : null;`)).toEqual(['valid']);
  });
});
