import { describe, expect, it } from 'vitest';
import { readGitHubDelivery } from '../../lib/webhooks/github.js';
import { GITHUB_EVENTS, GITHUB_SECRET, gitHubDelivery, SHA, signGitHub, VERCEL_SECRET } from './deliveries.js';

const BODY = JSON.stringify(GITHUB_EVENTS.pull_request);
const GOOD = signGitHub(BODY);
const REPOSITORY = { id: 99, owner: 'acme', name: 'web' };

describe('who sent it', () => {
  // The example of GitHub's documentation on validating deliveries.
  it('accepts the signature of GitHub’s own example', () => {
    const delivery = {
      headers: new Headers({
        'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
      }),
      body: new TextEncoder().encode('Hello, World!'),
      secret: "It's a Secret to Everybody",
    };

    expect(readGitHubDelivery(delivery)).toEqual({ outcome: 'ignored', why: 'unknown-type' });
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['without its algorithm', GOOD.slice('sha256='.length)],
    ['of the old algorithm', `sha1=${GOOD.slice('sha256='.length, 'sha256='.length + 40)}`],
    ['truncated', GOOD.slice(0, -1)],
    ['extended', `${GOOD}0`],
    ['oversized', `sha256=${'0'.repeat(100_000)}`],
    ['in capitals', GOOD.toUpperCase()],
    ['that of another body', signGitHub(`${BODY} `)],
    ['that of the other webhook’s secret', signGitHub(BODY, VERCEL_SECRET)],
    ['that of an empty secret', signGitHub(BODY, '')],
    ['given twice', `${GOOD}, ${GOOD}`],
  ])('refuses a signature that is %s', (_name, signature) => {
    const headers = new Headers({ 'x-github-event': 'pull_request' });
    if (signature !== undefined) headers.set('x-hub-signature-256', signature);

    const arrival = readGitHubDelivery({ headers, body: new TextEncoder().encode(BODY), secret: GITHUB_SECRET });

    expect(arrival).toEqual({ outcome: 'unauthorized' });
  });

  it.each([undefined, ''])('refuses everything while the secret is %j', (secret) => {
    const headers = new Headers({ 'x-github-event': 'ping', 'x-hub-signature-256': signGitHub(BODY, 'x') });

    expect(readGitHubDelivery({ headers, body: new TextEncoder().encode(BODY), secret })).toEqual({
      outcome: 'unauthorized',
    });
  });
});

describe('what it says', () => {
  it.each([
    ['failure', 'Production'],
    ['error', 'Production – web'],
    ['success', 'Preview – web'],
  ])('a deployment’s %s in %s', (state, environment) => {
    const { deployment, ...rest } = GITHUB_EVENTS.deployment_status;
    const payload = { ...rest, deployment: { ...deployment, environment }, deployment_status: { state } };

    expect(readGitHubDelivery(gitHubDelivery('deployment_status', payload))).toMatchObject({
      outcome: 'event',
      event: { kind: 'deployment-status', repository: REPOSITORY, sha: SHA, state, environment },
    });
  });

  it('a merged and an unmerged pull request', () => {
    const { pull_request, ...rest } = GITHUB_EVENTS.pull_request;
    const unmerged = { ...rest, pull_request: { ...pull_request, merged: false } };

    const events = [GITHUB_EVENTS.pull_request, unmerged].map((payload) =>
      readGitHubDelivery(gitHubDelivery('pull_request', payload)),
    );

    expect(events).toMatchObject([
      { event: { kind: 'pull-request-closed', repository: REPOSITORY, number: 7, merged: true } },
      { event: { kind: 'pull-request-closed', repository: REPOSITORY, number: 7, merged: false } },
    ]);
  });

  it.each(['opened', 'reopened', 'synchronize', 'ready_for_review'])('a pull request that was %s', (action) => {
    expect(readGitHubDelivery(gitHubDelivery('pull_request', { ...GITHUB_EVENTS.pull_request, action }))).toMatchObject(
      { event: { kind: 'pull-request-changed', repository: REPOSITORY, number: 7 } },
    );
  });

  it('a review and a comment, with their authors', () => {
    const ghost = { ...GITHUB_EVENTS.issue_comment, comment: { user: null } };

    const events = [
      readGitHubDelivery(gitHubDelivery('pull_request_review', GITHUB_EVENTS.pull_request_review)),
      readGitHubDelivery(gitHubDelivery('issue_comment', GITHUB_EVENTS.issue_comment)),
      readGitHubDelivery(gitHubDelivery('issue_comment', ghost)),
    ];

    expect(events).toMatchObject([
      { event: { kind: 'review', number: 7, state: 'changes_requested', author: 'coderabbitai[bot]' } },
      { event: { kind: 'comment', number: 7, author: 'octo-cat' } },
      { event: { kind: 'comment', number: 7, author: '' } },
    ]);
  });

  it('CodeRabbit’s result, which appears by an edit of its comment, and a review taken back', () => {
    const comment = { user: { login: 'coderabbitai[bot]' } };
    const edited = { ...GITHUB_EVENTS.issue_comment, action: 'edited', comment };
    const dismissed = { ...GITHUB_EVENTS.pull_request_review, action: 'dismissed' };

    const events = [
      readGitHubDelivery(gitHubDelivery('issue_comment', edited)),
      readGitHubDelivery(gitHubDelivery('pull_request_review', dismissed)),
    ];

    expect(events).toMatchObject([{ event: { kind: 'comment', number: 7 } }, { event: { kind: 'review', number: 7 } }]);
  });

  it.each([
    ['ping', GITHUB_EVENTS.ping, 'ping'],
    ['push', {}, 'unknown-type'],
    ['constructor', {}, 'unknown-type'],
    ['__proto__', {}, 'unknown-type'],
    [
      'deployment_status',
      { ...GITHUB_EVENTS.deployment_status, deployment_status: { state: 'in_progress' } },
      'not-finished',
    ],
    ['pull_request', { ...GITHUB_EVENTS.pull_request, action: 'labeled' }, 'not-changed-or-closed'],
    ['pull_request_review', { ...GITHUB_EVENTS.pull_request_review, action: 'edited' }, 'not-a-review'],
    ['issue_comment', { ...GITHUB_EVENTS.issue_comment, action: 'deleted' }, 'not-a-new-comment'],
    ['issue_comment', { ...GITHUB_EVENTS.issue_comment, action: 'edited' }, 'not-a-new-comment'],
    ['issue_comment', { ...GITHUB_EVENTS.issue_comment, issue: { number: 7 } }, 'not-on-a-pull-request'],
  ])('ignores %s %#, and says why', (name, payload, why) => {
    expect(readGitHubDelivery(gitHubDelivery(name, payload))).toEqual({ outcome: 'ignored', why });
  });

  it.each([
    ['nothing', ''],
    ['a form', `payload=${encodeURIComponent(BODY)}`],
    ['a list', '[]'],
    ['no repository', JSON.stringify({ ...GITHUB_EVENTS.pull_request, repository: null })],
    [
      'a repository with text for an id',
      JSON.stringify({
        ...GITHUB_EVENTS.pull_request,
        repository: { id: '99', name: 'web', owner: { login: 'acme' } },
      }),
    ],
    [
      'a repository id beyond numbers',
      JSON.stringify({
        ...GITHUB_EVENTS.pull_request,
        repository: { id: 1e300, name: 'web', owner: { login: 'acme' } },
      }),
    ],
    ['a negative pull request', JSON.stringify({ ...GITHUB_EVENTS.pull_request, pull_request: { number: -1 } })],
    ['another event’s body', JSON.stringify(GITHUB_EVENTS.issue_comment)],
  ])('calls %s malformed, without repeating it', (_name, body) => {
    const arrival = readGitHubDelivery(gitHubDelivery('pull_request', body));

    if (arrival.outcome !== 'malformed') throw new Error(`It was ${arrival.outcome}.`);
    expect(arrival.problem.length).toBeLessThan(200);
  });

  it('calls a commit that is a path malformed', () => {
    const { deployment, ...rest } = GITHUB_EVENTS.deployment_status;
    const payload = { ...rest, deployment: { ...deployment, sha: '../../main' } };

    expect(readGitHubDelivery(gitHubDelivery('deployment_status', payload))).toMatchObject({ outcome: 'malformed' });
  });
});

describe('which delivery it is', () => {
  function idOf(name: string, payload: unknown, headers = {}): string {
    const arrival = readGitHubDelivery(gitHubDelivery(name, payload, headers));
    if (arrival.outcome !== 'event') throw new Error(`It was ${arrival.outcome}.`);
    return arrival.deliveryId;
  }

  it('stays the same for a replay under another delivery header, which nobody signed', () => {
    const first = idOf('pull_request', GITHUB_EVENTS.pull_request);
    const replayed = idOf('pull_request', GITHUB_EVENTS.pull_request, { 'x-github-delivery': 'forged' });

    expect(replayed).toBe(first);
  });

  it('differs for another body', () => {
    expect(idOf('pull_request', { ...GITHUB_EVENTS.pull_request, number: 8 })).not.toBe(
      idOf('pull_request', GITHUB_EVENTS.pull_request),
    );
  });
});
