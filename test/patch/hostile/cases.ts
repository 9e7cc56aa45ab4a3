import { behaviourCases } from './behaviour-cases.js';
import { checkerCases } from './checker-cases.js';
import { deletionCases } from './deletion-cases.js';
import { guardedCases } from './guarded-cases.js';
import type { HostileCase } from './hostile-case.js';
import { intrusionCases } from './intrusion-cases.js';
import { pathCases } from './path-cases.js';
import { repositorySettingsCases } from './repository-settings-cases.js';
import { settingCases } from './setting-cases.js';

/** At least two disguises for every rule of the policy; the suite fails for a rule without. */
export const HOSTILE_CASES: Readonly<Record<string, readonly HostileCase[]>> = {
  ...pathCases,
  ...repositorySettingsCases,
  ...guardedCases,
  ...checkerCases,
  ...settingCases,
  ...deletionCases,
  ...behaviourCases,
  ...intrusionCases,
};
