import { describe, expect, it } from 'vitest';
import { textsIn } from '../../../lib/report/texts/texts.js';
import { LANGUAGES } from '../../../lib/settings/settings-schema.js';

/** Every place of a table with what stands there: `settings.atLine` and how many values it takes. */
function listKeys(table: object, path = ''): string[] {
  return Object.entries(table).flatMap(([key, value]) => {
    if (typeof value === 'object' && value !== null) return listKeys(value, `${path}${key}.`);
    return [`${path}${key}: ${typeof value === 'function' ? `of ${value.length}` : typeof value}`];
  });
}

function listSentences(table: object): string[] {
  return Object.values(table).flatMap((value) => {
    if (typeof value === 'object' && value !== null) return listSentences(value);
    return typeof value === 'string' ? [value] : [];
  });
}

describe('the texts that land in a repository', () => {
  const english = textsIn('en');

  it.each(LANGUAGES)('have the same keys in every language: %s', (language) => {
    expect(listKeys(textsIn(language))).toEqual(listKeys(english));
  });

  it.each(LANGUAGES.filter((language) => language !== 'en'))('are another language indeed: %s', (language) => {
    const translated = listSentences(textsIn(language));
    const untouched = listSentences(english).filter((sentence) => / /.test(sentence) && translated.includes(sentence));

    expect(untouched).toEqual([]);
  });
});
