import { missingExportOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { declaredAs, formerlyDeclared, keepsWords } from '../syntax/declared-as.js';
import { exportOrigin } from '../syntax/export-origin.js';
import { exportsOf } from '../syntax/exports.js';
import { type ImportedName, importsOf } from '../syntax/imports.js';
import { nearestManifest } from '../syntax/manifests-of.js';
import { isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import { specifierFor } from '../syntax/specifier-for.js';
import type { Workspace } from '../workspace.js';

/** An export that stands in another module since the last READY deployment: the one that exports the name now. */
export const movedExport: Rule = {
  name: 'moved-export',
  async propose(error, workspace) {
    const name = missingExportOf(error)?.name;
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (name === undefined || name === 'default' || file === undefined || text === undefined || !isScript(file))
      return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const [target, another] = importsOf(program).filter(({ imported }) => imported === name);
    const from = target === undefined ? undefined : resolveSpecifier(workspace, file, target.specifier);
    if (errors.length > 0 || !target || another || from === undefined) return undefined;
    if (!lostExport(workspace, from, name)) return undefined;
    const [to, second] = await exportersOf(workspace, name);
    if (to === undefined || second !== undefined || to === from || to === file) return undefined;
    if (!(await isSame(workspace, { from, to, name }))) return undefined;
    const specifier = specifierFor(workspace, file, { path: to, like: target.specifier });
    if (specifier === undefined) return undefined;
    const repaired =
      target.declaration.specifiers.length === 1
        ? pointElsewhere(text, target, specifier)
        : await takeOut(workspace, { file, text, target, specifier });
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} imports \`${name}\` from ${from}, which exported it at the last good deployment and no longer does.`,
      change: `Imports it from ${to}, the one module that exports it now.`,
    };
  },
};

function pointElsewhere(text: string, { declaration }: ImportedName, specifier: string): string {
  const { start, end } = declaration.source;
  return replaceRanges(text, [{ start: start + 1, end: end - 1, text: specifier }]);
}

/** The name in a statement of its own, and the statement where it stood without it. */
async function takeOut(
  workspace: Workspace,
  { file, text, target, specifier }: { file: string; text: string; target: ImportedName; specifier: string },
): Promise<string | undefined> {
  if (target.local !== target.imported) return undefined;
  const after = /^\s*,\s*/.exec(text.slice(target.end))?.[0].length;
  const before = /,\s*$/.exec(text.slice(0, target.start))?.[0].length ?? 0;
  const range =
    after === undefined
      ? { start: target.start - before, end: target.end, text: '' }
      : { start: target.start, end: target.end + after, text: '' };
  const rest = replaceRanges(text, [range]);
  const { program } = await workspace.parse(file, rest);
  return addImport(file, rest, program, { name: target.local, isDefault: false, isType: target.isType, specifier });
}

function lostExport(workspace: Workspace, module: string, name: string): boolean {
  const hunks = workspace.changes.find(({ path }) => path === module)?.hunks ?? '';
  return new RegExp(`^-\\s*export\\b.*(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'm').test(hunks);
}

/** Not where it is declared otherwise than the lost one: that is another of the name. What the diff moved, it may have changed as well. */
async function isSame(
  workspace: Workspace,
  { from, to, name }: { readonly from: string; readonly to: string; readonly name: string },
): Promise<boolean> {
  if (hasOtherValue(workspace, { from, to, name }) || isOfOtherPackage(workspace, from, to)) return false;
  const origin = await exportOrigin(workspace, to, name);
  const text = origin && workspace.read(origin.path);
  const before = await formerlyDeclared(workspace, from, name);
  if (before === undefined || !origin || text === undefined) return true;
  const now = declaredAs((await workspace.parse(origin.path, text)).program, text, origin.name) ?? '';
  const isMoved = isBroughtBy(workspace, to, name) || isBroughtBy(workspace, origin.path, origin.name);
  return isMoved ? keepsWords(before, now) : before === now;
}

/** Whether the diff takes one value by the name out of the one module and puts another into the other. */
function hasOtherValue(
  { changes, read }: Workspace,
  { from, to, name }: { readonly from: string; readonly to: string; readonly name: string },
): boolean {
  const value = new RegExp(
    `\\bconst\\s+${name.replaceAll('$', '\\$')}\\s*(?::[^=\\n]+)?=\\s*(-?[\\d._]+|true|false|'[^'\\n]*'|"[^"\\n]*")\\s*;?\\s*$`,
    'm',
  );
  const before = value.exec((changes.find(({ path }) => path === from)?.hunks ?? '').replace(/^[ +].*$/gm, ''))?.[1];
  const after = value.exec(read(to) ?? '')?.[1];
  return before !== undefined && after !== undefined && before !== after;
}

/** What another package has is taken from that package, not from a file of it. */
function isOfOtherPackage(workspace: Workspace, from: string, to: string): boolean {
  return nearestManifest(workspace, from) !== nearestManifest(workspace, to);
}

/** Whether the diff put the name into the file, by declaring it or in a list of exports, or the file where it is. */
export function isBroughtBy({ changes }: Workspace, path: string, name: string): boolean {
  const change = changes.find((one) => one.path === path);
  const word = `${name.replaceAll('$', '\\$')}(?![\\w$])`;
  const declares = `\\s*(?:export\\b[^=(\\n]*[\\s{,]|(?:[a-z]+\\s+)*(?:function\\*?|class|interface|type|enum|const|let)\\s+)${word}`;
  const lists = `\\s*(?:(?:type|[\\w$]+ as)\\s+)?${word}\\s*,?\\s*$`;
  return change?.status === 'added' || new RegExp(`^\\+(?:${declares}|${lists})`, 'm').test(change?.hunks ?? '');
}

async function exportersOf(workspace: Workspace, name: string): Promise<string[]> {
  const found: string[] = [];
  for (const path of workspace.paths) {
    const text = workspace.read(path);
    if (text === undefined || !/\.[cm]?[jt]sx?$/.test(path) || !text.includes(name)) continue;
    const exported = await exportsOf(workspace, path);
    if (exported?.complete && exported.names.has(name)) found.push(path);
  }
  return found;
}
