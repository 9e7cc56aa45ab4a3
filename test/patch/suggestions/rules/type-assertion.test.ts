import { describe, expect, it } from 'vitest';
import { typeAssertion } from '../../../../lib/patch/suggestions/rules/type-assertion.js';
import { repairWith } from '../repository.js';

describe('type-assertion', () => {
  const erasable = "This syntax is not allowed when 'erasableSyntaxOnly' is enabled.";
  const repair = async (line: string, message = erasable, file = 'a.ts') =>
    (
      await repairWith(
        typeAssertion,
        { file, line: 2, column: 1, message },
        { files: { [file]: `const a = JSON.parse('');\n${line}\n` } },
      )
    )?.[file]?.split('\n')[1];

  it.each([
    ['const b = <B>a;', 'const b = a as B;'],
    ['const b = <B[]>[a];', 'const b = [a] as B[];'],
    ['const b = <const>{ a };', 'const b = { a } as const;'],
    ['const b = <B<{ c: 1 }>>await f(a);', 'const b = await f(a) as B<{ c: 1 }>;'],
    ['f(<B>a);', 'f(a as B);'],
    ['(<B>a).c = 1;', '(a as B).c = 1;'],
    ['const f = () => <B>{};', 'const f = () => ({} as B);'],
    ['const b = 1 + <number>a;', 'const b = 1 + (a as number);'],
    ['b = <B>a?.c;', 'b = a?.c as B;'],
  ])('writes the type behind the value: %s', async (before, after) => {
    expect(await repair(before)).toBe(after);
  });

  it('in a module by its name, and for Node.js', async () => {
    const reserved =
      'This syntax is reserved in files with the .mts or .cts extension. Use an `as` expression instead.';
    expect(await repair('export const b = <B>a;', reserved, 'a.mts')).toBe('export const b = a as B;');
    const stripped = `SyntaxError: The angle-bracket syntax for type assertions, \`<T>expr\`, is not supported in type strip mode. Instead use the 'as' syntax: \`expr as T\`.`;
    expect(await repair('export const b = <B>a;', stripped)).toBe('export const b = a as B;');
  });

  it.each([
    ['two stand on the line', 'f(<B>a, <C>a);'],
    ['one stands in the other', 'const b = <B><unknown>a;'],
    ['a function is meant', 'const b = <B>(c: B) => c;'],
    ['it holds less tight', 'const b = <B>-a;'],
    ['a comment stands between', 'const b = </* c */ B>a;'],
    ['another thing is meant', 'namespace B {}'],
    ['the words stand in a string', "const b = '<B>a';"],
  ])('is left where %s', async (_, line) => {
    expect(await repair(line)).toBeUndefined();
  });

  it('leaves other errors alone', async () => {
    expect(await repair('const b = <B>a;', "Type 'A' is not assignable to type 'B'.")).toBeUndefined();
  });
});
