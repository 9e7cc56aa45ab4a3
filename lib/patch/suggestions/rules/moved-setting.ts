import type { Rule } from '../rule.js';
import { lineEnding, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

const NOT_EXPERIMENTAL = /'([\w$]+)' does not exist in type '(?:Partial<)?ExperimentalConfig>?'/;

/**
 * What Next.js says itself of options that left `experimental`: "`experimental.serverComponentsExternalPackages` has been
 * moved to `serverExternalPackages`".
 */
const MOVED: Readonly<Record<string, string>> = {
  bundlePagesExternals: 'bundlePagesRouterDependencies',
  serverComponentsExternalPackages: 'serverExternalPackages',
  outputFileTracingRoot: 'outputFileTracingRoot',
  outputFileTracingIncludes: 'outputFileTracingIncludes',
  outputFileTracingExcludes: 'outputFileTracingExcludes',
  typedRoutes: 'typedRoutes',
  reactCompiler: 'reactCompiler',
  cacheComponents: 'cacheComponents',
  cacheLife: 'cacheLife',
  cacheHandlers: 'cacheHandlers',
  transpilePackages: 'transpilePackages',
  skipTrailingSlashRedirect: 'skipTrailingSlashRedirect',
  turbo: 'turbopack',
};

/** An option of Next.js that stands among the experimental ones, where its version no longer looks for it. */
export const movedSetting: Rule = {
  name: 'moved-setting',
  async propose(error, workspace) {
    const old = NOT_EXPERIMENTAL.exec(error.message)?.[1] ?? '';
    const now = MOVED[old];
    const { file } = error;
    const text = file === undefined || !/(?:^|\/)next\.config\.\w+$/.test(file) ? undefined : workspace.read(file);
    if (now === undefined || file === undefined || text === undefined) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const found = errors.length > 0 ? [] : findExperimental(program, old);
    const [only, another] = found;
    if (!only || another || only.outer.some((node) => keyOf(node) === now)) return undefined;
    const { experimental, options, option } = only;
    const value = text.slice(option.value.start, option.value.end);
    const rest = options.filter((node) => node !== option);
    const [first, last] = [options[0], options.at(-1)];
    if (!first || !last) return undefined;
    const indent = /[^\S\n]*$/.exec(text.slice(0, experimental.start))?.[0] ?? '';
    const moved = `${now}: ${value.replaceAll(/\n {2}/g, '\n')}`;
    const next = options[options.indexOf(option) + 1];
    const before = options[options.indexOf(option) - 1];
    const without = next
      ? { start: option.start, end: next.start, text: '' }
      : { start: before?.end ?? option.start, end: option.end, text: '' };
    const edits =
      rest.length === 0
        ? [{ start: experimental.start, end: experimental.end, text: moved }]
        : [
            { start: experimental.start, end: experimental.start, text: `${moved},${lineEnding(text)}${indent}` },
            without,
          ];
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `\`${old}\` is no experimental option of this version of Next.js.`,
      change: `Sets \`${now}\` beside \`experimental\`, where Next.js has moved it.`,
    };
  },
};

type Property = Extract<SyntaxNode, { type: 'Property' }>;

interface Found {
  readonly experimental: Property;
  readonly options: readonly SyntaxNode[];
  readonly option: Property;
  /** The options among which `experimental` stands. */
  readonly outer: readonly SyntaxNode[];
}

function findExperimental(program: unknown, name: string): Found[] {
  return [...walk(program)].flatMap(({ node, parent }): Found[] => {
    if (node.type !== 'Property' || keyOf(node) !== 'experimental' || node.value.type !== 'ObjectExpression') return [];
    const option = node.value.properties.find((property) => keyOf(property) === name);
    if (option?.type !== 'Property' || option.shorthand || parent?.type !== 'ObjectExpression') return [];
    return [{ experimental: node, options: node.value.properties, option, outer: parent.properties }];
  });
}

function keyOf(node: SyntaxNode): string | undefined {
  return node.type === 'Property' && node.key.type === 'Identifier' ? node.key.name : undefined;
}
