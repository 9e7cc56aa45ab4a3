import { AdapterError } from '../errors.js';
import { admitDeployment, type IgnoreReason, screenDeployment } from '../incident/admission.js';
import type { Incident } from '../incident/incident.js';
import { openIncident } from '../incident/transitions.js';
import { inParallel } from '../parallel.js';
import type { Deployment, IgnoredDeployment, Lease } from '../ports.js';
import { type Evidence, readEvidence } from './evidence.js';
import { LEASE_MS } from './moves.js';
import type { Asked } from './sweep.js';
import type { World } from './world.js';

/** An incident that was claimed when it was opened, and whose evidence was asked for before. */
export interface HeadStart {
  readonly lease: Lease;
  readonly incident: Incident;
  readonly evidence: Promise<Evidence>;
}

export interface Detection {
  readonly opened: readonly { readonly incidentId: string; readonly deploymentId: string; readonly project: string }[];
  readonly ignored: readonly {
    readonly deploymentId: string;
    readonly project: string;
    readonly reason: IgnoreReason;
  }[];
  readonly headStarts: ReadonlyMap<string, HeadStart>;
  readonly problems: readonly string[];
  /** False when something could not be looked at, so that the window must not move on. */
  readonly complete: boolean;
}

type Finding =
  | {
      readonly outcome: 'opened';
      readonly incidentId: string;
      readonly deploymentId: string;
      readonly project: string;
      readonly headStart: HeadStart | undefined;
    }
  | {
      readonly outcome: 'ignored';
      readonly deploymentId: string;
      readonly project: string;
      readonly reason: IgnoreReason;
    }
  | { readonly outcome: 'known' | 'wait' }
  | { readonly outcome: 'problem'; readonly sentence: string };

const DEPLOYMENTS_AT_ONCE = 8;
/** Enough to hold the last READY deployment of a project that failed many times in a row. */
const LATEST_DEPLOYMENTS = 20;

/**
 * Finds failed production deployments that nobody has seen and opens an incident for each that is ours to heal.
 *
 * @param input `headStarts` says for how many the caller goes on at once
 */
export async function detect(
  world: World,
  input: {
    readonly since: number;
    readonly seen: ReadonlySet<string>;
    readonly asked: Asked;
    readonly headStarts: number;
  },
): Promise<Detection> {
  const { asked } = input;
  const failed = await listFailed(world, input.since, asked);
  const fresh = failed.filter((deployment) => !input.seen.has(deployment.id));
  const first = new Set(fresh.slice(0, input.headStarts));
  const findings = await inParallel(fresh, DEPLOYMENTS_AT_ONCE, (deployment) =>
    judge(world, deployment, first.has(deployment)),
  );
  const opened = findings.filter((finding) => finding.outcome === 'opened');

  return {
    opened: opened.map(({ incidentId, deploymentId, project }) => ({ incidentId, deploymentId, project })),
    headStarts: new Map(opened.flatMap(({ incidentId, headStart }) => (headStart ? [[incidentId, headStart]] : []))),
    ignored: findings.filter((finding) => finding.outcome === 'ignored'),
    problems: findings.filter((finding) => finding.outcome === 'problem').map((finding) => finding.sentence),
    complete: findings.every((finding) => finding.outcome !== 'problem'),
  };
}

async function listFailed(world: World, since: number, asked: Asked): Promise<readonly Deployment[]> {
  if (asked !== undefined && 'deployment' in asked) return [asked.deployment];
  const vercel = await world.vercel();
  return await vercel.listDeployments({
    target: 'production',
    state: 'ERROR',
    since,
    ...(asked === undefined ? {} : { projectId: asked.projectId }),
  });
}

async function judge(world: World, deployment: Deployment, goesOn: boolean): Promise<Finding> {
  const about = { deploymentId: deployment.id, project: deployment.projectName };
  try {
    const store = await world.store();
    const screened = screenDeployment(deployment, {
      ownProjectId: world.config.ownProjectId,
      watched: world.config.vercel.projects,
    });
    if (screened !== undefined) {
      await store.ignore(toIgnored(deployment, screened));
      return { outcome: 'ignored', ...about, reason: screened };
    }

    const evidence = goesOn ? readEvidence(world, deployment.id) : undefined;
    // Whoever diagnoses hears of a failure; where nobody does, nobody has to.
    evidence?.catch(() => undefined);
    const vercel = await world.vercel();
    const [project, latest] = await Promise.all([
      vercel.findProject(deployment.projectId),
      vercel.listDeployments({ projectId: deployment.projectId, target: 'production', limit: LATEST_DEPLOYMENTS }),
    ]);
    const admission = admitDeployment(deployment, project, latest);
    if (admission.outcome === 'wait') return { outcome: 'wait' };
    if (admission.outcome === 'ignored') {
      await store.ignore(toIgnored(deployment, admission.reason));
      return { outcome: 'ignored', ...about, reason: admission.reason };
    }

    const { commitMessage, ...failure } = admission.failure;
    const incident = openIncident({
      ...admission,
      failure: { ...failure, ...(commitMessage && { commitMessage: world.redact(commitMessage) }) },
      now: world.clock.now(),
    });
    const lease = { incidentId: incident.id, token: world.newToken() };
    const opened = await store.open(
      incident,
      {
        at: incident.openedAt,
        event: 'detected',
        text: `The production deployment of ${deployment.projectName} failed.`,
      },
      evidence && { token: lease.token, ttlMs: LEASE_MS },
    );
    if (opened === 'known') return { outcome: 'known' };
    const headStart = evidence && { lease, incident, evidence };
    return { outcome: 'opened', incidentId: incident.id, ...about, headStart };
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    world.logger.warn('A failed deployment could not be judged', { ...about, system: error.system, kind: error.kind });
    return { outcome: 'problem', sentence: `Deployment ${deployment.id} could not be looked at: ${error.message}` };
  }
}

function toIgnored(deployment: Deployment, reason: IgnoreReason): IgnoredDeployment {
  const { id, projectName, createdAt, inspectorUrl } = deployment;
  return {
    deploymentId: id,
    projectName,
    reason,
    createdAt,
    ...(inspectorUrl === undefined ? {} : { inspectorUrl }),
  };
}
