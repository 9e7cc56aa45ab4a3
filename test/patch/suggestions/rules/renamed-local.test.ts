import { describe, expect, it } from 'vitest';
import { renamedLocal } from '../../../../lib/patch/suggestions/rules/renamed-local.js';
import { repairWith } from '../repository.js';

const path = 'src/dock.ts';
const other = 'src/ports.ts';

const repair = (before: string, after: string, rest: string, message: string) =>
  repairWith(
    renamedLocal,
    { file: path, message, line: 2 },
    {
      files: {
        [path]: `${after}\n${rest}\n`,
        [other]: 'export const harbourOf = (berth: string) => berth;\nexport const quayList: string[] = [];\n',
      },
      changes: [{ path, status: 'modified', hunks: `@@ -1,2 +1,2 @@\n-${before}\n+${after}\n ${rest}` }],
    },
  );

describe('renamed-local', () => {
  it.each([
    [
      'function moorAt(quay: string) {',
      'function moorAt(pier: string) {',
      '  return [quay, { quay }]; }',
      "Cannot find name 'quay'.",
      '  return [pier, { quay: pier }]; }',
    ],
    [
      'const berths = list.filter((berth) => berth.free);',
      'const places = list.filter((berth) => berth.free);',
      'sail(berths.length);',
      "'places' is declared but its value is never read.",
      'sail(places.length);',
    ],
    [
      'const moor = (quay: string) => {',
      'const moor = (pier: string) => {',
      '  return list.map((quay) => quay.name).concat(quay); };',
      "Cannot find name 'quay'. Did you mean 'query'?",
      '  return list.map((quay) => quay.name).concat(pier); };',
    ],
  ])('%s', async (before, after, rest, message, repaired) => {
    expect(await repair(before, after, rest, message)).toEqual({ [path]: `${after}\n${repaired}\n` });
  });

  it.each([
    ['a prop that a pattern takes', 'const f = ({ quay }: A) => {', 'const f = ({ pier }: A) => {', 'return quay; };'],
    ['another line', 'const quay = port();', 'const pier = harbour(2);', 'sail(quay);'],
    ['a use outside of the scope', 'function a(quay: B) { moor(); }', 'function a(pier: B) { moor(); }', 'sail(quay);'],
    ['an opposite', 'const first = list.find(is);', 'const last = list.find(is);', 'sail(first);'],
  ])('is silent about %s', async (_, before, after, rest) => {
    const name = /quay|first/.exec(before)?.[0];
    expect(await repair(before, after, rest, `Cannot find name '${name}'.`)).toBeUndefined();
  });

  it('is silent about a word that is spelt otherwise across the Atlantic', async () => {
    const [before, after] = ['const quayColour = quayList[0];', 'const quayColor = quayList[0];'];
    expect(await repair(before, after, 'sail(quayColour);', "Cannot find name 'quayColour'.")).toBeUndefined();
  });

  it.each([
    [
      'other words of the statement changed too',
      ['-port()', '-  .then((quays) => {', '+harbour()', '+  .then((pier) => {', '     sail(quays);', '   });'],
      'quays',
    ],
    [
      'another element takes the function',
      [
        ' const a = (',
        '-  <Quay',
        '-    onMoor={(a) => {',
        '+  <Pier',
        '+    onMoor={(name) => {',
        '       sail(a.b);',
        '     }}',
        '   />);',
      ],
      'a',
    ],
    [
      'what it is made of changed further down',
      [
        '-const quay = list',
        '+const pier = list',
        '   .slice()',
        '-  .filter(isQuay);',
        '+  .filter(isPier);',
        ' sail(quay);',
      ],
      'quay',
    ],
    [
      'the old name is written anew beside the new one',
      [
        '-  const total = add(list);',
        '+  const subtotal = add(list);',
        '   sail(list);',
        '+  sail(subtotal, total + 1);',
      ],
      'total',
    ],
  ])('is silent where %s', async (_, lines, name) => {
    const file = 'src/dock.tsx';
    const text = lines.flatMap((line) => (line.startsWith('-') ? [] : [line.slice(1)])).join('\n');
    const hunks = `@@ -1,${lines.filter((line) => !line.startsWith('+')).length} +1,${text.split('\n').length} @@\n${lines.join('\n')}`;
    const repository = { files: { [file]: text }, changes: [{ path: file, status: 'modified' as const, hunks }] };
    expect(
      await repairWith(renamedLocal, { file, message: `Cannot find name '${name}'.` }, repository),
    ).toBeUndefined();
  });

  it.each([
    ['delay: number', 'delayMs: number', '  setTimeout(go, delay * 1000); }', false],
    ['delay: number', 'delaySeconds: number', '  setTimeout(go, delay * 1000); }', true],
    ['delay: number', 'delaySeconds: number', '  setTimeout(go, delay / 1000); }', false],
    ['delay: number', 'delayMs: number', '  setTimeout(go, delay * 2); }', true],
  ])('knows by what is made of a value in which unit it is: %s, %s, %s', async (before, after, rest, isRight) => {
    const [was, is] = [`function wait(${before}) {`, `function wait(${after}) {`];
    const answer = await repair(was, is, rest, "Cannot find name 'delay'. Did you mean 'delayMs'?");
    expect(answer !== undefined).toBe(isRight);
  });
});
