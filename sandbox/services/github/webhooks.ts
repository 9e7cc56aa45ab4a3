import { type Route, route } from '../../http/router.js';
import { type GitHubCall, refuse, repositoryPath, toResponse } from './rule.js';

interface Hook {
  readonly id: number;
  readonly config: { readonly url?: string };
}

/** https://docs.github.com/rest/repos/webhooks#create-a-repository-webhook: an address is taken once. */
export const webhookRules: readonly Route<GitHubCall>[] = [
  route('POST', '/repos/:owner/:repo/hooks', async (params, call) => {
    const url = (call.body.config as { url?: unknown } | undefined)?.url;
    if (typeof url !== 'string' || !URL.canParse(url)) {
      return refuse(422, 'Validation Failed', [
        { resource: 'Hook', code: 'custom', field: 'url', message: 'url is missing or malformed' },
      ]);
    }
    const hooks = (await call.ask(`${repositoryPath(params)}/hooks?per_page=100`)).json as readonly Hook[];
    if (hooks.some(({ config }) => config.url === url)) {
      return refuse(422, 'Validation Failed', [
        { resource: 'Hook', code: 'custom', message: 'Hook already exists on this repository' },
      ]);
    }
    return toResponse(await call.forward());
  }),
];
