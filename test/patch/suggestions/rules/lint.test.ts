import { describe, expect, it } from 'vitest';
import { htmlAttribute } from '../../../../lib/patch/suggestions/rules/html-attribute.js';
import { pageLink } from '../../../../lib/patch/suggestions/rules/page-link.js';
import { preferConst } from '../../../../lib/patch/suggestions/rules/prefer-const.js';
import { primitiveType } from '../../../../lib/patch/suggestions/rules/primitive-type.js';
import { unescapedEntity } from '../../../../lib/patch/suggestions/rules/unescaped-entity.js';
import { unusedName } from '../../../../lib/patch/suggestions/rules/unused-name.js';
import { repairWith } from '../repository.js';

const lintError = (message: string, line: number, column?: number) => ({
  tool: 'eslint',
  kind: 'lint' as const,
  message,
  file: 'a.tsx',
  line,
  ...(column && { column }),
});

describe('a name that nothing uses', () => {
  const unused = (name: string, line = 1) => lintError(`'${name}' is declared but its value is never read.`, line);

  it.each([
    ['x', "import { x } from './b';\nf();\n", 'f();\n'],
    ['x', "import { a, x } from './b';\na();\n", "import { a } from './b';\na();\n"],
    ['x', "import { x, a } from './b';\na();\n", "import { a } from './b';\na();\n"],
    ['x', "import {\n  a,\n  type x,\n} from './b';\na();\n", "import {\n  a,\n} from './b';\na();\n"],
    ['x', "import x, { a } from './b';\na();\n", "import { a } from './b';\na();\n"],
    ['x', "import a, { x } from './b';\na();\n", "import a from './b';\na();\n"],
    ['x', "import a, * as x from './b';\na();\n", "import a from './b';\na();\n"],
    ['x', 'const x = a.b + 1;\nf();\n', 'f();\n'],
    ['x', 'const a = 1, x = 2;\nf(a);\n', 'const a = 1;\nf(a);\n'],
    ['x', 'const { a, x } = props;\nf(a);\n', 'const { a } = props;\nf(a);\n'],
    ['x', 'const { y: x } = props;\nf();\n', 'f();\n'],
    ['x', 'export const F = ({ a, x }: Props) => a;\n', 'export const F = ({ a }: Props) => a;\n'],
    ['x', 'const [x, setX] = useState(0);\nsetX(1);\n', 'const [, setX] = useState(0);\nsetX(1);\n'],
    ['x', 'const [a, x] = useState(0);\nf(a);\n', 'const [a] = useState(0);\nf(a);\n'],
    ['x', 'try {\n  f();\n} catch (x) {\n  g();\n}\n', 'try {\n  f();\n} catch {\n  g();\n}\n'],
    ['x', 'list.map((a, x) => a);\n', 'list.map((a) => a);\n'],
    ['x', 'list.map(x => 1);\n', 'list.map(() => 1);\n'],
    [
      'x',
      'const f = 1;\n\ninterface x {\n  a: string;\n}\n\nexport default f;\n',
      'const f = 1;\n\nexport default f;\n',
    ],
    ['x', "import { x } from './b';\n// x\nconst a = { x: 'x' };\nf(a.x);\n", "// x\nconst a = { x: 'x' };\nf(a.x);\n"],
  ])('%s in %j', async (name, broken, repaired) => {
    const line = broken.slice(0, broken.search(/\bx\b/)).split('\n').length;

    const answer = await repairWith(unusedName, unused(name, line), { files: { 'a.tsx': broken } });

    expect(answer).toEqual({ 'a.tsx': repaired });
  });

  it.each([
    ["import { y } from './b';\nf(x);\n", "import { x } from './b';", "import { y } from './b';"],
    ['const rate = 2;\nf(raet2);\n', 'f(rate);', 'f(raet2);'],
  ])('may be what %j calls by another name, which the diff tells', async (text, removed, added) => {
    const hunks = `@@ -1,2 +1,2 @@\n-${removed}\n+${added}`;
    const name = /(?:\{ |const )(\w+)/.exec(text)?.[1] ?? '';
    const changed = { files: { 'a.tsx': text }, changes: [{ path: 'a.tsx', status: 'modified' as const, hunks }] };

    expect(await repairWith(unusedName, unused(name), changed)).toBeUndefined();
    expect(await repairWith(unusedName, unused(name), { files: { 'a.tsx': text } })).toBeDefined();
  });

  it('may be what elements are compiled to, unless a compiler brings that or others do without', async () => {
    const text = "import React from 'react';\n\nexport const A = () => <b />;\n";
    const repair = (more: Record<string, string>, name = 'React') =>
      repairWith(unusedName, lintError(`'${name}' is defined but never used.`, 1), {
        files: { 'a.tsx': text, ...more },
      });
    const repaired = { 'a.tsx': '\nexport const A = () => <b />;\n' };

    expect(await repair({})).toBeUndefined();
    expect(await repair({ 'b.jsx': text })).toBeUndefined();
    expect(await repair({ 'b.jsx': 'export const B = () => <i />;\n' })).toEqual(repaired);
    expect(await repair({ 'package.json': '{ "dependencies": { "next": "16" } }' })).toEqual(repaired);
  });

  it.each([
    ["'x' is defined but never used.", "import { x } from './b';\nf();\n"],
    ["'x' is defined but never used. Allowed unused vars must match /^_/u.", 'type x = 1;\nf();\n'],
    ["'x' is assigned a value but never used.", 'const x = 1;\nf();\n'],
    ['All imports in import declaration are unused.', "import { a, x } from './b';\nf();\n"],
  ])('in the words %s', async (message, broken) => {
    const answer = await repairWith(unusedName, lintError(message, 1), { files: { 'a.tsx': broken } });

    expect(answer).toEqual({ 'a.tsx': 'f();\n' });
  });

  it.each([
    ['the value is computed by a call', 'const x = subscribe();\n'],
    ['a property is beside a rest', 'const { x, ...rest } = props;\nf(rest);\n'],
    ['the pattern holds another name', 'const { a: { x }, b } = props;\nf(b);\n'],
    ['it is the one use of an import', "import { max } from './b';\nconst x = max * 2;\n"],
    ['it is the one use of another variable', 'const max = read();\nconst x = max * 2;\n'],
    ['it is used after all', 'const x = 1;\nf(x);\n'],
    ['it is assigned later', 'let x = 1;\nx = f();\n'],
    ['it is a parameter of a function that others call', 'export function f(a: number, x: number) {\n  return a;\n}\n'],
    ['it is not the last parameter', 'list.map((x, a) => a);\n'],
    ['it is a function', 'function x() {\n  return 1;\n}\nf();\n'],
    ['it is a function that a variable holds', 'const x = () => save();\nf();\n'],
    ['the loop needs it', 'for (const x of list) {\n  f();\n}\n'],
  ])('answers nothing when %s', async (_, broken) => {
    const answer = await repairWith(unusedName, unused('x'), { files: { 'a.tsx': broken } });

    expect(answer).toBeUndefined();
  });

  it('answers nothing for an import that the markup of a component uses', async () => {
    const text = "<script>\n  import x from './x.svelte';\n</script>\n<x />{x}\n";

    const answer = await repairWith(
      unusedName,
      { ...unused('x', 2), file: 'a.svelte' },
      { files: { 'a.svelte': text } },
    );

    expect(answer).toBeUndefined();
  });
});

describe('prefer-const', () => {
  const error = lintError("'x' is never reassigned. Use 'const' instead.", 1);

  it('declares with const', async () => {
    const answer = await repairWith(preferConst, error, { files: { 'a.tsx': 'let x: number = 1;\nf(x);\n' } });

    expect(answer).toEqual({ 'a.tsx': 'const x: number = 1;\nf(x);\n' });
  });

  it.each(['@click="x = 2"', '@click="x++"', 'v-model="x"'])(
    'answers nothing where a template has %s',
    async (mark) => {
      const view = (more: string) => `<script setup>\nlet x = 1\n</script>\n<template><a ${more} b="x"/></template>\n`;
      const facts = { ...error, file: 'a.vue', line: 2 };

      expect(await repairWith(preferConst, facts, { files: { 'a.vue': view(mark) } })).toBeUndefined();
      expect(await repairWith(preferConst, facts, { files: { 'a.vue': view(':a="x == 1" x="y"') } })).toEqual({
        'a.vue': view(':a="x == 1" x="y"').replace('let', 'const'),
      });
    },
  );

  it.each(['let x = 1, y = 2;\ny = 3;\n', 'let { x, y } = a;\ny = 3;\n', 'var x = 1;\n', '// let x\n'])(
    'answers nothing for %j',
    async (text) => {
      const answer = await repairWith(preferConst, error, { files: { 'a.tsx': text } });

      expect(answer).toBeUndefined();
    },
  );
});

describe('an entity', () => {
  const error = (character: string, column: number) =>
    lintError(`\`${character}\` can be escaped with \`&apos;\`, \`&lsquo;\`, \`&#39;\`, \`&rsquo;\`.`, 2, column);
  const text = "export const A = () => (\n  <p title='a'>It's \"one\" {b('c')} isn't</p>\n);\n";

  it.each([
    ["'", 18, text.replace("It's", 'It&apos;s')],
    ["'", 39, text.replace("isn't", 'isn&apos;t')],
    ['"', 21, text.replace('"one', '&quot;one')],
  ])('%s at column %i', async (character, column, repaired) => {
    const answer = await repairWith(unescapedEntity, error(character, column), { files: { 'a.tsx': text } });

    expect(answer).toEqual({ 'a.tsx': repaired });
  });

  it('answers nothing where the place is not certain', async () => {
    const answer = await repairWith(unescapedEntity, error("'", 5), { files: { 'a.tsx': text } });

    expect(answer).toBeUndefined();
  });
});

describe('an attribute of HTML', () => {
  const error = lintError("Unknown property 'class' found, use 'className' instead", 1);

  it('takes the name that React has', async () => {
    const text = 'export const A = () => <p class="class">{a.class}</p>;\n';

    const answer = await repairWith(htmlAttribute, error, { files: { 'a.tsx': text } });

    expect(answer).toEqual({ 'a.tsx': text.replace(' class=', ' className=') });
  });

  const unknown = (wrong: string, right: string) => ({
    tool: 'typescript',
    message: `Type '{ ${wrong}: () => void; }' is not assignable to type 'X'.\n  Property '${wrong}' does not exist on type 'DetailedHTMLProps<ButtonHTMLAttributes<HTMLButtonElement>, HTMLButtonElement>'. Did you mean '${right}'?`,
    file: 'a.tsx',
    line: 1,
  });

  it.each([
    ['onclick', 'onClick'],
    ['onCilck', 'onClick'],
    ['for', 'htmlFor'],
  ])('%s is taken for the %s that the compiler names', async (wrong, right) => {
    const text = `f(<label ${wrong}={g} />);\n`;

    const answer = await repairWith(htmlAttribute, unknown(wrong, right), { files: { 'a.tsx': text } });

    expect(answer).toEqual({ 'a.tsx': text.replace(wrong, right) });
  });

  it('the nearest of all attributes is not taken where it is another word', async () => {
    const text = 'f(<a onValueClick={g} />);\n';

    const answer = await repairWith(htmlAttribute, unknown('onValueClick', 'onAuxClick'), { files: { 'a.tsx': text } });

    expect(answer).toBeUndefined();
  });

  it('answers nothing where the line holds two', async () => {
    const answer = await repairWith(htmlAttribute, error, {
      files: { 'a.tsx': 'f(<p class="a"><b class="b" /></p>);\n' },
    });

    expect(answer).toBeUndefined();
  });
});

describe('a link to a page of the app', () => {
  const error = lintError(
    'Do not use an `<a>` element to navigate to `/berths/`. Use `<Link />` from `next/link` instead. See: https://example.com',
    3,
  );
  const page = (open: string, close: string, head = '') =>
    `import { a } from 'b';\n${head}\nexport const A = () => <${open} href="/berths">a</${close}>;\n`;

  it('becomes a Link', async () => {
    const answer = await repairWith(pageLink, error, { files: { 'a.tsx': page('a', 'a') } });

    expect(answer).toEqual({ 'a.tsx': page('Link', 'Link', "import Link from 'next/link';\n") });
  });

  it.each([
    ['it downloads', page('a download', 'a')],
    [
      'it stands in a Link',
      `import Link from 'next/link';\nexport const A = () => <Link href="/a"><a href="/a">b</a></Link>;\n`,
    ],
    ['its attributes are spread', page('a {...b}', 'a')],
    ['something else is called Link', `${page('a', 'a')}const Link = 1;\n`],
  ])('answers nothing when %s', async (_, text) => {
    const answer = await repairWith(pageLink, error, { files: { 'a.tsx': text } });

    expect(answer).toBeUndefined();
  });
});

describe('a wrapper type', () => {
  const error = lintError(
    'Prefer using the primitive `string` as a type name, rather than the upper-cased `String`.',
    1,
  );

  it('becomes the primitive', async () => {
    const answer = await repairWith(primitiveType, error, { files: { 'a.tsx': 'const a: String = String(1);\n' } });

    expect(answer).toEqual({ 'a.tsx': 'const a: string = String(1);\n' });
  });

  it('answers nothing where no type is named', async () => {
    const answer = await repairWith(primitiveType, error, { files: { 'a.tsx': 'const a = String(1);\n' } });

    expect(answer).toBeUndefined();
  });
});

describe('a name whose removal would do more', () => {
  const unused = (name: string, line = 1) => lintError(`'${name}' is defined but never used`, line);

  it.each([
    ['a directive above it', 'const a = 1;\n// @ts-expect-error b\nconst x = 1;\nf(a);\n', 3],
    ['a comment above it', 'const a = 1;\n// the sum\nconst x = 1;\nf(a);\n', 3],
    ['a comment beside it', 'const x = 1; // as the server has it\nf();\n', 1],
    ['what the browser has', 'interface Window {\n  x: 1;\n}\nf();\n', 1],
  ])('stays with %s', async (_, text, line) => {
    const name = text.includes('Window') ? 'Window' : 'x';
    expect(await repairWith(unusedName, unused(name, line), { files: { 'a.tsx': text } })).toBeUndefined();
  });

  it.each([
    ['b/dist/b.bundle', undefined],
    ['./b.css', undefined],
    ['./calls', undefined],
    ['./plain', 'f();\n'],
    ['b', 'f();\n'],
  ])('of %s, imported by JavaScript', async (specifier, repaired) => {
    const files = {
      'a.js': `import x from '${specifier}';\nf();\n`,
      'calls.js': "import { add } from 'b';\nadd(1);\nexport default add;\n",
      'plain.js': 'export default 1;\n',
    };
    const answer = await repairWith(unusedName, { ...unused('x'), file: 'a.js' }, { files });
    expect(answer?.['a.js']).toBe(repaired);
  });

  it('stays where a handler of errors is told by how many it takes', async () => {
    const text = 'app.use((err, req, res, x) => {\n  res.send(err);\n});\n';
    expect(await repairWith(unusedName, unused('x'), { files: { 'a.tsx': text } })).toBeUndefined();
  });

  it.each([
    ['const x = a * b;', ' f(a);', false],
    ["import { x } from './b';", ' f(a);', false],
    ["import { x } from './b';", '-export const a = 1;\n+export const a = 2;', true],
  ])('stays where the diff has yet to use it: %s', async (row, rest, isLeft) => {
    const hunks = `@@ -1 +1,2 @@\n+${row}\n${rest}`;
    const now = rest.split('\n').at(-1)?.slice(1);
    const changes = [{ path: 'a.tsx', status: 'modified' as const, hunks }];
    const answer = await repairWith(unusedName, unused('x'), { files: { 'a.tsx': `${row}\n${now}\n` }, changes });
    expect(answer !== undefined).toBe(isLeft);
  });
});
