import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { movedSetting } from '../../../../lib/patch/suggestions/rules/moved-setting.js';
import { postcssPlugin } from '../../../../lib/patch/suggestions/rules/postcss-plugin.js';
import { renamedUtility } from '../../../../lib/patch/suggestions/rules/renamed-utility.js';
import { replacedValue } from '../../../../lib/patch/suggestions/rules/replaced-value.js';
import { utilitySpelling } from '../../../../lib/patch/suggestions/rules/utility-spelling.js';
import { repairWith } from '../repository.js';

describe('moved-setting', () => {
  const config = (body: string) => `const nextConfig: NextConfig = {\n${body}};\n\nexport default nextConfig;\n`;
  const repair = (body: string, name = 'serverComponentsExternalPackages') =>
    repairWith(
      movedSetting,
      {
        file: 'next.config.ts',
        message: `Object literal may only specify known properties, and '${name}' does not exist in type 'ExperimentalConfig'.`,
      },
      { files: { 'next.config.ts': config(body) } },
    );

  it.each([
    [
      'alone',
      "  poweredByHeader: false,\n  experimental: {\n    serverComponentsExternalPackages: ['sharp'],\n  },\n",
      "  poweredByHeader: false,\n  serverExternalPackages: ['sharp'],\n",
    ],
    [
      'before another',
      "  experimental: {\n    serverComponentsExternalPackages: ['sharp'],\n    mdxRs: true,\n  },\n",
      "  serverExternalPackages: ['sharp'],\n  experimental: {\n    mdxRs: true,\n  },\n",
    ],
    [
      'behind another',
      "  experimental: {\n    mdxRs: true,\n    serverComponentsExternalPackages: ['sharp'],\n  },\n",
      "  serverExternalPackages: ['sharp'],\n  experimental: {\n    mdxRs: true,\n  },\n",
    ],
  ])('leaves the experimental options, %s', async (_, before, after) => {
    expect(await repair(before)).toEqual({ 'next.config.ts': config(after) });
  });

  it.each([
    ['Next.js does not say where it went', '  experimental: {\n    appDir: true,\n  },\n', 'appDir'],
    [
      'it stands there already',
      '  typedRoutes: false,\n  experimental: {\n    typedRoutes: true,\n  },\n',
      'typedRoutes',
    ],
    ['it is set elsewhere', '  experimental: shared,\n', 'typedRoutes'],
  ])('stays where %s', async (_, body, name) => {
    expect(await repair(body, name)).toBeUndefined();
  });
});

describe('postcss-plugin', () => {
  const message =
    "Error: It looks like you're trying to use `tailwindcss` directly as a PostCSS plugin. The PostCSS plugin has moved to a separate package.";
  const repair = (config: string, name = '@tailwindcss/postcss', others: Readonly<Record<string, string>> = {}) =>
    repairWith(
      postcssPlugin,
      { kind: 'config', message },
      {
        files: {
          'postcss.config.mjs': config,
          'package.json': JSON.stringify({ devDependencies: { [name]: '^4' } }),
          ...others,
        },
      },
    );

  it.each([
    [
      'export default { plugins: { tailwindcss: {} } };\n',
      "export default { plugins: { '@tailwindcss/postcss': {} } };\n",
    ],
    ['export default { plugins: ["tailwindcss"] };\n', 'export default { plugins: ["@tailwindcss/postcss"] };\n'],
    [
      "module.exports = { plugins: [require('tailwindcss')] };\n",
      "module.exports = { plugins: [require('@tailwindcss/postcss')] };\n",
    ],
  ])('is called by its name in %s', async (before, after) => {
    expect(await repair(before)).toEqual({ 'postcss.config.mjs': after });
  });

  it('is quoted as the repository quotes', async () => {
    const plain = 'export default { plugins: { tailwindcss: {} } };\n';

    expect(await repair(plain, '@tailwindcss/postcss', { 'a.ts': 'import { b } from "./b";\n' })).toEqual({
      'postcss.config.mjs': 'export default { plugins: { "@tailwindcss/postcss": {} } };\n',
    });
  });

  it('has no answer where the package is not declared, or is named already', async () => {
    expect(await repair('export default { plugins: ["tailwindcss"] };\n', 'tailwindcss')).toBeUndefined();
    expect(await repair('export default { plugins: ["tailwindcss", "@tailwindcss/postcss"] };\n')).toBeUndefined();
  });
});

describe('utility-spelling', () => {
  const repair = (name: string, page: string, message: string) =>
    repairWith(
      utilitySpelling,
      { kind: 'style', file: 'app/globals.css', message },
      {
        files: {
          'app/globals.css': `.quay {\n  @apply ${name} px-2;\n}\n`,
          'app/page.tsx': `export default () => <p className="${page}">x</p>;\n`,
        },
      },
    );
  const unknown = (name: string) => `Cannot apply unknown utility class \`${name}\``;

  it.each([
    [unknown('rouned-md')],
    ['The `rouned-md` class does not exist. If `rouned-md` is a custom class, make sure it is defined.'],
  ])('is the one that the pages use: %s', async (message) => {
    expect(await repair('rouned-md', 'rounded-md px-2', message)).toEqual({
      'app/globals.css': '.quay {\n  @apply rounded-md px-2;\n}\n',
    });
  });

  it.each([
    ['nothing like it is in use', 'rounded-mb', 'text-sm'],
    ['two are equally near', 'rounded-mb', 'rounded-md rounded-ml'],
    ['a measure differs', 'w-13', 'w-12'],
    ['a side differs', 'pt-safe', 'pb-safe'],
    ['an element wears it too', 'rouned-md', 'rouned-md rounded-md'],
  ])('has no answer where %s', async (_, name, page) => {
    expect(await repair(name, page, unknown(name))).toBeUndefined();
  });
});

describe('moved-setting, as the tool says itself', () => {
  // kit/src/core/config/options.js
  const kit = {
    tool: 'svelte',
    kind: 'config',
    file: 'svelte.config.js',
    message:
      'Error loading svelte.config.js: Unexpected option config.kit.extensions (did you mean config.extensions?)',
  } as const;
  const config = (body: string) => `const config = {\n${body}};\n\nexport default config;\n`;

  it('leaves the options of SvelteKit', async () => {
    const files = {
      'svelte.config.js': config("  kit: {\n    adapter: adapter(),\n    extensions: ['.svelte', '.svx'],\n  },\n"),
    };
    expect(await repairWith(movedSetting, kit, { files })).toEqual({
      'svelte.config.js': config("  extensions: ['.svelte', '.svx'],\n  kit: {\n    adapter: adapter(),\n  },\n"),
    });
  });

  it('leaves the experimental options, in the words of Next.js', async () => {
    // next/dist/server/config.js
    const message =
      '`experimental.dynamicIO` has been replaced by `cacheComponents`. Please update your next.config file accordingly.';
    const files = { 'next.config.ts': config('  experimental: {\n    dynamicIO: true,\n  },\n') };
    expect(await repairWith(movedSetting, { tool: 'next', kind: 'config', message }, { files })).toEqual({
      'next.config.ts': config('  cacheComponents: true,\n'),
    });
  });

  it.each([
    [
      'the tool does not say where it belongs',
      "  kit: {\n    extensions: ['.svx'],\n  },\n",
      'Unexpected option config.kit.extensions',
    ],
    ['it is set there as well', "  extensions: [],\n  kit: {\n    extensions: ['.svx'],\n  },\n", kit.message],
  ])('stays where %s', async (_, body, message) => {
    expect(
      await repairWith(movedSetting, { ...kit, message }, { files: { 'svelte.config.js': config(body) } }),
    ).toBeUndefined();
  });
});

describe('replaced-value', () => {
  // astro/dist/core/config/schemas/base.js
  const astro = {
    tool: 'astro',
    kind: 'config',
    message:
      '[config] Astro found issue(s) with your configuration:\n! The output: "hybrid" option has been removed. Use output: "static" (the default) instead, which now behaves the same way.',
  } as const;

  it.each([
    ["export default defineConfig({ output: 'hybrid' });\n", "export default defineConfig({ output: 'static' });\n"],
    ['const config = { "output": "hybrid" };\n', 'const config = { "output": "static" };\n'],
    [
      "const output = 'hybrid';\nexport default { output };\n",
      "const output = 'static';\nexport default { output };\n",
    ],
  ])('writes what the tool names: %s', async (before, after) => {
    const files = { 'astro.config.mjs': before, 'src/a.ts': "export const a = { output: 'hybrid' };\n" };
    expect(await repairWith(replacedValue, astro, { files })).toEqual({ 'astro.config.mjs': after });
  });

  it('writes it in the page that the tool names', async () => {
    // next/dist/build/analysis/get-page-static-info.js
    const message =
      "Page /about provided runtime 'edge', the edge runtime for rendering is currently experimental. Use runtime 'experimental-edge' instead.";
    const files = { 'pages/about.tsx': "export const config = { runtime: 'edge' };\n" };
    expect(
      await repairWith(replacedValue, { tool: 'next', kind: 'other', route: '/about', message }, { files }),
    ).toEqual({
      'pages/about.tsx': "export const config = { runtime: 'experimental-edge' };\n",
    });
  });

  const own = "export default { output: 'hybrid' };\n";
  it.each([
    [
      'another setting has to be set',
      own,
      '! The output: "hybrid" option has been removed. Use prerender: "true" instead.',
    ],
    [
      'two values are named',
      own,
      '! The output: "hybrid" option has been removed. Use output: "static" or output: "server" instead.',
    ],
    ['nothing says that it is over', own, '! The output: "hybrid" option is slow. Use output: "static" if you can.'],
    ['it is set twice', "export default [{ output: 'hybrid' }, { output: 'hybrid' }];\n", astro.message],
    ['it is computed', 'export default { output: mode() };\n', astro.message],
  ])('stays where %s', async (_, text, message) => {
    expect(
      await repairWith(replacedValue, { ...astro, message }, { files: { 'astro.config.mjs': text } }),
    ).toBeUndefined();
  });
});

describe('renamed-utility', () => {
  const modified = (path: string, hunks: string): FileChange => ({ status: 'modified', path, hunks });
  const theme = (name: string) => `@theme {\n  --${name}: 1px;\n}\n\n`;
  const unknown = (name: string) =>
    ({
      tool: 'postcss',
      kind: 'style',
      symbol: name,
      file: 'src/app.css',
      message: `Cannot apply unknown utility class \`${name}\``,
    }) as const;
  const renamed = (before: string, after: string) =>
    modified('src/app.css', `@@ -2,1 +2,1 @@\n-  --${before}: 1px;\n+  --${after}: 1px;`);

  it.each([
    ['a colour', 'color-river', 'color-stream', 'border-river', 'border border-river p-4', 'border border-stream p-4'],
    [
      'its variants',
      'color-river',
      'color-stream',
      'hover:bg-river/50',
      'hover:bg-river/50 text-river',
      'hover:bg-stream/50 text-stream',
    ],
    ['a side', 'radius-card', 'radius-panel', 'rounded-t-card', '!rounded-t-card', '!rounded-t-panel'],
    ['a weight', 'font-weight-heavy', 'font-weight-black', 'font-heavy', 'font-heavy', 'font-black'],
  ])('follows the theme: %s', async (_, before, after, name, applied, now) => {
    const files = {
      'src/app.css': `${theme(after)}.card {\n  @apply rounded ${applied};\n}\n`,
      'src/A.vue': '<template><p class="river" /></template>\n',
    };
    expect(await repairWith(renamedUtility, unknown(name), { files, changes: [renamed(before, after)] })).toEqual({
      'src/app.css': `${theme(after)}.card {\n  @apply rounded ${now};\n}\n`,
    });
  });

  it('follows it in the styles of components', async () => {
    const files = {
      'src/app.css': theme('color-stream'),
      'src/A.svelte': '<style>\n  @reference "./app.css";\n  p { @apply text-river; }\n</style>\n',
    };
    const error = { ...unknown('text-river'), file: 'src/A.svelte' };
    expect(
      await repairWith(renamedUtility, error, { files, changes: [renamed('color-river', 'color-stream')] }),
    ).toEqual({
      'src/A.svelte': '<style>\n  @reference "./app.css";\n  p { @apply text-stream; }\n</style>\n',
    });
  });

  it.each([
    [
      'an utility of its own',
      modified('src/app.css', '@@ -1,1 +1,1 @@\n-@utility plank {\n+@utility board {'),
      { 'src/app.css': '@utility board {\n  color: red;\n}\n.a {\n  @apply plank;\n}\n' },
      { 'src/app.css': '@utility board {\n  color: red;\n}\n.a {\n  @apply board;\n}\n' },
    ],
    [
      'the configuration of the version before',
      modified('tailwind.config.js', "@@ -1,1 +1,1 @@\n-    plank: '#a52',\n+    board: '#a52',"),
      {
        'tailwind.config.js': "export default { colors: {\n    board: '#a52',\n} };\n",
        'src/app.css': '.a {\n  @apply bg-plank;\n}\n',
      },
      { 'src/app.css': '.a {\n  @apply bg-board;\n}\n' },
    ],
  ])('follows %s', async (_, change, files, repaired) => {
    const name = 'src/app.css' in files && files['src/app.css'].includes('bg-plank') ? 'bg-plank' : 'plank';
    expect(await repairWith(renamedUtility, unknown(name), { files, changes: [change] })).toEqual(repaired);
  });

  it('follows a colour with shades, in all of them and in no other', async () => {
    const files = {
      'tailwind.config.ts': "export default { colors: {\n    straw: { DEFAULT: '#c49a3a', dark: '#8a6a1f' },\n} };\n",
      'src/app.css': '.a {\n  @apply border-barley-dark bg-barley hover:bg-barley-dark text-barley-field;\n}\n',
    };
    const change = modified(
      'tailwind.config.ts',
      "@@ -2,1 +2,1 @@\n-    barley: { DEFAULT: '#c49a3a', dark: '#8a6a1f' },\n+    straw: { DEFAULT: '#c49a3a', dark: '#8a6a1f' },",
    );
    expect(await repairWith(renamedUtility, unknown('border-barley-dark'), { files, changes: [change] })).toEqual({
      'src/app.css': '.a {\n  @apply border-straw-dark bg-straw hover:bg-straw-dark text-barley-field;\n}\n',
    });
    expect(
      await repairWith(renamedUtility, unknown('text-barley-field'), { files, changes: [change] }),
    ).toBeUndefined();
  });

  const card = '.card {\n  @apply border-river;\n}\n';
  it.each([
    [
      'another sheet declares the old name',
      { 'src/b.css': '@theme { --color-river: red; }\n' },
      theme('color-stream') + card,
      [renamed('color-river', 'color-stream')],
    ],
    [
      'the name means another kind of thing',
      {},
      theme('animate-stream') + card,
      [renamed('animate-river', 'animate-stream')],
    ],
    [
      'the variable became one of another kind',
      {},
      theme('text-stream') + card,
      [renamed('color-river', 'text-stream')],
    ],
    [
      'its value changed as well',
      {},
      theme('color-stream') + card,
      [modified('src/app.css', '@@ -2,1 +2,1 @@\n-  --color-river: 1px;\n+  --color-stream: 2px;')],
    ],
    ['the diff does not tell', {}, theme('color-stream') + card, []],
  ] as [string, Record<string, string>, string, FileChange[]][])('stays where %s', async (_, more, text, changes) => {
    const files = { 'src/app.css': text, ...more };
    expect(await repairWith(renamedUtility, unknown('border-river'), { files, changes })).toBeUndefined();
  });
});
