import { type Route, route } from '../../http/router.js';
import type { GitHubRepository } from './emulator.js';
import type { GitHubCall } from './rule.js';

/** Who may push, which the emulator does not tell. */
export function createCollaboratorRules(repositories: readonly GitHubRepository[]): readonly Route<GitHubCall>[] {
  return [
    // https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
    route('GET', '/repos/:owner/:repo/collaborators/:login/permission', ({ owner, repo, login }) => {
      const repository = repositories.find((one) => one.owner === owner && one.name === repo);
      const mayWrite = repository?.writers?.includes(login ?? '') === true;
      return Response.json({ permission: login === owner ? 'admin' : mayWrite ? 'write' : 'read', user: { login } });
    }),
  ];
}
