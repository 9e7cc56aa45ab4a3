import type { ParsedFile } from '../syntax/parsed-file.js';
import { constantString, isSyntaxNode, keyName, type SyntaxNode, walk } from '../syntax/syntax-node.js';
import { diagnosisText } from './diagnosis-text.js';
import { baseOf, countNodes, netAdditions } from './net-additions.js';
import type { ContentRule, Finding } from './policy-rule.js';

/** Characters that make code read differently from how it runs, and controls that no source needs. */
const HIDDEN =
  /[\u0000-\u0008\u000B\u000E-\u001F\u007F\u0080-\u009F\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/g;

const SECRETS =
  /\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{30,}|\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{20,}|\bsk_live_[A-Za-z0-9]{16,}|\bAIza[0-9A-Za-z_-]{30,}|\bxox[abprs]-[0-9A-Za-z-]{10,}|\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.|-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----|\bnpm_[A-Za-z0-9]{30,}|\b[a-z][a-z+]{1,12}:\/\/[^\s:@/]{1,64}:[^\s:@/]{6,128}@/g;

/** A literal that is assigned to a name which says that it is secret. */
const NAMED_SECRET = /(?:secret|token|password|passwd|api[_-]?key|private[_-]?key|access[_-]?key|credential)/i;

const PROCESS_MODULES =
  /^(?:node:)?(?:child_process|vm|worker_threads|cluster|net|tls|dgram|dns|inspector|repl)(?:\/|$)/;

function countMatches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function countNamedSecrets(file: ParsedFile): number {
  return countNodes(file, (node) => {
    const name =
      node.type === 'VariableDeclarator'
        ? keyName(node.id, false)
        : node.type === 'Property'
          ? keyName(node.key, node.computed)
          : undefined;
    const value = constantString(node.type === 'VariableDeclarator' ? node.init : node.value);
    return (
      name !== undefined &&
      value !== undefined &&
      NAMED_SECRET.test(name) &&
      value.length >= 16 &&
      /\d/.test(value) &&
      !/\s/.test(value)
    );
  });
}

/** Ways to run a program or a text as a program. */
function executesCode(node: SyntaxNode): boolean {
  if (node.type === 'NewExpression') return isSyntaxNode(node.callee) && node.callee.name === 'Function';
  if (node.type !== 'CallExpression' || !isSyntaxNode(node.callee)) return false;
  const { callee } = node;
  if (callee.type === 'Identifier') {
    if (callee.name === 'require') return constantString((node.arguments as unknown[])[0]) === undefined;
    return callee.name === 'eval' || callee.name === 'Function';
  }
  if (callee.type !== 'MemberExpression') return false;
  const method = keyName(callee.property, callee.computed);
  return (
    method === 'execSync' ||
    method === 'spawnSync' ||
    method === 'execFileSync' ||
    method === 'binding' ||
    method === 'dlopen' ||
    method === 'getBuiltinModule' ||
    // The constructor of a function is `Function`.
    (method === 'constructor' && isConstructor(callee.object))
  );
}

function isConstructor(node: unknown): boolean {
  return (
    isSyntaxNode(node) && node.type === 'MemberExpression' && keyName(node.property, node.computed) === 'constructor'
  );
}

function countExecutions(file: ParsedFile): number {
  const modules = file.shape.requests.filter(({ specifier }) => PROCESS_MODULES.test(specifier)).length;
  const remote = file.shape.requests.filter(({ specifier }) => /^(?:https?:|data:)/.test(specifier)).length;
  const computed = countNodes(
    file,
    (node) => node.type === 'ImportExpression' && constantString(node.source) === undefined,
  );
  return modules + remote + computed + countNodes(file, executesCode);
}

/** The environment as a whole: every secret of the build at once. */
function countWholeEnvironment(file: ParsedFile): number {
  let count = 0;
  for (const script of file.scripts)
    walk(script.root, (node, parent) => {
      if (node.type !== 'MemberExpression' || keyName(node.property, node.computed) !== 'env') return;
      const object = isSyntaxNode(node.object) ? node.object : undefined;
      const isEnvironment =
        object?.name === 'process' ||
        object?.type === 'MetaProperty' ||
        (object?.type === 'MemberExpression' && keyName(object.property, object.computed) === 'process');
      const isMember = parent?.type === 'MemberExpression' && parent.object === node;
      const isTaken =
        parent?.type === 'VariableDeclarator' && isSyntaxNode(parent.id) && parent.id.type === 'ObjectPattern';
      const isComputed = isMember && parent.computed === true && constantString(parent.property) === undefined;
      if (isEnvironment && ((!isMember && !isTaken) || isComputed)) count += 1;
    });
  return count;
}

/** Places outside of the repository where secrets lie. */
const SECRET_PLACES =
  /^(?:file:\/\/)?(?:\/proc\/|\/etc\/|\/root\b|\/home\/|~\/|\/var\/run\/)|(?:^|\/)\.(?:npmrc|netrc|ssh|aws|env(?:\.[\w.]+)?)(?:\/|$)/;

function countSecretPlaces(file: ParsedFile): number {
  return countNodes(file, (node, parent) => {
    const text = constantString(node) ?? '';
    return SECRET_PLACES.test(text) && !(MODULE.test(parent?.type ?? '') && ALIASED.test(text));
  });
}

/** `~/lib/a` as a module is an alias of bundlers; only shells take it for a home. */
const ALIASED = /^~\/[^.]/;
const MODULE = /^(?:ImportDeclaration|ImportExpression|Export(?:Named|All)Declaration)$/;

/** Hosts in addresses that code could speak to. */
function hostsOf(text: string): Set<string> {
  return new Set(
    [...text.matchAll(/(?:\b(?:https?|wss?|ftp):|["'`])\/\/([a-z0-9.-]{1,253})/gi)].map((match) =>
      (match[1] ?? '').toLowerCase(),
    ),
  );
}

/** Hosts that stand alone between quotes, as an address does that lacks its scheme. */
function bareHostsOf(text: string): string[] {
  return [...text.matchAll(/["'`]([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8})(?=["'`/:])/gi)].map(([, host = '']) =>
    host.toLowerCase(),
  );
}

/** Hosts of namespaces and vocabularies, which are names and not addresses. */
const NAMESPACE_HOSTS = new Set([
  'www.w3.org',
  'schema.org',
  'json.schemastore.org',
  'openapi.vercel.sh',
  'json-schema.org',
  'ogp.me',
  'localhost',
]);

export const intrusionRules: readonly ContentRule[] = [
  {
    name: 'hidden-characters',
    severity: 'refused',
    check: (input) =>
      netAdditions(input, {
        count: (file) => countMatches(file.text, HIDDEN) - (file.text.startsWith('\uFEFF') ? 1 : 0),
        message: 'The patch adds characters that cannot be seen.',
      }),
  },
  {
    name: 'secret-added',
    severity: 'refused',
    check: (input) =>
      netAdditions(input, {
        count: (file) => countMatches(file.text, SECRETS) + countNamedSecrets(file),
        message: 'The patch writes something that looks like a secret into the repository.',
      }),
  },
  {
    name: 'redaction-written',
    severity: 'refused',
    check: (input) =>
      netAdditions(input, {
        count: (file) => countMatches(file.text, /\[(?:redacted|REDACTED)[^\]\n]{0,60}\]/g),
        message: 'The patch writes the placeholder of a redacted value into the file.',
      }),
  },
  {
    name: 'program-executed',
    severity: 'refused',
    check: (input) =>
      netAdditions(input, {
        count: countExecutions,
        message: 'The patch runs a program, or a text as a program, with the secrets of the build.',
      }),
  },
  {
    name: 'environment-exposed',
    severity: 'refused',
    check: (input) =>
      netAdditions(input, {
        count: (file) => countWholeEnvironment(file) + countSecretPlaces(file),
        message: 'The patch reads where the secrets of the build are: the whole environment, or files outside.',
      }),
  },
  {
    name: 'unknown-host',
    severity: 'refused',
    check(input) {
      const known = new Set(NAMESPACE_HOSTS);
      const written = [
        ...input.context.files.values(),
        ...(input.context.changes ?? []).map(({ hunks = '' }) => hunks),
      ];
      for (const text of written) for (const host of [...hostsOf(text), ...bareHostsOf(text)]) known.add(host);
      for (const host of hostsOf(diagnosisText(input.diagnosis))) known.add(host);
      return input.changes.flatMap((change): Finding[] => {
        const { after, file } = change;
        if (!after) return [];
        const base = baseOf(change, input);
        for (const host of base ? hostsOf(base.text) : []) known.add(host);
        const host = [...hostsOf(after.text)].find((candidate) => !known.has(candidate));
        return host === undefined
          ? []
          : [{ path: file.path, message: `The patch adds an address at ${host}, which the repository does not know.` }];
      });
    },
  },
];
