import type { Settings } from './setup/connect.js';
import type { Dialogue } from './setup/dialogue.js';
import type { SetupOutside } from './setup/outside.js';
import { collectSettings, planAll, settleSecrets } from './setup/plan.js';
import { type SetupRequest, survey } from './setup/survey.js';

export { type Dialogue, SetupProblem } from './setup/dialogue.js';
export type { SetupOutside } from './setup/outside.js';
export type { SetupRequest } from './setup/survey.js';

export interface SetupResult {
  readonly outcome: 'done' | 'nothing-to-do' | 'dry-run' | 'declined';
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
 * @throws SetupProblem before anything was written, with what is missing or wrong
 * @throws AdapterError when a service refuses; what was done before stays done and is not repeated
 */
export async function setUp(request: SetupRequest, outside: SetupOutside, dialogue: Dialogue): Promise<SetupResult> {
  // 1. Who are we, and what is there already?
  const scene = await survey(request, outside, dialogue);

  // 2. What has to change?
  const secrets = await settleSecrets(scene);
  const { changes, notes } = await planAll(scene, secrets);
  const settings = { ...collectSettings(scene), ...secrets.known };
  const result = {
    settings,
    notes,
    changes: changes.map(({ text }) => text),
    watched: scene.watched.map(({ name }) => name),
  };

  // 3. Say it, and ask.
  dialogue.begin(changes.length === 0 ? 'Nothing has to be changed' : `${changes.length} to do`);
  for (const { text } of changes) dialogue.say(text);
  if (changes.length === 0) return { ...result, outcome: 'nothing-to-do' };
  if (request.isDryRun) return { ...result, outcome: 'dry-run' };
  if (!(await dialogue.confirm('Do all of this?'))) return { ...result, outcome: 'declined' };

  // 4. Keep the secrets that were made, then do it, one after the other.
  dialogue.begin('Doing it');
  if (Object.keys(secrets.made).length > 0) await outside.keepSecrets(secrets.made);
  for (const [index, { text, apply }] of changes.entries()) {
    dialogue.advance(`${index + 1} of ${changes.length}: ${text}`);
    await apply();
  }
  return { ...result, outcome: 'done' };
}
