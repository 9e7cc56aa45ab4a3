/** A part of one line of code; `plain` has no colour of its own. */
export interface CodeToken {
  readonly kind: 'plain' | 'keyword' | 'string' | 'number' | 'comment' | 'tag';
  readonly text: string;
}

const KEYWORDS = new Set(
  (
    'abstract as async await break case catch class const continue debugger declare default delete do else enum export ' +
    'extends false finally for from function get if implements import in instanceof interface is keyof let namespace ' +
    'new null of private protected public readonly return satisfies set static super switch this throw true try type ' +
    'typeof undefined using var void while with yield'
  ).split(' '),
);

// One alternative a kind, each of them linear. A string or comment that goes on in the next line ends with this one.
const TOKENS =
  /(?<comment>\/\/.*|\/\*.*?(?:\*\/|$)|<!--.*?(?:-->|$))|(?<string>"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`?)|(?<tag><\/?[A-Za-z][\w.:-]*|\/?>)|(?<number>\b\d[\w.]*)|(?<word>[A-Za-z_$][\w$]*)/g;

/**
 * The tokens of one line, in the manner of the languages of the web. It knows no grammar: a wrong guess is a wrong
 * colour and nothing else. The texts joined are the line.
 */
export function highlightLine(line: string): readonly CodeToken[] {
  const tokens: CodeToken[] = [];
  let end = 0;
  for (const match of line.matchAll(TOKENS)) {
    if (match.index > end) tokens.push({ kind: 'plain', text: line.slice(end, match.index) });
    tokens.push({ kind: kindOf(match.groups ?? {}), text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < line.length) tokens.push({ kind: 'plain', text: line.slice(end) });
  return tokens;
}

/** The tokens cut at `from` and `to`: before, between and after. */
export function cutTokens(
  tokens: readonly CodeToken[],
  from: number,
  to: number,
): readonly [before: readonly CodeToken[], between: readonly CodeToken[], after: readonly CodeToken[]] {
  const parts: [CodeToken[], CodeToken[], CodeToken[]] = [[], [], []];
  let at = 0;
  for (const { kind, text } of tokens) {
    const start = Math.min(Math.max(from - at, 0), text.length);
    const end = Math.min(Math.max(to - at, start), text.length);
    const pieces = [text.slice(0, start), text.slice(start, end), text.slice(end)] as const;
    for (const [index, piece] of pieces.entries()) if (piece !== '') parts[index]?.push({ kind, text: piece });
    at += text.length;
  }
  return parts;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>): CodeToken['kind'] {
  if (groups.comment !== undefined) return 'comment';
  if (groups.string !== undefined) return 'string';
  if (groups.tag !== undefined) return 'tag';
  if (groups.number !== undefined) return 'number';
  return KEYWORDS.has(groups.word ?? '') ? 'keyword' : 'plain';
}
