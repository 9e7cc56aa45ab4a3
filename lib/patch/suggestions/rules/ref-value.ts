import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { findScripts } from '../syntax/mask-markup.js';
import type { ParsedSource } from '../syntax/parse.js';
import { offsetOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { type MadeRef, refsIn } from '../syntax/vue-refs.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

const REF = '(?:Computed|WritableComputed|Shallow|Template)?Ref<';
const NO_MEMBER = new RegExp(String.raw`^Property '([\w$]+)' does not exist on type '(?:Readonly<)?${REF}`);
const OPERATOR = new RegExp(
  String.raw`^Operator '[^']{1,4}' cannot be applied to types '(?:${REF}(\w+)|(\w+))\b[^']*' and '(?:${REF}\w+|\w+)\b[^']*'`,
);
const ARGUMENT = new RegExp(
  String.raw`^Argument of type '${REF}(\w+)(?:, \w+)?>' is not assignable to parameter of type '(\w+)'`,
);
const CONSTANT = /^Cannot assign to '([\w$]+)' because it is a constant/;
const UNWRAPPED = /^Property 'value' does not exist on type '/;

/**
 * A ref of Vue that a script takes for what it holds, and that is read and written by `.value` there; or `.value` in a template, which
 * reads the refs of its script by itself: https://vuejs.org/guide/essentials/reactivity-fundamentals.html#ref-unwrapping-in-templates.
 */
export const refValue: Rule = {
  name: 'ref-value',
  async propose(error, workspace) {
    const { file, line, column } = error;
    const text = file !== undefined && /\.(?:vue|ts)$/.test(file) ? workspace.read(file) : undefined;
    const at =
      text === undefined || line === undefined || column === undefined ? undefined : offsetOf(text, line, column);
    if (file === undefined || text === undefined || at === undefined) return undefined;
    const source = await workspace.parse(file, text);
    if (source.errors.length > 0) return undefined;
    const isInScript =
      !file.endsWith('.vue') || findScripts(file, text).some(({ start, end }) => start <= at && at < end);
    const refs = refsIn(source.program);
    const edit = isInScript ? readRef(error, { source, at, refs }) : unwrapInTemplate(error, { text, at, refs });
    if (edit === undefined) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [edit])]]),
      cause: isInScript
        ? `${file}, line ${line}, takes a ref for what it holds.`
        : `${file}, line ${line}, reads \`.value\` of a ref in a template, which has done so already.`,
      change: isInScript ? 'Reads it by `.value`, as scripts do.' : 'Names the ref alone, as templates do.',
    };
  },
};

interface Place {
  readonly at: number;
  readonly refs: ReadonlyMap<string, MadeRef>;
}

function readRef(
  { message }: BuildError,
  { source, at, refs }: Place & { readonly source: ParsedSource },
): Replacement | undefined {
  for (const { node } of walk(source.program)) {
    const found = wrongUse(node, message, { at, refs });
    if (found?.type === 'Identifier') return { start: found.end, end: found.end, text: '.value' };
  }
  return undefined;
}

/** The ref in this node of which the message speaks. */
function wrongUse(node: SyntaxNode, message: string, { at, refs }: Place): SyntaxNode | undefined {
  if (node.type === 'MemberExpression' && !node.computed && node.property.start === at)
    return NO_MEMBER.exec(message)?.[1] !== undefined && !/^Property 'value'/.test(message) ? node.object : undefined;
  if (node.type === 'BinaryExpression' && node.start === at) {
    const types = /types '([^']*)' and '([^']*)'/.exec(message);
    const [isLeft, isRight] = [types?.[1], types?.[2]].map((type) => /^\w*Ref</.test(type ?? ''));
    return OPERATOR.test(message) && isLeft !== isRight ? (isLeft ? node.left : node.right) : undefined;
  }
  if (node.type === 'CallExpression') {
    const [, held, wanted] = ARGUMENT.exec(message) ?? [];
    return held !== undefined && held === wanted ? node.arguments.find(({ start }) => start === at) : undefined;
  }
  const assigned =
    node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : undefined;
  if (assigned?.type !== 'Identifier' || assigned.start !== at || CONSTANT.exec(message)?.[1] !== assigned.name)
    return undefined;
  // Another ref in its place is no value of this one.
  const isOfRefs = node.type === 'AssignmentExpression' && node.right.type !== 'Literal' && mayBeRef(node.right, refs);
  return refs.get(assigned.name)?.isWritable && !isOfRefs ? assigned : undefined;
}

function mayBeRef(node: SyntaxNode, refs: ReadonlyMap<string, MadeRef>): boolean {
  if (node.type === 'Identifier') return refs.has(node.name);
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'Identifier' &&
    /^(?:use[A-Z]|(?:\w+R|r)ef$|computed$)/.test(node.callee.name)
  );
}

function unwrapInTemplate(
  { message }: BuildError,
  { text, at, refs }: Place & { readonly text: string },
): Replacement | undefined {
  if (!UNWRAPPED.test(message) || !/^value(?![\w$])/.test(text.slice(at, at + 6))) return undefined;
  const [before = '', name = ''] =
    /(?<![\w$.)\]])([A-Za-z_$][\w$]*)\??\.$/.exec(text.slice(Math.max(0, at - 100), at)) ?? [];
  if (!refs.has(name) || isOfTemplate(text, name)) return undefined;
  return { start: at - (before.length - name.length), end: at + 'value'.length, text: '' };
}

/** Whether a loop or a slot of the template calls something by the name. */
function isOfTemplate(text: string, name: string): boolean {
  const binding = /\bv-for="([^"]*?)\s(?:in|of)\s|(?:\s#|\bv-slot)[^\s=>]*="([^"]*)"/g;
  const word = new RegExp(`(?<![\\w$])${escapePattern(name)}(?![\\w$])`);
  return [...text.matchAll(binding)].some(([, item = '', props = '']) => word.test(item) || word.test(props));
}
