import type { SettingsMistake } from '../settings/read-settings.js';
import { type Language, SETTINGS_PATH } from '../settings/settings-schema.js';
import { inlineCode, markdownLink, shorten } from './escape.js';
import { textsIn } from './texts/texts.js';

const MOST_MISTAKES = 10;

/** What is wrong, raw: `limits.tries (line 6) is not known`. The caller escapes it. */
export function describeMistake(mistake: SettingsMistake, language: Language): string {
  const { settings } = textsIn(language);
  const line = mistake.line === undefined ? '' : ` (${settings.atLine(mistake.line)})`;
  const subject = mistake.where === '' ? SETTINGS_PATH : shorten(mistake.where, 100);
  return `${subject}${line} ${settings.problems[mistake.problem](mistake.wanted ?? '')}`;
}

/** Mistakes as a Markdown section; '' when there are none. */
export function listMistakes(
  mistakes: readonly SettingsMistake[],
  options: { readonly language: Language; readonly heading: '###' | '####'; readonly schemaUrl?: string | undefined },
): string {
  if (mistakes.length === 0) return '';
  const { settings } = textsIn(options.language);
  const items = mistakes.slice(0, MOST_MISTAKES).map((mistake) => {
    const subject = inlineCode(mistake.where === '' ? SETTINGS_PATH : shorten(mistake.where, 100));
    const line = mistake.line === undefined ? '' : ` (${settings.atLine(mistake.line)})`;
    return `- ${subject}${line} ${settings.problems[mistake.problem](shorten(mistake.wanted ?? '', 200))}`;
  });
  if (mistakes.length > items.length) items.push(`- ${settings.more(mistakes.length - items.length)}`);
  return [
    `${options.heading} ${settings.heading}`,
    settings.inFile(inlineCode(SETTINGS_PATH)),
    items.join('\n'),
    settings.consequence,
    ...(options.schemaUrl === undefined
      ? []
      : [settings.schema(markdownLink('self-healing.schema.json', options.schemaUrl))]),
  ].join('\n\n');
}

/** The one comment about settings on a pull request. */
export const SETTINGS_TOPIC = 'settings';

/** What is wrong with the settings that a pull request brings, or that it is mended. */
export function buildSettingsComment(
  mistakes: readonly SettingsMistake[],
  about: { readonly language: Language; readonly sha: string; readonly schemaUrl?: string | undefined },
): string {
  const { settings } = textsIn(about.language);
  const seen = settings.seenAt(about.sha.slice(0, 7));
  if (mistakes.length === 0) return `${settings.mended} ${seen}`;
  return `${listMistakes(mistakes, { ...about, heading: '###' })}\n\n${seen}`;
}
