import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnyOf } from '../../lib/diagnosis/any-of.js';

describe('createAnyOf', () => {
  it('answers as a search for each text does', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '⚠'), maxLength: 40 });
    const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ' '), minLength: 2, maxLength: 5 }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(texts, letters, (wanted, line) => {
        expect(createAnyOf([...wanted, '⚠'])(line)).toBe([...wanted, '⚠'].some((text) => line.includes(text)));
      }),
    );
  });
});
