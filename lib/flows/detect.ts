import { AdapterError } from '../errors.js';
import { admitDeployment, type IgnoreReason, screenDeployment } from '../incident/admission.js';
import { openIncident } from '../incident/transitions.js';
import { inParallel } from '../parallel.js';
import type { Deployment, IgnoredDeployment } from '../ports.js';
import type { Asked } from './sweep.js';
import type { World } from './world.js';

export interface Detection {
  readonly opened: readonly { readonly incidentId: string; readonly deploymentId: string; readonly project: string }[];
  readonly ignored: readonly {
    readonly deploymentId: string;
    readonly project: string;
    readonly reason: IgnoreReason;
  }[];
  readonly problems: readonly string[];
  /** False when something could not be looked at, so that the window must not move on. */
  readonly complete: boolean;
}

type Finding =
  | { readonly outcome: 'opened'; readonly incidentId: string; readonly deploymentId: string; readonly project: string }
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

/** Finds failed production deployments that nobody has seen and opens an incident for each that is ours to heal. */
export async function detect(
  world: World,
  input: { readonly since: number; readonly seen: ReadonlySet<string>; readonly asked: Asked },
): Promise<Detection> {
  const { asked } = input;
  const failed = await listFailed(world, input.since, asked);
  const fresh = failed.filter((deployment) => !input.seen.has(deployment.id));
  const findings = await inParallel(fresh, DEPLOYMENTS_AT_ONCE, (deployment) => judge(world, deployment));

  return {
    opened: findings.filter((finding) => finding.outcome === 'opened'),
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

async function judge(world: World, deployment: Deployment): Promise<Finding> {
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

    const incident = openIncident({ ...admission, now: world.clock.now() });
    const opened = await store.open(incident, {
      at: incident.openedAt,
      event: 'detected',
      text: `The production deployment of ${deployment.projectName} failed.`,
    });
    return opened === 'opened' ? { outcome: 'opened', incidentId: incident.id, ...about } : { outcome: 'known' };
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
