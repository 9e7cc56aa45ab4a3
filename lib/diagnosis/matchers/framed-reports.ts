/** A marked sentence over a frame that names its place, `╭─[path:1:2]`: SWC, Oxc and others that share the manner. */
import { readCodeFrame } from '../code-frame.js';
import { describeAt } from '../describe-at.js';
import { type LineStream, type Match, textAt } from '../finding.js';
import { readFrameHeader, readSnippets } from './next-compile.js';

// What led to the report may stand over it, which hangs on it by an arrow then, as turbo has it.
const mark = /^\s{0,6}(?:(?:`->|╰─▶)\s{1,6})?(?:x|×|⨯|✖) \S/;
const maxAbove = 6;

export function matchFramedReports(lines: LineStream, at: number): Match | undefined {
  if (!mark.test(textAt(lines, at))) return undefined;
  let header = at + 1;
  while (header < at + maxAbove && readFrameHeader(textAt(lines, header)) === undefined) header++;
  if (header === at + maxAbove) return undefined;
  const [snippet] = readSnippets(lines, at - 1, header + 1);
  if (snippet === undefined || snippet.place.path === '') return undefined;
  const { message, place } = snippet;
  return {
    findings: [{ role: 'cause', error: describeAt({ lines, at, message, place, tool: toolFor(place.path) }) }],
    end: Math.max(header + 1, readCodeFrame(lines, header + 1).end),
  };
}

/** SWC reads scripts; turbo, oxlint and Biome draw the same frame over what else they read. */
function toolFor(path: string): string {
  if (/(?:^|\/)turbo\.jsonc?$/.test(path)) return 'turbo';
  return /\.(?:[cm]?[jt]sx?|mdx|vue|svelte|astro)$/.test(path) ? 'swc' : 'script';
}
