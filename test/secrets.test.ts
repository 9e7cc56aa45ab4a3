import { afterEach, describe, expect, it, vi } from 'vitest';
import { listSecretValues, readConfig } from '../lib/config.js';
import { secretsMatch } from '../lib/secrets.js';
import { type Installation, openInstallation, SECRETS } from './api/installation.js';
import { startGeminiServer } from './fakes/gemini-server.js';

const SECRET = 'correct horse battery staple';

it('accepts the secret itself', () => {
  expect(secretsMatch(SECRET, SECRET)).toBe(true);
});

it.each([
  ['missing', undefined],
  ['null', null],
  ['empty', ''],
  ['truncated', SECRET.slice(0, -1)],
  ['extended', `${SECRET} `],
  ['another case', SECRET.toUpperCase()],
  ['oversized', SECRET.repeat(10_000)],
  ['a lone surrogate', '\ud800'],
])('refuses a %s secret', (_name, given) => {
  expect(secretsMatch(given, SECRET)).toBe(false);
});

it.each([undefined, ''])('refuses everything while the expected secret is %j', (expected) => {
  for (const given of ['', 'undefined', 'null', SECRET, null, undefined]) {
    expect(secretsMatch(given, expected)).toBe(false);
  }
});

it('does not let the header "Bearer undefined" in', () => {
  const unset: string | undefined = undefined;

  expect(secretsMatch('Bearer undefined'.slice('Bearer '.length), unset)).toBe(false);
});

// --- None gets out --------------------------------------------------------------------------------------------------

/** Where secrets would get out, and how they look in each encoding; a part that a cut left over counts as well. */
function findLeaks(secrets: Readonly<Record<string, string>>, places: Readonly<Record<string, string>>): string[] {
  const found: string[] = [];
  for (const [name, secret] of Object.entries(secrets)) {
    const forms = [
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      Buffer.from(secret).toString('base64url'),
      JSON.stringify(secret).slice(1, -1),
    ];
    // Of a random value, any twelve characters in a row; the notifier's address has its own at the end.
    const random = secret.slice(secret.lastIndexOf('://') < 0 ? 0 : secret.lastIndexOf('/') + 1);
    if (random.length >= 30) for (let at = 0; at + 12 <= random.length; at += 1) forms.push(random.slice(at, at + 12));
    for (const [place, text] of Object.entries(places)) {
      const form = forms.find((one) => text.includes(one));
      if (form !== undefined) found.push(`${name} as ${form} in ${place}: ${around(text, form)}`);
    }
  }
  return found;
}

function around(text: string, form: string): string {
  const at = text.indexOf(form);
  return text.slice(Math.max(0, at - 80), at + form.length + 40);
}

/** All secrets in all forms, as a log or a file of the repository might show them. */
function spill(secrets: Readonly<Record<string, string>>): string {
  return Object.entries(secrets)
    .flatMap(([name, secret]) => [
      `${name}=${secret}`,
      `"${name}": "${secret}"`,
      `curl -H "Authorization: Bearer ${secret}" https://api.example/?token=${encodeURIComponent(secret)}`,
      `echo ${Buffer.from(secret).toString('base64')} | base64 -d`,
      `Basic ${Buffer.from(`:${secret}`).toString('base64')}`,
      `the value ${secret} stands here`,
    ])
    .join('\n');
}

const PAGE = `import { settings } from '../lib/settings';

export default function Page() {
  return <main>{settings.open('nine')}</main>; // outage
}
`;

/** A build that prints its environment, and an error whose text is nothing but secrets. */
function logOf(secrets: Readonly<Record<string, string>>, value: string): string {
  return `Running "npm run build"
> next build
${spill(secrets)}
   Linting and checking validity of types ...
Failed to compile.

./app/page.tsx:4:31
Type error: Argument of type '"${Object.values(secrets).join(' ')}"' is not assignable to parameter of type 'number'.

  2 |
  3 | export default function Page() {
> 4 |   return <main>{settings.open(${value})}</main>; // outage
    |                               ^
${spill(secrets)}
Next.js build worker exited with code: 1 and signal: null
Error: Command "npm run build" exited with 1`;
}

function answerOf(from: string, to: string, secrets: Readonly<Record<string, string>>): string {
  return `CAUSE: The hour is a text, says ${secrets.TRIGGER_SECRET} and ${secrets.GITHUB_TOKEN}.
CONFIDENCE: 0.95
CHANGE: Gives another hour, by ${secrets.CRON_SECRET}.

FILE: app/page.tsx
\`\`\`tsx
<<<<<<< SEARCH
  return <main>{settings.open(${from})}</main>; // outage
======= REPLACE
  return <main>{settings.open(${to})}</main>; // outage
>>>>>>> END
\`\`\`
`;
}

describe('a whole life in which everybody spills every secret', () => {
  let house: Installation | undefined;
  afterEach(async () => {
    vi.restoreAllMocks();
    await house?.stop();
  });

  it('lets none out: not to a log, an error, a page, the store, GitHub, the model, the queue or a chat', async () => {
    const printed: string[] = [];
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0);
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, method).mockImplementation((...facts) => void printed.push(facts.map(String).join(' ')));
    const gemini = await startGeminiServer({
      apiKey: SECRETS.GEMINI_API_KEY,
      answer: () => {
        const isFirst = gemini.requests.length === 1;
        return answerOf(isFirst ? "'nine'" : "'nine'", isFirst ? "'ten'" : '10', SECRETS);
      },
    });
    const open = await openInstallation({ GEMINI_BASE_URL: gemini.url, LOG_LEVEL: 'debug' });
    house = open;
    const { stage, outside, secrets } = open;
    const bearer = (secret: string) => ({ headers: { authorization: `Bearer ${secret}` } });

    // 1. A failure that only the model can repair, at the second try, with secrets in every text that it reads.
    await stage.tellBuilds([
      ...["'nine'", "'ten'"].map((value) => ({
        when: { path: 'app/page.tsx', includes: value },
        result: 'ERROR',
        log: logOf(secrets, value),
      })),
      { result: 'READY' },
    ]);
    await stage.push(
      {
        'app/page.tsx': PAGE,
        'lib/settings.ts': `/*\n${spill(secrets)}\n*/\nexport const settings = { open: (hour: number) => hour };\n`,
        '.env.production': spill(secrets),
        'README.md': spill(secrets),
      },
      'main',
      `Settings\n\n${spill(secrets)}`,
    );
    await open.passUntil('verified');
    await stage.merge();
    await open.passUntil('healed');
    const stored = new Map(await open.readStore());

    // 2. A second failure, in which the outside repeats all of it in every refusal, while people look.
    await stage.push({ 'app/page.tsx': `${PAGE}// again\n` });
    const session = await open.ask('/sign-in', {
      method: 'POST',
      body: new URLSearchParams({ secret: SECRETS.DASHBOARD_SECRET }),
    });
    const cookie = session.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
    const id = [...stored.keys()].flatMap((key) => /^shp:incident:(\w+)$/.exec(key)?.[1] ?? [])[0];
    const look = async () => {
      for (const page of ['/', `/incidents/${id}`, '/settings', '/doctor', '/actions/mute?incident=x', '/nothing'])
        await open.ask(page, { headers: { cookie, accept: 'text/html' } });
      await open.ask('/api/incidents', bearer(SECRETS.DASHBOARD_SECRET));
      await open.ask('/api/health', bearer(SECRETS.DASHBOARD_SECRET));
      await open.ask('/api/health');
      for (const query of ['', '?deployment=dpl_unknown', `?project=${stage.name}`])
        for (const accept of ['application/json', 'text/html'])
          await open.ask(`/api/trigger${query}`, {
            headers: { authorization: `Bearer ${SECRETS.TRIGGER_SECRET}`, accept },
          });
      await open.ask('/api/cron', bearer(SECRETS.CRON_SECRET));
    };
    await look();
    const said = { message: spill(secrets), error: { code: 'bad', message: spill(secrets) }, errors: [spill(secrets)] };
    const type = { 'content-type': 'application/json' };
    for (const status of [401, 403, 422, 500]) {
      await outside.pass(660_000);
      open.refuse(['github', 'vercel'], { status, headers: type, body: JSON.stringify(said) });
      await look();
    }
    const refusal = JSON.stringify({ error: `ERR ${spill(secrets)}` });
    open.refuse(['upstash'], { status: 400, headers: type, body: refusal });
    await look();
    open.refuse([], { status: 200, headers: type, body: '' });

    // 3. To its end, whatever that is by now.
    for (let minute = 0; minute < 5; minute += 1) await open.passMinute();
    await look();
    await gemini.close();

    const sent = open.calls.filter(({ system, method }) => system !== 'upstash' && method !== 'GET');
    const pulls = JSON.stringify(await stage.pulls());
    const places = {
      'the log': printed.join('\n'),
      'an answer': open.answers.join('\n'),
      'an address': open.calls.map(({ path }) => path).join('\n'),
      'what was written to GitHub or Vercel': sent.map(({ path, body }) => `${path} ${unquote(body)}`).join('\n'),
      'a pull request': unquote(pulls),
      'the store': [...stored, ...(await open.readStore())]
        .map(([key, value]) => `${key} ${unquote(value)}`)
        .join('\n'),
      'a command of the store': open.calls
        .flatMap(({ system, body }) => (system === 'upstash' ? [unquote(body)] : []))
        .join('\n'),
      'a prompt': gemini.requests.map(({ text }) => text).join('\n'),
      'a notification': open.notifications.map(unquote).join('\n'),
      'a message of the queue': open.published.map((message) => unquote(JSON.stringify(message))).join('\n'),
    };
    expect(findLeaks(secrets, places)).toEqual([]);
    expect(Object.entries(places).filter(([, text]) => text === '')).toEqual([]);
    expect(gemini.violations).toEqual([]);
    expect(gemini.requests.length).toBeGreaterThan(1);
    expect(places['a pull request']).toContain('REDACTED');
    expect(places['a prompt']).toContain('REDACTED');
    expect(places['an answer']).toContain('REDACTED');
    // What is not among them would be looked for by nobody.
    const known = new Set<string>(Object.values(secrets));
    expect(listSecretValues(readConfig()).filter((value) => !known.has(value))).toEqual([]);
  }, 120_000);
});

/** JSON with the quotes of nested JSON taken off, so that a value looks as it is. */
function unquote(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `${text}\n${text.replaceAll('\\\\', '\\').replaceAll('\\"', '"').replaceAll('\\/', '/')}`;
}
