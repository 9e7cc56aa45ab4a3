import type { Program } from 'oxc-parser';

/** A name that a module exports from another, as `export { name } from './other'`. */
export interface PassedOn {
  readonly specifier: string;
  /** Its name for those who take it from there. */
  readonly exported: string;
  /** Span of `name` or `name as other`. */
  readonly start: number;
  readonly end: number;
}

export function passedOnBy(program: Program, name: string): PassedOn[] {
  return program.body.flatMap((node) => {
    const specifier = node.type === 'ExportNamedDeclaration' ? node.source?.value : undefined;
    if (node.type !== 'ExportNamedDeclaration' || specifier === undefined) return [];
    return node.specifiers.flatMap(({ local, exported }) =>
      local.type === 'Identifier' && local.name === name && exported.type === 'Identifier'
        ? [{ specifier, start: local.start, end: exported.end, exported: exported.name }]
        : [],
    );
  });
}
