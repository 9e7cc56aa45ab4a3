import { AdapterError } from '../errors.js';
import { chooseBranchName, REPAIR_BRANCH_PREFIX } from '../incident/branch-name.js';
import type { Attempt, Incident } from '../incident/incident.js';
import { amend } from '../incident/transitions.js';
import { buildCommitMessage, parseCommitTrailers } from '../patch/commit-message.js';
import type { ChangedFile } from '../patch/patch.js';
import type { Session } from './moves.js';
import { languageOf } from './repository-settings.js';
import type { GitHub, World } from './world.js';

/** What a fresh attempt has at hand and a resumed one reads again. */
export interface Prepared {
  readonly files: readonly ChangedFile[];
  readonly baseTree: string;
}

type Planned = Extract<Incident, { status: 'diagnosed' | 'refuted' }>;

interface Placed {
  readonly attempt: Attempt;
  readonly incident: Incident;
}

/** One commit, and the branch that holds it; signed by GitHub where that branch, or the one it is to be merged into, takes no other. */
export async function commitAttempt(
  world: World,
  session: Session & { readonly incident: Planned },
  attempt: Attempt,
  prepared: Prepared,
): Promise<(Placed & { readonly commitSha: string }) | 'branch-gone'> {
  const { incident } = session;
  const github = await world.github();
  if (incident.attempts.every(({ signed }) => signed !== true)) {
    try {
      // What no branch holds does no harm, so the commit is made while the rules are read.
      const [commitSha, mustBeSigned] = await Promise.all([
        commit(world, incident, attempt, prepared),
        github.demandsSignatures(incident.repository, incident.branch),
      ]);
      if (mustBeSigned) return await commitSigned(world, session, attempt, prepared);
      const placed = await placeOnBranch(world, session, github, attempt, commitSha);
      return placed === 'branch-gone' ? placed : { ...placed, commitSha };
    } catch (error) {
      const isRefused = error instanceof AdapterError && error.reason === 'signature-required';
      if (!isRefused || !canBeSigned(attempt, prepared)) throw error;
    }
  }
  return await commitSigned(world, session, attempt, prepared);
}

/** GitHub signs commits with one parent and plain files: https://docs.github.com/graphql/reference/mutations#createcommitonbranch */
function canBeSigned(attempt: Attempt, { files }: Prepared): boolean {
  return attempt.parents.length === 1 && files.every(({ mode }) => mode === '100644');
}

/** The branch comes first here, at the parent; the commit is made on it. */
async function commitSigned(
  world: World,
  session: Session & { readonly incident: Planned },
  attempt: Attempt,
  prepared: Prepared,
): Promise<(Placed & { readonly commitSha: string }) | 'branch-gone'> {
  const [parent] = attempt.parents;
  if (parent === undefined || !canBeSigned(attempt, prepared))
    throw new AdapterError('The commit has to be signed, and GitHub signs none with two parents or unusual files.', {
      system: 'github',
      kind: 'rejected',
      reason: 'signature-required',
    });
  const github = await world.github();
  const signed: Attempt = { ...attempt, signed: true };
  const attempts = replaceLast(session.incident.attempts, signed);
  const incident = await session.save({ incident: amend(session.incident, world.clock.now(), { attempts }) });
  const placed = await placeOnBranch(world, { ...session, incident }, github, signed, parent);
  if (placed === 'branch-gone') return placed;
  const made = await github.createSignedCommit({
    repository: incident.repository,
    branch: placed.attempt.branch,
    parent,
    files: prepared.files,
    treeId: attempt.treeId,
    message: messageOf(world, session.incident, attempt),
  });
  // Moved by ourselves, when the answer of an earlier request was lost.
  const commitSha = made === 'branch-moved' ? await findOwnCommit(github, incident, placed.attempt) : made.sha;
  return commitSha === undefined ? 'branch-gone' : { ...placed, commitSha };
}

function messageOf(world: World, incident: Planned, attempt: Attempt): string {
  return buildCommitMessage({
    patch: attempt.patch,
    diagnosis: incident.diagnosis,
    incidentId: incident.id,
    attempt: attempt.number,
    language: languageOf(world, incident),
  });
}

/** The head of the planned branch when its trailers name this incident and this attempt. */
export async function findOwnCommit(github: GitHub, incident: Incident, attempt: Attempt): Promise<string | undefined> {
  const head = await github.findHead(incident.repository, attempt.branch);
  if (head === undefined) return undefined;
  const found = await github.readCommit(incident.repository, head);
  if (found === undefined) return undefined;
  const trailers = parseCommitTrailers(found.message);
  const ours = trailers?.incidentId === incident.id && trailers.attempt === attempt.number;
  return ours && found.treeId === attempt.treeId ? head : undefined;
}

async function commit(world: World, incident: Planned, attempt: Attempt, prepared: Prepared): Promise<string> {
  const github = await world.github();
  const { sha } = await github.createCommit({
    repository: incident.repository,
    parents: attempt.parents,
    baseTree: prepared.baseTree,
    files: prepared.files,
    treeId: attempt.treeId,
    message: messageOf(world, incident, attempt),
  });
  return sha;
}

/** A new branch moves on to the next second while strangers hold its name; an existing one only ever moves forward. */
async function placeOnBranch(
  world: World,
  session: Session,
  github: GitHub,
  attempt: Attempt,
  sha: string,
): Promise<{ readonly attempt: Attempt; readonly incident: Incident } | 'branch-gone'> {
  const { repository } = session.incident;
  const goesOn = session.incident.attempts.some(
    (earlier) => earlier.number < attempt.number && earlier.branch === attempt.branch,
  );
  if (goesOn) {
    const advanced = await github.advanceBranch(repository, attempt.branch, sha);
    return advanced === 'advanced' ? { attempt, incident: session.incident } : 'branch-gone';
  }

  const placed = await github.ensureBranch(repository, attempt.branch, sha);
  if (placed !== 'taken') return { attempt, incident: session.incident };
  const branches = await github.listBranches(repository, REPAIR_BRANCH_PREFIX);
  const taken = new Set([attempt.branch, ...branches.map((branch) => branch.name)]);
  const createdAt = session.incident.failures.at(-1)?.createdAt ?? session.incident.openedAt;
  const moved: Attempt = { ...attempt, branch: chooseBranchName(createdAt, taken) };
  const incident = await session.save({
    incident: amend(session.incident, world.clock.now(), { attempts: replaceLast(session.incident.attempts, moved) }),
  });
  return await placeOnBranch(world, { ...session, incident }, github, moved, sha);
}

export function replaceLast(attempts: readonly Attempt[], attempt: Attempt): readonly Attempt[] {
  return [...attempts.slice(0, -1), attempt];
}
