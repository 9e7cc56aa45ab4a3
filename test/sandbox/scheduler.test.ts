import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startService } from './start-service.js';

test('calls each cron of vercel.json in its minutes, as Vercel does', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'scheduler-'));
  const crons = [
    { path: '/every', schedule: '* * * * *' },
    { path: '/fifth', schedule: '*/5 * * * *' },
    { path: '/two', schedule: '10,40-41 * * * *' },
    { path: '/never', schedule: '* * 31 2 *' },
  ];
  writeFileSync(join(folder, 'vercel.json'), JSON.stringify({ crons }));
  const calls: { path: string; headers: unknown }[] = [];
  const server = createServer((request, response) => {
    const { authorization, 'user-agent': agent, 'x-vercel-cron-schedule': schedule } = request.headers;
    calls.push({ path: request.url ?? '', headers: { authorization, agent, schedule } });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const count = (path: string) => calls.filter((call) => call.path === path).length;

  const args = ['--url', url, '--root', folder, '--secret', 'cron-secret', '--minute-ms', '10'];
  const scheduler = await startService('sandbox/services/scheduler.ts', args);
  await expect.poll(() => count('/every'), { timeout: 20_000 }).toBeGreaterThanOrEqual(240);
  await scheduler.stop();
  server.close();
  rmSync(folder, { recursive: true });

  const minutes = count('/every');
  expect(Math.abs(count('/fifth') - minutes / 5)).toBeLessThanOrEqual(1);
  expect(Math.abs(count('/two') - minutes / 20)).toBeLessThanOrEqual(3);
  expect(count('/never')).toBe(0);
  expect(calls.find(({ path }) => path === '/fifth')?.headers).toEqual({
    authorization: 'Bearer cron-secret',
    agent: 'vercel-cron/1.0',
    schedule: '*/5 * * * *',
  });
});
