import { describe, expect, it } from 'vitest';
import { missingAwait } from '../../../../lib/patch/suggestions/rules/missing-await.js';
import { movedFile } from '../../../../lib/patch/suggestions/rules/moved-file.js';
import { serverMetadata } from '../../../../lib/patch/suggestions/rules/server-metadata.js';
import { unwantedExport } from '../../../../lib/patch/suggestions/rules/unwanted-export.js';
import { repairWith } from '../repository.js';

describe('unwanted-export', () => {
  const page = 'export function widest() {\n  return 3;\n}\n\nexport const load = () => ({ most: widest() });\n';
  const error = {
    file: 'src/routes/+page.server.ts',
    message: "Invalid export 'widest' in src/routes/+page.server.ts",
  };

  it('keeps the helper to its file', async () => {
    expect(await repairWith(unwantedExport, error, { files: { [error.file]: page } })).toEqual({
      [error.file]: page.replace('export function widest', 'function widest'),
    });
  });

  it('finds a server action that is not asynchronous by its line', async () => {
    const text =
      "'use server';\n\nexport const trim = (text: string) => text.trim();\n\nexport async function save() {\n  trim('');\n}\n";
    const place = { file: 'app/save.ts', line: 3, message: 'Server Actions must be async functions.' };
    expect(await repairWith(unwantedExport, place, { files: { 'app/save.ts': text } })).toEqual({
      'app/save.ts': text.replace('export const trim', 'const trim'),
    });
  });

  it('has no answer when somebody imports it', async () => {
    const files = {
      [error.file]: page,
      'src/other.ts': "import { widest } from './routes/+page.server';\nwidest();\n",
    };
    expect(await repairWith(unwantedExport, error, { files })).toBeUndefined();
    const byAlias = {
      ...files,
      'tsconfig.json': '{ "compilerOptions": { "paths": { "#/*": ["./src/*"] } } }',
      'src/other.ts': "import { widest } from '#/routes/+page.server';\nwidest();\n",
    };
    expect(await repairWith(unwantedExport, error, { files: byAlias })).toBeUndefined();
  });

  it('has no answer when nothing uses it, so that it was meant for the framework', async () => {
    const files = { [error.file]: page.replace('widest() }', '3 }') };
    expect(await repairWith(unwantedExport, error, { files })).toBeUndefined();
  });

  it('tells a constant that was left from a setting by another name', async () => {
    const file = 'app/page.tsx';
    const repair = (row: string) => {
      const message = `"${/const (\w+)/.exec(row)?.[1]}" is not a valid Page export field.`;
      return repairWith(unwantedExport, { file, message }, { files: { [file]: `${row}\n` } });
    };
    expect(await repair('export const PAGE_SIZE = 20;')).toEqual({ [file]: 'const PAGE_SIZE = 20;\n' });
    expect(await repair('export const revalidation = 60;')).toBeUndefined();
    expect(await repair('export const prerender = true;')).toBeUndefined();
  });

  it('has no answer when it would be reported as unused', async () => {
    const files = {
      [error.file]: page.replace('widest() }', '3 }'),
      'tsconfig.json': '{ "compilerOptions": { "noUnusedLocals": true } }',
    };
    expect(await repairWith(unwantedExport, error, { files })).toBeUndefined();
  });
});

describe('server-metadata', () => {
  const message =
    'You are attempting to export "metadata" from a component marked with "use client", which is disallowed.';
  const page = (body: string, more = '') =>
    `'use client';\n\n${more}export const metadata = { title: 'Lamps' };\n\nexport default function Page() {\n  return ${body};\n}\n`;
  const repair = (text: string, files: Readonly<Record<string, string>> = {}) =>
    repairWith(
      serverMetadata,
      { kind: 'client-boundary', file: 'app/page.tsx', message },
      { files: { ...files, 'app/page.tsx': text } },
    );

  it('takes the mark out of a page that needs no browser', async () => {
    const text = page('<main>Lamps</main>');
    expect(await repair(text)).toEqual({ 'app/page.tsx': text.replace("'use client';\n\n", '') });
  });

  it('follows what the page imports', async () => {
    const text = page('<Lamp />', "import { Lamp } from './lamp';\n");
    expect(
      await repair(text, { 'app/lamp.tsx': "'use client';\nexport const Lamp = () => <i onClick={go} />;\n" }),
    ).toBeDefined();
    expect(await repair(text, { 'app/lamp.tsx': 'export const Lamp = () => <i onClick={go} />;\n' })).toBeUndefined();
  });

  it('knows a package as one for the server where another page uses it there', async () => {
    const text = page('<Lamp />', "import { Lamp } from './lamp';\n");
    const lamp = "import dim from 'dim';\nexport const Lamp = () => <i>{dim(1)}</i>;\n";
    const other = "import { Lamp } from '../lamp';\nexport default () => <Lamp />;\n";

    expect(await repair(text, { 'app/lamp.tsx': lamp, 'app/all/page.tsx': other })).toBeDefined();
    const marked = `'use client';\n${other}`;
    expect(await repair(text, { 'app/lamp.tsx': lamp, 'app/all/page.tsx': marked })).toBeUndefined();
  });

  it.each([
    ['a hook', page('<main>{useLamp()}</main>')],
    ['a handler', page('<main onClick={go}>Lamps</main>')],
    ['the window', page('<main>{window.name}</main>')],
    ['a hook of a module', page('<main>{React.useId()}</main>', "import React from 'react';\n")],
    ['a function for another component', page('<Link render={(lamp) => <b>{lamp}</b>} />')],
    ['a function with a name', page('<Link render={show} />', 'const show = (lamp) => lamp;\n')],
    ['an element that is held', page('<main ref={hold} />')],
    ['handlers in an object', page('<main {...{ onClick: go }} />')],
    ['a part that is not rendered on the server', page('<Map />', 'const Map = dynamic(load, { ssr: false });\n')],
    ['a package of which nothing is known', page('<Chart />', "import { Chart } from 'charts';\n")],
  ])('has no answer where there is %s', async (_, text) => {
    expect(await repair(text)).toBeUndefined();
  });
});

describe('missing-await, for what is handed over', () => {
  const message =
    "Type 'Promise<Lamp[]>' is missing the following properties from type 'Lamp[]': length, pop, and 35 more.";
  const page = (inner: string) =>
    `export default async function Page() {\n  const lamps = listLamps();\n  ${inner}\n}\n`;
  const repair = (text: string) =>
    repairWith(
      missingAwait,
      { file: 'app/page.tsx', line: 3, column: 16, message },
      { files: { 'app/page.tsx': text } },
    );

  it('awaits where the variable is declared', async () => {
    const text = page('return <List lamps={lamps} />;');
    expect(await repair(text)).toEqual({ 'app/page.tsx': text.replace('= listLamps', '= await listLamps') });
  });

  it.each([
    ['taken as a promise elsewhere', page('return <List lamps={lamps} wait={Promise.all([lamps])} />;')],
    ['in a function that is not asynchronous', page('return <List lamps={lamps} />;').replace('async ', '')],
  ])('has no answer for one %s', async (_, text) => {
    expect(await repair(text)).toBeUndefined();
  });
});

it('moved-file understands an alias that the bundler has resolved already', async () => {
  const files = {
    'nuxt.config.ts': 'export default defineNuxtConfig({});\n',
    'components/Row.vue': "<script setup>\nimport { grade } from '~/helpers/grades';\n</script>\n",
    'shared/grades.js': 'export const grade = 1;\n',
  };
  const error = {
    kind: 'module-not-found',
    file: 'components/Row.vue',
    specifier: '/vercel/path0//helpers/grades',
    message: 'Could not load /vercel/path0//helpers/grades (imported by components/Row.vue)',
  } as const;
  expect(await repairWith(movedFile, error, { files })).toEqual({
    'components/Row.vue': files['components/Row.vue'].replace('~/helpers/grades', '~/shared/grades'),
  });
});
