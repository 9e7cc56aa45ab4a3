import type { Rule } from '../rule.js';
import { isScript } from '../syntax/parse.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { walk } from '../syntax/walk.js';

/** An effect may run too often with one more dependency; a memo only computes what it has to. */
const MISSING =
  /React Hook (useMemo|useCallback) has (?:a )?missing dependenc(?:y|ies): ('[\w$.]+'(?:(?:, | and |, and )'[\w$.]+')*)\. Either include/;

/** Dependencies of a memo or a callback that the linter names as missing. */
export const hookDependency: Rule = {
  name: 'hook-dependency',
  async propose(error, workspace) {
    const [, hook, list = ''] = MISSING.exec(error.message) ?? [];
    const { file, line } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (hook === undefined || file === undefined || text === undefined || line === undefined || !isScript(file))
      return undefined;
    const names = [...list.matchAll(/'([\w$.]+)'/g)].map((match) => match[1] ?? '');
    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;
    const arrays = [...walk(program)].flatMap(({ node }) => {
      if (node.type !== 'CallExpression') return [];
      const callee = node.callee.type === 'MemberExpression' ? node.callee.property : node.callee;
      const dependencies = node.arguments[1];
      if (callee.type !== 'Identifier' || callee.name !== hook || dependencies?.type !== 'ArrayExpression') return [];
      return lineOf(text, dependencies.start) === line ? [dependencies] : [];
    });
    const [only, another] = arrays;
    if (!only || another) return undefined;
    const last = only.elements.at(-1);
    const at = last?.end ?? only.start + 1;
    const added = names.join(', ');
    return {
      files: new Map([[file, replaceRanges(text, [{ start: at, end: at, text: last ? `, ${added}` : added }])]]),
      cause: `\`${hook}\` in ${file}, line ${line}, does not list all that it depends on.`,
      change: `Lists ${names.map((name) => `\`${name}\``).join(', ')} too, as the linter asks.`,
    };
  },
};
