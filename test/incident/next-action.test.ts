import { describe, expect, it } from 'vitest';
import type { Incident } from '../../lib/incident/incident.js';
import {
  backOff,
  countAttemptsWithoutProgress,
  decideNextAction,
  waitBeforeNextLook,
} from '../../lib/incident/next-action.js';
import { buildAttempt, buildDiagnosis, buildIncident, buildRefuted } from './builders.js';

const SETTINGS = { mode: 'repair', attemptsWithoutProgress: 3, attemptsPerIncident: 6 } as const;

function diagnosed(change: Partial<ReturnType<typeof buildDiagnosis>> = {}, more: Partial<Incident> = {}): Incident {
  return buildIncident({ status: 'diagnosed', diagnosis: buildDiagnosis(change), ...more } as Partial<Incident>);
}

function refuted(...fingerprints: string[]): Incident {
  const attempts = fingerprints.map((fingerprint, index) => buildRefuted(index + 1, fingerprint));
  return buildIncident({ status: 'refuted', diagnosis: buildDiagnosis(), attempts } as Partial<Incident>);
}

describe('decideNextAction', () => {
  it.each([
    ['code', 'repair'],
    ['dependency', 'repair'],
    ['config', 'repair'],
    ['unknown', 'repair'],
    ['transient', 'redeploy'],
    ['environment', 'escalate'],
    ['infrastructure', 'escalate'],
  ] as const)('a failure of class %s: %s', (failureClass, action) => {
    expect(decideNextAction(diagnosed({ class: failureClass }), SETTINGS).do).toBe(action);
  });

  it('hands over what no edit repairs, with the remedy', () => {
    const action = decideNextAction(
      diagnosed({ class: 'config', repairable: false, remedy: 'Raise the heap.' }),
      SETTINGS,
    );

    expect(action).toEqual({ do: 'escalate', reason: 'not-repairable', detail: 'Raise the heap.' });
  });

  it('redeploys once', () => {
    const redeployments = [{ of: 'dpl_first', plannedAt: 1, deploymentId: 'dpl_again' }];

    expect(decideNextAction(diagnosed({ class: 'transient' }, { redeployments }), SETTINGS).do).toBe('escalate');
  });

  it('looks into the repository when requests fail again and the log does not say where they went', () => {
    const errors = [{ tool: 'next', kind: 'network' as const, code: 'FETCH_FAILED', message: 'fetch failed' }];
    const redeployments = [{ of: 'dpl_first', plannedAt: 1, deploymentId: 'dpl_again' }];

    expect(decideNextAction(diagnosed({ class: 'transient', errors }), SETTINGS).do).toBe('redeploy');
    expect(decideNextAction(diagnosed({ class: 'transient', errors }, { redeployments }), SETTINGS).do).toBe('repair');
  });

  it('asks again for a redeployment whose answer was lost', () => {
    const redeployments = [{ of: 'dpl_first', plannedAt: 1 }];

    expect(decideNextAction(diagnosed({ class: 'transient' }, { redeployments }), SETTINGS).do).toBe('redeploy');
  });

  it('goes on with a planned attempt before anything else', () => {
    const { commitSha: _, ...planned } = buildAttempt(1);

    expect(decideNextAction(diagnosed({}, { attempts: [planned] }), SETTINGS)).toEqual({
      do: 'resume-proposal',
      attempt: planned,
    });
  });

  it('writes nothing in observe mode, and still diagnoses', () => {
    const observing = { ...SETTINGS, mode: 'observe' } as const;

    expect(decideNextAction(buildIncident(), observing)).toEqual({ do: 'diagnose' });
    expect(decideNextAction(diagnosed(), observing)).toEqual({ do: 'hold', why: 'observe-mode' });
    expect(decideNextAction(diagnosed({ class: 'transient' }), observing)).toEqual({ do: 'hold', why: 'observe-mode' });
    expect(decideNextAction(refuted('b'), observing)).toEqual({ do: 'hold', why: 'observe-mode' });
  });

  it.each<[string, string[], string]>([
    ['one refutation', ['aaaaaaaaaaaaaaaa'], 'repair'],
    ['three that got nowhere', ['aaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaa'], 'escalate'],
    ['progress in between', ['aaaaaaaaaaaaaaaa', 'aaaaaaaaaaaaaaaa', 'b', 'b', 'b'], 'repair'],
    ['back and forth is no progress', ['b', 'aaaaaaaaaaaaaaaa', 'b', 'aaaaaaaaaaaaaaaa'], 'escalate'],
    ['six that each got further', ['b', 'c', 'd', 'e', 'f', 'g'], 'escalate'],
  ])('%s', (_, fingerprints, action) => {
    expect(decideNextAction(refuted(...fingerprints), SETTINGS).do).toBe(action);
  });

  it('decides by the newest failure: a refutation by an outage is no reason for another patch', () => {
    const incident = refuted('b');
    const attempt = buildAttempt(1, {
      verdict: {
        outcome: 'refuted',
        at: 1,
        by: 'preview',
        deployments: [],
        diagnosis: buildDiagnosis({ class: 'environment', remedy: 'Set API_URL.' }),
      },
    });

    expect(decideNextAction({ ...incident, attempts: [attempt] } as Incident, SETTINGS)).toMatchObject({
      do: 'escalate',
      detail: 'Set API_URL.',
    });
  });

  it.each(['rejected', 'escalated'] as const)('%s is watched until production works again', (status) => {
    expect(decideNextAction({ ...buildIncident(), status } as Incident, SETTINGS)).toEqual({ do: 'watch-recovery' });
  });

  it.each(['healed', 'joined', 'superseded'] as const)('%s is the end', (status) => {
    expect(decideNextAction({ ...buildIncident(), status } as Incident, SETTINGS)).toEqual({
      do: 'hold',
      why: 'final',
    });
  });
});

describe('countAttemptsWithoutProgress', () => {
  it('counts since the last new fingerprint', () => {
    expect(countAttemptsWithoutProgress(refuted())).toBe(0);
    expect(countAttemptsWithoutProgress(refuted('aaaaaaaaaaaaaaaa'))).toBe(1);
    expect(countAttemptsWithoutProgress(refuted('b'))).toBe(0);
    expect(countAttemptsWithoutProgress(refuted('b', 'b', 'aaaaaaaaaaaaaaaa'))).toBe(2);
  });
});

describe('waiting', () => {
  it.each([
    [0, 5_000],
    [50_000, 5_000],
    [200_000, 20_000],
    [10_000_000, 60_000],
  ])('after %i ms the next look is in %i ms', (waited, next) => {
    expect(waitBeforeNextLook(waited, 60_000)).toBe(next);
  });

  it('backs off to ten minutes and no further', () => {
    expect([0, 1, 2, 3].map(backOff)).toEqual([5_000, 10_000, 20_000, 40_000]);
    expect(backOff(1000)).toBe(600_000);
  });
});
