import type { PolicyViolation } from '../patch.js';
import { behaviourRules } from './behaviour.js';
import { browserGuardRules } from './browser-guards.js';
import { buildCheckRules } from './build-checks.js';
import { deletionRules } from './deletions.js';
import { dependencyRules } from './dependencies.js';
import { guardedContentRules, guardedPathRules } from './guarded-files.js';
import { headerRules } from './header-rules.js';
import { intrusionRules } from './intrusions.js';
import { lintConfigRules } from './lint-config.js';
import { outreachRules } from './outreach.js';
import { pathRules } from './paths.js';
import type { ContentRule, Finding, PathInput, PathRule, PolicyInput } from './policy-rule.js';
import { protectionRules } from './protections.js';
import { renderingRules } from './rendering.js';
import { repositorySettingsRules } from './repository-settings.js';
import { scopeRules } from './scope.js';
import { suppressionRules } from './suppressions.js';
import { testRules } from './tests.js';
import { typeRules } from './types.js';

/** Every rule by which a patch can be refused. */
export const POLICY_RULES: readonly (PathRule | ContentRule)[] = [
  ...pathRules,
  ...repositorySettingsRules,
  ...guardedPathRules,
  ...scopeRules,
  ...suppressionRules,
  ...typeRules,
  ...lintConfigRules,
  ...buildCheckRules,
  ...testRules,
  ...deletionRules,
  ...behaviourRules,
  ...renderingRules,
  ...browserGuardRules,
  ...protectionRules,
  ...headerRules,
  ...dependencyRules,
  ...guardedContentRules,
  ...intrusionRules,
  ...outreachRules,
];

function violationsOf(rule: PathRule | ContentRule, findings: readonly Finding[]): PolicyViolation[] {
  return findings.map(({ path, message }) => ({ rule: rule.name, severity: rule.severity, path, message }));
}

/** Judges where a patch writes. Comes first: nothing is looked up under a path that is not sound. */
export function checkPaths(input: PathInput): PolicyViolation[] {
  return POLICY_RULES.flatMap((rule) => ('checkPaths' in rule ? violationsOf(rule, rule.checkPaths(input)) : []));
}

/** Judges what a patch writes. */
export function checkPolicy(input: PolicyInput): PolicyViolation[] {
  return POLICY_RULES.flatMap((rule) => ('check' in rule ? violationsOf(rule, rule.check(input)) : []));
}
