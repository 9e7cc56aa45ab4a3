import { describe, expect, it } from 'vitest';
import { cacheProfile } from '../../../../lib/patch/suggestions/rules/cache-profile.js';
import { repairWith } from '../repository.js';

const message = 'Expected 2 arguments, but got 1.';
const named = "import { revalidateTag } from 'next/cache';\n";

describe('cache-profile', () => {
  const repair = (text: string, place: { line: number; column: number }, more: Readonly<Record<string, string>> = {}) =>
    repairWith(cacheProfile, { file: 'app/act.ts', message, ...place }, { files: { 'app/act.ts': text, ...more } });

  it.each([
    ['a call', `${named}revalidateTag('berths');\n`, "revalidateTag('berths', 'max')", 1],
    ['a computed tag', `${named}revalidateTag(tags.berth(id));\n`, "revalidateTag(tags.berth(id), 'max')", 1],
    [
      'another local name',
      "import { revalidateTag as bust } from 'next/cache';\nbust(tagOf(berth));\n",
      "bust(tagOf(berth), 'max')",
      1,
    ],
    ['double quotes', 'import * as cache from "next/cache";\ncache.revalidateTag("a");\n', '("a", "max")', 7],
  ])('adds the profile to %s', async (_, text, now, column) => {
    expect((await repair(text, { line: 2, column }))?.['app/act.ts']).toContain(now);
  });

  it('adds it to every call of the repository', async () => {
    const other = `${named}export const drop = () => tags.forEach((tag) => revalidateTag(tag));\n`;
    expect(await repair(`${named}revalidateTag('a');\n`, { line: 2, column: 1 }, { 'lib/drop.ts': other })).toEqual({
      'app/act.ts': `${named}revalidateTag('a', 'max');\n`,
      'lib/drop.ts': other.replace('(tag))', "(tag, 'max'))"),
    });
  });

  it('leaves Server Actions to whom they belong, unless one of them has the profile', async () => {
    const action = `'use server';\n${named}export const save = async () => revalidateTag('a');\n`;
    const place = { line: 3, column: 33 };
    expect(await repair(action, place)).toBeUndefined();
    const chosen = { 'app/other.ts': action.replace("('a')", "('b', 'max')") };
    expect(await repair(action, place, chosen)).toEqual({ 'app/act.ts': action.replace("('a')", "('a', 'max')") });
  });

  it.each([
    ['it comes from elsewhere', "import { revalidateTag } from './cache';\nrevalidateTag('a');\n", {}],
    ['a parameter hides it', `${named}revalidateTag('a');\nconst f = (revalidateTag) => revalidateTag(1);\n`, {}],
    ['the error means another call', `${named}berth(revalidateTag('a'));\n`, {}],
    [
      'the repository has another profile',
      `${named}revalidateTag('a');\n`,
      { 'lib/drop.ts': `${named}revalidateTag('b', 'hours');\n` },
    ],
  ])('has no answer where %s', async (_, text, more) => {
    expect(await repair(text, { line: 2, column: 1 }, more)).toBeUndefined();
  });
});
