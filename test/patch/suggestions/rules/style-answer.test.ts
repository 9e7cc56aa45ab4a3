import { describe, expect, it } from 'vitest';
import { jsxAnswer } from '../../../../lib/patch/suggestions/rules/jsx-answer.js';
import { styleAnswer } from '../../../../lib/patch/suggestions/rules/style-answer.js';
import { repairAll } from '../repository.js';

/** The place is marked by `¦`. */
const repair = (marked: string, message: string) => {
  const before = marked.slice(0, marked.indexOf('¦')).split('\n');
  const error = {
    tool: 'eslint',
    kind: 'lint' as const,
    file: 'a.tsx',
    message,
    line: before.length,
    column: (before.at(-1) ?? '').length + 1,
  };
  return repairAll([styleAnswer, jsxAnswer], [error], { files: { 'a.tsx': marked.replace('¦', '') } });
};

const VAR = 'Unexpected var, use let or const instead.';
const PROPERTY = 'Expected property shorthand.';
const METHOD = 'Expected method shorthand.';
const DEBUGGER = "Unexpected 'debugger' statement.";
const INTERFACE = 'Use an `interface` instead of a `type`.';
const TYPE = 'Use a `type` instead of an `interface`.';
const BRACKETS = "Array type using 'Array<b>' is forbidden. Use 'b[]' instead.";
const GENERIC = "Array type using 'T[]' is forbidden for non-simple types. Use 'Array<T>' instead.";
const UNNECESSARY = 'This assertion is unnecessary since it does not change the type of the expression.';
const ANY = 'Constraining the generic type `T` to `any` does nothing and is unnecessary.';
const DOT = '["b"] is better written in dot notation.';
const CONDITIONAL = 'Unnecessary use of boolean literals in conditional expression.';
const QUOTES = 'Strings must use singlequote.';
const REQUIRE = 'A `require()` style import is forbidden.';
const BLANK =
  'Using target="_blank" without rel="noreferrer" (which implies rel="noopener") is a security risk in older browsers: see https://mathiasbynens.github.io/rel-noopener/#recommendations';
const SELF = 'Empty components are self-closing';
const BRACES = 'Curly braces are unnecessary here.';
const OXLINT_RENAMED = 'Do not rename import, export, or destructured assignments to the same name';
const OXLINT_REQUIRE = 'Expected "import" statement instead of "require" call';
const OMIT = 'Value must be omitted for boolean attribute `b`';

describe('style-answer', () => {
  it.each([
    ['¦var a = 1;\nf(a);\n', VAR, 'const a = 1;\nf(a);\n'],
    ['¦var a = 1, b = 2;\na += b;\n', VAR, 'let a = 1, b = 2;\na += b;\n'],
    [
      'function f() {\n  ¦var a;\n  [a] = g();\n  return () => a;\n}\n',
      VAR,
      'function f() {\n  let a;\n  [a] = g();\n  return () => a;\n}\n',
    ],
    ['export ¦var a = 1;\n', VAR, 'export const a = 1;\n'],
    ['const a = { ¦b: b };\n', PROPERTY, 'const a = { b };\n'],
    ['const a = { ¦b: function () {} };\n', METHOD, 'const a = { b() {} };\n'],
    ['const a = { ¦b: async function* <T>(c: T) {} };\n', METHOD, 'const a = { async *b<T>(c: T) {} };\n'],
    ["import { ¦a as a } from 'b';\n", 'Import a unnecessarily renamed.', "import { a } from 'b';\n"],
    ['export { ¦a as a };\n', 'Export a unnecessarily renamed.', 'export { a };\n'],
    ['const { ¦a: a = 1 } = b;\n', 'Destructuring assignment a unnecessarily renamed.', 'const { a = 1 } = b;\n'],
    ['f();\n¦debugger;\ng();\n', DEBUGGER, 'f();\ng();\n'],
    ['export type ¦A<T> = { b: T };\n', INTERFACE, 'export interface A<T> { b: T }\n'],
    ['export interface ¦A<T> { b: T }\n', TYPE, 'export type A<T> = { b: T };\n'],
    ['type A = ¦Array<b>;\n', BRACKETS, 'type A = b[];\n'],
    [
      'type A = ¦ReadonlyArray<b | c>;\n',
      BRACKETS.replace("'Array", "'ReadonlyArray"),
      'type A = readonly (b | c)[];\n',
    ],
    ['type A = ¦(b | c)[];\n', GENERIC, 'type A = Array<b | c>;\n'],
    ['type A = ¦readonly (() => b)[];\n', GENERIC, 'type A = ReadonlyArray<() => b>;\n'],
    ['const a = ¦b as string;\n', UNNECESSARY, 'const a = b;\n'],
    ['const a = ¦b!.c;\n', UNNECESSARY, 'const a = b.c;\n'],
    ['const a = ¦b!!.c;\n', 'Forbidden extra non-null assertion.', 'const a = b!.c;\n'],
    ['function a<¦T extends any>(b: T) {}\n', ANY, 'function a<T>(b: T) {}\n'],
    ['const a = <¦T extends any>(b: T) => b;\n', ANY, 'const a = <T,>(b: T) => b;\n'],
    ["const a = { ¦['b']: 1 };\n", "Unnecessarily computed property ['b'] found.", 'const a = { b: 1 };\n'],
    ["const a = b[¦'b'];\n", DOT, 'const a = b.b;\n'],
    ["const a = b?.[¦'b'];\n", DOT, 'const a = b?.b;\n'],
    ['let ¦a = undefined;\n', "It's not necessary to initialize 'a' to undefined.", 'let a;\n'],
    ['const a = ¦b === 1 ? true : false;\n', CONDITIONAL, 'const a = b === 1;\n'],
    ['const a = ¦b.c ? true : false;\n', CONDITIONAL, 'const a = !!b.c;\n'],
    ['const a = ¦b() ? false : true;\n', CONDITIONAL, 'const a = !b();\n'],
    ['const a = ¦"b";\n', QUOTES, "const a = 'b';\n"],
    ["const a = ¦require('path');\n", REQUIRE, "import * as a from 'path';\n"],
    ["const { a, b: c } = ¦require('node:fs')\n", REQUIRE, "import { a, b as c } from 'node:fs'\n"],
    [
      'const a = ¦<a target="_blank" href={b}>c</a>;\n',
      BLANK,
      'const a = <a target="_blank" href={b} rel="noreferrer">c</a>;\n',
    ],
    [
      'const a = ¦<a target="_blank" rel="noopener" href={b}>c</a>;\n',
      BLANK,
      'const a = <a target="_blank" rel="noopener noreferrer" href={b}>c</a>;\n',
    ],
    ['const a = ¦<B c="d"></B>;\n', SELF, 'const a = <B c="d" />;\n'],
    ['const a = ¦<B>\n</B>;\n', SELF, 'const a = <B />;\n'],
    ["const a = <p b=¦{'c d'} />;\n", BRACES, 'const a = <p b="c d" />;\n'],
    ["const a = <p>¦{'b c'} <b /></p>;\n", BRACES, 'const a = <p>b c <b /></p>;\n'],
    ['const a = <p ¦b={true} />;\n', OMIT, 'const a = <p b />;\n'],
    // The same of oxlint, which points elsewhere.
    ["import { a as ¦a } from 'b';\n", OXLINT_RENAMED, "import { a } from 'b';\n"],
    ['const a = { b: ¦function () {} };\n', METHOD, 'const a = { b() {} };\n'],
    ['¦type A = { b: 1 };\n', 'Use `interface` instead of `type`.', 'interface A { b: 1 }\n'],
    ["const a = { [¦'b']: 1 };\n", "Unnecessarily computed property `'b'` found.", 'const a = { b: 1 };\n'],
    ['const a = b¦!!.c;\n', 'extra non-null assertion', 'const a = b!.c;\n'],
    ["const a = ¦require('path');\n", OXLINT_REQUIRE, "import * as a from 'path';\n"],
  ])('%j: %s', async (marked, message, repaired) => {
    expect(await repair(marked, message)).toEqual({ 'a.tsx': repaired });
  });

  it.each([
    ['the variable is used above', 'f(a);\n¦var a = 1;\n', VAR],
    ['the variable is used outside of its block', 'if (b) {\n  ¦var a = 1;\n}\nf(a);\n', VAR],
    ['the variable is declared twice', '¦var a = 1;\nvar a = 2;\n', VAR],
    ['the variable reads itself', '¦var a = a || 1;\n', VAR],
    ['the variable lives on from round to round', 'while (b) {\n  ¦var a = 1;\n  f(() => a);\n}\n', VAR],
    ['the statement is that of a loop', 'for (¦var a = 0; a < 1; a++) f(a);\n', VAR],
    ['a pattern declares several', '¦var { a } = b;\n', VAR],
    ['the names differ', 'const a = { ¦b: c };\n', PROPERTY],
    ['the function has no own this', 'const a = { ¦b: () => 1 };\n', METHOD],
    ['the function calls itself', 'const a = { ¦b: function c() { c(); } };\n', METHOD],
    ['the statement is all that a condition has', 'if (a) ¦debugger;\n', DEBUGGER],
    ['the type is no object', 'type ¦A = { b: 1 } | { c: 1 };\n', INTERFACE],
    ['the interface is declared twice', 'interface ¦A { b: 1 }\ninterface A { c: 1 }\n', TYPE],
    ['the interface extends another', 'interface ¦A extends B { b: 1 }\n', TYPE],
    [
      'the interface adds to one of the whole program',
      'declare global {\n  interface ¦A { b: 1 }\n}\nexport {};\n',
      TYPE,
    ],
    ['readonly would be of the outer list', 'type A = ¦ReadonlyArray<b>[];\n', BRACKETS],
    ['two assertions begin there', 'const a = ¦b!.c!;\n', UNNECESSARY],
    ['the key is no name', "const a = { ¦['b-c']: 1 };\n", "Unnecessarily computed property ['b-c'] found."],
    [
      'the key is the prototype',
      "const a = { ¦['__proto__']: 1 };\n",
      "Unnecessarily computed property ['__proto__'] found.",
    ],
    ['the values are turned round', 'const a = ¦b === 1 ? false : true;\n', CONDITIONAL],
    ['the test is of several parts', 'const a = ¦b || c ? true : false;\n', CONDITIONAL],
    ['the text holds a quote', 'const a = ¦"b\'s";\n', QUOTES],
    ['a package is required', "const a = ¦require('left-pad');\n", REQUIRE],
    ['the module is a function', "const a = ¦require('assert');\n", REQUIRE],
    ['the file exports by module.exports', "const a = ¦require('path');\nmodule.exports = a;\n", REQUIRE],
    ['the module is loaded in a function', "function a() {\n  const b = ¦require('path');\n}\n", REQUIRE],
    ['what is spread may hold rel', 'const a = ¦<a target="_blank" {...b}>c</a>;\n', BLANK],
    ['rel is computed', 'const a = ¦<a target="_blank" rel={b}>c</a>;\n', BLANK],
    ['the element holds something', 'const a = ¦<B>{c}</B>;\n', SELF],
    ['the attribute holds a quote', 'const a = <p b=¦{\'c "d"\'} />;\n', BRACES],
    ['the text begins with a blank', "const a = <p>¦{' b'}</p>;\n", BRACES],
    ['the text would join that of the next line', "const a = (\n  <p>\n    ¦{'b'}\n    c\n  </p>\n);\n", BRACES],
    ['the attribute is false', 'const a = <p ¦b={false} />;\n', OMIT],
  ])('has no answer where %s', async (_, marked, message) => {
    expect(await repair(marked, message)).toBeUndefined();
  });
});
