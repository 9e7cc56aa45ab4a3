import { describe, expect, it } from 'vitest';
import { loaderJson } from '../../../../lib/patch/suggestions/rules/loader-json.js';
import { repairWith } from '../repository.js';

const error = {
  file: 'src/page.tsx',
  kind: 'export-missing' as const,
  message: `Module '"react-router"' has no exported member 'json'.`,
};
const page = 'export const Page = () => <h1>{useLoaderData().a}</h1>;\n';
const route = (rest: string, names = 'json, useLoaderData', from = 'react-router') =>
  `import { ${names} } from '${from}';\n\n${rest}${page}`;
const repair = async (text: string, more: Readonly<Record<string, string>> = {}) =>
  (await repairWith(loaderJson, error, { files: { 'src/page.tsx': text, ...more } }))?.['src/page.tsx'];

describe('loader-json', () => {
  it.each([
    [
      'export async function loader() {\n  return json({ a });\n}\n',
      'export async function loader() {\n  return { a };\n}\n',
    ],
    ['export const loader = () => json({ a });\n', 'export const loader = () => ({ a });\n'],
    ['export const loader = () => (json({ a }));\n', 'export const loader = () => ({ a });\n'],
    ['export const siteAction = async () => json([a]);\n', 'export const siteAction = async () => [a];\n'],
    [
      'export const route = { loader() {\n  if (b) return json({ b });\n  return json(\n    { a },\n  );\n} };\n',
      'export const route = { loader() {\n  if (b) return { b };\n  return { a };\n} };\n',
    ],
  ])('%s', async (written, repaired) => {
    expect(await repair(route(written))).toBe(route(repaired, 'useLoaderData'));
  });

  const loader = 'export const loader = () => json({ a });\n';
  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['it has a status', route('export const loader = () => json({ a }, { status: 201 });\n'), {}],
    ['it is thrown', route('export const loader = () => {\n  throw json({ a });\n};\n'), {}],
    ['a part of them has a status', route(`${loader}export const action = () => json({}, 400);\n`), {}],
    ['it is handed on', route('export const loader = () => send(json({ a }));\n'), {}],
    [
      'it is returned by something inside',
      route('export const loader = () => {\n  const f = () => json({ a });\n};\n'),
      {},
    ],
    ['it is no loader', route('export const helper = () => json({ a });\n'), {}],
    ['it is a text', route("export const loader = () => json('a');\n"), {}],
    ['it is said between', route('export const loader = () => json(/* a */ { a });\n'), {}],
    ['it is of another package', route(loader, 'json, useLoaderData', '@remix-run/node'), {}],
    ['no page reads it', `import { json } from 'react-router';\n${loader}`, {}],
    [
      'a test reads it as a response',
      route(loader),
      { 'src/page.test.ts': "import { loader } from './page';\nexpect(await loader().json()).toEqual({});\n" },
    ],
  ])('answers nothing where %s', async (_, text, more) => {
    expect(await repair(text, more)).toBeUndefined();
  });
});
