import { describe, expect, it } from 'vitest';
import type { ArrivalEvent } from '../../lib/webhooks/arrival.js';
import { concerns, mayBeNewFailure, repositoryOf } from '../../lib/webhooks/concerns.js';
import { fakeIncident, fakeSha } from '../report/incidents.js';

const REPOSITORY = { id: 99, owner: 'acme', name: 'web' };
const OURS = fakeSha(2);
const THEIRS = fakeSha(3);

function deployment(changes: object): ArrivalEvent {
  return {
    kind: 'deployment-failed',
    deploymentId: 'dpl_x',
    projectId: 'prj_web',
    target: null,
    repositoryId: 99,
    ...changes,
  } as ArrivalEvent;
}

function status(changes: object): ArrivalEvent {
  return {
    kind: 'deployment-status',
    repository: REPOSITORY,
    sha: THEIRS,
    state: 'failure',
    environment: 'Preview',
    ...changes,
  } as ArrivalEvent;
}

describe('a reason to look at an incident', () => {
  it.each<[string, ArrivalEvent, boolean]>([
    ['a preview of our commit', deployment({ sha: OURS }), true],
    ['a preview of another commit', deployment({ sha: THEIRS }), false],
    ['a preview without a commit', deployment({}), false],
    ['production of its project', deployment({ target: 'production', sha: THEIRS }), true],
    ['production of another project', deployment({ target: 'production', projectId: 'prj_docs' }), false],
    ['GitHub’s word on our commit', status({ sha: OURS }), true],
    ['GitHub’s word on another commit', status({}), false],
    ['GitHub’s word on production', status({ environment: 'Production – web' }), true],
    ['an environment that only starts alike', status({ environment: 'Productionlike' }), false],
    ['its pull request', { kind: 'pull-request-closed', repository: REPOSITORY, number: 7, merged: true }, true],
    ['another pull request', { kind: 'pull-request-closed', repository: REPOSITORY, number: 8, merged: true }, false],
    ['a review of it', { kind: 'review', repository: REPOSITORY, number: 7, state: 'approved', author: 'a' }, true],
    ['CodeRabbit’s word', { kind: 'comment', repository: REPOSITORY, number: 7, author: 'coderabbitai[bot]' }, true],
    ['another bot’s word', { kind: 'comment', repository: REPOSITORY, number: 7, author: 'linter[bot]' }, false],
    ['a comment elsewhere', { kind: 'comment', repository: REPOSITORY, number: 1, author: 'a' }, false],
  ])('%s: %s', (_name, event, expected) => {
    expect(concerns(event, fakeIncident('proposed'))).toBe(expected);
  });
});

describe('a failure that may be new', () => {
  it.each<[string, ArrivalEvent, boolean]>([
    ['production failed', deployment({ target: 'production' }), true],
    ['a preview failed', deployment({}), false],
    ['staging failed', deployment({ target: 'staging' }), false],
    ['production succeeded', deployment({ kind: 'deployment-succeeded', target: 'production' }), false],
    ['GitHub says production failed', status({ environment: 'Production' }), true],
    ['GitHub says production has an error', status({ environment: 'production', state: 'error' }), true],
    ['GitHub says production succeeded', status({ environment: 'Production', state: 'success' }), false],
    ['GitHub says a preview failed', status({}), false],
  ])('%s: %s', (_name, event, expected) => {
    expect(mayBeNewFailure(event)).toBe(expected);
  });
});

it('tells the repository, where there is one', () => {
  expect([
    repositoryOf(status({})),
    repositoryOf(deployment({})),
    repositoryOf(deployment({ repositoryId: undefined })),
  ]).toEqual([99, 99, undefined]);
});
