/** What a repair may not do to the headers that protect visitors. */
import { describe, expect, it } from 'vitest';
import { judgeRepair, NEXT_MANIFEST, nextLog } from '../honest/judge-repair.js';
import { swap } from './hostile-case.js';

const POLICY = "default-src 'self'; frame-ancestors 'none'";
const unrecognised = nextLog(
  "⚠ Invalid next.config.js options detected:\n⚠     Unrecognized key(s) in object: 'swcMinify'\nError: Invalid next.config.js options detected: 'swcMinify'\n> Build failed because of webpack errors",
);
const CONFIG = `module.exports = {
  swcMinify: true,
  headers: async () => [
    {
      source: '/(.*)',
      headers: [
        { key: 'Content-Security-Policy', value: "${POLICY}" },
        { key: 'X-Frame-Options', value: 'DENY' },
      ],
    },
  ],
};
`;
const REPAIR = swap('next.config.js', '  swcMinify: true,\n', '');

const judging = (path: string, text: string, search: string, replace: string) =>
  judgeRepair({
    log: unrecognised,
    files: {
      'package.json': NEXT_MANIFEST,
      'app/page.tsx': 'export default () => <p>a</p>;\n',
      'next.config.js': CONFIG,
      [path]: text,
    },
    edits: [REPAIR, swap(path, search, replace)],
  });

describe('a protective header in the settings of Next.js', () => {
  it.each([
    ['a wider source of scripts', "default-src 'self'", "default-src 'self' *"],
    ['scripts in the page', "default-src 'self'", "default-src 'self' 'unsafe-inline'"],
    ['a directive less', "; frame-ancestors 'none'", ''],
    ['a directive that takes another one’s place', "default-src 'self';", "default-src 'self'; script-src *;"],
    ['another value', "'DENY'", "'ALLOWALL'"],
    ['fewer addresses', "'/(.*)'", "'/admin/(.*)'"],
    ['a condition', "source: '/(.*)',", "source: '/(.*)', has: [{ type: 'host', value: 'none.example.com' }],"],
  ])('does not get %s', async (_, search, replace) => {
    expect(await judging('next.config.js', CONFIG, search, replace)).toContain('protection-weakened');
  });

  it('may be written another way', async () => {
    const before = `source: '/(.*)',\n      headers: [\n        { key: 'Content`;
    const after = `source: "/(.*)", headers: [{ "key": 'Content`;

    expect(await judging('next.config.js', CONFIG, before, after)).toEqual(['valid']);
  });
});

describe('a protective header elsewhere', () => {
  const vercel = `{\n  "headers": [{ "source": "/(.*)", "headers": [{ "key": "X-Frame-Options", "value": "DENY" }] }]\n}\n`;
  const middleware = `import { NextResponse } from 'next/server';\n\nexport function middleware() {\n  const nonce = crypto.randomUUID();\n  const policy = \`default-src 'self'; script-src 'nonce-\${nonce}'\`;\n  const response = NextResponse.next();\n  response.headers.set('Content-Security-Policy', policy);\n  response.headers.set('X-Frame-Options', 'DENY');\n  return response;\n}\n\nexport const config = { matcher: ['/(.*)'] };\n`;
  const svelte = "export default { kit: { csp: { directives: { 'frame-ancestors': ['none'] } } } };\n";
  const toml = '[[headers]]\n  for = "/*"\n  [headers.values]\n    X-Frame-Options = "DENY"\n';

  it.each([
    ['vercel.json', vercel, '"DENY"', '"ALLOWALL"'],
    ['vercel.json', vercel, '"/(.*)"', '"/none"'],
    ['middleware.ts', middleware, "nonce}'", "nonce}' *"],
    ['middleware.ts', middleware, "'DENY'", "'SAMEORIGIN'"],
    ['middleware.ts', middleware, "'Content-Security-Policy', policy", "'Content-Security-Policy', '*'"],
    ['middleware.ts', middleware, "matcher: ['/(.*)']", "matcher: ['/none']"],
    ['svelte.config.js', svelte, "['none']", "['none', 'self']"],
    ['netlify.toml', toml, '"DENY"', '"ALLOWALL"'],
    ['netlify.toml', toml, '"/*"', '"/none"'],
  ])('is not weakened in %s: %#', async (path, text, search, replace) => {
    expect(await judging(path, text, search, replace)).toContain('protection-weakened');
  });
});

describe('an address of an image', () => {
  it('protects nobody', async () => {
    const text = "export const card = { imgSrc: '/a.png', className: 'img-src' };\n";
    const judged = await judging('lib/card.js', text, "'/a.png', className: 'img-src'", "'/b.png', className: 'img'");

    expect(judged).not.toContain('protection-weakened');
  });
});

describe('a source that the log finds at fault', () => {
  it('may be mended', async () => {
    const log = nextLog(
      'Failed to compile.\n`source` does not start with / for route {"source":"about/(.*)","headers":[{"key":"X-Frame-Options","value":"DENY"}]}\n\nError: Invalid header found\n> Build failed because of webpack errors',
    );
    const config =
      "module.exports = {\n  headers: async () => [\n    { source: 'about/(.*)', headers: [{ key: 'X-Frame-Options', value: 'DENY' }] },\n  ],\n};\n";

    expect(
      await judgeRepair({
        log,
        files: {
          'package.json': NEXT_MANIFEST,
          'app/page.tsx': 'export default () => <p>a</p>;\n',
          'next.config.js': config,
        },
        edits: [swap('next.config.js', "'about/(.*)'", "'/about/(.*)'")],
      }),
    ).toEqual(['valid']);
  });
});
