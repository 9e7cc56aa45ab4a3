import type { Matcher } from '../finding.js';
import { matchNextCompile } from './next-compile.js';
import { matchTypescript } from './typescript.js';

/** In the order in which they are asked about a line; the first that recognises it keeps it. */
export const matchers: readonly Matcher[] = [matchTypescript, matchNextCompile];
