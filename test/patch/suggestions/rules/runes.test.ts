import { compile } from 'svelte/compiler';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../../lib/patch/suggestions/rule.js';
import { legacyProps } from '../../../../lib/patch/suggestions/rules/legacy-props.js';
import { legacyReactive } from '../../../../lib/patch/suggestions/rules/legacy-reactive.js';
import { repairWith } from '../repository.js';

const file = 'src/lib/Fare.svelte';

/** What the compiler itself objects to. */
function objectionTo(text: string): string {
  try {
    compile(text, { filename: file });
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function repair(rule: Rule, text: string, more: Readonly<Record<string, string>> = {}) {
  const message = objectionTo(text);
  expect(message).toContain('runes mode');
  const repaired = await repairWith(
    rule,
    { file, tool: 'svelte', kind: 'syntax', message },
    { files: { [file]: text, ...more } },
  );
  return repaired?.[file];
}

describe('legacy-props', () => {
  it('takes the props from $props()', async () => {
    const text = `<script>\n  let count = $state(1);\n  export let price;\n  export let unit = 'kg';\n</script>\n\n<p>{price * count} {unit}</p>\n`;
    const repaired = await repair(legacyProps, text);
    expect(repaired).toBe(text.replace(/export let price;[\s\S]*'kg';/, "let { price, unit = 'kg' } = $props();"));
    expect(objectionTo(repaired ?? '')).toBe('');
  });

  it('with their types, and one to a line where they are many', async () => {
    const text = `<script lang="ts">\n  import type { Fare } from './fare';\n\n  export let fare: Fare;\n  export let onpick: (fare: Fare) => void;\n  export let label: string = 'Return';\n  const shown = $derived(label);\n</script>\n\n<button onclick={() => onpick(fare)}>{shown}</button>\n`;
    const repaired = await repair(legacyProps, text);
    expect(repaired).toContain(
      "  let { fare, onpick, label = 'Return' }: {\n    fare: Fare;\n    onpick: (fare: Fare) => void;\n    label?: string;\n  } = $props();\n",
    );
    expect(objectionTo(repaired ?? '')).toBe('');
  });

  it.each([
    [
      'something stands between them',
      '<script>\n  let a = $state(1);\n  export let b;\n  const c = b;\n  export let d;\n</script>\n{a}{c}{d}',
    ],
    [
      'only some have types',
      '<script lang="ts">\n  let a = $state(1);\n  export let b: string;\n  export let c = 1;\n</script>\n{a}{b}{c}',
    ],
    ['one is no plain name', '<script>\n  let a = $state(1);\n  export let { b } = a;\n</script>\n{a}{b}'],
  ])('has no answer where %s', async (_, text) => {
    expect(await repair(legacyProps, text)).toBeUndefined();
  });

  it('has no answer where a parent binds one', async () => {
    const text = '<script>\n  let a = $state(1);\n  export let fare;\n</script>\n{a}{fare}';
    const parent = (use: string) => ({
      'src/routes/+page.svelte': `<script>\n  import Fare from '$lib/Fare.svelte';\n  let f;\n</script>\n<Fare ${use} />\n`,
    });
    expect(await repair(legacyProps, text, parent('bind:fare={f}'))).toBeUndefined();
    expect(await repair(legacyProps, text, parent('fare={f}'))).toContain('let { fare } = $props();');
  });
});

describe('legacy-props beside $props()', () => {
  const use = '\n</script>\n\n<p>{a} {b}</p>\n';

  it.each([
    [
      'without types',
      "<script>\n  let { a } = $props();\n  export let b = 'kg';",
      "<script>\n  let { a, b = 'kg' } = $props();",
    ],
    [
      'with the type of the default',
      '<script lang="ts">\n  let { a }: { a: string } = $props();\n  export let b = false;',
      '<script lang="ts">\n  let { a, b = false }: { a: string; b?: boolean } = $props();',
    ],
    [
      'with a type of its own, on lines of their own',
      '<script lang="ts">\n  interface Props {\n    a: string\n  }\n\n  let {\n    a,\n  }: Props = $props()\n  export let b: number',
      '<script lang="ts">\n  interface Props {\n    a: string\n    b: number\n  }\n\n  let {\n    a,\n    b,\n  }: Props = $props()',
    ],
    [
      'before the rest',
      '<script lang="ts">\n  export let b: string | undefined = undefined;\n  let { a, ...rest }: { a: string; id?: string; } = $props();\n  console.log(rest);',
      '<script lang="ts">\n  let { a, b = undefined, ...rest }: { a: string; id?: string; b?: string | undefined; } = $props();\n  console.log(rest);',
    ],
    [
      'over what stands between',
      '<script>\n  let { a } = $props();\n  const twice = $derived(a * 2);\n  export let b;\n  console.log(twice);',
      '<script>\n  let { a, b } = $props();\n  const twice = $derived(a * 2);\n  console.log(twice);',
    ],
  ])('joins it %s', async (_, before, after) => {
    const repaired = await repair(legacyProps, before + use);
    expect(repaired).toBe(after + use);
    expect(objectionTo(repaired ?? '')).toBe('');
  });

  it.each([
    ['a type from elsewhere', '<script lang="ts">\n  let { a }: Props = $props();\n  export let b = 1;'],
    ['a default of unknown type', '<script lang="ts">\n  let { a }: { a: 1 } = $props();\n  export let b = f();'],
    [
      'a default that needs what stands between',
      '<script>\n  let { a } = $props();\n  const c = 1;\n  export let b = c;',
    ],
    ['all props as one', '<script>\n  let all = $props();\n  let a = 1;\n  export let b = 1;'],
    ['types in a comment', '<script>\n  /** @type {{ a: string }} */\n  let { a } = $props();\n  export let b = 1;'],
    [
      'a type that serves others',
      '<script lang="ts">\n  type P = { a: 1 };\n  let { a }: P = $props();\n  const q: P = { a };\n  export let b = 1;',
    ],
  ])('has no answer for %s', async (_, before) => {
    expect(await repair(legacyProps, before + use)).toBeUndefined();
  });
});

describe('legacy-reactive', () => {
  it('derives what is computed', async () => {
    const text = `<script lang="ts">\n  let count = $state(1);\n  let total: number;\n  $: double = count * 2;\n  $: total = double + 1;\n</script>\n\n<p>{total}</p>\n`;
    const repaired = await repair(legacyReactive, text);
    expect(repaired).toBe(
      `<script lang="ts">\n  let count = $state(1);\n  const double = $derived(count * 2);\n  const total: number = $derived(double + 1);\n</script>\n\n<p>{total}</p>\n`,
    );
    expect(objectionTo(repaired ?? '')).toBe('');
  });

  it.each([
    ['one does something', '<script>\n  let a = $state(1);\n  $: b = a * 2;\n  $: console.log(b);\n</script>\n{b}'],
    [
      'it is assigned elsewhere',
      '<script>\n  let a = $state(1);\n  let b;\n  $: b = a * 2;\n</script>\n<button onclick={() => (b = 0)}>{b}</button>',
    ],
    [
      'a field binds it',
      '<script>\n  let a = $state(1);\n  let b;\n  $: b = a * 2;\n</script>\n<input bind:value={b} />',
    ],
    ['it has a value before', '<script>\n  let a = $state(1);\n  let b = 3;\n  $: b = a * 2;\n</script>\n{b}'],
    [
      'it is made of what changes and is no state',
      '<script>\n  let { a } = $props();\n  let c = 0;\n  $: b = a * c;\n</script>\n<button onclick={() => c++}>{b}</button>',
    ],
    ['it takes an object apart', '<script>\n  let a = $state({ b: 1 });\n  let b;\n  $: ({ b } = a);\n</script>\n{b}'],
  ])('has no answer where %s', async (_, text) => {
    expect(await repair(legacyReactive, text)).toBeUndefined();
  });
});
