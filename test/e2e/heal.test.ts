import { afterEach, describe, expect, test } from 'vitest';
import { CURRENCY_REPAIR } from '../fakes/currency-repair.js';
import { type GeminiServer, startGeminiServer } from '../fakes/gemini-server.js';
import { type FinalState, type SandboxRun, startSandbox } from './sandbox-run.js';

/** Five real builds, and the packages of the demo app where they are not in the cache yet. */
const LONG = 8 * 60_000;

let run: SandboxRun | undefined;
let gemini: GeminiServer | undefined;

afterEach(async () => {
  if (run?.child.exitCode === null) {
    run.child.kill('SIGTERM');
    await run.ended;
  }
  await gemini?.close();
  run = undefined;
  gemini = undefined;
});

function expectHealed(state: FinalState): void {
  const [repository] = state.github.repositories;
  const { main, ...others } = repository?.branches ?? {};
  expect(Object.keys(others)).toEqual([expect.stringMatching(/^fix\/auto-repair-\d+$/)]);
  expect(repository?.pulls).toHaveLength(1);
  const [pull] = repository?.pulls ?? [];
  expect(pull).toMatchObject({ state: 'closed', merged_at: expect.any(String), merge_commit_sha: main });
  expect(pull?.head).toMatchObject({ ref: Object.keys(others)[0], sha: Object.values(others)[0] });

  const serving = state.vercel.deployments.find(({ id }) => id === state.vercel.projects[0]?.productionDeploymentId);
  expect(serving).toMatchObject({ sha: main, readyState: 'READY', target: 'production' });
  expect(state.incidents.incidents.map(({ status }) => status)).toEqual(['healed']);
}

describe('npm start -- --once', () => {
  test(
    'heals by what the compilers suggest, and leaves nothing behind',
    async () => {
      run = startSandbox(['--once', '--scenario', 'typos']);

      const code = await run.ended;

      expect(code, run.output()).toBe(0);
      const state = run.readState();
      expectHealed(state);
      const production = state.vercel.deployments.filter(
        ({ projectName, target }) => projectName === 'corner-bakery' && target === 'production',
      );
      expect(production.map(({ readyState }) => readyState)).toEqual(['READY', 'ERROR', 'READY']);
      expect(state.incidents.incidents[0]?.attempts.map(({ patch }) => patch.repairer)).not.toContain('gemini');
      expect(run.output()).toContain('GEMINI_API_KEY is not set');
      expect(run.output()).toContain('(played by --once)');
      const { survivors } = run;
      await expect.poll(survivors, { timeout: 5_000 }).toEqual([]);
    },
    LONG,
  );

  test(
    'heals by a model what no compiler suggests',
    async () => {
      gemini = await startGeminiServer({
        apiKey: 'key-of-the-test-server',
        answer: () => CURRENCY_REPAIR,
      });
      run = startSandbox(['--once', '--scenario', 'model'], {
        GEMINI_API_KEY: 'key-of-the-test-server',
        GEMINI_BASE_URL: gemini.url,
      });

      const code = await run.ended;

      expect(code, run.output()).toBe(0);
      const state = run.readState();
      expectHealed(state);
      expect(state.incidents.incidents[0]?.attempts.map(({ patch }) => patch.repairer)).toEqual(['gemini']);
      expect(gemini.violations).toEqual([]);
      expect(gemini.requests).toHaveLength(1);
      expect(gemini.requests[0]?.text).toContain('app/menu/page.tsx');
      expect(gemini.requests[0]?.text).toContain('Expected 2 arguments, but got 1');
      const { survivors } = run;
      await expect.poll(survivors, { timeout: 5_000 }).toEqual([]);
    },
    LONG,
  );
});
