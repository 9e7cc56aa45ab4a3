import { describe, expect, it } from 'vitest';
import { adapterRuntime } from '../../../../lib/patch/suggestions/rules/adapter-runtime.js';
import { repairWith } from '../repository.js';

const config = (runtime: string) =>
  `import adapter from '@sveltejs/adapter-vercel';\n\nexport default { kit: { adapter: adapter({ runtime: '${runtime}' }) } };\n`;
const now = "'edge' and 'nodejs18.x' or higher (see the Node.js Version section in your Vercel project settings)";
const before = 'edge, nodejs18.x, nodejs20.x, nodejs22.x';

describe('adapter-runtime', () => {
  const repair = (runtime: string, valid: string, files: Readonly<Record<string, string>>) =>
    repairWith(
      adapterRuntime,
      {
        tool: 'vite',
        kind: 'script-failed',
        message: `Error: Invalid runtime '${runtime}' for route /. Valid runtimes are ${valid}`,
      },
      { files },
    );

  it.each([
    ['node22.x', 'nodejs22.x', now],
    ['nodejs20', 'nodejs20.x', now],
    ['node-24', 'nodejs24.x', now],
    ['22.x', 'nodejs22.x', before],
    ['egde', 'edge', now],
  ])('%s', async (wrong, right, valid) => {
    expect(await repair(wrong, valid, { 'svelte.config.js': config(wrong) })).toEqual({
      'svelte.config.js': config(right),
    });
  });

  it('also of a route', async () => {
    const route = (runtime: string) => `export const config = {\n  runtime: "${runtime}",\n};\n`;
    const files = { 'svelte.config.js': config('edge'), 'src/routes/api/+server.ts': route('node20.x') };
    expect(await repair('node20.x', now, files)).toEqual({ 'src/routes/api/+server.ts': route('nodejs20.x') });
  });

  it.each([
    ['a version that is not offered', 'node16.x', now],
    ['a version that is not listed', 'node24.x', before],
    ['no version', 'nodejs', now],
    ['another runtime', 'bun', now],
    ['a version without long support', 'node23.x', now],
  ])('has no answer for %s', async (_, wrong, valid) => {
    expect(await repair(wrong, valid, { 'svelte.config.js': config(wrong) })).toBeUndefined();
  });

  it('has no answer where it is written nowhere', async () => {
    expect(await repair('node22.x', now, { 'svelte.config.js': config('nodejs22.x') })).toBeUndefined();
  });
});
