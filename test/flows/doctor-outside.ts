import { readConfig } from '../../lib/config.js';
import { createWorld } from '../../lib/deps.js';
import type { World } from '../../lib/flows/world.js';
import type { Pulse, Store, StoreHealth } from '../../lib/ports.js';
import { type Reply, type ScriptedServer, startScriptedServer } from '../adapters/scripted-server.js';
import { createMemoryStore } from '../fakes/memory-store.js';

export const NOW = Date.UTC(2026, 10, 25, 12, 0, 0);
export const DAY = 24 * 60 * 60 * 1000;
export const ADDRESS = 'https://heal.example.dev';

/** By method and path; what is not here is 404. */
export type Answers = Readonly<Record<string, Reply>>;

const link = { type: 'github', org: 'acme', repo: 'web', repoId: 7, productionBranch: 'main' };
export const PROJECT = { id: 'prj_web', name: 'web', link, targets: { production: { id: 'dpl_1', plan: 'pro' } } };
export const TEAM = { id: 'team_acme', slug: 'acme', name: 'Acme', billing: { plan: 'pro' } };
export const HOOK = {
  id: 11,
  active: true,
  events: ['deployment_status', 'status', 'pull_request', 'pull_request_review', 'issue_comment'],
  config: { url: `${ADDRESS}/api/webhooks/github` },
};
const refused = (message: string): Reply => ({ status: 422, body: { message } });
export const LACKS: Reply = { status: 403, body: { message: 'Resource not accessible by personal access token' } };

/** Everything as it should be. */
export const WELL: Answers = {
  'GET /v5/user/tokens/current': {
    body: { token: { name: 'heal', expiresAt: NOW + 200 * DAY, scopes: [{ type: 'team', teamId: 'team_acme' }] } },
  },
  'GET /v2/user': { body: { user: { id: 'u1', username: 'ada', defaultTeamId: 'team_acme' } } },
  'GET /v2/teams': { body: { teams: [TEAM], pagination: {} } },
  'GET /v3/teams/team_acme/members': { body: { members: [{ github: { login: 'Ada' } }, {}], pagination: {} } },
  'GET /v9/projects/web': { body: PROJECT },
  'GET /v7/deployments': { body: { deployments: [], pagination: { next: null } } },
  'GET /v1/webhooks': {
    body: [
      { id: 'hook_1', url: `${ADDRESS}/api/webhooks/vercel`, events: ['deployment.error', 'deployment.succeeded'] },
    ],
  },
  'GET /user': {
    headers: {
      'github-authentication-token-expiration': '2027-06-14 08:15:54 UTC',
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '4990',
      'x-ratelimit-reset': String(NOW / 1000 + 600),
    },
    body: { login: 'ada', type: 'User' },
  },
  'GET /repos/acme/web': {
    body: { private: true, archived: false, default_branch: 'main', permissions: { push: true } },
  },
  'POST /repos/acme/web/git/refs': refused('Object does not exist'),
  'POST /repos/acme/web/pulls': refused('Validation Failed'),
  'POST /repos/acme/web/labels': refused('Validation Failed'),
  [`POST /repos/acme/web/statuses/${'0'.repeat(40)}`]: refused('No commit found for SHA'),
  'GET /repos/acme/web/hooks': { body: [HOOK] },
  'GET /repos/acme/web/hooks/11/deliveries': {
    body: [{ event: 'pull_request', status_code: 200, delivered_at: '2026-11-25T11:00:00Z' }],
  },
  'GET /repos/acme/web/contents/.coderabbit.yaml': {
    body: { encoding: 'base64', content: Buffer.from('reviews: {}\n').toString('base64') },
  },
  'GET /repos/acme/web/issues/comments': { body: [{ user: { login: 'coderabbitai[bot]' }, body: 'Walkthrough' }] },
  'GET /v1beta/models': { body: { models: [{ name: 'models/gemini-a' }, { name: 'models/gemini-b' }] } },
  'GET /v2/keys': { body: { current: 'signing-key-current', next: 'signing-key-next' } },
};

export interface Outside {
  readonly server: ScriptedServer;
  /** A world whose accounts answer like `WELL` but for the changes. */
  open(change?: {
    readonly answers?: Answers;
    readonly environment?: Readonly<Record<string, string>>;
    readonly pulse?: Partial<Pulse>;
    readonly health?: Partial<StoreHealth>;
  }): World;
}

export async function startOutside(): Promise<Outside> {
  const server = await startScriptedServer();
  return {
    server,
    open({ answers = {}, environment = {}, pulse = {}, health = {} } = {}) {
      const all: Answers = { ...WELL, ...answers };
      server.answer(
        ({ method, path }) =>
          all[`${method} ${path}`] ?? { status: 404, body: { message: 'Not Found', error: { code: 'not_found' } } },
      );
      const config = readConfig({
        VERCEL_TOKEN: 'vercel-token-of-the-tests',
        VERCEL_TEAM_ID: 'team_acme',
        VERCEL_PROJECTS: 'web',
        VERCEL_PROJECT_ID: 'prj_own',
        VERCEL_API_URL: server.url,
        GITHUB_TOKEN: 'github_pat_of_the_tests',
        GITHUB_API_URL: server.url,
        GEMINI_API_KEY: 'gemini-key-of-the-tests',
        GEMINI_MODELS: 'gemini-a,gemini-b',
        GEMINI_BASE_URL: server.url,
        QSTASH_TOKEN: 'qstash-token-of-the-tests',
        QSTASH_URL: server.url,
        QSTASH_CURRENT_SIGNING_KEY: 'signing-key-current',
        QSTASH_NEXT_SIGNING_KEY: 'signing-key-next',
        UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:1',
        UPSTASH_REDIS_REST_TOKEN: 'redis-token-of-the-tests',
        CRON_SECRET: 'cron-secret-of-the-tests',
        TRIGGER_SECRET: 'trigger-secret-of-the-tests',
        DASHBOARD_SECRET: 'dashboard-secret-of-the-tests',
        VERCEL_WEBHOOK_SECRET: 'vercel-webhook-secret-of-the-tests',
        GITHUB_WEBHOOK_SECRET: 'github-webhook-secret-of-the-tests',
        PUBLIC_URL: ADDRESS,
        LOG_LEVEL: 'error',
        ...environment,
      });
      const clock = { now: () => NOW };
      const memory = createMemoryStore(clock);
      const store: Store = {
        ...memory,
        readPulse: async () => ({ now: NOW, lastSweepBy: { cron: NOW - 40_000 }, open: 0, ...pulse }),
        ping: async () => ({
          now: NOW,
          evictionPolicy: 'noeviction',
          usedBytes: 1_000_000,
          maximumBytes: 256_000_000,
          ...health,
        }),
      };
      return { ...createWorld(config), clock, store: async () => store };
    },
  };
}
