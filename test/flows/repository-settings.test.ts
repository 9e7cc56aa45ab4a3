import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSettings } from '../../lib/flows/check-settings.js';
import { receive } from '../../lib/flows/receive.js';
import { settingsOf } from '../../lib/flows/repository-settings.js';
import type { Incident } from '../../lib/incident/incident.js';
import { SETTINGS_PATH } from '../../lib/settings/settings-schema.js';
import { SYNTAX_LOG } from '../faults/recorded-builds.js';
import { type Outside, openScene, type Scene, startOutside } from './start-world.js';

const GOOD = `export default function Page() {
  return <main>Opening hours</main>;
}
`;
const MISSPELT = GOOD.replace('export', 'expot');
const FILES = {
  'app/page.tsx': GOOD,
  'package.json': JSON.stringify({ name: 'hours', dependencies: { next: '15.5.6' } }),
};
const NAMES = [
  'settled',
  'forbidden',
  'excluded',
  'mistaken',
  'lowered',
  'sneaky',
  'introduced',
  'observing',
  'german',
] as const;

let outside: Outside;
beforeAll(async () => {
  outside = await startOutside(NAMES);
});
afterAll(async () => {
  await outside.stop();
});

async function broken(
  repository: (typeof NAMES)[number],
  settings: unknown,
  more: Partial<Parameters<typeof openScene>[1]> = {},
): Promise<Scene> {
  const scene = await openScene(outside, { repository, files: FILES, ...more });
  await scene.setBuilds([
    { when: { path: 'app/page.tsx', includes: 'expot' }, result: 'ERROR', log: SYNTAX_LOG },
    { result: 'READY' },
  ]);
  const text = typeof settings === 'string' ? settings : JSON.stringify(settings);
  await scene.push({ 'app/page.tsx': MISSPELT, [SETTINGS_PATH]: text });
  await scene.settle();
  return scene;
}

function escalationOf(incident: Incident) {
  return incident.status === 'escalated' ? { reason: incident.reason, detail: incident.detail } : undefined;
}

/** A person's pull request that brings these files. */
async function propose(scene: Scene, branch: string, files: Readonly<Record<string, string | null>>): Promise<number> {
  const path = `/repos/baker/${scene.repository.name}`;
  const main = await outside.github.call('GET', `${path}/git/ref/heads/main`);
  await outside.github.call('POST', `${path}/git/refs`, { ref: `refs/heads/${branch}`, sha: main.json.object.sha });
  await outside.github.commit({ id: 0, ...scene.repository }, files, branch);
  const opened = await outside.github.call('POST', `${path}/pulls`, { head: branch, base: 'main', title: 'Settings' });
  return opened.json.number;
}

describe('the settings in a repository', () => {
  it('are read with its other files, and hold: labels and reviewers', async () => {
    const scene = await broken('settled', {
      labels: ['build'],
      reviewers: ['stranger', 'baker'],
      limits: { attempts: 2 },
    });

    const verified = await scene.sweepUntil('verified');

    const [pull] = await scene.pulls('open');
    const path = `/repos/baker/settled/pulls/${pull?.number}`;
    const { json } = await outside.github.call('GET', path);
    expect(json.labels.map((label: { name: string }) => label.name).sort()).toEqual(['auto-repair', 'build']);
    expect(json.requested_reviewers.map((user: { login: string }) => user.login)).toEqual(['stranger']);
    expect(verified.settings).toMatchObject({ sha: verified.attempts[0]?.baseSha, mistakes: [] });
    expect(settingsOf(scene.world, verified).attempts).toEqual({ value: 2, from: 'repository' });
    expect(pull?.body).not.toContain('mistake');
  });

  it('keep a repair from the paths that they forbid, and a person gets the exact edit', async () => {
    const scene = await broken('forbidden', { paths: { never: ['app/'] } });

    const escalated = await scene.sweepUntil('escalated');

    expect(escalationOf(escalated)?.reason).toBe('patch-rejected');
    expect(escalationOf(escalated)?.detail).toContain('path-never: app/page.tsx');
    expect(escalationOf(escalated)?.detail).toContain('+export default function Page()');
    expect(await scene.branches()).toEqual([]);
  });

  it('leave a branch alone that they do not name, quietly', async () => {
    const scene = await broken('excluded', { branches: ['release/*'] });

    const escalated = await scene.sweepUntil('escalated');

    expect(escalationOf(escalated)?.reason).toBe('branch-excluded');
    const sha = escalated.failures[0]?.sha;
    expect((await outside.github.call('GET', `/repos/baker/excluded/commits/${sha}/comments`)).json).toEqual([]);
    expect(await scene.branches()).toEqual([]);
  });

  it('with a mistake permit nothing, and the pull request says so', async () => {
    const scene = await broken('mistaken', '{\n  "autoMerge": true,\n  "lables": ["build"]\n}\n', {
      environment: { AUTO_MERGE_REPOSITORIES: '*', PUBLIC_URL: 'https://heal.example.com' },
    });

    const verified = await scene.sweepUntil('verified');

    const [pull] = await scene.pulls('open');
    expect(settingsOf(scene.world, verified).autoMerge).toEqual({ value: false, from: 'safe-default' });
    expect(pull?.body).toContain('The settings of this repository have a mistake');
    expect(pull?.body).toContain('`lables` (line 3) is not known; labels is');
    expect(pull?.body).toContain('https://heal.example.com/schema/self-healing.schema.json');
  });

  it('can allow fewer attempts than the installation, not more', async () => {
    const scene = await broken('lowered', { limits: { attempts: 1 } });
    // The repair is made, and its preview fails all the same.
    await scene.setBuilds([{ result: 'ERROR', log: SYNTAX_LOG }]);

    const escalated = await scene.sweepUntil('escalated');

    expect(escalationOf(escalated)?.reason).toBe('attempts-exhausted');
    expect(escalated.attempts).toHaveLength(1);
  });

  it('choose the language of the pull request, its comments, its commit and its status', async () => {
    const scene = await broken('german', { language: 'de' });

    const verified = await scene.sweepUntil('verified');

    const [pull] = await scene.pulls('open');
    const [comment] = await scene.comments(pull?.number ?? 0);
    const sha = verified.attempts[0]?.commitSha;
    const commit = await outside.github.call('GET', `/repos/baker/german/git/commits/${sha}`);
    const statuses = await outside.github.call('GET', `/repos/baker/german/commits/${sha}/statuses`);
    expect(pull?.title).toMatch(/^fix: repariert den Produktions-Build \(/);
    expect(pull?.body).toContain('### Was das ändert');
    expect(comment).toContain('**Versuch 1 baut.**');
    expect(commit.json.message).toMatch(/^Repariert den Build: /);
    expect(statuses.json.map(({ description }: { description: string }) => description)).toContain(
      'Das Preview-Deployment dieses Commits ist bereit',
    );
  });

  it('count only as they stand on the production branch, not on the repair’s own', async () => {
    const scene = await broken(
      'sneaky',
      { paths: { never: ['app/legal/'] } },
      {
        environment: { AUTO_MERGE_REPOSITORIES: '*' },
      },
    );
    const verified = await scene.sweepUntil('verified');
    const [branch] = await scene.branches();

    await scene.push({ [SETTINGS_PATH]: '{"autoMerge": true, "askFirst": ["package-script"]}' }, branch);
    await scene.settle();
    const taken = await scene.sweepUntil('taken-over');

    expect(settingsOf(scene.world, verified).autoMerge.value).toBe(false);
    expect(settingsOf(scene.world, taken).askFirst.value).toEqual([]);
  });
});

/** The repository as a webhook names it. */
async function asDelivered({ repository }: Scene) {
  const { json } = await outside.github.call('GET', `/repos/baker/${repository.name}`);
  return { ...repository, id: Number(json.id) };
}

describe('a pull request that changes the settings', () => {
  it('is told its mistakes once, then what is left of them, then that they are mended', async () => {
    const scene = await openScene(outside, { repository: 'introduced', files: FILES });
    const repository = await asDelivered(scene);
    const number = await propose(scene, 'settings', { [SETTINGS_PATH]: '{"lables": [], "language": "fr"}' });
    const look = async (delivery: string) =>
      await receive(scene.world, {
        outcome: 'event',
        deliveryId: delivery,
        event: { kind: 'pull-request-changed', repository, number },
      });

    expect(await look('opened')).toBe('settings-checked');
    expect(await look('opened')).toBe('duplicate');
    expect(await look('again')).toBe('settings-checked');
    const [first, ...others] = await scene.comments(number);
    await outside.github.commit(
      repository,
      { [SETTINGS_PATH]: '{"labels": [], "language": "de", "tries": 1}' },
      'settings',
    );
    await look('pushed');
    const [second] = await scene.comments(number);
    await outside.github.commit(repository, { [SETTINGS_PATH]: '{"labels": []}' }, 'settings');
    await look('mended');
    const last = await scene.comments(number);

    expect(others).toEqual([]);
    expect(first).toContain('`lables` (line 1) is not known; labels is');
    expect(first).toContain('`language` (line 1) has to be one of: en, de');
    expect(second).toContain('`tries` (Zeile 1) ist nicht bekannt');
    expect(second).not.toContain('lables');
    expect(last).toHaveLength(1);
    expect(last[0]).toContain('can be understood again');
  });

  it('gets no comment when it changes nothing there, is right, or nothing may be written', async () => {
    const scene = await openScene(outside, { repository: 'observing', files: FILES });
    const repository = await asDelivered(scene);
    const other = await propose(scene, 'other', { 'README.md': 'Hours\n' });
    const right = await propose(scene, 'right', { [SETTINGS_PATH]: '{"labels": ["build"]}' });
    const wrong = await propose(scene, 'wrong', { [SETTINGS_PATH]: '{' });
    const observing = { ...scene.world, config: { ...scene.world.config, mode: 'observe' as const } };

    expect(await checkSettings(scene.world, repository, other)).toBe('unchanged');
    expect(await checkSettings(scene.world, repository, right)).toBe('understood');
    expect(await checkSettings(observing, repository, wrong)).toBe('not-ours');
    await scene.store.setPaused(true);
    expect(await checkSettings(scene.world, repository, wrong)).toBe('not-ours');
    await scene.store.setPaused(false);
    for (const number of [other, right, wrong]) expect(await scene.comments(number)).toEqual([]);

    expect(await checkSettings(scene.world, repository, wrong)).toBe('mistaken');
    expect(await scene.comments(wrong)).toHaveLength(1);
  });
});
