import type { Incident } from '../incident/incident.js';
import { type EffectiveSettings, mergeSettings } from '../settings/effective-settings.js';
import type { World } from './world.js';

/** The settings that hold for an incident: its repository's, as last read, within what the environment allows. */
export function settingsOf(world: Pick<World, 'config'>, incident: Incident): EffectiveSettings {
  return mergeSettings({
    repository: incident.repository,
    environment: world.config.settings,
    ...(incident.settings === undefined ? {} : { reading: incident.settings }),
  });
}
