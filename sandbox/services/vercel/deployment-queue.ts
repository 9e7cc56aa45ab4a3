import type { Builder } from './builder.js';
import type { BuildEvent, Deployment } from './deployment.js';

export interface DeploymentQueue {
  add(deployment: Deployment): void;
  /** Stops a queued or running build. */
  cancel(deployment: Deployment): void;
  close(): Promise<void>;
}

/** One build at a time, like the Hobby plan; the rest wait as QUEUED in the order in which they came. */
export function createDeploymentQueue(options: {
  readonly builder: Builder;
  /** Called after each change of state. */
  readonly onChange: (deployment: Deployment) => void;
}): DeploymentQueue {
  const { builder, onChange } = options;
  const waiting: Deployment[] = [];
  let current:
    | { readonly deployment: Deployment; readonly abort: AbortController; readonly done: Promise<void> }
    | undefined;
  let closed = false;

  function startNext(): void {
    if (current || closed) return;
    const deployment = waiting.shift();
    if (!deployment) return;
    const abort = new AbortController();
    const done = run(deployment, abort.signal).finally(() => {
      current = undefined;
      startNext();
    });
    current = { deployment, abort, done };
  }

  async function run(deployment: Deployment, signal: AbortSignal): Promise<void> {
    deployment.readyState = 'BUILDING';
    deployment.buildingAt = Date.now();
    onChange(deployment);
    let serial = 0;
    const write = (type: BuildEvent['type'], text: string) => {
      const created = Date.now();
      deployment.events.push({ type, created, serial: `${created}${String(serial++).padStart(6, '0')}`, text });
    };
    try {
      const outcome = await builder.build({ deployment, write, signal });
      const { result, ...reasons } = outcome;
      Object.assign(deployment, reasons);
      deployment.readyState = result;
    } catch (error) {
      write('stderr', String(error));
      deployment.readyState = 'ERROR';
      deployment.errorCode = 'UNEXPECTED_ERROR';
      deployment.errorMessage = `The sandbox could not build: ${String(error)}`;
    }
    deployment.ready = Date.now();
    if (!closed) onChange(deployment);
  }

  return {
    add(deployment) {
      waiting.push(deployment);
      onChange(deployment);
      startNext();
    },
    cancel(deployment) {
      if (current?.deployment === deployment) current.abort.abort();
      const index = waiting.indexOf(deployment);
      if (index === -1) return;
      waiting.splice(index, 1);
      deployment.readyState = 'CANCELED';
      onChange(deployment);
    },
    async close() {
      closed = true;
      waiting.length = 0;
      current?.abort.abort();
      await current?.done;
      await builder.close();
    },
  };
}
