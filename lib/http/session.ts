import { createHmac, randomBytes } from 'node:crypto';
import { secretsMatch } from '../secrets.js';

const LIFETIME_SECONDS = 12 * 60 * 60;
const LONGEST_NAME = 40;

/** A signed-in browser. The cookie never holds the secret itself, and a changed secret ends every session. */
export interface Session {
  /** Random; ties the forms of this browser to it. */
  readonly id: string;
  /** What the person calls themselves; the secret is shared, so it proves nothing. */
  readonly name?: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

export function createSession(now: number, name?: string): Session {
  const named = Array.from(name?.trim().replace(/\s+/g, ' ') ?? '', String)
    .slice(0, LONGEST_NAME)
    .join('');
  return {
    id: randomBytes(16).toString('base64url'),
    ...(named === '' ? {} : { name: named }),
    expiresAt: now + LIFETIME_SECONDS * 1_000,
  };
}

/** `Set-Cookie` for a session. Over https the name's prefix makes the browser refuse it from anywhere but this host. */
export function buildSessionCookie(session: Session, secret: string, { secure }: { readonly secure: boolean }): string {
  const name = Buffer.from(session.name ?? '', 'utf8').toString('base64url');
  const payload = `${session.id}.${session.expiresAt}.${name}`;
  const value = `${payload}.${sign(payload, 'session', secret)}`;
  return buildCookie(value, LIFETIME_SECONDS, secure);
}

/** `Set-Cookie` that ends the session in this browser. */
export function buildSignOutCookie({ secure }: { readonly secure: boolean }): string {
  return buildCookie('', 0, secure);
}

/** The session that the request's cookie proves; undefined when there is none, it is forged, or it is over. */
export function readSession(request: Request, secret: string | undefined, now: number): Session | undefined {
  if (!secret) return undefined;
  const value = readCookie(request, cookieName(isSecure(request)));
  const [, payload = '', id = '', expiry = '', name = '', signature] =
    /^(([\w-]{22})\.(\d{13,15})\.([\w-]{0,240}))\.([\w-]{43})$/.exec(value ?? '') ?? [];
  if (id === '' || !secretsMatch(signature, sign(payload, 'session', secret))) return undefined;
  const expiresAt = Number(expiry);
  if (expiresAt <= now || expiresAt > now + LIFETIME_SECONDS * 1_000) return undefined;
  return { id, ...(name === '' ? {} : { name: Buffer.from(name, 'base64url').toString('utf8') }), expiresAt };
}

/** The token that every form of this session carries; another site can neither read nor compute it. */
export function buildFormToken(session: Session, secret: string): string {
  return sign(session.id, 'form', secret);
}

/**
 * Whether a post comes from one of our own pages of this session: by the token, and by what the browser says of the
 * page it came from. The Origin is the literal `null` under our own `no-referrer`, so `Sec-Fetch-Site` is asked first.
 */
export function isOwnForm(request: Request, token: string | null, session: Session, secret: string): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  const origin = request.headers.get('origin');
  if (site === null && origin !== null && origin !== 'null' && !isOwnOrigin(request, origin)) return false;
  return secretsMatch(token, buildFormToken(session, secret));
}

/** Whether the browser speaks https to us; on Vercel TLS ends before the function. */
export function isSecure(request: Request): boolean {
  const forwarded = request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim();
  return (forwarded ?? new URL(request.url).protocol.replace(':', '')) === 'https';
}

function isOwnOrigin(request: Request, origin: string): boolean {
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? new URL(request.url).host;
  return URL.canParse(origin) && new URL(origin).host === host;
}

function sign(payload: string, purpose: 'session' | 'form', secret: string): string {
  return createHmac('sha256', secret).update(`${purpose}:2:${payload}`, 'utf8').digest('base64url');
}

function cookieName(secure: boolean): string {
  return secure ? '__Host-self-heal' : 'self-heal';
}

function buildCookie(value: string, maxAge: number, secure: boolean): string {
  const flags = `Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return `${cookieName(secure)}=${value}; ${flags}`;
}

function readCookie(request: Request, name: string): string | undefined {
  const cookies = (request.headers.get('cookie') ?? '').slice(0, 8_192).split(';');
  const found = cookies.map((cookie) => cookie.trim()).filter((cookie) => cookie.startsWith(`${name}=`));
  return found.length === 1 ? found[0]?.slice(name.length + 1) : undefined;
}
