import type { ModelAccount } from '../../ports/accounts.js';
import type { GitHubSetup, QueueSetup, VercelSetup } from '../../ports/setup.js';
import type { DeploymentReader, Redeployer, RepositoryReader, RepositoryWriter } from '../../ports.js';

/** Doors to the outside for tokens that are only just being asked for, and the files of this folder. */
export interface SetupOutside {
  vercel(token: string, teamId?: string): VercelSetup;
  deployments(token: string, teamId?: string): DeploymentReader & Redeployer;
  github(token: string): GitHubSetup;
  repositories(token: string): RepositoryReader & RepositoryWriter;
  queue(token: string): QueueSetup;
  model(key: string): ModelAccount;
  /** The text of this folder's `vercel.json`; undefined where there is none. */
  readVercelJson(): Promise<string | undefined>;
  writeVercelJson(text: string): Promise<void>;
  readReviewConfig(): Promise<string>;
  /** Keeps secrets that were made where only this person can read them. */
  keepSecrets(secrets: Readonly<Record<string, string>>): Promise<void>;
  newSecret(): string;
  /** A short, slow hash by which a secret that cannot be read back is recognised. */
  mark(value: string, salt: string): Promise<string>;
  now(): number;
  pause(ms: number): Promise<void>;
  /** Where this folder was cloned from, as Git knows it; undefined where nothing tells. */
  readOrigin(): Promise<string | undefined>;
}
