import type { Program } from 'oxc-parser';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { exportOrigin } from '../syntax/export-origin.js';
import { importsOf } from '../syntax/imports.js';
import { namesOf } from '../syntax/names.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { quoteOf, type Replacement, replaceRanges, wholeLines } from '../syntax/source-text.js';
import type { SyntaxNode } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';
import { rangeOf } from './export-home.js';

const SEGMENT = /(?:^|\/)app\/(?:.*\/)?(?:page|layout|route|template|default)\.[jt]sx?$/;
const SETTING = /^(?:dynamic|dynamicParams|revalidate|fetchCache|runtime|preferredRegion|maxDuration)$/;
const NOT_STATIC = /Invalid segment configuration export detected|can't recognize the exported `\w{1,40}` field/;
const NOT_NUMBER = /Invalid (?:revalidate|maxDuration) value "[^"]{1,40}" on /;

/**
 * A setting of a route segment that Next.js cannot read, as it does not run the file for it: `revalidate = 60 * 60`, a constant of the
 * file or of another, `'60'` where a number is wanted. It gets the value that it has. https://nextjs.org/docs/messages/invalid-page-config
 */
export const staticSetting: Rule = {
  name: 'static-setting',
  async propose(error, workspace) {
    const isNumber = NOT_NUMBER.test(error.message);
    if (!isNumber && !NOT_STATIC.test(error.message)) return undefined;
    const files = new Map<string, string>();
    for (const path of filesOf(error, workspace)) {
      const text = workspace.read(path) ?? '';
      const { program, errors } = await workspace.parse(path, text);
      const edits: (readonly Replacement[] | undefined)[] = [];
      for (const init of errors.length > 0 ? [] : settingsOf(program.body)) {
        const own = writeOut(text, program, init, isNumber);
        edits.push(own ?? (await writeImported(workspace, { path, text, program, init })));
      }
      // What is left as it is would stop the next build.
      if (edits.includes(undefined)) return undefined;
      const wanted = edits.flatMap((edit) => edit ?? []);
      if (wanted.length > 0) files.set(path, replaceRanges(text, wanted));
    }
    return {
      files,
      cause: `Next.js reads the settings of a route segment without running its file; in ${[...files.keys()].join(', ')} one is no plain value.`,
      change: 'Writes out the value that it has.',
    };
  },
};

function filesOf({ file, route }: BuildError, workspace: Workspace): readonly string[] {
  if (file !== undefined) return SEGMENT.test(file) ? [file] : [];
  if (route === undefined) return workspace.paths.filter((path) => SEGMENT.test(path));
  const { pages, layouts } = workspace.findRoute(route);
  return [...pages, ...layouts].filter((path) => SEGMENT.test(path));
}

function settingsOf(body: readonly SyntaxNode[]): SyntaxNode[] {
  return body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration' || statement.declaration?.type !== 'VariableDeclaration') return [];
    return statement.declaration.declarations.flatMap(({ id, init }) =>
      id.type === 'Identifier' && SETTING.test(id.name) && init ? [init as SyntaxNode] : [],
    );
  });
}

/** Nothing where the value is plain already; undefined where it is not known. */
function writeOut(
  text: string,
  program: Program,
  init: SyntaxNode,
  isNumber: boolean,
): readonly Replacement[] | undefined {
  const { start, end } = init;
  if (init.type === 'Literal') {
    const isQuoted = isNumber && typeof init.value === 'string' && /^\d{1,9}$/.test(init.value);
    return isQuoted ? [{ start, end, text: String(init.value) }] : [];
  }
  if (init.type === 'BinaryExpression') {
    const value = numberOf(init);
    return value === undefined || !Number.isSafeInteger(value) ? undefined : [{ start, end, text: String(value) }];
  }
  if (init.type !== 'Identifier') return /^(?:Array|Template|TSAs|TSSatisfies|Unary)/.test(init.type) ? [] : undefined;
  const statement = program.body.find(
    (node) => node.type === 'VariableDeclaration' && node.kind === 'const' && declaredValue(node, init.name),
  );
  const value = statement && declaredValue(statement, init.name);
  const number = value && numberOf(value);
  if (!statement || !value || (number === undefined && value.type !== 'Literal')) return undefined;
  const written = number === undefined ? text.slice(value.start, value.end) : String(number);
  const uses = namesOf(program).filter(({ name, role }) => name === init.name && role === 'reference');
  const rest = wholeLines(text, statement.start, statement.end);
  const blank = /^(?:[^\S\n]*\r?\n)?/.exec(text.slice(rest.end))?.[0].length ?? 0;
  const gone = uses.length === 1 ? [{ start: rest.start, end: rest.end + blank, text: '' }] : [];
  return [{ start, end, text: written }, ...gone];
}

/** A constant of another module of the repository, whose import goes with its last use. */
async function writeImported(
  workspace: Workspace,
  { path, text, program, init }: { path: string; text: string; program: Program; init: SyntaxNode },
): Promise<readonly Replacement[] | undefined> {
  if (init.type !== 'Identifier') return undefined;
  const target = importsOf(program).find(({ local }) => local === init.name);
  const module = target && resolveSpecifier(workspace, path, target.specifier);
  const origin = module === undefined ? undefined : await exportOrigin(workspace, module, target?.imported ?? '');
  const source = origin && workspace.read(origin.path);
  if (!target || target.isType || !origin || source === undefined) return undefined;
  const { program: other, errors } = await workspace.parse(origin.path, source);
  const values = errors.length > 0 ? [] : other.body.flatMap((node) => constantOf(node, origin.name) ?? []);
  const [value, another] = values;
  if (!value || another) return undefined;
  const number = numberOf(value);
  // Quotes are those of the other file.
  const written = number === undefined ? quoted(value, source, text) : Number.isSafeInteger(number) && String(number);
  if (!written) return undefined;
  const uses = namesOf(program).filter(({ name, role }) => name === init.name && role === 'reference');
  const rest = rangeOf(text, target);
  const blank = rest.start === 0 ? (/^(?:[^\S\n]*\r?\n)*/.exec(text.slice(rest.end))?.[0].length ?? 0) : 0;
  const gone = uses.length === 1 ? [{ ...rest, end: rest.end + blank }] : [];
  return [{ start: init.start, end: init.end, text: written }, ...gone];
}

function quoted(value: SyntaxNode, source: string, text: string): string | undefined {
  if (value.type !== 'Literal') return undefined;
  const raw = source.slice(value.start, value.end);
  return typeof value.value === 'string' && /^["'][\w-]+["']$/.test(raw)
    ? quoteOf(text) + value.value + quoteOf(text)
    : raw;
}

function constantOf(node: SyntaxNode, name: string): SyntaxNode | undefined {
  const declaration = node.type === 'ExportNamedDeclaration' ? (node.declaration as SyntaxNode | null) : node;
  return declaration?.type === 'VariableDeclaration' && declaration.kind === 'const'
    ? declaredValue(declaration, name)
    : undefined;
}

function declaredValue(statement: SyntaxNode, name: string): SyntaxNode | undefined {
  const [only, another] = statement.type === 'VariableDeclaration' ? statement.declarations : [];
  const isIt = only?.id.type === 'Identifier' && only.id.name === name && !another;
  return isIt && only.init ? (only.init as SyntaxNode) : undefined;
}

function numberOf(node: SyntaxNode): number | undefined {
  if (node.type === 'Literal') return typeof node.value === 'number' ? node.value : undefined;
  if (node.type === 'ParenthesizedExpression') return numberOf(node.expression as SyntaxNode);
  if (node.type !== 'BinaryExpression') return undefined;
  const [left, right] = [numberOf(node.left as SyntaxNode), numberOf(node.right as SyntaxNode)];
  if (left === undefined || right === undefined) return undefined;
  if (node.operator === '*') return left * right;
  return node.operator === '+' ? left + right : node.operator === '-' ? left - right : undefined;
}
