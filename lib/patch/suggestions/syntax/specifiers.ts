import type { ParsedSource } from './parse.js';
import { walk } from './walk.js';

/** One place where a file names another module. */
export interface SpecifierUse {
  readonly specifier: string;
  /** Span of the string, quotes included. */
  readonly start: number;
  readonly end: number;
  /** The exports that are taken by name; empty where that is not written. */
  readonly names: readonly string[];
}

/** Static and dynamic imports, re-exports, `require` and what mocks of modules are given. */
export function specifiersOf({ program }: ParsedSource): SpecifierUse[] {
  const uses: SpecifierUse[] = [];
  for (const { node } of walk(program)) {
    const names: string[] = [];
    let source: unknown;
    switch (node.type) {
      case 'ImportDeclaration':
        for (const specifier of node.specifiers) {
          if (specifier.type === 'ImportDefaultSpecifier') names.push('default');
          else if (specifier.type === 'ImportSpecifier') {
            names.push(specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value);
          }
        }
        source = node.source;
        break;
      case 'ExportNamedDeclaration':
        for (const { local } of node.source ? node.specifiers : []) {
          names.push(local.type === 'Literal' ? local.value : local.name);
        }
        source = node.source;
        break;
      case 'ExportAllDeclaration':
      case 'ImportExpression':
        source = node.source;
        break;
      case 'CallExpression':
        if (node.callee.type === 'Identifier' && node.callee.name === 'require') source = node.arguments[0];
        break;
      case 'TSImportType':
        source = node.source;
    }
    if (isStringLiteral(source)) uses.push({ specifier: source.value, start: source.start, end: source.end, names });
  }
  return uses;
}

function isStringLiteral(value: unknown): value is { value: string; start: number; end: number } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    value.type === 'Literal' &&
    'value' in value &&
    typeof value.value === 'string'
  );
}
