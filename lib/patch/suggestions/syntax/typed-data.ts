import { escapePattern } from '../../../context/word-pattern.js';
import type { Workspace } from '../workspace.js';
import { isComponentFile, isScript } from './parse.js';
import { resolveSpecifier } from './resolve-specifier.js';

/**
 * JSON that modules import and take for lists or records of a type, `rows as Boat[]`, with one key of it under another name: its new
 * text by path. Nothing for data that has the new name somewhere already.
 */
export async function renameKeyInData(
  workspace: Workspace,
  { type, name, now }: { readonly type: string; readonly name: string; readonly now: string },
): Promise<[string, string][]> {
  const own = escapePattern(type);
  const taken = `(?:Readonly<|readonly\\s+|Array<)?${own}\\b`;
  const renamed = new Map<string, string>();
  for (const importer of workspace.paths) {
    const text = isScript(importer) || isComponentFile(importer) ? workspace.read(importer) : undefined;
    if (text === undefined || !text.includes('.json') || !text.includes(type)) continue;
    const { program } = await workspace.parse(importer, text);
    for (const node of program.body) {
      if (node.type !== 'ImportDeclaration' || !node.source.value.endsWith('.json')) continue;
      const local = node.specifiers.find((specifier) => specifier.type === 'ImportDefaultSpecifier')?.local.name;
      const path = local === undefined ? undefined : resolveSpecifier(workspace, importer, node.source.value);
      const data = path === undefined ? undefined : workspace.read(path);
      if (local === undefined || path === undefined || data === undefined) continue;
      const isTyped = new RegExp(
        `\\b${escapePattern(local)}\\s+(?:as|satisfies)\\s+${taken}|:\\s{0,4}${taken}(?:\\[\\]|>)?\\s{0,4}=\\s{0,4}${escapePattern(local)}\\b`,
      );
      const key = new RegExp(`"${escapePattern(name)}"(?=\\s{0,8}:)`, 'g');
      if (!isTyped.test(text) || data.includes(`"${now}"`) || !key.test(data)) continue;
      renamed.set(
        path,
        data.replace(key, () => `"${now}"`),
      );
    }
  }
  return [...renamed];
}
