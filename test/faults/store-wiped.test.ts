import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { MISSPELT, page } from './lives.js';
import { type Outside, startOutside } from './outside.js';
import { FILES } from './run-life.js';
import { openStage, type Stage } from './stage.js';

// Whole lives, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

describe('a store that is wiped in the middle', () => {
  let outside: Outside;
  let stage: Stage;

  beforeAll(async () => {
    outside = await startOutside();
  });
  beforeEach(async () => {
    stage = await openStage(outside, { files: FILES });
  });
  afterEach(async () => {
    expect(stage.problems).toEqual([]);
    stage.end();
  });
  afterAll(async () => {
    await outside.stop();
  });

  const onlyIncident = async () => {
    const incidents = await stage.incidents();
    expect(incidents).toHaveLength(1);
    return incidents[0];
  };

  it('goes on with the pull request that is open', async () => {
    await stage.push(page(MISSPELT));
    await stage.sweepOnce();
    const before = await onlyIncident();

    await stage.wipe();
    await stage.sweepUntil('verified');

    const after = await onlyIncident();
    expect(before?.status).toBe('proposed');
    expect(after?.pullRequest?.number).toBe(before?.pullRequest?.number);
    expect(after?.attempts).toMatchObject(
      (before?.attempts ?? []).map(({ branch, treeId, commitSha, baseSha, files, patch: { edits } }) => ({
        ...{ branch, treeId, commitSha, baseSha, files },
        patch: { edits },
      })),
    );
    await stage.merge();
    await stage.sweepUntil('healed');
    expect(await stage.pulls()).toHaveLength(1);
    expect(await stage.branches()).toHaveLength(1);
    expect(await stage.commentTopics()).toEqual(['verified-1', 'healed']);
  });

  it('does not say again what it said before', async () => {
    await stage.push(page(MISSPELT));
    await stage.sweepUntil('verified');

    await stage.wipe();
    await stage.sweepUntil('verified');

    expect(await stage.pulls()).toHaveLength(1);
    expect(await stage.commentTopics()).toEqual(['verified-1']);
  });

  it('knows the attempts that the branch shows', async () => {
    await stage.push(page(MISSPELT.replaceAll('main>', 'mian>')));
    await stage.sweepUntil('verified');

    await stage.wipe();
    await stage.sweepUntil('verified');

    const incident = await onlyIncident();
    expect(incident?.attempts.map(({ number, verdict }) => [number, verdict?.outcome])).toEqual([
      [1, 'refuted'],
      [2, 'verified'],
    ]);
    expect(await stage.pulls()).toHaveLength(1);
    expect(await stage.commentTopics()).toEqual(['refuted-1-preview', 'verified-2']);
  });

  it('takes a pull request that was closed meanwhile for a no, and remembers it', async () => {
    await stage.push(page(MISSPELT));
    await stage.sweepUntil('verified');
    await stage.close();

    await stage.wipe();
    await stage.sweepUntil('rejected');
    await stage.push(page(`${MISSPELT}// again\n`));
    await stage.sweepUntil('escalated');

    expect((await stage.incidents()).map(({ status }) => status).sort()).toEqual(['escalated', 'rejected']);
    expect(await stage.pulls()).toHaveLength(1);
    expect(await stage.branches()).toHaveLength(1);
  });

  it('finds a closed pull request whose branch is gone', async () => {
    await stage.push(page(MISSPELT));
    await stage.sweepUntil('verified');
    await stage.close();
    for (const branch of await stage.branches()) await stage.github('DELETE', `/git/refs/heads/${branch}`);

    await stage.wipe();
    await stage.sweepUntil('rejected');

    expect(await stage.pulls()).toHaveLength(1);
    expect(await stage.branches()).toEqual([]);
  });

  it('leaves a branch alone that somebody else works on', async () => {
    await stage.push(page(MISSPELT));
    await stage.sweepUntil('verified');
    const [branch] = await stage.branches();
    await stage.push({ 'app/extra.ts': 'export const extra = 1;\n' }, branch);

    await stage.wipe();
    await stage.sweepUntil('taken-over');

    expect(await stage.pulls()).toHaveLength(1);
  });

  it('opens nothing for what was merged', async () => {
    await stage.push(page(MISSPELT));
    await stage.sweepUntil('verified');
    await stage.merge();

    await stage.wipe();
    await stage.sweepOnce();
    await stage.pass(3_600_000);
    await stage.sweepOnce();

    expect(await stage.pulls()).toHaveLength(1);
    expect((await stage.incidents()).filter(({ dueAt }) => dueAt !== undefined)).toEqual([]);
  });

  it('does not take a pull request for its own that names it and is a stranger’s', async () => {
    await stage.push(page(MISSPELT));
    await stage.sweepUntil('verified');
    const [ours] = await stage.pulls();
    const [incident] = await stage.incidents();
    await stage.github('PATCH', `/pulls/${ours?.number}`, { body: `A text of somebody about ${incident?.id}.` });

    await stage.wipe();
    await stage.sweepOnce();

    expect((await onlyIncident())?.pullRequest?.number).not.toBe(ours?.number);
  });
});
