import { describe, expect, it } from 'vitest';
import { parseFile } from '../../../lib/patch/syntax/parse-file.js';

describe('a file that is as it should be', () => {
  it.each<[string, string, string]>([
    ['a.ts', 'export const a: number = 1;', 'script'],
    ['a.tsx', 'export const a = <p>x</p>;', 'script'],
    ['a.js', 'export const a = () => <p />;', 'script'],
    ['a.mjs', 'await import("./b.js");', 'script'],
    ['a.cjs', 'module.exports = 1;', 'script'],
    ['a.d.ts', 'declare const a: number;', 'script'],
    [
      'a.vue',
      '<script setup lang="ts">\nconst a = 1;\n</script>\n<template><p v-for="(x, i) in 3" :key="i" @click="a; i">{{ x }}</p></template>',
      'component',
    ],
    ['a.vue', '<template lang="pug">\np {{ x }}\n</template>', 'component'],
    ['a.svelte', '<script lang="ts">\n  let a: number = 1;\n</script>\n{#if a}<p>{a}</p>{/if}', 'component'],
    ['a.svelte', '<script>\n  export let a;\n  $: b = a;\n</script>\n<slot {b} on:click />', 'component'],
    ['a.astro', '---\nif (!Astro.props.a) return Astro.redirect("/");\n---\n<p>{Astro.props.a}<br></p>', 'component'],
    ['a.astro', '<p>no front matter</p>', 'component'],
    ['a.json', '{ "a": 1 }', 'json'],
    ['tsconfig.json', '{\n  // why\n  "a": 1,\n}', 'json'],
    ['.eslintrc', 'root: true\n', 'yaml'],
    ['.eslintrc', '{ "root": true }', 'json'],
    ['a.yml', 'a: &x 1\nb: *x\n---\nc: 2\n', 'yaml'],
    ['a.css', '@tailwind base;\n.a { @apply p-4; }', 'style'],
    ['a.scss', '$a: 1px;\n.a { // why\n  .b { width: $a; }\n}', 'style'],
    ['a.md', '# {unclosed', 'text'],
  ])('%s: %j', async (path, text, kind) => {
    expect(await parseFile(path, text)).toMatchObject({ kind, errors: [], text });
  });
});

describe('a file that is broken says where', () => {
  it.each<[string, string, number | undefined]>([
    ['a.ts', 'const a = 1;\nconst b = ;', 2],
    ['a.tsx', 'const a = <p>\n;', 1],
    ['a.vue', '<template>\n  <p>{{ x. }}</p>\n</template>', 2],
    ['a.vue', '<template>\n  <p>\n</template>', 2],
    ['a.vue', '<script setup>\nconst a = 1;\nconst b = ;\n</script>', 3],
    ['a.svelte', '{#each xs as x}\n<p>', 2],
    ['a.svelte', '<script>\nlet a = ;\n</script>', 2],
    ['a.astro', '---\nconst a = 1;\nconst b = ;\n---\n<p />', 3],
    ['a.astro', '---\n---\n<p>{xs.map((x) => )}</p>', undefined],
    ['a.json', '{\n  "a": 1,\n}', 3],
    ['package.json', '{\n  // no\n  "a": 1\n}', 2],
    ['a.yaml', 'a: [1\nb: 2', 2],
    ['a.css', 'a {\n  color: red;', 1],
  ])('%s: %j', async (path, text, line) => {
    const { errors } = await parseFile(path, text);

    expect(errors.length).toBeGreaterThan(0);
    expect(errors.map((error) => error.line)).toContain(line);
  });

  it('and a name declared twice is told from broken grammar', async () => {
    expect((await parseFile('a.ts', 'const a = 1;\nconst a = 2;')).errors).toMatchObject([{ semantic: true, line: 1 }]);
    expect((await parseFile('a.ts', 'const a = ;')).errors[0]?.semantic).toBeUndefined();
  });
});

describe('comments are found wherever they stand', () => {
  it.each<[string, string]>([
    ['a.ts', '// MARK'],
    ['a.tsx', 'const a = <p>{/* MARK */}</p>;'],
    ['a.vue', '<!-- MARK --><template><p /></template>'],
    ['a.vue', '<template><!-- MARK --><p /></template>'],
    ['a.vue', '<script>\n// MARK\n</script>'],
    ['a.svelte', '<!-- MARK --><p />'],
    ['a.svelte', '<script>\n// MARK\n</script>'],
    ['a.svelte', '<p>{/* MARK */ x}</p>'],
    ['a.astro', '---\n// MARK\n---\n<p />'],
    ['a.astro', '<!-- MARK --><p />'],
    ['a.css', '/* MARK */'],
    ['a.scss', '// MARK'],
    ['a.yml', 'a: 1 # MARK'],
    ['tsconfig.json', '{ /* MARK */ }'],
  ])('%s: %j', async (path, text) => {
    expect((await parseFile(path, text)).comments.join('\n')).toContain('MARK');
  });

  it('and a string is none', async () => {
    expect((await parseFile('a.ts', "const a = '// MARK';")).comments).toEqual([]);
  });
});

it('names what a module takes and gives', async () => {
  const text = `import a, { b as c, type D } from './x';
import type { E } from './y';
export * from './z';
export * as all from './all';
export { f as g } from './f';
export const { h, i: [j] } = a, k = c;
export default function l() {}
export type M = D | E;
import('./lazy');
require('./old');
`;

  const { shape } = await parseFile('a.ts', text);

  expect(shape.requests.map(({ specifier, names, typeOnly }) => [specifier, names, typeOnly])).toEqual([
    ['./x', ['default', 'b', 'D'], false],
    ['./y', ['E'], true],
    ['./z', [], false],
    ['./all', [], false],
    ['./f', ['f'], false],
    ['./lazy', [], false],
    ['./old', [], false],
  ]);
  expect([...shape.exports].sort()).toEqual(['M', 'all', 'default', 'g', 'h', 'j', 'k']);
  expect(shape.stars).toEqual(['./z']);
});
