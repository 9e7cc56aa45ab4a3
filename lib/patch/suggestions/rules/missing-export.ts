import { isRouteFile } from '../../../context/routes.js';
import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { findTwin } from '../distance.js';
import { type MissingExport, missingExportOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { findUnexported } from '../syntax/export-declared.js';
import { exportsOf } from '../syntax/exports.js';
import { formerText } from '../syntax/former-text.js';
import { isKeptInside } from '../syntax/kept-inside.js';
import { isComponentFile, isScript, parseSource } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { serverComponents } from '../syntax/server-components.js';
import { replaceRanges } from '../syntax/source-text.js';
import { specifiersOf } from '../syntax/specifiers.js';
import type { Workspace } from '../workspace.js';

/** An import of what its module declares at the top level and does not export: the module exports it. */
export const missingExport: Rule = {
  name: 'missing-export',
  async propose(error, workspace) {
    const missing = missingExportOf(error);
    if (!missing || missing.name === 'default') return undefined;
    const { name } = missing;
    const found: { readonly module: string; readonly text: string }[] = [];
    for (const module of await modulesOf(workspace, error, missing)) {
      for (const path of await passedOnBy(workspace, module)) {
        const text = (await isTakenBack(workspace, path, name)) ? undefined : await exportName(workspace, path, name);
        if (text !== undefined) found.push({ module: path, text });
      }
      const exported = await exportsOf(workspace, module);
      // Then the importer may have misspelt that one.
      if (!exported || exported.names.has(name) || findTwin(name, exported.names) !== undefined) return undefined;
    }
    const [only, another] = found;
    if (!only || another || (SERVER_ONLY.test(only.text) && isOfClient(workspace, error))) return undefined;
    if (CLIENT.test(only.text) && !COMPONENT.test(name) && (await isOfServer(workspace, error))) return undefined;
    return {
      files: new Map([[only.module, only.text]]),
      cause: `${only.module} declares \`${name}\`, which ${error.file ?? 'another file'} imports, and does not export it.`,
      change: `Exports \`${name}\`.`,
    };
  },
};

/** Whether the diff took `export` away from what it leaves there. */
async function isTakenBack(workspace: Workspace, module: string, name: string): Promise<boolean> {
  const change = workspace.changes.find(({ path }) => path === module);
  if (new RegExp(`^-\\s*export\\b.*(?<![\\w$])${escapePattern(name)}(?![\\w$])`, 'm').test(change?.hunks ?? ''))
    return true;
  const former = change && isScript(module) ? formerText(workspace.read(module) ?? '', change) : undefined;
  if (former === undefined) return false;
  const { staticExports } = (await parseSource(module, former)).module;
  return staticExports.some(({ entries }) => entries.some(({ exportName }) => exportName.name === name));
}

const SERVER_ONLY = /^\s*import\s+["']server-only["']/m;

const CLIENT = /^\s*["']use client["']/;
const COMPONENT = /^[A-Z](?![A-Z\d_]+$)/;

/** Whether the importer is rendered on the server, which can call and read nothing of a Client Component's module. */
async function isOfServer(workspace: Workspace, { file }: BuildError): Promise<boolean> {
  for await (const component of serverComponents(workspace, workspace.paths.filter(isRouteFile)))
    if (component.file === file) return true;
  return false;
}

function isOfClient(workspace: Workspace, { file }: BuildError): boolean {
  return file !== undefined && /^\s*["']use client["']/m.test(workspace.read(file) ?? '');
}

/** The modules of the repository that the file at fault takes the name from. */
export async function modulesOf(
  workspace: Workspace,
  { file }: BuildError,
  { name, from }: MissingExport,
): Promise<ReadonlySet<string>> {
  const text = file === undefined || !isScript(file) ? undefined : workspace.read(file);
  const uses = file === undefined || text === undefined ? [] : specifiersOf(await workspace.parse(file, text));
  const modules = uses.flatMap(({ names, specifier }) =>
    file !== undefined && names.includes(name) ? (resolveSpecifier(workspace, file, specifier) ?? []) : [],
  );
  if (modules.length === 0 && from !== undefined && workspace.exists(from)) modules.push(from);
  return new Set(modules);
}

const MAX_DEPTH = 5;

/** The module and those that it passes on by `export * from`. */
async function passedOnBy(workspace: Workspace, module: string, depth = 0): Promise<string[]> {
  const text = isScript(module) ? workspace.read(module) : undefined;
  if (text === undefined || depth > MAX_DEPTH) return [module];
  const { program } = await workspace.parse(module, text);
  const found = [module];
  for (const node of program.body) {
    if (node.type !== 'ExportAllDeclaration' || node.exported) continue;
    const target = resolveSpecifier(workspace, module, node.source.value);
    if (target !== undefined) found.push(...(await passedOnBy(workspace, target, depth + 1)));
  }
  return [...new Set(found)];
}

async function exportName(workspace: Workspace, module: string, name: string): Promise<string | undefined> {
  const text = workspace.read(module);
  if (text === undefined || !isScript(module) || isComponentFile(module) || module.endsWith('.d.ts')) return undefined;
  if (isKeptInside(text, name)) return undefined;
  const source = await workspace.parse(module, text);
  const declared = source.errors.length > 0 ? undefined : findUnexported(source, text, name);
  if (!declared) return undefined;
  // `export default memo(Card)`: what is wanted may be that.
  if (new RegExp(`^export\\s+default\\s+\\w[\\w$.]*\\(.*(?<![\\w$])${escapePattern(name)}(?![\\w$])`, 'm').test(text))
    return undefined;
  // Frameworks prescribe what these may export.
  if (!declared.isType && (isRouteFile(module) || /^\s*['"]use server['"]/m.test(text))) return undefined;
  return replaceRanges(text, declared.edits);
}
