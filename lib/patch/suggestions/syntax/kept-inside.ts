import { escapePattern } from '../../../context/word-pattern.js';

const KEPT = /@(?:internal|private|visibleForTesting)\b|\b(?:for|in|by) (?:unit )?tests?\b|\btests?[ -]only\b/i;
const COMMENT_ABOVE = /(?:\/\*(?:(?!\*\/)[\s\S])*\*\/|(?:[^\S\n]*\/\/[^\n]*\n)+)\s*$/;

/** Whether the comment above a declaration keeps it from others: marked as internal, or there for tests. */
export function isKeptInside(text: string, name: string): boolean {
  const declares = new RegExp(
    `^(?:export\\s+)?(?:(?:default|async|abstract|declare)\\s+)*(?:function\\*?|class|interface|type|enum|const|let)\\s+${escapePattern(name)}(?![\\w$])`,
    'm',
  );
  const at = declares.exec(text)?.index;
  return at !== undefined && KEPT.test(COMMENT_ABOVE.exec(text.slice(0, at))?.[0] ?? '');
}
