import { describe, expect, it } from 'vitest';
import { missingBracket } from '../../../../lib/patch/suggestions/rules/missing-bracket.js';
import { repairWith } from '../repository.js';

describe('missing-bracket in a chain of calls', () => {
  const repair = async (text: string) =>
    (
      await repairWith(
        missingBracket,
        { file: 'a.tsx', line: 1, kind: 'syntax', message: "Expected ','" },
        { files: { 'a.tsx': text } },
      )
    )?.['a.tsx'];
  const list = (first: string, rest = '    .map((a) => a.name);') =>
    `function list() {\n  return tools\n${first}\n${rest}\n}\n`;

  it.each([
    ["    .filter((a) => kind === 'all' || a.kind === kind"],
    ['    .filter((a) => matches(a)'],
    ['    ?.filter(\n      (a) => a.kind === kind && a.isOpen'],
    ['    .filter((a) => {\n      return a.kind === kind;\n    }'],
  ])('closes %s before the next row', async (first) => {
    expect(await repair(list(first))).toBe(list(first).replace(/\s*\n( {4}\.map)/, ')\n$1'));
  });

  it('closes the row in the middle', async () => {
    const text = list('    .filter((a) => a.isOpen)\n    .map((a) => a.kind', '    .sort();');
    expect(await repair(text)).toBe(list('    .filter((a) => a.isOpen)\n    .map((a) => a.kind)', '    .sort();'));
  });

  it.each([
    ['a chain within the brackets', list('    .filter((a) => a', '      .kind.length > 0;')],
    ['an argument that may be of either call', list('    .filter((a) => matches(a, kind)')],
    ['two that are missing', list('    .filter((a) => matches(a, kind')],
    ['a row that is no call', list('    .filter((a) => a.kind === kind', '    .length.toFixed(;')],
  ])('leaves %s', async (_, text) => {
    expect(await repair(text)).toBeUndefined();
  });
});
