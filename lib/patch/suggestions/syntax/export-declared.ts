import type { ParsedSource } from './parse.js';
import type { Replacement } from './source-text.js';
import type { SyntaxNode } from './walk.js';

export interface Declared {
  readonly isType: boolean;
  /** What exports it: the keyword before each of its declarations, or its name in the module's one list of exports. */
  readonly edits: readonly Replacement[];
}

const TYPE = /^TS(?:Interface|TypeAlias)Declaration$/;
const DECLARATION = /^(?:Function|Class|Variable|TSInterface|TSTypeAlias|TSEnum)Declaration$|^TSDeclareFunction$/;

/**
 * What a module declares under this name at its top level and exports under none. Undefined where it declares nothing
 * of the kind, several names in one statement, or exports in CommonJS's way.
 */
export function findUnexported({ program, module }: ParsedSource, text: string, name: string): Declared | undefined {
  const entries = module.staticExports.flatMap((statement) => statement.entries);
  if (entries.some(({ localName, exportName }) => localName.name === name || exportName.name === name))
    return undefined;
  if (/\bmodule\.exports\b|^\s*exports\.\w/m.test(text)) return undefined;
  const body: readonly SyntaxNode[] = program.body;
  const declarations = body.filter((node) => DECLARATION.test(node.type) && declaredNames(node).includes(name));
  if (declarations.length === 0 || declarations.some((node) => declaredNames(node).length > 1)) return undefined;
  const isType = declarations.every(({ type }) => TYPE.test(type));
  const list = isType ? undefined : onlyExportList(body);
  if (list) return { isType, edits: [{ start: list.end, end: list.end, text: `, ${name}` }] };
  return { isType, edits: declarations.map((node) => keywordBefore(text, node)) };
}

/** The names that a statement declares; one of no use where it takes something apart. */
function declaredNames(node: SyntaxNode): string[] {
  if (node.type === 'VariableDeclaration')
    return node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : ['', '']));
  return 'id' in node && node.id?.type === 'Identifier' ? [node.id.name] : [];
}

/** The last name of the list, where `export { a, b };` is all that a module exports. */
function onlyExportList(body: readonly SyntaxNode[]): SyntaxNode | undefined {
  const exports = body.filter(({ type }) => type.startsWith('Export'));
  const [only, another] = exports;
  if (another || only?.type !== 'ExportNamedDeclaration' || only.source || only.exportKind === 'type') return undefined;
  return only.specifiers.at(-1);
}

/** Angular and others write it between the decorators and the class. */
function keywordBefore(text: string, node: SyntaxNode): Replacement {
  const decorator = node.type === 'ClassDeclaration' ? node.decorators.at(-1) : undefined;
  const after = decorator && decorator.end + (/^\s*/.exec(text.slice(decorator.end))?.[0].length ?? 0);
  const start = Math.max(node.start, after ?? 0);
  return { start, end: start, text: 'export ' };
}
