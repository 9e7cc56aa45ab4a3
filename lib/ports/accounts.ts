/**
 * What the doctor and setup ask of the accounts behind our tokens: who they are, what they may do, for how long.
 * Adapters implement these; all of them throw `AdapterError`.
 */
import type { RepositoryRef } from '../incident/incident.js';

// --- Vercel ---------------------------------------------------------------------------------------------------------

export interface VercelToken {
  readonly name?: string;
  /** Milliseconds since the epoch; absent when it does not expire. */
  readonly expiresAt?: number;
  /** The teams it is confined to; empty for a token of the whole account. */
  readonly teamIds: readonly string[];
}

export interface VercelUser {
  readonly id: string;
  readonly username: string;
  readonly defaultTeamId?: string;
}

export interface VercelTeam {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** `hobby`, `pro`, `enterprise`, and what Vercel adds. */
  readonly plan?: string;
}

export interface VercelWebhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  /** Absent when it tells of every project. */
  readonly projectIds?: readonly string[];
}

export interface VercelAccount {
  readToken(): Promise<VercelToken>;
  readUser(): Promise<VercelUser>;
  /** The teams that the token reaches. */
  listTeams(): Promise<readonly VercelTeam[]>;
  /** GitHub logins of a team's members, as far as they connected one. */
  listGitHubLogins(teamId: string): Promise<readonly string[]>;
  listWebhooks(): Promise<readonly VercelWebhook[]>;
}

// --- GitHub ---------------------------------------------------------------------------------------------------------

export interface GitHubToken {
  readonly login: string;
  /** `User`, `Bot`, `Organization`. */
  readonly accountType: string;
  readonly kind: 'fine-grained' | 'classic' | 'unknown';
  /** Milliseconds since the epoch; absent when it does not expire. */
  readonly expiresAt?: number;
  /** Only classic tokens have scopes. */
  readonly scopes?: readonly string[];
  readonly requestsLeft?: { readonly left: number; readonly limit: number; readonly resetsAt: number };
}

export interface RepositoryFacts {
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly defaultBranch: string;
  /** What the account may do; a fine-grained token may be allowed less. Undefined where GitHub does not say. */
  readonly accountCanPush?: boolean;
}

/** A permission of fine-grained tokens, by the name that GitHub's own header gives it. */
export type Permission = 'contents' | 'pull_requests' | 'issues' | 'statuses';

export interface RepositoryWebhook {
  readonly id: number;
  readonly url: string;
  readonly events: readonly string[];
  readonly isActive: boolean;
}

export interface WebhookDelivery {
  readonly event: string;
  /** What the receiver answered; 0 when it did not. */
  readonly status: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface GitHubAccount {
  readToken(): Promise<GitHubToken>;
  findRepository(repository: RepositoryRef): Promise<RepositoryFacts | undefined>;
  /**
   * Which writes the token may do, by requests that GitHub refuses for what they say once it has let them in: a branch
   * or a status at a commit that does not exist. Nothing comes of them. Remembered for ten minutes.
   */
  probeWriting(repository: RepositoryRef): Promise<Readonly<Record<Permission, 'granted' | 'missing' | 'unknown'>>>;
  listWebhooks(repository: RepositoryRef): Promise<readonly RepositoryWebhook[]>;
  /** Newest first. */
  listDeliveries(repository: RepositoryRef, webhookId: number): Promise<readonly WebhookDelivery[]>;
  /** The file's text on the default branch. */
  findText(repository: RepositoryRef, path: string): Promise<string | undefined>;
  /** The newest comments on issues and pull requests, newest first. */
  listComments(repository: RepositoryRef): Promise<readonly { readonly author: string; readonly text: string }[]>;
}

// --- QStash, Gemini -------------------------------------------------------------------------------------------------

export interface Schedule {
  readonly destination: string;
  readonly cron: string;
  readonly isPaused: boolean;
}

export interface QueueAccount {
  findSchedule(id: string): Promise<Schedule | undefined>;
  /** The keys that its deliveries are signed with. */
  readSigningKeys(): Promise<{ readonly current: string; readonly next: string }>;
}

export interface ModelAccount {
  /** Names of the models that the key may call, without `models/`. Costs nothing. */
  listModels(): Promise<readonly string[]>;
}

/** The doctor's instruments, each built when first asked for. */
export interface Accounts {
  vercel(): Promise<VercelAccount>;
  github(): Promise<GitHubAccount>;
  /** Undefined where none is configured. */
  queue(): Promise<QueueAccount | undefined>;
  model(): Promise<ModelAccount | undefined>;
}
