import { describe, expect, it } from 'vitest';
import { astroGlob } from '../../../../lib/patch/suggestions/rules/astro-glob.js';
import { nextLint } from '../../../../lib/patch/suggestions/rules/next-lint.js';
import { packageRename } from '../../../../lib/patch/suggestions/rules/package-rename.js';
import { repairWith } from '../repository.js';

describe('an export that its package has renamed', () => {
  const layout =
    '---\nimport { ViewTransitions } from \'astro:transitions\';\n---\n<html lang="en"><head><ViewTransitions /></head></html>\n';
  const missing = '"ViewTransitions" is not exported by "\\0astro:transitions".';
  const deprecated =
    'The `getEntryBySlug` function is deprecated and cannot be used to query the "notes" collection. Use `getEntry` instead.';

  it('is imported by its new name, in markup too', async () => {
    const file = 'src/layouts/Base.astro';
    expect(await repairWith(packageRename, { file, message: missing }, { files: { [file]: layout } })).toEqual({
      [file]: layout.replaceAll('ViewTransitions', 'ClientRouter'),
    });
  });

  it('is followed wherever it is imported, as the error names no file', async () => {
    const page = (name: string) =>
      `---\nimport { ${name} } from 'astro:content';\n\nconst note = await ${name}('notes', 'a');\n---\n{note?.id}\n`;
    const files = { 'src/pages/a.astro': page('getEntryBySlug'), 'src/pages/b.astro': page('getEntryBySlug') };
    expect(await repairWith(packageRename, { message: deprecated }, { files })).toEqual({
      'src/pages/a.astro': page('getEntry'),
      'src/pages/b.astro': page('getEntry'),
    });
  });

  it('is told of by the compiler', async () => {
    const text = "import { unstable_after as after } from 'next/server';\n\nafter(() => {});\n";
    const message = `Module '"next/server"' has no exported member 'unstable_after'.`;
    expect(await repairWith(packageRename, { file: 'app/a.ts', message }, { files: { 'app/a.ts': text } })).toEqual({
      'app/a.ts': text.replace('unstable_after as after', 'after'),
    });
  });

  it.each([
    ['of another module', missing.replace('astro:transitions', 'src/transitions.ts'), layout],
    ['imported from elsewhere', missing, layout.replace('astro:transitions', '../transitions')],
    ['that is not called so', missing.replace('ViewTransitions', 'Transitions'), layout],
    ['that stays by another advice', deprecated.replace('`getEntry`', '`getCollection`'), layout],
  ])('is left alone: one %s', async (_, message, text) => {
    const files = { 'src/pages/a.astro': text };
    expect(await repairWith(packageRename, { file: 'src/pages/a.astro', message }, { files })).toBeUndefined();
  });
});

describe('Astro.glob where it is gone', () => {
  const message = 'Astro.glob is not a function';
  const page = (call: string, markup = '{posts.length}') => `---\nconst posts = ${call};\n---\n${markup}\n`;
  const repair = (text: string, more: Readonly<Record<string, string>> = {}) =>
    repairWith(astroGlob, { tool: 'astro', message }, { files: { 'src/pages/a.astro': text, ...more } });

  it.each([
    ["await Astro.glob('./*.md')", "Object.values(import.meta.glob('./*.md', { eager: true }))"],
    [
      "(await Astro.glob('./*.md')).filter((post) => post.url)",
      "(Object.values(import.meta.glob('./*.md', { eager: true }))).filter((post) => post.url)",
    ],
  ])('%s', async (broken, repaired) => {
    expect(await repair(page(broken))).toEqual({ 'src/pages/a.astro': page(repaired) });
  });

  it('keeps the types that it had', async () => {
    const typed = (call: string) =>
      `---\nimport type { MarkdownInstance } from 'astro';\n\nconst posts = ${call};\n---\n`;
    expect(await repair(`---\nconst posts = await Astro.glob<Post>('./*.md');\n---\n`)).toEqual({
      'src/pages/a.astro': typed("Object.values(import.meta.glob<MarkdownInstance<Post>>('./*.md', { eager: true }))"),
    });
    const checked = {
      file: 'src/pages/a.astro',
      message: "Property 'glob' does not exist on type 'AstroGlobal<any>'.",
    };
    const check = (pattern: string) =>
      repairWith(astroGlob, checked, {
        files: { 'src/pages/a.astro': `---\nconst posts = await Astro.glob('${pattern}');\n---\n` },
      });
    expect(await check('./*.md')).toEqual({
      'src/pages/a.astro': typed(
        "Object.values(import.meta.glob<MarkdownInstance<Record<string, any>>>('./*.md', { eager: true }))",
      ),
    });
    expect(await check('./*.json')).toBeUndefined();
  });

  it.each([
    ['hands its promise on', page("Astro.glob('./*.md').then(sort)")],
    ['has its pattern from elsewhere', page('await Astro.glob(pattern)')],
    ['stands in the markup too', page("await Astro.glob('./*.md')", "{(await Astro.glob('./*.mdx')).length}")],
  ])('is left alone where one %s', async (_, text) => {
    expect(await repair(text)).toBeUndefined();
    expect(await repair(text, { 'src/pages/b.astro': page("await Astro.glob('./*.md')") })).toBeUndefined();
  });
});

describe('next lint where it is gone', () => {
  const message = 'Invalid project directory provided, no such directory: /vercel/path0/lint';
  const manifest = (build: string, eslint = '^9.39.0') =>
    `${JSON.stringify({ scripts: { lint: 'next lint', build }, devDependencies: { eslint } }, undefined, 2)}\n`;
  const repair = (text: string, config = 'eslint.config.mjs') =>
    repairWith(nextLint, { tool: 'next', message }, { files: { 'package.json': text, [config]: '' } });

  it('is ESLint itself', async () => {
    expect(await repair(manifest('next lint && next build'))).toEqual({
      'package.json': manifest('eslint . && next build').replace('"next lint"', '"eslint ."'),
    });
  });

  it.each([
    ['options of its own', manifest('next lint --dir app && next build'), undefined],
    ['an ESLint that does not read the configuration', manifest('next lint && next build', '^8.57.0'), undefined],
    ['a configuration of ESLint 8', manifest('next lint && next build'), '.eslintrc.json'],
    ['a configuration of another folder', manifest('next lint && next build'), 'packages/ui/eslint.config.mjs'],
    ['no ESLint', manifest('next lint && next build').replace('"eslint"', '"oxlint"'), undefined],
  ])('is left alone with %s', async (_, text, config) => {
    expect(await repair(text, config)).toBeUndefined();
  });
});
