import { describe, expect, it } from 'vitest';
import { contentEntry } from '../../../../lib/patch/suggestions/rules/content-entry.js';
import { missingImport } from '../../../../lib/patch/suggestions/rules/missing-import.js';
import { tailwindImport } from '../../../../lib/patch/suggestions/rules/tailwind-import.js';
import { utilitySpelling } from '../../../../lib/patch/suggestions/rules/utility-spelling.js';
import { repairWith } from '../repository.js';

describe('an entry of a collection of Astro', () => {
  const file = 'src/pages/[id].astro';
  const page = (from: string, code: string) =>
    `---\nimport { ${from} } from 'astro:content';\n\nconst { lamp } = Astro.props;\n${code}\n---\n\n<Content />\n`;
  const old = page('getCollection', 'const { Content } = await lamp.render();');
  const type = 'type \'{ id: string; body?: string | undefined; collection: "lamps"; }\'.';

  it('is rendered by a function', async () => {
    const now = page('getCollection, render', 'const { Content } = await render(lamp);');
    const typed = { file, line: 5, message: `Property 'render' does not exist on ${type}` };
    expect(await repairWith(contentEntry, typed, { files: { [file]: old } })).toEqual({ [file]: now });
    const thrown = { tool: 'astro', message: 'lamp.render is not a function' };
    expect(await repairWith(contentEntry, thrown, { files: { [file]: old } })).toEqual({ [file]: now });
  });

  it('is left alone where two files may be meant, or the name is taken', async () => {
    const thrown = { tool: 'astro', message: 'lamp.render is not a function' };
    expect(
      await repairWith(contentEntry, thrown, { files: { [file]: old, 'src/pages/a.astro': old } }),
    ).toBeUndefined();
    const taken = page('getCollection', 'const render = 1;\nconst { Content } = await lamp.render();');
    expect(await repairWith(contentEntry, thrown, { files: { [file]: taken } })).toBeUndefined();
  });

  it('is told from what else can be rendered', async () => {
    const chart = page('getCollection', 'const html = chart.render();\nconst { Content } = await lamp.render();');
    const thrown = { tool: 'astro', file, message: 'lamp.render is not a function' };
    expect(await repairWith(contentEntry, thrown, { files: { [file]: chart } })).toEqual({
      [file]: page('getCollection, render', 'const html = chart.render();\nconst { Content } = await render(lamp);'),
    });
    const other = old.replace('astro:content', '../lib/lamps');
    expect(await repairWith(contentEntry, thrown, { files: { [file]: other } })).toBeUndefined();
  });

  it('has an id in place of its slug, unless its schema has one', async () => {
    const text = page('getCollection', 'const href = lamp.slug;');
    const error = { file, line: 5, column: 19, message: `Property 'slug' does not exist on ${type}` };
    expect(await repairWith(contentEntry, error, { files: { [file]: text } })).toEqual({
      [file]: text.replace('lamp.slug', 'lamp.id'),
    });
    const config = { 'src/content.config.ts': 'z.object({ slug: z.string() })\n' };
    expect(await repairWith(contentEntry, error, { files: { [file]: text, ...config } })).toBeUndefined();
  });
});

describe('the directives of Tailwind 3', () => {
  const file = 'src/main.css';
  const error = {
    tool: 'postcss',
    kind: 'style',
    file,
    message: 'Cannot apply unknown utility class `rounded`',
  } as const;
  const directives = '@tailwind base;\n@tailwind components;\n@tailwind utilities;\n';
  const rest = '\n.a { @apply rounded; }\n';
  const manifest = (range: string) => ({ 'package.json': `{ "devDependencies": { "tailwindcss": "${range}" } }\n` });

  it('become the import of version 4, with the configuration that it does not look for', async () => {
    expect(
      await repairWith(tailwindImport, error, { files: { [file]: directives + rest, ...manifest('^4.1.0') } }),
    ).toEqual({
      [file]: `@import "tailwindcss";\n${rest}`,
    });
    expect(
      await repairWith(tailwindImport, error, {
        files: { [file]: directives + rest, ...manifest('4.0.0') },
        unread: ['tailwind.config.ts'],
      }),
    ).toEqual({ [file]: `@import "tailwindcss";\n@config "../tailwind.config.ts";\n${rest}` });
  });

  it('stay in version 3, after other rules, and between two configurations', async () => {
    const mend = (text: string, range: string, unread: readonly string[] = []) =>
      repairWith(tailwindImport, error, { files: { [file]: text, ...manifest(range) }, unread });
    expect(await mend(directives + rest, '^3.4.0')).toBeUndefined();
    expect(await mend(`.x { top: 0; }\n${directives}${rest}`, '^4.0.0')).toBeUndefined();
    expect(await mend(directives + rest, '^4.0.0', ['tailwind.config.js', 'ui/tailwind.config.js'])).toBeUndefined();
  });
});

describe('a colour of the theme that is misspelt', () => {
  const file = 'src/main.css';
  const sheet = (name: string) => `@theme { --color-bark: #543; }\n.a { @apply ${name}; }\n`;
  const mend = (name: string) =>
    repairWith(
      utilitySpelling,
      { tool: 'postcss', kind: 'style', file, message: `Cannot apply unknown utility class \`${name}\`` },
      { files: { [file]: sheet(name) } },
    );

  it('is spelt as the theme has it', async () => {
    expect(await mend('bg-bakr')).toEqual({ [file]: sheet('bg-bark') });
    expect(await mend('hover:text-bakr')).toEqual({ [file]: sheet('hover:text-bark') });
  });

  it('is left alone where a colour of Tailwind may be meant, or it is none', async () => {
    expect(await mend('bg-balck')).toBeUndefined();
    expect(await mend('p-bakr')).toBeUndefined();
  });
});

describe('a name of Node.js that a script uses', () => {
  const file = 'scripts/feed.mjs';
  const mend = (text: string, name: string) =>
    repairWith(
      missingImport,
      { tool: 'node', file, message: `ReferenceError: ${name} is not defined` },
      { files: { [file]: text } },
    );
  const code = "import { readFileSync } from 'node:fs';\n";

  it('is imported as the script imports its like', async () => {
    expect(await mend(`${code}readFileSync(path.join('a', 'b'));\n`, 'path')).toEqual({
      [file]: `${code}import path from 'node:path';\nreadFileSync(path.join('a', 'b'));\n`,
    });
    const bare = code.replace('node:', '');
    expect(await mend(`${bare}readFileSync(join('a', 'b'));\n`, 'join')).toEqual({
      [file]: `${bare}import { join } from 'path';\nreadFileSync(join('a', 'b'));\n`,
    });
  });

  it('is another matter in a script that is not known to run in Node.js, or that lost a variable of the name', async () => {
    expect(await mend("console.log(path.join('a'));\n", 'path')).toBeUndefined();
    const repository = {
      files: { [file]: `${code}readFileSync(path);\n` },
      changes: [{ path: file, status: 'modified', hunks: "-const path = 'a.json';\n" }] as const,
    };
    const error = { tool: 'node', file, message: 'ReferenceError: path is not defined' };
    expect(await repairWith(missingImport, error, repository)).toBeUndefined();
  });
});
