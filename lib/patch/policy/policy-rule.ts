import type { RepositoryContext } from '../../context/source.js';
import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { ChangedFile, Edit, PatchPermissions, PolicyViolation } from '../patch.js';
import type { ParsedFile } from '../syntax/parsed-file.js';

/** A changed file with what the parsers found before and after. */
export interface ParsedChange {
  readonly file: ChangedFile;
  /** Undefined for a file that the patch creates. */
  readonly before: ParsedFile | undefined;
  /** Undefined for a deleted file. */
  readonly after: ParsedFile | undefined;
}

/** What the rules on names see: before anything is applied. */
export interface PathInput {
  readonly edits: readonly Edit[];
  readonly context: RepositoryContext;
  readonly permissions?: PatchPermissions;
}

/** What the rules on content see. */
export interface PolicyInput extends PathInput {
  readonly changes: readonly ParsedChange[];
  readonly diagnosis: Diagnosis;
}

export type Finding = Pick<PolicyViolation, 'path' | 'message'>;

interface RuleFacts {
  /** Kebab-case, stable: people look it up and refusals carry it. */
  readonly name: string;
  readonly severity: PolicyViolation['severity'];
}

/** A rule that judges where the patch writes. */
export interface PathRule extends RuleFacts {
  readonly checkPaths: (input: PathInput) => readonly Finding[];
}

/** A rule that judges what the patch writes. */
export interface ContentRule extends RuleFacts {
  readonly check: (input: PolicyInput) => readonly Finding[];
}
