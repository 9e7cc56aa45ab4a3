import type { ParsedFile } from '../syntax/parsed-file.js';
import { placeAdditions } from './net-additions.js';
import type { ContentRule } from './policy-rule.js';

const TYPE_CHECK =
  /@ts-(?:ignore|nocheck|expect-error)\b|@vue-(?:ignore|expect-error|nocheck|skip)\b|@ts-check\s+false/gi;

const LINT =
  /\b(?:eslint|oxlint|stylelint)-disable\b|\beslint-env\b|\bbiome-ignore\b|\bsvelte-ignore\b|\bvue-ignore\b|\btslint:disable|\bdeno-lint-ignore|\bjshint\s+ignore|\bxo-disable\b|\bprettier-ignore\b|\b(?:v8|c8|istanbul) ignore\b|^\s*(?:eslint|globals?|exported)\s+[\w"'@$]/gim;

const RESOLUTION = /@vite-ignore\b|\b(?:webpack|turbopack|rspack)(?:Ignore|Optional)\s*:\s*true\b/g;

/** A directive that reaches further than the line that it stands on or before. */
const FAR_REACHING = /disable(?!-(?:next-)?line)|nocheck|-env\b|^\s*(?:eslint|globals?|exported)\s/i;

/** Each directive by what it says and the line that it silences; one that silences more is like no other. */
function directivesIn(file: ParsedFile, pattern: RegExp): string[] {
  // A kind of file that no parser reads is searched whole: there a false alarm is the lesser evil.
  const comments = file.kind === 'text' ? [file.text] : file.comments;
  const seen = new Map<string, number>();
  return comments.flatMap((comment) => {
    const directives = comment.match(pattern) ?? [];
    if (directives.length === 0) return [];
    const at = file.text.indexOf(comment, seen.get(comment) ?? 0);
    seen.set(comment, at + 1);
    const [own = '', next = ''] = file.text.slice(file.text.lastIndexOf('\n', at) + 1).split('\n', 2);
    const reach = FAR_REACHING.test(comment) || file.kind === 'text' ? file.text : `${own.trim()}\n${next.trim()}`;
    return directives.map((directive) => `${directive}\n${reach}`);
  });
}

function farReachingIn(file: ParsedFile, pattern: RegExp): string[] {
  return directivesIn({ ...file, comments: file.comments.filter((comment) => FAR_REACHING.test(comment)) }, pattern);
}

function directiveRule(name: string, pattern: RegExp, message: string): ContentRule {
  return {
    name,
    severity: 'refused',
    check(input) {
      const more = placeAdditions(input, { places: (file) => directivesIn(file, pattern), message });
      return more.length > 0
        ? more
        : placeAdditions(input, { places: (file) => farReachingIn(file, pattern), message });
    },
  };
}

export const suppressionRules: readonly ContentRule[] = [
  directiveRule('type-check-suppressed', TYPE_CHECK, 'The patch adds a comment that silences the type checker.'),
  directiveRule('lint-suppressed', LINT, 'The patch adds a comment that silences the linter.'),
  directiveRule(
    'resolution-suppressed',
    RESOLUTION,
    'The patch adds a comment that keeps the bundler from resolving an import.',
  ),
];
