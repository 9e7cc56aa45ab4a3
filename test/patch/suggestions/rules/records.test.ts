import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { recordKey } from '../../../../lib/patch/suggestions/rules/record-key.js';
import { renamedRecord } from '../../../../lib/patch/suggestions/rules/renamed-record.js';
import { repairWith } from '../repository.js';

const modified = (path: string, hunks: string): FileChange => ({ status: 'modified', path, hunks });
const rows = (...objects: string[]) => `[\n${objects.map((object) => `  { ${object} }`).join(',\n')}\n]\n`;

describe('a key of a record that no fellow has', () => {
  const sound = ['"id": "a", "summit": 1', '"id": "b", "summit": 2', '"id": "c", "summit": 3'];
  // TypeScript 5.9 about a list of a JSON module.
  const type = (wrong: string) => ({
    file: 'src/regions.ts',
    message: `Type '({ id: string; summit: number; ${wrong}?: undefined; } | { id: string; ${wrong}: number; summit?: undefined; })[]' is not assignable to type 'Region[]'.\n    Types of property 'summit' are incompatible.\n      Type 'undefined' is not assignable to type 'number'.`,
  });
  const code = 'export interface Region {\n  id: string;\n  summit: number;\n}\n';
  const data = 'src/regions.json';
  const files = (odd: string, source = code) => ({
    [data]: rows(...sound, odd),
    'src/regions.ts': source,
    'package.json': '{ "name": "peaks" }\n',
  });

  it.each(['sumit', 'height'])('%s, by the type that the compiler prints', async (wrong) => {
    expect(await repairWith(recordKey, type(wrong), { files: files(`"id": "d", "${wrong}": 4`) })).toEqual({
      [data]: rows(...sound, '"id": "d", "summit": 4'),
    });
  });

  it('by a schema, in YAML and under names', async () => {
    const yaml = (key: string) => `a: { id: 1, summit: 1 }\nb: { id: 2, summit: 2 }\nc:\n  id: 3\n  ${key}: 3\n`;
    const error = { message: 'c.summit: Required' };
    const repository = {
      files: { 'data/peaks.yml': yaml('sumit'), 'src/peak.ts': 'z.object({ summit: z.number() });\n' },
    };
    expect(await repairWith(recordKey, error, repository)).toEqual({ 'data/peaks.yml': yaml('summit') });
  });

  it.each([
    ['two keys differ', files('"id": "d", "sumit": 4, "note": "x"')],
    ['two keys are lacking', files('"sumit": 4')],
    ['the value is of another type', files('"id": "d", "sumit": "4"')],
    ['there are too few fellows', { ...files(''), [data]: rows('"id": "a", "summit": 1', '"id": "d", "sumit": 4') }],
    ['the type knows the key too', files('"id": "d", "sumit": 4', `${code.slice(0, -2)}  sumit?: number;\n}\n`)],
    ['code reads the other key', { ...files('"id": "d", "height": 4'), 'src/a.ts': 'show(peak.height);\n' }],
    ['no code knows the wanted key', files('"id": "d", "sumit": 4', '')],
    ['the key says another unit', files('"id": "d", "summitFeet": 13123')],
    [
      'another record has the key beside the wanted one',
      {
        ...files(''),
        [data]: rows(...sound, '"id": "e", "summit": 1, "sumit": 2', '"id": "d", "sumit": 4'),
      },
    ],
    [
      'two lists have the same fault',
      { ...files('"id": "d", "sumit": 4'), 'src/b.json': rows(...sound, '"id": "d", "sumit": 4') },
    ],
  ])('answers nothing where %s', async (_, repository) => {
    const wrong = /height|summitFeet/.exec(JSON.stringify(repository))?.[0] ?? 'sumit';
    expect(await repairWith(recordKey, type(wrong), { files: repository })).toBeUndefined();
  });

  it('answers nothing about a property of something else', async () => {
    const error = { message: "Property 'summit' is missing in type '{ id: string; }' but required in type 'Props'." };
    expect(await repairWith(recordKey, error, { files: files('"id": "d", "height": 4') })).toBeUndefined();
  });

  describe('of front matter', () => {
    const head = (fields: string) => `---\ntitle: A\n${fields}\n---\n\nText with tag: [a].\n`;
    const reader = 'export const read = ({ data }) => ({ tags: data.tags.map((tag) => tag.toLowerCase()) });\n';
    const guides = (fields: string, source = reader) => ({
      'content/guides/a.md': head('tags: [x]'),
      'content/guides/b.md': head('tags: [y]'),
      'content/guides/c.md': head('tags: []'),
      'content/guides/new.md': head(fields),
      'lib/guides.js': source,
    });
    const error = {
      kind: 'prerender' as const,
      message: "TypeError: Cannot read properties of undefined (reading 'map')",
      route: '/guides/new',
    };

    it.each(['tag', 'labels'])('%s, by the code that reads it', async (wrong) => {
      expect(await repairWith(recordKey, error, { files: guides(`${wrong}: [z]`) })).toEqual({
        'content/guides/new.md': head('tags: [z]'),
      });
    });

    it.each([
      [
        'code reads something else of it',
        { files: guides('tag: [z]', 'export const n = ({ data }) => data.tags.length;\n') },
      ],
      [
        'the page is another one and the key no slip',
        {
          files: {
            ...guides('labels: [z]'),
            'content/guides/old.md': head('labels: [z]'),
            'content/guides/new.md': head('tags: [z]'),
          },
        },
      ],
      [
        'most have the other key',
        {
          files: {
            ...guides('tag: [z]'),
            ...Object.fromEntries('pqr'.split('').map((name) => [`content/guides/${name}.md`, head('tag: [z]')])),
          },
        },
      ],
    ])('answers nothing where %s', async (_, repository) => {
      expect(await repairWith(recordKey, error, repository)).toBeUndefined();
    });
  });
});

describe('a key of the record that a page is made of', () => {
  const data = 'src/data/days.json';
  const sound = ['"slug": "a", "crew": ["x"]', '"slug": "b", "crew": []', '"slug": "c", "crew": ["y"]'];
  const code = 'export default ({ day }: { day: Day }) => <Names names={day.crew} />;\n';
  const files = (odd: string, source = code) => ({ [data]: rows(...sound, odd), 'src/pages/[slug].tsx': source });
  const error = (what: string, route = '/days/boxing-day') => ({ kind: 'prerender' as const, message: what, route });
  const reading = (member: string) => `TypeError: Cannot read properties of undefined (reading '${member}')`;

  it.each([reading('length'), reading('map'), 'TypeError: undefined is not iterable'])('%s', async (message) => {
    const odd = '"slug": "boxing-day", "crews": ["z"]';
    expect(await repairWith(recordKey, error(message), { files: files(odd) })).toEqual({
      [data]: rows(...sound, odd.replace('crews', 'crew')),
    });
  });

  it.each([
    ['the page is of another record', error(reading('map'), '/days/a'), files('"slug": "boxing-day", "crews": []')],
    ['it is no slip', error(reading('map')), files('"slug": "boxing-day", "hands": []')],
    ['no list has what was read', error(reading('toFixed')), files('"slug": "boxing-day", "crews": []')],
    ['something else failed', error('Error: boom'), files('"slug": "boxing-day", "crews": []')],
    [
      'code reads the other key',
      error(reading('map')),
      { ...files('"slug": "boxing-day", "crews": []'), 'src/a.ts': 'show(day.crews);\n' },
    ],
    ['no code reads the key', error(reading('map')), files('"slug": "boxing-day", "crews": []', 'show(day.names);\n')],
    ['the record is empty there', error(reading('map')), files('"slug": "boxing-day"')],
  ])('answers nothing where %s', async (_, facts, given) => {
    expect(await repairWith(recordKey, facts, { files: given })).toBeUndefined();
  });
});

describe('a record with another id', () => {
  const home = 'content/quarries.json';
  const line = (id: string, name: string) => `  "${id}": { "name": "${name}", "county": "Cumbria" }`;
  const quarries = (...lines: string[]) =>
    `{\n${['  "bryn": { "name": "Bryn", "county": "Gwynedd" }', ...lines].join(',\n')}\n}\n`;
  const now = quarries(line('buttermoor-fell', 'Buttermoor Fell'));
  const hunks = `@@ -3,1 +3,1 @@\n-${line('buttermoor', 'Buttermoor')}\n+${line('buttermoor-fell', 'Buttermoor Fell')}`;
  const error = { kind: 'page-data' as const, message: 'Error: Unknown quarry "buttermoor"' };
  const products = (...ids: string[]) => rows(...ids.map((id, index) => `"id": "p${index}", "quarry": "${id}"`));
  const files = { [home]: now, 'content/products.json': products('bryn', 'buttermoor') };
  const changes = [modified(home, hunks)];

  it('is followed where others refer to its fellows', async () => {
    expect(await repairWith(renamedRecord, error, { files, changes })).toEqual({
      'content/products.json': products('bryn', 'buttermoor-fell'),
    });
  });

  const tutor = (slug: string, name: string) => `  { "slug": "${slug}", "name": "${name}", "loom": "tapestry" }`;
  const tutors = `[\n  { "slug": "ruth-pell", "name": "Ruth Pell", "loom": "heddle" },\n${tutor('tomas-okello', 'Tomas Okello')}\n]\n`;
  const tutorChange = modified(
    'src/_data/tutors.json',
    `@@ -3,1 +3,1 @@\n-${tutor('tom-okello', 'Tom Okello')}\n+${tutor('tomas-okello', 'Tomas Okello')}`,
  );

  it.each([
    ['tutor: tom-okello', 'tutor: tomas-okello'],
    ['tutor: "tom-okello"', 'tutor: "tomas-okello"'],
    ['tutors:\n  - ruth-pell\n  - tom-okello', 'tutors:\n  - ruth-pell\n  - tomas-okello'],
    ['tutors: [ruth-pell, tom-okello]', 'tutors: [ruth-pell, tomas-okello]'],
  ])('is followed in front matter: %j', async (before, after) => {
    const page = (field: string) => `---\ntitle: Dyes\n${field}\n---\n\nWith tom-okello.\n`;
    const repository = {
      files: { 'src/_data/tutors.json': tutors, 'src/workshops/dyes.md': page(before) },
      changes: [tutorChange],
    };
    const said = {
      kind: 'other' as const,
      message: 'Error in Filter `tutorName`: No tutor "tom-okello" in the tutors data',
    };
    expect(await repairWith(renamedRecord, said, repository)).toEqual({ 'src/workshops/dyes.md': page(after) });
  });

  describe('to whose page a link leads', () => {
    const bird = (slug: string, name: string, seenWith: string) =>
      `"slug": "${slug}", "name": "${name}", "tide": "low", "seenWith": [${seenWith}]`;
    const path = 'src/lib/birds.json';
    const birds = (seen: string) =>
      rows(
        bird('curlew', 'Curlew', `"dunlin", "${seen}"`),
        bird('dunlin', 'Dunlin', `"${seen}"`),
        bird('black-bellied-plover', 'Black-bellied plover', '"curlew"'),
      );
    const change = modified(
      path,
      `@@ -4,1 +4,1 @@\n-  { ${bird('grey-plover', 'Grey plover', '"curlew"')} }\n+  { ${bird('black-bellied-plover', 'Black-bellied plover', '"curlew"')} }`,
    );
    const said = {
      tool: 'sveltekit' as const,
      kind: 'prerender' as const,
      message: 'Error: 404 /birds/grey-plover (linked from /birds/curlew)',
    };

    it('is followed in its own list', async () => {
      expect(
        await repairWith(renamedRecord, said, { files: { [path]: birds('grey-plover') }, changes: [change] }),
      ).toEqual({ [path]: birds('black-bellied-plover') });
    });

    it.each([
      ['a link is written out', { [path]: birds('grey-plover'), 'src/a.svelte': '<a href="/birds/grey-plover">x</a>' }],
      [
        'the field names things that are no records',
        { [path]: birds('grey-plover').replace('["dunlin"', '["avocet"') },
      ],
      ['code names it', { [path]: birds('grey-plover'), 'src/a.ts': "show('grey-plover');\n" }],
      ['nothing refers to it', { [path]: birds('dunlin') }],
    ])('stays where %s', async (_, files) => {
      expect(await repairWith(renamedRecord, said, { files, changes: [change] })).toBeUndefined();
    });

    it('stays without the diff', async () => {
      expect(await repairWith(renamedRecord, said, { files: { [path]: birds('grey-plover') } })).toBeUndefined();
    });
  });

  it('is followed where it is a file', async () => {
    const page = (author: string) => `---\ntitle: A\nauthor: ${author}\n---\n`;
    const repository = {
      files: {
        'content/authors/ines.yml': 'name: Ines\n',
        'content/authors/tomas.yml': 'name: Tomas\n',
        'content/posts/a.md': page('tom'),
        'content/posts/b.md': page('ines'),
      },
      changes: [
        { status: 'renamed' as const, path: 'content/authors/tomas.yml', previousPath: 'content/authors/tom.yml' },
      ],
    };
    expect(await repairWith(renamedRecord, { message: 'Unknown author "tom"' }, repository)).toEqual({
      'content/posts/a.md': page('tomas'),
    });
  });

  const swapped = (id: string, name: string, county = 'Cumbria') =>
    `  "${id}": { "name": "${name}", "county": "${county}" }`;
  it.each([
    [
      'another record came in its place',
      { [home]: quarries(swapped('honister', 'Honister')) },
      [modified(home, `@@ -3,1 +3,1 @@\n-${line('buttermoor', 'Buttermoor')}\n+${swapped('honister', 'Honister')}`)],
    ],
    [
      'more than its name differs',
      { [home]: quarries(swapped('buttermoor-fell', 'Buttermoor Fell', 'Wales')) },
      [
        modified(
          home,
          `@@ -3,1 +3,1 @@\n-${line('buttermoor', 'Buttermoor')}\n+${swapped('buttermoor-fell', 'Buttermoor Fell', 'Wales')}`,
        ),
      ],
    ],
    [
      'it became two',
      { [home]: quarries(line('buttermoor-fell', 'Buttermoor Fell'), line('buttermoor-low', 'Buttermoor Low')) },
      [
        modified(
          home,
          `@@ -3,1 +3,2 @@\n-${line('buttermoor', 'Buttermoor')}\n+${line('buttermoor-fell', 'Buttermoor Fell')},\n+${line('buttermoor-low', 'Buttermoor Low')}`,
        ),
      ],
    ],
    [
      'it was only removed',
      { [home]: quarries() },
      [
        modified(
          home,
          `@@ -2,2 +2,1 @@\n-  "bryn": { "name": "Bryn", "county": "Gwynedd" },\n-${line('buttermoor', 'Buttermoor')}\n+  "bryn": { "name": "Bryn", "county": "Gwynedd" }`,
        ),
      ],
    ],
    ['the name is defined elsewhere', { 'content/old.json': '{ "buttermoor": { "name": "B" } }\n' }, changes],
    ['a file has the name', { 'content/quarries/buttermoor.md': 'Text.\n' }, changes],
    ['code names it', { 'lib/home.js': "export const first = quarry('buttermoor');\n" }, changes],
    [
      'the field refers to other things too',
      { 'content/products.json': products('bryn', 'elsewhere', 'buttermoor') },
      changes,
    ],
    ['nothing refers to it', { 'content/products.json': products('bryn', 'bryn') }, changes],
    ['the diff is not known', {}, []],
    ['the diff does not fit', {}, [modified(home, hunks.replace('+  "', '+    "'))]],
  ])('is left where %s', async (_, more, diff) => {
    expect(await repairWith(renamedRecord, error, { files: { ...files, ...more }, changes: diff })).toBeUndefined();
  });

  it('is left where the one word that they have in common is all that is known', async () => {
    const shirts = (id: string, name: string) => `  { "slug": "${id}", "name": "${name}" }`;
    const repository = {
      files: {
        'data/shirts.json': `[\n  { "slug": "green-coat", "name": "Green coat" },\n${shirts('red-shirt', 'Red shirt')}\n]\n`,
        'data/offers.json': rows('"id": "1", "shirt": "blue-shirt"', '"id": "2", "shirt": "green-coat"'),
      },
      changes: [
        modified(
          'data/shirts.json',
          `@@ -3,1 +3,1 @@\n-${shirts('blue-shirt', 'Blue shirt')}\n+${shirts('red-shirt', 'Red shirt')}`,
        ),
      ],
    };
    expect(await repairWith(renamedRecord, { message: 'No shirt "blue-shirt"' }, repository)).toBeUndefined();
  });
});
