import { describe, expect, it } from 'vitest';
import { referencePath } from '../../../../lib/patch/suggestions/rules/reference-path.js';
import { repairWith } from '../repository.js';

const unresolved = (specifier: string) => `Module not found: Can't resolve '${specifier}'`;

describe('a path in a page, a style sheet or a setting', () => {
  it.each([
    [
      'index.html',
      '<script type="module" src="/src/mian.tsx"></script>\n',
      '<script type="module" src="/src/main.tsx"></script>\n',
      { message: 'Failed to resolve /src/mian.tsx from /vercel/path0/index.html', specifier: '/src/mian.tsx' },
    ],
    [
      'index.html',
      '<link rel="stylesheet" href="/theme/hormes.css" />\n',
      '<link rel="stylesheet" href="/theme/homes.css" />\n',
      { message: 'Failed to resolve /theme/hormes.css from /vercel/path0/index.html' },
    ],
    [
      'src/styles/base.css',
      "@import './harbuor.css';\n\nbody {\n  margin: 0;\n}\n",
      "@import './harbour.css';\n\nbody {\n  margin: 0;\n}\n",
      { message: "ENOENT: no such file or directory, open './harbuor.css'", specifier: 'harbuor.css' },
    ],
    [
      'src/styles/base.css',
      "@font-face {\n  src: url('../Fonts/quay.woff2#a') format('woff2');\n}\n",
      "@font-face {\n  src: url('../fonts/quay.woff2#a') format('woff2');\n}\n",
      { message: unresolved('../Fonts/quay.woff2#a') },
    ],
    [
      'src/styles/base.css',
      "@font-face {\n  src: url('../fonts/Quay.woff2?v=2#a') format('woff2');\n}\n",
      "@font-face {\n  src: url('../fonts/quay.woff2?v=2#a') format('woff2');\n}\n",
      { message: unresolved('../fonts/Quay.woff2?v=2#a') },
    ],
    [
      'src/styles/page.scss',
      "@use 'varibles';\n@use 'sass:math';\n",
      "@use 'variables';\n@use 'sass:math';\n",
      { message: "Can't find stylesheet to import.", line: 1 },
    ],
    [
      'src/styles/page.scss',
      "@use '../tokns' as *;\n",
      "@use '../tokens' as *;\n",
      { message: "SassError: Can't find stylesheet to import.", line: 1 },
    ],
    [
      'src/Card.vue',
      '<template>\n  <img src="./assets/crnae.svg" />\n</template>\n',
      '<template>\n  <img src="./assets/crane.svg" />\n</template>\n',
      { message: 'Rollup failed to resolve import "./assets/crnae.svg" from "/vercel/path0/src/Card.vue".' },
    ],
    [
      'app/layout.tsx',
      "const quay = localFont({ src: './fonts/Quay.woff2' });\n",
      "const quay = localFont({ src: './fonts/quay.woff2' });\n",
      { message: unresolved('./fonts/Quay.woff2') },
    ],
  ])('is respelt in %s: %s', async (file, before, after, facts) => {
    const files = {
      'public/theme/homes.css': '',
      'src/main.tsx': '',
      'src/styles/harbour.css': '',
      'src/styles/_variables.scss': '',
      'src/tokens/_index.scss': '',
      'src/assets/crane.svg': '',
      'src/fonts/quay.woff2': '',
      'app/fonts/quay.woff2': '',
      [file]: before,
    };
    expect(await repairWith(referencePath, { kind: 'module-not-found', file, ...facts }, { files })).toEqual({
      [file]: after,
    });
  });

  it('is looked for below the folder that a log names in place of the file', async () => {
    const layout = "const quay = localFont({ src: './fonts/qauy.woff2' });\n";
    const files = { 'app/layout.tsx': layout, 'app/page.tsx': '', 'app/fonts/quay.woff2': '' };
    const error = { file: 'app', message: "Font file not found: Can't resolve './fonts/qauy.woff2'" };
    expect(await repairWith(referencePath, error, { files })).toEqual({
      'app/layout.tsx': layout.replace('qauy', 'quay'),
    });
  });

  it.each([
    ["error TS5083: Cannot read file '/vercel/path0/tsconfig.bsae.json'."],
    ["error TS6053: File '/vercel/path0/tsconfig.bsae.json' not found."],
  ])('is looked for in what may extend it: %s', async (message) => {
    const files = {
      'tsconfig.json': '{ "extends": "./tsconfig.bsae.json" }\n',
      'tsconfig.base.json': '{}\n',
      'package.json': '{ "main": "./tsconfig.bsae.json" }\n',
    };
    expect(await repairWith(referencePath, { message }, { files })).toEqual({
      'tsconfig.json': '{ "extends": "./tsconfig.base.json" }\n',
    });
  });

  const sheet = (path: string) => ({ 'src/base.css': `@import '${path}';\n` });
  const lost = (path: string) => ({ file: 'src/base.css', message: unresolved(path) });

  it.each([
    ['another name is merely alike', './theme.css', { 'src/home.css': '' }],
    ['two files are equally near', './bays.css', { 'src/bay.css': '', 'src/days.css': '' }],
    ['another is numbered', './bay-1.css', { 'src/bay-2.css': '' }],
    ['two parts are wrong', './parst/hul.css', { 'src/parts/hull.css': '' }],
    ['it lies in another folder', './hull.css', { 'src/parts/hull.css': '' }],
    ['the file is there', './hull.css', { 'src/hull.css': '', 'src/hulls.css': '' }],
    ['it stands under the root of a server', '/hul.css', { 'src/hull.css': '', 'public/hull.css': '' }],
    ['it is a package', 'normalise.css', { 'src/normalize.css/index.css': '' }],
  ])('is left alone where %s', async (_, path, more) => {
    expect(await repairWith(referencePath, lost(path), { files: { ...sheet(path), ...more } })).toBeUndefined();
  });

  it.each([[unresolved('./hull.js')], [`Module '"./hull.js"' declares 'keel' locally, but it is not exported.`]])(
    'is left alone where it names the output of a source: %s',
    async (message) => {
      const files = { 'src/a.ts': "import { keel } from './hull.js';\n", 'src/hull.ts': 'const keel = 1;\n' };
      const error = { file: 'src/a.ts', line: 1, message, specifier: './hull.js' };

      expect(await repairWith(referencePath, error, { files })).toBeUndefined();
    },
  );

  it('is left alone where not all files are known', async () => {
    const files = { ...sheet('./hul.css'), 'src/hull.css': '' };
    expect(await repairWith(referencePath, lost('./hul.css'), { files, truncated: true })).toBeUndefined();
    expect(await repairWith(referencePath, lost('./hul.css'), { files })).toBeDefined();
  });
});
