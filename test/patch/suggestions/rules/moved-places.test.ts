import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { movedAlias } from '../../../../lib/patch/suggestions/rules/moved-alias.js';
import { movedAsset } from '../../../../lib/patch/suggestions/rules/moved-asset.js';
import { movedFile } from '../../../../lib/patch/suggestions/rules/moved-file.js';
import { outputDirectory } from '../../../../lib/patch/suggestions/rules/output-directory.js';
import { errorOf, repairAll, repairWith } from '../repository.js';

const moved = (previousPath: string, path: string): FileChange => ({ status: 'renamed', path, previousPath });
const modified = (path: string, hunks: string): FileChange => ({ status: 'modified', path, hunks });

describe('moved-alias', () => {
  const lost = {
    kind: 'module-not-found',
    message: "Cannot find module '$domain/boats'",
    specifier: '$domain/boats',
  } as const;
  const changes = [
    moved('src/domain/boats.ts', 'src/lib/domain/boats.ts'),
    moved('src/domain/tides/high.ts', 'src/lib/domain/tides/high.ts'),
  ];
  const tree = {
    'src/lib/domain/boats.ts': 'export const boats = [];\n',
    'src/lib/domain/tides/high.ts': 'export const high = 1;\n',
    'src/a.ts': "import { boats } from '$domain/boats';\nimport { high } from '$domain/tides/high';\n",
  };
  const error = { ...lost, file: 'src/a.ts', line: 1 };

  it.each([
    [
      'svelte.config.js',
      "export default { kit: { alias: { $domain: 'src/domain', '$domain/*': 'src/domain/*' } } };\n",
      "export default { kit: { alias: { $domain: 'src/lib/domain', '$domain/*': 'src/lib/domain/*' } } };\n",
    ],
    [
      'tsconfig.json',
      '{ "compilerOptions": { "paths": { "$domain/*": ["./src/domain/*"] } } }\n',
      '{ "compilerOptions": { "paths": { "$domain/*": ["./src/lib/domain/*"] } } }\n',
    ],
    [
      'vite.config.ts',
      "export default { resolve: { alias: {\n  $domain: fileURLToPath(new URL('./src/domain', import.meta.url)),\n} } };\n",
      "export default { resolve: { alias: {\n  $domain: fileURLToPath(new URL('./src/lib/domain', import.meta.url)),\n} } };\n",
    ],
    [
      'vite.config.js',
      "export default { resolve: { alias: {\n  $domain: '/src/domain',\n} } };\n",
      "export default { resolve: { alias: {\n  $domain: '/src/lib/domain',\n} } };\n",
    ],
  ])('follows the folder in %s', async (path, before, after) => {
    expect(await repairWith(movedAlias, error, { files: { ...tree, [path]: before }, changes })).toEqual({
      [path]: after,
    });
  });

  it('follows it in all settings that map it, and leaves the importers alone', async () => {
    const files = {
      ...tree,
      'tsconfig.json': '{ "compilerOptions": { "baseUrl": "src", "paths": { "$domain/*": ["domain/*"] } } }\n',
      'vite.config.ts':
        "export default { resolve: { alias: {\n  $domain: path.resolve(__dirname, 'src/domain'),\n} } };\n",
    };
    const errors = ['$domain/boats', '$domain/tides/high'].map((specifier, at) =>
      errorOf({ ...error, message: `Cannot find module '${specifier}'`, specifier, line: at + 1 }),
    );
    expect(await repairAll([movedAlias, movedFile], errors, { files, changes })).toEqual({
      'tsconfig.json': '{ "compilerOptions": { "baseUrl": "src", "paths": { "$domain/*": ["lib/domain/*"] } } }\n',
      'vite.config.ts':
        "export default { resolve: { alias: {\n  $domain: path.resolve(__dirname, 'src/lib/domain'),\n} } };\n",
    });
  });

  it('writes the way out of a package of a monorepo', async () => {
    const files = {
      'apps/web/a.ts': "import { a } from '@domain/a';\n",
      'apps/web/tsconfig.json': '{ "compilerOptions": { "paths": { "@domain/*": ["../../packages/domain/*"] } } }\n',
      'libs/domain/a.ts': 'export const a = 1;\n',
    };
    const found = { ...lost, file: 'apps/web/a.ts', specifier: '@domain/a', message: "Cannot find module '@domain/a'" };
    const repository = {
      files,
      changes: [moved('packages/domain/a.ts', 'libs/domain/a.ts')],
      rootDirectory: 'apps/web',
    };
    expect(await repairWith(movedAlias, found, repository)).toEqual({
      'apps/web/tsconfig.json': '{ "compilerOptions": { "paths": { "@domain/*": ["../../libs/domain/*"] } } }\n',
    });
  });

  const config = { 'svelte.config.js': "export default { kit: { alias: { $domain: 'src/domain' } } };\n" };
  it.each([
    ['a file is left in the folder', { 'src/domain/rest.ts': '' }, changes],
    ['a file of it was removed', {}, [...changes, { status: 'removed', path: 'src/domain/old.ts' }]],
    ['its files went to two places', {}, [...changes, moved('src/domain/c.ts', 'src/other/c.ts')]],
    ['a file of it got another name', {}, [...changes, moved('src/domain/c.ts', 'src/lib/domain/d.ts')]],
    ['the diff does not tell', {}, []],
  ] as [string, Record<string, string>, FileChange[]][])('stays where %s', async (_, more, diff) => {
    expect(
      await repairWith(movedAlias, error, { files: { ...tree, ...config, ...more }, changes: diff }),
    ).toBeUndefined();
  });
});

describe('moved-asset', () => {
  const page = (src: string) => `<div id="app"></div>\n<script type="module" src="${src}"></script>\n`;
  const lost = {
    tool: 'vite',
    kind: 'module-not-found',
    file: 'index.html',
    specifier: '/src/main.ts',
    message: 'Failed to resolve /src/main.ts from /vercel/path0/index.html',
  } as const;
  const changes = [moved('src/main.ts', 'src/app/main.ts')];

  it.each([
    ['from the root', lost, '/src/main.ts', '/src/app/main.ts'],
    [
      'from the page',
      {
        ...lost,
        tool: 'parcel',
        specifier: './src/main.ts',
        message: "Failed to resolve './src/main.ts' from './index.html'",
      },
      './src/main.ts',
      './src/app/main.ts',
    ],
    [
      'by its bare path',
      { ...lost, specifier: 'src/main.ts', message: 'Failed to resolve src/main.ts from /vercel/path0/index.html' },
      'src/main.ts?a',
      'src/app/main.ts?a',
    ],
  ])('follows the script of a page, %s', async (_, error, before, after) => {
    const files = { 'index.html': page(before), 'src/app/main.ts': '', 'README.md': '`/src/main.ts`\n' };
    expect(await repairWith(movedAsset, error, { files, changes })).toEqual({ 'index.html': page(after) });
  });

  it('follows a script that was rewritten too, as the one new file of its name', async () => {
    const files = { 'apps/web/index.html': page('/src/main.ts'), 'apps/web/src/app/main.ts': '' };
    const diff: FileChange[] = [
      { status: 'removed', path: 'apps/web/src/main.ts' },
      { status: 'added', path: 'apps/web/src/app/main.ts' },
    ];
    const error = { ...lost, file: 'apps/web/index.html' };
    expect(await repairWith(movedAsset, error, { files, changes: diff })).toEqual({
      'apps/web/index.html': page('/src/app/main.ts'),
    });
  });

  it('follows what a sheet imports', async () => {
    const error = { ...lost, file: 'src/app.css', specifier: './theme.css', message: "Can't resolve './theme.css'" };
    const files = { 'src/app.css': "@import './theme.css';\n", 'src/styles/theme.css': '' };
    const diff = [moved('src/theme.css', 'src/styles/theme.css')];
    expect(await repairWith(movedAsset, error, { files, changes: diff })).toEqual({
      'src/app.css': "@import './styles/theme.css';\n",
    });
  });

  it.each([
    ['the script is at its place', { 'src/main.ts': '' }, changes],
    ['it left what the page can reach', {}, [moved('apps/web/src/main.ts', 'packages/main.ts')]],
    [
      'another file has the name',
      { 'admin/main.ts': '' },
      [
        { status: 'removed', path: 'src/main.ts' },
        { status: 'added', path: 'src/app/main.ts' },
      ],
    ],
    ['the diff does not tell', {}, []],
  ] as [string, Record<string, string>, FileChange[]][])('stays where %s', async (_, more, diff) => {
    const files = { 'index.html': page('/src/main.ts'), 'src/app/main.ts': '', ...more };
    expect(await repairWith(movedAsset, lost, { files, changes: diff })).toBeUndefined();
  });
});

describe('output-directory', () => {
  const lost = (symbol: string) =>
    ({
      tool: 'vercel',
      kind: 'output-directory',
      code: 'STATIC_BUILD_NO_OUT_DIR',
      symbol,
      message: `Error: No Output Directory named "${symbol}" found after the Build completed.`,
    }) as const;
  const served = (path: string) => `{\n  "outputDirectory": "${path}",\n  "cleanUrls": true\n}\n`;
  const angular = modified(
    'angular.json',
    '@@ -3,1 +3,1 @@\n-            "outputPath": "dist/signalbox",\n+            "outputPath": "dist/roster",',
  );
  const angularNow = '{ "options": {\n            "outputPath": "dist/roster",\n} }\n';

  it.each([
    ['Angular', 'dist/signalbox/browser', 'dist/roster/browser', 'browser', angular, angularNow],
    [
      'Vite',
      './dist',
      './public',
      'dist',
      modified('vite.config.ts', "@@ -2,1 +2,1 @@\n-  build: { outDir: 'dist' },\n+  build: { outDir: 'public' },"),
      "export default {\n  build: { outDir: 'public' },\n};\n",
    ],
    [
      'a command',
      'dist',
      'www',
      'dist',
      modified(
        'package.json',
        '@@ -2,1 +2,1 @@\n-    "build": "parcel build --dist-dir dist",\n+    "build": "parcel build --dist-dir www",',
      ),
      '{ "scripts": {\n    "build": "parcel build --dist-dir www",\n    "x": "" } }\n',
    ],
  ] as const)('follows %s', async (_, before, after, symbol, change, text) => {
    const files = { 'vercel.json': served(before), [change.path]: text };
    expect(await repairWith(outputDirectory, lost(symbol), { files, changes: [change] })).toEqual({
      'vercel.json': served(after),
    });
  });

  it('knows the folder of the builder', async () => {
    const change = modified('apps/web/vite.config.ts', "@@ -1,1 +1,1 @@\n-  outDir: 'dist',\n+  outDir: 'out',");
    const files = {
      'vercel.json': served('apps/web/dist'),
      'apps/web/vite.config.ts': "export default {\n  outDir: 'out',\n};\n",
    };
    expect(await repairWith(outputDirectory, lost('dist'), { files, changes: [change] })).toEqual({
      'vercel.json': served('apps/web/out'),
    });
    const own = { 'apps/web/vercel.json': served('dist'), 'apps/web/vite.config.ts': files['apps/web/vite.config.ts'] };
    const repository = { files: own, changes: [change], rootDirectory: 'apps/web' };
    expect(await repairWith(outputDirectory, lost('dist'), repository)).toEqual({
      'apps/web/vercel.json': served('out'),
    });
  });

  it.each([
    ['vercel.json serves another folder', { 'vercel.json': served('www') }, 'www', [angular]],
    [
      'the builder still names the old one',
      { 'angular.json': `${angularNow}// "dist/signalbox"\n` },
      'browser',
      [angular],
    ],
    ['vercel.json names none', { 'vercel.json': '{}\n' }, 'browser', [angular]],
    [
      'another setting was changed',
      { 'vite.config.ts': "export default { base: '/browser2/' };\n", 'vercel.json': served('browser') },
      'browser',
      [
        modified(
          'vite.config.ts',
          "@@ -1,1 +1,1 @@\n-export default { base: '/browser/' };\n+export default { base: '/browser2/' };",
        ),
      ],
    ],
    ['the diff does not tell', {}, 'browser', []],
  ] as [string, Record<string, string>, string, FileChange[]][])('stays where %s', async (_, more, symbol, changes) => {
    const files = { 'vercel.json': served('dist/signalbox/browser'), 'angular.json': angularNow, ...more };
    expect(await repairWith(outputDirectory, lost(symbol), { files, changes })).toBeUndefined();
  });

  describe('scripts that the build runs', () => {
    const manifest = (scripts: Record<string, string>) => ({ 'package.json': JSON.stringify({ scripts }) });
    const rewritten = (path: string, before: string, after: string) => ({
      files: { [path]: `import fs from 'node:fs';\n${after}\n` },
      change: modified(path, `@@ -2,1 +2,1 @@\n-${before}\n+${after}`),
    });
    const repair = (
      { files, change }: ReturnType<typeof rewritten>,
      more: Record<string, string>,
      folder = 'site',
    ): Promise<Record<string, string> | undefined> =>
      repairWith(outputDirectory, lost(folder), {
        files: { 'vercel.json': served(folder), ...files, ...more },
        changes: [change],
      });
    const build = manifest({ build: 'node scripts/build.mjs' });

    it.each([
      ['a constant', rewritten('scripts/build.mjs', "const OUT = 'site';", "const OUT = 'www';"), build],
      [
        'a module behind it',
        rewritten(
          'scripts/paths.mjs',
          "export const out = join(root, 'site');",
          "export const out = join(root, 'www');",
        ),
        {
          ...manifest({ build: 'npm run pages', pages: 'node scripts/build.mjs' }),
          'scripts/build.mjs': "import { out } from './paths.mjs';\n",
        },
      ],
      [
        'a hook of a script',
        rewritten('tools/make.ts', "mkdirSync('./site/');", "mkdirSync('./www/');"),
        manifest({ build: 'pnpm run pages', pages: 'true', postpages: 'tsx tools/make.ts' }),
      ],
      [
        'gulp',
        rewritten(
          'gulpfile.js',
          "const all = () => src('a').pipe(dest('site'));",
          "const all = () => src('a').pipe(dest('www'));",
        ),
        manifest({ build: 'gulp build' }),
      ],
      [
        'a text with a variable',
        rewritten('scripts/build.mjs', `const out = \`\${root}/site\`;`, `const out = \`\${root}/www\`;`),
        build,
      ],
    ])('are followed: %s', async (_, change, more) => {
      expect(await repair(change, more)).toEqual({ 'vercel.json': served('www') });
    });

    const constant = rewritten('scripts/build.mjs', "const OUT = 'site';", "const OUT = 'www';");
    it.each([
      ['the build does not run them', constant, manifest({ build: 'node other.mjs' })],
      [
        'another of them still names the folder',
        constant,
        { ...manifest({ build: 'node scripts/build.mjs && node feed.mjs' }), 'feed.mjs': "const out = 'site';\n" },
      ],
      ['the word is no path', rewritten('scripts/build.mjs', "const kind = 'site';", "const kind = 'www';"), build],
      ['another folder is served', constant, { ...build, 'vercel.json': served('pages/site') }],
      [
        'the folder lies outside',
        rewritten('scripts/build.mjs', "const OUT = 'site';", "const OUT = '../www';"),
        build,
      ],
    ])('stay where %s', async (_, change, more) => {
      expect(await repair(change, more)).toBeUndefined();
    });
  });

  describe('a folder that vercel.json serves since the last READY deployment', () => {
    const change = modified('vercel.json', '@@ -1,1 +1,2 @@\n {\n+  "outputDirectory": "out",');
    const scripts = (build: string) => JSON.stringify({ scripts: { build } });
    const repair = (more: Record<string, string>, changes: FileChange[] = [change]) =>
      repairWith(outputDirectory, lost('out'), { files: { 'vercel.json': served('out'), ...more }, changes });

    it.each([
      ['Next.js', { 'next.config.ts': 'export default {};\n', 'package.json': scripts('next build') }, '.next'],
      ['Next.js, told', { 'next.config.ts': "export default { distDir: 'web' };\n" }, 'web'],
      ['Vite', { 'vite.config.ts': 'export default {};\n', 'package.json': scripts('tsc -b && vite build') }, 'dist'],
      ['Vite, told', { 'vite.config.ts': "export default { build: { outDir: 'web' } };\n" }, 'web'],
      ['Astro', { 'astro.config.mjs': 'export default {};\n', 'package.json': scripts('astro build') }, 'dist'],
    ])('gives way to where the builder writes: %s', async (_, files, folder) => {
      expect(await repair(files)).toEqual({ 'vercel.json': served(folder) });
    });

    const vite = { 'vite.config.ts': 'export default {};\n', 'package.json': scripts('vite build') };
    it.each([
      [
        'what is written is another thing',
        { 'next.config.js': "module.exports = { output: 'export' };\n", 'package.json': scripts('next build') },
      ],
      ['a framework decides', { ...vite, 'vite.config.ts': 'export default { plugins: [sveltekit()] };\n' }],
      ['the build says more', { ...vite, 'package.json': scripts('vite build --ssr server.ts') }],
      ['another script builds', { ...vite, 'package.json': scripts('node build.mjs') }],
      ['the builder is told anew', vite, [change, modified('vite.config.ts', '@@ -1 +1 @@\n+  build: {},')]],
      ['nothing is known of changes', vite, []],
    ] as [string, Record<string, string>, FileChange[]?][])('stays where %s', async (_, files, changes) => {
      expect(await repair(files, changes)).toBeUndefined();
    });
  });

  describe('a builder that is told where to write for the first time', () => {
    const config = "export default defineConfig({\n  build: { outDir: 'build', sourcemap: false },\n});\n";
    const told = (path: string, row: string) =>
      ({ status: 'modified', path, hunks: `@@ -2 +2 @@\n-  build: { sourcemap: false },\n+${row}` }) as const;
    const files = { 'vercel.json': served('dist'), 'vite.config.ts': config };
    const added = told('vite.config.ts', "  build: { outDir: 'build', sourcemap: false },");

    it('is followed by what Vercel serves', async () => {
      expect(await repairWith(outputDirectory, lost('dist'), { files, changes: [added] })).toEqual({
        'vercel.json': served('build'),
      });
    });

    it.each([
      ['both changed', [added, told('vercel.json', '  "outputDirectory": "dist",')]],
      ['nothing is known of changes', []],
    ])('has no answer where %s', async (_, changes) => {
      expect(await repairWith(outputDirectory, lost('dist'), { files, changes })).toBeUndefined();
    });
  });
});

describe('what went out of reach is left alone', () => {
  const lost = (file: string, specifier: string) => ({ file, specifier, message: `Can't resolve '${specifier}'` });

  it('a module that went to the mocks, but for tests', async () => {
    const repair = (file: string) =>
      repairWith(movedFile, lost(file, './pay'), {
        files: { [file]: "import { pay } from './pay';\n", 'mocks/pay.ts': 'export const pay = 1;\n' },
        changes: [moved('src/pay.ts', 'mocks/pay.ts')],
      });
    expect(await repair('src/page.ts')).toBeUndefined();
    expect(await repair('src/page.test.ts')).toBeDefined();
  });

  it('a module that went to another package', async () => {
    const answer = await repairWith(movedFile, lost('web/page.ts', './boat'), {
      files: {
        'web/package.json': '{}',
        'ui/package.json': '{}',
        'web/page.ts': "import { boat } from './boat';\n",
        'ui/boat.ts': 'export const boat = 1;\n',
      },
      changes: [moved('web/boat.ts', 'ui/boat.ts')],
    });
    expect(answer).toBeUndefined();
  });

  it.each([
    [
      'a picture that another has the name of',
      'style.css',
      "a { background: url('./a/sea.png') }",
      'a/sea.png',
      'b/sea.png',
      {},
    ],
    ['a file that went to another package', 'web/style.css', "@import './a.css';", 'web/a.css', 'ui/a.css', {}],
    [
      'a script that another page loads',
      'index.html',
      '<script src="./main.ts"></script>',
      'main.ts',
      'b/main.ts',
      { 'b.html': '<script src="./b/main.ts"></script>' },
    ],
  ])('%s', async (_, file, text, was, now, more) => {
    const specifier = `./${was.replace('web/', '')}`;
    const answer = await repairWith(movedAsset, lost(file, specifier), {
      files: { 'web/package.json': '{}', 'ui/package.json': '{}', [file]: text, [now]: '', ...more },
      changes: [
        { status: 'removed', path: was },
        { status: 'added', path: now },
      ],
    });
    expect(answer).toBeUndefined();
  });
});
