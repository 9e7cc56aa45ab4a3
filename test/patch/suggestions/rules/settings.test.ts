import { describe, expect, it } from 'vitest';
import { movedSetting } from '../../../../lib/patch/suggestions/rules/moved-setting.js';
import { postcssPlugin } from '../../../../lib/patch/suggestions/rules/postcss-plugin.js';
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
  const repair = (config: string, name = '@tailwindcss/postcss') =>
    repairWith(
      postcssPlugin,
      { kind: 'config', message },
      {
        files: { 'postcss.config.mjs': config, 'package.json': JSON.stringify({ devDependencies: { [name]: '^4' } }) },
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
