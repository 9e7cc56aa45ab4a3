/** What compilers' sentences say, alike for every tool that prints them: the kind, and the names within. */
import type { ErrorKind } from './diagnosis.js';
import { type MessageFacts, type MessageRule, quoted, rule } from './message-rule.js';
import { toolMessages } from './tool-messages.js';

const moduleNotFound = (match: RegExpExecArray) => ({
  kind: 'module-not-found' as const,
  ...(match[1] === undefined ? {} : { specifier: match[1] }),
});
const exportMissing = (match: RegExpExecArray) => ({
  kind: 'export-missing' as const,
  ...(match[1] === undefined ? {} : { symbol: match[1] }),
  ...(match[2] === undefined ? {} : { specifier: match[2] }),
});
const clientBoundary = (match: RegExpExecArray) => ({
  kind: 'client-boundary' as const,
  ...(match[1] === undefined ? {} : match[1].includes('/') ? { specifier: match[1] } : { symbol: match[1] }),
});

const packageOfPath = '(?:@[\\w.-]{1,80}/)?[\\w.-]{1,80}';
const subpathMissing = (match: RegExpExecArray) => ({
  kind: 'module-not-found' as const,
  ...(match[2] === undefined ? {} : { specifier: joinSubpath(match[2], match[1] ?? '') }),
});

/** First match wins; the specific before the general. */
const rules: readonly MessageRule[] = [
  ...toolMessages,
  rule('Unknown font', `Unknown font(?: [\`'"]?([\\w ]{1,80}))?`, (match) => ({
    kind: 'export-missing',
    specifier: 'next/font/google',
    ...(match[1] === undefined ? {} : { symbol: match[1] }),
  })),
  rule('from Google Fonts', `Failed to fetch [\`'"]?([\\w +]{1,80}?)[\`'"]? from Google Fonts`, (match) => ({
    kind: 'network',
    code: 'google-fonts',
    ...(match[1] === undefined ? {} : { symbol: match[1] }),
  })),
  rule('internal/font/google', 'internal/font/google', () => ({ kind: 'network', code: 'google-fonts' })),
  // Docusaurus, of what the navigation bar leads to.
  rule("an't find any ", `an't find any (?:sidebar|doc|version) with (?:id|name) ${quoted}`, (match) => ({
    kind: 'config',
    ...(match[1] === undefined ? {} : { symbol: match[1] }),
  })),
  rule("couldn't find any ", `couldn't find any (?:sidebar|doc|version) with (?:id|name) ${quoted}`, (match) => ({
    kind: 'config',
    ...(match[1] === undefined ? {} : { symbol: match[1] }),
  })),
  // What webpack makes of a name that a module of the project does not export, where nothing but a warning told it.
  rule(
    '__WEBPACK_IMPORTED_MODULE_',
    '\\(0 ?, ?\\w{1,120}__WEBPACK_IMPORTED_MODULE_\\d{1,4}__\\.(\\w{1,100})\\) is not a (?:function|constructor)',
    exportMissing,
  ),
  // Vite's optional parts: https://vite.dev/config/build-options#build-minify
  rule('not found. Since Vite', '(\\w{2,30}) not found\\. Since Vite v\\d', (match) => ({
    kind: 'package-missing',
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  rule('requires esbuild to be installed', 'requires esbuild to be installed', () => ({
    kind: 'package-missing',
    specifier: 'esbuild',
  })),
  rule('Failed to resolve vue/compiler-sfc', 'Failed to resolve vue/compiler-sfc', () => ({
    kind: 'package-missing',
    specifier: 'vue',
  })),
  // Parts that are built for one platform and left out of the lockfile: https://github.com/npm/cli/issues/4828
  rule('native binding', '(?:Cannot find|Failed to load) native binding', () => ({
    kind: 'package-missing',
    code: 'native-binding',
  })),
  rule('for another platform than the one', 'installed (\\S{1,60}) for another platform', (match) => ({
    kind: 'package-missing',
    code: 'native-binding',
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  rule('does not match binary version', 'Host version "[^"]{1,40}" does not match binary version', () => ({
    kind: 'lockfile',
    specifier: 'esbuild',
  })),
  rule('satisfying ', `Could not find module ${quoted} satisfying `, (match) => ({
    kind: 'package-missing',
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  rule('Compiler requires TypeScript', 'The Angular Compiler requires TypeScript', () => ({
    kind: 'peer-conflict',
    specifier: 'typescript',
  })),
  rule('the required version range', 'version .{1,40} does not meet the required version range', () => ({
    kind: 'peer-conflict',
  })),
  rule('have you installed it', 'failed to load (@?[\\w./-]{1,100}), have you installed it', (match) => ({
    kind: 'package-missing',
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  // Node.js of an older version than the tool asks for.
  rule(
    'Node',
    '\\bversion of Node(?:\\.js)? is required|\\b(?:upgrade|update) your (?:version of Node|Node(?:\\.js)? version)',
    () => ({
      kind: 'engine',
    }),
  ),
  rule('equires Node', '\\b[Rr]equires Node(?:\\.js)?(?: version)? [v>=^~ ]{0,4}\\d', () => ({ kind: 'engine' })),
  rule("'node:", "The requested module 'node:[\\w/]{1,40}' does not provide an export named", () => ({
    kind: 'engine',
  })),
  rule('crypto.hash is not', 'crypto\\.hash is not a function', () => ({ kind: 'engine' })),
  // Rollup on its own options: https://rollupjs.org/configuration-options/
  rule('Invalid value', 'Invalid value .{0,80}?for option "[\\w.]{1,80}"', () => ({ kind: 'config' })),
  rule('must s', 'You must (?:specify|supply) "output\\.', () => ({ kind: 'config' })),
  rule('was specified for "output.', 'was specified for "output\\.', () => ({ kind: 'config' })),
  rule('cannot be external', 'Entry module "[^"]{1,300}" cannot be external', () => ({ kind: 'config' })),
  rule('Cannot assign "', 'Cannot assign "[^"]{1,300}" to the "[^"]{1,100}" chunk', () => ({ kind: 'config' })),
  rule('Error running plugin hook', 'Error running plugin hook', () => ({ kind: 'config' })),
  rule('as a mode name because it conflicts', 'cannot be used as a mode name', () => ({ kind: 'config' })),
  rule('The swSrc file', "The swSrc file can't be read", () => ({ kind: 'config' })),
  rule('The module kind should be', 'rollup/plugin-typescript: The module kind should be', () => ({ kind: 'config' })),
  // Nuxt on an entry of `modules`.
  rule('Nuxt module should be', 'Nuxt module should be a function', () => ({ kind: 'config' })),
  rule('is disabled due to incompatib', 'Module `([^`]{1,100})` is disabled due to incompatib', (match) => ({
    kind: 'peer-conflict',
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  rule('builder failed', 'Loading `([^`]{1,100})` (?:server )?builder failed', (match) => ({
    kind: 'package-missing',
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  rule('Nuxt Content requires', 'Nuxt Content requires `([^`]{1,100})` module', (match) => ({
    kind: 'package-missing',
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  rule('resolve preset', `Could not resolve preset ${quoted}`, () => ({ kind: 'config' })),
  rule('find preset', `[Cc]annot find preset ${quoted}`, () => ({ kind: 'config' })),
  // esbuild on its own command line.
  rule('Invalid build flag', `Invalid build flag: ${quoted}`, (match) => ({
    kind: 'config',
    ...(match[1] === undefined ? {} : { symbol: match[1] }),
  })),
  rule('Invalid loader value', 'Invalid loader value', () => ({ kind: 'config' })),
  rule('Must use "out', 'Must use "out(?:dir|file)"', () => ({ kind: 'config' })),
  rule("Can't resolve", `Can't resolve ${quoted}`, moduleNotFound),
  rule('failed to resolve import', `failed to resolve import ${quoted}`, moduleNotFound),
  rule('Failed to resolve import', `Failed to resolve import ${quoted}`, moduleNotFound),
  rule('Could not resolve', `Could not resolve:? ${quoted}`, moduleNotFound),
  // Rollup on what the configuration gives it to start from: a file of the project, or a package by its name.
  rule('resolve entry module', `Could not resolve entry module ${quoted}`, (match) => ({
    kind: /[/\\]|\.(?:html|[cm]?tsx?|jsx|vue|svelte)$|^(?:index|main|app|server)\./.test(match[1] ?? '')
      ? 'file-missing'
      : 'module-not-found',
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  rule('Failed to resolve entry for package', `Failed to resolve entry for package ${quoted}`, moduleNotFound),
  rule('Failed to resolve /', 'Failed to resolve (/\\S{1,300}) from', moduleNotFound),
  // Vite and esbuild on a configuration of the compiler.
  rule('ailed to resolve "extends"', 'ailed to resolve "extends": ?"([^"]{1,300})" in \\S{1,400}', (match) => ({
    kind: 'config',
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  rule('ailed to resolve', `[Ff]ailed to resolve ${quoted} from`, moduleNotFound),
  rule('Is it installed', 'Could not load `([^`]{1,200})`\\. Is it installed', (match) => ({
    kind: 'package-missing',
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  // Vite asks for the faster Sass first: https://vite.dev/guide/features#css-pre-processors
  rule('Preprocessor dependency', `Preprocessor dependency ${quoted} not found`, (match) => ({
    kind: 'package-missing',
    ...(match[1] === undefined ? {} : { specifier: match[1].replace('-embedded', '') }),
  })),
  // What stands behind a colon says whether it is missing: `Could not load /a.svelte: Cannot read properties ...`.
  rule(
    'Could not load',
    'Could not load ([^\\s(]{1,300}?)(?:(?<!:)(?=[\\s(]|$)|(?=: ENOENT|: ?\\(imported by))',
    moduleNotFound,
  ),
  rule('install `', 'first need to install `(\\S{1,100})`', (match) => ({
    kind: 'package-missing',
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  // Rollup's own words for a lockfile that was written on another platform.
  rule('npm has a bug related to', 'Cannot find module (\\S{1,200}?)\\. npm has a bug related to', moduleNotFound),
  rule('Cannot find package', `Cannot find package ${quoted}`, moduleNotFound),
  rule('Cannot find module', `Cannot find module ${quoted}`, moduleNotFound),
  rule('is not defined in package', `Package import specifier ${quoted} is not defined in package`, moduleNotFound),
  // webpack and Node.js on the `exports` of a package that lack a path.
  rule(
    'is not exported from package',
    `Package path (\\.\\S{0,200}) is not exported from package \\S{0,300}?node_modules/(${packageOfPath}) `,
    subpathMissing,
  ),
  rule(
    'is not defined by "exports"',
    `Package subpath ${quoted} is not defined by "exports" in \\S{0,300}?node_modules/(${packageOfPath})/package\\.json`,
    subpathMissing,
  ),
  rule('is not defined by "exports"', `Package subpath ${quoted} is not defined by "exports"`, () => ({
    kind: 'module-not-found',
  })),
  rule('Missing', `(?:^|\\] )Missing ${quoted} specifier in ${quoted} package`, (match) => ({
    kind: 'module-not-found',
    ...(match[2] === undefined ? {} : { specifier: joinSubpath(match[2], match[1] ?? '') }),
  })),
  rule('Attempted import error', `Attempted import error: ${quoted} is not exported from ${quoted}`, exportMissing),
  rule(
    'was not found in',
    `export ${quoted} (?:\\((?:imported|reexported) as .{1,200}\\) )?was not found in ${quoted}`,
    exportMissing,
  ),
  rule(
    'does not contain a default export',
    `Attempted import error: ${quoted} does not contain a default export`,
    (match) => ({
      kind: 'export-missing',
      symbol: 'default',
      ...(match[1] === undefined ? {} : { specifier: match[1] }),
    }),
  ),
  rule("doesn't exist in target module", `Export (\\S{1,200}) doesn't exist in target module`, exportMissing),
  rule('is not exported by', `${quoted} is not exported by ${quoted}`, exportMissing),
  rule('No matching export in', `No matching export in ${quoted} for import ${quoted}`, (match) => ({
    kind: 'export-missing',
    ...(match[2] === undefined ? {} : { symbol: match[2] }),
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  rule(
    'does not provide an export named',
    `The requested module ${quoted} does not provide an export named ${quoted}`,
    (match) => ({
      kind: 'export-missing',
      ...(match[2] === undefined ? {} : { symbol: match[2] }),
      ...(match[1] === undefined ? {} : { specifier: match[1] }),
    }),
  ),
  rule("You're importing a", 'that (?:needs|depends on|imports) [`"]?([\\w$/-]{1,100})', clientBoundary),
  rule("You're importing a", "You're importing a", clientBoundary),
  rule(
    'only works in a Client Component',
    '[`"]?([\\w$]{1,100})[`"]? only works in a Client Component',
    clientBoundary,
  ),
  rule('in Server Components', 'in Server Components', clientBoundary),
  rule('"use server"', '"use server"', clientBoundary),
  rule("'use server'", "'use server'", clientBoundary),
  rule('"use client"', '"use client"', clientBoundary),
  rule("'server-only'", "'server-only'", clientBoundary),
  rule(
    'is not allowed to be exported from',
    'attempting to export ["`](\\w{1,100})["`] from a component marked',
    clientBoundary,
  ),
  rule('attempting to export', 'attempting to export ["`](\\w{1,100})["`]', clientBoundary),
  rule('Unknown font', `Unknown font ${quoted}`, (match) => ({
    kind: 'config',
    code: 'font',
    ...(match[1] === undefined ? {} : { symbol: match[1] }),
  })),
  rule(
    'Cannot apply unknown utility class',
    `Cannot apply unknown utility class:? [\`"']?([^\\s\`"']{1,200})`,
    (match) => ({
      kind: 'style',
      ...(match[1] === undefined ? {} : { symbol: match[1] }),
    }),
  ),
  rule('class does not exist', `The ${quoted} class does not exist`, (match) => ({
    kind: 'style',
    ...(match[1] === undefined ? {} : { symbol: match[1] }),
  })),
  rule('is defined multiple times', `the name ${quoted} (?:is defined|is exported) multiple times`, (match) => ({
    kind: 'syntax',
    ...(match[1] === undefined ? {} : { symbol: match[1] }),
  })),
  rule('is missing expected function export', '^(Proxy|Middleware) is missing', (match) => ({
    kind: 'route-contract',
    symbol: (match[1] ?? '').toLowerCase(),
  })),
  rule('is not configured under images', `hostname ${quoted} is not configured under images`, (match) => ({
    kind: 'config',
    code: 'image-host',
    ...(match[1] === undefined ? {} : { symbol: match[1] }),
  })),
  rule("output: 'export'", "(?:not compatible|cannot be used|does not work) with `?\\{? ?output: 'export'", () => ({
    kind: 'config',
  })),
  rule('to handle .', 'Install (@?[\\w@/.-]{1,100}) to handle \\.\\w{1,20} files', (match) => ({
    kind: 'config',
    code: 'plugin-missing',
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  rule('directly as a PostCSS plugin', 'use `tailwindcss` directly as a PostCSS plugin', () => ({
    kind: 'config',
    code: 'tailwind-postcss-plugin',
    specifier: '@tailwindcss/postcss',
  })),
  // Vue's compiler reads imported types with the compiler of the project.
  rule('Failed to load TypeScript', 'Failed to load TypeScript, which is required', () => ({
    kind: 'package-missing',
    specifier: 'typescript',
  })),
  rule('nsupported Node.js version', '[Uu]nsupported Node\\.js version:? v?(\\d[\\w.]{0,20}\\b)', (match) => ({
    kind: 'engine',
    ...(match[1] === undefined ? {} : { symbol: match[1] }),
  })),
  // Svelte's compiler on what `svelte.config` hands it.
  rule('compiler option', '(?:Invalid|Unrecognised) compiler option:? ([\\w.]{1,80})?', (match) => ({
    kind: 'config',
    ...(match[1] === undefined ? {} : { symbol: match[1] }),
  })),
  rule('config must export', '\\bconfig must export\\b', () => ({ kind: 'config' })),
  rule('Unexpected option', 'Unexpected option (config[.\\w]{1,100})', (match) => ({
    kind: 'config',
    ...(match[1] === undefined ? {} : { symbol: match[1].split('.').at(-1) ?? match[1] }),
  })),
  rule('a supported production environment', 'Could not detect a supported production environment', () => ({
    kind: 'config',
    code: 'adapter',
  })),
  rule('nknown browser query', `[Uu]nknown browser query ${quoted}`, () => ({ kind: 'config', code: 'browserslist' })),
  rule('is not valid JSON', 'is not valid JSON', () => ({ kind: 'json' })),
  rule('Cannot parse JSON', 'Cannot parse JSON', () => ({ kind: 'json' })),
  rule('in JSON at position', 'in JSON at position', () => ({ kind: 'json' })),
  rule('Unable to make a module from invalid JSON', 'invalid JSON', () => ({ kind: 'json' })),
  rule(
    'currently no loaders are configured to process this file',
    'currently no loaders are configured to process this file',
    () => ({ kind: 'config', code: 'loader-missing' }),
  ),
  rule('Unknown module type', '^Unknown module type$|^Unknown module type\n', () => ({
    kind: 'config',
    code: 'loader-missing',
  })),
];

const styleFile = /\.(?:css|scss|sass|less|styl|pcss|postcss)$/;

/** Reads a bundler's message; undefined when no rule knows it. */
export function readMessage(message: string): (Partial<MessageFacts> & { readonly kind: ErrorKind }) | undefined {
  for (const { has, pattern, facts } of rules) {
    if (!message.includes(has)) continue;
    const match = pattern.exec(message);
    if (match !== null) return facts(match);
  }
  return undefined;
}

/** The kind of a compiler's complaint that no rule knows: about style in a style sheet, else about syntax. */
export function syntaxKindOf(path: string | undefined): ErrorKind {
  if (path === undefined) return 'syntax';
  const clean = path.replace(/\?.*$/, '');
  return styleFile.test(clean) ? 'style' : clean.endsWith('.json') ? 'json' : 'syntax';
}

function joinSubpath(name: string, subpath: string): string {
  return `${name}${subpath.replace(/^\./, '')}`;
}

/** `Did you mean X?` in the wordings of TypeScript, Turbopack and others. */
const didYouMean =
  /[Dd]id you mean (?:to (?:import|use|access|write) )?(?:the \w+(?: member)? )?['"`]?([^'"`?\s]{1,200})['"`]?\s?\?/;

export function readSuggestion(text: string): string | undefined {
  return text.includes('id you mean') ? didYouMean.exec(text)?.[1] : undefined;
}
