import { asRecord, readManifests } from '../../context/manifests.js';
import { isNodeBuiltin, packageName } from '../../context/resolve-import.js';
import { editDistance } from '../suggestions/distance.js';
import { constantString, isSyntaxNode, keyName, type SyntaxNode, unwrap } from '../syntax/syntax-node.js';
import { valueDeclaredRule } from './declared-values.js';
import { countNodes, netAdditions, nodeAdditions } from './net-additions.js';
import type { ContentRule, Finding, PolicyInput } from './policy-rule.js';

/** `any` and `*` in the types that JSDoc gives to JavaScript. */
const JSDOC_ANY =
  /@(?:type|param|returns?|typedef|property|prop|template|satisfies)\s{0,4}\{[^}\n]{0,200}?(?:\bany\b|\*(?=[\s}|,>]))/g;

function isCast(node: SyntaxNode): boolean {
  return node.type === 'TSAsExpression' || node.type === 'TSTypeAssertion';
}

function castsTo(node: SyntaxNode, ...types: readonly string[]): boolean {
  const annotation = node.typeAnnotation;
  return isCast(node) && isSyntaxNode(annotation) && types.includes(annotation.type);
}

/** `x as unknown as T`, and `x as never`, which fits everywhere. */
function isUncheckedCast(node: SyntaxNode): boolean {
  if (!isCast(node)) return false;
  if (castsTo(node, 'TSNeverKeyword')) return true;
  const inner = isSyntaxNode(node.expression) ? unwrap(node.expression) : undefined;
  return inner !== undefined && isCast(inner) && !isConstAssertion(inner);
}

function isConstAssertion(node: SyntaxNode): boolean {
  const annotation = node.typeAnnotation;
  if (!isSyntaxNode(annotation) || annotation.type !== 'TSTypeReference') return false;
  return isSyntaxNode(annotation.typeName) && annotation.typeName.name === 'const';
}

/** Properties that Angular sets before anybody reads them: required inputs, which templates are checked for, and queries. */
function isFilledByAngular(node: SyntaxNode): boolean {
  const decorators = Array.isArray(node.decorators) ? node.decorators.filter(isSyntaxNode) : [];
  return decorators.some(({ expression }) => {
    if (!isSyntaxNode(expression) || expression.type !== 'CallExpression' || !isSyntaxNode(expression.callee))
      return false;
    const name = String(expression.callee.name);
    return /^(?:View|Content)Child(?:ren)?$/.test(name) || (name === 'Input' && isRequired(expression));
  });
}

function isRequired(call: SyntaxNode): boolean {
  const [first] = call.arguments as unknown[];
  const properties =
    isSyntaxNode(first) && Array.isArray(first.properties) ? first.properties.filter(isSyntaxNode) : [];
  return properties.some(
    ({ key, computed, value }) => keyName(key, computed) === 'required' && isSyntaxNode(value) && value.value === true,
  );
}

function isEmptyFunction(node: unknown): boolean {
  if (!isSyntaxNode(node) || !/Function/.test(node.type) || !isSyntaxNode(node.body)) return false;
  const { body } = node;
  if (body.type === 'BlockStatement' || body.type === 'FunctionBody') return statementsOf(body).length === 0;
  const value = unwrap(body);
  return (
    (value.type === 'Identifier' && value.name === 'undefined') ||
    (value.type === 'UnaryExpression' && value.operator === 'void') ||
    (value.type === 'Literal' && value.value === null)
  );
}

function statementsOf(block: SyntaxNode): SyntaxNode[] {
  return (block.body as SyntaxNode[]).filter((statement) => statement.type !== 'EmptyStatement');
}

/** `catch {}` in its forms: the clause, and the handler of a promise that does nothing. */
function swallowsErrors(node: SyntaxNode): boolean {
  if (node.type === 'CatchClause') return isSyntaxNode(node.body) && statementsOf(node.body).length === 0;
  if (node.type !== 'CallExpression' || !isSyntaxNode(node.callee)) return false;
  const { callee } = node;
  if (callee.type !== 'MemberExpression' || !isSyntaxNode(callee.property)) return false;
  const method = callee.computed === true ? constantString(callee.property) : callee.property.name;
  const handlers = node.arguments as unknown[];
  return (method === 'catch' && isEmptyFunction(handlers[0])) || (method === 'then' && isEmptyFunction(handlers[1]));
}

/** Extensions whose imports bundlers turn into values: a wildcard declaration for them is how they get a type. */
const ASSET_WILDCARD =
  /^\*(?:\.module)?\.(?:css|scss|sass|less|svg|png|jpe?g|gif|webp|avif|ico|mp[34]|webm|woff2?|ttf|md|mdx|txt|glsl|wasm|ya?ml|graphql|gql|vue|svelte|astro)(?:\?\w+)?$/;

/** Whether a `declare module` invents types for a module that has none, or that does not exist. */
function inventsModule(node: SyntaxNode, known: ReadonlySet<string>): boolean {
  if (node.type !== 'TSModuleDeclaration') return false;
  const name = constantString(node.id);
  if (name === undefined) return false;
  const hasBody = isSyntaxNode(node.body) && ((node.body.body as unknown[] | undefined)?.length ?? 0) > 0;
  if (ASSET_WILDCARD.test(name)) return COMPONENT_WILDCARD.test(name) && !hasBody;
  return !hasBody || !(known.has(packageName(name)) || isNodeBuiltin(name));
}

/** Components are code: without a body their declaration types all of them as `any`. */
const COMPONENT_WILDCARD = /^\*\.(?:vue|svelte|astro|mdx)$/;

function knownPackages(input: PolicyInput): ReadonlySet<string> {
  const names = new Set<string>();
  for (const manifest of readManifests(input.context.files)) {
    if (manifest.name) names.add(manifest.name);
    for (const name of manifest.dependencies.keys()) names.add(name);
  }
  return names;
}

/** What gives `any` by another name: `Function`, `JSON['parse']`, `typeof JSON.parse`, `Response['json']`. */
function namesAny(node: SyntaxNode): boolean {
  if (node.type === 'TSTypeReference') return isSyntaxNode(node.typeName) && node.typeName.name === 'Function';
  if (node.type === 'TSIndexedAccessType') {
    const index = isSyntaxNode(node.indexType) ? constantString(node.indexType.literal) : undefined;
    const object =
      isSyntaxNode(node.objectType) && isSyntaxNode(node.objectType.typeName) ? node.objectType.typeName : undefined;
    return (
      (index === 'parse' && object?.name === 'JSON') ||
      (index === 'json' && /^(?:Body|Response|Request)$/.test(String(object?.name)))
    );
  }
  if (node.type !== 'TSTypeQuery' || !isSyntaxNode(node.exprName) || node.exprName.type !== 'TSQualifiedName')
    return false;
  const { left, right } = node.exprName;
  const name = `${isSyntaxNode(left) ? String(left.name) : ''}.${isSyntaxNode(right) ? String(right.name) : ''}`;
  return name === 'JSON.parse' || name === 'Reflect.get';
}

/** Index signatures and records of anything make every property exist. */
function acceptsEveryProperty(node: SyntaxNode): boolean {
  if (node.type !== 'TSIndexSignature') return false;
  const annotation = asRecord(node.typeAnnotation).typeAnnotation;
  return isSyntaxNode(annotation) && (annotation.type === 'TSUnknownKeyword' || annotation.type === 'TSAnyKeyword');
}

export const typeRules: readonly ContentRule[] = [
  {
    name: 'any-added',
    severity: 'refused',
    check(input) {
      const message = 'The patch adds an `any`, which turns type checking off where it stands.';
      return [
        ...nodeAdditions(input, {
          matches: (node) => node.type === 'TSAnyKeyword' || acceptsEveryProperty(node) || namesAny(node),
          message,
        }),
        ...netAdditions(input, {
          count: (file) => file.comments.reduce((sum, comment) => sum + (comment.match(JSDOC_ANY)?.length ?? 0), 0),
          message,
        }),
      ];
    },
  },
  {
    name: 'unchecked-cast',
    severity: 'refused',
    check: (input) =>
      nodeAdditions(input, {
        matches: isUncheckedCast,
        message: 'The patch adds a cast through another type, or to `never`, which nothing checks.',
      }),
  },
  {
    name: 'non-null-added',
    severity: 'refused',
    check: (input) =>
      nodeAdditions(input, {
        matches: (node) => node.type === 'TSNonNullExpression' || (node.definite === true && !isFilledByAngular(node)),
        message: 'The patch asserts with `!` that a value is there instead of handling that it is not.',
      }),
  },
  {
    name: 'module-declared',
    severity: 'refused',
    check(input) {
      const known = knownPackages(input);
      return netAdditions(input, {
        count: (file) => countNodes(file, (node) => inventsModule(node, known)),
        message: 'The patch declares a module that is local or unknown instead of providing it.',
      });
    },
  },
  valueDeclaredRule,
  { name: 'misspelling-kept', severity: 'refused', check: findKeptMisspelling },
  {
    name: 'error-swallowed',
    severity: 'refused',
    check: (input) =>
      netAdditions(input, {
        count: (file) => countNodes(file, swallowsErrors),
        message: 'The patch adds a handler that catches an error and does nothing with it.',
      }),
  },
];

/** One slip of the finger: letters swapped, one doubled, left out or mistaken. Plurals and numbers are names of their own. */
function isSlip(name: string, meant: string): boolean {
  const shorter = Math.min(name.length, meant.length);
  if (shorter < 5 || !/^[A-Za-z_$]+$/.test(name) || `${name}s` === meant || name === `${meant}s`) return false;
  return editDistance(name.toLowerCase(), meant.toLowerCase(), 1) <= 1;
}

/**
 * A name that the compiler calls misspelt, and that stands nowhere but where it complains, is still there: declared,
 * cast to or looked up by a string, so that the misspelling fits. Where more places use it, the declaration may be wrong.
 */
function findKeptMisspelling(input: PolicyInput): Finding[] {
  return input.diagnosis.errors.flatMap(({ symbol, suggestion, kind, places, count = 1 }) => {
    if (kind !== 'type' || symbol === undefined || suggestion === undefined || !isSlip(symbol, suggestion)) return [];
    const word = new RegExp(`(?<![\\w$])${symbol.replaceAll('$', '\\$')}(?![\\w$])`, 'g');
    const uses = [...input.context.files.values()].reduce((sum, text) => sum + (text.match(word)?.length ?? 0), 0);
    if (uses > Math.max(places?.length ?? 1, count)) return [];
    const kept = input.changes.find(({ after }) => after?.kind !== 'text' && after?.text.match(word) !== null && after);
    const message = `The patch keeps \`${symbol}\`, which the compiler calls a misspelling of \`${suggestion}\`.`;
    return kept ? [{ path: kept.file.path, message }] : [];
  });
}
