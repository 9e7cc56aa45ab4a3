import { describe, expect, it } from 'vitest';
import type { BuildError } from '../../../../lib/diagnosis/diagnosis.js';
import { erasableEnum } from '../../../../lib/patch/suggestions/rules/erasable-enum.js';
import { repairWith } from '../repository.js';

describe('erasable-enum', () => {
  const before = "export enum Level {\n  Easy = 'easy',\n  /** Ropes. */\n  Hard = 'hard',\n}\n";
  const after =
    "export const Level = {\n  Easy: 'easy',\n  /** Ropes. */\n  Hard: 'hard',\n} as const;\n\nexport type Level = (typeof Level)[keyof typeof Level];\n";
  const message = "This syntax is not allowed when 'erasableSyntaxOnly' is enabled.";
  const repair = (files: Readonly<Record<string, string>>, facts: Partial<BuildError> = {}) =>
    repairWith(
      erasableEnum,
      { file: 'src/level.ts', line: 1, column: 13, code: 'TS1294', message, ...facts },
      { files: { 'src/level.ts': before, ...files } },
    );

  it.each<[string, string, string]>([
    ['of a compiler', before, after],
    [
      'of one line, for the file alone',
      "enum Level { Easy = 'easy', 'very-hard' = 'x' }\nexport const a = 1\n",
      "const Level = { Easy: 'easy', 'very-hard': 'x' } as const\n\ntype Level = (typeof Level)[keyof typeof Level]\nexport const a = 1\n",
    ],
    ['that is inlined', before.replace('enum', 'const enum'), after],
    ['before a bracket', `${before}(function () {})()\n`, `${after}(function () {})()\n`],
    ['without semicolons', `${before}const a = 1\n`.replaceAll(';', ''), `${after}const a = 1\n`.replaceAll(';', '')],
  ])('becomes an object and a type: %s', async (_, text, repaired) => {
    expect(await repair({ 'src/level.ts': text })).toEqual({ 'src/level.ts': repaired });
  });

  it('answers Node.js, which points at the line', async () => {
    const facts = {
      tool: 'node' as const,
      message: 'SyntaxError: TypeScript enum is not supported in strip-only mode',
    };
    expect(await repair({}, facts)).toEqual({ 'src/level.ts': after });
  });

  const use = (code: string) => `import { Level } from './level';\n${code}\n`;
  it.each([
    ['a type', 'export function f(level: Level): boolean {\n  return level === Level.Easy;\n}'],
    ['a list of names', 'export { Level };'],
    ['cases', 'export function f(level: Level) {\n  switch (level) {\n    case Level.Easy:\n  }\n}'],
    ['keys', "export const names: Record<Level, string> = { [Level.Easy]: 'a', [Level.Hard]: 'b' };"],
    ['all of them', 'export const all = Object.values(Level);'],
    ['values of a known type', 'export const list: { level: Level }[] = [{ level: Level.Easy }];'],
    ['a constant', 'export const first = Level.Easy;'],
    ['a default of a known type', 'export function f({ level = Level.Easy }: { level?: Level }) {\n  return level;\n}'],
    ['a function of a known type', 'export const f = (easy: boolean): Level => (easy ? Level.Easy : Level.Hard);'],
    ['the type of a member', 'export type Easy = typeof Level.Easy | keyof typeof Level;'],
    ['a member of another object', 'export const other = models.Level.Easy;'],
  ])('is used as before: %s', async (_, code) => {
    expect(await repair({ 'src/use.ts': use(code) })).toEqual({ 'src/level.ts': after });
  });

  it('has types of its members, of files and components, behind an index too', async () => {
    const answer = await repair({
      'src/index.ts': "export { Level } from './level';\n",
      'src/use.ts':
        "import type { Level } from './index';\nexport type Rope = { level: Level.Hard; all: Level.Easy[] };\n",
      'src/Use.vue':
        '<script setup lang="ts">\nimport { Level } from \'./level\';\ndefineProps<{ level: Level.Hard }>();\n</script>\n\n<template>{{ Level.Hard }}</template>\n',
    });
    expect(answer?.['src/use.ts']).toContain('{ level: typeof Level.Hard; all: typeof Level.Easy[] }');
    expect(answer?.['src/Use.vue']).toContain('{ level: typeof Level.Hard }');
    expect(Object.keys(answer ?? {})).toHaveLength(3);
  });

  it('leaves another of the same name alone', async () => {
    const other =
      "import { Level } from './other';\nexport type Rope = { level: Level.Hard };\nexport let a = Level.Easy;\n";
    expect(await repair({ 'src/other.ts': 'export enum Level { Easy, Hard }\n', 'src/use.ts': other })).toEqual({
      'src/level.ts': after,
    });
  });

  it.each([
    ['a variable takes its type from it', 'export let level = Level.Easy;'],
    ['a field does', 'export class A {\n  level = Level.Easy;\n}'],
    ['a generic function does', 'export const level = useState(Level.Easy);'],
    ['an object does', 'export const rope = { level: Level.Easy };'],
    ['a list does', 'export const levels = [Level.Easy];'],
    ['what a function returns does', 'export function f() {\n  return Level.Easy;\n}'],
    ['a parameter does', 'export function f(level = Level.Easy) {\n  return level;\n}'],
    ['it is passed on by another name', 'export { Level as Grade };'],
    ['it is the default', 'export default Level;'],
    ['a field of an object has its name', 'export const kinds = { Level };'],
    ['a function has a parameter of the name', 'export const f = (Level: string) => Level;'],
    ['the file does not parse', 'export const = 1;'],
  ])('is left where %s', async (_, code) => {
    expect(await repair({ 'src/use.ts': use(code) })).toBeUndefined();
  });

  it.each<[string, Readonly<Record<string, string>>, Partial<BuildError>?]>([
    ['it has numbers', { 'src/level.ts': 'export enum Level {\n  Easy,\n  Hard = 2,\n}\n' }],
    ['two members are the same', { 'src/level.ts': "export enum Level { Easy = 'a', Simple = 'a' }\n" }],
    ['a value is computed', { 'src/level.ts': "export enum Level { Easy = `a`, Hard = 'b'.length }\n" }],
    ['it has none', { 'src/level.ts': 'export enum Level {}\n' }],
    ['it is declared twice', { 'src/level.ts': `${before}export enum Level { Other = 'other' }\n` }],
    ['a namespace adds to it', { 'src/level.ts': `${before}export namespace Level { export const a = 1; }\n` }],
    ['it exists elsewhere', { 'src/level.ts': "export declare enum Level { Easy = 'easy' }\n" }],
    ['another statement is meant', { 'src/level.ts': `export const a = 1;\n${before}` }],
    ['another error is', {}, { message: "Type '\"easy\"' is not assignable to type 'Level'." }],
    [
      'someone calls it otherwise',
      { 'src/a.ts': "import { Level as Grade } from './level';\nexport type A = Grade.Easy;\n" },
    ],
    [
      'someone takes the whole module',
      { 'src/a.ts': "import * as all from './level';\nexport type A = all.Level.Easy;\n" },
    ],
    ['a module passes it on by another name', { 'src/a.ts': "export { Level as Grade } from './level';\n" }],
  ])('is left where %s', async (_, files, facts) => {
    expect(await repair(files, facts)).toBeUndefined();
  });
});
