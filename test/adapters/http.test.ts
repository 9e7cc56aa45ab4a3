import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchWhole, parseJson } from '../../lib/adapters/http.js';
import { type ScriptedServer, startScriptedServer } from './scripted-server.js';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

test('status, headers and the whole body', async () => {
  server.answer({ status: 418, headers: { 'x-tea': 'yes' }, body: 'ä'.repeat(10_000) });

  const answer = await fetchWhole(server.url, undefined, { maxBytes: 20_000 });

  expect(answer.status).toBe(418);
  expect(answer.headers.get('x-tea')).toBe('yes');
  expect(new TextDecoder().decode(answer.body)).toBe('ä'.repeat(10_000));
});

test('an answer without a body', async () => {
  server.answer({ status: 204 });

  expect((await fetchWhole(server.url, undefined, { maxBytes: 1 })).body).toHaveLength(0);
});

test('the ceiling holds for what is unpacked', async () => {
  server.answer({ headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(5_000_000)) });

  await expect(fetchWhole(server.url, undefined, { maxBytes: 4_999_999 })).rejects.toMatchObject({
    name: 'OversizedAnswer',
  });
  await expect(fetchWhole(server.url, undefined, { maxBytes: 5_000_000 })).resolves.toMatchObject({ status: 200 });
});

test.each(['silence', 'silent-body'] as const)('the deadline ends %s', async (reply) => {
  server.answer(reply);

  await expect(fetchWhole(server.url, undefined, { maxBytes: 10, timeoutMs: 50 })).rejects.toMatchObject({
    name: 'TimeoutError',
  });
});

test('the caller’s own signal ends it as well', async () => {
  server.answer('silence');
  const controller = new AbortController();
  const work = fetchWhole(server.url, { signal: controller.signal }, { maxBytes: 10, timeoutMs: 60_000 });

  controller.abort();

  await expect(work).rejects.toMatchObject({ name: 'AbortError' });
});

test.each(['cut', 'cut-body'] as const)('%s rejects', async (reply) => {
  server.answer(reply);

  await expect(fetchWhole(server.url, undefined, { maxBytes: 10_000 })).rejects.toThrow(TypeError);
});

test.each([
  ['{"a":1}', { a: 1 }],
  ['null', null],
  ['', undefined],
  ['<html>', undefined],
  ['{"a":', undefined],
])('%j is JSON or undefined', (text, value) => {
  expect(parseJson(text)).toEqual(value);
});
