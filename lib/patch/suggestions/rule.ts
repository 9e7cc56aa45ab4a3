import type { BuildError } from '../../diagnosis/diagnosis.js';
import type { Workspace } from './workspace.js';

/** What a rule answers when the evidence is exact. */
export interface Fix {
  /** New contents by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Files that go, where `files` holds what they held under another name. */
  readonly gone?: readonly string[];
  /** For people: what is wrong. One sentence. */
  readonly cause: string;
  /** For people: what the edit does and why it is the only one. One sentence. */
  readonly change: string;
}

/**
 * One mechanical repair. It sees one error and the working copy, and answers only where that evidence leaves
 * a single edit; where it would have to guess, it answers nothing.
 */
export interface Rule {
  /** Kebab-case; stands in the patch's `origin`. */
  readonly name: string;
  /**
   * Whether the error may be a mere symptom of another one. The rule is asked about such an error last, and only when no
   * error is left open that could be its cause; about others it is not asked. Absent: it is asked about every error.
   */
  readonly isSymptom?: (error: BuildError) => boolean;
  propose(error: BuildError, workspace: Workspace): Promise<Fix | undefined>;
}
