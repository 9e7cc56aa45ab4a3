import { describe, expect, it } from 'vitest';
import { compilerAnswer } from '../../../../lib/patch/suggestions/rules/compiler-answer.js';
import { repairWith } from '../repository.js';

/** The place is marked by `¦`. */
const repair = (marked: string, message: string, file = 'a.tsx') => {
  const before = marked.slice(0, marked.indexOf('¦')).split('\n');
  const error = { file, message, line: before.length, column: (before.at(-1) ?? '').length + 1 };
  return repairWith(compilerAnswer, error, { files: { [file]: marked.replace('¦', '') } });
};

const NEW = (type: string) => `Value of type '${type}' is not callable. Did you mean to include 'new'?`;
const TYPEOF = "'kinds' refers to a value, but is being used as a type here. Did you mean 'typeof kinds'?";
const INDEX =
  "Cannot access 'Pier.name' because 'Pier' is a type, but not a namespace. Did you mean to retrieve the type of the property 'name' in 'Pier' with 'Pier[\"name\"]'?";
const PROMISE =
  "The return type of an async function or method must be the global Promise<T> type. Did you mean to write 'Promise<number>'?";
const OVERWRITTEN = "'id' is specified more than once, so this usage will be overwritten.";
const UNREACHABLE = 'Right operand of ?? is unreachable because the left operand is never nullish.';
const LOGICAL = (from: string, to: string) =>
  `The '${from}' operator is not allowed for boolean types. Consider using '${to}' instead.`;
const COUNT = 'Expected 1 arguments, but got 0.';
const VOID = `${COUNT} Did you forget to include 'void' in your type argument to 'Promise'?`;
const OPTIONAL = 'Parameter cannot have question mark and initializer.';
const ORDER = (first: string, second: string) => `'${first}' modifier must precede '${second}' modifier.`;
const CONST = "'const' declarations must be initialized.";
const REACT = "import React, { useRef } from 'react';\n";

describe('compiler-answer', () => {
  it.each([
    ['const a = ¦Boat();\n', NEW('typeof Boat'), 'const a = new Boat();\n'],
    ['const a = ¦Map<string, number>();\n', NEW('MapConstructor'), 'const a = new Map<string, number>();\n'],
    ['const a = ¦fleet.Boat().name();\n', NEW('typeof Boat'), 'const a = new fleet.Boat().name();\n'],
    ['type A = keyof ¦kinds;\n', TYPEOF, 'type A = keyof typeof kinds;\n'],
    ['type A = ReturnType<¦kinds>;\n', TYPEOF, 'type A = ReturnType<typeof kinds>;\n'],
    ['type A = z.infer<¦kinds>;\n', TYPEOF, 'type A = z.infer<typeof kinds>;\n'],
    ['type A = ¦kinds[number];\n', TYPEOF, 'type A = (typeof kinds)[number];\n'],
    ["type A = 'b' | ¦Pier.name;\n", INDEX, "type A = 'b' | Pier['name'];\n"],
    ['import "x";\ntype A = ¦Pier.name;\n', INDEX, 'import "x";\ntype A = Pier["name"];\n'],
    ['async function a(): ¦number {}\n', PROMISE, 'async function a(): Promise<number> {}\n'],
    ['const a = async (): ¦Boat[] => [];\n', PROMISE, 'const a = async (): Promise<Boat[]> => [];\n'],
    ['class A {\n  async b(): ¦number {}\n}\n', PROMISE, 'class A {\n  async b(): Promise<number> {}\n}\n'],
    ['const a = { ¦id: 1, b: 2, ...c };\n', OVERWRITTEN, 'const a = { b: 2, ...c };\n'],
    ['const a = <p ¦id="b" {...c} />;\n', OVERWRITTEN, 'const a = <p {...c} />;\n'],
    ["const a = ¦`b` ?? 'c';\n", UNREACHABLE, 'const a = `b`;\n'],
    ['const a = ¦b | c;\n', LOGICAL('|', '||'), 'const a = b || c;\n'],
    ['if ((¦b | c.d) && e) f();\n', LOGICAL('|', '||'), 'if ((b || c.d) && e) f();\n'],
    ['¦a &= b;\n', LOGICAL('&=', '&&'), 'a &&= b;\n'],
    [
      'await new Promise((done) => { if (a) ¦done(); });\n',
      VOID,
      'await new Promise<void>((done) => { if (a) done(); });\n',
    ],
    [
      'const a = () => new Promise((done) => ¦done());\n',
      VOID,
      'const a = () => new Promise<void>((done) => done());\n',
    ],
    [`${REACT}const a = ¦useRef<number>();\n`, COUNT, `${REACT}const a = useRef<number>(undefined);\n`],
    [`${REACT}const a = React.¦useRef();\n`, COUNT, `${REACT}const a = React.useRef(undefined);\n`],
    [
      `${REACT}const a = ¦useRef<HTMLElement>();\nconst b = <p ref={a} />;\n`,
      COUNT,
      `${REACT}const a = useRef<HTMLElement>(null);\nconst b = <p ref={a} />;\n`,
    ],
    [
      `${REACT}const a = useRef<number>();\nconst b = ¦useRef<string>();\n`,
      COUNT,
      `${REACT}const a = useRef<number>(undefined);\nconst b = useRef<string>(undefined);\n`,
    ],
    ['const a = (¦b?: number = 1) => b;\n', OPTIONAL, 'const a = (b: number = 1) => b;\n'],
    [
      'class A {\n  readonly ¦private b = 1;\n}\n',
      ORDER('private', 'readonly'),
      'class A {\n  private readonly b = 1;\n}\n',
    ],
    [
      'class A {\n  static async ¦public b() {}\n}\n',
      ORDER('public', 'static'),
      'class A {\n  public static async b() {}\n}\n',
    ],
    ['const ¦a: number;\nif (b) a = 1;\nelse a = 2;\n', CONST, 'let a: number;\nif (b) a = 1;\nelse a = 2;\n'],
    ['const ¦a;\na = 1;\n', 'The constant "a" must be initialized', 'let a;\na = 1;\n'],
  ])('%j: %s', async (marked, message, repaired) => {
    expect(await repair(marked, message)).toEqual({ 'a.tsx': repaired });
  });

  it('answers in the script of a component', async () => {
    const component = (body: string) => `<script setup lang="ts">\n${body}\n</script>\n\n<template><p /></template>\n`;

    expect(await repair(component('const a = ¦Boat();'), NEW('typeof Boat'), 'a.vue')).toEqual({
      'a.vue': component('const a = new Boat();'),
    });
  });

  it.each([
    ['another thing is called', 'const a = ¦list();\n', NEW('typeof Boat')],
    ['the class comes out of a list', 'const a = ¦list[0]();\n', NEW('typeof Boat')],
    ['the class may be a component', 'const a = <p>{¦Boat()}</p>;\n', NEW('typeof Boat')],
    ['the class may be meant as a decorator', '@¦Boat()\nclass A {}\n', NEW('typeof Boat')],
    ['one of the values may be meant', 'const a = (b: ¦kinds) => b;\n', TYPEOF],
    ['a list may hold one of the values', 'type A = Array<¦kinds>;\n', TYPEOF],
    ['the name goes on', 'type A = ¦Pier.name.first;\n', INDEX],
    ['a promise of another name is declared', 'async function a(): ¦LazyPromise<number> {}\n', PROMISE],
    ['the value does something', 'const a = { ¦id: next(), ...c };\n', OVERWRITTEN],
    ['a remark stands between', 'const a = { ¦id: 1, /* of c */ ...c };\n', OVERWRITTEN],
    ['parentheses may be missing', 'const a = ¦b + c ?? d;\n', UNREACHABLE],
    ['the negation may be of both', 'const a = ¦!b ?? c;\n', UNREACHABLE],
    ['the right side does something', 'const a = ¦b | next();\n', LOGICAL('|', '||')],
    ['the new operator would bind otherwise', 'const a = ¦b | c && d;\n', LOGICAL('|', '||')],
    ['no operator assigns in the way', 'let a = b;\n¦a ^= c;\n', LOGICAL('^=', '!==')],
    ['the promise has a type', 'await new Promise<string>((done) => ¦done());\n', VOID],
    ['the promise gets a value as well', 'await new Promise((done) => { if (a) ¦done(); else done(1); });\n', VOID],
    [
      'something else is asked of the promise',
      'const a: () => Promise<string> = () => new Promise((done) => ¦done());\n',
      VOID,
    ],
    ['another function lacks its argument', `${REACT}const a = ¦useBoat();\n`, COUNT],
    ['the hook is not of React', "import { useRef } from './own';\nconst a = ¦useRef();\n", COUNT],
    ['two parameters are so', 'const a = (¦b?: number = 1, c?: number = 2) => b;\n', OPTIONAL],
    ['the other modifier stands elsewhere', 'class A {\n  ¦private b = 1;\n}\n', ORDER('private', 'readonly')],
    ['nothing is ever assigned', 'const ¦a: number;\nf(a);\n', CONST],
    ['two are called so', 'const ¦a: number;\na = 1;\nfunction f() {\n  let a = 2;\n}\n', CONST],
    ['the statement declares two', 'const ¦a: number, b = 1;\na = 2;\n', CONST],
  ])('has no answer where %s', async (_, marked, message) => {
    expect(await repair(marked, message)).toBeUndefined();
  });
});

it('keeps what stands for something that may be missing in a text', async () => {
  expect(await repair(`const a = ¦\`$\{name}\` ?? 'Guest';\n`, UNREACHABLE)).toBeUndefined();
  expect(await repair("const a = ¦`none` ?? 'Guest';\n", UNREACHABLE)).toEqual({ 'a.tsx': 'const a = `none`;\n' });
});

it('keeps a property that the diff has just set', async () => {
  const text = "const a = { id: '1', ...b };\n";
  const error = { file: 'a.tsx', message: OVERWRITTEN, line: 1, column: 13 };
  const changes = [
    { path: 'a.tsx', status: 'modified' as const, hunks: `@@ -1 +1 @@\n-const a = { ...b };\n+${text.trimEnd()}` },
  ];

  expect(await repairWith(compilerAnswer, error, { files: { 'a.tsx': text } })).toBeDefined();
  expect(await repairWith(compilerAnswer, error, { files: { 'a.tsx': text }, changes })).toBeUndefined();
});
