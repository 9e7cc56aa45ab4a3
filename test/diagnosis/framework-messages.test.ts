import { describe, expect, it } from 'vitest';
import { readLogText } from '../../lib/diagnosis/build-log.js';
import { diagnose } from '../../lib/diagnosis/diagnose.js';

function diagnoseRows(...rows: readonly string[]) {
  const head = ['Running "npm run build"', '', '> reef@1.0.0 build', '> astro build', ''];
  return diagnose({
    log: readLogText([...head, ...rows, 'Error: Command "npm run build" exited with 1'].join('\n')),
  });
}

/** astro/dist/core/errors/errors-data.js of Astro 3 to 7. */
describe('the error catalogue of Astro', () => {
  function diagnoseAstro(code: string, message: string) {
    return diagnoseRows(
      `[${code}] ${message}`,
      '  Error reference:',
      '    https://docs.astro.build/en/reference/errors/x/',
      '  Stack trace:',
      '    at run (file:///vercel/path0/node_modules/astro/dist/core/build/generate.js:168:26)',
    );
  }

  it.each([
    [
      'config',
      'i18nNotEnabled',
      'The `astro:i18n` module cannot be used without enabling `i18n` in your Astro config.',
    ],
    ['config', 'CacheNotEnabled', '`Astro.cache` is not available because the cache feature is not enabled.'],
    ['config', 'InvalidRedirectDestination', 'The redirect from "/old/[slug]" to "/posts/[id]" is invalid.'],
    ['config', 'UnableToLoadLogger', 'Couldn\'t load the logger at given path "./logger.js".'],
    ['config', 'CannotFetchFontFile', 'An error occurred while fetching the font file from ./fonts/reef.woff2.'],
    [
      'transient',
      'CannotFetchFontFile',
      'An error occurred while fetching the font file from https://fonts.example/a.woff2.',
    ],
    ['dependency', 'MissingSharp', 'Could not find Sharp. Please install Sharp (`sharp`) manually into your project.'],
    ['dependency', 'CacheProviderNotFound', 'Could not resolve the cache provider `@reef/cache`.'],
    ['code', 'MissingIndexForInternationalization', 'Could not find index page. A root index page is required.'],
    [
      'code',
      'InvalidGetStaticPathsReturn',
      'Invalid type returned by `getStaticPaths()`. Expected an `array`, got `object`.',
    ],
  ])('%s: %s', (failureClass, code, message) => {
    expect(diagnoseAstro(code, message).class).toBe(failureClass);
  });

  it('names the file that the sentence names', () => {
    const message = 'Found legacy content config file in "src/content/config.ts". Please move this file.';
    expect(diagnoseAstro('LegacyContentConfigError', message).errors[0]?.file).toBe('src/content/config.ts');
  });

  it('tells of an error without a name on which page it came up', () => {
    const { errors } = diagnoseRows(
      '00:45:00 [ERROR] [build] Caught error rendering /notes/: TypeError: Astro.glob is not a function',
      'Astro.glob is not a function',
      '  Stack trace:',
      '    at file:///vercel/path0/dist/.prerender/chunks/index_Cm2MqEVC.mjs:53:28',
    );
    expect(errors[0]).toMatchObject({ route: '/notes/', kind: 'prerender', message: 'Astro.glob is not a function' });
  });

  it('blames the configuration that could not be loaded', () => {
    const rows = ['[astro] Unable to load astro.config.mjs', '', "Unexpected token '}'", '  Stack trace:'];
    const frame = '    at compileSourceTextModule (node:internal/modules/esm/utils:346:16)';
    expect(diagnoseRows(...rows, frame)).toMatchObject({ class: 'config', errors: [{ file: 'astro.config.mjs' }] });
  });
});

/** @angular/build, @angular-devkit and @angular/compiler-cli of Angular 15 to 21. */
describe('Angular', () => {
  it.each([
    ['config', 'angular.json', 'An unhandled exception occurred: Project target does not exist.'],
    ['config', 'angular.json', 'Error: Project "reef-web" does not exist.'],
    ['config', 'angular.json', "Error: Project field 'build' is malformed. Expected an object."],
    ['config', 'angular.json', 'Error: Invalid format version detected - Expected:[ 1 ] Found: [ 2 ]'],
    [
      'config',
      'tsconfig.json',
      'error NG4002: Angular compiler option "strictTemplates" is enabled, however it is not.',
    ],
    ['dependency', 'package.json', `Error: Data path ".builders['app-shell']" should have required property 'class'.`],
    ['dependency', 'package.json', 'This version of CLI is only compatible with Angular versions ^17.0.0,'],
    [
      'transient',
      undefined,
      'An unhandled exception occurred: Inlining of fonts failed. https://fonts.example/a returned status code: 503.',
    ],
  ])('%s, %s: %s', (failureClass, file, row) => {
    const { class: found, errors } = diagnoseRows(row);

    expect(found).toBe(failureClass);
    expect(errors[0]?.file).toBe(file);
  });

  it.each([
    ['code', 'ReferenceError: window is not defined', 'src/app/tides.component.ts'],
    ['environment', 'Error: supabaseUrl is required.', 'src/app/tides.component.ts'],
  ])('reads what a page threw while it was rendered: %s', (failureClass, thrown, file) => {
    const found = diagnoseRows(
      "✘ [ERROR] An error occurred while prerendering route '/tides/bay'.",
      '',
      thrown,
      `    at new TidesComponent (file:///vercel/path0/${file}:14:9)`,
    );

    expect(found).toMatchObject({ class: failureClass, errors: [{ route: '/tides/bay', file, line: 14 }] });
  });
});

/** Hugo, Jekyll, Bundler, Stencil, Eleventy 2 and 3, Rsbuild and Parcel, each in its own way of printing. */
describe('site generators and bundlers', () => {
  it.each([
    ['config', 'Check your Hugo installation; you need the extended version to build SCSS/SASS.'],
    ['config', 'Error: Unable to locate config file or config directory. Perhaps you need to create a new site.'],
    [
      'config',
      'Error: module "ananke" not found in "/vercel/path0/themes/ananke"; either add it as a Hugo Module or store it in "/vercel/path0/themes".: module does not exist',
    ],
    [
      'transient',
      'Error: error calling resources.GetRemote: Get "https://x.example/a.json": dial tcp: lookup x.example: no such host',
    ],
    ['config', 'Your Ruby version is 3.3.0, but your Gemfile specified 2.7.0'],
    ['config', '[ ERROR ]  Config Error: stencil.config.ts'],
    ['config', 'error   Failed to load file with dynamic import: /vercel/path0/rsbuild.config.ts'],
    ['config', "[11ty] Error in your Eleventy config file '.eleventy.js'. (via EleventyConfigError)"],
  ])('%s: %s', (failureClass, row) => {
    expect(diagnoseRows(row).class).toBe(failureClass);
  });

  it.each([
    ["  Liquid Exception: Liquid syntax error (line 4): Unknown tag 'tide' in /vercel/path0/_posts/a.md", 4],
    [
      '  Liquid Exception: Could not locate the included file \'tide.html\' in any of ["/vercel/path0/_includes"]. in /vercel/path0/_posts/a.md',
      undefined,
    ],
  ])('%s', (row, line) => {
    const { class: failureClass, errors } = diagnoseRows(row);

    expect(failureClass).toBe('code');
    expect(errors[0]?.file).toMatch(/_posts\/a\.md$/);
    expect(errors[0]?.line).toBe(line);
  });

  it('Parcel’s entries', () => {
    const rows = ['🚨 Build failed.', '', '@parcel/core: Entry /vercel/path0/src/index.html does not exist'];
    expect(diagnoseRows(...rows).class).toBe('config');
  });

  it.each([
    ['config', 'An Eleventy-compatible version of Node is required: >=18. You have v16.20.2'],
    ['dependency', "We found Eleventy version '2.0.1' which does not meet the required version range: '>=3'."],
  ])('Eleventy’s own requirements, %s', (failureClass, row) => {
    expect(diagnoseRows('[11ty] Eleventy Fatal Error (CLI):', `[11ty] ${row} (via Error)`).class).toBe(failureClass);
  });

  it('what Eleventy shows of front matter is no sentence of its own', () => {
    const { errors } = diagnoseRows(
      '[11ty] Eleventy Fatal Error (CLI):',
      '[11ty] 1. Having trouble reading front matter from template ./src/moons/harvest.md (via TemplateContentFrontMatterError)',
      '[11ty] 2. bad indentation of a mapping entry (2:8)',
      '[11ty] ',
      '[11ty]  1 | ',
      '[11ty]  2 | title: @harvest moon',
      '[11ty] ------------^',
      '[11ty]  3 | layout: base.njk',
      '[11ty]  4 | tags: moon (via YAMLException)',
    );
    expect(errors[0]).toMatchObject({
      file: 'src/moons/harvest.md',
      line: 2,
      message: 'bad indentation of a mapping entry (2:8)',
    });
  });

  it.each([
    [
      'config',
      '[INVALID_OPTION] Error: Invalid value "iife" for option "output.format" - UMD and IIFE are not supported.',
    ],
    ['config', "[TSCONFIG_ERROR] Error: Failed to load tsconfig for 'src/main.ts': Tsconfig not found"],
    ['config', '✘ [ERROR] Invalid build flag: "--foo=bar"'],
    ['config', '✘ [ERROR] Must use "outdir" when there are multiple input files'],
  ])('without a place, %s: %s', (failureClass, row) => {
    expect(diagnoseRows('error during build:', 'Build failed with 1 error:', '', row, '').class).toBe(failureClass);
  });
});

describe('warnings of the same words', () => {
  it.each([
    "assets/index-B.js is 3.1 MB, and won't be precached. Configure maximumFileSizeToCacheInBytes to change this limit.",
    'You are using Node.js 18.20.4. Vite requires Node.js version 20.19+ or 22.12+. Please upgrade your Node.js version.',
    '(!) Invalid value for option "output.manualChunks" - it is ignored.',
    '@parcel/transformer-js: The option "shake" is not used',
    '[warn] [nuxt] Module `@reef/tides` is disabled due to incompatibility issues',
    'WARN  Cannot find native binding, falling back to WebAssembly',
  ])('count for nothing beside what failed: %s', (row) => {
    const { errors } = diagnoseRows(row, "src/tide.ts(2,3): error TS2304: Cannot find name 'moon'.");

    expect(errors[0]).toMatchObject({ code: 'TS2304' });
    expect(errors).toHaveLength(1);
  });
});

/** What clients say for want of a value, and of the other side. */
describe('clients while pages are rendered', () => {
  it.each([
    ['environment', "Error: Your project's URL and Key are required to create a Supabase client!"],
    [
      'environment',
      'MongoParseError: Invalid scheme, expected connection string to start with "mongodb://" or "mongodb+srv://"',
    ],
    ['environment', 'UpstashError: Unable to find environment variable: `UPSTASH_REDIS_REST_URL`'],
    ['environment', 'ClientError: GraphQL Error (Code: 401): {"response":{"error":"Unauthorized"}}'],
    ['environment', 'CloudinaryError: Must supply cloud_name'],
    ['transient', 'ClientError: GraphQL Error (Code: 503): {"response":{"status":503}}'],
    ['transient', 'AxiosError: timeout of 10000ms exceeded'],
  ])('%s: %s', (failureClass, row) => {
    expect(diagnoseRows(row, '    at load (/vercel/path0/.svelte-kit/output/server/index.js:5:9)').class).toBe(
      failureClass,
    );
  });
});

it('a module of Astro’s page that fails while it is loaded tells the page, whichever was rendered before', () => {
  const { errors } = diagnose({
    log: readLogText(
      [
        ' generating static routes ',
        '07:20:47 ▶ src/pages/boats/[id].astro',
        '07:20:47   └─ /boats/tern/index.html (+4ms) ',
        'localStorage is not defined',
        '  Location:',
        '    /vercel/path0/node_modules/astro/dist/core/build/pipeline.js:221:15',
        '  Stack trace:',
        '    at file:///vercel/path0/dist/pages/tides/index.astro.mjs?time=1795764047342:11:37',
        '    at async ModuleLoader.import (node:internal/modules/esm/loader:606:24)',
        'Error: Command "npm run build" exited with 1',
      ].join('\n'),
    ),
  });

  expect(errors[0]).toMatchObject({ tool: 'astro', kind: 'prerender', route: '/tides' });
});

it('what a component of Astro’s page throws is told with the page that shows it', () => {
  const { errors } = diagnose({
    log: readLogText(
      [
        ' generating static routes ',
        '03:51:36 ▶ src/pages/boats/[id].astro',
        '03:51:36   ├─ /boats/tern/index.html (+4ms) ',
        '03:51:36   └─ /boats/auk/index.htmlReferenceError: document is not defined',
        '    at ThemeToggle (file:///vercel/path0/dist/chunks/_astro_content_8dvauJwZ.mjs:14:36)',
        '    at renderWithHooks (/vercel/path0/node_modules/react-dom/cjs/react-dom-server.node.production.js:4844:18)',
        'document is not defined',
        '  Stack trace:',
        '    at ThemeToggle (file:///vercel/path0/dist/chunks/_astro_content_8dvauJwZ.mjs:14:36)',
        'Error: Command "npm run build" exited with 1',
      ].join('\n'),
    ),
  });

  expect(errors[0]).toMatchObject({
    tool: 'astro',
    kind: 'prerender',
    message: 'ReferenceError: document is not defined',
    route: '/boats/auk/',
    trace: ['src/pages/boats/[id].astro'],
    frames: ['ThemeToggle'],
  });
});

it('the stack of a bundle names functions and modules, none of packages and none of the tools', () => {
  const { errors } = diagnose({
    log: readLogText(
      [
        ' generating static routes ',
        '03:40:31 ▶ src/pages/walks/[slug].astro',
        '03:40:31   ├─ /walks/helvellyn/index.htmldistance is not defined',
        '  Hint:',
        '    This issue often occurs when your MDX component encounters runtime errors.',
        '  Stack trace:',
        '    at _createMdxContent (file:///vercel/path0/dist/chunks/helvellyn_CNtp3ATG.mjs:31:37)',
        '    at new _Header (file:///vercel/path0/main.server.mjs:25:78)',
        '    at renderJSX (file:///vercel/path0/node_modules/astro/dist/server.js:2124:10)',
        '    at node:internal/process/task_queues:140:7',
        'Error: Command "npm run build" exited with 1',
      ].join('\n'),
    ),
  });

  expect(errors[0]).toMatchObject({
    message: 'distance is not defined',
    route: '/walks/helvellyn/',
    frames: ['createMdxContent', 'helvellyn', 'Header'],
  });
});

it.each([
  ['tides.xml.ts', '/tides.xml', 'rows.sort is not a function'],
  ['[port].json.js', '/hull.json', 'rows.sort is not a function'],
])('an endpoint of Astro that fails while it is written tells its page and what it said: %s', (file, address, said) => {
  const { errors, class: failureClass } = diagnose({
    log: readLogText(
      [
        ' generating static routes ',
        `16:47:04 λ src/pages/${file}`,
        ...(file.startsWith('[') ? ['16:47:04   ├─ /deck.json (+4ms) '] : []),
        `16:47:04   └─ ${address}${said}`,
        '  Stack trace:',
        '    at listTides (file:///vercel/path0/dist/chunks/tides_DTo7cRam.mjs:14:16)',
        '    at renderEndpoint (file:///vercel/path0/node_modules/astro/dist/runtime/server/endpoint.js:37:32)',
        'Error: Command "npm run build" exited with 1',
      ].join('\n'),
    ),
  });

  expect(failureClass).toBe('code');
  expect(errors[0]).toMatchObject({
    tool: 'astro',
    kind: 'prerender',
    message: said,
    trace: [`src/pages/${file}`],
  });
});

it('a collection of Astro without entries is told with the code that goes on without one', () => {
  const { errors } = diagnose({
    log: readLogText(
      [
        ' generating static routes ',
        '16:56:04 ▶ src/pages/boats/[id].astro',
        '16:56:04   ├─ /boats/tern/index.htmlThe collection "ports" does not exist. Please ensure it is defined in your content config.',
        "Cannot read properties of undefined (reading 'data')",
        '  Stack trace:',
        '    at file:///vercel/path0/dist/pages/boats/_id_.astro.mjs:33:31',
        'Error: Command "npm run build" exited with 1',
      ].join('\n'),
    ),
  });

  expect(errors[0]).toMatchObject({ tool: 'astro', code: 'collection-not-found', symbol: 'ports' });
});

it('a page that Nitro answers with no more than its status is told by what the server printed for it', () => {
  const { errors } = diagnose({
    log: readLogText(
      [
        '[error] [request error] [unhandled] [GET] http://localhost/api/boats',
        ' Invalid type: Expected "buoy" but received "mark"',
        '  at Module.parse (node_modules/valibot/dist/index.mjs:7320:28)',
        '[error] [request error] [unhandled] [GET] http://localhost/tides',
        ' Invalid type: Expected ("ebb" | "flood") but received "slack"',
        '  at Module.parse (node_modules/valibot/dist/index.mjs:7320:28)',
        'Errors prerendering:',
        '[log] [nitro]   ├─ /tides (237ms)',
        '  │ └── [500] Server Error',
        'Error: Command "npm run build" exited with 1',
      ].join('\n'),
    ),
  });

  expect(errors[0]).toMatchObject({
    route: '/tides',
    message: 'Invalid type: Expected ("ebb" | "flood") but received "slack"',
  });
});

it('a page that SvelteKit asked for and that failed without a word is the one it names, not the one that links to it', () => {
  const { errors, class: failureClass } = diagnoseRows(
    'node:internal/event_target:1105',
    '  process.nextTick(() => { throw err; });',
    '                           ^',
    'Error: 500 /tides/ebb/ (linked from /tides)',
    'To suppress or handle this error, implement `handleHttpError` in https://svelte.dev/docs/kit/configuration#prerender',
    '    at file:///vercel/path0/node_modules/@sveltejs/kit/src/core/config/options.js:221:13',
    "Emitted 'error' event on Worker instance at:",
    '    at MessagePort.<anonymous> (node:internal/worker:233:57)',
    '',
    'Node.js v22.12.0',
  );

  expect(failureClass).toBe('code');
  expect(errors).toMatchObject([{ tool: 'sveltekit', kind: 'prerender', route: '/tides/ebb' }]);
});

it('a route handler that does not keep its contract is found where Next.js 16 names no file', () => {
  const { errors } = diagnoseRows(
    '   Running TypeScript ...',
    'Failed to compile.',
    '',
    'Type error: Type \'typeof import("/vercel/path0/app/api/tides/[day]/route")\' does not satisfy the constraint \'RouteHandlerConfig<"/api/tides/[day]">\'.',
    "  Types of property 'GET' are incompatible.",
    '',
    'Next.js build worker exited with code: 1 and signal: null',
  );

  expect(errors).toMatchObject([{ tool: 'next', kind: 'route-contract', route: '/api/tides/[day]' }]);
  expect(errors[0]?.trace).toContain('app/api/tides/[day]/route.ts');
});

it('a chunk that Turbopack could not write is of the client module that it names', () => {
  const { errors } = diagnoseRows(
    '> Build error occurred',
    'Error: Turbopack build failed with 1 errors:',
    './src/components/YearBar.tsx',
    'Code generation for chunk item errored',
    'An error occurred while generating the chunk item [project]/src/components/YearBar.tsx [app-client] (ecmascript)',
    '',
    'Caused by:',
    '- the chunking context (unknown) does not support external modules (request: node:fs)',
  );

  expect(errors).toMatchObject([{ kind: 'client-boundary', file: 'src/components/YearBar.tsx', specifier: 'node:fs' }]);
});

it('a schema that refuses variables is told by them where the bundle shortened its class', () => {
  const issue = (name: string) => [
    '  {',
    '    "code": "invalid_type",',
    '    "expected": "string",',
    '    "received": "undefined",',
    '    "path": [',
    `      "${name}"`,
    '    ],',
    '    "message": "Required"',
    '  },',
  ];
  const printed = [
    '    {',
    "      code: 'invalid_type',",
    '      path: [Array],',
    "      message: 'Required'",
    '    },',
  ];
  const { errors, class: failureClass } = diagnose({
    log: readLogText(
      [
        '   Collecting page data ...',
        '_ [ZodError]: [',
        ...issue('TIDE_TOKEN'),
        ...issue('BERTH_INBOX'),
        ']',
        '    at get error [as error] (/vercel/path0/.next/server/app/api/quote/route.js:1:8883)',
        '    at eu.parse (/vercel/path0/.next/server/app/api/quote/route.js:1:10072) {',
        '  issues: [',
        ...Array.from({ length: 6 }, () => printed).flat(),
        '  ],',
        '  addIssue: [Function (anonymous)],',
        '  errors: [',
        ...Array.from({ length: 6 }, () => printed).flat(),
        '  ]',
        '}',
        '',
        '> Build error occurred',
        'Error: Failed to collect page data for /api/quote',
        '    at /vercel/path0/node_modules/next/dist/build/utils.js:1269:15',
        'Error: Command "npm run build" exited with 1',
      ].join('\n'),
    ),
  });

  expect(failureClass).toBe('environment');
  expect(errors[0]).toMatchObject({ kind: 'variable-missing', symbol: 'TIDE_TOKEN', route: '/api/quote' });
});
