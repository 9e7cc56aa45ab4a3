import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

/**
 * The ``output: "hybrid"`` option has been removed. Use ``output: "static"`` instead; "provided runtime 'edge', the edge
 * runtime is experimental. Use runtime 'experimental-edge' instead".
 */
const REPLACED =
  /\b(?<key>[\w$]{1,60})(?:: ?|=| )["'](?<old>[\w@./-]{1,80})["'](?<what>[^\n]{1,160}?)\b[Uu]se [`'"]?(?<again>[\w$]{1,60})(?:: ?|=| )["'](?<now>[\w@./-]{1,80})["'](?<rest>[^\n]{0,60})/;
const IS_OVER = /\b(?:removed|renamed|replaced|deprecated|dropped|no longer|not supported|experimental|invalid)\b/;

/** A value of a setting that its tool no longer takes, and names the one to write instead. */
export const replacedValue: Rule = {
  name: 'replaced-value',
  async propose(error, workspace) {
    const { key, old, what = '', again, now, rest = '' } = REPLACED.exec(error.message)?.groups ?? {};
    if (key === undefined || old === undefined || now === undefined || key !== again || old === now) return undefined;
    // Of two that it names, either may be meant.
    if (!IS_OVER.test(what) || /\bor\b[^.\n]*["']/.test(rest)) return undefined;
    const places: (Replacement & { readonly file: string })[] = [];
    for (const file of filesOf(error, workspace)) {
      const text = workspace.read(file);
      if (!text?.includes(old) || !isScript(file)) continue;
      const { program, errors } = await workspace.parse(file, text);
      if (errors.length > 0) return undefined;
      for (const { node } of walk(program)) {
        const value = givenTo(node, key);
        if (value?.type !== 'Literal' || value.value !== old) continue;
        places.push({ file, start: value.start + 1, end: value.end - 1, text: now });
      }
    }
    const [place, another] = places;
    if (!place || another) return undefined;
    const text = workspace.read(place.file) ?? '';
    return {
      files: new Map([[place.file, replaceRanges(text, [place])]]),
      cause: `${place.file}, line ${lineOf(text, place.start)}, sets \`${key}\` to \`${old}\`, which ${error.tool} no longer takes.`,
      change: `Sets it to \`${now}\`, as ${error.tool} says itself.`,
    };
  },
};

/** The file that the error names, the page behind its route, else the tool's own configuration. */
function filesOf({ file, route, tool }: BuildError, workspace: Workspace): readonly string[] {
  if (file !== undefined) return isComponentFile(file) ? [] : [file];
  if (route !== undefined) return workspace.findRoute(route).pages;
  const isConfig = new RegExp(`(?:^|/)${tool.replaceAll(/\W/g, '.')}\\.config\\.[cm]?[jt]s$`);
  return workspace.paths.filter((path) => isConfig.test(path));
}

/** What a property, or a constant of a module, of this name is given. */
function givenTo(node: SyntaxNode, key: string): SyntaxNode | undefined {
  let value: SyntaxNode | null | undefined;
  if (node.type === 'Property' && !node.computed) {
    const name = node.key.type === 'Identifier' ? node.key.name : node.key.type === 'Literal' ? node.key.value : '';
    value = name === key ? node.value : undefined;
  } else if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === key) {
    value = node.init;
  }
  while (value?.type === 'TSAsExpression' || value?.type === 'TSSatisfiesExpression') value = value.expression;
  return value ?? undefined;
}
