import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { numericParameter } from '../../../../lib/patch/suggestions/rules/numeric-parameter.js';
import { repairWith } from '../repository.js';

const error = (lister: string) => ({
  tool: 'next',
  kind: 'page-data' as const,
  route: '/crates/[id]',
  message: `A required parameter (id) was not provided as a string received number in ${lister} for /crates/[id]`,
});
const list = (...rows: string[]) => `[\n  ${rows.join(',\n  ')}\n]\n`;
const oak = '{ "id": "3", "rows": 2 }';
const ash = '{ "id": "4", "rows": 7 }';

describe('a number among strings', () => {
  const pages = {
    'pages/crates/[id].tsx':
      "import { allCrates } from '../../lib/crates';\n\nexport const getStaticPaths = async () => ({\n  paths: allCrates().map((crate) => ({ params: { id: crate.id } })),\n  fallback: false,\n});\nexport default function Crate() {}\n",
    'lib/crates.ts': "import data from '../data/crates.json';\n\nexport const allCrates = () => data;\n",
  };
  const repair = async (data: string, more: Record<string, string> = {}, changes: readonly FileChange[] = []) =>
    (
      await repairWith(numericParameter, error('getStaticPaths'), {
        files: { ...pages, 'data/crates.json': data, ...more },
        changes,
      })
    )?.['data/crates.json'];

  it('is written as one', async () => {
    expect(await repair(list(oak, ash, '{ "id": 5, "rows": 5 }'))).toBe(list(oak, ash, '{ "id": "5", "rows": 5 }'));
  });

  const odd = '{ "id": 5, "rows": 1 }';
  const elsewhere = (hunks: string): FileChange[] => [
    { path: 'data/crates.json', status: 'modified', hunks: `@@ -3,0 +4,1 @@\n+  ${odd}\n` },
    { path: 'data/loans.json', status: 'modified', hunks },
  ];
  it.each<[string, string, (readonly FileChange[])?]>([
    ['the others are words', list('{ "id": "oak", "rows": 2 }', '{ "id": "ash", "rows": 7 }', odd)],
    ['two are numbers', list(oak, ash, odd, '{ "id": 6 }')],
    ['one alone is a string', list(oak, odd)],
    ['one has none', list(oak, ash, '{ "rows": 1 }', odd)],
    ['the number is of what it holds', list('{ "id": "3", "by": { "id": 5 } }', ash, oak)],
    ['the string is there', list(oak, ash, '{ "id": "5" }', odd)],
    ['another entry points to it', list(oak, '{ "id": "4", "parentId": 5 }', odd)],
    ['others list it', list(oak, '{ "id": "4", "near": [5] }', odd)],
    ['it is no whole number', list(oak, ash, '{ "id": 5.50 }')],
    ['it is no list', `{ "all": ${list(oak, ash, odd)} }`],
    ['the diff points to it elsewhere', list(oak, ash, odd), elsewhere('@@ -1,0 +1,1 @@\n+  { "crateId": 5 }\n')],
    ['it stood there before', list(oak, ash, odd), [{ path: 'lib/crates.ts', status: 'modified', hunks: '' }]],
  ])('has no answer where %s', async (_, data, changes) => {
    expect(await repair(data, {}, changes)).toBeUndefined();
  });

  it('has no answer for data that the page does not lead to', async () => {
    const lib = { 'lib/crates.ts': 'export const allCrates = () => [];\n' };
    expect(await repair(list(oak, ash, odd), lib)).toBeUndefined();
  });
});

describe('a list of parameters', () => {
  const page = (given: string, read: string) =>
    `export async function getStaticPaths() {\n  const rows = await load();\n  return { paths: rows.map((row) => ({ params: { ${given} } })), fallback: false };\n}\n\nexport async function getStaticProps({ params }) {\n  return { props: { row: await ${read} } };\n}\n\nexport default function Crate() {}\n`;
  const path = 'pages/crates/[id].jsx';
  const repair = async (text: string) =>
    (await repairWith(numericParameter, error('getStaticPaths'), { files: { [path]: text } }))?.[path];

  it.each([`load(\`/crates/\${params.id}\`)`, 'find(Number(params?.id))', 'find(parseInt(params.id, 10))'])(
    'has the string where the page has %s',
    async (read) => {
      expect(await repair(page('id: row.id', read))).toBe(page('id: String(row.id)', read));
      expect(await repair(page('id', read))).toBe(page('id: String(id)', read));
    },
  );

  it('so too in the App Router', async () => {
    const text =
      'export async function generateStaticParams() {\n  return (await load()).map((row) => ({ id: row.id }));\n}\n\nexport default function Page(props) {\n  return <p>{Number(props.params.id)}</p>;\n}\n';
    const files = { 'app/crates/[id]/page.jsx': text };
    expect(await repairWith(numericParameter, error('generateStaticParams'), { files })).toEqual({
      'app/crates/[id]/page.jsx': text.replace('row.id', 'String(row.id)'),
    });
  });

  it.each([
    ['looks for the number', page('id: row.id', 'find((row) => row.id === params.id)')],
    ['hands it on', page('id: row.id', 'find(params.id)')],
    ['takes it apart', page('id: row.id', `load(\`/\${id}\`)`).replace('{ params }', '{ params: { id } }')],
    ['does not read it', page('id: row.id', 'load()')],
    ['computes it', page('id: row.id + 1', `load(\`/\${params.id}\`)`)],
    ['gives it twice', page('id: row.id, more: { id: 1 }', `load(\`/\${params.id}\`)`)],
  ])('has no answer where the page %s', async (_, text) => {
    expect(await repair(text)).toBeUndefined();
  });
});
