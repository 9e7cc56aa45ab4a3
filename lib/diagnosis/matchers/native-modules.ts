/** Packages that bring a program or a library for one platform, and do not find it where the build runs. */
import { textAt } from '../finding.js';
import { olderThanAsked } from '../old-system.js';
import type { SentenceRule } from '../sentence-rules.js';

const rebuilt =
  'The package’s compiled part was made for another Node.js or another machine. Redeploy without the build cache; if it fails alike, bring the package to a version for this Node.js.';

export const nativeRules: readonly SentenceRule[] = [
  {
    // Node.js breaks the sentence: https://github.com/nodejs/node/blob/v22.11.0/src/node_binding.cc
    tool: 'node',
    has: 'was compiled against a different Node.js version using',
    kind: 'engine',
    class: 'dependency',
    code: 'ERR_DLOPEN_FAILED',
    also: (lines, at) => {
      const specifier = /\/node_modules\/((?:@[^/]{1,80}\/)?[^/]{1,80})\//.exec(textAt(lines, at - 1))?.[1];
      return specifier === undefined ? {} : { specifier };
    },
    remedy: rebuilt,
  },
  {
    tool: 'node',
    has: 'cannot open shared object file',
    pattern:
      /(?:Error|loading shared libraries): (?<symbol>[\w.+-]{1,80}\.so[\w.]{0,12}): cannot open shared object file/,
    kind: 'package-missing',
    code: 'ERR_DLOPEN_FAILED',
    remedy: ({ symbol }) =>
      `${symbol} is a library of the system that the build machine lacks. Install it in the Install Command, or take a package that brings it along.`,
  },
  {
    tool: 'node',
    has: "' not found (required by ",
    pattern: olderThanAsked,
    kind: 'package-missing',
    code: 'ERR_DLOPEN_FAILED',
    remedy:
      'The package is compiled for a newer system than the build machine is. Take a newer Node.js version, or an older version of the package.',
  },
  {
    tool: 'puppeteer',
    has: 'Could not find Chrome (ver. ',
    pattern: /Could not find Chrome \(ver\. (?<symbol>[\d.]{1,30})\)/,
    kind: 'config',
    code: 'browser-missing',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'playwright',
    has: "Executable doesn't exist at ",
    kind: 'config',
    code: 'browser-missing',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'node',
    has: 'Invalid "exports" target ',
    pattern: /package config \S{0,300}\/node_modules\/(?<specifier>(?:@[^/]{1,80}\/)?[^/]{1,80})\/package\.json/,
    kind: 'package-missing',
    code: 'ERR_INVALID_PACKAGE_TARGET',
  },
  {
    tool: 'node',
    has: 'Access to this API has been restricted',
    kind: 'config',
    code: 'ERR_ACCESS_DENIED',
    also: () => ({ file: 'package.json' }),
  },
  {
    // Node.js on a module of JSON: the importer stands nowhere, what it imported does.
    tool: 'node',
    has: 'needs an import attribute of type "json"',
    pattern: /Module "file:\/\/(?<specifier>[^"]{1,300})" needs an import attribute/,
    kind: 'syntax',
    also: (_lines, _at, { specifier }) => (specifier === undefined ? {} : { trace: [specifier] }),
  },
  {
    tool: 'make',
    has: '*** No rule to make target',
    pattern: /^make(?:\[\d\])?: \*\*\* No rule to make target ['`](?<symbol>[^']{1,100})'/,
    kind: 'config',
    also: () => ({ file: 'Makefile' }),
  },
];
