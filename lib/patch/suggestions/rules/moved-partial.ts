import type { FileChange } from '../../../context/source.js';
import type { Rule } from '../rule.js';
import { nearestManifest } from '../syntax/manifests-of.js';
import { findStyleElements } from '../syntax/mask-markup.js';
import { directoryOf, joinPath } from '../syntax/resolve-specifier.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { relativePath } from '../syntax/specifier-for.js';
import type { Workspace } from '../workspace.js';

const LOST = /Can't find stylesheet to import/;
const SHEET = /\.(?:scss|sass)$/;
const STYLED = /\.(?:scss|sass|vue|svelte|astro)$/;
const LOADED = /^[^\S\n]*@(use|forward|import)\s+(["'])([^"'\n]+)\2([^;\n]*)/gm;

/**
 * A sheet of Sass that the diff since the last READY deployment moved, and that still loads its neighbours from where it
 * stood; or one that loads a sheet which was moved.
 */
export const movedPartial: Rule = {
  name: 'moved-partial',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined || !STYLED.test(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || workspace.partial || !LOST.test(error.message)) return undefined;
    const edits = editsOf(workspace, file, text);
    // Of a component, the place may be counted from where its style begins.
    const isAtFault = edits.some(
      ({ start }) => error.line === undefined || !SHEET.test(file) || lineOf(text, start) === error.line,
    );
    const [first] = edits;
    if (!first || !isAtFault) return undefined;
    const others = workspace.paths.flatMap((path) => {
      const other = path === file || !STYLED.test(path) ? undefined : workspace.read(path);
      const follow = other === undefined ? [] : editsOf(workspace, path, other);
      return other === undefined || follow.length === 0 ? [] : [[path, replaceRanges(other, follow)] as const];
    });
    return {
      files: new Map([[file, replaceRanges(text, edits)], ...others]),
      cause: `${file}, line ${lineOf(text, first.start)}, names a sheet by a way that leads there no longer.`,
      change: `Names it \`${first.text}\`, as the two files lie since the last good deployment${others.length > 0 ? ', and so where else it is loaded' : ''}.`,
    };
  },
};

function editsOf(workspace: Workspace, file: string, text: string): Replacement[] {
  const styles = SHEET.test(file) ? [{ start: 0, end: text.length }] : findStyleElements(text);
  return [...text.matchAll(LOADED)].flatMap((match) => {
    if (!styles.some(({ start, end }) => start <= match.index && match.index < end)) return [];
    const [whole, rule = '', , specifier = '', rest = ''] = match;
    const now = newSpecifier(workspace, file, specifier);
    // Without a name of its own, a module is called by the last part of its path.
    const keepsName = rule !== 'use' || /\bas\b/.test(rest) || nameOf(now ?? '') === nameOf(specifier);
    if (now === undefined || !keepsName) return [];
    const start = match.index + whole.length - rest.length - 1 - specifier.length;
    return [{ start, end: start + specifier.length, text: now }];
  });
}

/** Undefined where the sheet is found as it is, and where the diff does not say which it is. */
function newSpecifier(workspace: Workspace, file: string, specifier: string): string | undefined {
  if (/^(?:sass:|pkg:|https?:|~|\/)/.test(specifier)) return undefined;
  const folder = directoryOf(file);
  if (spellingsOf(folder, specifier).some((path) => workspace.exists(path))) return undefined;
  const renamed = workspace.changes.filter(({ status }) => status === 'renamed');
  const home = renamed.find(({ path }) => path === file)?.previousPath;
  const before = spellingsOf(directoryOf(home ?? file), specifier);
  const targets = before.flatMap((path) =>
    workspace.exists(path)
      ? [path]
      : renamed.flatMap(({ previousPath, path: now }) => (previousPath === path && SHEET.test(now) ? [now] : [])),
  );
  const [target, another] = new Set(targets);
  if (target === undefined || another !== undefined) return undefined;
  // A sheet of that name which came with the change may be meant as well.
  const last = target.slice(target.lastIndexOf('/') + 1);
  const isRival = ({ status, path }: FileChange) => status === 'added' && path.endsWith(`/${last}`);
  // Another package is asked for by its name.
  if (nearestManifest(workspace, target) !== nearestManifest(workspace, file)) return undefined;
  if (/\.module\.\w+$/.test(target) || workspace.changes.some(isRival)) return undefined;
  const bare = target.replace(/\/_?index\.(?:scss|sass)$/, '').replace(/(^|\/)_([^/]+)$/, '$1$2');
  const ending = /\.(?:scss|sass|css)$/.test(specifier) ? '' : /\.(?:scss|sass)$/;
  const path = relativePath(folder, bare.replace(ending, ''));
  return specifier.startsWith('.') ? path : path.replace(/^\.\/(?!\.)/, '');
}

function nameOf(specifier: string): string {
  return specifier
    .replace(/^.*\//, '')
    .replace(/^_/, '')
    .replace(/\.\w+$/, '');
}

/** The files that a specifier may stand for: https://sass-lang.com/documentation/at-rules/use/#partials */
function spellingsOf(folder: string, specifier: string): string[] {
  const target = joinPath(folder, specifier);
  if (target === undefined) return [];
  const name = target.slice(target.lastIndexOf('/') + 1);
  const start = target.slice(0, target.length - name.length);
  const own = ['', '_'].flatMap((sign) => ['', '.scss', '.sass'].map((ending) => start + sign + name + ending));
  const inside = ['', '_'].flatMap((sign) => ['.scss', '.sass'].map((ending) => `${target}/${sign}index${ending}`));
  return [...own, ...inside];
}
