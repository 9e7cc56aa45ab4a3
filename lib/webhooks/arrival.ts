import type { RepositoryRef } from '../incident/incident.js';

/** What a delivery tells, whoever sent it. Everything in it is a stranger's word until we asked for ourselves. */
export type ArrivalEvent =
  | ({ readonly kind: 'deployment-failed' | 'deployment-succeeded' } & DeploymentFacts)
  | {
      /** GitHub's word about a deployment, which does not say which one. */
      readonly kind: 'deployment-status';
      readonly repository: RepositoryRef;
      readonly sha: string;
      readonly state: 'failure' | 'error' | 'success';
      readonly environment: string;
    }
  /** Somebody's pull request is new, or has new commits. */
  | ({ readonly kind: 'pull-request-changed' } & PullRequestFacts)
  | {
      /** Vercel's failing status of a commit, perhaps of one that it refuses to deploy. */
      readonly kind: 'commit-status';
      readonly repository: RepositoryRef;
      readonly sha: string;
    }
  | ({ readonly kind: 'pull-request-closed'; readonly merged: boolean } & PullRequestFacts)
  | ({ readonly kind: 'review'; readonly state: string; readonly author: string } & PullRequestFacts)
  | ({ readonly kind: 'comment'; readonly author: string } & PullRequestFacts);

interface DeploymentFacts {
  readonly deploymentId: string;
  readonly projectId: string;
  /** `production`, `staging`, a custom environment, or null for a preview. */
  readonly target: string | null;
  /** Absent where the project has no GitHub link. */
  readonly repositoryId?: number;
  readonly sha?: string;
}

interface PullRequestFacts {
  readonly repository: RepositoryRef;
  readonly number: number;
}

export type IgnoredArrival =
  | 'ping'
  | 'unknown-type'
  | 'not-finished'
  | 'not-changed-or-closed'
  | 'not-of-vercel'
  | 'not-a-review'
  | 'not-a-new-comment'
  | 'not-on-a-pull-request';

export type Arrival =
  /** The signature is missing or not ours, or there is no secret to compare with. */
  | { readonly outcome: 'unauthorized' }
  /** Signed, and not what the sender's documentation promises. */
  | { readonly outcome: 'malformed'; readonly problem: string }
  | { readonly outcome: 'ignored'; readonly why: IgnoredArrival }
  /** `deliveryId` is covered by the signature, so a replay has the same one. */
  | { readonly outcome: 'event'; readonly deliveryId: string; readonly event: ArrivalEvent };

/** What the handlers of both senders are given. */
export interface RawDelivery {
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly secret: string | undefined;
}
