import { describe, expect, it } from 'vitest';
import { givenProp } from '../../../../lib/patch/suggestions/rules/given-prop.js';
import { repairWith } from '../repository.js';

const missing = (name: string) =>
  `Property '${name}' is missing in type '{ key: string; }' but required in type 'CrateProps'.`;
const place = (text: string) => {
  const at = text.indexOf('<Crate') + 1;
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};

async function repair(file: string, text: string, message = missing('crate')) {
  const repaired = await repairWith(
    givenProp,
    { file, message, code: 'TS2741', ...place(text) },
    { files: { [file]: text } },
  );
  return repaired?.[file];
}

describe('given-prop', () => {
  const list = (tag: string, parameter = 'crate') =>
    `import { Crate } from './Crate';\nexport function Pile({ crates }: { crates: string[] }) {\n  return <ul>{crates.map((${parameter}) => ${tag})}</ul>;\n}\n`;

  it('gives what the function around is called with', async () => {
    const text = list('<Crate key={crate} />');
    expect(await repair('src/Pile.tsx', text)).toBe(list('<Crate key={crate} crate={crate} />'));
  });

  it('in a line of its own where the attributes have one', async () => {
    const tag = '(\n    <Crate\n      key={crate}\n    />\n  )';
    expect(await repair('src/Pile.tsx', list(tag))).toBe(
      list(tag.replace('key={crate}', 'key={crate}\n      crate={crate}')),
    );
  });

  it("gives a loop's item in templates", async () => {
    const vue = (props: string) =>
      `<script setup lang="ts">\nimport Crate from './Crate.vue';\ndefineProps<{ crates: string[] }>();\n</script>\n\n<template>\n  <Crate v-for="crate in crates" :key="crate"${props} />\n</template>\n`;
    const message = `Argument of type '{ key: string; }' is not assignable to parameter of type 'CrateProps'.\n  ${missing('crate')}`;
    expect(await repair('src/Pile.vue', vue(''), message)).toBe(vue(' :crate="crate"'));
    const svelte = (props: string) =>
      `<script lang="ts">\n  import Crate from './Crate.svelte';\n  let { crates } = $props();\n</script>\n\n{#each crates as crate (crate)}\n  <Crate${props} />\n{/each}\n`;
    expect(await repair('src/Pile.svelte', svelte(''))).toBe(svelte(' {crate}'));
    expect(await repair('src/Pile.svelte', svelte('').replace('as crate (crate)', 'as box (box)'))).toBeUndefined();
    const after = svelte('').replace('  <Crate />\n{/each}', '{/each}\n<Crate />');
    expect(await repair('src/Pile.svelte', after)).toBeUndefined();
  });

  it.each([
    ['nothing is called so', list('<Crate key={box} />', 'box')],
    [
      'it is called so elsewhere',
      `${list('<Crate key={box} />', 'box')}export const other = (crate: string) => crate;\n`,
    ],
    ['only a type is called so', `${list('<Crate key={box} />', 'box')}type crate = string;\n`],
    ['an import is called so', `import crate from './crate';\n${list('<Crate key={box} />', 'box')}`],
    ['the rest is spread', list('<Crate {...crate} />')],
    ['it is given', list('<Crate crate={crate} />')],
    ['it goes there by another name', list('<Crate key={crate} box={crate} />')],
  ])('has no answer where %s', async (_, text) => {
    expect(await repair('src/Pile.tsx', text)).toBeUndefined();
  });

  it('has no answer where the diff took another value', async () => {
    const text = list('<Crate key={crate} />');
    const error = { file: 'src/Pile.tsx', message: missing('crate'), code: 'TS2741', ...place(text) };
    const was = (value: string) => [
      {
        status: 'modified' as const,
        path: 'src/Pile.tsx',
        hunks: `@@ -3 +3 @@\n-<Crate key={crate} crate=${value} />`,
      },
    ];
    const files = { 'src/Pile.tsx': text };
    expect(await repairWith(givenProp, error, { files, changes: was('{first}') })).toBeUndefined();
    expect(await repairWith(givenProp, error, { files, changes: was('{crate}') })).toBeDefined();
    const box = was('{crate}').map((change) => ({ ...change, hunks: '@@ -3 +3 @@\n-<Crate key={crate} box={net} />' }));
    expect(await repairWith(givenProp, error, { files, changes: box })).toBeUndefined();
  });

  it.each(['children', 'id', 'className'])(
    'does not take what an element has of its own for a variable: %s',
    async (name) => {
      const text = list(`<Crate key={${name}} />`, name);
      expect(await repair('src/Pile.tsx', text, missing(name))).toBeUndefined();
    },
  );
});
