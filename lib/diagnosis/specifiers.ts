/** What a module specifier points at, as far as it tells by itself. */

export type SpecifierKind = 'relative' | 'alias' | 'builtin' | 'package' | 'path';

const builtins = new Set([
  ...['assert', 'async_hooks', 'buffer', 'child_process', 'cluster', 'console', 'constants', 'crypto', 'dgram', 'dns'],
  ...['domain', 'events', 'fs', 'http', 'http2', 'https', 'inspector', 'module', 'net', 'os', 'path', 'perf_hooks'],
  ...['process', 'punycode', 'querystring', 'readline', 'repl', 'stream', 'string_decoder', 'timers', 'tls', 'tty'],
  ...['url', 'util', 'v8', 'vm', 'worker_threads', 'zlib'],
]);
/** Folders that projects import from by `baseUrl`; no package of that name has subpaths that people import. */
const ownFolders =
  /^(?:src|app|apps|pages|components?|libs?|utils?|hooks?|styles?|types?|features?|modules?|assets?|public|config|constants?|contexts?|stores?|services?|helpers?|layouts?|views?|server|client|shared|common|data|content|ui|api|db|actions?|providers?|routes?|public|theme|interfaces?|models?|schemas?|queries|screens?)\//;

export function kindOfSpecifier(specifier: string): SpecifierKind {
  if (/^\.{1,2}(?:\/|$)/.test(specifier)) return 'relative';
  if (/^(?:\/|[A-Za-z]:\\|file:)/.test(specifier)) return 'path';
  if (specifier.startsWith('node:') || builtins.has(specifier.replace(/\/.*$/, ''))) return 'builtin';
  if (/^(?:@\/|~\/?|#|\$|@@|%|!)/.test(specifier) || specifier === '@') return 'alias';
  // No registry has it: `figma:asset/a.png` and `https://…` mean something to another tool alone.
  if (/^(?!npm:|jsr:|virtual:|astro:)[a-z][\w+.-]*:/.test(specifier)) return 'alias';
  return ownFolders.test(specifier) ? 'alias' : 'package';
}

const installed =
  /node_modules\w{0,20}\/(?:\.pnpm\/[^/]{1,200}\/node_modules\/)?((?:@[^/\s]{1,100}\/)?[^/\s]{1,100})\//;

/** The package whose file a path or a frame of a stack names; undefined for a file of the application. */
export function packageOfPath(path: string): string | undefined {
  return installed.exec(path)?.[1];
}

/** `@scope/name` or `name` of what is imported. */
export function packageOf(specifier: string): string {
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}
