import { netAdditions } from './net-additions.js';
import type { ContentRule } from './policy-rule.js';

const TYPE_CHECK =
  /@ts-(?:ignore|nocheck|expect-error)\b|@vue-(?:ignore|expect-error|nocheck|skip)\b|@ts-check\s+false/gi;

const LINT =
  /\b(?:eslint|oxlint|stylelint)-disable\b|\beslint-env\b|\bbiome-ignore\b|\bsvelte-ignore\b|\bvue-ignore\b|\btslint:disable|\bdeno-lint-ignore|\bjshint\s+ignore|\bxo-disable\b|\bprettier-ignore\b|\b(?:v8|c8|istanbul) ignore\b|^\s*(?:eslint|globals?|exported)\s+[\w"'@$]/gim;

const RESOLUTION = /@vite-ignore\b|\b(?:webpack|turbopack|rspack)(?:Ignore|Optional)\s*:\s*true\b/g;

function countIn(comments: readonly string[], pattern: RegExp): number {
  return comments.reduce((sum, comment) => sum + (comment.match(pattern)?.length ?? 0), 0);
}

function directiveRule(name: string, pattern: RegExp, message: string): ContentRule {
  return {
    name,
    severity: 'refused',
    check: (input) =>
      netAdditions(input, {
        // A kind of file that no parser reads is searched whole: there a false alarm is the lesser evil.
        count: (file) => countIn(file.kind === 'text' ? [file.text] : file.comments, pattern),
        message,
      }),
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
