import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { type ChangedRun, changedRuns, undoRuns } from '../syntax/former-text.js';

/** Each candidate costs a parse of the file. */
const MOST_RUNS = 40;

/**
 * A bracket, a quote, a comma or an end tag that the diff since the last READY deployment took out of lines whose words it left
 * as they were, or a closing one that it put there. With the former lines the file parses, as it did then.
 */
export const lostMark: Rule = {
  name: 'lost-mark',
  async propose({ file }, workspace) {
    const change = workspace.changes.find(({ path }) => path === file);
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !change || !(await workspace.isBroken(file, text)))
      return undefined;
    const runs = changedRuns(text, change) ?? [];
    const slips = runs.filter(isOfMarks);
    if (slips.length === 0 || slips.length > MOST_RUNS || (await countParseErrors(file, undoRuns(text, runs))) > 0)
      return undefined;
    const parsing = async (sets: readonly (readonly ChangedRun[])[]) => {
      const texts = sets.map((set) => undoRuns(text, set));
      const counts = await Promise.all(texts.map((candidate) => countParseErrors(file, candidate)));
      return texts.filter((_, index) => counts[index] === 0);
    };
    const single = await parsing(slips.map((slip) => [slip]));
    const [only, another] = single.length > 0 ? single : await parsing([slips]);
    if (only === undefined || another !== undefined) return undefined;
    return {
      files: new Map([[file, only]]),
      cause: `The latest change left a line of ${file} as it was but for a mark, and since then the file does not parse.`,
      change: 'Writes the line as it was, and with it the file parses.',
    };
  },
};

const LOST = /^(?:[^\w\s$]{1,3}|<\/[\w.:-]*>)$/;
/** What opens something may be the first half of what was meant. */
const STRAY = /^[)\]}>,;'"`]{1,2}$/;

function isOfMarks({ removed, added }: ChangedRun): boolean {
  const [before, now] = [removed, added].map((lines) => lines.join('').replace(/\s/g, '')) as [string, string];
  return before.length > now.length ? isOneOf(LOST, before, now) : isOneOf(STRAY, now, before);
}

/** Whether the longer text is the other with such a mark more. */
function isOneOf(mark: RegExp, long: string, short: string): boolean {
  const size = long.length - short.length;
  if (size === 0) return false;
  for (let at = 0; at <= short.length && long.slice(0, at) === short.slice(0, at); at++) {
    if (mark.test(long.slice(at, at + size)) && long.slice(at + size) === short.slice(at)) return true;
  }
  return false;
}
