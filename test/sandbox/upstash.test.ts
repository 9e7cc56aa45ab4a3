import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StartedService, startService } from './start-service.js';

const hasRedis = execFileSync('sh', ['-c', 'command -v redis-server || true'], { encoding: 'utf8' }).trim() !== '';
const engines = hasRedis ? ['redis-server', 'embedded'] : ['embedded'];

describe.each(engines)('the REST protocol in front of %s', (engine) => {
  let upstash: StartedService;

  async function send(path: string, body: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(upstash.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${upstash.facts.token}`, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  }

  beforeAll(async () => {
    upstash = await startService('sandbox/services/upstash.ts', ['--engine', engine]);
  });
  afterAll(() => upstash?.stop());

  test('one command', async () => {
    expect(await send('/', ['SET', 'one', 'ä'])).toEqual({ status: 200, body: { result: 'OK' } });
    expect(await send('/', ['GET', 'one'])).toEqual({ status: 200, body: { result: 'ä' } });
    expect(await send('/', ['GET', 'none'])).toEqual({ status: 200, body: { result: null } });
  });

  test('a pipeline answers in order, each command for itself', async () => {
    const commands = [['SET', 'pipe', '1', 'nx'], ['SET', 'pipe', '2', 'nx'], ['NOSUCH'], ['INCR', 'pipe']];

    const { status, body } = await send('/pipeline', commands);

    expect(status).toBe(200);
    expect(body).toEqual([
      { result: 'OK' },
      { result: null },
      { error: expect.stringContaining('unknown command') },
      { result: 2 },
    ]);
  });

  test('strings are encoded on demand, all but OK', async () => {
    await send('/', ['HSET', 'hash', 'field', 'value']);

    const answer = await send(
      '/pipeline',
      [
        ['SET', 'x', 'y'],
        ['HGETALL', 'hash'],
        ['EXISTS', 'x'],
      ],
      { 'upstash-encoding': 'base64' },
    );

    const encoded = ['field', 'value'].map((text) => Buffer.from(text).toString('base64'));
    expect(answer.body).toEqual([{ result: 'OK' }, { result: encoded }, { result: 1 }]);
  });

  test('a transaction is one unit', async () => {
    const answer = await send('/multi-exec', [
      ['SET', 'unit', '1'],
      ['INCR', 'unit'],
      ['GET', 'unit'],
    ]);

    expect(answer).toEqual({ status: 200, body: [{ result: 'OK' }, { result: 2 }, { result: '2' }] });
  });

  test('scripts run with the clock of the store', async () => {
    const script =
      "local t = redis.call('TIME'); redis.call('SET', KEYS[1], ARGV[1]); return {redis.call('GET', KEYS[1]), t[1]}";

    const { body } = await send('/', ['EVAL', script, 1, 'scripted', 'yes']);

    expect(body).toEqual({ result: ['yes', expect.stringMatching(/^\d{10}$/)] });
  });

  test.each([
    ['a wrong token', '/', ['GET', 'x'], { authorization: 'Bearer wrong' }, 401],
    ['no JSON', '/', 'GET x', {}, 400],
    ['no command', '/', [], {}, 400],
    ['a pipeline of something else', '/pipeline', ['GET', 'x'], {}, 400],
    ['a command that would change the shared connection', '/', ['SUBSCRIBE', 'x'], {}, 400],
  ])('%s is refused', async (_, path, body, headers, status) => {
    const answer = await send(path, body, headers as Record<string, string>);

    expect(answer).toEqual({ status, body: { error: expect.any(String) } });
  });
});

test.runIf(hasRedis)('redis-server goes when the service is killed', async () => {
  const upstash = await startService('sandbox/services/upstash.ts', ['--engine', 'redis-server']);
  const servers = () => {
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,state=,comm='], { encoding: 'utf8' }).trim().split('\n');
    return lines.map((line) => line.trim().split(/\s+/));
  };
  const tether = servers().find(([, parent]) => parent === String(upstash.child.pid));
  const redis = servers().find(([, parent, , command]) => parent === tether?.[0] && command === 'redis-server');
  expect(redis).toBeDefined();

  upstash.child.kill('SIGKILL');

  const stillThere = () => servers().some(([pid, , state]) => pid === redis?.[0] && state !== 'Z');
  await expect.poll(stillThere, { timeout: 10_000 }).toBe(false);
});
