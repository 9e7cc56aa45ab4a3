import type { BuildError } from '../../diagnosis/diagnosis.js';
import type { ParsedFile } from '../syntax/parsed-file.js';
import { isSyntaxNode, keyName, type SyntaxNode, unwrap, walk } from '../syntax/syntax-node.js';
import { namesIdentifier } from './diagnosis-text.js';
import { countSaidTwice } from './merged-options.js';
import { countNodes, findOrigin, netAdditions } from './net-additions.js';
import type { ContentRule, Finding, PolicyInput } from './policy-rule.js';

/** The name by which a call, a construction or an element is known: the last one of `a.b.c`. */
function actName(node: SyntaxNode): string | undefined {
  if (node.type === 'CallExpression' || node.type === 'NewExpression') return lastName(node.callee);
  if (node.type === 'JSXOpeningElement') return lastName(node.name);
  // svelte/compiler names the elements of a template so.
  if (node.type === 'Component' || node.type === 'RegularElement') return String(node.name);
  return undefined;
}

function lastName(value: unknown): string | undefined {
  if (!isSyntaxNode(value)) return undefined;
  const node = unwrap(value);
  if (node.type === 'Identifier' || node.type === 'JSXIdentifier') return String(node.name);
  if (node.type === 'MemberExpression' || node.type === 'JSXMemberExpression')
    return keyName(node.property, node.computed);
  return undefined;
}

interface Acts {
  /** What is called, constructed or rendered, by name. */
  readonly done: Map<string, number>;
  /** Every mention of a name, done or not. */
  readonly named: Map<string, number>;
}

/** Turning a value into another type is no act; what is turned stays. */
const CONVERSIONS = new Set(['String', 'Number', 'Boolean', 'BigInt', 'parseInt', 'parseFloat', 'toString', 'valueOf']);

interface Scripted {
  readonly scripts: readonly Pick<ParsedFile['scripts'][number], 'root'>[];
}

export function collectActs(files: readonly (Scripted | undefined)[]): Acts {
  const done = new Map<string, number>();
  const named = new Map<string, number>();
  const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const file of files)
    for (const script of file?.scripts ?? [])
      walk(script.root, (node) => {
        if (node.type === 'Identifier' || node.type === 'JSXIdentifier') add(named, String(node.name));
        const name = actName(node);
        if (name !== undefined && !CONVERSIONS.has(name)) add(done, name);
      });
  return { done, named };
}

/** Failures whose repair may well be that something goes. */
const REMOVABLE_KINDS: ReadonlySet<BuildError['kind']> = new Set([
  'syntax',
  'json',
  'lint',
  'module-not-found',
  'file-missing',
  'export-missing',
  'config',
  'client-boundary',
]);
const ASKS_FOR_REMOVAL =
  /\bunused\b|\bnever (?:used|read)\b|\bnot used\b|\bduplicate|\balready (?:been )?declared\b|\bredeclare|\bnot (?:allowed|permitted|supported)\b|\b(?:cannot|can't|must not|should not) be (?:used|imported|called|rendered)\b|\bonly (?:works|allowed|available)\b|\bnot a valid\b|\bunexpected\b|\bunreachable\b|\bunknown (?:option|property|at rule)/i;

function asksForRemoval(input: PolicyInput, name: string): boolean {
  return input.diagnosis.errors.some(
    (error) =>
      REMOVABLE_KINDS.has(error.kind) ||
      ASKS_FOR_REMOVAL.test(error.message) ||
      (error.kind !== 'type' && namesIdentifier(input.diagnosis, name)),
  );
}

/**
 * Whether the value of a call that its type has no more is still made of the same thing, by other members: `days.join('-')`, now
 * `days.min` and `days.max`. A call for its effect is not that.
 */
function isReadOtherwise(member: string, { diagnosis, changes }: PolicyInput): boolean {
  const isGone = diagnosis.errors.some(
    ({ kind, message }) => kind === 'type' && message.includes(`Property '${member}' does not exist on type `),
  );
  const before = readMembers(changes.map((change) => change.before));
  const after = readMembers(changes.map((change) => change.after));
  const owners = [...before.reads].flatMap(([read, count]) => (read.endsWith(`.${member}`) ? [{ read, count }] : []));
  if (!isGone || owners.length === 0 || before.effects.has(member)) return false;
  return owners.every(({ read, count }) => {
    const owner = read.slice(0, -member.length);
    const others = (reads: ReadonlyMap<string, number>) =>
      [...reads].reduce((sum, [one, times]) => (one.startsWith(owner) && one !== read ? sum + times : sum), 0);
    return others(after.reads) >= others(before.reads) + count - (after.reads.get(read) ?? 0);
  });
}

interface Members {
  /** How often `owner.member` is read. */
  readonly reads: ReadonlyMap<string, number>;
  /** Members that are called as statements. */
  readonly effects: ReadonlySet<string>;
}

function readMembers(files: readonly (Scripted | undefined)[]): Members {
  const reads = new Map<string, number>();
  const effects = new Set<string>();
  for (const script of files.flatMap((file) => file?.scripts ?? []))
    walk(script.root, (node) => {
      if (node.type === 'ExpressionStatement' && isSyntaxNode(node.expression)) {
        const { expression } = node;
        const call = expression.type === 'AwaitExpression' ? expression.argument : expression;
        if (isSyntaxNode(call) && call.type === 'CallExpression') effects.add(lastName(call.callee) ?? '');
      }
      if (node.type !== 'MemberExpression') return;
      const read = `${lastName(node.object) ?? ''}.${keyName(node.property, node.computed) ?? ''}`;
      reads.set(read, (reads.get(read) ?? 0) + 1);
    });
  return { reads, effects };
}

/**
 * A patch that takes something away and puts nothing in its place: the statement that does not compile, the element
 * that does not render. Dropping a call while its name stays (`list.length()` to `list.length`) is not that.
 */
function findDeletedBehaviour(input: PolicyInput): Finding[] {
  // What goes with a whole file is the concern of the rule on deleted files.
  const moved = new Set(input.changes.map((change) => findOrigin(change, input)));
  const changes = input.changes.filter((change) => change.after !== undefined || moved.has(change));
  const before = collectActs(changes.map((change) => change.before));
  const after = collectActs(changes.map((change) => change.after));
  const isMore = (left: Map<string, number>, right: Map<string, number>, name: string) =>
    (left.get(name) ?? 0) > (right.get(name) ?? 0);
  if ([...after.done.keys()].some((name) => isMore(after.done, before.done, name))) return [];
  const isSaidOnce = (name: string) =>
    (before.done.get(name) ?? 0) - (after.done.get(name) ?? 0) <=
    countSaidTwice(input, (node) => actName(node) === name);
  const lost = [...before.done.keys()].find(
    (name) =>
      isMore(before.done, after.done, name) &&
      isMore(before.named, after.named, name) &&
      !(asksForRemoval(input, name) || isReadOtherwise(name, input) || isSaidOnce(name)),
  );
  if (lost === undefined) return [];
  const change = input.changes.find(({ before: old }) => old !== undefined && collectActs([old]).done.has(lost));
  const path = change?.file.path ?? input.changes[0]?.file.path ?? '';
  return [{ path, message: `The patch takes \`${lost}\` out and puts nothing in its place.` }];
}

const CONSOLE = new Set(['console', 'globalThis', 'window', 'process']);
const LAST_RESORTS = new Set(['uncaughtException', 'unhandledRejection', 'exit', 'beforeExit']);

/** Ways to end a process as if nothing had happened, or to keep it from saying so. */
function hidesFailure(node: SyntaxNode): boolean {
  if (node.type === 'AssignmentExpression' && isSyntaxNode(node.left)) {
    const left = unwrap(node.left);
    if (left.type !== 'MemberExpression' || !isSyntaxNode(left.object)) return false;
    const object = lastName(left.object) ?? '';
    const property = keyName(left.property, left.computed) ?? '';
    return (
      (CONSOLE.has(object) && /^(?:error|warn|log|stderr|stdout|emit|on)$/.test(property)) || property === 'exitCode'
    );
  }
  if (node.type !== 'CallExpression' || !isSyntaxNode(node.callee) || node.callee.type !== 'MemberExpression')
    return false;
  const { object, property, computed } = node.callee;
  if (lastName(object) !== 'process') return false;
  const method = keyName(property, computed) ?? '';
  const [first] = node.arguments as unknown[];
  const event = isSyntaxNode(first) && first.type === 'Literal' ? String(first.value) : '';
  if (/^(?:exit|reallyExit|kill|abort)$/.test(method)) return true;
  return /^(?:on|once|addListener|prependListener|removeAllListeners)$/.test(method) && LAST_RESORTS.has(event);
}

/** Parse and print again, or look up by a string: what comes out has the type `any`. */
function laundersType(node: SyntaxNode): boolean {
  if (node.type !== 'CallExpression' || !isSyntaxNode(node.callee)) return false;
  const [first] = node.arguments as unknown[];
  const callee = unwrap(node.callee);
  if (callee.type === 'Identifier') return callee.name === 'Object' || callee.name === 'require';
  if (callee.type !== 'MemberExpression') return false;
  const name = `${lastName(callee.object) ?? ''}.${keyName(callee.property, callee.computed) ?? ''}`;
  if (name === 'Reflect.get') return true;
  return (
    name === 'JSON.parse' &&
    isSyntaxNode(first) &&
    unwrap(first).type === 'CallExpression' &&
    lastName((unwrap(first) as SyntaxNode).callee) === 'stringify'
  );
}

const isTypeCheck = (input: PolicyInput) => input.diagnosis.errors.some(({ kind }) => kind === 'type');

export const behaviourRules: readonly ContentRule[] = [
  { name: 'behaviour-deleted', severity: 'refused', check: findDeletedBehaviour },
  {
    name: 'failure-hidden',
    severity: 'refused',
    check: (input) =>
      netAdditions(input, {
        count: (file) => countNodes(file, hidesFailure),
        message: 'The patch ends the process, or keeps it from saying what failed.',
      }),
  },
  {
    name: 'type-laundered',
    severity: 'refused',
    check: (input) =>
      isTypeCheck(input)
        ? netAdditions(input, {
            count: (file) => countNodes(file, laundersType),
            message: 'The patch passes a value through a call that gives back `any`, which nothing checks.',
          })
        : [],
  },
];
