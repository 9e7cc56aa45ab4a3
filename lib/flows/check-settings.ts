import { REPAIR_BRANCH_PREFIX } from '../incident/branch-name.js';
import type { RepositoryRef } from '../incident/incident.js';
import { buildSettingsComment, SETTINGS_TOPIC } from '../report/settings-text.js';
import { mergeSettings } from '../settings/effective-settings.js';
import { readSettings, type SettingsReading } from '../settings/read-settings.js';
import { SETTINGS_PATH } from '../settings/settings-schema.js';
import { isWatched } from './watched-project.js';
import type { World } from './world.js';

export type SettingsCheck = 'not-ours' | 'unchanged' | 'understood' | 'mistaken';

/**
 * Looks at what a person's pull request does to the settings file, and tells its mistakes there: one comment, kept
 * current, and none where there is nothing to say.
 */
export async function checkSettings(world: World, said: RepositoryRef, number: number): Promise<SettingsCheck> {
  // 1. The repository as Vercel and the pull request as GitHub has it now, whatever the delivery said.
  if (world.config.mode === 'observe' || world.config.paused) return 'not-ours';
  const [github, store, vercel] = await Promise.all([world.github(), world.store(), world.vercel()]);
  const watched = (await vercel.listProjectsOf(said.id)).find((project) => isWatched(world, project));
  const repository = watched?.link?.repository;
  if (repository === undefined) return 'not-ours';
  const [pullRequest, { pausedSince }] = await Promise.all([
    github.findPullRequest(repository, number),
    store.readPulse(),
  ]);
  if (pausedSince !== undefined) return 'not-ours';
  if (pullRequest?.state !== 'open' || pullRequest.headRef.startsWith(REPAIR_BRANCH_PREFIX)) return 'not-ours';

  // 2. Both sides of it.
  const [before, after] = await Promise.all([
    github.readFile(repository, pullRequest.baseRef, SETTINGS_PATH),
    github.readFile(repository, pullRequest.headSha, SETTINGS_PATH),
  ]);
  if (before === after) return 'unchanged';
  const reading: SettingsReading = after === undefined ? { given: {}, mistakes: [] } : readSettings(after);

  // 3. Its mistakes; where they were told and are mended, that.
  const { language } = mergeSettings({ repository, environment: world.config.settings, reading });
  const body = buildSettingsComment(reading.mistakes, {
    language: language.value,
    sha: pullRequest.headSha,
    schemaUrl: schemaUrlOf(world),
  });
  const mistaken = reading.mistakes.length > 0;
  await github.ensureComment(repository, number, SETTINGS_TOPIC, world.redact(body), { onlyUpdate: !mistaken });
  return mistaken ? 'mistaken' : 'understood';
}

/** Where editors find the schema of the settings file. */
export function schemaUrlOf({ config }: Pick<World, 'config'>): string | undefined {
  return config.publicUrl === undefined ? undefined : `${config.publicUrl}/schema/self-healing.schema.json`;
}
