import { baseName } from '../../context/readable-files.js';
import type { ParsedFile } from '../syntax/parsed-file.js';
import { constantString, isSyntaxNode, type SyntaxNode, walk } from '../syntax/syntax-node.js';
import { countNodes, findOrigin, netAdditions } from './net-additions.js';
import type { ContentRule, PolicyInput } from './policy-rule.js';

export function isTestFile(path: string): boolean {
  return (
    /(?:^|\/)(?:__tests__|__specs__|tests?|specs?|e2e|cypress|playwright)\//.test(path) ||
    /(?:[._-](?:test|spec|cy|e2e|test-d)|^(?:test|spec))\.[cm]?[jt]sx?$/.test(baseName(path)) ||
    /\.(?:snap|feature)$/.test(path)
  );
}

const RUNNERS = new Set(['it', 'test', 'describe', 'suite', 'context', 'specify', 'bench']);
const SKIPPING = new Set(['skip', 'todo', 'fixme', 'fails', 'failing', 'skipIf', 'runIf', 'only', 'fail']);
const SKIPPED_RUNNERS = new Set(['xit', 'xtest', 'xdescribe', 'xcontext', 'xspecify', 'fit', 'fdescribe', 'pending']);

/** The names along `test.describe.skip`, from the left. */
function memberPath(node: unknown): string[] {
  if (!isSyntaxNode(node)) return [];
  if (node.type === 'Identifier') return [String(node.name)];
  if (node.type === 'CallExpression' || node.type === 'TaggedTemplateExpression')
    return memberPath(node.callee ?? node.tag);
  if (node.type !== 'MemberExpression' || !isSyntaxNode(node.property)) return [];
  const property = node.computed === true ? constantString(node.property) : String(node.property.name);
  return [...memberPath(node.object), property ?? '?'];
}

function skipsTest(node: SyntaxNode): boolean {
  if (node.type !== 'MemberExpression' && node.type !== 'CallExpression') return false;
  const path = memberPath(node.type === 'CallExpression' ? node.callee : node);
  const [runner = '', ...rest] = path;
  if (node.type === 'CallExpression') return path.length === 1 && SKIPPED_RUNNERS.has(runner);
  return (RUNNERS.has(runner) || runner === 'this' || runner === 't') && SKIPPING.has(rest.at(-1) ?? '');
}

function countChecks(file: ParsedFile): number {
  return countNodes(file, (node) => {
    if (node.type !== 'CallExpression') return false;
    const [first = ''] = memberPath(node.callee);
    return first === 'expect' || first === 'assert' || RUNNERS.has(first);
  });
}

/** What a test file expects: its matchers and every literal, as one text in which order counts for nothing. */
function expectations(file: ParsedFile): string {
  const found: string[] = [];
  for (const script of file.scripts)
    walk(script.root, (node) => {
      if (node.type === 'Literal') found.push(`=${String(node.raw ?? node.value)}`);
      if (node.type === 'MemberExpression') {
        const name = memberPath(node).at(-1) ?? '';
        if (/^(?:to[A-Z]\w*|not|resolves|rejects|(?:deep|strict|not)?[eE]qual\w*)$/.test(name)) found.push(`.${name}`);
      }
    });
  return found.sort().join('\n');
}

function isNamed(path: string, { errors }: PolicyInput['diagnosis']): boolean {
  return errors.some(
    (error) =>
      error.file === path || error.trace?.includes(path) || error.places?.some((place) => place.file === path) === true,
  );
}

export const testRules: readonly ContentRule[] = [
  {
    name: 'test-skipped',
    severity: 'refused',
    check: (input) =>
      netAdditions(input, {
        count: (file) => countNodes(file, skipsTest),
        message: 'The patch keeps a test from running.',
      }),
  },
  {
    name: 'test-removed',
    severity: 'refused',
    check: (input) =>
      input.changes.flatMap((change) => {
        const { path } = change.file;
        if (!isTestFile(path) || !change.before) return [];
        if (!change.after) {
          const moved = input.changes.some(
            (other) => findOrigin(other, input) === change && isTestFile(other.file.path),
          );
          return moved ? [] : [{ path, message: 'The patch deletes a test.' }];
        }
        const fewer = countChecks(change.after) < countChecks(change.before);
        return fewer ? [{ path, message: 'The patch takes tests or expectations out.' }] : [];
      }),
  },
  {
    name: 'test-weakened',
    severity: 'refused',
    check: ({ changes, diagnosis }) =>
      changes.flatMap(({ file: { path }, before, after }) =>
        isTestFile(path) && before && after && !isNamed(path, diagnosis) && expectations(after) !== expectations(before)
          ? [{ path, message: 'The patch changes what a test expects, and no error is in that test.' }]
          : [],
      ),
  },
];
