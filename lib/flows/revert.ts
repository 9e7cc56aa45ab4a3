import { AdapterError } from '../errors.js';
import type { Incident, PullRequestRef, Revert } from '../incident/incident.js';
import { listProjects } from '../incident/projects.js';
import type { ChangedFile } from '../patch/patch.js';
import type { PullRequest } from '../ports.js';
import { buildRevertText, parseRevertMarker } from '../report/revert-text.js';
import { textsIn } from '../report/texts/texts.js';
import { SETTINGS_PATH } from '../settings/settings-schema.js';
import { describeLimit, reserveDeployment, takeWrites } from './limits.js';
import type { Move } from './moves.js';
import { settingsOf } from './repository-settings.js';
import type { GitHub, World } from './world.js';

/** Tree, commit, branch and pull request. */
const WRITES_A_REVERT = 4;

/**
 * After the last attempt, where the settings ask for it: a draft that takes back the commits since the last good
 * deployment. It is no repair, and a person decides about it. Its branch bears the incident's id and its pull request
 * names the incident, so it is made once, however often this is repeated.
 */
export async function offerRevert(world: World, move: Move): Promise<Move> {
  const { incident } = move;
  const isLast = incident.status === 'escalated' && incident.reason === 'attempts-exhausted';
  const settings = settingsOf(world, incident);
  if (!isLast || incident.revert !== undefined || !settings.revertDraft.value) return move;

  const branch = `revert/self-heal-${incident.id}`;
  const revert = await proposeDraft(world, incident, branch).catch((error: unknown): Revert => {
    // GitHub refuses drafts in private repositories of free plans with 422; a revert that is no draft is no proposal.
    if (!(error instanceof AdapterError) || error.retryable) throw error;
    return { refused: world.redact(error.message) };
  });

  const texts = textsIn(settings.language.value).revert;
  const sentence =
    'refused' in revert ? texts.refused(branch, revert.refused) : texts.proposed(revert.pullRequest.number);
  return {
    incident: { ...incident, detail: `${incident.detail} ${sentence}`, revert },
    entry: {
      at: world.clock.now(),
      event: 'escalated',
      text: `${move.entry?.text ?? incident.reason} ${sentence}`,
    },
  };
}

async function proposeDraft(world: World, incident: Incident, branch: string): Promise<Revert> {
  const github = await world.github();
  const { repository } = incident;
  const language = settingsOf(world, incident).language.value;

  // 1. What an earlier run got done, whatever people did to it since.
  const pulls = await github.listPullRequests(repository, branch);
  const earlier = pulls.find((pull) => parseRevertMarker(pull.body) === incident.id);
  if (earlier !== undefined) return { pullRequest: refTo(earlier) };

  // 2. From where to where: the whole line of commits, or nothing.
  const head = await github.findHead(repository, incident.branch);
  const base = await findLastGood(github, incident);
  if (head === undefined || base === undefined) return { refused: 'No earlier deployment was good.' };
  if (head === base || !(await github.contains(repository, head, base)))
    return { refused: 'The last good commit is not in the history of the branch.' };
  const source = github.openSource({ repository, sha: head, baseSha: base });
  const changes = (await source.listChanges()) ?? [];

  // 3. One commit on a branch of its own.
  const limit = await reserveDeployment(world, await world.store(), listProjects(incident).length);
  if (!limit.granted) return { refused: describeLimit(limit.name) };
  await takeWrites(world, WRITES_A_REVERT);
  const paths = changes.map(({ path }) => path);
  const text = buildRevertText({ incident, base, head, paths, language });
  if ((await github.findHead(repository, branch)) === undefined) {
    const tree = await buildTree(github, incident, { base, head, paths });
    const { sha } = await github.createCommit({ repository, parents: [head], message: text.message, ...tree });
    await github.ensureBranch(repository, branch, sha);
  }

  // 4. The draft.
  const opened = await github.openPullRequest({
    repository,
    head: branch,
    base: incident.branch,
    title: world.redact(text.title),
    body: world.redact(text.body),
    draft: true,
  });
  return { pullRequest: refTo(opened) };
}

function refTo({ number, url, createdAt }: PullRequest): PullRequestRef {
  return { number, url, openedAt: createdAt };
}

/** The last commit that every project of the incident deployed well: of several, the one that the others contain. */
async function findLastGood(github: GitHub, incident: Incident): Promise<string | undefined> {
  const known = new Set(listProjects(incident).map((failure) => failure.lastReadySha));
  let oldest: string | undefined;
  for (const sha of known) {
    if (sha === undefined) return undefined;
    if (oldest === undefined || (await github.contains(incident.repository, oldest, sha))) oldest = sha;
  }
  return oldest;
}

/** The tree of the last good commit. The settings stay as they are now: what may be done here is for people to say. */
async function buildTree(
  github: GitHub,
  { repository }: Incident,
  { base, head, paths }: { readonly base: string; readonly head: string; readonly paths: readonly string[] },
): Promise<{ readonly baseTree: string; readonly treeId: string; readonly files: readonly ChangedFile[] }> {
  const good = github.openSource({ repository, sha: base });
  const [tree, baseTree] = await Promise.all([good.listTree(), good.readRootTreeId()]);
  if (!paths.includes(SETTINGS_PATH)) return { baseTree, treeId: baseTree, files: [] };
  const content = (await github.readFile(repository, head, SETTINGS_PATH)) ?? null;
  const files: readonly ChangedFile[] = [{ path: SETTINGS_PATH, mode: '100644', before: null, content }];
  return { baseTree, treeId: await github.computeTreeId(tree, files), files };
}
