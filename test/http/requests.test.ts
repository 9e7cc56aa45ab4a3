import { describe, expect, it } from 'vitest';
import { carriesSecret, readBearer, readKey } from '../../lib/http/credentials.js';
import { readForm } from '../../lib/http/form.js';
import { prefersHtml } from '../../lib/http/negotiate.js';
import { htmlResponse, jsonResponse, problemResponse, wrongMethodResponse } from '../../lib/http/respond.js';
import { html } from '../../lib/report/html.js';
import { page } from '../../lib/report/pages/page.js';

const SECRET = 'a-trigger-secret-of-some-length';

function request(headers: Record<string, string> = {}, query = ''): Request {
  return new Request(`https://heal.example.dev/api/trigger${query}`, { headers });
}

describe('secrets', () => {
  it.each([
    [{ authorization: `Bearer ${SECRET}` }, '', true],
    [{ authorization: `bearer ${SECRET}` }, '', true],
    [{}, `?key=${SECRET}`, true],
    [{}, '', false],
    [{ authorization: '' }, '', false],
    [{ authorization: 'Bearer ' }, '', false],
    [{ authorization: 'Bearer undefined' }, '', false],
    [{ authorization: `Basic ${SECRET}` }, '', false],
    [{ authorization: `Bearer ${SECRET}x` }, '', false],
    [{ authorization: `Bearer ${SECRET.slice(0, -1)}` }, '', false],
    [{ authorization: `Bearer ${'x'.repeat(10_000)}` }, '', false],
    [{ authorization: 'Bearer wrong' }, `?key=${SECRET}`, false],
    [{}, '?key=', false],
    [{}, `?key=${SECRET}&key=${SECRET}`, false],
  ])('%j %s: %j', (headers, query, expected) => {
    expect(carriesSecret(request(headers as Record<string, string>, query), SECRET, { allowKey: true })).toBe(expected);
  });

  it('are closed when unset, and a key counts only where it is allowed', () => {
    expect(carriesSecret(request({ authorization: 'Bearer undefined' }), undefined, { allowKey: true })).toBe(false);
    expect(carriesSecret(request({}, `?key=${SECRET}`), SECRET, { allowKey: false })).toBe(false);
    expect(readBearer(request())).toBeUndefined();
    expect(readKey(request({}, '?key=a'))).toBe('a');
  });
});

describe('negotiation', () => {
  it.each([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
    ['application/json', false],
    ['*/*', false],
    ['', false],
    ['application/json, text/html;q=0.5', false],
    ['text/html;q=0', false],
    ['text/html;q=abc', false],
    ['TEXT/HTML', true],
  ])('%j: %j', (accept, expected) => {
    expect(prefersHtml(request({ accept }))).toBe(expected);
  });
});

describe('answers', () => {
  it('are private and cannot be framed, sniffed or scripted', async () => {
    const answer = htmlResponse(page({ title: 'Test', main: html`<p>${'<b>'}</p>` }));
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(await answer.text()).toContain('<p>&#60;b&#62;</p>');
  });

  it('are JSON for programs and a page for people', async () => {
    const problem = problemResponse(request(), 404, 'There is no deployment dpl_x.');
    expect(problem.status).toBe(404);
    expect(await problem.json()).toEqual({ error: 'There is no deployment dpl_x.' });
    const readable = problemResponse(request({ accept: 'text/html' }), 404, 'There is no <b>.');
    expect(readable.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await readable.text()).toContain('There is no &#60;b&#62;.');
    expect(jsonResponse({}).headers.get('cache-control')).toBe('no-store');
  });

  it('name the methods that are possible', () => {
    const answer = wrongMethodResponse(request(), ['POST']);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('POST');
  });
});

describe('a form', () => {
  const post = (body: string, type = 'application/x-www-form-urlencoded'): Request =>
    new Request('https://heal.example.dev/', { method: 'POST', body, headers: { 'content-type': type } });

  it('is read', async () => {
    expect(await readForm(post('a=1&b=%F0%9F%9A%80'))).toEqual(new URLSearchParams({ a: '1', b: '🚀' }));
    expect(await readForm(post(''))).toEqual(new URLSearchParams());
  });

  it('is refused when too large or of another type', async () => {
    expect(await readForm(post(`a=${'x'.repeat(20_000)}`))).toBe('too-large');
    expect(await readForm(post('{}', 'application/json'))).toBe('malformed');
    expect(await readForm(post('a=1', 'text/plain'))).toBe('malformed');
  });
});
