import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CaseResult, type FaultCase, listCases, type Recording } from './cases.js';
import { type Compiled, compile } from './compile.js';

/** One for each core of the smallest machine. */
const WORKERS = 2;
const TIME_MS = 20 * 60_000;

/** What comes of each life, once and no more. Everything else is counted against it. */
const ONCE = {
  healed: ['pull request merged', 'incident healed', 'comment verified-1', 'comment healed'],
  'refuted then healed': ['pull request merged', 'incident healed', 'comment refuted-1-preview', 'comment verified-2'],
  superseded: ['pull request closed', 'incident superseded', 'comment verified-1', 'comment superseded'],
  rejected: ['pull request closed', 'incident rejected', 'comment verified-1'],
  redeployed: ['incident healed', 'deployment production redeploy READY'],
  escalated: ['incident escalated', 'commit comment escalated-:incident-not-repairable'],
} as const;

interface Report {
  readonly recordings: readonly Recording[];
  readonly results: readonly CaseResult[];
}

/** The cases are shared out, so that the workers together have the complete product. */
async function runWorker(compiled: Compiled, part: number): Promise<Report> {
  const args = ['--enable-source-maps', compiled.script('worker.ts'), String(part), String(WORKERS)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const line = out.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`a worker ended early: ${complaint || out}`);
  return JSON.parse(line) as Report;
}

const nameOf = (one: FaultCase) => `${one.life}: ${one.call}: ${one.fault}`;

describe('every call of every life meets every fault', () => {
  let reports: readonly Report[];
  let recordings: readonly Recording[];
  let results: readonly CaseResult[];

  beforeAll(async () => {
    const compiled = await compile();
    reports = await Promise.all(Array.from({ length: WORKERS }, (_, part) => runWorker(compiled, part)));
    compiled.remove();
    recordings = reports[0]?.recordings ?? [];
    results = reports.flatMap((report) => report.results);
    const lost = results.filter((result) => result.lost.length > 0).length;
    const duplicated = results.filter((result) => result.duplicated.length > 0).length;
    console.log(`fault cases: ${results.length}, lost: ${lost}, duplicated: ${duplicated}`);
  }, TIME_MS);

  it.each(Object.entries(ONCE))('lives the life "%s" without faults', (life, facts) => {
    for (const { recordings: recorded } of reports) {
      const recording = recorded.find((one) => one.life === life);
      expect(recording?.problems).toEqual([]);
      for (const fact of facts) expect(recording?.facts.filter((one) => one === fact)).toEqual([fact]);
      expect(recording?.facts.filter((fact) => /^(?:pull request|incident|branch.*fix)/.test(fact))).toHaveLength(
        facts.some((fact) => fact.startsWith('pull request')) ? 3 : 1,
      );
    }
  });

  it('has all cases of every recorded call', () => {
    for (const report of reports) {
      const tried = new Set(results.filter((result) => result.met).map(nameOf));
      const missing = listCases(report.recordings)
        .map(nameOf)
        .filter((name) => !tried.has(name));
      expect(missing).toEqual([]);
    }
    expect(recordings.map(({ life }) => life)).toEqual(Object.keys(ONCE));
  });

  it('loses nothing', () => {
    const lossy = results.filter(({ lost }) => lost.length > 0);
    expect(lossy.map((result) => `${nameOf(result)}: ${result.lost.join(', ')}`)).toEqual([]);
  });

  it('does nothing twice', () => {
    const doubled = results.filter(({ duplicated }) => duplicated.length > 0);
    expect(doubled.map((result) => `${nameOf(result)}: ${result.duplicated.join(', ')}`)).toEqual([]);
  });

  it('comes to its end, and no step fails inside', () => {
    const stuck = results.filter(({ problems }) => problems.length > 0);
    expect(stuck.map((result) => `${nameOf(result)}: ${result.problems.join(', ')}`)).toEqual([]);
  });
});
