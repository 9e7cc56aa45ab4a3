/** Sentences of frameworks and compilers that have no file of their own here. */
import type { BuildError } from '../diagnosis.js';
import { type LineStream, textAt } from '../finding.js';
import { readMessage } from '../messages.js';
import type { Groups, SentenceRule } from '../sentence-rules.js';
import { findServerError } from './server-errors.js';

const NITRO_FAILURE = /[├└]──? (?:\w{0,40}Error: )?(\[[45]\d\d\].{0,300})$/;

function isNitroFailure(lines: LineStream, at: number): boolean {
  return NITRO_FAILURE.test(textAt(lines, at + 1));
}

/** The answer stands below the path, and where it has no words, what the server printed above. */
function nitroFailure(lines: LineStream, at: number, { route }: Groups): Partial<BuildError> {
  const answer = NITRO_FAILURE.exec(textAt(lines, at + 1))?.[1]?.trim() ?? '';
  // `Server Error` is what Nitro calls every error that is none of h3's own, on purpose.
  const isSaid = / \S/.test(answer) && !/^\[500\] (?:Internal )?Server Error$/.test(answer);
  const thrown = isSaid ? undefined : findServerError(lines, at, route);
  // What stands before a service answers so: the service, not the page, was not there.
  const isOut = /^\[(?:429|50[234])\]/.test(answer);
  return thrown?.facts ?? { message: `Prerendering ${route} failed: ${answer}`, ...(isOut ? { kind: 'network' } : {}) };
}

function readMessageBelow(lines: LineStream, at: number): Partial<BuildError> {
  const message = textAt(lines, at + 1).trim();
  return message === '' ? {} : { message, ...readMessage(message) };
}

/** Nuxt draws a bar before each row of its last report: the path, the rows of the file, a caret below the one at fault. */
function drawnPlace(rows: readonly string[]): { readonly file?: string; readonly line?: number } {
  const file = rows
    .map((row) => /^│\s+(?:file: )?\/vercel\/path\d\/(\S{1,300}?\.\w{1,8})(?::\S{0,40})?$/.exec(row)?.[1])
    .find(Boolean);
  const caret = rows.findIndex((row) => /^│\s+\|\s+\^/.test(row));
  const line = /^│\s+(\d{1,7})\s+\|/.exec(rows[caret - 1] ?? '')?.[1];
  return { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line: Number(line) }) };
}

/** Astro prints its issues with an empty row before each: `! site: Invalid url`. */
function astroIssues(rows: readonly string[]): Partial<BuildError> {
  const issues = rows.filter((row) => /^\s*! \S/.test(row)).map((row) => row.trim());
  const symbol = /^! ([\w.]{1,80}): /m.exec(issues.join('\n'))?.[1];
  return {
    ...(issues.length === 0 ? {} : { message: [rows[0]?.trim(), ...issues].join('\n') }),
    ...(symbol === undefined ? {} : { symbol }),
  };
}

export const frameworkRules: readonly SentenceRule[] = [
  {
    // Metro, which bundles Expo's web build.
    tool: 'metro',
    has: 'Unable to resolve ',
    pattern:
      /Unable to resolve (?:module )?"?(?<specifier>[^"\s]{1,200})"? from "?(?<file>[^":\s]{1,300}\.\w{1,5})(?=["':\s]|$)/,
    kind: 'module-not-found',
  },
  {
    tool: 'nuxt',
    has: 'Nuxt build error: SyntaxError: ',
    kind: 'syntax',
    also: (lines, at) => drawnPlace(lines.texts.slice(at + 1, at + 20)),
  },
  {
    tool: 'vitest',
    has: 'No test files found, exiting with code',
    kind: 'config',
    also: (lines, at) => {
      const symbol = /^include: (\S{1,200}?),?$/m.exec(lines.texts.slice(at + 1, at + 4).join('\n'))?.[1];
      return symbol === undefined ? {} : { symbol };
    },
  },
  {
    tool: 'astro',
    has: 'found issue(s) with your configuration',
    kind: 'config',
    also: (lines, at) => astroIssues(lines.texts.slice(at, at + 30)),
  },
  {
    tool: 'vitepress',
    has: 'dead link(s) found',
    kind: 'prerender',
    code: 'dead-link',
    also: (lines, at) => deadLink(lines.texts.slice(Math.max(0, at - 60), at)),
  },
  {
    tool: 'docusaurus',
    has: 'Docusaurus found broken ',
    pattern: /Docusaurus found broken (?<code>links|anchors)/,
    kind: 'prerender',
    also: (lines, at) => brokenLinks(lines.texts.slice(at, at + 40)),
  },
  {
    tool: 'docusaurus',
    has: "arkdown link couldn't be resolved",
    pattern: /arkdown link couldn't be resolved: \((?<specifier>[^)]{1,300})\) in "(?<file>[^"]{1,300})"/,
    kind: 'prerender',
    code: 'dead-link',
  },
  {
    // Docusaurus prints the warnings of webpack as the objects that they are.
    tool: 'webpack',
    has: "') was not found in '",
    pattern:
      /"moduleName":"(?<file>[^"]{1,300})".{0,1000}?"message":"export '(?<symbol>[^']{1,100})' \(imported as '[^']{1,100}'\) was not found in '(?<specifier>[^']{1,300})'/,
    kind: 'export-missing',
    role: 'warning',
  },
  { tool: 'gatsby', has: 'There was an error in your GraphQL query', kind: 'other', class: 'code', more: 6 },
  {
    tool: 'react-router',
    has: 'Server-only module referenced by client',
    kind: 'client-boundary',
    more: 4,
    also: (lines, at) => serverOnly(lines.texts.slice(at, at + 8)),
  },
  {
    tool: 'react-router',
    has: 'Route config in "',
    pattern: /Route config in "(?<file>[^"]{1,200})" is invalid/,
    kind: 'config',
    class: 'code',
    more: 4,
  },
  {
    tool: 'react-router',
    has: 'Unable to prerender path',
    pattern: /Unable to prerender path because it does not match any routes: (?<symbol>\/\S{0,300})/,
    kind: 'config',
  },
  {
    tool: 'astro',
    has: 'is missing an id',
    pattern: /\bItem in (?<file>\S{1,300}) is missing an id/,
    kind: 'type',
  },
  {
    // Nitro prints a tree: the path, and below it what came of it.
    tool: 'nuxt',
    has: '[nitro]',
    pattern: /\[nitro\]\s+[├└]─ (?<route>\/[^\s(]{0,300})/,
    when: isNitroFailure,
    kind: 'prerender',
    also: nitroFailure,
  },
  {
    // Qwik City prints the page, and what it threw on the next line.
    tool: 'qwik',
    has: 'Error during SSG',
    pattern: /^!!! (?<route>\/\S{0,300}?):? Error during SSG$/,
    kind: 'prerender',
    also: (lines, at) => readMessageBelow(lines, at),
  },
  {
    // Vue CLI in the place of webpack's own sentence: @vue/cli-service/lib/util/resolveLoaderError.js
    tool: 'webpack',
    has: 'Failed to resolve loader: ',
    pattern: /^Failed to resolve loader: (?<specifier>(?:@[\w.-]{1,80}\/)?[\w.-]{1,80})/,
    kind: 'package-missing',
  },
  {
    tool: 'vinxi',
    has: '[vinxi]',
    pattern: /\[vinxi\]\s+[├└]─ (?<route>\/.{0,300}?)(?: \(\d{1,7}ms\))?$/,
    when: isNitroFailure,
    kind: 'prerender',
    also: nitroFailure,
  },
  {
    tool: 'react-router',
    has: 'Could not find a root route module',
    pattern: /Could not find a root route module in the app directory(?: as "(?<specifier>[^"]{1,200})")?/,
    kind: 'config',
    class: 'code',
    also: () => ({ symbol: 'appDirectory' }),
  },
  {
    tool: 'react-router',
    has: 'Prerender',
    pattern:
      /Prerender \(\w{1,20}\): Received a \d{3} status code from `entry\.server\.\w{1,3}` while prerendering the `(?<route>[^`]{1,300})` path/,
    kind: 'prerender',
    also: (lines, at) => readServerError(lines, at),
  },
  {
    tool: 'vercel',
    has: 'Failed to resolve "@',
    pattern: /Failed to resolve "(?<specifier>@[^"]{1,200})"/,
    kind: 'module-not-found',
    also: () => ({ file: 'package.json' }),
  },
  // vue-tsc 1 rewrites the compiler that it finds: https://github.com/vuejs/language-tools/issues/4484
  {
    tool: 'vue-tsc',
    has: 'Search string not found: ',
    kind: 'peer-conflict',
    also: () => ({ file: 'package.json', specifier: 'vue-tsc', symbol: 'typescript' }),
    remedy: 'vue-tsc 1 does not know this TypeScript. Update `vue-tsc` to 2 or newer in package.json.',
  },
  {
    tool: 'oxlint',
    has: 'Found ',
    pattern: /^Found [1-9]\d{0,5} warnings? and 0 errors\.$/,
    kind: 'lint',
    code: 'max-warnings',
    role: 'warning',
    when: (lines, at) =>
      lines.texts[at + 1]?.startsWith('Finished in ') === true &&
      lines.texts.slice(Math.max(0, at - 400), at).some((text) => text.includes('--deny-warnings')),
  },
  {
    tool: 'webpack',
    has: 'Treating warnings as errors because process.env.CI = true',
    kind: 'lint',
    code: 'ci-warnings',
    role: 'warning',
  },
  {
    tool: 'tailwind',
    has: 'use `tailwindcss` directly as a PostCSS plugin',
    kind: 'config',
    code: 'tailwind-postcss-plugin',
    also: () => ({ specifier: '@tailwindcss/postcss' }),
  },
  {
    tool: 'tailwind',
    has: 'Cannot apply unknown utility class',
    pattern: /Cannot apply unknown utility class:? [`"']?(?<symbol>[^\s`"']{1,200})/,
    kind: 'style',
  },
  {
    tool: 'postcss',
    has: 'Loading PostCSS Plugin failed',
    pattern: /Loading PostCSS Plugin failed: Cannot find native binding/,
    kind: 'lockfile',
  },
  {
    tool: 'postcss',
    has: 'Loading PostCSS Plugin failed',
    pattern: /Loading PostCSS Plugin failed: Cannot find (?:module|package) '(?<specifier>[^']{1,200})'/,
    kind: 'module-not-found',
  },
  {
    tool: 'postcss',
    has: 'Failed to load PostCSS config',
    pattern: /Failed to load PostCSS config.{0,60}?: (?<file>\/[^\s)]{1,300}\.\w{2,5}(?![\w/]))?/,
    kind: 'config',
  },
  {
    tool: 'postcss',
    has: 'Cannot find module',
    pattern: /Loading PostCSS "(?<specifier>[^"]{1,200})" plugin failed/,
    kind: 'module-not-found',
  },
  {
    tool: 'postcss',
    has: 'CssSyntaxError',
    pattern: /CssSyntaxError: (?:\[postcss\] )?(?<file>\/[^\s:]{1,300}):(?<line>\d{1,7}):(?<column>\d{1,7}): /,
    kind: 'style',
  },
  // A name without a path is a package, and what is missing of it is the package.
  {
    tool: 'eslint',
    has: "ESLint couldn't find",
    pattern:
      /ESLint couldn't find (?:an? |the )(?:config "(?<specifier>(?:@[\w.-]{1,80}\/)?[\w-][\w.-]{0,80})" to extend|plugin "(?<symbol>[^"]{1,200})")/,
    kind: 'package-missing',
    also: (lines, at, { specifier, symbol }) => ({
      ...namedBy(lines, at),
      specifier: symbol ?? (specifier === undefined ? 'eslint-config' : configPackage(specifier)),
    }),
  },
  {
    tool: 'eslint',
    has: "ESLint couldn't find",
    pattern:
      /ESLint couldn't find (?:an? )?(?:eslint\.config|configuration file|the config "(?<specifier>[^"]{1,200})"|the plugin "(?<symbol>[^"]{1,200})")/,
    kind: 'config',
    also: namedBy,
  },
  {
    tool: 'eslint',
    has: 'ConfigError: Config (',
    kind: 'config',
  },
  {
    tool: 'eslint',
    has: 'TypeError: Key "',
    pattern: /^TypeError: Key "(?<symbol>[^"]{1,100})": /,
    kind: 'config',
  },
  {
    tool: 'eslint',
    has: 'Failed to load config "',
    pattern: /Failed to load config "(?<specifier>[^"]{1,200})" to extend from/,
    kind: 'module-not-found',
    role: 'warning',
  },
  {
    // What the service answers of the organisation and project that the build names.
    tool: 'sentry',
    has: 'sentry-cli',
    when: (lines, at) =>
      /^error: (?:(?:project|organization) not found|An? (?:organization|project)\b)/im.test(
        lines.texts.slice(at, at + 4).join('\n'),
      ),
    kind: 'variable-missing',
    class: 'environment',
    more: 3,
    also: () => ({ symbol: 'SENTRY_PROJECT' }),
    remedy:
      'Sentry does not know the project that the build reports to. Correct SENTRY_ORG, SENTRY_PROJECT and SENTRY_AUTH_TOKEN in the Vercel project’s environment variables, or what the configuration of the plugin says in their place.',
  },
  {
    tool: 'sentry',
    has: 'sentry-cli',
    pattern: /sentry-cli.{0,100}(?:Auth token is required|Invalid token|401|Authentication credentials)/,
    kind: 'variable-missing',
    also: () => ({ symbol: 'SENTRY_AUTH_TOKEN' }),
    remedy:
      'Set SENTRY_AUTH_TOKEN in the Vercel project’s environment variables, for Production and Preview, and redeploy.',
  },
];

/** ESLint adds who named it: `The config "x" was referenced from the config file in "/path/.eslintrc.json".` */
function namedBy(lines: LineStream, at: number): Partial<BuildError> {
  const below = lines.texts.slice(at, at + 12).join('\n');
  const file = /was referenced from the config file in "([^"\n]{1,300}?)(?: » [^"\n]{0,300})?"/.exec(below)?.[1];
  return file === undefined ? {} : { file };
}

/** https://eslint.org/docs/v8.x/extend/shareable-configs */
function configPackage(name: string): string {
  if (/(?:^|\/)eslint-config\b/.test(name)) return name;
  const slash = name.indexOf('/');
  return slash < 0 ? `eslint-config-${name}` : `${name.slice(0, slash)}/eslint-config-${name.slice(slash + 1)}`;
}

function brokenLinks(texts: readonly string[]): { readonly route?: string; readonly specifier?: string } {
  const text = texts.join('\n');
  const route = /source page path = (\/\S{0,200}):/.exec(text)?.[1];
  const specifier = /-> linking to (\S{1,300})/.exec(text)?.[1];
  return { ...(route === undefined ? {} : { route }), ...(specifier === undefined ? {} : { specifier }) };
}

function deadLink(texts: readonly string[]): Partial<BuildError> {
  const links = [...texts.join('\n').matchAll(/Found dead link (\S{1,300}) in file (\S{1,300})/g)];
  const [first] = links;
  if (first?.[1] === undefined || first[2] === undefined) return {};
  const trace = [...new Set(links.slice(1).flatMap(([, , file]) => (file === undefined ? [] : [file])))];
  return { specifier: first[1], file: first[2], trace };
}

function serverOnly(texts: readonly string[]): { readonly file?: string; readonly specifier?: string } {
  const match = /'([^']{1,200})' imported by (?:route )?'([^']{1,300})'/.exec(texts.join('\n'));
  return match?.[2] === undefined ? {} : { file: match[2], ...(match[1] === undefined ? {} : { specifier: match[1] }) };
}

const serverFrame = /^\s+at (?:async )?([A-Za-z_$][\w$]{0,80}) \(.{0,300}build\/server\//;

/** What the page threw stands above the document that the server answered with, which may be long. */
function readServerError(lines: LineStream, at: number): Partial<BuildError> {
  for (let index = at - 1; index > Math.max(0, at - 400); index--) {
    const text = textAt(lines, index);
    if (!/^(?:[A-Z]\w{0,60})?Error: \S/.test(text) || !/^\s+at /.test(textAt(lines, index + 1))) continue;
    const names: string[] = [];
    for (let frame = index + 1; frame < index + 12; frame++) {
      const name = serverFrame.exec(textAt(lines, frame))?.[1];
      if (name !== undefined) names.push(name);
    }
    const stems = names.flatMap((name) => [name, name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '-').toLowerCase()]);
    return { message: text.trim(), trace: [...new Set(stems)].flatMap((stem) => [`${stem}.tsx`, `${stem}.jsx`]) };
  }
  return {};
}
