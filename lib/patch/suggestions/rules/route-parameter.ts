import type { Rule } from '../rule.js';
import { replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

const MISSING = [
  /^Missing parameter: (\w+)/m,
  /A required parameter \((\w+)\) was not provided/,
  /Missing required params?:? ["'`(]?(\w+)/i,
];

/**
 * Static paths with a parameter that the route does not have, and without the one that it has. Where the page itself reads it by the
 * name of the paths, the name of the file may be what is wrong.
 */
export const routeParameter: Rule = {
  name: 'route-parameter',
  async propose(error, workspace) {
    const wanted = MISSING.map((pattern) => pattern.exec(error.message)?.[1]).find((name) => name !== undefined);
    const named = [
      error.file,
      ...(error.trace ?? []),
      ...(error.route === undefined ? [] : workspace.findRoute(error.route).pages),
    ];
    const file = named.find((path) => path?.includes('[') && workspace.exists(path));
    const text = file === undefined ? undefined : workspace.read(file);
    if (wanted === undefined || file === undefined || text === undefined) return undefined;
    const parameters = new Set([...file.matchAll(/\[+(?:\.\.\.)?(\w+)\]+/g)].map((match) => match[1] ?? ''));
    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0 || !parameters.has(wanted)) return undefined;
    const objects = staticParameters(program).filter((keys) => !keys.some(({ name }) => name === wanted));
    const strangers = objects.flatMap((keys) => keys.filter(({ name }) => !parameters.has(name)));
    const [only, another] = new Set(strangers.map(({ name }) => name));
    if (only === undefined || another !== undefined || strangers.length !== objects.length) return undefined;
    const ranges = strangers.map(({ name, start, end, isShorthand }) => ({
      start,
      end,
      text: isShorthand ? `${wanted}: ${name}` : wanted,
    }));
    const repaired = replaceRanges(text, ranges);
    if (readsParameter(repaired, only)) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} gives its paths a parameter \`${only}\`, and the route’s is called \`${wanted}\`.`,
      change: `Calls it \`${wanted}\`, as the file's own name does.`,
    };
  },
};

/** `params.slug`, `const { slug } = await params` and `params: Promise<{ slug: string }>`. */
function readsParameter(text: string, name: string): boolean {
  return new RegExp(
    `\\bparams\\)?\\??\\.${name}\\b|\\{[^{}]*\\b${name}\\b[^{}]*\\}\\s*=[^;\\n]*\\bparams\\b|\\bparams\\s*:[^;={}]*\\{[^{}]*\\b${name}\\b`,
  ).test(text);
}

interface Key {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly isShorthand: boolean;
}

/** Objects under `params`, and those that `generateStaticParams` makes. */
function staticParameters(program: unknown): Key[][] {
  const found: Key[][] = [];
  let generator: SyntaxNode | undefined;
  for (const { node, parent, key } of walk(program)) {
    if (node.type === 'FunctionDeclaration' && node.id?.name === 'generateStaticParams') generator = node;
    if (node.type !== 'ObjectExpression') continue;
    const isParams =
      parent?.type === 'Property' &&
      key === 'value' &&
      parent.key.type === 'Identifier' &&
      parent.key.name === 'params';
    const isGenerated = generator !== undefined && node.start >= generator.start && node.end <= generator.end;
    if (isParams || isGenerated) found.push(keysOf(node));
  }
  return found;
}

function keysOf(node: Extract<SyntaxNode, { type: 'ObjectExpression' }>): Key[] {
  return node.properties.flatMap((property) =>
    property.type === 'Property' && property.key.type === 'Identifier'
      ? [{ name: property.key.name, start: property.key.start, end: property.key.end, isShorthand: property.shorthand }]
      : [],
  );
}
