import type { RepositoryRef } from '../../incident/incident.js';
import { inParallel } from '../../parallel.js';
import type { GitHubSetup } from '../../ports/setup.js';
import type { RepositoryReader, RepositoryWriter } from '../../ports.js';
import { findReviewConfig } from '../doctor/checks-github.js';
import type { Change } from './dialogue.js';

const BRANCH = 'self-heal/coderabbit';
const PATH = '.coderabbit.yaml';
const TITLE = 'Have CodeRabbit check automatic repairs';
const BODY = `Self-Healing Pipeline repairs failed production builds of this repository by pull request. With this file CodeRabbit
checks such a pull request for suppressions and for the root cause, and does not pause after a few attempts.

Merge it if you use CodeRabbit here; close it if not, and it will not be opened again.`;
const AT_ONCE = 4;

/** One pull request for each repository without the file, once: one that was closed is a no. */
export async function planReviewConfig(input: {
  readonly repositories: readonly { readonly repository: RepositoryRef; readonly defaultBranch: string }[];
  readonly github: GitHubSetup;
  readonly pulls: RepositoryReader & RepositoryWriter;
  readonly text: string;
}): Promise<readonly Change[]> {
  const { github, pulls, text } = input;
  const changes = await inParallel(input.repositories, AT_ONCE, async ({ repository, defaultBranch }) => {
    const [present, asked, head] = await Promise.all([
      findReviewConfig(github, repository),
      pulls.listPullRequests(repository, BRANCH),
      pulls.findHead(repository, defaultBranch),
    ]);
    if (present !== undefined || asked.length > 0 || head === undefined) return undefined;
    return {
      text: `Open a pull request that adds ${PATH} to ${repository.owner}/${repository.name}`,
      async apply() {
        // The commit goes before the branch, so that Vercel sees one push and builds one preview.
        const commit = await github.commitFile({ repository, parent: head, path: PATH, text, message: TITLE });
        // A branch that is there already is one of an earlier run that came no further.
        await pulls.ensureBranch(repository, BRANCH, commit);
        await pulls.openPullRequest({ repository, head: BRANCH, base: defaultBranch, title: TITLE, body: BODY });
      },
    };
  });
  return changes.filter((change) => change !== undefined);
}
