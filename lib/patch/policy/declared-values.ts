/** Values, and members of the language's own types, that a patch declares without providing them. */
import type { ParsedFile } from '../syntax/parsed-file.js';
import { isSyntaxNode, keyName, type SyntaxNode, walk } from '../syntax/syntax-node.js';
import { netAdditions } from './net-additions.js';
import type { ContentRule, PolicyInput } from './policy-rule.js';

/** Types whose members the language brings along: what is declared beside them is there only where somebody puts it. */
const BUILT_IN =
  /^(?:(?:Readonly)?(?:Array|Map|Set)|Weak(?:Map|Set|Ref)|String|Number|BigInt|Boolean|Symbol|Object|Function|Callable\w{1,20}|Date|RegExp|Promise(?:Like)?|Error|\w{1,10}Error|JSON|Math|Reflect|Proxy|Iterator|Generator|\w{0,10}Array|ArrayBuffer|DataView|Atomics|Intl|\w{1,20}Constructor)$/;

const VALUE = /^(?:VariableDeclaration|FunctionDeclaration|TSDeclareFunction|ClassDeclaration|TSEnumDeclaration)$/;

export const valueDeclaredRule: ContentRule = {
  name: 'value-declared',
  severity: 'refused',
  check: (input) =>
    netAdditions(input, {
      count: (file) => countPromises(file, input),
      message: 'The patch declares that a value exists without providing it.',
    }),
};

/** `declare const x: T`, values of `declare global` and of namespaces, and members of built-in types. */
function countPromises(file: ParsedFile, input: PolicyInput): number {
  let count = 0;
  const isModule = file.shape.exports.size > 0 || file.shape.requests.length > 0 || /\bexport\s{0,4}\{/.test(file.text);
  const reach = (node: SyntaxNode, isGlobal: boolean) => {
    if (VALUE.test(node.type)) count += namesOf(node).filter((name) => !isProvided(name, node, input)).length;
    if (node.type === 'TSInterfaceDeclaration' && isGlobal && BUILT_IN.test(keyName(node.id, false) ?? ''))
      count += membersOf(node).filter((member) => !isPutThere(member, input)).length;
  };
  for (const { root } of file.scripts)
    walk(root, (node, parent) => {
      if (node.type === 'TSModuleDeclaration' && isSyntaxNode(node.id) && node.id.type === 'Identifier') {
        const isAmbient = node.id.name === 'global' || node.declare === true;
        for (const inner of isAmbient ? statementsOf(node.body) : []) reach(inner, node.id.name === 'global');
      } else if (parent === root || parent?.type === 'ExportNamedDeclaration') {
        if (VALUE.test(node.type) ? node.declare === true : !isModule) reach(node, true);
      } else if (VALUE.test(node.type) && node.declare === true && parent?.type !== 'TSModuleBlock') reach(node, false);
    });
  return count;
}

function statementsOf(block: unknown): SyntaxNode[] {
  const body = isSyntaxNode(block) && Array.isArray(block.body) ? block.body.filter(isSyntaxNode) : [];
  return body.map((node) =>
    node.type === 'ExportNamedDeclaration' && isSyntaxNode(node.declaration) ? node.declaration : node,
  );
}

function namesOf(node: SyntaxNode): string[] {
  const declared = node.type === 'VariableDeclaration' ? (node.declarations as SyntaxNode[]) : [node];
  return declared.map(({ id }) => keyName(id, false) ?? '');
}

function membersOf({ body }: SyntaxNode): string[] {
  const members = isSyntaxNode(body) && Array.isArray(body.body) ? body.body.filter(isSyntaxNode) : [];
  return members.map(({ key, computed }) => keyName(key, computed) ?? '');
}

/** A global that may be undefined promises nothing, and one that code sets is there. */
function isProvided(name: string, node: SyntaxNode, input: PolicyInput): boolean {
  if (node.type === 'VariableDeclaration' && node.declare !== true && mayBeUndefined(node)) return true;
  return node.declare !== true && hasText(input, ['globalThis', 'global', 'window', 'self'], name);
}

function mayBeUndefined(node: SyntaxNode): boolean {
  let found = false;
  walk(node, ({ type }) => {
    found ||= type === 'TSUndefinedKeyword';
  });
  return found;
}

function isPutThere(member: string, input: PolicyInput): boolean {
  return hasText(input, ['prototype'], member);
}

/** Whether code of the repository or of the patch sets a member of this name on one of the objects. */
function hasText({ changes, context }: PolicyInput, objects: readonly string[], name: string): boolean {
  const texts = [...context.files.values(), ...changes.map(({ file }) => file.content ?? '')];
  return objects.some((object) =>
    texts.some((text) =>
      [`${object}.${name} `, `${object}.${name}=`, `${object}, '${name}'`, `${object}['${name}'] `].some((form) =>
        text.includes(form),
      ),
    ),
  );
}
