import { expect, test } from 'vitest';
import { readRetryAt } from '../../lib/adapters/retry.js';

const NOW = Date.UTC(2026, 10, 23, 12);

test.each<[string, Record<string, string>, number | undefined]>([
  ['nothing', {}, undefined],
  ['seconds', { 'retry-after': '30' }, NOW + 30_000],
  ['no seconds', { 'retry-after': '0' }, NOW],
  ['a fraction', { 'retry-after': '1.5' }, NOW + 1_500],
  ['a date', { 'retry-after': 'Mon, 23 Nov 2026 12:01:00 GMT' }, NOW + 60_000],
  ['a date that has passed', { 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT' }, NOW],
  ['a negative number', { 'retry-after': '-5' }, undefined],
  ['rubbish', { 'retry-after': 'soon' }, undefined],
  [
    'the reset of a used up allowance',
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795435200' },
    1795435200000,
  ],
  [
    'the reset of an allowance that lasts',
    { 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': '1795435200' },
    undefined,
  ],
  ['a reset that is rubbish', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'never' }, undefined],
  ['a used up allowance without a reset', { 'x-ratelimit-remaining': '0' }, undefined],
  [
    'both: the explicit hint counts',
    { 'retry-after': '5', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795435200' },
    NOW + 5_000,
  ],
])('%s', (_, headers, expected) => {
  expect(readRetryAt(new Headers(headers), NOW)).toBe(expected);
});
