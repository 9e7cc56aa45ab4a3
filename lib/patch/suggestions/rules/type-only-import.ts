import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { isScript } from '../syntax/parse.js';
import { replaceRanges } from '../syntax/source-text.js';

const MUST_BE_TYPE = /'([\w$]+)' is a type and must be imported using a type-only import/;

/** `import { Berth }` of a type where `verbatimModuleSyntax` wants `import { type Berth }`. */
export const typeOnlyImport: Rule = {
  name: 'type-only-import',
  async propose(error, workspace) {
    const name = MUST_BE_TYPE.exec(error.message)?.[1];
    const { file } = error;
    if (name === undefined || file === undefined || !isScript(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;
    const targets = importsOf((await workspace.parse(file, text)).program).filter(({ local }) => local === name);
    const [target, another] = targets;
    if (!target || another || target.isType || target.imported === '*') return undefined;

    const { declaration } = target;
    const only = declaration.specifiers.length === 1;
    const at = only ? declaration.start + 'import'.length : target.start;
    if (!only && target.imported === 'default') return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: at, end: at, text: only ? ' type' : 'type ' }])]]),
      cause: `${file} imports the type \`${name}\` as if it were a value.`,
      change: 'Imports it as a type.',
    };
  },
};
