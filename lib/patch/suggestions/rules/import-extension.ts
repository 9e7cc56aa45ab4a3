import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Fix, Rule } from '../rule.js';
import { isScript } from '../syntax/parse.js';
import { directoryOf, joinPath, resolveSpecifier } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import { specifiersOf } from '../syntax/specifiers.js';
import type { Workspace } from '../workspace.js';

const NEEDS_EXTENSION = /need explicit file extensions.*Did you mean '([^']{1,300})'/s;
/** Node.js' own resolver: https://nodejs.org/api/esm.html#mandatory-file-extensions */
const NOT_FOUND_BY_NODE =
  /(?:Cannot find module|Directory import) '\/vercel\/path\d\/([^']{1,400})' (?:is not supported resolving ES modules )?imported from /;
const RUN_BY_NODE = /\.m?js$/;
const MOST_MODULES = 40;

/** A relative import that Node.js only resolves with its extension, which the compiler names or the tree shows. */
export const importExtension: Rule = {
  name: 'import-extension',
  async propose(error, workspace) {
    const { file, message } = error;
    if (file === undefined || !isScript(file)) return undefined;
    const missing = NOT_FOUND_BY_NODE.exec(message)?.[1];
    if (missing !== undefined) return completeAll(file, missing, workspace);
    return completeOne(error, file, workspace);
  },
};

async function completeOne({ message }: BuildError, file: string, workspace: Workspace): Promise<Fix | undefined> {
  const right = NEEDS_EXTENSION.exec(message)?.[1];
  const text = workspace.read(file);
  if (right === undefined || text === undefined || resolveSpecifier(workspace, file, right) === undefined)
    return undefined;
  const wrong = right.replace(/(?:\/index)?\.[cm]?jsx?$/, '');
  const repaired = await rewrite(workspace, file, (specifier) => (specifier === wrong ? right : undefined));
  if (repaired === undefined) return undefined;
  return {
    files: new Map([[file, repaired]]),
    cause: `${file} imports \`${wrong}\` without the extension that Node.js needs.`,
    change: `Writes \`${right}\`, as the compiler names it.`,
  };
}

/** Node.js stops at the first: what the module imports, and so on, may lack theirs as well. */
async function completeAll(file: string, missing: string, workspace: Workspace): Promise<Fix | undefined> {
  if (workspace.partial || !RUN_BY_NODE.test(file) || targetOf(workspace, missing) === undefined) return undefined;
  const files = new Map<string, string>();
  const reached = new Set([file]);
  for (const path of reached) {
    if (reached.size > MOST_MODULES) break;
    if (!(await isModule(workspace, path))) continue;
    const repaired = await rewrite(workspace, path, (specifier) => {
      const asked = specifier.startsWith('.') ? joinPath(directoryOf(path), specifier) : undefined;
      if (asked === undefined) return undefined;
      const target = workspace.exists(asked) ? asked : targetOf(workspace, asked);
      if (target !== undefined && RUN_BY_NODE.test(target)) reached.add(target);
      return target === undefined || target === asked
        ? undefined
        : specifier.replace(/\/$/, '') + target.slice(asked.length);
    });
    if (repaired !== undefined) files.set(path, repaired);
  }
  if (!files.has(file)) return undefined;
  return {
    files,
    cause: `${file} is run by Node.js as a module, and imports files without their extension.`,
    change: 'Writes the whole path, as Node.js wants it of modules.',
  };
}

/** `require` looks for extensions itself. */
async function isModule(workspace: Workspace, path: string): Promise<boolean> {
  const text = workspace.read(path);
  const body = text === undefined ? [] : (await workspace.parse(path, text)).program.body;
  return body.some(({ type }) => type.startsWith('Import') || type.startsWith('Export'));
}

/** The only file that the path without its extension, or the folder, can mean. */
function targetOf(workspace: Workspace, path: string): string | undefined {
  const endings = ['.js', '.mjs', '.cjs', '/index.js', '/index.mjs', '/index.cjs'];
  const [only, another] = endings.map((ending) => path + ending).filter((candidate) => workspace.exists(candidate));
  return another === undefined ? only : undefined;
}

async function rewrite(
  workspace: Workspace,
  file: string,
  correct: (specifier: string) => string | undefined,
): Promise<string | undefined> {
  const text = workspace.read(file);
  if (text === undefined) return undefined;
  const uses = specifiersOf(await workspace.parse(file, text)).flatMap(({ specifier, start, end }) => {
    const right = correct(specifier);
    return right === undefined ? [] : [{ start: start + 1, end: end - 1, text: right }];
  });
  return uses.length === 0 ? undefined : replaceRanges(text, uses);
}
