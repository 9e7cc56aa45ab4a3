/** Failures as people paste them: excerpts that begin in the middle, whose telling line stands inside another tool's. */
import { describe, expect, it } from 'vitest';
import { readLogText } from '../../lib/diagnosis/build-log.js';
import { diagnose } from '../../lib/diagnosis/diagnose.js';
import type { FailureClass } from '../../lib/diagnosis/diagnosis.js';

function diagnoseRows(rows: readonly string[]) {
  return diagnose({ log: readLogText(rows.join('\n')) });
}

const ended = 'Error: Command "npm run build" exited with 1';

describe('the class of an excerpt', () => {
  it.each<readonly [FailureClass, string, readonly string[]]>([
    [
      'infrastructure',
      'an author who may not deploy',
      [
        'Deployment was blocked',
        'Git author mara-kelp must have access to the project on Vercel to create deployments.',
      ],
    ],
    [
      'infrastructure',
      'a page too large to be served, behind outputs that were built',
      [
        'Build Completed in /vercel/output [29s]',
        'Deploying outputs...',
        'Error: Oversized Incremental Static Regeneration (ISR) page: tides.fallback (31.93 MB). Pre-rendered responses that are larger than 19.07 MB result in a failure (FALLBACK_BODY_TOO_LARGE) at runtime.',
      ],
    ],
    [
      'infrastructure',
      'the time that another host allows',
      [
        'Execution timed out after 17m12.749754677s',
        'Error running command: Command did not finish within the time limit',
        'Failing build: Failed to build site',
      ],
    ],
    [
      'infrastructure',
      'the size that another host allows',
      ['-----> Compressing...', ' !     Compiled slug size: 602.2M is too large (max is 500M).', ' !     Push failed'],
    ],
    [
      'transient',
      'a service behind a gateway that gave up',
      [
        '[ERROR] Error: Fetch error: 504  on url https://api.example.com/repos/tide/table',
        '[ERROR] [build] Caught error rendering /api/table: …',
      ],
    ],
    [
      'config',
      'a runtime that is gone',
      [
        'Error: The following Serverless Functions contain an invalid "runtime":',
        '  - api/tide (provided.al2)',
        '  - api/berth (provided.al2). Learn More: https://vercel.com/guides/serverless-function-contains-invalid-runtime-error',
      ],
    ],
    [
      'config',
      'a field of turbo.json that has another name',
      [
        "  x Found 'pipeline' field instead of 'tasks'.",
        "  help: Changed in 2.0: 'pipeline' has been renamed to 'tasks'.",
      ],
    ],
    [
      'code',
      'an export that is missing, without the head of the report',
      [
        'The export reviewTransfer was not found in module [project]/app/actions/admin.ts [app-ssr] (ecmascript).',
        'Did you mean to import reviewTide?',
        'at <unknown> (./components/views/admin.tsx:22:1)',
      ],
    ],
    [
      'config',
      "a folder of the author's machine",
      [" EACCES  EACCES: permission denied, mkdir '/mnt/d'", "pnpm: EACCES: permission denied, mkdir '/mnt/d'"],
    ],
    [
      'config',
      'a folder that another host is to publish',
      ["  Deploy did not succeed: Deploy directory 'packages/tide/dist' does not exist"],
    ],
    [
      'infrastructure',
      "a build that was killed, in npm's own log",
      ['13 verbose stack Error: tide@1.0.0 build: `next build`', '13 verbose stack Exit status 137'],
    ],
    [
      'dependency',
      'the types of Node.js',
      ["tools/mesh.ts(14,30): error TS2307: Cannot find module 'node:fs' or its corresponding type declarations."],
    ],
    [
      'code',
      'a module of the project’s own',
      ["src/App.tsx(8,26): error TS2307: Cannot find module './pages/Tide' or its corresponding type declarations."],
    ],
    [
      'infrastructure',
      'Git LFS over its quota',
      [
        'Error downloading object: media/buoy.webm (85841b9): Smudge error: batch response: This repository is over its data quota. Account responsible for LFS bandwidth should purchase more data packs to restore access.',
        "error: external filter 'git-lfs filter-process' failed",
        'fatal: media/buoy.webm: smudge filter lfs failed',
      ],
    ],
    [
      'infrastructure',
      'a limit of deployments, without the word Error',
      ['Resource is limited - try again in 24 hours', '(more than 100, code: "api-deployments-free-per-day")'],
    ],
    [
      'environment',
      'a token that Vercel does not take',
      ['Vercel CLI 48.12.1', 'Error: The specified token is not valid. Use `vercel login` to generate a new token.'],
    ],
    [
      'environment',
      'a check of the environment that says nothing else',
      ['ERROR: "check-env" exited with 1.', 'error Command failed with exit code 1.', ended],
    ],
    [
      'code',
      'another script of which only the end is left',
      [
        "src/buoy.ts(4,7): error TS2322: Type 'string' is not assignable to type 'number'.",
        'ERROR: "check-types" exited with 1.',
        ended,
      ],
    ],
    [
      'dependency',
      'a Pipfile.lock that cannot be turned into requirements',
      [
        'Installing required dependencies...',
        'Failed to run "pipfile2req"',
        "AttributeError: 'NoneType' object has no attribute 'strip'",
      ],
    ],
    [
      'dependency',
      'requirements that cannot be parsed',
      [
        'Using uv at "/usr/local/bin/uv"',
        'Error: could not parse requirements.txt: Failed to parse requirements file. Line 88, col 74: expected end of input, "\\n", "#", or "or"',
      ],
    ],
    [
      'dependency',
      'why pnpm refuses a lockfile, without its code',
      [
        "specifiers in the lockfile don't match specifiers in package.json:",
        '* 2 dependencies were added: kelp@^1.2.0, @kelp/tides@^2.0.0',
        'Error: Command "pnpm install" exited with 1',
      ],
    ],
    [
      'config',
      'a pnpm that this Node.js does not run, whose sentence stands below its code',
      [
        'ERR_PNPM_META_FETCH_FAIL',
        'Value of "this" must be of type URLSearchParams',
        'Error: Command "pnpm install" exited with 1',
      ],
    ],
    [
      'transient',
      'a registry that does not answer pnpm',
      [
        'ERR_PNPM_META_FETCH_FAIL',
        'request to the registry failed, reason: socket hang up',
        'Error: Command "pnpm install" exited with 1',
      ],
    ],
    [
      'config',
      'a package manager that does not start from the cache',
      [
        'file:///vercel/path0/.vercel/cache/corepack/home/v1/yarn/4.17.1/yarn.js:4',
        'Error: Dynamic require of "util" is not supported',
        'Error: Command "yarn install" exited with 1',
      ],
    ],
    [
      'code',
      'a timeout of a page whose worker threw',
      [
        'Error: Event handlers cannot be passed to Client Component props.',
        '  {onMoor: function onMoor}',
        '    at stringify (<anonymous>)',
        'Sending SIGTERM signal to static worker due to timeout of 60 seconds.',
        'Error: Static page generation for /berths is still timing out after 3 attempts. See more info here https://nextjs.org/docs/messages/static-page-generation-timeout',
      ],
    ],
    [
      'code',
      'a conflict of packages that a script went on from',
      [
        'npm error code ERESOLVE',
        'npm error ERESOLVE could not resolve',
        'npm error While resolving: kelp-pdf@7.5.1',
        'npm error Found: @types/react@19.0.10',
        '+ npx next build',
        'Failed to compile.',
        '',
        './src/app/tides/page.tsx',
        "Module not found: Can't resolve '@/components/buoy'",
        '',
        '> Build failed because of webpack errors',
        ended,
      ],
    ],
    [
      'dependency',
      'a conflict of packages, whose packages then are missing',
      [
        'npm error code ERESOLVE',
        'npm error ERESOLVE could not resolve',
        'npm error While resolving: kelp-pdf@7.5.1',
        'npm error Found: @types/react@19.0.10',
        'Failed to compile.',
        '',
        './src/app/tides/page.tsx',
        "Module not found: Can't resolve 'kelp-pdf'",
        '',
        '> Build failed because of webpack errors',
        ended,
      ],
    ],
    [
      'dependency',
      'a version that does not exist, without npm’s code',
      ['npm error notarget No matching version found for kelp-cli@^9.16.0.', 'Error: Command "npm ci" exited with 1'],
    ],
    [
      'dependency',
      'a lockfile behind its manifest, without npm’s code',
      [
        'npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.',
        'npm error Missing: kelp-tides@2.4.1 from lock file',
      ],
    ],
    [
      'infrastructure',
      'a crash, under times with a wide gap',
      [
        '09:12:17.136    ✔ Server: Compiled successfully in 3.74m',
        '09:13:22.579    Segmentation fault',
        '09:13:22.595    Failed: build command exited with code: 139',
        '09:13:23.859    Failed: an internal error occurred',
      ],
    ],
    [
      'dependency',
      'packages that a lockfile lacks, in the middle of npm’s words',
      [
        'npm error Missing: kelp-tides@2.4.1 from lock file',
        'npm error',
        'npm error Clean install a project',
        'npm error',
        'npm error Run "npm help ci" for more info',
        'Error: Command "npm ci" exited with 1',
      ],
    ],
    [
      'infrastructure',
      'a limit of minutes',
      ['   Running TypeScript ...', 'Build Failed (timed out)', 'Your build exceeded the 45 minute limit. Do less.'],
    ],
    [
      'infrastructure',
      'a bundle of Python that is too large',
      [
        'Installing required dependencies...',
        'Error: Total bundle size (512.66 MB) exceeds the maximum function size (250 MB).',
      ],
    ],
    [
      'config',
      'a version of Python that the machine lacks',
      ['error: No interpreter found for Python 3.9 in managed installations or search path'],
    ],
    [
      'environment',
      'a theme that wants a newer Hugo',
      [
        'Error: add site dependencies: load resources: loading templates: "/vercel/path0/themes/kelp/layouts/a.html:3:1": parse failed: template: a.html:3: function "css" not defined',
        'Error: Command "hugo --gc" exited with 255',
      ],
    ],
    [
      'config',
      'a schedule of six fields',
      [
        'Error: Error while validating your Cron Jobs expressions:',
        '',
        "  - Expected 5 values, but got 6. (Input cron: '0 0 6 * * *')",
      ],
    ],
    [
      'config',
      'a plugin of Gatsby that asks its own machine',
      [
        'error "gatsby-source-kelp" threw an error while running the sourceNodes lifecycle:',
        'connect ECONNREFUSED 127.0.0.1:1337',
        '',
        '  Error: connect ECONNREFUSED 127.0.0.1:1337',
        '',
        'not finished source and transform nodes - 0.104s',
        'npm ERR! code ELIFECYCLE',
        'npm ERR! kelp@0.1.0 build: `gatsby build`',
      ],
    ],
    [
      'infrastructure',
      'deployments that are used up',
      ['Error: Resource is limited - try again in 3 hours (more than 100, code: "api-deployments-free-per-day")'],
    ],
    [
      'infrastructure',
      'memory that ran out, behind the file that was never made',
      [
        'Error: The file "/vercel/path0/.next/routes-manifest.json" couldn\'t be found',
        '▲ Build system report',
        '• At least one "Out of Memory" ("OOM") event was detected during the build.',
      ],
    ],
    [
      'infrastructure',
      'an output that was not uploaded whole',
      [
        'Using prebuilt build artifacts...',
        "[Error: ENOENT: no such file or directory, stat '/vercel/path0/.vercel/output/functions/kelp.func'] {",
        "  code: 'ENOENT',",
        '}',
      ],
    ],
    [
      'infrastructure',
      'a cache of another compilation',
      [
        'Failed to compile.',
        '',
        'RealContentHashPlugin',
        'Some kind of unexpected caching problem occurred.',
        'An asset was cached with a reference to another asset (0a) that is not in the compilation anymore.',
        '> Build failed because of webpack errors',
      ],
    ],
    [
      'dependency',
      'the installation script of a package',
      [
        'npm error code 1',
        'npm error path /vercel/path0/node_modules/kelp-rtc',
        'npm error command failed',
        'npm error command sh -c node scripts/fetch.js',
        'npm error /bin/sh: line 1: node-pre-gyp: command not found',
        'Error: Command "npm install" exited with 1',
      ],
    ],
    [
      'dependency',
      'a package that does not compile, at the end of its words',
      [
        'npm error gyp ERR! build error',
        'npm error gyp ERR! stack Error: `make` failed with exit code: 2',
        'npm error gyp ERR! cwd /vercel/path0/node_modules/@kelp/sqlite',
        'npm error gyp ERR! not ok',
        'Error: Command "npm install" exited with 1',
      ],
    ],
    [
      'dependency',
      'a patch for a package that is elsewhere',
      ['Error: Patch file found for package kelp which is not present at node_modules/kelp', ended],
    ],
    [
      'dependency',
      'a lockfile that leads nowhere',
      [
        `error An unexpected error occurred: "ENOENT: no such file or directory, open '/vercel/path0/yarn.lock'".`,
        'Error: Command "yarn install" exited with 1',
      ],
    ],
    [
      'dependency',
      'a package of Python without a wheel, and submodules that nobody missed',
      [
        'Warning: Failed to fetch one or more git submodules',
        '  × Failed to build `kelp==2.0.0`',
        '  ├─▶ The build backend returned an error',
      ],
    ],
    ['dependency', 'versions of Python’s packages', ['  × No solution found when resolving dependencies:']],
    [
      'config',
      'a project of Python without its table',
      ['error: No `project` table found in: /vercel/path0/pyproject.toml'],
    ],
    ['config', 'a workspace file that an older pnpm refuses', [' ERROR  packages field missing or empty']],
    [
      'dependency',
      'a version of Python’s packages that nobody published',
      [
        'No Python version specified in pyproject.toml or Pipfile.lock. Using latest installed version: 3.12',
        'ERROR: No matching distribution found for kelp==1.9.4',
      ],
    ],
    [
      'dependency',
      'packages of Python that exclude each other',
      ['The conflict is caused by:', 'The user requested kelp==0.28.0', 'tides 1.9.6 depends on kelp>=0.28.1'],
    ],
    [
      'dependency',
      'a lockfile with an entry without a version',
      ['npm error Invalid Version:', 'Error: Command "npm install" exited with 1'],
    ],
    [
      'dependency',
      'a package for a newer system, while a page is collected',
      [
        '[Error: Failed to collect configuration for /tides] {',
        "  [cause]: [Error: /lib64/libstdc++.so.6: version `GLIBCXX_3.4.30' not found (required by /vercel/path0/node_modules/@kelp/linux-x64/kelp.node)] {",
        "    code: 'ERR_DLOPEN_FAILED'",
        '  }',
        '}',
      ],
    ],
    [
      'config',
      'a trace that Next.js did not write',
      ["Error: ENOENT: no such file or directory, open '/vercel/path0/.next/next-server.js.nft.json'", ended],
    ],
    [
      'transient',
      'Vercel’s own runtime that was not installed',
      ['Installing build runtime...', 'Error: Exited with 1', '    at maybeClose (internal/child_process.js:1021:16)'],
    ],
    [
      'infrastructure',
      'uploads that are used up',
      ['Error: Too many requests - try again in 24 hours (more than 5000, code: "api-upload-free"). Try less.'],
    ],
    [
      'dependency',
      'what npm prints behind its complaint of a lockfile',
      [
        'npm error   --install-links',
        'npm error aliases: clean-install, ic, install-clean, isntall-clean',
        'npm error Run "npm help ci" for more info',
        'Error: Command "npm ci" exited with 1',
      ],
    ],
    [
      'dependency',
      'a lockfile that lies elsewhere',
      [' ERROR  Headless installation requires a pnpm-lock.yaml file', 'Error: Command "pnpm install" exited with 1'],
    ],
    [
      'config',
      'a command that would lose data',
      ['Error: Use the --accept-data-loss flag to ignore the data loss warnings', ended],
    ],
    [
      'environment',
      'a pooler that does not know its user',
      [
        'Error occurred prerendering page "/tides".',
        'Error [DriverAdapterError]: (ENOTFOUND) tenant/user kelp.reef not found',
        ended,
      ],
    ],
    [
      'config',
      'a compiler’s settings that are not there',
      ["Error: ENOENT: no such file or directory, open '/vercel/path0/apps/web/tsconfig.kelp.json'", ended],
    ],
    [
      'transient',
      'npm within npm',
      [
        'npm ERR! npm ERR! code FETCH_ERROR',
        'npm ERR! npm ERR! errno FETCH_ERROR',
        'npm ERR! npm ERR! invalid json response body at https://registry.example/kelp reason: aborted',
      ],
    ],
    [
      'infrastructure',
      'a function whose size stands on a line of its own',
      [
        'The Vercel Function "api/kelp"',
        'is 293.94mb uncompressed which exceeds the maximum uncompressed size limit of 250mb.',
      ],
    ],
    [
      'dependency',
      'a patch of a package that was never committed',
      [
        " ENOENT  ENOENT: no such file or directory, open '/vercel/path0/patches/kelp@2.patch'",
        '',
        "pnpm: ENOENT: no such file or directory, open '/vercel/path0/patches/kelp@2.patch'",
        'Error: Command "pnpm install" exited with 254',
      ],
    ],
    ['code', 'an entry of Go without its function', ['Could not find an exported function in "api/tides.go"']],
    [
      'code',
      'an import by a scheme that another tool has',
      ['[vite]: Rollup failed to resolve import "kelp:asset/0a.png" from "/vercel/path0/src/app.tsx".', ended],
    ],
    [
      'environment',
      'a deployment of Convex without its key',
      ['✖ Vercel build environment detected but no Convex deployment configuration found.', ended],
    ],
    ['infrastructure', 'a build whose runner went away', ['Error: Command "turbo run build" exited with 129']],
    ['infrastructure', 'submodules that cannot be read', ['Warning: Failed to fetch one or more git submodules']],
    [
      'infrastructure',
      'a limit of time',
      [
        '09:12:06.277 transforming...',
        '09:32:21.641 Failed: build exceeded the time limit and was terminated. Refer to the limits of builds',
      ],
    ],
    [
      'config',
      'a submodule without an address',
      [
        "6:10:34 PM: Error checking out submodules: fatal: No url found for submodule path 'themes/kelp' in .gitmodules",
      ],
    ],
    [
      'environment',
      'variables that are there and no addresses',
      ['❌ Invalid environment variables: {', "  TIDES_API_URL: [ 'Invalid url' ]", '}', ended],
    ],
    [
      'dependency',
      'a native part that was never built',
      [
        ' error  in ./src/App.vue?vue&type=style&index=0&lang=scss&',
        '',
        "Syntax Error: Error: ENOENT: no such file or directory, scandir '/vercel/path0/node_modules/node-sass/vendor'",
        ended,
      ],
    ],
    [
      'config',
      'a property that vercel.json may not have, below the sentence',
      [
        'The `vercel.json` schema validation failed with the following message:',
        'should NOT have additional property `maxTideSize`',
      ],
    ],
    [
      'config',
      'a value of vercel.json that is too long',
      [
        'The `vercel.json` schema validation failed with the following message:',
        '`installCommand` should NOT be longer than 256 characters',
      ],
    ],
    [
      'dependency',
      'a PostCSS plugin that is not installed',
      [
        "[Failed to load PostCSS config: Failed to load PostCSS config (searchPath: /vercel/path0): [Error] Loading PostCSS Plugin failed: Cannot find module 'kelp-css'",
        'Require stack:',
        '- /vercel/path0/postcss.config.js',
        '',
        '(@/vercel/path0/postcss.config.js)',
        ended,
      ],
    ],
    [
      'dependency',
      'a PostCSS plugin without its part for the machine',
      [
        'Failed to load PostCSS config: Failed to load PostCSS config (searchPath: /vercel/path0): [Error] Loading PostCSS Plugin failed: Cannot find native binding. npm has a bug related to optional dependencies.',
        ended,
      ],
    ],
    [
      'environment',
      'a project that Sentry does not know',
      [
        '[ERROR] [vite] [sentry-debug-id-upload-plugin] Command failed: /vercel/path0/node_modules/@sentry/cli/sentry-cli releases new 1a2b',
        'error: project not found',
        '',
        ended,
      ],
    ],
    [
      'environment',
      'a migration on a database that has its tables',
      [
        'Error: P3018',
        '',
        'A migration failed to apply. New migrations cannot be applied before the error is recovered from.',
        '',
        'Migration name: 20260101120000_boats',
        '',
        'Database error code: 42P07',
        '',
        'ERROR: relation "Boat" already exists',
        ended,
      ],
    ],
    [
      'code',
      'a migration that the database does not understand',
      [
        'A migration failed to apply. New migrations cannot be applied before the error is recovered from.',
        '',
        'Migration name: 20260101120000_boats',
        '',
        'Database error code: 42601',
        ended,
      ],
    ],
    [
      'transient',
      'an address that Yarn says nothing of',
      [
        'error An unexpected error occurred: "https://registry.example.com/kelp/-/kelp-4.1.3.tgz:"',
        'Error: Command "yarn install" exited with 1',
      ],
    ],
    [
      'dependency',
      'an entry of the bundler that is a package',
      ['error during build:', 'Could not resolve entry module "kelp-charts".', ended],
    ],
    [
      'code',
      'an entry of the bundler that is a file',
      ['error during build:', 'Could not resolve entry module "src/main.ts".', ended],
    ],
    [
      'dependency',
      'types that are published by themselves, and not installed',
      [
        'Failed to compile.',
        '',
        './lib/piers.ts:1:20',
        "Type error: Could not find a declaration file for module 'kelp/sort'. '/vercel/path0/node_modules/kelp/sort.js' implicitly has an 'any' type.",
        "  Try `npm i --save-dev @types/kelp` if it exists or add a new declaration (.d.ts) file containing `declare module 'kelp/sort';`",
        '',
        ended,
      ],
    ],
    [
      'transient',
      'a page of Nuxt that a service behind it leaves without an answer',
      [
        'Errors prerendering:',
        '[log] [nitro]   ├─ /api/tides (147ms)',
        '  │ └── [503] Service Unavailable',
        '[log] [nitro]',
        '[error] Exiting due to prerender errors.',
        ended,
      ],
    ],
  ])('%s: %s', (expected, _what, rows) => {
    expect(diagnoseRows(rows).class).toBe(expected);
  });

  it('names the migration and the property', () => {
    const migration = diagnoseRows([
      'A migration failed to apply. New migrations cannot be applied before the error is recovered from.',
      '',
      'Migration name: 20260101120000_boats',
      '',
      'Database error code: 42601',
    ]);
    const property = diagnoseRows([
      'The `vercel.json` schema validation failed with the following message:',
      'should NOT have additional property `maxTideSize`',
    ]);

    expect(migration.errors[0]?.file).toBe('prisma/migrations/20260101120000_boats/migration.sql');
    expect(property.errors[0]).toMatchObject({ file: 'vercel.json', symbol: 'maxTideSize' });
  });
});

it('what a script threw stands before npm’s word that it failed', () => {
  const { errors } = diagnoseRows([
    'Running "npm run build"',
    'YAMLParseError: Nested mappings are not allowed in compact mappings at line 12, column 7:',
    '    at Composer.onError (/vercel/path0/node_modules/yaml/dist/compose/composer.js:70:34)',
    '',
    'Node.js v20.20.2',
    'npm error Lifecycle script `validate` failed with error:',
    'npm error code 1',
    'npm error path /vercel/path0',
    'npm error command failed',
    'npm error command sh -c tsx scripts/validate.ts',
    ended,
  ]);

  expect(errors[0]?.message).toContain('YAMLParseError');
});

it('an npm workspace’s paths are read from its folder, which npm tells at the end', () => {
  const { errors } = diagnoseRows([
    'Running "npm run build"',
    '',
    '> harbour-web@0.1.0 build',
    '> tsc && vite build',
    '',
    "src/pages/boats.ts(2,10): error TS2304: Cannot find name 'boat'.",
    'npm error Lifecycle script `build` failed with error:',
    'npm error code 2',
    'npm error path /vercel/path0/frontend',
    'npm error workspace harbour-web@0.1.0',
    'npm error location /vercel/path0/frontend',
    'npm error command failed',
    'npm error command sh -c tsc && vite build',
    ended,
  ]);

  expect(errors[0]).toMatchObject({ file: 'frontend/src/pages/boats.ts', line: 2, column: 10 });
});

it('a route to which no page links stands in a list below', () => {
  const { errors } = diagnoseRows([
    '✓ built in 2.78s',
    'Error: The following routes were marked as prerenderable, but were not prerendered because they were not found while crawling your app:',
    '  - /reefs/[slug]',
    '  - /log/[day]',
    '',
    'See the `handleUnseenRoutes` option in https://svelte.dev/docs/kit/configuration#prerender for more info.',
    ended,
  ]);

  expect(errors.map(({ tool, route }) => ({ tool, route }))).toEqual([
    { tool: 'sveltekit', route: '/reefs/[slug]' },
    { tool: 'sveltekit', route: '/log/[day]' },
  ]);
});
