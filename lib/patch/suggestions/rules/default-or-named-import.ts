import { missingExportOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { declaredAs, formerlyDeclared, keepsWords } from '../syntax/declared-as.js';
import { exportsOf } from '../syntax/exports.js';
import { type ImportedName, importsOf } from '../syntax/imports.js';
import { namesOf } from '../syntax/names.js';
import { isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';
import { isValue } from './missing-import.js';

/**
 * `import { Card } from './card'` where `Card` is the default export, or `import Card` where it is a named one: the
 * module has exactly the export of that name, in the other way.
 */
export const defaultOrNamedImport: Rule = {
  name: 'default-or-named-import',
  async propose(error, workspace) {
    const missing = missingExportOf(error);
    const { file } = error;
    if (!missing || file === undefined || !isScript(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;

    const { program } = await workspace.parse(file, text);
    for (const target of importsOf(program)) {
      if (target.imported !== missing.name) continue;
      const module = resolveSpecifier(workspace, file, target.specifier);
      const exported = module === undefined ? undefined : await exportsOf(workspace, module);
      if (!exported || module === undefined || exported.names.has(missing.name)) continue;
      if (exported.types.has(target.local) && isValue(namesOf(program), target.local)) continue;
      if (await isAnother(workspace, module, target.local)) continue;
      const repaired = swapImport(text, target, { ...exported, isComponent: isNamedAfter(module, target.local) });
      if (repaired === undefined) continue;
      const isDefault = target.imported === 'default';
      return {
        files: new Map([[file, repaired]]),
        cause: `${file} imports \`${target.local}\` from ${module} as ${isDefault ? 'its default' : 'a named'} export, which it does not have.`,
        change: `Imports it as ${isDefault ? 'the named' : 'the default'} export that it is.`,
      };
    }
    return undefined;
  },
};

/** Whether the module declares another thing by the name since the last READY deployment. */
async function isAnother(workspace: Workspace, module: string, name: string): Promise<boolean> {
  const text = workspace.read(module) ?? '';
  const before = await formerlyDeclared(workspace, module, name);
  const now = declaredAs((await workspace.parse(module, text)).program, text, name);
  return before !== undefined && now !== undefined && !keepsWords(before, now);
}

/** A component is called as its file is; what else is taken from there was declared in its script. */
function isNamedAfter(module: string, local: string): boolean {
  const [, folder = '', file = ''] = /(?:^|([^/]*)\/)([^/]+)\.(?:vue|svelte|astro)$/.exec(module) ?? [];
  const plain = (name: string) => name.replace(/[^A-Za-z\d]/g, '').toLowerCase();
  return [file, folder + file, file === 'index' ? folder : file].map(plain).includes(plain(local));
}

function swapImport(
  text: string,
  target: ImportedName,
  exported: {
    readonly names: ReadonlySet<string>;
    readonly defaultName: string | undefined;
    readonly isComponent: boolean;
  },
): string | undefined {
  const { declaration, local, imported } = target;
  if (declaration.specifiers.length > 1) return swapAmongOthers(text, target, exported);
  if (imported === 'default') {
    return exported.names.has(local) ? replaceRanges(text, [{ ...spanOf(target), text: `{ ${local} }` }]) : undefined;
  }
  const isDefaultName = exported.defaultName === imported || (exported.isComponent && exported.names.has('default'));
  if (!isDefaultName) return undefined;
  const open = text.lastIndexOf('{', target.start);
  const close = text.indexOf('}', target.end);
  if (open < declaration.start || close < 0 || close > declaration.end) return undefined;
  return replaceRanges(text, [{ start: open, end: close + 1, text: local }]);
}

/** `import Card, { Lid }` and `import { Card, Lid }`, on one line. */
function swapAmongOthers(
  text: string,
  { declaration, local, imported }: ImportedName,
  exported: { readonly names: ReadonlySet<string>; readonly defaultName: string | undefined },
): string | undefined {
  const { start, source } = declaration;
  const clause = text.slice(start, source.start);
  const match = /^import (?:([\w$]+), )?\{([^{}\n]*)\} from $/.exec(clause);
  const others = (match?.[2] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (!match) return undefined;
  const isNamed = imported === 'default' && exported.names.has(local) && !others.includes(local);
  const isDefault = imported !== 'default' && exported.defaultName === imported && match[1] === undefined;
  const rest = others.filter((name) => name !== (imported === local ? imported : `${imported} as ${local}`));
  if (isNamed)
    return replaceRanges(text, [
      { start, end: source.start, text: `import { ${[local, ...others].join(', ')} } from ` },
    ]);
  return isDefault && rest.length === others.length - 1
    ? replaceRanges(text, [{ start, end: source.start, text: `import ${local}, { ${rest.join(', ')} } from ` }])
    : undefined;
}

function spanOf({ start, end }: ImportedName): { start: number; end: number } {
  return { start, end };
}
