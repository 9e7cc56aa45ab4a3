import { gatherContext } from '../context/gather.js';
import type { RepositoryContext, SourceReader } from '../context/source.js';
import { chooseBranchName, REPAIR_BRANCH_PREFIX } from '../incident/branch-name.js';
import type { Attempt, Incident, StoredDiagnosis } from '../incident/incident.js';
import { currentDiagnosis, decideNextAction, madeProgress, newestFingerprint } from '../incident/next-action.js';
import { amend } from '../incident/transitions.js';
import { addUsage, type PreviousAttempt } from '../patch/patch.js';
import { patchHash } from '../patch/patch-hash.js';
import { recall } from '../patch/recall.js';
import { repairAttempt } from '../patch/repair-attempt.js';
import type { EffectiveSettings } from '../settings/effective-settings.js';
import { matchesAny } from '../settings/glob.js';
import { findSettings } from '../settings/read-settings.js';
import { adoptPullRequest } from './adopt.js';
import { closeByPullRequest } from './close.js';
import { join } from './diagnose-incident.js';
import { escalate, lookAgain, type Move, type Session, waitOrEscalate } from './moves.js';
import { propose, reserveForAttempt } from './propose.js';
import { actionSettings, permissionsOf, settingsOf } from './repository-settings.js';
import { closeBySuperseding } from './supersede.js';
import type { GitHub, World } from './world.js';

type Repairable = Extract<Incident, { status: 'diagnosed' | 'refuted' }>;

const TURN_WAIT_MS = 60_000;

/** One attempt, from diagnosis to pull request: gather, repair, plan, propose. */
export async function repair(world: World, session: Session): Promise<Move> {
  const incident = session.incident as Repairable;
  const { repository, branch } = incident;
  const failure = incident.failures.at(-1);
  if (failure === undefined) throw new RangeError('an incident without a failure');

  // 1. One repair pull request at a time for a branch. Of a failure found just now, whose turn it nearly always is,
  //    the repository is read meanwhile.
  const [store, github] = await Promise.all([world.store(), world.github()]);
  const diagnosis = currentDiagnosis(incident);
  const expected = incident.attempts.at(-1)?.baseSha ?? failure.sha;
  const ahead = session.evidence === undefined ? undefined : readAhead(gatherAt(github, incident, expected));
  const [turn, remembered, isRejected, rejectedPatches] = await Promise.all([
    store.takeTurn(repository.id, branch, incident.id),
    store.findVerifiedPatch(repository.id, diagnosis.fingerprint),
    store.isRejected(repository.id, diagnosis.fingerprint),
    store.listRejectedPatches(repository.id),
  ]);
  if (turn.holder !== incident.id) return await waitForTurn(world, incident, turn.holder);

  // 2. The repository as it stands now: somebody may have pushed since. It is read meanwhile where it stood last.
  const early = ahead ?? readAhead(gatherAt(github, incident, expected));
  const listing = github.listBranches(repository, REPAIR_BRANCH_PREFIX);
  const [head, branches, closed, superseded, adopted] = await Promise.all([
    github.findHead(repository, branch),
    listing,
    incident.reachedAt.merged === undefined ? closeByPullRequest(world, incident) : undefined,
    closeBySuperseding(world, incident),
    adoptPullRequest(world, incident, listing),
  ]);
  const ended = closed ?? superseded ?? adopted;
  if (ended !== undefined) return ended;
  if (head === undefined)
    return escalate(world, incident, 'repository-unreadable', `The branch ${branch} no longer exists.`);
  const { source, context: gathered } = await (head === expected ? early : gatherAt(github, incident, head));
  const context = await addFiles(gathered, source, [
    ...incident.attempts.flatMap((attempt) => attempt.files),
    ...(remembered?.edits.map((edit) => edit.path) ?? []),
  ]);
  if (context.tree.entries.every((entry) => entry.mode === '040000'))
    return escalate(world, incident, 'empty-tree', `The commit ${head.slice(0, 7)} holds no files.`);

  // 3. What the people of the repository have said about it, at that same commit.
  const read = amend(incident, world.clock.now(), { settings: { sha: head, ...findSettings(context) } });
  const settings = settingsOf(world, read);
  const stopped = stopBySettings(world, read, settings);
  if (stopped !== undefined) return stopped;

  // 4. What was right on the old base is tried first on the new one; then the repairers, in order; whatever they answer is validated.
  const movedOff = attemptOnOldBase(incident);
  const result = await repairAttempt({
    request: {
      diagnosis,
      excerpt: diagnosis.excerpt,
      context,
      framework: failure.framework ?? null,
      attempt: incident.attempts.length + 1,
      previous: movedOff === undefined ? listPrevious(incident) : [],
      permissions: permissionsOf(settings),
      language: settings.language.value,
    },
    repairers: [
      ...[movedOff?.patch, remembered].filter((patch) => patch !== undefined).map(recall),
      ...(await world.repairers()),
    ],
    isRejected: (patch) => isRejected || rejectedPatches.has(patchHash(patch)),
  });
  const usage = addUsage(incident.usage, result.usage);
  const used = amend(read, world.clock.now(), { usage });
  if (result.outcome === 'unavailable')
    return waitOrEscalate(world, used, result.retryAt ?? world.clock.now() + TURN_WAIT_MS, result.reason);
  if (result.outcome === 'nothing') return escalate(world, used, 'not-repairable', result.reason);
  if (result.outcome !== 'patch') return escalate(world, used, result.outcome, result.reason);

  // 5. The plan is stored and the limits are asked before its first side effect, so that whoever comes after a crash
  //    goes on with this one.
  const treeId = await github.computeTreeId(context.tree, result.files);
  const baseTree = await source.readRootTreeId();
  if (isKnown(incident, treeId, head) || treeId === baseTree)
    return escalate(world, used, 'attempts-exhausted', 'The only repair found was tried before and refuted.');
  const attempt: Attempt = {
    number: incident.attempts.length + 1,
    startedAt: world.clock.now(),
    baseSha: head,
    ...placeAttempt(incident, failure.createdAt, head, branches),
    treeId,
    patch: result.patch,
    files: result.files.map((file) => file.path),
    usage: result.usage,
  };
  const [planned, limit] = await Promise.all([
    session.save({
      incident: amend(used, world.clock.now(), { attempts: [...incident.attempts, attempt] }),
      entry: { at: world.clock.now(), event: 'planned', text: `Attempt ${attempt.number}: ${result.patch.change}` },
    }),
    reserveForAttempt(world, incident),
  ]);

  // 6. Commit, branch, pull request.
  return await propose(
    world,
    { ...session, incident: planned },
    { attempt, limit, resumed: false, prepared: { files: result.files, baseTree } },
  );
}

/** The settings may leave this branch alone, or allow fewer attempts than were known before they were read. */
function stopBySettings(world: World, incident: Incident, { branches }: EffectiveSettings): Move | undefined {
  if (branches.value.length > 0 && !matchesAny(branches.value, incident.branch))
    return escalate(world, incident, 'branch-excluded', `The settings do not name the branch ${incident.branch}.`);
  const action = decideNextAction(incident, actionSettings(world, incident));
  return action.do === 'escalate' ? escalate(world, incident, action.reason, action.detail) : undefined;
}

/** Another repair of the branch goes first. Where that one has run into this very failure, the two are one. */
async function waitForTurn(world: World, incident: Repairable, holderId: string): Promise<Move> {
  const store = await world.store();
  const [holder, superseded] = await Promise.all([store.find(holderId), closeBySuperseding(world, incident)]);
  if (superseded !== undefined) return superseded;
  const failure = incident.failures.at(-1);
  const same = holder !== undefined && newestFingerprint(holder) === currentDiagnosis(incident).fingerprint;
  const joined = same && failure !== undefined ? await join(world, incident, failure, holderId) : undefined;
  return joined ?? lookAgain(world, incident, TURN_WAIT_MS);
}

/** It may fail for a commit that is gone, and nobody needs it when the incident has ended or the branch has moved. */
function readAhead<Result>(reading: Promise<Result>): Promise<Result> {
  reading.catch(() => undefined);
  return reading;
}

/** All that bears on the newest diagnosis as it stands at a commit. */
async function gatherAt(github: GitHub, incident: Repairable, sha: string) {
  const { rootDirectory = '', lastReadySha } = incident.failures.at(-1) ?? {};
  const { repository } = incident;
  const source = github.openSource({
    repository,
    sha,
    ...(lastReadySha === undefined ? {} : { baseSha: lastReadySha }),
  });
  return { source, context: await gatherContext(currentDiagnosis(incident), source, { rootDirectory }) };
}

/** An earlier patch is laid over the tree again, so its files are needed whatever the new log leads to. */
async function addFiles(
  context: RepositoryContext,
  source: SourceReader,
  paths: readonly string[],
): Promise<RepositoryContext> {
  const known = new Set(context.tree.entries.map((entry) => entry.path));
  const missing = [...new Set(paths)].filter((path) => known.has(path) && !context.files.has(path));
  if (missing.length === 0) return context;
  return { ...context, files: new Map([...context.files, ...(await source.readFiles(missing))]) };
}

/** The last attempt when nothing was wrong with it but the base it stood on. */
function attemptOnOldBase(incident: Repairable): Attempt | undefined {
  const last = incident.attempts.at(-1);
  return last?.verdict?.outcome === 'refuted' && last.verdict.by === 'base' ? last : undefined;
}

function listPrevious(incident: Repairable): readonly PreviousAttempt[] {
  return incident.attempts.flatMap((attempt) =>
    attempt.verdict?.outcome === 'refuted'
      ? [
          {
            number: attempt.number,
            patch: attempt.patch,
            refutation: refutationOf(attempt.verdict),
            progress: madeProgress(incident, attempt),
            ...(attempt.verdict.by === 'review' ? { isReviewed: true } : {}),
          },
        ]
      : [],
  );
}

function refutationOf(verdict: { readonly diagnosis?: StoredDiagnosis; readonly note?: string }): string {
  return [verdict.note, verdict.diagnosis?.excerpt].filter((part) => part !== undefined).join('\n\n');
}

/** A later attempt goes on the same branch, unless that branch was merged. */
function placeAttempt(
  incident: Repairable,
  createdAt: number,
  head: string,
  branches: readonly { readonly name: string; readonly sha: string }[],
): Pick<Attempt, 'branch' | 'parents'> {
  const last = incident.attempts.at(-1);
  const merged = incident.reachedAt.merged !== undefined;
  const current = branches.find((other) => other.name === last?.branch);
  if (last === undefined || merged || current === undefined) {
    const taken = new Set([
      ...branches.map((other) => other.name),
      ...incident.attempts.map((attempt) => attempt.branch),
    ]);
    return { branch: chooseBranchName(createdAt, taken), parents: [head] };
  }
  const parents = last.baseSha === head ? [current.sha] : [current.sha, head];
  return { branch: last.branch, parents };
}

function isKnown(incident: Repairable, treeId: string, base: string): boolean {
  return incident.attempts.some((attempt) => attempt.treeId === treeId && attempt.baseSha === base);
}
