import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { changedWordsOf } from '../changed-words.js';
import { differInNumber, findTwin, isSlip } from '../distance.js';
import { missingExportOf, suggestionOf } from '../error-facts.js';
import type { Fix, Rule } from '../rule.js';
import { findFunction } from '../syntax/await-calls.js';
import type { Func } from '../syntax/entry-functions.js';
import { exportOrigin } from '../syntax/export-origin.js';
import { exportsOf } from '../syntax/exports.js';
import { type ImportedName, importsOf } from '../syntax/imports.js';
import { namesOf } from '../syntax/names.js';
import { isOfOtherNumber } from '../syntax/other-number.js';
import { isScript } from '../syntax/parse.js';
import { passedOnBy } from '../syntax/passed-on.js';
import { renameImport } from '../syntax/rename-import.js';
import { packageNameOf, resolveSpecifier } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import { isTakenByName } from '../syntax/taken-by-name.js';
import type { SyntaxNode } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

/**
 * `import { listBerth } from './berths'` where the module exports `listBerths`: the export that the tool names, or
 * the only one that is spelt like it, and only if the module really has it; or the one under which it exports that name.
 * Likewise what a file only passes on.
 */
export const exportSpelling: Rule = {
  name: 'export-spelling',
  async propose(error, workspace): Promise<Fix | undefined> {
    const missing = missingExportOf(error);
    const { file } = error;
    if (!missing || missing.name === 'default' || file === undefined || !isScript(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;

    const { program } = await workspace.parse(file, text);
    const candidates = importsOf(program).filter((name) => name.imported === missing.name);
    const [target, another] =
      candidates.length > 1 ? candidates.filter((name) => name.specifier === missing.from) : candidates;
    if (another) return undefined;
    if (!target) return respellReexport(workspace, error, { file, text, name: missing.name });
    const module = resolveSpecifier(workspace, file, target.specifier);
    const right =
      module === undefined
        ? namedByTool(error, missing.name, target.specifier)
        : await findExport(workspace, error, { module, name: missing.name });
    // What the module gave up since the last good deployment was no slip for what it has still.
    if (module !== undefined && isGivenUp(workspace, module, missing.name)) return undefined;
    if (right === undefined || (await isOther(workspace, { file, text, target, module, right }))) return undefined;
    const repaired = await renameImport(file, text, target, right);
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} imports \`${missing.name}\`, which ${module ?? target.specifier} does not export.`,
      change: `Imports \`${right}\`, the one export of that module that can be meant.`,
    };
  },
};

function isGivenUp(workspace: Workspace, module: string, name: string): boolean {
  const { removed, added } = changedWordsOf(workspace, module);
  return removed.includes(name) && !added.includes(name);
}

/** Whether the file uses `listBerth` as one berth, or calls it otherwise than `listBerths` can be called. */
async function isOther(
  workspace: Workspace,
  {
    file,
    text,
    target,
    module,
    right,
  }: {
    readonly file: string;
    readonly text: string;
    readonly target: ImportedName;
    readonly module: string | undefined;
    readonly right: string;
  },
): Promise<boolean> {
  if (!differInNumber(target.imported, right)) return false;
  const { program } = await workspace.parse(file, text);
  const uses = namesOf(program).filter(({ name, role }) => name === target.local && role === 'reference');
  const origin = module === undefined ? undefined : await exportOrigin(workspace, module, right);
  const source = origin && workspace.read(origin.path);
  const func =
    origin && source ? findFunction((await workspace.parse(origin.path, source)).program, origin.name) : undefined;
  return uses.some(({ end, parent, key }) => {
    const isCallable =
      parent?.type !== 'CallExpression' || key !== 'callee' || !func || takes(func, parent.arguments as SyntaxNode[]);
    return !isCallable || isOfOtherNumber({ program, text }, end, { name: target.imported, right });
  });
}

/** As far as their number tells. */
function takes({ params }: Func, given: readonly SyntaxNode[]): boolean {
  const isOptional = (param: SyntaxNode) =>
    param.type === 'AssignmentPattern' ||
    param.type === 'RestElement' ||
    ('optional' in param && param.optional === true);
  const wanted = params as readonly SyntaxNode[];
  const isOpen = [...wanted, ...given].some(({ type }) => type === 'RestElement' || type === 'SpreadElement');
  const least = wanted.filter((param) => !isOptional(param)).length;
  return isOpen || (least <= given.length && given.length <= wanted.length);
}

/** `export { listBerth } from './berths'`, unless somebody asks the module for that name. */
async function respellReexport(
  workspace: Workspace,
  error: BuildError,
  { file, text, name }: { readonly file: string; readonly text: string; readonly name: string },
): Promise<Fix | undefined> {
  const [only, another] = passedOnBy((await workspace.parse(file, text)).program, name);
  const module = only && resolveSpecifier(workspace, file, only.specifier);
  const right = module === undefined ? undefined : await findExport(workspace, error, { module, name });
  if (!only || another || right === undefined) return undefined;
  const isAliased = only.exported !== name;
  const isTaken = !isAliased && (await exportsOf(workspace, file))?.names.has(right) !== false;
  if (isTaken || (!isAliased && (await isTakenByName(workspace, file, name)))) return undefined;
  const edit = { ...only, text: isAliased && only.exported !== right ? `${right} as ${only.exported}` : right };
  return {
    files: new Map([[file, replaceRanges(text, [edit])]]),
    cause: `${file} passes on \`${name}\`, which ${module} does not export.`,
    change: `Passes on \`${right}\`, the one export of that module that can be meant.`,
  };
}

/** Packages from outside are not read; what a compiler that has them names is one of their exports. */
function namedByTool(error: BuildError, name: string, specifier: string): string | undefined {
  const suggestion = suggestionOf(error);
  const isPackage = packageNameOf(specifier) !== undefined || specifier.startsWith('node:');
  return isPackage && suggestion !== undefined && isSlip(name, suggestion) ? suggestion : undefined;
}

const EXPORTED_AS = /locally, but it is exported as '([\w$]+)'/;

async function findExport(
  workspace: Workspace,
  error: BuildError,
  { module, name }: { readonly module: string; readonly name: string },
): Promise<string | undefined> {
  const exported = await exportsOf(workspace, module);
  if (!exported || exported.names.has(name)) return undefined;
  const names = [...exported.names].filter((other) => other !== 'default');
  const publicName = EXPORTED_AS.exec(error.message)?.[1];
  if (publicName !== undefined) return names.find((other) => other === publicName);
  const suggestion = suggestionOf(error);
  if (suggestion !== undefined && names.includes(suggestion) && isSlip(name, suggestion)) return suggestion;
  return exported.complete ? findTwin(name, names) : undefined;
}
