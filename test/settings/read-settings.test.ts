import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSettings, readSettings } from '../../lib/settings/read-settings.js';
import { SETTINGS_PATH } from '../../lib/settings/settings-schema.js';

const WHOLE = {
  $schema: 'https://example.com/schema/self-healing.schema.json',
  paths: { allowed: ['apps/web/**'], never: ['apps/web/legal/'] },
  askFirst: ['package-script', 'vercel-command'],
  limits: { attempts: 4, attemptsWithoutProgress: 2 },
  branches: ['main', 'release/*'],
  reviewers: ['anna', 'bakery/frontend'],
  labels: ['build'],
  autoMerge: true,
  reviewRequired: false,
  revertDraft: true,
  language: 'de',
};

describe('reading the settings of a repository', () => {
  it('takes every documented key', () => {
    const { $schema: _, ...given } = WHOLE;

    expect(readSettings(JSON.stringify(WHOLE))).toEqual({ given, mistakes: [] });
    expect(readSettings(`\uFEFF${JSON.stringify(WHOLE)}`).mistakes).toEqual([]);
    expect(readSettings('{}')).toEqual({ given: {}, mistakes: [] });
  });

  it('keeps what it can read beside a mistake, and names each mistake with its line', () => {
    const text = `{
  "paths": { "never": ["legal/**"] },
  "lables": ["build"],
  "limits": {
    "attempts": 0,
    "tries": 2
  },
  "reviewers": ["anna", "not a login"],
  "language": "fr",
  "autoMerge": "yes"
}`;

    const { given, mistakes } = readSettings(text);

    expect(given).toEqual({ paths: { never: ['legal/**'] } });
    expect(mistakes).toEqual([
      { where: 'lables', line: 3, problem: 'unknown-key', wanted: 'labels' },
      { where: 'limits.attempts', line: 5, problem: 'too-small', wanted: '1' },
      { where: 'limits.tries', line: 6, problem: 'unknown-key' },
      { where: 'reviewers.1', line: 8, problem: 'not-a-reviewer' },
      { where: 'language', line: 9, problem: 'not-one-of', wanted: 'en, de' },
      { where: 'autoMerge', line: 10, problem: 'wrong-type', wanted: 'boolean' },
    ]);
  });

  it.each([
    ['{\n  "labels": [\n', 3, 'not-json'],
    ['', 1, 'not-json'],
    ['{"labels": [],}', 1, 'not-json'],
    ['// why\n{}', 1, 'not-json'],
    ['[]', undefined, 'not-an-object'],
    ['null', undefined, 'not-an-object'],
    [`{"labels":["${'x'.repeat(60_000)}"]}`, undefined, 'file-too-long'],
  ])('gives nothing for a file that is none: %.20s', (text, line, problem) => {
    const { given, mistakes } = readSettings(text);

    expect(given).toEqual({});
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]?.problem).toBe(problem);
    expect(mistakes[0]?.line).toBe(line);
  });

  it.each([
    ['{"__proto__": {"autoMerge": true}}', '__proto__'],
    ['{"constructor": 1}', 'constructor'],
    ['{"toString": true}', 'toString'],
    ['{"autoMerge": false, "autoMerge": true}', 'autoMerge'],
    ['{"limits": {"__proto__": {"attempts": 9}}}', 'limits.__proto__'],
  ])('is not fooled by %s', (text, where) => {
    const { given, mistakes } = readSettings(text);

    expect(mistakes.map((mistake) => mistake.where)).toContain(where);
    expect(given.autoMerge ?? false).toBe(false);
  });

  it.each(['/etc/**', '../other/**', 'a/./b', 'a/../b', 'a\\b', ''])('refuses the pattern “%s”', (pattern) => {
    expect(readSettings(JSON.stringify({ paths: { never: [pattern] } })).mistakes).toHaveLength(1);
  });

  it('answers for any JSON and any text, and never with a value that the schema does not allow', () => {
    const keys = fc.constantFrom(...Object.keys(WHOLE), 'other');
    fc.assert(
      fc.property(fc.dictionary(keys, fc.jsonValue()), (value) => {
        const { given, mistakes } = readSettings(JSON.stringify(value));
        const unread = Object.keys(value).filter((key) => !(key in given) && key !== '$schema');
        const named = new Set(mistakes.map((mistake) => mistake.where.split('.')[0]));
        expect(unread.filter((key) => !named.has(key) && mistakes.length < 20)).toEqual([]);
        expect(readSettings(JSON.stringify(given))).toEqual({ given, mistakes: [] });
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => void expect(readSettings(text)).toHaveProperty('mistakes')));
  });
});

describe('finding the settings of a commit', () => {
  const entry = { path: SETTINGS_PATH, mode: '100644', sha: '1', size: 2 } as const;
  const folder = { path: '.github', mode: '040000', sha: '2' } as const;
  const find = (entries: Parameters<typeof findSettings>[0]['tree']['entries'], truncated = false) =>
    findSettings({ tree: { entries, truncated }, files: new Map() });

  it('has no mistake where there is no file', () => {
    expect(find([])).toEqual({ given: {}, mistakes: [] });
    expect(find([folder], false).mistakes).toEqual([]);
    expect(find([folder, { ...entry, path: '.github/other.yml' }], true).mistakes).toEqual([]);
  });

  it('has one where there is a file that could not be read, or one that may be there', () => {
    expect(find([entry]).mistakes).toHaveLength(1);
    expect(find([{ ...entry, mode: '120000' }]).mistakes).toHaveLength(1);
    expect(find([folder], true).mistakes).toHaveLength(1);
  });
});
