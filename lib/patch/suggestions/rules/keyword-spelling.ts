import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { editDistance, slipsAllowed } from '../distance.js';
import type { Fix, Rule } from '../rule.js';
import { KEYWORDS } from '../syntax/keywords.js';
import { isScript, parseSource } from '../syntax/parse.js';
import { lineOf, lineStarts, offsetOf, replaceRanges } from '../syntax/source-text.js';

interface Candidate {
  readonly word: string;
  readonly keyword: string;
  readonly line: number;
  readonly distance: number;
  readonly text: string;
}

/**
 * `expot default function`: a word near the place of a syntax error that one slip separates from a keyword,
 * where putting the keyword makes the whole file parse and no other keyword at no other word does.
 */
export const keywordSpelling: Rule = {
  name: 'keyword-spelling',
  async propose(error, workspace) {
    const { file } = error;
    if (file === undefined || !isScript(file) || !isSyntaxOrUnknownName(error.kind, error.message)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;

    const named = correctAsNamed(error, file, text);
    if (named) return named;
    const broken = await workspace.parse(file, text);
    if (broken.errors.length === 0) return undefined;
    const places = broken.errors.flatMap((problem) => problem.labels.map((label) => lineOf(text, label.start)));
    if (error.line !== undefined) places.push(error.line);

    const repaired: Candidate[] = [];
    for (const candidate of findCandidates(text, new Set(places.flatMap((line) => [line - 1, line, line + 1])))) {
      if (repaired.some((better) => better.distance < candidate.distance)) break;
      const { errors } = await parseSource(file, candidate.text);
      if (errors.length === 0) repaired.push(candidate);
    }
    const [only, another] = repaired;
    if (!only || another) return undefined;
    return {
      files: new Map([[file, only.text]]),
      cause: `\`${only.word}\` in ${file}, line ${only.line}, is not a keyword, so the file does not parse.`,
      change: `Spells it \`${only.keyword}\`, the only keyword with which the file parses.`,
    };
  },
};

/** Svelte: `'elseif' should be 'else if'`, at the place of the block. */
function correctAsNamed(error: BuildError, file: string, text: string): Fix | undefined {
  const [, wrong, right] = /^'([a-z ]+)' should be '([a-z ]+)'/.exec(error.message) ?? [];
  const start = error.line === undefined ? undefined : offsetOf(text, error.line, error.column);
  const at = start === undefined || wrong === undefined ? -1 : text.indexOf(wrong, start);
  if (start === undefined || wrong === undefined || right === undefined || at < start || at > start + 3)
    return undefined;
  return {
    files: new Map([[file, replaceRanges(text, [{ start: at, end: at + wrong.length, text: right }])]]),
    cause: `\`${wrong}\` in ${file}, line ${error.line}, is not a keyword.`,
    change: `Writes \`${right}\`, as the compiler says.`,
  };
}

function isSyntaxOrUnknownName(kind: string, message: string): boolean {
  return kind === 'syntax' || kind === 'other' || /cannot find name|unexpected (?:keyword|identifier)/i.test(message);
}

const WORD = /[A-Za-z]{2,16}/g;

/** Nearest spellings first. */
function findCandidates(text: string, lines: ReadonlySet<number>): Candidate[] {
  const candidates: Candidate[] = [];
  for (const [index, start] of lineStarts(text).entries()) {
    if (!lines.has(index + 1)) continue;
    const end = text.indexOf('\n', start);
    const lineText = text.slice(start, end < 0 ? text.length : end);
    for (const match of lineText.matchAll(WORD)) {
      const [word] = match;
      const at = start + match.index;
      if (/[\w$]/.test(text[at - 1] ?? ' ') || /[\w$]/.test(text[at + word.length] ?? ' ')) continue;
      for (const keyword of KEYWORDS) {
        const distance = editDistance(word, keyword, slipsAllowed(keyword));
        if (distance === 0 || distance > slipsAllowed(keyword)) continue;
        const replaced = text.slice(0, at) + keyword + text.slice(at + word.length);
        candidates.push({ word, keyword, line: index + 1, distance, text: replaced });
      }
    }
  }
  return candidates.sort((left, right) => left.distance - right.distance);
}
