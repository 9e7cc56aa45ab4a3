/** A marked sentence over a frame that names its place, `╭─[path:1:2]`: SWC, Oxc and others that share the manner. */
import { readCodeFrame } from '../code-frame.js';
import { describeAt } from '../describe-at.js';
import { type LineStream, type Match, textAt } from '../finding.js';
import { readFrameHeader, readSnippets } from './next-compile.js';

const mark = /^\s{0,6}(?:x|×|⨯|✖) \S/;
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
    findings: [{ role: 'cause', error: describeAt({ lines, at, message, place, tool: 'swc' }) }],
    end: Math.max(header + 1, readCodeFrame(lines, header + 1).end),
  };
}
