import { looksRandom, looksSecret } from './randomness.js';

const SECRET_WORD =
  '(?:secret|token|passw(?:or)?d|passphrase|pwd|api[_-]?key|apikey|private[_-]?key|access[_-]?key|secret[_-]?key|signing[_-]?key|encryption[_-]?key|master[_-]?key|service[_-]?role[_-]?key|account[_-]?key|auth[_-]?key|anon[_-]?key|credentials?|connection[_-]?string|client[_-]?secret|_auth|dsn|salt|webhook[_-]?url)';

/** The end of a name, from the word that speaks of a secret on; what stands before it does not matter. */
const NAME = `${SECRET_WORD}[A-Za-z0-9_]{0,30}`;

/** `name: "value"`, `name = 'value'`, `"name": "value"`, `NAME="value"`, also with escaped quotes inside a string. */
const QUOTED = new RegExp(
  `(${NAME}\\\\?["']?\\]?\\s{0,4}(?:=|:|=>)\\s{0,4}\\\\?)(["'\`])([^"'\`\\n\\\\]{8,4000})(?=\\\\?\\2)`,
  'gi',
);

/** `NAME=value` of an environment file, a shell or a log; capitals, because code writes names otherwise. */
const SHELL =
  /((?<![A-Za-z0-9.-])(?:SECRET|TOKEN|PASSWORD|PASSWD|PWD|PASSPHRASE|KEY|APIKEY|CREDENTIALS?|DSN|SALT|AUTH|CONNECTION_STRING|WEBHOOK_URL)(?:_[A-Z0-9_]{0,30})?=)([^\s"'`;,(){}<>&|\\]{6,4000})/g;

/** `name: value` and `name=value` without quotes: YAML, headers, query strings, `.npmrc`. The value must look random. */
const BARE = new RegExp(`(${NAME}\\s{0,2}[:=]\\s{0,2})([A-Za-z0-9+/_=.~-]{12,4000})(?![A-Za-z0-9(])`, 'gi');

const HEADER =
  /((?:authorization|x-api-key|x-auth-token|cookie|set-cookie)["']?\s{0,3}[:=]\s{0,3}["']?(?:(?:bearer|basic|token|apikey)\s{1,3})?)([A-Za-z0-9+/_=.~%;-]{12,4000})/gi;
const BEARER = /(\b(?:bearer|basic)\s{1,3})([A-Za-z0-9+/_=.~-]{16,4000})/gi;

/** Values whose names say that they are secret. */
export function redactAssignments(text: string): string {
  if (!/secret|token|passw|pass|pwd|key|credential|connection|auth|dsn|salt|webhook|bearer|basic|cookie/i.test(text))
    return text;
  return text
    .replace(HEADER, (found, name: string, value: string) => (looksRandom(value) ? `${name}[REDACTED:header]` : found))
    .replace(BEARER, (found, name: string, value: string) => (looksRandom(value) ? `${name}[REDACTED:header]` : found))
    .replace(QUOTED, (found, name: string, quote: string, value: string) =>
      looksSecret(value) && !isReference(value) && (/\d/.test(value) || /pass|pwd/i.test(name) || looksRandom(value))
        ? `${name}${quote}[REDACTED:secret]`
        : found,
    )
    .replace(SHELL, (found, name: string, value: string) => (isLiteral(value) ? `${name}[REDACTED:secret]` : found))
    .replace(BARE, (found, name: string, value: string) =>
      looksRandom(value) && looksSecret(value) ? `${name}[REDACTED:secret]` : found,
    );
}

/** A value in quotes that points to a secret and is none: the name of a variable, a route, a header. */
function isReference(value: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(value) || /^@?[\w-]+(?:\/[\w.-]+)+$/.test(value) || value.includes('${');
}

const EXPRESSION =
  /^(?:process\.|import\.|Deno\.|env\.|\$|%|\[|<|[A-Z][A-Z0-9_]*$|(?:true|false|null|undefined)$|\*+$|[xX]+$|your[-_])|REDACTED/;

/** Not an expression, a placeholder or another variable. */
function isLiteral(value: string): boolean {
  return !EXPRESSION.test(value) || (/^[A-Z0-9]{16,}$/.test(value) && /\d/.test(value));
}
