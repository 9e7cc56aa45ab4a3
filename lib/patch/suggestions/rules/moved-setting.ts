import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { lineEnding, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const NOT_EXPERIMENTAL = /'([\w$]+)' does not exist in type '(?:Partial<)?ExperimentalConfig>?'/;

/** What Next.js and SvelteKit say when they know where the option belongs. */
const BELONGS = [
  /`(?<group>experimental)\.(?<old>[\w$]{1,80})` has been (?:moved to|replaced by|renamed to) `(?<now>[\w$]{1,80})`/,
  /Unexpected option config\.(?<group>kit)\.(?<old>[\w$]{1,80}) \(did you mean config\.(?<now>[\w$]{1,80})\?\)/,
];

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
  dynamicIO: 'cacheComponents',
};

/** An option that stands in a group of others, where the tool's version no longer looks for it, or never did. */
export const movedSetting: Rule = {
  name: 'moved-setting',
  async propose(error, workspace) {
    const lost = movedOptionOf(error);
    const file = lost && fileOf(error, lost.group, workspace);
    const text = file === undefined ? undefined : workspace.read(file);
    if (lost === undefined || file === undefined || text === undefined) return undefined;
    const { group, old, now } = lost;
    const { program, errors } = await workspace.parse(file, text);
    const found = errors.length > 0 ? [] : findInGroup(program, group, old);
    const [only, another] = found;
    if (!only || another || only.outer.some((node) => keyOf(node) === now)) return undefined;
    const { holder, options, option } = only;
    const value = text.slice(option.value.start, option.value.end);
    const rest = options.filter((node) => node !== option);
    const [first, last] = [options[0], options.at(-1)];
    if (!first || !last) return undefined;
    const indent = /[^\S\n]*$/.exec(text.slice(0, holder.start))?.[0] ?? '';
    const entry = `${now}: ${value.replaceAll(/\n {2}/g, '\n')}`;
    const next = options[options.indexOf(option) + 1];
    const before = options[options.indexOf(option) - 1];
    const without = next
      ? { start: option.start, end: next.start, text: '' }
      : { start: before?.end ?? option.start, end: option.end, text: '' };
    const edits =
      rest.length === 0
        ? [{ start: holder.start, end: holder.end, text: entry }]
        : [{ start: holder.start, end: holder.start, text: `${entry},${lineEnding(text)}${indent}` }, without];
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `\`${old}\` is no option of \`${group}\` in this version of ${TOOLS[group]}.`,
      change: `Sets \`${now}\` beside \`${group}\`, where ${TOOLS[group]} looks for it.`,
    };
  },
};

type Group = 'experimental' | 'kit';

const TOOLS: Readonly<Record<Group, string>> = { experimental: 'Next.js', kit: 'SvelteKit' };
const CONFIGS: Readonly<Record<Group, RegExp>> = {
  experimental: /(?:^|\/)next\.config\.\w+$/,
  kit: /(?:^|\/)svelte\.config\.\w+$/,
};

interface MovedOption {
  readonly group: Group;
  readonly old: string;
  readonly now: string;
}

function movedOptionOf({ message }: BuildError): MovedOption | undefined {
  for (const pattern of BELONGS) {
    const { group, old, now } = pattern.exec(message)?.groups ?? {};
    if (old !== undefined && now !== undefined) return { group: group === 'kit' ? 'kit' : 'experimental', old, now };
  }
  const old = NOT_EXPERIMENTAL.exec(message)?.[1] ?? '';
  const now = MOVED[old];
  return now === undefined ? undefined : { group: 'experimental', old, now };
}

/** The configuration that the error names; where it names none, the only one. */
function fileOf({ file }: BuildError, group: Group, workspace: Workspace): string | undefined {
  if (file !== undefined) return CONFIGS[group].test(file) ? file : undefined;
  const [only, another] = workspace.paths.filter((path) => CONFIGS[group].test(path));
  return another === undefined ? only : undefined;
}

type Property = Extract<SyntaxNode, { type: 'Property' }>;

interface Found {
  readonly holder: Property;
  readonly options: readonly SyntaxNode[];
  readonly option: Property;
  /** The options among which the group stands. */
  readonly outer: readonly SyntaxNode[];
}

function findInGroup(program: unknown, group: string, name: string): Found[] {
  return [...walk(program)].flatMap(({ node, parent }): Found[] => {
    if (node.type !== 'Property' || keyOf(node) !== group || node.value.type !== 'ObjectExpression') return [];
    const option = node.value.properties.find((property) => keyOf(property) === name);
    if (option?.type !== 'Property' || option.shorthand || parent?.type !== 'ObjectExpression') return [];
    return [{ holder: node, options: node.value.properties, option, outer: parent.properties }];
  });
}

function keyOf(node: SyntaxNode): string | undefined {
  return node.type === 'Property' && node.key.type === 'Identifier' ? node.key.name : undefined;
}
