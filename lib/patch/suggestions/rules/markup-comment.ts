import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Fix, Rule } from '../rule.js';
import { findMarkdownCode, findScripts } from '../syntax/mask-markup.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { lineOf, offsetOf, replaceRanges } from '../syntax/source-text.js';
import { walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

/** What the parser of MDX says of `<!`, whatever tool it runs in. */
const MDX_REFUSES = /Unexpected character `!` \(U\+0021\) before name/;

/** `<!-- note -->` in JSX or MDX, which have comments of their own: written as one, and with that the file parses. */
export const markupComment: Rule = {
  name: 'markup-comment',
  async propose(error, workspace) {
    const { file } = error;
    if (MDX_REFUSES.test(error.message)) return repairDocument(error, workspace);
    const text = file === undefined || !isScript(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || isComponentFile(file)) return undefined;
    const comments = [...text.matchAll(/<!--((?:(?!-->|\*\/)[\s\S])*)-->/g)];
    const [first] = comments;
    if (!first || !(await workspace.isBroken(file, text))) return undefined;
    const all = comments.map(({ index, 0: whole, 1: note = '' }) => ({
      start: index,
      end: index + whole.length,
      text: `{/*${note}*/}`,
    }));
    const isShown = await commentFinder(workspace, file, replaceRanges(text, all));
    let shift = 0;
    const edits = all.filter((edit) => {
      const at = edit.start + shift;
      shift += edit.text.length - (edit.end - edit.start);
      return isShown(at);
    });
    const repaired = replaceRanges(text, edits);
    if (edits.length === 0 || (await workspace.isBroken(file, repaired))) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file}, line ${lineOf(text, first.index)}, holds a comment of HTML, which JSX does not know.`,
      change: 'Writes it as a comment of JSX, and with that the file parses.',
    };
  },
};

/** Tells what is a comment of JSX; one in a string is a part of what that says. */
async function commentFinder(workspace: Workspace, file: string, text: string): Promise<(at: number) => boolean> {
  const { program, errors } = await workspace.parse(file, text);
  const starts = new Set(
    [...walk(program)].flatMap(({ node }) =>
      node.type === 'JSXExpressionContainer' && node.expression.type === 'JSXEmptyExpression' ? [node.start] : [],
    ),
  );
  return (at) => errors.length === 0 && starts.has(at);
}

/** No parser here reads MDX whole: its own word is the evidence, so the comment has to stand where that points. */
function repairDocument({ file, line, column }: BuildError, workspace: Workspace): Fix | undefined {
  const text = file === undefined || !/\.mdx?$/.test(file) ? undefined : workspace.read(file);
  if (file === undefined || text === undefined || line === undefined) return undefined;
  const code = [...findMarkdownCode(text), ...findScripts(file, text)];
  const comments = [...text.matchAll(/<!--((?:(?!-->|\*\/)[\s\S])*)-->/g)].filter(
    ({ index }) => !code.some(({ start, end }) => start <= index && index < end),
  );
  const named = column === undefined ? undefined : offsetOf(text, line, column);
  const [first, another] = comments.filter(({ index }) =>
    // It points at the mark that it does not expect.
    named === undefined ? lineOf(text, index) === line : index === named - 1 || index === named,
  );
  if (!first || another) return undefined;
  const edits = comments
    .filter(({ index, 0: whole }) => index === first.index || isPlain(text, index, whole))
    .map(({ index, 0: whole, 1: note = '' }) => ({
      start: index,
      end: index + whole.length,
      text: `{/*${note}*/}`,
    }));
  // An expression within a paragraph ends with it.
  if (edits.some(({ start, end }) => /\n[^\S\n]*\r?\n/.test(text.slice(start, end)) && !isAlone(text, start, end)))
    return undefined;
  return {
    files: new Map([[file, replaceRanges(text, edits)]]),
    cause: `${file}, line ${lineOf(text, first.index)}, holds a comment of HTML, which MDX does not know.`,
    change: 'Writes it as a comment of MDX, as its parser says.',
  };
}

/** Whether nothing before it on its line can have begun an expression, a string or a tag around it. */
function isPlain(text: string, start: number, comment: string): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return !/[{}<"'`]/.test(before) && !comment.slice(4).includes('<!--');
}

function isAlone(text: string, start: number, end: number): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return before.trim() === '' && /^[^\S\n]*\r?(?:\n|$)/.test(text.slice(end));
}
