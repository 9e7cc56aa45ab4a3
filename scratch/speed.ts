import fs from 'node:fs';
import path from 'node:path';
import * as bl from '../lib/diagnosis/build-log.js';
import { diagnose } from '../lib/diagnosis/diagnose.js';

const parse = bl.readLogText;

const dir = '/work/shared/corpus';
const cpu = (f: () => void) => {
  const b = process.cpuUsage();
  f();
  const a = process.cpuUsage(b);
  return (a.user + a.system) / 1000;
};
const logs = fs
  .readdirSync(dir)
  .filter((d) => fs.existsSync(path.join(dir, d, 'log.txt')))
  .map((d) => [d, fs.readFileSync(path.join(dir, d, 'log.txt'), 'utf8')] as const);
// corpus repeated with variation up to 4MB
let big = '';
let i = 0;
while (big.length < 4e6) {
  for (const [, t] of logs) {
    big += t.replace(/\d/g, () => String((i++ * 7) % 10)) + '\n';
    if (big.length > 4e6) break;
  }
}
const kinds: Record<string, string> = { corpusVaried: big };
let s = '';
for (let k = 0; s.length < 4e6; k++) s += `Compiling module ${k} of src/components/Widget${k}.tsx in ${k % 97}ms\n`;
kinds.progress = s + logs[10]![1];
s = '';
for (let k = 0; s.length < 4e6; k++)
  s += `src/file${k}.ts(${(k % 90) + 1},${(k % 40) + 1}): error TS2322: Type 'A${k}' is not assignable to type 'B${k}'.\n`;
kinds.tsc = s;
s = '';
for (let k = 0; s.length < 4e6; k++)
  s += `Error: something ${k} failed unexpectedly\n    at foo${k} (/vercel/path0/src/x${k}.ts:${k % 100}:5)\n    at bar (/vercel/path0/node_modules/y/index.js:10:3)\n`;
kinds.stacks = s;
for (const [n, t] of Object.entries(kinds)) {
  const lines = t.split('\n').length;
  for (let r = 0; r < 3; r++) {
    let log: any;
    const p = cpu(() => {
      log = parse(t);
    });
    const d = cpu(() => {
      diagnose({ log });
    });
    console.log(n, lines, 'parse', p | 0, 'diag', d | 0, 'lines/s', Math.round(lines / ((p + d) / 1000)));
  }
}
