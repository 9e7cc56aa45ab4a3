import type { Rule } from '../rule.js';
import { replaceRanges } from '../syntax/source-text.js';
import { walk } from '../syntax/walk.js';

/** Next.js on a route of its configuration, the route itself as JSON behind it. */
const NO_SLASH =
  /`(source|destination)` does not start with (?:`\/`|\/)(?: for route|[^{\n]{0,120}for route) (\{.{1,1000}\})$/m;

/** A scheme, a port, or a host whose scheme is missing; a name with an ending may be a file. */
const LEADS_ELSEWHERE =
  /^[\w.-]+:|^[\w-]+(?:\.[\w-]+)*\.(?!(?:html?|xml|txt|json|js|css|ico|png|svg|pdf)$)[\w-]+(?:\/|$)/;

/** A route of the configuration that Next.js wants to begin with `/`, and that stands there without: https://nextjs.org/docs/messages/invalid-route-source. */
export const leadingSlash: Rule = {
  name: 'leading-slash',
  async propose(error, workspace) {
    const [, key, route = ''] = NO_SLASH.exec(error.message) ?? [];
    const value = key === undefined ? undefined : readField(route, key);
    if (key === undefined || value === undefined || !/^[\w:*(]/.test(value)) return undefined;
    if (key === 'destination' && LEADS_ELSEWHERE.test(value)) return undefined;
    const configs = workspace.paths.filter((path) => /(?:^|\/)next\.config\.\w+$/.test(path));
    const [file, another] = configs;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || another !== undefined || text === undefined) return undefined;
    const { program } = await workspace.parse(file, text);
    const found = [...walk(program)].flatMap(({ node }) =>
      node.type === 'Property' && isNamed(node.key, key) && isText(node.value, value) ? [node.value.start + 1] : [],
    );
    const [only, second] = found;
    if (only === undefined || second !== undefined) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: only, end: only, text: '/' }])]]),
      cause: `${file} has the ${key} \`${value}\` of a route without the \`/\` that each begins with.`,
      change: `Writes \`/${value}\`.`,
    };
  },
};

function readField(route: string, key: string): string | undefined {
  try {
    const value: unknown = (JSON.parse(route) as Record<string, unknown>)[key];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function isNamed(node: unknown, name: string): boolean {
  const { name: identifier, value } = node as { readonly name?: unknown; readonly value?: unknown };
  return identifier === name || value === name;
}

function isText(node: unknown, text: string): node is { readonly start: number } {
  const { type, value } = node as { readonly type?: unknown; readonly value?: unknown };
  return type === 'Literal' && value === text;
}
