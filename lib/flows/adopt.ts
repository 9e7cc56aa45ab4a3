import { buildBranchName, parseBranchName } from '../incident/branch-name.js';
import type { Attempt, Incident } from '../incident/incident.js';
import { incidentIdOf, moveTo } from '../incident/transitions.js';
import { parseCommitTrailers } from '../patch/commit-message.js';
import { diffToEdits } from '../patch/diff-to-edits.js';
import { NO_USAGE, type Patch } from '../patch/patch.js';
import type { PullRequest } from '../ports.js';
import { parseIncidentMarker } from '../report/pull-request.js';
import { closeByPullRequest } from './close.js';
import type { Move } from './moves.js';
import type { GitHub, World } from './world.js';

type Forgetful = Extract<Incident, { status: 'diagnosed' | 'refuted' }>;
type Branches = ReturnType<GitHub['listBranches']>;

const FIRST_LOOK_MS = 5_000;
/** A branch's name moves on by a second for each stranger that has it already. */
const FURTHEST_NAME_SECONDS = 60;
const MOST_ATTEMPTS = 10;

/**
 * The pull request of an incident that the store has forgotten: GitHub has kept it, open or closed. Undefined when
 * there is none, or when the store knows of attempts.
 */
export async function adoptPullRequest(
  world: World,
  incident: Forgetful,
  branches: Branches,
): Promise<Move | undefined> {
  if (incident.attempts.length > 0 || incident.pullRequest !== undefined || incident.askedAgain !== undefined)
    return undefined;
  const github = await world.github();
  const found = await findOwn(github, incident, branches);
  if (found === undefined) return undefined;

  const now = world.clock.now();
  const pullRequest = { number: found.number, url: found.url, openedAt: found.createdAt };
  const attempts = await rebuildAttempts(github, incident, found, now);
  const closed = await closeByPullRequest(world, { ...incident, pullRequest, attempts });
  if (closed !== undefined) return closed;
  return {
    incident: moveTo(incident, 'proposed', now, {
      diagnosis: incident.diagnosis,
      pullRequest,
      attempts,
      deadline: now + world.config.previewDeadlineMs,
      dueAt: now + FIRST_LOOK_MS,
    }),
    entry: { at: now, event: 'proposed', text: `Pull request #${found.number} of this failure is open already.` },
  };
}

/** Only its own first line and our own account make a pull request ours. */
async function findOwn(github: GitHub, incident: Incident, branches: Branches): Promise<PullRequest | undefined> {
  const ids = incident.failures.map((failure) => incidentIdOf(failure.deploymentId));
  const starts = incident.failures.map((failure) => Math.floor(failure.createdAt / 1000));
  const first = new Set(starts.map(buildBranchName));
  const list = async (names: Iterable<string>) =>
    await Promise.all([...names].map((name) => github.listPullRequests(incident.repository, name)));
  const [expected, moved] = await Promise.all([
    list(first),
    branches.then((all) => list(listNear(starts, all).filter((name) => !first.has(name)))),
  ]);
  const marked = [...expected, ...moved]
    .flat()
    .filter(({ body, baseRef }) => baseRef === incident.branch && ids.includes(parseIncidentMarker(body) ?? ''));
  if (marked.length === 0) return undefined;
  const { login } = await github.readAccount();
  const own = marked.filter((pull) => pull.author === login);
  return own.find((pull) => pull.state === 'open') ?? own[0];
}

/** A branch soon after the second of a failure: that name was taken. A merged branch is often deleted. */
function listNear(starts: readonly number[], branches: Awaited<Branches>): readonly string[] {
  return branches
    .map(({ name }) => name)
    .filter((name) => {
      const seconds = parseBranchName(name) ?? Number.NaN;
      return starts.some((start) => seconds > start && seconds <= start + FURTHEST_NAME_SECONDS);
    });
}

/** The commits of ours at the branch's head, the oldest first, as the attempts that they were. */
async function rebuildAttempts(
  github: GitHub,
  incident: Incident,
  pull: PullRequest,
  now: number,
): Promise<readonly Attempt[]> {
  const commits: { sha: string; treeId: string; parents: readonly string[] }[] = [];
  const id = parseIncidentMarker(pull.body);
  let sha: string | undefined = pull.headSha;
  while (sha !== undefined && commits.length < MOST_ATTEMPTS) {
    const commit = await github.readCommit(incident.repository, sha);
    const trailers = commit === undefined ? undefined : parseCommitTrailers(commit.message);
    if (commit === undefined || trailers === undefined || trailers.incidentId !== id) break;
    commits.unshift({ sha, treeId: commit.treeId, parents: commit.parents });
    sha = commit.parents[0];
  }

  const attempts: Attempt[] = [];
  for (const [index, { sha: commitSha, treeId, parents }] of commits.entries()) {
    const baseSha = (index === 0 ? parents[0] : parents[1]) ?? attempts.at(-1)?.baseSha ?? '';
    const { patch, files } = await rebuildPatch(github, incident, baseSha, commitSha);
    const last = index === commits.length - 1;
    attempts.push({
      number: index + 1,
      startedAt: pull.createdAt,
      baseSha,
      parents,
      branch: pull.headRef,
      treeId,
      patch,
      files,
      usage: NO_USAGE,
      commitSha,
      committedAt: now,
      ...(last ? {} : { verdict: { outcome: 'refuted', at: now, by: 'preview', deployments: [] } }),
    });
  }
  return attempts;
}

/** What a commit changed, as edits. Who had the idea is not known any more. */
async function rebuildPatch(
  github: GitHub,
  { repository }: Incident,
  baseSha: string,
  sha: string,
): Promise<{ readonly patch: Patch; readonly files: readonly string[] }> {
  const after = github.openSource({ repository, sha, baseSha });
  const files = ((await after.listChanges()) ?? []).flatMap(({ path, previousPath }) =>
    previousPath === undefined ? [path] : [previousPath, path],
  );
  const before = github.openSource({ repository, sha: baseSha });
  const [old, fresh] = await Promise.all([before.readFiles(files), after.readFiles(files)]);
  const edits = files.flatMap((path) => diffToEdits(path, old.get(path) ?? null, fresh.get(path) ?? null));
  const words = { cause: 'See the first text of the pull request.', change: 'Taken over from the pull request.' };
  return { patch: { repairer: 'memory', edits, ...words, confidence: 1, origin: ['pull-request'] }, files };
}
