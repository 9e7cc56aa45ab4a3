import { describe, expect, it } from 'vitest';
import { parameterProperty } from '../../../../lib/patch/suggestions/rules/parameter-property.js';
import { repairWith } from '../repository.js';

const message = "This syntax is not allowed when 'erasableSyntaxOnly' is enabled.";
const repair = async (text: string) => {
  const before = text.slice(0, text.search(/(?:private|public|readonly)\s/)).split('\n');
  const place = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  return (await repairWith(parameterProperty, { file: 'a.ts', message, ...place }, { files: { 'a.ts': text } }))?.[
    'a.ts'
  ];
};

describe('parameter-property', () => {
  it('is written out', async () => {
    expect(
      await repair(
        'class Dock {\n  constructor(private readonly name: string, depth: number, public size: number = 3) {}\n}\n',
      ),
    ).toBe(
      'class Dock {\n  private readonly name: string;\n  public size: number;\n\n  constructor(name: string, depth: number, size: number = 3) {\n    this.name = name;\n    this.size = size;\n  }\n}\n',
    );
    expect(await repair('class Dock {\n  constructor(readonly name: string) {\n    open(name);\n  }\n}\n')).toBe(
      'class Dock {\n  readonly name: string;\n\n  constructor(name: string) {\n    this.name = name;\n    open(name);\n  }\n}\n',
    );
  });

  it('is written out below what has its comment elsewhere', async () => {
    expect(await repair('/* Docks */\n// all\nclass Dock {\n  constructor(public size: number) {}\n}\n')).toBe(
      '/* Docks */\n// all\nclass Dock {\n  public size: number;\n\n  constructor(size: number) {\n    this.size = size;\n  }\n}\n',
    );
  });

  it('is assigned behind the call of the class above', async () => {
    expect(
      await repair(
        'class Dock extends Place {\n  constructor(public size: number, name: string) {\n    super(name);\n    open(size);\n  }\n}\n',
      ),
    ).toBe(
      'class Dock extends Place {\n  public size: number;\n\n  constructor(size: number, name: string) {\n    super(name);\n    this.size = size;\n    open(size);\n  }\n}\n',
    );
  });

  it.each([
    ['without a type', 'class Dock {\n  constructor(public size = 3) {}\n}\n'],
    [
      'of a class that calls the one above it later',
      'class Dock extends Place {\n  constructor(public size: number) {\n    open(size);\n    super();\n  }\n}\n',
    ],
    [
      'beside members that are made first',
      'class Dock {\n  a = this.size;\n  constructor(public size: number) {}\n}\n',
    ],
    [
      'below a comment for the next line',
      'class Dock {\n  // eslint-disable-next-line no-useless-constructor\n  constructor(public size: number) {}\n}\n',
    ],
    ['beside accessors', 'class Dock {\n  accessor a = this.size;\n  constructor(public size: number) {}\n}\n'],
    ['with a decorator', 'class Dock {\n  constructor(@Inject() private a: A) {}\n}\n'],
    ['an enumeration', 'export enum A {\n  private = 1,\n}\n'],
  ])('is left %s', async (_, text) => {
    expect(await repair(text)).toBeUndefined();
  });
});
