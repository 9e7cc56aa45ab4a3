import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { findNearPaths } from '../syntax/near-paths.js';
import { isScript } from '../syntax/parse.js';
import { directoryOf, inFolder, joinPath, resolveSpecifier, targetsOf } from '../syntax/resolve-specifier.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const LOST = [
  /ENOENT: no such file or directory, open '([^']+)'/,
  /Failed to resolve (\S+) from /,
  /Cannot read file '([^']+)'/,
  /File '([^']+)' not found/,
  /Cannot resolve entry module "?([^\s"]+)|resolve entry module "([^"]+)"/,
];
const REFERRING = /\.(?:html|css|scss|sass|less|pcss|vue|svelte|astro|[cm]?[jt]sx?)$|(?:^|\/)tsconfig[\w.-]*\.json$/;
const SETTINGS = /(?:^|\/)(?:tsconfig[\w.-]*\.json|vite\.config\.\w+|rollup\.config\.\w+)$/;
const SHEET_LOST = /Can't find stylesheet to import/;

/**
 * A path that is no import of a script: an entry or stylesheet of an HTML page, an `@import`, `@use` or `url()`, an
 * asset of a template, a local font, a configuration that another extends. Wrong in case alone or by one slip, and the
 * tree holds exactly one such file.
 */
export const referencePath: Rule = {
  name: 'reference-path',
  async propose(error, workspace) {
    if (workspace.partial) return undefined;
    const repaired: { readonly file: string; readonly text: string; readonly was: string; readonly is: string }[] = [];
    for (const file of filesOf(error, workspace)) {
      const text = workspace.read(file);
      if (text === undefined) continue;
      for (const specifier of specifiersIn(error, { file, text })) {
        const places = placesOf(text, specifier);
        const targets = places.length === 0 ? [] : targetsFrom(workspace, file, specifier);
        const isFound = isScript(file) && resolveSpecifier(workspace, file, specifier) !== undefined;
        if (isFound || targets.some((target) => leadsToFile(workspace, file, target))) continue;
        for (const is of new Set(targets.flatMap((target) => nearPaths(workspace, file, { specifier, target })))) {
          const edits = places.map((place) => ({ ...place, text: is }));
          repaired.push({ file, text: replaceRanges(text, edits), was: specifier, is });
        }
      }
    }
    const [only, another] = repaired;
    if (!only || another) return undefined;
    const { file, was, is } = only;
    const line = lineOf(only.text, only.text.indexOf(is));
    return {
      files: new Map([[file, only.text]]),
      cause: `${file}, line ${line}, names \`${was}\`, which does not exist.`,
      change: `Names \`${is}\`, the only file of the repository with so similar a path.`,
    };
  },
};

/** The file at fault; where the log names none of the tree, those that may hold such a path. */
function filesOf({ file }: BuildError, workspace: Workspace): readonly string[] {
  if (file !== undefined && workspace.exists(file)) return REFERRING.test(file) ? [file] : [];
  const isBelow = (path: string) => file !== undefined && path.startsWith(`${file}/`) && /\.[jt]sx?$/.test(path);
  return workspace.paths.filter((path) => (file === undefined ? SETTINGS.test(path) : isBelow(path)));
}

/** The path as the file writes it: as the log does, or as it stands in the line that the log names. */
function specifiersIn(error: BuildError, { file, text }: { readonly file: string; readonly text: string }): string[] {
  if (SHEET_LOST.test(error.message)) {
    const line = text.split('\n')[(error.line ?? 0) - 1] ?? '';
    return /@(?:use|forward|import)\s+['"]([^'":]+)['"]/.exec(line)?.slice(1) ?? [];
  }
  const named = LOST.map((pattern) => pattern.exec(error.message)?.slice(1).find(Boolean));
  const lost = [...named, unresolvedSpecifierOf(error)].filter((path) => path !== undefined);
  if (file === error.file || !SETTINGS.test(file)) return [...new Set(lost)];
  const written = [...text.matchAll(/["']([^"'\n]+\.\w+)["']/g)].map(([, path = '']) => path);
  const isLost = (path: string) => joinPath(directoryOf(file), path);
  return [...new Set(written)].filter((path) => lost.some((other) => isSamePath(other, isLost(path))));
}

/** Logs name files of the build machine by their whole path. */
function isSamePath(logged: string, path: string | undefined): boolean {
  return path !== undefined && logged.replace(/^(?:\/vercel\/path\d+)?\/|^\.\//, '') === path;
}

function placesOf(text: string, specifier: string): { readonly start: number; readonly end: number }[] {
  const places: { readonly start: number; readonly end: number }[] = [];
  for (let at = text.indexOf(specifier); at >= 0; at = text.indexOf(specifier, at + 1)) {
    const end = at + specifier.length;
    if (/["'`(=]/.test(text[at - 1] ?? '') && /["'`)?#]/.test(text[end] ?? '')) places.push({ start: at, end });
  }
  return places;
}

/** Where the path may lead: from its file, or from the folders that a server's root stands for. */
function targetsFrom(workspace: Workspace, file: string, specifier: string): string[] {
  const bare = specifier.replace(/[?#].*$/, '');
  const folder = directoryOf(file);
  if (bare.startsWith('/'))
    return file.endsWith('.html') ? [inFolder(folder, bare.slice(1)), inFolder(folder, `public${bare}`)] : [];
  const relative = joinPath(folder, bare);
  if (bare.startsWith('.')) return relative === undefined ? [] : [relative];
  const aliased = targetsOf(workspace, file, bare);
  return aliased.length > 0 || relative === undefined || /^[@~]/.test(bare) ? aliased : [relative];
}

const SASS = /\.(?:scss|sass)$/;
const SASS_ENDINGS = ['', '.scss', '.sass', '.css', '/_index.scss', '/index.scss'];

function leadsToFile(workspace: Workspace, file: string, target: string): boolean {
  if (!SASS.test(file)) return workspace.exists(target);
  return SASS_ENDINGS.some(
    (ending) => workspace.exists(target + ending) || workspace.exists(asPartial(target) + ending),
  );
}

function nearPaths(
  workspace: Workspace,
  file: string,
  { specifier, target }: { readonly specifier: string; readonly target: string },
): string[] {
  if (!SASS.test(file)) return findNearPaths(workspace, specifier, target, ['']);
  const isPartial = (path: string) => /(?:^|\/)_[^/]*$/.test(path);
  const whole = findNearPaths(workspace, specifier, target, SASS_ENDINGS);
  const partials = findNearPaths(workspace, asPartial(specifier), asPartial(target), SASS_ENDINGS);
  return [
    ...whole.filter((path) => isPartial(path) === isPartial(specifier)),
    ...partials.filter(isPartial).map((path) => path.replace(/_(?=[^/]*$)/, '')),
  ];
}

/** Sass finds `_colours.scss` by `colours`. */
function asPartial(path: string): string {
  return path.replace(/[^/]*$/, '_$&');
}
