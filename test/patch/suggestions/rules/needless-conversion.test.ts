import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { needlessConversion } from '../../../../lib/patch/suggestions/rules/needless-conversion.js';
import { repairWith } from '../repository.js';

const types = 'export interface Quote {\n  readonly total: number;\n  readonly label: string;\n  note?: string;\n}\n';
const totals = 'export function totalHours(shifts: readonly number[]): number {\n  return shifts.length;\n}\n';
const isNot = (from: string, to: string) => `Type '${from}' is not assignable to type '${to}'.`;

describe('a conversion of what is wanted as it is', () => {
  const repair = async (
    row: string,
    message: string,
    { file = 'page.tsx', more = {}, changes = [] as FileChange[] } = {},
  ) => {
    const files: Record<string, string> = {
      [file]: `// one\n${row}\n`,
      'types.ts': types,
      'totals.ts': totals,
      ...more,
    };
    // The attribute, the key or the argument.
    const column = (files[file]?.split('\n')[1]?.search(/\w+=\{|(?:title|n):|(?<=round\()/) ?? 0) + 1;
    const error = { tool: 'typescript' as const, message, file, line: 2, column };
    return (await repairWith(needlessConversion, error, { files, changes }))?.[file]?.split('\n')[1];
  };

  it.each([
    [
      'const a = <Price amount={String(quote.total)} />;',
      'const a = <Price amount={quote.total} />;',
      'string',
      'number',
    ],
    [
      `const a = <Price amount={\`\${quote.total}\`} />;`,
      'const a = <Price amount={quote.total} />;',
      'string',
      'number | undefined',
    ],
    ['const a = round(quote?.total.toString());', 'const a = round(quote?.total);', 'string', 'number'],
    [
      'const a = <Price amount={String(totalHours(data.shifts))} />;',
      'const a = <Price amount={totalHours(data.shifts)} />;',
      'string',
      'number',
    ],
    ['const a = { title: Number(quote.label) };', 'const a = { title: quote.label };', 'number', 'string'],
    ['const a = { title: parseInt(quote.label, 10) };', 'const a = { title: quote.label };', 'number', 'string'],
  ])('%s', async (row, repaired, from, to) => {
    expect(await repair(row, isNot(from, to))).toBe(repaired);
  });

  it('in the template of a component', async () => {
    const file = 'Page.svelte';
    const more = { [file]: `<p>\n  <Price hours={\`\${totalHours(data.shifts)}\`} />\n</p>\n` };
    expect(await repair('', isNot('string', 'number'), { file, more })).toBe(
      '  <Price hours={totalHours(data.shifts)} />',
    );
  });

  const row = 'const a = <Price amount={String(quote.total)} />;';
  const modified = (path: string, hunks: string): FileChange => ({ status: 'modified', path, hunks });
  it.each([
    [
      'the value is declared as two things',
      row,
      isNot('string', 'number'),
      { more: { 'b.ts': 'type B = { total: string };\n' } },
    ],
    [
      'the value is declared as another thing',
      'const a = <P n={String(quote.label)} />;',
      isNot('string', 'number'),
      {},
    ],
    ['the value is not declared', 'const a = <P n={String(quote.sum)} />;', isNot('string', 'number'), {}],
    ['the value may be missing', 'const a = { n: Number(quote.note) };', isNot('number', 'boolean'), {}],
    [
      'two conversions stand there',
      'const a = <P n={String(quote.total)} m={String(quote.total)} />;',
      isNot('string', 'number'),
      {},
    ],
    [
      'another attribute of the line is meant',
      'const a = <Price amount={quote.label} text={String(quote.total)} />;',
      isNot('string', 'number'),
      {},
    ],
    ['it goes the other way', row, isNot('number', 'string'), {}],
    ['it was there before', row, isNot('string', 'number'), { changes: [modified('other.ts', '@@ -1 +1 @@\n-a\n+b')] }],
    [
      'what takes it has another type since',
      row,
      isNot('string', 'number'),
      {
        changes: [
          modified('page.tsx', `@@ -2 +2 @@\n-x\n+${row}`),
          modified('Price.tsx', '@@ -1 +1 @@\n-  amount: string;\n+  amount: number;'),
        ],
      },
    ],
  ])('stays where %s', async (_, text, message, options) => {
    expect(await repair(text, message, options)).toBeUndefined();
  });
});
