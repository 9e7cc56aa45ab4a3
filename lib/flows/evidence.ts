import type { BuildEvent, Deployment } from '../ports.js';
import type { World } from './world.js';

/** All that Vercel knows of a failure; undefined for what is gone. */
export interface Evidence {
  readonly deployment: Deployment | undefined;
  readonly events: readonly BuildEvent[] | undefined;
}

/** Reads a deployment and its log together. */
export async function readEvidence(world: World, deploymentId: string): Promise<Evidence> {
  const vercel = await world.vercel();
  const [deployment, events] = await Promise.all([
    vercel.findDeployment(deploymentId),
    vercel.readBuildEvents(deploymentId),
  ]);
  return { deployment, events };
}
