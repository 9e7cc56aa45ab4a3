import type { Rule } from '../rule.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';

/** `<!-- note -->` in JSX, which has comments of its own: written as one, and with that the file parses. */
export const markupComment: Rule = {
  name: 'markup-comment',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined || !isScript(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || (isComponentFile(file) && !file.endsWith('.mdx'))) return undefined;
    const comments = [...text.matchAll(/<!--((?:(?!-->|\*\/)[\s\S])*)-->/g)];
    const [first] = comments;
    if (!first || !(await workspace.isBroken(file, text))) return undefined;
    const edits = comments.map(({ index, 0: whole, 1: note = '' }) => ({
      start: index,
      end: index + whole.length,
      text: `{/*${note}*/}`,
    }));
    const repaired = replaceRanges(text, edits);
    if (await workspace.isBroken(file, repaired)) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file}, line ${lineOf(text, first.index)}, holds a comment of HTML, which JSX does not know.`,
      change: 'Writes it as a comment of JSX, and with that the file parses.',
    };
  },
};
