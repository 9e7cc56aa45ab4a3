/** Errors that one sentence tells whole: a table a tool, read by one matcher. */
import { createFinder } from './any-of.js';
import type { BuildError, ErrorKind, FailureClass } from './diagnosis.js';
import { type Finding, type LineStream, logLineAt, type Matcher, textAt } from './finding.js';

export type Groups = Readonly<Record<string, string | undefined>>;

export interface SentenceRule {
  readonly tool: string;
  /** A part of the line that is looked for before the pattern runs. */
  readonly has: string;
  /**
   * Named groups become the error's fields: `code`, `file`, `line`, `column`, `specifier`, `symbol`, `suggestion`,
   * `route`. Anchored, or started by a literal, so that it runs in one pass. Absent: `has` is enough.
   */
  readonly pattern?: RegExp;
  readonly kind: ErrorKind;
  readonly code?: string;
  readonly role?: Finding['role'];
  readonly class?: FailureClass;
  readonly remedy?: string | ((groups: Groups) => string);
  /** How many lines after it belong to its message, at most, up to the first blank one. */
  readonly more?: number;
  /** Looks at the lines around when the sentence alone does not decide. */
  readonly when?: (lines: LineStream, at: number) => boolean;
  /** Fields that stand on other lines. */
  readonly also?: (lines: LineStream, at: number, groups: Groups) => Partial<BuildError>;
}

const fields = ['code', 'file', 'specifier', 'symbol', 'suggestion', 'route'] as const;

export function createSentenceMatcher(rules: readonly SentenceRule[]): Matcher {
  const find = createFinder(rules.map(({ has }) => has));
  return (lines, at) => {
    const text = textAt(lines, at);
    const found = find(text);
    if (found === undefined) return undefined;
    for (const rule of rules) {
      if (!found.has(rule.has)) continue;
      const match = rule.pattern === undefined ? undefined : rule.pattern.exec(text);
      if (match === null || (rule.when !== undefined && !rule.when(lines, at))) continue;
      return readRule(rule, lines, at, match?.groups ?? {});
    }
    return undefined;
  };
}

function readRule(rule: SentenceRule, lines: LineStream, at: number, groups: Groups) {
  const message = [cleanSentence(textAt(lines, at))];
  let end = at + 1;
  while (end <= at + (rule.more ?? 0) && textAt(lines, end).trim() !== '')
    message.push(cleanSentence(textAt(lines, end++)));
  const error: BuildError = {
    tool: rule.tool,
    kind: rule.kind,
    ...(rule.code === undefined ? {} : { code: rule.code }),
    ...fieldsOf(groups),
    message: message.join('\n'),
    logLine: logLineAt(lines, at),
    ...rule.also?.(lines, at, groups),
  };
  const remedy = typeof rule.remedy === 'function' ? rule.remedy(groups) : rule.remedy;
  const finding: Finding = {
    error,
    role: rule.role ?? 'cause',
    ...(rule.class === undefined ? {} : { class: rule.class }),
    ...(remedy === undefined ? {} : { remedy }),
  };
  return { findings: [finding], end };
}

function fieldsOf(groups: Groups): Partial<BuildError> {
  const found: Record<string, string | number> = {};
  for (const field of fields) {
    const value = groups[field];
    if (value !== undefined) found[field] = value;
  }
  if (groups.line !== undefined) found.line = Number(groups.line);
  if (groups.column !== undefined) found.column = Number(groups.column);
  return found;
}

const noise = /^(?:npm (?:error|ERR!) ?|➤ |\[cause\]: |\s*⨯ |error - |✘ \[ERROR\] |✗ |❌ ?)+/;

/** A sentence without the marks that tools put before it. */
export function cleanSentence(text: string): string {
  return text.trim().replace(noise, '').trim();
}
