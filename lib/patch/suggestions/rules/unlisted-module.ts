import { escapePattern } from '../../../context/word-pattern.js';
import { missingExportOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { exportsOf } from '../syntax/exports.js';
import { formerText } from '../syntax/former-text.js';
import { isKeptInside } from '../syntax/kept-inside.js';
import { isScript, type ParsedSource, parseSource } from '../syntax/parse.js';
import { insertPassedOn, listPassedOn, type PassedOn } from '../syntax/passed-on-modules.js';
import { directoryOf, joinPath, readConfig, resolveSpecifier } from '../syntax/resolve-specifier.js';
import { specifierFor } from '../syntax/specifier-for.js';
import { specifiersOf } from '../syntax/specifiers.js';
import type { Workspace } from '../workspace.js';
import { modulesOf } from './missing-export.js';
import { isBroughtBy } from './moved-export.js';

/**
 * A module that passes on those beside it, and not the one that has the name which others take from it: that one is passed
 * on too, in the form of the others. It is the only module of the folder that exports the name.
 */
export const unlistedModule: Rule = {
  name: 'unlisted-module',
  async propose(error, workspace) {
    const missing = missingExportOf(error);
    if (!missing || missing.name === 'default' || workspace.partial) return undefined;
    const [index, another] = await modulesOf(workspace, error, missing);
    const text = index === undefined || !isScript(index) ? undefined : workspace.read(index);
    if (index === undefined || another !== undefined || text === undefined) return undefined;
    const source = await workspace.parse(index, text);
    const lines = listPassedOn(workspace, index, source);
    if (source.errors.length > 0 || lines.length === 0) return undefined;
    const listed = await exportsOf(workspace, index);
    if (!listed?.complete || listed.names.has(missing.name)) return undefined;

    const bearer = await findBearer(workspace, { index, name: missing.name, lines });
    if (!bearer || (await isReplaced(workspace, { index, text, name: missing.name, bearer }))) return undefined;
    if (await hasOwnEntry(workspace, index, bearer.path)) return undefined;
    if (isKeptInside(workspace.read(bearer.path) ?? '', missing.name)) return undefined;
    const line = await writeLine(workspace, { index, listed: listed.names, lines, ...missing, bearer });
    if (line === undefined) return undefined;
    return {
      files: new Map([[index, insertPassedOn(text, lines, line)]]),
      cause: `${index} passes on the modules beside it, and not ${bearer.path}, which has \`${missing.name}\`.`,
      change: `Passes it on as the others, since ${error.file ?? 'another file'} takes \`${missing.name}\` from there.`,
    };
  },
};

/**
 * Whether the diff put another line in the place of one: then the name may be what has to change. Not where the line only
 * lost the name, which the diff moved to another module.
 */
async function isReplaced(
  workspace: Workspace,
  { index, text, name, bearer }: { index: string; text: string; name: string; bearer: Bearer },
): Promise<boolean> {
  const change = workspace.changes.find(({ path }) => path === index);
  if (!change || !/^\+/m.test(change.hunks ?? '')) return false;
  const before = formerText(text, change);
  if (before === undefined) return true;
  const [former, now] = [await parseSource(index, before), await workspace.parse(index, text)];
  const known = new Set(passesOn(former).map(({ key }) => key));
  if (former.errors.length > 0 || passesOn(now).some(({ key }) => !known.has(key))) return true;
  const homes = passesOn(former).flatMap((entry) =>
    entry.name === name ? (resolveSpecifier(workspace, index, entry.specifier) ?? []) : [],
  );
  const [home, another] = homes;
  if (home === undefined || another !== undefined || home === bearer.path) return true;
  const left = await exportsOf(workspace, home);
  const isLost = isScript(home) && left?.complete === true && !left.names.has(name);
  return !isLost || !hasLost(workspace, home, name) || !isBroughtBy(workspace, bearer.path, name);
}

/** What a module passes on, and all else that it exports. */
function passesOn({ module }: ParsedSource) {
  return module.staticExports.flatMap(({ entries }) =>
    entries.map(({ exportName, moduleRequest }) => {
      const [name, specifier] = [exportName.name ?? `(${exportName.kind})`, moduleRequest?.value ?? ''];
      return { name, specifier, key: `${name} ${specifier}` };
    }),
  );
}

function hasLost({ changes }: Workspace, path: string, name: string): boolean {
  const hunks = changes.find((change) => change.path === path)?.hunks ?? '';
  return new RegExp(`^-.*(?<![\\w$])${escapePattern(name)}(?![\\w$])`, 'm').test(hunks);
}

interface Bearer {
  readonly path: string;
  readonly isDefault: boolean;
  readonly isType: boolean;
}

const NOT_FOR_OTHERS =
  /(?:^|\/)(?:__tests__|__mocks__|tests?|internal|_[^/]*)\/|\.(?:test|spec|stories|config|server|d)\.\w+$/;

/** The only module of the folder, and not of packages inside it, that has the name. */
async function findBearer(
  workspace: Workspace,
  { index, name, lines }: { readonly index: string; readonly name: string; readonly lines: readonly PassedOn[] },
): Promise<Bearer | undefined> {
  const folder = directoryOf(index);
  const found: Bearer[] = [];
  const inDefault = lines.every(({ form }) => form === 'default');
  for (const path of workspace.tree) {
    if (path === index || !isScript(path) || (folder !== '' && !path.startsWith(`${folder}/`))) continue;
    if (NOT_FOR_OTHERS.test(path.slice(folder.length))) continue;
    if (workspace.read(path) === undefined) return undefined;
    const exported = await exportsOf(workspace, path);
    if (exported?.names.has(name)) found.push({ path, isDefault: false, isType: exported.types.has(name) });
    else if (inDefault && exported?.names.has('default') && namedBy(path) === name)
      found.push({ path, isDefault: true, isType: false });
  }
  // A module that passes on another of these has the name from there.
  const own: Bearer[] = [];
  for (const bearer of found) if (!(await takesFrom(workspace, bearer.path, found))) own.push(bearer);
  const [only, another] = own;
  const depth = (path: string) =>
    path
      .slice(folder.length)
      .replace(/\/index\.\w+$/, '')
      .split('/').length;
  const deepest = Math.max(...lines.map(({ target }) => depth(target)));
  return only && !another && depth(only.path) <= deepest ? only : undefined;
}

/** Whether others reach the module by another way, by which the name may be meant. */
async function hasOwnEntry(workspace: Workspace, index: string, path: string): Promise<boolean> {
  const folder = directoryOf(index);
  const text = workspace.read(path) ?? '';
  if (/["']server-only["']/.test(text)) return true;
  for (const other of workspace.paths) {
    if (folder !== '' && other.startsWith(`${folder}/`)) continue;
    const outside = workspace.read(other) ?? '';
    if (/(?:^|\/)package\.json$/.test(other) && isEntryOf(workspace, other, path)) return true;
    if (!isScript(other) || !outside.includes(namedBy(path))) continue;
    const uses = specifiersOf(await workspace.parse(other, outside));
    if (uses.some(({ specifier }) => resolveSpecifier(workspace, other, specifier) === path)) return true;
  }
  return false;
}

function isEntryOf(workspace: Workspace, manifest: string, path: string): boolean {
  const entries = JSON.stringify(readConfig(workspace, manifest)?.exports ?? '');
  return [...entries.matchAll(/"(\.\/[^"*]{1,200})"/g)].some(
    ([, entry = '']) => joinPath(directoryOf(manifest), entry) === path,
  );
}

function namedBy(path: string): string {
  return /([^/]+?)(?:\/index)?\.\w+$/.exec(path)?.[1] ?? '';
}

async function takesFrom(workspace: Workspace, path: string, others: readonly Bearer[]): Promise<boolean> {
  const uses = specifiersOf(await workspace.parse(path, workspace.read(path) ?? ''));
  const targets = uses.map(({ specifier }) => resolveSpecifier(workspace, path, specifier));
  const { module } = await workspace.parse(path, workspace.read(path) ?? '');
  const passesOn = module.staticExports.some(({ entries }) => entries.some(({ moduleRequest }) => moduleRequest));
  return passesOn && others.some((other) => other.path !== path && targets.includes(other.path));
}

async function writeLine(
  workspace: Workspace,
  {
    index,
    name,
    bearer,
    lines,
    listed,
  }: {
    readonly index: string;
    readonly name: string;
    readonly bearer: Bearer;
    readonly lines: readonly PassedOn[];
    readonly listed: ReadonlySet<string>;
  },
): Promise<string | undefined> {
  const [sample] = lines;
  if (!sample) return undefined;
  const specifier = specifierFor(workspace, index, { path: bearer.path, like: sample.specifier });
  if (specifier === undefined || resolveSpecifier(workspace, index, specifier) !== bearer.path) return undefined;
  const from = `from ${sample.quote}${specifier}${sample.quote}`;
  if (lines.every(({ form }) => form === 'all')) {
    // What two modules have is passed on from neither.
    const own = await exportsOf(workspace, bearer.path);
    const isClear = own?.complete && [...own.names].every((other) => other === 'default' || !listed.has(other));
    return isClear && !bearer.isDefault ? `export * ${from}` : undefined;
  }
  const named = bearer.isDefault ? `default as ${name}` : name;
  return `export ${bearer.isType ? 'type ' : ''}{ ${named} } ${from}`;
}
