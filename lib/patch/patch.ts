/** Replaces the one place where `search` stands in the file. */
export interface ReplaceEdit {
  readonly kind: 'replace';
  readonly path: string;
  readonly search: string;
  readonly replace: string;
}
/** Writes a whole file, new or existing. */
export interface CreateEdit {
  readonly kind: 'create';
  readonly path: string;
  readonly content: string;
}
export interface DeleteEdit {
  readonly kind: 'delete';
  readonly path: string;
}
export type Edit = ReplaceEdit | CreateEdit | DeleteEdit;

export type RepairerName = 'suggestions' | 'gemini' | 'memory';

/** A set of edits with the reasons that go into the pull request. Not yet validated. */
export interface Patch {
  readonly repairer: RepairerName;
  readonly edits: readonly Edit[];
  /** One or two sentences for people: why the build failed. */
  readonly cause: string;
  /** One or two sentences for people: what the patch does and why that is right. */
  readonly change: string;
  /** 0 to 1; suggestions are exact by construction and say 1. */
  readonly confidence: number;
  /** The suggestion rules that took part, or the model that answered. */
  readonly origin: readonly string[];
}

/** A file after the patch. `content` is null for a deletion. */
export interface ChangedFile {
  readonly path: string;
  readonly mode: '100644' | '100755';
  /** Null for a file that the patch creates. */
  readonly before: string | null;
  readonly content: string | null;
}

export interface Usage {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export const NO_USAGE: Usage = { calls: 0, inputTokens: 0, outputTokens: 0 };

export function addUsage(left: Usage, right: Usage): Usage {
  return {
    calls: left.calls + right.calls,
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
  };
}

/** A reason why a patch is refused. `rule` is a kebab-case name that people can look up. */
export interface PolicyViolation {
  readonly rule: string;
  readonly path: string;
  readonly message: string;
  /** `ask-first`: right perhaps, but a person has to make this edit. `refused`: never. */
  readonly severity: 'refused' | 'ask-first';
}

/** What the people of a repository have said about changes to it. Patterns as in `matchesGlob`. */
export interface PatchPermissions {
  /** Empty: every path. */
  readonly allowed: readonly string[];
  readonly never: readonly string[];
  /** Policy rules of the severity `ask-first` that need no person here. */
  readonly askFirst: readonly string[];
}

/** A failed check of the patch against the tree: it does not apply, does not parse, does not resolve. */
export interface ValidationProblem {
  readonly check: 'apply' | 'parse' | 'resolve' | 'suspects' | 'size' | 'empty' | 'repeated';
  readonly path: string;
  readonly message: string;
}

export type ValidatedPatch =
  | { readonly outcome: 'valid'; readonly files: readonly ChangedFile[] }
  | { readonly outcome: 'invalid'; readonly problems: readonly ValidationProblem[] }
  | {
      readonly outcome: 'refused';
      readonly violations: readonly PolicyViolation[];
      readonly files: readonly ChangedFile[];
    };

/** An earlier attempt as the next one sees it. */
export interface PreviousAttempt {
  readonly number: number;
  readonly patch: Patch;
  /** Redacted excerpt of the log that refuted it, or the refusal. */
  readonly refutation: string;
  /**
   * True when the build failed with another fingerprint after it: the patch removed one fault of several, and the
   * next attempt adds to it. Otherwise the next attempt starts from the failing commit again.
   */
  readonly progress?: boolean;
  /** It builds; `refutation` is what a reviewer asks for. */
  readonly isReviewed?: boolean;
}
