/** What a condition is on the server and what in a browser. */
import type { ParsedFile } from '../syntax/parsed-file.js';
import { constantString, isSyntaxNode, keyName, type SyntaxNode, unwrap, walk } from '../syntax/syntax-node.js';
import { namesWord } from './diagnosis-text.js';

export interface Places {
  readonly server: boolean | undefined;
  /** Once the page has come to life. */
  readonly browser: boolean | undefined;
  /** Whether it has anything to do with where the code runs. */
  readonly asks: boolean;
}

const UNKNOWN: Places = { server: undefined, browser: undefined, asks: false };
const IN_BROWSER: Places = { server: false, browser: true, asks: true };
const ON_SERVER: Places = { server: true, browser: false, asks: true };

/** Objects that a browser has and a server has not. */
export const BROWSER_NAME =
  /^(?:window|document|navigator|self|location|history|localStorage|sessionStorage|indexedDB|customElements|matchMedia|requestAnimationFrame|getComputedStyle)$/;

/** What the names of a file stand for: an expression, or what a state comes to. */
export type Names = ReadonlyMap<string, SyntaxNode | Places>;

const not = (value: boolean | undefined) => (value === undefined ? undefined : !value);

function and(left: boolean | undefined, right: boolean | undefined): boolean | undefined {
  if (left === false || right === false) return false;
  return left === true && right === true ? true : undefined;
}

const opposite = ({ server, browser, asks }: Places): Places => ({ server: not(server), browser: not(browser), asks });

const both = (left: Places, right: Places): Places => ({
  server: and(left.server, right.server),
  browser: and(left.browser, right.browser),
  asks: left.asks || right.asks,
});

/** Names that refer to each other are followed so far. */
const MOST_STEPS = 12;

export function placesOf(value: unknown, names: Names, steps = MOST_STEPS): Places {
  if (!isSyntaxNode(value) || steps === 0) return UNKNOWN;
  const node = unwrap(value);
  const read = (inner: unknown) => placesOf(inner, names, steps - 1);
  if (node.type === 'Literal' && node.regex === undefined)
    return { server: Boolean(node.value), browser: Boolean(node.value), asks: false };
  if (node.type === 'UnaryExpression' && node.operator === '!') return opposite(read(node.argument));
  if (node.type === 'LogicalExpression' && node.operator === '&&') return both(read(node.left), read(node.right));
  if (node.type === 'LogicalExpression' && node.operator === '||')
    return opposite(both(opposite(read(node.left)), opposite(read(node.right))));
  if (node.type === 'BinaryExpression') return placesOfComparison(node);
  if (node.type === 'MemberExpression') return placesOfMember(node, names, steps);
  const name = node.type === 'CallExpression' && isSyntaxNode(node.callee) ? unwrap(node.callee) : node;
  if (name.type !== 'Identifier') return UNKNOWN;
  const meant = names.get(String(name.name)) ?? UNKNOWN;
  return 'asks' in meant ? (meant as Places) : read(meant);
}

/** `typeof window === 'undefined'`, `'window' in globalThis`. */
function placesOfComparison({ operator, left, right }: SyntaxNode): Places {
  if (operator === 'in') return BROWSER_NAME.test(constantString(left) ?? '') ? IN_BROWSER : UNKNOWN;
  if (!/^[!=]==?$/.test(String(operator)) || !isSyntaxNode(left) || !isSyntaxNode(right)) return UNKNOWN;
  const [asked, type] = [left, right].map(unwrap).some((one) => one.type === 'UnaryExpression' && one === unwrap(left))
    ? [unwrap(left), constantString(right)]
    : [unwrap(right), constantString(left)];
  if (asked.type !== 'UnaryExpression' || asked.operator !== 'typeof' || type === undefined) return UNKNOWN;
  if (!isBrowserName(asked.argument)) return UNKNOWN;
  const isNeither: Places = { server: false, browser: false, asks: true };
  const equal = type === 'undefined' ? ON_SERVER : /^(?:object|function)$/.test(type) ? IN_BROWSER : isNeither;
  return String(operator).startsWith('!') ? opposite(equal) : equal;
}

function isBrowserName(value: unknown): boolean {
  if (!isSyntaxNode(value)) return false;
  const node = unwrap(value);
  if (node.type === 'Identifier') return BROWSER_NAME.test(String(node.name));
  return node.type === 'MemberExpression' && isNamed(node.object, 'globalThis') && isBrowserName(node.property);
}

const isNamed = (node: unknown, name: string) => isSyntaxNode(node) && node.type === 'Identifier' && node.name === name;

/** `import.meta.client`, `import.meta.env.SSR`, `process.browser`, `globalThis.window`, `mounted.value`. */
function placesOfMember(node: SyntaxNode, names: Names, steps: number): Places {
  const name = keyName(node.property, node.computed) ?? '';
  const { object } = node;
  if (!isSyntaxNode(object)) return UNKNOWN;
  if (object.type === 'MetaProperty' || isNamed(object, 'process')) {
    if (name === 'client' || name === 'browser') return IN_BROWSER;
    return name === 'server' ? ON_SERVER : UNKNOWN;
  }
  if (name === 'SSR' && object.type === 'MemberExpression') return ON_SERVER;
  if (isBrowserName(node)) return IN_BROWSER;
  return name === 'value' && object.type === 'Identifier' ? placesOf(object, names, steps - 1) : UNKNOWN;
}

/** What each name that is declared once in the file stands for; of a state, where the known text has no such name. */
export function namesOf(file: ParsedFile, known: string): Names {
  const names = new Map<string, SyntaxNode | Places>();
  const twice = new Set<string>();
  const add = (name: string, meant: SyntaxNode | Places | undefined) => {
    if (names.has(name)) twice.add(name);
    if (meant) names.set(name, meant);
  };
  for (const { root } of file.scripts)
    walk(root, (node) => {
      if (node.type === 'ImportDeclaration' && constantString(node.source) === '$app/environment')
        for (const one of node.specifiers as SyntaxNode[])
          if (isSyntaxNode(one.imported) && one.imported.name === 'browser')
            add(String((one.local as SyntaxNode).name), IN_BROWSER);
      if (node.type === 'FunctionDeclaration' && isSyntaxNode(node.id))
        add(String(node.id.name), returnedBy(node) ?? undefined);
      if (node.type !== 'VariableDeclarator' || !isSyntaxNode(node.id) || !isSyntaxNode(node.init)) return;
      const [state, setter] = (node.id.type === 'ArrayPattern' ? node.id.elements : [node.id]) as SyntaxNode[];
      if (state?.type !== 'Identifier') return;
      const initial = initialState(node.init);
      const name = String(state.name);
      if (initial === undefined)
        add(name, node.id.type === 'Identifier' ? (returnedBy(node.init) ?? node.init) : undefined);
      else if (!namesWord(known, name))
        add(name, stateOf(initial, valuesSet(file, name, setter ? String(setter.name) : undefined)));
    });
  for (const name of twice) names.delete(name);
  return names;
}

/** The expression that a function gives back, where that is all it does. */
function returnedBy(node: SyntaxNode): SyntaxNode | undefined {
  if (!/Function/.test(node.type) || !isSyntaxNode(node.body)) return undefined;
  if (node.body.type !== 'BlockStatement' && node.body.type !== 'FunctionBody') return node.body;
  const [only] = node.body.body as SyntaxNode[];
  return only?.type === 'ReturnStatement' && isSyntaxNode(only.argument) ? only.argument : undefined;
}

/** What `useState(false)`, `ref(false)`, `$state(false)` or a bare `false` begins with. */
function initialState(init: SyntaxNode): boolean | undefined {
  const node = unwrap(init);
  if (node.type === 'Literal') return typeof node.value === 'boolean' ? node.value : undefined;
  if (node.type !== 'CallExpression' || !isSyntaxNode(node.callee)) return undefined;
  const callee = unwrap(node.callee);
  const name = callee.type === 'MemberExpression' ? keyName(callee.property, callee.computed) : String(callee.name);
  const [first] = node.arguments as SyntaxNode[];
  if (!/^(?:useState|ref|shallowRef|\$state|signal|createSignal)$/.test(name ?? '') || first?.type !== 'Literal')
    return undefined;
  return typeof first.value === 'boolean' ? first.value : undefined;
}

/** What a state is set to anywhere in the file; undefined among it for what nobody can tell. */
function valuesSet(file: ParsedFile, name: string, setter: string | undefined): (boolean | undefined)[] {
  const values: (boolean | undefined)[] = [];
  let mentions = 0;
  const booleanOf = (node: unknown) => (isSyntaxNode(node) && typeof node.value === 'boolean' ? node.value : undefined);
  for (const { root } of file.scripts)
    walk(root, (node) => {
      if (setter !== undefined && isNamed(node, setter)) mentions += 1;
      if (node.type === 'CallExpression' && setter !== undefined && isNamed(node.callee, setter))
        values.push(booleanOf((node.arguments as unknown[])[0]));
      if (node.type !== 'AssignmentExpression' || !isSyntaxNode(node.left)) return;
      const { left } = node;
      const target =
        left.type === 'MemberExpression' && keyName(left.property, left.computed) === 'value' ? left.object : left;
      if (isNamed(target, name)) values.push(booleanOf(node.right));
    });
  // Besides its declaration and its calls, it is handed on.
  return setter !== undefined && mentions > values.length + 1 ? [undefined] : values;
}

function stateOf(initial: boolean, values: readonly (boolean | undefined)[]): Places {
  if (values.includes(undefined)) return UNKNOWN;
  const isOther = values.filter((value) => value !== initial);
  if (isOther.length > 0 && isOther.length < values.length) return UNKNOWN;
  return { server: initial, browser: isOther.length > 0 ? !initial : initial, asks: true };
}
