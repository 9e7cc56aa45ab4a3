import { describe, expect, it } from 'vitest';
import { lostMark } from '../../../../lib/patch/suggestions/rules/lost-mark.js';
import { repairWith } from '../repository.js';

const path = 'src/tide.tsx';

/** Each line of the middle is kept, `-` or `+`. */
const repair = (...lines: readonly string[]) => {
  const now = lines.filter((line) => !line.startsWith('-')).map((line) => line.slice(1));
  const former = lines.filter((line) => !line.startsWith('+'));
  const hunks = [`@@ -1,${former.length} +1,${now.length} @@`, ...lines].join('\n');
  const error = { file: path, kind: 'syntax', message: "',' expected.", line: 1 } as const;
  return repairWith(lostMark, error, {
    files: { [path]: `${now.join('\n')}\n` },
    changes: [{ path, status: 'modified', hunks }],
  });
};

describe('lost-mark', () => {
  it.each([
    ['a colon', [' const hours = {', '-  high: tide.high,', '+  high tide.high,', ' };']],
    ['a quote', [' const low = a', "-  === 'low' ? b : c.d();", "+  === 'low ? b : c.d();", ' moor(low);']],
    ['a bracket of its own line', [' moor(() => {', '   leave();', '-});', ' sail();']],
    ['an end tag', [' const a = (', '   <p>', '-    <b>x</b>', '+    <b>x', '   </p>', ' );']],
    ['a bracket too many', [' moor({', '-  at: now(),', '+  at: now()],', ' });']],
    ['both halves of a fragment', [' const a = (', '-  <>', '     <b />', '     <i />', '-  </>', ' );']],
  ])('puts back %s', async (_, lines) => {
    const former = lines.filter((line) => !line.startsWith('+')).map((line) => line.slice(1));
    expect(await repair(...lines)).toEqual({ [path]: `${former.join('\n')}\n` });
  });

  it.each([
    ['a line with other words', [' const a = {', '-  high: tide.high,', '+  top tide.high,', ' };']],
    ['an opening mark that came', ['-moor(a);', '+moor((a);']],
    ['a file that did not parse before', [' moor(', '-leave(1);', '+leave(1;', ' sail(;']],
    ['a file that parses', ['-moor(a,);', '+moor(a);']],
    ['a fault that is elsewhere', ['-moor(a, b,);', '+moor(a, b);', '+sail((;']],
  ])('is silent about %s', async (_, lines) => {
    expect(await repair(...lines)).toBeUndefined();
  });
});
