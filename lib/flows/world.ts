import type { Config } from '../config.js';
import type { Accounts } from '../ports/accounts.js';
import type {
  Clock,
  DeploymentReader,
  Logger,
  Notifier,
  Redeployer,
  Repairer,
  RepositoryReader,
  RepositoryWriter,
  SourceOpener,
  StepQueue,
  Store,
} from '../ports.js';

export type Vercel = DeploymentReader & Redeployer;
export type GitHub = RepositoryReader & SourceOpener & RepositoryWriter;

/** Everything that a flow may use. Each part is built when first asked for: a function pays only for what it needs. */
export interface World {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
  redact(text: string): string;
  /** A new random token for a lease. */
  newToken(): string;
  store(): Promise<Store>;
  vercel(): Promise<Vercel>;
  github(): Promise<GitHub>;
  /** Nothing where no queue is configured: sweeps then work by themselves. */
  readonly queue?: () => Promise<StepQueue | undefined>;
  /** Nothing where nobody wants to be notified. */
  readonly notifier?: () => Promise<Notifier | undefined>;
  /** For the doctor; nothing where it is not to look at the accounts. */
  readonly accounts?: Accounts;
  /** In the order in which they are asked. */
  repairers(): Promise<readonly Repairer[]>;
}
