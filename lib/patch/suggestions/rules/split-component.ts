import type { Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { exportsOf } from '../syntax/exports.js';
import { importsOf } from '../syntax/imports.js';
import { isDeclared, namesOf } from '../syntax/names.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

const NO_PART = /^Property '([A-Z][\w$]*)' does not exist on type '[^']{0,2000}=> /;

/**
 * `<Card.Header>` where `Card` has no such part, and the module that it comes from exports a component `CardHeader`: that is
 * imported beside it and written in all such tags of the file.
 */
export const splitComponent: Rule = {
  name: 'split-component',
  async propose({ file, line, message }, workspace) {
    const part = NO_PART.exec(message)?.[1];
    const text = file === undefined || !/\.[jt]sx$/.test(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || part === undefined) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const tags = errors.length > 0 ? [] : dottedTags(program);
    const [whole, another] = new Set(
      tags.filter((tag) => tag.part === part && lineOf(text, tag.start) === line).map((tag) => tag.whole),
    );
    const imported = importsOf(program).find(({ local, isType }) => local === whole && !isType);
    if (whole === undefined || another !== undefined || !imported || imported.imported === '*') return undefined;
    const module = resolveSpecifier(workspace, file, imported.specifier);
    const exported = module === undefined ? undefined : (await exportsOf(workspace, module))?.names;
    const names = namesOf(program);
    if (module === undefined || !exported?.has(whole + part)) return undefined;
    const own = tags.filter((tag) => tag.whole === whole && exported.has(whole + tag.part));
    const isPut = own.some((tag) => (workspace.read(module) ?? '').includes(`${whole}.${tag.part}`));
    const wanted = [...new Set(own.map((tag) => whole + tag.part))];
    // What would be left without a use may be taken for a mistake of its own.
    const isUsed = names.filter(({ name, role }) => name === whole && role === 'reference').length > own.length;
    if (isPut || !isUsed) return undefined;
    let repaired = replaceRanges(
      text,
      own.map((tag): Replacement => ({ ...tag, text: whole + tag.part })),
    );
    for (const name of wanted) {
      const mine = importsOf(program).find(({ local }) => local === name);
      if (mine?.specifier === imported.specifier) continue;
      if (isDeclared(names, name)) return undefined;
      const added = addImport(file, repaired, (await workspace.parse(file, repaired)).program, {
        name,
        isDefault: false,
        isType: false,
        specifier: imported.specifier,
      });
      if (added === undefined) return undefined;
      repaired = added;
    }
    return {
      files: new Map([[file, repaired]]),
      cause: `\`${whole}\` of ${module} has no \`${part}\`; the module exports \`${whole}${part}\`.`,
      change: `Imports and writes ${wanted.map((name) => `\`${name}\``).join(', ')}.`,
    };
  },
};

interface DottedTag {
  readonly whole: string;
  readonly part: string;
  readonly start: number;
  readonly end: number;
}

function dottedTags(program: unknown): DottedTag[] {
  return [...walk(program)].flatMap(({ node }: { node: SyntaxNode }) =>
    node.type === 'JSXMemberExpression' && node.object.type === 'JSXIdentifier'
      ? [{ whole: node.object.name, part: node.property.name, start: node.start, end: node.end }]
      : [],
  );
}
