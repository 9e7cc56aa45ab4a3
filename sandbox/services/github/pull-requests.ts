import { createHash } from 'node:crypto';
import { type Params, type Route, route } from '../../http/router.js';
import type { Answer } from './emulator.js';
import { planMerge } from './merge.js';
import { type GitHubCall, refuse, repositoryPath, toResponse } from './rule.js';

// biome-ignore lint/suspicious/noExplicitAny: the emulator's JSON, read field by field
type PullJson = any;

/** What the emulator forgets about a closed pull request. */
interface Ending {
  readonly headSha: string;
  readonly merge?: { readonly sha: string; readonly at: string; readonly by: unknown };
}

/** Fields that only a single pull request has on GitHub, not an entry of a list. */
const SINGLE_ONLY = [
  ...['merged', 'mergeable', 'rebaseable', 'mergeable_state', 'merged_by', 'comments', 'review_comments'],
  ...['maintainer_can_modify', 'commits', 'additions', 'deletions', 'changed_files'],
];

/**
 * The emulator keeps the head commit that a pull request had when it was opened, accepts a second one for the same
 * head, and merges without a look at the base. Here the head follows its branch, and merging is git's.
 */
export function createPullRequestRules(): {
  readonly rules: readonly Route<GitHubCall>[];
  readonly memory: Map<string, unknown>;
} {
  const endings = new Map<string, Ending>();

  async function readHead(call: GitHubCall, repository: string, branch: string): Promise<string | undefined> {
    const ref = await call.ask(`${repository}/git/ref/heads/${branch}`);
    return ref.status === 200 ? ref.json.object.sha : undefined;
  }

  async function complete(call: GitHubCall, repository: string, pull: PullJson): Promise<PullJson> {
    const ending = endings.get(`${repository}#${pull.number}`);
    const headSha = ending?.headSha ?? (await readHead(call, repository, pull.head.ref)) ?? pull.head.sha;
    const merge = ending?.merge;
    return {
      ...pull,
      head: { ...pull.head, sha: headSha },
      statuses_url: `${call.baseUrl}${repository}/statuses/${headSha}`,
      // Before the merge this is a test merge that GitHub makes; it is on no branch.
      // https://docs.github.com/rest/pulls/pulls#get-a-pull-request
      merge_commit_sha: merge?.sha ?? createHash('sha1').update(`${pull.base.sha} ${headSha}`).digest('hex'),
      merged: merge !== undefined,
      merged_at: merge?.at ?? null,
      merged_by: merge?.by ?? null,
    };
  }

  async function readPull(call: GitHubCall, params: Params): Promise<{ answer: Answer; pull?: PullJson }> {
    const repository = repositoryPath(params);
    const answer = await call.ask(`${repository}/pulls/${params.number}`);
    return answer.status === 200 ? { answer, pull: await complete(call, repository, answer.json) } : { answer };
  }

  const rules: readonly Route<GitHubCall>[] = [
    // https://docs.github.com/rest/pulls/pulls#list-pull-requests
    route('GET', '/repos/:owner/:repo/pulls', async (params, call) => {
      // `head` is `user:branch`; GitHub ignores a value without the user and lists everything.
      const head = call.url.searchParams.get('head');
      if (head !== null && !head.includes(':')) call.url.searchParams.delete('head');
      const answer = await call.forward();
      if (answer.status !== 200) return toResponse(answer);
      const list: PullJson[] = [];
      for (const pull of answer.json) {
        const entry = await complete(call, repositoryPath(params), pull);
        for (const name of SINGLE_ONLY) delete entry[name];
        list.push(entry);
      }
      return toResponse({ ...answer, text: JSON.stringify(list) });
    }),

    // https://docs.github.com/rest/pulls/pulls#create-a-pull-request
    route('POST', '/repos/:owner/:repo/pulls', async (params, call) => {
      const repository = repositoryPath(params);
      const head = String(call.body.head ?? '').replace(`${params.owner}:`, '');
      const base = String(call.body.base ?? '');
      const [headSha, baseSha] = [await readHead(call, repository, head), await readHead(call, repository, base)];
      const readable = (await call.ask(repository)).status === 200;
      for (const [field, sha] of [
        ['head', headSha],
        ['base', baseSha],
      ] as const) {
        if (readable && sha === undefined)
          return refuse(422, 'Validation Failed', [{ resource: 'PullRequest', field, code: 'invalid' }]);
      }
      const open = await call.ask(
        `${repository}/pulls?state=open&head=${params.owner}:${encodeURIComponent(head)}&base=${encodeURIComponent(base)}`,
      );
      if (open.status === 200 && open.json.length > 0) {
        const message = `A pull request already exists for ${params.owner}:${head}.`;
        return refuse(422, 'Validation Failed', [{ resource: 'PullRequest', code: 'custom', message }]);
      }
      const compare = await call.ask(`${repository}/compare/${baseSha}...${headSha}`);
      if (compare.json?.ahead_by === 0) {
        const message = `No commits between ${params.owner}:${base} and ${params.owner}:${head}`;
        return refuse(422, 'Validation Failed', [{ resource: 'PullRequest', code: 'custom', message }]);
      }
      const answer = await call.forward();
      if (answer.status !== 201) return toResponse(answer);
      return Response.json(await complete(call, repository, answer.json), { status: 201 });
    }),

    route('GET', '/repos/:owner/:repo/pulls/:number', async (params, call) => {
      const { answer, pull } = await readPull(call, params);
      if (!pull) return toResponse(answer);
      if (pull.state !== 'open') return Response.json({ ...pull, mergeable: false, mergeable_state: 'unknown' });
      const baseSha = await readHead(call, repositoryPath(params), pull.base.ref);
      const plan = baseSha && (await planMerge(call, repositoryPath(params), baseSha, pull.head.sha));
      const mergeable = plan !== 'conflict' && plan !== undefined;
      return Response.json({ ...pull, mergeable, mergeable_state: mergeable ? 'clean' : 'dirty' });
    }),

    route('PATCH', '/repos/:owner/:repo/pulls/:number', async (params, call) => {
      const repository = repositoryPath(params);
      const { pull: before } = await readPull(call, params);
      const answer = await call.forward();
      if (answer.status !== 200) return toResponse(answer);
      const key = `${repository}#${params.number}`;
      if (before?.state === 'open' && answer.json.state === 'closed') endings.set(key, { headSha: before.head.sha });
      if (before?.state === 'closed' && answer.json.state === 'open') endings.delete(key);
      return Response.json(await complete(call, repository, answer.json));
    }),

    // https://docs.github.com/rest/pulls/pulls#list-pull-requests-files and #list-commits-on-a-pull-request
    ...(['files', 'commits'] as const).map((what) =>
      route<GitHubCall>('GET', `/repos/:owner/:repo/pulls/:number/${what}`, async (params, call) => {
        const { answer, pull } = await readPull(call, params);
        if (!pull) return toResponse(answer);
        const compare = await call.ask(`${repositoryPath(params)}/compare/${pull.base.sha}...${pull.head.sha}`);
        return Response.json(compare.json?.[what] ?? []);
      }),
    ),

    // https://docs.github.com/rest/pulls/pulls#merge-a-pull-request
    route('PUT', '/repos/:owner/:repo/pulls/:number/merge', async (params, call) => {
      const repository = repositoryPath(params);
      const { answer, pull } = await readPull(call, params);
      if (!pull) return toResponse(answer);
      if (pull.state !== 'open' || pull.draft) return refuse(405, 'Pull Request is not mergeable');
      const { sha, merge_method: method = 'merge', commit_title: title, commit_message: text } = call.body;
      if (typeof sha === 'string' && sha !== pull.head.sha) {
        return refuse(409, 'Head branch was modified. Review and try the merge again.');
      }
      const baseSha = await readHead(call, repository, pull.base.ref);
      const plan = baseSha ? await planMerge(call, repository, baseSha, pull.head.sha) : 'conflict';
      if (plan === 'conflict' || !baseSha) return refuse(405, 'Pull Request is not mergeable');

      const tree = await call.ask(`${repository}/git/trees`, {
        method: 'POST',
        body: { base_tree: plan.baseTree, tree: plan.changes },
      });
      const commit = await call.ask(`${repository}/git/commits`, {
        method: 'POST',
        body: {
          tree: tree.json?.sha,
          parents: method === 'merge' ? [baseSha, pull.head.sha] : [baseSha],
          message: [
            title ??
              (method === 'merge'
                ? `Merge pull request #${pull.number} from ${pull.head.label.replace(':', '/')}`
                : `${pull.title} (#${pull.number})`),
            text ?? (method === 'merge' ? pull.title : ''),
          ]
            .filter(Boolean)
            .join('\n\n'),
        },
      });
      const moved = await call.ask(`${repository}/git/refs/heads/${pull.base.ref}`, {
        method: 'PATCH',
        body: { sha: commit.json?.sha },
      });
      if (moved.status !== 200) return toResponse(moved);
      const by = (await call.ask('/user')).json;
      endings.set(`${repository}#${pull.number}`, {
        headSha: pull.head.sha,
        merge: { sha: commit.json.sha, at: new Date().toISOString(), by },
      });
      await call.ask(`${repository}/pulls/${pull.number}`, { method: 'PATCH', body: { state: 'closed' } });
      return Response.json({ sha: commit.json.sha, merged: true, message: 'Pull Request successfully merged' });
    }),
  ];

  return { rules, memory: endings };
}
