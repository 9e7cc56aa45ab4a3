import type { Rule } from '../rule.js';
import { isScript } from '../syntax/parse.js';
import { replaceRanges } from '../syntax/source-text.js';
import { refsIn } from '../syntax/vue-refs.js';
import { walk } from '../syntax/walk.js';

const REASSIGNED = [
  /Cannot assign to '([\w$]+)' because it is a constant/,
  /cannot reassign to a variable declared with `const`/,
  /(?:Cannot assign|Assignment) to (?:constant|const)(?: variable)?:? ?["'`]?([\w$]*)/i,
  /cannot assign to ["'`]([\w$]+)["'`] because it is a constant/i,
];

/** A variable that is declared with `const` and given another value later, in the same function. */
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
    for (const { node } of walk(program)) {
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
