import { type ActionName, isActionName } from '../report/pages/confirmation-page.js';

/** A page or an action of the dashboard. */
export type DashboardRoute =
  | { readonly page: 'overview'; readonly before?: number }
  | { readonly page: 'incident'; readonly id: string }
  | { readonly page: 'doctor' }
  | { readonly page: 'settings' }
  | { readonly page: 'sign-in' }
  | { readonly page: 'sign-out' }
  | { readonly page: 'action'; readonly action: ActionName; readonly incidentId?: string }
  | { readonly page: 'unknown' };

const INCIDENT_ID = /^[\w-]{1,128}$/;

/** Reads the address as people see it, and as `vercel.json` rewrites it: `/api/dashboard?page=…&id=…&action=…`. */
export function parseDashboardRoute(url: URL): DashboardRoute {
  const query = url.searchParams;
  const [place, name] =
    url.pathname === '/api/dashboard'
      ? query.has('action')
        ? ['actions', query.get('action')]
        : [query.get('page') ?? 'overview', query.get('id')]
      : url.pathname === '/'
        ? ['overview', null]
        : url.pathname.split('/').slice(1, 3);

  switch (place) {
    case 'overview':
      return { page: 'overview', ...readBefore(query) };
    case 'incident':
    case 'incidents':
      return isIncidentId(name) ? { page: 'incident', id: name } : { page: 'unknown' };
    case 'doctor':
      return { page: 'doctor' };
    case 'settings':
      return { page: 'settings' };
    case 'sign-in':
      return { page: 'sign-in' };
    case 'actions': {
      if (name === 'sign-out') return { page: 'sign-out' };
      if (typeof name !== 'string' || !isActionName(name)) return { page: 'unknown' };
      const incidentId = query.get('incident');
      return { page: 'action', action: name, ...(isIncidentId(incidentId) ? { incidentId } : {}) };
    }
    default:
      return { page: 'unknown' };
  }
}

/** The address that people see for a page; the overview for everything that one cannot come back to. */
export function pathOf(route: DashboardRoute): string {
  if (route.page === 'doctor' || route.page === 'settings') return `/${route.page}`;
  return route.page === 'incident' ? `/incidents/${encodeURIComponent(route.id)}` : '/';
}

/** A path of ours to go on to; anything else becomes the overview. */
export function parseNextPath(path: string | null): string {
  return path !== null && /^\/(?:doctor|settings|incidents\/[\w-]{1,128})$/.test(path) ? path : '/';
}

export function isIncidentId(id: string | null | undefined): id is string {
  return typeof id === 'string' && INCIDENT_ID.test(id);
}

function readBefore(query: URLSearchParams): { readonly before?: number } {
  const before = query.get('before');
  return before !== null && /^\d{1,15}$/.test(before) ? { before: Number(before) } : {};
}
