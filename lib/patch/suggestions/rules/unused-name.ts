import type { Program } from 'oxc-parser';
import { isGivenName } from '../../../context/known-names.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { changedWordsOf, namesIn } from '../changed-words.js';
import { isNear } from '../distance.js';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { findNearestManifest, manifestsOf } from '../syntax/manifests-of.js';
import { maskScripts } from '../syntax/mask-markup.js';
import { type NameUse, namesOf } from '../syntax/names.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { isPure } from '../syntax/pure.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineOf, type Replacement, replaceRanges, wholeLines } from '../syntax/source-text.js';
import { isMentionedInTemplate, templateUsesOf, toCamel, toPascal } from '../syntax/template-uses.js';
import { usesAt } from '../syntax/uses-at.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const UNUSED = [
  /'([\w$]+)' is declared but (?:its value is never read|never used)/,
  /'([\w$]+)' is (?:defined|assigned a value) but never used/,
];
const UNUSED_STATEMENT = /All (?:imports in import declaration are unused|destructured elements are unused)/;

/**
 * An import, a variable, a destructured property, a caught error or a type that nothing uses. Goes, unless what
 * computes its value might do something else besides.
 */
export const unusedName: Rule = {
  name: 'unused-name',
  isSymptom: ({ message }) => [...UNUSED, UNUSED_STATEMENT].some((pattern) => pattern.test(message)),
  async propose(error, workspace) {
    const { file } = error;
    const name = UNUSED.map((pattern) => pattern.exec(error.message)?.[1]).find((match) => match);
    if (file === undefined || !isScript(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined || (name === undefined && !UNUSED_STATEMENT.test(error.message))) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;

    const names = namesOf(program);
    if (name !== undefined && isMisspelt(file, text, name, names)) return undefined;
    if (lacksDeclaration(workspace, file, names)) return undefined;
    if (name !== undefined && isForgottenSetter(workspace, file, { name, program })) return undefined;
    if (name !== undefined && isTakenFromTag(workspace, file, name)) return undefined;
    if (name !== undefined && error.kind === 'lint' && (await mayBeCompiledIn(workspace, file, { name, program })))
      return undefined;
    const range =
      name === undefined
        ? findUnusedStatement(text, program.body as readonly SyntaxNode[], error.line)
        : findUnused(text, {
            name,
            names,
            root: program,
            place: error,
            template: isMentioned(error, file, text, name),
          });
    if (!range || leavesUnused(names, range) || isCommented(text, range)) return undefined;
    if (await mayDoMore(workspace, file, { text, program, range })) return undefined;
    if (name !== undefined && isYetToBeUsed(workspace, file, { text, name, program, range })) return undefined;
    const repaired = replaceRanges(text, [range]);
    if ((await countParseErrors(file, repaired)) > 0) return undefined;
    const what = name === undefined ? 'What an import or a pattern names' : `\`${name}\``;
    return {
      files: new Map([[file, repaired]]),
      cause: `${what} in ${file}, line ${lineOf(text, range.start)}, is used nowhere.`,
      change: 'Removes it; nothing else depends on it.',
    };
  },
};

const DIRECTIVE = /@ts-(?:expect-error|ignore)|\b(?:eslint|oxlint)-disable(?:-next)?-line\b|\bbiome-ignore\b/;
const COMMENT = /^\s*(?:\/\/|\/\*|\*)|\*\/\s*$/;

/** Whether a comment beside or above it would then speak of something else, or order it about. */
function isCommented(text: string, { start, end }: Replacement): boolean {
  const rest = /^[^\n]*/.exec(text.slice(end))?.[0] ?? '';
  const isWhole = /(?:^|\n)[^\S\n]*$/.test(text.slice(0, start));
  const above =
    text
      .slice(0, text.lastIndexOf('\n', start - 1) + 1)
      .trimEnd()
      .split('\n')
      .at(-1) ?? '';
  const isAbove = isWhole && !/\n[^\S\n]*\r?\n[^\S\n]*$/.test(text.slice(0, start)) && COMMENT.test(above);
  if (DIRECTIVE.test(isWhole ? above : '') || (isWhole && COMMENT.test(rest) && text[end - 1] !== '\n')) return true;
  return isAbove && !/^\s*import\b/.test(text.slice(start, end));
}

/** Modules that are loaded for what they do: a sheet, a file out of a package, or one of the repository that calls something. */
const FILE = /\.(?:css|scss|sass|less|m?js)(?:\?.*)?$|\/dist\/|polyfill/;

/** Whether the import of JavaScript that goes also did something; in TypeScript it was left out before. */
async function mayDoMore(
  workspace: Workspace,
  file: string,
  { text, program, range }: { readonly text: string; readonly program: Program; readonly range: Replacement },
): Promise<boolean> {
  const gone = program.body.find(
    (node) => node.type === 'ImportDeclaration' && range.start <= node.start && node.end <= range.end,
  );
  if (gone?.type !== 'ImportDeclaration' || /\.[cm]?tsx?$/.test(file) || /<script[^>]*\blang=["']ts/.test(text))
    return false;
  const module = resolveSpecifier(workspace, file, gone.source.value);
  const other = module === undefined || !isScript(module) ? undefined : workspace.read(module);
  if (module === undefined || other === undefined) return FILE.test(gone.source.value);
  return (await workspace.parse(module, other)).program.body.some(
    (node) => node.type === 'ExpressionStatement' && node.expression.type === 'CallExpression',
  );
}

/** Whether the diff brought it, and the use is what it has yet to bring: of a value, or of all that it imports. */
function isYetToBeUsed(
  workspace: Workspace,
  file: string,
  {
    text,
    name,
    program,
    range,
  }: { readonly text: string; readonly name: string; readonly program: Program; readonly range: Replacement },
): boolean {
  const change = workspace.changes.find(({ path }) => path === file);
  const { removed, added } = changedWordsOf(workspace, file);
  if (!change || change.status === 'renamed' || removed.includes(name) || !added.includes(name)) return false;
  const rows = (change.hunks ?? '').split('\n').filter((row) => /^[-+]\s*\S/.test(row));
  const isImport = program.body.some(
    ({ type, start, end }) => type === 'ImportDeclaration' && start < range.end && range.start < end,
  );
  const isElement = [...walk(program)].some(
    ({ node }) => node.type === 'ArrayPattern' && node.start <= range.start && range.end <= node.end,
  );
  // A state that nothing sets stays as it begins, which is empty.
  const begins = stateSetBy(program, name)?.arguments[0];
  const isEmpty =
    begins === undefined || /^(?:''|""|null|undefined|false|\[\]|\{\})$/.test(text.slice(begins.start, begins.end));
  if (isElement && stateSetBy(program, name) && isEmpty) return true;
  if (isImport) return rows.every((row) => /^\+\s*import\b/.test(row));
  return change.status === 'added' ? isGivenOrComputed(program, range) : !isElement;
}

/** Whether it is a property that a function is given, or all that a statement computes. */
function isGivenOrComputed(program: Program, { start, end }: Replacement): boolean {
  return [...walk(program)].some(({ node }) => {
    const isWhole = node.type === 'VariableDeclaration' && start <= node.start && node.end <= end;
    const params = 'params' in node && Array.isArray(node.params) ? (node.params as readonly SyntaxNode[]) : [];
    const isOfParam = params.some(
      (one) => one.type === 'ObjectPattern' && one.properties.some((each) => start <= each.start && each.end <= end),
    );
    return isWhole || isOfParam;
  });
}

/** Whether what goes is the one use of an import or a variable, which would be told of next. */
function leavesUnused(names: readonly NameUse[], { start, end }: Replacement): boolean {
  const isInside = (use: NameUse) => start <= use.start && use.end <= end;
  return names.some((use) => {
    if (use.role !== 'reference' || !isInside(use)) return false;
    const others = names.filter(({ name }) => name === use.name).filter((other) => !isInside(other));
    const isDeclared = others.some(
      ({ role, parent }) => role === 'declaration' && /^(?:Import\w*|VariableDeclarator)$/.test(parent?.type ?? ''),
    );
    return isDeclared && !others.some(({ role }) => role === 'reference');
  });
}

/** A compiler that reads templates has told a word of the text from a use; after a linter no word may be left. */
function isMentioned({ code, tool }: BuildError, file: string, text: string, name: string): boolean {
  if (!isComponentFile(file)) return false;
  if (code?.startsWith('TS') || tool === 'svelte-check') return isMentionedInTemplate(file, text, name);
  return templateUsesOf(file, text, name)?.length !== 0;
}

/** What elements of JSX are compiled to calls of, where no compiler brings it by itself. */
const FACTORY = /^(?:React|h|Fragment)$/;
/** Compilers that do: https://react.dev/blog/2020/09/22/introducing-the-new-jsx-transform */
const AUTOMATIC = ['next', 'react-scripts', '@vitejs/plugin-react', '@vitejs/plugin-react-swc', '@react-router/dev'];

/** Whether elements may need the name, of which a linter without rules for React knows nothing. */
async function mayBeCompiledIn(
  workspace: Workspace,
  file: string,
  { name, program }: { readonly name: string; readonly program: Program },
): Promise<boolean> {
  if (!FACTORY.test(name) || !hasElements(program) || !importsOf(program).some(({ local }) => local === name))
    return false;
  const installed = findNearestManifest(manifestsOf(workspace), file)?.dependencies;
  if (AUTOMATIC.some((compiler) => installed?.has(compiler))) return false;
  for (const path of workspace.paths) {
    const text = path === file || !/\.[jt]sx?$/.test(path) ? undefined : workspace.read(path);
    if (!text?.includes('<')) continue;
    const other = (await workspace.parse(path, text)).program;
    if (hasElements(other) && !importsOf(other).some(({ local }) => local === name)) return false;
  }
  return true;
}

function hasElements(program: Program): boolean {
  return [...walk(program)].some(({ node }) => node.type === 'JSXElement' || node.type === 'JSXFragment');
}

/** Whether something undeclared is spelt so nearly alike that the name may only seem unused. */
function isMisspelt(file: string, text: string, name: string, names: readonly NameUse[]): boolean {
  const declared = new Set(names.filter(({ role }) => role === 'declaration').map((use) => use.name));
  const references = names.filter(({ role }) => role === 'reference').map((use) => use.name);
  const markup = isComponentFile(file) ? (maskScripts(file, text).match(/[A-Za-z_$][\w$-]*/g) ?? []) : [];
  return [...references, ...markup].some(
    (word) => !declared.has(word) && [word, toCamel(word), toPascal(word)].some((form) => isNear(form, name)),
  );
}

/** Whether the diff of the file names something that is used and not declared: what seems unused may be it under another name. */
function lacksDeclaration(workspace: Workspace, file: string, names: readonly NameUse[]): boolean {
  const { removed, added } = changedWordsOf(workspace, file);
  const touched = new Set([...removed, ...added]);
  const declared = new Set(names.filter(({ role }) => role === 'declaration').map(({ name }) => name));
  return names.some(
    ({ name, role }) => role === 'reference' && touched.has(name) && !declared.has(name) && !isGivenName(name),
  );
}

/** Whether the diff took away what set a state that is still read: the state would stay as it begins. */
function isForgottenSetter(
  workspace: Workspace,
  file: string,
  { name, program }: { readonly name: string; readonly program: Program },
): boolean {
  const { removed, added } = changedWordsOf(workspace, file);
  const count = (words: readonly string[]) => words.filter((word) => word === name).length;
  return count(removed) > count(added) && stateSetBy(program, name) !== undefined;
}

/** The call of the hook whose state the function sets. */
function stateSetBy(program: Program, name: string): Extract<SyntaxNode, { type: 'CallExpression' }> | undefined {
  for (const { node } of walk(program)) {
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'ArrayPattern') continue;
    const [state, setter] = node.id.elements;
    const isSetter = state?.type === 'Identifier' && setter?.type === 'Identifier' && setter.name === name;
    if (isSetter && node.init?.type === 'CallExpression') return node.init;
  }
  return undefined;
}

/**
 * Whether the diff took the attribute that used it off a tag which stays, `<Route path="/quay" />`, while nobody took that attribute
 * away from the component: what is missing may be the use.
 */
function isTakenFromTag({ changes }: Workspace, file: string, name: string): boolean {
  const lines = changes.find(({ path }) => path === file)?.hunks?.split('\n') ?? [];
  return lines.some((line, index) => {
    const added = lines[index + 1] ?? '';
    if (!line.startsWith('-') || !added.startsWith('+')) return false;
    const [before, now] = [line.slice(1), added.slice(1)];
    const size = before.length - now.length;
    let at = 0;
    while (at < now.length && before[at] === now[at]) at++;
    const piece = size > 0 && before.slice(at + size) === now.slice(at) ? before.slice(at, at + size) : '';
    const [, attribute] = /^\s{0,4}([A-Za-z][\w:-]{0,60})=\{.{1,400}\}\s{0,4}$/.exec(piece) ?? [];
    if (attribute === undefined || !namesIn(piece).includes(name)) return false;
    return !changes.some(
      ({ path, hunks = '' }) => path !== file && new RegExp(`^-.*\\b${attribute}\\b`, 'm').test(hunks),
    );
  });
}

function findUnusedStatement(
  text: string,
  body: readonly SyntaxNode[],
  line: number | undefined,
): Replacement | undefined {
  const statement = body.find((node) => node.type === 'ImportDeclaration' && lineOf(text, node.start) === line);
  return statement && { ...wholeLines(text, statement.start, statement.end), text: '' };
}

function findUnused(
  text: string,
  input: {
    readonly name: string;
    readonly names: readonly NameUse[];
    readonly root: unknown;
    readonly place: { readonly line?: number; readonly column?: number };
    readonly template: boolean;
  },
): Replacement | undefined {
  const { name, names, root, place, template } = input;
  const same = names.filter((use) => use.name === name);
  const declarations = same.filter((use) => use.role === 'declaration');
  const [declaration, another] = usesAt(text, declarations, place);
  if (!declaration || another || template) return undefined;
  // With a second declaration in the file the references may be to that one, and then they say nothing here.
  const references = same.filter((use) => use.role === 'reference' && isWithin(use, declaration.scope));
  if (references.length > 0) return undefined;

  const parents = parentsOf(root, declaration);
  return (
    removeImport(text, parents) ??
    removeProperty(text, declaration, parents) ??
    removeVariable(text, declaration, parents) ??
    removeElement(declaration, parents) ??
    removeCaught(text, parents) ??
    removeParameter(text, declaration, parents) ??
    removeType(text, declaration, parents)
  );
}

function isWithin(inner: { start: number; end: number }, outer: { start: number; end: number }): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The nodes around a declaration, innermost first. */
function parentsOf(root: unknown, declaration: NameUse): SyntaxNode[] {
  const around: SyntaxNode[] = [];
  for (const { node } of walk(root)) {
    if (isWithin(declaration, node) && node.type !== 'Identifier') around.push(node);
  }
  return around.reverse();
}

function removeImport(text: string, parents: readonly SyntaxNode[]): Replacement | undefined {
  const [specifier, statement] = parents;
  if (statement?.type !== 'ImportDeclaration' || !specifier) return undefined;
  const { specifiers } = statement;
  if (specifiers.length === 1) return { ...wholeLines(text, statement.start, statement.end), text: '' };
  const named = specifiers.filter((other) => other.type === 'ImportSpecifier');
  if (specifier.type === 'ImportDefaultSpecifier') {
    const brace = text.indexOf(named.length > 0 ? '{' : '*', specifier.end);
    return { start: specifier.start, end: brace, text: '' };
  }
  if (specifier.type === 'ImportNamespaceSpecifier' || named.length === 1) {
    const end = specifier.type === 'ImportSpecifier' ? text.indexOf('}', specifier.end) + 1 : specifier.end;
    const start = text.lastIndexOf(',', specifier.start);
    return start > statement.start && end > start ? { start, end, text: '' } : undefined;
  }
  return withoutListItem(named as readonly SyntaxNode[], specifier);
}

/** An item of a list with the comma that belongs to it. */
function withoutListItem(items: readonly SyntaxNode[], item: SyntaxNode): Replacement {
  const index = items.indexOf(item);
  const next = items[index + 1];
  const before = items[index - 1];
  if (next) return { start: item.start, end: next.start, text: '' };
  // The comma after the last item stays if the list is written over several lines.
  return { start: before?.end ?? item.start, end: item.end, text: '' };
}

/** `b` of `const { a, b } = c` and of a parameter `{ a, b }`; not beside a rest, which would gather it. */
function removeProperty(text: string, declaration: NameUse, parents: readonly SyntaxNode[]): Replacement | undefined {
  const property = parents.find((node) => node.type === 'Property');
  const pattern = parents.find((node) => node.type === 'ObjectPattern');
  if (property?.type !== 'Property' || pattern?.type !== 'ObjectPattern') return undefined;
  if (!pattern.properties.some((other) => other === property)) return undefined;
  if (property.value.type === 'AssignmentPattern' && !isPure(property.value.right as SyntaxNode)) return undefined;
  if (property.value.type !== 'Identifier' && property.value.type !== 'AssignmentPattern') return undefined;
  if (pattern.properties.some((other) => other.type === 'RestElement')) return undefined;
  if (pattern.properties.length > 1) {
    return withoutListItem(pattern.properties as readonly SyntaxNode[], property as SyntaxNode);
  }
  return removeDeclarator(text, declaration, parents);
}

function removeVariable(text: string, declaration: NameUse, parents: readonly SyntaxNode[]): Replacement | undefined {
  const { parent, key } = declaration;
  if (parent?.type !== 'VariableDeclarator' || key !== 'id') return undefined;
  // A function that nothing calls may be forgotten where it was to be called or handed over.
  const isFunction = /^(?:ArrowFunctionExpression|FunctionExpression|ClassExpression)$/.test(parent.init?.type ?? '');
  return isFunction ? undefined : removeDeclarator(text, declaration, parents);
}

function removeDeclarator(text: string, declaration: NameUse, parents: readonly SyntaxNode[]): Replacement | undefined {
  // A pattern within a pattern may declare more than this one name.
  if (parents.filter((node) => node.type === 'ObjectPattern' || node.type === 'ArrayPattern').length > 1)
    return undefined;
  const declarator = parents.find((node) => node.type === 'VariableDeclarator');
  const statement = parents.find((node) => node.type === 'VariableDeclaration');
  if (declarator?.type !== 'VariableDeclarator' || statement?.type !== 'VariableDeclaration') return undefined;
  const outer = parents[parents.indexOf(statement as SyntaxNode) + 1];
  const isStatement = outer?.type === 'BlockStatement' || outer?.type === 'Program';
  if (!isStatement || !isWithin(declaration, declarator.id)) return undefined;
  if (declarator.init && !isPure(declarator.init as SyntaxNode)) return undefined;
  if (statement.declarations.length > 1) {
    return withoutListItem(statement.declarations as readonly SyntaxNode[], declarator as SyntaxNode);
  }
  return { ...wholeLines(text, statement.start, statement.end), text: '' };
}

/** `a` of `const [a, setA] = useState()`: its place stays empty. */
function removeElement(declaration: NameUse, parents: readonly SyntaxNode[]): Replacement | undefined {
  const [pattern] = parents;
  if (pattern?.type !== 'ArrayPattern') return undefined;
  const index = pattern.elements.findIndex((element) => element?.start === declaration.start);
  const previous = pattern.elements[index - 1];
  const isLast = index === pattern.elements.length - 1;
  if (!isLast) return { start: declaration.start, end: declaration.end, text: '' };
  return previous ? { start: previous.end, end: declaration.end, text: '' } : undefined;
}

function removeCaught(text: string, parents: readonly SyntaxNode[]): Replacement | undefined {
  const [clause] = parents;
  if (clause?.type !== 'CatchClause' || clause.param?.type !== 'Identifier') return undefined;
  const start = text.lastIndexOf('(', clause.param.start);
  const end = text.indexOf(')', clause.param.end) + 1;
  return start > clause.start && end > 0 ? { start, end: end + (text[end] === ' ' ? 1 : 0), text: '' } : undefined;
}

/** The last parameter of a function that is written where it is passed: whoever calls it may pass more than it takes. */
function removeParameter(text: string, declaration: NameUse, parents: readonly SyntaxNode[]): Replacement | undefined {
  const [func, receiver] = parents;
  if (func?.type !== 'ArrowFunctionExpression' && func?.type !== 'FunctionExpression') return undefined;
  if (receiver?.type !== 'CallExpression' && receiver?.type !== 'JSXExpressionContainer') return undefined;
  const last = func.params.at(-1);
  if (
    last?.type !== 'Identifier' ||
    last.start !== declaration.start ||
    (receiver.type === 'CallExpression' && isWithin(func, receiver.callee))
  )
    return undefined;
  // https://expressjs.com/en/guide/error-handling.html
  const [error] = func.params;
  if (func.params.length === 4 && error?.type === 'Identifier' && /^_?e(?:rr(?:or)?)?$/.test(error.name))
    return undefined;
  const previous = func.params.at(-2);
  if (previous) return { start: previous.end, end: last.end, text: '' };
  const hasParentheses = text.slice(func.start, last.start).trimEnd().endsWith('(');
  return { start: last.start, end: last.end, text: hasParentheses ? '' : '()' };
}

function removeType(text: string, declaration: NameUse, parents: readonly SyntaxNode[]): Replacement | undefined {
  const [type, outer] = parents;
  const isType = type?.type === 'TSInterfaceDeclaration' || type?.type === 'TSTypeAliasDeclaration';
  if (!isType || declaration.key !== 'id' || outer?.type !== 'Program') return undefined;
  // What the language or the browser has was to be added to.
  if (isGivenName(declaration.name) || declaration.name === 'Window') return undefined;
  const { start, end } = wholeLines(text, type.start, type.end);
  const blank = /^[^\S\n]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  return { start, end: /\n[^\S\n]*\r?\n$/.test(text.slice(0, start)) || start === 0 ? end + blank : end, text: '' };
}
