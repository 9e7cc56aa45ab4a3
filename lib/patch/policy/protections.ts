/** What keeps strangers out: security headers, and calls that ask who is there. */
import type { ParsedFile } from '../syntax/parsed-file.js';
import { constantString, isSyntaxNode, keyName, unwrap, walk } from '../syntax/syntax-node.js';
import { namesIdentifier } from './diagnosis-text.js';
import { isOneTooMany } from './one-too-many.js';
import type { ContentRule, ParsedChange, PolicyInput } from './policy-rule.js';

export const HEADER =
  /^(?:content-security-policy(?:-report-only)?|x-frame-options|x-content-type-options|strict-transport-security|permissions-policy|referrer-policy|cross-origin-\w{1,10}-policy)$/i;

/** `auth`, `requireUser`, `verifySession`, `checkPermission` and their like. */
const GUARD =
  /^(?:auth|authenticate|authorize|isAuthenticated|isAuthorized|(?:require|check|verify|assert|ensure|protect|guard)(?:Auth|User|Session|Role|Permission|Admin|Access|Login|Token|Csrf|Signature)\w{0,30}|timingSafeEqual)$/;

/** Headers and calls by their names, each as often as it stands there. */
function protectionsIn(file: ParsedFile | undefined): string[] {
  const found: string[] = [];
  const add = (text: string | undefined) => {
    if (text !== undefined && HEADER.test(text)) found.push(text.toLowerCase());
  };
  const open: unknown[] = [file?.data];
  for (let value = open.pop(); value !== undefined; value = open.pop())
    if (typeof value === 'string') add(value);
    else if (typeof value === 'object' && value !== null) open.push(...Object.values(value));
  for (const { root } of file?.scripts ?? [])
    walk(root, (node) => {
      if (node.type === 'Literal') add(constantString(node));
      const name = node.type === 'CallExpression' ? calleeName(node.callee) : undefined;
      if (name !== undefined && GUARD.test(name)) found.push(name);
    });
  return found;
}

function calleeName(callee: unknown): string | undefined {
  const node = isSyntaxNode(callee) ? unwrap(callee) : undefined;
  if (node?.type === 'MemberExpression') return keyName(node.property, node.computed);
  return node?.type === 'Identifier' ? String(node.name) : undefined;
}

/** Where one of two files goes, what the other one asks for as well is not lost. */
function standsInTwin(name: string, { file, after }: ParsedChange, input: PolicyInput): boolean {
  if (after || !isOneTooMany(file.path, input)) return false;
  return input.context.suspects.some(
    ({ path }) => path !== file.path && input.context.files.get(path)?.includes(name) === true,
  );
}

/** A guard may take another's place; one that the diagnosis names is the fault itself. */
function findLost(input: PolicyInput): { readonly name: string; readonly path: string } | undefined {
  const left = input.changes.flatMap(({ after }) => protectionsIn(after));
  for (const change of input.changes) {
    if (change.before?.errors.some(({ semantic }) => !semantic)) continue;
    for (const name of protectionsIn(change.before)) {
      const at = left.indexOf(name);
      const other = at !== -1 || HEADER.test(name) ? at : left.findIndex((one) => GUARD.test(one));
      if (other !== -1) left.splice(other, 1);
      else if (!namesIdentifier(input.diagnosis, name) && !standsInTwin(name, change, input))
        return { name, path: change.file.path };
    }
  }
  return undefined;
}

export const protectionRules: readonly ContentRule[] = [
  {
    name: 'protection-dropped',
    severity: 'refused',
    check(input) {
      const lost = findLost(input);
      const message = `The patch takes \`${lost?.name}\` out, which keeps strangers out.`;
      return lost ? [{ path: lost.path, message }] : [];
    },
  },
];
