import { segmentsOfPage } from '../../../context/routes.js';
import type { Workspace } from '../workspace.js';

/**
 * The route of the page that answered `route` at the last READY deployment, as the diff moved it; undefined where a page
 * answers it still, or the diff gives no answer or two.
 */
export function findMovedRoute(workspace: Workspace, route: string): string | undefined {
  if (workspace.findRoute(route).pages.length > 0) return undefined;
  const wanted = route.split('/').filter(Boolean);
  const answers = new Set(
    workspace.changes.flatMap(({ status, path, previousPath }) => {
      if (status !== 'renamed' || previousPath === undefined) return [];
      const before = segmentsOfPage(previousPath, workspace.rootDirectory);
      const after = segmentsOfPage(path, workspace.rootDirectory);
      if (!before || !after || before.isDocument !== after.isDocument) return [];
      return (before.isDocument ? followDocument : followPage)(wanted, before.segments, after.segments) ?? [];
    }),
  );
  const [answer, another] = answers;
  return another === undefined && answer !== route ? answer : undefined;
}

/** `/blog/hello` by `blog/[slug]` and `notes/[slug]`: `/notes/hello`. */
function followPage(
  wanted: readonly string[],
  before: readonly string[],
  after: readonly string[],
): string | undefined {
  const values = new Map<string, string>();
  if (wanted.length !== before.length) return undefined;
  for (const [index, segment] of before.entries()) {
    const value = wanted[index] ?? '';
    if (PARAMETER.test(segment)) values.set(segment, value);
    else if (segment !== value) return undefined;
  }
  const route = after.map((segment) => (segment.includes('[') ? values.get(segment) : segment));
  return route.includes(undefined) ? undefined : `/${route.join('/')}`;
}

const PARAMETER = /^\[[\w=-]+\]$/;

/** A document is served from the root or from one of its folders, which the new place has to be in as well. */
function followDocument(
  wanted: readonly string[],
  before: readonly string[],
  after: readonly string[],
): string | undefined {
  const base = before.length - wanted.length;
  const isServed = base >= 0 && wanted.every((segment, index) => segment === before[base + index]);
  const isInBase = after.length > base && before.slice(0, base).every((folder, index) => folder === after[index]);
  return isServed && wanted.length > 0 && isInBase ? `/${after.slice(base).join('/')}` : undefined;
}
