export type Params = Readonly<Record<string, string>>;

export interface Route<Context> {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handle: (params: Params, context: Context) => Response | Promise<Response>;
}

/** `:name` stands for one path segment, `:name+` for the rest of the path. */
export function route<Context>(method: string, path: string, handle: Route<Context>['handle']): Route<Context> {
  const source = path.replace(
    /:(\w+)(\+?)/g,
    (_, name: string, rest: string) => `(?<${name}>${rest ? '.+' : '[^/]+'})`,
  );
  return { method, pattern: new RegExp(`^${source}$`), handle };
}

export function matchRoute<Context>(
  routes: readonly Route<Context>[],
  method: string,
  pathname: string,
): { readonly route: Route<Context>; readonly params: Params } | undefined {
  for (const one of routes) {
    if (one.method !== method) continue;
    const match = one.pattern.exec(pathname);
    if (!match) continue;
    const params: Record<string, string> = {};
    for (const [name, value] of Object.entries(match.groups ?? {})) params[name] = decodeURIComponent(value);
    return { route: one, params };
  }
  return undefined;
}

/** The body as a JSON object; anything else counts as an empty one. */
export function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}
