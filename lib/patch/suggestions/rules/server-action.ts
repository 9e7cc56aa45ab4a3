import type { Rule } from '../rule.js';
import { originOf } from '../syntax/await-calls.js';
import { functionsOf, makeAsync } from '../syntax/entry-functions.js';
import { namesOf } from '../syntax/names.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import type { SyntaxNode } from '../syntax/walk.js';
import { walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const NOT_ASYNC = /Server Actions must be async functions/;

/**
 * A function of a `'use server'` file that is not asynchronous, as Next.js asks of all that such a file exports, and whose answer nobody
 * takes but as a promise.
 */
export const serverAction: Rule = {
  name: 'server-action',
  async propose({ file, line, message }, workspace) {
    const text = file === undefined || !NOT_ASYNC.test(message) || !isScript(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !/^\s*['"]use server['"]/.test(text)) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const functions = program.body.flatMap((node) =>
      node.type === 'ExportNamedDeclaration' ? functionsOf(node.declaration as SyntaxNode | null) : [],
    );
    const [only, another] = functions.filter(([, func]) => !func.async && lineOf(text, func.start) === line);
    if (errors.length > 0 || !only || another || only[1].generator) return undefined;
    const [name, func] = only;
    for (const path of workspace.paths)
      if (!(await takesPromise(workspace, path, { path: file, name }))) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, makeAsync(text, func))]]),
      cause: `\`${name}\` in ${file} is no asynchronous function, which all have to be that a \`'use server'\` file exports.`,
      change: 'Makes it asynchronous; whoever calls it gets a promise from the server anyway.',
    };
  },
};

/** Whether all uses hand the function on, or wait for its answer or need none. */
async function takesPromise(
  workspace: Workspace,
  path: string,
  action: { readonly path: string; readonly name: string },
): Promise<boolean> {
  const text = workspace.read(path);
  if (!text?.includes(action.name) || !(isScript(path) || isComponentFile(path))) return true;
  const { program } = await workspace.parse(path, text);
  const parents = new Map([...walk(program)].map(({ node, parent }) => [node, parent] as const));
  for (const { name, role, parent, key } of namesOf(program)) {
    if (role !== 'reference' || parent?.type !== 'CallExpression' || key !== 'callee') continue;
    const origin = await originOf(workspace, path, name);
    if (origin?.path !== action.path || origin.name !== action.name) continue;
    if (!/^(?:Await|ArrowFunction)Expression$|^ExpressionStatement$/.test(parents.get(parent)?.type ?? ''))
      return false;
  }
  return true;
}
