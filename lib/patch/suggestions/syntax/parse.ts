import type { Comment, EcmaScriptModule, OxcError, Program } from 'oxc-parser';
import { maskMarkup } from './mask-markup.js';

export interface ParsedSource {
  /** Empty body when the text is too broken. Offsets are those of the whole file, also for embedded scripts. */
  readonly program: Program;
  readonly module: EcmaScriptModule;
  readonly comments: readonly Comment[];
  readonly errors: readonly OxcError[];
}

const SCRIPT = /\.(?:[cm]?[jt]sx?)$/;
const COMPONENT = /\.(?:vue|svelte|astro|mdx)$/;

/** Whether `parseSource` understands files of this name. */
export function isScript(path: string): boolean {
  return SCRIPT.test(path) || COMPONENT.test(path);
}

/** Components of other frameworks and MDX: a script beside a template that this parser does not see. */
export function isComponentFile(path: string): boolean {
  return COMPONENT.test(path);
}

/** Parses JavaScript and TypeScript, with JSX where the name allows it, and the scripts of components. */
export async function parseSource(path: string, text: string): Promise<ParsedSource> {
  const { parseSync } = await import('oxc-parser');
  const component = isComponentFile(path);
  const result = parseSync(component ? 'component.ts' : path, component ? maskMarkup(path, text) : text, {
    // Next.js and Vite's React plugin accept JSX in plain .js files.
    lang: component ? 'ts' : languageOf(path),
    sourceType: path.endsWith('.cjs') || path.endsWith('.cts') ? 'unambiguous' : 'module',
  });
  return { program: result.program, module: result.module, comments: result.comments, errors: result.errors };
}

function languageOf(path: string): 'ts' | 'tsx' | 'dts' | 'jsx' {
  if (/\.d\.[cm]?ts$/.test(path)) return 'dts';
  if (/\.[cm]?ts$/.test(path)) return 'ts';
  return path.endsWith('.tsx') ? 'tsx' : 'jsx';
}
