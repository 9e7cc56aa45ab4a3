import { describe, expect, it } from 'vitest';
import { findTwin, isInnerSlip, isSpellingOf } from '../../../lib/patch/suggestions/distance.js';

describe('words that are spelt alike', () => {
  it.each([
    ['totla', ['total', 'other'], 'total'],
    ['es2202', ['es2022', 'es5'], 'es2022'],
    ['maxWidht', ['maxWidth', 'minWidth'], 'maxWidth'],
    ['space-5', ['space-4'], undefined],
    ['minWidth', ['maxWidth'], undefined],
    ['total', ['total', 'totals'], undefined],
    ['bat', ['cat', 'hat'], undefined],
  ])('%s among %j', (word, known, twin) => {
    expect(findTwin(word, known)).toBe(twin);
  });

  it('are not those of which one has another number or the other bound', () => {
    expect(isSpellingOf('row2', 'row1')).toBe(false);
    expect(isSpellingOf('maxDepth', 'minDepth')).toBe(false);
    expect(isSpellingOf('widht', 'width')).toBe(true);
  });

  it('differ within, where any word may exist', () => {
    expect(isInnerSlip('slugfiy', 'slugify')).toBe(true);
    expect(isInnerSlip('preact', 'react')).toBe(false);
    expect(isInnerSlip('tsx', 'tsc')).toBe(false);
  });
});
