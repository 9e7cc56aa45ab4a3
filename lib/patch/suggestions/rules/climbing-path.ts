import type { Rule } from '../rule.js';
import { climbTo } from '../syntax/climb-path.js';
import { findLostImport } from '../syntax/lost-import.js';
import { offersNames } from '../syntax/offers-names.js';
import { RESOLVED_EXTENSIONS } from '../syntax/resolve-specifier.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';

/** `../components/Note.astro` in a file that stands one folder deeper: an import that climbs too little or too much. */
export const climbingPath: Rule = {
  name: 'climbing-path',
  async propose(error, workspace) {
    const lost = await findLostImport(error, workspace);
    if (lost === undefined) return undefined;
    const { file, text, written, uses } = lost;
    const right = climbTo(workspace, file, { written, endings: RESOLVED_EXTENSIONS });
    if (right === undefined || !(await offersNames(workspace, file, right, uses))) return undefined;
    const edits = uses.map(({ start, end }) => ({ start: start + 1, end: end - 1, text: right }));
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file}, line ${lineOf(text, uses[0]?.start ?? 0)}, imports \`${written}\`, from a folder that does not exist.`,
      change: `Imports \`${right}\`, the only file of the repository with that path.`,
    };
  },
};
