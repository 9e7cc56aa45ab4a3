import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffEdit, diffLines, formatDiff } from '../../lib/report/diff.js';

describe('a diff', () => {
  it.each([
    ['a b c', 'a b c', '  a\n  b\n  c'],
    ['a b c', 'a x c', '  a\n- b\n+ x\n  c'],
    ['a b', 'a b c', '  a\n  b\n+ c'],
    ['a b c', 'c', '- a\n- b\n  c'],
    ['', 'a', '+ a'],
    ['a', '', '- a'],
    ['', '', ''],
    ['a b c d', 'b d', '- a\n  b\n- c\n  d'],
  ])('of %j and %j', (before, after, expected) => {
    const lines = (text: string): string[] => (text === '' ? [] : text.split(' '));
    const spaced = diffLines(lines(before), lines(after)).map((line) => ({ ...line, text: ` ${line.text}` }));
    expect(formatDiff(spaced)).toBe(expected);
  });

  it('holds both sides whole, whatever they are', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const diff = diffLines(before, after);
        expect(diff.filter((line) => line.kind !== 'added').map((line) => line.text)).toEqual(before);
        expect(diff.filter((line) => line.kind !== 'removed').map((line) => line.text)).toEqual(after);
      }),
    );
  });

  it('of two very long texts is bounded', () => {
    const before = Array.from({ length: 5_000 }, (_, index) => `a${index}`);
    const after = Array.from({ length: 5_000 }, (_, index) => `b${index}`);
    expect(diffLines(before, after)).toHaveLength(10_000);
  });

  it('of each kind of edit', () => {
    expect(diffEdit({ kind: 'create', path: 'a', content: 'x\ny\n' }).map((line) => line.kind)).toEqual([
      'added',
      'added',
    ]);
    expect(diffEdit({ kind: 'create', path: 'a', content: '' })).toEqual([]);
    expect(diffEdit({ kind: 'delete', path: 'a' })).toEqual([]);
    expect(diffEdit({ kind: 'replace', path: 'a', search: 'x\r\ny', replace: 'x\nz' })).toEqual([
      { kind: 'same', text: 'x' },
      { kind: 'removed', text: 'y' },
      { kind: 'added', text: 'z' },
    ]);
  });
});
