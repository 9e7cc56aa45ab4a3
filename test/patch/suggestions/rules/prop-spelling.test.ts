import { describe, expect, it } from 'vitest';
import { propSpelling } from '../../../../lib/patch/suggestions/rules/prop-spelling.js';
import { repairWith } from '../repository.js';

const boat =
  '<script lang="ts">\n  let { label, metres = 3 }: { label?: string; metres?: number } = $props();\n</script>\n\n<p>{label} {metres}</p>\n';
const page = (tags: string) => `<script lang="ts">\n  import Boat from './Boat.svelte';\n</script>\n\n${tags}\n`;
const says = (name: string) =>
  `Object literal may only specify known properties, and '${name}' does not exist in type '$$ComponentProps'.`;

function repair(tags: string, name: string, changes: object[] = []) {
  return repairWith(
    propSpelling,
    { tool: 'svelte-check', file: 'src/page.svelte', line: 5, message: says(name) },
    { files: { 'src/page.svelte': page(tags), 'src/Boat.svelte': boat }, changes: changes as never },
  );
}

describe('a misspelt property of a component of Svelte', () => {
  it.each([
    ['<Boat lable="Tern" />', '"lable"', '<Boat label="Tern" />'],
    ['<Boat label="Tern" meters={3} />', 'meters', '<Boat label="Tern" metres={3} />'],
    ['<Boat\n  lable={name}\n/>', 'lable', '<Boat\n  label={name}\n/>'],
  ])('%s', async (tags, name, right) => {
    expect(await repair(tags, name)).toEqual({ 'src/page.svelte': page(right) });
  });

  it.each([
    ['the component has both', '<Boat lable="Tern" label="Gull" />', 'lable'],
    ['nothing is spelt like it', '<Boat colour="red" />', 'colour'],
    ['one and many are told apart', '<Boat labels="Tern" />', 'labels'],
    ['two uses are on the line', '<Boat lable="Tern" /><Boat lable="Gull" />', 'lable'],
  ])('answers nothing where %s', async (_, tags, name) => {
    expect(await repair(tags, name)).toBeUndefined();
  });

  it.each(['<Boat lable={lable} />', '<Boat {lable} />'])(
    'answers nothing where a value has that name: %s',
    async (tag) => {
      const files = {
        'src/page.svelte': page(tag).replace("svelte';\n", "svelte'; const lable = 3;\n"),
        'src/Boat.svelte': boat,
      };
      const error = { tool: 'svelte-check', file: 'src/page.svelte', line: 5, message: says('lable') };

      expect(await repairWith(propSpelling, error, { files })).toBeUndefined();
    },
  );

  it('answers nothing where the component had that name until now', async () => {
    const changes = [
      {
        path: 'src/Boat.svelte',
        status: 'modified',
        hunks: '@@ -2 +2 @@\n-  let { lable } = $props();\n+  let { label } = $props();',
      },
    ];

    expect(await repair('<Boat lable="Tern" />', 'lable', changes)).toBeUndefined();
  });
});
