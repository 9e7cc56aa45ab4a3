/** The classes of the design; the class follows the remedy, not the symptom. */
export type FailureClass =
  | 'code'
  | 'dependency'
  | 'config'
  | 'environment'
  | 'transient'
  | 'infrastructure'
  | 'unknown';

export type BuildPhase = 'clone' | 'install' | 'build' | 'output';

/** One line of the normalised build log: no ANSI codes, no timestamp, no trailing newline. */
export interface LogLine {
  readonly text: string;
  readonly phase: BuildPhase;
  /** The package whose task printed it, where a task runner prefixes lines: its name, or its folder and a slash. */
  readonly package?: string;
}

/** The ordered, normalised lines of a deployment's build. */
export interface BuildLog {
  readonly lines: readonly LogLine[];
  /** True when the log was cut, by Vercel at 4 MB or by our own ceiling; the last error may be missing. */
  readonly truncated: boolean;
}

/** What the deployment object says about its own failure; every field may be missing. */
export interface DeploymentFacts {
  readonly readyState?: string | undefined;
  readonly errorCode?: string | undefined;
  readonly errorMessage?: string | undefined;
  readonly errorStep?: string | undefined;
  readonly outOfMemory?: boolean | undefined;
}

/** What kind of thing went wrong, named alike for every tool. */
export type ErrorKind =
  | 'syntax'
  | 'type'
  | 'module-not-found'
  | 'export-missing'
  | 'lint'
  | 'client-boundary'
  | 'suspense-boundary'
  | 'prerender'
  | 'page-data'
  | 'route-contract'
  | 'style'
  | 'json'
  | 'file-missing'
  | 'config'
  | 'script-missing'
  | 'script-failed'
  | 'peer-conflict'
  | 'lockfile'
  | 'package-missing'
  | 'engine'
  | 'output-directory'
  | 'variable-missing'
  | 'network'
  | 'memory'
  | 'timeout'
  | 'size'
  | 'other';

export interface FaultLocation {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** One error of a build. Paths are relative to the repository root, with forward slashes. */
export interface BuildError {
  /** The tool that speaks: `typescript`, `next`, `turbopack`, `webpack`, `swc`, `eslint`, `vite`, `npm`, `vercel`, ... */
  readonly tool: string;
  readonly kind: ErrorKind;
  /** The tool's own code: `TS2304`, a lint rule, `ERESOLVE`, `MISSING_EXPORT`. */
  readonly code?: string;
  readonly message: string;
  /** The fault location as the log names it. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /**
   * The workspace package whose task spoke: its name, or its folder and a slash. Where the log does not give away
   * the package's folder, `file` and `trace` are relative to that folder.
   */
  readonly package?: string;
  /** The module specifier that could not be resolved, exactly as written in the source. */
  readonly specifier?: string;
  /** The identifier, export, property, variable or script that the error is about. */
  readonly symbol?: string;
  /** The replacement that the tool itself names ("Did you mean ...?"). */
  readonly suggestion?: string;
  /** The fix that the tool itself prints and calls safe. */
  readonly fix?: readonly PrintedHunk[];
  /** The route being rendered or collected, such as `/app/tides`. */
  readonly route?: string;
  /** Further files that the log ties to this error, nearest first: import trace, require stack, stack frames. */
  readonly trace?: readonly string[];
  /** Names of functions and modules in a bundle's stack, innermost first. */
  readonly frames?: readonly string[];
  /** What a script of the project printed besides. */
  readonly said?: string;
  /** How many errors of the log this one stands for; 1 when absent. */
  readonly count?: number;
  /** Where the errors folded into this one are, in the order of the log, this one first; absent unless folded. */
  readonly places?: readonly FaultLocation[];
  /** Index into `BuildLog.lines` of the first line of this error. */
  readonly logLine?: number;
}

/** Lines that stand together in a file, and what the tool writes instead. */
export interface PrintedHunk {
  /** Where the tool saw the first of them, from 1. */
  readonly line: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Why the class was chosen: a fact, and where it was found. */
export interface Evidence {
  readonly fact: string;
  readonly from: 'deployment' | 'log' | 'repository';
  readonly logLine?: number;
}

export interface Diagnosis {
  readonly class: FailureClass;
  /** Whether an edit to the repository can be the remedy. */
  readonly repairable: boolean;
  /** Cause first; symptoms of the same cause are folded into it. */
  readonly errors: readonly BuildError[];
  readonly evidence: readonly Evidence[];
  /** One sentence for people: what failed. */
  readonly summary: string;
  /** For classes without a patch: what a person has to do, with the exact names, setting or command. */
  readonly remedy?: string;
  readonly phase: BuildPhase;
  /** Stable across commits, lines, machines and projects of one monorepo: 16 hex characters. */
  readonly fingerprint: string;
}
