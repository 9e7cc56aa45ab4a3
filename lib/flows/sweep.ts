import { AdapterError } from '../errors.js';
import type { IgnoreReason } from '../incident/admission.js';
import type { RepositoryRef } from '../incident/incident.js';
import { laneOf } from '../incident/lane.js';
import { inParallel } from '../parallel.js';
import type { Deployment, StepQueue, SweepTrigger } from '../ports.js';
import type { StepReport } from './advance.js';
import { type Detection, detect } from './detect.js';
import type { Suspicion } from './refused-deployment.js';
import type { World } from './world.js';

export interface SweepRequest {
  readonly trigger: SweepTrigger;
  /** Look at this deployment only, whatever the window says. */
  readonly deploymentId?: string;
  /** Look at this project only, by id or name. */
  readonly project?: string;
  /** A commit of which somebody says that Vercel did not deploy it. */
  readonly suspicion?: Suspicion;
  /** Look at these incidents now, due or not: something happened to them. */
  readonly incidentIds?: readonly string[];
  /** Milliseconds since the epoch after which no further incident is started. */
  readonly stopAt?: number;
}

export interface SweepReport {
  readonly trigger: SweepTrigger;
  readonly mode: 'repair' | 'observe';
  readonly paused: boolean;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly detected: readonly {
    readonly incidentId: string;
    readonly deploymentId: string;
    readonly project: string;
  }[];
  readonly ignored: readonly {
    readonly deploymentId: string;
    readonly project: string;
    readonly reason: IgnoreReason;
  }[];
  readonly steps: readonly StepReport[];
  /** Incidents whose step was handed to the queue. */
  readonly queued?: number;
  /** Incidents that are due and were left for the next sweep. */
  readonly left: number;
  /** What could not be done, one sentence each. */
  readonly problems: readonly string[];
}

export type SweepResult =
  | { readonly outcome: 'swept'; readonly report: SweepReport }
  | { readonly outcome: 'unknown-deployment' }
  | { readonly outcome: 'unknown-project' };

/** The longest build (45 minutes) and the longest queue before it, generously: https://vercel.com/docs/limits */
const WINDOW_MS = 2 * 60 * 60 * 1000;
const MOST_INCIDENTS_A_SWEEP = 200;
const INCIDENTS_AT_ONCE = 6;
/** A function lives 300 seconds (vercel.json); a repair started later than this might be cut off. */
const TIME_FOR_STARTING_MS = 150_000;

/**
 * Does all that is due: finds failed production deployments that nobody has seen, and moves every due incident on.
 * Sweeps may overlap, repeat and get lost; none does a thing twice.
 */
export async function sweep(world: World, request: SweepRequest): Promise<SweepResult> {
  const startedAt = world.clock.now();
  const stopAt = request.stopAt ?? startedAt + TIME_FOR_STARTING_MS;

  // 1. A person's question about something that does not exist touches no state.
  const asked = await resolveRequest(world, request);
  if (asked === 'unknown-deployment' || asked === 'unknown-project') return { outcome: asked };

  // 2. One command tells what is due, what was seen, and whether somebody stopped us.
  const store = await world.store();
  const start = await store.beginSweep(MOST_INCIDENTS_A_SWEEP);
  const paused = world.config.paused || start.paused;
  if (paused) return swept(world, request, { startedAt, paused });

  // 3. New failures become incidents, once. Where no queue takes them over, the first are worked on here and now.
  const since = Math.min(start.lastSweepAt ?? start.now, start.now) - WINDOW_MS;
  const queue = await world.queue?.();
  const headStarts = queue === undefined ? INCIDENTS_AT_ONCE : 0;
  const [seen, refused] = await Promise.all([
    detect(world, { since, seen: start.seen, asked, headStarts }),
    lookForRefused(world, request, asked),
  ]);
  const found = { ...seen, opened: [...seen.opened, ...refused] };

  // 4. Every due incident moves as far as it can without waiting.
  const nudged = request.incidentIds ?? [];
  const due = [...new Set([...found.opened.map((opened) => opened.incidentId), ...nudged, ...start.due])];
  const problems = [...found.problems];
  const queued = await enqueue(
    world,
    queue,
    due.filter((incidentId) => !nudged.includes(incidentId)),
  );
  let left = 0;
  const ours = due.filter((incidentId) => !queued.includes(incidentId));
  const steps = await inParallel(ours, INCIDENTS_AT_ONCE, async (incidentId) => {
    if (world.clock.now() >= stopAt) {
      left += 1;
      return [];
    }
    // Repair brings parsers along, which an idle minute does not need.
    const { advance } = await import('./advance.js');
    const headStart = found.headStarts.get(incidentId);
    return await advance(world, incidentId, { nudged: nudged.includes(incidentId), headStart });
  });

  // 5. Only a look at everything moves the window on.
  if (asked === undefined && found.complete) await store.completeSweep(start.now, request.trigger);

  return swept(world, request, {
    startedAt,
    paused,
    detected: found.opened,
    ignored: found.ignored,
    steps: steps.flat(),
    ...(queued.length === 0 ? {} : { queued: queued.length }),
    left,
    problems,
  });
}

/** Only where something points there: a look at every repository would cost a call for each. */
async function lookForRefused(world: World, { suspicion }: SweepRequest, asked: Asked): Promise<Detection['opened']> {
  const where = suspicion ?? (asked !== undefined && 'repository' in asked ? asked : undefined);
  if (where === undefined) return [];
  const { findRefusedDeployments } = await import('./refused-deployment.js');
  try {
    return await findRefusedDeployments(world, where);
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    world.logger.warn('A commit’s status could not be looked at', { system: error.system, kind: error.kind });
    return [];
  }
}

/** Hands the steps to the queue, where there is one; what it does not take is done here. */
async function enqueue(
  world: World,
  queue: StepQueue | undefined,
  incidentIds: readonly string[],
): Promise<readonly string[]> {
  if (queue === undefined || incidentIds.length === 0) return [];
  // Sweeps of one minute ask for the same steps; the next minute asks again for what is still due.
  const minute = Math.floor(world.clock.now() / 60_000);
  try {
    const incidents = await (await world.store()).findAll(incidentIds);
    const steps = incidents.map((incident) => ({
      incidentId: incident.id,
      deduplicationId: `${incident.id}-at-${minute}`,
      lane: laneOf(incident, world.config.gemini?.models[0]),
    }));
    await queue.publish(steps);
    return steps.map(({ incidentId }) => incidentId);
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    world.logger.warn('The queue took no steps', { kind: error.kind });
    return [];
  }
}

/** What a narrowed request points at; undefined when it asks for everything. */
export type Asked =
  | { readonly deployment: Deployment }
  | { readonly projectId: string }
  | { readonly projectId: string; readonly repository: RepositoryRef }
  | undefined;

async function resolveRequest(
  world: World,
  request: SweepRequest,
): Promise<Asked | 'unknown-deployment' | 'unknown-project'> {
  if (request.deploymentId !== undefined) {
    const vercel = await world.vercel();
    const deployment = await vercel.findDeployment(request.deploymentId);
    return deployment === undefined ? 'unknown-deployment' : { deployment };
  }
  if (request.project !== undefined) {
    const vercel = await world.vercel();
    const project = await vercel.findProject(request.project);
    if (project === undefined) return 'unknown-project';
    return { projectId: project.id, ...(project.link === undefined ? {} : { repository: project.link.repository }) };
  }
  return undefined;
}

function swept(
  world: World,
  request: SweepRequest,
  facts: Pick<SweepReport, 'startedAt' | 'paused'> & Partial<SweepReport>,
): SweepResult {
  return {
    outcome: 'swept',
    report: {
      trigger: request.trigger,
      mode: world.config.mode,
      finishedAt: world.clock.now(),
      detected: [],
      ignored: [],
      steps: [],
      left: 0,
      problems: [],
      ...facts,
    },
  };
}
