import { createHmac } from 'node:crypto';
import type { RawDelivery } from '../../lib/webhooks/arrival.js';

export const VERCEL_SECRET = 'vercel-webhook-secret-of-the-tests';
export const GITHUB_SECRET = 'github-webhook-secret-of-the-tests';
export const SHA = '51ad3c0000000000000000000000000000000abc';

type Json = Readonly<Record<string, unknown>>;

/** The envelope that Vercel documents, with a deployment of a project that is linked to GitHub. */
export function vercelEvent(type: string, changes: { readonly target?: unknown; readonly payload?: Json } = {}): Json {
  return {
    id: 'evt_4dFQ8yHnVXBkzNoUmK2a',
    type,
    createdAt: 1_795_500_000_000,
    region: 'sfo1',
    payload: {
      team: { id: 'team_acme' },
      user: { id: 'user_octo' },
      deployment: {
        id: 'dpl_failed',
        meta: { githubRepoId: '99', githubCommitSha: SHA, githubOrg: 'acme', githubRepo: 'web' },
        url: 'web-1a2b3c.vercel.example',
        name: 'web',
        inspectorUrl: 'https://vercel.example/acme/web/failed',
      },
      links: { deployment: 'https://vercel.example/acme/web/failed', project: 'https://vercel.example/acme/web' },
      target: changes.target === undefined ? 'production' : changes.target,
      project: { id: 'prj_web' },
      plan: 'pro',
      regions: ['iad1'],
      ...changes.payload,
    },
  };
}

const REPOSITORY = { id: 99, name: 'web', full_name: 'acme/web', private: true, owner: { login: 'acme', id: 5 } };

export const GITHUB_EVENTS = {
  ping: { zen: 'Keep it logically awesome.', hook_id: 1, repository: REPOSITORY },
  deployment_status: {
    action: 'created',
    deployment: {
      id: 7,
      sha: SHA,
      ref: SHA,
      task: 'deploy',
      environment: 'Production',
      creator: { login: 'vercel[bot]' },
    },
    deployment_status: { id: 8, state: 'failure', description: 'Deployment has failed', environment: 'Production' },
    repository: REPOSITORY,
  },
  pull_request: {
    action: 'closed',
    number: 7,
    pull_request: { number: 7, merged: true, merge_commit_sha: SHA, user: { login: 'octo-cat' } },
    repository: REPOSITORY,
  },
  pull_request_review: {
    action: 'submitted',
    pull_request: { number: 7 },
    review: { id: 3, state: 'CHANGES_REQUESTED', user: { login: 'coderabbitai[bot]' }, body: 'Please …' },
    repository: REPOSITORY,
  },
  issue_comment: {
    action: 'created',
    issue: { number: 7, pull_request: { url: 'https://api.github.example/repos/acme/web/pulls/7' } },
    comment: { id: 4, user: { login: 'octo-cat' }, body: 'Looks good.' },
    repository: REPOSITORY,
  },
} as const satisfies Readonly<Record<string, Json>>;

export function signVercel(body: string | Uint8Array, secret = VERCEL_SECRET): string {
  return createHmac('sha1', secret).update(body).digest('hex');
}

export function signGitHub(body: string | Uint8Array, secret = GITHUB_SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** A delivery as the handlers get it; signed correctly unless the headers say otherwise. */
export function vercelDelivery(payload: unknown, headers: Readonly<Record<string, string>> = {}): RawDelivery {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return {
    headers: new Headers({ 'x-vercel-signature': signVercel(body), ...headers }),
    body: new TextEncoder().encode(body),
    secret: VERCEL_SECRET,
  };
}

export function gitHubDelivery(
  name: string,
  payload: unknown,
  headers: Readonly<Record<string, string>> = {},
): RawDelivery {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return {
    headers: new Headers({
      'x-github-event': name,
      'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      'x-hub-signature-256': signGitHub(body),
      ...headers,
    }),
    body: new TextEncoder().encode(body),
    secret: GITHUB_SECRET,
  };
}
