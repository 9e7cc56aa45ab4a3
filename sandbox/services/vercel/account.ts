import { type Route, route } from '../../http/router.js';
import type { Account } from './deployment.js';
import type { Project } from './project.js';

export interface AccountSeed {
  /** `hobby`, `pro` or `enterprise`. */
  readonly plan?: string;
  /** When the token expires, in milliseconds; never when absent. */
  readonly tokenExpiresAt?: number;
  /** GitHub logins of the team's members. */
  readonly members?: readonly string[];
}

type Call = { readonly url: URL; readonly body: Record<string, unknown> };

/** Every account belongs to a team, on Hobby to one of its own. */
export const TEAM_ID = 'team_sandbox';

/** Who the token belongs to and what the account may do. */
export function createAccountRoutes(
  account: Account,
  seed: AccountSeed,
  findProject: (idOrName: unknown) => Project | undefined,
): readonly Route<Call>[] {
  const team = {
    id: TEAM_ID,
    slug: account.username,
    name: `${account.username}'s projects`,
    creatorId: account.id,
    avatar: null,
    createdAt: 0,
    billing: { plan: seed.plan ?? 'pro' },
    membership: { role: 'OWNER', confirmed: true },
  };
  return [
    // https://vercel.com/docs/rest-api/user/get-the-user
    route('GET', '/v2/user', () =>
      Response.json({
        user: { ...account, name: account.username, limited: true, avatar: null, defaultTeamId: TEAM_ID },
      }),
    ),
    // https://vercel.com/docs/rest-api/authentication/get-auth-token-metadata
    route('GET', '/v5/user/tokens/current', () =>
      Response.json({
        token: {
          id: 'token_sandbox',
          name: 'sandbox',
          type: 'token',
          origin: 'manual',
          activeAt: Date.now(),
          createdAt: 0,
          scopes: [{ type: 'team', teamId: TEAM_ID, origin: 'manual', createdAt: 0 }],
          ...(seed.tokenExpiresAt === undefined ? {} : { expiresAt: seed.tokenExpiresAt }),
        },
      }),
    ),
    // https://vercel.com/docs/rest-api/teams/list-all-teams
    route('GET', '/v2/teams', () => Response.json({ teams: [team], pagination: { count: 1, next: null, prev: null } })),
    // https://vercel.com/docs/rest-api/teams/list-team-members
    route('GET', '/v3/teams/:id/members', () =>
      Response.json({
        members: (seed.members ?? [account.username]).map((login, index) => ({
          uid: index === 0 ? account.id : `user_${login}`,
          username: login,
          email: `${login}@example.com`,
          role: index === 0 ? 'OWNER' : 'MEMBER',
          confirmed: true,
          createdAt: 0,
          accessRequestedAt: 0,
          github: { login },
        })),
        emailInviteCodes: [],
        pagination: { hasNext: false, count: 1, next: null, prev: null },
      }),
    ),
    // https://vercel.com/docs/rest-api/projects/retrieve-project-domains-by-project-by-id-or-name
    route('GET', '/v9/projects/:project/domains', ({ project: name }) => {
      const project = findProject(name);
      if (!project)
        return Response.json({ error: { code: 'not_found', message: 'Project not found' } }, { status: 404 });
      const host = `${project.name}.vercel.app`;
      const domain = {
        name: host,
        apexName: 'vercel.app',
        projectId: project.id,
        verified: true,
        redirect: null,
        gitBranch: null,
      };
      return Response.json({ domains: [domain], pagination: { count: 1, next: null, prev: null } });
    }),
  ];
}
