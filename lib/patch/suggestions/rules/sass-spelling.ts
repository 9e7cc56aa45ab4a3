import { stoodBefore } from '../changed-words.js';
import { findTwin } from '../distance.js';
import type { Rule } from '../rule.js';
import { type SassKind, type SassUse, sassName, sassOf, sassScope, sassUsesOf } from '../syntax/sass-names.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const UNDEFINED = /\bUndefined (variable|mixin|function)\./;

/**
 * `t.$mos`: a variable, mixin or function of Sass that nothing declares, one slip away from exactly one that the sheet or
 * the modules it uses declare.
 */
export const sassSpelling: Rule = {
  name: 'sass-spelling',
  async propose(error, workspace) {
    const { file, line } = error;
    const kind = UNDEFINED.exec(error.message)?.[1] as SassKind | undefined;
    const text = file === undefined ? undefined : workspace.read(file);
    const sheet = file === undefined || text === undefined ? undefined : sassOf(file, text);
    if (file === undefined || text === undefined || kind === undefined || sheet === undefined) return undefined;

    const unknown = findUnknown(workspace, file, { sheet, kind });
    const onLine = unknown.filter(({ use }) => lineOf(text, use.start) === line);
    // The lines of a component's style element are counted from where it begins.
    const candidates = onLine.length > 0 || (line !== undefined && file.endsWith('.scss')) ? onLine : unknown;
    const [wrong] = candidates;
    if (!wrong || candidates.some(({ use }) => use.name !== wrong.use.name)) return undefined;
    const { name, namespace } = wrong.use;
    const right = stoodBefore(workspace, name) ? undefined : findTwin(name, wrong.known);
    if (right === undefined) return undefined;
    const same = unknown.filter(({ use }) => use.name === name && use.namespace === namespace);
    return {
      files: new Map([
        [
          file,
          replaceRanges(
            text,
            same.map(({ use }) => ({ ...use, text: right })),
          ),
        ],
      ]),
      cause: `The ${kind} \`${name}\` in ${file}, line ${lineOf(text, wrong.use.start)}, is declared nowhere.`,
      change: `Writes \`${right}\`, the one ${kind} there that is spelt so nearly alike.`,
    };
  },
};

function findUnknown(
  workspace: Workspace,
  file: string,
  { sheet, kind }: { readonly sheet: string; readonly kind: SassKind },
): { readonly use: SassUse; readonly known: ReadonlySet<string> }[] {
  const scope = sassScope(workspace, { path: file, sheet, kind });
  return sassUsesOf(sheet, kind).flatMap((use) => {
    const known = scope.get(use.namespace ?? '');
    const isKnown = known && [...known].some((name) => sassName(name) === sassName(use.name));
    return known && !isKnown ? [{ use, known }] : [];
  });
}
