import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { BASE_URLS, findConfigProblems, readConfig } from '../lib/config.js';
import { AdapterError } from '../lib/errors.js';
import { type DoctorReport, examine, reportSettings } from '../lib/flows/doctor.js';
import { type Dialogue, SetupProblem, type SetupResult, setUp } from '../lib/flows/setup.js';
import { readArguments, stringOption, UsageError } from './arguments.js';
import { describeReport } from './doctor-report.js';
import { pickSettings, readSettingsFile, type Settings } from './settings-file.js';
import { Cancelled, createTerminalDialogue, createUnattendedDialogue } from './setup/dialogue.js';
import { openOutside } from './setup/outside.js';
import { oneLine, runCommand } from './terminal.js';

const help = `From tokens to a deployment that watches: asks, checks, shows every change, and makes it.

  npm run setup                        asks for what the environment and .env do not say
  npm run setup -- --dry-run           says exactly what it would do, and writes nothing
  npm run setup -- --yes               no questions; everything from the environment or from .env
  npm run setup -- --sandbox           against the sandbox that npm start runs in another terminal

  --settings FILE       settings as NAME=value lines, .env when absent; the environment goes before them
  --project NAME        the Vercel project in which this program is deployed (self-healing-pipeline)
  --no-coderabbit       opens no pull requests with .coderabbit.yaml
  --help

What the services hold already is not done again, so it can be stopped and repeated. No secret is shown; those that it
makes are kept in the file of settings. Exit codes: 0 done, 1 not done or something to mend, 2 wrong usage.
`;

/** What is taken from the environment; everything else has to stand in the file, for MODE and its like are common names. */
const FROM_ENVIRONMENT = [
  'VERCEL_TOKEN',
  'VERCEL_TEAM_ID',
  'VERCEL_PROJECTS',
  'GITHUB_TOKEN',
  'GEMINI_API_KEY',
  'UPSTASH_REDIS_REST_URL',
  'UPSTASH_REDIS_REST_TOKEN',
  'KV_REST_API_URL',
  'KV_REST_API_TOKEN',
  'CRON_SECRET',
  'TRIGGER_SECRET',
  'DASHBOARD_SECRET',
  'GITHUB_WEBHOOK_SECRET',
  'QSTASH_TOKEN',
  'PUBLIC_URL',
];

/** Stands for our own secrets that are kept on Vercel and cannot be read back: the doctor asks nobody with them. */
const KEPT = 'kept-on-vercel-where-nobody-reads-it';

await runCommand('setup', main);

async function main(argv: readonly string[]): Promise<number> {
  const given = readArguments(argv, {
    settings: { type: 'string' },
    project: { type: 'string' },
    'dry-run': { type: 'boolean' },
    yes: { type: 'boolean', short: 'y' },
    sandbox: { type: 'boolean' },
    'no-coderabbit': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (given.values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  if (given.positionals.length > 0) throw new UsageError(`${given.positionals[0]} is not understood`);
  const [isDryRun, isYes, sandbox] = ['dry-run', 'yes', 'sandbox'].map((name) => given.values[name] === true);
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  if (!isTerminal && !isYes && !isDryRun)
    throw new UsageError('there is no terminal to ask in; use --yes with everything in the environment or in .env');

  const file = await readSettingsFile({ file: stringOption(given, 'settings'), sandbox: sandbox === true });
  // In the sandbox nothing of the person's own settings counts.
  const environment = sandbox ? {} : pickSettings(process.env, [...FROM_ENVIRONMENT, ...Object.keys(BASE_URLS)]);
  const all = { ...file?.settings, ...environment };
  const project = stringOption(given, 'project') ?? all.VERCEL_PROJECT_ID;
  const outside = openOutside(
    {
      vercel: addressOf(all, 'VERCEL_API_URL'),
      github: addressOf(all, 'GITHUB_API_URL'),
      gemini: addressOf(all, 'GEMINI_BASE_URL'),
      qstash: addressOf(all, 'QSTASH_URL'),
    },
    { folder: '.', secrets: file?.path ?? '.env' },
  );
  const dialogue = isYes || !isTerminal ? createUnattendedDialogue() : await createTerminalDialogue();
  try {
    const result = await setUp(
      {
        settings: pickSettings(all, FROM_ENVIRONMENT),
        passedOn: await pickPassedOn(all),
        ...(project === undefined ? {} : { project }),
        isDryRun: isDryRun === true,
        withReviewConfig: given.values['no-coderabbit'] !== true,
      },
      outside,
      dialogue,
    );
    return await conclude(result, dialogue, file?.path ?? '.env');
  } catch (error) {
    return explain(error, Object.values(all));
  }
}

function addressOf(settings: Settings, name: keyof typeof BASE_URLS): string {
  const address = settings[name] ?? BASE_URLS[name];
  if (!URL.canParse(address) || !/^https?:/.test(address)) throw new UsageError(`${name} is not an http(s) address`);
  return address.replace(/\/+$/, '');
}

/** What else the file says and the functions read, where it differs from what holds anyway. */
async function pickPassedOn(settings: Settings): Promise<Settings> {
  const known = parseEnv(await readFile(new URL('../.env.example', import.meta.url), 'utf8'));
  const names = Object.keys(known).filter(
    (name) => !FROM_ENVIRONMENT.includes(name) && !/^(QSTASH|VERCEL)_.*(KEY|SECRET)$/.test(name),
  );
  const said = pickSettings(settings, names);
  return Object.fromEntries(Object.entries(said).filter(([name, value]) => value !== known[name]));
}

async function conclude(result: SetupResult, dialogue: Dialogue, secretsFile: string): Promise<number> {
  if (result.outcome === 'declined') {
    dialogue.begin('Nothing was written.');
    return 1;
  }
  if (result.notes.length > 0) dialogue.begin('Left to you');
  for (const note of result.notes) dialogue.say(note);
  if (result.outcome === 'dry-run') {
    dialogue.begin('This was a dry run: nothing was written.');
    return 0;
  }
  if (result.outcome === 'not-on-vercel') return 1;
  dialogue.begin(
    `Sign in at ${result.settings.PUBLIC_URL}/ with DASHBOARD_SECRET (${secretsFile} has it if it was made here).`,
  );
  dialogue.begin('The doctor');
  const report = await callDoctor({ VERCEL_PROJECTS: result.watched.join(','), ...result.settings });
  process.stdout.write(`\n${describeReport(report)}`);
  return report.ok ? 0 : 1;
}

async function callDoctor(settings: Settings): Promise<DoctorReport> {
  const names = ['CRON_SECRET', 'TRIGGER_SECRET', 'DASHBOARD_SECRET', 'VERCEL_WEBHOOK_SECRET', 'GITHUB_WEBHOOK_SECRET'];
  const kept = Object.fromEntries(names.map((name) => [name, KEPT]));
  const knowsStore = ['UPSTASH_REDIS_REST_TOKEN', 'KV_REST_API_TOKEN'].some((name) => settings[name] !== undefined);
  const unread = { UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:9', UPSTASH_REDIS_REST_TOKEN: KEPT };
  const all = { LOG_LEVEL: 'error', ...kept, ...(knowsStore ? {} : unread), ...settings };
  const problems = findConfigProblems(all);
  if (problems.length > 0) return reportSettings(problems);
  const { createWorld } = await import('../lib/deps.js');
  const world = createWorld(readConfig(all));
  const store = async (): Promise<never> => {
    throw new Error('its address is kept on Vercel; the /doctor page of the deployment looks at it');
  };
  return await examine(knowsStore ? world : { ...world, store });
}

/** What a service says of a request may repeat it. */
function explain(error: unknown, values: readonly string[]): number {
  const hide = (text: string) =>
    values.filter((value) => value.length >= 12).reduce((shown, value) => shown.replaceAll(value, '[…]'), text);
  if (error instanceof Cancelled) {
    console.error('\nStopped. What was done stays done; run it again to go on.');
    return 1;
  }
  if (error instanceof SetupProblem) {
    for (const sentence of error.sentences) console.error(oneLine(hide(sentence), 600));
    return 1;
  }
  if (!(error instanceof AdapterError)) throw error;
  console.error(`\n${oneLine(hide(error.message), 600)}\nWhat was done before stays done; run it again to go on.`);
  return 1;
}
