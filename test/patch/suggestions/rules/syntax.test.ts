import { describe, expect, it } from 'vitest';
import { brokenTag } from '../../../../lib/patch/suggestions/rules/broken-tag.js';
import { closingTag } from '../../../../lib/patch/suggestions/rules/closing-tag.js';
import { missingBracket } from '../../../../lib/patch/suggestions/rules/missing-bracket.js';
import { missingToken } from '../../../../lib/patch/suggestions/rules/missing-token.js';
import { unclosedString } from '../../../../lib/patch/suggestions/rules/unclosed-string.js';
import { wrongToken } from '../../../../lib/patch/suggestions/rules/wrong-token.js';
import { repairWith } from '../repository.js';

const syntaxError = (file: string) => ({ tool: 'swc', kind: 'syntax' as const, message: "Expected ','", file });

describe('a missing token', () => {
  it.each([
    ['export const a = {\n  b: 1\n  c: 2,\n};\n', 'export const a = {\n  b: 1,\n  c: 2,\n};\n'],
    ["export const a = ['x'\r\n  'y'];\r\n", "export const a = ['x',\r\n  'y'];\r\n"],
    ["import { a b } from 'c';\n", "import { a, b } from 'c';\n"],
    ['enum A {\n  b\n  c\n}\n', 'enum A {\n  b,\n  c\n}\n'],
    ['const a = { b: 1 c: 2 };\n', 'const a = { b: 1, c: 2 };\n'],
    ["const a = {\n  b 'c',\n  d: 2,\n};\n", "const a = {\n  b: 'c',\n  d: 2,\n};\n"],
    ['const [a, b = f(1);\n', 'const [a, b] = f(1);\n'],
    ['const { a, b = c;\n', 'const { a, b } = c;\n'],
    ["import { a, b from 'c';\n", "import { a, b } from 'c';\n"],
    ['switch (a) {\n  case 1\n    b();\n}\n', 'switch (a) {\n  case 1:\n    b();\n}\n'],
    ['if a) {\n  b();\n}\n', 'if (a) {\n  b();\n}\n'],
    ['interface A {\n  b: C;\n  d string;\n}\n', 'interface A {\n  b: C;\n  d: string;\n}\n'],
    ['function f(a string) {}\n', 'function f(a: string) {}\n'],
    ['function f(a: string b: number) {}\n', 'function f(a: string, b: number) {}\n'],
    ["type A = 'b' | 'c' 'd';\n", "type A = 'b' | 'c' | 'd';\n"],
    ['useEffect(() => {\n  a();\n} [b]);\n', 'useEffect(() => {\n  a();\n}, [b]);\n'],
  ])('%j', async (broken, repaired) => {
    const answer = await repairWith(missingToken, syntaxError('a.ts'), { files: { 'a.ts': broken } });

    expect(answer).toEqual({ 'a.ts': repaired });
  });

  it.each([
    ['two values on one line, which an operator may have joined', 'const a = [b c];\n'],
    ['two faults', 'const a = {\n  b: 1\n  c: 2\n};\nconst d = ;\n'],
    ['a value that is missing', 'const a = ;\n'],
    ['a pattern that may end before either of two values', 'const { a = 1, b = c;\n'],
    ['two words in an object', 'const a = {\n  b c,\n};\n'],
    ['two values in a call', 'f({ a: 1 b });\n'],
    ['a conditional without its other side', 'const a = b ? c;\n'],
    ['a text that goes on in the next line', "const a = [\n  'b '\n  'c',\n];\n"],
    ['a text that begins with a blank', "const a = [\n  'b'\n  ' c',\n];\n"],
    ['two texts of an argument that may be one', "f(\n  'b'\n  'c',\n);\n"],
  ])('answers nothing for %s', async (_, broken) => {
    const answer = await repairWith(missingToken, syntaxError('a.ts'), { files: { 'a.ts': broken } });

    expect(answer).toBeUndefined();
  });
});

describe('a missing bracket', () => {
  it.each([
    ['if (f(a) {\n  g();\n}\n', 'if (f(a)) {\n  g();\n}\n'],
    ['console.log(f(a);\n', 'console.log(f(a));\n'],
    ['const a = { b: [1, 2 };\n', 'const a = { b: [1, 2] };\n'],
    ['for (const x of y {\n  g(x);\n}\n', 'for (const x of y) {\n  g(x);\n}\n'],
    ['f({\n  a: min(2,\n  b: max(3),\n});\n', 'f({\n  a: min(2),\n  b: max(3),\n});\n'],
    ['const a = {\n  b: [1, 2,\n  c: 3,\n};\n', 'const a = {\n  b: [1, 2],\n  c: 3,\n};\n'],
    ['useEffect(() => {\n  a();\n}, [b]\n\nconst c = 1;\n', 'useEffect(() => {\n  a();\n}, [b]);\n\nconst c = 1;\n'],
  ])('%j', async (broken, repaired) => {
    expect(await repairWith(missingBracket, syntaxError('a.ts'), { files: { 'a.ts': broken } })).toEqual({
      'a.ts': repaired,
    });
  });

  it.each([
    ['one that opened lines ago', 'f(\n  a,\n  b;\n'],
    ['a call that may end before a further argument', 'f(g(a, b);\n'],
    ['a call that may end before its member', 'const a = f(g(b.c;\n'],
    ['a call that may end before an operator', 'const a = round(b * 100;\n'],
    ['a call that may end before another condition', "if (a.includes('b' && c) {\n  d();\n}\n"],
    ['a group of conditions', 'const a = (b || c && d;\n'],
    ['one that opens twice', 'a.map((b => b.c);\n'],
    ['a condition that may end before its cases', 'f(a => (b < c ? a : c);\n'],
    ['one that stood before a mark on a line of its own', 'const a = [\n  [\n    b,\n  ,\n];\n'],
  ])('answers nothing for %s', async (_, broken) => {
    expect(await repairWith(missingBracket, syntaxError('a.ts'), { files: { 'a.ts': broken } })).toBeUndefined();
  });
});

describe('a tag without one of its marks', () => {
  const page = (markup: string) => `export const A = () => (\n  <ul>\n    ${markup}\n  </ul>\n);\n`;

  it.each([
    ['<li>a</li', '<li>a</li>'],
    ['<li>a/li>', '<li>a</li>'],
    ['<li>a<li>', '<li>a</li>'],
    ['<li className="b"\n      <b>a</b>\n    </li>', '<li className="b">\n      <b>a</b>\n    </li>'],
    ['<Card a={b} >\n    <li>c</li>', '<Card a={b} />\n    <li>c</li>'],
    ['<Card\n      a={b}\n    >\n    <li>c</li>', '<Card\n      a={b}\n    />\n    <li>c</li>'],
    ['<li key=a.id}>b</li>', '<li key={a.id}>b</li>'],
  ])('%s', async (broken, repaired) => {
    expect(await repairWith(brokenTag, syntaxError('a.tsx'), { files: { 'a.tsx': page(broken) } })).toEqual({
      'a.tsx': page(repaired),
    });
  });

  it.each([
    ['a.vue', '<template>\n  <p>a/p>\n</template>\n', '<template>\n  <p>a</p>\n</template>\n'],
    ['a.svelte', '<main>\n  <p>{a}</p>\n/main>\n', '<main>\n  <p>{a}</p>\n</main>\n'],
    ['a.astro', '<ul>\n  <li>a<li>\n</ul>\n', '<ul>\n  <li>a</li>\n</ul>\n'],
  ])('in %s: %j', async (file, broken, repaired) => {
    expect(await repairWith(brokenTag, syntaxError(file), { files: { [file]: broken } })).toEqual({ [file]: repaired });
    const other = { file, kind: 'type' as const, message: 'x' };
    const files = { [file]: repaired };
    expect(await repairWith(brokenTag, other, { files })).toBeUndefined();
  });

  it.each([
    ['an element that may hold what follows', '<Card a={b} >\n      <li>c</li>'],
    ['an element that holds something elsewhere', '<Card a={b} >\n    <li>c</li>\n    <li>{d && <Card>e</Card>}</li>'],
    ['two elements without an end', '<p>a\n    <p>b'],
    ['two faults', '<li>a</li\n    <li>{b</li>'],
    ['markup that is in order', '<li>a</li>'],
  ])('answers nothing for %s', async (_, broken) => {
    expect(await repairWith(brokenTag, syntaxError('a.tsx'), { files: { 'a.tsx': page(broken) } })).toBeUndefined();
  });
});

describe('a wrong token', () => {
  it.each([
    ['const a = {\n  b: 1;\n  c: 2,\n};\n', 'const a = {\n  b: 1,\n  c: 2,\n};\n'],
    ['const a = { b = 1 };\n', 'const a = { b: 1 };\n'],
    ['const a == f();\n', 'const a = f();\n'],
    ['const a = () = {\n  b();\n};\n', 'const a = () => {\n  b();\n};\n'],
    ['const a = (b: string): c = > {\n  d();\n};\n', 'const a = (b: string): c => {\n  d();\n};\n'],
    ['f(a,, b);\n', 'f(a, b);\n'],
    ['const a f(b);\n', 'const a = f(b);\n'],
    ['const a B = { c: 1 };\n', 'const a: B = { c: 1 };\n'],
    ['export const A = () => <p>{a}}</p>;\n', 'export const A = () => <p>{a}</p>;\n'],
    ['function a() {\n  b();\n}\n}\n', 'function a() {\n  b();\n}\n'],
    ["f('can't', 'b');\n", "f(\"can't\", 'b');\n"],
  ])('%j', async (broken, repaired) => {
    expect(await repairWith(wrongToken, syntaxError('a.tsx'), { files: { 'a.tsx': broken } })).toEqual({
      'a.tsx': repaired,
    });
  });

  it.each([
    ['a bracket too many, or too few', 'const a = f(b));\n'],
    ['two faults', 'const a = {\n  b: 1;\n  c: ,\n};\n'],
    ['a name that is no type', 'const a b = 1;\n'],
    ['two variables', 'let a b;\n'],
    ['a type', 'let a any;\n'],
    ['two things that are imported', "const A { b } = require('c');\n"],
    ['a brace of which the other may lack', 'if (a)\n    b();\n  }\n}\n'],
    ['code that is in order', 'const a = { b: 1 };\n'],
  ])('answers nothing for %s', async (_, broken) => {
    expect(await repairWith(wrongToken, syntaxError('a.tsx'), { files: { 'a.tsx': broken } })).toBeUndefined();
  });
});

describe('a text without its end', () => {
  it.each([
    ["const a = { b: 'c, d: 1 };\n", "const a = { b: 'c', d: 1 };\n"],
    ["import a from b';\n", "import a from 'b';\n"],
    [`const a = \`b \${c\`;\nconst d = \`e\`;\n`, `const a = \`b \${c}\`;\nconst d = \`e\`;\n`],
    [
      'export const A = () => (\n  <p className="a>\n    <b className="c">{d}</b>\n  </p>\n);\n',
      'export const A = () => (\n  <p className="a">\n    <b className="c">{d}</b>\n  </p>\n);\n',
    ],
    [
      'export const A = () => <a href="/b className="c">d</a>;\n',
      'export const A = () => <a href="/b" className="c">d</a>;\n',
    ],
  ])('%j', async (broken, repaired) => {
    expect(await repairWith(unclosedString, syntaxError('a.tsx'), { files: { 'a.tsx': broken } })).toEqual({
      'a.tsx': repaired,
    });
  });

  it.each([
    ['a text that may end at several words', "f('a b, c);\ng('d, e);\n"],
    ['a text that may end before a sum', "const a = 'b + c;\n"],
    ['a text that may end before a comma', "f('a, b);\n"],
    ['a value that may end before the text', 'const a = `https://${b.example`;\n'],
    ['an attribute that may end before another', 'export const A = () => <p className="a hidden>b</p>;\n'],
    ['an apostrophe in a comment of a file with another fault', "/** It's a. */\nconst a = f(;\n/** b */\n"],
    ['code that is in order', "const a = 'b';\n"],
  ])('answers nothing for %s', async (_, broken) => {
    expect(await repairWith(unclosedString, syntaxError('a.tsx'), { files: { 'a.tsx': broken } })).toBeUndefined();
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
    ['a mark that may end earlier in the sentence', '<p>a <em>b c</p>'],
    ['a mark that may end before the sentence', '<p><b>a: b c</p>'],
    ['markup that is in order', '<span>a</span>'],
  ])('answers nothing for %s', async (_, broken) => {
    const answer = await repairWith(closingTag, syntaxError('a.tsx'), { files: { 'a.tsx': page(broken) } });

    expect(answer).toBeUndefined();
  });
});

describe('a closing tag that the diff renamed', () => {
  const page = (open: string, close: string) =>
    `export const A = () => (\n  <${open}>\n    <p>a</p>\n  </${close}>\n);\n`;
  const repair = (text: string, before: string, after: string) =>
    repairWith(closingTag, syntaxError('a.tsx'), {
      files: { 'a.tsx': text },
      changes: [{ path: 'a.tsx', status: 'modified', hunks: `@@ -4 +4 @@\n-  </${before}>\n+  </${after}>` }],
    });

  it('is followed by the opening one, if there is such an element', async () => {
    expect(await repair(page('section', 'main'), 'section', 'main')).toEqual({ 'a.tsx': page('main', 'main') });
    expect(await repair(page('section', 'Other'), 'section', 'Other')).toBeUndefined();
  });

  it('is put right where it is a slip', async () => {
    expect(await repair(page('section', 'secton'), 'section', 'secton')).toEqual({
      'a.tsx': page('section', 'section'),
    });
  });
});
