import type { BuildEvent, Deployment, DeploymentReader } from '../ports.js';

/** All that Vercel knows of a failure; undefined for what is gone. */
export interface Evidence {
  readonly deployment: Deployment | undefined;
  readonly events: readonly BuildEvent[] | undefined;
}

/** As much of the world as reading a deployment needs. */
export interface VercelReader {
  vercel(): Promise<DeploymentReader>;
}

/** Reads a deployment and its log together. */
export async function readEvidence(world: VercelReader, deploymentId: string): Promise<Evidence> {
  const vercel = await world.vercel();
  const [deployment, events] = await Promise.all([
    vercel.findDeployment(deploymentId),
    vercel.readBuildEvents(deploymentId),
  ]);
  return { deployment, events };
}
