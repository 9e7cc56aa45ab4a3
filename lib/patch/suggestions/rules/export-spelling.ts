import { findTwin, isSpellingOf } from '../distance.js';
import { missingExportOf, suggestionOf } from '../error-facts.js';
import type { Fix, Rule } from '../rule.js';
import { exportsOf } from '../syntax/exports.js';
import { importsOf } from '../syntax/imports.js';
import { isScript } from '../syntax/parse.js';
import { renameImport } from '../syntax/rename-import.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';

/**
 * `import { listBerth } from './berths'` where the module exports `listBerths`: the export that the tool names, or
 * the only one that is spelt like it, and only if the module really has it.
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
    if (!target || another) return undefined;
    const module = resolveSpecifier(workspace, file, target.specifier);
    const exported = module === undefined ? undefined : await exportsOf(workspace, module);
    if (!exported || exported.names.has(missing.name)) return undefined;

    const names = [...exported.names].filter((name) => name !== 'default');
    const suggestion = suggestionOf(error);
    const named = suggestion !== undefined && names.includes(suggestion) && isSpellingOf(missing.name, suggestion);
    const right = named ? suggestion : exported.complete ? findTwin(missing.name, names) : undefined;
    if (right === undefined) return undefined;
    const repaired = await renameImport(file, text, target, right);
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} imports \`${missing.name}\`, which ${module} does not export.`,
      change: `Imports \`${right}\`, the one export of that module that is spelt so nearly alike.`,
    };
  },
};
