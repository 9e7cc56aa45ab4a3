import type { Rule } from '../rule.js';
import { isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import { specifiersOf } from '../syntax/specifiers.js';

const NEEDS_EXTENSION = /need explicit file extensions.*Did you mean '([^']{1,300})'/s;

/** A relative import that Node.js only resolves with its extension, which the compiler names. */
export const importExtension: Rule = {
  name: 'import-extension',
  async propose(error, workspace) {
    const right = NEEDS_EXTENSION.exec(error.message)?.[1];
    const { file } = error;
    if (right === undefined || file === undefined || !isScript(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined || resolveSpecifier(workspace, file, right) === undefined) return undefined;
    const wrong = right.replace(/(?:\/index)?\.[cm]?jsx?$/, '');
    const uses = specifiersOf(await workspace.parse(file, text)).filter(({ specifier }) => specifier === wrong);
    if (uses.length === 0) return undefined;
    return {
      files: new Map([
        [
          file,
          replaceRanges(
            text,
            uses.map(({ start, end }) => ({ start: start + 1, end: end - 1, text: right })),
          ),
        ],
      ]),
      cause: `${file} imports \`${wrong}\` without the extension that Node.js needs.`,
      change: `Writes \`${right}\`, as the compiler names it.`,
    };
  },
};
