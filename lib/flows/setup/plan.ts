import type { WatchedProject } from './choose.js';
import type { Settings } from './connect.js';
import { planCron, planSchedule } from './cron.js';
import { planDeployment } from './deployment.js';
import type { Change, Plan } from './dialogue.js';
import { planReviewConfig } from './review-config.js';
import type { Scene } from './survey.js';
import { OWN_SECRETS, type VariableChange } from './variables.js';
import { planRepositoryWebhooks, planVercelWebhook, readRepositoryHooks } from './webhooks.js';

export interface Secrets {
  /** Our own secrets, as far as they are known in clear. */
  readonly known: Settings;
  /** Those that are new, and have to be kept for the person. */
  readonly made: Settings;
}

/** Known here; Vercel sets them by itself or finds them out. */
const NOT_WRITTEN = ['VERCEL_PROJECT_ID', 'KV_REST_API_URL', 'KV_REST_API_TOKEN'];
/** Not written where the database's own integration set its names. */
const STORE = ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'];

/** Keeps what exists, makes what is missing, and renews what has to be told elsewhere and cannot be read back. */
export async function settleSecrets(scene: Scene): Promise<Secrets> {
  const { request, outside, variables } = scene;
  const needed = await listNeededInClear(scene);
  const known: Record<string, string> = {};
  const made: Record<string, string> = {};
  for (const name of OWN_SECRETS) {
    const value = request.settings[name] ?? (await variables.read(name));
    if (value !== undefined) known[name] = value;
    else if (!variables.has(name) || needed.includes(name)) made[name] = outside.newSecret();
  }
  return { known: { ...known, ...made }, made };
}

/** A webhook or a schedule that is to be made has to be told its secret. */
async function listNeededInClear(scene: Scene): Promise<readonly string[]> {
  const [hooks, schedule] = await Promise.all([readHooks(scene), planOwnSchedule(scene, { secret: '', isNew: false })]);
  return [
    ...(hooks.every(({ isGood }) => isGood) ? [] : ['GITHUB_WEBHOOK_SECRET']),
    ...(schedule.length === 0 ? [] : ['CRON_SECRET']),
  ];
}

/** What the functions are to know, as far as it is known here. */
export function collectSettings(scene: Scene): Settings {
  const { request, vercel, github, queue, modelKey, own, watched, projects, variables, publicUrl } = scene;
  const linked = projects.filter(({ id, link }) => id !== own.id && link !== undefined);
  const isNamed = request.settings.VERCEL_PROJECTS !== undefined || variables.has('VERCEL_PROJECTS');
  return {
    ...request.passedOn,
    ...request.settings,
    VERCEL_TOKEN: vercel.token,
    GITHUB_TOKEN: github.token,
    ...(vercel.team === undefined ? {} : { VERCEL_TEAM_ID: vercel.team.id }),
    ...(isNamed || watched.length < linked.length
      ? { VERCEL_PROJECTS: watched.map(({ name }) => name).join(',') }
      : {}),
    ...(modelKey === undefined ? {} : { GEMINI_API_KEY: modelKey }),
    ...(queue === undefined
      ? {}
      : {
          QSTASH_TOKEN: queue.token,
          QSTASH_CURRENT_SIGNING_KEY: queue.keys.current,
          QSTASH_NEXT_SIGNING_KEY: queue.keys.next,
        }),
    VERCEL_PROJECT_ID: own.id,
    PUBLIC_URL: publicUrl,
  };
}

/** Everything that is not yet as it should be, in the order in which it is done. */
export async function planAll(scene: Scene, secrets: Secrets): Promise<Plan> {
  const variables = await planVariables(scene, secrets);
  const isNew = (key: string) => variables.some((change) => change.key === key);
  const cron = await planCron(scene.vercel.plan, scene.outside);
  const vercelWebhook = await planOwnVercelWebhook(scene);
  // A webhook brings a secret of its own. A changed vercel.json deploys when it is pushed.
  const writesVariables = variables.length + vercelWebhook.length > 0;
  const deployment = cron.length > 0 ? NOTHING : await planDeployment(scene, writesVariables);
  return {
    changes: [
      variables,
      vercelWebhook,
      cron,
      deployment.changes,
      // Only what is deployed with its secret takes GitHub's deliveries, the first of which come at once.
      await planOwnRepositoryWebhooks(scene, {
        secret: secrets.known.GITHUB_WEBHOOK_SECRET,
        isNew: isNew('GITHUB_WEBHOOK_SECRET'),
      }),
      await planOwnSchedule(scene, { secret: secrets.known.CRON_SECRET, isNew: isNew('CRON_SECRET') }),
      await planOwnReviewConfig(scene),
    ].flat(),
    notes: [...(cron.length > 0 ? [PUSH] : []), ...deployment.notes, ...adviseOnQueue(scene)],
  };
}

const PUSH = 'Commit vercel.json and push it: that deploys, with the variables as they are now.';
const NOTHING: Plan = { changes: [], notes: [] };

async function planVariables(scene: Scene, secrets: Secrets): Promise<readonly VariableChange[]> {
  const { variables, request } = scene;
  const left = new Set([
    ...NOT_WRITTEN,
    ...(variables.has('KV_REST_API_URL') ? STORE : []),
    // Vercel tells the functions their own domain.
    ...(request.settings.PUBLIC_URL === undefined ? ['PUBLIC_URL'] : []),
  ]);
  const wanted = Object.entries({ ...collectSettings(scene), ...secrets.known }).filter(([name]) => !left.has(name));
  return await variables.plan(Object.fromEntries(wanted));
}

async function planOwnVercelWebhook(scene: Scene): Promise<readonly Change[]> {
  const { vercel, publicUrl, watched, variables, outside } = scene;
  // Vercel has none on Hobby: https://vercel.com/docs/webhooks
  if (vercel.plan === 'hobby') return [];
  const projectIds = watched.map(({ id }) => id);
  return await planVercelWebhook(vercel.account, {
    publicUrl,
    projectIds,
    variables,
    keepSecrets: outside.keepSecrets,
  });
}

async function planOwnRepositoryWebhooks(
  scene: Scene,
  { secret, isNew }: { readonly secret: string | undefined; readonly isNew: boolean },
): Promise<readonly Change[]> {
  if (secret === undefined) return [];
  const hooks = await readHooks(scene);
  return planRepositoryWebhooks(scene.github.account, hooks, {
    publicUrl: scene.publicUrl,
    secret,
    isNewSecret: isNew,
  });
}

/** What stands in for the minute's cron on Hobby. */
async function planOwnSchedule(
  { vercel, queue, outside, own, publicUrl }: Scene,
  { secret, isNew }: { readonly secret: string | undefined; readonly isNew: boolean },
): Promise<readonly Change[]> {
  if (vercel.plan !== 'hobby' || queue === undefined || secret === undefined) return [];
  const input = { projectId: own.id, publicUrl, cronSecret: secret, isNewSecret: isNew };
  return await planSchedule(outside.queue(queue.token), input);
}

async function planOwnReviewConfig({ request, outside, github, watched }: Scene): Promise<readonly Change[]> {
  if (!request.withReviewConfig) return [];
  return await planReviewConfig({
    repositories: uniqueRepositories(watched),
    github: github.account,
    pulls: outside.repositories(github.token),
    text: await outside.readReviewConfig(),
  });
}

function adviseOnQueue({ vercel, queue, variables }: Scene): readonly string[] {
  if (vercel.plan !== 'hobby' || queue !== undefined || variables.has('QSTASH_TOKEN')) return [];
  return [
    'On Hobby the cron sweeps once a day. GitHub webhooks start a sweep at once; a QSTASH_TOKEN would add one every two minutes.',
  ];
}

async function readHooks({ github, watched, publicUrl }: Scene) {
  const repositories = uniqueRepositories(watched).map(({ repository }) => repository);
  return await readRepositoryHooks(github.account, repositories, publicUrl);
}

/** Several projects may be linked to one repository. */
function uniqueRepositories(watched: readonly WatchedProject[]) {
  const byName = new Map(
    watched.map(({ link: { repository }, facts: { defaultBranch } }) => [
      `${repository.owner}/${repository.name}`,
      { repository, defaultBranch },
    ]),
  );
  return [...byName.values()];
}
