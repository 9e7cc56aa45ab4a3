/** What the command that failed was told to read: package managers print it before they run it. */
import { type LineStream, textAt } from './finding.js';
import { isForeignPath } from './paths.js';
import { findPlaces } from './places.js';

const MOST_ABOVE = 80;
/** `> openapi-typescript api.yaml -o src/api.ts`, and not `> name@1.0.0 build` above it. */
const echo = /^(?:> |\$ )(?!@?[\w./-]{1,200}@\d)(\S.{0,500})$/;
const written = /(?:\s-o|\s--out(?:put|file|dir)?|>)[\s=]{1,4}$/;

/** The files that the last command above names, but for those that it writes. */
export function findCommandFiles(lines: LineStream, at: number): readonly string[] {
  for (let index = at - 1; index >= 0 && index > at - MOST_ABOVE; index--) {
    const command = echo.exec(textAt(lines, index))?.[1];
    if (command === undefined) continue;
    return findPlaces(command)
      .filter(({ path, start }) => !isForeignPath(path) && !written.test(command.slice(0, start)))
      .map(({ path }) => path);
  }
  return [];
}
