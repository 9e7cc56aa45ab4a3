import type { Program } from 'oxc-parser';
import { namesIn } from '../changed-words.js';
import { missingExportOf } from '../error-facts.js';
import { findNamesake, findRename } from '../renames-in-diff.js';
import type { Fix, Rule } from '../rule.js';
import { declaredAs, formerlyDeclared } from '../syntax/declared-as.js';
import { exportsOf } from '../syntax/exports.js';
import { importsOf } from '../syntax/imports.js';
import { isScript } from '../syntax/parse.js';
import { passedOnBy } from '../syntax/passed-on.js';
import { renameImport } from '../syntax/rename-import.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import { type Pair, stoodBeside } from '../syntax/stood-beside.js';
import { isTakenByName } from '../syntax/taken-by-name.js';
import type { Workspace } from '../workspace.js';

/**
 * An import of an export that was renamed since the last READY deployment, as the diff of its module shows. Every
 * importer of the old name follows.
 */
export const renamedExport: Rule = {
  name: 'renamed-export',
  async propose(error, workspace): Promise<Fix | undefined> {
    const missing = missingExportOf(error);
    const { file } = error;
    if (!missing || missing.name === 'default' || file === undefined || !isScript(file)) return undefined;
    const module = await findModule(workspace, file, missing.name);
    const exported = module === undefined ? undefined : await exportsOf(workspace, module);
    if (module === undefined || !exported?.complete || exported.names.has(missing.name)) return undefined;
    const renamed = findRename(workspace, module, missing.name);
    const isOther =
      renamed !== undefined && (await doesOther(workspace, module, { before: missing.name, after: renamed }));
    const now = (isOther ? undefined : renamed) ?? (await findFollowed(workspace, module, missing.name));
    if (now === undefined || !exported.names.has(now)) return undefined;
    if (await stoodBeside(workspace, module, { before: missing.name, after: now })) return undefined;
    if (await isStillThere(workspace, module, missing.name)) return undefined;

    const files = new Map<string, string>();
    for (const importer of new Set([file, ...workspace.paths])) {
      let text = workspace.read(importer);
      if (text === undefined || !isScript(importer) || !text.includes(missing.name)) continue;
      const { program, errors } = await workspace.parse(importer, text);
      if (errors.length > 0) continue;
      const targets = importsOf(program).filter(
        (name) => name.imported === missing.name && resolveSpecifier(workspace, importer, name.specifier) === module,
      );
      const [target, another] = targets;
      const imported = target && !another ? await renameImport(importer, text, target, now) : undefined;
      text = imported ?? text;
      const passedOn = passOn(text, (await workspace.parse(importer, text)).program, {
        from: missing.name,
        to: now,
        leadsThere: (specifier) => resolveSpecifier(workspace, importer, specifier) === module,
        asked: await askedNames(workspace, importer, { from: missing.name, to: now }),
      });
      if (imported !== undefined || passedOn !== undefined) files.set(importer, passedOn ?? text);
    }
    if (!files.has(file)) return undefined;
    return {
      files,
      cause: `${module} calls \`${missing.name}\` by the name \`${now}\` now, and its importers do not.`,
      change: `Takes \`${now}\` from that module wherever \`${missing.name}\` was taken.`,
    };
  },
};

/** Whether a function came with another verb and does something else: `requireUser` does not answer as `getUser` did. */
async function doesOther(workspace: Workspace, module: string, { before, after }: Pair): Promise<boolean> {
  const verbOf = (name: string) => /^[a-z]+(?=[A-Z])/.exec(name)?.[0];
  const [verb, another] = [verbOf(before), verbOf(after)];
  if (verb === undefined || another === undefined || verb === another) return false;
  const text = workspace.read(module) ?? '';
  const [old, now] = [
    await formerlyDeclared(workspace, module, before),
    declaredAs((await workspace.parse(module, text)).program, text, after),
  ];
  return old !== undefined && now !== undefined && old.replaceAll(before, after) !== now;
}

/** Whether the module passed it on from another, which still has it: then it passes on another thing now. */
async function isStillThere(workspace: Workspace, module: string, name: string): Promise<boolean> {
  const hunks = workspace.changes.find(({ path }) => path === module)?.hunks ?? '';
  for (const [, names = '', specifier = ''] of hunks.matchAll(/^-\s*export\b([^'"\n]*)\bfrom\s*['"]([^'"\n]+)/gm)) {
    const target = resolveSpecifier(workspace, module, specifier);
    if (target === undefined || !namesIn(names).includes(name)) continue;
    if ((await exportsOf(workspace, target))?.names.has(name)) return true;
  }
  return false;
}

/**
 * The export in the old one's place that came with another body, where the diff made importers of the old name take the new
 * one, in every place and for nothing else.
 */
async function findFollowed(workspace: Workspace, module: string, name: string): Promise<string | undefined> {
  const change = workspace.changes.find(({ path }) => path === module);
  const now = change && findNamesake(change, name);
  if (now === undefined) return undefined;
  let followed = false;
  for (const { path, hunks = '' } of workspace.changes) {
    const text = path === module || !isScript(path) ? undefined : workspace.read(path);
    if (text === undefined) continue;
    const dropped = countIn(hunks, '-', name) - countIn(hunks, '+', name);
    if (dropped === 0) continue;
    const { program } = await workspace.parse(path, text);
    const isImported = importsOf(program).some(
      ({ imported, specifier }) => imported === now && resolveSpecifier(workspace, path, specifier) === module,
    );
    if (!isImported || countIn(hunks, '+', now) - countIn(hunks, '-', now) !== dropped) return undefined;
    followed = true;
  }
  return followed ? now : undefined;
}

function countIn(hunks: string, sign: string, name: string): number {
  const lines = hunks.split('\n').filter((line) => line.startsWith(sign));
  return lines.flatMap((line) => line.match(/[A-Za-z_$][\w$]*/g) ?? []).filter((word) => word === name).length;
}

type AskedNames = 'old' | 'new' | 'both';

/** By which of the two names the others take it from a module that passes it on. */
async function askedNames(
  workspace: Workspace,
  module: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<AskedNames> {
  const hasBoth = (await exportsOf(workspace, module))?.names.has(to) !== false;
  if (hasBoth || !(await isTakenByName(workspace, module, to))) return 'old';
  const isPassedOn = workspace.paths.some((path) => {
    const text = isScript(path) ? (workspace.read(path) ?? '') : '';
    const all = [...text.matchAll(/\bexport\s*\*\s*from\s*["']([^"'\n]+)["']/g)];
    return all.some(([, specifier = '']) => resolveSpecifier(workspace, path, specifier) === module);
  });
  return isPassedOn || (await isTakenByName(workspace, module, from)) ? 'both' : 'new';
}

/**
 * What a module passes on keeps its name for those who take it from there: `export { new as old } from './module'`; and
 * has the new one for those who ask for that.
 */
function passOn(
  text: string,
  program: Program,
  renamed: {
    readonly from: string;
    readonly to: string;
    readonly asked: AskedNames;
    leadsThere(specifier: string): boolean;
  },
): string | undefined {
  const replacements = passedOnBy(program, renamed.from)
    .filter(({ specifier }) => renamed.leadsThere(specifier))
    .map(({ start, end, exported }) => {
      const alias = exported === renamed.to ? exported : `${renamed.to} as ${exported}`;
      const asked = exported === renamed.from ? renamed.asked : 'old';
      const names = { old: alias, new: renamed.to, both: `${renamed.to}, ${alias}` };
      const isType = text.slice(start - 5, start) === 'type ';
      return { start, end, text: isType && asked === 'both' ? `${renamed.to}, type ${alias}` : names[asked] };
    });
  return replacements.length === 0 ? undefined : replaceRanges(text, replacements);
}

async function findModule(workspace: Workspace, file: string, name: string): Promise<string | undefined> {
  const text = workspace.read(file);
  if (text === undefined) return undefined;
  const { program } = await workspace.parse(file, text);
  const imported = importsOf(program).flatMap((target) => (target.imported === name ? [target.specifier] : []));
  const passedOn = passedOnBy(program, name).map(({ specifier }) => specifier);
  const modules = [...imported, ...passedOn].flatMap((specifier) => resolveSpecifier(workspace, file, specifier) ?? []);
  return modules.length === 1 ? modules[0] : undefined;
}
