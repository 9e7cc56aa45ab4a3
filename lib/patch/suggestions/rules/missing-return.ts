import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { findFunction } from '../syntax/await-calls.js';
import { type ComponentModule, componentOf } from '../syntax/component-uses.js';
import { type Func, functionsOf } from '../syntax/entry-functions.js';
import { missingReturn as returnEdits } from '../syntax/missing-return.js';
import { offsetOf, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

/** The compiler prints the component's type up to version 5.0, and what it returns after it. */
const RETURNS_NOTHING =
  /^'([A-Z][\w$]*)' cannot be used as a JSX component\.\s+Its (?:return type 'void'|type '[\s\S]{1,1000}\) => void') is not a valid JSX element/;
const NO_RETURN = /^A function whose declared type is neither .{1,60} must return a value/;

/** A component that ends with an element and does not return it. */
export const missingReturn: Rule = {
  name: 'missing-return',
  async propose(error, workspace) {
    const found = await findComponent(error, workspace);
    const text = found && workspace.read(found.path);
    const edits = found && text !== undefined ? returnEdits(text, found.func) : undefined;
    if (!found || text === undefined || !edits) return undefined;
    return {
      files: new Map([[found.path, replaceRanges(text, edits)]]),
      cause: `A component of ${found.path} makes an element and returns nothing.`,
      change: 'Returns the element that it ends with.',
    };
  },
};

interface Found {
  readonly path: string;
  readonly func: SyntaxNode;
}

async function findComponent(error: BuildError, workspace: Workspace): Promise<Found | undefined> {
  const { file, line } = error;
  const text = file === undefined || !/\.[jt]sx$/.test(file) ? undefined : workspace.read(file);
  if (file === undefined || text === undefined) return undefined;
  const tag = RETURNS_NOTHING.exec(error.message)?.[1];
  if (tag !== undefined) {
    const component = await componentOf(workspace, file, tag);
    const func = component && (await functionOf(workspace, component));
    return component && func && { path: component.path, func };
  }
  const at = line === undefined ? undefined : offsetOf(text, line, error.column);
  if (at === undefined || !NO_RETURN.test(error.message)) return undefined;
  const { program } = await workspace.parse(file, text);
  const [only, another] = [...walk(program)].filter(
    ({ node }) => 'returnType' in node && node.returnType?.typeAnnotation.start === at,
  );
  return only && !another ? { path: file, func: only.node } : undefined;
}

async function functionOf(workspace: Workspace, { path, name }: ComponentModule): Promise<Func | undefined> {
  const { program } = await workspace.parse(path, workspace.read(path) ?? '');
  if (name !== 'default') return findFunction(program, name);
  for (const statement of program.body) {
    if (statement.type !== 'ExportDefaultDeclaration') continue;
    const { declaration } = statement;
    return declaration.type === 'Identifier'
      ? findFunction(program, declaration.name)
      : functionsOf(declaration as SyntaxNode)[0]?.[1];
  }
  return undefined;
}
