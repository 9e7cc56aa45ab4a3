import type { PolicyViolation } from '../patch.js';
import { pathRules } from './paths.js';
import type { ContentRule, Finding, PathInput, PathRule, PolicyInput } from './policy-rule.js';
import { suppressionRules } from './suppressions.js';

/** Every rule by which a patch can be refused. */
export const POLICY_RULES: readonly (PathRule | ContentRule)[] = [...pathRules, ...suppressionRules];

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
