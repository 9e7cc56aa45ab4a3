import type { ParsedFile } from '../syntax/parsed-file.js';
import { constantString, isSyntaxNode, keyName, type SyntaxNode } from '../syntax/syntax-node.js';
import { diagnosisText } from './diagnosis-text.js';
import { countNodes, netAdditions } from './net-additions.js';
import type { ContentRule, ParsedChange, PolicyInput } from './policy-rule.js';

/** What a server lacks; Node.js has a storage of its own that stores nothing. */
const BROWSER_GLOBAL =
  /\b(?:window|document|localStorage|sessionStorage|indexedDB|navigator|location|self|customElements|FileReader|DOMParser|DOMMatrix|Path2D|ImageData|(?:(?:HTML|SVG)\w{0,30})?Element|matchMedia|(?:Mutation|Intersection|Resize)Observer|requestAnimationFrame|getComputedStyle)\b[`'"]?(?: object)? is not defined|not defined[^\n]{0,40}\b(?:window|document)\b|\b(?:local|session)Storage\.\w{1,20} is not a function/;
const DYNAMIC_RENDERING =
  /dynamic server usage|couldn't be rendered statically|force-dynamic|static(?:ally)? (?:generat|render|export)|outside of "?use cache|prerender-(?:missing|dynamic)|blocking-prerender|[`'"]revalidate|revalidate[`'"]|\brevalidate:|[Ii]nvalid revalidate|getStaticPaths|generateStaticParams|cannot prerender/i;

/** An exported site has no other mode: https://nextjs.org/docs/app/guides/static-exports */
const ASKS_FOR_STATIC = /"force-static"\/export const revalidate not configured/;

function isFalse(node: unknown): boolean {
  if (!isSyntaxNode(node)) return false;
  if (node.type === 'Literal') return node.value === false;
  return (
    node.type === 'UnaryExpression' && node.operator === '!' && isSyntaxNode(node.argument) && node.argument.value === 1
  );
}

/** `typeof window`, `import.meta.client`, `import.meta.env.SSR` and `process.browser`: asking where the code runs. */
function asksForBrowser(node: SyntaxNode): boolean {
  if (node.type === 'UnaryExpression' && node.operator === 'typeof' && isSyntaxNode(node.argument))
    return /^(?:window|document|self|navigator)$/.test(String(node.argument.name));
  if (node.type !== 'MemberExpression' || !isSyntaxNode(node.object)) return false;
  const name = keyName(node.property, node.computed);
  if (/^(?:browser|client|server)$/.test(name ?? ''))
    return node.object.name === 'process' || node.object.type === 'MetaProperty';
  return name === 'SSR' && node.object.type === 'MemberExpression';
}

/** Switching off the server's rendering: of one component, of a SvelteKit route, of an Astro island. */
function countClientOnly(file: ParsedFile): number {
  return countNodes(file, (node) => {
    if (asksForBrowser(node)) return true;
    if (node.type === 'Property') return keyName(node.key, node.computed) === 'ssr' && isFalse(node.value);
    if (node.type === 'VariableDeclarator') return keyName(node.id, false) === 'ssr' && isFalse(node.init);
    if (node.type === 'JSXNamespacedName')
      return (node.namespace as SyntaxNode).name === 'client' && (node.name as SyntaxNode).name === 'only';
    return node.type === 'JSXOpeningElement' && isSyntaxNode(node.name) && node.name.name === 'ClientOnly';
  });
}

const ROUTE_MODES = new Set(['dynamic', 'revalidate', 'fetchCache', 'dynamicParams', 'prerender', 'csr', 'output']);

/** Route settings that take a page out of the static build, and calls that do the same. */
function countDynamicModes(file: ParsedFile, isStaticAsked: boolean): number {
  return countNodes(file, (node, parent) => {
    if (node.type === 'VariableDeclarator') {
      const name = keyName(node.id, false) ?? '';
      if (!ROUTE_MODES.has(name) || parent?.type !== 'VariableDeclaration') return false;
      const value = constantString(node.init);
      if (name === 'dynamic')
        return value === 'force-dynamic' || value === 'error' || (value === 'force-static' && !isStaticAsked);
      if (name === 'fetchCache') return value !== undefined;
      if (name === 'revalidate')
        return isSyntaxNode(node.init) && node.init.type === 'Literal' && node.init.value === 0;
      return isFalse(node.init);
    }
    if (node.type !== 'CallExpression' || !isSyntaxNode(node.callee)) return false;
    return (
      node.callee.type === 'Identifier' && /^(?:unstable_noStore|noStore|connection)$/.test(String(node.callee.name))
    );
  });
}

/** A page whose data came with each request is rendered with each request, whatever says so now. */
function wasPerRequest({ before, after }: ParsedChange): boolean {
  const loads = (file: ParsedFile | undefined) => file?.shape.exports.has('getServerSideProps') === true;
  return loads(before) && !loads(after);
}

/** Rendered once, where each request had a page of its own. */
function isFrozen(file: ParsedFile): boolean {
  return (
    countNodes(file, (node) => keyName(node.id, false) === 'dynamic' && constantString(node.init) !== 'force-dynamic') >
    0
  );
}

/** Next.js wants it in client code, and says so; then the call moves, and there is no more of it than there was. */
const MISPLACED = /ssr: false[`'"]{0,2} is not allowed/;

function isOnlyMoved({ changes, diagnosis }: PolicyInput): boolean {
  if (!MISPLACED.test(diagnosisText(diagnosis))) return false;
  const more = changes.map(
    ({ before, after }) => (after ? countClientOnly(after) : 0) - (before ? countClientOnly(before) : 0),
  );
  return more.reduce((sum, one) => sum + one, 0) <= 0;
}

export const renderingRules: readonly ContentRule[] = [
  {
    name: 'server-rendering-disabled',
    severity: 'refused',
    check: (input) =>
      BROWSER_GLOBAL.test(diagnosisText(input.diagnosis)) || isOnlyMoved(input)
        ? []
        : netAdditions(input, {
            count: countClientOnly,
            message: 'The patch turns server rendering off, which the diagnosis does not ask for.',
          }),
  },
  {
    name: 'rendering-mode-changed',
    severity: 'refused',
    check: (input) =>
      DYNAMIC_RENDERING.test(diagnosisText(input.diagnosis))
        ? []
        : netAdditions(input, {
            count: (file, change) =>
              wasPerRequest(change) && !isFrozen(file)
                ? 0
                : countDynamicModes(file, ASKS_FOR_STATIC.test(diagnosisText(input.diagnosis))),
            message: 'The patch changes when the page is rendered, which the diagnosis does not ask for.',
          }),
  },
];
