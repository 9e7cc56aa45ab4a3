import { describe, expect, it } from 'vitest';
import { listRenames } from '../../../lib/patch/suggestions/renames-in-diff.js';

function changedIn(...files: readonly (readonly string[])[]): string[] {
  const changes = files.map((rows, index) => ({
    path: `${index}`,
    status: 'modified' as const,
    hunks: `@@ -1,9 +1,9 @@\n${rows.join('\n')}`,
  }));
  return changes.flatMap((change) =>
    listRenames(change, { changes }).map(({ before, after }) => `${before} -> ${after}`),
  );
}

const renamesOf = (before: string, after: string) => changedIn([`-${before}`, `+${after}`]);

describe('a line that the diff replaces', () => {
  it.each([
    ["export { Crate } from './Crate';", "export { Box } from './Box';", 'Crate -> Box'],
    ['export { crateOf } from "../lib/crateOf";', 'export { boxOf } from "../lib/boxOf";', 'crateOf -> boxOf'],
    ['export const PAGE_LIMIT = 10;', 'export const PAGE_SIZE = 10;', 'PAGE_LIMIT -> PAGE_SIZE'],
    ['  lengthMeters: number;', '  lengthMetres: number;', 'lengthMeters -> lengthMetres'],
    ['  timeoutSec: number;', '  timeoutSeconds: number;', 'timeoutSec -> timeoutSeconds'],
    ['  depthMetres: number;', '  depth: number;', 'depthMetres -> depth'],
    ['export const TAX = 0.2125;', 'export const VAT = 0.2125;', 'TAX -> VAT'],
  ])('renames a name, and the module that it comes from: %s', (before, after, rename) => {
    expect(renamesOf(before, after)).toEqual([rename]);
  });

  it.each([
    ['the module is another one', "export { Crate } from './Crate';", "export { Box } from './Crates';"],
    [
      'the module keeps a part of the old name',
      "export { Crate } from './Crate/Crate';",
      "export { Box } from './Box/Box';",
    ],
    ['the new name says the opposite', '  enabled: boolean;', '  disabled: boolean;'],
    ['the new name says the opposite in one word', '  isVisible: boolean;', '  isHidden: boolean;'],
    ['the new name negates the old one', '  known: boolean;', '  unknown: boolean;'],
    ['the new name counts in another unit', '  timeoutSeconds: number;', '  timeoutMs: number;'],
    ['the new name counts in coins', '  price: number;', '  priceCents: number;'],
    ['another constant has the same small value', 'export const PAGE_LIMIT = 10;', 'export const MAX_TAGS = 10;'],
    ['another type is as plain', 'export type Status = string;', 'export type Slug = string;'],
    ['the module is one of a package', "export { crate } from 'crate';", "export { box } from 'box';"],
  ])('renames nothing where %s', (_, before, after) => {
    expect(renamesOf(before, after)).toEqual([]);
  });

  it('renames nothing that gets another value or type with its name', () => {
    const type = ['-  endHour: number;', '+  hours: number;'];
    expect(changedIn([...type, ' ', "-  { id: 'a', endHour: 14 },", "+  { id: 'a', hours: 14 },"])).toContain(
      'endHour -> hours',
    );
    expect(changedIn([...type, ' ', "-  { id: 'a', endHour: 14 },", "+  { id: 'a', hours: 8 },"])).toEqual([]);
    expect(changedIn(type, ["-  { id: 'a', endHour: 14 },", "+  { id: 'a', hours: 8 },"])).toEqual([]);
    const use = ['-{#if onclose}', '+{#if onresolve}'];
    expect(changedIn(use)).toEqual(['onclose -> onresolve']);
    expect(
      changedIn([
        ...use,
        ' ',
        '-  onclose?: (id: string) => void;',
        '+  onresolve?: (id: string, at: string) => void;',
      ]),
    ).toEqual([]);
  });

  it.each([
    ['counts in another unit', '  return name + price.toFixed(2);', '  return name + (amount / 100).toFixed(2);'],
    ['says the opposite', '  {!collapsed && children}', '  {open && children}'],
    ['is one of what was a list', '  tags.map(show),', '  show(tag),'],
    ['is counted from another end', '  for (let i = 0; i <= retries; i++) {', '  for (let i = 0; i < attempts; i++) {'],
  ])('renames nothing that a line shows to be another thing: it %s', (_, before, after) => {
    const [old, now] = [before, after].map(
      (line) => /price|amount|collapsed|open|tags?|retries|attempts/.exec(line)?.[0],
    );
    const names = [`-  ${old}: string;`, `+  ${now}: string;`];
    expect(changedIn(names)).toEqual([`${old} -> ${now}`]);
    expect(changedIn(names, [`-${before}`, `+${after}`])).toEqual([]);
    expect(changedIn(names, [`-${before}`, `+${before.replace(old ?? '', now ?? '')}`])).toContain(`${old} -> ${now}`);
  });

  it('renames nothing that stands for another value', () => {
    const returned = ['-  return { items, busy };', '+  return { first, busy };'];
    const [load, both] = ['  const items = load();', [' ', '-  const items = load();']];
    expect(changedIn([...returned, ...both, `+${load.replace('items', 'first')}`])).toContain('items -> first');
    expect(changedIn([...returned, ...both, '+  const first = load()[0];'])).toEqual([]);
  });
});
