import { chooseFindings, isCertain, type LocatedFinding } from './choose-findings.js';
import { classify } from './classify.js';
import type { BuildLog, DeploymentFacts, Diagnosis } from './diagnosis.js';
import type { Finding, LineStream, Match, Matcher } from './finding.js';
import { fingerprint } from './fingerprint.js';
import { foldFindings } from './fold.js';
import { matchers } from './matchers/index.js';
import { matchUnknownTools } from './matchers/unknown-tools.js';
import { isNotable } from './notable.js';
import { explainByPeers } from './overridden-peers.js';
import { tellScripts } from './own-script.js';
import { readPackageDirectories } from './package-directories.js';
import { findCheckouts, type PathBase } from './paths.js';
import { resolveFinding } from './resolve-finding.js';
import { readProgress, readSections, type Section } from './sections.js';
import { tellStackNames } from './stack-names.js';
import { findFailedPackages, splitStreams } from './streams.js';

const defaultMaxErrors = 50;
/** A log with more is one cause many times over: what follows is skipped up to the lines that tell how it ended. */
const maxFindings = 4_000;
const tailLines = 4_000;
/** Guesses are made about the end of a log only. */
const guessedLines = 5_000;
const maxGuesses = 300;
/** So many different blocks are remembered; a log that repeats itself repeats fewer. */
const maxBlocks = 4_000;
/** Builds print a module's errors once per bundle and page; a few of those tell all that they do. */
const keptRepetitions = 8;

export interface DiagnoseInput {
  readonly log: BuildLog;
  readonly deployment?: DeploymentFacts;
  /** The Vercel project's root directory; '' or absent is the repository root. */
  readonly rootDirectory?: string;
  /** Errors beyond this many are left out; 50 when absent. */
  readonly maxErrors?: number;
}

/** Why a build failed, from its log and what the deployment says of itself. Never throws on what a log holds. */
export function diagnose(input: DiagnoseInput): Diagnosis {
  const { log, deployment = {}, rootDirectory = '', maxErrors = defaultMaxErrors } = input;
  const base: PathBase = { rootDirectory: trimSlashes(rootDirectory), checkouts: findCheckouts(log.lines) };
  const directories = readPackageDirectories(log, base);
  const failed = findFailedPackages(log);
  const located = locateAll(splitStreams(log), { base, directories, failed });
  const said = readDeploymentMessage(deployment, base);
  const folded = foldFindings(said.length > 0 ? said : chooseFindings(located));
  const chosen = tellStackNames(tellScripts(explainByPeers(folded, log), log), log);
  const verdict = classify({ findings: chosen, log, deployment });
  const errors = verdict.findings.map(({ error }) => error).slice(0, maxErrors);
  return {
    class: verdict.class,
    repairable: verdict.repairable,
    errors,
    evidence: verdict.evidence,
    summary: verdict.summary,
    ...(verdict.remedy === undefined ? {} : { remedy: verdict.remedy }),
    phase: verdict.phase,
    fingerprint: fingerprint({ class: verdict.class, errors, summary: verdict.summary }),
  };
}

interface Surroundings {
  readonly base: PathBase;
  readonly directories: ReadonlyMap<string, string>;
  /** Packages that the task runner names as failed; empty where it names none. */
  readonly failed: ReadonlySet<string>;
}

/** Guesses are asked for only where no tool's own words name a cause. */
function locateAll(streams: readonly LineStream[], surroundings: Surroundings): readonly LocatedFinding[] {
  const readings = streams.map((stream) => ({ stream, found: readFindings(stream, matchers) }));
  const located = readings.flatMap(({ stream, found }) => locateFindings(stream, found, surroundings));
  if (located.some(isCertain)) return located;
  return readings.flatMap(({ stream, found }) => {
    const guessed = readFindings(stream, [matchUnknownTools], {
      read: found,
      from: Math.max(0, stream.texts.length - guessedLines),
      isWorth: (text) => text.includes('.') || isNotable(text),
      most: maxGuesses,
    });
    const all = [...found, ...guessed].sort((left, right) => left.at - right.at);
    return locateFindings(stream, all, surroundings);
  });
}

interface PlacedFinding {
  readonly finding: Finding;
  /** Its first line in the stream, and the first line after it. */
  readonly at: number;
  readonly end: number;
}

function locateFindings(
  stream: LineStream,
  found: readonly PlacedFinding[],
  { base, directories, failed }: Surroundings,
): readonly LocatedFinding[] {
  const sections = readSections(stream);
  const progress = readProgress(stream);
  const root = sections.find((section) => section.package !== undefined)?.package;
  const sectionOf = createSectionLookup(sections);
  const lastWithCause = found.reduce(
    (last, { at, finding }) => (finding.role === 'cause' ? Math.max(last, sectionOf(at)) : last),
    -1,
  );
  const bases = new Map<string, PathBase>();
  const basesByDirectory = (directory: string) => {
    const known = bases.get(directory) ?? { ...base, packageDirectory: directory };
    bases.set(directory, known);
    return known;
  };
  const passed = stream.package !== undefined && failed.size > 0 && !failed.has(stream.package);
  return found.map(({ finding, at }) => {
    const index = sectionOf(at);
    const section = sections[index];
    const name = stream.package ?? (section?.package === root ? undefined : section?.package);
    const directory = directoryOf(section, directories, name, base);
    const warned = progress.isWarned(at);
    const resolved = resolveFinding(warned && finding.role === 'cause' ? { ...finding, role: 'warning' } : finding, {
      base: directory === undefined ? base : basesByDirectory(directory),
      ...(name === undefined ? {} : { package: name }),
    });
    const survived = passed || index < lastWithCause || at < progress.lastSuccess;
    return { ...resolved, survived };
  });
}

function directoryOf(
  section: Section | undefined,
  directories: ReadonlyMap<string, string>,
  name: string | undefined,
  base: PathBase,
): string | undefined {
  // npm heads a workspace's script like any other; the folder stands in its report of the failure.
  if (section?.package !== undefined) {
    const known = directories.get(section.package);
    if (known !== undefined) return known;
  }
  if (name === undefined) return undefined;
  const known = directories.get(name);
  // Without the folder the path stays relative to the package; the root directory is another package's.
  return known ?? (base.rootDirectory === '' ? undefined : '');
}

function createSectionLookup(sections: readonly Section[]): (at: number) => number {
  let current = 0;
  return (at) => {
    while (current + 1 < sections.length && (sections[current + 1]?.start ?? 0) <= at) current++;
    while (current > 0 && (sections[current]?.start ?? 0) > at) current--;
    return current;
  };
}

interface ReadingOptions {
  /** What was found before; its lines are passed over. */
  readonly read?: readonly PlacedFinding[];
  /** Index of the first line to look at. */
  readonly from?: number;
  readonly isWorth?: (text: string) => boolean;
  readonly most?: number;
}

/** Asks the matchers about each line that is worth it, but for those that were read before. */
function readFindings(
  stream: LineStream,
  asked: readonly Matcher[],
  { read = [], from = 0, isWorth = isNotable, most = maxFindings }: ReadingOptions = {},
): readonly PlacedFinding[] {
  const found: PlacedFinding[] = [];
  const repetitions = createCounter();
  const blocks = createBlockMemory(stream.texts);
  const { texts } = stream;
  let at = from;
  let next = 0;
  let skipped = false;
  while (at < texts.length) {
    while (next < read.length && (read[next]?.end ?? 0) <= at) next++;
    const before = read[next];
    if (before !== undefined && before.at <= at) {
      at = before.end;
      continue;
    }
    if (found.length >= most && !skipped) {
      at = Math.max(at, texts.length - tailLines);
      skipped = true;
      continue;
    }
    const text = texts[at] ?? '';
    if (text === '' || !isWorth(text)) {
      at++;
      continue;
    }
    const known = blocks.findEnd(at);
    if (known !== undefined) {
      at = known;
      continue;
    }
    const match = askMatchers(asked, stream, at);
    const end = Math.max(at + 1, match?.end ?? 0);
    blocks.add(at, end);
    for (const finding of match?.findings ?? []) {
      const key = describeRepetition(finding);
      if (repetitions.count(key) >= keptRepetitions) continue;
      repetitions.add(key);
      found.push({ finding, at, end });
    }
    at = end;
  }
  return found;
}

/** Remembers what stood where, word for word: the ninth time says nothing new and is passed over unread. */
function createBlockMemory(texts: readonly string[]) {
  const blocks = new Map<string, { readonly start: number; readonly end: number; times: number }>();
  // Tells without a look at the whole line that it starts no known block.
  const starts = new Uint8Array(65_536);
  /** Whether the block of that start and the line after it stand at `at` too. */
  const stands = (at: number, start: number, end: number) => {
    for (let index = start + 1; index <= end; index++) {
      if (texts[index] !== texts[at + index - start]) return false;
    }
    return true;
  };
  return {
    findEnd: (at: number) => {
      const text = texts[at] ?? '';
      const block = starts[sketchOf(text)] === 1 ? blocks.get(text) : undefined;
      if (block === undefined || block.times < keptRepetitions || !stands(at, block.start, block.end)) return undefined;
      return at + block.end - block.start;
    },
    add: (start: number, end: number) => {
      const text = texts[start] ?? '';
      const sketch = sketchOf(text);
      const block = starts[sketch] === 1 ? blocks.get(text) : undefined;
      if (block === undefined && blocks.size >= maxBlocks) return;
      starts[sketch] = 1;
      if (block !== undefined && end - start === block.end - block.start && stands(start, block.start, block.end))
        block.times++;
      else blocks.set(text, { start, end, times: 1 });
    },
  };
}

function sketchOf(text: string): number {
  const { length } = text;
  const middle = length >> 1;
  return (
    (length ^
      (text.charCodeAt(middle) << 4) ^
      (text.charCodeAt(length - 1) << 7) ^
      (text.charCodeAt(length - 4) << 9) ^
      (text.charCodeAt(middle + 3) << 2)) &
    65_535
  );
}

function askMatchers(asked: readonly Matcher[], stream: LineStream, at: number): Match | undefined {
  for (const matcher of asked) {
    const match = matcher(stream, at);
    if (match !== undefined) return match;
  }
  return undefined;
}

function createCounter() {
  const counts = new Map<string, number>();
  return {
    count: (key: string) => counts.get(key) ?? 0,
    add: (key: string) => counts.set(key, (counts.get(key) ?? 0) + 1),
  };
}

function describeRepetition({ error }: Finding): string {
  return `${error.kind}\n${error.file}\n${error.line}\n${error.column}\n${error.route}\n${error.message}`;
}

/** The deployment's own sentence is about what ended it, unless it only says which command failed. */
function readDeploymentMessage(deployment: DeploymentFacts, base: PathBase): readonly Finding[] {
  const texts = deployment.errorMessage?.slice(0, 4_000).split('\n') ?? [];
  if (texts.length === 0 || /^Command "[^"]{0,500}" exited with/.test(texts[0] ?? '')) return [];
  const stream: LineStream = { texts, indices: [], phases: texts.map(() => 'output' as const) };
  return readFindings(stream, matchers)
    .map(({ finding }) => resolveFinding(finding, { base }))
    .filter(({ role, error }) => role === 'cause' && error.kind !== 'other')
    .map((finding) => {
      const { logLine: _, ...error } = finding.error;
      return { ...finding, error };
    });
}

function trimSlashes(path: string): string {
  return path
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/+$/, '')
    .replace(/^\.$/, '');
}
