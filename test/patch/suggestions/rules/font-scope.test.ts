import { describe, expect, it } from 'vitest';
import { fontScope } from '../../../../lib/patch/suggestions/rules/font-scope.js';
import { repairWith } from '../repository.js';

const CONST = 'Font loader calls must be assigned to a const';
const SCOPE = 'Font loaders must be called and assigned to a const in the module scope';
const repair = async (text: string, message: string, line: number) =>
  (await repairWith(fontScope, { file: 'a.tsx', message, line }, { files: { 'a.tsx': text } }))?.['a.tsx'];
const head = "import { Inter } from 'next/font/google';\n\n";
const page = (body: string) =>
  `${head}export function Page() {\n${body}  return <p className={inter.className} />;\n}\n`;

describe('font-scope', () => {
  it('declares a constant', async () => {
    expect(await repair(`${head}let inter = Inter();\n`, CONST, 3)).toBe(`${head}const inter = Inter();\n`);
    expect(await repair(`${head}let inter = Inter();\ninter = other();\n`, CONST, 3)).toBeUndefined();
    expect(await repair(`${head}let inter = other();\n`, CONST, 3)).toBeUndefined();
  });

  it('moves the constant out of the function', async () => {
    const text = page("  const inter = Inter({\n    subsets: ['latin'],\n  });\n\n");
    expect(await repair(text, SCOPE, 4)).toBe(
      `import { Inter } from 'next/font/google';\n\nconst inter = Inter({\n  subsets: ['latin'],\n});\n\nexport function Page() {\n  return <p className={inter.className} />;\n}\n`,
    );
  });

  it.each([
    ['what asks for a parameter', page('  const inter = Inter({ weight });\n')],
    ['a name twice', `${page('  const inter = Inter();\n')}const inter = 1;\n`],
    ['a variable', page('  let inter = Inter();\n')],
  ])('leaves %s', async (_, text) => {
    expect(await repair(text, SCOPE, 4)).toBeUndefined();
  });
});
