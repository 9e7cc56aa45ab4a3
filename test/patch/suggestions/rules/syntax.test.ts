import { describe, expect, it } from 'vitest';
import { closingTag } from '../../../../lib/patch/suggestions/rules/closing-tag.js';
import { missingToken } from '../../../../lib/patch/suggestions/rules/missing-token.js';
import { repairWith } from '../repository.js';

const syntaxError = (file: string) => ({ tool: 'swc', kind: 'syntax' as const, message: "Expected ','", file });

describe('a missing token', () => {
  it.each([
    ['export const a = {\n  b: 1\n  c: 2,\n};\n', 'export const a = {\n  b: 1,\n  c: 2,\n};\n'],
    ["export const a = ['x'\r\n  'y'];\r\n", "export const a = ['x',\r\n  'y'];\r\n"],
    ["import { a b } from 'c';\n", "import { a, b } from 'c';\n"],
    ['if (f(a) {\n  g();\n}\n', 'if (f(a)) {\n  g();\n}\n'],
    ['console.log(f(a);\n', 'console.log(f(a));\n'],
    ['const a = { b: [1, 2 };\n', 'const a = { b: [1, 2] };\n'],
    ['for (const x of y {\n  g(x);\n}\n', 'for (const x of y) {\n  g(x);\n}\n'],
    ['enum A {\n  b\n  c\n}\n', 'enum A {\n  b,\n  c\n}\n'],
  ])('%j', async (broken, repaired) => {
    const answer = await repairWith(missingToken, syntaxError('a.ts'), { files: { 'a.ts': broken } });

    expect(answer).toEqual({ 'a.ts': repaired });
  });

  it.each([
    ['two values on one line, which an operator may have joined', 'const a = [b c];\n'],
    ['two faults', 'const a = {\n  b: 1\n  c: 2\n};\nconst d = ;\n'],
    ['a bracket that opened lines ago', 'f(\n  a,\n  b;\n'],
    ['a value that is missing', 'const a = ;\n'],
    ['a conditional without its other side', 'const a = b ? c;\n'],
  ])('answers nothing for %s', async (_, broken) => {
    const answer = await repairWith(missingToken, syntaxError('a.ts'), { files: { 'a.ts': broken } });

    expect(answer).toBeUndefined();
  });
});

describe('tags that do not match', () => {
  const page = (markup: string) =>
    `import { Card } from './card';\n\nexport const Page = () => (\n  <main>\n    ${markup}\n  </main>\n);\n`;

  it.each([
    ['<span>a</spam>', '<span>a</span>'],
    ['<dvi>a</div>', '<div>a</div>'],
    ['<h2 className="a">b</h3>', '<h2 className="a">b</h2>'],
    ['<Card>a</Crad>', '<Card>a</Card>'],
    ['<p>a<br>b</p>', '<p>a<br />b</p>'],
    ['<img src="a" alt={b > c ? "d" : "e"}>', '<img src="a" alt={b > c ? "d" : "e"} />'],
    ['<li><b>{a}</li>', '<li><b>{a}</b></li>'],
  ])('%s', async (broken, repaired) => {
    const answer = await repairWith(closingTag, syntaxError('a.tsx'), { files: { 'a.tsx': page(broken) } });

    expect(answer).toEqual({ 'a.tsx': page(repaired) });
  });

  it.each([
    ['two elements that overlap', '<b><i>a</b></i>'],
    ['an element whose end may stand in several places', '<li><b>a <i>c</i> d</li>'],
    ['a second fault', '<span>a</spam><b>{</b>'],
    ['markup that is in order', '<span>a</span>'],
  ])('answers nothing for %s', async (_, broken) => {
    const answer = await repairWith(closingTag, syntaxError('a.tsx'), { files: { 'a.tsx': page(broken) } });

    expect(answer).toBeUndefined();
  });
});
