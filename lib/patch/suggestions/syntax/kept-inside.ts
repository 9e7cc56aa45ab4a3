import { escapePattern } from '../../../context/word-pattern.js';

const KEPT = /@(?:internal|private|visibleForTesting)\b|\b(?:for|in|by) (?:unit )?tests?\b|\btests?[ -]only\b/i;

/** Whether the comment above a declaration keeps it from others: marked as internal, or there for tests. */
export function isKeptInside(text: string, name: string): boolean {
  const declares = new RegExp(
    `^(?:export\\s+)?(?:(?:default|async|abstract|declare)\\s+)*(?:function\\*?|class|interface|type|enum|const|let)\\s+${escapePattern(name)}(?![\\w$])`,
    'm',
  );
  const at = declares.exec(text)?.index;
  return at !== undefined && KEPT.test(commentAtEnd(text.slice(0, at).trimEnd()));
}

/** Line by line: one pattern for it would begin anew at every line of a long comment. */
function commentAtEnd(text: string): string {
  if (text.endsWith('*/')) return text.slice(Math.max(0, text.lastIndexOf('/*')));
  const lines = text.split('\n');
  const last = lines.findLastIndex((line) => !line.trimStart().startsWith('//'));
  return lines.slice(last + 1).join('\n');
}
