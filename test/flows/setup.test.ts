import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Option } from '../../lib/flows/setup/dialogue.js';
import { repositoryPage } from '../../lib/flows/setup/import.js';
import { ADDRESS, GITHUB_TOKEN, REDIS_TOKEN, type SetupWorld, startSetupWorld, VERCEL_TOKEN } from './setup-world.js';

const EVENTS = ['deployment_status', 'issue_comment', 'pull_request', 'pull_request_review', 'status'];

async function sentencesOf(run: Promise<unknown>): Promise<string> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return (error as Error).message;
}

describe('on pro, with everything in the environment', () => {
  let world: SetupWorld;
  beforeAll(async () => {
    world = await startSetupWorld({ plan: 'pro' });
  });
  afterAll(() => world?.stop());

  it('dry, says all that it would do and writes nothing', async () => {
    const before = await world.readAll();
    const { outcome, changes } = await world.run({ isDryRun: true });

    expect(outcome).toBe('dry-run');
    expect(changes).toEqual(
      expect.arrayContaining([
        'Set the variable VERCEL_TOKEN, which nobody can read back',
        'Set the variable DASHBOARD_SECRET, which nobody can read back',
        expect.stringMatching(/^Create the Vercel webhook/),
        expect.stringMatching(/^Create the webhook of baker\/shop/),
        'Open a pull request that adds .coderabbit.yaml to baker/shop',
      ]),
    );
    expect(await world.readAll()).toEqual(before);
  });

  it('writes nothing when the person says no', async () => {
    const before = await world.readAll();
    expect((await world.run({}, { confirm: async () => false })).outcome).toBe('declined');
    expect(await world.readAll()).toEqual(before);
  });

  it('does it, without showing a secret', async () => {
    const { outcome, lines, settings, notes } = await world.run({ passedOn: { MODE: 'observe' } });
    const { variables, vercelHooks, hooks, pulls, vercelJson, kept } = await world.readAll();

    expect(outcome).toBe('done');
    const types = Object.fromEntries(variables.map(({ key, type }) => [key, type]));
    expect(types).toEqual({
      VERCEL_TOKEN: 'sensitive',
      GITHUB_TOKEN: 'sensitive',
      VERCEL_TEAM_ID: 'encrypted',
      UPSTASH_REDIS_REST_URL: 'encrypted',
      UPSTASH_REDIS_REST_TOKEN: 'sensitive',
      PUBLIC_URL: 'encrypted',
      MODE: 'encrypted',
      CRON_SECRET: 'sensitive',
      TRIGGER_SECRET: 'sensitive',
      DASHBOARD_SECRET: 'sensitive',
      GITHUB_WEBHOOK_SECRET: 'sensitive',
      VERCEL_WEBHOOK_SECRET: 'sensitive',
    });
    for (const { target } of variables) expect(target).toEqual(['production']);
    expect(vercelHooks).toMatchObject([
      { url: `${ADDRESS}/api/webhooks/vercel`, events: ['deployment.error', 'deployment.succeeded'] },
    ]);
    expect(hooks).toMatchObject([{ active: true, config: { url: `${ADDRESS}/api/webhooks/github` } }]);
    expect([...(hooks[0]?.events ?? [])].sort()).toEqual(EVENTS);
    expect(pulls.map(({ head }) => head.ref)).toEqual(['self-heal/coderabbit']);
    expect(JSON.parse(vercelJson).crons).toEqual([{ path: '/api/cron', schedule: '* * * * *' }]);
    expect(notes).toEqual(['Deploy the project once: variables count from the next deployment on.']);

    const made = ['CRON_SECRET', 'TRIGGER_SECRET', 'DASHBOARD_SECRET', 'GITHUB_WEBHOOK_SECRET'];
    for (const name of made) expect(kept).toContain(`${name}=${settings[name]}\n`);
    expect(statSync(join(world.folder, '.env')).mode & 0o777).toBe(0o600);
    const secrets = [VERCEL_TOKEN, GITHUB_TOKEN, REDIS_TOKEN, ...made.map((name) => settings[name] ?? '')];
    for (const secret of secrets) {
      expect(secret).not.toBe('');
      expect(lines.join('\n')).not.toContain(secret);
      expect(JSON.stringify(variables)).not.toContain(secret);
    }
  });

  it('opens the pull request with the file as it is here', async () => {
    const path = '/repos/baker/shop/contents/.coderabbit.yaml?ref=self-heal/coderabbit';
    const { content } = await world.ask('github', 'GET', path);
    expect(Buffer.from(content, 'base64').toString()).toContain('auto_pause_after_reviewed_commits: 0');
  });

  it('finds nothing to do the second time, though it has forgotten the secrets that it made', async () => {
    const before = await world.readAll();
    expect(await world.run()).toMatchObject({ outcome: 'nothing-to-do', changes: [] });
    expect(await world.readAll()).toEqual(before);
  });

  it('writes only what differs', async () => {
    const { changes } = await world.run({
      settings: { ...world.settings, UPSTASH_REDIS_REST_TOKEN: 'another-redis-token-01', VERCEL_PROJECTS: 'shop' },
    });
    expect(changes).toEqual([
      'Update the variable UPSTASH_REDIS_REST_TOKEN, which nobody can read back',
      'Set the variable VERCEL_PROJECTS to shop',
    ]);
    await world.run();
  });

  it('tells every webhook when its secret has to be made anew, for one is missing and it cannot be read back', async () => {
    const [hook] = await world.ask('github', 'GET', '/repos/baker/blog/hooks');
    await world.ask('github', 'DELETE', `/repos/baker/blog/hooks/${hook.id}`);

    const { changes } = await world.run({ settings: { ...world.settings, VERCEL_PROJECTS: 'shop,blog' } });

    expect(changes).toEqual([
      'Update the variable VERCEL_PROJECTS to shop,blog',
      'Update the variable GITHUB_WEBHOOK_SECRET, which nobody can read back',
      expect.stringMatching(/^Update the webhook of baker\/shop/),
      expect.stringMatching(/^Create the webhook of baker\/blog/),
    ]);
    expect((await world.readAll()).kept.match(/^GITHUB_WEBHOOK_SECRET=/gm)).toHaveLength(1);
  });

  it('replaces a Vercel webhook whose secret is not stored, and mends one on GitHub that is off', async () => {
    const { variables, hooks } = await world.readAll();
    expect(variables.some(({ key }) => key === 'VERCEL_WEBHOOK_SECRET')).toBe(true);
    const hook = hooks[0] as unknown as { id: number };
    await world.ask('github', 'PATCH', `/repos/baker/shop/hooks/${hook.id}`, { active: false, events: ['push'] });
    const [known] = await world.ask('vercel', 'GET', '/v1/webhooks');
    await world.ask('vercel', 'DELETE', `/v1/webhooks/${known.id}`);
    await world.ask('vercel', 'POST', '/v1/webhooks', {
      url: `${ADDRESS}/api/webhooks/vercel`,
      events: ['deployment.error'],
    });

    const { changes } = await world.run();
    const after = await world.readAll();

    expect(changes).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^Replace the Vercel webhook/),
        expect.stringMatching(/^Update the webhook of baker\/shop/),
      ]),
    );
    expect(after.vercelHooks).toHaveLength(1);
    expect([...(after.hooks[0]?.events ?? [])].sort()).toEqual([...EVENTS, 'push'].sort());
    expect(after.hooks).toMatchObject([{ active: true }]);
  });

  it('does not open a pull request again that a person closed', async () => {
    const [pull] = await world.ask('github', 'GET', '/repos/baker/shop/pulls');
    await world.ask('github', 'PATCH', `/repos/baker/shop/pulls/${pull.number}`, { state: 'closed' });

    expect((await world.run()).outcome).toBe('nothing-to-do');
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['a wrong Vercel token', { VERCEL_TOKEN: 'wrong-vercel-token' }, /^VERCEL_TOKEN does not work: .*Not authorized/],
    ['a wrong GitHub token', { GITHUB_TOKEN: 'github_pat_wrong' }, /^GITHUB_TOKEN does not work: .*Bad credentials/],
    ['another team', { VERCEL_TEAM_ID: 'team_other' }, /does not reach the team team_other; it reaches baker/],
    [
      'a project that is not there',
      { VERCEL_PROJECTS: 'shop,wbe' },
      /names wbe, which the token does not see; it sees shop, blog/,
    ],
  ])('stops before anything is written at %s', async (_, settings, sentence) => {
    const before = await world.readAll();
    expect(await sentencesOf(world.run({ settings: { ...world.settings, ...settings } }))).toMatch(sentence);
    expect(await world.readAll()).toEqual(before);
  });

  it('names everything that is missing at once', async () => {
    const said = await sentencesOf(world.run({ settings: {} }));
    expect(said).toMatch(/VERCEL_TOKEN is not set.*\n.*GITHUB_TOKEN is not set/);
  });

  it('says which projects it leaves out because the GitHub token does not see their repository', async () => {
    await world.ask('github', 'DELETE', '/repos/baker/blog');
    const { lines } = await world.run({ isDryRun: true, settings: { ...world.settings, VERCEL_PROJECTS: 'shop' } });
    expect(lines).toContainEqual('Left out, for the GitHub token does not see their repositories: blog.');
  });

  it('stops at a project name that Vercel does not know', async () => {
    expect(await sentencesOf(world.run({ project: 'heel' }))).toMatch(/^There is no Vercel project heel; there are/);
  });
});

describe('on hobby', () => {
  let world: SetupWorld;
  beforeAll(async () => {
    world = await startSetupWorld({ plan: 'hobby', isPrivate: true });
  });
  afterAll(() => world?.stop());

  it('wants a database', async () => {
    const { UPSTASH_REDIS_REST_URL: _, ...settings } = world.settings;
    expect(await sentencesOf(world.run({ settings }))).toMatch(/no database yet: .*connect Upstash Redis/);
  });

  it('goes on after a service broke down in the middle, and makes nothing twice', async () => {
    await world.fault('github', { method: 'POST', path: '/repos/baker/shop/hooks$', times: 1, status: 502, body: {} });
    expect(await sentencesOf(world.run())).toMatch(/create webhook: 502/);

    const { changes } = await world.run();

    expect(changes.some((text) => text.startsWith('Set the variable'))).toBe(false);
    expect((await world.readAll()).hooks).toHaveLength(1);
    expect((await world.run()).outcome).toBe('nothing-to-do');
  });

  it('has changed the cron to once a day and nothing else of the file, and made no Vercel webhook', async () => {
    const { vercelJson, vercelHooks } = await world.readAll();

    expect(vercelJson).toBe(readFileSync('vercel.json', 'utf8').replace('"* * * * *"', '"0 6 * * *"'));
    expect(vercelHooks).toEqual([]);
  });

  it('with a QStash token, adds a schedule that carries the secret, and leaves it alone afterwards', async () => {
    const settings = { ...world.settings, QSTASH_TOKEN: 'qstash-token-0123456789' };
    const first = await world.run({ settings });
    const [[id, schedule] = []] = [...world.schedules];

    expect(id).toMatch(/^self-heal-sweep-prj_/);
    expect(schedule).toMatchObject({ destination: `${ADDRESS}/api/cron`, cron: '*/2 * * * *', method: 'GET' });
    expect(first.settings.CRON_SECRET).toBeDefined();
    expect(schedule?.authorization).toBe(`Bearer ${first.settings.CRON_SECRET}`);
    expect((await world.readAll()).variables.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['QSTASH_TOKEN', 'QSTASH_CURRENT_SIGNING_KEY', 'QSTASH_NEXT_SIGNING_KEY']),
    );
    expect((await world.run({ settings })).outcome).toBe('nothing-to-do');
    expect(world.schedules.size).toBe(1);
  });

  it('says that Gemini’s free tier may train on what it is sent before anything is chosen', async () => {
    const said: string[] = [];
    const listen = (line: string) => void said.push(line);
    const settings = { ...world.settings, GEMINI_API_KEY: 'gemini-key-0123456789' };
    await world.run(
      { settings, isDryRun: true },
      {
        isAttended: true,
        warn: listen,
        chooseSeveral: async (title: string, options: readonly Option[]) => {
          said.push(`${title} ${options.map(({ label, hint }) => `${label} (${hint})`).join(', ')}`);
          return options.map(({ value }) => value);
        },
        confirm: async (title) => {
          said.push(title);
          return false;
        },
        say: listen,
      },
    );

    expect(said.indexOf(said.find((line) => /free tier/.test(line)) ?? '')).toBeLessThan(
      said.indexOf(said.find((line) => /^Which projects/.test(line)) ?? ''),
    );
    expect(said.join('\n')).toMatch(/shop \(baker\/shop, private\), blog \(baker\/blog\)/);
    expect(said.join('\n')).toMatch(/shop: private\. May their code go to Gemini/);
    // The answer was no.
    expect(said.join('\n')).toMatch(/Watched: blog\./);
  });

  it('asks for what is missing, again where it does not work, and never shows it', async () => {
    const answers = ['wrong-vercel-token', VERCEL_TOKEN, GITHUB_TOKEN, undefined, undefined];
    const asked: string[] = [];
    const warned: string[] = [];
    const { VERCEL_TOKEN: _, GITHUB_TOKEN: __, ...settings } = world.settings;
    const { outcome } = await world.run(
      { settings, isDryRun: true },
      {
        isAttended: true,
        askSecret: async ({ title }) => {
          asked.push(title);
          return answers.shift();
        },
        warn: (line) => warned.push(line) && undefined,
      },
    );

    expect(outcome).toBe('nothing-to-do');
    expect(asked).toEqual(['VERCEL_TOKEN', 'VERCEL_TOKEN', 'GITHUB_TOKEN', 'GEMINI_API_KEY (optional)']);
    expect(warned.join()).toMatch(/VERCEL_TOKEN does not work/);
    expect(warned.join()).not.toContain('wrong-vercel-token');
  });
});

it('says which right the GitHub token lacks, and goes on from there when it was given', async () => {
  const world = await startSetupWorld({ plan: 'pro', writes: ['contents', 'pull_requests'] });
  try {
    writeFileSync(join(world.folder, '.env'), 'KEPT=as it is\nCRON_SECRET=an-old-secret-of-mine\n');
    expect(await sentencesOf(world.run())).toMatch(/create webhook: 403 .*needs repository_hooks=write/);
    expect((await world.readAll()).kept).toMatch(/^KEPT=as it is\n/);
  } finally {
    await world.stop();
  }
});

describe('deployed already', () => {
  const AGAIN = 'Deploy self-healing-pipeline again, so that the variables count';
  let world: SetupWorld;
  const deployments = async () =>
    (await world.ask('vercel', 'GET', '/v7/deployments?app=self-healing-pipeline')).deployments;
  const decide = (rule: object) =>
    fetch(`${world.vercel.url}/__control/results`, { method: 'POST', body: JSON.stringify(rule) });
  const endBuildAs = (result: string) => decide({ project: 'self-healing-pipeline', result, times: 1 });

  beforeAll(async () => {
    world = await startSetupWorld({ plan: 'pro' });
    // One build at a time: the previews of setup's own pull requests must not hold it up.
    await decide({ branch: '^self-heal/', result: 'READY' });
    await endBuildAs('READY');
    const content = Buffer.from('It heals.\n').toString('base64');
    await world.ask('github', 'PUT', '/repos/baker/heal/contents/heal.txt', { message: 'First', content });
    await vi.waitFor(async () => expect((await deployments())[0]?.readyState).toBe('READY'), 10_000);
  });
  afterAll(() => world?.stop());

  it('deploys again after all that writes variables, and waits until that serves', async () => {
    await endBuildAs('READY');
    const { changes, lines, notes } = await world.run();

    // Before anything that makes GitHub call: the first deliveries come at once, signed with a secret of the variables.
    const order = [/^Set the variable/, /^Create the Vercel webhook/, /^Deploy/, /^Create the webhook of/, /^Open/];
    const places = order.map((kind) => changes.findIndex((text) => kind.test(text)));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBe(0);
    expect(lines).toContainEqual(expect.stringMatching(/^ready after \d+ s$/));
    expect(notes).toEqual([]);
    const [newest, ...older] = await deployments();
    expect(newest).toMatchObject({ source: 'redeploy', readyState: 'READY', target: 'production' });
    expect(older).toHaveLength(1);
    expect((await world.run()).outcome).toBe('nothing-to-do');
    expect(await deployments()).toHaveLength(2);
  });

  it('remembers it when it was stopped between the variables and the deployment', async () => {
    await world.fault('vercel', { method: 'POST', path: '^/v13/deployments', times: 1, status: 400, body: {} });
    expect(await sentencesOf(world.run({ passedOn: { MODE: 'observe' } }))).toMatch(/create deployment: 400/);

    await endBuildAs('READY');
    expect((await world.run({ passedOn: { MODE: 'observe' } })).changes).toEqual([AGAIN]);
    expect((await world.run({ passedOn: { MODE: 'observe' } })).outcome).toBe('nothing-to-do');
  });

  it('deploys again for the secret that a new Vercel webhook brings', async () => {
    const [known] = await world.ask('vercel', 'GET', '/v1/webhooks');
    await world.ask('vercel', 'DELETE', `/v1/webhooks/${known.id}`);
    await endBuildAs('READY');

    expect((await world.run()).changes).toEqual([expect.stringMatching(/^Create the Vercel webhook/), AGAIN]);
  });

  it('says that the one before keeps serving when the new one fails, and tries again the next time', async () => {
    await endBuildAs('ERROR');
    expect(await sentencesOf(world.run({ passedOn: { MODE: 'repair' } }))).toMatch(
      /^The new deployment ended as ERROR; the one before keeps serving, without the new variables\. See http/,
    );
    expect((await world.run({ isDryRun: true, passedOn: { MODE: 'repair' } })).changes).toEqual([AGAIN]);
  });
});

describe('not on Vercel yet', () => {
  it('on hobby puts the cron right before the import, which fails otherwise, and says how to go on', async () => {
    const world = await startSetupWorld({ plan: 'hobby', isOnVercel: false });
    try {
      execFileSync('git', ['init', '-q', world.folder]);
      const origin = 'https://user:secret@github.com/baker/heal.git';
      execFileSync('git', ['-C', world.folder, 'config', 'remote.origin.url', origin]);
      const dry = await world.run({ isDryRun: true });
      const { outcome, changes, notes } = await world.run();
      const { vercelJson, variables, kept } = await world.readAll();

      expect(dry).toMatchObject({ outcome: 'dry-run', changes });
      expect(outcome).toBe('not-on-vercel');
      expect(changes).toEqual([expect.stringMatching(/^Change the cron in vercel\.json .* to "0 6 \* \* \*"/)]);
      expect(JSON.parse(vercelJson).crons).toEqual([{ path: '/api/cron', schedule: '0 6 * * *' }]);
      expect({ variables, kept }).toEqual({ variables: undefined, kept: '' });
      expect(notes).toEqual([
        expect.stringMatching(/^Commit vercel\.json and push it first/),
        expect.stringMatching(/^Import https:\/\/github\.com\/baker\/heal at https:\/\/vercel\.com\/new/),
        expect.stringContaining('repository-url=https%3A%2F%2Fgithub.com%2Fbaker%2Fheal&'),
        'Then run setup again.',
      ]);
      expect(notes.join()).not.toContain('secret');
      expect((await world.run()).notes).toEqual(notes.slice(1));
    } finally {
      await world.stop();
    }
  });

  it('on pro changes nothing', async () => {
    const world = await startSetupWorld({ plan: 'pro', isOnVercel: false });
    try {
      expect(await world.run()).toMatchObject({ outcome: 'not-on-vercel', changes: [] });
    } finally {
      await world.stop();
    }
  });
});

it.each([
  ['git@github.com:ada/heal.git', 'https://github.com/ada/heal'],
  ['ssh://git@gitlab.com/ada/heal', 'https://gitlab.com/ada/heal'],
  ['https://x-access-token:t@github.com/ada/heal.git/', 'https://github.com/ada/heal'],
  ['/srv/git/heal.git', undefined],
  ['https://git.example.dev/ada/heal.git', undefined],
])('knows the page of %s', (origin, page) => {
  expect(repositoryPage(origin)).toBe(page);
});
