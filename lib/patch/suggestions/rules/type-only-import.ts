import type { Rule } from '../rule.js';
import { exportsOf } from '../syntax/exports.js';
import { importsOf } from '../syntax/imports.js';
import { isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';

const MUST_BE_TYPE = /'([\w$]+)' is a type and must be imported using a type-only import/;

/** `import { Berth }` of a type where `verbatimModuleSyntax` wants `import { type Berth }`, or `import type` where all are types. */
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
    const source = resolveSpecifier(workspace, file, target.specifier);
    const types = source === undefined ? undefined : (await exportsOf(workspace, source))?.types;
    const named = declaration.specifiers.map((one) =>
      one.type === 'ImportSpecifier' && one.importKind !== 'type' && one.imported.type === 'Identifier'
        ? one.imported.name
        : undefined,
    );
    const all = named.every((one) => one !== undefined && types?.has(one) === true);
    const only = declaration.specifiers.length === 1 || all;
    const at = only ? declaration.start + 'import'.length : target.start;
    if (!only && target.imported === 'default') return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: at, end: at, text: only ? ' type' : 'type ' }])]]),
      cause: `${file} imports the type \`${name}\` as if it were a value.`,
      change: 'Imports it as a type.',
    };
  },
};
