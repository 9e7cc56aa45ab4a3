/** Node, the shell, the machine, the network and the variables: what single sentences tell. */
import { type LineStream, logLineAt, type Match, type Matcher, matchOne, textAt } from '../finding.js';
import { mayMissVariable, readMissingVariable, remedyForVariables } from '../missing-variable.js';
import { isLocalDatabase, localDatabaseRemedy, type NetworkFailure, readNetworkFailure } from '../network-failure.js';
import { cleanSentence, type SentenceRule } from '../sentence-rules.js';
import { readThrown } from '../thrown-error.js';

/** The one variable that the script which ran last takes in. */
function variableAbove(lines: LineStream, at: number): string | undefined {
  for (let above = at - 1; above >= Math.max(0, at - 12); above--) {
    const script = /^(?:>|\$) .{1,2000}/.exec(textAt(lines, above))?.[0];
    const names = new Set(
      [...(script ?? '').matchAll(/[\s=]["']?\$\{?([A-Z][A-Z0-9_]{1,80})\b/g)].map(([, name]) => name),
    );
    const [only, another] = names;
    if (only !== undefined) return another === undefined ? only : undefined;
  }
  return undefined;
}

export const shellRules: readonly SentenceRule[] = [
  {
    tool: 'shell',
    has: 'not found',
    pattern:
      /^(?:sh|bash|\/bin\/sh|\/bin\/bash|zsh)(?::(?: line)? \d{1,5})?: (?:(?:line )?\d{1,5}: )?(?<symbol>[\w@./-]{1,100}): (?:command )?not found/,
    kind: 'package-missing',
    code: 'command-not-found',
  },
  {
    tool: 'shell',
    has: 'command not found',
    pattern: /(?:^|: )(?:command not found: (?<symbol>[\w@./-]{1,100})$|(?<code>[\w@./-]{1,100}): command not found$)/,
    kind: 'package-missing',
    also: (_lines, _at, { symbol, code }) => ({ symbol: symbol ?? code ?? 'command', code: 'command-not-found' }),
  },
  {
    // A command in backquotes runs, and what it prints is run then.
    tool: 'shell',
    has: 'command not found',
    pattern:
      /^(?:sh|bash|\/bin\/sh|\/bin\/bash|zsh): (?:(?:line )?\d{1,5}: )?(?<symbol>[^\w\s]{1,4}): command not found$/,
    kind: 'script-failed',
    class: 'config',
  },
  {
    // Of Commander, behind a script that the package manager repeats: what the shell put in was nothing.
    tool: 'shell',
    has: "error: option '",
    pattern: /^error: option '[^']{1,200}' argument missing/,
    when: (lines, at) => variableAbove(lines, at) !== undefined,
    kind: 'variable-missing',
    class: 'environment',
    also: (lines, at) => ({ symbol: variableAbove(lines, at) ?? '' }),
  },
  {
    // npm-run-all, of a script that looks whether the variables are there.
    tool: 'shell',
    has: 'ERROR: "',
    pattern: /^ERROR: "(?:check|validate|verify|assert)[-:_]?env(?:ironment)?s?" exited with \d{1,3}\.?$/,
    kind: 'variable-missing',
    class: 'environment',
    remedy:
      'The build’s check of its environment fails. Set the variables that it asks for in the Vercel project, for Production and Preview, and redeploy.',
  },
  {
    tool: 'shell',
    has: 'spawn ',
    pattern: /spawn (?<symbol>[\w./-]{1,100}) ENOENT/,
    kind: 'package-missing',
    code: 'command-not-found',
  },
  {
    tool: 'shell',
    has: 'could not determine executable to run',
    kind: 'package-missing',
    code: 'command-not-found',
  },
  {
    tool: 'shell',
    has: 'No such file or directory',
    pattern:
      /^(?:\w{2,20}): (?:cannot (?:access|stat|open) |can't cd to )?['"‘]?(?<specifier>[\w./@()[\]-]{1,300})['"’]?: No such file or directory/,
    kind: 'file-missing',
  },
  {
    tool: 'shell',
    has: 'No such file or directory',
    pattern: /^(?:sh|bash): .{0,40}cd: (?<specifier>\S{1,300}): No such file/,
    kind: 'file-missing',
    class: 'config',
  },
  {
    tool: 'shell',
    has: "can't cd to ",
    pattern: /^(?:sh|bash): .{0,40}can't cd to (?<specifier>\S{1,300})$/,
    kind: 'file-missing',
    class: 'config',
  },
  {
    tool: 'shell',
    has: 'Permission denied',
    pattern: /(?:^|: )(?<specifier>[\w./-]{1,300}): Permission denied/,
    kind: 'script-failed',
    class: 'config',
  },
  // A folder of the author's machine, which a setting names.
  {
    tool: 'shell',
    has: 'EACCES: permission denied, mkdir',
    pattern: /EACCES: permission denied, mkdir '(?<specifier>\/[^']{1,300})'/,
    kind: 'config',
    code: 'EACCES',
  },
];

export const machineRules: readonly SentenceRule[] = [
  { tool: 'vercel', has: 'SIGKILL', kind: 'memory', code: 'SIGKILL' },
  { tool: 'vercel', has: '"Out of Memory"', kind: 'memory', code: 'out-of-memory' },
  { tool: 'vercel', has: 'ran out of memory', kind: 'memory', code: 'out-of-memory' },
  { tool: 'vercel', has: 'exited with 137', kind: 'memory', code: 'SIGKILL' },
  { tool: 'vercel', has: 'exit code 137', kind: 'memory', code: 'SIGKILL' },
  { tool: 'npm', has: 'Exit status 137', kind: 'memory', code: 'SIGKILL' },
  // 128 and the number of SIGHUP: whoever ran the build is gone.
  { tool: 'vercel', has: 'exited with 129', role: 'symptom', kind: 'memory', code: 'SIGHUP' },
  { tool: 'node', has: 'ERR_WORKER_OUT_OF_MEMORY', kind: 'memory', code: 'ERR_WORKER_OUT_OF_MEMORY' },
  { tool: 'node', has: 'Cannot allocate memory', kind: 'memory', code: 'ENOMEM' },
  { tool: 'node', has: 'spawn ENOMEM', kind: 'memory', code: 'ENOMEM' },
  { tool: 'node', has: 'Array buffer allocation failed', kind: 'memory', code: 'heap-out-of-memory' },
  {
    tool: 'shell',
    has: 'Killed',
    pattern: /^(?:.{0,80}: line \d{1,5}: +\d{1,7} )?Killed(?: {2,}\S.{0,200})?$/,
    kind: 'memory',
    code: 'SIGKILL',
  },
  {
    tool: 'rust',
    has: 'memory allocation of',
    pattern: /^memory allocation of \d{1,20} bytes failed/,
    kind: 'memory',
    code: 'ENOMEM',
  },
  { tool: 'node', has: 'ENOSPC', pattern: /ENOSPC: no space left on device/, kind: 'size', code: 'ENOSPC' },
  { tool: 'shell', has: 'No space left on device', kind: 'size', code: 'ENOSPC' },
  { tool: 'node', has: 'EMFILE', pattern: /EMFILE: too many open files/, kind: 'size', code: 'EMFILE' },
  {
    tool: 'shell',
    has: 'egmentation fault',
    pattern: /^(?:.{0,80}: line \d{1,5}: +\d{1,7} )?Segmentation fault\b/,
    kind: 'other',
    class: 'infrastructure',
    code: 'SIGSEGV',
    remedy:
      'A program of the build crashed in its native part. Redeploy without the build cache; if it crashes again, pin the version that built last, or give the build a larger machine.',
  },
  // A program of a package that is started while another process still writes it.
  { tool: 'node', has: 'ETXTBSY', kind: 'script-failed', class: 'transient', code: 'ETXTBSY' },
  { tool: 'node', has: 'ENOSPC: System limit for number of file watchers', kind: 'size', code: 'ENOSPC' },
];

export const nodeRules: readonly SentenceRule[] = [
  {
    tool: 'node',
    has: 'digital envelope routines::unsupported',
    kind: 'engine',
    code: 'ERR_OSSL_EVP_UNSUPPORTED',
    class: 'config',
  },
  { tool: 'node', has: 'ERR_OSSL_EVP_UNSUPPORTED', kind: 'engine', code: 'ERR_OSSL_EVP_UNSUPPORTED', class: 'config' },
  {
    tool: 'node',
    has: 'bad option',
    pattern: /^\S{0,200}node: bad option: (?<symbol>\S{1,100})/,
    kind: 'config',
    code: 'bad-option',
  },
  {
    tool: 'node',
    has: 'is not allowed in NODE_OPTIONS',
    pattern: /(?<symbol>--\S{1,100}) is not allowed in NODE_OPTIONS/,
    kind: 'config',
    code: 'bad-option',
  },
  {
    tool: 'next',
    has: 'is required',
    pattern: /Node\.js version "?(?<symbol>[^"]{1,60}?)"? is required(?: \(|\.|$)/,
    kind: 'engine',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'vite',
    has: 'requires Node.js version',
    pattern: /requires Node\.js version (?<symbol>[^.]{1,60}(?:\.\d{1,3}){0,2}\+?)/,
    kind: 'engine',
    role: 'warning',
  },
  {
    tool: 'node',
    has: 'is not supported by',
    pattern: /Node\.js v?(?<symbol>\d[\w.]{0,20}) is not supported by (?<specifier>\w{1,40})/,
    kind: 'engine',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'angular',
    has: 'The Angular CLI requires a minimum Node.js version',
    pattern: /requires a minimum Node\.js version of (?<symbol>v[\d.]{1,20}(?: or v[\d.]{1,20}){0,4})/,
    kind: 'engine',
    also: () => ({ file: 'package.json' }),
  },
];

/** A missing variable, wherever a line speaks of one in an error's tone. */
export const matchVariables: Matcher = (lines, at) => {
  const text = textAt(lines, at);
  if (text.startsWith('✖ ')) return readIssues(lines, at);
  if (text.length > 1_500 || !mayMissVariable(text)) return undefined;
  if (isListHeading(text)) return readVariableList(lines, at, text);
  const sentence = cleanSentence(text).replace(
    /^\[?(?:[\w$]{0,60}Error|Invariant failed|error|ERROR|fatal|FATAL|\[error\])(?: \[\w{1,60}\])?[:\]]? +/,
    '',
  );
  const found = readMissingVariable(sentence);
  if (found === undefined) return undefined;
  const thrown =
    /^(?:\s*⨯ |\s*\[cause\]: |\[[\d:.]{5,12}\] ERROR: |\[|\s{0,8})?(?:[A-Z]\w{0,60} ?)?(?:Error|Exception)\b/.test(
      text,
    ) || /^(?:\s*(?:[✖❌✗×]|error\b|ERROR\b|fatal\b|caused by:|sentry reported an error: ))/i.test(text);
  return matchOne(
    {
      role: thrown ? 'cause' : 'warning',
      class: 'environment',
      remedy: remedyForVariables(found.all ?? [found.symbol], found.named),
      error: {
        tool: 'environment',
        kind: 'variable-missing',
        symbol: found.symbol,
        message: cleanSentence(text),
        ...(thrown ? placeOfThrown(lines, at) : {}),
        logLine: logLineAt(lines, at),
      },
    },
    at + 1,
  );
};

/** Where the code stands that asks for the variable. */
function placeOfThrown(
  lines: LineStream,
  at: number,
): { readonly file?: string; readonly line?: number; readonly column?: number } {
  const { file, line, column } = readThrown(lines, at).facts;
  return {
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}

const issuePlace = /^ {2}→ at ([A-Z][A-Z0-9]{0,40}(?:_[A-Z0-9]{1,40}){1,8})$/;

/** `z.prettifyError` of an environment: an issue a row, and under each the variable; https://zod.dev/error-formatting */
function readIssues(lines: LineStream, at: number): Match | undefined {
  const names: string[] = [];
  let end = at;
  for (; textAt(lines, end).startsWith('✖ '); end += 2) {
    const name = issuePlace.exec(textAt(lines, end + 1))?.[1];
    if (name === undefined) break;
    names.push(name);
  }
  const [symbol] = names;
  if (symbol === undefined) return undefined;
  return matchOne(
    {
      role: 'cause',
      class: 'environment',
      remedy: remedyForVariables(names, true),
      error: {
        tool: 'environment',
        kind: 'variable-missing',
        symbol,
        message: `${textAt(lines, at).slice(2)}: ${names.join(', ')}`,
        logLine: logLineAt(lines, at),
      },
    },
    end,
  );
}

const listHeading =
  /(?:(?:[Ii]nvalid|[Mm]issing|required)[\w ]{0,40}environment variables?|environment variables? (?:are|is|defined in)[\w `.]{0,60}(?:missing|invalid|required|not set)|MissingEnvVarsError|Environment variable validation failed|Invalid env)/;

function isListHeading(text: string): boolean {
  return /nvironment|Env/.test(text) && listHeading.test(text) && !text.includes('turbo.json');
}

const listed =
  /^[\s\-•*│├└─✖❌×'"`[{(]{0,20}(?:path: \[ ?|"?path"?: \[)?\s?['"`]?([A-Z][A-Z0-9_]{2,80})['"`]?(?=[\s:,'"`\])]|$)/;

/** t3-env, envalid, dotenv-safe, Astro and home-made checks: a heading, then a name a line. */
function readVariableList(lines: LineStream, at: number, text: string): Match | undefined {
  const names = new Set<string>();
  const own = readMissingVariable(text);
  if (own?.named === true) for (const name of own.all ?? [own.symbol]) names.add(name);
  let end = at + 1;
  let misses = 0;
  while (end < lines.texts.length && end < at + 60 && misses < 5) {
    const row = textAt(lines, end);
    if (/^(?:Error: Command "|npm (?:error|ERR!)|\s+at |Node\.js v)/.test(row)) break;
    const name = listed.exec(row)?.[1] ?? /"?path"?: \[\s?['"]([A-Z][A-Z0-9_]{2,80})['"]/.exec(row)?.[1];
    if (name === undefined) misses++;
    else {
      misses = 0;
      names.add(name);
    }
    end++;
  }
  const [first] = names;
  if (first === undefined) return undefined;
  return matchOne(
    {
      role: /warn/i.test(text) ? 'warning' : 'cause',
      class: 'environment',
      remedy: remedyForVariables([...names], true),
      error: {
        tool: 'environment',
        kind: 'variable-missing',
        symbol: first,
        message: `${cleanSentence(text)} ${[...names].join(', ')}`,
        logLine: logLineAt(lines, at),
      },
    },
    end - misses,
  );
}

const fonts = /Failed to fetch [`'"]?([^`'"]{1,100})[`'"]? from Google Fonts|fonts\.(?:googleapis|gstatic)\.com/;

/** The network, wherever a line speaks of it; what green builds print of it as well only counts beside nothing else. */
export const matchNetwork: Matcher = (lines, at) => {
  const text = textAt(lines, at);
  if (text.length > 2_000) return undefined;
  if (text.includes('oogle') || text.includes('fonts.')) {
    const font = fonts.exec(text);
    if (font !== null && /rror|ail|status|etrying/.test(text)) return fontFailure(lines, at, text, font[1]);
  }
  const failure = readNetworkFailure(text);
  if (failure === undefined) return undefined;
  if (failure.local)
    return isLocalDatabase(failure) && loudly.test(text) ? localDatabase(lines, at, failure) : undefined;
  if (failure.code === 'FETCH_FAILED') {
    const { cause, reading, end } = readThrown(lines, at);
    // The build asked itself; nothing of that is news of the network.
    if (cause !== undefined && reading.class !== 'transient') return { findings: [], end };
  }
  if (/[Rr]etry|attempt \d|[Ww]arn|remote cach|telemetry|fall(?:ing)? ?back/.test(text))
    return networkFinding(lines, at, text, failure.code, 'warning');
  return networkFinding(lines, at, text, failure.code, loudly.test(text) ? 'cause' : 'warning');
};

const loudly = /(?:^|\s)(?:\[?\w{0,40}[Ee]rror|ERROR|fatal|FATAL|✖|⨯|failed|ERR!|error)\b/;

/** A line without a stack, as clients log it that go on trying. */
function localDatabase(lines: LineStream, at: number, { code, port }: NetworkFailure): Match | undefined {
  const text = textAt(lines, at);
  if (readThrown(lines, at).frames > 0) return undefined;
  return matchOne(
    {
      role: 'cause',
      class: 'environment',
      remedy: localDatabaseRemedy(port),
      error: {
        tool: 'environment',
        kind: 'variable-missing',
        code,
        symbol: 'DATABASE_URL',
        message: cleanSentence(text),
        logLine: logLineAt(lines, at),
      },
    },
    at + 1,
  );
}

function networkFinding(lines: LineStream, at: number, text: string, code: string, role: 'cause' | 'warning'): Match {
  return matchOne(
    {
      role,
      class: 'transient',
      error: { tool: 'network', kind: 'network', code, message: cleanSentence(text), logLine: logLineAt(lines, at) },
    },
    at + 1,
  );
}

function fontFailure(lines: LineStream, at: number, text: string, name: string | undefined): Match {
  return matchOne(
    {
      role: 'cause',
      class: 'transient',
      fact: 'The fonts’ server did not answer; the modules that are missing afterwards are its fonts.',
      error: {
        tool: 'next',
        kind: 'network',
        code: 'google-fonts',
        message: cleanSentence(text),
        ...(name === undefined ? {} : { symbol: name }),
        logLine: logLineAt(lines, at),
      },
    },
    at + 1,
  );
}
