import type { Program } from 'oxc-parser';
import type { Rule } from '../rule.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

const NO_GLOB = /\bAstro\.glob is not a function|Property 'glob' does not exist on type 'AstroGlobal/;
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
      const edits = awaitedGlobs((await workspace.parse(path, text)).program, text);
      // One in the markup, or one that is not awaited at once.
      if (edits.length !== written) return undefined;
      files.set(path, replaceRanges(text, edits));
    }
    if (files.size === 0) return undefined;
    return {
      files,
      cause: '`Astro.glob` is called, which this version of Astro has no more.',
      change: 'Takes the same modules from `import.meta.glob`.',
    };
  },
};

function awaitedGlobs(program: Program, text: string): Replacement[] {
  return [...walk(program)].flatMap(({ node }) => {
    const call = node.type === 'AwaitExpression' ? node.argument : undefined;
    if (call?.type !== 'CallExpression' || !isGlob(call.callee)) return [];
    const [pattern, more] = call.arguments;
    if (pattern?.type !== 'Literal' || typeof pattern.value !== 'string' || more) return [];
    const types = text.slice(call.callee.end, pattern.start);
    const modules = `import.meta.glob${types}${pattern.raw}, { eager: true })`;
    return [{ start: node.start, end: node.end, text: `Object.values(${modules})` }];
  });
}

function isGlob(callee: SyntaxNode): boolean {
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return false;
  return callee.object.name === 'Astro' && callee.property.type === 'Identifier' && callee.property.name === 'glob';
}
