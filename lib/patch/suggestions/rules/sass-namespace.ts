import type { Rule } from '../rule.js';
import { type SassKind, type SassUse, sassName, sassOf, sassScope, sassUsesOf } from '../syntax/sass-names.js';
import { lineEnding, type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const UNKNOWN = /There is no module with (?:the )?namespace "([\w-]{1,80})"/;
const UNDEFINED = /\bUndefined (?:variable|mixin)\./;
/** https://sass-lang.com/documentation/modules */
const BUILT_IN = /^(?:color|list|map|math|meta|selector|string)$/;
const KINDS: readonly SassKind[] = ['variable', 'mixin', 'function'];

/**
 * `math.div()` without `@use 'sass:math'`, `v.$gap` where the sheet calls that module by another name, and `$gap` where the one module
 * that declares it needs its name before it since it is no `@import` any more.
 */
export const sassNamespace: Rule = {
  name: 'sass-namespace',
  async propose(error, workspace) {
    const { file, message } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    const sheet = file === undefined || text === undefined ? undefined : sassOf(file, text);
    if (file === undefined || text === undefined || sheet === undefined) return undefined;
    const namespace = UNKNOWN.exec(message)?.[1];
    if (namespace === undefined && !UNDEFINED.test(message)) return undefined;
    if (namespace !== undefined && BUILT_IN.test(namespace)) {
      const repaired = loadBuiltIn(text, sheet, namespace);
      return repaired === undefined
        ? undefined
        : {
            files: new Map([[file, repaired]]),
            cause: `${file} uses \`${namespace}\` of Sass without loading it.`,
            change: `Loads \`sass:${namespace}\`.`,
          };
    }
    const edits =
      namespace === undefined ? qualify(workspace, file, sheet) : rename(workspace, { file, sheet, namespace });
    if (edits === undefined || edits.length === 0) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file} uses what a module of Sass declares under a name that is not that module's.`,
      change: 'Writes the name by which the sheet loads the one module that declares it.',
    };
  },
};

/** Before the first rule of the sheet, where `@use` has to stand. */
function loadBuiltIn(text: string, sheet: string, name: string): string | undefined {
  const first = /@(?:use|forward)\s+(["'])/.exec(sheet);
  const at = first?.index ?? /\S/.exec(sheet)?.index;
  if (at === undefined || new RegExp(`sass:${name}\\b`).test(sheet)) return undefined;
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const indent = /^[^\S\n]*/.exec(text.slice(lineStart))?.[0] ?? '';
  if (text.slice(lineStart, at).trim() !== '') return undefined;
  const quote = first?.[1] ?? (text.includes('"') && !text.includes("'") ? '"' : "'");
  const ending = lineEnding(text);
  const gap = first ? '' : ending;
  return `${text.slice(0, lineStart)}${indent}@use ${quote}sass:${name}${quote};${ending}${gap}${text.slice(lineStart)}`;
}

/** All uses by a namespace that no module has, where one module alone declares all of what is used so. */
function rename(
  workspace: Workspace,
  { file, sheet, namespace }: { readonly file: string; readonly sheet: string; readonly namespace: string },
): Replacement[] | undefined {
  const uses = KINDS.flatMap((kind) => sassUsesOf(sheet, kind)).filter(
    // A mixin that is included with arguments looks like a function.
    (use, index, all) => use.namespace === namespace && all.findIndex(({ start }) => start === use.start) === index,
  );
  const [only, another] = modulesOf(workspace, file, sheet).filter((module) =>
    uses.every((use) => declares(module, use)),
  );
  if (only === undefined || another !== undefined || uses.length === 0) return undefined;
  return uses.map((use) => {
    const end = use.start - (use.kind === 'variable' ? 2 : 1);
    const start = end - namespace.length;
    return only.namespace === '' ? { start, end: end + 1, text: '' } : { start, end, text: only.namespace };
  });
}

interface Module {
  readonly namespace: string;
  readonly names: ReadonlyMap<SassKind, ReadonlySet<string>>;
}

/** What the sheet loads; none where one of them cannot be read. */
function modulesOf(workspace: Workspace, path: string, sheet: string): Module[] {
  const scopes = KINDS.map((kind) => [kind, sassScope(workspace, { path, sheet, kind })] as const);
  const namespaces = new Set(scopes.flatMap(([, scope]) => [...scope.keys()]));
  const modules = [...namespaces]
    .filter((name) => !BUILT_IN.test(name))
    .map((namespace) => ({
      namespace,
      names: new Map(scopes.map(([kind, scope]) => [kind, scope.get(namespace)])),
    }));
  return modules.flatMap(({ namespace, names }) => {
    const known = new Map<SassKind, ReadonlySet<string>>();
    for (const [kind, set] of names) if (set) known.set(kind, set);
    return known.size === KINDS.length ? [{ namespace, names: known }] : [];
  });
}

function declares({ names }: Module, { kind, name }: SassUse): boolean {
  return [...(names.get(kind) ?? [])].some((known) => sassName(known) === sassName(name));
}

/** Every name of the one module that declares it; functions as well, since Sass takes an unknown one for CSS. */
function qualify(workspace: Workspace, file: string, sheet: string): Replacement[] | undefined {
  const modules = modulesOf(workspace, file, sheet);
  const own = modules.find(({ namespace }) => namespace === '');
  const edits: Replacement[] = [];
  for (const use of [...KINDS.slice(0, 2).flatMap((kind) => sassUsesOf(sheet, kind)), ...callsIn(sheet)]) {
    if (use.namespace !== undefined || (own && declares(own, use))) continue;
    const [only, another] = modules.filter((module) => module !== own && declares(module, use));
    if (another) return undefined;
    const start = use.start - (use.kind === 'variable' ? 1 : 0);
    if (only) edits.push({ start, end: start, text: `${only.namespace}.` });
  }
  return edits;
}

/** Calls without a namespace, also of what is CSS. */
function callsIn(sheet: string): SassUse[] {
  return [...sheet.matchAll(/(?<![\w$.@%#-])(?<!@(?:include|mixin|function)\s{1,9})([A-Za-z_][\w-]*)(?=\()/g)].map(
    ({ index, 1: name = '' }) => ({
      kind: 'function',
      name,
      namespace: undefined,
      start: index,
      end: index + name.length,
    }),
  );
}
