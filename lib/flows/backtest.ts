import { gatherContext } from '../context/gather.js';
import { AdapterError } from '../errors.js';
import { type IgnoreReason, screenDeployment } from '../incident/admission.js';
import type { StoredDiagnosis } from '../incident/incident.js';
import type { Edit, Usage } from '../patch/patch.js';
import { NO_USAGE } from '../patch/patch.js';
import { type RepairAttemptOutcome, repairAttempt } from '../patch/repair-attempt.js';
import type { Deployment, DeploymentReader, Project, Repairer, RepositoryReader, SourceOpener } from '../ports.js';
import { mergeSettings } from '../settings/effective-settings.js';
import { matchesAny } from '../settings/glob.js';
import { findSettings } from '../settings/read-settings.js';
import { diagnoseDeployment } from './diagnose-incident.js';
import { permissionsOf } from './repository-settings.js';
import type { World } from './world.js';

/** Everything that a backtest may touch. It can read, and has no hand to write with. */
export interface BacktestWorld extends Pick<World, 'config' | 'clock' | 'redact' | 'logger'> {
  vercel(): Promise<DeploymentReader>;
  github(): Promise<RepositoryReader & SourceOpener>;
  repairers(): Promise<readonly Repairer[]>;
}

/** How one past failure would have gone. */
export type BacktestOutcome =
  | 'proposed'
  /** The exact edit of a guarded file, for a person. */
  | 'exact-edit'
  /** The remedy is not an edit: a variable, a setting, a command, one redeployment. */
  | 'remedy-named'
  | 'nothing-found'
  /** No model was asked for this one: its quota, or the money that may be spent. */
  | 'not-asked'
  /** The failure before was the same, and its repair would have been the same. */
  | 'same-as-before'
  | 'left-alone'
  | 'unreadable';

/** What people did to repair it, and how it compares: the files of both, of us alone, of people alone. */
export interface PeoplesRepair {
  readonly sha: string;
  readonly afterMs: number;
  readonly files: readonly string[];
  readonly common: readonly string[];
}

export interface BacktestCase {
  readonly deploymentId: string;
  readonly sha?: string;
  readonly createdAt: number;
  readonly commitMessage?: string;
  readonly inspectorUrl?: string;
  readonly outcome: BacktestOutcome;
  /** One sentence, redacted: what would have been done, or why nothing. */
  readonly reason: string;
  readonly diagnosis?: StoredDiagnosis;
  readonly repairer?: string;
  readonly origin?: readonly string[];
  readonly edits?: readonly Edit[];
  /** Files that the patch touches; empty where there is none. */
  readonly files: readonly string[];
  readonly usage: Usage;
  /** Dollars at list price; undefined where a model without a known price took part. */
  readonly dollars: number | undefined;
  /** From the first request about it to the patch, or to knowing that there is none. */
  readonly tookMs: number;
  /** Absent where production was never good again, or no file was touched. */
  readonly people?: PeoplesRepair;
}

export interface BacktestRequest {
  /** Name or id. */
  readonly project: string;
  /** So many failed production deployments, the newest. */
  readonly last: number;
  readonly signal: AbortSignal;
  /** Dollars of this case, for its usage. */
  readonly price: (usage: Usage, origin: readonly string[]) => number | undefined;
  /** Why no model may be asked any more; undefined while one may. */
  readonly spent: () => string | undefined;
  readonly onCase: (done: number, of: number, finished: BacktestCase) => void;
}

export type BacktestResult =
  | { readonly outcome: 'unknown-project' }
  | { readonly outcome: 'not-linked' }
  | {
      readonly outcome: 'done' | 'stopped';
      readonly project: Project;
      readonly failures: number;
      readonly cases: readonly BacktestCase[];
    };

/** A project may have been good for the last time long before its oldest failure that is looked at. */
const BEFORE_OLDEST_MS = 90 * 24 * 60 * 60 * 1000;
const MOST_READY = 1000;

/** Replays a project's past failures with the functions that production uses, oldest first, and writes nothing. */
export async function backtest(world: BacktestWorld, request: BacktestRequest): Promise<BacktestResult> {
  // 1. What failed, and what was good before and after.
  const vercel = await world.vercel();
  const project = await vercel.findProject(request.project);
  if (project === undefined) return { outcome: 'unknown-project' };
  if (project.link === undefined) return { outcome: 'not-linked' };
  const query = { projectId: project.id, target: 'production' } as const;
  const newest = await vercel.listDeployments({ ...query, state: 'ERROR', limit: request.last });
  const failed = newest.toSorted((left, right) => left.createdAt - right.createdAt);
  const since = (failed[0]?.createdAt ?? world.clock.now()) - BEFORE_OLDEST_MS;
  const ready =
    failed.length === 0 ? [] : await vercel.listDeployments({ ...query, state: 'READY', since, limit: MOST_READY });

  // 2. Each as it would have gone.
  const cases: BacktestCase[] = [];
  for (const deployment of failed) {
    if (request.signal.aborted) break;
    const finished = await replay(world, request, { deployment, project, ready, before: cases.at(-1) });
    if (request.signal.aborted && finished.outcome === 'unreadable') break;
    cases.push(finished);
    request.onCase(cases.length, failed.length, finished);
  }
  return { outcome: cases.length < failed.length ? 'stopped' : 'done', project, failures: failed.length, cases };
}

interface Past {
  readonly deployment: Deployment;
  readonly project: Project;
  /** READY production deployments, newest first. */
  readonly ready: readonly Deployment[];
  readonly before: BacktestCase | undefined;
}

/** One failure; whatever goes wrong with it is its outcome, and the others go on. */
async function replay(world: BacktestWorld, request: BacktestRequest, past: Past): Promise<BacktestCase> {
  const startedAt = world.clock.now();
  const { deployment } = past;
  const facts = {
    deploymentId: deployment.id,
    createdAt: deployment.createdAt,
    files: [],
    usage: NO_USAGE,
    dollars: 0,
    ...(deployment.git === undefined ? {} : { sha: deployment.git.sha }),
    ...(deployment.git?.message === undefined ? {} : { commitMessage: world.redact(deployment.git.message) }),
    ...(deployment.inspectorUrl === undefined ? {} : { inspectorUrl: deployment.inspectorUrl }),
  };
  const tookMs = () => world.clock.now() - startedAt;
  try {
    return { ...facts, ...(await judge(world, request, past)), tookMs: tookMs() };
  } catch (error) {
    if (!(error instanceof AdapterError) && !request.signal.aborted) throw error;
    const reason = error instanceof Error ? world.redact(error.message) : 'It could not be read.';
    return { ...facts, outcome: 'unreadable', reason, tookMs: tookMs() };
  }
}

type Judged = Pick<BacktestCase, 'outcome' | 'reason'> & Partial<BacktestCase>;

async function judge(world: BacktestWorld, request: BacktestRequest, past: Past): Promise<Judged> {
  const { deployment, project, before } = past;

  // 1. The same screen as for a fresh failure.
  const ignored = screen(deployment, project);
  if (ignored !== undefined || deployment.git === undefined) return { outcome: 'left-alone', reason: ignored ?? '' };

  // 2. What its log says.
  const diagnosis = await diagnoseDeployment(world, deployment.id, project.rootDirectory);
  if (diagnosis === 'deployment-gone' || diagnosis === 'log-gone')
    return { outcome: 'unreadable', reason: 'Vercel no longer has its log.' };
  const good = past.ready.find((other) => other.createdAt < deployment.createdAt);
  const isSame =
    before?.diagnosis?.fingerprint === diagnosis.fingerprint &&
    (good === undefined || good.createdAt < before.createdAt);
  if (isSame) return { diagnosis, outcome: 'same-as-before', reason: 'It joins the failure before it.' };

  // 3. The repair at the failing commit, as it would have been validated.
  const result = await attempt(world, request, { ...past, diagnosis, good });
  if (typeof result === 'string') return { diagnosis, outcome: 'left-alone', reason: result };
  const found = describe(result, diagnosis);
  const people = found.files === undefined ? undefined : await comparePeople(world, past, found.files);
  return {
    diagnosis,
    ...found,
    reason: world.redact(found.reason),
    usage: result.usage,
    dollars: request.price(result.usage, found.origin ?? []),
    ...(people === undefined ? {} : { people }),
  };
}

function screen(deployment: Deployment, project: Project): IgnoreReason | undefined {
  const screened = screenDeployment(deployment, { watched: [] });
  if (screened !== undefined) return screened;
  return deployment.git?.ref === project.link?.productionBranch ? undefined : 'other-branch';
}

/** A sentence where the repository's settings of that time leave the branch alone. */
async function attempt(
  world: BacktestWorld,
  request: BacktestRequest,
  input: Past & { readonly diagnosis: StoredDiagnosis; readonly good: Deployment | undefined },
): Promise<RepairAttemptOutcome | string> {
  const { deployment, project, diagnosis, good } = input;
  const { repository, sha = '', ref = '' } = deployment.git ?? {};
  if (repository === undefined) return 'It has no repository.';
  const github = await world.github();
  const source = github.openSource({
    repository,
    sha,
    ...(good?.git === undefined ? {} : { baseSha: good.git.sha }),
  });
  const context = await gatherContext(diagnosis, source, { rootDirectory: project.rootDirectory });
  const reading = findSettings(context);
  const settings = mergeSettings({ repository, environment: world.config.settings, reading });
  if (settings.branches.value.length > 0 && !matchesAny(settings.branches.value, ref))
    return 'The settings of the repository leave this branch alone.';
  return await repairAttempt({
    request: {
      diagnosis,
      excerpt: diagnosis.excerpt,
      context,
      framework: project.framework,
      attempt: 1,
      previous: [],
      permissions: permissionsOf(settings),
      signal: request.signal,
    },
    repairers: (await world.repairers()).map((repairer) => withinMeans(repairer, request)),
  });
}

/** A model is not asked once the money is spent. */
function withinMeans(repairer: Repairer, request: BacktestRequest): Repairer {
  if (repairer.name !== 'gemini') return repairer;
  return {
    name: repairer.name,
    repair: async (asked) => {
      const reason = request.spent();
      return reason === undefined ? await repairer.repair(asked) : { outcome: 'unavailable', reason, usage: NO_USAGE };
    },
  };
}

type Found = Pick<BacktestCase, 'outcome' | 'reason'> &
  Partial<Pick<BacktestCase, 'repairer' | 'origin' | 'edits' | 'files'>>;

function describe(result: RepairAttemptOutcome, diagnosis: StoredDiagnosis): Found {
  switch (result.outcome) {
    case 'patch': {
      const { repairer, origin, edits, change } = result.patch;
      return {
        outcome: 'proposed',
        reason: change,
        repairer,
        origin,
        edits,
        files: result.files.map(({ path }) => path),
      };
    }
    case 'patch-rejected': {
      const forAPerson =
        result.violations.length > 0 && result.violations.every(({ severity }) => severity === 'ask-first');
      const { repairer, origin, edits } = result.patch;
      const [reason = ''] = result.reason.split('\n');
      return forAPerson
        ? { outcome: 'exact-edit', reason, repairer, origin, edits, files: [...new Set(edits.map(({ path }) => path))] }
        : { outcome: 'nothing-found', reason };
    }
    case 'unavailable':
      return { outcome: 'not-asked', reason: result.reason };
    default:
      return diagnosis.remedy === undefined
        ? { outcome: 'nothing-found', reason: result.reason }
        : { outcome: 'remedy-named', reason: diagnosis.remedy };
  }
}

/** The files that changed until production was good again: what people did, beside whatever else they were doing. */
async function comparePeople(
  world: BacktestWorld,
  { deployment, ready }: Past,
  ours: readonly string[],
): Promise<PeoplesRepair | undefined> {
  const next = ready.findLast((other) => other.createdAt > deployment.createdAt && other.git !== undefined);
  if (next?.git === undefined || deployment.git === undefined) return undefined;
  const github = await world.github();
  const changes = await github
    .openSource({ repository: deployment.git.repository, sha: next.git.sha, baseSha: deployment.git.sha })
    .listChanges();
  if (changes === undefined) return undefined;
  const files = [
    ...new Set(
      changes.flatMap(({ path, previousPath }) => (previousPath === undefined ? [path] : [path, previousPath])),
    ),
  ];
  const theirs = new Set(files);
  return {
    sha: next.git.sha,
    afterMs: next.createdAt - deployment.createdAt,
    files,
    common: ours.filter((path) => theirs.has(path)),
  };
}
