// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are source files
import { describe, expect, it } from 'vitest';
import type { BuildError } from '../../../../lib/diagnosis/diagnosis.js';
import type { Rule } from '../../../../lib/patch/suggestions/rule.js';
import { componentImports } from '../../../../lib/patch/suggestions/rules/component-imports.js';
import { defaultExport } from '../../../../lib/patch/suggestions/rules/default-export.js';
import { globalStyle } from '../../../../lib/patch/suggestions/rules/global-style.js';
import { hookDependency } from '../../../../lib/patch/suggestions/rules/hook-dependency.js';
import { htmlAttribute } from '../../../../lib/patch/suggestions/rules/html-attribute.js';
import { mismatchedQuote } from '../../../../lib/patch/suggestions/rules/mismatched-quote.js';
import { missingBracket } from '../../../../lib/patch/suggestions/rules/missing-bracket.js';
import { movedExport } from '../../../../lib/patch/suggestions/rules/moved-export.js';
import { reassignedConst } from '../../../../lib/patch/suggestions/rules/reassigned-const.js';
import { routeHandler } from '../../../../lib/patch/suggestions/rules/route-handler.js';
import { routeParameter } from '../../../../lib/patch/suggestions/rules/route-parameter.js';
import { unclosedInline } from '../../../../lib/patch/suggestions/rules/unclosed-inline.js';
import { unclosedString } from '../../../../lib/patch/suggestions/rules/unclosed-string.js';
import { yamlQuotes } from '../../../../lib/patch/suggestions/rules/yaml-quotes.js';
import { repairWith } from '../repository.js';

type Case = readonly [
  name: string,
  rule: Rule,
  error: Partial<BuildError> & { readonly file: string },
  text: string,
  repaired: string | undefined,
];

const notAPage = 'Page "app/rota/page.tsx" does not match the required types of a Next.js Page.';
const notARoute =
  'Route "app/api/rota/route.ts" does not match the required types of a Next.js Route.\n  "POST" is not a valid Route export field.';
const list =
  'export const A = () => (\n  <ul>\n    {rows.map((row) => (\n      <Row key={row} />\n    ))}\n  </ul>\n);\n';

const cases: readonly Case[] = [
  [
    'a page without default export',
    defaultExport,
    { file: 'app/rota/page.tsx', message: notAPage },
    'function Rota() {\n  return <p />;\n}\n',
    'export default function Rota() {\n  return <p />;\n}\n',
  ],
  [
    'a page that is an arrow function',
    defaultExport,
    { file: 'app/rota/page.tsx', message: notAPage },
    'const Rota = () => <p />;\n',
    'const Rota = () => <p />;\n\nexport default Rota;\n',
  ],
  [
    'a page with two components, of which nobody knows which is meant',
    defaultExport,
    { file: 'app/rota/page.tsx', message: notAPage },
    'function Rota() {\n  return <p />;\n}\nfunction Other() {\n  return <p />;\n}\n',
    undefined,
  ],
  [
    'a page that has a default export: something else is wrong',
    defaultExport,
    { file: 'app/rota/page.tsx', message: notAPage },
    'function Help() {}\nexport default 1;\n',
    undefined,
  ],
  [
    'a route handler that is exported as the default',
    routeHandler,
    { file: 'app/api/rota/route.ts', message: notARoute },
    'export default async function POST() {}\n',
    'export async function POST() {}\n',
  ],
  [
    'a default export of a route with an error of another kind',
    routeHandler,
    { file: 'app/api/rota/route.ts', message: "Type 'string' is not assignable to type 'number'." },
    "export default async function POST() {\n  const rows: number = '';\n}\n",
    undefined,
  ],
  [
    'a default export of a route that is no method',
    routeHandler,
    { file: 'app/api/rota/route.ts', message: notARoute },
    'export default async function handler() {}\n',
    undefined,
  ],
  [
    'a parenthesis too few where a list of elements ends',
    missingBracket,
    { file: 'a.tsx', kind: 'syntax', message: "Expected '</', got '}'" },
    list.replace('    ))}', '    )}'),
    list,
  ],
  [
    'a template that ends in a quote',
    mismatchedQuote,
    { file: 'a.ts', kind: 'syntax', message: 'Unterminated template' },
    'export const a = (n: number) => `tide m\';\nexport const b = "c";\n',
    'export const a = (n: number) => `tide m`;\nexport const b = "c";\n',
  ],
  [
    'a text that may end in the mark of many owners',
    mismatchedQuote,
    { file: 'a.ts', kind: 'syntax', message: 'Unterminated string' },
    'export const a = "the boats\' + b;\n',
    undefined,
  ],
  [
    'a text that may end in the mark of inches',
    mismatchedQuote,
    { file: 'a.ts', kind: 'syntax', message: 'Unterminated string' },
    'export const a = \'5" + b;\n',
    undefined,
  ],
  [
    'a text without its second quote',
    unclosedString,
    { file: 'a.ts', kind: 'syntax', message: 'Unterminated string' },
    "import { a } from './a;\nexport const b = f('c');\n",
    "import { a } from './a';\nexport const b = f('c');\n",
  ],
  [
    'a text without its second quote within parentheses',
    unclosedString,
    { file: 'a.ts', kind: 'syntax', message: 'Unterminated string' },
    "export const a = f('low tide);\n",
    "export const a = f('low tide');\n",
  ],
  [
    'a text without its first quote',
    unclosedString,
    { file: 'a.ts', kind: 'syntax', message: 'Unterminated string' },
    "import { a } from ./a';\n",
    "import { a } from './a';\n",
  ],
  [
    'a text without its second quote in a file without semicolons',
    unclosedString,
    { file: 'a.ts', kind: 'syntax', message: 'Unterminated string' },
    "import a from './a\n\nexport const b = a\n",
    "import a from './a'\n\nexport const b = a\n",
  ],
  [
    'a text without its second quote in a component',
    unclosedString,
    { file: 'a.vue', kind: 'syntax', message: 'Unterminated string' },
    "<script setup>\nconst a = 'c;\n</script>\n\n<p>It's low</p>\n",
    "<script setup>\nconst a = 'c';\n</script>\n\n<p>It's low</p>\n",
  ],
  [
    'a template without its second quote',
    unclosedString,
    { file: 'a.ts', kind: 'syntax', message: 'Parsing error: Unterminated template literal.' },
    "export const a = (n: number) => {\n  return `€${(n / 100).toFixed(2)};\n};\nexport const b = `it's ${a}`;\n",
    "export const a = (n: number) => {\n  return `€${(n / 100).toFixed(2)}`;\n};\nexport const b = `it's ${a}`;\n",
  ],
  [
    'a text that may end before the comma or after it',
    unclosedString,
    { file: 'a.ts', kind: 'syntax', message: 'Unterminated string' },
    "export const a = f('low, tide);\n",
    undefined,
  ],
  [
    'a text that may begin before the comma or after it',
    unclosedString,
    { file: 'a.ts', kind: 'syntax', message: 'Unterminated string' },
    "export const a = f(low, tide');\n",
    undefined,
  ],
  [
    'an element that is closed nowhere',
    unclosedInline,
    { file: 'a.tsx', kind: 'syntax', message: 'Unexpected token' },
    'const a = (\n  <ul>\n    <li key="1">One\n    <Row />\n  </ul>\n);\n',
    'const a = (\n  <ul>\n    <li key="1">One</li>\n    <Row />\n  </ul>\n);\n',
  ],
  [
    'two elements that are closed nowhere',
    unclosedInline,
    { file: 'a.tsx', kind: 'syntax', message: 'Unexpected token' },
    'const a = (\n  <ul>\n    <li>One\n    <li>Two\n  </ul>\n);\n',
    undefined,
  ],
  [
    'an element in an expression',
    unclosedInline,
    { file: 'a.tsx', kind: 'syntax', message: 'Unexpected token' },
    'const a = (\n  <p>\n    {on && <b>now {count}}\n  </p>\n);\n',
    'const a = (\n  <p>\n    {on && <b>now {count}</b>}\n  </p>\n);\n',
  ],
  [
    'an element in brackets of an expression',
    unclosedInline,
    { file: 'a.tsx', kind: 'syntax', message: 'Unexpected token' },
    'const a = <p>{on && (<b>now {count})}</p>;\n',
    'const a = <p>{on && (<b>now {count}</b>)}</p>;\n',
  ],
  [
    'an element that holds brackets',
    unclosedInline,
    { file: 'a.tsx', kind: 'syntax', message: 'Unexpected token' },
    'const a = <p>{on && <b>(now)}</p>;\n',
    'const a = <p>{on && <b>(now)</b>}</p>;\n',
  ],
  [
    'an element of a list',
    unclosedInline,
    { file: 'a.tsx', kind: 'syntax', message: 'Unexpected token' },
    'const a = <ul>{rows.map((row) => <li key={row}>{row})}</ul>;\n',
    'const a = <ul>{rows.map((row) => <li key={row}>{row}</li>)}</ul>;\n',
  ],
  [
    'an element before what may be another argument',
    unclosedInline,
    { file: 'a.tsx', kind: 'syntax', message: 'Unexpected token' },
    'const a = <p>{f(<b>now {count}, 3)}</p>;\n',
    undefined,
  ],
  [
    'an element before what may be the rest of the expression',
    unclosedInline,
    { file: 'a.tsx', kind: 'syntax', message: 'Unexpected token' },
    'const a = <p>{<b>now || count}</p>;\n',
    undefined,
  ],
  [
    'an element before the other of two',
    unclosedInline,
    { file: 'a.tsx', kind: 'syntax', message: 'Unexpected token' },
    "const a = <p>{on ? <b>yes : 'no'}</p>;\n",
    undefined,
  ],
  [
    'an element around a paragraph of MDX',
    unclosedInline,
    {
      file: 'notes/a.mdx',
      message: 'Expected a closing tag for `<Note>` (3:1-3:18) before the end of `paragraph`',
      line: 3,
    },
    '# A\n\n<Note tone="dry">Keep it\nin the shade.\n\nMore.\n',
    '# A\n\n<Note tone="dry">Keep it\nin the shade.</Note>\n\nMore.\n',
  ],
  [
    'an element of MDX whose end lost its slash',
    unclosedInline,
    {
      file: 'notes/a.mdx',
      message: 'Expected a closing tag for `<Note>` (3:1-3:18) before the end of `paragraph`',
      line: 3,
    },
    '# A\n\n<Note tone="dry">Keep it.<Note>\n\nMore.\n',
    undefined,
  ],
  [
    'an element within a paragraph of MDX',
    unclosedInline,
    {
      file: 'notes/a.mdx',
      message: 'Expected a closing tag for `<Note>` (3:1-3:18) before the end of `paragraph`',
      line: 3,
    },
    '# A\n\nKeep <Note tone="dry">it.\n\nMore.\n',
    undefined,
  ],
  [
    'a constant that gets another value',
    reassignedConst,
    { file: 'a.ts', line: 3, message: 'cannot reassign to a variable declared with `const`' },
    'export function f(n: number) {\n  const sum = n;\n  if (n > 6) sum = sum * 2;\n  return sum;\n}\n',
    'export function f(n: number) {\n  let sum = n;\n  if (n > 6) sum = sum * 2;\n  return sum;\n}\n',
  ],
  [
    'a constant that a loop of the same component adds to',
    reassignedConst,
    { file: 'a.tsx', line: 3, message: "Cannot assign to 'sum' because it is a constant." },
    'export function Sum({ rows }) {\n  const sum = 0;\n  rows.forEach((row) => { sum += row; });\n  return <b>{sum}</b>;\n}\n',
    'export function Sum({ rows }) {\n  let sum = 0;\n  rows.forEach((row) => { sum += row; });\n  return <b>{sum}</b>;\n}\n',
  ],
  [
    'a constant that a handler changes, which a component would not show',
    reassignedConst,
    { file: 'a.tsx', line: 3, message: "Cannot assign to 'sum' because it is a constant." },
    'export function Sum() {\n  const sum = 0;\n  return <b onClick={() => { sum += 1; }}>{sum}</b>;\n}\n',
    undefined,
  ],
  [
    'a constant that a template shows',
    reassignedConst,
    { file: 'a.vue', line: 3, message: "Cannot assign to 'sum' because it is a constant." },
    '<script setup>\nconst sum = 0\nconst add = () => { sum += 1 }\n</script>\n<template>\n  <b @click="add">{{ sum }}</b>\n</template>\n',
    undefined,
  ],
  [
    'a constant that was to be compared',
    reassignedConst,
    { file: 'a.ts', line: 3, message: "Cannot assign to 'kind' because it is a constant." },
    "export function f(mode: string) {\n  const kind = mode.trim();\n  if (kind = 'dark') return 1;\n  return 2;\n}\n",
    undefined,
  ],
  [
    'two constants of the name',
    reassignedConst,
    { file: 'a.ts', line: 3, message: "Cannot assign to 'sum' because it is a constant." },
    'const sum = 1;\nexport function f(n: number) {\n  sum = 2;\n}\nfunction g() {\n  const sum = 3;\n}\n',
    undefined,
  ],
  [
    'a dependency of a memo that the linter names',
    hookDependency,
    {
      file: 'a.tsx',
      line: 1,
      message:
        "React Hook useMemo has missing dependencies: 'price' and 'rows.length'. Either include them or remove the dependency array.",
    },
    'const total = useMemo(() => count * price * rows.length, [count]);\n',
    'const total = useMemo(() => count * price * rows.length, [count, price, rows.length]);\n',
  ],
  ...(
    [
      [
        'that has its value later',
        "'save'",
        'const f = useCallback(() => save(1), []);\nconst save = useCallback(put, []);\n',
      ],
      ['that is made anew at each render', "'save'", 'const f = useCallback(() => save(1), []);\nfunction save() {}\n'],
      [
        'that it sets itself',
        "'rows'",
        'const f = useCallback(() => set(rows), []);const [rows, set] = useState([]);\n',
      ],
      [
        'to which the linter has another answer',
        "'rows'",
        'const f = useCallback(() => rows, []);\n',
        " You can also do a functional update 'setRows(r => ...)' if you only need 'rows' in the 'setRows' call.",
      ],
    ] as const
  ).map(
    ([name, dependency, text, more = '']) =>
      [
        `a dependency ${name}`,
        hookDependency,
        {
          file: 'a.tsx',
          line: 1,
          message: `React Hook useCallback has a missing dependency: ${dependency}. Either include it or remove the dependency array.${more}`,
        },
        text,
        undefined,
      ] as const,
  ),
  [
    'a dependency that a hook of its own is called with',
    hookDependency,
    {
      file: 'a.tsx',
      line: 1,
      message: "React Hook useMemo has a missing dependency: 'id'. Either include it or remove the dependency array.",
    },
    'const useRow = (id) => useMemo(() => rows[id], []);\n',
    'const useRow = (id) => useMemo(() => rows[id], [id]);\n',
  ],
  [
    'a dependency of an effect, which may run without end',
    hookDependency,
    {
      file: 'a.tsx',
      line: 1,
      message:
        "React Hook useEffect has a missing dependency: 'price'. Either include it or remove the dependency array.",
    },
    'useEffect(() => set(price + 1), []);\n',
    undefined,
  ],
  [
    'a pipe that the compiler wants imported',
    componentImports,
    {
      file: 'card.ts',
      message:
        'No pipe found with name \'date\'.\nTo fix this, import the "DatePipe" class from "@angular/common" and add it to the "imports" array of the component.',
    },
    "import { Component } from '@angular/core';\n\n@Component({\n  selector: 'a-card',\n  imports: [Row],\n})\nexport class Card {}\n",
    "import { Component } from '@angular/core';\nimport { DatePipe } from '@angular/common';\n\n@Component({\n  selector: 'a-card',\n  imports: [Row, DatePipe],\n})\nexport class Card {}\n",
  ],
  [
    'an attribute of HTML that the compiler knows the name of',
    htmlAttribute,
    {
      file: 'a.tsx',
      line: 1,
      message:
        "Type '{ class: string; }' is not assignable to type 'DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement>'.\n  Property 'class' does not exist on type 'DetailedHTMLProps<HTMLAttributes<HTMLElement>, HTMLElement>'. Did you mean 'className'?",
    },
    'const a = <b class="x">y</b>;\n',
    'const a = <b className="x">y</b>;\n',
  ],
  [
    'a value with a colon',
    yamlQuotes,
    { file: 'a.md', message: 'bad indentation of a mapping entry' },
    '---\ntitle: Tides: an introduction\ndraft: true\n---\nText: here\n',
    '---\ntitle: "Tides: an introduction"\ndraft: true\n---\nText: here\n',
  ],
  [
    'a value with a colon and quotes within',
    yamlQuotes,
    { file: 'a.yml', message: 'mapping values are not allowed here' },
    `title: The "moon": it's up\n`,
    `title: 'The "moon": it''s up'\n`,
  ],
  [
    'a value that begins with a reserved mark',
    yamlQuotes,
    { file: 'a.yml', message: 'bad indentation of a mapping entry' },
    `title: @ada\n`,
    `title: "@ada"\n`,
  ],
  [
    'a value that looks like an alias',
    yamlQuotes,
    { file: 'a.yml', message: 'bad indentation of a mapping entry' },
    `title: *New* boats\n`,
    `title: "*New* boats"\n`,
  ],
  [
    'a value that begins with a word in brackets',
    yamlQuotes,
    { file: 'a.yml', message: 'bad indentation of a mapping entry' },
    `title: [Draft] Boats\n`,
    `title: "[Draft] Boats"\n`,
  ],
  [
    'a value that begins with a word in quotes',
    yamlQuotes,
    { file: 'a.yml', message: 'bad indentation of a mapping entry' },
    `title: "Tides" at home\n`,
    `title: '"Tides" at home'\n`,
  ],
  [
    'a value with its own quotes within',
    yamlQuotes,
    { file: 'a.yml', message: 'bad indentation of a mapping entry' },
    `title: "The "big" moon"\n`,
    `title: 'The "big" moon'\n`,
  ],
  [
    'a value with an apostrophe within its own quotes',
    yamlQuotes,
    { file: 'a.yml', message: 'bad indentation of a mapping entry' },
    `title: 'Ada's tides'\n`,
    `title: "Ada's tides"\n`,
  ],
  [
    'a value of two quoted words',
    yamlQuotes,
    { file: 'a.yml', message: 'bad indentation of a mapping entry' },
    `title: "Big" or "small"\n`,
    `title: '"Big" or "small"'\n`,
  ],
  [
    'a value whose quotes are not even',
    yamlQuotes,
    { file: 'a.yml', message: 'bad indentation of a mapping entry' },
    `title: "Tides" and "more\n`,
    undefined,
  ],
  [
    'a list with a word behind it',
    yamlQuotes,
    { file: 'a.yml', message: 'bad indentation of a mapping entry' },
    'tags: [moon] tide\n',
    undefined,
  ],
  [
    'a document that is broken elsewhere too',
    yamlQuotes,
    { file: 'a.yml', message: 'bad indentation of a mapping entry' },
    'title: Tides: one\nlist: [1, 2\n',
    undefined,
  ],
  [
    'a parameter by another name than the route’s',
    routeParameter,
    { file: 'src/pages/tides/[id].astro', message: 'Missing parameter: id' },
    '---\nexport async function getStaticPaths() {\n  return all.map((tide) => ({ params: { slug: tide.id }, props: { tide } }));\n}\n---\n<p />\n',
    '---\nexport async function getStaticPaths() {\n  return all.map((tide) => ({ params: { id: tide.id }, props: { tide } }));\n}\n---\n<p />\n',
  ],
  [
    'a parameter in short that generateStaticParams makes',
    routeParameter,
    { file: 'app/[lang]/page.tsx', message: 'A required parameter (lang) was not provided as a string' },
    'export function generateStaticParams() {\n  return all.map((locale) => ({ locale }));\n}\n',
    'export function generateStaticParams() {\n  return all.map((locale) => ({ lang: locale }));\n}\n',
  ],
  ...['const { slug } = await params', 'const slug = (await params).slug'].map(
    (row): Case => [
      `a parameter that the page reads as well: ${row}`,
      routeParameter,
      { file: 'app/[id]/page.tsx', message: 'A required parameter (id) was not provided as a string' },
      `export function generateStaticParams() {\n  return all.map((row) => ({ slug: row.slug }));\n}\n\nexport default async function Page({ params }) {\n  ${row};\n  return slug;\n}\n`,
      undefined,
    ],
  ),
  [
    'a parameter that is missing altogether',
    routeParameter,
    { file: 'app/[lang]/[id]/page.tsx', message: 'A required parameter (lang) was not provided as a string' },
    'export function generateStaticParams() {\n  return all.map((row) => ({ id: row.id }));\n}\n',
    undefined,
  ],
];

describe('slips with one way to put them right', () => {
  it.each(cases)('%s', async (_, rule, error, text, repaired) => {
    const answer = await repairWith(rule, error, { files: { [error.file]: text } });

    expect(answer).toEqual(repaired === undefined ? undefined : { [error.file]: repaired });
  });

  it('an export that moved is imported from where it stands, the others stay', async () => {
    const files = {
      'a.ts': "import { euro, tide } from './money';\n\nuse(euro, tide);\n",
      'money.ts': 'export const euro = 1;\n',
      'tide.ts': 'export const tide = 2;\n',
    };
    const error = { file: 'a.ts', message: '"tide" is not exported by "money.ts", imported by "a.ts".' };
    const changes = [
      {
        path: 'money.ts',
        status: 'modified' as const,
        hunks: '@@ -1,2 +1 @@\n export const euro = 1;\n-export const tide = 2;\n',
      },
    ];

    expect(await repairWith(movedExport, error, { files, changes })).toEqual({
      'a.ts': "import { euro } from './money';\nimport { tide } from './tide';\n\nuse(euro, tide);\n",
    });
    expect(await repairWith(movedExport, error, { files })).toBeUndefined();
    const twice = { ...files, 'other.ts': 'export const tide = 3;\n' };
    expect(await repairWith(movedExport, error, { files: twice, changes })).toBeUndefined();
  });

  it('an export of the same name that takes something else is not the one that was lost', async () => {
    const error = { file: 'a.ts', message: '"tide" is not exported by "money.ts", imported by "a.ts".' };
    const repair = (tide: string) =>
      repairWith(movedExport, error, {
        files: { 'a.ts': "import { tide } from './money';\n", 'money.ts': 'export const euro = 1;\n', 'tide.ts': tide },
        changes: [
          {
            path: 'money.ts',
            status: 'modified' as const,
            hunks: '@@ -1,2 +1 @@\n export const euro = 1;\n-export function tide(day: Date) {}\n',
          },
        ],
      });

    expect(await repair('export function tide(day: string) {}\n')).toBeUndefined();
    expect(await repair('export function tide(day: Date) {}\n')).toBeDefined();
  });

  it('a global stylesheet in a component goes, where the App has it already', async () => {
    const files = {
      'pages/_app.js': "import '../styles/global.css';\n",
      'components/Row.js': "import clsx from 'clsx';\nimport '../styles/global.css';\n\nexport const a = clsx;\n",
      'styles/global.css': 'a {}\n',
    };
    const error = {
      file: 'components/Row.js',
      message: 'Global CSS cannot be imported from files other than your Custom <App>.',
    };

    expect(await repairWith(globalStyle, error, { files })).toEqual({
      'components/Row.js': "import clsx from 'clsx';\n\nexport const a = clsx;\n",
    });
    expect(await repairWith(globalStyle, error, { files: { ...files, 'pages/_app.js': '' } })).toBeUndefined();
  });

  it.each([
    ["import '@/styles/base.css';\n", "import '@/styles/base.css';\nimport '@/styles/print.css';\n"],
    ["import '../styles/base.css';\n", "import '../styles/base.css';\nimport '../styles/print.css';\n"],
  ])('a global stylesheet moves to the App as its others are named: %s', async (app, moved) => {
    const files = {
      'pages/_app.js': app,
      'components/Row.js': "import '../styles/print.css';\n\nexport const a = 1;\n",
      'styles/base.css': 'a {}\n',
      'styles/print.css': 'b {}\n',
      'jsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
    };
    const error = {
      file: 'components/Row.js',
      message: 'Global CSS cannot be imported from files other than your Custom <App>.',
    };

    expect((await repairWith(globalStyle, error, { files }))?.['pages/_app.js']).toBe(moved);
  });
});
