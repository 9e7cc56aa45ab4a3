import type { CreateWebhookEvents } from '@vercel/sdk/models/createwebhookop';
import * as v from 'valibot';
import type { StoredVariable, VercelSetup } from '../../ports/setup.js';
import type { Project } from '../../ports.js';
import { createVercelAccount, type VercelAccountOptions } from './account.js';
import { askVercel, toClientOptions, undefinedWhenGone, type VercelRequest } from './ask.js';
import { nested, parser } from './parser.js';
import { parseProject } from './project.js';
import { optionalText } from './tolerant.js';
import { callVercel, type SdkCall } from './vercel-client.js';

const PAGE_SIZE = '100';
const MAX_PAGES = 50;

/** The account behind a token as setup needs it: with its projects, and with what is written. */
export function createVercelSetup(options: VercelAccountOptions): VercelSetup {
  const client = toClientOptions(options);
  const { teamId } = options;
  const read = <T>(operation: string, parse: (json: unknown) => T | undefined, call: SdkCall) =>
    askVercel(client, { operation, repeatable: true }, parse, call);
  const write = async (request: VercelRequest, call: SdkCall): Promise<string> =>
    (await callVercel(client, request, call)).text;

  return {
    ...createVercelAccount(options),

    async listProjects() {
      const { projectsGetProjects } = await import('@vercel/sdk/funcs/projectsGetProjects');
      const projects = new Map<string, Project>();
      let from: string | undefined;
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const answer = await read('list projects', parseProjects, (core, sending) =>
          projectsGetProjects(core, { teamId, limit: PAGE_SIZE, ...(from === undefined ? {} : { from }) }, sending),
        );
        const known = projects.size;
        for (const project of answer.projects) projects.set(project.id, project);
        if (answer.next === undefined || projects.size === known) break;
        from = answer.next;
      }
      return [...projects.values()];
    },

    async listDomains(projectId) {
      const { projectsGetProjectDomains } = await import('@vercel/sdk/funcs/projectsGetProjectDomains');
      return await read('list domains', parseDomains, (core, sending) =>
        projectsGetProjectDomains(core, { idOrName: projectId, teamId, production: 'true' }, sending),
      );
    },

    async listVariables(projectId) {
      const { projectsFilterProjectEnvs } = await import('@vercel/sdk/funcs/projectsFilterProjectEnvs');
      return await read('list variables', parseVariables, (core, sending) =>
        projectsFilterProjectEnvs(core, { idOrName: projectId, teamId }, sending),
      );
    },

    async readVariable(projectId, variableId) {
      const { projectsGetProjectEnv } = await import('@vercel/sdk/funcs/projectsGetProjectEnv');
      const variable = await undefinedWhenGone(
        read('read variable', parseValue, (core, sending) =>
          projectsGetProjectEnv(core, { idOrName: projectId, id: variableId, teamId }, sending),
        ),
      );
      return variable?.value;
    },

    async createVariable(projectId, variable) {
      const { projectsCreateProjectEnv } = await import('@vercel/sdk/funcs/projectsCreateProjectEnv');
      // With `upsert` a second sending finds what the first one made.
      await write({ operation: `create variable ${variable.key}`, repeatable: true }, (core, sending) =>
        projectsCreateProjectEnv(
          core,
          { idOrName: projectId, teamId, upsert: 'true', requestBody: { ...variable, target: ['production'] } },
          sending,
        ),
      );
    },

    async updateVariable(projectId, variableId, change) {
      const { projectsEditProjectEnv } = await import('@vercel/sdk/funcs/projectsEditProjectEnv');
      await write({ operation: 'update variable', repeatable: true }, (core, sending) =>
        projectsEditProjectEnv(
          core,
          { idOrName: projectId, id: variableId, teamId, requestBody: { ...change } },
          sending,
        ),
      );
    },

    async createWebhook({ url, events, projectIds }) {
      const { webhooksCreateWebhook } = await import('@vercel/sdk/funcs/webhooksCreateWebhook');
      // Sent once: a second sending would be a second webhook.
      const request = { operation: 'create webhook', repeatable: false };
      return await askVercel(client, request, parseSecret, (core, sending) =>
        webhooksCreateWebhook(
          core,
          {
            teamId,
            requestBody: {
              url,
              // Setup asks for names that the SDK knows.
              events: [...events] as CreateWebhookEvents[],
              ...(projectIds === undefined ? {} : { projectIds: [...projectIds] }),
            },
          },
          sending,
        ),
      );
    },

    async deleteWebhook(id) {
      const { webhooksDeleteWebhook } = await import('@vercel/sdk/funcs/webhooksDeleteWebhook');
      await undefinedWhenGone(
        write({ operation: 'delete webhook', repeatable: true }, (core, sending) =>
          webhooksDeleteWebhook(core, { id, teamId }, sending),
        ),
      );
    },
  };
}

const Pagination = nested(v.object({ next: v.fallback(v.nullable(v.union([v.number(), v.string()])), null) }));

/** Either an object with a page or the bare list. */
const parseProjects = parser(
  v.union([v.object({ projects: v.array(v.unknown()), pagination: Pagination }), v.array(v.unknown())]),
  (answer) => {
    const page = Array.isArray(answer) ? { projects: answer, pagination: undefined } : answer;
    const next = page.pagination?.next;
    return {
      projects: page.projects.map(parseProject).filter((project) => project !== undefined),
      ...(next === undefined || next === null || next === '' ? {} : { next: String(next) }),
    };
  },
);

const parseDomains = parser(
  v.object({
    domains: v.array(
      v.object({
        name: v.string(),
        verified: v.optional(v.boolean(), true),
        redirect: optionalText,
        gitBranch: optionalText,
      }),
    ),
  }),
  ({ domains }) =>
    domains
      .filter(({ verified, redirect, gitBranch }) => verified && redirect === undefined && gitBranch === undefined)
      .map(({ name }) => name),
);

const Variable = v.object({
  id: v.string(),
  key: v.string(),
  type: v.string(),
  target: v.fallback(v.optional(v.union([v.string(), v.array(v.string())])), undefined),
  comment: optionalText,
  updatedAt: v.fallback(v.optional(v.number()), undefined),
});

const parseVariables = parser(
  v.union([v.object({ envs: v.array(v.unknown()) }), v.array(v.unknown())]),
  (answer): readonly StoredVariable[] =>
    ('envs' in answer ? answer.envs : answer).flatMap((json) => {
      const variable = v.safeParse(Variable, json);
      if (!variable.success) return [];
      const { id, key, type, target = [], comment, updatedAt } = variable.output;
      return [
        {
          ...{ id, key, type, targets: [target].flat() },
          ...(comment === undefined ? {} : { comment }),
          ...(updatedAt === undefined ? {} : { updatedAt }),
        },
      ];
    }),
);

/** A sensitive variable has no value here, or an encrypted one. */
const parseValue = parser(
  v.object({ type: optionalText, value: optionalText, decrypted: v.optional(v.boolean()) }),
  ({ type, value, decrypted }) => ({
    value: type === 'sensitive' || decrypted === false ? undefined : value,
  }),
);

const parseSecret = parser(v.object({ secret: v.string() }), ({ secret }) => ({ secret }));
