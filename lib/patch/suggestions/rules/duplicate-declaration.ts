import { countParseErrors } from '../parses-better.js';
import type { Fix, Rule } from '../rule.js';
import { isScript, type ParsedSource } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { wholeLines } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

type Program = ParsedSource['program'];

const DECLARED_TWICE = [
  /the name [`'](?<name>[\w$]+)[`'] is (?:defined|exported) multiple times/,
  /Identifier [`'](?<name>[\w$]+)[`'] has already been declared/,
  /Duplicate identifier '(?<name>[\w$]+)'/,
  /Cannot redeclare block-scoped variable '(?<name>[\w$]+)'/,
  /Duplicate function implementation/,
  /The symbol "(?<name>[\w$]+)" has already been declared/,
];

/** The same statement twice in one file, word for word: one of the two goes. */
export const duplicateDeclaration: Rule = {
  name: 'duplicate-declaration',
  async propose(error, workspace) {
    const { file } = error;
    if (file === undefined || !isScript(file) || !DECLARED_TWICE.some((pattern) => pattern.test(error.message))) {
      return undefined;
    }
    const text = workspace.read(file);
    if (text === undefined) return undefined;
    const { program } = await workspace.parse(file, text);

    let seen = new Set<string>();
    for (const [index, statement] of statementsOf(program)) {
      if (index === 0) seen = new Set();
      const source = text.slice(statement.start, statement.end).trim();
      if (!seen.has(source) || !DECLARES.test(statement.type)) {
        seen.add(source);
        continue;
      }
      const { start, end } = wholeLines(text, statement.start, statement.end);
      // The blank line before it goes too, or two would be left.
      const blank = /\r?\n[^\S\n]*\r?\n$/.test(text.slice(0, start))
        ? (/\r?\n$/.exec(text.slice(0, start))?.[0].length ?? 0)
        : 0;
      const repaired = text.slice(0, start - blank) + text.slice(end);
      if ((await countParseErrors(file, repaired)) > 0) return undefined;
      return {
        files: new Map([[file, repaired]]),
        cause: `${file} says the same twice: \`${source.split('\n')[0]}\`.`,
        change: 'Keeps the first of the two identical statements.',
      };
    }
    return withoutSecondImport(error.message, { file, text, program, workspace });
  },
};

/** The statements of the file and of each block in it, with their place in the list. */
function statementsOf(program: Program): (readonly [number, SyntaxNode])[] {
  const lists = [...walk(program)].flatMap(({ node }) =>
    (node.type === 'BlockStatement' || (node.type as string) === 'FunctionBody') && 'body' in node
      ? [node.body as readonly SyntaxNode[]]
      : [],
  );
  return [program.body as readonly SyntaxNode[], ...lists].flatMap((list) => [...list.entries()]);
}

/** A name that two imports take from one module: the second import goes without it. */
function withoutSecondImport(
  message: string,
  source: { readonly file: string; readonly text: string; readonly program: Program; readonly workspace: Workspace },
): Fix | undefined {
  const { file, text, program, workspace } = source;
  const name = DECLARED_TWICE.map((pattern) => pattern.exec(message)?.groups?.name).find(Boolean);
  const taking = program.body.flatMap((node) => {
    if (node.type !== 'ImportDeclaration') return [];
    const specifier = node.specifiers.find(({ local }) => local.name === name);
    return specifier?.type === 'ImportSpecifier' ? [{ node, specifier }] : [];
  });
  const [first, second, third] = taking;
  if (!first || !second || third) return undefined;
  const written = ({ specifier: { start, end } }: typeof first) => text.slice(start, end);
  const target = ({ node }: typeof first) => resolveSpecifier(workspace, file, node.source.value) ?? node.source.value;
  const isSame = written(first) === written(second) && target(first) === target(second);
  if (!isSame || first.node.importKind !== second.node.importKind) return undefined;
  const others = second.node.specifiers.filter((other) => other !== second.specifier);
  const range =
    others.length === 0
      ? wholeLines(text, second.node.start, second.node.end)
      : rangeInList(second.node.specifiers, second.specifier);
  return {
    files: new Map([[file, text.slice(0, range.start) + text.slice(range.end)]]),
    cause: `${file} imports \`${name}\` twice from the same module.`,
    change: 'Keeps the first of the two imports of it.',
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The entry with the comma that belongs to it. */
function rangeInList(list: readonly Span[], entry: Span): Span {
  const at = list.indexOf(entry);
  const next = list[at + 1];
  const before = list[at - 1];
  return next ? { start: entry.start, end: next.start } : { start: before?.end ?? entry.start, end: entry.end };
}

const DECLARES = /^(?:Import|Export\w*|Function|Class|Variable|TS\w+)Declaration$/;
