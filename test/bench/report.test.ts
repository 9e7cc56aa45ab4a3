import { expect, test } from 'vitest';
import { formatSample, ratioOf, renderParts, sample } from './report.js';

test('a sample is the median with the lowest and the highest run', () => {
  expect(sample([30, 10, 20], 'ms')).toEqual({ median: 20, low: 10, high: 30, unit: 'ms' });
  expect(sample([40, 10, 20, 30], 'ms')).toMatchObject({ median: 25, low: 10, high: 40 });
});

test('a ratio is of each run and its own partner', () => {
  expect(
    ratioOf([
      [10, 200],
      [20, 100],
      [10, 100],
    ]),
  ).toEqual({ median: 10, low: 5, high: 20, unit: 'times' });
});

test.each([
  [sample([300, 310, 320], 'ms'), '310 ms (300 to 320)'],
  [sample([12_300], 'ms'), '12.3 s'],
  [sample([3 * 1024 * 1024], 'bytes'), '3.0 MB'],
  [sample([2048], 'bytes'), '2.0 KB'],
  [sample([7], 'requests'), '7'],
  [sample([0.00123], 'dollars'), '$0.0012'],
])('%o reads %s', (value, text) => {
  expect(formatSample(value)).toBe(text);
});

test('a table has the columns that are used, and says what does not hold', () => {
  const text = renderParts([
    {
      name: 'part',
      title: 'Part',
      how: 'Counted.',
      columns: ['measured', 'unused'],
      rows: [{ what: 'requests', value: sample([11], 'requests'), bound: { text: 'at most 10', holds: false } }],
    },
  ]);
  expect(text).toContain('|  | measured | bound |\n|---|---:|---|\n| requests | 11 | at most 10: **does not hold** |');
});
