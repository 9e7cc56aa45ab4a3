import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StartedService, startService } from './start-service.js';

const root = mkdtempSync(join(tmpdir(), 'functions-'));
let functions: StartedService;

const ECHO = `
export async function GET(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers({ 'content-type': 'application/json' });
  headers.append('set-cookie', 'one=1');
  headers.append('set-cookie', 'two=2');
  const body = { method: request.method, pathname, search, text: await request.text(), key: request.headers.get('x-key') };
  return new Response(JSON.stringify(body), { headers });
}
export const POST = GET;
`;

beforeAll(async () => {
  const write = (path: string, text: string) => writeFileSync(join(root, path), text);
  mkdirSync(join(root, 'api', 'nested'), { recursive: true });
  mkdirSync(join(root, 'public'));
  write('package.json', '{"type":"module"}');
  write('secret.txt', 'not public');
  write('public/robots.txt', 'User-agent: *');
  write('api/nested/echo.ts', ECHO);
  write(
    'api/crash.ts',
    'export function GET(): Response { setTimeout(() => process.exit(3)); return new Promise(() => {}) as never; }',
  );
  write('api/_hidden.ts', ECHO);
  write(
    'vercel.json',
    JSON.stringify({
      rewrites: [{ source: '/things/:id', destination: '/api/nested/echo?page=thing&id=:id' }],
      headers: [{ source: '/(.*)', headers: [{ key: 'X-Everywhere', value: 'yes' }] }],
    }),
  );
  functions = await startService('sandbox/services/functions.ts', ['--root', root]);
  // The first start loads a compiler.
  await fetch(`${functions.url}/api/nested/echo`);
});

afterAll(async () => {
  await functions?.stop();
  rmSync(root, { recursive: true });
});

test('a function answers at the path of its file, with body, query and headers passed on', async () => {
  const response = await fetch(`${functions.url}/api/nested/echo?a=1`, {
    method: 'POST',
    body: 'the body',
    headers: { 'x-key': 'k' },
  });

  const body = await response.json();
  expect(body).toEqual({ method: 'POST', pathname: '/api/nested/echo', search: '?a=1', text: 'the body', key: 'k' });
  expect(response.headers.getSetCookie()).toEqual(['one=1', 'two=2']);
});

test('a rewrite adds its query, and the path stays as it was asked for', async () => {
  const body = await (await fetch(`${functions.url}/things/42?more=1`)).json();

  expect(body).toMatchObject({ pathname: '/things/42', search: '?more=1&page=thing&id=42' });
});

test('headers of vercel.json are on every answer', async () => {
  const paths = ['/api/nested/echo', '/robots.txt', '/nowhere'];

  const answers = await Promise.all(paths.map((path) => fetch(functions.url + path)));

  expect(answers.map((answer) => answer.headers.get('x-everywhere'))).toEqual(['yes', 'yes', 'yes']);
});

test('of the files only those in public are served', async () => {
  const answers = await Promise.all(
    ['/robots.txt', '/..%2fsecret.txt', '/secret.txt', '/vercel.json', '/api/_hidden', '/api/nested/echo.ts'].map(
      (path) => fetch(functions.url + path),
    ),
  );

  expect(answers.map(({ status }) => status)).toEqual([200, 404, 404, 404, 404, 404]);
});

test('a method that the function lacks is 405', async () => {
  expect((await fetch(`${functions.url}/api/nested/echo`, { method: 'DELETE' })).status).toBe(405);
});

test('a function that dies answers 500, and is started again for the next request', async () => {
  const first = await fetch(`${functions.url}/api/crash`);
  const second = await fetch(`${functions.url}/api/crash`);

  expect([first.status, second.status]).toEqual([500, 500]);
  expect(await first.text()).toContain('FUNCTION_INVOCATION_FAILED');
  expect((await fetch(`${functions.url}/api/nested/echo`)).status).toBe(200);
});
