import { describe, expect, it } from 'vitest';
import { buildBranchName, chooseBranchName, parseBranchName } from '../../lib/incident/branch-name.js';
import { listProjects } from '../../lib/incident/projects.js';
import { judgePullRequest } from '../../lib/incident/pull-request-state.js';
import { canMove, incidentIdOf, moveTo } from '../../lib/incident/transitions.js';
import { judgePreviews } from '../../lib/incident/verification.js';
import type { Deployment } from '../../lib/ports.js';
import {
  buildAttempt,
  buildDeployment,
  buildDiagnosis,
  buildFailure,
  buildIncident,
  buildPullRequest,
  fakeSha,
} from './builders.js';

describe('moveTo', () => {
  it('keeps what an incident carries and notes when each status was first reached', () => {
    const incident = buildIncident({ hiccups: 4 });

    const moved = moveTo(incident, 'diagnosed', 2_000_000, { diagnosis: buildDiagnosis(), dueAt: 2_000_000 });

    expect(moved).toMatchObject({
      status: 'diagnosed',
      id: incident.id,
      failures: incident.failures,
      hiccups: 0,
      dueAt: 2_000_000,
    });
    expect(moved.reachedAt).toEqual({ detected: 1_050_000, diagnosed: 2_000_000 });
  });

  it('is no longer due in a final status', () => {
    const moved = moveTo(buildIncident(), 'escalated', 2_000_000, { reason: 'evidence-gone', detail: 'gone' });

    expect(moved).not.toHaveProperty('dueAt');
  });

  it('refuses a move that the design does not know', () => {
    expect(() => moveTo(buildIncident(), 'healed', 1, { healedBy: [] })).toThrow(RangeError);
    expect(canMove('healed', 'diagnosed')).toBe(false);
    expect(canMove('escalated', 'diagnosed')).toBe(true);
    expect(canMove('merged', 'refuted')).toBe(true);
  });

  it('gives a deployment the same incident wherever it is found', () => {
    expect(incidentIdOf('dpl_8XVz1')).toBe('inc_8XVz1');
  });
});

describe('branch names', () => {
  it('are the seconds of the deployment, moved to the first free one', () => {
    expect(buildBranchName(1_700_000_000)).toBe('fix/auto-repair-1700000000');
    expect(chooseBranchName(1_700_000_000_999, new Set())).toBe('fix/auto-repair-1700000000');
    expect(
      chooseBranchName(1_700_000_000_000, new Set(['fix/auto-repair-1700000000', 'fix/auto-repair-1700000001'])),
    ).toBe('fix/auto-repair-1700000002');
  });

  it.each(['main', 'fix/auto-repair-', 'fix/auto-repair-12x', 'fix/auto-repair-1/2', 'fix/auto-repair-9999999999999'])(
    '%s is not ours',
    (name) => {
      expect(parseBranchName(name)).toBeUndefined();
    },
  );

  it('are read back', () => {
    expect(parseBranchName(buildBranchName(42))).toBe(42);
  });
});

describe('judgePullRequest', () => {
  const incident = buildIncident({ attempts: [buildAttempt(1), buildAttempt(2)] });

  it.each([
    ['open on our commit', { headSha: fakeSha('commit2') }, { is: 'open' }],
    ['open on an earlier commit of ours, as when a list lags behind', { headSha: fakeSha('commit1') }, { is: 'open' }],
    ['pushed to by somebody', { headSha: fakeSha('theirs') }, { is: 'taken-over' }],
    ['closed', { state: 'closed' as const }, { is: 'rejected' }],
    [
      'merged',
      { state: 'closed' as const, merged: true, mergeSha: fakeSha('merge') },
      { is: 'merged', mergeSha: fakeSha('merge') },
    ],
    [
      'merged with a commit of somebody',
      { headSha: fakeSha('theirs'), merged: true, mergeSha: fakeSha('merge') },
      { is: 'merged', mergeSha: fakeSha('merge') },
    ],
  ])('%s', (_, change, expected) => {
    expect(judgePullRequest(buildPullRequest(change), incident)).toEqual(expected);
  });
});

describe('judgePreviews', () => {
  const web = buildFailure();
  const docs = buildFailure({ projectId: 'prj_docs', projectName: 'docs', deploymentId: 'dpl_docs' });
  const preview = (readyState: string, projectId = 'prj_web'): Deployment =>
    buildDeployment({ id: `dpl_${projectId}_${readyState}`, target: null, readyState, projectId });
  const judge = (...deployments: Deployment[]): string =>
    judgePreviews(
      [web, docs],
      new Map([
        ['prj_web', deployments.filter((deployment) => deployment.projectId === 'prj_web')],
        ['prj_docs', deployments.filter((deployment) => deployment.projectId === 'prj_docs')],
      ]),
    ).outcome;

  it.each<[string, Deployment[], string]>([
    ['nothing yet', [], 'not-started'],
    ['one in the queue', [preview('QUEUED')], 'not-started'],
    ['one being built', [preview('BUILDING')], 'building'],
    ['one of two ready', [preview('READY')], 'building'],
    ['both ready', [preview('READY'), preview('READY', 'prj_docs')], 'verified'],
    ['one failed, one ready', [preview('READY'), preview('ERROR', 'prj_docs')], 'failed'],
    ['one blocked', [preview('BLOCKED'), preview('READY', 'prj_docs')], 'never-starts'],
    ['one skipped by an ignored build step', [preview('CANCELED'), preview('BUILDING', 'prj_docs')], 'never-starts'],
  ])('%s', (_, deployments, outcome) => {
    expect(judge(...deployments)).toBe(outcome);
  });

  it('believes the newest deployment of a project', () => {
    expect(judge(preview('READY'), preview('ERROR'), preview('READY', 'prj_docs'))).toBe('verified');
  });

  it('takes no production deployment for a preview', () => {
    const production = buildDeployment({ readyState: 'READY' });

    expect(judge(production, preview('READY', 'prj_docs'))).toBe('building');
  });
});

describe('listProjects', () => {
  it('names each project once, by its newest failure', () => {
    const older = buildFailure();
    const newer = buildFailure({ deploymentId: 'dpl_second', createdAt: 2_000_000 });
    const docs = buildFailure({ projectId: 'prj_docs' });

    expect(listProjects(buildIncident({ failures: [older, docs, newer] }))).toEqual([newer, docs]);
  });
});
