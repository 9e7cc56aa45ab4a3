import { describe, expect, it } from 'vitest';
import { duplicateDeclaration } from '../../../../lib/patch/suggestions/rules/duplicate-declaration.js';
import { enginesRange } from '../../../../lib/patch/suggestions/rules/engines-range.js';
import { jsonSyntax } from '../../../../lib/patch/suggestions/rules/json-syntax.js';
import { mergeMarkers } from '../../../../lib/patch/suggestions/rules/merge-markers.js';
import { typeOnlyImport } from '../../../../lib/patch/suggestions/rules/type-only-import.js';
import { valueSpelling } from '../../../../lib/patch/suggestions/rules/value-spelling.js';
import { repairWith } from '../repository.js';

describe('JSON that is not', () => {
  it.each([
    ['a.json', '[\n  { "a": 1 },\n]\n', '[\n  { "a": 1 }\n]\n'],
    ['a.json', '{\n  // all\n  "a": 1, /* b */\n  "b": "// 2",\n}\n', '{\n  "a": 1,\n  "b": "// 2"\n}\n'],
    ['a.json', '{\r\n  "a": { "b": 1 }\r\n  "c": [1]\r\n}\r\n', '{\r\n  "a": { "b": 1 },\r\n  "c": [1]\r\n}\r\n'],
    ['a.json', "{ a: 1, 'b': 'c', \"d-e\": 'it is' }\n", '{ "a": 1, "b": "c", "d-e": "it is" }\n'],
    ['a.json', '{\n  "a" "b",\n  "c": 1\n}\n', '{\n  "a": "b",\n  "c": 1\n}\n'],
    ['a.json', '{\n  "a": "b c,\n  "d": "e\n}\n', '{\n  "a": "b c",\n  "d": "e"\n}\n'],
    ['a.json', '[\n  { "a": [1, 2 },\n  { "a": [] }\n]\n', '[\n  { "a": [1, 2] },\n  { "a": [] }\n]\n'],
    [
      'a.json',
      '{\n  "a": [\n    { "b": 1 },\n    {\n      "b": 2\n  ]\n}\n',
      '{\n  "a": [\n    { "b": 1 },\n    {\n      "b": 2\n    }\n  ]\n}\n',
    ],
    [
      'package.json',
      '{\n  "version": "1.0.0"\n  "private": true\n}\n',
      '{\n  "version": "1.0.0",\n  "private": true\n}\n',
    ],
  ])('%s: %j', async (file, broken, repaired) => {
    const answer = await repairWith(
      jsonSyntax,
      { kind: 'json', message: 'is not valid JSON', file },
      { files: { [file]: broken } },
    );

    expect(answer).toEqual({ [file]: repaired });
  });

  it('leaves what the file may hold', async () => {
    const answer = await repairWith(
      jsonSyntax,
      { kind: 'json', message: "',' expected.", file: 'tsconfig.json' },
      { files: { 'tsconfig.json': '{\n  // strict\n  "a": true\n  "b": 1,\n}\n' } },
    );

    expect(answer).toEqual({ 'tsconfig.json': '{\n  // strict\n  "a": true,\n  "b": 1,\n}\n' });
  });

  it.each([
    ['a value that is missing', '{ "a": , "b": 1 }\n'],
    ['an element that is missing', '[1,,2]\n'],
    ['two numbers side by side', '{ "a": 1 2 }\n'],
    ['an end that is missing', '{ "a": { "b": 1 }\n'],
    ['single quotes around a quote', "{ 'a': 'the \\\"b\\\"' }\n"],
    ['a text that may hold its bracket', '{\n  "a": ["x, y],\n  "b": 1\n}\n'],
    ['a bracket that is lost above', '[\n  {\n    "a": {\n      "x": 1,\n    "b": 2\n  }\n]\n'],
    ['the other bracket', '{ "a": [1, 2}\n  }\n'],
    ['a quote that is lost within a line', '[\n  { "a": "b, "c": 1 },\n  { "a": 2 }\n]\n'],
    ['a word that is no value', '{ "a": True }\n'],
    ['an empty file', ''],
    ['merge markers', '<<<<<<< HEAD\n{}\n=======\n[]\n>>>>>>> b\n'],
  ])('answers nothing for %s', async (_, broken) => {
    const answer = await repairWith(
      jsonSyntax,
      { kind: 'json', message: 'is not valid JSON', file: 'a.json' },
      { files: { 'a.json': broken } },
    );

    expect(answer).toBeUndefined();
  });
});

describe('merge markers', () => {
  const conflict = (ours: string, theirs: string, base?: string, rest = 'use(b);\n') =>
    `const a = 1;\n<<<<<<< HEAD\n${ours}${base === undefined ? '' : `||||||| 1234567\n${base}`}=======\n${theirs}>>>>>>> feature/b\n${rest}`;
  const error = { kind: 'syntax' as const, message: 'Merge conflict marker encountered.', file: 'a.ts' };

  it.each([
    ['both sides the same', conflict('const b = 2;\n', 'const b = 2;\n'), 'const b = 2;\n'],
    ['nothing on one side', conflict('', 'const b = 2;\n'), 'const b = 2;\n'],
    ['nothing on the other', conflict('const b = 2;\n', '\n'), 'const b = 2;\n'],
    ['one side as the ancestor', conflict('const b = 2;\n', 'const b = 1;\n', 'const b = 1;\n'), 'const b = 2;\n'],
  ])('%s', async (_, broken, kept) => {
    const answer = await repairWith(mergeMarkers, error, { files: { 'a.ts': broken } });

    expect(answer).toEqual({ 'a.ts': `const a = 1;\n${kept}use(b);\n` });
  });

  it.each(['<<<<<<< HEAD', '>>>>>>> feature/b'])('somebody chose and left %s', async (left) => {
    const answer = await repairWith(mergeMarkers, error, {
      files: { 'a.ts': `const a = 1;\n${left}\nconst c = 3;\n` },
    });

    expect(answer).toEqual({ 'a.ts': 'const a = 1;\nconst c = 3;\n' });
  });

  it.each([
    [
      'nothing needs what one side took out or the other put in',
      conflict('', "import { b } from './b';\n", undefined, 'use(a);\n'),
    ],
    ['one side does something that the other does not', conflict('', "track('a');\n")],
    ['the rest has it otherwise', conflict('', 'let b = 2;\n', undefined, 'function f(b) {\n  use(b);\n}\n')],
    ['the sides differ', conflict('const b = 2;\n', 'const b = 3;\n')],
    ['one of two conflicts leaves a choice', conflict('', 'const b = 2;\n') + conflict('let d;\n', 'let e;\n')],
    ['two markers are left', 'const a = 1;\n=======\nconst b = 2;\n>>>>>>> feature/b\n'],
    ['the line between the sides is left', 'const a = 1;\n=======\nconst b = 2;\n'],
    ['the end marker is missing', 'const a = 1;\n<<<<<<< HEAD\n=======\nconst b = 2;\n'],
    ['the markers are text', 'const a = `\n <<<<<<< HEAD\n`;\nconst = 1;\n'],
  ])('answers nothing when %s', async (_, broken) => {
    const answer = await repairWith(mergeMarkers, error, { files: { 'a.ts': broken } });

    expect(answer).toBeUndefined();
  });
});

describe('engines', () => {
  const message =
    'Node.js Version "14.x" is discontinued and must be upgraded. Please set "engines": { "node": "24.x" } in your `package.json` file to use Node.js 24.';

  it('takes the version that the builder states', async () => {
    const answer = await repairWith(
      enginesRange,
      { kind: 'engine', message },
      { files: { 'web/package.json': '{ "engines": { "npm": "9", "node": "14.x" } }\n' }, rootDirectory: 'web' },
    );

    expect(answer).toEqual({ 'web/package.json': '{ "engines": { "npm": "9", "node": "24.x" } }\n' });
  });

  it('overrules the settings of the project, as the builder asks of them', async () => {
    const words =
      'Node.js Version "16.x" is discontinued and must be upgraded. Please set Node.js Version to 24.x in your Project Settings to use Node.js 24.';
    const repair = (text: string) =>
      repairWith(
        enginesRange,
        { kind: 'engine', message: words },
        { files: { 'web/package.json': text }, rootDirectory: 'web' },
      );

    expect(await repair('{\n  "name": "web",\n  "private": true\n}\n')).toEqual({
      'web/package.json': '{\n  "name": "web",\n  "private": true,\n  "engines": { "node": "24.x" }\n}\n',
    });
    expect(await repair('{\n  "engines": { "npm": "10" }\n}\n')).toEqual({
      'web/package.json': '{\n  "engines": { "npm": "10", "node": "24.x" }\n}\n',
    });
    expect(await repair('{ "engines": { "node": "22.x" } }\n')).toBeUndefined();
  });

  it.each([
    ['the repository names no version', '{}\n', message],
    ['the message states none', '{ "engines": { "node": "14.x" } }\n', 'Found invalid Node.js Version: "14.x".'],
  ])('answers nothing when %s', async (_, text, words) => {
    const answer = await repairWith(
      enginesRange,
      { kind: 'engine', message: words },
      { files: { 'package.json': text } },
    );

    expect(answer).toBeUndefined();
  });
});

describe('a value that is not allowed', () => {
  const zod = "flour: Invalid enum value. Expected 'wheat' | 'rye' | 'spelt', received 'spelts'";

  it.each([
    ['a.md', zod, '---\ntitle: spelts\nflour: spelts\n---\nspelts\n', 3, 'flour: spelts', 'flour: spelt'],
    [
      'b.md',
      'flour: flour: Invalid option: expected one of "wheat"|"rye"|"spelt"',
      '---\ntitle: spelts\nflour: spelts\n---\nspelts\n',
      3,
      'flour: spelts',
      'flour: spelt',
    ],
    ['a.yaml', zod, 'flour: "spelts" # yes\n', undefined, '"spelts"', '"spelt"'],
    [
      'a.ts',
      `Type '"centre"' is not assignable to type '"left" | "center"'. Did you mean '"center"'?`,
      "f({ align: 'centre', title: 'centres' });\n",
      1,
      "'centre'",
      "'center'",
    ],
  ])('%s', async (file, message, broken, line, wrong, right) => {
    const answer = await repairWith(
      valueSpelling,
      { message, file, ...(line && { line }) },
      { files: { [file]: broken } },
    );

    expect(answer).toEqual({ [file]: broken.replace(wrong, right) });
  });

  it.each([
    ['two values are near', "Expected 'spelt' | 'spelte', received 'spelts'", 'flour: spelts\n'],
    ['none is near', "Expected 'wheat' | 'rye', received 'spelts'", 'flour: spelts\n'],
    ['the value stands twice', zod, 'flour: spelts\nother: spelts\n'],
    ['the value is part of a text', zod, 'flour: spelts and rye\n'],
  ])('answers nothing when %s', async (_, message, broken) => {
    const answer = await repairWith(valueSpelling, { message, file: 'a.yaml' }, { files: { 'a.yaml': broken } });

    expect(answer).toBeUndefined();
  });
});

describe('the same statement twice', () => {
  const error = { kind: 'syntax' as const, message: 'the name `f` is defined multiple times', file: 'a.ts' };

  it.each([
    [
      'export function f() {\n  return 1;\n}\n\nexport const g = 2;\n\nexport function f() {\n  return 1;\n}\n',
      'export function f() {\n  return 1;\n}\n\nexport const g = 2;\n',
    ],
    ["import { f } from './f';\nimport { f } from './f';\n\nf();\n", "import { f } from './f';\n\nf();\n"],
    [
      'export function g() {\n  const f = h();\n  const k = 1;\n  const f = h();\n  return f + k;\n}\n',
      'export function g() {\n  const f = h();\n  const k = 1;\n  return f + k;\n}\n',
    ],
  ])('%j', async (broken, repaired) => {
    const answer = await repairWith(duplicateDeclaration, error, { files: { 'a.ts': broken } });

    expect(answer).toEqual({ 'a.ts': repaired });
  });

  it.each([
    ['they differ', 'export function f() {\n  return 1;\n}\nexport function f() {\n  return 2;\n}\n'],
    ['they stand in different blocks', 'if (a) {\n  const f = 1;\n} else {\n  const f = 1;\n}\n'],
    ['a call repeats, not a declaration', 'f();\nf();\nconst f = 1;\nconst f = 2;\n'],
  ])('answers nothing when %s', async (_, broken) => {
    const answer = await repairWith(duplicateDeclaration, error, { files: { 'a.ts': broken } });

    expect(answer).toBeUndefined();
  });
});

describe('a type imported as a value', () => {
  const error = {
    code: 'TS1484',
    message: "'Berth' is a type and must be imported using a type-only import when 'verbatimModuleSyntax' is enabled.",
    file: 'a.ts',
  };

  it.each([
    ["import { Berth } from './b';\n", "import type { Berth } from './b';\n"],
    ["import { all, Berth as B, Berth } from './b';\n", "import { all, Berth as B, type Berth } from './b';\n"],
    ["import Berth from './b';\n", "import type Berth from './b';\n"],
  ])('%j', async (broken, repaired) => {
    const answer = await repairWith(typeOnlyImport, error, { files: { 'a.ts': broken } });

    expect(answer).toEqual({ 'a.ts': repaired });
  });

  it('where all that is imported are types, the import is', async () => {
    const files = {
      'a.ts': "import { Berth, Pier } from './b';\n",
      'b.ts': 'export interface Berth {}\nexport type Pier = Berth;\nexport const all = 1;\n',
    };

    expect(await repairWith(typeOnlyImport, error, { files })).toEqual({
      'a.ts': "import type { Berth, Pier } from './b';\n",
    });
    const mixed = { ...files, 'a.ts': "import { all, Berth } from './b';\n" };
    expect(await repairWith(typeOnlyImport, error, { files: mixed })).toEqual({
      'a.ts': "import { all, type Berth } from './b';\n",
    });
  });

  it.each([
    ['it is imported so already', "import type { Berth } from './b';\n"],
    ['it comes with names beside it', "import Berth, { all } from './b';\n"],
    ['it is not imported', 'type Berth = 1;\n'],
  ])('answers nothing when %s', async (_, broken) => {
    const answer = await repairWith(typeOnlyImport, error, { files: { 'a.ts': broken } });

    expect(answer).toBeUndefined();
  });
});
