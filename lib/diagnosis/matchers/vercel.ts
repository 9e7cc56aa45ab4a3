/** Vercel's own builder: what it says of the project's settings before, between and after the commands it runs. */
import type { BuildError } from '../diagnosis.js';
import type { SentenceRule } from '../sentence-rules.js';

function vercel(rule: Omit<SentenceRule, 'tool'>): SentenceRule {
  return { tool: 'vercel', ...rule };
}

const nodeSetting =
  'Set the Node.js version in the project’s settings (Build and Deployment) to 24.x, or "engines": { "node": "24.x" } in package.json.';

export const vercelRules: readonly SentenceRule[] = [
  vercel({
    has: 'is discontinued and must be upgraded',
    pattern: /Node\.js Version "(?<symbol>[^"]{1,60})" is discontinued/,
    kind: 'engine',
    code: 'BUILD_UTILS_NODE_VERSION_DISCONTINUED',
    also: (lines, at) => ({ file: 'package.json', ...suggestedNode(lines.texts[at] ?? '') }),
    remedy: nodeSetting,
  }),
  vercel({
    has: 'is using a discontinued version of Node.js',
    kind: 'engine',
    code: 'BUILD_UTILS_NODE_VERSION_DISCONTINUED',
    also: () => ({ file: 'package.json' }),
    remedy: nodeSetting,
  }),
  vercel({
    has: ', which is discontinued',
    pattern:
      /^(?:Error: )?The Runtime "(?<specifier>[^"]{1,200})" is using "(?<symbol>[^"]{1,60})", which is discontinued/,
    kind: 'engine',
    code: 'NOW_SANDBOX_WORKER_FUNCTION_RUNTIME_VERSION',
    also: () => ({ file: 'vercel.json' }),
    remedy: ({ specifier }) => `Name a newer version of "${specifier}" in vercel.json, or leave the runtime to Vercel.`,
  }),
  vercel({
    has: 'The value for maxDuration must be',
    kind: 'config',
    code: 'invalid_max_duration',
    also: () => ({ file: 'vercel.json', symbol: 'maxDuration' }),
  }),
  vercel({
    has: 'Functions are limited to ',
    pattern: /(?:Serverless|Vercel) Functions are limited to \d{1,6} ?(?:mb )?of memory/i,
    kind: 'config',
    code: 'plan-limit',
    also: () => ({ file: 'vercel.json', symbol: 'memory' }),
    remedy: 'Lower `memory` of the functions in vercel.json to what the plan allows, or change the plan.',
  }),
  vercel({
    has: 'Functions to multiple regions is restricted to',
    kind: 'config',
    code: 'plan-limit',
    also: () => ({ file: 'vercel.json', symbol: 'regions' }),
    remedy:
      'Leave one region in `regions` of vercel.json and in the project’s settings (Functions), or change the plan.',
  }),
  vercel({
    // `readConfigFile` of @vercel/build-utils; the install that follows fails in words of its own, or takes another tool.
    has: 'Error while parsing config file: "',
    pattern:
      /parsing config file: "(?:\/vercel\/path\d\/)?(?<file>[^"]{0,200}(?:pnpm-lock\.yaml|package-lock\.json|bun\.lock))"/,
    kind: 'lockfile',
  }),
  vercel({
    has: 'unsupported "use-node-version"',
    kind: 'engine',
    also: () => ({ file: '.npmrc', symbol: 'use-node-version' }),
  }),
  vercel({
    has: ' entrypoint found',
    pattern: /^Error: No (?<symbol>[\w.-]{1,40} )?entrypoint found/,
    kind: 'config',
    code: 'ENTRYPOINT_NOT_FOUND',
  }),
  vercel({
    has: 'of Hugo does not exist',
    kind: 'config',
    code: 'STATIC_BUILD_BINARY_NOT_FOUND',
  }),
  vercel({
    has: 'Unable to find lambda for route',
    pattern: /Unable to find lambda for route: (?<route>\S{1,300})/,
    kind: 'output-directory',
    code: 'NEXT_MISSING_LAMBDA',
  }),
  vercel({
    has: 'No serverless pages were built',
    kind: 'config',
    code: 'NEXT_NO_SERVERLESS_PAGES',
  }),
  vercel({
    has: 'Found invalid ',
    pattern: /Found invalid (?:or discontinued )?Node\.js Version: "(?<symbol>[^"]{1,60})"/,
    kind: 'engine',
    code: 'BUILD_UTILS_NODE_VERSION_INVALID',
    also: (lines, at) => ({ file: 'package.json', ...suggestedNode(lines.texts[at] ?? '') }),
    remedy: nodeSetting,
  }),
  vercel({
    has: 'No Output Directory named',
    pattern: /No Output Directory named "(?<symbol>[^"]{1,200})" found/,
    kind: 'output-directory',
    code: 'STATIC_BUILD_NO_OUT_DIR',
  }),
  vercel({
    has: 'The Output Directory "',
    pattern: /The Output Directory "(?<symbol>[^"]{1,200})" is empty/,
    kind: 'output-directory',
    code: 'STATIC_BUILD_EMPTY_OUT_DIR',
  }),
  vercel({
    has: 'is not actually a directory',
    pattern: /Output Directory \("(?<symbol>[^"]{1,200})"\)/,
    kind: 'output-directory',
    code: 'STATIC_BUILD_NOT_A_DIR',
  }),
  vercel({
    has: 'routes-manifest',
    pattern: /The file "(?<symbol>[^"]{1,300})\/routes-manifest[\w-]{0,20}\.json" couldn't be found/,
    kind: 'output-directory',
    code: 'NEXT_NO_ROUTES_MANIFEST',
    also: (_lines, _at, { symbol }) =>
      symbol === undefined ? {} : { symbol: symbol.slice(symbol.lastIndexOf('/') + 1) },
  }),
  vercel({
    has: 'The Next.js output directory "',
    pattern: /The Next\.js output directory "(?<symbol>[^"]{1,200})"/,
    kind: 'output-directory',
    code: 'NEXT_OUTPUT_DIR_MISSING',
  }),
  vercel({
    has: 'The BUILD_ID file was not found in the Output Directory',
    kind: 'output-directory',
    code: 'NOW_NEXT_NO_BUILD_ID',
  }),
  vercel({
    has: 'No Next.js version detected',
    kind: 'config',
    code: 'NEXT_NO_VERSION',
    also: () => ({ file: 'package.json', specifier: 'next' }),
  }),
  vercel({
    has: 'No Next.js version could be detected',
    kind: 'config',
    code: 'NEXT_NO_VERSION',
    also: () => ({ file: 'package.json', specifier: 'next' }),
  }),
  vercel({
    has: 'build" script in',
    pattern: /Missing required "(?<symbol>[\w-]{1,60})" script in "(?<file>[^"]{1,200})"/,
    kind: 'script-missing',
    code: 'missing_build_script',
  }),
  vercel({
    has: "doesn't match any Serverless Functions",
    pattern: /The pattern "(?<symbol>[^"]{1,200})" defined in `functions` doesn't match any Serverless Functions/,
    kind: 'config',
    code: 'unused_function',
    also: () => ({ file: 'vercel.json' }),
  }),
  vercel({
    has: 'should NOT have additional property',
    pattern:
      /(?:Invalid |The `)(?<file>vercel\.json)(?: -|` schema validation failed with the following message:) (?:`[^`]{0,100}` )?should NOT have additional property `(?<symbol>[^`]{1,100})`/,
    kind: 'config',
    code: 'INVALID_VERCEL_CONFIG',
  }),
  vercel({
    has: 'schema validation failed with the following message:',
    pattern: /The `(?<file>vercel\.json)` schema validation failed with the following message:/,
    kind: 'config',
    code: 'INVALID_VERCEL_CONFIG',
    more: 1,
    also: (lines, at) => refusedProperty(`${lines.texts[at] ?? ''} ${lines.texts[at + 1] ?? ''}`),
  }),
  vercel({
    has: 'vercel.json',
    pattern: /Invalid (?<file>vercel\.json)(?: file provided)? ?[-:]? ?(?<symbol>`?\w[^`\s]{0,100}`?)?/,
    kind: 'config',
    code: 'INVALID_VERCEL_CONFIG',
  }),
  vercel({
    has: "Couldn't parse JSON file",
    pattern: /Couldn't parse JSON file (?<file>\S{1,300}?)\.?$/,
    kind: 'json',
    code: 'invalid_json',
  }),
  vercel({
    has: "Can't parse json file",
    pattern: /Can't parse json file (?<file>\S{1,300}?)(?:: |$)/,
    kind: 'json',
    code: 'invalid_json',
  }),
  vercel({
    has: 'Error parsing',
    pattern: /Error parsing "?(?![^"\s:]{0,300}node_modules)(?<file>[^"\s:]{1,300}\.json)"?/,
    kind: 'json',
    code: 'invalid_json',
    more: 6,
  }),
  vercel({
    has: 'property cannot be used in conjunction with',
    pattern: /The `(?<symbol>\w{1,60})` property cannot be used in conjunction with/,
    kind: 'config',
    also: () => ({ file: 'vercel.json' }),
  }),
  vercel({
    has: 'must have a valid version',
    pattern: /Function Runtimes must have a valid version, for example `(?<suggestion>[^`]{1,100})`/,
    kind: 'config',
    code: 'invalid_function_runtime',
    also: () => ({ file: 'vercel.json' }),
  }),
  vercel({
    has: 'Two or more files have conflicting paths or names',
    kind: 'config',
    class: 'code',
    code: 'conflicting_file_path',
    more: 1,
    also: (lines, at) => conflictingFile(lines.texts[at] ?? ''),
  }),
  vercel({
    has: 'Root Directory',
    pattern: /The specified Root Directory "(?<symbol>[^"]{1,200})" does not exist/,
    kind: 'config',
    code: 'root-directory',
    class: 'config',
    remedy: ({ symbol }) =>
      `The project’s Root Directory "${symbol}" is not in this commit. Change it in the project’s settings (Build and Deployment), or restore the folder.`,
  }),
  vercel({
    has: 'provided path',
    pattern: /The provided path “(?<symbol>[^”]{1,200})” does not exist/,
    kind: 'config',
    code: 'root-directory',
  }),
  vercel({
    has: 'No Python version',
    // The builder takes the latest then.
    role: 'warning',
    kind: 'engine',
  }),
  vercel({
    has: 'unsupported "engines"',
    kind: 'engine',
    role: 'warning',
  }),
  vercel({
    has: 'references Secret',
    pattern: /Environment Variable "(?<symbol>[^"]{1,100})" references Secret/,
    kind: 'variable-missing',
    remedy: ({ symbol }) =>
      `The secret that ${symbol} refers to is gone. Set ${symbol} itself in the Vercel project’s environment variables.`,
  }),
  vercel({
    has: 'exceeds the maximum',
    pattern:
      /(?:(?:The )?(?:Vercel|Serverless|Edge) Function (?:"(?<symbol>[^"]{1,200})" )?is |^is )(?:[\d.]{1,12} ?\w{1,5} )?(?:uncompressed )?which exceeds/,
    kind: 'size',
    code: 'NOW_SANDBOX_WORKER_MAX_LAMBDA_SIZE',
  }),
  vercel({
    has: 'size limit',
    pattern: /The (?:Edge|Serverless|Vercel) Function "(?<symbol>[^"]{1,200})" size is /,
    kind: 'size',
    code: 'function-size',
  }),
  vercel({
    has: 'exceeds the maximum function size',
    pattern: /^Error: Total bundle size \([\d.]{1,12} ?\w{1,5}\) exceeds the maximum function size/,
    kind: 'size',
    code: 'NOW_SANDBOX_WORKER_MAX_LAMBDA_SIZE',
  }),
  vercel({ has: 'has exceeded the unzipped maximum size', kind: 'size', code: 'NOW_SANDBOX_WORKER_MAX_LAMBDA_SIZE' }),
  vercel({ has: 'Max serverless function size', kind: 'size', code: 'NOW_SANDBOX_WORKER_MAX_LAMBDA_SIZE' }),
  vercel({
    has: 'Serverless Functions can be added to a Deployment',
    kind: 'size',
    code: 'exceeded_serverless_functions_per_deployment',
  }),
  vercel({ has: 'exceed max lambda size', kind: 'size', code: 'NEXT_REQUIRED_FILES_LIMIT' }),
  vercel({ has: 'Max pre-rendered ISR', kind: 'size' }),
  vercel({ has: 'File size limit exceeded', kind: 'size' }),
  vercel({ has: 'the maximum of 45 minutes', kind: 'timeout', code: 'build-timeout' }),
  vercel({ has: 'uild step did not complete within the maximum', kind: 'timeout', code: 'build-timeout' }),
  vercel({ has: 'Build exceeded maximum duration', kind: 'timeout', code: 'build-timeout' }),
  vercel({ has: 'build exceeded the time limit', kind: 'timeout', code: 'build-timeout' }),
  vercel({
    has: 'minute limit',
    pattern: /^(?:Error: )?Your build (?:has )?exceeded the \d{1,3}[ -]minute limit/,
    kind: 'timeout',
    code: 'build-timeout',
  }),
  vercel({
    has: 'contain an invalid "runtime"',
    kind: 'engine',
    class: 'config',
    code: 'invalid_function_runtime',
    more: 3,
    remedy:
      'Set a Node.js version that Vercel still has, in `engines` of package.json or in the project’s settings, and a current `runtime` where vercel.json names one.',
  }),
  vercel({
    has: 'Build Failed (timed out)',
    pattern: /^(?:Error: )?Build Failed \(timed out\)$/,
    kind: 'timeout',
    code: 'build-timeout',
  }),
  vercel({
    has: '(Input cron:',
    pattern: /- .{1,200} \(Input cron: '(?<symbol>[^'\n]{1,80})'\)/,
    kind: 'config',
    also: () => ({ file: 'vercel.json' }),
  }),
  vercel({ has: 'An unexpected error happened when running this build', kind: 'network', code: 'UNEXPECTED_ERROR' }),
  vercel({ has: 'We encountered an internal error', kind: 'network', code: 'UNEXPECTED_ERROR' }),
  vercel({ has: 'An unexpected internal error occurred', kind: 'network', code: 'UNEXPECTED_ERROR' }),
  vercel({ has: 'Failed to clone', kind: 'network', code: 'clone-failed' }),
  vercel({
    has: 'There was a permanent problem cloning the repo',
    kind: 'other',
    class: 'infrastructure',
    code: 'clone-failed',
    remedy:
      'Vercel may not read the repository. Check that its GitHub application is installed and may access this repository.',
  }),
  vercel({
    has: 'The Deployment was canceled',
    kind: 'other',
    class: 'infrastructure',
    code: 'canceled',
  }),
  vercel({ has: 'The Deployment has been canceled', kind: 'other', class: 'infrastructure', code: 'canceled' }),
  vercel({
    has: 'Ignored Build Step',
    pattern: /(?:canceled|cancelled).{0,60}Ignored Build Step/,
    kind: 'other',
    class: 'infrastructure',
    code: 'canceled',
  }),
  vercel({
    has: 'upload',
    pattern: /Error: (?:The )?.{0,60}upload(?:ing|ed)? .{0,80}(?:failed|timed out)/,
    kind: 'network',
  }),
  ...['Resource is limited - ', 'rror: Resource is limited', 'rror: Too many requests'].map((has) =>
    vercel({
      has,
      pattern:
        /^(?:.{0,60}Error: )?(?:Resource is limited|Too many requests) .{1,200}?(?:$|\(more than \d{1,6}, code: "(?<symbol>[\w-]{1,80})"\))/,
      kind: 'size',
      code: 'plan-limit',
    }),
  ),
  vercel({
    has: 'must have access to the ',
    pattern: /^(?:Error: )?Git author (?<symbol>\S{1,100}) must have access to the (?:project|team)/,
    kind: 'other',
    class: 'infrastructure',
    code: 'blocked',
    remedy: ({ symbol }) =>
      `Vercel blocks deployments of commits by ${symbol}: give that account access to the project, or let a member push the commit.`,
  }),
  vercel({
    has: 'The specified token is not valid',
    kind: 'variable-missing',
    class: 'environment',
    also: () => ({ symbol: 'VERCEL_TOKEN' }),
    remedy:
      'The token that the Vercel CLI is given is expired or revoked. Create another, and store it where the build reads it.',
  }),
  vercel({
    // The limit of what Vercel serves of a page, not of what Next.js builds.
    has: 'Oversized Incremental Static Regeneration (ISR) page',
    pattern: /^Error: Oversized Incremental Static Regeneration \(ISR\) page: (?<symbol>\S{1,300}) \(/,
    kind: 'size',
    code: 'FALLBACK_BODY_TOO_LARGE',
  }),
  // Git LFS, of GitHub
  vercel({
    has: 'Smudge error: ',
    pattern: /This repository (?:is over its data quota|exceeded its LFS budget)/,
    kind: 'size',
    code: 'lfs-quota',
    remedy:
      'The repository has used up what its account may download by Git LFS. Raise the budget there, or wait for the next month.',
  }),
  vercel({
    has: 'ENOENT: no such file',
    pattern:
      /ENOENT: no such file or directory, \w{1,10}\s+'\/vercel\/path\d\/(?:\S{1,200}\/)?\.next\/(?:server\/\S{1,200}_client-reference-manifest\.js|\S{0,200}\.nft\.json)'/,
    kind: 'output-directory',
    code: 'NEXT_TRACE_MISSING',
    also: () => ({ trace: ['next.config.ts', 'next.config.mjs', 'next.config.js'] }),
  }),
  vercel({
    has: 'ENOENT: no such file',
    pattern: /ENOENT: no such file or directory, \w{1,10} '\/vercel\/path\d\/(?:\S{1,200}\/)?\.vercel\/output\//,
    kind: 'output-directory',
    class: 'infrastructure',
    when: (lines, at) => lines.texts.slice(Math.max(0, at - 40), at).some((text) => text.includes('prebuilt build')),
    remedy:
      'The uploaded output is not whole. Run `vercel build` again and deploy all of `.vercel/output`, or let Vercel build.',
  }),
  vercel({
    has: 'ould not find an exported function in',
    pattern: /Could not find an exported function in "(?<file>[^"]{1,300})"/,
    kind: 'export-missing',
    class: 'code',
  }),
  vercel({
    has: 'rror: Exited with 1',
    pattern: /^Error: Exited with 1$/,
    kind: 'network',
    when: (lines, at) => /^Installing build runtime/.test(lines.texts[at - 1]?.trim() ?? ''),
  }),
  vercel({
    has: 'Hobby accounts are limited to',
    kind: 'size',
    code: 'plan-limit',
  }),
  vercel({
    has: 'is too large',
    pattern: /(?:The )?(?:Middleware|Edge Function).{0,100} is too large/,
    kind: 'size',
  }),
  vercel({
    has: 'The Edge Function "',
    pattern: /The Edge Function "(?<symbol>[^"]{1,200})" is referencing unsupported modules/,
    kind: 'client-boundary',
    class: 'code',
    more: 6,
  }),
  vercel({
    has: 'Unsupported edge',
    kind: 'client-boundary',
    class: 'code',
  }),
  vercel({ has: 'Invalid `runtime` "', kind: 'config', also: () => ({ file: 'vercel.json' }) }),
  vercel({
    has: 'source` property contains an invalid pattern',
    kind: 'config',
    code: 'invalid_route_source_pattern',
    also: () => ({ file: 'vercel.json' }),
  }),
  vercel({
    has: 'has invalid `',
    pattern: /^(?:Error: )?(?<symbol>Rewrite|Redirect|Header|Route)s? at index \d{1,4} has invalid `(?!\w+` pattern)/,
    kind: 'config',
    code: 'invalid_route',
    also: () => ({ file: 'vercel.json' }),
  }),
  vercel({
    has: 'has invalid `source` pattern',
    pattern: /at index (?<symbol>\d{1,4}) has invalid/,
    kind: 'config',
    code: 'invalid_route_source_pattern',
    also: () => ({ file: 'vercel.json' }),
  }),
];

function suggestedNode(text: string): { readonly suggestion?: string } {
  const version = /"node": "([^"]{1,20})"/.exec(text)?.[1] ?? /to use Node\.js (\d{1,3})/.exec(text)?.[1];
  return version === undefined ? {} : { suggestion: version };
}

/** https://github.com/vercel/vercel/blob/main/packages/cli/src/util/validate-config.ts */
function refusedProperty(text: string): Partial<BuildError> {
  const name = /(?:following message: `|property `)([\w.[\]-]{1,100})`/.exec(text)?.[1];
  return name === undefined ? {} : { symbol: name };
}

function conflictingFile(text: string): { readonly file?: string; readonly trace?: readonly string[] } {
  const names = [...text.matchAll(/"(?:builds|([^"]{1,200}))"/g)]
    .map((match) => match[1])
    .filter((name) => name !== undefined);
  const [file, ...trace] = names;
  return file === undefined ? {} : { file, trace };
}
