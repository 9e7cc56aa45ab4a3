import type { ImportDeclaration, Program } from 'oxc-parser';

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

/** The modules that run with the file, as it writes them: not those of which it takes types alone. */
export function modulesRunBy(program: Program): string[] {
  return program.body.flatMap((node) => {
    if (node.type !== 'ImportDeclaration' || node.importKind === 'type') return [];
    const isType = ({ type, ...specifier }: (typeof node.specifiers)[number]) =>
      type === 'ImportSpecifier' && 'importKind' in specifier && specifier.importKind === 'type';
    return node.specifiers.length > 0 && node.specifiers.every(isType) ? [] : [node.source.value];
  });
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
