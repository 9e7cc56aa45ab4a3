import type { PathAlias } from '../../../context/path-aliases.js';
import { escapePattern } from '../../../context/word-pattern.js';
import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { manifestsOf } from '../syntax/manifests-of.js';
import { directoryOf, joinPath, packageNameOf, RESOLVED_EXTENSIONS } from '../syntax/resolve-specifier.js';
import { lineEnding, replaceRanges } from '../syntax/source-text.js';
import { relativePath } from '../syntax/specifier-for.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const COMPILER = /(?:ts|js)config[\w.-]*\.json$/;
/** The settings of those that read no mapping of the compiler, by the tool that speaks. */
const BUNDLERS: readonly (readonly [tool: RegExp, config: RegExp])[] = [
  [/^(?:vite|rollup|rolldown|vitest)$/, /(?:^|\/)vite\.config\.[cm]?[jt]s$/],
  [/^webpack$/, /(?:^|\/)(?:webpack|craco)\.config\.[cm]?[jt]s$/],
];
/** They have mappings of their own, or take those of the compiler. */
const FRAMEWORK = /(?:^|\/)(?:next|nuxt|svelte|astro|docusaurus)\.config\.[cm]?[jt]s$/;
const READS_COMPILER = /tsconfig-?paths/i;

/**
 * `@lib/units`, which the compiler's settings map to a folder and the bundler's, which map others one by one, do not: these get it
 * too, in the form of the others.
 */
export const bundlerAlias: Rule = {
  name: 'bundler-alias',
  async propose(error, workspace) {
    const { tool, file } = error;
    const specifier = unresolvedSpecifierOf(error);
    const settings = BUNDLERS.find(([speaks]) => speaks.test(tool))?.[1];
    if (specifier === undefined || file === undefined || workspace.partial || settings === undefined) return undefined;
    const { aliases, configFiles } = workspace.findAliases(file);
    const [config, another] = configFiles.filter((path) => settings.test(path));
    const text = config === undefined ? undefined : workspace.read(config);
    if (config === undefined || another !== undefined || text === undefined) return undefined;
    if (READS_COMPILER.test(text) || configFiles.some((path) => FRAMEWORK.test(path))) return undefined;

    const meant = findMapping(workspace, aliases, specifier);
    if (!meant || !`${meant.folder}/`.startsWith(rootOf(config))) return undefined;
    if (isPackage(workspace, specifier) || hasTakenOut(workspace, config, meant.name)) return undefined;
    const { program, errors } = await workspace.parse(config, text);
    const repaired = errors.length > 0 ? undefined : addEntry({ config, text, program }, meant, foldersOf(aliases));
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[config, repaired]]),
      cause: `${meant.declaredIn} maps \`${meant.name}\` to ${meant.folder}, and ${config}, by which the bundler looks for modules, does not.`,
      change: 'Maps it there too, as the others are.',
    };
  },
};

interface Mapping {
  readonly name: string;
  readonly folder: string;
  readonly declaredIn: string;
}

/** What the compiler takes the specifier for, where that leads to a file; undefined where its settings do not agree. */
function findMapping(workspace: Workspace, aliases: readonly PathAlias[], specifier: string): Mapping | undefined {
  const matching = aliases
    .filter(({ pattern, declaredIn }) => COMPILER.test(declaredIn ?? '') && pattern.endsWith('/*'))
    .filter(({ pattern }) => specifier.startsWith(pattern.slice(0, -1)))
    .sort((left, right) => right.pattern.length - left.pattern.length);
  const [first] = matching;
  const all = matching.filter(({ pattern }) => pattern === first?.pattern).flatMap(({ targets }) => targets);
  const [target, other] = new Set(all);
  if (!first || first.declaredIn === undefined || !target?.endsWith('/*') || other !== undefined) return undefined;
  const name = first.pattern.slice(0, -2);
  const folder = target.slice(0, -2);
  const path = folder + specifier.slice(name.length).replace(/[?#].*$/, '');
  const isFound = [...RESOLVED_EXTENSIONS, '.css', '.scss', '.svg'].some((end) => workspace.exists(path + end));
  return isFound ? { name, folder, declaredIn: first.declaredIn } : undefined;
}

function rootOf(config: string): string {
  const folder = directoryOf(config);
  return folder === '' ? '' : `${folder}/`;
}

/** A package of the repository or of others may be meant, which is not installed. */
function isPackage(workspace: Workspace, specifier: string): boolean {
  const name = packageNameOf(specifier);
  return (
    name !== undefined &&
    manifestsOf(workspace).some((manifest) => manifest.name === name || manifest.dependencies.has(name))
  );
}

/** Whether the diff took the mapping away: then its users may be what has to change. */
function hasTakenOut({ changes }: Workspace, config: string, name: string): boolean {
  const hunks = changes.find(({ path }) => path === config)?.hunks ?? '';
  return hunks
    .split('\n')
    .some((line) => line.startsWith('-') && new RegExp(`["'\`]${escapePattern(name)}/?["'\`]`).test(line));
}

interface Entry {
  readonly node: SyntaxNode;
  readonly key: SyntaxNode;
  readonly name: string;
  /** The one string of its value, and the folder that it leads to. */
  readonly path?: SyntaxNode;
  readonly written: string;
}

/** The folders that the compiler knows by one name each. */
function foldersOf(aliases: readonly PathAlias[]): ReadonlyMap<string, string> {
  return new Map(
    aliases.flatMap(({ pattern, targets, declaredIn }) =>
      COMPILER.test(declaredIn ?? '') && targets.length === 1 && pattern.endsWith('/*')
        ? [[pattern.slice(0, -2), (targets[0] ?? '').replace(/\/\*$/, '')] as const]
        : [],
    ),
  );
}

function addEntry(
  { config, text, program }: { readonly config: string; readonly text: string; readonly program: SyntaxNode },
  { name, folder }: Mapping,
  known: ReadonlyMap<string, string>,
): string | undefined {
  const [list, another] = [...walk(program)].flatMap(({ node }) =>
    node.type === 'Property' && node.key.type === 'Identifier' && node.key.name === 'alias' ? [node.value] : [],
  );
  if (!list || another !== undefined) return undefined;
  const entries = entriesOf(list as SyntaxNode);
  // What is written before takes all that begins with it.
  if (!entries || entries.some((entry) => `${name}/`.startsWith(`${entry.name}/`))) return undefined;
  const from = directoryOf(config);
  const leadsTo = ({ path, written }: Entry) =>
    path && /^(?:\.|\w)/.test(written) ? joinPath(from, written) : undefined;
  if (entries.some((entry) => leadsTo(entry) === folder)) return undefined;
  const samples = entries.filter((entry) => known.get(entry.name) === (leadsTo(entry) ?? ''));
  const sample = samples.at(-1);
  const last = entries.at(-1)?.node;
  if (!sample?.path || !last) return undefined;

  const { key, path, node, written } = sample;
  const quoteOfKey = key.type === 'Literal' ? text[key.start] : "'";
  const relative = relativePath(from, folder);
  const target = written.startsWith('.') ? relative : relative.replace(/^\.\//, '');
  const value = text.slice(path.start, path.start + 1) + target + text.slice(path.end - 1, path.end);
  const line = replaceRanges(text.slice(node.start, node.end), [
    { start: key.start - node.start, end: key.end - node.start, text: quoteOfKey + name + quoteOfKey },
    { start: path.start - node.start, end: path.end - node.start, text: value },
  ]);
  const before = text.slice(text.lastIndexOf('\n', last.start) + 1, last.start);
  const between = /^\s*$/.test(before) ? `,${lineEnding(text)}${before}` : ', ';
  return replaceRanges(text, [{ start: last.end, end: last.end, text: between + line }]);
}

/** `'@': path` or `{ find: '@', replacement: path }`; undefined where some are written elsewhere or as patterns. */
function entriesOf(list: SyntaxNode): readonly Entry[] | undefined {
  const pairs =
    list.type === 'ObjectExpression'
      ? list.properties.map((node) =>
          node.type === 'Property' && !node.computed && !node.shorthand
            ? ([node, node.key, node.value] as const)
            : undefined,
        )
      : list.type === 'ArrayExpression'
        ? list.elements.map((node) => findAndReplacement(node as SyntaxNode | null))
        : [undefined];
  const entries = pairs.map((pair): Entry | undefined => {
    const [node, key, value] = (pair ?? []) as readonly SyntaxNode[];
    const name = key?.type === 'Identifier' ? key.name : key?.type === 'Literal' ? key.value : undefined;
    if (!node || !key || !value || typeof name !== 'string') return undefined;
    const strings = [...walk(value)].flatMap((visit) =>
      visit.node.type === 'Literal' && typeof visit.node.value === 'string' ? [visit.node] : [],
    );
    const [path, another] = strings;
    const isPlain = path && !another && typeof path.value === 'string';
    return isPlain ? { node, key, name, path, written: path.value } : { node, key, name, written: '' };
  });
  return entries.includes(undefined) ? undefined : entries.filter((entry) => entry !== undefined);
}

function findAndReplacement(node: SyntaxNode | null) {
  const properties = node?.type === 'ObjectExpression' ? node.properties : [];
  const [find, replacement] = ['find', 'replacement'].map((name) =>
    properties.find((one) => one.type === 'Property' && one.key.type === 'Identifier' && one.key.name === name),
  );
  return properties.length === 2 && find?.type === 'Property' && replacement?.type === 'Property' && node
    ? ([node, find.value, replacement.value] as const)
    : undefined;
}
