import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { lineOf, lineStarts, replaceRanges } from '../syntax/source-text.js';

interface Slip {
  /** Around where the parser stops, with the wrong part between two that stay. */
  readonly pattern: RegExp;
  readonly right: string;
  readonly wrong: string;
}

const SLIPS: readonly Slip[] = [
  {
    pattern: /(\w\s*:\s*[^;{}\n]*[^;{}\s]);(?=[^\S\n]*\n)/g,
    right: '$1,',
    wrong: 'a semicolon between the properties of an object',
  },
  {
    pattern: /(^|[{,]\s*)([\w$]+)\s*=(?=\s*[^=\s>])/gm,
    right: '$1$2:',
    wrong: 'an `=` between the name and the value of a property',
  },
  {
    pattern: /\b((?:const|let|var)\s+[\w$]+(?:\s*:[^=;\n]+)?\s*)===?(?=[^=])/g,
    right: '$1=',
    wrong: 'a comparison where a value is given',
  },
  {
    pattern: /(\([^()\n]*\)(?::\s*[\w<>[\]| ]+?)?)\s*(?:=\s+>|==>|=>>|=|->)\s*(?=[{(])/g,
    right: '$1 => ',
    wrong: 'no arrow behind the parameters of a function',
  },
  {
    pattern:
      /\b((?:const|let|var)\s+[\w$]+)[^\S\n]+(?=(?:[A-Z]|(?:string|number|boolean|bigint|unknown|object)\b)[\w$.<>[\]]*\s*=(?![=>]))/g,
    right: '$1: ',
    wrong: 'no `:` before the type of a variable',
  },
  {
    pattern:
      /\b((?:const|let|var)\s+(?:[\w$]+|\{[^{}\n]*\}|\[[^[\]\n]*\]))[^\S\n]+(?=[a-z\d_$('"`[{])(?!(?:string|number|boolean|bigint|symbol|any|unknown|void|never|object)\b|(?:[\w$.<>[\]]+|\{[^{}\n]*\})\s*=(?![=>]))(?<!\blet\s+[\w$]+[^\S\n]+(?=(?!\d|true\b|false\b|null\b)[\w$]+\s*(?:[;,]|\r?\n)))/g,
    right: '$1 = ',
    wrong: 'no `=` before the value of a variable',
  },
  { pattern: /,,(?!,)/g, right: ',', wrong: 'a comma twice' },
  { pattern: /(\{[^{}\n]*\})\}(?=\s*<)/g, right: '$1', wrong: 'a brace twice' },
  {
    pattern: /^([^\S\n]*)([)\]}]+[;,]?)[^\S\n]*\r?\n\1[)\]}]+[;,]?(?=[^\S\n]*(?:\r?\n|$(?![\s\S])))/gm,
    right: '$1$2',
    wrong: 'one closing line too many',
  },
  {
    pattern: /'([^'"\\\n]*[A-Za-z]'[a-z]{1,2}\b[^'"\\\n]*)'/g,
    right: '"$1"',
    wrong: 'an apostrophe in a text between such marks',
  },
];

/** The parser stops at the slip or on one of the next lines. */
const LINES_ABOVE = 3;

/**
 * One mark in the place of another, or one too many, near where the parser stops: `b: 1;` or `b = 1` in an object,
 * `const x == 1`, `() = {`, a comma or a closing line twice, `{name}}` in JSX, an apostrophe that ends its own
 * string. Only one of them, put right, makes the file parse.
 */
export const wrongToken: Rule = {
  name: 'wrong-token',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined || !isScript(file) || isComponentFile(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined) return undefined;
    const found = (await workspace.parse(file, text)).errors[0]?.labels[0];
    if (!found) return undefined;
    const line = lineOf(text, found.start);
    const starts = lineStarts(text);
    const [from, to] = [starts[Math.max(0, line - 1 - LINES_ABOVE)] ?? 0, starts[line] ?? text.length];

    const repaired = new Map<string, { readonly line: number; readonly wrong: string }>();
    for (const { pattern, right, wrong } of SLIPS) {
      for (const match of text.slice(from, to).matchAll(pattern)) {
        const start = from + match.index;
        const end = start + match[0].length;
        const replacement = right.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? '');
        const candidate = replaceRanges(text, [{ start, end, text: replacement }]);
        if ((await countParseErrors(file, candidate)) === 0)
          repaired.set(candidate, { line: lineOf(text, start), wrong });
      }
    }
    const [only, another] = repaired;
    if (!only || another) return undefined;
    const [candidate, slip] = only;
    return {
      files: new Map([[file, candidate]]),
      cause: `${file}, line ${slip.line}, has ${slip.wrong}.`,
      change: 'Puts it right, and with that the file parses.',
    };
  },
};
