import { isPartOfRouter, soleGiverOf } from '../../../context/namesake.js';
import { isInnerSlip, isSlip } from '../distance.js';
import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { findNearestManifest, manifestsOf } from '../syntax/manifests-of.js';
import { isScript } from '../syntax/parse.js';
import { directoryOf, inFolder, isRecord, packageNameOf, readConfig, targetsOf } from '../syntax/resolve-specifier.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { specifiersOf } from '../syntax/specifiers.js';
import type { Workspace } from '../workspace.js';

/**
 * `import slugify from 'slugfiy'`: a package that no manifest names, one slip within the word away from exactly one that
 * the manifest in charge names; a module of a package, so alike to exactly one that other files import; or a package in place of the
 * one from which other files take the same names, where the diff put the one for the other.
 */
export const packageSpelling: Rule = {
  name: 'package-spelling',
  async propose(error, workspace) {
    const wrong = unresolvedSpecifierOf(error);
    const { file } = error;
    const text = file === undefined || !isScript(file) ? undefined : workspace.read(file);
    const name = wrong === undefined ? undefined : packageNameOf(wrong);
    if (file === undefined || text === undefined || wrong === undefined || name === undefined) return undefined;
    if (targetsOf(workspace, file, wrong).length > 0) return undefined;
    const declared = declaredFor(workspace, file);
    const known = declared.has(name)
      ? await modulesImported(workspace, name)
      : new Set([...declared].map((other) => other + wrong.slice(name.length)));
    const [near, another] = [...known].filter((other) => isInnerSlip(wrong, other));
    const isSpelling = near !== undefined && another === undefined && isSlip(wrong, near);
    const right = isSpelling ? near : near ? undefined : await findNamesake(workspace, { file, wrong, declared });
    if (right === undefined) return undefined;

    const uses = specifiersOf(await workspace.parse(file, text)).filter(({ specifier }) => specifier === wrong);
    const [first] = uses;
    if (!first) return undefined;
    const edits = uses.map(({ start, end }) => ({ start: start + 1, end: end - 1, text: right }));
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file}, line ${lineOf(text, first.start)}, imports \`${wrong}\`, which does not exist.`,
      change: isSpelling
        ? `Imports \`${right}\`, the only ${declared.has(name) ? 'module that other files import' : 'package of the manifest'} that is spelt so nearly alike.`
        : `Imports from \`${right}\`, from which other files take the same.`,
    };
  },
};

/** The only declared package from which other files take all that is asked of one that is not declared, by the same names. */
async function findNamesake(
  workspace: Workspace,
  { file, wrong, declared }: { readonly file: string; readonly wrong: string; readonly declared: ReadonlySet<string> },
): Promise<string | undefined> {
  if (declared.has(packageNameOf(wrong) ?? '') || workspace.partial) return undefined;
  const namesFrom = async (path: string) =>
    importsOf((await workspace.parse(path, workspace.read(path) ?? '')).program);
  const asked = (await namesFrom(file)).filter(({ specifier }) => specifier === wrong);
  if (asked.length === 0 || asked.some(({ imported }) => imported === '*' || imported === 'default')) return undefined;
  // It has all of it, but for what it calls `react-router/dom`: https://reactrouter.com/upgrading/v6
  if (isPartOfRouter(wrong, findNearestManifest(manifestsOf(workspace), file)?.dependencies))
    return asked.some(({ imported }) => imported === 'RouterProvider') ? undefined : 'react-router';
  const given = new Map<string, Set<string>>();
  for (const path of workspace.paths) {
    if (path === file || !isScript(path)) continue;
    for (const { specifier, imported } of await namesFrom(path))
      if (declared.has(specifier)) given.set(specifier, (given.get(specifier) ?? new Set()).add(imported));
  }
  const giver = soleGiverOf(
    asked.map(({ imported }) => imported),
    given,
  );
  return giver !== undefined && isExchanged(workspace, file, { wrong, giver }) ? giver : undefined;
}

/**
 * Whether the diff since the last READY deployment put the wrong package for the giver in this file, and did no more there, or the
 * giver for the wrong one in another: `useForm` and `Button` are words of many packages.
 */
function isExchanged(
  { changes }: Workspace,
  file: string,
  { wrong, giver }: { readonly wrong: string; readonly giver: string },
): boolean {
  const names = (lines: readonly string[], name: string) =>
    lines.some((line) => [`'${name}'`, `"${name}"`].some((quoted) => line.includes(quoted)));
  return changes.some(({ path, hunks = '' }) => {
    const on = (sign: string) => hunks.split('\n').filter((line) => line.startsWith(sign));
    const [removed, added] = [on('-'), on('+')];
    if (path !== file) return isScript(path) && names(removed, wrong) && names(added, giver);
    return removed.length === 1 && added.length === 1 && names(removed, giver) && names(added, wrong);
  });
}

/** What the manifests from the file's folder upwards name. */
function declaredFor(workspace: Workspace, file: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (let folder = directoryOf(file); ; folder = directoryOf(folder)) {
    const manifest = readConfig(workspace, inFolder(folder, 'package.json'));
    for (const list of [manifest?.dependencies, manifest?.devDependencies, manifest?.peerDependencies])
      for (const name of isRecord(list) ? Object.keys(list) : []) names.add(name);
    if (folder === '') return names;
  }
}

async function modulesImported(workspace: Workspace, name: string): Promise<ReadonlySet<string>> {
  const modules = new Set<string>();
  for (const path of workspace.paths) {
    const text = isScript(path) ? workspace.read(path) : undefined;
    if (!text?.includes(`${name}/`)) continue;
    for (const { specifier } of specifiersOf(await workspace.parse(path, text)))
      if (packageNameOf(specifier) === name) modules.add(specifier);
  }
  return modules;
}
