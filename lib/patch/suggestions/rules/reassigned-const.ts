import type { Program } from 'oxc-parser';
import { nodesAround } from '../answers.js';
import type { Rule } from '../rule.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { replaceRanges } from '../syntax/source-text.js';
import { isMentionedInTemplate } from '../syntax/template-uses.js';
import { refsIn } from '../syntax/vue-refs.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

const REASSIGNED = [
  /Cannot assign to '([\w$]+)' because it is a constant/,
  /cannot reassign to a variable declared with `const`/,
  /(?:Cannot assign|Assignment) to (?:constant|const)(?: variable)?:? ?["'`]?([\w$]*)/i,
  /cannot assign to ["'`]([\w$]+)["'`] because it is a constant/i,
];

/**
 * A variable that is declared with `const` and given another value later. Not where a condition may have been meant to compare it,
 * and not where a component shows it: that takes a state, which a variable is not.
 */
export const reassignedConst: Rule = {
  name: 'reassigned-const',
  async propose(error, workspace) {
    const { file, line } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    const match = REASSIGNED.map((pattern) => pattern.exec(error.message)).find((found) => found !== null);
    if (file === undefined || text === undefined || line === undefined || !match || !isScript(file)) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;
    const lineStart = text.split('\n', line - 1).join('\n').length;
    const lineEnd = `${text}\n`.indexOf('\n', lineStart + 1);
    const assigned = new Set<string>();
    const declared = new Map<string, { readonly start: number; readonly count: number }[]>();
    const comparing = new Set<string>();
    for (const { node, parent, key } of walk(program)) {
      if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier' && asksForTruth(parent, key))
        comparing.add(node.left.name);
      if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier' && within(node.left.start))
        assigned.add(node.left.name);
      if (node.type === 'UpdateExpression' && node.argument.type === 'Identifier' && within(node.start))
        assigned.add(node.argument.name);
      if (node.type !== 'VariableDeclaration') continue;
      for (const { id } of node.declarations) {
        if (id.type !== 'Identifier') continue;
        const known = declared.get(id.name) ?? [];
        declared.set(id.name, [
          ...known,
          { start: node.kind === 'const' ? node.start : -1, count: node.declarations.length },
        ]);
      }
    }
    const name = match[1] ? match[1] : assigned.size === 1 ? [...assigned][0] : undefined;
    // Whoever assigns to a ref of Vue means its value.
    if (name !== undefined && refsIn(program).has(name)) return undefined;
    const [only, another] = declared.get(name ?? '') ?? [];
    if (name === undefined || !assigned.has(name) || !only || another || only.start < 0 || only.count !== 1)
      return undefined;
    const assignment = text.indexOf(name, lineStart);
    if (comparing.has(name) || mayBeState({ file, text, program }, { name, from: only.start, to: assignment }))
      return undefined;
    return {
      files: new Map([
        [file, replaceRanges(text, [{ start: only.start, end: only.start + 'const'.length, text: 'let' }])],
      ]),
      cause: `${file} declares \`${name}\` with \`const\` and gives it another value in line ${line}.`,
      change: 'Declares it with `let`.',
    };

    function within(offset: number): boolean {
      return offset >= lineStart && offset < lineEnd;
    }
  },
};

/** `if (kind = 'dark')`. */
function asksForTruth(parent: SyntaxNode | undefined, key: string): boolean {
  return key === 'test' || parent?.type === 'LogicalExpression' || parent?.type === 'UnaryExpression';
}

interface Assigned {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** What a function within a component or a hook of React writes for the next time, or a component's template shows. */
function mayBeState(
  { file, text, program }: { readonly file: string; readonly text: string; readonly program: Program },
  { name, from, to }: Assigned,
): boolean {
  const inside = nodesAround({ program }, to).filter(({ type }) => type.includes('Function'));
  const owner = inside.find(({ start, end }) => start <= from && from < end);
  const later = owner ? inside.slice(0, inside.indexOf(owner)) : inside;
  if (later.every((func) => isCalledAtOnce(program, func))) return false;
  if (!isComponentFile(file)) return owner !== undefined && isOfReact(program, owner);
  const isReactive = file.endsWith('.svelte') && (!/\$(?:state|props|derived)\b/.test(text) || isRune(text, from));
  return !isReactive && isMentionedInTemplate(file, text, name);
}

function isRune(text: string, from: number): boolean {
  return /^const\s+[\w$]+[^=;]*=\s*\$state\b/.test(text.slice(from));
}

/** A function that is called as components and hooks are. */
function isOfReact(program: Program, func: SyntaxNode): boolean {
  const named = 'id' in func && func.id ? func.id : parentOf(program, func);
  const id = named && 'id' in named ? named.id : named;
  return id !== null && id !== undefined && 'name' in id && /^(?:[A-Z]|use[A-Z])/.test(String(id.name));
}

const GOES_THROUGH = /^(?:forEach|map|flatMap|filter|some|every|find|findIndex|reduce|sort)$/;

function isCalledAtOnce(program: Program, func: SyntaxNode): boolean {
  const call = parentOf(program, func);
  if (call?.type !== 'CallExpression') return false;
  const { callee } = call;
  const isList = callee.type === 'MemberExpression' && callee.property.type === 'Identifier';
  return isList && GOES_THROUGH.test((callee.property as { readonly name: string }).name);
}

function parentOf(program: Program, wanted: SyntaxNode): SyntaxNode | undefined {
  return [...walk(program)].find(({ node }) => node === wanted)?.parent;
}
