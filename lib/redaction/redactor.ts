import { redactAssignments } from './assignments.js';
import { redactEncoded } from './encoded.js';
import { listForms } from './own-secrets.js';
import { looksLikeKey, looksRandom } from './randomness.js';
import { TOKEN_RULES } from './vendor-tokens.js';

export type Redactor = (text: string) => string;

/**
 * A function that takes secrets and personal addresses out of a text before it leaves the process. Each is replaced by
 * `[REDACTED:kind]`, the same for every occurrence, so that the text around it stays readable and its lines stay
 * where they are; a line with a placeholder cannot be edited, because its text is no longer the file's. `ownSecrets`
 * are the values of our own configuration, found in plain, base64, hexadecimal, URL-encoded and JSON form.
 * Pure, and linear in the length of the text.
 */
export function createRedactor(ownSecrets: readonly string[]): Redactor {
  const forms = listForms(ownSecrets);

  function redactRaw(text: string): string {
    let result = text;
    for (const form of forms) if (result.includes(form)) result = result.replaceAll(form, placeholder('own-secret'));
    return redactShapes(result);
  }

  return (text) => redactEncoded(redactRaw(text), redactRaw);
}

export function placeholder(kind: string): string {
  return `[REDACTED:${kind}]`;
}

function redactShapes(text: string): string {
  let result = redactPrivateKeys(text);
  for (const { name, anchors, pattern, ambiguous } of TOKEN_RULES) {
    if (!anchors.some((anchor) => result.includes(anchor))) continue;
    result = result.replace(pattern, (found) => (ambiguous && !looksRandom(found) ? found : placeholder(name)));
  }
  result = redactUrls(result);
  result = redactAssignments(result);
  result = redactAddresses(result);
  return redactLongKeys(result);
}

/** From the opening line to the closing one; a key that is cut off, up to where it stops looking like one. */
function redactPrivateKeys(text: string): string {
  if (!text.includes('PRIVATE KEY')) return text;
  return text.replace(
    /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=\s\\:,.()-]{0,20000}?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|$)/g,
    placeholder('private-key'),
  );
}

/** `scheme://user:password@host` and `scheme://token@host`; the scheme and the host stay. */
function redactUrls(text: string): string {
  const credentials =
    /(?<![a-z0-9])([a-z][a-z0-9+.-]{1,24}:\/\/)([^\s/@:"'<>`\\?#[\]]{0,200})(?::([^\s/@"'<>`\\]{1,400}))?@(?=[\w[$])/gi;
  const withoutCredentials = !text.includes('://')
    ? text
    : text.replace(credentials, (found, scheme: string, user: string, password: string | undefined) => {
        const harmless = password === undefined ? user.length < 16 : /^(?:\$|\$?\{|<|%s|\*+$)/.test(password);
        return harmless ? found : `${scheme}${placeholder('url-credentials')}@`;
      });
  if (!/[?&]/.test(withoutCredentials)) return withoutCredentials;
  return withoutCredentials.replace(
    /([?&](?:(?:access|auth|refresh|id|api|private|secret)?[_-]?(?:token|key|secret|password)|apikey|sig|signature|x-amz-signature|x-amz-security-token|x-goog-signature)=)([^\s&"'<>`#)[\]}]{8,2000})/gi,
    (found, name: string, value: string) => (looksRandom(value) ? name + placeholder('url-parameter') : found),
  );
}

const FILE_ENDINGS =
  /\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|scss|[cm]?[jt]sx?|json|html|vue|svelte|astro|md|woff2?|tgz|tar|gz|zip|patch|diff|ya?ml|toml|lock|map|local|internal)$/i;
/** Reserved for examples: nobody's address. */
const EXAMPLE_DOMAIN = /(?:^|[@.])example\.(?:com|org|net)$|\.(?:example|test|invalid|localhost)$/i;

function redactAddresses(text: string): string {
  if (!text.includes('@')) return text;
  return text.replace(
    /(?<![\w.%+/@-])[A-Za-z0-9][\w.%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w@/-]|\.\w)/g,
    (found) =>
      FILE_ENDINGS.test(found) || EXAMPLE_DOMAIN.test(found) || found.startsWith('git@') ? found : placeholder('email'),
  );
}

/** Prefixes of ids and hashes that have to stay readable and give nobody access to anything. */
const HARMLESS_PREFIX = /(?:sha(?:1|256|384|512)-|base64,|dpl_|prj_|team_|bld_|integrity["']?\s?[:=]\s?["']?)$/;

/** Long random strings without any name: letters of both cases and digits. Hexadecimal hashes and paths stay. */
function redactLongKeys(text: string): string {
  return text.replace(/(?<![\w+/=.-])[A-Za-z0-9_-]{36,512}(?![\w+/.-])/g, (found, offset: number) => {
    if (!looksLikeKey(found)) return found;
    return HARMLESS_PREFIX.test(text.slice(Math.max(0, offset - 24), offset) + (/^[a-z]{2,4}_/.exec(found)?.[0] ?? ''))
      ? found
      : placeholder('key');
  });
}
