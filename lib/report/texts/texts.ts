import type { Language } from '../../settings/settings-schema.js';
import { DE } from './de.js';
import { EN } from './en.js';

/** Every text that lands in a repository. Strangers' words are given to them escaped. */
export type Texts = typeof EN;

const TEXTS: Readonly<Record<Language, Texts>> = { en: EN, de: DE };

export function textsIn(language: Language): Texts {
  return TEXTS[language];
}
