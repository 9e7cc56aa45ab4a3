import type { ImportEdge } from '../import-graph.js';
import { isSource } from '../readable-files.js';
import type { LocatedError, Survey } from '../survey.js';
import { escapePattern } from '../word-pattern.js';
import { type SuspicionRule, suspectEach } from './suspicion.js';

/** What a caller is told whose function takes or gives something else by now, and a component's user. */
const MISMATCH =
  /^(?:Argument of type |Expected \d.{0,20} arguments?, but got |No overload matches this call|Property '[^']{1,80}' is missing in type |Type '[^\n]{1,400}' (?:is missing the following properties from|has no properties in common with) type )/;
const OF_PROMISE =
  /^(?:Argument of type |Type )'Promise<|on type 'Promise<|^This (?:condition will always|expression is not callable)/;
/** A function that more files call is not changed in passing. */
const MOST_CALLERS = 8;

/**
 * A call that does not fit what it calls. Tools that stop at the first type error show one of its callers; the others
 * call it in the old way too, or what it takes was changed by mistake.
 */
export const suspectOtherCallers: SuspicionRule = (located, survey) => {
  const { error, file } = located;
  if (error.kind !== 'type' || file === undefined) return [];
  return findCalled(located, file, survey).flatMap(({ edge, local, imported, target }) => {
    const callers = survey.graph
      .edgesTo(target)
      .filter(({ importer, declaration }) => importer !== file && uses(importer, declaration, imported, survey))
      .map(({ importer }) => importer);
    if (callers.length > MOST_CALLERS) return [];
    return [
      ...suspectEach([target], 0.27, `defines ${local}, which ${edge.importer} does not fit`),
      ...suspectEach(callers, 0.27, `uses ${imported} too`),
    ];
  });
};

interface Called {
  readonly edge: ImportEdge;
  readonly local: string;
  readonly imported: string;
  readonly target: string;
}

/** The imported functions and components that the faulty place calls, or whose result it handles. */
function findCalled({ error }: LocatedError, file: string, { files, graph }: Survey): Called[] {
  const rows = files.get(file)?.split('\n') ?? [];
  const { line, column, message } = error;
  const row = line === undefined ? undefined : rows[line - 1];
  if (line === undefined || row === undefined || row.length > 2_000) return [];
  const names = OF_PROMISE.test(message)
    ? sourcesOf(row, column, rows.slice(Math.max(0, line - 60), line - 1))
    : MISMATCH.test(message)
      ? calledAround(rows, line, column)
      : [];
  return graph.edgesFrom(file).flatMap((edge) => {
    const { declaration, resolution } = edge;
    if (resolution.outcome !== 'file' || !isSource(resolution.path)) return [];
    return declaration.names
      .filter(({ local }) => names.includes(local))
      .map(({ local, imported }) => ({ edge, local, imported, target: resolution.path }));
  });
}

/** The call or element that the place stands in, on its line or on the few above it. */
function calledAround(rows: readonly string[], line: number, column: number | undefined): string[] {
  const row = rows[line - 1] ?? '';
  const from = Math.max(0, line - 6);
  const start = column === undefined ? row.length : column;
  // The column is that of the argument, or of the name itself that is called.
  const named = /^[\w$]*\s*[(<]?/.exec(row.slice(start))?.[0] ?? '';
  const text = [...rows.slice(from, line - 1), row.slice(0, start) + named].join('\n');
  return [text.matchAll(/([A-Za-z_$][\w$]*)\s{0,3}\(/g), text.matchAll(/<([A-Z][\w$]*)\b/g)].flatMap((matches) => {
    const last = [...matches].at(-1)?.[1];
    return last === undefined ? [] : [last];
  });
}

/** What the value at the place was made by: `const tide = readTide(harbour);`. */
function sourcesOf(row: string, column: number | undefined, above: readonly string[]): string[] {
  const words = new Set(wordsAt(row, column));
  const made = above.flatMap((text) => {
    const match = /\b(?:const|let|var)\s([^=]{1,200})=(?!=)(.*)$/.exec(text.slice(0, 500));
    const isMeant = match?.[1] !== undefined && (match[1].match(/[\w$]+/g) ?? []).some((word) => words.has(word));
    return isMeant ? [...(match[2] ?? '').matchAll(/([A-Za-z_$][\w$]*)\s{0,3}\(/g)].map((call) => call[1] ?? '') : [];
  });
  return [...made, ...words];
}

function wordsAt(row: string, column: number | undefined): string[] {
  if (column === undefined) return row.match(/[A-Za-z_$][\w$]*/g) ?? [];
  const before = /[\w$.]*$/.exec(row.slice(0, Math.max(0, column - 1)))?.[0] ?? '';
  const after = /^[\w$]*/.exec(row.slice(Math.max(0, column - 1)))?.[0] ?? '';
  return (before + after).match(/[A-Za-z_$][\w$]*/g) ?? [];
}

function uses(path: string, declaration: ImportEdge['declaration'], imported: string, { files }: Survey): boolean {
  const local = declaration.names.find((name) => name.imported === imported)?.local;
  if (local === undefined || !isSource(path)) return false;
  const name = escapePattern(local);
  return new RegExp(`(?<![\\w$.])${name}\\s{0,3}\\(|<${name}(?![\\w$])`).test(files.get(path) ?? '');
}
