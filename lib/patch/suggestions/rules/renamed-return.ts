import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { listRenames } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { isDeclared, namesOf } from '../syntax/names.js';
import { isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { stoodBeside } from '../syntax/stood-beside.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

/**
 * `const { list } = useGlazes()` where the one object that the function returns has no `list`, and the diff since the last
 * READY deployment calls that member `shown`: what is taken apart gets the new name, and the file goes on with its own.
 */
export const renamedReturn: Rule = {
  name: 'renamed-return',
  async propose(error, workspace) {
    const blamed = filesOf(error, workspace);
    if (blamed.length === 0) return undefined;
    for (const { path, before, after, functions } of await renamedMembers(workspace)) {
      const renamed = { path, before, after, functions };
      const users = workspace.paths.filter((file) => file !== path && isScript(file));
      const files = new Map<string, string>();
      let place: string | undefined;
      for (const file of users) {
        const text = workspace.read(file);
        const edits = text?.includes(before) ? await takenApart(workspace, file, renamed) : [];
        const [first] = edits;
        if (text === undefined || !first) continue;
        files.set(file, replaceRanges(text, edits));
        if (blamed.includes(file) && !readsOther(text, error, localsOf(text, edits)))
          place ??= `${file}, line ${lineOf(text, first.start)},`;
      }
      if (place === undefined) continue;
      return {
        files,
        cause: `${place} takes \`${before}\` from what ${[...functions].join(', ')} of ${path} returns, which has \`${after}\` in its place since the last good deployment.`,
        change: `Takes \`${after}\`, and calls it as before.`,
      };
    }
    return undefined;
  },
};

const KINDS: ReadonlySet<BuildError['kind']> = new Set(['prerender', 'page-data', 'type', 'other']);

/** The file at fault; of a page that could not be rendered, all that make it. */
function filesOf({ kind, file, route, trace, code }: BuildError, workspace: Workspace): readonly string[] {
  if (!KINDS.has(kind) || code === '404' || code === 'http-404') return [];
  const { pages, layouts, loaders } = workspace.findRoute(route ?? '/');
  const made = route === undefined ? [] : [...pages, ...layouts, ...loaders];
  return [...new Set([...(file === undefined ? [] : [file]), ...(trace ?? []), ...made])];
}

/** What the file calls each member that is taken out, by where its key stands. */
function localsOf(text: string, edits: readonly Replacement[]): readonly string[] {
  return edits.map(({ start, end }) => /^\s*:\s*([\w$]+)/.exec(text.slice(end))?.[1] ?? text.slice(start, end));
}

/** Whether the file reads of something else alone what the error says was asked of a missing value. */
function readsOther(text: string, { message }: BuildError, locals: readonly string[]): boolean {
  const member = /Cannot read properties of undefined \(reading '([\w$]+)'\)/.exec(message)?.[1];
  if (member === undefined || !new RegExp(`\\.${member}(?![\\w$])`).test(text)) return false;
  return !locals.some((local) =>
    new RegExp(`(?<![\\w$.])${escapePattern(local)}(?![\\w$])[^\\n;]*\\.${member}(?![\\w$])`).test(text),
  );
}

interface RenamedMember {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** The exported functions whose only object has the new name and not the old one. */
  readonly functions: ReadonlySet<string>;
}

async function renamedMembers(workspace: Workspace): Promise<RenamedMember[]> {
  const members: RenamedMember[] = [];
  for (const change of workspace.changes) {
    const text = /\.[cm]?[jt]sx?$/.test(change.path) ? workspace.read(change.path) : undefined;
    if (text === undefined) continue;
    const { program, errors } = await workspace.parse(change.path, text);
    if (errors.length > 0) continue;
    const returned = returnedByName(program);
    const words = new Set(namesOf(program).map(({ name }) => name));
    const renames = new Map<string, Set<string>>();
    for (const { before, after, isText } of listRenames(change, workspace))
      if (!isText) renames.set(before, (renames.get(before) ?? new Set()).add(after));
    for (const [before, answers] of renames) {
      const functions = [...returned].filter(([, keys]) => !keys.has(before));
      const fitting = [...answers].filter((after) => functions.some(([, keys]) => keys.has(after)));
      const [after, another] = fitting;
      if (after === undefined || another !== undefined) continue;
      if (await stoodBeside(workspace, change.path, { before, after })) continue;
      // What is still there may be another thing than the new member, unless it is its value.
      const names = functions
        .filter(([, keys]) => keys.has(after) && (!words.has(before) || keys.get(after) === before))
        .map(([name]) => name);
      members.push({ path: change.path, before, after, functions: new Set(names) });
    }
  }
  return members;
}

/** Each key, and the name that is its value, if it is one. */
type Keys = ReadonlyMap<string, string | undefined>;

/** The keys of the one object that each function of the module returns, where it is written out whole. */
function returnedByName(program: unknown): Map<string, Keys> {
  const returned = new Map<string, Keys>();
  for (const { node } of walk(program)) {
    let name: string | undefined;
    let made: SyntaxNode | null | undefined;
    if (node.type === 'ExportDefaultDeclaration') [name, made] = ['default', node.declaration];
    if (node.type === 'FunctionDeclaration') [name, made] = [node.id?.name, node];
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') [name, made] = [node.id.name, node.init];
    if (name === undefined || !made) continue;
    if (
      made.type !== 'FunctionDeclaration' &&
      made.type !== 'FunctionExpression' &&
      made.type !== 'ArrowFunctionExpression'
    )
      continue;
    const objects = returnsOf(made);
    const keys = objects.length === 1 ? keysOf(objects[0]) : undefined;
    // Two of one name: which is exported would have to be found out.
    if (keys && returned.has(name)) returned.set(name, new Map());
    else if (keys) returned.set(name, keys);
  }
  return returned;
}

function returnsOf(made: SyntaxNode): (SyntaxNode | null)[] {
  if (made.type === 'ArrowFunctionExpression' && made.body.type !== 'BlockStatement') return [made.body];
  const returns: (SyntaxNode | null)[] = [];
  const visit = (node: SyntaxNode): void => {
    for (const child of childrenOf(node)) {
      if (child.type === 'ReturnStatement') returns.push(child.argument);
      if (!/Function|^Class/.test(child.type)) visit(child);
    }
  };
  visit(made);
  return returns;
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  return [...walk(node)].filter(({ parent }) => parent === node).map((visit) => visit.node);
}

/** Undefined for what is no object, or one with keys that are not written out. */
function keysOf(node: SyntaxNode | null | undefined): Keys | undefined {
  let value = node;
  while (
    value?.type === 'TSAsExpression' ||
    value?.type === 'TSSatisfiesExpression' ||
    value?.type === 'ParenthesizedExpression'
  )
    value = value.expression;
  if (value?.type !== 'ObjectExpression') return undefined;
  const keys = new Map<string, string | undefined>();
  for (const property of value.properties) {
    if (property.type !== 'Property' || property.computed || property.key.type !== 'Identifier') return undefined;
    keys.set(property.key.name, property.value.type === 'Identifier' ? property.value.name : undefined);
  }
  return keys;
}

/** Where the file takes the old name out of what one of the functions returns. */
async function takenApart(
  workspace: Workspace,
  file: string,
  { path, before, after, functions }: RenamedMember,
): Promise<Replacement[]> {
  const { program, errors } = await workspace.parse(file, workspace.read(file) ?? '');
  if (errors.length > 0) return [];
  const imports = importsOf(program);
  const names = namesOf(program);
  const means = (name: string): boolean => {
    const own = imports.find(({ local }) => local === name);
    if (own) return functions.has(own.imported ?? '') && resolveSpecifier(workspace, file, own.specifier) === path;
    // Nuxt and its like import for all files.
    return functions.has(name) && AUTO_IMPORTED.test(path) && !isDeclared(names, name);
  };
  const edits: Replacement[] = [];
  for (const { node } of walk(program)) {
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'ObjectPattern') continue;
    const call = node.init?.type === 'AwaitExpression' ? node.init.argument : node.init;
    if (call?.type !== 'CallExpression' || call.callee.type !== 'Identifier' || !means(call.callee.name)) continue;
    for (const property of node.id.properties) {
      if (property.type !== 'Property' || property.computed || property.key.type !== 'Identifier') continue;
      const { key, shorthand } = property;
      if (key.name !== before) continue;
      const end = key.start + before.length;
      edits.push({ start: key.start, end, text: shorthand ? `${after}: ${before}` : after });
    }
  }
  return edits;
}

const AUTO_IMPORTED = /(?:^|\/)(?:composables|utils|stores|hooks)\//;
