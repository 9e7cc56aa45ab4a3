import type { ExportNamedDeclaration } from 'oxc-parser';
import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';

const USED_AS_VALUE = /^'([\w$]+)' cannot be used as a value because it was exported using 'export type'/;

/** `export type { Boat }` of a class that another file makes objects of: it is handed on as what it is. */
export const exportedAsType: Rule = {
  name: 'exported-as-type',
  async propose(error, workspace) {
    const name = USED_AS_VALUE.exec(error.message)?.[1];
    const { file } = error;
    const text = file === undefined || name === undefined || !isScript(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined) return undefined;
    const used = importsOf((await workspace.parse(file, text)).program).find(({ local }) => local === name);
    const path = used && resolveSpecifier(workspace, file, used.specifier);
    const source = path === undefined || !isScript(path) || isComponentFile(path) ? undefined : workspace.read(path);
    if (!used || path === undefined || source === undefined) return undefined;
    const { program, errors } = await workspace.parse(path, source);
    for (const node of errors.length > 0 ? [] : program.body) {
      if (node.type !== 'ExportNamedDeclaration') continue;
      const wanted = node.specifiers.find(
        ({ exported }) => exported.type === 'Identifier' && exported.name === used.imported,
      );
      const taken = wanted?.local.type === 'Identifier' ? wanted.local.name : undefined;
      // What comes in as a type alone cannot go out as a value.
      if (!node.source && importsOf(program).some(({ local, isType }) => isType && local === taken)) return undefined;
      const edits = wanted && withoutMark(source, node, wanted);
      if (!edits || edits.length === 0) continue;
      return {
        files: new Map([[path, replaceRanges(source, edits)]]),
        cause: `${path} exports \`${used.imported}\` as a type alone, and ${file} uses it as a value.`,
        change: 'Exports it as a value.',
      };
    }
    return undefined;
  },
};

/** The others of the statement keep their mark. */
function withoutMark(
  text: string,
  statement: ExportNamedDeclaration,
  wanted: ExportNamedDeclaration['specifiers'][number],
): Replacement[] {
  if (statement.exportKind !== 'type') {
    const mark = /^type\s+(?!as\b)/.exec(text.slice(wanted.start, wanted.end))?.[0].length ?? 0;
    return mark === 0 ? [] : [{ start: wanted.start, end: wanted.start + mark, text: '' }];
  }
  const mark = /^export\s+type\s+/.exec(text.slice(statement.start))?.[0].length ?? 0;
  return [
    { start: statement.start + 'export '.length, end: statement.start + mark, text: '' },
    ...statement.specifiers
      .filter((other) => other !== wanted)
      .map(({ start }) => ({ start, end: start, text: 'type ' })),
  ];
}
