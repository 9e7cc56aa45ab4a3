import { describe, expect, it } from 'vitest';
import { adjacentElements } from '../../../../lib/patch/suggestions/rules/adjacent-elements.js';
import { repairWith } from '../repository.js';

const message = 'JSX expressions must have one parent element.';
const repair = async (text: string, line: number) =>
  (
    await repairWith(adjacentElements, { file: 'a.tsx', message, line, kind: 'syntax' }, { files: { 'a.tsx': text } })
  )?.['a.tsx'];

describe('adjacent-elements', () => {
  const dock = (body: string) => `export function Dock() {\n  return (\n${body}  );\n}\n`;

  it('puts a fragment around them', async () => {
    const text = dock('    <h1>Dock</h1>\n\n    <p>\n      open\n    </p>\n');
    const repaired = dock('    <>\n      <h1>Dock</h1>\n\n      <p>\n        open\n      </p>\n    </>\n');
    expect(await repair(text, 3)).toBe(repaired);
    expect(await repair(text, 5)).toBe(repaired);
  });

  it('of an arrow function as well', async () => {
    expect(await repair('const Dock = () => (\n  <h1 />\n  <p />\n);\n', 3)).toBe(
      'const Dock = () => (\n  <>\n    <h1 />\n    <p />\n  </>\n);\n',
    );
  });

  it.each([
    ['behind', '<p className={`a`}>a</p>', '{c ? <p>{c}</p> : null}'],
    ['before', '{c && <p>{c}</p>}', '<p>a</p>'],
    ['between more', '<p>a</p>', '{children}', '<hr />'],
  ])('takes an expression in braces with it, %s', async (_, ...rows) => {
    const text = dock(rows.map((row) => `    ${row}\n`).join(''));
    const inner = rows.map((row) => `      ${row}\n`).join('');
    expect(await repair(text, 4)).toBe(dock(`    <>\n${inner}    </>\n`));
  });

  it.each(['a && (', 'a ? null : ('])('of a condition as well: %s', async (condition) => {
    const text = (body: string) => dock(`    <div>\n      {${condition}\n${body}      )}\n    </div>\n`);
    expect(await repair(text('        <h1 />\n        <p />\n'), 6)).toBe(
      text('        <>\n          <h1 />\n          <p />\n        </>\n'),
    );
  });

  it.each([
    ['an object', 'const a = () => (\n  { b: 1 }\n  { c: 2 }\n);\n', 3],
    ['expressions alone', dock('    {a}\n    {b}\n'), 4],
    ['a text of several rows', dock('    <p>{`\n    a`}</p>\n    {b}\n'), 5],
    ['items of a list', 'const a = b.map((c) => (\n  <h1 />\n  <p />\n));\n', 3],
    ['an element that is not closed', dock('    <h1>\n    <p>open</p>\n'), 4],
    ['a text beside an element', dock('    Dock\n    <p>open</p>\n'), 4],
    ['another place', `${dock('    <h1 />\n    <p />\n')}const a = 1 2;\n`, 8],
  ])('leaves %s', async (_, text, line) => {
    expect(await repair(text, line)).toBeUndefined();
  });
});

it('the items of a list, which a fragment would leave without a key, are left alone', async () => {
  const list = (head: string) => `const a = ${head} {\n  return (\n    <dt />\n    <dd />\n  );\n}`;

  expect(await repair(`${list('b.map((c) =>')});\n`, 4)).toBeUndefined();
  expect(await repair(`${list('() =>')};\n`, 4)).toBeDefined();
});
