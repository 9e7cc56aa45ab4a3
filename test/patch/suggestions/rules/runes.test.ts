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
    ['it takes an object apart', '<script>\n  let a = $state({ b: 1 });\n  let b;\n  $: ({ b } = a);\n</script>\n{b}'],
  ])('has no answer where %s', async (_, text) => {
    expect(await repair(legacyReactive, text)).toBeUndefined();
  });
});
