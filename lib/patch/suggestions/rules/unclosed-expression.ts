import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { lineOf, offsetOf, type Replacement, replaceRanges } from '../syntax/source-text.js';

/**
 * An expression of a template whose end is missing: `{{ total }` and `{{ total` in Vue, and in Svelte the brace that
 * the compiler expects at one place. With it, the file parses.
 */
export const unclosedExpression: Rule = {
  name: 'unclosed-expression',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !/\.(?:vue|svelte)$/.test(file)) return undefined;
    if (!(await workspace.isBroken(file, text))) return undefined;
    const repaired: { readonly at: number; readonly text: string }[] = [];
    for (const insertion of file.endsWith('.vue') ? moustacheEnds(text) : expectedBrace(text, error)) {
      const candidate = replaceRanges(text, [insertion]);
      if ((await countParseErrors(file, candidate)) === 0) repaired.push({ at: insertion.start, text: candidate });
    }
    const [only, another] = repaired;
    if (!only || another) return undefined;
    return {
      files: new Map([[file, only.text]]),
      cause: `An expression in ${file}, line ${lineOf(text, only.at)}, has no end.`,
      change: 'Closes it where it ends, the only place with which the file parses.',
    };
  },
};

/** Where what opens by `{{` lacks its end before the line or the text in the element ends. */
function moustacheEnds(text: string): Replacement[] {
  const unclosed = /\{\{(?:(?!\}\}|\{\{|<\/?[A-Za-z])[^\n])*(?=<\/?[A-Za-z]|\r?\n)/g;
  return [...text.matchAll(unclosed)].map((match) => {
    const written = match[0].trimEnd();
    const at = match.index + written.length;
    const end = written.endsWith('}') ? '}' : /^\{\{\s/.test(written) ? ' }}' : '}}';
    return { start: at, end: at, text: end };
  });
}

function expectedBrace(text: string, { message, line, column }: BuildError): Replacement[] {
  const offset = line === undefined ? undefined : offsetOf(text, line, column);
  if (offset === undefined || !/Expected token \}/.test(message)) return [];
  const at = text.slice(0, offset).trimEnd().length;
  return [{ start: at, end: at, text: '}' }];
}
