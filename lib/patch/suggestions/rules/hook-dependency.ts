import type { Rule } from '../rule.js';
import { type NameUse, namesOf } from '../syntax/names.js';
import { isScript } from '../syntax/parse.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

/** An effect may run too often with one more dependency; a memo only computes what it has to. */
const MISSING =
  /React Hook (useMemo|useCallback) has (?:a )?missing dependenc(?:y|ies): ('[\w$.]+'(?:(?:, | and |, and )'[\w$.]+')*)\. Either include/;

/** What the linter says where it has another answer as well: a functional update, a reducer, the props taken apart. */
const OTHERWISE = /\b[Yy]ou can also\b|\bHowever,/;
/** What is another one at each render, of which the linter complains next. */
const MADE_ANEW =
  /^(?:Object|Array|ArrowFunction|Function|Class|Conditional|Logical|New|Assignment|JSX)(?:Expression|Element|Fragment)$|^(?:Function|Class)Declaration$/;

/** Dependencies of a memo or a callback that the linter names as missing, where listing them is all that it wants. */
export const hookDependency: Rule = {
  name: 'hook-dependency',
  async propose(error, workspace) {
    const [, hook, list = ''] = MISSING.exec(error.message) ?? [];
    const { file, line } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (hook === undefined || file === undefined || text === undefined || line === undefined || !isScript(file))
      return undefined;
    if (OTHERWISE.test(error.message)) return undefined;
    const names = [...list.matchAll(/'([\w$.]+)'/g)].map((match) => match[1] ?? '');
    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;
    const arrays = [...walk(program)].flatMap(({ node }) => {
      if (node.type !== 'CallExpression') return [];
      const callee = node.callee.type === 'MemberExpression' ? node.callee.property : node.callee;
      const dependencies = node.arguments[1];
      if (callee.type !== 'Identifier' || callee.name !== hook || dependencies?.type !== 'ArrayExpression') return [];
      return lineOf(text, dependencies.start) === line ? [{ call: node as SyntaxNode, dependencies }] : [];
    });
    const [found, another] = arrays;
    const known = namesOf(program);
    if (!found || another || !names.every((name) => mayBeListed(name, found.call, known))) return undefined;
    const only = found.dependencies;
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

/**
 * Whether the name has its value before the call and keeps it from one render to the next, and the call does not set it:
 * what sets a state on which it depends may run without end.
 */
function mayBeListed(name: string, call: SyntaxNode, names: readonly NameUse[]): boolean {
  const [root = '', member] = name.split('.');
  const declarations = names.filter(
    (use) =>
      use.name === root && use.role === 'declaration' && use.scope.start <= call.start && call.end <= use.scope.end,
  );
  return declarations.every(({ start, parent, key }) => {
    if (start > call.start) return false;
    const init = parent?.type === 'VariableDeclarator' ? parent.init : key === 'id' ? parent : undefined;
    if (member === undefined && parent?.type === 'VariableDeclarator' && parent.id.type === 'ArrayPattern') {
      const [, setter] = parent.id.elements;
      const isSetter = (use: NameUse) => setter?.type === 'Identifier' && use.name === setter.name;
      return !names.some((use) => isSetter(use) && call.start <= use.start && use.end <= call.end);
    }
    const isPlain = parent?.type !== 'VariableDeclarator' || parent.id.type === 'Identifier';
    return member !== undefined || !isPlain || !MADE_ANEW.test(init?.type ?? '');
  });
}
