import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../lib/incident/incident.js';
import { buildComment, buildCommitComment, buildIssue } from '../../../lib/report/comments.js';
import { buildPullRequestBody, buildPullRequestTitle } from '../../../lib/report/pull-request.js';
import { textsIn } from '../../../lib/report/texts/texts.js';
import { readSettings } from '../../../lib/settings/read-settings.js';
import { LANGUAGES } from '../../../lib/settings/settings-schema.js';
import { fakeAttempt, fakeIncident } from '../incidents.js';

/** Every place of a table with what stands there: `settings.atLine` and how many values it takes. */
function listKeys(table: object, path = ''): string[] {
  return Object.entries(table).flatMap(([key, value]) => {
    if (typeof value === 'object' && value !== null) return listKeys(value, `${path}${key}.`);
    return [`${path}${key}: ${typeof value === 'function' ? `of ${value.length}` : typeof value}`];
  });
}

/** What stands at each place, functions called with values that no language changes. */
function listSentences(table: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(table)) {
    if (typeof value === 'string') found.set(path + key, value);
    else if (typeof value === 'function') found.set(path + key, String(value(7, 7, 7)));
    else if (typeof value === 'object' && value !== null)
      for (const [place, sentence] of listSentences(value, `${path}${key}.`)) found.set(place, sentence);
  }
  return found;
}

/** A language of its own, apart from what both of them say alike. */
const ALIKE = new Set([
  'pullRequest.columns.0',
  'pullRequest.inRoot',
  'pullRequest.error',
  'comment.inPlace',
  'comment.edits.replace',
]);
const STATUSES: readonly Incident['status'][] = [
  'detected',
  'diagnosed',
  'redeployed',
  'proposed',
  'refuted',
  'verified',
  'merged',
  'taken-over',
  'healed',
  'joined',
  'rejected',
  'superseded',
  'escalated',
];

describe('the texts that land in a repository', () => {
  const english = textsIn('en');
  const others = LANGUAGES.filter((language) => language !== 'en');

  it.each(LANGUAGES)('have the same keys in every language: %s', (language) => {
    expect(listKeys(textsIn(language))).toEqual(listKeys(english));
  });

  it.each(others)('are another language at every place: %s', (language) => {
    const translated = listSentences(textsIn(language));
    const untouched = [...listSentences(english)].filter(
      ([place, sentence]) => translated.get(place) === sentence && !ALIKE.has(place),
    );

    expect(untouched).toEqual([]);
  });

  it.each(LANGUAGES)('fit into a commit status, which holds 140 characters: %s', (language) => {
    const tooLong = Object.values(textsIn(language).commitStatus).filter((text) => text.length > 140);

    expect(tooLong).toEqual([]);
  });

  it.each(others)('say nothing of their own in English: %s', (language) => {
    // Longer sentences and headings of the English table; what strangers said is in the language that it was said in.
    const own = [...listSentences(english).values()].filter((sentence) => / .* /.test(sentence) && !/7/.test(sentence));
    for (const status of STATUSES) {
      const incident = fakeIncident(status, { settings: { sha: 'a', ...readSettings('{"lables": 1}') } });
      const attempt = fakeAttempt();
      const told = [
        buildPullRequestTitle(incident, attempt, language),
        buildPullRequestBody({ incident, attempt, language, dashboardUrl: 'https://heal.example.dev' }),
        buildComment(incident, { language, dashboardUrl: 'https://heal.example.dev' })?.body ?? '',
        incident.status === 'escalated' ? buildIssue(incident, { language }).body : '',
        incident.status === 'escalated' ? buildCommitComment(incident, { language }).body : '',
      ].join('\n');

      expect(own.filter((sentence) => told.includes(sentence))).toEqual([]);
      expect(told).not.toMatch(/\b(?:undefined|null|NaN)\b/);
    }
  });
});
