import { describe, expect, it } from 'vitest';
import { bareLessThan } from '../../../../lib/patch/suggestions/rules/bare-less-than.js';
import { repairWith } from '../repository.js';

const name = 'before name, expected a character that can start a name, such as a letter, `$`, or `_`';
// micromark-extension-mdx-jsx, lib/factory-tag.js.
const digit = (
  place: { line?: number; column?: number } = {},
  message = `Unexpected character \`5\` (U+0035) ${name}`,
) => ({
  kind: 'syntax' as const,
  message,
  ...place,
});
const link =
  'Unexpected character `/` (U+002F) before local name, expected a character that can start a name, such as a letter, `$`, or `_` (note: to create a link in MDX, use `[text](url)`)';
const mail =
  'Unexpected character `@` (U+0040) in name, expected a name character such as letters, digits, `$`, or `_`; whitespace before attributes; or the end of the tag (note: to create a link in MDX, use `[text](url)`)';

describe('a sign in the text of MDX', () => {
  it.each([
    ['base <5 m.\n', 'base &lt;5 m.\n', digit({ line: 1, column: 7 })],
    ['base <5 m.\n', 'base &lt;5 m.\n', digit()],
    ['# a\n\n`<5`\n\nbase <5 m.\n', '# a\n\n`<5`\n\nbase &lt;5 m.\n', digit({ line: 5, column: 7 })],
    // A loader that counts from behind the front matter.
    ['---\na: b\n---\n\nbase <5 m.\n', '---\na: b\n---\n\nbase &lt;5 m.\n', digit({ line: 2, column: 7 })],
    ['a <5\n\nb <10\n', 'a &lt;5\n\nb &lt;10\n', digit({ line: 1, column: 4 })],
    [
      'a <5\n\n```\nb <10\n```\n\n- x\n  ```\n  <7\n  ```\n\n<A b={1 <2} />\n\nc $x <3$ and `d <4`\n',
      'a &lt;5\n\n```\nb <10\n```\n\n- x\n  ```\n  <7\n  ```\n\n<A b={1 <2} />\n\nc $x <3$ and `d <4`\n',
      digit({ line: 1, column: 4 }),
    ],
    ['<A>a <5</A>\n', '<A>a &lt;5</A>\n', digit({ line: 1, column: 7 })],
    ['a <= b\n', 'a &lt;= b\n', digit({ line: 1, column: 4 }, `Unexpected character \`=\` (U+003D) ${name}`)],
    [
      'see <https://a.example/b?c=d>\n',
      'see [https://a.example/b?c=d](https://a.example/b?c=d)\n',
      { kind: 'syntax' as const, message: link, line: 1, column: 12 },
    ],
    [
      'ask <quay@a.example>.\n',
      'ask [quay@a.example](mailto:quay@a.example).\n',
      { kind: 'syntax' as const, message: mail },
    ],
  ])('%j', async (before, after, error) => {
    const answer = await repairWith(bareLessThan, { ...error, file: 'a.mdx' }, { files: { 'a.mdx': before } });
    expect(answer).toEqual({ 'a.mdx': after });
  });

  it.each([
    ['a comment', 'a <!-- b -->\n', digit({ line: 1, column: 4 }, `Unexpected character \`!\` (U+0021) ${name}`)],
    ['a place that is not told among several', 'a <5 and `b` <5\n', digit()],
    ['another message', 'a <5\n', { kind: 'syntax' as const, message: 'Could not parse expression with acorn' }],
    ['code alone', '```\na <5\n```\n', digit()],
  ])('is left alone in %s', async (_, text, error) => {
    expect(await repairWith(bareLessThan, { ...error, file: 'a.mdx' }, { files: { 'a.mdx': text } })).toBeUndefined();
  });
});

describe('a sign in the text of JSX', () => {
  const page = (text: string) => `export const A = ({ x }) => (\n  <main>\n    ${text}\n  </main>\n);\n`;
  const error = { kind: 'syntax' as const, message: 'Identifier expected.', file: 'a.tsx', line: 3 };

  it.each([
    ['<p>under <5 m</p>', '<p>under &lt;5 m</p>'],
    ['<p>a <= b</p>', '<p>a &lt;= b</p>'],
    ['<p>under <5 m, {x <5 && x}</p>', '<p>under &lt;5 m, {x <5 && x}</p>'],
    ['<p>under <5 or <6</p>', '<p>under &lt;5 or &lt;6</p>'],
    ['<p>{x <5 && x</p>', undefined],
    ['<p>under <5 m</b>', undefined],
    ['<p>{x <5}</p>', undefined],
  ])('%s', async (before, after) => {
    const answer = await repairWith(bareLessThan, error, { files: { 'a.tsx': page(before) } });
    expect(answer).toEqual(after === undefined ? undefined : { 'a.tsx': page(after) });
  });
});

describe('a sign in the text of a component', () => {
  const error = { kind: 'syntax' as const, message: 'Expected a valid element or component name.' };

  it.each([
    ['a.svelte', '<script>\n  const b = 1 <5;\n</script>\n\n<p>under <5 m</p>\n', '<p>under &lt;5'],
    ['a.svelte', '<p>under <5 m, {b <5}</p>\n', '<p>under &lt;5'],
    ['a.svelte', '<p>{b <5 m</p>\n', undefined],
    ['a.svelte', '<p>under <5 m</b>\n', undefined],
    ['a.astro', '---\nconst b = 1 <5;\n---\n\n<p>under <5 m, {b <5}</p>\n', '<p>under &lt;5'],
    ['a.astro', '<p title={b <5 m</p>\n', undefined],
    ['a.vue', '<template><p>under <5 m</p></template>\n', undefined],
  ])('in %s: %j', async (file, before, after) => {
    const answer = await repairWith(bareLessThan, { ...error, file }, { files: { [file]: before } });
    expect(answer).toEqual(after && { [file]: before.replace('<p>under <5', after) });
  });
});
