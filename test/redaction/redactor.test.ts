// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a line of source code
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../lib/redaction/redactor.js';
import { cpuTime } from '../cpu-time.js';
import { createRandom, makeSecrets } from './synthetic-secrets.js';

const redact = createRedactor([]);

describe('secrets of others', () => {
  test.each(makeSecrets(1).map(({ kind, text, secret }) => [kind, text, secret] as const))(
    '%s',
    (_kind, text, secret) => {
      expect(redact(text)).not.toContain(secret);
      expect(redact(text)).toContain('[REDACTED:');
    },
  );

  test('are found whatever characters they happen to have', () => {
    const missed = Array.from({ length: 40 }, (_, seed) => makeSecrets(seed + 2))
      .flat()
      .filter(({ text, secret }) => redact(text).includes(secret));

    expect(missed.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([]);
  });

  test('are found behind base64 and percent signs', () => {
    const missed = makeSecrets(1)
      .filter(({ kind }) => kind !== 'unknown key' && kind !== 'e-mail')
      .flatMap(({ kind, text }) =>
        [Buffer.from(text).toString('base64'), encodeURIComponent(text)]
          .filter((encoded) => !redact(`payload ${encoded} end`).includes('[REDACTED:'))
          .map((encoded) => `${kind}: ${encoded}`),
      );

    expect(missed).toEqual([]);
  });

  test('leave what stands around them, and the lines where they are', () => {
    const { word } = createRandom(7);

    expect(redact(`first\nDATABASE_URL=postgres://app:${word(16)}@db.acme.test/main\nlast`)).toBe(
      'first\nDATABASE_URL=postgres://[REDACTED:url-credentials]@db.acme.test/main\nlast',
    );
    expect(redact(`  apiKey: '${word(30)}', // rotate`)).toBe("  apiKey: '[REDACTED:secret]', // rotate");
  });

  test('give the same text when redacted again', () => {
    for (const { text } of makeSecrets(3)) expect(redact(redact(text))).toBe(redact(text));
  });
});

describe('own secrets', () => {
  const secret = 'p@ss/w+rd "quoted" =ü';
  const own = createRedactor([secret, 'plainvalue', 'abc', '']);

  test.each([
    ['plain', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    ['URL-encoded in small letters', encodeURIComponent(secret).toLowerCase()],
    ['a form value', new URLSearchParams([['v', secret]]).toString().slice(2)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['hexadecimal', Buffer.from(secret).toString('hex')],
  ])('%s', (_form, text) => {
    expect(own(`before ${text} after`)).toBe('before [REDACTED:own-secret] after');
  });

  test('in base64, wherever in the encoded text they begin', () => {
    for (let length = 0; length < 6; length += 1) {
      const encoded = Buffer.from(`${'u'.repeat(length)}${secret}tail`).toString('base64');
      expect(own(`x ${encoded} y`)).toContain('[REDACTED:');
      expect(own(`x ${encoded.replaceAll('+', '-').replaceAll('/', '_')} y`)).toContain('[REDACTED:');
    }
  });

  test('too short to mean anything are left alone', () => {
    expect(own('abc and plainvalue')).toBe('abc and [REDACTED:own-secret]');
  });
});

describe('what is no secret stays', () => {
  test.each([
    'commit 3f2a9c1e5b7d4a6f8e0c2b4d6a8f0e1c3b5d7f9a',
    '"integrity": "sha512-x7ArMmVKDZRmbA3xTGjRhEMRFmYYTQAKPYWTS1pNpHoVvZfEk8LmXNy6vF+p6QhzVeq2bBzJmS1mCGZ1QTjbJg=="',
    'Restored build cache from previous deployment (cee4Vy1FpAdGc64bIYZryJ70FKQx)',
    'deployment dpl_8AbCdEfGh1JkLmN0pQrStUvWxYz2 is ready',
    'chunks/framework-64ad27b21261a9ce.js  44.8 kB',
    'react@19.3.1 and @scope/name@1.2.3-beta.4.tgz',
    'patches/kelp@5.1.0.patch',
    'import icon from "./icon@2x.png";',
    'git@github.com:acme/app.git',
    'placeholder="you@example.com"',
    'const token = await getToken(request.headers);',
    'token: z.string().min(32),',
    'apiKey: process.env.STRIPE_API_KEY,',
    'password: string;',
    '<input type="password" name="password" autoComplete="current-password" />',
    "const TOKEN_KEY = 'auth.session-token';",
    "headers: { 'x-api-key': apiKey }",
    'if (secret !== expectedSecret) return unauthorized();',
    'export const passwordSchema = object({ password: pipe(string(), minLength(12)) });',
    'background: url(data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==)',
    'd="M12 2C6.477 2 2 6.484 2 12.017c0 4.425 2.865 8.18 6.839 9.504.5.092.682-.217.682-.483"',
    'className="sk-folding-cube sk-circle-fade-animation"',
    'http://localhost:3000/?token=preview',
    'at file:///vercel/path0/node_modules/next/dist/server/app-render/app-render.js:26:294',
    'keyof typeof routes; const key = `${prefix}:${id}`;',
    'https://unpkg.com/@scope/package@1.0.0/dist/index.js',
    'sharedSecretRotationIntervalInMilliseconds = 60_000',
  ])('%s', (text) => {
    expect(redact(text)).toBe(text);
  });
});

test('any text comes back, in time that grows with its length', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
      expect(typeof redact(text)).toBe('string');
    }),
    { numRuns: 200 },
  );
  const hostile = [
    'a@',
    'token=',
    '-----BEGIN PRIVATE KEY-----',
    'secret: "\\"',
    'https://',
    'A',
    '%41',
    'eyJ',
    'api_key_',
    'a.b@c.',
    'password:',
    'Bearer ',
  ];
  for (const part of hostile) {
    const text = part.repeat(Math.ceil(150_000 / part.length));
    // Far above what linear work takes here, and far below what backtracking would.
    expect(cpuTime(() => redact(text))).toBeLessThan(3000);
  }
});
