import { describe, expect, it } from 'vitest';
import type { BuildError } from '../../../../lib/diagnosis/diagnosis.js';
import { exportSpelling } from '../../../../lib/patch/suggestions/rules/export-spelling.js';
import { memberSpelling } from '../../../../lib/patch/suggestions/rules/member-spelling.js';
import { nameSpelling } from '../../../../lib/patch/suggestions/rules/name-spelling.js';
import { repairWith } from '../repository.js';

const unknownName = (name: string, suggestion?: string): Partial<BuildError> => ({
  code: suggestion ? 'TS2552' : 'TS2304',
  message: `Cannot find name '${name}'.${suggestion ? ` Did you mean '${suggestion}'?` : ''}`,
  file: 'lib/a.ts',
});

describe('a misspelt name', () => {
  it.each([
    ['that the compiler corrects', 'const berths = [];\nberhts.map(String);\n', unknownName('berhts', 'berths')],
    ['that only one name is like', 'const berths = [];\nberhts.map(String);\n', unknownName('berhts')],
    [
      'as eslint puts it',
      "import { berths } from './b';\nexport const n = berhts.length;\n",
      { ...unknownName('berhts'), tool: 'eslint', code: 'no-undef', message: "'berhts' is not defined.", line: 2 },
    ],
    [
      'twice, with a shorthand',
      'const berths = [];\nexport const x = { berhts };\nberhts.map(String);\n',
      unknownName('berhts', 'berths'),
    ],
  ])('%s', async (_, text, error) => {
    const files = await repairWith(nameSpelling, { line: 2, ...error }, { files: { 'lib/a.ts': text } });

    expect(files).toEqual({
      'lib/a.ts': text.replaceAll('{ berhts }', '{ berhts: berths }').replaceAll(/berhts(?!:)/g, 'berths'),
    });
  });

  it('leaves a same-named word elsewhere: strings, comments, members', async () => {
    const text = "const total = 1;\nuse(totla); // totla\nuse('totla', rest.totla);\n";

    const files = await repairWith(nameSpelling, { ...unknownName('totla'), line: 2 }, { files: { 'lib/a.ts': text } });

    expect(files).toEqual({ 'lib/a.ts': text.replace('use(totla)', 'use(total)') });
  });

  it('renames a JSX element', async () => {
    const text =
      "import { BerthGrid } from './grid';\nexport const A = () => <BerthGird><p>BerthGird</p></BerthGird>;\n";

    const files = await repairWith(
      nameSpelling,
      { ...unknownName('BerthGird'), file: 'a.tsx', line: 2 },
      { files: { 'a.tsx': text } },
    );

    expect(files).toEqual({
      'a.tsx': "import { BerthGrid } from './grid';\nexport const A = () => <BerthGrid><p>BerthGird</p></BerthGrid>;\n",
    });
  });

  it.each([
    ['two names are equally like it', 'const berths = 1, berthe = 2;\nuse(bertha);\n', unknownName('bertha')],
    [
      'the like name is out of sight',
      'function f() {\n  const berths = 1;\n}\nuse(berhts);\n',
      { ...unknownName('berhts', 'berths'), line: 4 },
    ],
    ['the compiler names another thing', 'const price = 1;\nuse(pounds);\n', unknownName('pounds', 'price')],
    [
      'the name that the compiler means is not in the file',
      'use(Reqest);\n',
      { ...unknownName('Reqest', 'Request'), line: 1 },
    ],
    [
      'the name is declared in an inner scope',
      'const total = 1;\nfunction f(totla) { return totla; }\nuse(totla);\n',
      { ...unknownName('totla'), line: 3 },
    ],
    ['one of many is meant', 'const berths = [];\nuse(berth);\n', unknownName('berth', 'berths')],
    ['a word of three letters is another', 'let setTotal;\nuse(getTotal);\n', unknownName('getTotal', 'setTotal')],
    [
      'the like name is a value, and a type is asked for',
      'const config = 1;\nexport const c: Config = 1;\n',
      unknownName('Config'),
    ],
    [
      'the like name is a type, and a value is asked for',
      'interface Config {}\nexport default config;\n',
      unknownName('config'),
    ],
    ['the like name is that of its kind', "import { Berth } from './b';\nuse(berth);\n", unknownName('berth', 'Berth')],
    ['the word is only in a comment', 'const berths = [];\n// berhts\n', unknownName('berhts')],
  ])('answers nothing when %s', async (_, text, error) => {
    const files = await repairWith(nameSpelling, { line: 2, ...error }, { files: { 'lib/a.ts': text } });

    expect(files).toBeUndefined();
  });

  it('answers nothing for a name that the file had, and whose declaration is gone', async () => {
    const text = "import { berth } from './b';\nuse(berht, berth);\n";
    const changes = (added: string) => [
      { path: 'lib/a.ts', status: 'modified' as const, hunks: `@@ -2 +2 @@\n-const berht = berth.height;\n${added}` },
    ];
    const repair = (added: string) =>
      repairWith(
        nameSpelling,
        { ...unknownName('berht'), line: 2 },
        { files: { 'lib/a.ts': text }, changes: changes(added) },
      );

    expect(await repair('')).toBeUndefined();
    expect(await repair('+use(berht, berth);')).toBeDefined();
  });
});

describe('a misspelt export', () => {
  const module = 'export function listBerths() {}\nexport const rate = 1;\n';
  const importer = "import { listBerth } from '@/lib/berths';\n\nexport const all = listBerth();\n";
  const repaired = "import { listBerths } from '@/lib/berths';\n\nexport const all = listBerths();\n";
  const tsconfig = '{\n  // paths\n  "compilerOptions": { "paths": { "@/*": ["./src/*"] }, },\n}\n';
  const files = { 'src/a.ts': importer, 'src/lib/berths.ts': module, 'tsconfig.json': tsconfig };

  it.each([
    [
      'TypeScript, with the name',
      `'"@/lib/berths"' has no exported member named 'listBerth'. Did you mean 'listBerths'?`,
    ],
    ['TypeScript, without', `Module '"@/lib/berths"' has no exported member 'listBerth'.`],
    ['webpack', `Attempted import error: 'listBerth' is not exported from '@/lib/berths' (imported as 'listBerth').`],
    ['Turbopack', "Export listBerth doesn't exist in target module\nDid you mean to import listBerths?"],
    ['Rollup', `"listBerth" is not exported by "src/lib/berths.ts", imported by "src/a.ts".`],
    ['Rolldown', `"listBerth" is not exported by "src/lib/berths.ts".`],
    ['esbuild', `No matching export in "src/lib/berths.ts" for import "listBerth"`],
  ])('in the words of %s', async (_, message) => {
    const answer = await repairWith(exportSpelling, { message, file: 'src/a.ts', line: 1 }, { files });

    expect(answer).toEqual({ 'src/a.ts': repaired });
  });

  const message = `Module '"./berths"' has no exported member 'listBerth'.`;

  it.each([
    ['of which one is read', "import { listBerth } from './berths';\nuse(listBerth().name);\n", module],
    ['which one is awaited of', "import { listBerth } from './berths';\nconst { name } = await listBerth();\n", module],
    ['that is called for one', "import { listBerth } from './berths';\nuse(listBerth('a'));\n", module],
    ['that is a list', "import { rates } from './berths';\nuse(rates.map(sum));\n", module],
  ])('is another thing than one %s', async (_, text, berths) => {
    const message = `Module '"./berths"' has no exported member '${/\{ (\w+)/.exec(text)?.[1]}'.`;
    const files = { 'a.ts': text, 'berths.ts': berths };

    expect(await repairWith(exportSpelling, { message, file: 'a.ts' }, { files })).toBeUndefined();
  });

  it('keeps the local name of an alias', async () => {
    const text = "import { type listBerth as all } from './berths';\nuse(all);\n";

    const answer = await repairWith(
      exportSpelling,
      { message, file: 'a.ts' },
      { files: { 'a.ts': text, 'berths.ts': module } },
    );

    expect(answer).toEqual({ 'a.ts': "import { type listBerths as all } from './berths';\nuse(all);\n" });
  });

  it('takes what a module exports by another name under that', async () => {
    const files = {
      'a.ts': "import { berths } from './berths';\nuse(berths);\n",
      'berths.ts': 'const berths = [];\nexport { berths as moorings };\n',
    };
    const facts = {
      message: `Module '"./berths"' declares 'berths' locally, but it is exported as 'moorings'.`,
      file: 'a.ts',
    };
    expect(await repairWith(exportSpelling, facts, { files })).toEqual({
      'a.ts': "import { moorings } from './berths';\nuse(moorings);\n",
    });
  });

  it('keeps the local name where another declaration shadows it', async () => {
    const text = "import { listBerth } from './berths';\nuse(listBerth, (listBerth) => listBerth);\n";

    const answer = await repairWith(
      exportSpelling,
      { message, file: 'a.ts' },
      { files: { 'a.ts': text, 'berths.ts': module } },
    );

    expect(answer).toEqual({ 'a.ts': text.replace('{ listBerth }', '{ listBerths as listBerth }') });
  });

  it.each([
    ['a.svelte', "<script>\n  import { listBerth } from './berths';\n</script>\n<p>{listBerth().length}</p>\n"],
    ['a.astro', "---\nimport { listBerth } from './berths';\n---\n<p>{listBerth().length}</p>\n"],
  ])('renames the uses in the markup of %s', async (path, text) => {
    const answer = await repairWith(
      exportSpelling,
      { message, file: path },
      { files: { [path]: text, 'berths.ts': module } },
    );

    expect(answer).toEqual({ [path]: text.replaceAll('listBerth', 'listBerths') });
  });

  it('imports under the old name where the markup is not certain', async () => {
    const text = '---\nimport { listBerth } from \'./berths\';\n---\n<p title="listBerth">{listBerth().length}</p>\n';

    const answer = await repairWith(
      exportSpelling,
      { message, file: 'a.astro' },
      { files: { 'a.astro': text, 'berths.ts': module } },
    );

    expect(answer).toEqual({ 'a.astro': text.replace('{ listBerth }', '{ listBerths as listBerth }') });
  });

  it.each([
    [
      'that its importers take rightly',
      "import { listBerths } from './lib';\nlistBerths();\n",
      '{ listBerth }',
      '{ listBerths }',
    ],
    ['that nobody takes', '', '{ rates, type listBerth }', '{ rates, type listBerths }'],
    [
      'under a name of its own',
      "import { all } from './lib';\nall();\n",
      '{ listBerth as all }',
      '{ listBerths as all }',
    ],
    ['under the right one', '', '{ listBerth as listBerths }', '{ listBerths }'],
  ])('respells what a module passes on: %s', async (_, importer, wrong, right) => {
    const index = (names: string) => `export ${names} from './berths.js';\n`;
    const files = {
      'a.ts': importer,
      'lib/index.ts': index(wrong),
      'lib/berths.ts': `${module}export const rates = 1;\n`,
    };
    const answer = await repairWith(exportSpelling, { message, file: 'lib/index.ts' }, { files });
    expect(answer).toEqual({ 'lib/index.ts': index(right) });
  });

  it.each([
    [
      'an importer takes it by that name',
      "import { listBerth } from './lib';\nlistBerth();\n",
      "export { listBerth } from './berths';\n",
    ],
    [
      'another module passes it on by that name',
      "export { listBerth } from './lib';\n",
      "export { listBerth } from './berths';\n",
    ],
    ['the right one is passed on as well', '', "export { listBerth, listBerths } from './berths';\n"],
    ['the module has nothing like it', '', "export { rates as listBerths, listFares } from './berths';\n"],
  ])('leaves what a module passes on where %s', async (_, importer, index) => {
    const files = { 'a.ts': importer, 'lib/index.ts': index, 'lib/berths.ts': module };
    const wrong = index.includes('listFares') ? message.replace('listBerth', 'listFares') : message;
    expect(await repairWith(exportSpelling, { message: wrong, file: 'lib/index.ts' }, { files })).toBeUndefined();
  });

  it('looks through re-exports', async () => {
    const index = "export * from './berths';\nexport * as rates from './rates';\n";
    const text = "import { listBerth } from './lib';\nlistBerth();\n";

    const answer = await repairWith(
      exportSpelling,
      { message, file: 'a.ts' },
      { files: { 'a.ts': text, 'lib/index.ts': index, 'lib/berths.ts': module } },
    );

    expect(answer).toEqual({ 'a.ts': text.replaceAll('listBerth', 'listBerths') });
  });

  it.each([
    ['no export is like it', 'export const rate = 1;\n'],
    ['two exports are like it', 'export const listBerths = 1, listBerta = 2;\n'],
    ['the module does export it', 'export const listBerth = 1, listBerths = 2;\n'],
    ['the module does not parse', 'export const listBerths = ;\n'],
    ['a re-export cannot be read', "export const listBerths = 1;\nexport * from 'elsewhere';\n"],
  ])('answers nothing when %s', async (_, text) => {
    const answer = await repairWith(
      exportSpelling,
      { message, file: 'a.ts', line: 1 },
      { files: { 'a.ts': "import { listBerth } from './berths';\nuse(listBerth);\n", 'berths.ts': text } },
    );

    expect(answer).toBeUndefined();
  });

  const outside = { 'a.ts': "import { useStat } from 'react';\nuseStat(1);\n" };

  it('takes the word of a compiler for a package from outside', async () => {
    const message = `'"react"' has no exported member named 'useStat'. Did you mean 'useState'?`;

    const answer = await repairWith(exportSpelling, { message, file: 'a.ts' }, { files: outside });

    expect(answer).toEqual({ 'a.ts': "import { useState } from 'react';\nuseState(1);\n" });
  });

  it.each([
    `Module '"react"' has no exported member 'useStat'.`,
    `'"react"' has no exported member named 'useStat'. Did you mean 'useDeferredValue'?`,
  ])('answers nothing for a package from outside: %s', async (message) => {
    const answer = await repairWith(exportSpelling, { message, file: 'a.ts' }, { files: outside });

    expect(answer).toBeUndefined();
  });
});

describe('a misspelt member', () => {
  const property = (name: string, suggestion: string): Partial<BuildError> => ({
    code: 'TS2551',
    message: `Property '${name}' does not exist on type 'Bread'. Did you mean '${suggestion}'?`,
    file: 'a.tsx',
  });

  it.each([
    ['one is no list', 'export const f = (b: Bread) => b.images.map(show);\n', 'images', 'image'],
    ['many have no member of one', 'export const f = (b: Bread) => b.image.url;\n', 'image', 'images'],
    ['what makes one is no list', 'export const a: Bread = { tags: ["rye"] };\n', 'tags', 'tag'],
    ['a list is not made of a text', 'export const F = () => <Bread tag="rye" />;\n', 'tag', 'tags'],
  ])('is none where %s', async (_, text, name, right) => {
    const error = { ...property(name, right), line: 1 };

    expect(await repairWith(memberSpelling, error, { files: { 'a.tsx': text } })).toBeUndefined();
  });

  it.each([
    ['a property', 'export const f = (b: Bread) => b.alergens.join();\n', property('alergens', 'allergens')],
    ['an optional one', 'export const f = (b?: Bread) => b?.alergens;\n', property('alergens', 'allergens')],
    ['a destructured one', 'export const f = ({ alergens: a }: Bread) => a;\n', property('alergens', 'allergens')],
    [
      'a method of the library',
      'export const f = (s: string) => s.tolowercase();\n',
      property('tolowercase', 'toLowerCase'),
    ],
    [
      'a JSX attribute',
      'export const F = () => <Grid berth={[]} />;\n',
      {
        file: 'a.tsx',
        message:
          "Type '{ berth: never[]; }' is not assignable to type 'Props'.\n  Property 'berth' does not exist on type 'IntrinsicAttributes & Props'. Did you mean 'berths'?",
      },
    ],
    [
      'an object key',
      'export const a: Berth = { titel: 1 };\n',
      {
        file: 'a.tsx',
        message:
          "Object literal may only specify known properties, but 'titel' does not exist in type 'Berth'. Did you mean to write 'title'?",
      },
    ],
  ])('%s', async (_, text, error) => {
    const answer = await repairWith(memberSpelling, { line: 1, ...error }, { files: { 'a.tsx': text } });

    const respelt = text
      .replace(/alergens/, 'allergens')
      .replace('tolowercase', 'toLowerCase')
      .replace('titel', 'title')
      .replace(' berth=', ' berths=');
    expect(answer).toEqual({ 'a.tsx': respelt });
  });

  it('in the markup of a component, at the place named, by columns from 1 or from 0', async () => {
    const text =
      '<script lang="ts">\n  let { bread } = $props();\n</script>\n<p title="alergens">{bread.alergens}</p>\n';
    const error = { ...property('alergens', 'allergens'), file: 'a.svelte', line: 4 };

    const exact = await repairWith(memberSpelling, { ...error, column: 28 }, { files: { 'a.svelte': text } });
    const fromZero = await repairWith(memberSpelling, { ...error, column: 27 }, { files: { 'a.svelte': text } });
    const inexact = await repairWith(memberSpelling, { ...error, column: 26 }, { files: { 'a.svelte': text } });

    expect(exact).toEqual({ 'a.svelte': text.replace('bread.alergens', 'bread.allergens') });
    expect(fromZero).toEqual(exact);
    expect(inexact).toBeUndefined();
  });

  it('keeps the local name of a shorthand', async () => {
    const text = 'export const f = ({ alergens }: Bread) => alergens;\n';

    const answer = await repairWith(
      memberSpelling,
      { ...property('alergens', 'allergens'), line: 1 },
      { files: { 'a.tsx': text } },
    );

    expect(answer).toEqual({ 'a.tsx': 'export const f = ({ allergens: alergens }: Bread) => alergens;\n' });
  });

  it('repairs the same mistake elsewhere in the file', async () => {
    const text = 'use(a.alergens);\nuse(b.alergens, "alergens"); // alergens\n';

    const answer = await repairWith(
      memberSpelling,
      { ...property('alergens', 'allergens'), line: 1 },
      { files: { 'a.tsx': text } },
    );

    expect(answer).toEqual({ 'a.tsx': 'use(a.allergens);\nuse(b.allergens, "alergens"); // alergens\n' });
  });

  it('repairs only the place blamed when another file knows the name', async () => {
    const text = 'use(a.alergens);\nuse(b.alergens);\n';

    const answer = await repairWith(
      memberSpelling,
      { ...property('alergens', 'allergens'), line: 1 },
      { files: { 'a.tsx': text, 'b.ts': 'export interface Other {\n  alergens: string;\n}\n' } },
    );

    expect(answer).toEqual({ 'a.tsx': 'use(a.allergens);\nuse(b.alergens);\n' });
  });

  it.each([
    [
      'the compiler names nothing',
      { ...property('alergens', 'x'), message: "Property 'alergens' does not exist on type 'Bread'." },
    ],
    ['what it names is another word', property('alergens', 'ingredients')],
    ['the place blamed has no such member', { ...property('alergens', 'allergens'), line: 7 }],
  ])('answers nothing when %s', async (_, error) => {
    const text = 'use(a.alergens);\n';

    const answer = await repairWith(memberSpelling, { line: 1, ...error }, { files: { 'a.tsx': text } });

    expect(answer).toBeUndefined();
  });
});

it('a router is no misspelt route, whatever the compiler says', async () => {
  const error = { file: 'a.ts', line: 2, column: 1, message: "Cannot find name 'router'. Did you mean 'route'?" };
  const files = { 'a.ts': 'const route = useRoute();\nrouter.push(route.path);\n' };

  expect(await repairWith(nameSpelling, error, { files })).toBeUndefined();
});
