/**
 * `npm test`: all tests that this machine can run, and a line for what it left out. With CI=1 nothing may be left out.
 * Arguments are passed on to vitest.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const TOOLS = [
  { command: 'redis-server', package: 'redis-server', tests: 'the store against a real Redis' },
  { command: 'chromium', package: 'chromium', tests: 'the dashboard in a real browser' },
];

/** Whole lives under every fault, and hours of hundreds of failures, take longer than a commit should wait. */
const LONG = ['test/faults/faults.test.ts', 'test/faults/crowd.test.ts', 'test/load/hours.test.ts'];

const ci = process.env.CI !== undefined && process.env.CI !== '' && process.env.CI !== 'false';
const missing = TOOLS.filter(({ command }) => !isOnPath(command));
for (const tool of missing)
  console.log(`left out: ${tool.tests}; ${tool.command} is not on the PATH (Debian: apt-get install ${tool.package})`);
if (ci && missing.length > 0) {
  console.error('With CI=1 nothing may be left out.');
  process.exit(1);
}

console.log(`not part of this run, because they take long: ${LONG.join(', ')} (npx vitest run test/faults test/load)`);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'self-healing-tests-'));
const results = path.join(folder, 'results.json');
const vitest = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...LONG.flatMap((file) => ['--exclude', file]),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
console.log(`\n${closingLine()}`);
fs.rmSync(folder, { recursive: true, force: true });
process.exitCode = vitest.status ?? 1;

function closingLine(): string {
  if (!fs.existsSync(results)) return '0 passed, 1 failed';
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites } = JSON.parse(
    fs.readFileSync(results, 'utf8'),
  );
  const failed = numFailedTests === 0 && numFailedTestSuites > 0 ? numFailedTestSuites : numFailedTests;
  return `${numPassedTests} passed, ${failed} failed, ${numPendingTests + numTodoTests} skipped`;
}

function isOnPath(command: string): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some((entry) => fs.existsSync(path.join(entry, command)));
}
