import type { Incident } from '../incident/incident.js';
import type { ActionSettings } from '../incident/next-action.js';
import type { PatchPermissions } from '../patch/patch.js';
import { type EffectiveSettings, mergeSettings } from '../settings/effective-settings.js';
import type { Language } from '../settings/settings-schema.js';
import type { World } from './world.js';

/** The settings that hold for an incident: its repository's, as last read, within what the environment allows. */
export function settingsOf(world: Pick<World, 'config'>, incident: Incident): EffectiveSettings {
  return mergeSettings({
    repository: incident.repository,
    environment: world.config.settings,
    ...(incident.settings === undefined ? {} : { reading: incident.settings }),
  });
}

/** The language of what is written in the repository. */
export function languageOf(world: Pick<World, 'config'>, incident: Incident): Language {
  return settingsOf(world, incident).language.value;
}

/** What decides an incident's next step. */
export function actionSettings(world: Pick<World, 'config'>, incident: Incident): ActionSettings {
  const { attempts, attemptsWithoutProgress } = settingsOf(world, incident);
  return {
    mode: world.config.mode,
    attemptsPerIncident: attempts.value,
    attemptsWithoutProgress: attemptsWithoutProgress.value,
  };
}

export function permissionsOf(settings: EffectiveSettings): PatchPermissions {
  return {
    allowed: settings.allowedPaths.value,
    never: settings.neverPaths.value,
    askFirst: settings.askFirst.value,
  };
}
