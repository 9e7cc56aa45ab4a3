import type { RepositoryRef } from '../incident/incident.js';
import { type EffectiveSettings, mergeSettings } from '../settings/effective-settings.js';
import type { SettingsMistake } from '../settings/read-settings.js';
import type { World } from './world.js';

/** Repositories are known by their incidents; this many of the newest are looked at. */
const NEWEST_INCIDENTS = 100;

export interface RepositorySettingsView {
  readonly repository: RepositoryRef;
  readonly branch: string;
  readonly settings: EffectiveSettings;
  readonly mistakes: readonly SettingsMistake[];
  /** The commit whose file was read, and the incident that read it; absent where none has been read yet. */
  readonly readAt?: { readonly sha: string; readonly incidentId: string; readonly at: number };
}

export interface SettingsOverview {
  /** What holds for a repository that says nothing. */
  readonly installation: EffectiveSettings;
  readonly repositories: readonly RepositorySettingsView[];
}

/** The settings that hold, by repository and branch, as they were last read, and where each value comes from. */
export async function readSettingsOverview(world: World): Promise<SettingsOverview> {
  const { settings: environment } = world.config;
  const incidents = await (await world.store()).list({ limit: NEWEST_INCIDENTS });
  const views = new Map<string, RepositorySettingsView>();
  for (const { id, repository, branch, settings: reading, updatedAt } of incidents) {
    const key = `${repository.id} ${branch}`;
    const known = views.get(key);
    if (known?.readAt !== undefined || (known !== undefined && reading === undefined)) continue;
    views.set(key, {
      repository,
      branch,
      settings: mergeSettings({ repository, environment, ...(reading === undefined ? {} : { reading }) }),
      mistakes: reading?.mistakes ?? [],
      ...(reading === undefined ? {} : { readAt: { sha: reading.sha, incidentId: id, at: updatedAt } }),
    });
  }
  const nobody = { owner: '', name: '' };
  return { installation: mergeSettings({ repository: nobody, environment }), repositories: [...views.values()] };
}
