import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';

/**
 * Merge markers where there is nothing to choose: both sides say the same, one side says nothing, or the common
 * ancestor that Git printed shows that only one side changed.
 */
export const mergeMarkers: Rule = {
  name: 'merge-markers',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !/^<{7}(?: |\r?$)/m.test(text)) return undefined;
    const repaired = resolveConflicts(text);
    if (repaired === undefined || (await countParseErrors(file, repaired)) > 0) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} holds the markers of an unfinished merge.`,
      change: 'Removes the markers and keeps the only side that says something.',
    };
  },
};

/** Undefined when some conflict leaves a choice, or the markers are not whole. */
function resolveConflicts(text: string): string | undefined {
  const result: string[] = [];
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
      result.push(...kept);
      sides = undefined;
    } else if (marker && marker !== '=' && marker !== '|') return undefined;
    else (sides?.theirs ?? sides?.base ?? sides?.ours ?? result).push(line);
  }
  return sides ? undefined : result.join('');
}

function chooseSide(sides: { ours: string[]; base: string[] | undefined; theirs: string[] }): string[] | undefined {
  const [ours, base, theirs] = [sides.ours.join(''), sides.base?.join(''), sides.theirs.join('')];
  if (ours === theirs) return sides.ours;
  if (base !== undefined) return base === ours ? sides.theirs : base === theirs ? sides.ours : undefined;
  if (ours.trim() === '') return sides.theirs;
  return theirs.trim() === '' ? sides.ours : undefined;
}
