import { describe, expect, it } from 'vitest';
import { readLogText } from '../../../../lib/diagnosis/build-log.js';
import { diagnose } from '../../../../lib/diagnosis/diagnose.js';
import { printedFix } from '../../../../lib/patch/suggestions/rules/printed-fix.js';
import { repairAll } from '../repository.js';

const bar = '━'.repeat(40);
const start = ['Running "vercel build"', 'added 312 packages in 9s', '', '> tides@1.0.0 build', '> biome check .', ''];

/** Each report as Biome 2 prints it, and what is left of `src/a.tsx`. */
const repair = async (text: string, ...reports: readonly (readonly string[])[]) => {
  const end = ['Error: Command "npm run build" exited with 1'];
  const { errors } = diagnose({ log: readLogText([...start, ...reports.flat(), ...end].join('\n')) });
  const repaired = await repairAll([printedFix], errors, { files: { 'src/a.tsx': text } });
  return repaired?.['src/a.tsx'];
};

const CONST = [
  `src/a.tsx:2:1 lint/style/useConst  FIXABLE  ${bar}`,
  '',
  '  × This let declares a variable that is only assigned once.',
  '  ',
  "    1 │ import { Boat } from './boat';",
  '  > 2 │ let a = 1;',
  '      │ ^^^',
  '  ',
  '  i Safe fix: Use const instead.',
  '  ',
  "    1 1 │   import { Boat } from './boat';",
  '    2   │ - let·a·=·1;',
  '      2 │ + const·a·=·1;',
  '    3 3 │   export const f = (boat: Boat) => {',
  '    4 4 │   \treturn !!a ? boat : a;',
  '  ',
  '',
];
const TYPE = [
  `src/a.tsx:1:8 lint/style/useImportType  FIXABLE  ${bar}`,
  '',
  '  × All these imports are only used as types.',
  '  ',
  "  > 1 │ import { Boat } from './boat';",
  '      │        ^^^^^^^^^^^^^^^^^^^^^^',
  '  ',
  '  i Safe fix: Use import type.',
  '  ',
  "    1 │ import·type·{·Boat·}·from·'./boat';",
  '      │        +++++                       ',
  '',
];
const CAST = [
  `src/a.tsx:4:9 lint/complexity/noExtraBooleanCast  FIXABLE  ${bar}`,
  '',
  '  × Avoid redundant double-negation.',
  '  ',
  '  i Safe fix: Remove redundant double-negation',
  '  ',
  '    4 │ → return·!!a·?·boat·:·a;',
  '      │          --             ',
  '',
];
const FORMAT = [
  `src/a.tsx format ${bar}`,
  '',
  '  × Formatter would have printed the following content:',
  '  ',
  '    1   │ - f(a,',
  '    2   │ - ··b);',
  '      1 │ + f(a,·b);',
  '    3 2 │   g();',
  '    ····· │ ',
  '    8   │ - h(·);',
  '      7 │ + h();',
  '  ',
  '',
];
const source =
  "import { Boat } from './boat';\nlet a = 1;\nexport const f = (boat: Boat) => {\n\treturn !!a ? boat : a;\n};\n";

describe('printed-fix', () => {
  it('writes what Biome printed line by line', async () => {
    expect(await repair(source, CONST)).toBe(source.replace('let', 'const'));
  });

  it('writes what Biome marked within a line', async () => {
    expect(await repair(source, TYPE)).toBe(source.replace('import', 'import type'));
    expect(await repair(source, CAST)).toBe(source.replace('!!', ''));
  });

  it('writes one beside the other', async () => {
    expect(await repair(source, TYPE, CONST, CAST)).toBe(
      source.replace('import', 'import type').replace('let', 'const').replace('!!', ''),
    );
  });

  it('writes what the formatter printed, with gaps', async () => {
    const tail = '\n\n\n\nh(';
    expect(await repair(`f(a,\n  b);\ng();${tail} );\n`, FORMAT)).toBe(`f(a, b);\ng();${tail});\n`);
  });

  it('writes each of many that are alike', async () => {
    const rows = Array.from({ length: 12 }, (_, index) => index + 1);
    const reports = rows.map((line) => [
      `src/a.tsx:${line}:1 lint/style/useConst  FIXABLE  ${bar}`,
      '  × This let declares a variable that is only assigned once.',
      '  ',
      '  i Safe fix: Use const instead.',
      '  ',
      `    ${line}    │ - let·a${line}·=·1;`,
      `       ${line} │ + const·a${line}·=·1;`,
      '  ',
    ]);
    const declare = (word: string) => rows.map((line) => `${word} a${line} = 1;\n`).join('');

    expect(await repair(declare('let'), ...reports)).toBe(declare('const'));
  });

  const change = (report: readonly string[], from: string, to: string) => report.map((row) => row.replace(from, to));

  it.each([
    ['Biome does not call it safe', source, change(CONST, 'Safe fix', 'Unsafe fix')],
    ['Biome only warns', source, change(CONST, '×', '!')],
    ['the file has other lines', source.replace('let a = 1', 'let a = 2'), CONST],
    ['lines end otherwise', source.replaceAll('\n', '\r\n'), CONST],
    ['a dot is one of the file', source.replace('let a = 1', 'let a·=·1'), CONST],
    ['the fix has words that the lines have not', source, change(CONST, 'const·a·=·1', "const·a·=·require('evil')")],
    ['the fix has another value', source, change(CONST, 'const·a·=·1', 'const·a·=·2')],
    ['not all of it is printed', source, [...CONST.slice(0, -2), '  12 more lines truncated', '']],
  ])('does not where %s', async (_, text, report) => {
    expect(await repair(text, report)).toBeUndefined();
  });
});
