/** The few errors that cross module borders. Callers branch on the class and its fields, never on the message. */

export type OutsideSystem = 'vercel' | 'github' | 'gemini' | 'upstash' | 'qstash' | 'notifier';

/** What an outside system answered, put into the terms that flows decide on. */
export type FailureKind =
  /** Nothing there, or nothing that our token may see. */
  | 'not-found'
  /** The token is missing, wrong or expired. */
  | 'unauthorized'
  /** The token is good and lacks a right. */
  | 'forbidden'
  /** A limit of the other side; `retryAt` says when it may go again. */
  | 'rate-limited'
  /** The request is refused for what it says. */
  | 'rejected'
  /** Something else moved first: a version, a ref. */
  | 'conflict'
  /** Nothing came back, in time or at all, or a server error. The effect of a write is unknown. */
  | 'unavailable'
  /** An answer that is not what the API promises. */
  | 'malformed';

/** Why a request was refused, where the other side says it and a person has to act on it. */
export type FailureReason =
  /** Every commit of the branch must carry a verified signature. */
  | 'signature-required'
  /** Another rule of the repository forbids the branch or the push. */
  | 'branch-rule'
  /** The content looks like a secret to the other side. */
  | 'push-protection'
  | 'repository-archived'
  /** The token lacks a permission; the message names it where the other side does. */
  | 'token-lacks-rights'
  | 'base-missing'
  | 'head-missing'
  | 'no-commits-between';

export class AdapterError extends Error {
  override readonly name = 'AdapterError';
  readonly system: OutsideSystem;
  readonly kind: FailureKind;
  /** Whether the same request may succeed later without anybody changing anything. */
  readonly retryable: boolean;
  readonly status: number | undefined;
  /** Milliseconds since the epoch. */
  readonly retryAt: number | undefined;
  readonly reason: FailureReason | undefined;

  constructor(
    message: string,
    facts: {
      readonly system: OutsideSystem;
      readonly kind: FailureKind;
      readonly status?: number;
      readonly retryAt?: number;
      readonly reason?: FailureReason;
      readonly cause?: unknown;
    },
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.system = facts.system;
    this.kind = facts.kind;
    this.retryable = facts.kind === 'rate-limited' || facts.kind === 'unavailable';
    this.status = facts.status;
    this.retryAt = facts.retryAt;
    this.reason = facts.reason;
  }
}

export interface ConfigProblem {
  readonly variable: string;
  readonly problem: string;
  readonly remedy: string;
}

/** Every problem of the configuration at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map((problem) => `${problem.variable}: ${problem.problem}`).join('; '));
    this.problems = problems;
  }
}
