/** Tools that render pages by asking a server of their own: the server prints what the tool does not tell. */
import { type LineStream, textAt } from '../finding.js';
import { readThrown, type ThrownError } from '../thrown-error.js';

const maxAbove = 200;

/** The last error with a stack above a line. */
export function findServerError(lines: LineStream, at: number): ThrownError | undefined {
  for (let index = at - 1; index >= Math.max(0, at - maxAbove); index--) {
    if (!/^[A-Z]?\w{0,60}Error: \S/.test(textAt(lines, index))) continue;
    const thrown = readThrown(lines, index);
    if (thrown.frames > 0) return thrown;
  }
  return undefined;
}
