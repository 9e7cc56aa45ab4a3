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
