import { parseArgs } from 'node:util';
import { SCENARIOS } from './scenarios.js';

export interface Options {
  readonly once: boolean;
  readonly port: number;
  readonly scenario: string;
  /** How long a minute of the cron's schedule lasts, in seconds. */
  readonly minute: number;
  readonly verbose: boolean;
  /** Where the final state of the services is written as JSON. */
  readonly report: string | undefined;
  /** Where setup and the doctor read how to reach the sandbox. */
  readonly settingsFile: string;
}

export const HELP = `The whole world on this machine: a broken Next.js commit heals before your eyes.

  npm start                     until Ctrl-C; the dashboard is on http://localhost:3000
  npm start -- --once           plays the person who merges, and ends when production is healed

  --once                        exit code 0 when healed, else 1
  --port NUMBER                 where the functions and the dashboard listen (3000)
  --scenario NAME               ${SCENARIOS.map(({ name }) => name).join(' or ')}: which commit is pushed (${SCENARIOS[0]?.name})
  --minute SECONDS              how long a minute of the cron's schedule lasts here (2)
  --verbose                     what the functions print, too
  --report FILE                 at the end, the final state of GitHub, Vercel and the incident as JSON
  --settings FILE               where npm run setup -- --sandbox looks for the running sandbox (.sandbox/env)
  --help

With GEMINI_API_KEY set, Gemini repairs what the compilers do not suggest; GEMINI_BASE_URL and GEMINI_MODELS count too.
`;

/** @throws Error with one sentence about the first thing that is wrong. */
export function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      once: { type: 'boolean', default: false },
      port: { type: 'string', default: '3000' },
      scenario: { type: 'string', default: SCENARIOS[0]?.name ?? '' },
      minute: { type: 'string', default: '2' },
      verbose: { type: 'boolean', default: false },
      report: { type: 'string' },
      settings: { type: 'string', default: '.sandbox/env' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port ${values.port} is not a port number.`);
  const minute = Number(values.minute);
  if (!(minute >= 0.1 && minute <= 60))
    throw new Error(`--minute ${values.minute} is not a number of seconds from 0.1 to 60.`);
  if (!SCENARIOS.some(({ name }) => name === values.scenario)) {
    throw new Error(`There is no scenario ${values.scenario}; use ${SCENARIOS.map(({ name }) => name).join(' or ')}.`);
  }
  const { once, scenario, verbose, report, settings: settingsFile } = values;
  return { once, port, minute, scenario, verbose, report, settingsFile };
}
