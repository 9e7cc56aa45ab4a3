/** Generators of sites that are no JavaScript, and those that are: Hugo, Jekyll, Hexo, VuePress, Eleventy, Stencil. */
import type { SentenceRule } from '../sentence-rules.js';

const place = '(?:\\/vercel\\/path\\d{1,2}\\/)?';

export const siteGeneratorRules: readonly SentenceRule[] = [
  // Vercel installs the version that the variable HUGO_VERSION names: https://vercel.com/docs/builds/build-image
  {
    tool: 'hugo',
    has: 'you need the extended version to build SCSS',
    kind: 'engine',
    also: () => ({ symbol: 'HUGO_VERSION' }),
  },
  {
    tool: 'hugo',
    has: 'is not compatible with this Hugo version',
    kind: 'engine',
    also: () => ({ symbol: 'HUGO_VERSION' }),
  },
  // A theme's template that is newer than Hugo itself.
  {
    tool: 'hugo',
    has: 'parse failed: template: ',
    pattern:
      /\/(?:themes|_vendor|hugo_cache)\/.{1,400}parse failed: template: .{1,400}: function "\w{1,60}" not defined/,
    kind: 'variable-missing',
    also: () => ({ symbol: 'HUGO_VERSION' }),
    remedy: 'The theme wants a newer Hugo: name its version in the variable HUGO_VERSION, and redeploy.',
  },
  { tool: 'hugo', has: 'Unable to locate config file or config directory', kind: 'config' },
  {
    tool: 'hugo',
    has: 'either add it as a Hugo Module or store it in',
    pattern: /module "(?<symbol>[^"]{1,200})" not found/,
    kind: 'config',
  },
  {
    tool: 'hugo',
    has: 'failed to create config: module "',
    pattern: /failed to create config: module "(?<symbol>[^"]{1,200})" not found/,
    kind: 'config',
  },
  {
    tool: 'jekyll',
    has: 'Liquid Exception: ',
    pattern: new RegExp(`Liquid Exception: .{1,600} in ${place}(?<file>[\\w@./-]{1,300}?\\.\\w{1,10})(?:/#excerpt)?$`),
    kind: 'syntax',
    also: (lines, at) => {
      const line = /\(line (\d{1,7})\)/.exec(lines.texts[at] ?? '')?.[1];
      return line === undefined ? {} : { line: Number(line) };
    },
  },
  {
    tool: 'jekyll',
    has: 'Dependency Error: ',
    pattern: /Dependency Error: Yikes! It looks like you don't have (?<specifier>[\w./-]{1,100}) /,
    kind: 'package-missing',
    also: () => ({ file: 'Gemfile' }),
  },
  {
    tool: 'bundler',
    has: 'Could not find gem ',
    pattern: /Could not find gem '(?<specifier>[\w.-]{1,100})/,
    kind: 'package-missing',
    also: () => ({ file: 'Gemfile' }),
  },
  {
    tool: 'bundler',
    has: 'Your Ruby version is ',
    pattern: /Your Ruby version is [\d.]{1,20}, but your Gemfile specified (?<symbol>\S{1,20})/,
    kind: 'engine',
    also: () => ({ file: 'Gemfile' }),
  },
  {
    tool: 'jekyll',
    has: ' theme could not be found',
    pattern: /The (?<specifier>[\w./-]{1,100}) theme could not be found/,
    kind: 'package-missing',
    also: () => ({ file: 'Gemfile' }),
  },
  {
    tool: 'jekyll',
    has: '(Psych::SyntaxError)',
    pattern:
      /^\((?:<unknown>|(?<file>[^)\s]{1,300}))\): .{1,200} at line (?<line>\d{1,7}) column (?<column>\d{1,7}) \(Psych::SyntaxError\)/,
    kind: 'config',
    also: (_lines, _at, { file }) => (file === undefined ? { file: '_config.yml' } : {}),
  },
  {
    tool: 'vuepress',
    has: 'Invalid theme: ',
    pattern: /\berror\s{1,3}Invalid theme: (?<specifier>\S{1,200})/,
    kind: 'config',
  },
  {
    tool: 'stencil',
    has: '[ ERROR ]',
    pattern: /^\[ ERROR \] {2}Config (?:Error: (?<file>[\w.-]{1,100})|Validation)/,
    kind: 'config',
    more: 3,
  },
  {
    tool: 'rsbuild',
    has: 'Failed to load file with dynamic import',
    pattern: new RegExp(`Failed to load file with dynamic import: ${place}(?<file>\\S{1,300})`),
    kind: 'config',
  },
  {
    tool: 'eleventy',
    has: 'rror in your Eleventy config file',
    pattern: new RegExp(`rror in your Eleventy config file '${place}(?<file>[^']{1,200})'\\.(?! You may need to run)`),
    kind: 'config',
    more: 1,
  },
  {
    tool: 'eleventy',
    has: 'does not meet the required version range',
    pattern:
      /We found Eleventy version '[^']{1,40}' which does not meet the required version range: '(?<symbol>[^']{1,40})'/,
    kind: 'peer-conflict',
    also: () => ({ file: 'package.json', specifier: '@11ty/eleventy' }),
  },
  { tool: 'eleventy', has: 'Eleventy-compatible version of Node is required', kind: 'engine' },
  {
    tool: 'eleventy',
    has: 'or newer. You will need to upgrade your version of Node',
    kind: 'engine',
  },
];
