/** Linters: ESLint in its formats and in Next's, Biome, Oxlint, Prettier. */
import { readCodeFrame } from '../code-frame.js';
import type { BuildError } from '../diagnosis.js';
import { type Finding, type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { isPathLike, parseLocation } from '../locations.js';
import { readPrintedFix } from '../printed-fix.js';
import { readFrameHeader } from './next-compile.js';

/** `  3:7  error  message  rule` and Next's `3:7  Error: message  rule`; CRA's `  Line 3:7:  message  rule`. */
const row = /^\s*(?:Line )?(\d{1,7}):(\d{1,7}):?\s{1,20}(?:(error|warning|Error:|Warning:)\s{1,20})?(\S.{0,1000})$/;
const rowStart = /^\s*(?:Line )?\d/;
const ruleName = /\s{2,40}((?:@[\w-]{1,60}\/)?[\w-]{1,80}(?:\/[\w-]{1,80}){0,2})$/;
const compact = /^(\S.{0,300}): line (\d{1,7}), col (\d{1,7}), (Error|Warning) - (.{1,1000}?) \(([^()]{1,120})\)$/;
const unix = /^(\S.{0,300}?):(\d{1,7}):(\d{1,7}): (.{1,1000}) \[(Error|Warning)\/([^\]]{1,120})\]$/;
const tooMany = /ESLint found too many warnings \(maximum: (\d{1,6})\)/;
const biomeHead =
  /^(\S.{0,300}?)(?::(\d{1,7}):(\d{1,7}))? ((?:lint|assist)\/[\w/]{3,100}|format|parse|organizeImports|deserialize|configuration)(?: {1,3}FIXABLE)? {1,3}━/;

export function matchLinters(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  if (text.includes('[Error/') || text.includes('[Warning/')) return readUnix(lines, at, text);
  if (text.includes(': line ') && text.includes(', col ')) return readCompact(lines, at, text);
  if (text.includes('━')) return readBiome(lines, at, text);
  if (text.includes('too many warnings') && tooMany.test(text)) return readTooMany(lines, at, text);
  if (text.startsWith('Oops! Something went wrong!')) return readCrash(lines, at);
  if (text.startsWith('[error] ')) return readPrettier(lines, at, text);
  if (text.startsWith('[warn] Code style issues ')) return readUnformatted(lines, at, text);
  if (
    text.includes('): ') &&
    /^\s*[×x✖⚠!] (?:eslint|typescript|react|unicorn|oxc|jsx|next|import|promise)[\w-]{0,30}\(/.test(text)
  )
    return readOxlint(lines, at, text);
  return readStylish(lines, at, text);
}

function lintError(input: {
  readonly lines: LineStream;
  readonly at: number;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly rule: string | undefined;
  readonly warning: boolean;
}): Finding {
  const { lines, at, file, line, column, message, rule, warning } = input;
  const symbol = /^['‘]([\w$]{1,100})['’] is /.exec(message)?.[1];
  const error: BuildError = {
    tool: 'eslint',
    kind: kindOf(message, file, { line, column }),
    ...(rule === undefined ? {} : { code: rule }),
    message,
    file,
    line,
    column,
    ...(symbol === undefined ? {} : { symbol }),
    logLine: logLineAt(lines, at),
  };
  return { role: warning ? 'warning' : 'cause', error };
}

/** What typescript-eslint and espree say of the options that they were given, at the head of whichever file was first. */
const refusedOptions =
  /^Parsing error: (?:Invalid ecmaVersion|error TS\d{4,5}|"?parserOptions|ESLint was configured to run on|No (?:Babel|tsconfig)|.{1,300} was not found by the project service|Cannot read file|.{0,60}experimentalDecorators)/;
/** ESLint's own parser on what only TypeScript has; the one of typescript-eslint says what it expected. */
const plainParser =
  /^Parsing error: (?:Unexpected token(?! [)\]};,])|The keyword '(?:interface|enum|type)' is reserved|Unexpected reserved word '(?:interface|package|private|protected|public|static)')/;

function kindOf(message: string, file: string, { line, column }: { line: number; column: number }): BuildError['kind'] {
  if (refusedOptions.test(message)) return 'config';
  if (/\.[cm]?tsx?$/.test(file) && plainParser.test(message)) return 'config';
  if (message.startsWith('Parsing error')) return 'syntax';
  // At the head of a file it is the configuration that names the rule, elsewhere a comment.
  if (line <= 1 && column <= 1 && /^(?:Definition for rule .{1,100} was not found|Unknown rule \S)/.test(message))
    return 'config';
  return /^✖\s{1,4}Unknown rule \S/.test(message) ? 'config' : 'lint';
}

/** A path alone, then its rows. */
function readStylish(lines: LineStream, at: number, text: string): Match | undefined {
  const next = textAt(lines, at + 1);
  if (!rowStart.test(next) || !row.test(next)) return undefined;
  const path = text.trim().replace(/^\[eslint\]\s*/, '');
  if (!isPathLike(path)) return undefined;
  const findings: Finding[] = [];
  let end = at + 1;
  for (; end < lines.texts.length; end++) {
    const match = row.exec(textAt(lines, end));
    if (match?.[4] === undefined) break;
    const rule = ruleName.exec(match[4]);
    const said = match[3] ?? (/^\s*Line /.test(textAt(lines, end)) ? 'error' : undefined);
    if (said === undefined && rule === null) break;
    findings.push(
      lintError({
        lines,
        at: end,
        file: path,
        line: Number(match[1]),
        column: Number(match[2]),
        message: (rule === null ? match[4] : match[4].slice(0, rule.index)).trim(),
        rule: rule?.[1],
        warning: /^warning/i.test(said ?? ''),
      }),
    );
  }
  return findings.length === 0 ? undefined : { findings, end };
}

function readCompact(lines: LineStream, at: number, text: string): Match | undefined {
  const match = compact.exec(text);
  if (match?.[1] === undefined) return undefined;
  const finding = lintError({
    lines,
    at,
    file: match[1],
    line: Number(match[2]),
    column: Number(match[3]),
    message: match[5] ?? '',
    rule: match[6],
    warning: match[4] === 'Warning',
  });
  return matchOne(finding, at + 1);
}

function readUnix(lines: LineStream, at: number, text: string): Match | undefined {
  const match = unix.exec(text);
  if (match?.[1] === undefined) return undefined;
  const finding = lintError({
    lines,
    at,
    file: match[1],
    line: Number(match[2]),
    column: Number(match[3]),
    message: match[4] ?? '',
    rule: match[6],
    warning: match[5] === 'Warning',
  });
  return matchOne(finding, at + 1);
}

/** With `--max-warnings` it is the warnings that fail the build. */
function readTooMany(lines: LineStream, at: number, text: string): Match {
  return matchOne(
    {
      role: 'cause',
      error: {
        tool: 'eslint',
        kind: 'lint',
        code: 'max-warnings',
        message: text.trim(),
        logLine: logLineAt(lines, at),
      },
    },
    at + 1,
  );
}

const biomeKinds: Readonly<Record<string, BuildError['kind']>> = {
  parse: 'syntax',
  deserialize: 'config',
  configuration: 'config',
};

function readBiome(lines: LineStream, at: number, text: string): Match | undefined {
  const match = biomeHead.exec(text);
  if (match?.[1] === undefined) return undefined;
  let message = '';
  let index = at + 1;
  for (; index < at + 6 && message === ''; index++)
    message = /^\s*[×!✖] (.{1,1000})$/.exec(textAt(lines, index))?.[1] ?? '';
  const warning = /^\s*!/.test(textAt(lines, index - 1));
  const rule = match[4] ?? '';
  const isError = message !== '' && !warning;
  const fix = isError ? readPrintedFix(lines, index - 1, (next) => biomeHead.test(next)) : undefined;
  return matchOne(
    {
      // `configuration` only says that what stands above it ended the run.
      role: warning ? 'warning' : rule === 'configuration' ? 'symptom' : 'cause',
      error: {
        tool: 'biome',
        kind: biomeKinds[rule] ?? 'lint',
        code: rule,
        message: message === '' ? rule : message,
        file: match[1],
        ...(match[2] === undefined ? {} : { line: Number(match[2]), column: Number(match[3]) }),
        ...(fix === undefined ? {} : { fix }),
        logLine: logLineAt(lines, at),
      },
    },
    index,
  );
}

function readOxlint(lines: LineStream, at: number, text: string): Match | undefined {
  const match = /^\s*([×x✖⚠!]) ([\w-]{1,40})\(([\w-]{1,80})\): (.{1,1000})$/.exec(text);
  const header = readFrameHeader(textAt(lines, at + 1));
  const place = header === undefined ? undefined : parseLocation(header);
  if (match === null || place?.line === undefined) return undefined;
  const plugin = match[2] === 'eslint' ? '' : `${match[2]}/`;
  return matchOne(
    lintError({
      lines,
      at,
      file: place.path,
      line: place.line,
      column: place.column ?? 1,
      message: match[4] ?? '',
      rule: `${plugin}${match[3]}`,
      warning: match[1] === '⚠' || match[1] === '!',
    }),
    readCodeFrame(lines, at + 2).end,
  );
}

const prettierError = /^\[error\] (\S.{0,300}?): (SyntaxError: .{1,500}?) \((\d{1,7}):(\d{1,7})\)$/;

function readPrettier(lines: LineStream, at: number, text: string): Match | undefined {
  const match = prettierError.exec(text);
  if (match?.[1] === undefined) return undefined;
  return matchOne(
    {
      role: 'cause',
      error: {
        tool: 'prettier',
        kind: 'syntax',
        message: match[2] ?? '',
        file: match[1],
        line: Number(match[3]),
        column: Number(match[4]),
        logLine: logLineAt(lines, at),
      },
    },
    at + 1,
  );
}

/** `prettier --check` lists the files first. */
function readUnformatted(lines: LineStream, at: number, text: string): Match | undefined {
  const files: string[] = [];
  for (let index = at - 1; index >= 0 && files.length < 50; index--) {
    const file = /^\[warn\] (\S.{0,300})$/.exec(textAt(lines, index))?.[1];
    if (file === undefined || !isPathLike(file)) break;
    files.unshift(file);
  }
  const findings = files.map(
    (file): Finding => ({
      role: 'cause',
      error: {
        tool: 'prettier',
        kind: 'lint',
        code: 'format',
        message: text.slice('[warn] '.length).trim(),
        file,
        logLine: logLineAt(lines, at),
      },
    }),
  );
  return findings.length === 0 ? undefined : { findings, end: at + 1 };
}

const linted = /^Occurred while linting (\S.{0,300}?)(?::(\d{1,7}))?$/;

/**
 * ESLint under its own banner: a configuration that does not parse, which Node.js names nowhere, or a rule that fails
 * on a file. The rule asks the linter for what only another version of it has.
 */
function readCrash(lines: LineStream, at: number): Match | undefined {
  let head = at + 1;
  while (head < at + 6 && (textAt(lines, head).trim() === '' || textAt(lines, head).startsWith('ESLint: '))) head++;
  const sentence = textAt(lines, head);
  const limit = Math.min(lines.texts.length, head + 30);
  let end = head + 1;
  while (end < limit && !/^(?:Error: Command|npm (?:error|ERR!))/.test(textAt(lines, end))) end++;
  const block = lines.texts.slice(head, end);
  const place = block.map((row) => linted.exec(row)).find((match) => match !== null);
  const rule =
    block.map((row) => /^Rule: "([^"]{1,100})"$/.exec(row)?.[1]).find(Boolean) ??
    /Error while loading rule '([^']{1,100})': /.exec(sentence)?.[1];
  if (place?.[1] !== undefined && rule !== undefined && /^(?:\w{0,40}Error: )/.test(sentence)) {
    const own = rule.startsWith('@typescript-eslint/') && sentence.includes('type information');
    return matchOne(
      {
        role: 'cause',
        ...(own || !rule.includes('/') ? { class: 'config' as const } : { class: 'dependency' as const }),
        fact: `the rule ${rule} fails in the linter that is installed`,
        error: {
          tool: 'eslint',
          kind: own || !rule.includes('/') ? 'config' : 'peer-conflict',
          code: rule,
          symbol: rule,
          message: sentence.trim(),
          ...(own ? {} : { specifier: pluginOf(rule) }),
          trace: [place[1]],
          logLine: logLineAt(lines, at),
        },
      },
      end,
    );
  }
  if (!sentence.startsWith('SyntaxError: ') || block.slice(1).some((row) => /^\s+at (?!.*node:)/.test(row)))
    return undefined;
  return matchOne(
    {
      role: 'cause',
      error: { tool: 'eslint', kind: 'config', message: sentence.trim(), logLine: logLineAt(lines, at) },
    },
    end,
  );
}

/** `react-hooks/rules-of-hooks` is of eslint-plugin-react-hooks, `@next/next/no-img` of @next/eslint-plugin-next. */
function pluginOf(rule: string): string {
  const [first = '', second = '', third] = rule.split('/');
  if (!first.startsWith('@')) return `eslint-plugin-${first}`;
  return third === undefined ? `${first}/eslint-plugin` : `${first}/eslint-plugin-${second}`;
}
