import { describe, expect, it } from 'vitest';
import { nameSpelling } from '../../../../lib/patch/suggestions/rules/name-spelling.js';
import { runeName } from '../../../../lib/patch/suggestions/rules/rune-name.js';
import { repairWith } from '../repository.js';

describe('a name that the compiler or the framework gives', () => {
  const script = (line: string) => `<script lang="ts">\n  ${line}\n</script>\n\n<p>tide</p>\n`;
  const unknown = (name: string, near?: string) =>
    `Cannot find name '${name}'.${near === undefined ? '' : ` Did you mean '${near}'?`}`;

  it.each([
    [
      'a rune',
      'a.svelte',
      script('const high = $derive(low + 1);'),
      unknown('$derive', '$derived'),
      '$derive(',
      '$derived(',
    ],
    [
      'a rune, in the words of Svelte',
      'a.svelte',
      script('let low = $stat(1);'),
      '`$stat` is an illegal variable name. To reference a global variable called `$stat`, use `globalThis.$stat`',
      '$stat(',
      '$state(',
    ],
    ['a rune in a module', 'a.svelte.ts', 'export const low = $sate(1);\n', unknown('$sate'), '$sate', '$state'],
    [
      'a macro of Vue',
      'a.vue',
      script('defineProp<{ low: number }>();'),
      unknown('defineProp', 'defineProps'),
      'defineProp<',
      'defineProps<',
    ],
    [
      'the object of Astro',
      'a.astro',
      '---\nconst { low } = Astor.props;\n---\n',
      unknown('Astor', 'Astro'),
      'Astor',
      'Astro',
    ],
    ['an object of the language', 'a.ts', 'consoel.log(1);\n', 'consoel is not defined', 'consoel', 'console'],
    [
      'an object known by its member',
      'a.ts',
      'export const a = Maht.max(1, 2);\n',
      unknown('Maht', 'Math'),
      'Maht',
      'Math',
    ],
  ])('%s', async (_, file, text, message, wrong, right) => {
    expect(await repairWith(nameSpelling, { file, message }, { files: { [file]: text } })).toEqual({
      [file]: text.replace(wrong, right),
    });
  });

  it('knows what Nuxt imports by itself', async () => {
    const files = { 'pages/a.vue': script('const high = compued(() => 1);') };
    const error = { file: 'pages/a.vue', message: unknown('compued', 'computed') };

    expect(await repairWith(nameSpelling, error, { files: { ...files, 'nuxt.config.ts': '' } })).toEqual({
      'pages/a.vue': files['pages/a.vue'].replace('compued', 'computed'),
    });
    expect(await repairWith(nameSpelling, error, { files })).toBeUndefined();
  });

  it.each([
    ['a component that was not imported', 'a.tsx', 'export const A = () => <Maps />;\n', unknown('Maps', 'Map')],
    ['an object without a member that gives it away', 'a.ts', 'consoel.sail(1);\n', unknown('consoel', 'console')],
    ['a rune outside of Svelte', 'a.ts', 'export const low = $sate(1);\n', unknown('$sate', '$state')],
  ])('does not take %s for it', async (_, file, text, message) => {
    expect(await repairWith(nameSpelling, { file, message }, { files: { [file]: text } })).toBeUndefined();
  });
});

describe('a rune that does not exist', () => {
  const text = (rune: string) => `<script>\n  const high = ${rune}(() => 1);\n</script>\n\n<p>$derived.byy</p>\n`;
  const repair = (rune: string, message: string) =>
    repairWith(runeName, { tool: 'svelte', file: 'a.svelte', line: 2, message }, { files: { 'a.svelte': text(rune) } });

  it.each([
    ['$derived.byy', '`$derived.byy` is not a valid rune\nhttps://svelte.dev/e/rune_invalid_name', '$derived.by'],
    ['$state.frozen', '`$state.frozen` is now `$state.raw`', '$state.raw'],
  ])('%s', async (rune, message, right) => {
    expect(await repair(rune, message)).toEqual({ 'a.svelte': text(right) });
  });

  it('stays where it is like none', async () => {
    expect(await repair('$state.once', '`$state.once` is not a valid rune')).toBeUndefined();
  });
});
