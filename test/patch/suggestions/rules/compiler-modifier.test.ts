import { describe, expect, it } from 'vitest';
import { compilerModifier } from '../../../../lib/patch/suggestions/rules/compiler-modifier.js';
import { repairWith } from '../repository.js';

describe('a word that the compiler asks for', () => {
  const override =
    "This member must have an 'override' modifier because it overrides a member in the base class 'Pier'.";
  const reexport = "Re-exporting a type when 'isolatedModules' is enabled requires using 'export type'.";
  const asValue = "'Tide' cannot be used as a value because it was imported using 'import type'.";

  it.each([
    [override, 2, 3, 'class A extends Pier {\n  moor() {}\n}\n', 'class A extends Pier {\n  override moor() {}\n}\n'],
    [
      override,
      2,
      16,
      'class A extends Pier {\n  public async moor() {}\n}\n',
      'class A extends Pier {\n  public override async moor() {}\n}\n',
    ],
    [
      override,
      2,
      12,
      'class A extends Pier {\n  readonly depth = 1;\n}\n',
      'class A extends Pier {\n  override readonly depth = 1;\n}\n',
    ],
    [reexport, 1, 10, "export { Tide } from './t';\n", "export type { Tide } from './t';\n"],
    [reexport, 1, 16, "export { high, Tide } from './t';\n", "export { high, type Tide } from './t';\n"],
    [asValue, 2, 5, "import type { Tide } from './t';\nnew Tide();\n", "import { Tide } from './t';\nnew Tide();\n"],
    [
      asValue,
      2,
      5,
      "import type { Pier, Tide } from './t';\nnew Tide();\n",
      "import { type Pier, Tide } from './t';\nnew Tide();\n",
    ],
    [
      asValue,
      2,
      5,
      "import { high, type Tide } from './t';\nnew Tide();\n",
      "import { high, Tide } from './t';\nnew Tide();\n",
    ],
  ])('%s %i:%i', async (message, line, column, text, repaired) => {
    const answer = await repairWith(
      compilerModifier,
      { file: 'a.ts', line, column, message },
      { files: { 'a.ts': text } },
    );

    expect(answer).toEqual({ 'a.ts': repaired });
  });

  it.each([
    ['no member stands there', override, 'class A extends Pier {}\nconst b = 1;\n'],
    ['the type is marked', reexport, "\nexport type { Tide } from './t';\n"],
    ['it is not imported there', asValue, '\nnew Tide();\n'],
  ])('stays where %s', async (_, message, text) => {
    const place = { line: 2, column: 10 };

    expect(
      await repairWith(compilerModifier, { file: 'a.ts', ...place, message }, { files: { 'a.ts': text } }),
    ).toBeUndefined();
  });
});
