import { describe, expect, it } from 'vitest';
import { readVercelDelivery } from '../../lib/webhooks/vercel.js';
import { GITHUB_SECRET, SHA, signVercel, VERCEL_SECRET, vercelDelivery, vercelEvent } from './deliveries.js';

const BODY = JSON.stringify(vercelEvent('deployment.error'));
const GOOD = signVercel(BODY);

describe('who sent it', () => {
  // Computed with `openssl dgst -sha1 -hmac`, so that signing and verifying cannot be wrong together.
  it('accepts a signature that OpenSSL made', () => {
    const delivery = {
      headers: new Headers({ 'x-vercel-signature': 'e791d35879c37bcbf0496541c8edc8dc0d4e82bf' }),
      body: new TextEncoder().encode('{"id":"evt_1","type":"project.created"}'),
      secret: 'a-secret-for-openssl',
    };

    expect(readVercelDelivery(delivery)).toEqual({ outcome: 'ignored', why: 'unknown-type' });
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['"undefined"', 'undefined'],
    ['truncated', GOOD.slice(0, -1)],
    ['extended', `${GOOD}0`],
    ['oversized', GOOD.repeat(1_000)],
    ['that of another body', signVercel(`${BODY} `)],
    ['that of the other webhook’s secret', signVercel(BODY, GITHUB_SECRET)],
    ['that of an empty secret', signVercel(BODY, '')],
    ['with an algorithm before it', `sha1=${GOOD}`],
    ['of the right length and wrong', 'f'.repeat(40)],
    ['given twice', `${GOOD}, ${GOOD}`],
  ])('refuses a signature that is %s', (_name, signature) => {
    const headers = new Headers(signature === undefined ? {} : { 'x-vercel-signature': signature });

    const arrival = readVercelDelivery({ headers, body: new TextEncoder().encode(BODY), secret: VERCEL_SECRET });

    expect(arrival).toEqual({ outcome: 'unauthorized' });
  });

  it.each([undefined, ''])('refuses everything while the secret is %j', (secret) => {
    const signature = signVercel(BODY, 'x');
    const headers = new Headers({ 'x-vercel-signature': signature });

    expect(readVercelDelivery({ headers, body: new TextEncoder().encode(BODY), secret })).toEqual({
      outcome: 'unauthorized',
    });
  });

  it('looks at the signature before it looks at the body', () => {
    const headers = new Headers({ 'x-vercel-signature': GOOD });

    const arrival = readVercelDelivery({ headers, body: new TextEncoder().encode('not JSON'), secret: VERCEL_SECRET });

    expect(arrival).toEqual({ outcome: 'unauthorized' });
  });

  it('signs bytes, not text', () => {
    const bytes = new Uint8Array([0xff, 0xfe, 0x7b]);
    const headers = new Headers({ 'x-vercel-signature': signVercel(bytes) });

    expect(readVercelDelivery({ headers, body: bytes, secret: VERCEL_SECRET })).toMatchObject({ outcome: 'malformed' });
  });
});

describe('what it says', () => {
  it.each([
    ['deployment.error', 'deployment-failed'],
    ['deployment-error', 'deployment-failed'],
    ['deployment.succeeded', 'deployment-succeeded'],
    ['deployment.promoted', 'deployment-succeeded'],
  ])('%s is a %s', (type, kind) => {
    expect(readVercelDelivery(vercelDelivery(vercelEvent(type)))).toEqual({
      outcome: 'event',
      deliveryId: 'vercel evt_4dFQ8yHnVXBkzNoUmK2a',
      event: {
        kind,
        deploymentId: 'dpl_failed',
        projectId: 'prj_web',
        target: 'production',
        repositoryId: 99,
        sha: SHA,
      },
    });
  });

  it.each(['deployment.created', 'deployment.ready', 'project.created', 'constructor', '__proto__', 'toString', ''])(
    'ignores the type %j',
    (type) => {
      expect(readVercelDelivery(vercelDelivery(vercelEvent(type)))).toEqual({
        outcome: 'ignored',
        why: 'unknown-type',
      });
    },
  );

  it('takes a preview, fields it does not know and empty ones as they come', () => {
    const event = vercelEvent('deployment.error', {
      target: null,
      payload: {
        team: null,
        surprise: { deep: [1] },
        deployment: { id: 'dpl_x', meta: null, customEnvironmentId: 'e' },
      },
    });

    expect(readVercelDelivery(vercelDelivery(event))).toMatchObject({
      outcome: 'event',
      event: { kind: 'deployment-failed', deploymentId: 'dpl_x', projectId: 'prj_web', target: null },
    });
  });

  it.each([
    ['a number that is none', { githubRepoId: '9e99', githubCommitSha: SHA }, { sha: SHA }],
    ['a negative number', { githubRepoId: '-4' }, {}],
    ['an object', { githubRepoId: { id: 99 }, githubCommitSha: [SHA] }, {}],
    ['a path', { githubRepoId: '../99', githubCommitSha: '../../etc/passwd' }, {}],
    ['a short commit', { githubRepoId: '99', githubCommitSha: '1234567' }, { repositoryId: 99 }],
    ['no object at all', 'meta', {}],
  ])('believes no %s in the meta that the CLI lets anybody set', (_name, meta, expected) => {
    const event = vercelEvent('deployment.error', { payload: { deployment: { id: 'dpl_x', meta } } });

    const arrival = readVercelDelivery(vercelDelivery(event));

    if (arrival.outcome !== 'event') throw new Error(`It was ${arrival.outcome}.`);
    const { repositoryId, sha } = arrival.event as { repositoryId?: number; sha?: string };
    expect({ repositoryId, sha }).toEqual({ repositoryId: undefined, sha: undefined, ...expected });
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{"id":'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '7'],
    ['no id', JSON.stringify({ type: 'deployment.error', payload: {} })],
    ['an empty id', JSON.stringify({ ...vercelEvent('deployment.error'), id: '' })],
    ['an id without end', JSON.stringify({ ...vercelEvent('deployment.error'), id: 'x'.repeat(5_000) })],
    ['no payload', JSON.stringify({ id: 'evt_1', type: 'deployment.error' })],
    ['no deployment', JSON.stringify(vercelEvent('deployment.error', { payload: { deployment: null } }))],
    [
      'a deployment with a number for an id',
      JSON.stringify(vercelEvent('deployment.error', { payload: { deployment: { id: 7 } } })),
    ],
    ['no project', JSON.stringify(vercelEvent('deployment.error', { payload: { project: null } }))],
    ['too many brackets', '['.repeat(100_000)],
  ])('calls %s malformed, without repeating it', (_name, body) => {
    const arrival = readVercelDelivery(vercelDelivery(body));

    if (arrival.outcome !== 'malformed') throw new Error(`It was ${arrival.outcome}.`);
    expect(arrival.problem.length).toBeLessThan(200);
  });
});
