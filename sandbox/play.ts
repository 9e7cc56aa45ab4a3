import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ending } from './ending.js';
import { createObserver, type Observation } from './observations.js';
import type { Options } from './options.js';
import { createPerson, readFiles } from './person.js';
import { breakFiles, SCENARIOS } from './scenarios.js';
import { installDependencies } from './services/vercel/dependencies.js';
import { cutIntoStages, renderSummary } from './summary.js';
import { seconds, type Terminal } from './terminal.js';
import { createTimeline } from './timeline.js';
import { BRANCH, REPOSITORY, type World } from './world.js';

const DEMO_APP = fileURLToPath(new URL('./demo-app/', import.meta.url));
const LOOK_EVERY_MS = 300;
/** Enough for slow machines and several attempts; a run that takes longer is stuck. */
const PATIENCE_MS = 10 * 60_000;
/** The functions need some seconds for their first start, more on a busy machine. */
const FUNCTIONS_PATIENCE_MS = 60_000;
const ENDED_OTHERWISE = ['escalated', 'rejected', 'superseded', 'joined'];

/**
 * The story: the app in order is deployed, a broken commit is pushed, and what follows is told until production is
 * healed. Without `--once` the world then stays up.
 *
 * @throws Ending when the story goes wrong.
 */
export async function play(world: World, options: Options, terminal: Terminal): Promise<void> {
  const scenario = SCENARIOS.find(({ name }) => name === options.scenario);
  if (!scenario) throw new Ending(2, `There is no scenario ${options.scenario}.`);
  const follow = createFollower(world, terminal);
  const person = createPerson({ url: world.github.url, token: world.github.token, repository: REPOSITORY });
  const files = readFiles(DEMO_APP);
  introduce(world, options, terminal);

  await putPackagesInPlace(terminal);
  const good = await person.push({ branch: BRANCH, message: 'Corner Bakery', files, replaceAll: true });
  terminal.tell('you', `pushed ${good.slice(0, 7)} to ${BRANCH}: the demo app, in order`);
  await follow(({ deployments }) => {
    const state = deployments.find(({ sha }) => sha === good)?.readyState;
    if (state === 'ERROR') throw new Ending(1, 'The demo app does not build on this machine even in its good state.');
    return state === 'READY' || undefined;
  });

  const changes = breakFiles(scenario, files);
  const broken = await person.push({ branch: BRANCH, message: scenario.message, files: changes, replaceAll: false });
  const pushedAt = Date.now();
  terminal.tell('you', `pushed ${broken.slice(0, 7)} to ${BRANCH}, with ${scenario.mistakes}`);

  let verifiedAt: number | undefined;
  let mergedAt: number | undefined;
  async function mergeWhenVerified({ incident, merged }: Observation): Promise<void> {
    if (merged) mergedAt ??= Date.now();
    const pull = incident?.status === 'verified' && !merged ? incident.pullRequest : undefined;
    if (!pull || verifiedAt !== undefined) return;
    verifiedAt = Date.now();
    if (!options.once) return terminal.tell('you', `it is your turn: merge the pull request at ${pull.url}`);
    terminal.tell('you', `(played by --once) merge pull request #${pull.number}`);
    await person.merge(pull.number);
    mergedAt = Date.now();
  }
  const deployments = await follow(
    async (observation) => {
      await mergeWhenVerified(observation);
      const { incident } = observation;
      if (options.once && incident && ENDED_OTHERWISE.includes(incident.status)) {
        const reason = incident.reason ? `, ${incident.reason}: ${incident.detail ?? ''}` : '';
        throw new Ending(1, `Not healed: the incident is ${incident.status}${reason}`);
      }
      return incident?.status === 'healed' ? observation.deployments : undefined;
    },
    options.once ? PATIENCE_MS : Number.POSITIVE_INFINITY,
  );

  const moments = { pushedAt, verifiedAt, mergedAt, healedAt: Date.now() };
  terminal.show(undefined);
  terminal.print('');
  for (const line of renderSummary(cutIntoStages(deployments, moments))) terminal.print(line);
  terminal.print('');
  if (options.once) return;
  terminal.print(`Everything stays up for you to look at; Ctrl-C stops it. The dashboard: ${dashboardUrl(world)}`);
  await follow(() => undefined, Number.POSITIVE_INFINITY);
}

/** What the services say of themselves, and the incidents as their API gives them. */
export async function writeReport(world: World, path: string): Promise<void> {
  const readJson = async (url: string, headers = {}) =>
    (await fetch(url, { headers, signal: AbortSignal.timeout(3_000) })).json();
  const authorization = `Bearer ${world.secrets.dashboard}`;
  const [github, vercel, incidents] = await Promise.all([
    readJson(`${world.github.url}/__state`),
    readJson(`${world.vercel.url}/__state`),
    readJson(`${world.functions.url}/api/incidents`, { authorization }).catch(() => undefined),
  ]);
  await writeFile(path, JSON.stringify({ github, vercel, incidents }, null, 2));
}

function introduce(world: World, options: Options, terminal: Terminal): void {
  const redis =
    world.redis === 'redis-server'
      ? "redis-server, behind Upstash's protocol"
      : 'an engine in this process, for redis-server is not on the PATH';
  const gemini = process.env.GEMINI_API_KEY
    ? (process.env.GEMINI_BASE_URL ?? 'the real API')
    : 'GEMINI_API_KEY is not set: the compiler-suggested repairer works alone';
  for (const line of [
    '',
    `  Dashboard    ${dashboardUrl(world)}  sign in with ${world.secrets.dashboard}`,
    `  Trigger URL  ${dashboardUrl(world)}/api/trigger?key=${world.secrets.trigger}`,
    `  GitHub       ${world.github.url}  (emulated)`,
    `  Vercel       ${world.vercel.url}  (its builds are real)`,
    `  Redis        ${redis}`,
    `  Gemini       ${gemini}`,
    `  Cron         a minute of its schedule lasts ${options.minute}s here`,
    ...(options.once
      ? []
      : ['  Setup        in another terminal: npm run setup -- --sandbox, then npm run -s doctor -- --sandbox']),
    '',
  ]) {
    terminal.print(line);
  }
}

function dashboardUrl(world: World): string {
  return world.functions.url.replace('127.0.0.1', 'localhost');
}

async function putPackagesInPlace(terminal: Terminal): Promise<void> {
  terminal.show({ text: 'installing the packages of the demo app', since: Date.now() });
  const { code, output, fromCache } = await installDependencies(DEMO_APP);
  terminal.show(undefined);
  if (code !== 0) throw new Ending(1, `The demo app's packages could not be installed:\n${output}`);
  terminal.tell(
    'sandbox',
    fromCache
      ? 'the packages of the demo app are in the cache'
      : 'installed the packages of the demo app, for this run and later ones',
  );
}

type Follow = <Result>(
  done: (observation: Observation) => Result | undefined | Promise<Result | undefined>,
  patienceMs?: number,
) => Promise<Result>;

/** Tells what happens, looking at the world again and again until `done` answers with something. */
function createFollower(world: World, terminal: Terminal): Follow {
  const observer = createObserver(world);
  const timeline = createTimeline(terminal);
  let problemSince: number | undefined;

  function lookForProblems(): void {
    const problem = world.cronProblem();
    problemSince = problem === undefined ? undefined : (problemSince ?? Date.now());
    if (problem === undefined || problemSince === undefined || Date.now() - problemSince < FUNCTIONS_PATIENCE_MS)
      return;
    throw new Ending(1, `The functions do not work. ${problem}\n${world.functions.logs.slice(-10).join('\n')}`);
  }

  return async (done, patienceMs = PATIENCE_MS) => {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const observation = await observer.observe();
      timeline.follow(observation);
      const result = await done(observation);
      if (result !== undefined) return result;
      lookForProblems();
      if (Date.now() > deadline) {
        const status = observation.incident?.status ?? 'not there';
        throw new Ending(1, `Not healed within ${seconds(patienceMs)}; the incident is ${status}.`);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
}
