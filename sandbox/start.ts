/** `npm start`: the whole world on loopback, a broken commit, and what becomes of it. */
import { fileURLToPath } from 'node:url';
import { observe } from './observations.js';
import { HELP, type Options, readOptions } from './options.js';
import { createPerson, readFiles } from './person.js';
import { breakFiles, SCENARIOS } from './scenarios.js';
import { installDependencies } from './services/vercel/dependencies.js';
import { cutIntoStages, renderSummary } from './summary.js';
import { createTerminal, seconds, type Terminal } from './terminal.js';
import { createTimeline } from './timeline.js';
import { BRANCH, REPOSITORY, startWorld, type World } from './world.js';

const DEMO_APP = fileURLToPath(new URL('./demo-app/', import.meta.url));
const LOOK_EVERY_MS = 400;
/** With a slow machine and three attempts; a run that takes longer is stuck. */
const PATIENCE_MS = 10 * 60_000;
/** The functions need some seconds for their first start. */
const FUNCTIONS_PATIENCE_MS = 60_000;

class Ending extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

async function main(): Promise<void> {
  let options: Options | 'help';
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\nnpm start -- --help lists the options.\n`);
    process.exitCode = 2;
    return;
  }
  if (options === 'help') {
    process.stdout.write(HELP);
    return;
  }

  const startedAt = Date.now();
  const terminal = createTerminal(process.stdout, startedAt);
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => reject(new Ending(130, 'Stopping everything that was started.')));
    }
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) reject(new Ending(130, 'The process that started the sandbox is gone.'));
    }, 1000).unref();
  });
  let world: World | undefined;
  const opening = startWorld({
    port: options.port,
    minuteMs: options.minute * 1000,
    onFunctionLog: (line) => options.verbose && terminal.tell('sandbox', line),
  });
  try {
    world = await Promise.race([opening, interrupted]);
    await Promise.race([play(world, options, terminal), interrupted]);
  } catch (error) {
    terminal.show(undefined);
    terminal.print(messageOf(error));
    process.exitCode = error instanceof Ending ? error.code : 1;
    // Stopped before all of it stood: it is closed as soon as it does.
    world ??= await opening.catch(() => undefined);
  } finally {
    terminal.close();
    await world?.close();
  }
  // Whatever a library may have left open, nothing of ours runs any more.
  process.exit();
}

async function play(world: World, options: Options, terminal: Terminal): Promise<void> {
  const scenario = SCENARIOS.find(({ name }) => name === options.scenario);
  if (!scenario) throw new Ending(2, `There is no scenario ${options.scenario}.`);
  tellWhereThingsAre(world, options, terminal);
  const timeline = createTimeline(terminal);
  const person = createPerson({ url: world.github.url, token: world.github.token, repository: REPOSITORY });
  const files = readFiles(DEMO_APP);

  terminal.show({ text: 'installing the packages of the demo app', since: Date.now() });
  const installation = await installDependencies(DEMO_APP);
  terminal.show(undefined);
  if (installation.code !== 0)
    throw new Ending(1, `The demo app's packages could not be installed:\n${installation.output}`);
  terminal.tell(
    'sandbox',
    installation.fromCache
      ? 'the packages of the demo app are in the cache'
      : 'installed the packages of the demo app, once for all runs',
  );

  const good = await person.push({ branch: BRANCH, message: 'Corner Bakery', files, replaceAll: true });
  terminal.tell('you', `pushed ${good.slice(0, 7)} to ${BRANCH}: the demo app, in order`);
  await until(world, timeline, ({ deployments }) => {
    const state = deployments.find(({ sha }) => sha === good)?.readyState;
    if (state === 'ERROR') throw new Ending(1, 'The demo app does not build on this machine even in its good state.');
    return state === 'READY';
  });

  const broken = await person.push({
    branch: BRANCH,
    message: scenario.message,
    files: breakFiles(scenario, files),
    replaceAll: false,
  });
  const pushedAt = Date.now();
  terminal.tell('you', `pushed ${broken.slice(0, 7)} to ${BRANCH}, with ${scenario.mistakes}`);

  let verifiedAt: number | undefined;
  let mergedAt: number | undefined;
  let asked = false;
  const deployments = await until(
    world,
    timeline,
    async ({ incident, merged, deployments }) => {
      if (merged) mergedAt ??= Date.now();
      if (incident?.status === 'verified' && incident.pullRequest && !merged) {
        verifiedAt ??= Date.now();
        if (options.once) {
          terminal.tell('you', `(played by --once) merge pull request #${incident.pullRequest.number}`);
          mergedAt = Date.now();
          await person.merge(incident.pullRequest.number);
        } else if (!asked) {
          asked = true;
          terminal.tell('you', `it is your turn: merge it at ${incident.pullRequest.url}`);
        }
      }
      if (options.once && incident && ['escalated', 'rejected', 'superseded', 'joined'].includes(incident.status)) {
        throw new Ending(
          1,
          `Not healed: the incident is ${incident.status}${incident.reason ? `, ${incident.reason}: ${incident.detail ?? ''}` : ''}.`,
        );
      }
      return incident?.status === 'healed' ? deployments : undefined;
    },
    options.once ? PATIENCE_MS : Number.POSITIVE_INFINITY,
  );

  const healedAt = Date.now();
  terminal.show(undefined);
  const moments = { pushedAt, healedAt, ...(verifiedAt ? { verifiedAt } : {}), ...(mergedAt ? { mergedAt } : {}) };
  terminal.print('');
  for (const line of renderSummary(cutIntoStages(deployments, moments))) terminal.print(line);
  terminal.print('');
  if (options.once) return;
  terminal.print(`Everything stays up for you to look at; Ctrl-C stops it. Incident: ${dashboardUrl(world)}`);
  await until(world, timeline, () => false, Number.POSITIVE_INFINITY);
}

function tellWhereThingsAre(world: World, options: Options, terminal: Terminal): void {
  const { trigger, dashboard } = world.secrets;
  terminal.print('');
  terminal.print(`  Dashboard    ${dashboardUrl(world)}  sign in with ${dashboard}`);
  terminal.print(`  Trigger URL  ${dashboardUrl(world)}/api/trigger?key=${trigger}`);
  terminal.print(`  GitHub       ${world.github.url}  (emulated)`);
  terminal.print(`  Vercel       ${world.vercel.url}  (its builds are real)`);
  terminal.print(
    `  Redis        ${world.redis === 'redis-server' ? "redis-server, behind Upstash's protocol" : 'an embedded engine: redis-server is not on the PATH'}`,
  );
  terminal.print(
    `  Gemini       ${process.env.GEMINI_API_KEY ? (process.env.GEMINI_BASE_URL ?? 'the real API') : 'GEMINI_API_KEY is not set: the compiler-suggested repairer works alone'}`,
  );
  terminal.print(`  Cron         a minute of its schedule lasts ${options.minute}s here`);
  terminal.print('');
}

function dashboardUrl(world: World): string {
  return world.functions.url.replace('127.0.0.1', 'localhost');
}

/** Looks at the world again and again until `done` answers with something. */
async function until<Result>(
  world: World,
  timeline: ReturnType<typeof createTimeline>,
  done: (
    observation: Awaited<ReturnType<typeof observe>>,
  ) => Result | undefined | false | Promise<Result | undefined | false>,
  patienceMs = PATIENCE_MS,
): Promise<Result> {
  const startedAt = Date.now();
  let problemSince: number | undefined;
  for (;;) {
    const observation = await observe(world);
    timeline.follow(observation);
    const result = await done(observation);
    if (result) return result;
    const problem = world.cronProblem();
    problemSince = problem ? (problemSince ?? Date.now()) : undefined;
    if (problem && problemSince && Date.now() - problemSince > FUNCTIONS_PATIENCE_MS) {
      throw new Ending(1, `The functions do not work. ${problem}\n${world.functions.logs.slice(-10).join('\n')}`);
    }
    if (Date.now() - startedAt > patienceMs) {
      throw new Ending(
        1,
        `Nothing more happened within ${seconds(patienceMs)}; the incident is ${observation.incident?.status ?? 'not there'}.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

await main();
