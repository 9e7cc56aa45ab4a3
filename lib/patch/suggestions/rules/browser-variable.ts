import type { Rule } from '../rule.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { specifiersOf } from '../syntax/specifiers.js';
import { viteAppOf, withClientTypes } from '../syntax/vite-client.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

/**
 * `process.env.VITE_API` in code for the browser: Vite has it in `import.meta.env` alone, where `PROD` is what
 * `NODE_ENV === 'production'` was and `DEV` its opposite, https://vite.dev/guide/env-and-mode.
 */
export const browserVariable: Rule = {
  name: 'browser-variable',
  async propose(error, workspace) {
    const { file, line } = error;
    if (file === undefined || !isScript(file) || !/^Cannot find name 'process'/.test(error.message)) return undefined;
    const app = viteAppOf(workspace, file);
    const text = app && workspace.read(file);
    if (!app || text === undefined || isComponentFile(file) || (await isOfSettings(workspace, file))) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;
    const edits = [...walk(program)].flatMap(({ node, parent }) => rewrite(node, parent) ?? []);
    if (!edits.some(({ start }) => lineOf(text, start) === line)) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, edits)], ...withClientTypes(workspace, app)]),
      cause: `${file} reads \`process.env\`, which Vite does not give to the browser.`,
      change: 'Reads `import.meta.env`, where Vite has the same.',
    };
  },
};

/** Whether a configuration imports it, which Node.js runs. */
async function isOfSettings(workspace: Workspace, file: string): Promise<boolean> {
  for (const path of workspace.paths) {
    const text = /\.config\.[cm]?[jt]s$/.test(path) ? workspace.read(path) : undefined;
    if (text === undefined) continue;
    const used = specifiersOf(await workspace.parse(path, text));
    if (used.some(({ specifier }) => resolveSpecifier(workspace, path, specifier) === file)) return true;
  }
  return false;
}

function rewrite(node: SyntaxNode, parent: SyntaxNode | undefined): Replacement | undefined {
  const { start, end } = node;
  if (node.type === 'BinaryExpression' && variableOf(node.left as SyntaxNode) === 'NODE_ENV') {
    const isProduction = node.right.type === 'Literal' && node.right.value === 'production';
    if (isProduction && /^[!=]==?$/.test(node.operator))
      return { start, end, text: `import.meta.env.${node.operator.startsWith('=') ? 'PROD' : 'DEV'}` };
  }
  const name = variableOf(node);
  const isWritten = parent?.type === 'AssignmentExpression' && parent.left === node;
  return name?.startsWith('VITE_') && !isWritten ? { start, end, text: `import.meta.env.${name}` } : undefined;
}

/** `X` of `process.env.X`. */
function variableOf(node: SyntaxNode): string | undefined {
  if (node.type !== 'MemberExpression' || node.object.type !== 'MemberExpression') return undefined;
  const { object, property } = node.object;
  const isOfProcess = object.type === 'Identifier' && object.name === 'process';
  if (!isOfProcess || property.type !== 'Identifier' || property.name !== 'env') return undefined;
  if (!node.computed) return node.property.type === 'Identifier' ? node.property.name : undefined;
  return node.property.type === 'Literal' && /^[A-Z]\w*$/.test(String(node.property.value))
    ? String(node.property.value)
    : undefined;
}
