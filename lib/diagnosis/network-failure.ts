/** What the network and the machines behind it say when they fail, whoever asked. */

import { createAnyOf } from './any-of.js';

export interface NetworkFailure {
  readonly code: string;
  /** The other side, where the sentence names it. */
  readonly host?: string;
  readonly port?: number;
  /** The other side is the build machine itself: nothing listens there during a build. */
  readonly local: boolean;
}

const codes = [
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'ETIMEOUT',
  'EAI_AGAIN',
  'ENOTFOUND',
  'EPIPE',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_SOCKET',
  'ERR_SOCKET_TIMEOUT',
  'ERR_STREAM_PREMATURE_CLOSE',
  'HPE_INVALID_CONSTANT',
];
const failureCode = new RegExp(`\\b(${codes.join('|')})\\b`);
const sentences: readonly { readonly has: string; readonly code: string }[] = [
  { has: 'socket hang up', code: 'ECONNRESET' },
  { has: 'fetch failed', code: 'FETCH_FAILED' },
  { has: 'Client network socket disconnected', code: 'ECONNRESET' },
  { has: 'Connect Timeout Error', code: 'UND_ERR_CONNECT_TIMEOUT' },
  { has: 'network timeout at', code: 'ETIMEDOUT' },
  { has: 'Premature close', code: 'ERR_STREAM_PREMATURE_CLOSE' },
  { has: 'Could not resolve host', code: 'ENOTFOUND' },
  { has: 'temporarily unavailable', code: 'E503' },
  { has: 'Temporary failure in name resolution', code: 'EAI_AGAIN' },
  { has: 'Connection timed out', code: 'ETIMEDOUT' },
  { has: 'Connection reset by peer', code: 'ECONNRESET' },
  { has: 'The operation was aborted due to timeout', code: 'ETIMEDOUT' },
  { has: 'AxiosError: timeout of ', code: 'ETIMEDOUT' },
  // As programs in Go say it.
  { has: ': no such host', code: 'ENOTFOUND' },
  { has: ': i/o timeout', code: 'ETIMEDOUT' },
  { has: ': TLS handshake timeout', code: 'ETIMEDOUT' },
  { has: 'certificate has expired', code: 'CERT_HAS_EXPIRED' },
  { has: 'unable to verify the first certificate', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
  { has: 'API rate limit exceeded', code: 'E429' },
  { has: 'exceeded the rate limit', code: 'E429' },
  // node-postgres, postgres.js and Prisma on a server that is there and has no room or no time.
  { has: 'Connection terminated unexpectedly', code: 'ECONNRESET' },
  { has: 'Connection terminated due to connection timeout', code: 'ETIMEDOUT' },
  { has: 'RateLimitError: ', code: 'E429' },
  { has: 'timeout exceeded when trying to connect', code: 'ETIMEDOUT' },
  { has: 'remaining connection slots are reserved', code: '53300' },
  { has: 'sorry, too many clients already', code: '53300' },
  { has: 'was reached but timed out', code: 'P1002' },
];
const holdsSentence = createAnyOf(sentences.map(({ has }) => has));
const statuses = ['429', '500', '501', '502', '503', '504', '520', '521', '522', '523', '524'];
const holdsHint = createAnyOf([...codes, ...sentences.map(({ has }) => has), ...statuses]);
const gatewayStatus =
  /\b(?:status(?: code)?:?|returned error:|HTTP(?:\/[\d.]{1,3})?|response code:?|responded with|error code|GraphQL Error \(Code:|Fetch error:|Request failed) ?[("]?(429|500|501|502|503|504|520|521|522|523|524)\b|\b(429 Too Many Requests|500 Internal Server Error|502 Bad Gateway|503 Service (?:Temporarily )?Unavailable|504 Gateway Time-?out)\b/i;
const address =
  /\b(?:ECONNREFUSED|ETIMEDOUT|ECONNRESET|EHOSTUNREACH|ENETUNREACH) ((?:\d{1,3}\.){3}\d{1,3}|::1|[\w.-]{1,200}):(\d{1,5})/;
const lookedUp = /(?:ENOTFOUND|EAI_AGAIN) ([\w.-]{1,200})/;
const url = /https?:\/\/([\w.-]{1,200})(?::(\d{1,5}))?/;

export function readNetworkFailure(sentence: string): NetworkFailure | undefined {
  const text = sentence.length > 1_500 ? sentence.slice(0, 1_500) : sentence;
  if (!holdsHint(text)) return undefined;
  const code = failureCode.exec(text)?.[1] ?? readSentence(text) ?? readStatus(text);
  if (code === undefined) return undefined;
  const at = address.exec(text);
  const host = at?.[1] ?? lookedUp.exec(text)?.[1] ?? url.exec(text)?.[1];
  const port = at?.[2] ?? (host === undefined ? undefined : url.exec(text)?.[2]);
  return {
    code,
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port: Number(port) }),
    local: host !== undefined && /^(?:localhost|127\.\d|::1|0\.0\.0\.0)/.test(host),
  };
}

function readSentence(text: string): string | undefined {
  return holdsSentence(text) ? sentences.find(({ has }) => text.includes(has))?.code : undefined;
}

function readStatus(text: string): string | undefined {
  const match = gatewayStatus.exec(text);
  const status = match?.[1] ?? match?.[2]?.slice(0, 3);
  return status === undefined ? undefined : `E${status}`;
}

const databasePorts = new Set([5432, 6543, 3306, 1433, 27017, 6379, 9200, 26257]);

/** A database on the build machine: the address was meant to come from a variable. */
export function isLocalDatabase(failure: NetworkFailure): boolean {
  return failure.local && failure.port !== undefined && databasePorts.has(failure.port);
}

export function localDatabaseRemedy(port: number | undefined): string {
  return `The build connects to a database on the build machine itself (port ${port}). Set the variable with the database’s address (often DATABASE_URL) for Production and Preview.`;
}
