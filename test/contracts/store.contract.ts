import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AdapterError } from '../../lib/errors.js';
import type { HistoryEntry, Incident } from '../../lib/incident/incident.js';
import type { Lease, Store } from '../../lib/ports.js';
import { fakeAttempt, fakeFailure, fakeIncident } from '../report/incidents.js';

export interface StoreUnderTest {
  readonly store: Store;
  /** Another client of the same store, as another function would have. */
  readonly other: Store;
  /** Lets this much of the store's time go by. */
  passTime(ms: number): Promise<void>;
  wipe(): Promise<void>;
  close(): Promise<void>;
}

const FAR_AWAY = 60_000;
const OPENED: HistoryEntry = { at: 1, event: 'opened', text: 'Opened.' };
const PATCH = fakeAttempt().patch;

function detected(id: string, overrides: Partial<Incident> = {}): Incident {
  return {
    ...fakeIncident('detected', { id, version: 1, dueAt: 1_000, failures: [failureOf(id)] }),
    ...overrides,
  } as Incident;
}

function failureOf(name: string) {
  return fakeFailure({ deploymentId: `dpl_${name}` });
}

/** What every store has to guarantee, whatever it is made of. */
export function describeStore(name: string, start: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let world: StoreUnderTest;
    let store: Store;
    let other: Store;

    beforeAll(async () => {
      world = await start();
      store = world.store;
      other = world.other;
    });
    beforeEach(() => world.wipe());
    afterAll(() => world?.close());

    async function openAndClaim(id: string, overrides: Partial<Incident> = {}, ttlMs = FAR_AWAY) {
      await store.open(detected(id, overrides), OPENED);
      return claim(id, ttlMs);
    }

    async function claim(id: string, ttlMs = FAR_AWAY): Promise<{ lease: Lease; incident: Incident }> {
      const claimed = await store.claim(id, ttlMs);
      if (typeof claimed === 'string') throw new Error(`The claim of ${id} was ${claimed}.`);
      return claimed;
    }

    async function end(id: string): Promise<void> {
      const { lease, incident } = await claim(id);
      await store.save({ ...fakeIncident('healed'), ...pick(incident) } as Incident, lease, []);
      await store.release(lease);
    }

    describe('sweeps', () => {
      it('knows nothing at first', async () => {
        const sweep = await store.beginSweep(10);

        expect(sweep).toEqual({ now: expect.any(Number), paused: false, due: [], seen: new Set() });
      });

      it('tells when the last completed sweep started, and never moves back', async () => {
        await store.completeSweep(5_000, 'cron');
        await other.completeSweep(4_000, 'webhook');

        const sweep = await store.beginSweep(10);

        expect(sweep.lastSweepAt).toBe(5_000);
        expect((await store.readPulse()).lastSweepBy).toEqual({ cron: 5_000 });
      });

      it('lists what is due, the longest due first, and no more than asked for', async () => {
        const { now } = await store.beginSweep(1);
        await store.open(detected('late', { dueAt: now - 2_000 }), OPENED);
        await store.open(detected('later', { dueAt: now - 5_000 }), OPENED);
        await store.open(detected('latest', { dueAt: 1 }), OPENED);
        await store.open(detected('future', { dueAt: now + FAR_AWAY }), OPENED);
        await store.open(detected('never', { dueAt: undefined }), OPENED);

        const all = await store.beginSweep(10);
        const two = await store.beginSweep(2);

        expect(all.due).toEqual(['latest', 'later', 'late']);
        expect(two.due).toEqual(['latest', 'later']);
      });

      it('remembers the deployments it saw, from three hours before the last sweep on', async () => {
        const { now } = await store.beginSweep(1);
        const hour = 60 * 60 * 1000;
        await store.open(
          detected('a', { failures: [fakeFailure({ deploymentId: 'dpl_new', createdAt: now })] }),
          OPENED,
        );
        await store.ignore({ deploymentId: 'dpl_fork', projectName: 'web', reason: 'fork', createdAt: now - 2 * hour });
        await store.ignore({ deploymentId: 'dpl_old', projectName: 'web', reason: 'fork', createdAt: now - 5 * hour });

        const before = await store.beginSweep(1);
        await store.completeSweep(now);
        const after = await store.beginSweep(1);

        expect(before.seen).toEqual(new Set(['dpl_new', 'dpl_fork', 'dpl_old']));
        expect(after.seen).toEqual(new Set(['dpl_new', 'dpl_fork']));
      });

      it('is paused and resumed, and says since when', async () => {
        await store.setPaused(true);
        const paused = await other.beginSweep(1);
        const since = (await store.readPulse()).pausedSince;
        await store.setPaused(true);
        const sinceStill = (await store.readPulse()).pausedSince;
        await store.setPaused(false);
        const resumed = await other.beginSweep(1);

        expect(paused.paused).toBe(true);
        expect(since).toBeTypeOf('number');
        expect(sinceStill).toBe(since);
        expect(resumed.paused).toBe(false);
      });

      it('counts incidents with a next step', async () => {
        await store.open(detected('a'), OPENED);
        await store.open(detected('b'), OPENED);
        await end('a');

        expect((await store.readPulse()).open).toBe(1);
      });
    });

    describe('opening', () => {
      it('stores an incident that reads back as it was', async () => {
        const incident = detected('a', { pullRequest: undefined });

        const outcome = await store.open(incident, OPENED);

        expect(outcome).toBe('opened');
        expect(await other.find('a')).toEqual(JSON.parse(JSON.stringify(incident)));
        expect(await other.findByDeployment('dpl_a')).toEqual(JSON.parse(JSON.stringify(incident)));
        expect(await other.readHistory('a')).toEqual([OPENED]);
      });

      it('is opened once by twenty at the same moment', async () => {
        const outcomes = await Promise.all(
          Array.from({ length: 20 }, (_, index) => (index % 2 ? store : other).open(detected('a'), OPENED)),
        );

        expect(outcomes.filter((outcome) => outcome === 'opened')).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome === 'known')).toHaveLength(19);
        expect(await store.readHistory('a')).toHaveLength(1);
      });

      it('knows a deployment under whatever id it comes, and an ignored one too', async () => {
        await store.open(detected('a'), OPENED);
        await store.ignore({ deploymentId: 'dpl_ignored', projectName: 'web', reason: 'fork', createdAt: 5 });

        const again = await store.open(detected('b', { failures: [failureOf('a')] }), OPENED);
        const ignored = await store.open(detected('c', { failures: [failureOf('ignored')] }), OPENED);

        expect([again, ignored]).toEqual(['known', 'known']);
        expect(await store.find('b')).toBeUndefined();
      });

      it('refuses an incident that could not be read back, and stores nothing', async () => {
        const broken = { ...detected('a'), branch: 7 } as unknown as Incident;

        await expect(store.open(broken, OPENED)).rejects.toMatchObject({ name: 'AdapterError', kind: 'malformed' });
        expect(await store.find('a')).toBeUndefined();
      });

      it.each([
        ['digits', '0012345'],
        ['a digits-only commit', '1234567'],
        ['a JSON word', 'null'],
        ['JSON', '{"a":[1,2]}'],
        ['many scripts', 'naïve 水 𝄞 – "quoted" \\ \u2028 line\r\n\t end'],
        ['a NUL byte', 'a\u0000b'],
        ['markup', '</script><!-- &amp; --><img src=x onerror=y>'],
        ['a quarter of a megabyte', 'x'.repeat(250_000)],
      ])('keeps %s exactly', async (_what, commitMessage) => {
        const failures = [fakeFailure({ deploymentId: 'dpl_a', sha: commitMessage.slice(0, 40), commitMessage })];
        await store.open(detected('a', { failures }), OPENED);

        expect((await store.find('a'))?.failures).toEqual(failures);
      });

      it('finds nothing where nothing is', async () => {
        await store.ignore({ deploymentId: 'dpl_ignored', projectName: 'web', reason: 'fork', createdAt: 5 });

        expect(await store.find('none')).toBeUndefined();
        expect(await store.findByDeployment('dpl_none')).toBeUndefined();
        expect(await store.findByDeployment('dpl_ignored')).toBeUndefined();
        expect(await store.readHistory('none')).toEqual([]);
      });
    });

    describe('leases', () => {
      it('are exclusive until they are released', async () => {
        const { lease, incident } = await openAndClaim('a');

        const meanwhile = await other.claim('a', FAR_AWAY);
        await store.release(lease);
        const afterwards = await other.claim('a', FAR_AWAY);

        expect(incident.id).toBe('a');
        expect(meanwhile).toBe('held');
        expect(afterwards).toMatchObject({ incident: { id: 'a' } });
      });

      it('go to one of twenty at the same moment', async () => {
        await store.open(detected('a'), OPENED);

        const claims = await Promise.all(
          Array.from({ length: 20 }, (_, index) => (index % 2 ? store : other).claim('a', FAR_AWAY)),
        );

        expect(claims.filter((one) => typeof one !== 'string')).toHaveLength(1);
        expect(claims.filter((one) => one === 'held')).toHaveLength(19);
      });

      it('run out by the store’s clock; the late holder can neither save nor release', async () => {
        const late = await openAndClaim('a', {}, 80);
        await world.passTime(120);
        const heir = await claim('a');

        const saved = await store.save(late.incident, late.lease, []);
        await store.release(late.lease);
        const third = await other.claim('a', FAR_AWAY);

        expect(heir.lease.token).not.toBe(late.lease.token);
        expect(saved).toBe('lease-lost');
        expect(third).toBe('held');
      });

      it('are extended by their holder only', async () => {
        const { lease } = await openAndClaim('a', {}, 1_000);

        expect(await store.extend(lease, 5_000)).toBe(true);
        expect(await store.extend({ ...lease, token: 'of somebody else' }, 5_000)).toBe(false);
        await world.passTime(2_000);
        expect(await other.claim('a', FAR_AWAY)).toBe('held');
      });

      it('are given with the opening where that asks for one', async () => {
        const lease = { incidentId: 'a', token: 'mine' };
        await store.open(detected('a'), OPENED, { token: lease.token, ttlMs: 5_000 });
        const held = await other.claim('a', FAR_AWAY);
        const again = await other.open(detected('a'), OPENED, { token: 'theirs', ttlMs: FAR_AWAY });
        const saved = await store.save(detected('a'), lease, []);
        await world.passTime(6_000);

        expect([held, again, saved]).toEqual(['held', 'known', 'saved']);
        expect(await other.claim('a', FAR_AWAY)).toMatchObject({ incident: { version: 2 } });
      });

      it('of what is not there are gone, and leave nothing behind', async () => {
        const first = await store.claim('none', FAR_AWAY);
        await store.open(detected('none'), OPENED);
        const second = await store.claim('none', FAR_AWAY);

        expect(first).toBe('gone');
        expect(second).toMatchObject({ incident: { id: 'none' } });
      });
    });

    describe('saving', () => {
      it('counts the version up and appends to the history', async () => {
        const { lease, incident } = await openAndClaim('a');
        const first = { at: 2, event: 'diagnosed', text: 'Diagnosed.' };
        const second = { at: 3, event: 'proposed', text: 'Proposed.' };

        const outcome = await store.save({ ...incident, hiccups: 3 }, lease, [first, second]);

        expect(outcome).toBe('saved');
        expect(await other.find('a')).toMatchObject({ version: incident.version + 1, hiccups: 3 });
        expect(await other.readHistory('a')).toEqual([OPENED, first, second]);
      });

      it('refuses an older version, and changes nothing', async () => {
        const { lease, incident } = await openAndClaim('a');
        await store.save({ ...incident, hiccups: 1 }, lease, []);

        const outcome = await store.save({ ...incident, hiccups: 2, dueAt: 9 }, lease, [OPENED]);

        expect(outcome).toBe('conflict');
        expect(await store.find('a')).toMatchObject({ hiccups: 1, version: incident.version + 1 });
        expect(await store.readHistory('a')).toHaveLength(1);
      });

      it('lets one of twenty writers of the same version through', async () => {
        const { lease, incident } = await openAndClaim('a');

        const outcomes = await Promise.all(
          Array.from({ length: 20 }, (_, index) => store.save({ ...incident, hiccups: index }, lease, [OPENED])),
        );

        expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome === 'conflict')).toHaveLength(19);
        expect(await store.readHistory('a')).toHaveLength(2);
      });

      it('refuses a lease of nobody', async () => {
        const { incident } = await openAndClaim('a');

        expect(await store.save(incident, { incidentId: 'a', token: 'guessed' }, [])).toBe('lease-lost');
      });

      it('moves the incident in what is due', async () => {
        const { now } = await store.beginSweep(1);
        const { lease, incident } = await openAndClaim('a');

        await store.save({ ...incident, dueAt: now + FAR_AWAY }, lease, []);
        const later = await store.beginSweep(10);
        await store.save({ ...incident, version: incident.version + 1, dueAt: now - 2_000 }, lease, []);
        const due = await store.beginSweep(10);
        await store.save({ ...incident, version: incident.version + 2, dueAt: undefined }, lease, []);
        const without = await store.beginSweep(10);

        expect([later.due, due.due, without.due]).toEqual([[], ['a'], []]);
      });

      it('takes an ended incident out of what is due, whatever it says', async () => {
        const { lease, incident } = await openAndClaim('a');

        await store.save({ ...fakeIncident('healed'), ...pick(incident), dueAt: 1 } as Incident, lease, []);

        expect((await store.beginSweep(10)).due).toEqual([]);
        expect((await store.find('a'))?.status).toBe('healed');
      });

      it('maps further failures to the incident and marks them seen', async () => {
        const { lease, incident } = await openAndClaim('a');
        const failures = [...incident.failures, failureOf('second'), failureOf('third')];

        await store.save({ ...incident, failures }, lease, []);

        expect((await store.findByDeployment('dpl_third'))?.id).toBe('a');
        expect((await store.beginSweep(1)).seen).toEqual(new Set(['dpl_a', 'dpl_second', 'dpl_third']));
        expect(await store.open(detected('b', { failures: [failureOf('third')] }), OPENED)).toBe('known');
      });

      it('follows a joined incident to the one that it joined', async () => {
        await store.open(detected('a'), OPENED);
        const { lease, incident } = await openAndClaim('b');

        await store.save(
          { ...fakeIncident('joined', { into: 'a' } as never), ...pick(incident) } as Incident,
          lease,
          [],
        );

        expect((await store.findByDeployment('dpl_b'))?.id).toBe('a');
        expect((await store.find('b'))?.status).toBe('joined');
      });

      it('opens an escalated incident again', async () => {
        const { lease, incident } = await openAndClaim('a');
        const version = incident.version + 1;

        await store.save({ ...fakeIncident('escalated'), ...pick(incident) } as Incident, lease, []);
        const ended = await store.beginSweep(10);
        await store.save({ ...fakeIncident('diagnosed'), ...pick(incident), version, dueAt: 1 } as Incident, lease, []);
        const again = await store.beginSweep(10);

        expect([ended.due, again.due]).toEqual([[], ['a']]);
        expect((await store.readPulse()).open).toBe(1);
      });

      it('refuses what could not be read back, and keeps what was stored', async () => {
        const { lease, incident } = await openAndClaim('a');
        const broken = { ...incident, unheardOf: true } as unknown as Incident;

        await expect(store.save(broken, lease, [])).rejects.toBeInstanceOf(AdapterError);
        expect((await store.find('a'))?.version).toBe(incident.version);
      });
    });

    describe('joining', () => {
      const late = failureOf('late');
      const told: HistoryEntry = { at: 2, event: 'joined', text: 'Another one.' };

      it('adds a failure while somebody else works on the incident, and makes it due', async () => {
        const { lease, incident } = await openAndClaim('a');

        const joined = await other.join('a', late, told);
        const saved = await store.save({ ...incident, dueAt: 9_000_000_000_000 } as Incident, lease, []);
        await store.release(lease);

        expect([joined, saved]).toEqual(['joined', 'saved']);
        expect((await store.beginSweep(10)).due).toEqual(['a']);
        expect((await claim('a')).incident.failures.map((failure) => failure.deploymentId)).toEqual([
          'dpl_a',
          'dpl_late',
        ]);
        expect((await store.readHistory('a')).map((entry) => entry.event)).toEqual(['opened', 'joined']);
      });

      it('is done once for each deployment, and kept by the next save', async () => {
        await openAndClaim('a').then(({ lease }) => store.release(lease));
        await Promise.all(Array.from({ length: 10 }, () => store.join('a', late, told)));

        const { lease, incident } = await claim('a');
        await store.save(incident, lease, []);
        await store.release(lease);

        expect(await store.readHistory('a')).toHaveLength(2);
        expect((await store.find('a'))?.failures).toHaveLength(2);
        expect((await claim('a')).incident.failures).toHaveLength(2);
      });

      it('keeps an incident from ending before the failure was looked at', async () => {
        const { lease, incident } = await openAndClaim('a');
        await other.join('a', late, told);

        const ended = { ...fakeIncident('healed'), ...pick(incident) } as Incident;

        expect(await store.save(ended, lease, [])).toBe('conflict');
        expect((await store.find('a'))?.status).toBe('detected');
      });

      it('is refused by what has ended or is not there', async () => {
        await store.open(detected('a'), OPENED);
        await end('a');

        expect(await store.join('a', late, told)).toBe('gone');
        expect(await store.join('nobody', late, told)).toBe('gone');
      });
    });

    describe('listing', () => {
      it('pages from the newest to the oldest and parts no millisecond', async () => {
        const times = [100, 200, 300, 300, 300, 400, 500];
        for (const [index, openedAt] of times.entries()) await store.open(detected(`i${index}`, { openedAt }), OPENED);

        const pages: number[][] = [];
        let before: number | undefined;
        for (;;) {
          const page = await store.list({ limit: 3, ...(before === undefined ? {} : { before }) });
          if (page.length === 0) break;
          pages.push(page.map((incident) => incident.openedAt));
          before = page.at(-1)?.openedAt;
        }

        expect(pages).toEqual([
          [500, 400, 300, 300, 300],
          [200, 100],
        ]);
      });

      it('finds many at once, in the order asked for, without what is not there', async () => {
        const ids = Array.from({ length: 130 }, (_, index) => `many-${index}`);
        for (const id of ids) await store.open(detected(id), OPENED);

        const found = await store.findAll([...ids.toReversed(), 'nobody']);

        expect(found.map(({ id }) => id)).toEqual(ids.toReversed());
        expect(await store.findAll([])).toEqual([]);
      });

      it('keeps ended incidents', async () => {
        await store.open(detected('a'), OPENED);
        await end('a');

        expect((await store.list({ limit: 10 })).map((incident) => incident.status)).toEqual(['healed']);
      });

      it('tells the open incidents of a repository', async () => {
        const elsewhere = { id: 2, owner: 'acme', name: 'other' };
        for (const id of ['a', 'b', 'c']) await store.open(detected(id), OPENED);
        await store.open(detected('d', { repository: elsewhere }), OPENED);
        await end('a');
        const escalated = await claim('b');
        await store.save(
          { ...fakeIncident('escalated'), ...pick(escalated.incident) } as Incident,
          escalated.lease,
          [],
        );
        const whileEnded = (await store.listOpen(99)).map(({ id }) => id);
        await store.save(
          { ...fakeIncident('diagnosed'), ...pick(escalated.incident), version: 2 } as Incident,
          escalated.lease,
          [],
        );
        const afterwards = (await store.listOpen(99)).map(({ id }) => id).sort();

        expect([whileEnded, afterwards]).toEqual([['c'], ['b', 'c']]);
        expect((await store.listOpen(2)).map(({ id }) => id)).toEqual(['d']);
        expect(await store.listOpen(3)).toEqual([]);
      });

      it.each([0, -1, 1])('gives at least one for a limit of %i', async (limit) => {
        await store.open(detected('a'), OPENED);

        expect(await store.list({ limit })).toHaveLength(1);
      });
    });

    describe('incidents with a next step', () => {
      it('are found however many opened after them, the longest due first', async () => {
        const { now } = await store.beginSweep(1);
        await store.open(detected('waiting', { openedAt: 1, dueAt: now + 60_000 }), OPENED);
        await store.open(detected('overdue', { openedAt: 2, dueAt: now - 60_000 }), OPENED);
        await store.open(detected('ended', { openedAt: 3 }), OPENED);
        const { lease, incident } = await claim('ended');
        await store.save({ ...fakeIncident('escalated'), ...pick(incident) } as Incident, lease, []);

        expect((await store.listUnfinished()).map(({ id }) => id)).toEqual(['overdue', 'waiting']);
      });

      it('are also those that people have, as long as production is looked at, and no other that ended', async () => {
        const { now } = await store.beginSweep(1);
        // A machine that sets its clock by the network's may set it back a little meanwhile.
        const due = { dueAt: now - 60_000 };
        for (const status of ['escalated', 'rejected', 'superseded'] as const) {
          await store.open(detected(status), OPENED);
          const { lease, incident } = await claim(status);
          await store.save({ ...fakeIncident(status), ...pick(incident), ...due } as Incident, lease, []);
          await store.release(lease);
        }
        const { due: ids } = await store.beginSweep(10);
        const { lease, incident } = await claim('rejected');
        const { dueAt: _, ...over } = { ...incident, ...due };
        await store.save(over as Incident, lease, []);

        expect([...ids].sort()).toEqual(['escalated', 'rejected']);
        expect((await store.listUnfinished()).map(({ id }) => id)).toEqual(['escalated']);
      });

      it('are none at first', async () => {
        expect(await store.listUnfinished()).toEqual([]);
      });
    });

    describe('what people did', () => {
      it('is listed newest first, an entry that was sent twice once, at most a hundred', async () => {
        await store.recordAction({ at: 1, action: 'pause', who: 'Ada' });
        await store.recordAction({ at: 1, action: 'pause', who: 'Ada' });
        await store.recordAction({ at: 2, action: 'give-up', incidentId: 'a' });

        expect(await store.listActions()).toEqual([
          { at: 2, action: 'give-up', incidentId: 'a' },
          { at: 1, action: 'pause', who: 'Ada' },
        ]);
        for (let at = 3; at <= 110; at += 1) await store.recordAction({ at, action: 'sweep' });
        expect(await store.listActions()).toHaveLength(100);
      });
    });

    describe('ignored deployments', () => {
      it('are listed with their reasons, newest first, each once', async () => {
        await store.ignore({ deploymentId: 'dpl_1', projectName: 'web', reason: 'fork', createdAt: 10 });
        await store.ignore({ deploymentId: 'dpl_2', projectName: 'web', reason: 'blocked', createdAt: 20 });
        await store.ignore({ deploymentId: 'dpl_1', projectName: 'web', reason: 'other', createdAt: 10 });

        expect(await store.listIgnored()).toEqual([
          { deploymentId: 'dpl_2', projectName: 'web', reason: 'blocked', createdAt: 20 },
          { deploymentId: 'dpl_1', projectName: 'web', reason: 'fork', createdAt: 10 },
        ]);
      });

      it('never hide an incident', async () => {
        await store.open(detected('a'), OPENED);

        await store.ignore({ deploymentId: 'dpl_a', projectName: 'web', reason: 'fork', createdAt: 10 });

        expect((await store.findByDeployment('dpl_a'))?.id).toBe('a');
        expect(await store.listIgnored()).toEqual([]);
      });
    });

    describe('identity and turns', () => {
      const asksFor = (id: string, fingerprint = 'f', branch = 'main', repositoryId = 1) =>
        store.claimFingerprint(repositoryId, branch, fingerprint, id);

      beforeEach(async () => {
        for (const id of ['a', 'b', 'c']) await store.open(detected(id), OPENED);
      });

      it('give a fingerprint to the first who asks, as often as it asks', async () => {
        const answers = [await asksFor('a'), await asksFor('b'), await asksFor('a')];

        expect(answers).toEqual([{ owner: 'a' }, { owner: 'a' }, { owner: 'a' }]);
      });

      it('give it to one of twenty at the same moment', async () => {
        const owners = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            other.claimFingerprint(1, 'main', 'f', ['a', 'b', 'c'][index % 3] ?? 'a'),
          ),
        );

        expect(new Set(owners.map(({ owner }) => owner)).size).toBe(1);
      });

      it('part repositories, branches and fingerprints, also where names look like keys', async () => {
        const answers = [
          await asksFor('a', 'f', 'main'),
          await asksFor('b', 'f', 'main', 2),
          await asksFor('b', 'f', 'release'),
          await asksFor('b', 'g', 'main'),
          await asksFor('c', 'b:c', 'a'),
          await asksFor('b', 'c', 'a:b'),
          await asksFor('a', 'c', 'a%3Ab'),
        ];

        expect(answers.map(({ owner }) => owner)).toEqual(['a', 'b', 'b', 'b', 'c', 'b', 'a']);
      });

      it('pass on when the owner has ended, and name it as the previous one, also when asked again', async () => {
        await asksFor('a');
        await end('a');

        const answers = [await asksFor('b'), await asksFor('b'), await asksFor('c')];

        expect(answers).toEqual([{ owner: 'b', previous: 'a' }, { owner: 'b', previous: 'a' }, { owner: 'b' }]);
      });

      it('give one turn for each branch, until its holder ends', async () => {
        const first = await store.takeTurn(1, 'main', 'a');
        const waiting = await other.takeTurn(1, 'main', 'b');
        const elsewhere = await store.takeTurn(1, 'release', 'b');
        await end('a');
        const next = await store.takeTurn(1, 'main', 'c');

        expect([first, waiting, elsewhere, next]).toEqual([
          { holder: 'a' },
          { holder: 'a' },
          { holder: 'b' },
          { holder: 'c' },
        ]);
      });

      it('let one of many try first in an outage, and the others once that one works', async () => {
        const ids = ['a', 'b', 'c'];
        const enter = (failedAt: number) => Promise.all(ids.map((id) => store.enterOutage('network', id, failedAt)));
        const first = await enter(1_000);
        const [probe = ''] = ids.filter((_, index) => first[index] === 'probe');
        const other = ids.find((id) => id !== probe) ?? '';

        expect(first.toSorted()).toEqual(['probe', 'wait', 'wait']);
        expect(await store.enterOutage('network', probe, 1_000)).toBe('probe');
        expect(await store.enterOutage('disk', other, 1_000)).toBe('probe');
        await store.endProbe('network', other, 'works');
        expect(await store.enterOutage('network', other, 1_000)).toBe('wait');

        await store.endProbe('network', probe, 'works');
        expect(await enter(1_000)).toEqual(['over', 'over', 'over']);
        const later = (await store.ping()).now + 60_000;
        expect((await enter(later)).toSorted()).toEqual(['probe', 'wait', 'wait']);
      });

      it('let the next one try when the first fails or is gone', async () => {
        const [one, two] = ['a', 'b'] as const;
        await store.enterOutage('network', one, 1_000);

        await store.endProbe('network', one, 'fails');
        expect(await store.enterOutage('network', two, 1_000)).toBe('probe');
        expect(await store.enterOutage('network', one, 1_000)).toBe('wait');
        await end(two);
        expect(await store.enterOutage('network', one, 1_000)).toBe('probe');
      });

      it('survive ids that hold separators', async () => {
        await store.open(detected('inc:1 %3A'), OPENED);

        expect(await asksFor('inc:1 %3A', 'h')).toEqual({ owner: 'inc:1 %3A' });
      });
    });

    describe('limits', () => {
      const minute = { name: 'writes', windowSeconds: 60 };
      const day = { name: 'writes', windowSeconds: 86_400 };

      it('are granted up to the ceiling', async () => {
        const answers = [];
        for (let index = 0; index < 4; index += 1)
          answers.push((await store.reserve([{ ...minute, amount: 2, ceiling: 6 }])).granted);

        expect(answers).toEqual([true, true, true, false]);
        expect(await other.readUsage([minute, day])).toEqual([6, 0]);
      });

      it('take from all or from none, and name the one that refused', async () => {
        await store.reserve([{ ...day, amount: 9, ceiling: 10 }]);

        const refused = await store.reserve([
          { ...minute, amount: 2, ceiling: 80 },
          { ...day, amount: 2, ceiling: 10 },
        ]);

        expect(refused).toMatchObject({ granted: false, name: 'writes' });
        expect(await store.readUsage([minute, day])).toEqual([0, 9]);
      });

      it('count the same limit twice in one reservation', async () => {
        const twice = { ...minute, amount: 3, ceiling: 5 };

        expect((await store.reserve([twice, twice])).granted).toBe(false);
        expect(await store.readUsage([minute])).toEqual([0]);
      });

      it('hold when twenty ask at the same moment', async () => {
        const answers = await Promise.all(
          Array.from({ length: 20 }, (_, index) =>
            (index % 2 ? store : other).reserve([{ ...minute, amount: 1, ceiling: 7 }]),
          ),
        );

        expect(answers.filter(({ granted }) => granted)).toHaveLength(7);
        expect(await store.readUsage([minute])).toEqual([7]);
      });

      it('are free again when the window has passed, and say when', async () => {
        const second = { name: 'quick', windowSeconds: 1, amount: 1, ceiling: 1 };
        const { now } = await store.beginSweep(1);
        await store.reserve([second]);

        const refused = await store.reserve([second]);
        await world.passTime(1_100);
        const granted = await store.reserve([second]);

        if (refused.granted) throw new Error('The second one was granted.');
        expect(refused.retryAt).toBeGreaterThan(now);
        expect(refused.retryAt).toBeLessThan(now + 3_000);
        expect(granted.granted).toBe(true);
        expect(await store.readUsage([second])).toEqual([1]);
      });

      it('of nothing, and amounts over the ceiling, are never granted', async () => {
        const { now } = await store.beginSweep(1);

        const none = await store.reserve([{ ...minute, amount: 1, ceiling: 0 }]);
        const tooMuch = await store.reserve([{ ...minute, amount: 9, ceiling: 8 }]);

        expect([none, tooMuch]).toMatchObject([{ granted: false }, { granted: false }]);
        expect((none as { retryAt: number }).retryAt).toBeGreaterThan(now);
      });

      it('take nothing that is not a number', async () => {
        for (const wrong of [{ amount: Number.NaN }, { amount: -1 }, { ceiling: Number.NaN }, { amount: 1.5 }])
          await expect(store.reserve([{ ...minute, amount: 1, ceiling: 1, ...wrong }])).rejects.toThrow(RangeError);
      });

      it('grant nothing while a person has paused everything, and say when to ask again', async () => {
        await store.setPaused(true);
        const paused = await store.reserve([{ name: 'calls', amount: 1, ceiling: 9, windowSeconds: 60 }]);
        await store.setPaused(false);

        expect(paused).toMatchObject({ granted: false, name: 'paused', retryAt: expect.any(Number) });
        expect(await store.readUsage([{ name: 'calls', windowSeconds: 60 }])).toEqual([0]);
        expect(await store.reserve([{ name: 'calls', amount: 1, ceiling: 9, windowSeconds: 60 }])).toEqual({
          granted: true,
        });
      });

      it('asked for nothing, grant it', async () => {
        expect(await store.reserve([])).toEqual({ granted: true });
        expect(await store.readUsage([])).toEqual([]);
      });
    });

    describe('memory', () => {
      it('keeps verified patches by repository and fingerprint', async () => {
        await store.rememberVerifiedPatch(1, 'f', PATCH);

        expect(await other.findVerifiedPatch(1, 'f')).toEqual(PATCH);
        expect(await other.findVerifiedPatch(2, 'f')).toBeUndefined();
        expect(await other.findVerifiedPatch(1, 'g')).toBeUndefined();
      });

      it('keeps rejections of a fingerprint and of a patch, and lets a person take back the first', async () => {
        await store.rememberRejection(1, 'f', 'hash');
        await store.rememberRejection(1, 'g', 'second');
        const rejected = [await store.isRejected(1, 'f'), await store.isRejected(2, 'f')];

        await store.forgetRejection(1, 'f');

        expect(rejected).toEqual([true, false]);
        expect(await other.isRejected(1, 'f')).toBe(false);
        expect([...(await other.listRejectedPatches(1))].sort()).toEqual(['hash', 'second']);
        expect(await other.listRejectedPatches(2)).toEqual(new Set());
      });

      it('mutes a fingerprint and hears it again', async () => {
        await store.setMuted(1, 'f', true);
        const muted = [await other.isMuted(1, 'f'), await other.isMuted(1, 'g'), await other.isMuted(2, 'f')];
        await store.setMuted(1, 'f', false);

        expect(muted).toEqual([true, false, false]);
        expect(await other.isMuted(1, 'f')).toBe(false);
      });
    });

    describe('deliveries', () => {
      it('are claimed, then busy for others, then done', async () => {
        const first = await store.deliveries.claim('d');
        const second = await other.deliveries.claim('d');
        await store.deliveries.complete('d');
        const third = await other.deliveries.claim('d');

        expect([first, second, third]).toEqual(['claimed', 'busy', 'done']);
      });

      it('go to one of twenty at the same moment', async () => {
        const claims = await Promise.all(
          Array.from({ length: 20 }, (_, index) => (index % 2 ? store : other).deliveries.claim('d')),
        );

        expect(claims.filter((claimed) => claimed === 'claimed')).toHaveLength(1);
      });

      it('called like a state are deliveries like others', async () => {
        await store.deliveries.complete('claimed');

        expect(await store.deliveries.claim('done')).toBe('claimed');
        expect(await store.deliveries.claim('claimed')).toBe('done');
      });
    });

    describe('dead letters', () => {
      it('are listed newest first, each once, until they are removed', async () => {
        const { now } = await store.beginSweep(1);
        const letters = [
          { id: 'm1', incidentId: 'a', at: now - 2, reason: 'First.' },
          { id: 'm2', incidentId: 'b', at: now - 1, reason: 'Second.' },
        ] as const;
        for (const letter of [...letters, letters[0]]) await store.deadLetters.record(letter);
        const all = await other.deadLetters.listAll();
        await store.deadLetters.remove('m2');

        expect(all).toEqual([letters[1], letters[0]]);
        expect(await other.deadLetters.listAll()).toEqual([letters[0]]);
      });

      it('are a hundred at most', async () => {
        const { now } = await store.beginSweep(1);
        for (let index = 0; index < 105; index += 1)
          await store.deadLetters.record({ id: `m${index}`, incidentId: 'a', at: now + index, reason: '' });

        const all = await store.deadLetters.listAll();

        expect(all).toHaveLength(100);
        expect(all.at(-1)?.id).toBe('m5');
      });
    });

    describe('a store wiped in the middle', () => {
      it('takes no write under a lease from before', async () => {
        const { lease, incident } = await openAndClaim('a');
        await world.wipe();

        expect(await store.save(incident, lease, [])).toBe('lease-lost');
        expect(await store.claim('a', FAR_AWAY)).toBe('gone');
        expect(await store.find('a')).toBeUndefined();
      });

      it('refuses a document whose history of versions is gone, even under a new lease', async () => {
        const { incident } = await openAndClaim('a');
        await world.wipe();
        const reopened = await openAndClaim('a');

        const outcome = await store.save({ ...incident, version: incident.version + 4 }, reopened.lease, []);

        expect(outcome).toBe('conflict');
      });

      it('starts anew without help', async () => {
        await openAndClaim('a');
        await store.claimFingerprint(1, 'main', 'f', 'a');
        await store.completeSweep(5);
        await world.wipe();

        const sweep = await store.beginSweep(10);
        const reopened = await store.open(detected('a'), OPENED);
        const owner = await store.claimFingerprint(1, 'main', 'f', 'a');

        expect(sweep).toMatchObject({ due: [], paused: false });
        expect(sweep.lastSweepAt).toBeUndefined();
        expect(reopened).toBe('opened');
        expect(owner).toEqual({ owner: 'a' });
      });
    });

    it('answers a ping with its time', async () => {
      const { now } = await store.ping();

      expect(now).toBeGreaterThan(0);
    });
  });
}

/** What stays the same when an incident of another status takes its place. */
function pick({ id, version, failures, openedAt }: Incident) {
  return { id, version, failures, openedAt, dueAt: undefined };
}
