import { describe, expect, it } from 'vitest';
import { memberSpelling } from '../../../../lib/patch/suggestions/rules/member-spelling.js';
import { reassignedConst } from '../../../../lib/patch/suggestions/rules/reassigned-const.js';
import { refValue } from '../../../../lib/patch/suggestions/rules/ref-value.js';
import { templateKey } from '../../../../lib/patch/suggestions/rules/template-key.js';
import { unwantedExport } from '../../../../lib/patch/suggestions/rules/unwanted-export.js';
import { repairAll, repairWith } from '../repository.js';

const file = 'src/Board.vue';

function component(script: string, template = '<p />'): string {
  return `<script setup lang="ts">\nimport { computed, ref } from 'vue'\n${script}\n</script>\n\n<template>\n  ${template}\n</template>\n`;
}

/** The rules that speak of such errors, at the first place of the words. */
async function repair(text: string, { message, words }: { readonly message: string; readonly words: string }) {
  const before = text.slice(0, text.indexOf(words)).split('\n');
  const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const error = { tool: 'typescript', kind: 'type', file, message, ...place } as const;
  return (await repairAll([refValue, memberSpelling, reassignedConst], [error], { files: { [file]: text } }))?.[file];
}

describe('a ref that a script takes for its value', () => {
  const list = "Property 'push' does not exist on type 'Ref<string[], string[]>'.";
  const order = "Operator '>' cannot be applied to types 'ComputedRef<number>' and 'number'.";
  const constant = "Cannot assign to 'open' because it is a constant.";

  it('is read by `.value`', async () => {
    const script = 'const tides = ref<string[]>([])\nfunction add(t: string) { tides.push(t) }';
    expect(await repair(component(script), { message: list, words: 'push(t)' })).toBe(
      component(script.replace('tides.push', 'tides.value.push')),
    );
    const sum = 'const count = computed(() => 1)\nif (count > 3) done()';
    expect(await repair(component(sum), { message: order, words: 'count > 3' })).toBe(
      component(sum.replace('(count >', '(count.value >')),
    );
  });

  it('is handed on by `.value` where just that is wanted', async () => {
    const script = 'const name = ref("")\nsave(name)';
    const message = "Argument of type 'Ref<string, string>' is not assignable to parameter of type 'string'.";
    expect(await repair(component(script), { message, words: 'name)' })).toBe(
      component(script.replace('save(name)', 'save(name.value)')),
    );
    const other = message.replace("type 'string'.", "type 'number'.");
    expect(await repair(component(script), { message: other, words: 'name)' })).toBeUndefined();
  });

  it('is written by `.value`, and stays a constant', async () => {
    const script = 'const open = ref(false)\nfunction toggle() { open = true }';
    expect(await repair(component(script), { message: constant, words: 'open = true' })).toBe(
      component(script.replace('open = true', 'open.value = true')),
    );
  });

  it('is left alone where another ref takes its place, or it cannot be written', async () => {
    const again = 'const open = ref(false)\nfunction reset() { open = ref(true) }';
    expect(await repair(component(again), { message: constant, words: 'open = ref(true)' })).toBeUndefined();
    const computed = 'const open = computed(() => true)\nfunction toggle() { open = false }';
    expect(await repair(component(computed), { message: constant, words: 'open = false' })).toBeUndefined();
  });
});

describe('`.value` in a template', () => {
  const message = "Property 'value' does not exist on type 'string[]'. Did you mean 'values'?";

  it('goes, for a ref of the script', async () => {
    const script = 'const tides = ref<string[]>([])';
    expect(await repair(component(script, '<p v-if="tides.value.length" />'), { message, words: 'value.length' })).toBe(
      component(script, '<p v-if="tides.length" />'),
    );
    const stored = 'const { tides } = storeToRefs(useTides())';
    expect(await repair(component(stored, '<p>{{ tides.value }}</p>'), { message, words: 'value }}' })).toBe(
      component(stored, '<p>{{ tides }}</p>'),
    );
  });

  it('stays for what a loop or a slot calls like a ref', async () => {
    const script = "const tide = ref('')";
    for (const template of [
      '<i v-for="(tide, at) in tides">{{ tide.value }}</i>',
      '<Tides #row="{ tide }">{{ tide.value }}</Tides>',
    ])
      expect(await repair(component(script, template), { message, words: 'value }}' })).toBeUndefined();
  });

  it('stays for what is no ref, and is no slip for another word', async () => {
    expect(
      await repair(component('const pier = load()', '<p>{{ pier.value }}</p>'), { message, words: 'value }}' }),
    ).toBeUndefined();
    const nested = component('const tides = ref(1)', '<p>{{ pier.tides.value }}</p>');
    expect(await repair(nested, { message, words: 'value }}' })).toBeUndefined();
  });
});

describe('the key of a template that is repeated', () => {
  const message = '<template v-for> key should be placed on the <template> tag.';
  const mend = async (text: string) =>
    (await repairWith(templateKey, { file, message }, { files: { [file]: text } }))?.[file];
  const view = (inner: string) => `<template>\n  <dl>\n${inner}  </dl>\n</template>\n`;

  it('stands on the template', async () => {
    expect(
      await mend(
        view(
          '    <template v-for="tide in tides">\n      <dt :key="tide.id">a</dt>\n      <dd :key="tide.id">b</dd>\n    </template>\n',
        ),
      ),
    ).toBe(
      view(
        '    <template v-for="tide in tides" :key="tide.id">\n      <dt>a</dt>\n      <dd>b</dd>\n    </template>\n',
      ),
    );
  });

  it('is not chosen among two', async () => {
    const two = view(
      '    <template v-for="tide in tides">\n      <dt :key="tide.id">a</dt>\n      <dd :key="tide.at">b</dd>\n    </template>\n',
    );
    expect(await mend(two)).toBeUndefined();
  });
});

describe('an export of `<script setup>`', () => {
  const message = '<script setup> cannot contain ES module exports.';
  const mend = (files: Record<string, string>) => repairWith(unwantedExport, { file, message }, { files });
  const text = component('export const label = computed(() => 1)', '<p>{{ label }}</p>');

  it('is kept to the component', async () => {
    expect(await mend({ [file]: text })).toEqual({ [file]: text.replace('export const', 'const') });
  });

  it('is left alone where somebody imports it, or there are two', async () => {
    expect(await mend({ [file]: text, 'src/a.ts': "import { label } from './Board.vue'\nlabel\n" })).toBeUndefined();
    const two = component('export const a = 1\nexport const b = 2', '<p>{{ a + b }}</p>');
    expect(await mend({ [file]: two })).toBeUndefined();
  });
});
