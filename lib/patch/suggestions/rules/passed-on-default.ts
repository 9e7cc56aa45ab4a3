import type { Program } from 'oxc-parser';
import { escapePattern } from '../../../context/word-pattern.js';
import { missingExportOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { exportsOf, type ModuleExports } from '../syntax/exports.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { type PassedOn, passedOnBy } from '../syntax/passed-on.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineEnding, type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';
import { modulesOf } from './missing-export.js';

/**
 * `export { Card } from './card'` where `Card` is the default export of that module, or `export { default as Card }` where it is
 * a named one: passed on as what it is, by the name that it had for others.
 */
export const passedOnDefault: Rule = {
  name: 'passed-on-default',
  async propose(error, workspace) {
    const name = missingExportOf(error)?.name;
    const { file } = error;
    const text = file === undefined || !isScript(file) || isComponentFile(file) ? undefined : workspace.read(file);
    if (name === undefined || file === undefined || text === undefined) return undefined;
    const { program } = await workspace.parse(file, text);
    for (const passed of passedOnBy(program, name)) {
      const module = resolveSpecifier(workspace, file, passed.specifier);
      const exported = module === undefined ? undefined : await exportsOf(workspace, module);
      if (module === undefined || !exported || exported.names.has(name) || isTypeAlone(program, passed)) continue;
      const right = name === 'default' ? namedInstead(workspace, module, exported, passed) : 'default';
      if (right === undefined || (right === 'default' && !isDefault(workspace, module, exported, name))) continue;
      const written = right === passed.exported ? right : `${right} as ${passed.exported}`;
      const [wrong, meant] = name === 'default' ? ['its default', 'the named'] : ['a named', 'the default'];
      return {
        files: new Map([[file, replaceRanges(text, [{ start: passed.start, end: passed.end, text: written }])]]),
        cause: `${file} passes on \`${passed.exported}\` of ${module} as ${wrong} export, which it does not have.`,
        change: `Passes it on as ${meant} export that it is.`,
      };
    }
    for (const barrel of await modulesOf(workspace, error, { name, from: undefined })) {
      const text = await passBesides(workspace, barrel, name);
      if (text === undefined) continue;
      return {
        files: new Map([[barrel, text]]),
        cause: `${barrel} passes on what a module exports by name, and \`${name}\` is its default export since the last good deployment.`,
        change: `Passes on \`${name}\` as well, by the name that it had.`,
      };
    }
    return undefined;
  },
};

/** `export * from './card'` leaves out the default: with the one beside it that the diff made of an export of this name. */
async function passBesides(workspace: Workspace, barrel: string, name: string): Promise<string | undefined> {
  const text = isComponentFile(barrel) ? undefined : workspace.read(barrel);
  if (text === undefined || (await exportsOf(workspace, barrel))?.names.has(name) !== false) return undefined;
  const found: Replacement[] = [];
  for (const node of (await workspace.parse(barrel, text)).program.body) {
    if (node.type !== 'ExportAllDeclaration' || node.exported || node.exportKind === 'type') continue;
    const module = resolveSpecifier(workspace, barrel, node.source.value);
    const exported = module === undefined ? undefined : await exportsOf(workspace, module);
    if (module === undefined || !exported || !isDefault(workspace, module, exported, name)) continue;
    const hunks = workspace.changes.find(({ path }) => path === module)?.hunks ?? '';
    const former = new RegExp(
      `^-\\s*export (?:async )?(?:function\\*?|class|const) ${escapePattern(name)}(?![\\w$])`,
      'm',
    );
    if (!former.test(hunks)) continue;
    const beside = `export { default as ${name} } from ${text.slice(node.source.start, node.end)}`;
    const before = exported.names.size > 1 ? `${text.slice(node.start, node.end)}${lineEnding(text)}` : '';
    found.push({ start: node.start, end: node.end, text: before + beside });
  }
  return found.length === 1 ? replaceRanges(text, found) : undefined;
}

function isTypeAlone(program: Program, { start }: PassedOn): boolean {
  return program.body.some(
    (node) =>
      node.type === 'ExportNamedDeclaration' &&
      node.specifiers.some(
        ({ local, exportKind }) => local.start === start && (exportKind === 'type' || node.exportKind === 'type'),
      ),
  );
}

/** What the file is called, or its folder where it is the index of that. */
function fileNameOf(module: string): string | undefined {
  return /(?:^|\/)([^/]+)(?:\/index)?\.\w+$/.exec(module)?.[1];
}

/** Whether the default export is what has this name: as it says itself, or as a component, which is called like its file. */
function isDefault(workspace: Workspace, module: string, exported: ModuleExports, name: string): boolean {
  if (isComponentFile(module)) return fileNameOf(module) === name;
  return exported.defaultName === name && !/^\s*export\s+default\s+interface\b/m.test(workspace.read(module) ?? '');
}

/** The export that was the default one, unless the diff took out one that was more than it. */
function namedInstead(
  workspace: Workspace,
  module: string,
  { names, types }: ModuleExports,
  { exported }: PassedOn,
): string | undefined {
  const name = exported === 'default' ? fileNameOf(module) : exported;
  if (name === undefined || !names.has(name) || types.has(name)) return undefined;
  const hunks = workspace.changes.find(({ path }) => path === module)?.hunks ?? '';
  const removed = [...hunks.matchAll(/^-\s*export default (.*)$/gm)].map(([, rest = '']) => rest);
  const isPlain = (rest: string) =>
    /^(?:(?:async )?function\*? ?|(?:abstract )?class )?([\w$]+)/.exec(rest)?.[1] === name &&
    !/^[\w$.]+\s*\(/.test(rest);
  return removed.every(isPlain) ? name : undefined;
}
