import { type Route, route } from '../../http/router.js';
import { type GitHubCall, repositoryPath, toResponse } from './rule.js';

/** https://docs.github.com/rest/issues/comments#list-issue-comments-for-a-repository, which the emulator lacks. */
export const issueCommentRules: readonly Route<GitHubCall>[] = [
  route('GET', '/repos/:owner/:repo/issues/comments', async (params, call) => {
    const repository = repositoryPath(params);
    const issues = await call.ask(`${repository}/issues?state=all&per_page=100`);
    if (issues.status !== 200) return toResponse(issues);
    const pulls = await call.ask(`${repository}/pulls?state=all&per_page=100`);
    const numbers = [...(issues.json as { number: number }[]), ...(pulls.json as { number: number }[])];
    const comments: { id: number; updated_at: string }[] = [];
    for (const number of new Set(numbers.map((one) => one.number)))
      comments.push(...(await call.ask(`${repository}/issues/${number}/comments?per_page=100`)).json);
    const key = call.url.searchParams.get('sort') === 'updated' ? 'updated_at' : 'id';
    comments.sort((a, b) => (a[key] < b[key] ? -1 : 1));
    if (call.url.searchParams.get('direction') === 'desc') comments.reverse();
    return Response.json(comments.slice(0, Number(call.url.searchParams.get('per_page') ?? 30)));
  }),
];
