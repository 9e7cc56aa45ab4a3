import { describe, expect, it } from 'vitest';
import { astroRenderer } from '../../../../lib/patch/suggestions/rules/astro-renderer.js';
import { repairWith } from '../repository.js';

const error = {
  tool: 'astro',
  kind: 'config',
  code: 'NoMatchingRenderer',
  message: 'Unable to render `Tide`.',
} as const;
const config = (imports: string, list: string) =>
  `import { defineConfig } from 'astro/config';\n${imports}\nexport default defineConfig({\n  integrations: ${list},\n});\n`;
const repair = (text: string, ...packages: readonly string[]) =>
  repairWith(astroRenderer, error, {
    files: {
      'astro.config.mjs': text,
      'package.json': JSON.stringify({ dependencies: Object.fromEntries(packages.map((name) => [name, '^4.0.0'])) }),
    },
  });

describe('astro-renderer', () => {
  it('adds the one integration that is installed', async () => {
    const mdx = "import mdx from '@astrojs/mdx';\n";
    expect(await repair(config(mdx, '[mdx()]'), 'astro', '@astrojs/mdx', '@astrojs/solid-js')).toEqual({
      'astro.config.mjs': config(`${mdx}import solid from '@astrojs/solid-js';\n`, '[mdx(), solid()]'),
    });
    expect(await repair(config('', '[]'), '@astrojs/react')).toEqual({
      'astro.config.mjs': config("import react from '@astrojs/react';\n", '[react()]').replace(
        "config';\n\n",
        "config';\n",
      ),
    });
  });

  it('is silent where the component is of another framework', async () => {
    const own = { 'astro.config.mjs': config('', '[]') };
    const manifest = (more: object) => JSON.stringify({ dependencies: { '@astrojs/react': '^4.0.0', ...more } });
    const solid = { ...own, 'package.json': manifest({ 'solid-js': '^1.0.0' }) };
    const vue = { ...own, 'package.json': manifest({}), 'src/a.astro': "---\nimport Tide from './Tide.vue';\n---\n" };

    expect(await repairWith(astroRenderer, error, { files: solid })).toBeUndefined();
    expect(await repairWith(astroRenderer, error, { files: vue })).toBeUndefined();
  });

  it('is silent where the list is that of something else', async () => {
    expect(await repair('export default { vite: { integrations: [] } };\n', '@astrojs/react')).toBeUndefined();
  });

  it.each([
    ['vue', '@astrojs/react', ''],
    ['jsx', '@astrojs/vue', ''],
    ['jsx', '@astrojs/react', "@@ -1 +0,0 @@\n-import react from '@astrojs/react';"],
  ])('is silent about .%s with %s%s', async (ending, name, hunks) => {
    const message = `Unable to render \`Tide\`.\n\nNo valid renderer was found for the \`.${ending}\` file extension.`;
    const files = {
      'astro.config.mjs': config('', '[]'),
      'package.json': `{ "dependencies": { "${name}": "^4.0.0" } }`,
    };
    const changes = [{ path: 'astro.config.mjs', status: 'modified' as const, hunks }];

    expect(await repairWith(astroRenderer, { ...error, message }, { files, changes })).toBeUndefined();
  });

  it.each([
    ['none is installed', config('', '[]'), ['astro']],
    ['two are installed', config('', '[]'), ['@astrojs/react', '@astrojs/vue']],
    ['it is used already', config("import view from '@astrojs/react';\n", '[view()]'), ['@astrojs/react']],
    ['the list is made elsewhere', config('', 'listed()'), ['@astrojs/react']],
    ['a framework of others is there', config('', '[]'), ['@astrojs/react', 'lit']],
    ['its name is taken', config("import react from './react';\n", '[]'), ['@astrojs/react']],
  ])('is silent where %s', async (_, text, packages) => {
    expect(await repair(text, ...packages)).toBeUndefined();
  });
});
