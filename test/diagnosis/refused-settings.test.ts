import { describe, expect, it } from 'vitest';
import { readLogText } from '../../lib/diagnosis/build-log.js';
import { diagnose } from '../../lib/diagnosis/diagnose.js';

const opening = ['Running "npm run build"', '', '> reef@1.0.0 build', '> vite build', ''];

function diagnoseRows(...rows: readonly string[]) {
  const text = [...opening, ...rows, 'Error: Command "npm run build" exited with 1'].join('\n');
  return diagnose({ log: readLogText(text) });
}

const packages = '/vercel/path0/node_modules';
const frame = `    at buildEnd (file://${packages}/vite/dist/node/chunks/dep-D.js:45012:13)`;
const kitFrames = [
  `    at file://${packages}/@sveltejs/kit/src/core/config/options.js:310:9`,
  `    at validate_config (file://${packages}/@sveltejs/kit/src/core/config/index.js:112:9)`,
];

/** From the sources of Vite 6 to 8, Rollup 4, @sveltejs/kit 2, workbox-build 7 and @builder.io/qwik-city. */
describe('options that a tool refuses while it builds', () => {
  it.each([
    'Error: Option "build.lib.name" is required when output formats include "umd" or "iife".',
    'Error: Entries in "build.rollupOptions.output" must specify "name" when the format is "umd" or "iife".',
    'Error: Multiple entry points are not supported when output formats include "umd" or "iife".',
    'Error: Vite does not support "rollupOptions.output.file". Please use "rollupOptions.output.dir" instead.',
    'Error: "local" cannot be used as a mode name because it conflicts with the .local postfix for .env files.',
    "Error: envPrefix option contains value '', which could lead unexpected exposure of sensitive information.",
    'Error: rollupOptions.input should not be an html file when building for SSR.',
    'RollupError: Invalid value for option "output.manualChunks" - this option is not supported for "output.inlineDynamicImports".',
    'RollupError: You must supply "output.name" for UMD bundles that have exports.',
    'RollupError: "default" was specified for "output.exports", but entry module "src/main.ts" has the following exports: "a"',
    'RollupError: Cannot assign "src/b.ts" to the "a" chunk as it is already in the "b" chunk.',
    'Error: Failed validate input options.',
    "[!] (plugin typescript) RollupError: @rollup/plugin-typescript: The module kind should be 'ES2015', 'ESNext', 'node16' or 'nodenext', found: 'CommonJS'",
    'Error: Configure "workbox.maximumFileSizeToCacheInBytes" to change the limit: the default value is 2 MiB.',
    'Error: qwikCity plugin "routesDir" not found: Error: x',
    "Error: { edge: true } has been removed in favour of { runtime: 'edge' }",
    'Error: Unsupported runtime: nodejs16.x. Supported runtimes are: edge, nodejs20.x, nodejs22.x',
    'Error: failed to find svelte config file /vercel/path0/svelte.prod.config.js.',
  ])('%s', (row) => {
    expect(diagnoseRows('error during build:', row, frame).class).toBe('config');
  });

  it.each([
    'Error: config.kit.alias should be an object',
    "Error: Each member of extensions must start with '.' — saw 'svx'",
    'Error: The Svelte config file must have a configuration object as its default export.',
    "Error: The `csp.directives['trusted-types']` option must include 'svelte-trusted-html'",
  ])('%s', (row) => {
    const { class: failureClass, errors } = diagnoseRows('error during build:', row, ...kitFrames);

    expect(failureClass).toBe('config');
    expect(errors[0]?.tool).toBe('sveltekit');
  });

  it('without a stack', () => {
    const { class: failureClass } = diagnoseRows(
      'error during build:',
      'Error: To enable remote functions, add the following to your `svelte.config.js`:',
      '',
      'kit:',
    );

    expect(failureClass).toBe('config');
  });
});

/** @astrojs/starlight and @sanity/astro, @vitejs/plugin-legacy, @nuxt/image and @nuxtjs/i18n: whatever they say, while they are set up. */
describe('what an integration throws while the tool sets it up', () => {
  const hook = `    at runHookConfigSetup (file://${packages}/astro/dist/integrations/hooks.js:180:15)`;
  const viteHook = `    at runConfigHook (file://${packages}/vite/dist/node/chunks/dep-D.js:66700:15)`;
  const nuxtHook = '  at normalizedModule (node_modules/nuxt/node_modules/@nuxt/kit/dist/index.mjs:2107:17)';

  it.each([
    'Starlight is not compatible with the `manual` routing option in the Astro i18n configuration.',
    'The badge text for "Guides" must have a key for the default language "en".',
  ])('%s', (row) => {
    expect(diagnoseRows(row, '  Stack trace:', hook).class).toBe('config');
    expect(diagnoseRows(`[AstroUserError] ${row}`, '  Hint:', '    x', '  Stack trace:', hook).class).toBe('config');
  });

  it.each(['Error: @vitejs/plugin-legacy does not support library mode.', 'Error: `a` and `b` cannot be both false'])(
    '%s',
    (row) => {
      expect(diagnoseRows('error during build:', row, viteHook).class).toBe('config');
    },
  );

  it.each([
    ['config', 'Unknown provider: cloudinry'],
    ['config', 'When using the `langDir` option the `locales` must be a list of objects.'],
    ['environment', 'Missing server key. Set `NUXT_SUPABASE_SECRET_KEY` in your environment variables.'],
    ['dependency', '[auto-import] failed to load @vueuse/core, have you installed it?'],
    ['code', 'Could not parse locale file (/vercel/path0/i18n/locales/fr.json): Unexpected token }'],
  ])('%s: %s', (failureClass, row) => {
    const { class: found } = diagnoseRows(`[error] ${row}`, '', '', nuxtHook);

    expect(found).toBe(failureClass);
  });

  it.each([
    ['a project’s own module', '  at setup (modules/tides.ts:12:7)'],
    ['a plugin of the project', `    at config (/vercel/path0/plugins/tides.ts:12:7)`],
  ])('not of %s', (_name, own) => {
    expect(diagnoseRows('[error] three tides disagree', '', '', own, nuxtHook).class).toBe('code');
    expect(diagnoseRows('error during build:', 'Error: three tides disagree', own, viteHook).class).toBe('code');
  });

  it('not of routes, which SvelteKit reads then', () => {
    const rows = ['error during build:', 'Error: The "/blog/[slug]" and "/blog/[id]" routes conflict with each other'];
    const frames = [
      `    at create (file://${packages}/@sveltejs/kit/src/core/sync/create_manifest_data/index.js:2:3)`,
      viteHook,
    ];
    expect(diagnoseRows(...rows, ...frames).class).toBe('code');
  });
});

describe('what is not about settings', () => {
  it.each([
    ['a project’s own words', 'Error: The option "tides.region" is required', 'src/tides.ts:3:9'],
    ['a project’s own check', 'Error: invalid option "spring"', 'scripts/tides.mjs:3:9'],
  ])('%s', (_name, row, place) => {
    const rows = ['error during build:', row, `    at tides (/vercel/path0/${place})`, frame];
    expect(diagnoseRows(...rows).class).toBe('code');
  });

  it.each([
    'Error: 404 /tides (linked from /)\nTo suppress or handle this error, implement `handleHttpError` in https://svelte.dev/docs/kit/configuration#prerender',
    'Error: The following pages contain links to /about#team, but no element with id="team" exists on /about - see the `handleMissingId` option in https://svelte.dev/docs/kit/configuration#prerender for more info:',
    'Error: Cannot save /a as it is already a directory. See https://svelte.dev/docs/kit/page-options#prerender-route-conflicts for more information',
  ])('a page that SvelteKit cannot write: %s', (row) => {
    const rows = [...row.split('\n'), `    at ${packages}/@sveltejs/kit/src/core/config/options.js:202:13`];
    expect(diagnoseRows(...rows, '', 'Node.js v22.12.0').class).toBe('code');
  });
});

/** From the sources of Vite, esbuild, Rolldown, @tailwindcss/oxide, @swc/core, Parcel, Nuxt 3 and 4 and Angular 15 to 21. */
describe('packages that are not there, or do not fit', () => {
  it.each([
    'Error: terser not found. Since Vite v3, terser has become an optional dependency. You need to install it.',
    'Error: Failed to load `transformWithEsbuild`. It is deprecated and it now requires esbuild to be installed separately.',
    'Error: Failed to resolve vue/compiler-sfc.',
    'Error: Cannot find native binding. npm has a bug related to optional dependencies (https://github.com/npm/cli/issues/4828).',
    'Error: Failed to load native binding',
    'Error: Cannot start service: Host version "0.21.5" does not match binary version "0.19.12"',
    'Error: Could not find module "@parcel/transformer-sass" satisfying *.',
    'Error: Loading `@nuxt/rspack-builder` builder failed.',
    'Error: Nuxt Content requires `better-sqlite3` module to operate.',
    "Error: ENOENT: no such file or directory, scandir '/vercel/path0/node_modules/sharp/vendor'",
    'Error: The Angular Compiler requires TypeScript >=5.8.0 and <6.0.0 but 5.4.5 was found instead.',
    "An unhandled exception occurred: Unable to load translation file parsers. Please ensure '@angular/localize' is installed.",
    'You seem to not be depending on "@angular/core" and/or "rxjs". This is an error.',
    "    Dependency Error: Yikes! It looks like you don't have jekyll-feed or one of its dependencies installed.",
    "Could not find gem 'jekyll-theme-reef' in rubygems repository https://rubygems.org/ or installed locally.",
  ])('%s', (row) => {
    expect(diagnoseRows(row).class).toBe('dependency');
  });

  it('a binary of another platform', () => {
    const rows = ['Error: ', "You installed esbuild for another platform than the one you're currently using."];
    const frame = `    at generateBinPath (${packages}/esbuild/lib/main.js:1805:15)`;
    expect(diagnoseRows(...rows, frame).class).toBe('dependency');
  });

  it('a name that one package wants of another', () => {
    const rows = [
      `${packages}/@sveltejs/kit/src/exports/vite/index.js:14`,
      "import { print } from 'svelte/compiler';",
      '         ^',
      "SyntaxError: The requested module 'svelte/compiler' does not provide an export named 'print'",
      '    at ModuleJob._instantiate (node:internal/modules/esm/module_job:180:21)',
      '',
      'Node.js v20.20.2',
    ];
    expect(diagnoseRows(...rows).class).toBe('dependency');
  });

  it('a name that a package wants of a newer Node.js', () => {
    const rows = [
      `file://${packages}/rolldown/dist/shared/parse.mjs:4`,
      "import { styleText } from 'node:util';",
      '         ^^^^^^^^^',
      "SyntaxError: The requested module 'node:util' does not provide an export named 'styleText'",
      '    at ModuleJob._instantiate (node:internal/modules/esm/module_job:123:21)',
      '',
      'Node.js v18.20.4',
    ];
    expect(diagnoseRows(...rows)).toMatchObject({ class: 'config', errors: [{ kind: 'engine' }] });
  });
});

describe('a file that the sentence itself names', () => {
  it.each([
    ['src/app.html', 'Error: src/app.html is missing %sveltekit.head%'],
    ['src/routes/+pages.svelte', 'Error: Files prefixed with + are reserved (saw src/routes/+pages.svelte)'],
    ['src/a.worker.ts', 'Error: Circular worker imports detected. Import chain: src/a.worker.ts -> src/b.worker.ts'],
    ['svelte.config.js', 'Error: invalid export in svelte.config.js'],
  ])('%s', (file, row) => {
    expect(diagnoseRows('error during build:', row, frame).errors[0]?.file).toBe(file);
  });
});
