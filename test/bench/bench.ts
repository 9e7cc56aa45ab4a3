/** `npm run -s bench`: how fast, how cheap, how small, side by side in one run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, platform } from 'node:os';
import { parseArgs } from 'node:util';
import { measureColdStart } from './parts/cold-start.js';
import { measureDiagnosis } from './parts/diagnosis.js';
import { measurePrompt } from './parts/prompt.js';
import { measurePullRequest } from './parts/pull-request.js';
import { measureSweeps } from './parts/sweeps.js';
import { measureTokens } from './parts/tokens.js';
import { renderPlot } from './plot.js';
import { type Part, renderParts } from './report.js';

const PARTS: Readonly<Record<string, (progress: (line: string) => void) => Promise<readonly Part[]>>> = {
  prompt: async (progress) => [await measurePrompt(progress)],
  'pull-request': async () => [await measurePullRequest()],
  'cold-start': measureColdStart,
  diagnosis: async () => [await measureDiagnosis()],
  sweeps: async (progress) => [await measureSweeps(progress)],
  tokens: async () => [await measureTokens()],
};
const PAGE = 'docs/benchmarks.md';
const PLOT = 'docs/images/failure-to-prompt.svg';

const HELP = `How fast, how cheap, how small: medians of runs in turns, ratios with their spread. Progress on standard error.

  npm run -s bench                    all parts, in under five minutes on two idle cores
  npm run -s bench -- --only prompt   one part, or several with commas

  --only NAMES   ${Object.keys(PARTS).join(', ')}
  --json         one object on standard output
  --write        writes ${PAGE} and its plot
  --help

VERCEL_BIN names an installed Vercel CLI; npx fetches it otherwise. Exit code 1 when a bound does not hold.
`;

interface Options {
  readonly names: readonly string[];
  readonly json: boolean;
  readonly write: boolean;
}

function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const names = values.only?.split(',') ?? Object.keys(PARTS);
  const unknown = names.find((name) => PARTS[name] === undefined);
  if (unknown !== undefined) throw new Error(`There is no part ${unknown}; use ${Object.keys(PARTS).join(', ')}.`);
  if (values.write && values.only !== undefined) throw new Error('--write needs all parts.');
  return { names, json: values.json, write: values.write };
}

async function main({ names, json, write }: Options): Promise<void> {
  const startedAt = performance.now();
  const load = loadavg()[0]?.toFixed(1);
  const seconds = () => `${Math.round((performance.now() - startedAt) / 1000)} s`;
  const parts: Part[] = [];
  for (const name of names) {
    const progress = (line: string) => console.error(`${seconds().padStart(6)}  ${name}: ${line}`);
    progress('begins');
    parts.push(...((await PARTS[name]?.(progress)) ?? []));
  }
  const machine = `${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown processor'}, Node ${process.versions.node}, ${platform()} ${arch()}, with a load of ${load} before it began`;
  if (json) console.log(JSON.stringify({ machine, took: seconds(), parts }, null, 2));
  else console.log(`${renderParts(parts)}\n\n${machine}; ${seconds()} in all.`);
  if (write) writePage(parts, machine, seconds());
  if (parts.some(({ rows }) => rows.some(({ bound }) => bound?.holds === false))) process.exitCode = 1;
}

function writePage(parts: readonly Part[], machine: string, took: string): void {
  const prompt = parts.find(({ name }) => name === 'prompt');
  if (prompt === undefined) return;
  mkdirSync('docs/images', { recursive: true });
  writeFileSync(PLOT, renderPlot(prompt));
  writeFileSync(
    PAGE,
    `# Benchmarks

Written by \`npm run -s bench -- --write\`, which is made for under five minutes on two idle cores; this run took ${took} on
${machine}. Ratios are what to compare: times depend on the machine, and what stands
in one row was measured in turns in the same run. A figure is a median, with the lowest and the highest run in
parentheses where they differ. The counts are also bounds: \`npm test\` and \`npm run check:deploy\` fail when they grow.

![Failure to prompt: ours against clone, install and build, on a logarithmic scale](images/failure-to-prompt.svg)

${renderParts(parts)}
`,
  );
  console.error(`wrote ${PAGE} and ${PLOT}`);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') console.log(HELP);
  else await main(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
// Connections that are kept alive would keep the process alive too, and what the pipe has not taken yet would be lost:
// https://nodejs.org/api/process.html#processexitcode
process.stdout.write('', () => process.exit());
