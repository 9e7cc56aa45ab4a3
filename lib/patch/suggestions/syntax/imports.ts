import type { ExportSpecifier, ImportDeclaration, ImportDeclarationSpecifier, Program } from 'oxc-parser';

/** One name that a file imports. */
export interface ImportedName {
  /** The name in the other module; `default`, or `*` for a namespace. */
  readonly imported: string;
  readonly local: string;
  readonly specifier: string;
  /** `import type` or `{ type name }`. */
  readonly isType: boolean;
  readonly declaration: ImportDeclaration;
  /** Span of the specifier within the declaration, such as `a as b`. */
  readonly start: number;
  readonly end: number;
}

/** The modules that run with the file, as it writes them: not those of which it takes or passes on types alone. */
export function modulesRunBy(program: Program): string[] {
  return program.body.flatMap((node) => {
    if (node.type === 'ImportDeclaration')
      return node.importKind === 'type' || isOfTypes(node.specifiers) ? [] : [node.source.value];
    if (node.type === 'ExportAllDeclaration') return node.exportKind === 'type' ? [] : [node.source.value];
    if (node.type !== 'ExportNamedDeclaration' || !node.source || node.exportKind === 'type') return [];
    return isOfTypes(node.specifiers) ? [] : [node.source.value];
  });
}

/** `{ type A, type B }`. */
function isOfTypes(specifiers: readonly (ImportDeclarationSpecifier | ExportSpecifier)[]): boolean {
  const kindOf = (one: (typeof specifiers)[number]) =>
    one.type === 'ImportSpecifier' ? one.importKind : one.type === 'ExportSpecifier' ? one.exportKind : undefined;
  return specifiers.length > 0 && specifiers.every((one) => kindOf(one) === 'type');
}

export function importsOf(program: Program): ImportedName[] {
  return program.body.flatMap((declaration) => {
    if (declaration.type !== 'ImportDeclaration') return [];
    return declaration.specifiers.map((specifier): ImportedName => {
      const isNamed = specifier.type === 'ImportSpecifier';
      const exported = isNamed ? specifier.imported : undefined;
      return {
        imported:
          exported?.type === 'Identifier'
            ? exported.name
            : exported
              ? exported.value
              : specifier.type === 'ImportDefaultSpecifier'
                ? 'default'
                : '*',
        local: specifier.local.name,
        specifier: declaration.source.value,
        isType: declaration.importKind === 'type' || (isNamed && specifier.importKind === 'type'),
        declaration,
        start: specifier.start,
        end: specifier.end,
      };
    });
  });
}
