import type { Deployment, DeploymentReader } from '../../ports.js';
import { type Plan, SetupProblem } from './dialogue.js';
import type { SetupOutside } from './outside.js';
import type { Scene } from './survey.js';

/** It serves, or it is on its way to. */
const ALIVE = 'READY,BUILDING,INITIALIZING,QUEUED';
const LOOK_EVERY_MS = 3_000;
const PATIENCE_MS = 10 * 60_000;
const NOTHING: Plan = { changes: [], notes: [] };

/**
 * Variables count from the next deployment on: https://vercel.com/docs/environment-variables
 *
 * @param writesVariables some are about to be written; else it is asked whether a deployment has come since the last was
 */
export async function planDeployment(scene: Scene, writesVariables: boolean): Promise<Plan> {
  const { outside, vercel, own, variables } = scene;
  const deployments = outside.deployments(vercel.token, vercel.team?.id);
  const query = { projectId: own.id, target: 'production', limit: 10 } as const;
  const alive = await deployments.listDeployments({ ...query, state: ALIVE });
  const isKnown = !writesVariables && (alive[0]?.createdAt ?? 0) > variables.changedAt;
  if (isKnown) return NOTHING;
  const newest = alive.find(({ readyState }) => readyState === 'READY');
  if (newest === undefined)
    return { changes: [], notes: ['Deploy the project once: variables count from the next deployment on.'] };
  return {
    changes: [
      {
        text: `Deploy ${own.name} again, so that the variables count`,
        async apply(say) {
          const deployment = await deployments.redeploy(newest, { reason: 'setup' });
          await waitUntilReady(deployment, { deployments, outside, say });
        },
      },
    ],
    notes: [],
  };
}

/** @throws SetupProblem when it does not come to serve: the one before does, and knows nothing of the variables. */
async function waitUntilReady(
  deployment: Deployment,
  {
    deployments,
    outside,
    say,
  }: {
    readonly deployments: DeploymentReader;
    readonly outside: SetupOutside;
    readonly say: (sentence: string) => void;
  },
): Promise<void> {
  const startedAt = outside.now();
  let state = '';
  for (;;) {
    const waited = outside.now() - startedAt;
    const seen = (await deployments.findDeployment(deployment.id)) ?? deployment;
    if (seen.readyState === 'READY') return say(`ready after ${Math.round(waited / 1_000)} s`);
    const where = seen.inspectorUrl === undefined ? '' : ` See ${seen.inspectorUrl}.`;
    if (!ALIVE.split(',').includes(seen.readyState))
      throw new SetupProblem(
        `The new deployment ended as ${seen.readyState}; the one before keeps serving, without the new variables.${where} Run setup again when that is mended.`,
      );
    if (waited > PATIENCE_MS)
      throw new SetupProblem(`The new deployment is still ${seen.readyState} after ten minutes.${where}`);
    if (seen.readyState !== state) say(seen.readyState.toLowerCase());
    state = seen.readyState;
    await outside.pause(LOOK_EVERY_MS);
  }
}
