import { expect, it } from 'vitest';
import { secretsMatch } from '../lib/secrets.js';

const SECRET = 'correct horse battery staple';

it('accepts the secret itself', () => {
  expect(secretsMatch(SECRET, SECRET)).toBe(true);
});

it.each([
  ['missing', undefined],
  ['null', null],
  ['empty', ''],
  ['truncated', SECRET.slice(0, -1)],
  ['extended', `${SECRET} `],
  ['another case', SECRET.toUpperCase()],
  ['oversized', SECRET.repeat(10_000)],
  ['a lone surrogate', '\ud800'],
])('refuses a %s secret', (_name, given) => {
  expect(secretsMatch(given, SECRET)).toBe(false);
});

it.each([undefined, ''])('refuses everything while the expected secret is %j', (expected) => {
  for (const given of ['', 'undefined', 'null', SECRET, null, undefined]) {
    expect(secretsMatch(given, expected)).toBe(false);
  }
});

it('does not let the header "Bearer undefined" in', () => {
  const unset: string | undefined = undefined;

  expect(secretsMatch('Bearer undefined'.slice('Bearer '.length), unset)).toBe(false);
});
