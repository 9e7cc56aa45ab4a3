import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBuildEvents, readLogText } from '../../lib/diagnosis/build-log.js';
import { diagnose } from '../../lib/diagnosis/diagnose.js';
import * as angular from '../../lib/diagnosis/matchers/angular.js';
import * as data from '../../lib/diagnosis/matchers/data-tools.js';
import * as frameworks from '../../lib/diagnosis/matchers/frameworks.js';
import * as settings from '../../lib/diagnosis/matchers/manager-settings.js';
import * as native from '../../lib/diagnosis/matchers/native-modules.js';
import * as next from '../../lib/diagnosis/matchers/next-sentences.js';
import * as managers from '../../lib/diagnosis/matchers/package-managers.js';
import * as sentences from '../../lib/diagnosis/matchers/sentences.js';
import * as generators from '../../lib/diagnosis/matchers/site-generators.js';
import * as vercel from '../../lib/diagnosis/matchers/vercel.js';
import * as checks from '../../lib/diagnosis/matchers/vercel-settings.js';
import * as workspaces from '../../lib/diagnosis/matchers/workspaces.js';
import { isNotable } from '../../lib/diagnosis/notable.js';

const folder = new URL('../fixtures/logs/', import.meta.url);
const logs = readdirSync(folder)
  .filter((name) => name.endsWith('.log'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));
const rows = logs.flatMap((log) => log.split('\n')).filter((row) => row !== '');

function read(text: string) {
  const diagnosis = diagnose({ log: readLogText(text), rootDirectory: 'apps/web' });
  expect(diagnosis.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  for (const error of diagnosis.errors) expect(error.file ?? '').not.toMatch(/^\/|\.\.\//);
  return diagnosis;
}

describe('any text', () => {
  it('is read without a throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (text) => void read(text)),
      { numRuns: 200 },
    );
  });

  it('may be rows of real logs in any order', () => {
    const row = fc.oneof(fc.constantFrom(...rows), fc.string({ maxLength: 80 }));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 120 }), (mixed) => void read(mixed.join('\n'))),
      { numRuns: 200 },
    );
  });

  it('may be a real log cut anywhere, its escape codes included', () => {
    const cut = fc.tuple(fc.constantFrom(...logs), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(cut, ([log, at]) => void read(log.slice(0, Math.floor(log.length * at)))),
      { numRuns: 200 },
    );
  });

  it('may come in events of any cut', () => {
    fc.assert(
      fc.property(fc.constantFrom(...logs), fc.integer({ min: 1, max: 400 }), (log, size) => {
        const pieces = log.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
        const events = pieces.map((text, created) => ({ type: 'stdout', created, text }));
        diagnose({ log: readBuildEvents(events) });
      }),
      { numRuns: 60 },
    );
  });
});

describe('repetition of one piece over 200,000 characters', () => {
  const pieces = [
    'a',
    ' ',
    ':',
    '(',
    '[',
    "Can't resolve '",
    'A_B_',
    './a.ts\n',
    '[x] ',
    '\u001b[',
    '\u001b]',
    '  at (',
    'x.ts(1,',
    '> ',
    '" is not exported by "',
  ];

  it.each(pieces)('%j ends', (piece) => {
    const text = piece.repeat(Math.ceil(200_000 / piece.length));
    read(text);
    read(`Error: ${text}`);
  });
});

describe('the filter before the matchers', () => {
  const rules = [
    angular,
    checks,
    data,
    frameworks,
    generators,
    managers,
    native,
    next,
    sentences,
    settings,
    vercel,
    workspaces,
  ]
    .flatMap((module) => Object.values(module).filter(Array.isArray))
    .flat();

  it('lets through what any rule looks for', () => {
    expect(rules.filter((rule) => !isNotable(rule.has)).map((rule) => rule.has)).toEqual([]);
  });
});
