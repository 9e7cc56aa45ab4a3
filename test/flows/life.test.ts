import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ENVIRONMENT_LOG, OUTAGE_LOG, SYNTAX_LOG } from '../faults/recorded-builds.js';
import { type BuildRule, type Outside, openScene, type Scene, startOutside } from './start-world.js';

const GOOD = `export default function Page() {
  return <main>Opening hours</main>;
}
`;
const MISSPELT = GOOD.replace('export', 'expot');

const TAG_LOG = `Running "npm run build"
> next build
   ▲ Next.js 15.5.6
   Creating an optimized production build ...
 ✓ Compiled successfully in 3.1s
   Linting and checking validity of types ...
Failed to compile.

./app/page.tsx:2:11
Type error: Property 'mian' does not exist on type 'JSX.IntrinsicElements'.

  1 | export default function Page() {
> 2 |   return <mian>Opening hours</mian>;
    |           ^
  3 | }
  4 |
Next.js build worker exited with code: 1 and signal: null
Error: Command "npm run build" exited with 1`;

const HOUR_MS = 3_600_000;
const page = (text: string): Record<string, string> => ({ 'app/page.tsx': text });
const PACKAGE = JSON.stringify({ name: 'hours', scripts: { build: 'next build' }, dependencies: { next: '15.5.6' } });
const FILES = { ...page(GOOD), 'package.json': PACKAGE };

const BUILDS: readonly BuildRule[] = [
  { when: { path: 'app/page.tsx', includes: 'expot' }, result: 'ERROR', log: SYNTAX_LOG },
  { when: { path: 'app/page.tsx', includes: 'mian' }, result: 'ERROR', log: TAG_LOG },
  { result: 'READY' },
];

let outside: Outside;
const NAMES = [
  'heals',
  'two-faults',
  'crowd',
  'superseded',
  'rejected',
  'taken',
  'environment',
  'by-hand',
  'by-hand-later',
  'by-hand-never',
  'signed-main',
  'merged-later',
  'outage',
  'early',
  'observed',
  'blocked',
  'monorepo',
  'nothing',
  'outage-mono',
  'moved',
  'stale',
  'signed',
  'signed-moved',
  'ruled',
  'archived',
] as const;

beforeAll(async () => {
  outside = await startOutside(NAMES);
});
afterAll(async () => {
  await outside.stop();
});

async function broken(
  repository: (typeof NAMES)[number],
  text: string,
  builds = BUILDS,
  more: Partial<Parameters<typeof openScene>[1]> = {},
): Promise<Scene> {
  const scene = await openScene(outside, { repository, files: FILES, ...more });
  await scene.setBuilds(builds);
  await scene.push(page(text));
  await scene.settle();
  return scene;
}

async function demandSignatures(repository: string, branches = '^fix/'): Promise<void> {
  await fetch(`${outside.github.url}/__control/signatures`, {
    method: 'POST',
    body: JSON.stringify({ repository: `baker/${repository}`, branches }),
  });
}

describe('the life of an incident', () => {
  it('goes from a failed deployment to a healed one, with one branch and one pull request', async () => {
    const scene = await broken('heals', MISSPELT);

    const verified = await scene.sweepUntil('verified');
    const [pull] = await scene.pulls('open');
    await scene.merge();
    await scene.settle();
    const healed = await scene.sweepUntil('healed');

    expect(verified.attempts).toHaveLength(1);
    expect(await scene.branches()).toHaveLength(1);
    expect(await scene.pulls()).toHaveLength(1);
    expect(pull?.head.ref).toMatch(/^fix\/auto-repair-\d{10}$/);
    expect(await scene.readText('app/page.tsx', 'main')).toBe(GOOD);
    expect(Object.keys(healed.reachedAt)).toEqual([
      'detected',
      'diagnosed',
      'proposed',
      'verified',
      'merged',
      'healed',
    ]);
    expect(healed).not.toHaveProperty('dueAt');
  });

  it('tries again on the same branch with the new log when the preview fails', async () => {
    const scene = await broken('two-faults', MISSPELT.replaceAll('main>', 'mian>'));

    const verified = await scene.sweepUntil('verified');

    const [pull] = await scene.pulls('open');
    expect(verified.attempts.map((attempt) => attempt.verdict?.outcome)).toEqual(['refuted', 'verified']);
    expect(await scene.branches()).toHaveLength(1);
    expect(await scene.pulls()).toHaveLength(1);
    expect(await scene.readText('app/page.tsx', pull?.head.ref ?? '')).toBe(GOOD);
  });

  it('does nothing twice when twenty sweeps run at once', async () => {
    const scene = await broken('crowd', MISSPELT);

    await Promise.all(Array.from({ length: 20 }, async () => await scene.sweep()));
    await scene.sweepUntil('verified');
    await Promise.all(Array.from({ length: 20 }, async () => await scene.sweep()));

    const [pull] = await scene.pulls();
    expect(await scene.incidents()).toHaveLength(1);
    expect(await scene.branches()).toHaveLength(1);
    expect(await scene.pulls()).toHaveLength(1);
    expect(await scene.comments(pull?.number ?? 0)).toHaveLength(1);
  });

  it('steps aside when somebody repairs production first, and closes its own pull request', async () => {
    const scene = await broken('superseded', MISSPELT);
    await scene.sweepUntil('verified');

    await scene.push(page(GOOD.replace('hours', 'times')));
    await scene.settle();
    await scene.sweepUntil('superseded');

    expect((await scene.pulls()).map(({ state, merged_at }) => [state, merged_at])).toEqual([['closed', null]]);
    expect(await scene.store.isRejected(0, 'unused')).toBe(false);
  });

  it('takes a closed pull request for a no, and remembers it', async () => {
    const scene = await broken('rejected', MISSPELT);
    const verified = await scene.sweepUntil('verified');
    const [pull] = await scene.pulls();

    await outside.github.call('PATCH', `/repos/baker/rejected/pulls/${pull?.number}`, { state: 'closed' });
    const rejected = await scene.sweepUntil('rejected');

    expect(await scene.store.isRejected(rejected.repository.id, verified.diagnosis?.fingerprint ?? '')).toBe(true);
    await scene.push(page(`${MISSPELT}\n// again\n`));
    await scene.settle();
    expect(await scene.sweepUntil('escalated')).toMatchObject({ reason: 'rejected-before' });
    expect(await scene.pulls()).toHaveLength(1);

    const comments = await scene.comments(pull?.number ?? 0);
    await scene.push(page(`${GOOD}// by hand\n`));
    await scene.settle();
    scene.pass(HOUR_MS);
    await scene.sweep();
    expect((await scene.incidents()).map(({ status }) => status)).toEqual(['superseded', 'superseded']);
    expect(await scene.comments(pull?.number ?? 0)).toEqual(comments);
    expect(await scene.store.isRejected(rejected.repository.id, verified.diagnosis?.fingerprint ?? '')).toBe(true);
  });

  it('leaves a branch alone once somebody else pushed to it, and still sees it heal', async () => {
    const scene = await broken('taken', MISSPELT);
    await scene.sweepUntil('verified');
    const [branch] = await scene.branches();

    await scene.push({ 'app/extra.ts': 'export const extra = 1;\n' }, branch);
    await scene.settle();
    await scene.sweepUntil('taken-over');
    await scene.merge();
    await scene.settle();
    await scene.sweepUntil('healed');

    expect(await scene.pulls()).toHaveLength(1);
  });

  it('names a missing variable at the failing commit, once, and opens no pull request', async () => {
    const scene = await broken('environment', `${GOOD}// client\n`, [{ result: 'ERROR', log: ENVIRONMENT_LOG }]);

    const escalated = await scene.sweepUntil('escalated');
    scene.pass(3_600_000);
    await scene.sweep();

    const sha = escalated.failures[0]?.sha;
    const comments = await outside.github.call('GET', `/repos/baker/environment/commits/${sha}/comments`);
    expect(escalated).toMatchObject({ reason: 'not-repairable', diagnosis: { class: 'environment' } });
    expect(comments.json).toHaveLength(1);
    expect(await scene.pulls()).toEqual([]);
    expect(await scene.branches()).toEqual([]);
  });

  it('notices that people repaired what was handed to them, and says no more about it', async () => {
    const scene = await broken('by-hand', `${GOOD}// client\n`, [{ result: 'ERROR', log: ENVIRONMENT_LOG }]);
    const escalated = await scene.sweepUntil('escalated');
    scene.pass(HOUR_MS);
    const stillFailing = await scene.sweep();

    await scene.setBuilds([{ result: 'READY' }]);
    await scene.push(page(`${GOOD}// served\n`));
    await scene.settle();
    scene.pass(HOUR_MS);
    await scene.sweep();

    const sha = escalated.failures[0]?.sha;
    const comments = await outside.github.call('GET', `/repos/baker/by-hand/commits/${sha}/comments`);
    expect(stillFailing.steps).toMatchObject([{ from: 'escalated', to: 'escalated' }]);
    expect(await scene.incidents()).toMatchObject([{ id: escalated.id, status: 'superseded' }]);
    expect(comments.json).toHaveLength(1);
  });

  it('keeps the reason of what was handed over, and looks again, when Vercel does not answer', async () => {
    const scene = await broken('by-hand-later', `${GOOD}// client\n`, [{ result: 'ERROR', log: ENVIRONMENT_LOG }]);
    const { id } = await scene.sweepUntil('escalated');
    scene.pass(HOUR_MS);
    await fetch(`${outside.vercel.url}/__control/faults`, {
      method: 'POST',
      body: JSON.stringify({
        method: 'GET',
        path: 'target=production.*limit=20|limit=20.*target=production',
        times: 1,
        status: 403,
        body: {},
      }),
    });
    await scene.sweep();

    const incident = await scene.store.find(id);
    expect(incident).toMatchObject({ status: 'escalated', reason: 'not-repairable', hiccups: 1 });
    scene.pass(HOUR_MS);
    await scene.sweep();
    expect(await scene.store.find(id)).toMatchObject({ status: 'escalated', hiccups: 0 });
  });

  it('asks no more about a production that nobody repaired for a month', async () => {
    const scene = await broken('by-hand-never', `${GOOD}// client\n`, [{ result: 'ERROR', log: ENVIRONMENT_LOG }]);
    const { id } = await scene.sweepUntil('escalated');
    scene.pass(31 * 24 * HOUR_MS);
    await scene.sweep();

    expect(await scene.store.find(id)).not.toHaveProperty('dueAt');
  });

  it('deploys the same commit once more after an outage', async () => {
    const scene = await broken('outage', `${GOOD}// more\n`, [
      { result: 'ERROR', log: OUTAGE_LOG, times: 1 },
      { result: 'READY' },
    ]);

    const healed = await scene.sweepUntil('healed');

    expect(healed.diagnosis?.class).toBe('transient');
    expect(await scene.pulls()).toEqual([]);
    const production = (await scene.deployments()).filter(({ target }) => target === 'production');
    expect(production).toHaveLength(3);
  });

  it('probes an outage with one of many projects, and deploys the rest once that one is ready', async () => {
    const projects = ['one', 'two', 'three'].map((name) => ({ name: `outage-${name}` }));
    const scene = await broken(
      'outage-mono',
      `${GOOD}// more\n`,
      [{ result: 'ERROR', log: OUTAGE_LOG, times: 3 }, { result: 'READY' }],
      { projects },
    );

    await scene.sweepUntil('redeployed');
    const probed = (await scene.deployments()).filter(({ source }) => source === 'redeploy');
    const healed = await scene.sweepUntil('healed');
    scene.pass(3_600_000);
    await scene.sweep();

    expect(probed).toHaveLength(1);
    expect((await scene.deployments()).filter(({ source }) => source === 'redeploy')).toHaveLength(3);
    expect(healed.status === 'healed' && healed.healedBy).toHaveLength(3);
    expect(await scene.pulls()).toEqual([]);
  });

  it('follows the branch: a later commit that fails alike gets the repair with both parents', async () => {
    const scene = await broken('moved', MISSPELT);
    await scene.sweepUntil('verified');

    await scene.push({ 'lib/extra.ts': 'export const extra = 1;\n' });
    await scene.settle();
    for (let round = 0; round < 4; round += 1) {
      await scene.sweep();
      await scene.settle();
      scene.pass(61_000);
    }
    const verified = await scene.sweepUntil('verified');
    const [pull] = await scene.pulls('open');
    const head = await outside.github.call('GET', `/repos/baker/moved/git/commits/${pull?.head.sha}`);

    expect(verified.attempts.map((attempt) => attempt.verdict?.outcome)).toEqual(['refuted', 'verified']);
    expect(head.json.parents).toHaveLength(2);
    expect(await scene.pulls()).toHaveLength(1);
    expect(await scene.readText('lib/extra.ts', pull?.head.ref ?? '')).toContain('extra');
    expect(await scene.readText('app/page.tsx', pull?.head.ref ?? '')).toBe(GOOD);
  });

  it('takes the green status back when the branch moves on in another way', async () => {
    const scene = await broken('stale', MISSPELT, [...BUILDS.slice(0, 2), { result: 'READY' }]);
    const verified = await scene.sweepUntil('verified');
    const sha = verified.attempts.at(-1)?.commitSha;
    const status = async (): Promise<string> =>
      (await outside.github.call('GET', `/repos/baker/stale/commits/${sha}/status`)).json.state;
    const before = await status();

    await scene.setBuilds([{ branch: '^main$', result: 'CANCELED' }, ...BUILDS]);
    await scene.push({ 'README.md': 'Hours.\n' });
    await scene.settle();
    scene.pass(61_000);
    await scene.sweep();

    expect([before, await status()]).toEqual(['success', 'pending']);
  });

  it('follows an early merge, and starts anew on another branch when production fails all the same', async () => {
    const scene = await broken('early', MISSPELT.replaceAll('main>', 'mian>'));
    await scene.sweepUntil('proposed');

    await scene.merge();
    await scene.settle();
    await scene.sweepUntil('verified');
    await scene.merge();
    await scene.settle();
    const healed = await scene.sweepUntil('healed');

    expect(healed.attempts.map((attempt) => attempt.verdict?.outcome)).toEqual(['refuted', 'verified']);
    expect(new Set(healed.attempts.map((attempt) => attempt.branch)).size).toBe(2);
    expect((await scene.pulls()).filter(({ merged_at }) => merged_at !== null)).toHaveLength(2);
    expect(await scene.readText('app/page.tsx', 'main')).toBe(GOOD);
  });

  it('lets GitHub sign the commits where the repository takes no others, the next attempt’s too', async () => {
    await demandSignatures('signed');
    const scene = await broken('signed', MISSPELT.replaceAll('main>', 'mian>'));

    const verified = await scene.sweepUntil('verified');

    expect(verified.attempts.map(({ signed, verdict }) => [signed, verdict?.outcome])).toEqual([
      [true, 'refuted'],
      [true, 'verified'],
    ]);
    expect(await scene.branches()).toHaveLength(1);
    const [pull] = await scene.pulls();
    expect(await scene.pulls()).toHaveLength(1);
    expect(await scene.readText('app/page.tsx', pull?.head.ref ?? '')).toBe(GOOD);
  });

  it('lets GitHub sign the commit where only the branch that it is to be merged into takes no others', async () => {
    const scene = await broken('signed-main', MISSPELT);
    await demandSignatures('signed-main', '^main$');

    const verified = await scene.sweepUntil('verified');

    expect(verified.attempts.map(({ signed }) => signed)).toEqual([true]);
    expect(await scene.pulls()).toHaveLength(1);
  });

  it('hands over by name what GitHub cannot sign: a commit on two parents', async () => {
    await demandSignatures('signed-moved');
    const scene = await broken('signed-moved', MISSPELT);
    await scene.sweepUntil('verified');

    await scene.push({ 'lib/extra.ts': 'export const extra = 1;\n' });
    await scene.settle();

    expect(await scene.sweepUntil('escalated')).toMatchObject({ reason: 'signature-required' });
  });

  it.each([
    [
      'ruled',
      'branch-rule',
      'Repository rule violations found\n\nCannot create ref due to creations being restricted.',
      1,
    ],
    ['archived', 'repository-archived', 'Repository was archived so is read-only.', 0],
  ] as const)(
    'says at the commit, once, why no pull request can be opened: %s',
    async (name, reason, message, said) => {
      const scene = await broken(name, MISSPELT);
      const status = reason === 'repository-archived' ? 403 : 422;
      const what = reason === 'repository-archived' ? '' : '/git/refs$';
      const path = `^/repos/baker/${name}${what}`;
      await outside.github.addFault({ method: 'POST', path, status, body: { message }, times: 1000 });

      const escalated = await scene.sweepUntil('escalated');
      scene.pass(3_600_000);
      await scene.sweep();

      await fetch(`${outside.github.url}/__control/faults`, { method: 'DELETE' });
      const sha = escalated.failures[0]?.sha;
      const comments = await outside.github.call('GET', `/repos/baker/${name}/commits/${sha}/comments`);
      expect(escalated).toMatchObject({ reason });
      expect(comments.json).toHaveLength(said);
      expect(await scene.pulls()).toEqual([]);
    },
  );

  it('observes without writing', async () => {
    const scene = await broken('observed', MISSPELT, BUILDS, { environment: { MODE: 'observe' } });

    const diagnosed = await scene.sweepUntil('diagnosed');
    scene.pass(3_600_000);
    await scene.sweep();

    expect(diagnosed.diagnosis?.class).toBe('code');
    expect(await scene.pulls()).toEqual([]);
    expect(await scene.branches()).toEqual([]);
  });

  it('says so when Vercel refuses to build the commit', async () => {
    const scene = await broken('blocked', MISSPELT, [{ branch: '^fix/', result: 'BLOCKED' }, ...BUILDS]);

    expect(await scene.sweepUntil('escalated')).toMatchObject({ reason: 'preview-never-started' });
  });

  it('follows a repair that a person merged although it was handed over, until production serves it', async () => {
    const scene = await broken('merged-later', MISSPELT, [{ branch: '^fix/', result: 'BLOCKED' }, ...BUILDS]);
    const { id } = await scene.sweepUntil('escalated');
    await scene.merge();
    scene.pass(HOUR_MS);

    const healed = await scene.sweepUntil('healed');

    expect(healed).toMatchObject({ id, reachedAt: { merged: expect.any(Number), escalated: expect.any(Number) } });
    expect(await scene.incidents()).toHaveLength(1);
    expect(await scene.pulls()).toHaveLength(1);
  });

  it('makes one pull request for every project that one commit broke, and waits for all their previews', async () => {
    const projects = ['one', 'two', 'three', 'four'].map((name) => ({ name: `mono-${name}` }));
    const scene = await broken('monorepo', MISSPELT, BUILDS, { projects });

    const verified = await scene.sweepUntil('verified');

    const [pull] = await scene.pulls();
    expect(await scene.pulls()).toHaveLength(1);
    expect(verified.failures.map((failure) => failure.projectName).sort()).toEqual(
      projects.map(({ name }) => name).sort(),
    );
    expect(verified.attempts.at(-1)?.previews).toHaveLength(4);
    for (const { name } of projects) expect(pull?.body).toContain(name);
    expect((await scene.incidents()).filter(({ status }) => status === 'joined')).toHaveLength(3);
  });

  it('hands over what nobody can repair, with the diagnosis', async () => {
    const scene = await broken('nothing', GOOD.replace('Opening hours', '{missing}'), [
      {
        when: { path: 'app/page.tsx', includes: 'missing' },
        result: 'ERROR',
        log: TAG_LOG.replace(/Type error: .*/, "Type error: Cannot find name 'missing'."),
      },
      { result: 'READY' },
    ]);

    expect(await scene.sweepUntil('escalated')).toMatchObject({ reason: 'not-repairable' });
    expect(await scene.pulls()).toEqual([]);
  });
});
