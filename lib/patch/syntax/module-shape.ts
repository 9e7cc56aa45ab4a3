import { constantString, isSyntaxNode, type SyntaxNode, walk } from './syntax-node.js';

/** One import, re-export or `require` of a module. */
export interface ModuleRequest {
  readonly specifier: string;
  /** Export names asked for; `default` included, namespace and side-effect imports ask for none. */
  readonly names: readonly string[];
  /** Whether the module is asked for in a way that TypeScript removes. */
  readonly typeOnly: boolean;
  readonly start: number;
}

export interface ModuleShape {
  readonly requests: readonly ModuleRequest[];
  /** Names that the module exports itself; `default` included. */
  readonly exports: ReadonlySet<string>;
  /** Modules whose names are passed on by `export *`. */
  readonly stars: readonly string[];
  /** True for CommonJS and `export =`, whose names cannot be listed. */
  readonly open: boolean;
}

export const EMPTY_SHAPE: ModuleShape = { requests: [], exports: new Set(), stars: [], open: false };

function nameOf(node: unknown): string | undefined {
  if (!isSyntaxNode(node)) return undefined;
  return node.type === 'Identifier' ? String(node.name) : constantString(node);
}

/** Names bound by a declaration's pattern: `{ a, b: [c], ...d }` binds a, c and d. */
function boundNames(pattern: unknown, names: string[]): void {
  if (!isSyntaxNode(pattern)) return;
  if (pattern.type === 'Identifier') names.push(String(pattern.name));
  else if (pattern.type === 'ObjectPattern')
    for (const property of pattern.properties as SyntaxNode[]) boundNames(property.value ?? property.argument, names);
  else if (pattern.type === 'ArrayPattern') for (const item of pattern.elements as unknown[]) boundNames(item, names);
  else if (pattern.type === 'AssignmentPattern') boundNames(pattern.left, names);
  else if (pattern.type === 'RestElement') boundNames(pattern.argument, names);
}

function declaredNames(declaration: SyntaxNode): string[] {
  const names: string[] = [];
  if (declaration.type === 'VariableDeclaration')
    for (const declarator of declaration.declarations as SyntaxNode[]) boundNames(declarator.id, names);
  else boundNames(declaration.id, names);
  return names;
}

function importRequest(node: SyntaxNode, specifier: string): ModuleRequest {
  const specifiers = (node.specifiers as SyntaxNode[] | undefined) ?? [];
  const names: string[] = [];
  let everyNameIsType = specifiers.length > 0;
  for (const item of specifiers) {
    if (item.importKind !== 'type' && item.exportKind !== 'type') everyNameIsType = false;
    if (item.type === 'ImportDefaultSpecifier') names.push('default');
    else if (item.type === 'ImportSpecifier') names.push(nameOf(item.imported) ?? '');
    else if (item.type === 'ExportSpecifier') names.push(nameOf(item.local) ?? '');
  }
  const typeOnly = node.importKind === 'type' || node.exportKind === 'type' || everyNameIsType;
  return { specifier, names: names.filter((name) => name !== ''), typeOnly, start: node.start };
}

/** Imports and exports of one syntax tree. */
export function readModuleShape(root: SyntaxNode): ModuleShape {
  const requests: ModuleRequest[] = [];
  const names = new Set<string>();
  const stars: string[] = [];
  let open = false;
  walk(root, (node) => {
    const source = constantString(node.source);
    switch (node.type) {
      case 'ImportDeclaration':
        if (source !== undefined) requests.push(importRequest(node, source));
        break;
      case 'ExportNamedDeclaration':
        if (source !== undefined) requests.push(importRequest(node, source));
        for (const item of (node.specifiers as SyntaxNode[] | undefined) ?? []) {
          const name = nameOf(item.exported);
          if (name !== undefined) names.add(name);
        }
        if (isSyntaxNode(node.declaration)) for (const name of declaredNames(node.declaration)) names.add(name);
        break;
      case 'ExportAllDeclaration':
        if (source === undefined) break;
        requests.push({ specifier: source, names: [], typeOnly: node.exportKind === 'type', start: node.start });
        if (node.exported === null || node.exported === undefined) stars.push(source);
        else names.add(nameOf(node.exported) ?? '');
        break;
      case 'ExportDefaultDeclaration':
        names.add('default');
        break;
      case 'TSExportAssignment':
        open = true;
        break;
      case 'ImportExpression':
        if (source !== undefined) requests.push({ specifier: source, names: [], typeOnly: false, start: node.start });
        break;
      case 'TSImportEqualsDeclaration': {
        const reference = node.moduleReference;
        const specifier = isSyntaxNode(reference) ? constantString(reference.expression) : undefined;
        if (specifier !== undefined) requests.push({ specifier, names: [], typeOnly: false, start: node.start });
        break;
      }
      case 'CallExpression': {
        const callee = node.callee as SyntaxNode;
        const specifier = constantString((node.arguments as unknown[])[0]);
        if (callee.type === 'Identifier' && callee.name === 'require' && specifier !== undefined)
          requests.push({ specifier, names: [], typeOnly: false, start: node.start });
        break;
      }
      case 'MemberExpression': {
        const object = node.object as SyntaxNode;
        const property = node.property as SyntaxNode;
        if (
          object.type === 'Identifier' &&
          (object.name === 'exports' || (object.name === 'module' && property.name === 'exports'))
        )
          open = true;
        break;
      }
    }
  });
  return { requests, exports: names, stars, open };
}

export function mergeShapes(shapes: readonly ModuleShape[]): ModuleShape {
  if (shapes.length === 1 && shapes[0]) return shapes[0];
  return {
    requests: shapes.flatMap((shape) => shape.requests),
    exports: new Set(shapes.flatMap((shape) => [...shape.exports])),
    stars: shapes.flatMap((shape) => shape.stars),
    open: shapes.some((shape) => shape.open),
  };
}
