/** Code that asks where it runs: the browser keeps what it had. */
import type { ParsedFile } from '../syntax/parsed-file.js';
import { isSyntaxNode, type SyntaxNode, unwrap, walk } from '../syntax/syntax-node.js';
import { collectActs } from './behaviour.js';
import { isEmptied } from './deletions.js';
import { without } from './net-additions.js';
import { BROWSER_NAME, type Names, namesOf, placesOf } from './places.js';
import type { ContentRule, Finding, PolicyInput } from './policy-rule.js';

/** A question with what follows from it on either side; a side without nodes does nothing. */
interface Guard {
  readonly browser: readonly SyntaxNode[] | undefined;
  readonly server: readonly SyntaxNode[] | undefined;
}

/** What the changed files were. */
interface Former {
  readonly text: string;
  /** What was called, constructed or rendered, by name. */
  readonly done: ReadonlySet<string>;
}

const nodesOf = (value: unknown) => (isSyntaxNode(value) ? [value] : undefined);

/** Undefined where the condition has nothing to do with where the code runs, `nowhere` where it never changes. */
function readGuard(node: SyntaxNode, parent: SyntaxNode | undefined, names: Names): Guard | 'nowhere' | undefined {
  const isLogical = node.type === 'LogicalExpression' && node.operator !== '??';
  if (!isLogical && !/^(?:If|Conditional)/.test(node.type)) return undefined;
  const whole = isLogical ? placesOf(node, names) : undefined;
  if (whole?.asks && whole.server !== undefined && whole.browser !== undefined)
    return whole.server === whole.browser ? 'nowhere' : undefined;
  const test = placesOf(isLogical ? node.left : node.test, names);
  if (!test.asks || (test.server === undefined && test.browser === undefined)) return undefined;
  if (test.server === test.browser) return 'nowhere';
  const inBrowser = test.browser ?? !test.server;
  const [yes, no] = isLogical
    ? [nodesOf(node.right), undefined]
    : [nodesOf(node.consequent), nodesOf(node.alternate) ?? restAfter(node, parent)];
  const isYes = isLogical && node.operator === '||' ? !inBrowser : inBrowser;
  return isYes ? { browser: yes, server: no } : { browser: no, server: yes };
}

/** What runs when an `if` does not leave the function. */
function restAfter(node: SyntaxNode, parent: SyntaxNode | undefined): SyntaxNode[] | undefined {
  if (node.type !== 'IfStatement' || !isSyntaxNode(node.consequent) || !Array.isArray(parent?.body)) return undefined;
  const { consequent } = node;
  const last = Array.isArray(consequent.body) ? consequent.body.at(-1) : consequent;
  if (!isSyntaxNode(last) || !/^(?:Return|Throw|Continue|Break)/.test(last.type)) return undefined;
  return parent.body.slice(parent.body.indexOf(node) + 1);
}

function isNothing(nodes: readonly SyntaxNode[]): boolean {
  const [only, ...others] = nodes;
  if (only && others.length === 0 && only.type === 'Fragment' && Array.isArray(only.nodes))
    return only.nodes.every(({ type, data }) => type === 'Comment' || (type === 'Text' && String(data).trim() === ''));
  const isStatements = nodes.every(({ type }) => /Statement$|Declaration$/.test(type));
  if (only && others.length === 0 && !/^(?:Return|Throw|Expression)Statement$/.test(only.type))
    return isEmptied(unwrap(only));
  return isStatements && isEmptied({ type: 'BlockStatement', body: nodes, start: 0, end: 0 });
}

/** Whether code names an object of the browser other than to ask for its type. */
function needsBrowser(nodes: readonly SyntaxNode[]): boolean {
  let isNeeded = false;
  for (const root of nodes)
    walk(root, (node, parent) => {
      if (node.type !== 'Identifier' || !BROWSER_NAME.test(String(node.name))) return;
      const isKey =
        (parent?.type === 'MemberExpression' && parent.property === node && parent.computed !== true) ||
        (parent?.type === 'Property' && parent.key === node && parent.shorthand !== true);
      if (!isKey && parent?.operator !== 'typeof') isNeeded = true;
    });
  return isNeeded;
}

function actsOf(nodes: readonly SyntaxNode[]): string[] {
  return [...collectActs(nodes.map((root) => ({ scripts: [{ root }] }))).done.keys()];
}

/** Guards that leave the browser without what the files of a patch did before, each by its question. */
function guardsAgainstBrowser(file: ParsedFile, { text: known, done }: Former): string[] {
  const names = namesOf(file, known);
  const found: string[] = [];
  for (const { root, text } of file.scripts)
    walk(root, (node, parent) => {
      const guard = readGuard(node, parent, names);
      if (guard === undefined || (guard !== 'nowhere' && keepsBrowser(guard, done))) return;
      const test = (node.type === 'LogicalExpression' ? node.left : node.test) as SyntaxNode;
      found.push(text.slice(test.start, test.end).replace(/\s+/g, ' '));
    });
  return found;
}

function keepsBrowser({ browser, server }: Guard, done: ReadonlySet<string>): boolean {
  if (browser && isNothing(browser)) return false;
  if (!server) return true;
  if (needsBrowser(server)) return false;
  const isKept = (name: string) => done.has(name);
  return !actsOf(server).some(isKept) || actsOf(browser ?? []).some(isKept);
}

function findLeftOut({ changes }: PolicyInput): Finding[] {
  const files = changes.flatMap(({ before }) => before ?? []);
  const former = { text: files.map(({ text }) => text).join('\n'), done: new Set(collectActs(files).done.keys()) };
  const old = files.flatMap((file) => guardsAgainstBrowser(file, former));
  const message = 'The patch asks where the code runs, and leaves the browser without what it did.';
  return changes.flatMap(({ file, after }) =>
    after && without(guardsAgainstBrowser(after, former), old).length > 0 ? [{ path: file.path, message }] : [],
  );
}

export const browserGuardRules: readonly ContentRule[] = [
  { name: 'browser-left-out', severity: 'refused', check: findLeftOut },
];
