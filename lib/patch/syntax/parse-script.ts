import type { OxcError } from 'oxc-parser';
import { type ModuleShape, readModuleShape } from './module-shape.js';
import type { ParseProblem, ScriptTree } from './parsed-file.js';
import type { SyntaxNode } from './syntax-node.js';

export type ScriptLanguage = 'js' | 'jsx' | 'ts' | 'tsx' | 'dts';

export interface ParsedScript {
  readonly tree: ScriptTree;
  readonly shape: ModuleShape;
  readonly comments: readonly string[];
  readonly errors: readonly ParseProblem[];
}

/** Undefined when the path is not a script's. JSX is accepted in .js, as Next.js and most bundler setups do. */
export function scriptLanguage(path: string): ScriptLanguage | undefined {
  if (/\.d\.[cm]?ts$/.test(path)) return 'dts';
  const extension = /\.([^./]+)$/.exec(path)?.[1];
  if (extension === 'tsx') return 'tsx';
  if (extension === 'ts' || extension === 'mts' || extension === 'cts') return 'ts';
  if (extension === 'js' || extension === 'jsx' || extension === 'mjs' || extension === 'cjs') return 'jsx';
  return undefined;
}

export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** A frontmatter may return early, because Astro wraps it in a function. */
const RETURN_OUTSIDE = "A 'return' statement can only be used within a function body.";

/**
 * Parses JavaScript or TypeScript with oxc. `firstLine` is where the text starts in its file; `generated` text is not
 * checked beyond its grammar, because a compiler wraps it before it runs.
 */
export async function parseScript(
  text: string,
  options: { readonly language: ScriptLanguage; readonly firstLine?: number; readonly generated?: boolean },
): Promise<ParsedScript> {
  const { parseSync } = await import('oxc-parser');
  const { language, firstLine = 1, generated = false } = options;
  const parse = (showSemanticErrors: boolean) =>
    parseSync(`script.${language === 'dts' ? 'd.ts' : language}`, text, {
      lang: language,
      sourceType: 'unambiguous',
      showSemanticErrors,
    });
  const problemsOf = (errors: readonly OxcError[]): ParseProblem[] =>
    errors
      .filter((error) => error.severity === 'Error' && !(generated && error.message === RETURN_OUTSIDE))
      .map((error) => {
        const at = error.labels[0]?.start;
        return at === undefined
          ? { message: error.message }
          : { message: error.message, line: lineAt(text, at) + firstLine - 1 };
      });

  const parsed = parse(!generated);
  let errors = problemsOf(parsed.errors);
  if (errors.length > 0 && !generated) {
    const grammar = problemsOf(parse(false).errors);
    errors = grammar.length > 0 ? grammar : errors.map((error) => ({ ...error, semantic: true }));
  }
  const root = parsed.program as unknown as SyntaxNode;
  return {
    tree: { root, text },
    shape: readModuleShape(root),
    comments: parsed.comments.map((comment) => comment.value),
    errors,
  };
}
