import type { BuildError, BuildPhase, Diagnosis, FailureClass } from '../diagnosis/diagnosis.js';
import type { Patch, Usage } from '../patch/patch.js';
import type { SettingsReading } from '../settings/read-settings.js';

/** The GitHub repository that an incident belongs to. The id survives renames and transfers. */
export interface RepositoryRef {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
}

/** One failed production deployment that belongs to an incident: one per project and commit. */
export interface Failure {
  readonly deploymentId: string;
  readonly projectId: string;
  readonly projectName: string;
  /** '' is the repository root. */
  readonly rootDirectory: string;
  /** Vercel's framework preset, where the project has one. */
  readonly framework?: string;
  readonly sha: string;
  /** Milliseconds since the epoch, by Vercel's clock. */
  readonly createdAt: number;
  readonly inspectorUrl?: string;
  /** The commit of the project's last READY production deployment before this one. */
  readonly lastReadySha?: string;
  readonly commitMessage?: string;
  /** GitHub login of the failing commit's author. */
  readonly author?: string;
  /** Vercel refused to make a deployment at all; `deploymentId` is a name of ours then. */
  readonly refusal?: { readonly reason: EscalationReason; readonly detail: string };
}

/** The part of a diagnosis that is kept: redacted, bounded, enough for people and for the next attempt. */
export interface StoredDiagnosis {
  readonly class: FailureClass;
  readonly repairable: boolean;
  readonly summary: string;
  readonly remedy?: string;
  readonly fingerprint: string;
  readonly errors: readonly BuildError[];
  readonly evidence: Diagnosis['evidence'];
  readonly phase: BuildPhase;
  /** Lines around the first error, redacted. */
  readonly excerpt: string;
}

export type Verdict =
  | { readonly outcome: 'verified'; readonly at: number; readonly deployments: readonly PreviewRef[] }
  | {
      readonly outcome: 'refuted';
      readonly at: number;
      /** `base`: nothing is wrong with it, but the production branch moved on and fails in the same way. */
      readonly by: 'preview' | 'production' | 'review' | 'base';
      readonly deployments: readonly PreviewRef[];
      readonly diagnosis?: StoredDiagnosis;
      /** For people and for the next attempt: of a review, what it asks for, redacted. */
      readonly note?: string;
      /** Login of whoever asked for a change. */
      readonly reviewer?: string;
    };

/** What still stands between a verified attempt and its merge. */
export type Standing = 'ready' | 'behind' | 'review-awaited' | 'changes-requested';

export interface PreviewRef {
  readonly deploymentId: string;
  readonly projectId: string;
  readonly projectName: string;
  readonly url?: string;
  readonly inspectorUrl?: string;
}

/** One numbered repair. Everything a step is about to do is stored here before its first side effect. */
export interface Attempt {
  readonly number: number;
  readonly startedAt: number;
  /** The commit whose tree the patch changes. */
  readonly baseSha: string;
  /** The commit parents: the branch's head, and the new base when it moved. */
  readonly parents: readonly string[];
  readonly branch: string;
  /** Git tree id of the repaired tree, computed locally before anything is written. */
  readonly treeId: string;
  readonly patch: Patch;
  readonly files: readonly string[];
  readonly usage: Usage;
  /** The repository takes signed commits only, so GitHub makes and signs this one on its branch. */
  readonly signed?: true;
  /** Set once the commit exists and a ref reaches it. */
  readonly commitSha?: string;
  readonly committedAt?: number;
  /** A head of the production branch that this commit does not contain, once that was told. */
  readonly staleBase?: string;
  /** What the commit's status says of a verified attempt. */
  readonly standing?: Standing;
  /** When CodeRabbit was asked to review this commit. */
  readonly reviewAskedAt?: number;
  /** Why GitHub would not merge this commit, once that was told. */
  readonly mergeRefusal?: string;
  readonly previews?: readonly PreviewRef[];
  readonly verdict?: Verdict;
}

/** The same commit deployed again. Planned before it is asked for; the id is known once Vercel answered. */
export interface Redeployment {
  readonly of: string;
  readonly plannedAt: number;
  readonly deploymentId?: string;
}

export interface PullRequestRef {
  readonly number: number;
  readonly url: string;
  readonly openedAt: number;
}

/** The draft that takes back the commits since the last good deployment, or why there is none. */
export type Revert = { readonly pullRequest: PullRequestRef } | { readonly refused: string };

export const ESCALATION_REASONS = [
  'not-repairable',
  'patch-rejected',
  'attempts-exhausted',
  'limit-reached',
  'low-confidence',
  'preview-environment',
  'preview-never-started',
  'preview-timeout',
  'production-never-started',
  'production-timeout',
  'signature-required',
  'branch-rule',
  'push-protection',
  'repository-archived',
  'repository-unreadable',
  'token-lacks-rights',
  'evidence-gone',
  'empty-tree',
  'model-unavailable',
  'rejected-before',
  'deployment-limit',
  'cron-not-allowed',
  'author-rejected',
  'vercel-config-invalid',
  'deployment-refused',
  'given-up',
  'muted',
  'branch-excluded',
  'internal-error',
] as const;
export type EscalationReason = (typeof ESCALATION_REASONS)[number];

interface IncidentBase {
  readonly schema: 1;
  readonly id: string;
  /** Grows by one with every stored change; compared before each write. */
  readonly version: number;
  readonly repository: RepositoryRef;
  /** The production branch. */
  readonly branch: string;
  /** First is the one that opened the incident. */
  readonly failures: readonly Failure[];
  readonly openedAt: number;
  readonly updatedAt: number;
  /** When the next step may run; absent in final states. */
  readonly dueAt?: number;
  /** How often the current step failed for a reason that may pass (a request refused, a limit for the minute). */
  readonly hiccups: number;
  readonly diagnosis?: StoredDiagnosis;
  readonly attempts: readonly Attempt[];
  readonly usage: Usage;
  readonly pullRequest?: PullRequestRef;
  /** Milliseconds by status, first time each was reached. */
  readonly reachedAt: Partial<Record<IncidentStatus, number>>;
  /** The healed incident with the same fingerprint that this one follows. */
  readonly previousIncident?: string;
  /** Failed deployments that were made again, after an outage. */
  readonly redeployments?: readonly Redeployment[];
  /** A person asked to try again: attempts up to and including this number count no longer. */
  readonly askedAgain?: { readonly at: number; readonly afterAttempt: number };
  readonly revert?: Revert;
  /** The repository's own settings as they were when its files were last read, and the commit that held them. */
  readonly settings?: SettingsReading & { readonly sha: string };
}

export type IncidentStatus = Incident['status'];

export type Incident = IncidentBase &
  (
    | { readonly status: 'detected' }
    | { readonly status: 'diagnosed'; readonly diagnosis: StoredDiagnosis }
    | { readonly status: 'redeployed'; readonly diagnosis: StoredDiagnosis; readonly deadline: number }
    | {
        readonly status: 'proposed';
        readonly diagnosis: StoredDiagnosis;
        readonly pullRequest: PullRequestRef;
        readonly deadline: number;
      }
    | { readonly status: 'refuted'; readonly diagnosis: StoredDiagnosis }
    | { readonly status: 'verified'; readonly diagnosis: StoredDiagnosis; readonly pullRequest: PullRequestRef }
    | {
        readonly status: 'merged';
        readonly diagnosis: StoredDiagnosis;
        readonly pullRequest: PullRequestRef;
        readonly mergeSha: string;
        readonly deadline: number;
      }
    | { readonly status: 'taken-over'; readonly diagnosis: StoredDiagnosis; readonly pullRequest: PullRequestRef }
    | { readonly status: 'healed'; readonly healedBy: readonly PreviewRef[] }
    | { readonly status: 'joined'; readonly into: string }
    | { readonly status: 'rejected'; readonly pullRequest: PullRequestRef }
    | { readonly status: 'superseded'; readonly by: PreviewRef }
    | { readonly status: 'escalated'; readonly reason: EscalationReason; readonly detail: string }
  );

export const FINAL_STATUSES: readonly IncidentStatus[] = ['healed', 'joined', 'rejected', 'superseded', 'escalated'];

/** An entry of the append-only history of an incident. `text` is for people and already redacted. */
export interface HistoryEntry {
  readonly at: number;
  readonly event: string;
  readonly text: string;
}
