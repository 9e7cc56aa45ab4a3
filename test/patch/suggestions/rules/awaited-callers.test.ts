import { describe, expect, it } from 'vitest';
import { missingAwait } from '../../../../lib/patch/suggestions/rules/missing-await.js';
import { repairWith } from '../repository.js';

const boats =
  'export interface Boat {\n  name: string;\n}\n\nexport async function findBoat(id: string): Promise<Boat | undefined> {\n  return (await load()).find((boat: { id: string }) => boat.id === id);\n}\n';
const route = `import { findBoat } from '../../lib/boats';

export async function POST(request: Request) {
  const { id } = await request.json();
  const boat = findBoat(id);
  if (!boat) return new Response(null, { status: 404 });
  return Response.json(priceOf(boat));
}
`;
const page = `import { findBoat } from '@/lib/boats';

export default function Page({ id }: { id: string }) {
  return <h1>{title(id)}</h1>;
}
`;
const error = {
  file: 'app/boats/route.ts',
  line: 7,
  column: 31,
  message: "Argument of type 'Promise<Boat | undefined>' is not assignable to parameter of type 'Boat'.",
};
const repair = (files: Readonly<Record<string, string>>, facts: object = {}) =>
  repairWith(
    missingAwait,
    { ...error, ...facts },
    {
      files: {
        'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
        'lib/boats.ts': boats,
        'app/boats/route.ts': route,
        ...files,
      },
    },
  );
const awaited = { 'app/boats/route.ts': route.replace('= findBoat', '= await findBoat') };
const withCall = (call: string) => page.replace('  return', `  ${call}\n  return`);

describe('a function that answers with a promise', () => {
  it('is awaited by what Next.js calls while it builds', async () => {
    const listed = (head: string, call: string) =>
      `import { findBoat } from '@/lib/boats';\n\nexport ${head}() {\n  return ${call}.names;\n}\n`;
    const file = 'app/boats/page.tsx';
    const facts = { file, line: 4, column: 24, message: "Property 'names' does not exist on type 'Promise<Boat>'." };
    const params = listed('function generateStaticParams', 'findBoat()');
    expect(await repair({ [file]: params, 'app/boats/route.ts': '' }, facts)).toEqual({
      [file]: listed('async function generateStaticParams', '(await findBoat())'),
    });
    const other = listed('function listParams', 'findBoat()');
    expect(await repair({ [file]: other, 'app/boats/route.ts': '' }, facts)).toBeUndefined();
  });

  it('is awaited where the value is wanted that the file has tested', async () => {
    expect(await repair({})).toEqual(awaited);
  });

  it.each([
    ["This condition will always return true since this 'Promise<Boat | undefined>' is always defined.", 6, 8],
    ["Property 'name' does not exist on type 'Promise<Boat | undefined>'.", 7, 36],
  ])('whatever the compiler says of it: %s', async (message, line, column) => {
    const text = route.replace('priceOf(boat)', 'priceOf(boat.name)');
    expect(await repair({ 'app/boats/route.ts': text }, { message, line, column })).toEqual({
      'app/boats/route.ts': text.replace('= findBoat', '= await findBoat'),
    });
  });

  it.each([
    ['const boat = findBoat(id);', 'const boat = await findBoat(id);'],
    ['const { name } = findBoat(id);', 'const { name } = await findBoat(id);'],
    ['const name = findBoat(id)?.name;', 'const name = (await findBoat(id))?.name;'],
    ['if (!findBoat(id)) notFound();', 'if (!await findBoat(id)) notFound();'],
    ['const boat = findBoat(id) ?? spare;', 'const boat = await findBoat(id) ?? spare;'],
  ])('is awaited by its other callers too: %s', async (before, after) => {
    expect(await repair({ 'app/boats/[id]/page.tsx': withCall(before) })).toEqual({
      ...awaited,
      'app/boats/[id]/page.tsx': withCall(after).replace('default function', 'default async function'),
    });
  });

  it.each([
    ['awaits it', 'const boat = await findBoat(id);'],
    ['chains', 'findBoat(id).then(show);'],
    ['waits for several', 'const boat = findBoat(id);\n  await Promise.all([boat]);'],
    ['drops what it answers', 'void findBoat(id);'],
  ])('is left alone where a caller %s', async (_, call) => {
    const text = withCall(call).replace('default function', 'default async function');
    expect(await repair({ 'app/boats/[id]/page.tsx': text })).toEqual(awaited);
  });

  it.each([
    ['is a helper that is not asynchronous', 'app/title.tsx', withCall('const boat = findBoat(id);')],
    ['is a component of the browser', 'app/page.tsx', `'use client';\n\n${withCall('const boat = findBoat(id);')}`],
    ['is a callback', 'app/page.tsx', withCall('ids.map((one) => findBoat(one));')],
    ['hands it on', 'app/page.tsx', withCall('show(findBoat(id));')],
    ['passes the function itself', 'app/page.tsx', withCall('ids.map(findBoat);')],
    [
      'takes the whole module',
      'app/page.tsx',
      page.replace('{ findBoat }', '* as boats').replace('title(id)', 'boats.findBoat(id).name'),
    ],
  ])('stays, with all its callers, where one of them %s', async (_, path, text) => {
    expect(await repair({ [path]: text })).toBeUndefined();
  });

  it('is not awaited where the promise was taken at the last READY deployment', async () => {
    const text = withCall('const boat = findBoat(id);').replace('title(id)', '<Boat boat={boat} />');
    const files = { 'lib/boats.ts': boats, 'app/boats/route.ts': route, 'app/boats/[id]/page.tsx': text };
    const follow = async (...changed: readonly string[]) => {
      const changes = changed.map((path) => ({ path, status: 'modified' as const, hunks: '' }));
      const tsconfig = { 'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }' };
      return repairWith(missingAwait, error, { files: { ...files, ...tsconfig }, changes });
    };
    expect(await follow('app/boats/route.ts')).toEqual(awaited);
    expect(Object.keys((await follow('lib/boats.ts')) ?? {})).toContain('app/boats/[id]/page.tsx');
  });

  it('stays where the value may be missing and the file does not test for that', async () => {
    const text = route.replace(/ {2}if.*\n/, '');
    expect(await repair({ 'app/boats/route.ts': text }, { line: 6 })).toBeUndefined();
  });
});
