import { escapePattern } from '../../../context/word-pattern.js';
import { isBroughtByDiff } from '../changed-words.js';
import { findTwin, isSlip } from '../distance.js';
import type { Fix, Rule } from '../rule.js';
import { formerText } from '../syntax/former-text.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { isWordOfOwn } from '../word-of-own.js';
import type { Workspace } from '../workspace.js';
import { placeOfValue, wrongValueOf } from '../wrong-value.js';

/**
 * `flour: spelts` where `'wheat' | 'rye' | 'spelt'` are allowed: a string in a script or in the front matter of a
 * document that is one slip away from exactly one of the values that the tool names.
 */
export const valueSpelling: Rule = {
  name: 'value-spelling',
  async propose(error, workspace) {
    const wrong = await wrongValueOf(error, workspace);
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (!wrong || file === undefined || text === undefined) return undefined;
    const { received, allowed } = wrong;
    const [only, another] = allowed;
    if (allowed.includes(received)) return undefined;
    const right = another === undefined ? only : findTwin(received, allowed);
    if (right === undefined || !isSlip(received, right)) return undefined;

    const declared = findNewDeclaration(workspace, { file, received, right });
    if (declared !== undefined) return declared.fix;
    if (wasTakenOut(workspace, received, right) || isWordOfOwn(workspace, received, right)) return undefined;
    const place = await placeOfValue(received, { file, text, line: error.line });
    if (!place) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ ...place, text: right }])]]),
      cause: `\`${received}\` in ${file}, line ${lineOf(text, place.start)}, is none of the values allowed there.`,
      change: `Writes \`${right}\`, the one allowed value that is spelt so nearly alike.`,
    };
  },
};

/**
 * Where the diff brought the allowed value and left alone those that are refused, which stood there at the last READY deployment,
 * the slip is in what it brought. No fix where that stands in several places.
 */
function findNewDeclaration(
  workspace: Workspace,
  { file, received, right }: { readonly file: string; readonly received: string; readonly right: string },
): { readonly fix: Fix | undefined } | undefined {
  const quoted = (value: string) => ["'", '"', '`'].map((mark) => `${mark}${value}${mark}`);
  const isNew = (path: string, value: string) => quoted(value).some((word) => isBroughtByDiff(workspace, path, word));
  const [declaring, another] = workspace.changes.filter(({ path }) => path !== file && isNew(path, right));
  const isRename = workspace.changes.some(({ hunks }) =>
    quoted(received).some((word) => hasRemoved(hunks ?? '', word)),
  );
  if (declaring === undefined || isRename || isNew(file, received)) return undefined;
  const { path } = declaring;
  const text = workspace.read(path) ?? '';
  const places = quoted(right).flatMap((word) => [...text.matchAll(new RegExp(escapePattern(word), 'g'))]);
  const [only, second] = places;
  if (another || second || only === undefined) return { fix: undefined };
  const edit = { start: only.index + 1, end: only.index + 1 + right.length, text: received };
  return {
    fix: {
      files: new Map([[path, replaceRanges(text, [edit])]]),
      cause: `${path}, line ${lineOf(text, only.index)}, allows \`${right}\`, and what was there before says \`${received}\`.`,
      change: `Allows \`${received}\`, as it is written where it is used.`,
    },
  };
}

/** Whether the diff took the value out of where it stood beside the other: who still writes it means that one. */
function wasTakenOut({ changes, read }: Workspace, received: string, right: string): boolean {
  const quoted = (value: string) => ["'", '"', '`'].map((mark) => `${mark}${value}${mark}`);
  return changes.some((change) => {
    const text = read(change.path) ?? '';
    const former = formerText(text, change);
    const had = (value: string) => quoted(value).some((word) => former?.includes(word));
    return had(received) && had(right) && !quoted(received).some((word) => text.includes(word));
  });
}

function hasRemoved(hunks: string, words: string): boolean {
  return hunks.split('\n').some((line) => line.startsWith('-') && line.includes(words));
}
