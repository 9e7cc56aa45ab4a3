/**
 * One of several processes that share the cases out: lives every life once without faults, then its part of all the
 * cases. Prints one line of JSON.
 */
import { inParallel } from '../../lib/parallel.js';
import { type CaseResult, judgeCase, listCases, type Recording } from './cases.js';
import { LIVES, type LifeName } from './lives.js';
import { runLife } from './run-life.js';
import { startOutside } from './stage.js';

const [part = '0', parts = '1', only = ''] = process.argv.slice(2);
/** Many cases wait for a time-out; on two cores these are enough to keep both busy. */
const CASES_AT_ONCE = 12;

const outside = await startOutside();
const recordings: Recording[] = [];
for (const life of Object.keys(LIVES) as LifeName[]) recordings.push({ life, ...(await runLife(outside, life)) });
const cases = listCases(recordings).filter((_, index) => index % Number(parts) === Number(part));
const chosen = cases.filter((one) => new RegExp(only).test(`${one.life}: ${one.call}: ${one.fault}`));
const results: CaseResult[] = await inParallel(chosen, CASES_AT_ONCE, async (one) => {
  const recording = recordings.find(({ life }) => life === one.life);
  return judgeCase(one, recording?.facts ?? [], await runLife(outside, one.life, one));
});
await outside.stop();
const { user, system } = process.cpuUsage();
process.stdout.write(`${JSON.stringify({ recordings, results, cpuMs: (user + system) / 1000 })}\n`);
process.exit(0);
