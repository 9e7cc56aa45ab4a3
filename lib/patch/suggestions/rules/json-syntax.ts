import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { wholeLines } from '../syntax/source-text.js';

/** A JSON file that fails for a comma too many or too few, or for a comment. The values stay what they are. */
export const jsonSyntax: Rule = {
  name: 'json-syntax',
  async propose(error, workspace) {
    const file = error.file ?? /(\S+\.json)\b/.exec(error.message)?.[1]?.replace(/^\/vercel\/path\d\//, '');
    if (file === undefined || !/\.(?:json|webmanifest)$/.test(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined || !(await workspace.isBroken(file, text))) return undefined;

    const acceptsComments = (await countParseErrors(file, '{} // comment')) === 0;
    const repaired = repairJson(text, { acceptsComments });
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[file, repaired.text]]),
      cause: `${file} is not valid JSON: ${repaired.problems.join(', ')}.`,
      change: 'Puts the punctuation right and leaves every value as it is.',
    };
  },
};

// A file with more faults than this is not JSON with a slip in it.
const MAX_STEPS = 20;

function repairJson(
  original: string,
  { acceptsComments }: { readonly acceptsComments: boolean },
): { text: string; problems: string[] } | undefined {
  let text = original;
  const problems = new Set<string>();
  for (let step = 0; step < MAX_STEPS; step++) {
    const errors: ParseError[] = [];
    parse(text, errors, { disallowComments: !acceptsComments, allowTrailingComma: acceptsComments });
    const [first] = errors;
    if (!first) return { text, problems: [...problems] };
    const next = repairFirst(text, first);
    if (next === undefined) return undefined;
    text = next.text;
    problems.add(next.problem);
  }
  return undefined;
}

function repairFirst(text: string, error: ParseError): { text: string; problem: string } | undefined {
  const { offset, length } = error;
  const token = text.slice(offset, offset + length);
  const before = text.slice(0, offset).trimEnd();
  switch (printParseErrorCode(error.error)) {
    case 'InvalidCommentToken': {
      const { start, end } = wholeLines(text, offset, offset + length);
      const spaces = start === offset ? (/[^\S\n]*$/.exec(text.slice(0, start))?.[0].length ?? 0) : 0;
      return { text: text.slice(0, start - spaces) + text.slice(end), problem: 'it holds a comment' };
    }
    case 'CommaExpected':
      // Two values on one line may be one value that lost something else.
      if (!text.slice(before.length, offset).includes('\n') && !/^["{[]/.test(token)) return undefined;
      return { text: `${before},${text.slice(before.length)}`, problem: 'a comma is missing' };
    case 'PropertyNameExpected':
    case 'ValueExpected':
      if ((token !== '}' && token !== ']') || !before.endsWith(',') || !followsValue(before)) return undefined;
      return { text: before.slice(0, -1) + text.slice(before.length), problem: 'a comma stands after the last value' };
    default:
      return undefined;
  }
}

/** Whether what stands before the comma is a value: `[1,,]` and `{,}` have lost one. */
function followsValue(before: string): boolean {
  return /["\w}\]]$/.test(before.slice(0, -1).trimEnd());
}
