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

/** Parses JavaScript or TypeScript with oxc. `firstLine` is where the text starts in its file. */
export async function parseScript(
  text: string,
  options: { readonly language: ScriptLanguage; readonly firstLine?: number },
): Promise<ParsedScript> {
  const { parseSync } = await import('oxc-parser');
  const { language, firstLine = 1 } = options;
  const parsed = parseSync(`script.${language === 'dts' ? 'd.ts' : language}`, text, {
    lang: language,
    sourceType: 'unambiguous',
    showSemanticErrors: true,
  });
  const errors = parsed.errors
    .filter((error) => error.severity === 'Error')
    .map((error) => {
      const at = error.labels[0]?.start;
      return at === undefined
        ? { message: error.message }
        : { message: error.message, line: lineAt(text, at) + firstLine - 1 };
    });
  const root = parsed.program as unknown as SyntaxNode;
  return {
    tree: { root, text },
    shape: readModuleShape(root),
    comments: parsed.comments.map((comment) => comment.value),
    errors,
  };
}
