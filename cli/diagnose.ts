import { openFolder } from '../lib/adapters/folder.js';
import { gatherContext } from '../lib/context/gather.js';
import { withSettledClass } from '../lib/context/settle-class.js';
import { readLogText } from '../lib/diagnosis/build-log.js';
import { diagnose } from '../lib/diagnosis/diagnose.js';
import type { DeploymentFacts } from '../lib/diagnosis/diagnosis.js';
import {
  readArguments,
  readDeploymentFile,
  readLogFile,
  requireFolder,
  stringOption,
  UsageError,
} from './arguments.js';
import { measureCorpus } from './diagnose-corpus.js';
import { describeDiagnosis, toJson } from './diagnosis-report.js';
import { formatJson, runCommand } from './terminal.js';

const help = `Why a Vercel build failed, and which files are at fault.

  npm run -s diagnose -- LOG [--repo DIR] [--base DIR] [--deployment FILE] [--root-directory DIR] [--json]
  npm run -s diagnose -- --corpus DIR

  LOG                   a build log as Vercel shows it; - is standard input
  --repo DIR            the tree that produced the log: code frames, and suspects in order
  --base DIR            the tree of the last deployment that was READY
  --deployment FILE     the deployment as Vercel's API gives it, JSON
  --root-directory DIR  the Vercel project's root directory within the repository
  --json                one JSON object on standard output
  --corpus DIR          diagnose every case in DIR (case.json, log.txt), a line a case and the figures

Exit codes: 0 done, 1 nothing in the log was recognised, 2 wrong usage or unreadable input.
`;

await runCommand('diagnose', main);

async function main(argv: readonly string[]): Promise<number> {
  const given = readArguments(argv, {
    repo: { type: 'string' },
    base: { type: 'string' },
    deployment: { type: 'string' },
    'root-directory': { type: 'string' },
    corpus: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (given.values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const corpus = stringOption(given, 'corpus');
  if (corpus !== undefined) return measureCorpus(await requireFolder(corpus, '--corpus'));
  const [log, ...more] = given.positionals;
  if (log === undefined || more.length > 0) throw new UsageError('exactly one LOG is wanted');
  const base = stringOption(given, 'base');
  const repo = stringOption(given, 'repo');
  if (base !== undefined && repo === undefined) throw new UsageError('--base needs --repo');
  const deploymentFile = stringOption(given, 'deployment');
  return report({
    log: await readLogFile(log),
    repo: repo === undefined ? undefined : await requireFolder(repo, '--repo'),
    base: base === undefined ? undefined : await requireFolder(base, '--base'),
    deployment: deploymentFile === undefined ? {} : await readDeploymentFile(deploymentFile),
    rootDirectory: stringOption(given, 'root-directory') ?? '',
    json: given.values.json === true,
  });
}

async function report(input: {
  readonly log: string;
  readonly repo: string | undefined;
  readonly base: string | undefined;
  readonly deployment: DeploymentFacts;
  readonly rootDirectory: string;
  readonly json: boolean;
}): Promise<number> {
  const { deployment, rootDirectory } = input;
  const log = readLogText(input.log);
  const read = diagnose({ log, deployment, rootDirectory });
  const context =
    input.repo === undefined
      ? undefined
      : await gatherContext(read, openFolder(input.repo, input.base), { rootDirectory });
  const diagnosis = withSettledClass(read, context?.settled);
  process.stdout.write(
    input.json
      ? `${formatJson({ ...toJson(diagnosis, context), ...(log.truncated ? { truncated: true } : {}) })}\n`
      : describeDiagnosis({ diagnosis, log, context }),
  );
  return diagnosis.class === 'unknown' ? 1 : 0;
}
