import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { isScript } from '../syntax/parse.js';
import { wholeLines } from '../syntax/source-text.js';
import type { SyntaxNode } from '../syntax/walk.js';

const DECLARED_TWICE = [
  /the name [`'](?<name>[\w$]+)[`'] is (?:defined|exported) multiple times/,
  /Identifier [`'](?<name>[\w$]+)[`'] has already been declared/,
  /Duplicate identifier '(?<name>[\w$]+)'/,
  /Cannot redeclare block-scoped variable '(?<name>[\w$]+)'/,
  /Duplicate function implementation/,
  /The symbol "(?<name>[\w$]+)" has already been declared/,
];

/** The same statement twice in one file, word for word: one of the two goes. */
export const duplicateDeclaration: Rule = {
  name: 'duplicate-declaration',
  async propose(error, workspace) {
    const { file } = error;
    if (file === undefined || !isScript(file) || !DECLARED_TWICE.some((pattern) => pattern.test(error.message))) {
      return undefined;
    }
    const text = workspace.read(file);
    if (text === undefined) return undefined;
    const { program } = await workspace.parse(file, text);

    const seen = new Set<string>();
    for (const statement of program.body as readonly SyntaxNode[]) {
      const source = text.slice(statement.start, statement.end).trim();
      if (!seen.has(source) || !DECLARES.test(statement.type)) {
        seen.add(source);
        continue;
      }
      const { start, end } = wholeLines(text, statement.start, statement.end);
      // The blank line before it goes too, or two would be left.
      const blank = /\r?\n[^\S\n]*\r?\n$/.test(text.slice(0, start))
        ? (/\r?\n$/.exec(text.slice(0, start))?.[0].length ?? 0)
        : 0;
      const repaired = text.slice(0, start - blank) + text.slice(end);
      if ((await countParseErrors(file, repaired)) > 0) return undefined;
      return {
        files: new Map([[file, repaired]]),
        cause: `${file} says the same twice: \`${source.split('\n')[0]}\`.`,
        change: 'Keeps the first of the two identical statements.',
      };
    }
    return undefined;
  },
};

const DECLARES = /^(?:Import|Export\w*|Function|Class|Variable|TS\w+)Declaration$/;
