import path from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { describe, expect, it } from 'vitest';
import { POLICY_RULES } from '../../lib/patch/policy/check-policy.js';
import { ASK_FIRST_KINDS, settingsSchema } from '../../lib/settings/settings-schema.js';

const PUBLISHED = path.resolve(import.meta.dirname, '../../public/schema/self-healing.schema.json');
/** `npx vitest run test/settings/schema.test.ts -u` writes it anew. */
const generated = `${JSON.stringify(toJsonSchema(settingsSchema, { errorMode: 'ignore' }), null, 2)}\n`;

describe('the published schema of the settings', () => {
  it('is the one that files are judged by', async () => {
    await expect(generated).toMatchFileSnapshot(PUBLISHED);
  });

  it('describes every key, and allows no other', () => {
    const schema = JSON.parse(generated);

    const bare = Object.entries<{ description?: string }>(schema.properties).filter(([, value]) => !value.description);
    expect(bare).toEqual([]);
    expect(schema.additionalProperties).toBe(false);
  });

  it('lets a repository open only kinds that the policy leaves to a person, and neither workflows nor lockfiles', () => {
    const askFirst = POLICY_RULES.filter((rule) => rule.severity === 'ask-first').map((rule) => rule.name);
    const closed = ['ci-workflow', 'lockfile', 'lockfile-drift', 'path-not-allowed', 'path-never'];

    expect([...ASK_FIRST_KINDS].sort()).toEqual(askFirst.filter((name) => !closed.includes(name)).sort());
  });
});
