import { describe, expect, it } from 'vitest';
import { dataReference } from '../../../../lib/patch/suggestions/rules/data-reference.js';
import { deadLink } from '../../../../lib/patch/suggestions/rules/dead-link.js';
import { movedExport } from '../../../../lib/patch/suggestions/rules/moved-export.js';
import { movedFile } from '../../../../lib/patch/suggestions/rules/moved-file.js';
import { renamedExport } from '../../../../lib/patch/suggestions/rules/renamed-export.js';
import { renamedMember } from '../../../../lib/patch/suggestions/rules/renamed-member.js';
import { renamedProp } from '../../../../lib/patch/suggestions/rules/renamed-prop.js';
import { renamedReturn } from '../../../../lib/patch/suggestions/rules/renamed-return.js';
import { renamedValue } from '../../../../lib/patch/suggestions/rules/renamed-value.js';
import { renamedVariable } from '../../../../lib/patch/suggestions/rules/renamed-variable.js';
import { renamedWord } from '../../../../lib/patch/suggestions/rules/renamed-word.js';
import { valueSpelling } from '../../../../lib/patch/suggestions/rules/value-spelling.js';
import { type Repository, repairWith } from '../repository.js';

/** Texts of which each line is changed or kept, as `-old`, `+new` or ` same`, as a file of the tree and its change. */
function changed(path: string, ...rows: readonly string[]): Required<Pick<Repository, 'files' | 'changes'>> {
  const text = rows.flatMap((row) => (row.startsWith('-') ? [] : `${row.slice(1)}\n`)).join('');
  const count = (sign: string) => rows.filter((row) => !row.startsWith(sign)).length;
  const hunks = `@@ -1,${count('+')} +1,${count('-')} @@\n${rows.join('\n')}`;
  return { files: { [path]: text }, changes: [{ path, status: 'modified', hunks }] };
}

function withFile(repository: Repository, path: string, text: string): Repository {
  return { ...repository, files: { ...repository.files, [path]: text } };
}

describe('a name that stood beside the other is no new name of it', () => {
  it('as a member', async () => {
    const types = changed(
      'types.ts',
      ' export interface Boat {',
      '   beam: number;',
      '-  width: number;',
      ' }',
      ' export interface Berth {',
      '-  width: number;',
      '+  beam: number;',
      ' }',
    );
    const use = "import type { Boat } from './types';\n\nexport const area = (boat: Boat) => boat.width * 2;\n";
    const error = { file: 'use.ts', line: 3, column: 42, message: "Property 'width' does not exist on type 'Boat'." };

    expect(await repairWith(renamedMember, error, withFile(types, 'use.ts', use))).toBeUndefined();
  });

  it('as a prop of that component, or of its neighbour', async () => {
    const page = 'import { Card } from \'./ui\';\n\nexport const page = <Card label="a" />;\n';
    const error = {
      file: 'page.tsx',
      line: 3,
      column: 27,
      message: "Property 'label' does not exist on type 'Props'.",
    };
    const had = changed(
      'ui.tsx',
      ' interface Props {',
      '-  label?: string;',
      '   title?: string;',
      ' }',
      '-export const Card = ({ label, title }: Props) => <p title={title}>{label}</p>;',
      '+export const Card = ({ title }: Props) => <p title={title}>{title}</p>;',
    );
    const neighbour = changed(
      'ui.tsx',
      '-export const Card = ({ label, size }: { label: string; size: number }) => <p>{label}{size}</p>;',
      '+export const Card = ({ size }: { size: number }) => <p>{size}</p>;',
      ' ',
      '-export const Badge = ({ label }: { label: string }) => <b>{label}</b>;',
      '+export const Badge = ({ text }: { text: string }) => <b>{text}</b>;',
    );

    expect(await repairWith(renamedProp, error, withFile(had, 'page.tsx', page))).toBeUndefined();
    expect(await repairWith(renamedProp, error, withFile(neighbour, 'page.tsx', page))).toBeUndefined();
  });

  it('as what a function returns', async () => {
    const hooks = changed(
      'hooks.ts',
      ' export function useA() {',
      '-  return { list: [1], shown: [2] };',
      '+  return { shown: [2] };',
      ' }',
      ' export function useB(all: string[]) {',
      '-  return { list: all };',
      '+  return { shown: all };',
      ' }',
    );
    const use = "import { useA } from './hooks';\n\nconst { list } = useA();\nexport const n = list.length;\n";
    const error = {
      file: 'use.ts',
      line: 3,
      column: 9,
      message: "Property 'list' does not exist on type '{ shown: number[]; }'.",
    };

    expect(await repairWith(renamedReturn, error, withFile(hooks, 'use.ts', use))).toBeUndefined();
    expect(await repairWith(renamedMember, error, withFile(hooks, 'use.ts', use))).toBeUndefined();
  });

  it('as an export', async () => {
    const limits = changed(
      'limits.ts',
      '-export const MAX_ROWS = 50;',
      ' export const MAX_COLUMNS = 20;',
      '-export const limit = MAX_ROWS;',
      '+export const limit = MAX_COLUMNS;',
    );
    const error = { file: 'use.ts', line: 1, message: "Module '\"./limits\"' has no exported member 'MAX_ROWS'." };
    const use = "import { MAX_ROWS } from './limits';\n\nexport const all = MAX_ROWS;\n";

    expect(await repairWith(renamedExport, error, withFile(limits, 'use.ts', use))).toBeUndefined();
  });

  it('as a variable of a sheet', async () => {
    const sheet = changed('_t.scss', '-$brass: #b80;', ' $gold: #fc0;', '-$accent: $brass;', '+$accent: $gold;');
    const error = { file: 'a.scss', line: 2, column: 10, symbol: '$brass', message: 'Undefined variable.' };
    const repository = withFile(sheet, 'a.scss', 'p {\n  color: $brass;\n}\n');

    expect(await repairWith(renamedVariable, error, repository)).toBeUndefined();
    expect(await repairWith(renamedWord, error, repository)).toBeUndefined();
  });

  it('as a part of a document', async () => {
    const document = changed(
      'api.yaml',
      ' get:',
      "   $ref: '#/schemas/Boat'",
      ' schemas:',
      '-  Boat: {}',
      '   Ship: {}',
      '   List:',
      '-    items: Boat',
      '+    items: Ship',
    );

    expect(await repairWith(dataReference, { message: 'Token "Boat" does not exist.' }, document)).toBeUndefined();
  });

  it('as a value, or where another new one has nothing that it came for', async () => {
    const error = { file: 'use.ts', line: 3, message: "Type '\"large\"' is not assignable to type 'Size'." };
    const use = "import type { Size } from './size';\n\nexport const size: Size = 'large';\n";
    const had = changed(
      'size.ts',
      "-export type Size = 'small' | 'medium' | 'large';",
      "+export type Size = 'small' | 'medium';",
      ' ',
      "-export const usual: Size = 'large';",
      "+export const usual: Size = 'medium';",
    );
    const two = changed(
      'size.ts',
      "-export type Size = 'small' | 'large';",
      "+export type Size = 'small' | 'huge' | 'none';",
      ' ',
      "-export const usual: Size = 'large';",
      "+export const usual: Size = 'none';",
    );

    expect(await repairWith(renamedValue, error, withFile(had, 'use.ts', use))).toBeUndefined();
    expect(await repairWith(renamedValue, error, withFile(two, 'use.ts', use))).toBeUndefined();
  });

  it('as a value that is spelt alike', async () => {
    const states = changed(
      's.ts',
      "-export type State = 'closed' | 'close' | 'open';",
      "+export type State = 'closed' | 'open';",
    );
    const use = "import type { State } from './s';\n\nexport const isClose = (state: State) => state === 'close';\n";
    const error = {
      file: 'use.ts',
      line: 3,
      message: "This comparison appears to be unintentional because the types 'State' and '\"close\"' have no overlap.",
    };

    expect(await repairWith(valueSpelling, error, withFile(states, 'use.ts', use))).toBeUndefined();
  });

  it('as a page that is linked beside it, or as one of two records', async () => {
    const repair = (link: string, files: Readonly<Record<string, string>>) =>
      repairWith(
        deadLink,
        { tool: 'sveltekit', code: '404', message: `404 ${link} (linked from /)`, specifier: link, route: '/' },
        { files },
      );

    expect(
      await repair('/posts', {
        'src/routes/+page.svelte': '<a href="/posts">All</a> <a href="/post">One</a>\n',
        'src/routes/post/+page.svelte': '<h1>One</h1>\n',
      }),
    ).toBeUndefined();
    expect(
      await repair('/boats/red-anna', {
        'src/routes/+page.svelte': '<a href="/boats/red-anna">Anna</a>\n',
        'src/routes/boats/[slug]/+page.svelte': '<h1>Boat</h1>\n',
        'src/lib/boats.json': '[{ "slug": "red-annas" }, { "slug": "red-ann" }]\n',
      }),
    ).toBeUndefined();
  });
});

describe('a key that an error asks for', () => {
  it('is not written over another that its type has too', async () => {
    const current = changed(
      'current.ts',
      '-export const current = THEMES.dusk;',
      '+export const current = THEMES.night;',
    );
    const labels =
      "import type { Labels } from './theme';\n\nconst own = { light: 'L', dusk: 'D' };\nexport const labels: Labels = own;\n";
    const error = {
      file: 'labels.ts',
      line: 4,
      column: 14,
      message: "Property 'night' is missing in type '{ light: string; dusk: string; }' but required in type 'Labels'.",
    };

    expect(await repairWith(renamedWord, error, withFile(current, 'labels.ts', labels))).toBeUndefined();
  });

  it('stays in documents of GraphQL where another type has the field', async () => {
    const schema = changed('boat.graphql', ' type Boat {', '-  berth: String', '+  mooring: String', ' }');
    const query = 'query {\n  boat {\n    berth\n  }\n}\n';
    const repository = withFile(
      withFile(withFile(schema, 'harbour.graphql', 'type Harbour {\n  berth: String\n}\n'), 'boats.graphql', query),
      'harbours.graphql',
      query.replace('boat', 'harbour'),
    );
    const error = { file: 'boats.graphql', line: 3, column: 5, message: 'Cannot query field "berth" on type "Boat".' };

    expect(await repairWith(renamedWord, error, repository)).toEqual({
      'boats.graphql': query.replace('berth', 'mooring'),
    });
  });
});

describe('a member that its type renamed', () => {
  const types = changed(
    'types.ts',
    ' export interface Address {',
    '   street: string;',
    '-  zipCode: string;',
    '+  postcode: string;',
    ' }',
  );
  const error = { file: 'use.ts', message: "Property 'zipCode' does not exist on type 'Address'." };
  const repair = (line: number, column: number, ...rows: readonly string[]) =>
    repairWith(
      renamedMember,
      { ...error, line, column },
      withFile(
        types,
        'use.ts',
        `import { z } from 'zod';\nimport type { Address } from './types';\n${rows.join('\n')}\n`,
      ),
    );
  const show = 'export const show = (address: Address) => address.zipCode;';
  const shown = show.replace('zipCode', 'postcode');

  it.each([
    ['a schema', 'const schema = z.object({ street: z.string(), zipCode: z.string() });'],
    ['what a schema read', 'export const zipOf = (body: unknown) => z.object({}).parse(body).zipCode;'],
    ['an answer', "export const zip = (await (await fetch('/a')).json()).zipCode;"],
    ['what is taken out of an answer', "const { zipCode } = await (await fetch('/a')).json();"],
    ['a form', 'const { zipCode } = Object.fromEntries(new FormData()) as any;'],
    ['what is sent', "const body = JSON.stringify({ street: 'a', zipCode: 'b' });"],
    ['what is sent by a name', "const body = { street: 'a', zipCode: 'b' };\nconst sent = JSON.stringify(body);"],
    ['what a client sends', "const sent = new z.Client().send({ street: 'a', zipCode: 'b' });"],
    ['a message', "addEventListener('message', (event) => send(event.data.zipCode));"],
    ['rows of a database', 'export const all = z.rows().map((row) => row.zipCode);'],
    [
      'what a function of the repository is given',
      "export const ok = (body: unknown) => body;\nok({ street: 'a', zipCode: 'b' });",
    ],
    ['what is made of a list for outside', "JSON.stringify([1].map(() => ({ street: 'a', zipCode: 'b' })));"],
    ['what nothing says to be of the type', "export const sample = { street: 'a', zipCode: 'b' };"],
    [
      'what a function of the repository has read',
      "const read = (key: string) => JSON.parse(key);\nexport const last = () => read('a').zipCode;",
    ],
    ['a class that works it out', "class Mail {\n  get zipCode() {\n    return '';\n  }\n}\nnew Mail().zipCode;"],
    ['a class that is given it', 'class Mail {\n  constructor(readonly zipCode: string) {}\n}\nmake(Mail).zipCode;'],
  ])('keeps its name in %s', async (_, row) => {
    const line = 3 + row.split('\n').length;

    expect(await repair(line, 51, row, show)).toEqual({
      'use.ts': `import { z } from 'zod';\nimport type { Address } from './types';\n${row}\n${shown}\n`,
    });
  });

  it('gets the new one in what is made of the type', async () => {
    const row = "const all: Address[] = [];\nall.push({ street: 'a', zipCode: 'b' });";

    expect((await repair(5, 51, row, show))?.['use.ts']).toContain("all.push({ street: 'a', postcode: 'b' });");
  });

  it.each([
    ["const one: Address = { street: 'a', zipCode: 'b' };"],
    ["const all = new Map<string, Address>([['a', { street: 'a', zipCode: 'b' }]]);"],
    ["const read = (): Address[] => [1].map(() => ({ street: 'a', zipCode: 'b' }));"],
    ["function read(): Address {\n  if (all) return { street: 'a', zipCode: 'b' };\n}"],
    ["let one: Address;\none = { street: 'a', zipCode: 'b' };"],
    ["const send = (to: Address) => to;\nsend({ street: 'a', zipCode: 'b' });"],
  ])('gets the new one in what declarations say to be of the type: %s', async (row) => {
    expect((await repair(3 + row.split('\n').length, 51, row, show))?.['use.ts']).toContain(
      row.replace('zipCode', 'postcode'),
    );
  });

  it('is renamed at the place blamed alone where one of several types is told apart', async () => {
    const rows = ["export const cost = (act: Act) => act.zipCode + (act.kind === 'b' ? act.zipCode : 0);"];
    const file = { 'more.ts': 'export interface Box {\n  zipCode: string;\n}\n' };
    const column = (rows[0]?.indexOf('act.zipCode') ?? 0) + 5;
    const files = { ...types.files, 'use.ts': `${rows[0]}\n`, ...file };
    expect(await repairWith(renamedMember, { ...error, line: 1, column }, { ...types, files })).toEqual({
      'use.ts': `${rows[0]?.replace('act.zipCode', 'act.postcode')}\n`,
    });
  });

  it.each([
    ['renamed-member', renamedMember],
    ['renamed-word', renamedWord],
  ])('is left where the object has the new name too: %s', async (_, rule) => {
    const made = "const one: Address = { street: 'a', postcode: 'b', zipCode: 'c' };\n";
    const message = "Object literal may only specify known properties, and 'zipCode' does not exist in type 'Address'.";
    const facts = { ...error, message, line: 1, column: made.indexOf('zipCode') + 1 };
    expect(await repairWith(rule, facts, withFile(types, 'use.ts', made))).toBeUndefined();
    const alone = made.replace("postcode: 'b', ", '');
    const place = { ...facts, column: alone.indexOf('zipCode') + 1 };
    expect(await repairWith(rule, place, withFile(types, 'use.ts', alone))).toBeDefined();
  });

  it.each([
    ['renamed-member', renamedMember],
    ['renamed-word', renamedWord],
  ])('is of the type that the file knows by that name: %s', async (_, rule) => {
    const use = (head: string) => `${head}const show = (one: Address) => one.zipCode;\n`;
    const other = 'export interface Address {\n  postcode: number;\n}\n';
    const answer = (head: string, files: Record<string, string>) => {
      const facts = { ...error, line: head.split('\n').length, column: 45 };
      return repairWith(rule, facts, {
        ...types,
        files: { ...types.files, 'use.ts': use(head), ...files },
      });
    };
    const loads = (path: string) => `import type { Address } from './${path}';\n`;
    expect(await answer(loads('other'), { 'other.ts': other })).toBeUndefined();
    expect(await answer(other, {})).toBeUndefined();
    expect(await answer(loads('types'), { 'other.ts': other })).toBeDefined();
    expect(await answer(loads('index'), { 'other.ts': other, 'index.ts': "export * from './types';\n" })).toBeDefined();
  });

  it('is not renamed where another of several types still has it', async () => {
    const use = 'export const show = (one: Address | Box) => one.zipCode;\n';
    const message = `Property 'zipCode' does not exist on type 'Address | Box'.\n  ${error.message}`;
    const facts = { ...error, message, line: 1, column: use.indexOf('zipCode') + 1 };
    const used = withFile(types, 'use.ts', use);
    expect(await repairWith(renamedMember, facts, used)).toBeDefined();
    const box = withFile(used, 'box.ts', 'export interface Box {\n  zipCode: string;\n}\n');
    expect(await repairWith(renamedMember, facts, box)).toBeUndefined();
  });

  it('is not taken for the one that another object puts over it', async () => {
    const facts = {
      file: 'use.ts',
      line: 1,
      column: 19,
      message: "Property 'zipCode' does not exist on type '{ postcode: string; street: string; }'.",
    };
    const used = withFile(types, 'use.ts', 'show(tagged(home).zipCode);\n');
    const tagged = "export const tagged = (home: Address) => ({ ...home, postcode: 'none' });\n";
    expect(await repairWith(renamedMember, facts, used)).toBeDefined();
    expect(await repairWith(renamedMember, facts, withFile(used, 'tagged.ts', tagged))).toBeUndefined();
  });
});

describe('a module of the same name', () => {
  const error = (specifier: string) => ({
    file: 'app/page.ts',
    line: 1,
    message: `Cannot find module '${specifier}' or its corresponding type declarations.`,
  });
  const importing = (specifier: string) => `import { send } from '${specifier}';\n\nexport default send();\n`;

  it('is not meant where a new import may miss a new file', async () => {
    const page = changed(
      'app/page.ts',
      ...importing('../lib/mail/send-mail')
        .trimEnd()
        .split('\n')
        .map((row) => `+${row}`),
    );
    const files = { 'admin/send-mail.ts': 'export const send = () => 1;\n', 'lib/mail/read.ts': 'export {};\n' };
    const repository = { ...page, files: { ...page.files, ...files } };

    expect(await repairWith(movedFile, error('../lib/mail/send-mail'), repository)).toBeUndefined();
  });

  it('is not meant where it stands in for it in tests, or was there all along with something else in it', async () => {
    const page = { 'app/page.ts': importing('../lib/mailer') };
    const removed = { path: 'lib/mailer.ts', status: 'removed' as const };
    const repair = (path: string, text: string) =>
      repairWith(movedFile, error('../lib/mailer'), {
        files: { ...page, [path]: text },
        changes: [{ ...removed, hunks: '@@ -1 +0,0 @@\n-export const send = () => 1;' }],
      });

    expect(await repair('test/doubles/mailer.ts', 'export const send = () => 1;\n')).toBeUndefined();
    expect(await repair('admin/mailer.ts', 'export const send = () => 2;\n')).toBeUndefined();
    expect(await repair('admin/mailer.ts', 'export const send = () => 1;\n')).toBeDefined();
  });
});

describe('an export that another module has now', () => {
  const repair = (row: string, files: Readonly<Record<string, string>> = {}) => {
    const from = changed('a/limits.ts', '-export const MAX = 10;', ' export const MIN = 1;');
    const to = changed('b/net.ts', ' export const TRIES = 2;', `+${row}`);
    const use = "import { MAX } from '../a/limits';\n\nexport const all = MAX;\n";
    return repairWith(
      movedExport,
      { file: 'a/use.ts', line: 1, message: "Module '\"../a/limits\"' has no exported member 'MAX'." },
      {
        files: { ...from.files, ...to.files, 'a/use.ts': use, ...files },
        changes: [...from.changes, ...to.changes],
      },
    );
  };

  it('is the same only with the same value, in the same package', async () => {
    expect(await repair('export const MAX = 10;')).toBeDefined();
    expect(await repair('export const MAX = 5000;')).toBeUndefined();
    expect(await repair('export const MAX = 10;', { 'a/package.json': '{}', 'b/package.json': '{}' })).toBeUndefined();
  });
});

it('a choice of members that is handed on keeps the names that it is read by', async () => {
  const types = changed(
    'types.ts',
    ' export interface Part {',
    '   sku: string;',
    '-  onHand: number;',
    '+  inStock: number;',
    '   label: string;',
    '   low: number;',
    '   cents: number;',
    ' }',
  );
  const answer = (member: string) =>
    `import { parts } from './parts';\n\nexport const answer = () => Response.json(parts.map(({ sku, ${member} }) => ({ sku, onHand })));\n`;
  const error = {
    file: 'answer.ts',
    line: 3,
    column: answer('onHand').split('\n')[2]?.indexOf('onHand'),
    message: "Property 'onHand' does not exist on type 'Part'.",
  };
  const column = (error.column ?? 0) + 1;

  expect(
    await repairWith(renamedMember, { ...error, column }, withFile(types, 'answer.ts', answer('onHand'))),
  ).toMatchObject({
    'answer.ts': answer('inStock: onHand'),
  });
});
