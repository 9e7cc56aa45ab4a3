import { AdapterError } from '../lib/errors.js';
import {
  readArguments,
  readDeploymentFile,
  readLogFile,
  requireFolder,
  stringOption,
  UsageError,
} from './arguments.js';
import { toJson } from './diagnosis-report.js';
import { repairCorpus } from './repair-corpus.js';
import { createRepairers, type RepairerChoice, repairLog } from './repair-log.js';
import { describeOutcome, outcomeToJson, writeRepair } from './repair-output.js';
import { formatJson, runCommand } from './terminal.js';

const help = `The repair of a failed Vercel build, as a dry run: nothing is written but what --out names.

  npm run -s repair -- LOG --repo DIR [--base DIR] [--deployment FILE] [--root-directory DIR] [--previous DIR ...]
                       [--repairer suggestions|gemini|all] [--out DIR] [--json]
  npm run -s repair -- --corpus DIR [--repairer suggestions|gemini|all] [--attempts N] [--out DIR]

  LOG                   a build log as Vercel shows it; - is standard input
  --repo DIR            the tree that produced the log
  --base DIR            the tree of the last deployment that was READY
  --deployment FILE     the deployment as Vercel's API gives it, JSON
  --root-directory DIR  the Vercel project's root directory within the repository
  --previous DIR        an earlier attempt: patch.json and the log.txt that refuted it; repeatable, in order
  --repairer NAME       suggestions need no model; all (the default) asks Gemini where they leave faults open
  --out DIR             write patch.json, the changed files, and .rebuild-delete for deletions
  --json                one JSON object on standard output
  --corpus DIR          repair every case in DIR (case.json, log.txt), a line a case and the figures; with VERCEL_BIN
                        each repaired tree is built by DIR/rebuild.mjs
  --attempts N          attempts for each case of the corpus, 1 to 6; 1 when absent

Gemini reads GEMINI_API_KEY, GEMINI_MODELS, GEMINI_BASE_URL and GEMINI_TIMEOUT_MS.
Exit codes: 0 done, 1 no patch, 2 wrong usage or unreadable input.
`;

await runCommand('repair', main);

async function main(argv: readonly string[]): Promise<number> {
  const given = readArguments(argv, {
    repo: { type: 'string' },
    base: { type: 'string' },
    deployment: { type: 'string' },
    'root-directory': { type: 'string' },
    previous: { type: 'string', multiple: true },
    repairer: { type: 'string' },
    attempts: { type: 'string' },
    out: { type: 'string' },
    corpus: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (given.values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const choice = readChoice(stringOption(given, 'repairer'));
  const out = stringOption(given, 'out');
  const corpus = stringOption(given, 'corpus');
  if (corpus !== undefined) {
    const attempts = Number(stringOption(given, 'attempts') ?? '1');
    if (!Number.isInteger(attempts) || attempts < 1 || attempts > 6) throw new UsageError('--attempts is 1 to 6');
    return repairCorpus({
      directory: await requireFolder(corpus, '--corpus'),
      repairers: await createRepairers(choice),
      attempts,
      out,
      vercel: process.env.VERCEL_BIN,
    });
  }
  const [log, ...more] = given.positionals;
  if (log === undefined || more.length > 0) throw new UsageError('exactly one LOG is wanted');
  const repo = stringOption(given, 'repo');
  if (repo === undefined) throw new UsageError('--repo is wanted: the tree that produced the log');
  const base = stringOption(given, 'base');
  const deployment = stringOption(given, 'deployment');
  const previous = (given.values.previous ?? []) as readonly string[];
  const input = {
    log: await readLogFile(log),
    repo: await requireFolder(repo, '--repo'),
    base: base === undefined ? undefined : await requireFolder(base, '--base'),
    deployment: deployment === undefined ? {} : await readDeploymentFile(deployment),
    rootDirectory: stringOption(given, 'root-directory') ?? '',
    previous: await Promise.all(previous.map((folder) => requireFolder(folder, '--previous'))),
  };
  const { diagnosis, context, result } = await repairOrExplain(input, choice);
  if (out !== undefined && result.outcome === 'patch') await writeRepair(out, result.patch, result.files);
  process.stdout.write(
    given.values.json === true
      ? `${formatJson({ ...toJson(diagnosis, context), ...outcomeToJson(result) })}\n`
      : `${describeOutcome(result)}\n`,
  );
  return result.outcome === 'patch' ? 0 : 1;
}

async function repairOrExplain(input: Parameters<typeof repairLog>[0], choice: RepairerChoice) {
  try {
    return await repairLog(input, await createRepairers(choice));
  } catch (cause) {
    // A key or a model that Gemini refuses is a setting of whoever runs this.
    if (cause instanceof AdapterError) throw new UsageError(cause.message);
    throw cause;
  }
}

function readChoice(name: string | undefined): RepairerChoice {
  if (name === undefined) return 'all';
  if (name === 'suggestions' || name === 'gemini' || name === 'all') return name;
  throw new UsageError('--repairer is suggestions, gemini or all');
}
