import type { ModuleShape } from './module-shape.js';
import type { SyntaxNode } from './syntax-node.js';

export interface ParseProblem {
  readonly message: string;
  /** From 1, in the whole file. */
  readonly line?: number;
  /** The grammar is kept; names or places are not, such as a name declared twice. */
  readonly semantic?: boolean;
}

/** One tree of JavaScript or TypeScript; a component has several. */
export interface ScriptTree {
  readonly root: SyntaxNode;
  /** The text that the tree's offsets count in. */
  readonly text: string;
}

/** What a parser found in one version of a file. */
export interface ParsedFile {
  /** `text` is a kind of file that no parser here reads. */
  readonly text: string;
  readonly kind: 'script' | 'component' | 'json' | 'yaml' | 'style' | 'text';
  readonly errors: readonly ParseProblem[];
  readonly scripts: readonly ScriptTree[];
  /** The inner text of every comment, of scripts, markup and styles. */
  readonly comments: readonly string[];
  /** Imports and exports; empty for everything that is not a script or component. */
  readonly shape: ModuleShape;
  /** The value of JSON and YAML, as far as it could be read. */
  readonly data?: unknown;
}
