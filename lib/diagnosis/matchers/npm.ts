/** npm: every line of its errors starts with `npm error` (`npm ERR!` before version 10). */
import { type Finding, type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { readNetworkFailure } from '../network-failure.js';
import { isPrivateHost, privateRegistryRemedy } from '../private-hosts.js';

/** A script of npm that runs npm has the words of the inner one behind its own. */
const start = /^(?:npm (?:error|ERR!)(?: |$))+/;

export function matchNpm(lines: LineStream, at: number): Match | undefined {
  if (!isNpmError(textAt(lines, at))) return undefined;
  let end = at + 1;
  while (end < lines.texts.length) {
    const text = textAt(lines, end);
    const blank = text === '' && isNpmError(textAt(lines, end + 1));
    if (!blank && !isNpmError(text) && !isNpmWarning(text)) break;
    end++;
  }
  const rows: string[] = [];
  for (let index = at; index < end; index++) {
    if (isNpmError(textAt(lines, index))) rows.push(textAt(lines, index).replace(start, ''));
  }
  const finding = readReport(rows, logLineAt(lines, at));
  return finding === undefined ? { findings: [], end } : matchOne(finding, end);
}

function isNpmError(text: string): boolean {
  return text.startsWith('npm ') && start.test(text);
}

function isNpmWarning(text: string): boolean {
  return text.startsWith('npm warn ') || text.startsWith('npm WARN ');
}

const transientCodes = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'EAI_AGAIN',
  'ENOTFOUND',
  'EPIPE',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ECONNABORTED',
  'ERR_SOCKET_TIMEOUT',
  'ERR_STREAM_PREMATURE_CLOSE',
  'UND_ERR_SOCKET',
  'E408',
  'E429',
  'E500',
  'E502',
  'E503',
  'E504',
  'E520',
  'E522',
  'E524',
  'Z_DATA_ERROR',
  'Z_BUF_ERROR',
  'TAR_BAD_ARCHIVE',
  'FETCH_ERROR',
  'EIDLETIMEOUT',
  'CERT_HAS_EXPIRED',
  // Folders that another process still writes, as a build cache may leave them.
  'ENOTEMPTY',
  'EBUSY',
]);

function readReport(rows: readonly string[], logLine: number): Finding | undefined {
  const code = findCode(rows);
  const text = rows.join('\n');
  const sentence = rows.find((row) => row.trim() !== '' && !/^(?:code|syscall|errno|path|A complete log) ?/.test(row));
  const error = { tool: 'npm', message: (sentence ?? text).trim(), logLine, ...(code === undefined ? {} : { code }) };
  const script = /^Missing script: "([^"]{1,200})"/m.exec(text)?.[1];
  if (script !== undefined) return { role: 'cause', error: { ...error, kind: 'script-missing', symbol: script } };
  if (text.includes('Exit handler never called!')) {
    return {
      role: 'cause',
      error: { ...error, kind: 'network', message: 'npm crashed during installation: Exit handler never called!' },
      fact: 'npm died in the middle of the installation and reported success; what it should have installed is missing.',
    };
  }
  if (code !== undefined && transientCodes.has(code)) {
    const request = /request to (\S{1,300}) failed/.exec(text)?.[1];
    const host = code === 'ENOTFOUND' ? /ENOTFOUND ([\w.-]{1,200})/.exec(text)?.[1] : undefined;
    if (host !== undefined && isPrivateHost(host))
      return {
        role: 'cause',
        error: {
          ...error,
          kind: 'lockfile',
          file: 'package-lock.json',
          message: networkSentence(rows, request) ?? error.message,
        },
        remedy: privateRegistryRemedy,
      };
    return {
      role: 'cause',
      error: { ...error, kind: 'network', message: networkSentence(rows, request) ?? error.message },
    };
  }
  switch (code ?? codeOfExcerpt(text)) {
    case 'ERESOLVE':
      return readPeerConflict(rows, error);
    case 'EUSAGE':
      return text.includes('in sync') ||
        text.includes('existing package-lock.json') ||
        outOfStep.test(text) ||
        usageOfCi.test(text)
        ? {
            role: 'cause',
            error: { ...error, kind: 'lockfile', file: 'package-lock.json', ...lockedNames(rows) },
            remedy: 'Run `npm install` and commit package-lock.json.',
          }
        : { role: 'cause', error: { ...error, kind: 'config' } };
    case 'EJSONPARSE':
      return readJsonError(rows, error);
    case 'ETARGET':
    case 'ENOVERSIONS':
      return {
        role: 'cause',
        error: {
          ...error,
          kind: 'package-missing',
          ...specOf(/No matching version found for (\S{1,300}?)\.?$/m.exec(text)?.[1]),
        },
      };
    case 'E404':
      return {
        role: 'cause',
        error: {
          ...error,
          kind: 'package-missing',
          ...specOf(/'([^']{1,300})' (?:is not in this registry|could not be found)/.exec(text)?.[1]),
        },
      };
    case 'E401':
    case 'E403':
    case 'EOTP':
    case 'ENEEDAUTH':
      return {
        role: 'cause',
        class: 'environment',
        error: { ...error, kind: 'variable-missing', symbol: 'NPM_TOKEN' },
        remedy:
          'The registry refused the installation. Set the registry token that .npmrc uses (usually NPM_TOKEN) in the project’s environment variables for Production and Preview.',
      };
    case 'EBADDEVENGINES':
      return { role: 'cause', error: { ...error, kind: 'engine', file: 'package.json', symbol: 'devEngines' } };
    case 'EBADENGINE':
      return { role: 'cause', error: { ...error, kind: 'engine', ...engineNames(text) } };
    case 'EBADPLATFORM':
      return {
        role: 'cause',
        error: {
          ...error,
          kind: 'package-missing',
          ...specOf(/Unsupported platform for (\S{1,200}):/.exec(text)?.[1]),
        },
      };
    case 'EINTEGRITY':
      return {
        role: 'cause',
        error: { ...error, kind: 'lockfile', file: 'package-lock.json' },
        remedy: 'Delete package-lock.json and node_modules, run `npm install`, and commit the new package-lock.json.',
      };
    case 'EOVERRIDE':
      return {
        role: 'cause',
        error: {
          ...error,
          kind: 'peer-conflict',
          file: 'package.json',
          ...specOf(/Override for (\S{1,200})/.exec(text)?.[1]),
        },
      };
    case 'EINVALIDPACKAGENAME':
    case 'EINVALIDTAGNAME':
    case 'EDUPLICATEWORKSPACE':
      return { role: 'cause', error: { ...error, kind: 'config', file: 'package.json' } };
    case 'EUNSUPPORTEDPROTOCOL':
      return { role: 'cause', error: { ...error, kind: 'package-missing', file: 'package.json' } };
    case 'ENOSPC':
      return { role: 'cause', error: { ...error, kind: 'size' } };
    case 'ENOMEM':
      return { role: 'cause', error: { ...error, kind: 'memory' } };
    case 'ENOWORKSPACES':
      return { role: 'cause', error: { ...error, kind: 'config', file: 'package.json' } };
    default:
      return readOther(rows, text, error);
  }
}

/** `code E401`, or in an excerpt the status that such a code repeats: `401 Unauthorized - GET https://…`. */
function findCode(rows: readonly string[]): string | undefined {
  const code = rows.map((row) => /^code (\S{1,60})/.exec(row)?.[1]).find((found) => found !== undefined);
  if (code !== undefined) return code;
  const status = rows.map((row) => /^([45]\d\d) (?:\1 )?[A-Z]/.exec(row)?.[1]).find((found) => found !== undefined);
  if (status !== undefined) return `E${status}`;
  return rows.some((row) => row.startsWith('notarget ')) ? 'ETARGET' : undefined;
}

/** Whose script it was: `path /vercel/path0/node_modules/canvas`, or what node-gyp says of its folder. */
const ofInstalled = /^(?:path|gyp ERR! cwd) \/\S{1,300}\/node_modules\/((?:@[^/\s]{1,80}\/)?[^/\s]{1,80})$/m;
const tellsWhy = /command not found|^(?:\S{1,60}: )?Error: |^gyp ERR! stack Error: |error: /;

const gitRefusal =
  /could not read Username|Permission denied \(publickey\)|Host key verification failed|Authentication failed for/;

function readOther(
  rows: readonly string[],
  text: string,
  error: { readonly tool: string; readonly message: string; readonly logLine: number; readonly code?: string },
): Finding | undefined {
  if (/^Unknown command: "/m.test(text))
    return { role: 'cause', error: { ...error, kind: 'config', file: 'package.json' } };
  const refused = text.includes('command git ') ? rows.find((row) => gitRefusal.test(row)) : undefined;
  if (refused !== undefined)
    return {
      role: 'cause',
      class: 'environment',
      error: { ...error, kind: 'variable-missing', message: refused.trim() },
      remedy:
        'Git may not read the repository of a dependency. Give the build a token for it, or depend on a published package instead.',
    };
  if (/^No workspaces found/m.test(text)) {
    const name = /--workspace=(\S{1,200})/.exec(text)?.[1];
    return { role: 'cause', error: { ...error, kind: 'config', ...(name === undefined ? {} : { symbol: name }) } };
  }
  // An entry of the lockfile without a version.
  if (
    /^Invalid Version:/m.test(text) ||
    (text.includes('Cannot read properties of null') && text.includes('complete log'))
  ) {
    return { role: 'cause', error: { ...error, kind: 'lockfile', file: 'package-lock.json' } };
  }
  if (error.code === 'ENOENT' && /package\.json/.test(text)) {
    return { role: 'cause', error: { ...error, kind: 'config', file: 'package.json' } };
  }
  const command = rows
    .map((row) => /^command (?:sh -c|\S+ -c) (.{1,300})/.exec(row)?.[1])
    .find((row) => row !== undefined);
  const isGit = text.includes('command git ');
  const lost = /^(?:enoent )?ENOENT: no such file or directory, \w{1,20} '([^'\n]{1,300}\.(?:tgz|tar\.gz))'/m.exec(
    text,
  )?.[1];
  if (error.code === 'ENOENT' && command === undefined && lost !== undefined)
    return { role: 'cause', class: 'dependency', error: { ...error, kind: 'file-missing', specifier: lost } };
  const failed = command === undefined && error.code !== undefined && !isGit ? undefined : readScriptFailure(rows);
  if (failed !== undefined)
    return { ...failed, error: { ...error, ...failed.error, ...(command === undefined ? {} : { symbol: command }) } };
  const installed = ofInstalled.exec(text)?.[1];
  if (installed !== undefined)
    return {
      role: 'cause',
      class: 'dependency',
      error: {
        ...error,
        kind: 'script-failed',
        message: (rows.find((row) => tellsWhy.test(row)) ?? error.message).trim(),
        specifier: installed,
      },
      remedy: `The installation script of ${installed} failed. Bring ${installed} to a version that installs on this Node.js, or do without it.`,
    };
  if (command !== undefined || /^Lifecycle script|ELIFECYCLE/m.test(text)) {
    return {
      role: 'symptom',
      error: { ...error, kind: 'script-failed', ...(command === undefined ? {} : { symbol: command }) },
    };
  }
  const isGeneric = /^(?:A complete log|Exit status|Failed at the|This is probably not)/.test(error.message);
  return error.message === '' || isGeneric
    ? undefined
    : { role: 'symptom', error: { ...error, kind: 'script-failed' } };
}

/** What npm or a package's own script died of, where that was not the package. */
function readScriptFailure(rows: readonly string[]) {
  for (const row of rows) {
    if (row.includes('ETXTBSY'))
      return {
        role: 'cause' as const,
        class: 'transient' as const,
        fact: 'A program was started while it was still being written.',
        error: { kind: 'script-failed' as const, code: 'ETXTBSY', message: row.trim() },
      };
    const network = readNetworkFailure(row);
    if (network !== undefined && !network.local)
      return {
        role: 'cause' as const,
        error: { kind: 'network' as const, code: network.code, message: row.trim() },
      };
  }
  return undefined;
}

type Report = { readonly tool: string; readonly message: string; readonly logLine: number; readonly code?: string };

function networkSentence(rows: readonly string[], request: string | undefined): string | undefined {
  const row = rows.find((text) => text.startsWith('network ') || text.includes(request ?? '\0'));
  return row?.replace(/^network /, '');
}

/** Which report it is where the row with the code is cut off. */
/** What npm prints of its command behind the only complaint that it has of one: about the lockfile. */
const usageOfCi = /^Run "npm help ci" for more info/m;
const outOfStep = /^(?:Missing: \S{1,200} from lock file|Invalid: lock file's \S{1,200} does not satisfy )/m;

function codeOfExcerpt(text: string): string | undefined {
  return /can only install (?:packages )?(?:when your package\.json|with an existing package-lock\.json)/.test(text) ||
    outOfStep.test(text) ||
    usageOfCi.test(text)
    ? 'EUSAGE'
    : undefined;
}

/** The peer that does not fit, who wants it, and what is there instead. */
function readPeerConflict(rows: readonly string[], error: Report): Finding {
  const found = rows.map((row) => /^Found: (\S{1,200})@([^\s@]{1,60})/.exec(row)).find((row) => row !== null);
  const peer = rows
    .map((row) =>
      /^(?:Could not resolve dependency: )?peer(?:Optional)? (\S{1,200}?)@"([^"]{1,200})" from (\S{1,200})@/.exec(row),
    )
    .find((row) => row !== null);
  const wants = peer === undefined ? '' : `${peer[3]} wants ${peer[1]}@${peer[2]}`;
  const has = found === undefined ? '' : `${found[1]}@${found[2]} is there`;
  return {
    role: 'cause',
    error: {
      ...error,
      kind: 'peer-conflict',
      message: [error.message, [wants, has].filter((part) => part !== '').join(', ')]
        .filter((part) => part !== '')
        .join(': '),
      file: 'package.json',
      ...(peer?.[3] === undefined ? {} : { specifier: peer[3] }),
      ...(peer?.[1] === undefined ? {} : { symbol: peer[1] }),
    },
  };
}

/** `Missing: nanoid@3.3.20 from lock file`, `Invalid: lock file's a@1 does not satisfy a@2`. */
function lockedNames(rows: readonly string[]): { readonly specifier?: string } {
  for (const row of rows) {
    const name = /^(?:Missing: |Invalid: lock file's )(\S{1,200})@/.exec(row)?.[1];
    if (name !== undefined) return { specifier: name };
  }
  return {};
}

function readJsonError(rows: readonly string[], error: Report): Finding {
  const text = rows.join('\n');
  const path =
    /(?:path|Failed to parse|Invalid) (\/\S{1,400}\.json)/.exec(text)?.[1] ??
    /(\/\S{1,400}\.json)/.exec(text)?.[1] ??
    'package.json';
  const place = /\(line (\d{1,6}) column (\d{1,6})\)/.exec(text);
  return {
    role: 'cause',
    error: {
      ...error,
      kind: 'json',
      message: rows.find((row) => /JSON/.test(row) && !row.startsWith('code '))?.trim() ?? error.message,
      file: path,
      ...(place === null ? {} : { line: Number(place[1]), column: Number(place[2]) }),
    },
  };
}

function specOf(name: string | undefined): { readonly specifier?: string } {
  return name === undefined ? {} : { specifier: name };
}

/** Which engine does not suit, as npm shows it: `Required: {"node":">=20","npm":"^9.0.0"}`. */
function engineNames(text: string): {
  readonly symbol?: string;
  readonly specifier?: string;
  readonly message?: string;
} {
  const required = /Required: \{[^{}\n]{0,200}"node":"([^"]{1,60})"/.exec(text)?.[1];
  const who = /Not compatible with your version of node\/npm: (\S{1,200})/.exec(text)?.[1];
  const [wanted, actual] = ['Required', 'Actual'].map(
    (head) => new RegExp(`${head}:\\s+(\\{[^{}\\n]{1,300}\\})`).exec(text)?.[1],
  );
  return {
    ...(required === undefined ? {} : { symbol: required }),
    ...(who === undefined || wanted === undefined
      ? {}
      : {
          message: `Unsupported engine: ${who} requires ${wanted}${actual === undefined ? '' : `, and here is ${actual}`}`,
        }),
  };
}
