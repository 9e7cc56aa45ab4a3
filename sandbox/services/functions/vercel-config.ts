import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Cron {
  readonly path: string;
  readonly schedule: string;
}

/** The part of `vercel.json` that matters to a request. https://vercel.com/docs/project-configuration */
export interface VercelConfig {
  readonly crons?: readonly Cron[];
  readonly rewrites?: readonly { readonly source: string; readonly destination: string }[];
  readonly headers?: readonly {
    readonly source: string;
    readonly headers: readonly { readonly key: string; readonly value: string }[];
  }[];
}

export function readVercelConfig(root: string): VercelConfig {
  const path = join(root, 'vercel.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as VercelConfig) : {};
}

/**
 * The functions below `api/`, by the path that they answer. What has a part beginning with `_` or `.` is none, nor
 * are type declarations. https://vercel.com/docs/functions/runtimes/node-js
 */
export function findFunctions(root: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (!existsSync(join(root, 'api'))) return found;
  for (const entry of readdirSync(join(root, 'api'), { recursive: true, encoding: 'utf8' })) {
    const file = `api/${entry.replaceAll('\\', '/')}`;
    if (!/\.(ts|js|mjs|tsx)$/.test(file) || file.endsWith('.d.ts') || /\/[_.]/.test(`/${file}`)) continue;
    found.set(`/${file.replace(/\.\w+$/, '').replace(/\/index$/, '')}`, file);
  }
  return found;
}

/** A source pattern's parameters in the path, or undefined when it does not match: `/incidents/:id`, `/(.*)`. */
export function matchSource(source: string, pathname: string): Readonly<Record<string, string>> | undefined {
  const pattern = source.replace(
    /:(\w+)(\*?)/g,
    (_, name: string, rest: string) => `(?<${name}>${rest ? '.*' : '[^/]+'})`,
  );
  const match = new RegExp(`^${pattern}$`).exec(pathname);
  return match ? { ...match.groups } : undefined;
}

export interface Target {
  /** The path that picks the function. */
  readonly path: string;
  /** What the rewrite adds to the query. */
  readonly query: ReadonlyMap<string, string>;
}

export function applyRewrites(config: VercelConfig, pathname: string): Target | undefined {
  for (const { source, destination } of config.rewrites ?? []) {
    const params = matchSource(source, pathname);
    if (!params) continue;
    const fill = (text: string) => text.replace(/:(\w+)\*?/g, (whole, name: string) => params[name] ?? whole);
    const [path = '', query = ''] = destination.split('?');
    const added = new Map([...new URLSearchParams(query)].map(([name, value]) => [name, fill(value)]));
    return { path: fill(path), query: added };
  }
  return undefined;
}

export function headersFor(
  config: VercelConfig,
  pathname: string,
): readonly { readonly key: string; readonly value: string }[] {
  return (config.headers ?? []).flatMap(({ source, headers }) => (matchSource(source, pathname) ? headers : []));
}
