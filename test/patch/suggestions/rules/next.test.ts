import { describe, expect, it } from 'vitest';
import { asyncRequest } from '../../../../lib/patch/suggestions/rules/async-request.js';
import { clientHandler } from '../../../../lib/patch/suggestions/rules/client-handler.js';
import { directiveSpelling } from '../../../../lib/patch/suggestions/rules/directive-spelling.js';
import { missingAwait } from '../../../../lib/patch/suggestions/rules/missing-await.js';
import { useClient } from '../../../../lib/patch/suggestions/rules/use-client.js';
import { repairWith } from '../repository.js';

describe('a component that needs the browser', () => {
  const wordings = [
    `You're importing a component that needs useState. It only works in a Client Component but none of its parents are marked with "use client", so they're Server Components by default.`,
    'You\'re importing a component that needs `useState`. This React hook only works in a client component. To fix, mark the file (or its parent) with the `"use client"` directive.\n  Learn more: rendering client components in Client Component',
    "You're importing a module that depends on `useState` into a React Server Component module. This API is only available in Client Components.",
  ];
  const text = "import { useState } from 'react';\n\nexport function A() {\n  useState(1);\n}\n";

  it.each(wordings)('%s', async (message) => {
    const answer = await repairWith(
      useClient,
      { kind: 'client-boundary', message, file: 'app/a.tsx' },
      { files: { 'app/a.tsx': text } },
    );

    expect(answer).toEqual({ 'app/a.tsx': `'use client';\n\n${text}` });
  });

  it('takes away the words where they are no directive', async () => {
    const stray = text.replace("'react';\n\n", "'react';\n\n'use client';\n\n");
    const answer = await repairWith(
      useClient,
      { message: wordings[0] ?? '', file: 'app/a.tsx' },
      { files: { 'app/a.tsx': stray } },
    );

    expect(answer).toEqual({ 'app/a.tsx': `'use client';\n\n${text}` });
  });

  it('writes as the file does', async () => {
    const crlf = '\uFEFFimport { useState } from "react"\r\nexport const A = () => useState(1)\r\n';

    const answer = await repairWith(
      useClient,
      { message: wordings[2] ?? '', file: 'a.tsx' },
      { files: { 'a.tsx': crlf } },
    );

    expect(answer).toEqual({ 'a.tsx': `\uFEFF"use client"\r\n\r\n${crlf.slice(1)}` });
  });

  it.each([
    ['it does not import what it is blamed for', text.replace('useState }', 'useRef }')],
    ['it exports metadata', `${text}export const metadata = { title: 'a' };\n`],
    ['it is an asynchronous page', `${text}export default async function Page() {}\n`],
    ['it reads files', `import fs from 'node:fs';\n${text}`],
    ['it reads a database', `import { sql } from '@vercel/postgres';\n${text}`],
    ['it reads a secret', `${text}export const key = process.env.API_KEY;\n`],
    ['it has another directive', `'use server';\n${text}`],
  ])('answers nothing when %s', async (_, broken) => {
    const answer = await repairWith(
      useClient,
      { message: wordings[0] ?? '', file: 'a.tsx' },
      { files: { 'a.tsx': broken } },
    );

    expect(answer).toBeUndefined();
  });
});

describe('a component that needs the browser, and what it imports', () => {
  const repair = (head: string, more: Record<string, string>) => {
    const text = `import { useState } from 'react';\n${head}\n\nexport function A() {\n  useState(1);\n}\n`;
    const message =
      "You're importing a component that needs `useState`. This React hook only works in a Client Component.";
    return repairWith(useClient, { message, file: 'app/a.tsx' }, { files: { 'app/a.tsx': text, ...more } });
  };
  const rows = "import { Pool } from 'pg';\nexport const rows = () => new Pool();\nexport type Row = string;\n";

  it('is for the server where that is', async () => {
    expect(await repair("import { rows } from './rows';", { 'app/rows.ts': rows })).toBeUndefined();
  });

  it.each([
    ['a type of it', "import type { Row } from './rows';", { 'app/rows.ts': rows }],
    ['an action', "import { save } from './save';", { 'app/save.ts': `'use server';\n\n${rows}` }],
    ['a package for both sides or for browsers', "import { Chart } from 'recharts';", {}],
  ])('is not for %s', async (_, head, more) => {
    expect(await repair(head, more)).toBeDefined();
  });
});

describe('a hook of the repository in a Server Component', () => {
  const hook =
    "import { useState } from 'react';\n\nexport function useBasket() {\n  return useState<string[]>([])[0];\n}\n";
  const bar =
    "import { useBasket } from '../lib/useBasket';\n\nexport function Bar() {\n  return <b>{useBasket().length}</b>;\n}\n";
  const page = "import { Bar } from '../ui/Bar';\n\nexport default async function Page() {\n  return <Bar />;\n}\n";
  const files = { 'lib/useBasket.ts': hook, 'ui/Bar.tsx': bar, 'app/page.tsx': page };
  const message =
    "You're importing a module that depends on `useState` into a React Server Component module. This API is only available in Client Components.";
  const error = {
    kind: 'client-boundary' as const,
    message,
    file: 'lib/useBasket.ts',
    trace: ['ui/Bar.tsx', 'app/page.tsx'],
  };
  const repair = (change: Readonly<Record<string, string>>, trace: readonly string[] = error.trace) =>
    repairWith(useClient, { ...error, trace }, { files: { ...files, ...change } });

  it('makes the component that calls it one of the client', async () => {
    expect(await repair({})).toEqual({ 'ui/Bar.tsx': `'use client';\n\n${bar}` });
  });

  it('finds that component behind a hook that calls it', async () => {
    const between = "import { useBasket } from './useBasket';\n\nexport const useTotal = () => useBasket().length;\n";
    const above = bar.replace('useBasket().length', 'useTotal()').replaceAll('useBasket', 'useTotal');
    expect(
      await repair({ 'lib/useTotal.ts': between, 'ui/Bar.tsx': above }, ['lib/useTotal.ts', ...error.trace]),
    ).toEqual({ 'ui/Bar.tsx': `'use client';\n\n${above}` });
  });

  it('marks the file itself where a component alone is taken from it', async () => {
    const both = `${hook}\nexport function Basket() {\n  return useBasket().join();\n}\n`;
    const around = "import { Basket } from '../lib/useBasket';\n\nexport const Bar = () => <Basket />;\n";
    expect(await repair({ 'lib/useBasket.ts': both, 'ui/Bar.tsx': around })).toEqual({
      'lib/useBasket.ts': `'use client';\n\n${both}`,
    });
    expect(await repair({ 'lib/useBasket.ts': both })).toEqual({ 'ui/Bar.tsx': `'use client';\n\n${bar}` });
  });

  it('knows a hook that is a default', async () => {
    const own = hook.replace('function', 'default function');
    const caller = bar.replace('{ useBasket }', 'useBasket');
    expect(await repair({ 'lib/useBasket.ts': own, 'ui/Bar.tsx': caller })).toEqual({
      'ui/Bar.tsx': `'use client';\n\n${caller}`,
    });
  });

  it.each([
    ['is asynchronous', bar.replace('export function', 'export async function')],
    ['is asynchronous by an arrow', bar.replace('function Bar()', 'const Bar = async () =>')],
    ['has metadata', `${bar}export const metadata = { title: 'a' };\n`],
    ['reads files', `import fs from 'node:fs';\n${bar}`],
    ['brings an unknown package', `import { db } from 'some-database';\n${bar}`],
    ['holds an action', `${bar}async function save() {\n  'use server';\n}\n`],
    ['is one of the client already', `'use client';\n${bar}`],
  ])('is left alone where the component %s', async (_, text) => {
    expect(await repair({ 'ui/Bar.tsx': text })).toBeUndefined();
  });

  it('is left alone where what it renders has to stay on the server, or nobody is known to call it', async () => {
    const list = 'export async function List() {\n  return <i>{await fetch("/")}</i>;\n}\n';
    expect(
      await repair({ 'ui/Bar.tsx': `import { List } from './List';\n${bar}`, 'ui/List.tsx': list }),
    ).toBeUndefined();
    expect(await repair({}, [])).toBeUndefined();
  });
});

describe('a directive that is none', () => {
  const error = { kind: 'client-boundary' as const, message: 'It needs `useState`.', file: 'app/a.tsx' };
  const rest = "\n\nimport { useState } from 'react';\nexport const A = () => useState(1);\n";

  it.each([
    ["'use cleint';", "'use client';"],
    ['"use-client"', '"use client"'],
    ["'useClient'", "'use client'"],
    ["'use strict';\n'use clinet';", "'use strict';\n'use client';"],
    ["'use sever';", "'use server';"],
  ])('%s', async (written, right) => {
    expect(await repairWith(directiveSpelling, error, { files: { 'app/a.tsx': written + rest } })).toEqual({
      'app/a.tsx': right + rest,
    });
  });

  it.each(["'use strict';", "'use cache';", "'use client';", 'const text =', "import 'a';\n'use cleint';"])(
    'lets %s be',
    async (written) => {
      expect(await repairWith(directiveSpelling, error, { files: { 'app/a.tsx': written + rest } })).toBeUndefined();
    },
  );

  it('is found in the file that imports the one at fault, or as the only one', async () => {
    const files = { 'app/a.tsx': 'export const a = 1;\n', 'app/form.tsx': `'use cleint';${rest}` };
    const repaired = { 'app/form.tsx': `'use client';${rest}` };
    const thrown = { message: 'Error: Event handlers cannot be passed to Client Component props.', route: '/a' };

    expect(await repairWith(directiveSpelling, { ...error, trace: ['app/form.tsx'] }, { files })).toEqual(repaired);
    expect(await repairWith(directiveSpelling, thrown, { files })).toEqual(repaired);
    const twice = { ...files, 'app/other.tsx': `'use cilent';${rest}` };
    expect(await repairWith(directiveSpelling, thrown, { files: twice })).toBeUndefined();
    expect(
      await repairWith(directiveSpelling, { ...thrown, message: 'x is not a function' }, { files }),
    ).toBeUndefined();
  });
});

describe('request properties that are promises now', () => {
  const error = {
    kind: 'route-contract' as const,
    message:
      "Type 'BerthPageProps' does not satisfy the constraint 'PageProps'.\n  Types of property 'params' are incompatible.\n    Type '{ id: string; }' is missing the following properties from type 'Promise<any>': then, catch, finally, [Symbol.toStringTag]",
    file: 'app/page.tsx',
  };

  it.each([
    [
      'an interface and a destructured parameter',
      'interface Props {\n  params: { id: string };\n}\n\nexport default async function Page({ params }: Props) {\n  const { id } = params;\n  return <p>{id}</p>;\n}\n',
      'interface Props {\n  params: Promise<{ id: string }>;\n}\n\nexport default async function Page({ params }: Props) {\n  const { id } = await params;\n  return <p>{id}</p>;\n}\n',
    ],
    [
      'a function that is not asynchronous yet, and reads in place',
      'export default function Page({ params }: { params: { id: string } }): JSX.Element {\n  return <p>{params.id}</p>;\n}\n',
      'export default async function Page({ params }: { params: Promise<{ id: string }> }): Promise<JSX.Element> {\n  return <p>{(await params).id}</p>;\n}\n',
    ],
    [
      'a nested pattern',
      'type Props = { params: { id: string } };\nexport default function Page({ params: { id } }: Props) {\n  const a = id;\n  return a;\n}\n',
      'type Props = { params: Promise<{ id: string }> };\nexport default async function Page({ params }: Props) {\n  const { id } = await params;\n  const a = id;\n  return a;\n}\n',
    ],
    [
      'a parameter that is not destructured, and the metadata of the same page',
      'type Props = { params: { id: string }; searchParams: Record<string, string> };\nexport function generateMetadata({ params }: Props) {\n  return { title: params.id };\n}\nexport default function Page(props: Props) {\n  const q = props.searchParams;\n  return q.a + props.params.id;\n}\n',
      'type Props = { params: Promise<{ id: string }>; searchParams: Promise<Record<string, string>> };\nexport async function generateMetadata({ params }: Props) {\n  return { title: (await params).id };\n}\nexport default async function Page(props: Props) {\n  const q = await props.searchParams;\n  return q.a + (await props.params).id;\n}\n',
    ],
    [
      'a route handler',
      'export async function GET(request: Request, { params }: { params: { id: string } }) {\n  return Response.json(params.id);\n}\n',
      'export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {\n  return Response.json((await params).id);\n}\n',
    ],
    [
      'a callback',
      'export default function Layout({ children, params }: { children: string; params: { id: string } }) {\n  return [1].map(() => params.id + children);\n}\n',
      'export default async function Layout(props: { children: string; params: Promise<{ id: string }> }) {\n  const params = await props.params;\n  const { children } = props;\n  return [1].map(() => params.id + children);\n}\n',
    ],
    [
      'a callback that reads a parameter',
      'export async function GET(request: Request, context: { params: { id: string } }) {\n  const { id } = context.params;\n  return [id].map((one) => one + context.params.id);\n}\n',
      'export async function GET(request: Request, context: { params: Promise<{ id: string }> }) {\n  const params = await context.params;\n  const { id } = params;\n  return [id].map((one) => one + params.id);\n}\n',
    ],
    [
      'a Client Component',
      "'use client';\n\nimport { useState } from 'react';\n\nexport default function Page({ params: { id } }: { params: { id: string } }) {\n  const [open] = useState(id);\n  return open;\n}\n",
      "'use client';\n\nimport { useState, use } from 'react';\n\nexport default function Page(props: { params: Promise<{ id: string }> }) {\n  const { id } = use(props.params);\n  const [open] = useState(id);\n  return open;\n}\n",
    ],
    [
      'a component that calls hooks on the server, and its metadata',
      "import { useTranslations } from 'next-intl';\n\ntype Props = { params: { id: string } };\nexport async function generateMetadata({ params }: Props) {\n  return { title: params.id };\n}\nexport default function Page({ params }: Props) {\n  const t = useTranslations();\n  return t(params.id);\n}\n",
      "import { useTranslations } from 'next-intl';\nimport { use } from 'react';\n\ntype Props = { params: Promise<{ id: string }> };\nexport async function generateMetadata({ params }: Props) {\n  return { title: (await params).id };\n}\nexport default function Page(props: Props) {\n  const params = use(props.params);\n  const t = useTranslations();\n  return t(params.id);\n}\n",
    ],
    [
      'a page declared first and exported later',
      'const Page = ({ params }: { params: { id: string } }) => {\n  return params.id;\n};\nexport default Page;\n',
      'const Page = async ({ params }: { params: Promise<{ id: string }> }) => {\n  return (await params).id;\n};\nexport default Page;\n',
    ],
  ])('%s', async (_, broken, repaired) => {
    const answer = await repairWith(asyncRequest, error, { files: { 'app/page.tsx': broken } });

    expect(answer).toEqual({ 'app/page.tsx': repaired });
  });

  it.each([
    [
      'an asynchronous page calls hooks',
      'export default async function Page({ params }: { params: { id: string } }) {\n  useTheme();\n  return params.id;\n}\n',
    ],
    [
      'a callback uses them and `props` is another thing',
      'export default function Page({ params }: { params: { id: string } }) {\n  return [props].map(() => params.id);\n}\n',
    ],
    [
      'a callback of an arrow function without a body uses them',
      'const Page = ({ params }: { params: { id: string } }) => [1].map(() => params.id);\nexport default Page;\n',
    ],
    [
      'a callback uses them and they may be missing',
      'export default function Page({ params = {} }: { params: { id: string } }) {\n  return [1].map(() => params.id);\n}\n',
    ],
    [
      'a callback uses them of a parameter, and `params` is another thing',
      'export default function Page(props: { params: { id: string } }) {\n  return [1].map((params) => props.params.id + params);\n}\n',
    ],
    [
      'a Client Component calls something else `use`',
      "'use client';\nimport { use } from './use';\nexport default function Page({ params }: { params: { id: string } }) {\n  return use(params.id);\n}\n",
    ],
    [
      'another component has the same type',
      'type Props = { params: { id: string } };\nfunction Card({ params }: Props) {\n  return params.id;\n}\nexport default function Page({ params }: Props) {\n  return params.id;\n}\n',
    ],
    [
      'they are passed on whole',
      'export default function Page(props: { params: { id: string } }) {\n  return f(props);\n}\n',
    ],
    [
      'they are promises already',
      'export default async function Page({ params }: { params: Promise<{ id: string }> }) {\n  return (await params).id;\n}\n',
    ],
  ])('answers nothing when %s', async (_, broken) => {
    const answer = await repairWith(asyncRequest, error, { files: { 'app/page.tsx': broken } });

    expect(answer).toBeUndefined();
  });

  describe('that no compiler looked at', () => {
    const page = (type: string, wait: string, start = 'export default') =>
      `type Props = { params: ${type} };\n\n${start} function Page({ params }: Props) {\n  const { id } = ${wait}params;\n  return <p>{berths[id].name}</p>;\n}\n`;
    const plain = page('{ id: string }', '');
    const waiting = page('Promise<{ id: string }>', 'await ', 'export default async');
    const file = 'app/berths/[id]/page.tsx';
    const thrown = {
      tool: 'next',
      kind: 'prerender' as const,
      route: '/berths/a1',
      message: "TypeError: Cannot read properties of undefined (reading 'name')",
    };
    const manifest = (range: string) => JSON.stringify({ dependencies: { next: range } });
    const repair = (facts: object, text = plain, next = '^16.1.0', path = file) =>
      repairWith(asyncRequest, { ...thrown, ...facts }, { files: { [path]: text, 'package.json': manifest(next) } });

    it.each([
      ['where the page threw', { file, line: 5 }],
      ['where what it calls threw', { file: 'lib/berths.ts', trace: [file] }],
      ['where the route alone is known', {}],
      [
        'where a file was looked for that is none',
        {
          kind: 'file-missing' as const,
          file: 'lib/berths.ts',
          trace: [file],
          message: "Error: ENOENT: no such file or directory, open '/vercel/path0/berths/undefined.json'",
        },
      ],
    ])('are awaited %s', async (_, facts) => {
      expect(await repair(facts)).toEqual({ [file]: waiting });
    });

    it.each(['`params` should be awaited before using its properties.', '`params` is a Promise and must be unwrapped'])(
      'are awaited where Next.js says so: %s',
      async (words) => {
        const message = `Error: Route "/berths/[id]" used \`params.id\`. ${words}`;
        expect(await repair({ file, message }, plain, '15.5.0')).toEqual({ [file]: waiting });
      },
    );

    it('are awaited in JavaScript, and once', async () => {
      const script = 'app/berths/[id]/page.jsx';
      const text =
        'export async function generateMetadata(props) {\n  return { title: (await props.params).id };\n}\n\nexport default function Page({ params }) {\n  return <p>{params.id}</p>;\n}\n';
      expect(await repair({ file: script }, text, '16.0.0', script)).toEqual({
        [script]: text
          .replace('default function', 'default async function')
          .replace('{params.id}', '{(await params).id}'),
      });
    });

    it.each([
      ['of Next.js 15, which lets them be read', {}, plain, '^15.5.0'],
      ['of a version that is not told', {}, plain, 'latest'],
      ['which fails otherwise', { message: 'Error: Berth a1 is not there' }, plain, '^16.1.0'],
      ['that awaits them', { file }, waiting, '^16.1.0'],
      ['that failed outside of Next.js', { file, tool: 'script', route: undefined }, plain, '^16.1.0'],
      ['that takes them by `use`', { file }, plain.replace('= params', '= use(params)'), '^16.1.0'],
      ['that has no types', { file }, plain.replace(': Props', ''), '^16.1.0'],
    ])('are left alone in a page %s', async (_, facts, text, next) => {
      expect(await repair(facts, text, next)).toBeUndefined();
    });

    it('are left alone in what is no page', async () => {
      const other = 'app/berths/[id]/berth.tsx';
      expect(await repair({ file: other }, plain, '^16.1.0', other)).toBeUndefined();
    });
  });

  it.each([
    "Type 'typeof import(\"/vercel/path0/app/berths/[id]/layout\")' does not satisfy the constraint 'LayoutConfig<\"/berths/[id]\">'.\n  Types of property 'params' are incompatible.\n    Property 'id' is missing in type 'Promise<{ id: string; }>' but required in type '{ id: string; }'.",
    "Type 'typeof import(\"/vercel/path0/app/api/berths/[id]/route\")' does not satisfy the constraint 'RouteHandlerConfig<\"/api/berths/[id]\">'.\n  Types of property 'params' are incompatible.\n    Property 'id' is missing in type 'Promise<{ id: string; }>' but required in type '{ id: string; }'.",
  ])('is told of a route, whose one file it is in: %s', async (message) => {
    const text = 'export default function Layout({ params }: { params: { id: string } }) {\n  return params.id;\n}\n';
    const file = 'app/berths/[id]/layout.tsx';
    const told = { ...error, file: undefined, message, trace: ['app/berths/[id]/layout.js', file] };
    const repaired = text
      .replace('function', 'async function')
      .replace('{ id: string }', 'Promise<{ id: string }>')
      .replace('return params', 'return (await params)');

    expect(await repairWith(asyncRequest, told, { files: { [file]: text } })).toEqual({ [file]: repaired });
    const twice = { [file]: text, 'app/berths/[id]/layout.js': text };
    expect(await repairWith(asyncRequest, told, { files: twice })).toBeUndefined();
    const other = message.replace(/ in type 'Promise<.*/, '.');
    expect(await repairWith(asyncRequest, { ...told, message: other }, { files: { [file]: text } })).toBeUndefined();
  });
});

describe('a promise that nobody awaits', () => {
  const error = (name: string) => ({
    message: `Property '${name}' does not exist on type 'Promise<ReadonlyRequestCookies>'.`,
    file: 'app/page.tsx',
  });
  const head = "import { cookies } from 'next/headers';\n\n";

  it.each([
    [
      'get',
      'export async function f() {\n  return cookies().get("a");\n}\n',
      'export async function f() {\n  return (await cookies()).get("a");\n}\n',
    ],
    [
      'get',
      'export default function Page() {\n  const store = cookies();\n  return store.get("a") ?? store.get("b");\n}\n',
      'export default async function Page() {\n  const store = await cookies();\n  return store.get("a") ?? store.get("b");\n}\n',
    ],
    [
      'id',
      'export default async function Page({ params }: { params: Promise<{ id: string }> }) {\n  const { id } = params;\n}\n',
      'export default async function Page({ params }: { params: Promise<{ id: string }> }) {\n  const { id } = await params;\n}\n',
    ],
  ])('%s in %j', async (name, broken, repaired) => {
    const line = broken.split('\n').findIndex((text) => text.includes(name === 'get' ? '.get' : '{ id } =')) + 3;

    const answer = await repairWith(
      missingAwait,
      { ...error(name), line },
      { files: { 'app/page.tsx': head + broken } },
    );

    expect(answer).toEqual({ 'app/page.tsx': head + repaired });
  });

  it.each([
    ['nobody is seen to call the helper', 'export function read() {\n  return cookies().get("a");\n}\n'],
    [
      'the promise is also taken as one',
      'export async function f() {\n  const store = cookies();\n  store.then(g);\n  return store.get("a");\n}\n',
    ],
    [
      'the value comes from outside',
      'const store = cookies();\nexport async function f() {\n  return store.get("a");\n}\n',
    ],
  ])('answers nothing when %s', async (_, broken) => {
    const line = broken.split('\n').findIndex((text) => text.includes('.get')) + 3;

    const answer = await repairWith(
      missingAwait,
      { ...error('get'), line },
      { files: { 'app/page.tsx': head + broken } },
    );

    expect(answer).toBeUndefined();
  });
});

describe('a helper that reads from a promise', () => {
  const error = {
    message: "Property 'get' does not exist on type 'Promise<ReadonlyRequestCookies>'.",
    file: 'lib/theme.ts',
    line: 4,
  };
  const theme =
    "import { cookies } from 'next/headers';\n\nexport function theme(): string {\n  return cookies().get('theme')?.value ?? 'light';\n}\n";
  const page =
    "import { theme } from '../lib/theme';\n\nexport default function Page() {\n  return <p className={theme()}>Home</p>;\n}\n";
  const repair = (pages: Readonly<Record<string, string>>, text = theme) =>
    repairWith(missingAwait, error, { files: { 'lib/theme.ts': text, ...pages } });
  const awaited = theme
    .replace('function', 'async function')
    .replace(': string', ': Promise<string>')
    .replace('cookies()', '(await cookies())');

  it('is awaited where it is called', async () => {
    expect(await repair({ 'app/page.tsx': page })).toEqual({
      'lib/theme.ts': awaited,
      'app/page.tsx': page.replace('function', 'async function').replace('{theme()', '{await theme()'),
    });
  });

  it('is awaited in its own file too', async () => {
    const own = `${theme}\nexport async function isDark() {\n  return theme() === 'dark';\n}\n`;
    expect(await repair({}, own)).toEqual({
      'lib/theme.ts': awaited + own.slice(theme.length).replace('theme()', 'await theme()'),
    });
  });

  it.each([
    ['is a component of the browser', `'use client';\n\n${page}`],
    ['is a callback', page.replace('{theme()}', "{['a'].map(() => theme()).join()}")],
    ['is a component that is no page', page.replace('default function Page', 'function Title')],
    ['hands it on', page.replace('theme()', 'read(theme)')],
    ['takes the whole module', page.replace('{ theme }', '* as theme').replace('theme()', 'theme.theme()')],
  ])('stays where its caller %s', async (_, text) => {
    expect(await repair({ 'app/page.tsx': text })).toBeUndefined();
  });

  it('is a component, which may wait wherever it is rendered', async () => {
    const header =
      "import { cookies } from 'next/headers';\n\nexport function Header() {\n  return <p>{cookies().get('theme')?.value}</p>;\n}\n";
    const repaired = header.replace('function', 'async function').replace('cookies()', '(await cookies())');
    const repairHeader = (text: string) =>
      repairWith(missingAwait, { ...error, file: 'ui/header.tsx' }, { files: { 'ui/header.tsx': text } });
    expect(await repairHeader(header)).toEqual({ 'ui/header.tsx': repaired });
    const asDefault = header.replace('export', 'export default');
    expect(await repairHeader(asDefault)).toEqual({ 'ui/header.tsx': repaired.replace('export', 'export default') });
    expect(await repairHeader(header.replace('<p>', '<p id={useId()}>'))).toBeUndefined();
  });

  it('stays where it is the default export', async () => {
    const files = { 'app/page.tsx': page.replace('{ theme }', 'theme') };
    expect(await repair(files, theme.replace('export', 'export default'))).toBeUndefined();
  });
});

describe('a handler on the server', () => {
  const error = {
    kind: 'prerender' as const,
    message:
      'Error: Event handlers cannot be passed to Client Component props.\n{onClick: function onClick, children: ...}',
    route: '/rota',
  };
  const page =
    "import { Bell } from '../../ui/Bell';\n\nexport default async function Rota() {\n  return <Bell />;\n}\n";
  const bell = 'export function Bell() {\n  return <button onClick={() => ring()}>Ring</button>;\n}\n';

  it('marks the one component that has it', async () => {
    const files = { 'app/rota/page.tsx': page, 'ui/Bell.tsx': bell };

    expect(await repairWith(clientHandler, error, { files })).toEqual({ 'ui/Bell.tsx': `'use client';\n\n${bell}` });
  });

  describe('that a module passes on', () => {
    const barrel = {
      'app/rota/page.tsx': page.replace('ui/Bell', 'ui'),
      'ui/index.ts': "export { Bell } from './Bell';\nexport { Gong } from './Gong';\n",
      'ui/Bell.tsx': bell,
      'ui/Gong.tsx': bell.replace('Bell', 'Gong'),
    };

    it('is marked where the page takes it, and not the others beside it', async () => {
      expect(await repairWith(clientHandler, error, { files: barrel })).toEqual({
        'ui/Bell.tsx': `'use client';\n\n${bell}`,
      });
    });

    it('is left where it brings along from there what is of the server', async () => {
      const horn = `import { Gong } from '.';\n${bell}`;
      const index = `${barrel['ui/index.ts']}export { db } from './db';\n`;
      const files = { ...barrel, 'ui/Bell.tsx': horn, 'ui/index.ts': index, 'ui/db.ts': "import 'server-only';\n" };
      expect(await repairWith(clientHandler, error, { files })).toBeUndefined();
      const passed = { ...files, 'ui/db.ts': "export { sql as db } from '@vercel/postgres';\n" };
      expect(await repairWith(clientHandler, error, { files: passed })).toBeUndefined();
    });

    it('is left where it is given a function by that way', async () => {
      const other = barrel['app/rota/page.tsx'].replace('<Bell />', '<Bell tone={(n) => n} />');
      const files = { ...barrel, 'app/other/page.tsx': other };
      expect(await repairWith(clientHandler, error, { files })).toBeUndefined();
    });
  });

  it.each([
    ['another handler', { 'app/rota/page.tsx': page, 'ui/Bell.tsx': bell.replace('onClick', 'onFocus') }],
    ['a component that is one of the client', { 'app/rota/page.tsx': page, 'ui/Bell.tsx': `'use client';\n${bell}` }],
    ['a page that loads data itself', { 'app/rota/page.tsx': page.replace('<Bell />', '<b onClick={ring} />') }],
    [
      'two components',
      {
        'app/rota/page.tsx': page
          .replace('<Bell />', '<Bell><Gong /></Bell>')
          .replace('\n', "\nimport { Gong } from '../../ui/Gong';\n"),
        'ui/Bell.tsx': bell,
        'ui/Gong.tsx': bell.replace('Bell', 'Gong'),
      },
    ],
  ])('answers nothing for %s', async (_, files) => {
    expect(
      await repairWith(clientHandler, error, { files: files as unknown as Record<string, string> }),
    ).toBeUndefined();
  });

  it('knows what runs in browsers already, and what is made for them', async () => {
    const files = {
      'app/rota/page.tsx': page,
      'ui/Bell.tsx': `import { ring } from './ring';\n${bell}`,
      'ui/ring.ts': "import { z } from 'zod';\nimport { tone } from 'some-tones';\nexport const ring = 1;\n",
      'ui/Horn.tsx': "'use client';\nimport { blow } from './blow';\nexport const Horn = () => <b onClick={blow} />;\n",
      'ui/blow.ts': "import { tone } from 'some-tones';\nexport const blow = () => tone();\n",
    };
    const marked = { 'ui/Bell.tsx': `'use client';\n\n${files['ui/Bell.tsx']}` };
    expect(await repairWith(clientHandler, error, { files })).toEqual(marked);
    const blow = `'use server';\n${files['ui/blow.ts']}`;
    expect(await repairWith(clientHandler, error, { files: { ...files, 'ui/blow.ts': blow } })).toBeUndefined();
  });

  it.each(['<Bell tone={(n) => n} />', '<Bell>{() => 1}</Bell>'])('answers nothing for %s', async (use) => {
    const files = {
      'app/rota/page.tsx': page,
      'app/other/page.tsx': page.replace('<Bell />', use),
      'ui/Bell.tsx': bell,
    };
    expect(await repairWith(clientHandler, error, { files })).toBeUndefined();
  });

  it.each([
    "import { format } from 'date-fns';",
    'export const at = (date: Date) => date.toLocaleString();',
    'export const now = () => new Date();',
  ])('answers nothing where browsers may show another thing: %s', async (code) => {
    const files = {
      'app/rota/page.tsx': page,
      'ui/Bell.tsx': `import { ring } from './ring';\n${bell}`,
      'ui/ring.ts': `${code}\nexport const ring = 1;\n`,
    };
    expect(await repairWith(clientHandler, error, { files })).toBeUndefined();
  });

  it.each(["import 'server-only';", "import { db } from 'some-database';", 'const key = process.env.RING_KEY;'])(
    'answers nothing for a component behind which stands %s',
    async (code) => {
      const files = {
        'app/rota/page.tsx': page,
        'ui/Bell.tsx': `import { ring } from './ring';\n${bell}`,
        'ui/ring.ts': `${code}\nexport const ring = 1;\n`,
      };
      expect(await repairWith(clientHandler, error, { files })).toBeUndefined();
    },
  );
});

describe('what else the change would touch', () => {
  it('leaves a page that another module gives plain objects', async () => {
    const page = 'export default function Page({ params }: { params: { id: string } }) {\n  return params.id;\n}\n';
    const error = {
      tool: 'next',
      file: 'app/page.tsx',
      message: "is missing the following properties from type 'Promise<any>': then",
    };
    const test = "import Page from './page';\nPage({ params: { id: '1' } });\n";
    expect(await repairWith(asyncRequest, error, { files: { 'app/page.tsx': page } })).toBeDefined();
    expect(
      await repairWith(asyncRequest, error, { files: { 'app/page.tsx': page, 'app/page.test.tsx': test } }),
    ).toBeUndefined();
  });

  const hook = "import { useState } from 'react';\n\n";
  const price =
    'export const priceOf = (a: number) => a;\n\nexport function Price() {\n  return useState(priceOf(1))[0];\n}\n';
  const error = {
    tool: 'next',
    file: 'ui/price.tsx',
    message: "You're importing a component that needs `useState`. This React Hook only works in a Client Component.",
  };

  it.each([
    ['nothing else takes', hook + price, {}, '', true],
    [
      'the server calls',
      hook + price,
      { 'app/feed/route.ts': "import { priceOf } from '../../ui/price';\npriceOf(1);\n" },
      '',
      false,
    ],
    ['the diff took the mark alone from', hook + price, {}, "-'use client';", true],
    ['the diff took the mark and a hook from', hook + price, {}, "-'use client';\n-  useEffect(show);", false],
    ['only imports the hook', `${hook}export const Price = () => 1;\n`, {}, '', false],
    [
      'is given a function',
      hook + price,
      { 'app/page.tsx': "import { Price } from '../ui/price';\nexport default () => <Price a={() => 1} />;\n" },
      '',
      false,
    ],
  ])('marks what %s, or leaves it', async (_, text, files, hunks, isMarked) => {
    const changes = [{ status: 'modified' as const, path: 'ui/price.tsx', hunks }];
    const answer = await repairWith(useClient, error, { files: { ...files, 'ui/price.tsx': text }, changes });
    expect(answer !== undefined).toBe(isMarked);
  });
});
