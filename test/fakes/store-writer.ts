/**
 * One of many processes on one store, for the test of concurrency: opens the same incidents as all the others, counts
 * each one up a few times under leases, and takes from one limit. Prints what it managed.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { createUpstashStore } from '../../lib/adapters/upstash.js';
import { fakeFailure, fakeIncident } from '../report/incidents.js';

const [url = '', token = '', name = '', incidents = '1', rounds = '1'] = process.argv.slice(2);
// Twenty processes that start at once on two cores answer slowly; slowness has a test of its own.
const store = createUpstashStore({ url, token, timeoutMs: 60_000 });
const result = { opened: 0, saved: 0, granted: 0 };

for (let index = 0; index < Number(incidents); index += 1) {
  const id = `inc_${index}`;
  const failures = [fakeFailure({ deploymentId: `dpl_${index}` })];
  const incident = fakeIncident('detected', { id, version: 1, hiccups: 0, failures, dueAt: 1 });
  if ((await store.open(incident, { at: 1, event: 'opened', text: name })) === 'opened') result.opened += 1;
}
for (let round = 0; round < Number(rounds); round += 1) {
  for (let index = 0; index < Number(incidents); index += 1) {
    for (;;) {
      const claimed = await store.claim(`inc_${index}`, 30_000);
      if (claimed === 'gone') throw new Error('An incident vanished.');
      if (claimed === 'held') {
        await delay(5 + Math.random() * 45);
        continue;
      }
      const { lease, incident } = claimed;
      const entry = { at: round, event: 'counted', text: name };
      const saved = await store.save({ ...incident, hiccups: incident.hiccups + 1 }, lease, [entry]);
      if (saved === 'saved') result.saved += 1;
      await store.release(lease);
      break;
    }
  }
  const reserved = await store.reserve([{ name: 'shared', amount: 1, ceiling: 25, windowSeconds: 86_400 }]);
  if (reserved.granted) result.granted += 1;
}
console.log(JSON.stringify(result));
