import type { Observation, SeenDeployment } from './observations.js';
import { seconds, type Terminal } from './terminal.js';

export interface Timeline {
  /** Tells what is new since the last observation. */
  follow(observation: Observation): void;
}

const OVER = ['READY', 'ERROR', 'CANCELED', 'BLOCKED'];

export function createTimeline(terminal: Terminal): Timeline {
  const told = new Set<string>();
  function once(key: string, tell: () => void): void {
    if (told.has(key)) return;
    told.add(key);
    tell();
  }

  function followDeployment(deployment: SeenDeployment): void {
    const { id, readyState, sha, ref, buildingAt, ready, errorMessage, inspectorUrl } = deployment;
    const name = describe(deployment);
    once(`${id} created`, () => terminal.tell('vercel', `${name} of ${sha.slice(0, 7)} (${ref}) started`));
    if (!OVER.includes(readyState)) return;
    once(`${id} over`, () => {
      const duration = buildingAt && ready ? ` after ${seconds(ready - buildingAt)}` : '';
      const reason = errorMessage ? `: ${errorMessage}, log at ${inspectorUrl}` : '';
      terminal.tell('vercel', `${name} of ${sha.slice(0, 7)} is ${readyState}${duration}${reason}`);
    });
  }

  return {
    follow({ deployments, incident, merged }) {
      for (const deployment of deployments) followDeployment(deployment);
      if (incident) {
        const { id, diagnosis, attempts, pullRequest, status, reason, detail } = incident;
        once(`${id} detected`, () => terminal.tell('self-heal', 'noticed the failed production deployment'));
        if (diagnosis?.summary)
          once(`${id} diagnosed`, () => terminal.tell('self-heal', `found the cause: ${diagnosis.summary}`));
        for (const { number, commitSha, patch, verdict } of attempts) {
          if (commitSha) {
            const by = patch?.repairer ? ` by ${patch.repairer}` : '';
            once(`${id} attempt ${number}`, () =>
              terminal.tell('self-heal', `attempt ${number}${by}: ${patch?.change ?? ''} (${commitSha.slice(0, 7)})`),
            );
          }
          if (verdict)
            once(`${id} verdict ${number}`, () =>
              terminal.tell('self-heal', `attempt ${number} is ${verdict.outcome}`),
            );
        }
        if (pullRequest)
          once(`${id} pull`, () => terminal.tell('github', `pull request #${pullRequest.number}: ${pullRequest.url}`));
        if (status === 'healed')
          once(`${id} healed`, () => terminal.tell('self-heal', 'healed: production serves the repair'));
        else if (reason)
          once(`${id} ${status} ${reason}`, () => terminal.tell('self-heal', `${status}: ${reason}. ${detail ?? ''}`));
      }
      if (merged)
        once(`merged ${merged.number}`, () =>
          terminal.tell('github', `pull request #${merged.number} is merged as ${merged.sha.slice(0, 7)}`),
        );

      const building = deployments.find(({ readyState }) => readyState === 'BUILDING');
      const lastLine = building?.lastLines.findLast((line) => line.trim() !== '')?.trim() ?? '';
      terminal.show(
        building && { text: `${describe(building)}: ${lastLine}`, since: building.buildingAt ?? building.createdAt },
      );
    },
  };
}

function describe({ target }: SeenDeployment): string {
  return target === 'production' ? 'production build' : 'preview build';
}
