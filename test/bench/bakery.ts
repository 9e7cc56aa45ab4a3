import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../lib/config.js';
import { createWorld } from '../../lib/deps.js';
import { sweep } from '../../lib/flows/sweep.js';
import type { World } from '../../lib/flows/world.js';
import { createPerson, readFiles } from '../../sandbox/person.js';
import { breakFiles, SCENARIOS } from '../../sandbox/scenarios.js';
import { startGitHub } from '../../sandbox/services/github.js';
import { startUpstash } from '../../sandbox/services/upstash.js';
import { startVercel } from '../../sandbox/services/vercel.js';
import { CURRENCY_REPAIR } from '../fakes/currency-repair.js';
import { startGeminiServer } from '../fakes/gemini-server.js';
import type { Asked, Gate, System } from './gate.js';

const OWNER = 'ada';
const REPOSITORY = 'corner-bakery';
const GITHUB_TOKEN = 'github-token-of-the-bench';
const VERCEL_TOKEN = 'vercel-token-of-the-bench';
const MODEL_KEY = 'model-key-of-the-bench';
/** What `next build` of the demo app prints for the sandbox's commit that only a model repairs. */
const FAILED_BUILD = readFileSync(fileURLToPath(new URL('./failed-build.log', import.meta.url)), 'utf8');

/** The sandbox's demo app on emulated services, its newest production deployment just failed. */
export interface Bakery {
  readonly services: Readonly<Record<System, string>>;
  /** Settings of a function that asks the services through a gate. */
  openWorld(gate: Gate): World;
  close(): Promise<void>;
}

export const DEMO_APP = fileURLToPath(new URL('../../sandbox/demo-app/', import.meta.url));

/** The demo app in order, and what the commit changes that breaks it. */
export function readDemoApp(): {
  readonly files: ReadonlyMap<string, string>;
  readonly changes: ReadonlyMap<string, string>;
} {
  const files = readFiles(DEMO_APP);
  const scenario = SCENARIOS.find(({ name }) => name === 'model');
  if (scenario === undefined) throw new Error('The sandbox has no scenario that needs a model.');
  return { files, changes: breakFiles(scenario, files) };
}

const PAGES = 40;
const MENUS_A_PAGE = 13;

/** The same with so many modules and pages that GitHub's archive of it is not asked for. */
export function readLargeApp(): ReturnType<typeof readDemoApp> {
  const { files, changes } = readDemoApp();
  const added = new Map(files);
  const loaves = Array.from({ length: 20 }, (_, index) => `  { name: 'Loaf ${index}', cents: ${100 + index} },\n`).join(
    '',
  );
  for (let page = 0; page < PAGES; page += 1) {
    const names = Array.from({ length: MENUS_A_PAGE }, (_, index) => `menu${page * MENUS_A_PAGE + index}`);
    for (const name of names)
      added.set(
        `lib/menus/${name}.ts`,
        `import type { MenuItem } from '../menu';\n\nexport const ${name}: readonly MenuItem[] = [\n${loaves}];\n`,
      );
    added.set(
      `app/menus/${page}/page.tsx`,
      `${names.map((name) => `import { ${name} } from '@/lib/menus/${name}';\n`).join('')}
export default function MenusPage() {
  const items = [${names.map((name) => `...${name}`).join(', ')}];
  return <main>{items.map(({ name }) => name).join(', ')}</main>;
}
`,
    );
  }
  return { files: added, changes };
}

export async function openBakery(app = readDemoApp()): Promise<Bakery> {
  const github = await startGitHub({
    seed: {
      users: [{ login: OWNER }],
      tokens: { [GITHUB_TOKEN]: OWNER },
      repositories: [{ owner: OWNER, name: REPOSITORY, defaultBranch: 'main' }],
    },
  });
  const vercel = await startVercel({
    seed: {
      token: VERCEL_TOKEN,
      github: { url: github.url, token: GITHUB_TOKEN, handle: github.handle },
      projects: [{ name: REPOSITORY, repository: `${OWNER}/${REPOSITORY}`, framework: 'nextjs' }],
    },
    builder: 'recorded',
  });
  const upstash = await startUpstash();
  const model = await startGeminiServer({ apiKey: MODEL_KEY, answer: () => CURRENCY_REPAIR });
  const services = { vercel: vercel.url, github: github.url, model: model.url, store: upstash.url };

  const tellBuild = async (result: object) =>
    void (await fetch(`${vercel.url}/__control/results`, { method: 'POST', body: JSON.stringify(result) }));
  async function untilDeployed(state: string): Promise<void> {
    for (;;) {
      const answer = await fetch(`${vercel.url}/__state`);
      const { deployments } = (await answer.json()) as { deployments: { readyState: string }[] };
      if (deployments.at(-1)?.readyState === state) return;
      await delay(5);
    }
  }

  await tellBuild({ result: 'READY', times: 1 });
  await tellBuild({ result: 'ERROR', log: FAILED_BUILD, times: 1 });
  const person = createPerson({ url: github.url, token: GITHUB_TOKEN, repository: `${OWNER}/${REPOSITORY}` });
  await person.push({ branch: 'main', message: 'Corner Bakery', files: app.files, replaceAll: true });
  await untilDeployed('READY');
  await person.push({ branch: 'main', message: 'Currencies', files: app.changes, replaceAll: false });
  await untilDeployed('ERROR');

  return {
    services,
    openWorld(gate) {
      const config = readConfig({
        VERCEL_TOKEN,
        VERCEL_API_URL: gate.url('vercel'),
        GITHUB_TOKEN,
        GITHUB_API_URL: gate.url('github'),
        GEMINI_API_KEY: MODEL_KEY,
        GEMINI_BASE_URL: gate.url('model'),
        UPSTASH_REDIS_REST_URL: gate.url('store'),
        UPSTASH_REDIS_REST_TOKEN: upstash.token,
        CRON_SECRET: 'cron-secret-of-the-bench',
        TRIGGER_SECRET: 'trigger-secret-of-the-bench',
        DASHBOARD_SECRET: 'dashboard-secret-of-the-bench',
        LOG_LEVEL: 'error',
      });
      return createWorld(config);
    },
    async close() {
      for (const service of [model, upstash, vercel, github]) await service.close();
    },
  };
}

/** What was asked from the first Vercel call to the open pull request, that one included. */
export interface Repair {
  readonly asked: readonly Asked[];
  /** By the gate's clock. */
  readonly elapsedMs: number;
  /** From the first Vercel call to the arrival of the prompt at the model. */
  readonly untilPromptMs: number;
}

/** One sweep, which finds the failure and opens the pull request. */
export async function repairOnce(world: World, gate: Gate): Promise<Repair> {
  await sweep(world, { trigger: 'cron' });
  const first = gate.asked.find(({ system }) => system === 'vercel');
  const prompt = gate.asked.find(({ system }) => system === 'model');
  const opened = gate.asked.find(({ method, path }) => method === 'POST' && path.endsWith('/pulls'));
  if (first === undefined || prompt === undefined || opened === undefined)
    throw new Error(`No pull request was opened: ${gate.asked.map(({ path }) => path).join(' ')}`);
  return {
    asked: gate.asked.slice(gate.asked.indexOf(first), gate.asked.indexOf(opened) + 1),
    elapsedMs: opened.answeredAt - first.askedAt,
    untilPromptMs: prompt.askedAt - first.askedAt,
  };
}
