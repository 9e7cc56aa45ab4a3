import { missingExportOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { findFunction } from '../syntax/await-calls.js';
import type { Func } from '../syntax/entry-functions.js';
import { exportOrigin } from '../syntax/export-origin.js';
import { exportsOf } from '../syntax/exports.js';
import { formerText } from '../syntax/former-text.js';
import { type ImportedName, importsOf } from '../syntax/imports.js';
import { nearestManifest } from '../syntax/manifests-of.js';
import { isScript, parseSource } from '../syntax/parse.js';
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

/** Not of a function that takes something else than the lost one, where the diff did not bring it: that is another of the name. */
async function isSame(
  workspace: Workspace,
  { from, to, name }: { readonly from: string; readonly to: string; readonly name: string },
): Promise<boolean> {
  if (hasOtherValue(workspace, { from, to, name }) || isOfOtherPackage(workspace, from, to)) return false;
  if (isBroughtBy(workspace, to, name)) return true;
  const origin = await exportOrigin(workspace, to, name);
  if (origin && isBroughtBy(workspace, origin.path, origin.name)) return true;
  const change = workspace.changes.find(({ path }) => path === from);
  const former = change && formerText(workspace.read(from) ?? '', change);
  const text = origin && workspace.read(origin.path);
  if (former === undefined || !origin || text === undefined) return true;
  const before = findFunction((await parseSource(from, former)).program, name);
  const after = findFunction((await workspace.parse(origin.path, text)).program, origin.name);
  const headOf = (source: string, { params }: Func) => params.map(({ start, end }) => source.slice(start, end)).join();
  return before && after ? headOf(former, before) === headOf(text, after) : before === after;
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

/** Whether the diff put the name into the file, or the file where it is. */
export function isBroughtBy({ changes }: Workspace, path: string, name: string): boolean {
  const change = changes.find((one) => one.path === path);
  return (
    change?.status === 'added' ||
    change?.status === 'renamed' ||
    new RegExp(`^\\+.*(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'm').test(change?.hunks ?? '')
  );
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
