import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Fix, Rule } from '../rule.js';
import { isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const WITHOUT =
  /Module "(?:file:\/\/)?\/vercel\/path\d+\/([^"]{1,300}\.json)" needs an import attribute of (?:type "json"|"type: json")/;
/** Node.js from 22 on, and TypeScript. */
const ASSERTED = /Unexpected identifier 'assert'|Import assertions have been replaced by import attributes/;
const ASSERTION = /(\bfrom\s{0,10}(?:'[^'\n]{1,300}'|"[^"\n]{1,300}")\s{0,10})assert(?=\s{0,10}\{)/g;

/**
 * A module of JSON that is imported without saying so, or by the word that `with` has replaced:
 * https://nodejs.org/api/esm.html#import-attributes
 */
export const importAttribute: Rule = {
  name: 'import-attribute',
  async propose(error, workspace) {
    return replaceAssertion(error, workspace) ?? (await addAttribute(error, workspace));
  },
};

function replaceAssertion({ file, message }: BuildError, workspace: Workspace): Fix | undefined {
  const text = file === undefined || !isScript(file) || !ASSERTED.test(message) ? undefined : workspace.read(file);
  if (file === undefined || text === undefined) return undefined;
  const repaired = text.replaceAll(ASSERTION, '$1with');
  if (repaired === text) return undefined;
  return {
    files: new Map([[file, repaired]]),
    cause: `${file} imports with \`assert\`, which \`with\` has replaced.`,
    change: 'Writes `with`.',
  };
}

/** Node.js names the JSON alone: the importer is the only one that imports it without the attribute. */
async function addAttribute({ message }: BuildError, workspace: Workspace): Promise<Fix | undefined> {
  const target = WITHOUT.exec(message)?.[1];
  if (target === undefined || workspace.partial) return undefined;
  const found: { readonly path: string; readonly text: string; readonly at: number }[] = [];
  for (const path of workspace.paths) {
    const text = isScript(path) ? workspace.read(path) : undefined;
    if (!text?.includes('.json')) continue;
    for (const node of (await workspace.parse(path, text)).program.body) {
      const isImport = node.type === 'ImportDeclaration' && node.attributes.length === 0 && node.importKind !== 'type';
      if (isImport && resolveSpecifier(workspace, path, node.source.value) === target)
        found.push({ path, text, at: node.source.end });
    }
  }
  const [only, another] = found;
  if (!only || another || !/\.m?[jt]s$/.test(only.path)) return undefined;
  const { path, text, at } = only;
  const quote = text[at - 1];
  return {
    files: new Map([
      [path, replaceRanges(text, [{ start: at, end: at, text: ` with { type: ${quote}json${quote} }` }])],
    ]),
    cause: `${path} imports ${target} without saying that it is JSON, which Node.js wants to be told.`,
    change: "Adds the attribute `type: 'json'`.",
  };
}
