import type { Program } from 'oxc-parser';
import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { isDeclared, namesOf } from '../syntax/names.js';
import { lineEnding, offsetOf, type Replacement, replaceRanges, wholeLines } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

const NOT_CONST = /^(?:Error: )?Font loader calls must be assigned to a const/m;
const NOT_OUTSIDE = /^(?:Error: )?Font loaders must be called and assigned to a const in the module scope/m;

/**
 * A font of `next/font` that is not loaded once for the module: its variable becomes a constant where nothing is assigned to it later,
 * and moves from the function to the top of the module, under its own name.
 */
export const fontScope: Rule = {
  name: 'font-scope',
  async propose({ file, line, message }, workspace) {
    const text = file === undefined || !/\.[jt]sx?$/.test(file) ? undefined : workspace.read(file);
    const isConst = NOT_CONST.test(message);
    if (file === undefined || text === undefined || line === undefined || !(isConst || NOT_OUTSIDE.test(message)))
      return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const from = offsetOf(text, line) ?? 0;
    const to = text.indexOf('\n', from);
    const found = [...walk(program)].filter(
      ({ node }) =>
        node.type === 'VariableDeclaration' && from <= node.start && node.start <= to && isFont(program, node),
    );
    const [only, another] = found;
    if (errors.length > 0 || !only || another || only.node.type !== 'VariableDeclaration') return undefined;
    const edits = isConst ? declareConst(program, only.node) : moveOut(text, program, only.node);
    if (!edits) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file}, line ${line}, loads a font in another way than once for the module.`,
      change: isConst ? 'Declares it with `const`.' : 'Loads it at the top of the module, under the same name.',
    };
  },
};

type Declaration = Extract<SyntaxNode, { type: 'VariableDeclaration' }>;

function isFont(program: Program, node: Declaration): boolean {
  const [only, another] = node.declarations;
  const call = only?.init;
  if (another || only?.id.type !== 'Identifier' || call?.type !== 'CallExpression') return false;
  const { callee } = call;
  return importsOf(program).some(
    ({ local, specifier }) =>
      callee.type === 'Identifier' && callee.name === local && /^next\/font\/(?:google|local)$/.test(specifier),
  );
}

function nameOf({ declarations: [only] }: Declaration): string {
  return only?.id.type === 'Identifier' ? only.id.name : '';
}

function declareConst(program: Program, node: Declaration): Replacement[] | undefined {
  const name = nameOf(node);
  const isAssigned = namesOf(program).some(
    ({ name: other, parent, key }) => other === name && parent?.type === 'AssignmentExpression' && key === 'left',
  );
  const { start } = node;
  return isAssigned || node.kind === 'const' ? undefined : [{ start, end: start + node.kind.length, text: 'const' }];
}

function moveOut(text: string, program: Program, node: Declaration): Replacement[] | undefined {
  const name = nameOf(node);
  const names = namesOf(program);
  const inside = names.filter(({ start, end }) => node.start <= start && end <= node.end && start !== node.start);
  const isOwn = names.filter((use) => use.name === name && use.role === 'declaration').length === 1;
  // What the options name may be known in the function alone.
  const asks = inside.filter(
    ({ name: other, role, key }) => role === 'reference' && other !== name && key !== 'callee',
  );
  const last = program.body.filter(({ type }) => type === 'ImportDeclaration').at(-1);
  const isAtTop = program.body.some((statement) => statement === node);
  if (node.kind !== 'const' || asks.length > 0 || !isOwn || !isDeclared(names, name) || !last || isAtTop)
    return undefined;
  const { start, end } = wholeLines(text, node.start, node.end);
  const ending = lineEnding(text);
  const indent = /[^\S\n]*$/.exec(text.slice(0, node.start))?.[0] ?? '';
  const statement = text.slice(node.start, node.end).replaceAll(`\n${indent}`, '\n');
  const blank = /^[^\S\n]*\r?\n/.exec(text.slice(end))?.[0].length ?? 0;
  return [
    { start: last.end, end: last.end, text: `${ending}${ending}${statement}` },
    { start, end: end + blank, text: '' },
  ];
}
