import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { assertPortIsFree, findFreePort } from './http/free-port.js';
import { createPerson } from './person.js';
import { spawnTethered } from './process/spawn-tethered.js';
import { readVercelConfig } from './services/functions/vercel-config.js';
import { startGitHub } from './services/github.js';
import { isOnPath } from './services/redis-engine.js';
import { type Scheduler, startScheduler } from './services/scheduler.js';
import { startUpstash } from './services/upstash.js';
import { startVercel } from './services/vercel.js';
import { writeSettingsFile } from './settings-file.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

export const OWNER = 'ada';
/** The Vercel project of the demo app. */
export const PROJECT = 'corner-bakery';
export const REPOSITORY = `${OWNER}/${PROJECT}`;
export const BRANCH = 'main';
/** The Vercel project in which this program itself is deployed; setup writes to it. */
const OWN_PROJECT = 'self-healing-pipeline';
const DAY_MS = 24 * 60 * 60 * 1000;

/** Settings that the person may bring; everything else is the sandbox's own. */
const BROUGHT_ALONG = /^(GEMINI_API_KEY|GEMINI_BASE_URL|GEMINI_MODELS|CRON_SECRET|TRIGGER_SECRET|DASHBOARD_SECRET)$/;
const NEEDED_BY_NODE = /^(PATH|HOME|TMPDIR|LANG|LC_ALL|TZ|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|https?_proxy|no_proxy)$/i;

export interface World {
  readonly github: { readonly url: string; readonly token: string };
  readonly vercel: { readonly url: string; readonly token: string };
  readonly redis: string;
  readonly functions: { readonly url: string; readonly logs: readonly string[] };
  readonly secrets: { readonly trigger: string; readonly dashboard: string };
  /** The last answer of the cron's function that was not 200; undefined when the last one was. */
  cronProblem(): string | undefined;
  close(): Promise<void>;
}

/** @throws Error with one sentence for the person when something that is needed is missing or taken. */
export async function startWorld(options: {
  readonly port: number;
  readonly minuteMs: number;
  /** Where setup and the doctor read how to reach all of this. */
  readonly settingsFile: string;
  readonly onFunctionLog: (line: string) => void;
}): Promise<World> {
  for (const tool of ['npm', 'node']) {
    if (!isOnPath(tool)) throw new Error(`${tool} is not on the PATH; the sandbox builds the demo app with it.`);
  }
  const port = options.port === 0 ? await findFreePort() : options.port;
  await assertPortIsFree(port);

  const closers: (() => Promise<void>)[] = [];
  async function close(): Promise<void> {
    for (const closeOne of closers.splice(0).reverse()) await closeOne().catch(() => {});
  }

  try {
    const githubToken = `github_pat_${secret()}`;
    const vercelToken = secret();
    const vercelWebhookSecret = secret();
    const upstash = await startUpstash();
    closers.push(upstash.close);
    const github = await startGitHub({
      seed: {
        users: [{ login: OWNER, name: 'Ada', email: `${OWNER}@users.noreply.github.com` }],
        tokens: { [githubToken]: OWNER },
        rights: { [githubToken]: { expiresAt: Date.now() + 90 * DAY_MS } },
        repositories: [PROJECT, OWN_PROJECT].map((name) => ({ owner: OWNER, name, defaultBranch: BRANCH })),
      },
    });
    closers.push(github.close);
    const vercel = await startVercel({
      seed: {
        token: vercelToken,
        username: OWNER,
        github: { url: github.url, token: githubToken },
        account: { plan: 'pro', tokenExpiresAt: Date.now() + 90 * DAY_MS },
        // The functions here do not start anew with each deployment, so they have to know it from the beginning.
        webhookSecret: vercelWebhookSecret,
        projects: [
          { name: PROJECT, repository: REPOSITORY, framework: 'nextjs' },
          { name: OWN_PROJECT, repository: `${OWNER}/${OWN_PROJECT}` },
        ],
      },
    });
    closers.push(vercel.close);
    // So that setup finds a deployment to repeat, as on Vercel once the button was clicked.
    const own = createPerson({ url: github.url, token: githubToken, repository: `${OWNER}/${OWN_PROJECT}` });
    const page = new Map([['index.html', 'The functions of this sandbox run beside Vercel, not on it.\n']]);
    await own.push({ branch: BRANCH, message: 'Self-Healing Pipeline', files: page, replaceAll: true });

    const secrets = {
      cron: process.env.CRON_SECRET ?? secret(),
      trigger: process.env.TRIGGER_SECRET ?? secret(),
      dashboard: process.env.DASHBOARD_SECRET ?? secret(),
    };
    const settings = {
      VERCEL_API_URL: vercel.url,
      VERCEL_TOKEN: vercelToken,
      VERCEL_PROJECTS: PROJECT,
      GITHUB_API_URL: github.url,
      GITHUB_TOKEN: githubToken,
      GITHUB_WEBHOOK_SECRET: secret(),
      UPSTASH_REDIS_REST_URL: upstash.url,
      UPSTASH_REDIS_REST_TOKEN: upstash.token,
      CRON_SECRET: secrets.cron,
      TRIGGER_SECRET: secrets.trigger,
      DASHBOARD_SECRET: secrets.dashboard,
      PUBLIC_URL: `http://localhost:${port}`,
    };
    const functions = await startFunctionsProcess({
      port,
      onLog: options.onFunctionLog,
      environment: {
        ...pick(NEEDED_BY_NODE),
        ...pick(BROUGHT_ALONG),
        ...settings,
        VERCEL_ENV: 'production',
        VERCEL_WEBHOOK_SECRET: vercelWebhookSecret,
      },
    });
    closers.push(functions.close);

    let cronProblem: string | undefined;
    const scheduler: Scheduler = startScheduler({
      crons: readVercelConfig(ROOT).crons ?? [],
      url: functions.url,
      cronSecret: secrets.cron,
      minuteMs: options.minuteMs,
      onAnswer({ path }, answer) {
        if ('error' in answer) cronProblem = `${path} did not answer: ${answer.error}`;
        else
          cronProblem =
            answer.status === 200 ? undefined : `${path} answered ${answer.status}: ${answer.text.slice(0, 300)}`;
      },
    });
    closers.push(async () => scheduler.stop());
    const settingsFile = await writeSettingsFile(options.settingsFile, {
      ...settings,
      VERCEL_WEBHOOK_SECRET: vercelWebhookSecret,
      ...(pick(/^GEMINI_(API_KEY|BASE_URL|MODELS)$/) as Record<string, string>),
    });
    closers.push(settingsFile.remove);

    return {
      github: { url: github.url, token: githubToken },
      vercel: { url: vercel.url, token: vercelToken },
      redis: upstash.engine,
      functions,
      secrets,
      cronProblem: () => cronProblem,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The functions get a process and an environment of their own: none of this process's, none of the person's. */
async function startFunctionsProcess(options: {
  readonly port: number;
  readonly environment: NodeJS.ProcessEnv;
  readonly onLog: (line: string) => void;
}) {
  // The functions' own temporary files, if any, go with them.
  const temporary = await mkdtemp(join(tmpdir(), 'self-healing-functions-'));
  const file = fileURLToPath(new URL('./services/functions.ts', import.meta.url));
  const process_ = spawnTethered(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), file, '--port', String(options.port), '--root', ROOT],
    { cwd: ROOT, env: { ...options.environment, TMPDIR: temporary } },
  );
  const logs: string[] = [];
  const log = (line: string) => {
    logs.push(line);
    if (logs.length > 500) logs.shift();
    options.onLog(line);
  };
  const { stdout, stderr } = process_.child;
  if (!stdout || !stderr) throw new Error('The functions have no output to read.');
  createInterface({ input: stderr }).on('line', log);
  const lines = createInterface({ input: stdout });
  const first = await Promise.race([once(lines, 'line'), process_.ended]);
  if (!Array.isArray(first)) throw new Error(`The functions ended before they listened: ${logs.slice(-3).join(' ')}`);
  lines.on('line', log);
  return {
    url: (JSON.parse(String(first[0])) as { url: string }).url,
    logs,
    async close() {
      await process_.stop();
      await rm(temporary, { recursive: true, force: true });
    },
  };
}

function pick(names: RegExp): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => names.test(name)));
}

function secret(): string {
  return randomBytes(24).toString('hex');
}
