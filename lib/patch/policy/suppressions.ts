import type { ParsedFile } from '../syntax/parsed-file.js';
import { netAdditions, placeAdditions, without } from './net-additions.js';
import type { ContentRule, Finding, PolicyInput } from './policy-rule.js';

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

/** Rules that directives of the file name, each as often as it is silenced; `*` where one silences all. */
function silencedRules(file: ParsedFile): string[] {
  return file.comments.flatMap((comment) => {
    const rest = /\b(?:eslint|oxlint|stylelint)-disable(?:-(?:next-)?line)?\b([\s\S]{0,2000})/.exec(comment)?.[1];
    if (rest === undefined) return [];
    const rules = (rest.split(/\s--/)[0] ?? '').split(',').map((rule) => rule.trim());
    return rules.every((rule) => rule === '') ? ['*'] : rules.filter((rule) => rule !== '');
  });
}

/** A rule that a file silences more often than before, whatever it stops silencing, unless that was all of them. */
function findWidened({ changes }: PolicyInput, message: string): Finding[] {
  const tallies = changes.map(({ file, before, after }) => {
    const [old, now] = [before ? silencedRules(before) : [], after ? silencedRules(after) : []];
    return { path: file.path, gone: without(old, now), more: without(now, old) };
  });
  const given = tallies.flatMap(({ gone }) => gone);
  return tallies.flatMap(({ path, gone, more }) =>
    without(more, given).length > 0 && !gone.includes('*') ? [{ path, message }] : [],
  );
}

/** What ends the reach of a directive may go only with the directive. */
function countOpen(file: ParsedFile): number {
  const count = (pattern: RegExp) => file.comments.filter((comment) => pattern.test(comment)).length;
  return count(/\b(?:eslint|oxlint|stylelint)-disable\b(?!-)/) - count(/\b(?:eslint|oxlint|stylelint)-enable\b/);
}

/** A line that the diagnosis blames is not silenced, not even by a directive that another line has no more. */
function findSilencedFault({ changes, diagnosis }: PolicyInput, pattern: RegExp, message: string): Finding[] {
  return changes.flatMap(({ file, before, after }) => {
    const lines = file.before?.split('\n') ?? [];
    const blamed = diagnosis.errors
      .flatMap((error) => [error, ...(error.places ?? [])])
      .flatMap((place) =>
        place.file === file.path && place.line !== undefined ? (lines[place.line - 1]?.trim() ?? []) : [],
      );
    const reached = (parsed: ParsedFile | undefined) =>
      parsed && parsed.kind !== 'text'
        ? directivesIn(parsed, pattern).flatMap((directive) => directive.split('\n').slice(1))
        : [];
    const more = without(reached(after), reached(before));
    return blamed.some((line) => line !== '' && more.includes(line)) ? [{ path: file.path, message }] : [];
  });
}

function directiveRule(name: string, pattern: RegExp, message: string): ContentRule {
  return {
    name,
    severity: 'refused',
    check(input) {
      const more = placeAdditions(input, { places: (file) => directivesIn(file, pattern), message });
      if (more.length > 0) return more;
      const far = placeAdditions(input, { places: (file) => farReachingIn(file, pattern), message });
      const open =
        pattern === LINT ? [...findWidened(input, message), ...netAdditions(input, { count: countOpen, message })] : [];
      return [...far, ...open, ...findSilencedFault(input, pattern, message)];
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
