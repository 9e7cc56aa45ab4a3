import type { Settings } from './setup/connect.js';
import { planCron } from './setup/cron.js';
import type { Change, Dialogue } from './setup/dialogue.js';
import { adviseOnImport } from './setup/import.js';
import type { SetupOutside } from './setup/outside.js';
import { collectSettings, planAll, settleSecrets } from './setup/plan.js';
import { type Arrival, arrive, type SetupRequest, survey } from './setup/survey.js';

export { type Dialogue, SetupProblem } from './setup/dialogue.js';
export type { SetupOutside } from './setup/outside.js';
export type { SetupRequest } from './setup/survey.js';

export interface SetupResult {
  readonly outcome: 'done' | 'nothing-to-do' | 'dry-run' | 'declined' | 'not-on-vercel';
  /** All that is known, in clear, for the doctor. */
  readonly settings: Settings;
  /** What is left to people. */
  readonly notes: readonly string[];
  readonly changes: readonly string[];
  /** Names of the projects that are watched; nothing of them may have been deployed yet. */
  readonly watched: readonly string[];
}

/**
 * From tokens to a watching deployment. It keeps no notes: what the services hold already is not done again.
 *
 * @throws SetupProblem with what is missing or wrong
 * @throws AdapterError when a service refuses; what was done before stays done and is not repeated
 */
export async function setUp(request: SetupRequest, outside: SetupOutside, dialogue: Dialogue): Promise<SetupResult> {
  // 1. Who are we, and what is there already?
  const arrival = await arrive(request, outside, dialogue);
  if (arrival.own === undefined) return await prepareImport(arrival, dialogue);
  const scene = await survey(arrival, arrival.own, dialogue);

  // 2. What has to change?
  const secrets = await settleSecrets(scene);
  const { changes, notes } = await planAll(scene, secrets);

  // 3. Say it, ask, keep the secrets that were made, then do it, one after the other.
  const hasMade = Object.keys(secrets.made).length > 0;
  const outcome = await carryOut(changes, {
    isDryRun: request.isDryRun,
    dialogue,
    begin: async () => hasMade && (await outside.keepSecrets(secrets.made)),
  });
  return {
    outcome,
    settings: { ...collectSettings(scene), ...secrets.known },
    notes,
    changes: changes.map(({ text }) => text),
    watched: scene.watched.map(({ name }) => name),
  };
}

/** While Vercel does not have this program, only the cron's line is put right: on Hobby the import fails with it. */
async function prepareImport(arrival: Arrival, dialogue: Dialogue): Promise<SetupResult> {
  const { request, outside, vercel } = arrival;
  dialogue.say('This program is not on Vercel yet.');
  const changes = await planCron(vercel.plan, outside);
  const outcome =
    changes.length === 0 ? 'nothing-to-do' : await carryOut(changes, { isDryRun: request.isDryRun, dialogue });
  return {
    outcome: outcome === 'declined' || outcome === 'dry-run' ? outcome : 'not-on-vercel',
    settings: {},
    notes: adviseOnImport(await outside.readOrigin(), changes.length > 0),
    changes: changes.map(({ text }) => text),
    watched: [],
  };
}

async function carryOut(
  changes: readonly Change[],
  options: { readonly isDryRun: boolean; readonly dialogue: Dialogue; readonly begin?: () => Promise<unknown> },
): Promise<'done' | 'nothing-to-do' | 'dry-run' | 'declined'> {
  const { dialogue } = options;
  dialogue.begin(changes.length === 0 ? 'Nothing has to be changed' : `${changes.length} to do`);
  for (const { text } of changes) dialogue.say(text);
  if (changes.length === 0) return 'nothing-to-do';
  if (options.isDryRun) return 'dry-run';
  if (!(await dialogue.confirm('Do all of this?'))) return 'declined';

  dialogue.begin('Doing it');
  await options.begin?.();
  for (const [index, { text, apply }] of changes.entries()) {
    dialogue.advance(`${index + 1} of ${changes.length}: ${text}`);
    await apply(dialogue.say);
  }
  return 'done';
}
