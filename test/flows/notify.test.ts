import { beforeEach, expect, it } from 'vitest';
import { AdapterError } from '../../lib/errors.js';
import { notify } from '../../lib/flows/notify.js';
import type { World } from '../../lib/flows/world.js';
import type { Notification } from '../../lib/ports.js';
import { createMemoryStore } from '../fakes/memory-store.js';
import { fakeAttempt, fakeIncident } from '../report/incidents.js';

const sent: Notification[] = [];
let broken: boolean;
let world: World;

beforeEach(() => {
  sent.length = 0;
  broken = false;
  const store = createMemoryStore({ now: () => 1_000 });
  world = {
    config: { publicUrl: 'https://heal.example.dev' },
    clock: { now: () => 1_000 },
    logger: { warn: () => {} },
    redact: (text: string) => text.replaceAll('hunter2', '[redacted]'),
    store: async () => store,
    notifier: async () => ({
      async notify(notification: Notification) {
        sent.push(notification);
        if (broken) throw new AdapterError('No answer.', { system: 'notifier', kind: 'unavailable' });
      },
    }),
  } as unknown as World;
});

it('tells of the four changes that matter, and of no other', async () => {
  for (const status of [
    'detected',
    'diagnosed',
    'proposed',
    'refuted',
    'verified',
    'merged',
    'healed',
    'joined',
  ] as const)
    await notify(world, fakeIncident(status));
  await notify(world, fakeIncident('escalated', { id: 'inc_2' }));

  expect(sent.map(({ event }) => event)).toEqual(['opened', 'verified', 'healed', 'escalated']);
  expect(sent[1]).toMatchObject({ repository: 'acme/web', projects: ['web'], url: fakeIncident().pullRequest?.url });
});

it('tells each once, also when twenty ask at the same moment and the receiver is broken', async () => {
  broken = true;

  await Promise.all(Array.from({ length: 20 }, () => notify(world, fakeIncident('healed'))));
  await notify(world, fakeIncident('healed'));

  expect(sent).toHaveLength(1);
});

it('tells again when an incident that was taken up anew ends again', async () => {
  await notify(world, fakeIncident('escalated'));
  await notify(world, fakeIncident('escalated', { attempts: [fakeAttempt(), fakeAttempt({ number: 2 })] }));

  expect(sent).toHaveLength(2);
});

it('tells no secret, and points to the incident’s page while there is no pull request', async () => {
  const escalated = fakeIncident('escalated', { pullRequest: undefined, detail: 'The token is hunter2.' } as never);

  await notify(world, escalated);

  expect(sent[0]?.text).toContain('[redacted]');
  expect(sent[0]?.url).toBe('https://heal.example.dev/incidents/inc_8f2k1');
});

it('does nothing where nobody wants to be notified', async () => {
  const { notifier: _, ...silent } = world;

  await notify(silent as World, fakeIncident('healed'));

  expect(sent).toEqual([]);
});
