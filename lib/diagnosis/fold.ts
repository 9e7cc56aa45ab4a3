/** Many errors of one cause become one with a count. */
import type { BuildError, FaultLocation } from './diagnosis.js';
import type { Finding } from './finding.js';

/** Up to so many errors alike stay apart: each is a place to edit. */
const foldAbove = 10;
const maxPlaces = 1_000;

/** Drops repetitions (a build prints a module once per bundle), then folds what is left of one cause. */
export function foldFindings(findings: readonly Finding[]): readonly Finding[] {
  const distinct = dropRepetitions(findings);
  const groups = new Map<string, BuildError[]>();
  for (const { error } of distinct) {
    const key = causeOf(error);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [error]);
    else group.push(error);
  }
  const folded = new Set<string>();
  return distinct.flatMap((finding) => {
    const key = causeOf(finding.error);
    const group = groups.get(key) ?? [finding.error];
    // What the tool would write is of one place.
    if (group.length <= foldAbove || finding.error.fix !== undefined) return [finding];
    if (folded.has(key)) return [];
    folded.add(key);
    return [{ ...finding, error: foldGroup(finding.error, group) }];
  });
}

function dropRepetitions(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, Finding>();
  const located = new Set<string>();
  for (const { error } of findings) if (error.line !== undefined) located.add(subjectOf(error));
  for (const finding of findings) {
    const { error } = finding;
    // Bundlers report a failure with its place and again without.
    if (error.line === undefined && error.file !== undefined && located.has(subjectOf(error))) continue;
    const key = JSON.stringify([
      error.kind,
      error.file,
      error.line,
      error.column,
      error.route,
      error.symbol,
      plainMessage(error),
    ]);
    const earlier = seen.get(key);
    seen.set(
      key,
      earlier === undefined
        ? finding
        : { ...earlier, error: { ...earlier.error, ...joinTraces(earlier.error, error) } },
    );
  }
  return [...seen.values()];
}

function subjectOf(error: BuildError): string {
  return JSON.stringify([error.kind, error.file, error.specifier, error.symbol ?? plainMessage(error)]);
}

/** Without a place at its end or an error's name before it. */
function plainMessage(error: BuildError): string {
  return (error.message.split('\n', 1)[0] ?? '')
    .replace(/^\[[^\]]{1,40}\] /, '')
    .replace(/^(?:[A-Z]\w{0,40})?Error: /, '')
    .replace(/ \(\d{1,7}:\d{1,7}\)$/, '');
}

function joinTraces(left: BuildError, right: BuildError): Pick<BuildError, 'trace'> {
  const trace = [...new Set([...(left.trace ?? []), ...(right.trace ?? [])])];
  return trace.length > 0 ? { trace } : {};
}

/** The same complaint about the same thing, wherever it is. */
function causeOf(error: BuildError): string {
  const names = [error.code, error.specifier, error.symbol].filter((name) => name !== undefined);
  const about = names.length > 1 ? names : [error.message.split('\n', 1)[0]];
  return JSON.stringify([error.tool, error.kind, ...about]);
}

function foldGroup(first: BuildError, group: readonly BuildError[]): BuildError {
  const places: FaultLocation[] = [];
  for (const { file, line, column } of group) {
    if (file === undefined || places.length === maxPlaces) continue;
    places.push({ file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) });
  }
  const files = [...new Set(places.map(({ file }) => file))].filter((file) => file !== first.file);
  const trace = [...new Set([...(first.trace ?? []), ...files])].slice(0, 50);
  return { ...first, count: group.length, places, ...(trace.length > 0 ? { trace } : {}) };
}
