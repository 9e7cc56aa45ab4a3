import type { Program } from 'oxc-parser';
import { type SyntaxNode, type Visit, walk } from './walk.js';

/** One place where a name is written. */
export interface NameUse {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /**
   * `declaration` introduces the name in some scope, `reference` reads or writes what a scope calls so, `member` is
   * a name after a dot, an object key, a JSX attribute, an element, or a member of a class or type.
   */
  readonly role: 'declaration' | 'reference' | 'member';
  /** Where one word stands for two names: `{ name }` in an object or a pattern, and in an import or export list. */
  readonly shorthand: 'property' | 'import' | 'export' | undefined;
  readonly parent: SyntaxNode | undefined;
  readonly key: string;
  /** The innermost block or function around it; a declaration is visible there, but for a hoisted `var`. */
  readonly scope: Scope;
}

export interface Scope {
  readonly start: number;
  readonly end: number;
}

export function namesOf(program: Program): NameUse[] {
  const names: NameUse[] = [];
  const bindings = new Set<SyntaxNode>();
  const members = new Set<unknown>();
  const doubles = new Set<unknown>();
  const around = new Map<SyntaxNode, Scope>();
  const scopeInside = (node: SyntaxNode | undefined): Scope =>
    node === undefined ? program : OPENS_SCOPE.test(node.type) ? node : (around.get(node) ?? program);
  const shorthands = new Map<unknown, 'property' | 'import' | 'export'>();

  for (const visit of walk(program)) {
    const { node, parent, key } = visit;
    if (isBindingPosition(visit, bindings)) bindings.add(node);
    around.set(node, scopeInside(parent));
    switch (node.type) {
      case 'Property':
        if (node.shorthand) {
          doubles.add(node.key);
          shorthands.set(node.value.type === 'AssignmentPattern' ? node.value.left : node.value, 'property');
        }
        break;
      case 'ImportSpecifier':
        if (node.imported.start === node.local.start) {
          doubles.add(node.imported);
          shorthands.set(node.local, 'import');
        }
        members.add(node.imported);
        break;
      case 'ExportSpecifier':
        if (node.exported.start === node.local.start) {
          doubles.add(node.exported);
          shorthands.set(node.local, 'export');
        }
        members.add(node.exported);
        break;
      case 'ExportNamedDeclaration':
        if (node.source) for (const specifier of node.specifiers) members.add(specifier.local);
        break;
      case 'Identifier':
      case 'JSXIdentifier':
        if (doubles.has(node)) break;
        names.push({
          name: node.name,
          start: node.start,
          // The span of a parameter reaches to the end of its type.
          end: node.start + node.name.length,
          role: members.has(node) || isMember(visit) ? 'member' : bindings.has(node) ? 'declaration' : 'reference',
          shorthand: shorthands.get(node),
          parent,
          key,
          // A function or class is called by its name outside of itself.
          scope: parent && key === 'id' ? (around.get(parent) ?? program) : scopeInside(parent),
        });
    }
  }
  return names;
}

/**
 * The references to what the file's outermost scope calls `name`; undefined when that cannot be told, because the
 * name is declared more than once.
 */
export function referencesTo(names: readonly NameUse[], name: string): NameUse[] | undefined {
  const same = names.filter((use) => use.name === name);
  if (same.filter((use) => use.role === 'declaration').length > 1) return undefined;
  return same.filter((use) => use.role === 'reference');
}

export function isDeclared(names: readonly NameUse[], name: string): boolean {
  return names.some((use) => use.name === name && use.role === 'declaration');
}

const OPENS_SCOPE =
  /Function|^Block|^For|^Catch|^Class|^Switch|Signature|^TS(?:Interface|TypeAlias|Module)Declaration$|^TS(?:Mapped|Conditional|Constructor)Type$/;
const HAS_PARAMETERS = /Function|Signature|^TSConstructorType$/;
const DECLARES_ID =
  /^(?:VariableDeclarator|Class(?:Declaration|Expression)|Function(?:Declaration|Expression)|TS(?:Interface|TypeAlias|Enum|Module|ImportEquals)Declaration|TSDeclareFunction)$/;

function isBindingPosition({ parent, key }: Visit, bindings: ReadonlySet<SyntaxNode>): boolean {
  if (!parent) return false;
  const { type } = parent;
  switch (key) {
    case 'id':
      return DECLARES_ID.test(type);
    case 'params':
      return HAS_PARAMETERS.test(type);
    case 'param':
      return type === 'CatchClause';
    case 'local':
      return type.startsWith('Import');
    case 'name':
      return type === 'TSTypeParameter';
    case 'key':
      return type === 'TSMappedType';
    case 'parameter':
      return type === 'TSParameterProperty';
    case 'properties':
    case 'value':
    case 'elements':
    case 'argument':
    case 'left':
      return bindings.has(parent);
    default:
      return false;
  }
}

function isMember({ node, parent, key }: Visit): boolean {
  if (!parent) return false;
  switch (parent.type) {
    case 'MemberExpression':
      return key === 'property' && !parent.computed;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
    case 'AccessorProperty':
    case 'TSAbstractMethodDefinition':
    case 'TSAbstractPropertyDefinition':
    case 'TSAbstractAccessorProperty':
    case 'TSPropertySignature':
    case 'TSMethodSignature':
      return key === 'key' && !parent.computed;
    case 'TSQualifiedName':
      return key === 'right';
    case 'JSXMemberExpression':
      return key === 'property';
    case 'JSXOpeningElement':
    case 'JSXClosingElement':
      return node.type === 'JSXIdentifier' && /^[a-z]/.test(node.name);
    case 'JSXAttribute':
    case 'JSXNamespacedName':
    case 'TSEnumMember':
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
    case 'ImportAttribute':
      return key !== 'value' && key !== 'body' && key !== 'initializer';
    case 'TSNamedTupleMember':
      return key === 'label';
    default:
      return false;
  }
}
