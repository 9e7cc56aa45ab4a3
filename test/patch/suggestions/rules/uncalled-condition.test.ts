import { describe, expect, it } from 'vitest';
import { exportedAsType } from '../../../../lib/patch/suggestions/rules/exported-as-type.js';
import { uncalledCondition } from '../../../../lib/patch/suggestions/rules/uncalled-condition.js';
import { repairWith } from '../repository.js';

describe('uncalled-condition', () => {
  const message =
    'This condition will always return true since this function is always defined. Did you mean to call it instead?';
  const repair = (declaration: string, condition = 'if (isOpen) f();', files = {}) => {
    const text = `${declaration}\n${condition}\n`;
    const column = condition.search(/isOpen|useOpen/) + 1;
    const error = { file: 'src/a.ts', line: declaration.split('\n').length + 1, column, message };
    return repairWith(uncalledCondition, error, { files: { 'src/a.ts': text, ...files } });
  };
  const called = (declaration: string) => ({ 'src/a.ts': `${declaration}\nif (isOpen()) f();\n` });

  it.each([
    'function isOpen(): boolean { return f(); }',
    'function isOpen() { return hour > 9 && !closed; }',
    'const isOpen = () => hour >= 9;',
    'const isOpen = (): boolean => f();',
  ])('calls %s', async (declaration) => {
    expect(await repair(declaration)).toEqual(called(declaration));
  });

  it('calls what is imported', async () => {
    const files = { 'src/hours.ts': 'export const isOpen = () => hour > 9;\n' };

    expect(await repair("import { isOpen } from './hours';", undefined, files)).toEqual(
      called("import { isOpen } from './hours';"),
    );
  });

  it.each([
    'function isOpen(day: string): boolean { return f(day); }',
    'async function isOpen() { return true; }',
    'const isOpen = () => f();',
    'function isOpen(): string { return "a"; }',
    "import { isOpen } from 'hours';",
    "import isOpen from './hours';",
    'function isOpen() { return true; }\nfunction g() { const isOpen = f; }',
  ])('not %s', async (declaration) => {
    expect(await repair(declaration)).toBeUndefined();
  });

  it('not a hook, and not a member', async () => {
    expect(await repair('const useOpen = () => hour > 9;', 'if (useOpen) f();')).toBeUndefined();
    expect(await repair('const pier = { isOpen: () => true };', 'if (pier.isOpen) f();')).toBeUndefined();
  });
});

describe('exported-as-type', () => {
  const message = "'Boat' cannot be used as a value because it was exported using 'export type'.";
  const user = "import { Boat } from './fleet';\n\nexport const boat = new Boat();\n";
  const repair = (fleet: string, text = user) =>
    repairWith(
      exportedAsType,
      { file: 'src/a.ts', line: 3, message },
      { files: { 'src/a.ts': text, 'src/fleet.ts': fleet } },
    );

  it.each([
    ["export type { Boat } from './boat';\n", "export { Boat } from './boat';\n"],
    ["export type { Pier, Boat } from './boat';\n", "export { type Pier, Boat } from './boat';\n"],
    ["export { Pier, type Boat } from './boat';\n", "export { Pier, Boat } from './boat';\n"],
    ["export type { Ship as Boat } from './boat';\n", "export { Ship as Boat } from './boat';\n"],
    ['class Boat {}\nexport type { Boat };\n', 'class Boat {}\nexport { Boat };\n'],
    ["import { Boat } from './boat';\nexport type { Boat };\n", "import { Boat } from './boat';\nexport { Boat };\n"],
    ["import type { Boat } from './boat';\nexport type { Boat };\n", undefined],
  ])('%j', async (before, after) => {
    expect(await repair(before)).toEqual(after && { 'src/fleet.ts': after });
  });

  it('not where another file does it', async () => {
    expect(await repair("export { Boat } from './boat';\n")).toBeUndefined();
    expect(await repair("export type { Pier } from './boat';\nexport * from './boat';\n")).toBeUndefined();
    expect(await repair("export type { Boat } from './boat';\n", user.replace('./fleet', 'fleet'))).toBeUndefined();
  });
});
