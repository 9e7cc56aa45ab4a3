import type { ArrowFunctionExpression, Function as FunctionNode, Program } from 'oxc-parser';
import type { Replacement } from './source-text.js';
import type { SyntaxNode } from './walk.js';

export type Func = FunctionNode | ArrowFunctionExpression;

export interface Entry {
  readonly func: Func;
  /** Which parameter holds `params`. */
  readonly position: 0 | 1;
}

const HANDLER = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

/** What Next.js calls with the request: the default export, `generateMetadata` and the like, and route handlers. */
export function entryFunctions(program: Program): Entry[] {
  const entries: Entry[] = [];
  const declared = new Map<string, Func>();
  for (const statement of program.body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
        ? statement.declaration
        : statement;
    const isDefault = statement.type === 'ExportDefaultDeclaration';
    const isExported = statement.type === 'ExportNamedDeclaration';
    for (const [name, func] of functionsOf(declaration as SyntaxNode | null)) {
      declared.set(name, func);
      if (isDefault || (isExported && /^generate(?:Metadata|Viewport)$/.test(name)))
        entries.push({ func, position: 0 });
      else if (isExported && HANDLER.test(name)) entries.push({ func, position: 1 });
    }
    if (isDefault && declaration?.type === 'Identifier') {
      const func = declared.get(declaration.name);
      if (func) entries.push({ func, position: 0 });
    }
  }
  return entries;
}

/** The functions that a statement declares, by name; without one it is empty. */
export function functionsOf(node: SyntaxNode | null): [string, Func][] {
  if (node?.type === 'FunctionDeclaration' || node?.type === 'FunctionExpression') return [[node.id?.name ?? '', node]];
  if (node?.type === 'ArrowFunctionExpression') return [['', node]];
  if (node?.type !== 'VariableDeclaration') return [];
  return node.declarations.flatMap(({ id, init }): [string, Func][] =>
    id.type === 'Identifier' && (init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression')
      ? [[id.name, init]]
      : [],
  );
}

/** `async` before the function, and its written return type as a promise. */
export function makeAsync(text: string, func: Func): Replacement[] {
  const result: Replacement[] = [{ start: func.start, end: func.start, text: 'async ' }];
  const annotation = func.returnType?.typeAnnotation;
  if (annotation && !/^Promise\b/.test(text.slice(annotation.start, annotation.end))) {
    result.push({ start: annotation.start, end: annotation.start, text: 'Promise<' });
    result.push({ start: annotation.end, end: annotation.end, text: '>' });
  }
  return result;
}
