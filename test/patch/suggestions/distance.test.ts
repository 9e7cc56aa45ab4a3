import { describe, expect, it } from 'vitest';
import { findTwin, isInnerSlip, isSlip } from '../../../lib/patch/suggestions/distance.js';

describe('words that are spelt alike', () => {
  it.each([
    ['totla', ['total', 'other'], 'total'],
    ['es2202', ['es2022', 'es5'], 'es2022'],
    ['maxWidht', ['maxWidth', 'minWidth'], 'maxWidth'],
    ['space-5', ['space-4'], undefined],
    ['minWidth', ['maxWidth'], undefined],
    ['total', ['total', 'totals'], undefined],
    ['bat', ['cat', 'hat'], undefined],
    ['recomendded', ['recommended'], 'recommended'],
    ['crystalHall', ['crystal-hall'], 'crystal-hall'],
    ['unpublished', ['published', 'draft'], undefined],
    ['tim', ['tom'], undefined],
    ['bays', ['bay', 'days'], undefined],
  ])('%s among %j', (word, known, twin) => {
    expect(findTwin(word, known)).toBe(twin);
  });

  it.each([
    ['row2', 'row1'],
    ['maxDepth', 'minDepth'],
    ['getTotal', 'setTotal'],
    ['startX', 'startY'],
    ['pt-safe', 'pb-safe'],
    ['minimum', 'maximum'],
    ['internal', 'external'],
    ['createdBy', 'createdAt'],
    ['ownerId', 'owner'],
    ['Cart', 'Card'],
    ['formatDate', 'formatRate'],
  ])('are not %s and %s', (word, other) => {
    expect(isSlip(word, other)).toBe(false);
    expect(isSlip(other, word)).toBe(false);
  });

  it.each([
    ['widht', 'width'],
    ['useNavigaton', 'useNavigation'],
    ['handleDragend', 'handleDragEnd'],
    ['cristal-hall', 'crystal-hall'],
    ['$derive', '$derived'],
    ['reccomended', 'recommended'],
  ])('are %s and %s', (word, other) => {
    expect(isSlip(word, other)).toBe(true);
  });

  it('differ within, where any word may exist', () => {
    expect(isInnerSlip('slugfiy', 'slugify')).toBe(true);
    expect(isInnerSlip('preact', 'react')).toBe(false);
    expect(isInnerSlip('tsx', 'tsc')).toBe(false);
  });
});
