import type { Program } from 'oxc-parser';
import { escapePattern } from '../../../context/word-pattern.js';
import type { Workspace } from '../workspace.js';
import { importsOf } from './imports.js';
import { type NameUse, namesOf } from './names.js';
import { resolveSpecifier } from './resolve-specifier.js';
import { type SyntaxNode, walk } from './walk.js';

interface Place {
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  /** The type of the repository whose members are meant. */
  readonly type: string | undefined;
}

/**
 * Which members and keys may name what the repository does not say: what comes from outside, as in `schema.parse(body).zip`, or
 * goes there, as in `z.object({ zip: z.string() })` and `JSON.stringify({ zip })`. Another name there is another format.
 */
export function foreignUses(
  workspace: Workspace,
  uses: readonly NameUse[],
  { path, text, program, type }: Place,
): ReadonlySet<NameUse> {
  const names = namesOf(program);
  const imports = new Map(importsOf(program).map(({ local, specifier }) => [local, specifier]));
  const parents = new Map([...walk(program)].map(({ node, parent }) => [node, parent]));
  const named = new RegExp(`(?<![\\w$.])${escapePattern(type ?? '')}(?![\\w$])`);
  const isOfType = (node: SyntaxNode | null | undefined) =>
    type !== undefined && node != null && named.test(text.slice(node.start, node.end));

  const isForeignName = (name: string, at: number, depth: number): boolean => {
    const specifier = imports.get(name);
    if (specifier !== undefined) return resolveSpecifier(workspace, path, specifier) === undefined;
    const declared = names.filter(
      ({ name: other, role, scope }) =>
        other === name && role === 'declaration' && scope.start <= at && at <= scope.end,
    );
    const [only, another] = declared;
    if (!only) return true;
    const own = [...parents.keys()].find(({ start, type: kind }) => start === only.start && kind === 'Identifier');
    const annotation = own && 'typeAnnotation' in own ? (own.typeAnnotation as SyntaxNode | null) : null;
    if (annotation) return !isOfType(annotation) && isOutside(text.slice(annotation.start, annotation.end));
    return another === undefined && isMadeOf(only.start, depth);
  };

  /** `any`, or a type that no file of the repository declares. */
  const isOutside = (written: string): boolean => {
    const [first = ''] = written.match(/[A-Za-z_$][\w$]*/) ?? [];
    if (/^(?:any|unknown|object|FormData|Request|URLSearchParams|Response|MessageEvent)$/.test(first)) return true;
    const specifier = imports.get(first);
    return specifier !== undefined && resolveSpecifier(workspace, path, specifier) === undefined;
  };

  /** What the name at the place is declared to be: a value, or an element of what a callback goes through. */
  const isMadeOf = (start: number, depth: number): boolean => {
    let node = [...parents.keys()].find(({ start: at, type: kind }) => at === start && kind === 'Identifier');
    for (let parent = node && parents.get(node); node && parent; node = parent, parent = parents.get(parent)) {
      if (parent.type === 'VariableDeclarator') {
        const loop = parents.get(parents.get(parent) as SyntaxNode);
        const source = loop?.type === 'ForOfStatement' ? loop.right : parent.init;
        return source != null && isForeign(source as SyntaxNode, depth + 1);
      }
      if (parent.type === 'ArrowFunctionExpression' || parent.type === 'FunctionExpression') {
        const call = parents.get(parent);
        return call?.type === 'CallExpression' && isForeign(call.callee as SyntaxNode, depth + 1);
      }
      if (/Function|Statement|^Class/.test(parent.type)) return false;
    }
    return false;
  };

  const isForeign = (node: SyntaxNode, depth: number): boolean => {
    if (depth > 8) return true;
    switch (node.type) {
      case 'AwaitExpression':
        return isForeign(node.argument as SyntaxNode, depth + 1);
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
        return !isOfType(node.typeAnnotation as SyntaxNode) && isForeign(node.expression as SyntaxNode, depth + 1);
      case 'ParenthesizedExpression':
      case 'TSNonNullExpression':
      case 'ChainExpression':
        return isForeign(node.expression as SyntaxNode, depth + 1);
      case 'LogicalExpression':
        return isForeign(node.left as SyntaxNode, depth + 1);
      case 'CallExpression':
      case 'NewExpression':
        return !isOfType(node.typeArguments) && isForeign(node.callee as SyntaxNode, depth + 1);
      case 'MemberExpression':
        return isForeign(node.object as SyntaxNode, depth + 1);
      case 'Identifier':
        return isForeignName(node.name, node.start, depth + 1);
      default:
        return false;
    }
  };

  const isGivenAway = (call: SyntaxNode): boolean => {
    if (call.type === 'NewExpression') return !isOfType(call.typeArguments) && isForeign(call.callee as SyntaxNode, 0);
    if (call.type !== 'CallExpression') return false;
    const { callee } = call;
    const method =
      callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : '';
    return !ADDS.test(method) && isForeign(call as SyntaxNode, 0);
  };

  /** Where an object that is written out ends up. */
  const isMadeForOutside = (key: SyntaxNode): boolean => {
    let node = key;
    for (let parent = parents.get(node); parent; node = parent, parent = parents.get(parent)) {
      if (parent.type === 'CallExpression' || parent.type === 'NewExpression') return isGivenAway(parent);
      if (parent.type === 'TSAsExpression' || parent.type === 'TSSatisfiesExpression') {
        if (isOfType(parent.typeAnnotation as SyntaxNode)) return false;
      } else if (parent.type === 'VariableDeclarator') {
        const { id } = parent;
        if (id.type !== 'Identifier' || id.typeAnnotation) return false;
        return names.some(
          ({ name, role, parent: around }) =>
            name === id.name && role !== 'declaration' && around !== undefined && isGivenAway(around),
        );
      } else if (
        !/^(?:Property|ObjectExpression|ArrayExpression|ConditionalExpression|ParenthesizedExpression)$/.test(
          parent.type,
        )
      )
        return false;
    }
    return false;
  };

  const isOfForeign = ({ parent, start }: NameUse): boolean => {
    if (parent?.type === 'MemberExpression') return isForeign(parent.object as SyntaxNode, 0);
    if (parent?.type !== 'Property') return false;
    return parents.get(parent)?.type === 'ObjectPattern' ? isMadeOf(start, 0) : isMadeForOutside(parent);
  };
  return new Set(uses.filter(isOfForeign));
}

/** What a list takes further elements by. */
const ADDS = /^(?:push|unshift|concat|splice|with|fill)$/;
