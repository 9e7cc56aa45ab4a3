import { describe, expect, it } from 'vitest';
import { keywordAsName } from '../../../../lib/patch/suggestions/rules/keyword-as-name.js';
import { keywordSpelling } from '../../../../lib/patch/suggestions/rules/keyword-spelling.js';
import { repairWith } from '../repository.js';

const page = (head: string) =>
  `import Link from 'next/link';\n\n${head} Page() {\n  return <Link href="/">Home</Link>;\n}\n`;

describe('a misspelt keyword', () => {
  it.each([
    ['expot default function', 'export default function'],
    ['export defualt function', 'export default function'],
    ['export default fucntion', 'export default function'],
    ['exprot default function', 'export default function'],
    ['export default asnyc function', 'export default async function'],
  ])('%s', async (broken, repaired) => {
    const files = await repairWith(
      keywordSpelling,
      { tool: 'swc', kind: 'syntax', message: "Expected ';', '}' or <eof>", file: 'app/page.tsx', line: 3, column: 1 },
      { files: { 'app/page.tsx': page(broken) } },
    );

    expect(files).toEqual({ 'app/page.tsx': page(repaired) });
  });

  it.each([
    ['a.ts', 'cosnt total = 1;\n', 'const total = 1;\n'],
    ['a.ts', "improt { total } from './b';\n", "import { total } from './b';\n"],
    ['a.ts', 'inteface Berth {\n  id: string;\n}\n', 'interface Berth {\n  id: string;\n}\n'],
    ['a.ts', 'function f(a: number) {\n  retrun a;\n}\n', 'function f(a: number) {\n  return a;\n}\n'],
    ['a.ts', 'if (a) {\n  b();\n} esle {\n  c();\n}\n', 'if (a) {\n  b();\n} else {\n  c();\n}\n'],
    ['a.ts', 'class A extneds B {}\r\n', 'class A extends B {}\r\n'],
    [
      'a.vue',
      '<script setup lang="ts">\ncosnt a = 1;\n</script>\n',
      '<script setup lang="ts">\nconst a = 1;\n</script>\n',
    ],
    ['a.astro', '---\nimprot A from "./A.astro";\n---\n<A />\n', '---\nimport A from "./A.astro";\n---\n<A />\n'],
  ])('in %s: %j', async (path, broken, repaired) => {
    const files = await repairWith(
      keywordSpelling,
      { kind: 'syntax', message: 'Unexpected token', file: path },
      { files: { [path]: broken } },
    );

    expect(files).toEqual({ [path]: repaired });
  });

  it.each([
    ['a word that is no keyword', 'total total = 1;\n'],
    ['two keywords that both parse', 'lef a = 1;\nvad b = 2\n'],
    ['a file with a second fault', 'cosnt a = 1;\nconst b = ;\n'],
    ['a missing brace', 'function f() {\n  return 1;\n'],
    ['a misspelling inside a string only', "const a = 'expot' 1;\n"],
    ['a misspelling inside a comment only', '// cosnt\nconst a = (1;\n'],
    ['a file that parses', 'const expot = 1;\n'],
  ])('answers nothing for %s', async (_, broken) => {
    const files = await repairWith(
      keywordSpelling,
      { kind: 'syntax', message: 'Unexpected token', file: 'a.ts', line: 1 },
      { files: { 'a.ts': broken } },
    );

    expect(files).toBeUndefined();
  });
});

describe('a misspelt keyword that parses', () => {
  const error = (name: string, line: number) => ({
    code: 'TS2304',
    message: `Cannot find name '${name}'.`,
    file: 'a.ts',
    line,
  });

  it.each([
    ['retrun', 'function f() {\n  retrun `a`;\n}\n', 'function f() {\n  return `a`;\n}\n'],
    ['retrun', 'function f() {\n  retrun (\n    1\n  );\n}\n', 'function f() {\n  return (\n    1\n  );\n}\n'],
    ['flase', 'const a =\n  flase;\n', 'const a =\n  false;\n'],
  ])('%s in %j', async (name, broken, repaired) => {
    const files = await repairWith(keywordAsName, error(name, 2), { files: { 'a.ts': broken } });

    expect(files).toEqual({ 'a.ts': repaired });
  });

  it.each([
    ['it is called where no statement starts', 'retrun', 'const a =\n  retrun(1);\n'],
    ['it is declared', 'retrun', 'const retrun = f;\nretrun(1);\n'],
    ['it may be a function of its own', 'throws', 'f();\nthrows(() => f());\n'],
    ['no keyword is like it', 'result', 'f();\nresult(1);\n'],
  ])('answers nothing when %s', async (_, name, broken) => {
    const files = await repairWith(keywordAsName, error(name, 2), { files: { 'a.ts': broken } });

    expect(files).toBeUndefined();
  });
});
