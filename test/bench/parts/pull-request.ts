import { openBakery, type Repair, readDemoApp, repairOnce } from '../bakery.js';
import { createStillClock, createTrueClock, type GateClock, type System, startGate } from '../gate.js';
import { type Part, type Row, ratioOf, sample } from '../report.js';

const ROUNDS = 5;
const OUTSIDE_MS = 100;
const STORE_MS = 10;

export async function measurePullRequest(): Promise<Part> {
  // Loads what later runs find loaded.
  await repair({ outside: 0, store: 0 }, createTrueClock());
  const outside = await repair({ outside: 1, store: 0 }, createStillClock());
  const store = await repair({ outside: 0, store: 1 }, createStillClock());
  const chains = OUTSIDE_MS * outside.elapsedMs + STORE_MS * store.elapsedMs;
  const runs: Repair[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    runs.push(await repair({ outside: OUTSIDE_MS, store: STORE_MS }, createTrueClock()));

  const count = (...systems: readonly System[]) =>
    outside.asked.filter(({ system }) => systems.includes(system)).length;
  const bytes = runs.map(({ asked }) => asked.reduce((sum, request) => sum + request.bytes, 0));
  const elapsed = runs.map(({ elapsedMs }) => elapsedMs);
  const ratio = ratioOf(elapsed.map((value) => [chains, value] as const));
  const rows: Row[] = [
    { what: 'requests to Vercel', value: sample([count('vercel')], 'requests') },
    { what: 'requests to GitHub', value: sample([count('github')], 'requests') },
    { what: 'requests to the model', value: sample([count('model')], 'requests') },
    { what: 'requests to the store', value: sample([count('store')], 'requests') },
    {
      what: 'longest chain of Vercel, GitHub and model',
      value: sample([outside.elapsedMs], 'requests'),
      bound: { text: 'at most 10', holds: outside.elapsedMs <= 10 },
    },
    {
      what: 'longest chain of the store',
      value: sample([store.elapsedMs], 'requests'),
      bound: { text: 'at most 6', holds: store.elapsedMs <= 6 },
    },
    { what: 'bytes in bodies, both ways', value: sample(bytes, 'bytes') },
    {
      what: `elapsed, ${OUTSIDE_MS} ms a request and ${STORE_MS} ms one of the store`,
      value: sample(elapsed, 'ms'),
      against: sample([chains], 'ms'),
      ratio,
      bound: { text: 'at most 1.25 times', holds: ratio.median <= 1.25 },
    },
  ];
  return {
    name: 'pull-request',
    title: 'Failure to pull request',
    how: `From the first Vercel call to the open pull request, with a model that answers at once. The chains are counted on a clock that stands still while the function works; the elapsed time is of ${ROUNDS} runs by the true one.`,
    columns: ['measured', 'both chains together'],
    rows,
  };
}

async function repair(costs: { readonly outside: number; readonly store: number }, clock: GateClock): Promise<Repair> {
  const { outside, store } = costs;
  const bakery = await openBakery(readDemoApp());
  const gate = await startGate(bakery.services, { vercel: outside, github: outside, model: outside, store }, clock);
  try {
    return await repairOnce(bakery.openWorld(gate), gate);
  } finally {
    await gate.close();
    await bakery.close();
  }
}
