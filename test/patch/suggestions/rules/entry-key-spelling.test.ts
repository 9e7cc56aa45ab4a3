import { describe, expect, it } from 'vitest';
import { entryKeySpelling } from '../../../../lib/patch/suggestions/rules/entry-key-spelling.js';
import { repairWith } from '../repository.js';

describe('a key of an entry that no schema names', () => {
  const schema = 'const tides = defineCollection({ schema: z.object({ title: z.string(), tide: z.string() }) });\n';
  const text = '---\ntitel: Low\ntide: neap\n---\n\ntitel: none\n';
  const repair = (message: string, files: Readonly<Record<string, string>> = {}) =>
    repairWith(
      entryKeySpelling,
      {
        tool: 'astro',
        file: 'src/tides/a.md',
        message: `tides → a data does not match collection schema.\n${message}`,
      },
      { files: { 'src/content.config.ts': schema, 'src/tides/a.md': text, ...files } },
    );

  it.each(['title: title: Required', '**title**: Invalid input: expected string, received undefined'])(
    '%s',
    async (message) => {
      expect(await repair(message)).toEqual({ 'src/tides/a.md': text.replace('titel: Low', 'title: Low') });
    },
  );

  it.each([
    ['tag: boats', undefined],
    ['tag: [boats]', 'tags: [boats]'],
    ['tag:\n  - boats', 'tags:\n  - boats'],
  ])('a list where the schema names many: %s', async (tag, tags) => {
    const lists = { 'src/content.config.ts': schema.replace('tide:', 'tags:') };
    const entry = (line: string) => `---\ntitle: Low\n${line}\n---\n`;

    expect(await repair('tags: tags: Required', { ...lists, 'src/tides/a.md': entry(tag) })).toEqual(
      tags && { 'src/tides/a.md': entry(tags) },
    );
  });

  it.each([
    ['another key is missing', 'date: date: Required', {}],
    [
      'the schema names it too',
      'title: title: Required',
      { 'src/content.config.ts': `${schema}z.object({ titel: z.string() });\n` },
    ],
    [
      'the schema is not known',
      'title: title: Required',
      { 'src/content.config.ts': '', 'src/tides/a.md': text.replace('titel', 'name') },
    ],
  ])('stays where %s', async (_, message, files) => {
    expect(await repair(message, files)).toBeUndefined();
  });
});
