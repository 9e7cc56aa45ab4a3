/** Splits a log into what each package's task printed, so that interleaved tasks do not cut each other's errors. */
import type { BuildLog, BuildPhase } from './diagnosis.js';
import type { LineStream } from './finding.js';

interface OpenStream {
  readonly texts: string[];
  readonly indices: number[];
  readonly phases: BuildPhase[];
}

/** The lines without a prefix first, then one stream a package in the order of their first lines. */
export function splitStreams(log: BuildLog): readonly LineStream[] {
  const streams = new Map<string | undefined, OpenStream>([[undefined, { texts: [], indices: [], phases: [] }]]);
  log.lines.forEach((line, index) => {
    let stream = streams.get(line.package);
    if (stream === undefined) {
      stream = { texts: [], indices: [], phases: [] };
      streams.set(line.package, stream);
    }
    stream.texts.push(line.text);
    stream.indices.push(index);
    stream.phases.push(line.phase);
  });
  return [...streams].map(([name, stream]) => (name === undefined ? stream : { ...stream, package: name }));
}

const turboFailed = /^\s*Failed:\s+(\S.{0,2000})$/;
const turboTask = /^(@?[^\s#]{1,200})#[\w:-]{1,80}: command \(/;
const pnpmFailed = /^(?:Failed|ELIFECYCLE)/;

/** Packages whose task failed, by what the task runner says at the end; empty where it says nothing. */
export function findFailedPackages(log: BuildLog): ReadonlySet<string> {
  const failed = new Set<string>();
  for (const line of log.lines) {
    if (
      line.package !== undefined &&
      (line.text.startsWith('ERROR: command finished') || pnpmFailed.test(line.text.trim()))
    ) {
      failed.add(line.package);
    }
    if (line.text.includes('#')) {
      const name = turboTask.exec(line.text)?.[1];
      if (name !== undefined) failed.add(name);
      for (const task of turboFailed.exec(line.text)?.[1]?.split(', ') ?? []) failed.add(task.replace(/#.*$/, ''));
    }
  }
  return failed;
}
