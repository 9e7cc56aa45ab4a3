import { describe, expect, it } from 'vitest';
import { lintAnswer } from '../../../../lib/patch/suggestions/rules/lint-answer.js';
import { repairWith } from '../repository.js';

/** The place is marked by `|`. */
const repair = (marked: string, message: string) => {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  const error = { file: 'a.tsx', message, line: before.length, column: (before.at(-1) ?? '').length + 1 };
  return repairWith(lintAnswer, error, { files: { 'a.tsx': marked.replace('|', '') } });
};

const UNUSED = "Unused '@ts-expect-error' directive.";
const REPEATED = 'An object literal cannot have multiple properties with the same name.';
const PROTOTYPE = "Do not access Object.prototype method 'hasOwnProperty' from target object.";
const AS_TYPES = 'All imports in the declaration are only used as types. Use `import type`.';
const SUPERTYPE = 'An interface declaring no members is equivalent to its supertype.';
const COMMENT = 'Comments inside children section of tag should be placed inside braces';

describe('lint-answer', () => {
  it.each([
    ['f();\n|// @ts-expect-error no types\ng();\n', UNUSED, 'f();\ng();\n'],
    [
      'const a = (\n  <p>\n    {|/* @ts-expect-error */}\n    <b />\n  </p>\n);\n',
      UNUSED,
      'const a = (\n  <p>\n    <b />\n  </p>\n);\n',
    ],
    ['const a = "b"|\n', 'Insert `;`', 'const a = "b";\n'],
    ['const a =|  b;\n', 'Replace `··b` with `·b`', 'const a = b;\n'],
    ['f(|a,⏎b);\n'.replace('⏎', '\n'), 'Replace `a,⏎` with `a,·`', 'f(a, b);\n'],
    ['const a = 1;| \n', 'Delete `·`', 'const a = 1;\n'],
    ['f();|;\n', 'Unnecessary semicolon.', 'f();\n'],
    ['f()|\n', 'Missing semicolon.', 'f();\n'],
    ['const a = {\n  b: 1|\n};\n', 'Missing trailing comma.', 'const a = {\n  b: 1,\n};\n'],
    ['const a = [1|,];\n', 'Unexpected trailing comma.', 'const a = [1];\n'],
    ["const a = 'b|\\-c';\n", 'Unnecessary escape character: \\-.', "const a = 'b-c';\n"],
    ['if (|!!a) f();\n', 'Redundant double negation.', 'if (a) f();\n'],
    ['export interface |A<T> extends B<T> {}\n', SUPERTYPE, 'export type A<T> = B<T>;\n'],
    [
      'const |a: number = 1;\n',
      'Type number trivially inferred from a number literal, remove type annotation.',
      'const a = 1;\n',
    ],
    [
      "const a = 'b' as |'b';\n",
      'Expected a `const` assertion instead of a literal type annotation.',
      "const a = 'b' as const;\n",
    ],
    ["if (a.|hasOwnProperty('b')) c();\n", PROTOTYPE, "if (Object.prototype.hasOwnProperty.call(a, 'b')) c();\n"],
    [
      "|import { A } from './a';\nexport const b: A = 1;\n",
      AS_TYPES,
      "import type { A } from './a';\nexport const b: A = 1;\n",
    ],
    ['const a = <p>|// TODO later</p>;\n', COMMENT, 'const a = <p>{/* TODO later */}</p>;\n'],
    ['const a = {\n  b: 1,\n  c: 2,\n  |b: 1,\n};\n', REPEATED, 'const a = {\n  b: 1,\n  c: 2,\n};\n'],
    ['const a = <p id="b" |id="b" />;\n', 'No duplicate props allowed', 'const a = <p id="b" />;\n'],
  ])('%j: %s', async (marked, message, repaired) => {
    expect(await repair(marked, message)).toEqual({ 'a.tsx': repaired });
  });

  it.each([
    ['the properties differ', 'const a = {\n  b: 1,\n  |b: 2,\n};\n', REPEATED],
    ['what is spread between may differ', 'const a = {\n  b: 1,\n  ...c,\n  |b: 1,\n};\n', REPEATED],
    ['the message would say something new', 'const a =|  b;\n', 'Replace `··b` with `·c`'],
    ['the text is another than the message says', 'const a =| b;\n', 'Replace `··b` with `·b`'],
    ['the interface is declared twice', 'interface |A extends B {}\ninterface A { c: 1 }\n', SUPERTYPE],
    ['the interface extends two', 'interface |A extends B, C {}\n', SUPERTYPE],
    ['the interface adds to one of a module', "declare module 'b' {\n  interface |A extends B {}\n}\n", SUPERTYPE],
    ['the blank is one of a text', "const a = '1|\u00a0000';\n", 'Irregular whitespace not allowed.'],
    ['a statement would import two kinds as types', "|import A, { B } from './a';\n", AS_TYPES],
    ['text stands beside the comment', 'const a = <p>|// b\n  c</p>;\n', COMMENT],
    ['the call may be left out', "if (a?.|hasOwnProperty('b')) c();\n", PROTOTYPE],
    ['the fix would not be the same', 'const a = (b: string) => b |== c;\n', "Expected '===' and instead saw '=='."],
    ['the file does not parse', 'f();|;\nconst = ;\n', 'Unnecessary semicolon.'],
  ])('has no answer where %s', async (_, marked, message) => {
    expect(await repair(marked, message)).toBeUndefined();
  });
});
