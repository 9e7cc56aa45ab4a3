/** Tools that render pages by asking a server of their own: the server prints what the tool does not tell. */
import { type LineStream, textAt } from '../finding.js';
import { readThrown, type ThrownError } from '../thrown-error.js';

const maxAbove = 200;
const OF_REQUEST = /\[request error\] \[\w{1,20}\] \[[A-Z]{1,10}\] https?:\/\/[^/\s]{1,200}(\/\S{0,300})$/;

/** The last error with a stack above a line, by its name or, where h3 prints it, below the path that was asked for. */
export function findServerError(lines: LineStream, at: number, route?: string): ThrownError | undefined {
  for (let index = at - 1; index >= Math.max(0, at - maxAbove); index--) {
    const isAsked = route !== undefined && OF_REQUEST.exec(textAt(lines, index - 1))?.[1] === route;
    if (!isAsked && !/^[A-Z]?\w{0,60}Error: \S/.test(textAt(lines, index))) continue;
    const thrown = readThrown(lines, index);
    if (thrown.frames > 0) return thrown;
  }
  return undefined;
}
