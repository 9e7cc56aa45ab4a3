import { listRenames } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { formerText } from '../syntax/former-text.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';
import { placeOfValue, wrongValueOf } from '../wrong-value.js';

/**
 * `tone="alert"` where the type allows `'calm' | 'warning'`: a value that the diff since the last READY deployment
 * replaced, in the file that lists the values, by exactly one that is allowed now.
 */
export const renamedValue: Rule = {
  name: 'renamed-value',
  async propose(error, workspace) {
    const wrong = await wrongValueOf(error, workspace);
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (!wrong || file === undefined || text === undefined) return undefined;
    const { received, allowed } = wrong;
    const renames = findRenames(workspace, received).filter(
      ({ path, after }) =>
        allowed.includes(after) &&
        listsValues(workspace.read(path) ?? '', allowed, after) &&
        isExplained(workspace, path, { allowed, received, after }),
    );
    const [only] = renames;
    if (!only || renames.some(({ after }) => after !== only.after)) return undefined;

    const place = await placeOfValue(received, { file, text, line: error.line });
    if (!place) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ ...place, text: only.after }])]]),
      cause: `\`${received}\` in ${file}, line ${lineOf(text, place.start)}, is called \`${only.after}\` in ${only.path} since the last good deployment.`,
      change: `Writes \`${only.after}\`.`,
    };
  },
};

/** Whether the file has another of the values as well: a label may bear the word of one by chance. */
function listsValues(text: string, allowed: readonly string[], now: string): boolean {
  const others = allowed.filter((value) => value !== now);
  return others.length === 0 || others.some((value) => isQuotedIn(text, value));
}

/** Whether the value is new in the file, and every other new one has a value of its own that it came for. */
function isExplained(
  workspace: Workspace,
  path: string,
  {
    allowed,
    received,
    after,
  }: { readonly allowed: readonly string[]; readonly received: string; readonly after: string },
): boolean {
  const change = workspace.changes.find((one) => one.path === path);
  const text = workspace.read(path) ?? '';
  const former = change && formerText(text, change);
  if (!change || former === undefined) return true;
  if (isQuotedIn(former, after)) return false;
  const renames = listRenames(change, workspace).filter(({ isText }) => isText);
  const came = allowed.filter((value) => value !== after && isQuotedIn(text, value) && !isQuotedIn(former, value));
  return came.every((value) =>
    renames.some((rename) => rename.after === value && rename.before !== received && !allowed.includes(rename.before)),
  );
}

function isQuotedIn(text: string, value: string): boolean {
  return ["'", '"', '`'].some((quote) => text.includes(quote + value + quote));
}

/** What became of the value in files that have it no more. */
function findRenames(workspace: Workspace, value: string): { readonly path: string; readonly after: string }[] {
  return workspace.changes.flatMap((change) => {
    const text = workspace.read(change.path);
    const isGone = text !== undefined && !isQuotedIn(text, value);
    const renames = isGone ? listRenames(change, workspace) : [];
    return renames.flatMap(({ before, after, isText }) =>
      isText && before === value ? { path: change.path, after } : [],
    );
  });
}
