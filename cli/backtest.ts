import { writeFile } from 'node:fs/promises';
import { AdapterError } from '../lib/errors.js';
import { type BacktestCase, type BacktestResult, backtest } from '../lib/flows/backtest.js';
import { sumBacktest } from '../lib/report/backtest-figures.js';
import { renderHtml } from '../lib/report/html.js';
import { type Arguments, readArguments, stringOption, UsageError } from './arguments.js';
import { describeBacktest, endProgress, showProgress } from './backtest-output.js';
import { type BacktestSetting, openBacktestWorld } from './backtest-world.js';
import type { RepairerChoice } from './repair-log.js';
import { readSettingsFile } from './settings-file.js';
import { formatJson, oneLine, runCommand } from './terminal.js';

const help = `What would have become of a project's past failures: each is diagnosed and repaired again, dry. It reads Vercel and
GitHub and writes nothing there, so tokens that can only read are enough.

  npm run -s backtest -- --project NAME [--last 30] [--repairer suggestions|gemini|all] [--max-cost DOLLARS]
                         [--html FILE] [--json]

  --project NAME        name or id of a Vercel project
  --last N              so many failed production deployments, the newest; 1 to 500, 30 when absent
  --repairer NAME       suggestions need no model; all asks Gemini where they leave faults open. When absent: all with
                        GEMINI_API_KEY, else suggestions
  --max-cost DOLLARS    no model call that could lead beyond it, at list price; 1 when absent, unlimited for none
  --html FILE           write a report with plots, one file that needs nothing beside it
  --json                one JSON object on standard output
  --settings FILE       settings as NAME=value lines; the environment goes before them. .env when absent
  --sandbox             the settings of the sandbox that npm start runs

Reads VERCEL_TOKEN, VERCEL_TEAM_ID, GITHUB_TOKEN, GEMINI_API_KEY and GEMINI_MODELS. Ctrl-C ends it and tells what was done.
Exit codes: 0 done, 1 stopped or not readable, 2 wrong usage.
`;

const MOST = 500;

await runCommand('backtest', main);

async function main(argv: readonly string[]): Promise<number> {
  const given = readArguments(argv, {
    project: { type: 'string' },
    last: { type: 'string' },
    repairer: { type: 'string' },
    'max-cost': { type: 'string' },
    html: { type: 'string' },
    json: { type: 'boolean' },
    settings: { type: 'string' },
    sandbox: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (given.values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  if (given.positionals.length > 0) throw new UsageError(`${given.positionals[0]} is not understood`);
  const project = stringOption(given, 'project');
  if (project === undefined) throw new UsageError('--project is wanted: the name of a Vercel project');
  const last = readLast(stringOption(given, 'last'));
  const html = stringOption(given, 'html');
  const setting = await openSetting(given);

  // A report that could not be written is better known before the work than after it.
  if (html !== undefined) await writeReport(html, '');
  const result = await replay(setting, project, last);
  if (result.outcome === 'unknown-project') throw new UsageError(`the token sees no project ${project}`);
  if (result.outcome === 'not-linked') throw new UsageError(`the project ${project} has no GitHub repository`);

  const about = { project: result.project.name, failures: result.failures, repairers: setting.repairers };
  if (html !== undefined) await writeReport(html, await buildHtml(setting, result));
  process.stdout.write(
    given.values.json === true
      ? `${formatJson({ ...about, outcome: result.outcome, figures: sumBacktest(result.cases), cases: result.cases })}\n`
      : `${describeBacktest(result.cases, about)}\n`,
  );
  return result.outcome === 'done' ? 0 : 1;
}

type Finished = Extract<BacktestResult, { cases: unknown }>;

/** The first Ctrl-C lets go of what is being read and tells what was done; the second ends at once. */
async function replay(setting: BacktestSetting, project: string, last: number): Promise<BacktestResult> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  showProgress(process.stderr, 0, last);
  try {
    return await backtest(setting.world, {
      project,
      last,
      signal: stopping.signal,
      price: setting.price,
      spent: setting.purse.why,
      onCase: (done: number, of: number, finished: BacktestCase) => {
        setting.purse.settle(finished.usage);
        showProgress(process.stderr, done, of, finished);
      },
    });
  } catch (cause) {
    if (cause instanceof AdapterError) throw new UsageError(cause.message);
    throw cause;
  } finally {
    endProgress(process.stderr);
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

async function openSetting(given: Arguments): Promise<BacktestSetting> {
  const sandbox = given.values.sandbox === true;
  const file = await readSettingsFile({ file: stringOption(given, 'settings'), sandbox });
  return openBacktestWorld(
    { ...file?.settings, ...(sandbox ? {} : process.env) },
    {
      choice: readChoice(stringOption(given, 'repairer')),
      maxDollars: readCost(stringOption(given, 'max-cost')),
      report: (line) => process.stderr.write(`${process.stderr.isTTY === true ? '\r\u001b[K' : ''}${oneLine(line)}\n`),
    },
  );
}

async function buildHtml(setting: BacktestSetting, { project, failures, cases }: Finished): Promise<string> {
  const { renderBacktest } = await import('../lib/report/pages/backtest-page.js');
  const repository = project.link?.repository;
  return renderHtml(
    renderBacktest({
      project: project.name,
      repository: `${repository?.owner}/${repository?.name}`,
      repairers: setting.repairers,
      at: setting.world.clock.now(),
      failures,
      cases,
    }),
  );
}

async function writeReport(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (cause) {
    throw new UsageError(`cannot write ${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function readLast(text: string | undefined): number {
  const last = Number(text ?? '30');
  if (!Number.isInteger(last) || last < 1 || last > MOST)
    throw new UsageError(`--last is a whole number from 1 to ${MOST}`);
  return last;
}

function readChoice(name: string | undefined): RepairerChoice | undefined {
  if (name === undefined || name === 'suggestions' || name === 'gemini' || name === 'all') return name;
  throw new UsageError('--repairer is suggestions, gemini or all');
}

/** Dollars; undefined without a ceiling. */
function readCost(text: string | undefined): number | undefined {
  if (text === 'unlimited') return undefined;
  const dollars = Number(text ?? '1');
  if (!Number.isFinite(dollars) || dollars < 0)
    throw new UsageError('--max-cost is an amount of dollars, or unlimited');
  return dollars;
}
