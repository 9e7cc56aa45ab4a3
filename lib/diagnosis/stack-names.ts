/** Whose code a bundle ran, where its stack has no file of the project: names of functions, and of the bundle's modules. */
import type { BuildError, BuildLog } from './diagnosis.js';
import type { Finding } from './finding.js';

const KINDS = new Set<BuildError['kind']>(['prerender', 'page-data', 'script-failed', 'other', 'type', 'json']);
/** So far below its message a stack begins, with what a tool says in between. */
const MOST_BEFORE = 12;
const MOST_FRAMES = 30;
const MOST_NAMES = 8;
const FRAME =
  /^\s+at (?:async |new )*(?:(?:[\w$.]{0,80}\.)?([A-Za-z_$][\w$]{2,80}) (?:\[as [\w$.]{1,80}\] )?\()?([^()\s]{1,400}):\d{1,7}:\d{1,7}\)?/;
const MODULE = /\/([A-Za-z][\w-]{2,80}?)(?:[_.-][\w-]{8})?\.m?js(?:\?\S{0,80})?$/;
/** What frameworks call their own. */
const COMMON =
  /^(?:Object|Array|Module|Function|anonymous|eval|map|forEach|filter|render\w*|default|load|handle|setup|index|server|client|chunks?|entry|page|layout|internal|vendor|main|polyfills|prerender|root|shared|runtime)$/;

export function tellStackNames(findings: readonly Finding[], log: BuildLog): readonly Finding[] {
  return findings.map((finding) => {
    const { error } = finding;
    if (!KINDS.has(error.kind) || error.logLine === undefined) return finding;
    const frames = readNames(log, error.logLine);
    return frames.length === 0 ? finding : { ...finding, error: { ...error, frames } };
  });
}

function readNames({ lines }: BuildLog, at: number): string[] {
  const textAt = (index: number) => lines[index]?.text ?? '';
  let start = at;
  while (start < at + MOST_BEFORE && !/^\s+at /.test(textAt(start))) start++;
  const names = new Set<string>();
  for (let index = start; index < start + MOST_FRAMES && /^\s+at /.test(textAt(index)); index++) {
    const [, name = '', path = ''] = FRAME.exec(textAt(index).slice(0, 600)) ?? [];
    if (path === '' || path.startsWith('node:') || path.includes('node_modules')) continue;
    for (const one of [name, MODULE.exec(path)?.[1] ?? '']) {
      // Angular and bundlers add to what the source says.
      const own = one.replace(/^_+|(?:_(?:Template|Factory|Query))?(?:\$\d{1,3})?$/g, '');
      if (own.length > 3 && !COMMON.test(own) && names.size < MOST_NAMES) names.add(own);
    }
  }
  return [...names];
}
