/**
 * One of several processes that share the cases out: lives every life once without faults, then its part of all the
 * cases. Prints one line of JSON.
 */
import { type CaseResult, judgeCase, listCases, type Recording } from './cases.js';
import { LIVES, type LifeName } from './lives.js';
import { startOutside } from './outside.js';
import { type RecordedLife, recordLife } from './run-life.js';

const [part = '0', parts = '1', only = ''] = process.argv.slice(2);

const outside = await startOutside();
const beginning = await outside.snapshot();
const lives = new Map<LifeName, RecordedLife>();
for (const life of Object.keys(LIVES) as LifeName[]) lives.set(life, await recordLife(outside, beginning, life));
const recordings: Recording[] = [...lives].map(([life, { run }]) => ({ life, ...run }));
const cases = listCases(recordings)
  .filter((one) => new RegExp(only).test(`${one.life}: ${one.call}: ${one.fault}`))
  .filter((_, index) => index % Number(parts) === Number(part));

const results: CaseResult[] = [];
for (const one of cases) {
  const life = lives.get(one.life);
  if (life === undefined) throw new Error(`no such life: ${one.life}`);
  results.push(judgeCase(one, life.run.facts, await life.relive(one.turn, one)));
}
await outside.stop();
const { user, system } = process.cpuUsage();
// What the pipe has not taken yet would be lost with the process: https://nodejs.org/api/process.html#processexitcode
process.stdout.write(`${JSON.stringify({ recordings, results, cpuMs: (user + system) / 1000 })}\n`, () =>
  process.exit(0),
);
