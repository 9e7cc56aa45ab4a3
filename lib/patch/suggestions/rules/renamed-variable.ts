import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { findRename } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { offsetOf, replaceRanges } from '../syntax/source-text.js';
import { stoodBeside } from '../syntax/stood-beside.js';
import type { Workspace } from '../workspace.js';

const UNDEFINED_VARIABLE = /Undefined variable|[Vv]ariable (@[\w-]+) is undefined/;
const SHEET = /\.(?:scss|sass|less)$/;
const COMPONENT = /\.(?:vue|svelte|astro)$/;

/**
 * A variable of Sass or Less that the diff since the last READY deployment renamed where it is declared; stylesheets and
 * the style elements of components follow.
 */
export const renamedVariable: Rule = {
  name: 'renamed-variable',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    const match = UNDEFINED_VARIABLE.exec(error.message);
    if (file === undefined || text === undefined || !match) return undefined;
    const name = match[1] ?? nameAt(text, error);
    if (name === undefined || !usesOf(file, text, name).length) return undefined;
    const sign = name.slice(0, 1);
    const styles = workspace.paths.filter((path) => SHEET.test(path) || COMPONENT.test(path));
    const declares = (wanted: string) =>
      styles.filter((path) => SHEET.test(path) && declaration(wanted).test(workspace.read(path) ?? ''));
    const answers = new Set(
      workspace.changes.flatMap(({ path }) => {
        // In Sass the sign belongs to the name, in Less it is a mark before it.
        const now = SHEET.test(path) ? findRename(workspace, path, sign === '$' ? name : name.slice(1)) : undefined;
        return now === undefined ? [] : [sign === '$' ? now : sign + now];
      }),
    );
    const [now, another] = answers;
    if (now === undefined || another !== undefined || declares(now).length !== 1 || declares(name).length > 0)
      return undefined;

    const bare = (variable: string) => (sign === '$' ? variable : variable.slice(1));
    for (const { path } of workspace.changes)
      if (await stoodBeside(workspace, path, { before: bare(name), after: bare(now) })) return undefined;

    const files = new Map<string, string>();
    for (const path of styles) {
      const content = workspace.read(path) ?? '';
      if (path !== file && loadsPackage(workspace, content)) continue;
      const uses = usesOf(path, content, name).map((start) => ({
        start,
        end: start + name.length - 1,
        text: now.slice(1),
      }));
      if (uses.length > 0) files.set(path, replaceRanges(content, uses));
    }
    return {
      files,
      cause: `\`${name}\` is called \`${now}\` since the last good deployment, and is still used by its old name.`,
      change: `Writes \`${now}\` wherever the old name is used.`,
    };
  },
};

/** Whether a sheet loads another one that is none of the repository's, which may declare the variable too. */
function loadsPackage({ tree }: Workspace, content: string): boolean {
  return [...content.matchAll(/@(?:use|import|forward)\s+(?:\([\w, ]*\)\s*)?["'](?!sass:)([^"'\n]+)["']/g)].some(
    ([, specifier = '']) => {
      const name = (/[^/]+$/.exec(specifier)?.[0] ?? '').replace(/\.\w+$/, '');
      return !tree.some((path) =>
        new RegExp(
          `(?:^|/)(?:_?${escapePattern(name)}\\.(?:scss|sass|less|css)$|${escapePattern(name)}/_?index\\.)`,
        ).test(path),
      );
    },
  );
}

/** Sass names the place alone; it allows `module.$name`, and points at the module. */
function nameAt(text: string, { line, column }: BuildError): string | undefined {
  if (line === undefined) return undefined;
  const at = offsetOf(text, line, column) ?? 0;
  return /^(?:[\w-]+\.)?(\$[A-Za-z_][\w-]*)/.exec(text.slice(at, at + 120))?.[1];
}

/** Where the name stands without its sign: `$name`, `@name`, `@{name}`. */
function usesOf(path: string, text: string, name: string): number[] {
  const word = escapePattern(name.slice(1));
  const before = name.startsWith('$') ? '(?<=\\$)' : '(?<![\\w@]@)(?<=@|@\\{)';
  return [...text.matchAll(new RegExp(`${before}${word}(?![\\w-])`, 'g'))]
    .map(({ index }) => index)
    .filter((at) => SHEET.test(path) || isInStyle(text, at));
}

/** Whether a place of a component lies between `<style>` and `</style>`, in a language that has such variables. */
function isInStyle(text: string, at: number): boolean {
  const start = text.lastIndexOf('<style', at);
  return (
    start > text.lastIndexOf('</style', at) && /^<style\b[^>]*\blang=["'](?:scss|sass|less)/.test(text.slice(start))
  );
}

const declaration = (name: string) => new RegExp(`(?:^|[;{}\\s])${escapePattern(name)}\\s*:`, 'm');
