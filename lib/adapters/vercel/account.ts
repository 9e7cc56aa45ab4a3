import * as v from 'valibot';
import type { VercelAccount, VercelTeam } from '../../ports/accounts.js';
import { askVercel, toClientOptions, type VercelConnection } from './ask.js';
import { list, nested, parser } from './parser.js';
import { integer, optionalText } from './tolerant.js';
import type { SdkCall } from './vercel-client.js';

export interface VercelAccountOptions extends VercelConnection {
  /** Whose projects, variables and webhooks; the account's own when absent. */
  readonly teamId?: string;
}

/**
 * What the doctor reads of the account behind a token. Every function of a deployment carries these modules of the SDK;
 * what only setup needs is in `setup.ts`, for the model of one list of projects alone weighs half a megabyte.
 */
export function createVercelAccount(options: VercelAccountOptions): VercelAccount {
  const client = toClientOptions(options);
  const { teamId } = options;
  const read = <T>(operation: string, parse: (json: unknown) => T | undefined, call: SdkCall) =>
    askVercel(client, { operation, repeatable: true }, parse, call);

  return {
    async readToken() {
      const { authenticationGetAuthToken } = await import('@vercel/sdk/funcs/authenticationGetAuthToken');
      return await read('get token', parseToken, (core, sending) =>
        // https://vercel.com/docs/rest-api/authentication/get-auth-token-metadata
        authenticationGetAuthToken(core, { tokenId: 'current' }, sending),
      );
    },

    async readUser() {
      const { userGetAuthUser } = await import('@vercel/sdk/funcs/userGetAuthUser');
      return await read('get user', parseUser, (core, sending) => userGetAuthUser(core, sending));
    },

    async listTeams() {
      const { teamsGetTeams } = await import('@vercel/sdk/funcs/teamsGetTeams');
      return await read('list teams', parseTeams, (core, sending) => teamsGetTeams(core, { limit: 100 }, sending));
    },

    async listGitHubLogins(id) {
      const { teamsGetTeamMembers } = await import('@vercel/sdk/funcs/teamsGetTeamMembers');
      return await read('list members', parseMembers, (core, sending) =>
        teamsGetTeamMembers(core, { teamId: id, limit: 100 }, sending),
      );
    },

    async listWebhooks() {
      const { webhooksGetWebhooks } = await import('@vercel/sdk/funcs/webhooksGetWebhooks');
      return await read('list webhooks', parseWebhooks, (core, sending) =>
        webhooksGetWebhooks(core, { teamId }, sending),
      );
    },
  };
}

const parseToken = parser(
  v.object({
    token: v.object({
      name: optionalText,
      expiresAt: integer,
      scopes: list(v.object({ type: optionalText, teamId: optionalText })),
    }),
  }),
  ({ token: { name, expiresAt, scopes } }) => ({
    ...(name === undefined ? {} : { name }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    teamIds: scopes.some(({ type }) => type === 'user') ? [] : scopes.flatMap(({ teamId }) => teamId ?? []),
  }),
);

const parseUser = parser(
  v.object({ user: v.object({ id: v.string(), username: v.string(), defaultTeamId: optionalText }) }),
  ({ user: { id, username, defaultTeamId } }) => ({
    id,
    username,
    ...(defaultTeamId === undefined ? {} : { defaultTeamId }),
  }),
);

const Team = v.object({
  id: v.string(),
  slug: v.string(),
  name: optionalText,
  billing: nested(v.object({ plan: optionalText })),
});

const parseTeams = parser(v.object({ teams: v.array(v.unknown()) }), ({ teams }) =>
  teams.flatMap((json): readonly VercelTeam[] => {
    const team = v.safeParse(Team, json);
    if (!team.success) return [];
    const { id, slug, name = slug, billing } = team.output;
    return [{ id, slug, name, ...(billing?.plan === undefined ? {} : { plan: billing.plan }) }];
  }),
);

const parseMembers = parser(
  v.object({ members: v.array(v.object({ github: nested(v.object({ login: optionalText })) })) }),
  ({ members }) => members.flatMap(({ github }) => github?.login ?? []),
);

const parseWebhooks = parser(
  v.array(
    v.object({ id: v.string(), url: v.string(), events: list(v.string()), projectIds: nested(v.array(v.string())) }),
  ),
  (webhooks) =>
    webhooks.map(({ projectIds, ...webhook }) => ({ ...webhook, ...(projectIds === undefined ? {} : { projectIds }) })),
);
