import { describe, expect, it } from 'vitest';
import { quotedEntry } from '../../../../lib/patch/suggestions/rules/quoted-entry.js';
import { repairWith } from '../repository.js';

// astro 5.18, zod 3 and 4
const three =
  'boats → tern data does not match collection schema.\nmetres: metres: Expected type `"number"`, received `"string"`';
const four =
  'boats → tern data does not match collection schema.\nmetres: metres: Invalid input: expected number, received string';
const asText =
  'boats → tern data does not match collection schema.\ntitle: title: Expected type `"string"`, received `"number"`';
const note = (rows: string) => `---\n${rows}\n---\n\nmetres: "12"\n`;

describe('an entry with quotes that its fellows do not have, or without theirs', () => {
  it.each([
    ['boats/tern.md', note('metres: "12"'), three, note('metres: 12'), { 'boats/gull.md': note('metres: 9') }],
    ['boats/tern.json', '{ "metres": "12" }', four, '{ "metres": 12 }', { 'boats/gull.json': '{ "metres": 9.5 }' }],
    ['boats/tern.md', note('title: 1984'), asText, note('title: "1984"'), { 'boats/gull.md': note('title: Gull') }],
    [
      'boats.yaml',
      '- id: tern\n  metres: "12"\n- id: gull\n  metres: 9\n',
      three,
      '- id: tern\n  metres: 12\n- id: gull\n  metres: 9\n',
      {},
    ],
  ])('%s', async (file, text, message, repaired, fellows) => {
    expect(await repairWith(quotedEntry, { file, message }, { files: { [file]: text, ...fellows } })).toEqual({
      [file]: repaired,
    });
  });

  it.each([
    ['it has no fellow', note('metres: "12"'), {}],
    ['its fellows have quotes too', note('metres: "12"'), { 'boats/gull.md': note('metres: "9"') }],
    ['it is no number', note('metres: twelve'), { 'boats/gull.md': note('metres: 9') }],
    ['it may be written as it is on purpose', note('metres: "012"'), { 'boats/gull.md': note('metres: 9') }],
    ['another field is at fault', note('length: "12"'), { 'boats/gull.md': note('metres: 9') }],
  ])('answers nothing where %s', async (_, text, fellows) => {
    const files = { 'boats/tern.md': text, ...fellows };

    expect(await repairWith(quotedEntry, { file: 'boats/tern.md', message: three }, { files })).toBeUndefined();
  });

  it('answers nothing where fellows have words that the value is none of', async () => {
    const files = { 'boats/tern.md': note('title: true'), 'boats/gull.md': note('title: "yes"') };
    const message = 'title: title: Expected type `"string"`, received `"boolean"`';

    expect(await repairWith(quotedEntry, { file: 'boats/tern.md', message }, { files })).toBeUndefined();
  });

  it('answers nothing where the schema changed', async () => {
    const files = { 'boats/tern.md': note('metres: "12"'), 'boats/gull.md': note('metres: 9') };
    const changes = [
      {
        path: 'src/content.config.ts',
        status: 'modified' as const,
        hunks: '@@ -1 +1 @@\n-  metres: z.coerce.number(),\n+  metres: z.number(),',
      },
    ];

    expect(
      await repairWith(quotedEntry, { file: 'boats/tern.md', message: three }, { files, changes }),
    ).toBeUndefined();
  });
});
