import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesGlob } from '../../lib/settings/glob.js';
import { cpuTime } from '../cpu-time.js';

describe('patterns of paths', () => {
  it.each([
    ['app/page.tsx', 'app/page.tsx'],
    ['app/*.tsx', 'app/page.tsx'],
    ['app/**', 'app/a/b/page.tsx'],
    ['**/page.tsx', 'page.tsx'],
    ['**/page.tsx', 'a/b/page.tsx'],
    ['app/**/page.tsx', 'app/page.tsx'],
    ['legal/', 'legal/terms/en.md'],
    ['app/[id]/page.tsx', 'app/[id]/page.tsx'],
    ['a?c', 'abc'],
    ['*', 'README.md'],
    ['release/*', 'release/2'],
    ['**', '.github/workflows/ci.yml'],
  ])('%s fits %s', (pattern, path) => {
    expect(matchesGlob(pattern, path)).toBe(true);
  });

  it.each([
    ['app/*.tsx', 'app/a/page.tsx'],
    ['*', 'app/page.tsx'],
    ['app', 'app/page.tsx'],
    ['app/page.ts', 'app/page.tsx'],
    ['legal/', 'legal.md'],
    ['app/**/page.tsx', 'lib/page.tsx'],
    ['a.c', 'abc'],
    ['a?c', 'ac'],
    ['main', 'maintenance'],
    ['', 'a'],
  ])('%s does not fit %s', (pattern, path) => {
    expect(matchesGlob(pattern, path)).toBe(false);
  });

  it('fits a path made from the pattern', () => {
    const segment = fc.stringMatching(/^[a-z.]{1,8}$/);
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), fc.nat(4), (segments, at) => {
        const wild = segments.map((text, index) => (index === at ? `${text.slice(0, 1)}*` : text)).join('/');
        expect(matchesGlob(wild, segments.join('/'))).toBe(true);
        expect(matchesGlob(`**/${segments.at(-1)}`, segments.join('/'))).toBe(true);
      }),
    );
  });

  it('takes no time over a pattern that is made to take it', () => {
    const stars = '*a'.repeat(150);
    const folders = '**/'.repeat(100);
    expect(
      cpuTime(() => {
        matchesGlob(`${stars}b`, 'a'.repeat(1000));
        matchesGlob(`${folders}b`, 'a/'.repeat(500));
      }),
    ).toBeLessThan(500);
  });
});
