/** Diagnoses one long log in a process of its own, so that its memory can be told from everything else's. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBuildEvents } from '../../../lib/diagnosis/build-log.js';
import { diagnose } from '../../../lib/diagnosis/diagnose.js';
import { selectExcerpt } from '../../../lib/diagnosis/excerpt.js';

const LOGS = 'test/fixtures/logs';
const LAST = 'failed-build.log';
const RUNS = 20;
// The engine compiles what runs often: a short log is run again until as much has been read as of a long one.
const LEAST_LINES = 200_000;

const [work = 'diagnose', bytes = 'all', lines = 'Infinity'] = process.argv.slice(2);
const events = makeLog(Number(lines), bytes === 'all' ? Number.POSITIVE_INFINITY : Number(bytes)).map(
  (text, index) => ({ type: 'stdout' as const, created: index, text }),
);
const times: number[] = [];
let memory = 0;
const runs = Math.max(RUNS, Math.ceil(LEAST_LINES / events.length));
if (work === 'diagnose')
  for (let run = 0; run <= runs; run += 1) {
    const startedAt = performance.now();
    const log = readBuildEvents(events);
    const diagnosis = diagnose({ log, rootDirectory: '' });
    selectExcerpt(log, diagnosis, { maxLines: 120 });
    if (run > 0) times.push(performance.now() - startedAt);
    if (run === RUNS) memory = process.resourceUsage().maxRSS * 1024;
    if (!diagnosis.errors.some(({ code }) => code === 'TS2554')) throw new Error('the failure was not found');
  }
memory ||= process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ lines: events.length, times, memory }));

/** What succeeded before the failure: lines that recorded builds printed and that name no error. */
function makeLog(mostLines: number, mostBytes: number): readonly string[] {
  const names = readdirSync(LOGS).filter((name) => name.endsWith('.log'));
  const recorded = names
    .flatMap((name) => readFileSync(join(LOGS, name), 'utf8').split('\n'))
    .filter((line) => !/error|fail|cannot|not found|unexpected|invalid|missing|exited/i.test(line));
  const ending = readFileSync(new URL(`../${LAST}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
  const filling: string[] = [];
  let size = ending.join('\n').length;
  for (let at = 0; filling.length + ending.length < mostLines && size < mostBytes; at += 1) {
    const line = recorded[at % recorded.length] ?? '';
    filling.push(line);
    size += line.length + 1;
  }
  return [...filling, ...ending];
}
