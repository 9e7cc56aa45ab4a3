import { describe, expect, it } from 'vitest';
import { appRouter } from '../../../../lib/patch/suggestions/rules/app-router.js';
import { fontWeight } from '../../../../lib/patch/suggestions/rules/font-weight.js';
import { segmentConfig } from '../../../../lib/patch/suggestions/rules/segment-config.js';
import { useClient } from '../../../../lib/patch/suggestions/rules/use-client.js';
import { repairWith } from '../repository.js';

describe('the router of the Pages Router in the App Router', () => {
  const thrown = {
    kind: 'prerender' as const,
    message: 'Error: NextRouter was not mounted. https://nextjs.org/docs/messages/next-router-not-mounted',
    route: '/',
  };
  const onServer = {
    file: 'app/nav.tsx',
    message: 'You have a Server Component that imports next/router. Use next/navigation instead.',
  };
  const nav = (body: string, taken = 'const router = useRouter();') =>
    `'use client';\n\nimport { useRouter } from 'next/router';\n\nexport function Nav() {\n  ${taken}\n  ${body}\n}\n`;
  const moved = (text: string) => text.replace('next/router', 'next/navigation');

  it.each([
    ['a handler', nav("return <button onClick={() => router.push('/berths')}>Berths</button>;")],
    ['an effect', nav('useEffect(() => {\n    router.replace(`/berths`);\n  }, [router]);\n  return null;')],
    ['a function of it', nav("return <a onClick={() => go('/')} />;", 'const { push: go, back } = useRouter();')],
  ])('is that of the App Router in %s', async (_, text) => {
    expect(await repairWith(appRouter, { ...thrown, file: 'app/nav.tsx' }, { files: { 'app/nav.tsx': text } })).toEqual(
      {
        'app/nav.tsx': moved(text),
      },
    );
  });

  it('is found where the error names no file, if one file alone has it', async () => {
    const text = nav('return <button onClick={() => router.back()}>Back</button>;');
    const files = { 'app/nav.tsx': text, 'pages/old.tsx': text };
    expect(await repairWith(appRouter, thrown, { files })).toEqual({ 'app/nav.tsx': moved(text) });
    expect(await repairWith(appRouter, thrown, { files: { ...files, 'app/other.tsx': text } })).toBeUndefined();
  });

  it('comes with the mark that its hook needs, where the file may have it', async () => {
    const text = nav("return <button onClick={() => router.push('/')} />;").replace("'use client';\n\n", '');
    expect(await repairWith(appRouter, onServer, { files: { 'app/nav.tsx': text } })).toEqual({
      'app/nav.tsx': `'use client';\n\n${moved(text)}`,
    });
    const withMetadata = `${text}export const metadata = {};\n`;
    expect(await repairWith(appRouter, onServer, { files: { 'app/nav.tsx': withMetadata } })).toBeUndefined();
    const withDatabase = `import { db } from 'some-database';\n${text}`;
    expect(await repairWith(appRouter, onServer, { files: { 'app/nav.tsx': withDatabase } })).toBeUndefined();
  });

  it.each([
    ['is asked for what the other has not', nav('return <p>{router.query.id}</p>;')],
    ['goes to an address with parts', nav("return <a onClick={() => router.push({ pathname: '/' })} />;")],
    ['goes to an address under another name', nav("return <a onClick={() => router.push('/[id]', '/1')} />;")],
    ['is waited for', nav("const go = async () => { await router.push('/'); };\n  return <a onClick={go} />;")],
    ['goes wherever it is told', nav('return <a onClick={() => router.push(target)} />;')],
    ['is handed on', nav('return <Menu router={router} />;')],
    ['is taken apart for more', nav('return <p>{pathname}</p>;', 'const { push, pathname } = useRouter();')],
    ['is imported by its singleton', nav('return null;').replace('{ useRouter }', 'Router, { useRouter }')],
    ['is not held', nav("return <a onClick={() => useRouter().push('/')} />;", '')],
  ])('is left alone where it %s', async (_, text) => {
    expect(
      await repairWith(appRouter, { ...thrown, file: 'app/nav.tsx' }, { files: { 'app/nav.tsx': text } }),
    ).toBeUndefined();
  });
});

describe('a component without server rendering in a Server Component', () => {
  const error = {
    kind: 'client-boundary' as const,
    file: 'app/page.tsx',
    message:
      '`ssr: false` is not allowed with `next/dynamic` in Server Components. Please move it into a Client Component.',
  };
  const page =
    "import dynamic from 'next/dynamic';\n\nconst Chart = dynamic(() => import('./chart'), { ssr: false });\n\nexport default function Page() {\n  return <Chart />;\n}\n";

  it('marks the file', async () => {
    expect(await repairWith(useClient, error, { files: { 'app/page.tsx': page } })).toEqual({
      'app/page.tsx': `'use client';\n\n${page}`,
    });
  });

  it.each([
    ['loads data', page.replace('default function', 'default async function')],
    ['has metadata', `${page}export const metadata = { title: 'Chart' };\n`],
    ['reads a secret', page.replace('<Chart />', '<Chart token={process.env.TOKEN} />')],
    ['renders what stays on the server', `import { db } from 'some-database';\n${page}`],
  ])('leaves one alone that %s', async (_, text) => {
    expect(await repairWith(useClient, error, { files: { 'app/page.tsx': text } })).toBeUndefined();
  });
});

describe('a font without its weight', () => {
  const turbopack =
    "Module not found: Can't resolve 'next/font/google/target.css'\nMissing weight for Bebas Neue. Available weights: 400";
  const webpack = '`next/font` error:\nMissing weight for font `Bebas Neue`.\nAvailable weights: `400`';
  const layout = (call: string) =>
    `import { Bebas_Neue } from 'next/font/google';\n\nconst bebas = ${call};\n\nexport const name = bebas.className;\n`;
  const repair = (message: string, text: string) =>
    repairWith(fontWeight, { file: 'app/layout.tsx', message }, { files: { 'app/layout.tsx': text } });

  it.each([turbopack, webpack])('gets the only one: %s', async (message) => {
    expect(await repair(message, layout("Bebas_Neue({ subsets: ['latin'] })"))).toEqual({
      'app/layout.tsx': layout("Bebas_Neue({ weight: '400', subsets: ['latin'] })"),
    });
  });

  it.each([
    ['Bebas_Neue()', "Bebas_Neue({ weight: '400' })"],
    ['Bebas_Neue({})', "Bebas_Neue({ weight: '400' })"],
    ["Bebas_Neue({\n  subsets: ['latin'],\n})", "Bebas_Neue({\n  weight: '400',\n  subsets: ['latin'],\n})"],
  ])('%j', async (broken, repaired) => {
    expect(await repair(turbopack, layout(broken))).toEqual({ 'app/layout.tsx': layout(repaired) });
  });

  it('is left alone where there are several weights, or the call cannot be told', async () => {
    const call = layout("Bebas_Neue({ subsets: ['latin'] })");
    expect(await repair(`${turbopack}, 700`, call)).toBeUndefined();
    expect(await repair(`${webpack}, \`700\``, call)).toBeUndefined();
    expect(await repair(turbopack.replace('Bebas Neue', 'Anton'), call)).toBeUndefined();
    expect(await repair(turbopack, layout('Bebas_Neue(options)'))).toBeUndefined();
    expect(await repair(turbopack, layout('Bebas_Neue({ ...options })'))).toBeUndefined();
    expect(await repair(turbopack, layout('[Bebas_Neue({}), Bebas_Neue({})]'))).toBeUndefined();
  });
});

describe('a setting that Cache Components do without', () => {
  const message = (name: string) =>
    `Route segment config "${name}" is not compatible with \`nextConfig.cacheComponents\`. Please remove it.`;
  const rest = 'export default function Page() {\n  return <p>Home</p>;\n}\n';
  const repair = (name: string, text: string, file = 'app/page.tsx') =>
    repairWith(segmentConfig, { file, message: message(name) }, { files: { [file]: text } });

  it('goes where it says what holds without it', async () => {
    expect(await repair('dynamic', `export const dynamic = 'force-dynamic';\n\n${rest}`)).toEqual({
      'app/page.tsx': rest,
    });
    const between = `import a from 'a';\n\nexport const runtime = "nodejs"\n\n${rest}`;
    expect(await repair('runtime', between)).toEqual({ 'app/page.tsx': `import a from 'a';\n\n${rest}` });
  });

  it.each([
    ['dynamic', "export const dynamic = 'force-static';\n"],
    ['revalidate', 'export const revalidate = 60;\n'],
    ['runtime', "export const runtime = 'edge';\n"],
    ['dynamic', 'export const dynamic = mode;\n'],
    ['dynamic', "export const revalidate = 60, dynamic = 'force-dynamic';\n"],
  ])('%s stays with another value: %j', async (name, text) => {
    expect(await repair(name, text + rest)).toBeUndefined();
  });

  it('stays in a route handler, which would be answered once for all', async () => {
    const handler = "export const dynamic = 'force-dynamic';\n\nexport const GET = () => Response.json(Date.now());\n";
    expect(await repair('dynamic', handler, 'app/api/route.ts')).toBeUndefined();
  });
});
