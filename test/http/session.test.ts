import { describe, expect, it } from 'vitest';
import {
  buildFormToken,
  buildSessionCookie,
  buildSignOutCookie,
  createSession,
  isOwnForm,
  isSecure,
  readSession,
} from '../../lib/http/session.js';

const SECRET = 'a-dashboard-secret-of-some-length';
const NOW = Date.UTC(2026, 10, 22);
const HOUR = 3_600_000;

function requestWith(headers: Record<string, string>, url = 'https://heal.example.dev/'): Request {
  return new Request(url, { headers });
}

function cookieOf(setCookie: string): string {
  return setCookie.split(';', 1)[0] ?? '';
}

const session = createSession(NOW);
const cookie = cookieOf(buildSessionCookie(session, SECRET, { secure: true }));

describe('a session', () => {
  it('is proved by its cookie, which holds no secret', () => {
    expect(readSession(requestWith({ cookie }), SECRET, NOW)).toEqual(session);
    expect(cookie).not.toContain(SECRET);
  });

  it('sets a cookie that no script and no other site can use', () => {
    const setCookie = buildSessionCookie(session, SECRET, { secure: true });
    expect(setCookie).toMatch(/^__Host-self-heal=/);
    expect(setCookie).toContain('; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict; Secure');
    expect(buildSessionCookie(session, SECRET, { secure: false })).not.toContain('Secure');
    expect(buildSignOutCookie({ secure: true })).toContain('__Host-self-heal=; Path=/; Max-Age=0');
  });

  const [id = '', expiry = '', , signature = ''] = cookie.replace('__Host-self-heal=', '').split('.');
  it.each([
    ['no cookie', {}],
    ['an empty one', { cookie: '__Host-self-heal=' }],
    ['the secret itself', { cookie: `__Host-self-heal=${SECRET}` }],
    ['no signature', { cookie: `__Host-self-heal=${id}.${expiry}.` }],
    ['a truncated signature', { cookie: `__Host-self-heal=${id}.${expiry}..${signature.slice(0, -1)}` }],
    ['a later expiry', { cookie: `__Host-self-heal=${id}.${Number(expiry) + 1}..${signature}` }],
    ['another id', { cookie: `__Host-self-heal=${'A'.repeat(22)}.${expiry}..${signature}` }],
    ['the form token as signature', { cookie: `__Host-self-heal=${id}.${expiry}..${buildFormToken(session, SECRET)}` }],
    ['another name', { cookie: `__Host-self-heal=${id}.${expiry}.QWRh.${signature}` }],
    ['the name without its prefix', { cookie: cookie.replace('__Host-', '') }],
    ['the cookie twice', { cookie: `${cookie}; __Host-self-heal=x` }],
    ['an oversized one', { cookie: `__Host-self-heal=${'x'.repeat(20_000)}` }],
  ])('is not there with %s', (_, headers) => {
    expect(readSession(requestWith(headers), SECRET, NOW)).toBeUndefined();
  });

  it.each([
    ['Ada', 'Ada'],
    ['  Ada \n Lovelace ', 'Ada Lovelace'],
    ['🚀'.repeat(60), '🚀'.repeat(40)],
    ['', undefined],
    ['   ', undefined],
  ])('carries the name %j as %j', (given, kept) => {
    const named = createSession(NOW, given);
    const sent = cookieOf(buildSessionCookie(named, SECRET, { secure: true }));
    expect(readSession(requestWith({ cookie: sent }), SECRET, NOW)?.name).toBe(kept);
  });

  it('ends with its time, and with another secret', () => {
    expect(readSession(requestWith({ cookie }), SECRET, NOW + 12 * HOUR - 1)).toBeDefined();
    expect(readSession(requestWith({ cookie }), SECRET, NOW + 12 * HOUR)).toBeUndefined();
    expect(readSession(requestWith({ cookie }), `${SECRET}x`, NOW)).toBeUndefined();
    expect(readSession(requestWith({ cookie }), undefined, NOW)).toBeUndefined();
  });
});

describe('a form', () => {
  const token = buildFormToken(session, SECRET);
  it.each([
    ['its token', {}, token, true],
    ['its token, same origin', { 'sec-fetch-site': 'same-origin', origin: 'null' }, token, true],
    ['its token, an old browser', { origin: 'https://heal.example.dev', host: 'heal.example.dev' }, token, true],
    ['no token', {}, null, false],
    ['an empty token', {}, '', false],
    ['a wrong token', {}, `${token.slice(0, -1)}x`, false],
    ['another session’s token', {}, buildFormToken(createSession(NOW), SECRET), false],
    ['another site', { 'sec-fetch-site': 'cross-site' }, token, false],
    ['a sibling domain', { 'sec-fetch-site': 'same-site' }, token, false],
    ['another origin', { origin: 'https://evil.example', host: 'heal.example.dev' }, token, false],
  ])('with %s', (_, headers, given, expected) => {
    expect(isOwnForm(requestWith(headers as Record<string, string>), given, session, SECRET)).toBe(expected);
  });
});

describe('https', () => {
  it.each([
    ['http://127.0.0.1:3000/', {}, false],
    ['https://heal.example.dev/', {}, true],
    ['http://heal.example.dev/', { 'x-forwarded-proto': 'https' }, true],
    ['https://heal.example.dev/', { 'x-forwarded-proto': 'http' }, false],
  ])('%s with %j is %j', (url, headers, expected) => {
    expect(isSecure(requestWith(headers as Record<string, string>, url))).toBe(expected);
  });
});
