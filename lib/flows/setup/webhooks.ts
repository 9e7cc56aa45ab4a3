import type { RepositoryRef } from '../../incident/incident.js';
import { inParallel } from '../../parallel.js';
import type { RepositoryWebhook } from '../../ports/accounts.js';
import type { GitHubSetup, VercelSetup } from '../../ports/setup.js';
import { GITHUB_EVENTS } from '../doctor/checks-github.js';
import type { Change } from './dialogue.js';
import type { SetupOutside } from './outside.js';
import type { VariableBook } from './variables.js';

const VERCEL_EVENTS = ['deployment.error', 'deployment.succeeded'];
const SECRET = 'VERCEL_WEBHOOK_SECRET';
const AT_ONCE = 4;

/** Vercel shows a webhook's secret once, so one whose secret is not stored is made anew. */
export async function planVercelWebhook(
  vercel: VercelSetup,
  input: {
    readonly publicUrl: string;
    readonly projectIds: readonly string[];
    readonly variables: VariableBook;
    readonly keepSecrets: SetupOutside['keepSecrets'];
  },
): Promise<readonly Change[]> {
  const url = `${input.publicUrl}/api/webhooks/vercel`;
  const ours = (await vercel.listWebhooks()).filter((webhook) => webhook.url === url);
  const good = ours.find(
    ({ events, projectIds }) =>
      VERCEL_EVENTS.every((event) => events.includes(event)) &&
      (projectIds === undefined || input.projectIds.every((id) => projectIds.includes(id))),
  );
  if (good !== undefined && input.variables.has(SECRET)) return [];
  return [
    {
      text: `${ours.length > 0 ? 'Replace' : 'Create'} the Vercel webhook (${VERCEL_EVENTS.join(', ')}) and set ${SECRET}`,
      async apply() {
        const { secret } = await vercel.createWebhook({ url, events: VERCEL_EVENTS, projectIds: input.projectIds });
        await input.variables.write(SECRET, secret);
        await input.keepSecrets({ [SECRET]: secret });
        for (const { id } of ours) await vercel.deleteWebhook(id);
      },
    },
  ];
}

export interface RepositoryHooks {
  readonly repository: RepositoryRef;
  readonly name: string;
  readonly webhook: RepositoryWebhook | undefined;
  readonly isGood: boolean;
}

export async function readRepositoryHooks(
  github: GitHubSetup,
  repositories: readonly RepositoryRef[],
  publicUrl: string,
): Promise<readonly RepositoryHooks[]> {
  const url = `${publicUrl}/api/webhooks/github`;
  return await inParallel(repositories, AT_ONCE, async (repository) => {
    const webhook = (await github.listWebhooks(repository)).find((one) => one.url === url);
    const told = (event: string) => webhook?.events.includes(event) === true || webhook?.events.includes('*') === true;
    const isGood = webhook?.isActive === true && GITHUB_EVENTS.every(told);
    return { repository, name: `${repository.owner}/${repository.name}`, webhook, isGood };
  });
}

/** @param isNewSecret every webhook then has to be told, also those that are good */
export function planRepositoryWebhooks(
  github: GitHubSetup,
  hooks: readonly RepositoryHooks[],
  input: { readonly publicUrl: string; readonly secret: string; readonly isNewSecret: boolean },
): readonly Change[] {
  const url = `${input.publicUrl}/api/webhooks/github`;
  const wanted = { url, events: GITHUB_EVENTS, isActive: true };
  return hooks
    .filter(({ isGood }) => !isGood || input.isNewSecret)
    .map(({ repository, name, webhook }) => ({
      text: `${webhook === undefined ? 'Create' : 'Update'} the webhook of ${name} (${GITHUB_EVENTS.join(', ')})`,
      apply: () =>
        webhook === undefined
          ? github.createWebhook(repository, wanted, input.secret)
          : github.updateWebhook(
              repository,
              { ...wanted, id: webhook.id, events: [...new Set([...webhook.events, ...GITHUB_EVENTS])] },
              input.secret,
            ),
    }));
}
