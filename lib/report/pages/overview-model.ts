import type { Incident } from '../../incident/incident.js';
import type { DeadLetter, IgnoredDeployment, PersonAction } from '../../ports.js';
import type { Html } from '../html.js';

export interface OverviewModel {
  readonly now: number;
  readonly formToken: string;
  readonly mode: 'repair' | 'observe';
  /** Since when everything is stopped; absent while it runs. */
  readonly pausedSince?: number;
  /** True when the environment stops everything, so that the dashboard cannot start it again. */
  readonly pausedByEnvironment: boolean;
  readonly lastSweepAt?: number;
  /** Newest first, bounded. */
  readonly incidents: readonly Incident[];
  /** Unfinished incidents that are older than those. */
  readonly longOpen: readonly Incident[];
  /** The address of the next, older page. */
  readonly olderPath?: string;
  /** False on an older page, which shows nothing but its incidents. */
  readonly isNewest: boolean;
  readonly limits: readonly LimitUse[];
  /** The models that may be asked, by name. */
  readonly models: readonly string[];
  /** Names or ids from the configuration; empty means all that the token sees. */
  readonly watched: readonly string[];
  readonly ignored: readonly IgnoredDeployment[];
  readonly deadLetters: readonly DeadLetter[];
  /** What people did, newest first. */
  readonly actions: readonly PersonAction[];
  readonly notice?: Html;
}

export interface LimitUse {
  readonly name: string;
  readonly used: number;
  readonly ceiling: number;
}
