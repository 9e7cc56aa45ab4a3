import { refuse } from './rule.js';

/** What a fine-grained token is allowed; a token without an entry may do all that its owner may. */
export interface TokenRights {
  /** Milliseconds since the epoch; absent when it does not expire. */
  readonly expiresAt?: number;
  /** Permissions that it may write; all when absent. */
  readonly writes?: readonly string[];
}

/** Which permission a write wants. https://docs.github.com/rest/authentication/permissions-required-for-fine-grained-personal-access-tokens */
const WANTED: readonly (readonly [RegExp, string])[] = [
  [/\/(git|contents|merges)(\/|$)/, 'contents'],
  [/\/pulls(\/|$)/, 'pull_requests'],
  [/\/(issues|labels|milestones)(\/|$)/, 'issues'],
  [/\/statuses(\/|$)/, 'statuses'],
  [/\/hooks(\/|$)/, 'repository_hooks'],
];

/** The refusal that comes before GitHub looks at what the request says; undefined when the token may. */
export function refuseByRights(rights: TokenRights | undefined, method: string, path: string): Response | undefined {
  if (rights?.writes === undefined || method === 'GET' || method === 'HEAD') return undefined;
  const wanted = WANTED.find(([pattern]) => pattern.test(path))?.[1];
  if (wanted === undefined || rights.writes.includes(wanted)) return undefined;
  const response = refuse(403, 'Resource not accessible by personal access token');
  response.headers.set('x-accepted-github-permissions', `${wanted}=write`);
  return response;
}

/** https://github.blog/changelog/2021-07-26-expiration-options-for-personal-access-tokens/ */
export function tellExpiry(rights: TokenRights | undefined, response: Response): Response {
  if (rights?.expiresAt === undefined) return response;
  const time = new Date(rights.expiresAt).toISOString().replace('T', ' ').slice(0, 19);
  response.headers.set('github-authentication-token-expiration', `${time} UTC`);
  return response;
}
