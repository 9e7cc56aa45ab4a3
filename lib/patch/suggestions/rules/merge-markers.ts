import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { type NameUse, namesOf } from '../syntax/names.js';
import { isScript, parseSource } from '../syntax/parse.js';

/**
 * Merge markers where there is nothing to choose: both sides say the same, one side says nothing and the other declares what the
 * file needs, the common ancestor that Git printed shows that only one side changed, or somebody chose already and left one
 * of the markers.
 */
export const mergeMarkers: Rule = {
  name: 'merge-markers',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined) return undefined;
    const resolved = resolveConflicts(text);
    const repaired = dropLeftover(text) ?? resolved?.text;
    if (repaired === undefined || (await countParseErrors(file, repaired)) > 0) return undefined;
    for (const range of resolved?.lone ?? []) if (!(await isNeeded(file, repaired, range))) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} holds the markers of an unfinished merge.`,
      change: 'Removes them and keeps the only side that says something.',
    };
  },
};

const MARKER = /^(?:<{7} .*|={7}|>{7} .*)\r?\n?$/;

/** The text without the only marker in it; between two, something may be left to choose. */
function dropLeftover(text: string): string | undefined {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const [only, another] = lines.filter((line) => MARKER.test(line));
  const isEdge = only !== undefined && another === undefined && !only.startsWith('=');
  return isEdge ? lines.filter((line) => line !== only).join('') : undefined;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Resolved {
  readonly text: string;
  /** What one side alone says, of which nothing tells whether the other took it out or never had it. */
  readonly lone: readonly Range[];
}

/** Whether the lines declare a name that the rest of the file uses: without them it would be lost. */
async function isNeeded(file: string, text: string, { start, end }: Range): Promise<boolean> {
  if (!isScript(file)) return false;
  const names = namesOf((await parseSource(file, text)).program);
  const isInside = (use: NameUse) => start <= use.start && use.start < end;
  return names.some(
    (one) =>
      one.role === 'declaration' &&
      isInside(one) &&
      names.some((use) => use.name === one.name && use.role === 'reference' && !isInside(use)) &&
      !names.some((use) => use.name === one.name && use.role === 'declaration' && !isInside(use)),
  );
}

/** Undefined when there is no conflict, or some conflict leaves a choice, or the markers are not whole. */
function resolveConflicts(text: string): Resolved | undefined {
  const result: string[] = [];
  const lone: Range[] = [];
  let sides: { ours: string[]; base: string[] | undefined; theirs: string[] | undefined } | undefined;
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const marker = /^(<{7}|\|{7}|={7}|>{7})(?: |\r?\n?$)/.exec(line)?.[1]?.[0];
    if (marker === '<') {
      if (sides) return undefined;
      sides = { ours: [], base: undefined, theirs: undefined };
    } else if (marker === '|' && sides && !sides.theirs) sides.base = [];
    else if (marker === '=' && sides && !sides.theirs) sides.theirs = [];
    else if (marker === '>' && sides?.theirs) {
      const kept = chooseSide({ ours: sides.ours, base: sides.base, theirs: sides.theirs });
      if (kept === undefined) return undefined;
      const start = result.join('').length;
      if (sides.base === undefined && sides.ours.join('') !== sides.theirs.join(''))
        lone.push({ start, end: start + kept.join('').length });
      result.push(...kept);
      sides = undefined;
    } else if (marker && marker !== '=' && marker !== '|') return undefined;
    else (sides?.theirs ?? sides?.base ?? sides?.ours ?? result).push(line);
  }
  const resolved = result.join('');
  return sides || resolved === text ? undefined : { text: resolved, lone };
}

function chooseSide(sides: { ours: string[]; base: string[] | undefined; theirs: string[] }): string[] | undefined {
  const [ours, base, theirs] = [sides.ours.join(''), sides.base?.join(''), sides.theirs.join('')];
  if (ours === theirs) return sides.ours;
  if (base !== undefined) return base === ours ? sides.theirs : base === theirs ? sides.ours : undefined;
  if (ours.trim() === '') return sides.theirs;
  return theirs.trim() === '' ? sides.ours : undefined;
}
