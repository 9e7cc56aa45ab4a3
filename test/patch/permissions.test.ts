import { describe, expect, it } from 'vitest';
import type { PatchPermissions } from '../../lib/patch/patch.js';
import { validatePatch } from '../../lib/patch/validate-patch.js';
import { ASK_FIRST_KINDS } from '../../lib/settings/settings-schema.js';
import { guardedCases } from './hostile/guarded-cases.js';
import { about, REPAIR } from './hostile/hostile-case.js';
import { contextOf, DIAGNOSIS, FILES } from './hostile/repository.js';

const NOTHING: PatchPermissions = { allowed: [], never: [], askFirst: [] };

async function judge(rule: string, disguise: string, permissions: PatchPermissions) {
  const hostile = guardedCases[rule]?.find((one) => one.disguise === disguise) ?? guardedCases[rule]?.[0];
  if (hostile === undefined) throw new Error(rule);
  const patch = { repairer: 'gemini', edits: hostile.edits, cause: '', change: '', confidence: 1, origin: [] } as const;
  const context = contextOf({ ...FILES, ...hostile.files });
  const judged = await validatePatch({ patch, context, diagnosis: hostile.diagnosis ?? DIAGNOSIS, permissions });
  return judged.outcome === 'refused' ? judged.violations.map((violation) => violation.rule) : [];
}

describe('what a repository opens', () => {
  it.each(ASK_FIRST_KINDS)('%s needs no person where it is opened, and one where another is', async (rule) => {
    const others = ASK_FIRST_KINDS.filter((kind) => kind !== rule);

    expect(await judge(rule, '', NOTHING)).toContain(rule);
    expect(await judge(rule, '', { ...NOTHING, askFirst: others })).toContain(rule);
    expect(await judge(rule, '', { ...NOTHING, askFirst: [rule] })).not.toContain(rule);
  });

  it.each(['secret-file', 'generated-file'])('%s stays refused whatever is said to be open', async (rule) => {
    expect(await judge(rule, '', { ...NOTHING, askFirst: [rule, ...ASK_FIRST_KINDS] })).toContain(rule);
  });

  it('is a way to a valid patch: a repair within the allowed paths passes', async () => {
    const patch = { repairer: 'gemini', edits: [REPAIR], cause: '', change: '', confidence: 1, origin: [] } as const;
    const permissions = { ...NOTHING, allowed: ['lib/**'], never: ['app/**'] };

    const judged = await validatePatch({ patch, context: contextOf(FILES), diagnosis: about({}), permissions });

    expect(judged.outcome).toBe('valid');
  });
});
