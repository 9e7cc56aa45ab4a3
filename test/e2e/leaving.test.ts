import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type SandboxRun, startSandbox } from './sandbox-run.js';

// Each starts npm and loads the whole sandbox; some wait for a real build to begin.
vi.setConfig({ testTimeout: 3 * 60_000 });

let run: SandboxRun | undefined;

afterEach(async () => {
  if (run?.child.exitCode === null && run.child.signalCode === null) {
    run.child.kill('SIGTERM');
    await run.ended;
  }
});

describe('in the middle of a build', () => {
  test.each([
    ['Ctrl-C', (started: SandboxRun) => started.pressCtrlC()],
    ['SIGTERM to npm', (started: SandboxRun) => started.child.kill('SIGTERM')],
  ])('%s stops everything', async (_, stop) => {
    run = startSandbox([]);
    await run.printed('started');

    stop(run);

    await run.ended;
    const { survivors } = run;
    await expect.poll(survivors, { timeout: 10_000 }).toEqual([]);
  });

  test('the end of npm itself stops everything', async () => {
    run = startSandbox([]);
    await run.printed('started');

    run.child.kill('SIGKILL');

    const { survivors } = run;
    await expect.poll(survivors, { timeout: 20_000 }).toEqual([]);
  });
});

describe('one clear sentence', () => {
  test('for a port that is taken', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;

    run = startSandbox(['--port', String(port)]);

    expect(await run.ended).toBe(1);
    expect(run.output()).toContain(`Port ${port} is in use`);
    holder.close();
  });

  test.each([
    [['--nonsense'], '--nonsense'],
    [['--port', 'x'], '--port x is not a port number.'],
    [['--minute', '0'], '--minute 0 is not'],
    [['--scenario', 'none'], 'There is no scenario none'],
  ])('for %j, with exit code 2', async (args, sentence) => {
    run = startSandbox(args);

    expect(await run.ended).toBe(2);
    expect(run.output()).toContain(sentence);
  });

  test('--help lists the options', async () => {
    run = startSandbox(['--help']);

    expect(await run.ended).toBe(0);
    expect(run.output()).toContain('--once');
  });
});
