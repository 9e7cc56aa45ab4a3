/** Sentences out of the sources of the tools, each in the manner in which its tool prints it. */
import { describe, expect, it } from 'vitest';
import { readLogText } from '../../lib/diagnosis/build-log.js';
import { diagnose } from '../../lib/diagnosis/diagnose.js';

type Row = readonly [rows: string | readonly string[], file?: string];

const before = ['Running build in Washington, D.C., USA (East) – iad1', 'Vercel CLI 48.12.1'];
const installed = [...before, 'Installing dependencies...', 'added 312 packages in 9s'];
const ofWorkspace = 'Scope: all 4 workspace projects';

function listOf(rows: string | readonly string[] = []): readonly string[] {
  return typeof rows === 'string' ? [rows] : rows;
}

function diagnoseAtStart(rows: Row[0] | undefined) {
  return diagnose({ log: readLogText([...before, ...listOf(rows)].join('\n')) });
}

function diagnoseInstall(rows: Row[0] | undefined) {
  const end = 'Error: Command "npm install" exited with 1';
  return diagnose({ log: readLogText([...before, 'Installing dependencies...', ...listOf(rows), end].join('\n')) });
}

function diagnoseBuild(rows: Row[0] | undefined) {
  const start = ['Running "npm run build"', '', '> tides@1.0.0 build', '> kelp build', ''];
  const end = 'Error: Command "npm run build" exited with 1';
  return diagnose({ log: readLogText([...installed, ...start, ...listOf(rows), end].join('\n')) });
}

describe('Vercel’s own checks', () => {
  it.each<Row>([
    ['Error: Function globs must be less than 256 characters long.', 'vercel.json'],
    ['Error: Function must contain at least one property.', 'vercel.json'],
    ['Error: Functions must have a duration between 1 and 900.', 'vercel.json'],
    ['Error: Functions must have a memory value between 128 and 10240', 'vercel.json'],
    ['Error: The property `includeFiles` must be a string.', 'vercel.json'],
    ['Error: Route at index 2 has unknown handle value `handle: files`.', 'vercel.json'],
    ['Error: Route at index 1 must define `check: true` after `handle: miss`.', 'vercel.json'],
    ['Error: Redirect at index 1 cannot define both `permanent` and `statusCode` properties.', 'vercel.json'],
    [
      'Error: Rewrite at index 3 has segment ":slug" in `destination` property but not in `source` or `has` property.',
      'vercel.json',
    ],
    [
      'Error: If `rewrites`, `redirects`, `headers`, `cleanUrls` or `trailingSlash` are used, then `routes` cannot be present.',
      'vercel.json',
    ],
    ['Error: Field `use` is missing in build specification', 'vercel.json'],
    ['Error: Build "src" is "index.html" but expected "package.json" or "build.sh"', 'vercel.json'],
    ['Error: Cannot use both a `.vercelignore` and `.nowignore` file. Please delete the `.nowignore` file.'],
    ['Error: Found invalid Bun Version: "2.x".', 'vercel.json'],
    ['Error: Intended corepack defined package manager "pnpm@latest" is not a valid semver value.', 'package.json'],
    ['Error: Python version "3.6" detected in Pipfile.lock is discontinued and must be upgraded.'],
    [
      'Error: Hobby accounts are limited to daily cron jobs. This cron expression (*/5 * * * *) would run more than once per day.',
      'vercel.json',
    ],
    [
      'Error: The segment "id" occurs more than one time in your path "api/[id]/[id].ts". Please make sure that every segment in a path is unique.',
      'api/[id]/[id].ts',
    ],
  ])('%s', (text, file) => {
    const { class: failureClass, errors } = diagnoseAtStart(text);

    expect(failureClass).toBe('config');
    expect(errors[0]?.file).toBe(file);
  });

  it.each([
    ['code', 'Error: Middleware\'s `config.matcher` values must start with "/". Received: tides'],
    ['code', 'Error: api/tides.ts: unsupported "runtime" value in `config`: "edgy" (must be one of: ["edge"])'],
    ['dependency', 'Error: Vulnerable version of Next.js detected, please update immediately.'],
    ['dependency', 'Error: Missing required "@remix-run/dev" package. Please add it to your `package.json` file.'],
    [
      'environment',
      'Error: Both "VERCEL_FOO" and "NOW_FOO" env vars are defined. Please only define the "VERCEL_FOO" env var.',
    ],
    ['infrastructure', 'Error: Failed to fetch one or more git submodules'],
  ])('%s: %s', (failureClass, text) => {
    expect(diagnoseAtStart(text).class).toBe(failureClass);
  });
});

it('takes an unknown refusal before anything ran for one of settings', () => {
  expect(diagnoseAtStart('Error: The tide table of the project is too deep.').class).toBe('config');
});

describe('package managers', () => {
  // pnpm sets its labels between thin spaces.
  it.each([
    ['config', 'script-missing', '\u2009ERR_PNPM_NO_SCRIPT\u2009 Missing script: biuld'],
    [
      'dependency',
      'package-missing',
      '\u2009ERR_PNPM_NO_MATCHING_VERSION\u2009 No matching version found for is-odd@^99',
    ],
    [
      'dependency',
      'package-missing',
      '\u2009ERR_PNPM_WORKSPACE_PKG_NOT_FOUND\u2009 In apps/web: "ui@workspace:*" is in the dependencies but no package named "ui" is present in the workspace',
    ],
  ])('%s, %s: %s', (failureClass, kind, text) => {
    const { class: found, errors } = diagnoseInstall(text);

    expect([found, errors[0]?.kind]).toEqual([failureClass, kind]);
  });

  it.each<Row>([
    [
      ' ERR_PNPM_BAD_WORKSPACE_MANIFEST_NAME  The workspace manifest file should be named "pnpm-workspace.yaml".',
      'pnpm-workspace.yaml',
    ],
    [
      ' ERR_PNPM_DISALLOW_WORKSPACE_CYCLES  There are cyclic workspace dependencies: /vercel/path0/a, /vercel/path0/b',
      'pnpm-workspace.yaml',
    ],
    [
      ' ERR_PNPM_PNPMFILE_FAIL  Error during pnpmfile execution. pnpmfile: "/vercel/path0/.pnpmfile.cjs". Error: "kelp is not defined".',
      '.pnpmfile.cjs',
    ],
    [' ERR_PNPM_NODEJS_VERSION_NOT_FOUND  Could not find a Node.js version that satisfies 99', 'package.json'],
    ['ERROR: This version of pnpm requires at least Node.js v22.13', 'package.json'],
    [
      'Usage Error: Invalid package manager specification in package.json (pnpm@latest); expected a semver version',
      'package.json',
    ],
    [
      [
        'Internal Error: Mismatch hashes. Expected abc, got def',
        '    at install (/node22/lib/node_modules/corepack/dist/lib/corepack.cjs:2:1)',
      ],
      'package.json',
    ],
    [
      'Internal Error: Server answered with HTTP 404 when performing the request to https://registry.example.com/pnpm/-/pnpm-9.99.0.tgz; for troubleshooting help',
      'package.json',
    ],
    ['/vercel/.cache/corepack/v1/pnpm/9.1.0: Error: Cannot find matching keyid: {"signatures":[]}'],
    ['error Workspaces can only be enabled in private projects.', 'package.json'],
    [
      'error This project\'s package.json defines "packageManager": "yarn@4.0.0". However the current global version of Yarn is 1.22.22.',
      'package.json',
    ],
    [
      'Usage Error: Unrecognized or legacy configuration settings found: enableFoo - run "yarn config" to see the list of settings supported in Yarn (in /vercel/path0/.yarnrc.yml)',
      '.yarnrc.yml',
    ],
    ["Usage Error: Parse error when loading /vercel/path0/.yarnrc.yml; please check it's proper Yaml", '.yarnrc.yml'],
    [
      'Internal Error: Duplicate workspace name a: /vercel/path0/packages/b conflicts with /vercel/path0/packages/a',
      'packages/b/package.json',
    ],
    [
      'Syntax Error: Expected double-quoted property name in JSON at position 48 (when parsing /vercel/path0/package.json)',
      'package.json',
    ],
    [
      '➤ YN0081: │ kelp@npm:^1: Unsafe http requests must be explicitly whitelisted in your configuration (npm.acme.example)',
      '.yarnrc.yml',
    ],
    ['error: No workspace packages matched the filter "web"'],
    [['npm error code EBADDEVENGINES', 'npm error EBADDEVENGINES Invalid devEngines.packageManager'], 'package.json'],
    [
      ['npm error Unknown command: "biuld"', 'npm error', 'npm error To see a list of supported npm commands, run:'],
      'package.json',
    ],
    [
      [
        'npm error Lifecycle script `build` failed with error:',
        'npm error code 1',
        'npm error Missing script: "build"',
      ],
    ],
  ])('config: %s', (text, file) => {
    const { class: failureClass, errors } = diagnoseInstall(text);

    expect(failureClass).toBe('config');
    expect(errors[0]?.file).toBe(file);
  });

  it.each([
    ['transient', [' ERR_PNPM_UNEXPECTED_STORE  Unexpected store location']],
    ['transient', [' ERR_PNPM_ABORTED_REMOVE_MODULES_DIR_NO_TTY  Aborted removal of modules directory due to no TTY']],
    [
      'transient',
      [
        ' ERR_PNPM_TARBALL_EXTRACT  Failed to unpack the tarball from "https://registry.example.com/a.tgz": Error: incorrect header check',
      ],
    ],
    [
      'transient',
      [
        'npm error code ENOTEMPTY',
        'npm error syscall rename',
        "npm error ENOTEMPTY: directory not empty, rename 'a' -> 'b'",
      ],
    ],
    [
      'transient',
      [
        'npm error code 128',
        'npm error command git --no-replace-objects ls-remote https://github.com/acme/kelp.git',
        "npm error fatal: unable to access 'https://github.com/acme/kelp.git/': Could not resolve host: github.com",
      ],
    ],
    [
      'environment',
      [
        'npm error code 128',
        'npm error command git --no-replace-objects ls-remote https://github.com/acme/kelp.git',
        "npm error fatal: could not read Username for 'https://github.com': terminal prompts disabled",
      ],
    ],
    ['environment', ['➤ YN0033: │ @acme/ui@npm:^1: No authentication configured for request']],
    [
      'environment',
      [
        '➤ YN0035: │ @acme/ui@npm:^1: The remote server failed to provide the requested resource',
        '➤ YN0035: │   Response Code: 401 (Unauthorized)',
      ],
    ],
    ['dependency', ['error: postinstall script from "kelp" exited with 1']],
    ['infrastructure', ['error: NoSpaceLeft: failed to extract tarball']],
  ])('%s: %j', (failureClass, rows) => {
    expect(diagnoseInstall(rows).class).toBe(failureClass);
  });
});

it.each([
  [
    'react-dom',
    "unhandledRejection [TypeError: Cannot read properties of undefined (reading 'ReactCurrentDispatcher')] {",
  ],
  ['react-dom', "TypeError: Cannot read properties of undefined (reading 'ReactCurrentOwner')"],
  [
    'typescript',
    'TypeScript 7.0.2 is not supported by this version of Next.js. The TypeScript 7 native compiler does not provide it.',
  ],
  ['esbuild', 'error: Invalid version: "15.2-15.3"'],
  ['typescript', 'Error: TypeScript 7.0.2 does not provide the compiler API required by Next.js.'],
])('versions that do not go together are a matter of %s: %s', (specifier, sentence) => {
  expect(diagnoseBuild(sentence)).toMatchObject({ class: 'dependency', errors: [{ specifier }] });
});

it('what pnpm did not build is not where it should be', () => {
  const rows = [
    'No projects matched the filters in "/vercel/path0"',
    'Error: The file "/vercel/path0/apps/quay/.next/routes-manifest.json" couldn\'t be found. This is often caused by a misconfiguration in your project.',
  ];

  expect(diagnoseInstall(rows)).toMatchObject({ class: 'config', errors: [{ code: 'no-projects-matched' }, {}] });
});

it('what pnpm did not build is wanting in what is compiled after it', () => {
  const rows = [
    'No projects matched the filters in "/vercel/path0"',
    '',
    '> web@1.0.0 check /vercel/path0/apps/web',
    '> tsc',
    '',
  ];
  const wanting =
    "src/a.ts(1,19): error TS2307: Cannot find module '@kelp/tides' or its corresponding type declarations.";
  const own = "src/a.ts(3,7): error TS2307: Cannot find module './tides' or its corresponding type declarations.";

  expect(diagnoseInstall([...rows, wanting])).toMatchObject({ errors: [{ code: 'no-projects-matched' }, {}] });
  expect(diagnoseInstall([...rows, own])).toMatchObject({ errors: [{ code: 'TS2307' }] });
});

it('an error with objects among its properties is what kept a page from being collected', () => {
  const rows = [
    '  Collecting page data using 1 worker ...',
    'YAMLException: bad indentation of a mapping entry at line 2, column 17:',
    '    title: Kelp: a field guide',
    '                    ^',
    '    at ignore-listed frames {',
    "  reason: 'bad indentation of a mapping entry',",
    '  mark: g {',
    "    buffer: '\\n' +",
    "      'title: Kelp: a field guide\\n',",
    '    column: 16',
    '  },',
    '}',
    '',
    '> Build error occurred',
    'Error: Failed to collect page data for /guides/[slug]',
  ];

  expect(diagnoseBuild(rows).errors[0]?.message).toContain('YAMLException: bad indentation of a mapping entry');
});

it('a tool that begins behind the script of another package runs where the line stands', () => {
  const rows = [
    '',
    '> @quay/web@0.0.0 build /vercel/path0/apps/web',
    '> pnpm --filter @quay/tides build && next build',
    '',
    '',
    '> @quay/tides@0.0.0 build /vercel/path0/packages/tides',
    '> tsc -p tsconfig.json',
    '',
  ];
  const lost = [
    '   ▲ Next.js 15.5.0',
    'Failed to compile.',
    '',
    './app/page.tsx',
    "Module not found: Can't resolve '@/kelp'",
  ];
  const typed = ["src/kelp.ts(1,2): error TS2304: Cannot find name 'kelp'."];
  const log = (...lines: string[]) =>
    diagnose({
      log: readLogText(
        [
          ...installed,
          ofWorkspace,
          'Running "pnpm run build"',
          ...rows,
          ...lines,
          'Error: Command "pnpm run build" exited with 1',
        ].join('\n'),
      ),
      rootDirectory: 'apps/web',
    });

  const wrong = [
    '   ▲ Next.js 15.5.0',
    'Failed to compile.',
    '',
    './lib/kelp.ts:3:9',
    "Type error: Type 'kelp' is not it.",
  ];
  expect(log(...wrong).errors).toMatchObject([
    { file: 'apps/web/lib/kelp.ts', line: 3, message: "Type 'kelp' is not it." },
  ]);
  expect(log(...lost).errors[0]?.file).toBe('apps/web/app/page.tsx');
  expect(log(...typed).errors[0]?.file).toBe('packages/tides/src/kelp.ts');
});

it('pnpm gave up to fetch a package, whatever the host', () => {
  const rows = [
    ' ERR_SOCKET_TIMEOUT  request to http://127.0.0.1:4873/kelp/-/kelp-3.0.4.tgz failed, reason: Socket timeout',
    'FetchError: request to http://127.0.0.1:4873/kelp/-/kelp-3.0.4.tgz failed, reason: Socket timeout',
    '    at ClientRequest.<anonymous> (/pnpm/dist/pnpm.cjs:67084:18)',
  ];

  expect(diagnoseInstall(rows).class).toBe('transient');
});

describe('registries', () => {
  it.each<readonly [string, string, readonly string[]]>([
    [
      'a host of a private network will not be found tomorrow either',
      'dependency',
      [
        'npm error code ENOTFOUND',
        'npm error syscall getaddrinfo',
        'npm error network request to https://artifactory.intra.example.com/npm/kelp/-/kelp-2.0.0.tgz failed, reason: getaddrinfo ENOTFOUND artifactory.intra.example.com',
      ],
    ],
    [
      'a public one may',
      'transient',
      [
        'npm error code ENOTFOUND',
        'npm error network request to https://registry.example.com/kelp/-/kelp-2.0.0.tgz failed, reason: getaddrinfo ENOTFOUND registry.example.com',
      ],
    ],
    [
      'the same of Yarn',
      'dependency',
      ['error An unexpected error occurred: "https://nexus.corp.example.com/npm/kelp/-/kelp-4.1.3.tgz:"'],
    ],
    ['a refusal to hand out what is public', 'transient', ['error: GET https://registry.example.com/kelp - 403']],
    ['a refusal within a scope', 'environment', ['error: GET https://registry.example.com/@acme%2fkelp - 403']],
  ])('%s: %s', (_, failureClass, rows) => {
    expect(diagnoseInstall(rows).class).toBe(failureClass);
  });
});

it('an option without its argument is what the shell put in for an unset variable', () => {
  const script = (line: string) => diagnoseBuild([line, '', "error: option '--url <url>' argument missing"]);

  expect(script('> tidegen codegen --url $TIDE_URL')).toMatchObject({
    class: 'environment',
    errors: [{ symbol: 'TIDE_URL' }],
  });
  expect(script('> tidegen codegen --url').class).not.toBe('environment');
});

describe('task runners', () => {
  it('Turborepo goes on without a lockfile that it warns of', () => {
    const warned = [
      ' WARNING  An issue occurred while attempting to parse /vercel/path0/yarn.lock. Turborepo will still function:',
      '   x Could not resolve workspaces.',
      '   `-> Lockfile not found at /vercel/path0/yarn.lock',
      '',
      "./app/page.tsx:3:1: error TS2304: Cannot find name 'kelp'.",
    ];

    expect(diagnoseBuild(warned).class).toBe('code');
    expect(diagnoseBuild(warned.slice(1, 3)).class).not.toBe('code');
  });

  it.each<Row>([
    ['  × Could not find turbo.json or turbo.jsonc.', 'package.json'],
    ['  x Failed to add workspace "a" from "packages/a/package.json", it already', 'packages/a/package.json'],
    [" ERROR  unexpected argument '--nope' found", 'package.json'],
    [" NX   Cannot find project 'web'"],
    [" NX   'outputPath' is required"],
    [
      [
        ' NX   Failed to process project graph.',
        '',
        'The projects in the following directories have the same name: "ui"',
        '  - packages/a',
      ],
      'packages/a/project.json',
    ],
    [' NX   PropertyNameExpected in /vercel/path0/apps/web/project.json at 4:3', 'apps/web/project.json'],
    ['lerna ERR! ENOLERNA `lerna.json` does not exist, have you run `lerna init`?', 'lerna.json'],
    ["lerna ERR! EFILTER No packages remain after filtering [ 'web' ]", 'package.json'],
    ['lerna ERR! The "bootstrap" command was removed by default in v7, and is no longer maintained.', 'package.json'],
  ])('config: %s', (text, file) => {
    const { class: failureClass, errors } = diagnoseBuild(text);

    expect(failureClass).toBe('config');
    expect(errors[0]?.file).toBe(file);
  });
});

const stack = '    at async getPosts (/vercel/path0/lib/posts.ts:8:3)';

describe('services that a build asks', () => {
  it.each([
    ['environment', ['AxiosError: Request failed with status code 401', stack]],
    ['environment', ['HTTPError: Response code 401 (Unauthorized)', stack]],
    [
      'environment',
      ['HTTPError: Request failed with status code 403 Forbidden: GET https://cms.example/api/posts', stack],
    ],
    ['environment', ['FetchError: [GET] "https://cms.example/api/posts": 401 Unauthorized', stack]],
    ['environment', ['ClientError: GraphQL Error (Code: 401): {"response":{"status":401}}', stack]],
    ['environment', ['ClientError: Unauthorized - Session not found', `${stack} {`, '  statusCode: 401', '}']],
    ['environment', ['HttpError: Bad credentials - https://docs.github.com/rest', stack]],
    [
      'environment',
      [
        'AccessTokenInvalid: {',
        '  "status": 401,',
        '  "message": "The access token you sent could not be found or is invalid.",',
        '}',
        stack,
      ],
    ],
    ['environment', ['AccessDenied: Access Denied', stack]],
    ['environment', ['PostgresError: password authentication failed for user "neondb_owner"', stack]],
    ['environment', ['Error: SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string', stack]],
    ['environment', ["Error: Access denied for user 'root'@'172.17.0.2' (using password: YES)", stack]],
    ['environment', ['MongoServerError: bad auth : authentication failed', stack]],
    [
      'environment',
      ['[12:00:01] ERROR: Error: cannot connect to MongoDB. Details: connect ECONNREFUSED 127.0.0.1:27017'],
    ],
    [
      'environment',
      ['Error: P1013: The provided database string is invalid. The scheme is not recognized in database URL.'],
    ],
    [
      'environment',
      [
        'error: Error validating datasource `db`: You must provide a nonempty URL. The environment variable `DATABASE_URL` resolved to an empty string.',
        '  -->  prisma/schema.prisma:8',
      ],
    ],
    [
      'environment',
      [
        'Error: NotFoundError: Prismic repository not found. Check that "https://undefined.cdn.prismic.io/api/v2" is right.',
      ],
    ],
    [
      'environment',
      [
        "Reading config file '/vercel/path0/drizzle.config.ts'",
        'Error  Please provide required params for Postgres driver:',
        '    [x] url: undefined',
      ],
    ],
    ['environment', ['✖ Invalid input: expected string, received undefined', '  → at DATABASE_URL']],
    ['transient', ['HTTPError: Response code 503 (Service Unavailable)', stack]],
    ['transient', ['ServerError: Service Unavailable', `${stack} {`, '  statusCode: 503', '}']],
    [
      'transient',
      ["HttpError: API rate limit exceeded for 3.80.1.2. (But here's the good news)", `${stack} {`, '  status: 403,'],
    ],
    ['transient', ['Error: Connection terminated unexpectedly', stack]],
    [
      'transient',
      ['PostgresError: remaining connection slots are reserved for roles with the SUPERUSER attribute', stack],
    ],
    ['transient', ['Error: certificate has expired', stack, 'Node.js v22.21.1']],
    ['environment', ['Error: Mapbox responded with 401: Not Authorized - Invalid Token', stack]],
    ['environment', ['ReplyError: WRONGPASS invalid username-password pair or user is disabled.', stack]],
    ['environment', ['DatabaseError: Invalid username or password', stack]],
    ['environment', ['ApiError: Invalid Application-ID or API key', stack]],
    ['environment', ['GaxiosError: invalid_grant: Invalid JWT Signature.', stack]],
    ['environment', ['Error: error:1E08010C:DECODER routines::unsupported', stack]],
    ['environment', ['AuthenticationError: 401 {"type":"error","error":{"message":"invalid x-api-key"}}', stack]],
    [
      'environment',
      ['error: API request failed', 'Caused by:', '    sentry reported an error: Invalid token (http status: 401)'],
    ],
    [
      'environment',
      ['✖ Error fetching POST  https://x.convex.cloud/api/start_push 401 Unauthorized: MissingAccessToken'],
    ],
    [
      'environment',
      [
        'KelpError: Unauthorized',
        '    at ask (/vercel/path0/node_modules/kelp/index.js:3:9)',
        stack,
        'Node.js v22.21.1',
      ],
    ],
    ['code', ['Error: Unauthorized', stack, 'Node.js v22.21.1']],
    ['code', ['SyntaxError: Invalid or unexpected token', stack, 'Node.js v22.21.1']],
    ['transient', ['Error: queryA ETIMEOUT api.example.com', stack]],
    ['config', ["Error: ENOENT: no such file or directory, open '.env.production'", stack]],
    ['config', [' NX   Project graph validation failed', '', 'projects disagree']],
    ['config', ['Error: Could not find Chrome (ver. 131.0.6778.85). This can occur if either', stack]],
    // What the application says to its own visitors, and what it asked wrongly.
    ['code', ['H3Error: Unauthorized', `${stack} {`, '  statusCode: 401', '}', 'Node.js v22.21.1']],
    ['code', ['Error: tide 401 is missing', stack, 'Node.js v22.21.1']],
    [
      'code',
      ['Error: Request failed with status code 401: GET http://localhost:3000/api/tides', stack, 'Node.js v22.21.1'],
    ],
    ['code', ['ServerError: Response not successful: Received status code 400', stack]],
    ['code', ['AxiosError: Request failed with status code 404', stack]],
  ])('%s: %j', (failureClass, rows) => {
    expect(diagnoseBuild(rows).class).toBe(failureClass);
  });

  it('keeps the place of a frame behind which the properties begin', () => {
    const { errors } = diagnoseBuild(['Error: three tides disagree', `${stack} {`, '  digest: "1"', '}']);

    expect(errors[0]).toMatchObject({ file: 'lib/posts.ts', line: 8 });
  });
});

describe('tools for data and content', () => {
  it.each<Row>([
    ['/vercel/path0/drizzle.config.json file does not exist', 'package.json'],
    [
      ["Reading config file '/vercel/path0/drizzle.config.ts'", '_ZodError: [', '  {', '    "received": "postgres",'],
      'drizzle.config.ts',
    ],
    [['NoConfigFoundError {', "  cwd: '/vercel/path0',"]],
    ["[VELITE] config file not found, create 'velite.config.ts' in your project root"],
    ['Error: Unable to find Codegen config file!', 'package.json'],
    [
      [
        '✖ Load GraphQL schemas [FAILED: Failed to load schema from http://127.0.0.1:4000/graphql:',
        ' - connect ECONNREFUSED 127.0.0.1:4000',
      ],
    ],
    ['Prisma only supports Node.js versions 20.19+, 22.12+, 24.0+.', 'package.json'],
    [
      "You don't have any generators defined in your schema.prisma, so nothing will be generated.",
      'prisma/schema.prisma',
    ],
    ['✘ [ERROR] Invalid build flag: "--bundel"'],
  ])('config: %j', (text, file) => {
    const { class: failureClass, errors } = diagnoseBuild(text);

    expect(failureClass).toBe('config');
    expect(errors[0]?.file).toBe(file);
  });

  it.each<Row>([
    [
      [
        'Error: Found 1 problems in 1 documents.',
        '',
        " └── 1 documents contain field data which didn't match the structure",
        '     • "a.md" of type "Post" has the following incompatible fields:',
        '       • title: 12',
      ],
      'a.md',
    ],
    [
      ['Unknown argument `titel`. Did you mean `title`? Available options are marked with ?.', `${stack} {`],
      'lib/posts.ts',
    ],
    [
      [
        'SyntaxError: /vercel/path0/data.json: Expected double-quoted property name in JSON at position 7',
        '    at parse (<anonymous>)',
        stack,
        '',
        'Node.js v22.21.1',
      ],
      'data.json',
    ],
  ])('code: %j', (text, file) => {
    const { class: failureClass, errors } = diagnoseBuild(text);

    expect(failureClass).toBe('code');
    expect(errors[0]?.file).toBe(file);
  });

  it.each([
    [["To connect to Postgres database - please install either of 'pg', 'postgres' drivers"]],
    [['This version of drizzle-kit requires newer version of drizzle-orm']],
    [
      [
        "Error: The module '/vercel/path0/node_modules/better-sqlite3/build/Release/better_sqlite3.node'",
        'was compiled against a different Node.js version using',
        'NODE_MODULE_VERSION 108.',
      ],
    ],
    [['Error: libcairo.so.2: cannot open shared object file: No such file or directory']],
    [
      [
        "Error: /lib64/libm.so.6: version `GLIBC_2.29' not found (required by /vercel/path0/node_modules/sharp/build/Release/sharp.node)",
      ],
    ],
    [['Error: ', "You installed esbuild for another platform than the one you're currently using."]],
    [['Error: Cannot start service: Host version "0.21.5" does not match binary version "0.19.12"']],
  ])('dependency: %j', (rows) => {
    expect(diagnoseBuild(rows).class).toBe('dependency');
  });
});

describe('what a sentence tells beside its class', () => {
  it('Prisma names the line that asks for a variable', () => {
    const { errors } = diagnoseBuild([
      'Error: Prisma schema validation - (get-config wasm)',
      'error: Environment variable not found: TIDES_URL.',
      '  -->  schema.prisma:4',
    ]);

    expect(errors).toMatchObject([{ symbol: 'TIDES_URL', file: 'schema.prisma', line: 4 }]);
  });

  it('Yarn 1 wants another package manager than the one that runs', () => {
    const found = diagnoseInstall(
      'error @tides/web@3.0.0: The engine "yarn" is incompatible with this module. Expected version "3.4.1". Got "1.22.17"',
    );

    expect(found).toMatchObject({ class: 'config', errors: [{ file: 'package.json', kind: 'engine' }] });
  });

  it('a plugin that asked the network in vain says nothing of the file', () => {
    const rows = (said: string) => [
      `ERROR  Nuxt Build Error: [nuxt:fonts:font-family-injection] ${said}`,
      'file: /vercel/path0/app/assets/css/tides.css',
    ];

    expect(diagnoseBuild(rows('fetch failed'))).toMatchObject({ class: 'transient' });
    expect(diagnoseBuild(rows('Unclosed block'))).toMatchObject({ class: 'code' });
  });

  it('Sass names the sheet that is at fault before those that use it', () => {
    const { errors } = diagnoseBuild([
      'Failed to compile.',
      '',
      './components/Card.module.scss',
      'SassError: Undefined variable.',
      '  ╷',
      '5 │   border: 1px solid t.$ballast;',
      '  │                     ^^^^^^^^^^',
      '  ╵',
      '  styles/_mixins.scss 5:21           panel()',
      '  components/Card.module.scss 7:3    root stylesheet',
    ]);

    expect(errors).toMatchObject([{ file: 'styles/_mixins.scss', line: 5, column: 21, symbol: '$ballast' }]);
  });

  it('an error’s message may begin below its name', () => {
    const found = diagnoseBuild([
      '> Build error occurred',
      '[Error: ',
      '[next-intl] Could not find i18n config at ./src/i18n/request.ts, please provide a valid path.',
      ']',
    ]);

    expect(found).toMatchObject({ class: 'config', errors: [{ specifier: './src/i18n/request.ts' }] });
  });

  it('npm tells whose engines do not fit', () => {
    const { errors } = diagnoseInstall([
      'npm error code EBADENGINE',
      'npm error engine Unsupported engine',
      'npm error engine Not compatible with your version of node/npm: tides@0.6.0',
      'npm error notsup Required: {"node":">=20","npm":"^9.0.0"}',
      'npm error notsup Actual:   {"node":"v20.20.2","npm":"11.19.1"}',
    ]);

    expect(errors[0]?.message).toBe(
      'Unsupported engine: tides@0.6.0 requires {"node":">=20","npm":"^9.0.0"}, and here is {"node":"v20.20.2","npm":"11.19.1"}',
    );
  });

  it('a list of issues begins with what the first one says, wherever its page stands', () => {
    const { errors } = diagnoseBuild([
      '   Collecting page data ...',
      'Error [ZodError]: [',
      '  {',
      '    "values": [',
      '      "white"',
      '    ],',
      '    "path": [',
      '      3,',
      '      "colour"',
      '    ],',
      '    "message": "Invalid option: expected \\"white\\""',
      '  }',
      ']',
      '    at instantiateModule (.next/server/chunks/[turbopack]_runtime.js:715:9)',
      '',
      '> Build error occurred',
      'Error: Failed to collect page data for /api/stocks',
      "    at ignore-listed frames { type: 'Error' }",
    ]);

    expect(errors[0]).toMatchObject({ route: '/api/stocks', kind: 'page-data' });
    expect(errors[0]?.message).toMatch(/^Error: Invalid option: expected "white"\n[\s\S]*"path": \[\n3,\n"colour"/);
  });

  it('a list of issues about every record of many is read from its head', () => {
    const { errors } = diagnoseBuild([
      '   Collecting page data ...',
      'Error [ZodError]: [',
      ...Array.from({ length: 12 }, (_, record) => [
        '  {',
        '    "code": "invalid_type",',
        '    "path": [',
        `      ${record},`,
        '      "hull",',
        '      "colour"',
        '    ],',
        '    "message": "Required"',
        record === 11 ? '  }' : '  },',
      ]).flat(),
      ']',
      '    at get error [as error] (.next/server/chunks/711.js:1:8353) {',
      '  issues: [Array]',
      '}',
      '',
      '> Build error occurred',
      "[Error: Failed to collect page data for /api/stocks] { type: 'Error' }",
    ]);

    expect(errors[0]).toMatchObject({ route: '/api/stocks', kind: 'page-data' });
    expect(errors[0]?.message).toMatch(/^Error: Required\n[\s\S]*"path": \[\n0,\n"hull",\n"colour"/);
  });

  it.each([
    [
      'gray-matter, with js-yaml 3',
      'YAMLException: incomplete explicit mapping pair; a key node is missed at line 2, column 12:',
      ['    title: Knots: a primer', '               ^', '    at ignore-listed frames {'],
      ["  reason: 'incomplete explicit mapping pair; a key node is missed',", '  mark: g {', '    name: null,'],
      ["    buffer: '\\n' +", "      'title: Knots: a primer\\n' +", "      '\\x00',", '    line: 1,', '  },'],
    ],
    [
      'js-yaml 4',
      'YAMLException: bad indentation of a mapping entry (1:13)',
      [
        '',
        ' 1 | title: Knots: a primer',
        '-----------------^',
        ' 2 | level: 1',
        '    at load (/vercel/path0/a.js:1:1) {',
      ],
      ["  reason: 'bad indentation of a mapping entry',", '  mark: {'],
      [
        "    snippet: ' 1 | title: Knots: a primer\\n' +",
        "      '-----------------^\\n' +",
        "      ' 2 | level: 1'",
        '  }',
      ],
    ],
    [
      'yaml',
      'YAMLParseError: Nested mappings are not allowed in compact mappings at line 1, column 8:',
      ['', 'title: Knots: a primer', '       ^', '', '    at ignore-listed frames {'],
      ["  code: 'BLOCK_AS_IMPLICIT_KEY',", '  pos: [ 7, 8 ],'],
      ['  linePos: [ { line: 1, col: 8 }, { line: 1, col: 9 } ]'],
    ],
  ])('what a page threw while its data was collected is read past its excerpt: %s', (_, sentence, ...rows) => {
    const { errors } = diagnoseBuild([
      '   Collecting page data ...',
      sentence,
      ...rows.flat(),
      '}',
      '',
      '> Build error occurred',
      'Error: Failed to collect page data for /notes/[slug]',
      "    at ignore-listed frames { type: 'Error' }",
    ]);

    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ route: '/notes/[slug]', kind: 'page-data' });
    expect(errors[0]?.message.startsWith(sentence)).toBe(true);
  });

  it('react-dom without what it reads of React is what npm warned of', () => {
    const found = diagnoseBuild([
      'npm warn peer react@"^18.3.1" from react-dom@18.3.1',
      "unhandledRejection [TypeError: Cannot read properties of undefined (reading 'ReactCurrentDispatcher')] {",
      "  type: 'TypeError'",
      '}',
    ]);

    expect(found).toMatchObject({ class: 'dependency', errors: [{ kind: 'peer-conflict' }] });
  });

  it('Angular says below its heading which compiler it wants', () => {
    const found = diagnoseBuild([
      '✘ [ERROR] Angular compilation initialization failed. [plugin angular-compiler]',
      '',
      '  Error: The Angular Compiler requires TypeScript >=5.8.0 and <6.0.0 but 5.6.3 was found instead.',
      '      at checkVersion (file:///vercel/path0/node_modules/@angular/compiler-cli/bundles/chunk-I3SEP2PE.js:1358:11)',
    ]);

    expect(found).toMatchObject({ class: 'dependency', errors: [{ specifier: 'typescript', file: 'package.json' }] });
  });

  it('a plugin of the project’s own is about what it names, not about the settings that it is written in', () => {
    const found = diagnoseBuild([
      'error during build:',
      '[locale-check] [plugin locale-check] cs.json has no text for fleet.oldest',
      '    at Object.buildStart (file:///vercel/path0/node_modules/.vite-temp/vite.config.ts.timestamp-1795715075303-65ed55710ab3b.mjs:20:38)',
    ]);

    expect(found).toMatchObject({ class: 'code', errors: [{ message: 'cs.json has no text for fleet.oldest' }] });
  });

  it('a module that a style sheet in code imports is where it threw', () => {
    const { errors } = diagnoseBuild([
      '[plugin vite-plugin-vanilla-extract] /vercel/path0/src/layout.css.ts',
      'ReferenceError: window is not defined',
      '    at /vercel/path0/src/breakpoints.ts:3:24',
      '    at async /vercel/path0/src/layout.css.ts:8:31',
    ]);

    expect(errors[0]).toMatchObject({ file: 'src/breakpoints.ts', line: 3, column: 24, kind: 'other' });
    expect(errors[0]?.trace).toContain('src/layout.css.ts');
  });

  it('a command that failed without a place was told what to read', () => {
    const trace = (command: string) =>
      diagnoseBuild([
        '> tides@1.2.0 codegen',
        `> ${command}`,
        '',
        "Error: Can't resolve $ref at #/paths/~1tides",
        '    at main (file:///vercel/path0/node_modules/openapi-typescript/bin/cli.js:280:20)',
        '',
        'Node.js v20.20.2',
      ]).errors[0]?.trace;

    expect(trace('openapi-typescript api/openapi.yaml -o src/api.ts')).toEqual(['api/openapi.yaml']);
    expect(trace('openapi-typescript')).toBeUndefined();
  });

  it('a check of the project’s own names a file and a place within', () => {
    const found = diagnoseBuild([
      'src/workshops/felt.md: /techniques/0 must be equal to one of the allowed values',
      '1 content file(s) do not match their schema',
    ]);

    expect(found).toMatchObject({ class: 'code', errors: [{ file: 'src/workshops/felt.md' }] });
  });

  it('Astro’s schema of variables is about the environment, whichever module asks for it', () => {
    const found = diagnoseBuild([
      '[EnvInvalidVariables] [astro-env-plugin] Could not load \u0000astro:env/server (imported by src/pages/a.astro): The following environment variables defined in `env.schema` are invalid:',
      '',
      '- LETTER_ENDPOINT is missing',
      '',
      '  Stack trace:',
      '    at validatePublicVariables (file:///vercel/path0/node_modules/astro/dist/env/vite-plugin-env.js:103:11)',
    ]);

    expect(found).toMatchObject({ class: 'environment', errors: [{ symbol: 'LETTER_ENDPOINT' }] });
  });

  it('files that meet at one address are code', () => {
    const said = 'Conflicting route and page at /targets: route at /targets/route and page at /targets/page';
    const paths =
      'Error: Two or more files have conflicting paths or names. Please make sure path segments and filenames, without their extension, are unique. The path "api/health.js" has conflicts with "api/health.ts"';

    expect(diagnoseBuild([said])).toMatchObject({ class: 'code', errors: [{ route: '/targets' }] });
    expect(diagnoseAtStart([paths])).toMatchObject({ class: 'code', errors: [{ file: 'api/health.js' }] });
  });
});
