/** What tools say of settings and versions that do not suit them: sentences that no compiler's words resemble. */
import { type MessageRule, quoted, rule } from './message-rule.js';

const config = (match: RegExpExecArray) => ({
  kind: 'config' as const,
  ...(match[1] === undefined ? {} : { symbol: match[1] }),
});
const misfit = (specifier: string) => () => ({ kind: 'peer-conflict' as const, specifier });

/** A text of next-intl that it cannot show; it quotes the text, and not the file. */
function textOf(code: string, match: RegExpExecArray): ReturnType<MessageRule['facts']> {
  return { kind: 'prerender', code, ...(match[1] === undefined ? {} : { symbol: match[1] }) };
}

export const toolMessages: readonly MessageRule[] = [
  // Loaders and plugins of webpack on their options: https://github.com/webpack/schema-utils
  rule('does not match the API schema', 'does not match the API schema', (match) =>
    config(/(?:unknown|misses the) property '(\w{1,60})'/.exec(match.input) ?? match),
  ),
  rule('please enable the feature flag', 'please enable the feature flag(?: `(\\w{1,60})`)?', config),
  rule('"next/font" requires SWC', '"next/font" requires SWC', () => ({ kind: 'config', code: 'babel-font' })),
  // What Next.js wants of the plugins: https://nextjs.org/docs/messages/postcss-shape
  rule('PostCSS', 'Malformed PostCSS Configuration|An unknown PostCSS plugin was provided', config),
  rule('A PostCSS Plugin was passed as a function', 'A PostCSS Plugin was passed as a function', config),
  rule('PostCSS configuration must export', 'PostCSS configuration must export a `(plugins)` key', config),
  rule('nknown version', 'BrowserslistError: (?:\\[BABEL\\] \\S{1,300}: )?Unknown version (\\S{1,30}) of', (match) => ({
    kind: 'config',
    code: 'browserslist',
    ...(match[1] === undefined ? {} : { symbol: match[1] }),
  })),
  // A file that a plugin is told to load: the setting that names it, or its default, is out of step with the tree.
  rule('config at ', 'Could not find (?:\\w{1,20} )?config at (\\S{1,200}?)[,.]?(?:\\s|$)', (match) => ({
    kind: 'config',
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  rule('next-intl config file', "Couldn't find next-intl config file", config),
  rule('MISSING_MESSAGE: ', 'MISSING_MESSAGE: (?:Could not resolve `([^`]{1,200})`)?', (match) => ({
    kind: 'prerender',
    code: 'MISSING_MESSAGE',
    ...(match[1] === undefined ? {} : { symbol: match[1] }),
  })),
  rule('_MESSAGE: ', 'INVALID_MESSAGE: \\w{1,80} \\(([^\\n]{1,200})\\)', (match) => textOf('INVALID_MESSAGE', match)),
  rule('FORMATTING_ERROR: ', 'FORMATTING_ERROR: [^\\n]{1,200}? to the string "([^\\n]{1,200})"', (match) =>
    textOf('FORMATTING_ERROR', match),
  ),
  // The file that MDX takes its components from: https://nextjs.org/docs/app/guides/mdx
  rule('next-mdx-import-source-file', 'next-mdx-import-source-file', () => ({
    kind: 'file-missing',
    specifier: 'mdx-components',
  })),
  rule('requires type information', 'rule which requires type information', config),
  rule('plugin should be placed', `The ${quoted} plugin should be placed (?:before|after) the`, config),
  rule(
    'does not match any routes',
    'Unable to prerender path because it does not match any routes: (\\S{1,300})',
    config,
  ),
  rule('not compatible with next export', 'i18n support is not compatible with next export', config),
  rule('items which exceeds', '(i18n\\.locales) items which exceeds', config),
  rule('Duplicate plugin/preset detected', 'Duplicate plugin/preset detected', config),
  rule('is used', '^(?:Error: )?Plugin "([^"]{1,100})" is used \\d{1,3} times with ID', config),
  rule('experimental syntax', "Support for the experimental syntax '(\\w{1,40})' isn't currently enabled", config),
  rule('ailed to load', "ailed to load '\\S{1,300}' config", config),
  rule('serverBundles', 'The "(serverBundles)" function must', config),
  rule('requires the use of a Vite config file', 'requires the use of a Vite config file', config),
  rule('Sitemap host is not set', 'Sitemap host is not set', config),
  // Remix on packages that it leaves to Node.js, and on modules of Node.js that it does not leave there.
  rule('serverDependenciesToBundle', '(serverDependenciesToBundle)', config),
  rule('serverNodeBuiltinsPolyfill', '(serverNodeBuiltinsPolyfill)', config),
  rule('emitted no output for', 'TypeScript emitted no output for', config),
  rule('requires react >=', 'Next\\.js requires react >=', misfit('react')),
  // React DOM and what renders like it reach into React, and where depends on the version of both.
  rule("(reading 'ReactCurrent", "\\(reading 'ReactCurrent\\w{1,40}'\\)", misfit('react-dom')),
  rule(
    'does not provide the compiler API',
    'TypeScript [\\d.]{1,20} does not provide the compiler API',
    misfit('typescript'),
  ),
  rule('Incompatible React versions', 'Incompatible React versions', misfit('react-dom')),
  // A browser's range out of newer data than the esbuild that is asked to build for it knows how to read.
  rule('Invalid version: "', 'Invalid version: "[\\d.]{1,20}-[\\d.]{1,20}"', misfit('esbuild')),
  rule('requires PostCSS 8', 'PostCSS plugin \\S{1,100} requires PostCSS 8', misfit('postcss')),
  rule('Node Sass version', 'Node Sass version \\S{1,20} is incompatible with', misfit('node-sass')),
  rule('node-sass/vendor', 'scandir \\S{0,300}/node-sass/vendor', misfit('node-sass')),
  rule('Missing binding', 'Missing binding \\S{0,300}node-sass', misfit('node-sass')),
  // graphql-js: two copies of it do not know one another's objects.
  rule('from another module or realm', 'from another module or realm', misfit('graphql')),
  rule('should have the exact same version', 'Invalid name=(\\S{1,100}) version number=', (match) => ({
    kind: 'peer-conflict',
    ...(match[1] === undefined ? {} : { specifier: match[1].replace(/^docusaurus-/, '@docusaurus/') }),
  })),
  rule(
    'Do you need to install the package',
    'Could not find "([\\w@][^"]{0,100})"\\. Do you need to install',
    (match) => ({
      kind: 'package-missing',
      ...(match[1] === undefined ? {} : { specifier: match[1] }),
    }),
  ),
  rule('ailed to resolve package', 'ailed to resolve package (@?[\\w./-]{1,100}) while', (match) => ({
    kind: 'package-missing',
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  rule('unable to resolve the', 'was unable to resolve the "([^"]{1,100})" (?:plugin|preset|theme)', (match) => ({
    kind: 'package-missing',
    ...(match[1] === undefined ? {} : { specifier: match[1] === 'classic' ? '@docusaurus/preset-classic' : match[1] }),
  })),
  rule('plugin declared in', `Couldn't find the ${quoted} plugin declared in`, (match) => ({
    kind: 'package-missing',
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  // Binaries for a platform are optional packages: https://github.com/npm/cli/issues/4828
  rule('Cannot find native binding', 'Cannot find native binding', () => ({ kind: 'lockfile' })),
  rule('must add the', 'your site must add the (@[\\w/-]{1,100}) package', (match) => ({
    kind: 'package-missing',
    ...(match[1] === undefined ? {} : { specifier: match[1] }),
  })),
  rule('react-scripts', 'version of react-scripts\\(\\S{1,30}\\) is not supported', misfit('react-scripts')),
];
