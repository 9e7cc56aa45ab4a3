import { describe, expect, it } from 'vitest';
import type { World } from '../../lib/flows/world.js';
import { answerDashboard } from '../../lib/http/dashboard.js';
import { buildSessionCookie, createSession } from '../../lib/http/session.js';
import type { Incident } from '../../lib/incident/incident.js';
import { readSettings } from '../../lib/settings/read-settings.js';
import { createTestWorld, SECRET, seed } from '../browser/dashboard-server.js';
import { fakeIncident } from '../report/incidents.js';

const NOW = Date.UTC(2026, 10, 22, 15, 0, 0);
const cookie = buildSessionCookie(createSession(NOW), SECRET, { secure: true }).split(';', 1)[0] ?? '';

async function show(world: World, path: string): Promise<string> {
  const request = new Request(`https://heal.example.dev${path}`, { headers: { accept: 'text/html', cookie } });
  return await (await answerDashboard(request, { secret: SECRET, openWorld: () => world, now: NOW })).text();
}

function incidentWith(id: string, openedAt: number, file: string | undefined): Incident {
  const failures = [{ ...fakeIncident().failures[0], deploymentId: `dpl_${id}` }] as Incident['failures'];
  return fakeIncident('proposed', {
    id: `inc_${id}`,
    openedAt,
    failures,
    ...(file === undefined ? {} : { settings: { sha: 'a1b2c3d4'.repeat(5), ...readSettings(file) } }),
  });
}

function rowOf(text: string, label: string): string {
  return new RegExp(`<th scope="row" class="lead">${label}</th>.*?</tr>`).exec(text)?.[0] ?? '';
}

describe('the page of the settings', () => {
  it('shows the newest reading of a repository, each value with where it comes from', async () => {
    const world = createTestWorld({ now: () => NOW });
    await seed(world, [
      incidentWith('1', NOW - 3000, '{"limits": {"attempts": 1}}'),
      incidentWith('2', NOW - 2000, '{"limits": {"attempts": 2}, "paths": {"never": ["legal/"]}, "autoMerge": true}'),
      incidentWith('3', NOW - 1000, undefined),
    ]);

    const text = await show(world, '/settings');

    expect(rowOf(text, 'Attempts on one incident')).toMatch(/<td class="wide">2<\/td>.*repository/);
    expect(rowOf(text, 'Paths that are never changed')).toMatch(/legal\/.*repository/);
    expect(rowOf(text, 'Merge without a person')).toMatch(/<td class="wide">no.*AUTO_MERGE_REPOSITORIES.*environment/);
    expect(rowOf(text, 'Reviewers')).toMatch(/none.*default/);
    expect(text).toContain('a1b2c3d');
    expect(text.match(/<table class="fold">/g)).toHaveLength(2);
  });

  it('names the mistakes of a file, as text', async () => {
    const world = createTestWorld({ now: () => NOW });
    await seed(world, [incidentWith('1', NOW, '{"<script>alert(1)</script>": 1, "autoMerge": true}')]);

    const text = await show(world, '/settings');
    const incident = await show(world, '/incidents/inc_1');

    expect(text).toContain('1 settings file with a mistake');
    expect(text).toContain('&#60;script&#62;alert(1)');
    expect(text).not.toContain('<script>alert');
    expect(rowOf(text, 'Merge without a person')).toContain('off until the file is mended');
    expect(incident).toContain('1 mistake in its file');
  });

  it('is there when nothing has failed yet, and closed to strangers', async () => {
    const world = createTestWorld({ now: () => NOW });

    expect(await show(world, '/settings')).toContain('Every other repository');
    const stranger = new Request('https://heal.example.dev/settings', { headers: { accept: 'text/html' } });
    expect((await answerDashboard(stranger, { secret: SECRET, openWorld: () => world, now: NOW })).status).toBe(401);
  });
});
