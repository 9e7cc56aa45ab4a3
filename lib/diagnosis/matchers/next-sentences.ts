/** Sentences of Next.js that need no reader of their own. */
import type { BuildError } from '../diagnosis.js';
import { type LineStream, textAt } from '../finding.js';
import { cleanSentence, type SentenceRule } from '../sentence-rules.js';

/** Next.js prints what is wrong with each route, and what all of it is, some lines below. */
function routesAbove(lines: LineStream, at: number): string[] {
  return [at - 1, at - 2, at - 3].map((index) => textAt(lines, index)).filter((text) => / for route /.test(text));
}

/** `An error occurred while generating the chunk item [project]/src/a.tsx [app-client] (ecmascript)` */
function chunkAbove(rows: readonly string[]): { readonly file?: string } {
  const named = rows.flatMap((row) => /chunk item \[project\]\/(\S{1,300}) \[/.exec(row)?.[1] ?? []).at(-1);
  return named === undefined ? {} : { file: named };
}

export const nextRules: readonly SentenceRule[] = [
  {
    tool: 'next',
    has: 'App Router and Pages Router both match path',
    pattern: /both match path: (?<route>\/\S{0,300})/,
    kind: 'config',
    class: 'code',
  },
  {
    tool: 'turbopack',
    has: 'does not support external modules (request:',
    pattern: /does not support external modules \(request: (?<specifier>[^)]{1,200})\)/,
    kind: 'client-boundary',
    also: (lines, at) => chunkAbove(lines.texts.slice(Math.max(0, at - 8), at)),
  },
  {
    tool: 'next',
    has: 'Invalid revalidate value',
    pattern: /Invalid revalidate value (?<symbol>[^\n]{1,80}?) on "(?<route>\/[^"\n]{0,200})"/,
    kind: 'route-contract',
  },
  // What is left of a report whose head was cut off.
  {
    tool: 'turbopack',
    has: ' was not found in module [project]/',
    pattern: /^The export (?<symbol>\S{1,200}) was not found in module \[project\]\/(?<specifier>\S{1,300}) \[/,
    kind: 'export-missing',
  },
  {
    tool: 'next',
    has: 'Conflicting app and page file',
    kind: 'config',
    class: 'code',
    more: 3,
    also: (lines, at) => filesBelow(lines.texts.slice(at, at + 5)),
  },
  {
    tool: 'next',
    has: 'using Turbopack, with a `webpack` config',
    kind: 'config',
    code: 'turbopack-webpack-config',
    also: () => ({ symbol: 'webpack' }),
  },
  {
    tool: 'next',
    has: 'Invalid next.config',
    pattern: /Invalid (?<file>next\.config\.\w{1,3}) options detected/,
    kind: 'config',
    role: 'warning',
    more: 3,
  },
  {
    tool: 'next',
    has: 'Error: Invalid ',
    pattern: /^Error: Invalid (?<symbol>redirect|rewrite|header)s? found$/,
    kind: 'config',
    also: (lines, at, { symbol }) => ({
      symbol: `${symbol}s`,
      message: [textAt(lines, at), ...routesAbove(lines, at)].join('\n'),
    }),
  },
  {
    tool: 'svelte',
    has: 'Error loading svelte.config',
    pattern: /Error loading (?<file>svelte\.config\.\w{2,3}): (?:config\.(?<symbol>[\w.]{1,100}))?/,
    kind: 'config',
  },
  {
    tool: 'next',
    has: "Couldn't find any `pages` or `app` directory",
    kind: 'config',
  },
  { tool: 'next', has: "couldn't find the Next.js package", kind: 'config', class: 'config' },
  {
    tool: 'next',
    has: 'does not provide the compiler API required by Next.js',
    pattern: /TypeScript (?<symbol>[\d.]{1,20}) does not provide/,
    kind: 'config',
    class: 'dependency',
    also: () => ({ file: 'package.json', specifier: 'typescript' }),
  },
  // dist/lib/verify-typescript-setup.js of next@15.5
  {
    tool: 'next',
    has: 'is not supported by this version of Next.js',
    pattern: /TypeScript (?<symbol>[\d.]{1,20}) is not supported by this version/,
    kind: 'config',
    class: 'dependency',
    also: () => ({ file: 'package.json', specifier: 'typescript' }),
  },
  {
    tool: 'next',
    has: "It looks like you're trying to use TypeScript but do not have the required package",
    kind: 'package-missing',
    also: (lines, at) => ({ file: 'package.json', ...askedPackages(lines.texts.slice(at, at + 5)) }),
  },
  {
    // A worker that threw while it served a page answers no more.
    tool: 'next',
    has: 'is still timing out after',
    pattern: /Static page generation for (?<route>\S{1,300}) is still timing out/,
    when: (lines, at) => findUnpassable(lines, at) !== undefined,
    kind: 'client-boundary',
    also: (lines, at) => ({ message: findUnpassable(lines, at) ?? '' }),
  },
  {
    tool: 'next',
    has: 'is still timing out after',
    pattern: /Static page generation for (?<route>\S{1,300}) is still timing out/,
    kind: 'timeout',
    remedy: ({ route }) =>
      `Rendering ${route} takes longer than a minute: make its data faster, render it on request, or raise staticPageGenerationTimeout in the Next.js configuration.`,
  },
  {
    tool: 'next',
    has: 'Failed to build ',
    pattern: /Failed to build (?<route>\S{1,300}): .{0,200}after \d{1,3} attempts/,
    kind: 'timeout',
    when: (lines, at) =>
      lines.texts.slice(Math.max(0, at - 20), at).some((text) => text.includes('because it took more than')),
  },
  {
    tool: 'next',
    has: 'because it took more than',
    pattern: /Failed to build (?<route>\S{1,300}): .{0,200}because it took more than/,
    kind: 'timeout',
    role: 'warning',
  },
  { tool: 'next', has: 'You cannot define a route with the same specificity', kind: 'config', class: 'code' },
  {
    tool: 'next',
    has: 'You cannot use different slug names for the same dynamic path',
    kind: 'route-contract',
    code: 'slug-names',
  },
  {
    tool: 'next',
    has: 'Conflicting route and page at ',
    pattern: /Conflicting route and page at (?<route>\/\S{0,300}): route at/,
    kind: 'route-contract',
  },
  {
    tool: 'next',
    has: 'You cannot have two parallel pages',
    kind: 'route-contract',
    pattern: /Please check (?<route>\S{1,300}) and/,
  },
  {
    // An address that next.config puts together from a variable which is not set.
    tool: 'next',
    has: '"destination":"undefined',
    kind: 'variable-missing',
    class: 'environment',
    remedy:
      'Set the environment variable from which next.config makes the address of this rewrite, for Production and Preview, and redeploy.',
    also: () => ({ symbol: 'URL' }),
  },
  {
    tool: 'next',
    has: ' must export a',
    pattern:
      /The (?:file "(?:\.\/)?(?<file>[^"]{1,300})"|(?:Middleware|Proxy) .{1,300}) must export a.{0,60} [`"](?<symbol>middleware|proxy)[`"]/,
    kind: 'route-contract',
  },
  {
    tool: 'next',
    has: 'Both middleware file',
    kind: 'route-contract',
    pattern: /Both middleware file "(?<file>[^"]{1,300})" and proxy file "(?<specifier>[^"]{1,300})" are detected/,
    also: (_lines, _at, { specifier }) => (specifier === undefined ? {} : { trace: [specifier] }),
  },
  {
    tool: 'next',
    has: 'Build optimization failed: found page',
    kind: 'route-contract',
    more: 3,
    also: (lines, at) => pagesBelow(lines.texts.slice(at, at + 4)),
  },
  {
    tool: 'next',
    has: 'A required parameter (',
    pattern:
      /A required parameter \((?<symbol>[\w$.]{1,80})\) was not provided as (?:a |an )?\w{1,20} .{0,200}for (?<route>\/\S{0,200})/,
    kind: 'page-data',
  },
  {
    tool: 'next',
    has: 'The provided export path',
    pattern: /export path "(?<route>[^"]{1,300})" doesn't match the "(?<symbol>[^"]{1,200})" page/,
    kind: 'page-data',
  },
  {
    tool: 'next',
    has: 'is missing "generateStaticParams()"',
    pattern: /Page "(?<route>[^"]{1,300})" is missing "generateStaticParams\(\)"/,
    kind: 'page-data',
  },
  {
    tool: 'next',
    has: 'export const dynamic = "force-static"',
    pattern: /not configured on route "(?<route>[^"]{1,300})" with "output: export"/,
    kind: 'page-data',
  },
  { tool: 'next', has: 'middleware" file and a "proxy', kind: 'config', class: 'code' },
  {
    tool: 'next',
    has: 'Specified "',
    pattern: /Specified "(?<symbol>[\w.]{1,60})" (?:has to be|cannot|must|is)/,
    kind: 'config',
  },
  { tool: 'next', has: 'Ensure the route handler', kind: 'route-contract' },
];

/** What React says of a value that a page of the server may not hand to the browser, printed when it happened. */
const unpassable =
  /^(?:\s*⨯ )?Error: (?:(?:Event handlers|Functions) cannot be passed |Only plain objects.{0,80} can be passed )(?:directly )?to Client Component/;

function findUnpassable(lines: LineStream, at: number): string | undefined {
  const above = lines.texts.slice(Math.max(0, at - 200), at).findLast((text) => unpassable.test(text));
  return above === undefined ? undefined : cleanSentence(above);
}

function filesBelow(texts: readonly string[]): { readonly file?: string; readonly trace?: readonly string[] } {
  const names =
    texts
      .join('\n')
      .match(/"(?:src\/)?(?:app|pages)\/[^"]{1,200}"/g)
      ?.map((name) => name.slice(1, -1)) ?? [];
  const [file, ...trace] = names;
  return file === undefined ? {} : { file, trace };
}

function pagesBelow(texts: readonly string[]): { readonly route?: string } {
  const route = /"?(\/[\w/[\].-]{0,200})"?/.exec(texts.slice(1).join('\n'))?.[1];
  return route === undefined ? {} : { route };
}

/** The packages that the lines below ask for; the first is what is missing, and all stand in the message. */
function askedPackages(texts: readonly string[]): Partial<BuildError> {
  const asked = texts.find((text) => /Please install \S.{0,200} by running/.test(text))?.trim();
  const [first = 'typescript'] = /(?<=install )[@\w/.-]+/.exec(asked ?? '') ?? [];
  return {
    specifier: first.replace(/,$/, ''),
    message: [cleanSentence(texts[0] ?? ''), asked ?? []].flat().join('\n'),
  };
}
