import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWrittenLists } from '../../lib/context/written-lists.js';

describe('lists of records that a module holds', () => {
  it('gives literals as values, and the rest as its text', () => {
    const [list] = readWrittenLists(`
      export const boats: readonly Boat[] = [
        // the pilot's own
        { slug: 'puffin', 'draught-cm': 1_20, crew: ["Ann", 'Bo'], hull: { steel: true, owner: null } },
        { slug: "gull's", since: new Date('2026-01-01, noon'), state: State.Open, ...base, berth() { return 1; }, },
      ] as const;`);

    expect(list).toEqual([
      { slug: 'puffin', 'draught-cm': 120, crew: ['Ann', 'Bo'], hull: { steel: true, owner: null } },
      { slug: "gull's", since: "new Date('2026-01-01, noon')", state: 'State.Open' },
    ]);
  });

  it('ends on whatever text', () => {
    const pieces = fc.constantFrom('= [', '{', '}', ']', '(', ')', "'", '`', 'a: ', ', ', '/*', '//', '\\', '\n');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 400 }), (parts) => {
        expect(Array.isArray(readWrittenLists(`const x = [{ ${parts.join('')}`))).toBe(true);
      }),
    );
  });
});
