import { createHash } from 'node:crypto';
import { type Html, html, renderHtml } from '../report/html.js';
import { page, SCRIPT, STYLE } from '../report/pages/page.js';
import { prefersHtml } from './negotiate.js';

const PRIVATE_HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
} as const;

// Nothing but our own inline stylesheet and script runs, named by their hashes; nothing may frame us.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src '${hashOf(STYLE)}'`,
  `script-src '${hashOf(SCRIPT)}'`,
  "connect-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HTML_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'x-frame-options': 'DENY',
} as const;

type Headers = Readonly<Record<string, string>>;

export function jsonResponse(value: unknown, { status = 200, headers = {} as Headers } = {}): Response {
  return new Response(`${JSON.stringify(value, null, 2)}\n`, {
    status,
    headers: { ...PRIVATE_HEADERS, 'content-type': 'application/json; charset=utf-8', ...headers },
  });
}

/** A whole page as `page` of lib/report builds it. */
export function htmlResponse(document: Html, { status = 200, headers = {} as Headers } = {}): Response {
  return new Response(renderHtml(document), { status, headers: { ...PRIVATE_HEADERS, ...HTML_HEADERS, ...headers } });
}

/** 303: the browser gets the address with GET, so that a reload repeats no action. The path is one of ours. */
export function redirectResponse(path: string, { headers = {} as Headers } = {}): Response {
  return new Response(null, { status: 303, headers: { ...PRIVATE_HEADERS, location: path, ...headers } });
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Wrong method',
  409: 'Conflict',
  413: 'Too large',
  415: 'Wrong content type',
  429: 'Too many requests',
  500: 'Something broke',
  502: 'No answer from outside',
  503: 'Not available',
};

/**
 * An error in one clear sentence: `{"error": "…"}`, or a small page where a browser asks.
 * The sentence must hold nothing private: strangers see it.
 */
export function problemResponse(
  request: Request,
  status: number,
  sentence: string,
  { headers = {} as Headers } = {},
): Response {
  if (!prefersHtml(request)) return jsonResponse({ error: sentence }, { status, headers });
  const title = TITLES[status] ?? 'Error';
  const document = page({ title, main: html`<section class="lone"><h1>${title}</h1><p>${sentence}</p></section>` });
  return htmlResponse(document, { status, headers });
}

/** 405, naming what is allowed. */
export function wrongMethodResponse(request: Request, allowed: readonly string[]): Response {
  const sentence = `${request.method} is not possible here; use ${allowed.join(' or ')}.`;
  return problemResponse(request, 405, sentence, { headers: { allow: allowed.join(', ') } });
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}
