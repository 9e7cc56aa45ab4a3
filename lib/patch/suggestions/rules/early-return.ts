import { nodesAround } from '../answers.js';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import type { Func } from '../syntax/entry-functions.js';
import { membersOfProp } from '../syntax/members-of-prop.js';
import { isScript } from '../syntax/parse.js';
import { lineEnding, offsetOf, replaceRanges, wholeLines } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

/** ESLint and oxlint, Biome, and the compiler of React. */
const CONDITIONAL =
  /^(?:React Hook "[\w.]{1,80}" is called conditionally\.|This hook is being called conditionally, but|(?:Error: )?Hooks must always be called in a consistent order)/;

/**
 * A component that returns before it has called all of its hooks: the return goes behind the last of them, which run either way
 * then, https://react.dev/reference/rules/rules-of-hooks. Only where nothing on the way needs what the condition makes sure of.
 */
export const earlyReturn: Rule = {
  name: 'early-return',
  async propose(error, workspace) {
    const { file, line } = error;
    const text =
      file !== undefined && isScript(file) && CONDITIONAL.test(error.message) ? workspace.read(file) : undefined;
    const at = text === undefined || line === undefined ? undefined : offsetOf(text, line, error.column);
    if (file === undefined || text === undefined || at === undefined) return undefined;
    const source = await workspace.parse(file, text);
    const around = nodesAround(source, at);
    const body = around.find(isBody);
    const component = around.slice(body ? around.indexOf(body) + 1 : around.length).find(isFunction);
    if (source.errors.length > 0 || !body) return undefined;
    const moved = await moveReturns(body, text, (name) =>
      component ? membersOfProp(workspace, { program: source.program, component, name }) : [],
    );
    if (moved === undefined || (await countParseErrors(file, moved)) > 0) return undefined;
    return {
      files: new Map([[file, moved]]),
      cause: `A component of ${file} returns before line ${line}, where it goes on to call hooks.`,
      change: 'Returns behind the last hook: React wants the same hooks called at every render.',
    };
  },
};

type Body = Extract<SyntaxNode, { type: 'BlockStatement' }>;

/** The innermost block that has hooks among its own statements. */
function isBody(node: SyntaxNode): node is Body {
  return (
    (node.type === 'BlockStatement' || (node.type as string) === 'FunctionBody') &&
    ((node as Body).body as SyntaxNode[]).some((statement) => callsHook(statement))
  );
}

function isFunction(node: SyntaxNode): node is SyntaxNode & Func {
  return /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

type MembersOf = (prop: string) => Promise<readonly string[]> | readonly string[];

async function moveReturns({ body }: Body, text: string, membersOf: MembersOf): Promise<string | undefined> {
  const statements = body as SyntaxNode[];
  const last = statements.findLastIndex((statement) => callsHook(statement));
  const returns = statements.slice(0, last).filter(isGuard);
  const [first] = returns;
  const end = statements[last]?.end;
  if (!first || end === undefined) return undefined;
  const between = statements.slice(statements.indexOf(first) + 1, last + 1).filter((one) => !returns.includes(one));
  const tests = returns.flatMap((one) => (one.type === 'IfStatement' ? [one.test as SyntaxNode] : []));
  const guarded = new Set(tests.flatMap(rootsOf));
  const absent = new Set(tests.flatMap(absentIn));
  // What the conditions ask for may be fit for use only where they let it through.
  const asked = new Set(
    tests
      .map((test) => text.slice(test.start, test.end))
      .join(' ')
      .match(/[\w$]+/g),
  );
  const firm = new Set<string>();
  for (const name of guarded)
    for (const member of await membersOf(name)) if (!asked.has(member)) firm.add(`${name}.${member}`);
  for (const statement of between) {
    if (!bearsAbsence(statement, guarded, absent, firm) || runsRegardless(statement, guarded)) return undefined;
    // What was made of it may be absent too.
    if (rootsOf(statement).some((name) => guarded.has(name)))
      for (const { node } of walk(statement))
        if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier') guarded.add(node.id.name);
  }
  const ending = lineEnding(text);
  const indent = /[^\S\n]*$/.exec(text.slice(0, first.start))?.[0] ?? '';
  const written = returns.map((one) => `${ending}${ending}${indent}${text.slice(one.start, one.end)}`).join('');
  return replaceRanges(text, [
    ...returns.map((one) => ({ ...withBlankLine(text, one), text: '' })),
    { start: end, end, text: written },
  ]);
}

/** Its lines, and the blank one that set it off. */
function withBlankLine(text: string, node: SyntaxNode) {
  const { start, end } = wholeLines(text, node.start, node.end);
  const blank = /^[^\S\n]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  return { start, end: end + blank };
}

/** `if (...) return ...;` and nothing else. */
function isGuard(node: SyntaxNode): boolean {
  if (node.type !== 'IfStatement' || node.alternate) return false;
  const { consequent } = node;
  const only = consequent.type === 'BlockStatement' && consequent.body.length === 1 ? consequent.body[0] : consequent;
  return only?.type === 'ReturnStatement';
}

function callsHook(statement: SyntaxNode): boolean {
  const calls =
    statement.type === 'VariableDeclaration'
      ? statement.declarations.map(({ init }) => init)
      : statement.type === 'ExpressionStatement'
        ? [statement.expression]
        : [];
  return calls.some((call) => {
    return call?.type === 'CallExpression' && /^use[A-Z]/.test(calledName(call));
  });
}

/** What asks a server. */
const ASKS = /^use(?:SWR\w*|\w*Query|\w*Fetch\w*|\w*Subscription)$/;

function calledName({ callee }: Extract<SyntaxNode, { type: 'CallExpression' }>): string {
  const name = callee.type === 'MemberExpression' ? callee.property : callee;
  return name.type === 'Identifier' ? name.name : '';
}

/** Whether the statement asks a server, or is an effect or a hook of one's own that does not ask first for what the condition is about: it did not run where that holds. */
function runsRegardless(statement: SyntaxNode, guarded: ReadonlySet<string>): boolean {
  if (statement.type === 'VariableDeclaration')
    return statement.declarations.some(({ init }) => init?.type === 'CallExpression' && ASKS.test(calledName(init)));
  const call = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
  if (call?.type !== 'CallExpression' || /^use(?:DebugValue|ImperativeHandle)$/.test(calledName(call))) return false;
  // What nobody takes a value of is called for what it does.
  if (!/^use\w*Effect$/.test(calledName(call))) return true;
  const [effect] = call.arguments;
  const body = effect && 'body' in effect ? effect.body : undefined;
  const first = body?.type === 'BlockStatement' ? body.body[0] : undefined;
  if (body && onlySetsState(body as SyntaxNode)) return false;
  return first?.type !== 'IfStatement' || !rootsOf(first.test as SyntaxNode).some((root) => guarded.has(root));
}

/** Whether all that is called sets a state of the component itself, which shows as soon as the condition lets it. */
function onlySetsState(body: SyntaxNode): boolean {
  return [...walk(body)].every(
    ({ node }) =>
      node.type !== 'AssignmentExpression' &&
      (node.type !== 'CallExpression' ||
        (node.callee.type === 'Identifier' && /^set(?!Timeout|Interval)[A-Z]/.test(node.callee.name))),
  );
}

/** The names that a condition is about. */
function rootsOf(test: SyntaxNode): string[] {
  return [...walk(test)].flatMap(({ node, key, parent }) =>
    node.type === 'Identifier' && !(parent?.type === 'MemberExpression' && key === 'property' && !parent.computed)
      ? [node.name]
      : [],
  );
}

/** The names that a condition finds to be nothing: `!crates`, `crates === undefined`. */
function absentIn(test: SyntaxNode): string[] {
  return [...walk(test)].flatMap(({ node }) => {
    const operand =
      node.type === 'UnaryExpression' && node.operator === '!'
        ? node.argument
        : node.type === 'BinaryExpression' && /^===?$/.test(node.operator)
          ? node.left
          : undefined;
    return operand?.type === 'Identifier' ? [operand.name] : [];
  });
}

/** What an empty list has as well. */
const OF_LISTS = /^(?:length|map|filter|some|every|find|slice|flatMap|reduce|includes)$/;

/**
 * Whether a statement asks nothing of these names that would fail where the condition holds. What may be nothing at all is read
 * with `?.`, or stands among a hook's dependencies.
 */
function bearsAbsence(
  statement: SyntaxNode,
  guarded: ReadonlySet<string>,
  absent: ReadonlySet<string>,
  firm: ReadonlySet<string>,
): boolean {
  const visits = [...walk(statement)];
  const parents = new Map(visits.map(({ node, parent }) => [node, parent]));
  return visits.every(({ node, parent, key }) => {
    if (node.type === 'VariableDeclarator' && node.id.type !== 'Identifier' && node.init?.type === 'Identifier')
      return !guarded.has(node.init.name);
    if (node.type !== 'Identifier' || !guarded.has(node.name)) return true;
    if (parent?.type !== 'MemberExpression' || key !== 'object')
      return parent?.type === 'ArrayExpression' || (!absent.has(node.name) && key !== 'callee');
    if (parent.optional) return true;
    const { property } = parent;
    if (!parent.computed && property.type === 'Identifier' && firm.has(`${node.name}.${property.name}`))
      return !absent.has(node.name) && isReadAlone(parents.get(parent), parent);
    const isOfList = parent.computed
      ? isReadWithCare(parents.get(parent), parent)
      : property.type === 'Identifier' && OF_LISTS.test(property.name);
    return isOfList && !absent.has(node.name);
  });
}

/** Neither called nor taken apart. */
function isReadAlone(user: SyntaxNode | undefined, member: SyntaxNode): boolean {
  return !(
    (user?.type === 'MemberExpression' && user.object === member) ||
    (user?.type === 'CallExpression' && user.callee === member) ||
    (user?.type === 'VariableDeclarator' && user.id.type !== 'Identifier')
  );
}

/** An item of an empty list is nothing. */
function isReadWithCare(user: SyntaxNode | undefined, item: SyntaxNode): boolean {
  return user?.type !== 'MemberExpression' || user.object !== item || user.optional;
}
