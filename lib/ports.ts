/** What the flows need of the outside world, by role. Adapters implement these; the pure core never sees them. */
import type { RepositoryContext, SourceReader, SourceTree } from './context/source.js';
import type { Diagnosis } from './diagnosis/diagnosis.js';
import type { RepositoryRef } from './incident/incident.js';
import type { CommitStatus } from './incident/refused-deployment.js';
import type { PullRequestComment, Review, ReviewNote } from './incident/review.js';
import type {
  ChangedFile,
  Patch,
  PatchPermissions,
  PolicyViolation,
  PreviousAttempt,
  Usage,
  ValidationProblem,
} from './patch/patch.js';
import type { Language } from './settings/settings-schema.js';

// --- Vercel ---------------------------------------------------------------------------------------------------------

/** Where a deployment's commit came from. Absent on deployments made from the CLI. */
export interface DeploymentGit {
  readonly provider: 'github';
  /** The repository that the project is linked to. */
  readonly repository: RepositoryRef;
  /** The repository in which the commit lives; differs from the linked one for a fork. */
  readonly commitOwner: string;
  readonly commitRepository: string;
  readonly ref: string;
  readonly sha: string;
  readonly message?: string;
  readonly author?: string;
  /** True when the deployment was made from a working tree with uncommitted changes. */
  readonly dirty: boolean;
}

export interface Deployment {
  readonly id: string;
  readonly projectId: string;
  readonly projectName: string;
  /** `production`, `staging`, a custom environment, or null for a preview. */
  readonly target: string | null;
  /** An open set: BLOCKED BUILDING CANCELED DELETED ERROR INITIALIZING QUEUED READY, and what Vercel adds. */
  readonly readyState: string;
  readonly createdAt: number;
  readonly readyAt?: number;
  /** With its scheme. */
  readonly url?: string;
  readonly inspectorUrl?: string;
  readonly source?: string;
  readonly git?: DeploymentGit;
  /** True once the production domains point at it; undefined where the API does not say. */
  readonly promoted?: boolean;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly errorStep?: string;
  readonly errorLink?: string;
  readonly readyStateReason?: string;
  /** Why Vercel did not build it at all: COMMIT_AUTHOR_REQUIRED, TEAM_ACCESS_REQUIRED, and what Vercel adds. */
  readonly blockCode?: string;
  readonly outOfMemory: boolean;
  readonly meta: Readonly<Record<string, string>>;
}

export interface Project {
  readonly id: string;
  readonly name: string;
  /** '' is the repository root. */
  readonly rootDirectory: string;
  readonly framework: string | null;
  readonly nodeVersion?: string;
  readonly buildCommand?: string;
  readonly installCommand?: string;
  readonly outputDirectory?: string;
  readonly link?: { readonly repository: RepositoryRef; readonly productionBranch: string };
  /** The deployment that the production domains serve, where the API says. */
  readonly productionDeploymentId?: string;
  /** The plan under which its production deployment was made: `hobby`, `pro`, `enterprise`, and what Vercel adds. */
  readonly plan?: string;
}

/** One raw event of the build log, flattened; the text may hold ANSI codes and several lines. */
export interface BuildEvent {
  readonly type: string;
  readonly created: number;
  readonly text: string;
  readonly serial?: string;
}

export interface DeploymentQuery {
  readonly projectId?: string;
  readonly target?: 'production' | 'preview';
  readonly state?: string;
  readonly branch?: string;
  readonly sha?: string;
  /** Milliseconds; only deployments created after. */
  readonly since?: number;
  /** Stop after this many; all pages when absent. */
  readonly limit?: number;
}

/** Vercel, read only. Newest first. Throws `AdapterError`. */
export interface DeploymentReader {
  listDeployments(query: DeploymentQuery): Promise<readonly Deployment[]>;
  findDeployment(id: string): Promise<Deployment | undefined>;
  /** Undefined when the log is gone. */
  readBuildEvents(deploymentId: string): Promise<readonly BuildEvent[] | undefined>;
  findProject(idOrName: string): Promise<Project | undefined>;
  /** The projects that are linked to a GitHub repository, a hundred at most. */
  listProjectsOf(repositoryId: number): Promise<readonly Project[]>;
}

export interface Redeployer {
  /** Deploys the same commit again; `meta` is stored on the new deployment so that it can be found. */
  redeploy(deployment: Deployment, meta: Readonly<Record<string, string>>): Promise<Deployment>;
}

// --- GitHub ---------------------------------------------------------------------------------------------------------

/** A commit without files has the base tree as it is. */
export interface CommitInput {
  readonly repository: RepositoryRef;
  readonly parents: readonly string[];
  /** The tree that the files are laid over; its id as `listTree` of that commit gave it. */
  readonly baseTree: string;
  readonly files: readonly ChangedFile[];
  /** The id that the new tree must have; anything else is refused before the commit. */
  readonly treeId: string;
  readonly message: string;
}

export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly state: 'open' | 'closed';
  readonly merged: boolean;
  readonly mergeSha?: string;
  readonly headRef: string;
  readonly headSha: string;
  readonly baseRef: string;
  readonly title: string;
  readonly body: string;
  /** Login of the account that opened it. */
  readonly author: string;
  readonly closedBy?: string;
  readonly createdAt: number;
}

/** Reads of a repository that are not its files. */
export interface RepositoryReader {
  /** Undefined when the branch does not exist. */
  findHead(repository: RepositoryRef, branch: string): Promise<string | undefined>;
  /** How `head` stands to `base`: whether head contains base. */
  contains(repository: RepositoryRef, head: string, base: string): Promise<boolean>;
  /** Branches whose names start with the prefix, with their heads. */
  listBranches(
    repository: RepositoryRef,
    prefix: string,
  ): Promise<readonly { readonly name: string; readonly sha: string }[]>;
  /** Whether the rules of a branch let in signed commits only, as far as the token may know. */
  demandsSignatures(repository: RepositoryRef, branch: string): Promise<boolean>;
  readCommit(
    repository: RepositoryRef,
    sha: string,
  ): Promise<{ readonly message: string; readonly parents: readonly string[]; readonly treeId: string } | undefined>;
  /** The text of one file at a commit or branch; undefined where there is no such file. */
  readFile(repository: RepositoryRef, ref: string, path: string): Promise<string | undefined>;
  /** Open and closed pull requests with this head branch, newest first. */
  listPullRequests(repository: RepositoryRef, headBranch: string): Promise<readonly PullRequest[]>;
  findPullRequest(repository: RepositoryRef, number: number): Promise<PullRequest | undefined>;
  /** The newest status of each context. */
  listCommitStatuses(repository: RepositoryRef, sha: string): Promise<readonly CommitStatus[]>;
  listCommitComments(repository: RepositoryRef, sha: string): Promise<readonly PullRequestComment[]>;
  /** Submitted reviews, oldest first. */
  listReviews(repository: RepositoryRef, number: number): Promise<readonly Review[]>;
  listReviewNotes(repository: RepositoryRef, number: number, reviewId: number): Promise<readonly ReviewNote[]>;
  /** The conversation of a pull request, oldest first. */
  listComments(repository: RepositoryRef, number: number): Promise<readonly PullRequestComment[]>;
  /** Whether an account may push to the repository. */
  mayWrite(repository: RepositoryRef, login: string): Promise<boolean>;
  /** The account that our token acts as. */
  readAccount(): Promise<{ readonly login: string }>;
}

/** Opens a repository at a commit for reading within the budget. */
export interface SourceOpener {
  openSource(input: {
    readonly repository: RepositoryRef;
    readonly sha: string;
    readonly baseSha?: string;
    /** Listed first where the repository is too large to be listed whole. */
    readonly rootDirectory?: string;
  }): SourceReader & {
    /** Git id of the commit's root tree; known after `listTree`. */
    readRootTreeId(): Promise<string>;
  };
  /** Git id of the tree with the files laid over it, computed locally without any request. */
  computeTreeId(tree: SourceTree, files: readonly ChangedFile[]): Promise<string>;
}

/** Writes. Each `ensure` may be repeated; none ever force-pushes. */
export interface RepositoryWriter {
  /** One tree and one commit; no author, no committer. The commit is reachable by no ref yet. */
  createCommit(input: CommitInput): Promise<{ readonly sha: string }>;
  /** One commit on a branch, signed by GitHub, while the branch's head is the parent. */
  createSignedCommit(input: {
    readonly repository: RepositoryRef;
    readonly branch: string;
    readonly parent: string;
    readonly files: readonly ChangedFile[];
    readonly treeId: string;
    readonly message: string;
  }): Promise<{ readonly sha: string } | 'branch-moved'>;
  ensureBranch(repository: RepositoryRef, branch: string, sha: string): Promise<'created' | 'already-there' | 'taken'>;
  advanceBranch(
    repository: RepositoryRef,
    branch: string,
    sha: string,
  ): Promise<'advanced' | 'branch-moved' | 'branch-gone'>;
  openPullRequest(input: {
    readonly repository: RepositoryRef;
    readonly head: string;
    readonly base: string;
    readonly title: string;
    readonly body: string;
    readonly draft?: boolean;
  }): Promise<PullRequest>;
  updatePullRequest(
    repository: RepositoryRef,
    number: number,
    change: { readonly title?: string; readonly body?: string; readonly state?: 'closed' },
  ): Promise<void>;
  /** Merges only while the pull request's head is this commit. */
  mergePullRequest(
    repository: RepositoryRef,
    number: number,
    headSha: string,
  ): Promise<{ readonly outcome: 'merged' | 'head-moved' } | { readonly outcome: 'refused'; readonly reason: string }>;
  addLabels(repository: RepositoryRef, number: number, labels: readonly string[]): Promise<void>;
  /** Logins, and teams as `organisation/team`. Asking again those who were asked changes nothing. */
  requestReviewers(repository: RepositoryRef, number: number, reviewers: readonly string[]): Promise<void>;
  /** At most one comment per topic; the topic stands in the comment as a hidden marker. */
  ensureComment(
    repository: RepositoryRef,
    number: number,
    topic: string,
    body: string,
    /** With `onlyUpdate` a comment that is there is changed, and none is made. */
    options?: { readonly onlyUpdate?: boolean },
  ): Promise<void>;
  ensureCommitComment(repository: RepositoryRef, sha: string, topic: string, body: string): Promise<void>;
  /** At most one issue of ours with this first line of its text; a later text replaces the earlier one. */
  ensureIssue(repository: RepositoryRef, issue: { readonly title: string; readonly body: string }): Promise<void>;
  setCommitStatus(
    repository: RepositoryRef,
    sha: string,
    status: {
      readonly context: string;
      readonly state: 'pending' | 'success' | 'failure';
      readonly description: string;
      readonly url?: string;
    },
  ): Promise<void>;
}

// --- Repairers ------------------------------------------------------------------------------------------------------

export interface RepairRequest {
  readonly diagnosis: Diagnosis;
  /** Redacted lines around the errors. */
  readonly excerpt: string;
  readonly context: RepositoryContext;
  readonly framework: string | null;
  readonly attempt: number;
  readonly previous: readonly PreviousAttempt[];
  /** Why the patch that this same call gave before was refused; present on the one repetition. */
  readonly refusal?: {
    readonly problems: readonly ValidationProblem[];
    readonly violations: readonly PolicyViolation[];
    readonly patch: Patch;
  };
  /** What the repository's own settings say about changes to it. */
  readonly permissions?: PatchPermissions;
  /** In which a model explains its patch; English when absent. */
  readonly language?: Language;
  readonly signal?: AbortSignal;
}

export type RepairOutcome =
  | {
      readonly outcome: 'patch';
      readonly patch: Patch;
      readonly usage: Usage;
      /** Files in which faults most likely stay: another repairer may know of a patch for all of them. */
      readonly leavesOpen?: readonly string[];
    }
  | { readonly outcome: 'nothing' | 'low-confidence'; readonly reason: string; readonly usage: Usage }
  | { readonly outcome: 'unavailable'; readonly reason: string; readonly usage: Usage; readonly retryAt?: number };

export interface Repairer {
  readonly name: 'suggestions' | 'gemini' | 'memory';
  repair(request: RepairRequest): Promise<RepairOutcome>;
}

// --- People ---------------------------------------------------------------------------------------------------------

export interface Notification {
  readonly event: 'opened' | 'verified' | 'healed' | 'escalated';
  readonly incidentId: string;
  /** One or two sentences for people, redacted. */
  readonly text: string;
  readonly repository: string;
  readonly projects: readonly string[];
  /** The pull request, or the incident's page. */
  readonly url?: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Sends once, without a second try: a notification that came twice is worse than one that did not. */
export interface Notifier {
  notify(notification: Notification): Promise<void>;
}

// --- The rest -------------------------------------------------------------------------------------------------------

export interface Logger {
  debug(message: string, facts?: Readonly<Record<string, unknown>>): void;
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
  child(facts: Readonly<Record<string, unknown>>): Logger;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export type * from './store-ports.js';
export type { ValidationProblem };
