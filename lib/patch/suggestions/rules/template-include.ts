import { askedTemplateOf, goesBy, includesIn, TEMPLATE, withoutEnding } from '../../../context/template-includes.js';
import type { Rule } from '../rule.js';
import { directoryOf, joinPath } from '../syntax/resolve-specifier.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { relativePath } from '../syntax/specifier-for.js';
import type { Workspace } from '../workspace.js';

/**
 * A template that another one includes by its path or by its name alone, and that the diff since the last READY deployment
 * gave another name: every template that asks for the old one follows.
 */
export const templateInclude: Rule = {
  name: 'template-include',
  async propose(error, workspace) {
    const asked = askedTemplateOf(error);
    const moved = asked === undefined || workspace.partial ? undefined : findMoved(workspace, asked);
    if (!moved || isNamedByScript(workspace, moved.before)) return undefined;
    const files = new Map<string, string>();
    const places: string[] = [];
    for (const path of workspace.paths) {
      const text = TEMPLATE.test(path) ? workspace.read(path) : undefined;
      if (text === undefined) continue;
      const edits = includesIn(path, text).flatMap((use): Replacement[] => {
        const now = newName(workspace, path, { ...moved, written: use.written });
        return now === undefined ? [] : [{ start: use.start, end: use.start + use.written.length, text: now }];
      });
      const [first] = edits;
      if (!first) continue;
      files.set(path, replaceRanges(text, edits));
      places.push(`${path}, line ${lineOf(text, first.start)}`);
    }
    const [place] = places;
    if (place === undefined) return undefined;
    return {
      files,
      cause: `${place}, includes ${moved.before}, which no longer stands there.`,
      change: `Includes ${moved.after}, as that template is called since the last good deployment.`,
    };
  },
};

interface Moved {
  readonly before: string;
  readonly after: string;
}

/** The only template that the diff renamed and that went by this name. */
function findMoved(workspace: Workspace, asked: string): Moved | undefined {
  const [only, another] = workspace.changes.flatMap(({ status, path, previousPath: before = '' }): Moved[] => {
    const isTemplate = TEMPLATE.test(before) && endingOf(before) === endingOf(path);
    return status === 'renamed' && isTemplate && goesBy(before, asked) ? [{ before, after: path }] : [];
  });
  return only && !another && !workspace.tree.some((path) => path === only.before) ? only : undefined;
}

/** A script that names the file or the partial means what it says. */
function isNamedByScript(workspace: Workspace, template: string): boolean {
  const name = template.slice(template.lastIndexOf('/') + 1);
  const words = new Set([name, withoutEnding(name)]);
  return workspace.paths.some((path) => {
    const text = /\.[cm]?[jt]s$/.test(path) ? (workspace.read(path) ?? '') : '';
    return [...text.matchAll(/(["'`])([^"'`\n]{1,200})\1/g)].some(([, , quoted = '']) =>
      words.has(quoted.slice(quoted.lastIndexOf('/') + 1)),
    );
  });
}

/** In the manner of the old one; undefined where something else is meant, or may be. */
function newName(
  workspace: Workspace,
  template: string,
  { before, after, written }: Moved & { readonly written: string },
): string | undefined {
  const hasEnding = written.endsWith(endingOf(before));
  const now = hasEnding ? after : withoutEnding(after);
  const folder = directoryOf(template);
  const beside = joinPath(folder, written);
  if (beside !== undefined && (beside === before || beside === withoutEnding(before))) {
    const relative = relativePath(folder, now);
    return written.startsWith('.') ? relative : relative.replace(/^\.\//, '');
  }
  if (written.startsWith('.') || !goesBy(before, written)) return undefined;
  if (workspace.tree.some((path) => TEMPLATE.test(path) && goesBy(path, written))) return undefined;
  const was = hasEnding ? before : withoutEnding(before);
  const root = was.slice(0, was.length - written.length);
  return now.startsWith(root) ? now.slice(root.length) : undefined;
}

function endingOf(path: string): string {
  return /\.\w+$/.exec(path)?.[0] ?? '';
}
