import type { Deployment } from './deployment.js';

export type BuildOutcome =
  | { readonly result: 'READY' }
  | { readonly result: 'CANCELED' }
  | {
      readonly result: 'ERROR' | 'BLOCKED';
      readonly errorCode?: string;
      readonly errorMessage?: string;
      readonly errorStep?: string;
      readonly errorLink?: string;
      readonly readyStateReason?: string;
    };

export interface BuildJob {
  readonly deployment: Deployment;
  write(type: 'command' | 'stdout' | 'stderr' | 'delimiter', text: string): void;
  readonly signal: AbortSignal;
}

export interface Builder {
  build(job: BuildJob): Promise<BuildOutcome>;
  close(): Promise<void>;
}
