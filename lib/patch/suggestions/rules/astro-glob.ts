import type { Program } from 'oxc-parser';
import type { Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { isDeclared, namesOf } from '../syntax/names.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const NO_GLOB = /\bAstro\.glob is not a function|Property 'glob' does not exist on type 'AstroGlobal/;
/** Of the compiler; what fails while it runs was not checked. */
const IS_CHECKED = /^Property 'glob' does not exist/;
const CALL = /(?<![\w$.])Astro\.glob\b/g;

/**
 * `await Astro.glob('…')`, which Astro 6 has no more: Vite's `import.meta.glob`, from which it was made, as the upgrade guide
 * writes it, https://docs.astro.build/en/guides/upgrade-to/v5/#deprecated-astroglob.
 */
export const astroGlob: Rule = {
  name: 'astro-glob',
  async propose(error, workspace) {
    if (!NO_GLOB.test(error.message)) return undefined;
    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const text = path.endsWith('.astro') ? workspace.read(path) : undefined;
      const written = text?.match(CALL)?.length ?? 0;
      if (text === undefined || written === 0) continue;
      const globs = awaitedGlobs((await workspace.parse(path, text)).program, text);
      // One in the markup, or one that is not awaited at once.
      if (globs.length !== written) return undefined;
      const repaired = await withTypes(workspace, path, { text, globs, isChecked: IS_CHECKED.test(error.message) });
      if (repaired === undefined) return undefined;
      files.set(path, repaired);
    }
    if (files.size === 0) return undefined;
    return {
      files,
      cause: '`Astro.glob` is called, which this version of Astro has no more.',
      change: 'Takes the same modules from `import.meta.glob`.',
    };
  },
};

interface Glob extends Replacement {
  readonly extension: string;
  /** What was written between the brackets of its type. */
  readonly type: string | undefined;
  readonly rest: string;
}

/** What `Astro.glob` made of the type that it was given, by the extension of the files. */
const MODULES: Readonly<Record<string, string>> = {
  md: 'MarkdownInstance',
  mdx: 'MDXInstance',
  astro: 'AstroInstance',
};

/** The calls with the types that Astro's own had: `import.meta.glob` knows nothing of the modules. */
async function withTypes(
  workspace: Workspace,
  path: string,
  { text, globs, isChecked }: { readonly text: string; readonly globs: readonly Glob[]; readonly isChecked: boolean },
): Promise<string | undefined> {
  const modules = new Set<string>();
  const edits = globs.map(({ start, end, extension, type, rest }) => {
    const module = MODULES[extension];
    if (module === undefined && type === undefined && isChecked) return undefined;
    const isNamed = module !== undefined && (type !== undefined || isChecked);
    if (isNamed) modules.add(module);
    const own = module === 'AstroInstance' ? module : `${module}<${type ?? 'Record<string, any>'}>`;
    const written = isNamed ? own : type;
    return { start, end, text: `Object.values(import.meta.glob${written === undefined ? '' : `<${written}>`}${rest})` };
  });
  if (edits.includes(undefined)) return undefined;
  let repaired: string | undefined = replaceRanges(
    text,
    edits.filter((edit) => edit !== undefined),
  );
  for (const name of modules) {
    const { program } = await workspace.parse(path, repaired);
    if (isDeclared(namesOf(program), name)) continue;
    repaired = addImport(path, repaired, program, { name, isDefault: false, isType: true, specifier: 'astro' });
    if (repaired === undefined) return undefined;
  }
  return repaired;
}

function awaitedGlobs(program: Program, text: string): Glob[] {
  return [...walk(program)].flatMap(({ node }): Glob[] => {
    const call = node.type === 'AwaitExpression' ? node.argument : undefined;
    if (call?.type !== 'CallExpression' || !isGlob(call.callee)) return [];
    const [pattern, more] = call.arguments;
    if (pattern?.type !== 'Literal' || typeof pattern.value !== 'string' || more) return [];
    const type = call.typeArguments ? text.slice(call.typeArguments.start + 1, call.typeArguments.end - 1) : undefined;
    const rest = `(${pattern.raw}, { eager: true })`;
    const extension = /\.(\w+)$/.exec(pattern.value)?.[1] ?? '';
    return [{ start: node.start, end: node.end, text: '', extension, type, rest }];
  });
}

function isGlob(callee: SyntaxNode): boolean {
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return false;
  return callee.object.name === 'Astro' && callee.property.type === 'Identifier' && callee.property.name === 'glob';
}
