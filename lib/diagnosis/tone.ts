/** Whether a line complains, whoever wrote it, and what is left of it without marks and labels. */

/** `loud`: labelled an error. `soft`: in the words of one. `warning`: labelled a lesser thing. */
export type Tone = 'loud' | 'soft' | 'warning' | 'none';

/** What tools put before their label: a time, a logger's name in brackets, a rule of the frame. */
const lead =
  '[\\s│|┃>▲✦•*]{0,12}(?:\\[?\\d{1,2}:\\d{2}:\\d{2}(?:\\.\\d{1,3})?(?: ?[AP]M)?\\]?\\s{1,2})?(?:\\[(?!error|warn|fatal)[^\\]]{1,60}\\]:?\\s{0,2}){0,3}';
const mark = '[✖✘✗×❌⨯🚨💥🔥⛔🛑❗🔴\\ufe0f]{1,3}\\s{0,3}';
const label =
  '(?:\\[(?:error|fatal|err)\\]|(?:(?:un|in)?[A-Za-z_$][\\w$.]{0,60})?(?:Error|Exception|Fault)(?: \\[\\w{1,60}\\])?(?=[:\\s\\])(]|$)|(?:error|fatal|err!?|panic|critical|failed|failure)\\b)';
const loudStart = new RegExp(`^${lead}(?:${mark}|${label})`, 'iu');
const labelInside = /(?:[:\])] ?|\s-\s|\s{2})(?:fatal )?error\b(?! handl| bound| page| log| message| code)/i;
const warningStart = new RegExp(
  `^${lead}(?:⚠|\\(!\\)|\\[?warn(?:ing)?\\b|\\[?(?:info|debug|notice|hint|note|tip)\\b)`,
  'iu',
);
const warningInside = /(?:[:\])] ?|\s-\s|\s{2})warn(?:ing)?\b/i;
const nothingWrong =
  /\b(?:0|no|without|zero|any) (?:\w{1,20} )?(?:errors?|problems?|issues|failures|failed)\b|\berrors?: 0\b|\b0 (?:failed|failing)\b|fail(?:ed)?: ?0\b/i;
const complaint =
  /\b(?:error|failed|failure|cannot|can't|could not|couldn't|unable to|invalid|unexpected|unterminated|unclosed|unresolved|unknown|undefined|not found|not allowed|not supported|unsupported|missing|must (?:be|have|not)|does not (?:exist|match|have|provide)|doesn't (?:exist|match|have)|is not (?:a|an|defined|assignable|exported|valid|callable)|expected|duplicate|already (?:declared|exists|defined)|conflict|denied|refused|violat\w{1,6}|incompatible|mismatch|unmatched|no such|out of range|unused|forbidden|illegal|malformed|corrupt\w{0,4}|broken|dead link)\b/i;

export function toneOf(text: string): Tone {
  const head = text.slice(0, 600);
  if (nothingWrong.test(head)) return 'none';
  if (warningStart.test(head)) return 'warning';
  if (loudStart.test(head)) return 'loud';
  if (warningInside.test(head)) return 'warning';
  if (labelInside.test(head)) return 'loud';
  return complaint.test(head) ? 'soft' : 'none';
}

const leadingNoise = new RegExp(
  `^${lead}(?:${mark})?(?:\\[?(?:error|fatal|err!?)\\]?(?:[:\\s]\\s{0,3}|$)){0,2}(?:-\\s)?`,
  'iu',
);

/** The sentence without what stands before it: frame rules, times, loggers' names, marks, the word error. */
export function withoutLabels(text: string): string {
  const rest = text.replace(leadingNoise, '').trim();
  return rest === '' ? text.trim() : rest;
}
