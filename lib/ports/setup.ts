/** What setup writes to the accounts. Every write may be repeated. All throw `AdapterError`. */
import type { RepositoryRef } from '../incident/incident.js';
import type { Project } from '../ports.js';
import type { GitHubAccount, QueueAccount, RepositoryWebhook, VercelAccount, VercelWebhook } from './accounts.js';

/** An environment variable of a Vercel project. */
export interface StoredVariable {
  readonly id: string;
  readonly key: string;
  /** `production`, `preview`, `development`. */
  readonly targets: readonly string[];
  /** `sensitive` cannot be read back by anybody. */
  readonly type: string;
  readonly comment?: string;
  /** When it was last changed, in milliseconds; absent where Vercel does not say. */
  readonly updatedAt?: number;
}

export interface VariableInput {
  readonly key: string;
  readonly value: string;
  readonly type: 'encrypted' | 'sensitive';
  readonly comment: string;
}

export interface VercelSetup extends VercelAccount {
  /** Every project that the token reaches. */
  listProjects(): Promise<readonly Project[]>;
  listDomains(projectId: string): Promise<readonly string[]>;
  listVariables(projectId: string): Promise<readonly StoredVariable[]>;
  /** The value in clear; undefined where it cannot be read back. */
  readVariable(projectId: string, variableId: string): Promise<string | undefined>;
  /** For production. */
  createVariable(projectId: string, variable: VariableInput): Promise<void>;
  updateVariable(projectId: string, variableId: string, variable: Omit<VariableInput, 'key'>): Promise<void>;
  /** The secret is shown this once. */
  createWebhook(webhook: Omit<VercelWebhook, 'id'>): Promise<{ readonly secret: string }>;
  deleteWebhook(id: string): Promise<void>;
}

export interface GitHubSetup extends GitHubAccount {
  createWebhook(repository: RepositoryRef, webhook: Omit<RepositoryWebhook, 'id'>, secret: string): Promise<void>;
  updateWebhook(repository: RepositoryRef, webhook: RepositoryWebhook, secret: string): Promise<void>;
  /** One more file, as a commit that no branch has yet. Its id. */
  commitFile(input: {
    readonly repository: RepositoryRef;
    readonly parent: string;
    readonly path: string;
    readonly text: string;
    readonly message: string;
  }): Promise<string>;
}

export interface QueueSetup extends QueueAccount {
  /** Creates the schedule or brings it up to date. */
  putSchedule(
    id: string,
    schedule: { readonly destination: string; readonly cron: string; readonly authorization: string },
  ): Promise<void>;
}
