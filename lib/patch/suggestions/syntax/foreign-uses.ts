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
): {
  readonly foreign: ReadonlySet<NameUse>;
  /** Whether some are keys of what nothing says to be of the type. */
  readonly areInOther: boolean;
} {
  const names = namesOf(program);
  const imports = new Map(importsOf(program).map(({ local, specifier }) => [local, specifier]));
  const parents = new Map([...walk(program)].map(({ node, parent }) => [node, parent]));
  const named = new RegExp(`(?<![\\w$.])${escapePattern(type ?? '')}(?![\\w$])`);
  const isOfType = (node: SyntaxNode | null | undefined) =>
    type !== undefined && node != null && named.test(text.slice(node.start, node.end));

  const moduleOf = (name: string): string | undefined => {
    const specifier = imports.get(name);
    const module = specifier === undefined ? undefined : resolveSpecifier(workspace, path, specifier);
    return module === undefined ? undefined : workspace.read(module);
  };
  /** Whether code that does not speak of the type gives what it reads somewhere else. */
  const handsOutside = (code: string) => HANDS_OUTSIDE.test(code) && !named.test(code);

  const declarationsOf = (name: string, at: number) =>
    names.filter(
      ({ name: other, role, scope }) =>
        other === name && role === 'declaration' && scope.start <= at && at <= scope.end,
    );
  const annotationAt = (start: number): SyntaxNode | null => {
    const own = [...parents.keys()].find((node) => node.start === start && node.type === 'Identifier');
    return own && 'typeAnnotation' in own ? (own.typeAnnotation as SyntaxNode | null) : null;
  };

  const isForeignName = (name: string, at: number, depth: number): boolean => {
    if (imports.has(name)) {
      const module = moduleOf(name);
      return module === undefined || handsOutside(module);
    }
    const [only, another] = declarationsOf(name, at);
    if (!only) return true;
    const annotation = annotationAt(only.start);
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
      if (parent.type === 'FunctionDeclaration' && parent.id === node)
        return handsOutside(text.slice(parent.start, parent.end));
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
      case 'ObjectExpression':
        return true;
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return handsOutside(text.slice(node.start, node.end));
      default:
        return false;
    }
  };

  /** Whether what is called takes the type: a list or map of it, or a function of the repository that says so. */
  const takesType = (call: Extract<SyntaxNode, { type: 'CallExpression' | 'NewExpression' }>): boolean => {
    if (isOfType(call.typeArguments)) return true;
    const { callee } = call;
    if (
      callee.type === 'MemberExpression' &&
      callee.property.type === 'Identifier' &&
      callee.object.type === 'Identifier'
    )
      return (
        ADDS.test(callee.property.name) &&
        declarationsOf(callee.object.name, call.start).some(({ start }) => isOfType(annotationAt(start)))
      );
    if (callee.type !== 'Identifier' || type === undefined) return false;
    const head = `(?:function|const)\\s+${escapePattern(callee.name)}\\b[^{;]{0,400}?\\b${escapePattern(type)}\\b`;
    return new RegExp(head).test(imports.has(callee.name) ? (moduleOf(callee.name) ?? '') : text);
  };

  /** Whether declarations say that an object that is written out, or what it stands in, is of the type; undefined where a call takes it. */
  const isMadeAsType = (key: SyntaxNode): boolean | undefined => {
    let node = key;
    let isReturned = false;
    for (let parent = parents.get(node); parent; node = parent, parent = parents.get(parent)) {
      switch (parent.type) {
        case 'NewExpression':
        case 'CallExpression':
          if (isReturned && /\.(?:map|flatMap)$/.test(text.slice(parent.callee.start, parent.callee.end))) break;
          return takesType(parent) || undefined;
        case 'TSAsExpression':
        case 'TSSatisfiesExpression':
          return isOfType(parent.typeAnnotation as SyntaxNode);
        case 'VariableDeclarator':
          return isOfType(annotationAt(parent.id.start));
        case 'AssignmentPattern':
          return isOfType(annotationAt(parent.left.start));
        case 'AssignmentExpression':
          return declarationsOf(text.slice(parent.left.start, parent.left.end), parent.start).some(({ start }) =>
            isOfType(annotationAt(start)),
          );
        case 'PropertyDefinition':
          return isOfType(parent.typeAnnotation);
        case 'ArrowFunctionExpression':
        case 'FunctionExpression':
        case 'FunctionDeclaration':
          if (parent.returnType || parents.get(parent)?.type !== 'CallExpression') return isOfType(parent.returnType);
          isReturned = true;
          break;
        default:
          if (!PASSES_ON.test(parent.type)) return false;
      }
    }
    return false;
  };

  const isKey = ({ parent }: NameUse) =>
    parent?.type === 'Property' && parents.get(parent)?.type === 'ObjectExpression';
  const isOfForeign = (use: NameUse): boolean => {
    const { parent, start } = use;
    if (parent?.type === 'MemberExpression') return isForeign(parent.object as SyntaxNode, 0);
    if (parent?.type !== 'Property') return false;
    return isKey(use) ? isMadeAsType(parent) !== true : isMadeOf(start, 0);
  };
  return {
    foreign: new Set(uses.filter(isOfForeign)),
    areInOther: uses.some((use) => isKey(use) && isMadeAsType(use.parent as SyntaxNode) === false),
  };
}

/** What a list takes further elements by. */
const ADDS = /^(?:push|unshift|concat|splice|with|fill|set)$/;

const PASSES_ON =
  /^(?:Property|ObjectExpression|ArrayExpression|ConditionalExpression|LogicalExpression|ParenthesizedExpression|ReturnStatement|BlockStatement|IfStatement|Switch\w+|TryStatement)$/;

/** What reads texts and databases, and what says of nothing what it is. */
const HANDS_OUTSIDE = /\bJSON\.parse\(|\.json\(|\bany\b|\bnew \w*(?:Client|Pool)\(|\bcreate\w*Client\(|\bdrizzle\(/;
