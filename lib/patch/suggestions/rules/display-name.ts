import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { lineEnding, lineOf, quoteOf, replaceRanges } from '../syntax/source-text.js';
import type { SyntaxNode } from '../syntax/walk.js';

const NO_NAME = /^Component definition is missing display name/;
const WRAPS = /^(?:forwardRef|memo)$/;

/**
 * `const Row = memo(() => ...)`, of which the linter says that it has no name for the tools of developers: it gets the one of its
 * constant. https://github.com/jsx-eslint/eslint-plugin-react/blob/master/docs/rules/display-name.md
 */
export const displayName: Rule = {
  name: 'display-name',
  async propose({ file, line, message }, workspace) {
    const text = file === undefined || !/\.[jt]sx?$/.test(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || line === undefined || !NO_NAME.test(message)) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const imports = importsOf(program).filter(({ specifier }) => specifier === 'react');
    const isReact = (callee: SyntaxNode): boolean => {
      const isMember = callee.type === 'MemberExpression' && callee.object.type === 'Identifier';
      const name = isMember ? callee.property : callee;
      if (name.type !== 'Identifier') return false;
      const local = isMember ? (callee.object as { name?: string }).name : name.name;
      const imported = imports.find((one) => one.local === local)?.imported;
      return isMember ? WRAPS.test(name.name) && /^(?:default|\*)$/.test(imported ?? '') : WRAPS.test(imported ?? '');
    };
    const found = program.body.flatMap((statement) => {
      const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
      const [only, another] = declaration?.type === 'VariableDeclaration' ? declaration.declarations : [];
      const call = only?.init;
      if (another || only?.id.type !== 'Identifier' || call?.type !== 'CallExpression') return [];
      const isNameless = call.arguments[0]?.type === 'ArrowFunctionExpression' && isReact(call.callee as SyntaxNode);
      const isMeant = lineOf(text, call.start) <= line && line <= lineOf(text, call.end);
      return isNameless && isMeant ? [{ statement, name: only.id.name }] : [];
    });
    const [only, another] = found;
    if (errors.length > 0 || !only || another || text.includes(`${only.name}.displayName`)) return undefined;
    const { end } = only.statement;
    const quote = quoteOf(text);
    const mark = text[end - 1] === ';' ? ';' : '';
    const row = `${lineEnding(text)}${only.name}.displayName = ${quote}${only.name}${quote}${mark}`;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: end, end, text: row }])]]),
      cause: `\`${only.name}\` in ${file} has no name for the tools of developers.`,
      change: 'Gives it the one of its constant.',
    };
  },
};
