import type { PathAlias } from '../../../context/path-aliases.js';
import { escapePattern } from '../../../context/word-pattern.js';
import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const COMPILER = /(?:ts|js)config[\w.-]*\.json$/;
const BUNDLER = /(?:^|\/)vite(?:st)?\.config\.[cm]?[jt]s$/;
const OF_BUNDLER = /^(?:vite|rollup|rolldown|vitest)$/;

/**
 * `@/lib/x`, which the compiler's settings map to a folder and the bundler's do not, while these map another name, which
 * nobody imports by and the compiler does not know, to that very folder: both are called alike.
 */
export const unmatchedAlias: Rule = {
  name: 'unmatched-alias',
  async propose(error, workspace) {
    const { tool, file } = error;
    const specifier = unresolvedSpecifierOf(error);
    if (specifier === undefined || file === undefined || workspace.partial || !OF_BUNDLER.test(tool)) return undefined;
    if (/^[./]/.test(specifier) || resolveSpecifier(workspace, file, specifier) === undefined) return undefined;
    const { aliases } = workspace.findAliases(file);
    const all = aliases.filter(({ pattern }) => pattern.endsWith('/*'));
    const compiler = all.filter(({ declaredIn }) => COMPILER.test(declaredIn ?? ''));
    const bundler = all.filter(({ declaredIn }) => BUNDLER.test(declaredIn ?? ''));
    const meant = compiler.find(({ pattern }) => specifier.startsWith(pattern.slice(0, -1)));
    const [target, another] = meant?.targets ?? [];
    if (!meant || target === undefined || another !== undefined) return undefined;
    const isKnown = (alias: PathAlias) => compiler.some(({ pattern }) => pattern === alias.pattern);
    if (bundler.some(({ pattern }) => pattern === meant.pattern)) return undefined;

    const [only, second] = bundler.filter((alias) => alias.targets.includes(target) && !isKnown(alias));
    const config = only?.declaredIn;
    const text = config === undefined ? undefined : workspace.read(config);
    if (!only || second || config === undefined || text === undefined) return undefined;
    const before = nameOf(only);
    if (isUsed(workspace, before, config)) return undefined;
    const [key, other] = [...text.matchAll(new RegExp(`(["'])${escapePattern(before)}(?=/?\\1)`, 'g'))];
    if (!key || other) return undefined;
    const start = key.index + 1;
    return {
      files: new Map([[config, replaceRanges(text, [{ start, end: start + before.length, text: nameOf(meant) }])]]),
      cause: `${config} maps \`${before}\` to the folder that ${meant.declaredIn} and the imports call \`${nameOf(meant)}\`.`,
      change: `Maps \`${nameOf(meant)}\`; nothing imports by \`${before}\`.`,
    };
  },
};

function nameOf({ pattern }: PathAlias): string {
  return pattern.slice(0, -2);
}

/** Whether any file names a module by the alias, stylesheets and pages among them. */
function isUsed(workspace: Workspace, name: string, config: string): boolean {
  const use = new RegExp(`["'\`(=]~?${escapePattern(name)}/`);
  return workspace.paths.some(
    (path) =>
      path !== config &&
      !/(?:^|\/)(?:package-lock\.json|[\w.-]+\.lock)$/.test(path) &&
      use.test(workspace.read(path) ?? ''),
  );
}
