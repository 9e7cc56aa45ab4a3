import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openOutside } from '../../cli/setup/outside.js';
import type { Dialogue, SetupRequest, SetupResult } from '../../lib/flows/setup.js';
import { setUp } from '../../lib/flows/setup.js';
import { type ScriptedServer, startScriptedServer } from '../adapters/scripted-server.js';
import { type StartedService, startService } from '../sandbox/start-service.js';

export const VERCEL_TOKEN = 'vercel-token-0123456789';
export const GITHUB_TOKEN = 'github_pat_0123456789';
export const REDIS_TOKEN = 'redis-token-0123456789';
export const ADDRESS = 'https://heal.example.dev';

export interface SetupWorld {
  readonly github: StartedService;
  readonly vercel: StartedService;
  /** QStash and Gemini. */
  readonly others: ScriptedServer;
  /** What the QStash stand-in was told, by schedule id. */
  readonly schedules: Map<string, Readonly<Record<string, string>>>;
  readonly folder: string;
  readonly settings: Readonly<Record<string, string>>;
  /** One run; every line that was said goes to `lines`. */
  run(
    change?: Partial<SetupRequest>,
    dialogue?: Partial<Dialogue>,
  ): Promise<SetupResult & { readonly lines: readonly string[] }>;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of the services, read field by field
  ask(system: 'vercel' | 'github', method: string, path: string, body?: unknown): Promise<any>;
  /** What the services hold, as far as setup may change it. */
  readAll(): Promise<{
    readonly variables: readonly { key: string; type: string; target: string[]; comment?: string }[];
    readonly vercelHooks: readonly { url: string; events: string[] }[];
    readonly hooks: readonly { active: boolean; events: string[]; config: { url: string } }[];
    readonly pulls: readonly { title: string; head: { ref: string } }[];
    readonly vercelJson: string;
    readonly kept: string;
  }>;
  fault(system: 'vercel' | 'github', fault: object): Promise<void>;
  stop(): Promise<void>;
}

/** The sandbox's Vercel and GitHub with a project that heals and one that is to be healed, on the given plan. */
export async function startSetupWorld(options: {
  readonly plan: string;
  readonly isPrivate?: boolean;
  readonly writes?: readonly string[];
  /** False: this program is not on Vercel yet. */
  readonly isOnVercel?: boolean;
}): Promise<SetupWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'setup-world-'));
  const seedFile = (name: string, seed: object) => {
    writeFileSync(join(folder, name), JSON.stringify(seed));
    return ['--seed', join(folder, name)];
  };
  const github = await startService(
    'sandbox/services/github.ts',
    seedFile('github.json', {
      users: [{ login: 'baker', email: 'baker@bakery.test' }],
      tokens: { [GITHUB_TOKEN]: 'baker' },
      rights: {
        [GITHUB_TOKEN]: {
          expiresAt: Date.now() + 90 * 86_400_000,
          ...(options.writes === undefined ? {} : { writes: options.writes }),
        },
      },
      repositories: [
        { owner: 'baker', name: 'shop', private: options.isPrivate === true },
        { owner: 'baker', name: 'blog' },
        { owner: 'baker', name: 'heal' },
      ],
    }),
  );
  const vercel = await startService('sandbox/services/vercel.ts', [
    ...seedFile('vercel.json.seed', {
      token: VERCEL_TOKEN,
      username: 'baker',
      github: { url: github.url, token: GITHUB_TOKEN },
      account: { plan: options.plan },
      projects: [
        ...(options.isOnVercel === false ? [] : [{ name: 'self-healing-pipeline', repository: 'baker/heal' }]),
        { name: 'shop', repository: 'baker/shop' },
        { name: 'blog', repository: 'baker/blog' },
      ],
    }),
    '--builder',
    'recorded',
  ]);
  const others = await startScriptedServer();
  const schedules = new Map<string, Readonly<Record<string, string>>>();
  others.answer(({ method, path, headers }) => {
    if (path === '/v1beta/models') return { body: { models: [{ name: 'models/gemini-3.8-flash' }] } };
    if (path === '/v2/keys') return { body: { current: 'sig-current', next: 'sig-next' } };
    const id = /^\/v2\/schedules\/(self-heal[\w-]*)$/.exec(path)?.[1];
    if (method === 'GET' && id !== undefined) {
      const known = schedules.get(id);
      return known ? { body: { ...known, isPaused: false } } : { status: 404, body: { error: 'not found' } };
    }
    if (method === 'POST' && path.startsWith('/v2/schedules/')) {
      const scheduleId = String(headers['upstash-schedule-id']);
      schedules.set(scheduleId, {
        destination: path.slice('/v2/schedules/'.length),
        cron: String(headers['upstash-cron']),
        method: String(headers['upstash-method']),
        authorization: String(headers['upstash-forward-authorization']),
      });
      return { body: { scheduleId } };
    }
    return { status: 404, body: {} };
  });

  const vercelJson = join(folder, 'vercel.json');
  const secrets = join(folder, '.env');
  writeFileSync(vercelJson, readFileSync('vercel.json', 'utf8'));
  const settings = {
    VERCEL_TOKEN,
    GITHUB_TOKEN,
    UPSTASH_REDIS_REST_URL: 'https://redis.example.dev',
    UPSTASH_REDIS_REST_TOKEN: REDIS_TOKEN,
    PUBLIC_URL: ADDRESS,
  };
  const outside = {
    ...openOutside(
      { vercel: vercel.url, github: github.url, gemini: others.url, qstash: others.url },
      { folder, secrets },
    ),
    pause: async () => await setTimeout(20),
  };

  const ask: SetupWorld['ask'] = async (system, method, path, body) => {
    const [service, token] = system === 'vercel' ? [vercel, VERCEL_TOKEN] : [github, GITHUB_TOKEN];
    const response = await fetch(service.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return await response.json().catch(() => undefined);
  };

  for (const name of ['shop', 'blog']) {
    const path = `/repos/baker/${name}/contents/README.md`;
    await ask('github', 'PUT', path, { message: 'First', content: Buffer.from('# Shop\n').toString('base64') });
  }

  return {
    github,
    vercel,
    others,
    schedules,
    folder,
    settings,
    ask,
    async run(change = {}, dialogue = {}) {
      const lines: string[] = [];
      const say = (line: string) => lines.push(line) && undefined;
      const result = await setUp(
        { settings, passedOn: {}, isDryRun: false, withReviewConfig: true, ...change },
        outside,
        {
          isAttended: false,
          askSecret: async () => undefined,
          choose: async () => undefined,
          chooseSeveral: async (_title, _options, selected) => selected,
          confirm: async () => true,
          begin: say,
          say,
          advance: say,
          warn: say,
          ...dialogue,
        },
      );
      return { ...result, lines };
    },
    async readAll() {
      return {
        variables: (await ask('vercel', 'GET', '/v10/projects/self-healing-pipeline/env')).envs,
        vercelHooks: await ask('vercel', 'GET', '/v1/webhooks'),
        hooks: await ask('github', 'GET', '/repos/baker/shop/hooks'),
        pulls: await ask('github', 'GET', '/repos/baker/shop/pulls?state=all'),
        vercelJson: readFileSync(vercelJson, 'utf8'),
        kept: readIfThere(secrets),
      };
    },
    async fault(system, fault) {
      const service = system === 'vercel' ? vercel : github;
      await fetch(`${service.url}/__control/faults`, { method: 'POST', body: JSON.stringify(fault) });
    },
    async stop() {
      await vercel.stop();
      await github.stop();
      await others.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
