import type { Rule } from '../rule.js';
import { gapAt, isOpenedTwice } from '../syntax/bracket-gap.js';
import { isOfCall, nextInChain } from '../syntax/chain-rows.js';
import { endsOfCalls, isMeant } from '../syntax/ends-of-calls.js';
import { isScript } from '../syntax/parse.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';

const EXPECTED = /^Expected (?:`,` or )?`([)\]])` but found/;
const LONE_MARK = /\n\s*[,;][^\S\n]*\n/;

/**
 * A closing bracket that the parser misses: where it stops, or earlier in the same brackets, before a further member,
 * argument, operator or arrow, or before the next row of its chain of calls. Only one of these places makes the file parse
 * and has a meaning.
 */
export const missingBracket: Rule = {
  name: 'missing-bracket',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined || !isScript(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined) return undefined;
    const [problem] = (await workspace.parse(file, text)).errors;
    const [found, opened] = problem?.labels ?? [];
    const closer = EXPECTED.exec(problem?.message ?? '')?.[1];
    if (closer === undefined || !found || !opened) return undefined;
    // There a bracket is missing that stood before the mark.
    if (LONE_MARK.test(text.slice(opened.start, found.start))) return undefined;

    const at = text.slice(0, found.start).trimEnd().length;
    const gap = gapAt(text, at, { found: found.start, opened: opened.start });
    const mark = closer === ')' && gap.isStatementEnd && /;\r?\n/.test(text) ? ';' : '';
    const from = text.lastIndexOf('\n', opened.start) + 1;
    const next = closer === ')' ? nextInChain(text, opened.start, found.start + 1) : undefined;
    const places = [
      ...(next === undefined ? [] : [{ at: text.slice(0, next).trimEnd().length, token: closer }]),
      ...(gap.isEndOfBracket ? [{ at, token: closer + mark }] : []),
      ...endsOfCalls(text, from, at).map((place) => ({ at: place, token: closer })),
    ];
    const repaired: { readonly at: number; readonly text: string }[] = [];
    const seen = new Set<number>();
    for (const place of places) {
      if (seen.has(place.at)) continue;
      seen.add(place.at);
      const candidate = replaceRanges(text, [{ start: place.at, end: place.at, text: place.token }]);
      const { program, errors } = await workspace.parse(file, candidate);
      const dot = next === undefined ? undefined : next + place.token.length;
      const isInChain = dot === undefined || isOfCall(program, candidate, { dot, opened: opened.start });
      if (errors.length === 0 && isInChain && isMeant(program, { from, at: place.at, to: found.start }))
        repaired.push({ ...place, text: candidate });
    }
    const [only, another] = repaired;
    if (!only || another || (await isOpenedTwice(file, text, lineOf(text, opened.start)))) return undefined;
    return {
      files: new Map([[file, only.text]]),
      cause: `A \`${closer}\` is missing in ${file}, line ${lineOf(text, only.at)}.`,
      change: 'Adds it in the one place where the file parses and the code has a meaning.',
    };
  },
};
