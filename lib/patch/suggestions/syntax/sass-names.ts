import type { Workspace } from '../workspace.js';
import { directoryOf, joinPath, targetsOf } from './resolve-specifier.js';

export type SassKind = 'variable' | 'mixin' | 'function';

/** One place where a style sheet uses what it or a module of its declares. */
export interface SassUse {
  readonly kind: SassKind;
  readonly name: string;
  /** Of `t.$moss`. */
  readonly namespace: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** What a sheet may use: by namespace, the empty one for what needs none. Undefined where a module cannot be read. */
export type SassScope = ReadonlyMap<string, ReadonlySet<string> | undefined>;

/** A style sheet, or the style elements of a component with all else blanked; undefined for other languages. */
export function sassOf(path: string, text: string): string | undefined {
  if (path.endsWith('.scss')) return blankComments(text);
  if (!/\.(?:vue|svelte|astro)$/.test(path)) return undefined;
  let sheet = '';
  let end = 0;
  for (const { index, 0: whole, 1: inner = '' } of text.matchAll(
    /<style\b[^>]*\blang=["']scss["'][^>]*>([\s\S]*?)<\/style>/g,
  )) {
    const start = index + whole.indexOf('>') + 1;
    sheet += blank(text.slice(end, start)) + inner;
    end = start + inner.length;
  }
  return end === 0 ? undefined : blankComments(sheet + blank(text.slice(end)));
}

/** Names alike for Sass: it takes a dash and an underscore for the same. */
export function sassName(name: string): string {
  return name.replaceAll('_', '-');
}

const USES: readonly (readonly [SassKind, RegExp])[] = [
  ['variable', /(?:(?<![\w$.-])(?<namespace>[A-Za-z_][\w-]*)\.)?\$(?<name>[A-Za-z_][\w-]*)/g],
  ['mixin', /@include\s+(?:(?<namespace>[A-Za-z_][\w-]*)\.)?(?<name>[A-Za-z_][\w-]*)/g],
  ['function', /(?<![\w$.-])(?<namespace>[A-Za-z_][\w-]*)\.(?<name>[A-Za-z_][\w-]*)(?=\()/g],
];

export function sassUsesOf(sheet: string, kind: SassKind): SassUse[] {
  const pattern = USES.find(([other]) => other === kind)?.[1];
  return [...(pattern === undefined ? [] : sheet.matchAll(pattern))].flatMap(({ index, 0: whole, groups }) => {
    const { name = '', namespace } = groups ?? {};
    const end = index + whole.length;
    // `$name: value` declares or passes.
    if (kind === 'variable' && /^\s*:(?!:)/.test(sheet.slice(end, end + 40))) return [];
    return [{ kind, name, namespace, start: end - name.length, end }];
  });
}

/** The names that a sheet declares anywhere, parameters and counters of loops among them. */
function declaredIn(sheet: string, kind: SassKind): string[] {
  if (kind !== 'variable')
    return [...sheet.matchAll(new RegExp(`@${kind}\\s+([A-Za-z_][\\w-]*)`, 'g'))].map((match) => match[1] ?? '');
  const assigned = [...sheet.matchAll(/(?<=^|[;{}])\s*\$([A-Za-z_][\w-]*)\s*:/g)].map((match) => match[1] ?? '');
  const headers = [...sheet.matchAll(/@(?:mixin|function|each|for)\s[^{]*|\busing\s*\([^)]*\)/g)].map(
    ([header]) => header,
  );
  return [
    ...assigned,
    ...headers.flatMap((header) => [...header.matchAll(/\$([A-Za-z_][\w-]*)/g)].map((match) => match[1] ?? '')),
  ];
}

const REFERENCE = /@(?<rule>use|forward|import)\s+(?<list>["'][^"']+["'](?:\s*,\s*["'][^"']+["'])*)(?<rest>[^;}]*)/g;

export function sassScope(
  workspace: Workspace,
  { path, sheet, kind }: { readonly path: string; readonly sheet: string; readonly kind: SassKind },
): SassScope {
  const scope = new Map<string, ReadonlySet<string> | undefined>([['', new Set(declaredIn(sheet, kind))]]);
  for (const { rule, specifier, rest } of referencesIn(sheet)) {
    if (rule === 'forward') continue;
    const namespace = rule === 'import' ? '' : namespaceOf(specifier, rest);
    const names = exportedBy(workspace, { importer: path, specifier, kind }, new Set());
    const known = scope.has(namespace) ? scope.get(namespace) : new Set<string>();
    scope.set(namespace, known && names && new Set([...known, ...names]));
  }
  return scope;
}

export function namespaceOf(specifier: string, rest: string): string {
  const alias = /^\s*as\s+([\w*-]+)/.exec(rest)?.[1];
  if (alias !== undefined) return alias === '*' ? '' : alias;
  return (specifier.split(/[/:]/).pop() ?? '').replace(/^_/, '').replace(/\.\w+$/, '');
}

/** What a module hands on: its own top level and what it forwards or imports. Undefined where that cannot be read. */
function exportedBy(
  workspace: Workspace,
  { importer, specifier, kind }: { readonly importer: string; readonly specifier: string; readonly kind: SassKind },
  seen: Set<string>,
): ReadonlySet<string> | undefined {
  const path = resolveSheet(workspace, importer, specifier);
  const text = path === undefined ? undefined : workspace.read(path);
  const sheet = path === undefined || text === undefined ? undefined : sassOf(path, text);
  if (path === undefined || sheet === undefined) return undefined;
  if (seen.has(path)) return new Set();
  seen.add(path);
  const names = new Set(declaredIn(topLevel(sheet), kind).filter((name) => !/^[-_]/.test(name)));
  for (const { rule, specifier: next, rest } of referencesIn(sheet)) {
    if (rule === 'use') continue;
    const further = exportedBy(workspace, { importer: path, specifier: next, kind }, seen);
    // Where names are shown, hidden or prefixed, what is left of them is not worked out here.
    if (!further || /\b(?:show|hide|as)\b/.test(rest)) return undefined;
    for (const name of further) names.add(name);
  }
  return names;
}

function referencesIn(sheet: string) {
  return [...sheet.matchAll(REFERENCE)].flatMap(({ groups }) =>
    [...(groups?.list ?? '').matchAll(/["']([^"']+)["']/g)].map(([, specifier = '']) => ({
      rule: groups?.rule ?? '',
      specifier,
      rest: groups?.rest ?? '',
    })),
  );
}

const ENDINGS = ['', '.scss', '/_index.scss', '/index.scss'];

export function resolveSheet(workspace: Workspace, importer: string, specifier: string): string | undefined {
  const relative = joinPath(directoryOf(importer), specifier);
  const targets = [relative, ...targetsOf(workspace, importer, specifier.replace(/^~(?!\/)/, ''))];
  for (const target of targets) {
    if (target === undefined) continue;
    const partial = target.replace(/[^/]*$/, '_$&');
    const found = ENDINGS.flatMap((ending) => [partial + ending, target + ending]).find((path) =>
      workspace.exists(path),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A sheet without what stands in braces, so without what is local to a rule, a mixin or a function. */
export function topLevel(sheet: string): string {
  let depth = 0;
  return sheet.replace(/[{}]|[^{}]+/g, (part) => {
    if (part === '{') return depth++ === 0 ? '{' : '';
    if (part === '}') return --depth === 0 ? '}' : '';
    return depth > 0 ? '' : part;
  });
}

function blankComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g, blank);
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
