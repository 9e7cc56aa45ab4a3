import { type Route, route } from '../../http/router.js';
import { type GitHubCall, refuse, repositoryPath, toResponse } from './rule.js';

interface TreeItem {
  readonly path: string;
  readonly sha?: string | null;
}

/** Trees and refs, where the emulator differs from GitHub. */
export const gitDataRules: readonly Route<GitHubCall>[] = [
  // `base_tree` may be a commit's id too, and a deletion must name a file that is there.
  // https://docs.github.com/rest/git/trees#create-a-tree
  route('POST', '/repos/:owner/:repo/git/trees', async (params, call) => {
    const baseTree = call.body.base_tree;
    if (typeof baseTree !== 'string') return toResponse(await call.forward());
    const base = await call.ask(`${repositoryPath(params)}/git/trees/${baseTree}?recursive=1`);
    if (base.status !== 200) return refuse(422, 'base_tree is not a valid tree oid');
    const known = new Set((base.json.tree as TreeItem[]).map(({ path }) => path));
    const items = Array.isArray(call.body.tree) ? (call.body.tree as TreeItem[]) : [];
    if (items.some((item) => item.sha === null && !known.has(item.path))) return refuse(422, 'GitRPC::BadObjectState');
    return toResponse(await call.forward({ ...call.body, base_tree: base.json.sha }));
  }),

  // https://docs.github.com/rest/git/refs#create-a-reference
  route('POST', '/repos/:owner/:repo/git/refs', async (_, call) => {
    const answer = await call.forward();
    if (answer.json?.message === 'Invalid sha') return refuse(422, 'Object does not exist');
    return toResponse(answer);
  }),

  // https://docs.github.com/rest/git/refs#update-a-reference
  route('PATCH', '/repos/:owner/:repo/git/refs/:ref+', async (params, call) => {
    const answer = await call.forward();
    if (answer.status === 404 && (await isReadable(params, call))) return refuse(422, 'Reference does not exist');
    if (answer.json?.message === 'Invalid sha') return refuse(422, 'Object does not exist');
    if (answer.json?.message === 'Update is not a fast-forward') return refuse(422, 'Update is not a fast forward');
    return toResponse(answer);
  }),

  // https://docs.github.com/rest/git/refs#delete-a-reference
  route('DELETE', '/repos/:owner/:repo/git/refs/:ref+', async (params, call) => {
    const answer = await call.forward();
    if (answer.status === 404 && (await isReadable(params, call))) return refuse(422, 'Reference does not exist');
    return toResponse(answer);
  }),
];

async function isReadable(params: Readonly<Record<string, string>>, call: GitHubCall): Promise<boolean> {
  return (await call.ask(repositoryPath(params))).status === 200;
}
