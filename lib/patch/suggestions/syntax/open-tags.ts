/** The offset after the `>` of an opening tag whose attributes hold no `>` outside of quotes and braces. */
export function endOfTag(text: string, from: number): number | undefined {
  let depth = 0;
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '{') depth++;
    else if (character === '}') depth--;
    else if (character === '>' && depth === 0) return text[at - 1] === '/' ? undefined : at + 1;
  }
  return undefined;
}

const PHRASE = /^(?:a|abbr|b|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u)$/;

/** Whether an element that marks a part of a text may end before all of these words: `<b>Note: the tide`, `not <em>here today`. */
export function mayEndEarlier(name: string, before: string, content: string): boolean {
  const words = content.replace(/\{[^{}]*\}/g, '{}').trim();
  if (!PHRASE.test(name) || !/\s/.test(words)) return false;
  return /[\w.,;!'"})]\s*$/.test(before) || /[.,:;!?]\s/.test(words);
}

/**
 * In `{open && <b>now {count}}`: where an element whose content is given may end, which is before the brackets that
 * close the expression around it. None where the content may hold a part of that expression itself.
 */
export function endsInExpression(content: string): number[] {
  let depth = 0;
  let end = -1;
  for (let at = 0; at < content.length && end < 0; at++) {
    if (content[at] === '{') depth++;
    else if (content[at] === '}' && --depth < 0) end = at;
  }
  const held = content.slice(0, Math.max(end, 0)).trimEnd();
  const marks = /(?:\s*\))*$/.exec(held)?.[0] ?? '';
  const text = held.slice(0, held.length - marks.length).replace(/\{[^{}]*\}/g, '{}');
  if (text.trim() === '' || /\|\||&&|\?\?/.test(text) || (marks !== '' && text.includes(','))) return [];
  const start = held.length - marks.length;
  const before = [...marks].flatMap((mark, index) => (mark === ')' ? [start + index] : []));
  return [...before.map((at) => content.slice(0, at).trimEnd().length), held.length];
}
