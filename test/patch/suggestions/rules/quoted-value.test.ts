import { describe, expect, it } from 'vitest';
import { quotedValue } from '../../../../lib/patch/suggestions/rules/quoted-value.js';
import { repairWith } from '../repository.js';

const wants = (to: string, from = 'string') => `Type '${from}' is not assignable to type '${to}'.`;

describe('a literal of the wrong type', () => {
  it.each([
    ['a property', "const row = { tide: '3.5' };\n", wants('number'), 15, 'const row = { tide: 3.5 };\n'],
    ['an attribute', 'const row = <Tide metres="3" />;\n', wants('number'), 19, 'const row = <Tide metres={3} />;\n'],
    [
      'an attribute in braces',
      "const row = <Tide metres={'3'} />;\n",
      wants('number | undefined'),
      19,
      'const row = <Tide metres={3} />;\n',
    ],
    ['a flag', 'const row = <Tide spring="true" />;\n', wants('boolean'), 19, 'const row = <Tide spring={true} />;\n'],
    ['a text', 'const row = { code: 12 };\n', wants('string', 'number'), 15, 'const row = { code: "12" };\n'],
    [
      'an argument',
      "rise('3');\n",
      "Argument of type 'string' is not assignable to parameter of type 'number'.",
      6,
      'rise(3);\n',
    ],
  ])('%s', async (_, text, message, column, repaired) => {
    const answer = await repairWith(
      quotedValue,
      { code: 'TS2322', message, file: 'a.tsx', line: 1, column },
      { files: { 'a.tsx': text } },
    );

    expect(answer).toEqual({ 'a.tsx': repaired });
  });

  it.each([
    ['a text that is no number', "const row = { tide: 'high' };\n", 15],
    ['a number that would be written otherwise', "const row = { tide: '007' };\n", 15],
    ['a number that reads otherwise as a text', 'const row = { tide: 1.50 };\n', 15, 'string'],
    ['an expression', 'const row = { tide: String(3) };\n', 15],
    ['a variable with a type of its own', "const tide: number = '3';\n", 7],
    ['a flag where a text is wanted', 'const row = { tide: true };\n', 15, 'string'],
  ] as [string, string, number, string?][])('answers nothing for %s', async (_, text, column, wanted = 'number') => {
    const error = { message: wants(wanted, 'number'), file: 'a.tsx', line: 1, column };

    expect(await repairWith(quotedValue, error, { files: { 'a.tsx': text } })).toBeUndefined();
  });

  it('answers nothing where the type has changed: it may be what is wrong', async () => {
    const answer = await repairWith(
      quotedValue,
      { message: wants('number'), file: 'a.tsx', line: 1, column: 15 },
      {
        files: { 'a.tsx': "const row = { tide: '3' };\n", 'types.ts': 'export interface Row {\n  tide: number;\n}\n' },
        changes: [
          { path: 'types.ts', status: 'modified', hunks: '@@ -1,3 +1,3 @@\n-  tide: string;\n+  tide: number;' },
        ],
      },
    );

    expect(answer).toBeUndefined();
  });

  it.each([
    ["pad('0', 2)", false],
    ['pad(0, 2)', true],
  ])('answers where the diff brought the quotes: after %s', async (before, isNew) => {
    const answer = await repairWith(
      quotedValue,
      {
        message: "Argument of type 'string' is not assignable to parameter of type 'number'.",
        file: 'a.ts',
        line: 1,
        column: 5,
      },
      {
        files: { 'a.ts': "pad('0', 2);\n" },
        changes: [{ path: 'a.ts', status: 'modified', hunks: `@@ -1 +1 @@\n-${before};\n+pad('0', 2);` }],
      },
    );

    expect(answer !== undefined).toBe(isNew);
  });
});

describe('a literal that may be right', () => {
  it('is left where another argument may belong in its place', async () => {
    const message = "Argument of type 'number' is not assignable to parameter of type 'string'.";
    const error = { message, file: 'a.ts', line: 1, column: 5 };
    expect(await repairWith(quotedValue, error, { files: { 'a.ts': "pad(5, 'x');\n" } })).toBeUndefined();
    expect(await repairWith(quotedValue, error, { files: { 'a.ts': 'pad(5, x);\n' } })).toBeDefined();
  });

  it.each([
    ['+  tide: number;', false],
    ['-  tide: string;\n+  tide: number;', true],
  ])('is left where the diff brought its type as well: %j', async (rows, isSure) => {
    const row = "const row: Row = { tide: '3' };";
    const repository = {
      files: { 'a.ts': `interface Row {\n  tide: number;\n}\n${row}\n` },
      changes: [{ path: 'a.ts', status: 'modified' as const, hunks: `@@ -1,4 +1,4 @@\n${rows}\n+${row}` }],
    };
    const answer = await repairWith(
      quotedValue,
      { message: wants('number'), file: 'a.ts', line: 4, column: 20 },
      repository,
    );

    expect(answer !== undefined).toBe(isSure);
  });
});
