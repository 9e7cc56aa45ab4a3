import { describe, expect, it } from 'vitest';
import { quotedDate } from '../../../../lib/patch/suggestions/rules/quoted-date.js';
import { repairWith } from '../repository.js';

const manifest = { 'package.json': '{ "dependencies": { "gray-matter": "^4.0.3" } }\n' };
const entry = (date: string) => `---\ntitle: A night\ndate: ${date}\n---\n\nOn 2025-05-03 it froze.\n`;
const entries = (date: string, others: readonly [string, string] = ['"2025-04-28"', '"2025-09-27"']) => ({
  'content/frost.md': entry(date),
  'content/graft.md': entry(others[0]),
  'content/press.md': entry(others[1]),
});
const reader = {
  'lib/read.ts':
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the code of a site
    'const when = (day: string) => format(new Date(`${day}T00:00:00Z`));\nexport const read = ({ data }) => ({ date: data.date, by: (a, b) => a.date.localeCompare(b.date) });\n',
};
const site = { ...manifest, ...reader };
const page = (message: string, route = '/journal/frost') => ({ kind: 'prerender' as const, message, route });
const schema = (expected: string, received: string) => ({
  kind: 'other' as const,
  file: 'content/frost.md',
  message: `journal → frost data does not match collection schema.\n${expected}${received}`,
});
const invalid = page('RangeError: Invalid time value');

describe('a date that lacks the quotes of its fellows', () => {
  it.each([
    ['a text is completed', invalid],
    ['a text is compared', page('TypeError: b.date.localeCompare is not a function', '/journal')],
    [
      'a page is serialized',
      page(
        'Error: Error serializing `.post.date` returned from `getStaticProps` in "/journal/[slug]".\nReason: `object` ("[object Date]") cannot be serialized as JSON.',
      ),
    ],
    ['a component shows it', page('Error: Objects are not valid as a React child (found: [object Date]).')],
    ['a schema wants a text', schema('date: Expected type "string"', ', received "date"')],
    ['a schema of today wants a text', schema('**date**: Invalid input: expected string', ', received Date')],
  ])('gets them where %s', async (_, error) => {
    expect(await repairWith(quotedDate, error, { files: { ...site, ...entries('2025-05-03') } })).toEqual({
      'content/frost.md': entry('"2025-05-03"'),
    });
  });

  it('gets the mark of the others', async () => {
    const files = { ...site, ...entries('2025-05-03', ["'2025-04-28'", "'2025-09-27'"]) };
    expect(await repairWith(quotedDate, invalid, { files })).toEqual({ 'content/frost.md': entry("'2025-05-03'") });
  });

  it.each([
    ['half of them have none', invalid, { ...site, ...entries('2025-05-03', ['2025-04-28', '"2025-09-27"']) }],
    ['all have quotes', invalid, { ...site, ...entries('"2025-05-03"') }],
    ['one is no date', invalid, { ...site, ...entries('2025-05-03', ['"2025-04-28"', 'soon']) }],
    ['it is no date itself', invalid, { ...site, ...entries('2025-5-3') }],
    [
      'the page is of another document',
      page('RangeError: Invalid time value', '/journal/press'),
      { ...site, ...entries('2025-05-03') },
    ],
    ['dates are read as texts', invalid, { ...reader, ...entries('2025-05-03') }],
    [
      'no code completes a text',
      invalid,
      { ...manifest, ...entries('2025-05-03'), 'lib/read.ts': 'format(new Date(data.date));\n' },
    ],
    [
      'nothing of the kind is called',
      page('TypeError: b.date.split is not a function'),
      { ...site, ...entries('2025-05-03') },
    ],
    [
      'another field is meant',
      schema('until: Expected type "string"', ', received "date"'),
      { ...site, ...entries('2025-05-03') },
    ],
    [
      'another document is meant',
      { ...schema('date: Expected type "string"', ', received "date"'), file: 'content/press.md' },
      { ...site, ...entries('2025-05-03') },
    ],
    [
      'two folders have the like',
      page('TypeError: b.date.localeCompare is not a function', '/journal'),
      {
        ...site,
        ...entries('2025-05-03'),
        'news/a.md': entry('2025-01-01'),
        'news/b.md': entry('"2025-01-01"'),
        'news/c.md': entry('"2025-01-01"'),
      },
    ],
    [
      'two fields have the like',
      invalid,
      {
        ...site,
        ...Object.fromEntries(
          Object.entries(entries('2025-05-03')).map(([path, text]) => [
            path,
            text.replace(/date: (.*)/, 'date: $1\nupdated: $1'),
          ]),
        ),
        'lib/more.ts': 'show(entry.updated);\n',
      },
    ],
  ])('is left where %s', async (_, error, files) => {
    expect(await repairWith(quotedDate, error, { files })).toBeUndefined();
  });
});

describe('a date in quotes among fellows that have none', () => {
  const bare = ['2025-04-28', '2025-09-27'] as const;

  it.each([
    ['a schema', schema('date: Expected type "date"', ', received "string"')],
    ['a schema of today', schema('date: Invalid input: expected date', ', received string')],
  ])('loses them for %s', async (_, error) => {
    expect(await repairWith(quotedDate, error, { files: { ...site, ...entries('"2025-05-03"', bare) } })).toEqual({
      'content/frost.md': entry('2025-05-03'),
    });
  });

  it('loses them where code calls a date', async () => {
    const files = { ...manifest, ...entries("'2025-05-03'", bare), 'lib/a.ts': 'sort((a) => a.date.getTime());\n' };
    const error = page('TypeError: a.date.getTime is not a function', '/journal');
    expect(await repairWith(quotedDate, error, { files })).toEqual({ 'content/frost.md': entry('2025-05-03') });
  });

  it('keeps them where it says more than a date', async () => {
    const error = schema('date: Expected type "date"', ', received "string"');
    const files = { ...site, ...entries('"about 2025-05-03"', bare) };
    expect(await repairWith(quotedDate, error, { files })).toBeUndefined();
  });
});
