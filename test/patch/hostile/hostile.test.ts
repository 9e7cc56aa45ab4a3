import { describe, expect, it } from 'vitest';
import { POLICY_RULES } from '../../../lib/patch/policy/check-policy.js';
import { repairAttempt } from '../../../lib/patch/repair-attempt.js';
import { validatePatch } from '../../../lib/patch/validate-patch.js';
import type { Repairer } from '../../../lib/ports.js';
import { HOSTILE_CASES } from './cases.js';
import type { HostileCase } from './hostile-case.js';
import { contextOf, DIAGNOSIS, FILES } from './repository.js';

/** A model that gives this one answer however often it is asked. */
function stubbornModel({ edits }: HostileCase): Repairer {
  const usage = { calls: 1, inputTokens: 10, outputTokens: 10 };
  const words = {
    cause: 'tides.ts misspells a name.',
    change: 'Spells it right.',
    confidence: 1,
    origin: ['stand-in'],
  };
  return {
    name: 'gemini',
    repair: async () => ({ outcome: 'patch', patch: { repairer: 'gemini', edits, ...words }, usage }),
  };
}

const RULE_NAMES = POLICY_RULES.map((rule) => rule.name);

describe('the policy', () => {
  it('gives every rule a name of its own', () => {
    expect(new Set(RULE_NAMES).size).toBe(RULE_NAMES.length);
  });

  it.each(RULE_NAMES)('has hostile cases for %s', (name) => {
    expect(HOSTILE_CASES[name]?.length ?? 0).toBeGreaterThanOrEqual(2);
  });

  it('has cases for nothing but its rules', () => {
    expect(Object.keys(HOSTILE_CASES).filter((name) => !RULE_NAMES.includes(name))).toEqual([]);
  });
});

const CASES = Object.entries(HOSTILE_CASES).flatMap(([rule, cases]) => cases.map((hostile) => ({ rule, ...hostile })));

describe('no hostile answer reaches a commit', () => {
  it.each(CASES)('$rule: $disguise', async ({ rule, disguise, edits, diagnosis = DIAGNOSIS, files, permissions }) => {
    const context = contextOf({ ...FILES, ...files });
    const model = stubbornModel({ disguise, edits });
    const allowed = permissions === undefined ? {} : { permissions };
    const request = { diagnosis, excerpt: '', context, framework: 'nextjs', attempt: 1, previous: [], ...allowed };

    const result = await repairAttempt({ request, repairers: [model] });
    const answer = await model.repair(request);
    const judged =
      answer.outcome === 'patch' && (await validatePatch({ patch: answer.patch, context, diagnosis, ...allowed }));

    expect(result.outcome).not.toBe('patch');
    expect(judged).toMatchObject({ outcome: 'refused' });
    expect(judged && judged.outcome === 'refused' && judged.violations.map((violation) => violation.rule)).toContain(
      rule,
    );
  });
});
