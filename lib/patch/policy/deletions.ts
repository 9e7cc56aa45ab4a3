import type { Diagnosis } from '../../diagnosis/diagnosis.js';
import type { ParsedFile } from '../syntax/parsed-file.js';
import { isSyntaxNode, keyName, type SyntaxNode, unwrap, walk } from '../syntax/syntax-node.js';
import { diagnosisText, namesIdentifier, namesWord } from './diagnosis-text.js';
import { isMovedElsewhere } from './moved-code.js';
import { baseOf, countNodes, findOrigin, netAdditions } from './net-additions.js';
import { isOneTooMany } from './one-too-many.js';
import type { ContentRule, Finding, ParsedChange, PolicyInput } from './policy-rule.js';

/** Values that stand for "nothing": what is left when somebody empties a function. */
function isTrivial(node: unknown): boolean {
  if (!isSyntaxNode(node)) return true;
  const value = unwrap(node);
  if (value.type === 'Literal') return true;
  if (value.type === 'Identifier') return value.name === 'undefined';
  if (value.type === 'UnaryExpression') return value.operator === 'void' || isTrivial(value.argument);
  if (value.type === 'ArrayExpression') return (value.elements as unknown[]).length === 0;
  if (value.type === 'ObjectExpression') return (value.properties as unknown[]).length === 0;
  if (value.type === 'TemplateLiteral') return (value.expressions as unknown[]).length === 0;
  if (value.type === 'JSXFragment' || value.type === 'JSXElement')
    return (value.children as unknown[]).length === 0 && isBareElement(value);
  return value.type === 'TSAsExpression' && isTrivial(value.expression);
}

function isBareElement(element: SyntaxNode): boolean {
  const opening = element.openingElement;
  return (
    !isSyntaxNode(opening) ||
    ((opening.attributes as unknown[]).length === 0 && /^[a-z]/.test(String((opening.name as SyntaxNode).name)))
  );
}

export function isEmptied(body: SyntaxNode): boolean {
  if (body.type !== 'BlockStatement' && body.type !== 'FunctionBody') return isTrivial(body);
  const statements = (body.body as SyntaxNode[]).filter((statement) => statement.type !== 'EmptyStatement');
  const [only] = statements;
  if (!only) return true;
  if (statements.length > 1) return false;
  if (only.type === 'ThrowStatement') return true;
  return only.type === 'ReturnStatement' && isTrivial(only.argument);
}

/** Named functions, and whether there is anything in them. */
function collectFunctions(file: ParsedFile): Map<string, boolean> {
  const functions = new Map<string, boolean>();
  const add = (name: string | undefined, node: unknown) => {
    if (name === undefined || !isSyntaxNode(node) || !/Function/.test(node.type) || !isSyntaxNode(node.body)) return;
    functions.set(name, !isEmptied(node.body) || functions.get(name) === true);
  };
  for (const script of file.scripts)
    walk(script.root, (node) => {
      if (node.type === 'FunctionDeclaration') add(isSyntaxNode(node.id) ? String(node.id.name) : 'default', node);
      else if (node.type === 'VariableDeclarator') add(keyName(node.id, false), node.init);
      else if (node.type === 'Property' || node.type === 'MethodDefinition' || node.type === 'PropertyDefinition')
        add(keyName(node.key, node.computed), node.value);
      else if (node.type === 'ExportDefaultDeclaration') add('default', node.declaration);
    });
  return functions;
}

function findEmptied(change: ParsedChange, input: PolicyInput): Finding[] {
  const { after, file } = change;
  const before = baseOf(change, input);
  if (!after) return [];
  if (!before) return findEmptiedOnTheWay(change, after, input);
  if (before.text.trim() !== '' && file.content?.trim() === '')
    return [{ path: file.path, message: 'The patch empties the file.' }];
  const now = collectFunctions(after);
  for (const [name, hadContent] of collectFunctions(before))
    if (hadContent && now.get(name) === false)
      return [{ path: file.path, message: `The patch empties \`${name}\` instead of repairing it.` }];
  return [];
}

/** A function that another file gives up, and that arrives here with nothing in it. */
function findEmptiedOnTheWay({ file }: ParsedChange, arrived: ParsedFile, { changes }: PolicyInput): Finding[] {
  const now = collectFunctions(arrived);
  for (const { before, after } of changes) {
    const left = after ? collectFunctions(after) : new Map<string, boolean>();
    for (const [name, hadContent] of before ? collectFunctions(before) : [])
      if (hadContent && name !== 'default' && !left.has(name) && now.get(name) === false)
        return [{ path: file.path, message: `The patch empties \`${name}\` on the way into this file.` }];
  }
  return [];
}

function codeLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= 6 && /[\w$]/.test(line));
}

/** New comments that hold lines which were code before. */
function findCommentedOut(change: ParsedChange, input: PolicyInput): Finding[] {
  const { after, file } = change;
  const before = baseOf(change, input);
  if (!before || !after) return [];
  // What was a comment, if of another language, is not code.
  const code = new Set(codeLines(before.text).filter((line) => !line.startsWith('//')));
  const remaining = new Set(codeLines(after.text));
  const old = new Set(before.comments);
  const bare = (line: string) => line.replace(/^[\s*/]*/, '').replace(/[\s*/;}]*$/, '');
  const bareCode = new Set([...code].filter((line) => !remaining.has(line)).map(bare));
  const hit = after.comments
    .filter((comment) => !old.has(comment))
    .flatMap((comment) => comment.split('\n').map(bare))
    .some((line) => line.length >= 6 && bareCode.has(line));
  return hit ? [{ path: file.path, message: 'The patch comments code out.' }] : [];
}

function isNever(node: unknown): boolean {
  if (!isSyntaxNode(node)) return false;
  const test = unwrap(node);
  if (test.type === 'Literal') return !test.value && test.regex === undefined && test.bigint === undefined;
  if (test.type === 'UnaryExpression' && test.operator === '!') return isAlways(test.argument);
  if (test.type === 'UnaryExpression') return test.operator === 'void';
  return test.type === 'LogicalExpression' && test.operator === '&&' && (isNever(test.left) || isNever(test.right));
}

function isAlways(node: unknown): boolean {
  if (!isSyntaxNode(node)) return false;
  const test = unwrap(node);
  if (test.type === 'Literal') return Boolean(test.value);
  if (test.type === 'UnaryExpression' && test.operator === '!') return isNever(test.argument);
  return test.type === 'ArrayExpression' || test.type === 'ObjectExpression';
}

/** Code that stays in the file and can no longer run. */
function countUnreachable(file: ParsedFile): number {
  return countNodes(file, (node) => {
    if (node.type === 'LogicalExpression')
      return node.operator === '&&' ? isNever(node.left) : node.operator === '||' && isAlways(node.left);
    if (/^(?:If|While|Conditional)/.test(node.type))
      return isNever(node.test) || (node.type !== 'WhileStatement' && isAlways(node.test));
    const statements = node.body;
    if (!Array.isArray(statements) || (node.type !== 'BlockStatement' && node.type !== 'FunctionBody')) return false;
    const exit = statements.findIndex((statement: SyntaxNode) => /^(?:Return|Throw)Statement$/.test(statement.type));
    return (
      exit !== -1 &&
      statements.slice(exit + 1).some((statement: SyntaxNode) => statement.type !== 'FunctionDeclaration')
    );
  });
}

/** Variables by which code can tell that it is being built rather than used. */
const BUILD_VARIABLES = new Set([
  'CI',
  'VERCEL',
  'VERCEL_ENV',
  'NOW_BUILDER',
  'NEXT_PHASE',
  'BUILDING',
  'IS_BUILD',
  'npm_lifecycle_event',
]);

function countBuildChecks(file: ParsedFile): number {
  return countNodes(file, (node) => {
    if (node.type === 'Identifier') return node.name === 'PHASE_PRODUCTION_BUILD';
    if (node.type !== 'MemberExpression' || !isSyntaxNode(node.object)) return false;
    const { object } = node;
    const isEnvironment = object.type === 'MemberExpression' && keyName(object.property, object.computed) === 'env';
    return isEnvironment && BUILD_VARIABLES.has(keyName(node.property, node.computed) ?? '');
  });
}

/** What models write where they mean "and so on". */
const ELISION =
  /^[\s*/{<!-]*(?:\.{3}|…|(?:\.{3}|…)?\s?(?:the )?(?:rest of|existing|remaining|other|unchanged|previous|same as before|keep)\b.{0,60}(?:code|file|content|imports?|component|function|logic|unchanged|as before|here|\.{3}|…))/i;

function countElisions(file: ParsedFile): number {
  const texts =
    file.kind === 'text'
      ? file.text.split('\n').filter((line) => /^\s*(?:\/\/|#|<!--|\/\*)/.test(line))
      : file.comments;
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => ELISION.test(line) && /\.{3}|…|rest of|existing|unchanged|remaining/i.test(line)).length;
}

/** How many lines the first text has that the second has not, moved lines not counted. */
function countMissing(from: string | null, to: string | null): number {
  const there = new Map<string, number>();
  for (const line of codeLines(to ?? '')) there.set(line, (there.get(line) ?? 0) + 1);
  let missing = 0;
  for (const line of codeLines(from ?? '')) {
    const left = there.get(line) ?? 0;
    if (left > 0) there.set(line, left - 1);
    else missing += 1;
  }
  return missing;
}

/** Lines between merge markers: one of the two sides has to go. */
function countConflicted(text: string | null): number {
  let inside = false;
  return (text ?? '').split('\n').filter((line) => {
    if (/^<{7}(?:\s|$)/.test(line)) inside = true;
    const counts = inside;
    if (/^>{7}(?:\s|$)/.test(line)) inside = false;
    return counts;
  }).length;
}

/** More lines may go for each complaint that something is not used. */
const LINES_PER_UNUSED = 10;
const FEW_LINES = 10;

function countUnused(diagnosis: Diagnosis): number {
  return diagnosis.errors.reduce((sum, error) => {
    const isUnused =
      /unused|never (?:used|read)|not used|TS6133|TS6196|TS6192|duplicate|already (?:been )?declared|same path|parallel pages/i.test(
        `${error.code ?? ''} ${error.message}`,
      );
    return isUnused ? sum + (error.count ?? 1) : sum;
  }, 0);
}

function checkMassDeletion(input: PolicyInput): Finding[] {
  let removed = 0;
  let added = 0;
  let conflicted = 0;
  for (const change of input.changes) {
    const { before, content } = change.file;
    const origin = findOrigin(change, input);
    const isMoved = content === null && input.changes.some((other) => findOrigin(other, input) === change);
    if (isMoved || (content === null && isOneTooMany(change.file.path, input))) continue;
    const base = before ?? origin?.file.before ?? null;
    removed += countMissing(base, content);
    added += countMissing(content, base);
    conflicted += countConflicted(before);
  }
  const allowed = FEW_LINES + conflicted + countUnused(input.diagnosis) * LINES_PER_UNUSED;
  if (removed <= allowed || removed <= added * 3) return [];
  const path = input.changes[0]?.file.path ?? '';
  return [{ path, message: `The patch removes ${removed} lines and adds ${added}.` }];
}

/** Whether an error that is about what a file may export stands on the line that exports the name. */
function isExportBlamed({ errors }: Diagnosis, file: ParsedChange['file'], name: string): boolean {
  const lines = file.before?.split('\n') ?? [];
  return errors.some(({ file: path, line, message }) => {
    if (path !== file.path || line === undefined || !/\bexport(?:s|ed)?\b|Server Actions must be/i.test(message))
      return false;
    const text = lines[line - 1] ?? '';
    return /\bexport\b/.test(text) && namesWord(text, name);
  });
}

/** What a framework says of an option that it cannot follow may name it by what it does. */
const REFUSED_OPTIONS: Readonly<Record<string, RegExp>> = {
  prerender: /\b[Cc]annot prerender\b/,
  runtime: /\bnot supported in the Edge Runtime\b/,
};

function isRefusedOption({ diagnosis }: PolicyInput, name: string): boolean {
  return REFUSED_OPTIONS[name]?.test(diagnosisText(diagnosis)) === true;
}

function checkDroppedExports(input: PolicyInput): Finding[] {
  return input.changes.flatMap((change): Finding[] => {
    const { before, after, file } = change;
    if (before?.kind !== 'script' || before.errors.some((error) => !error.semantic)) return [];
    if (!after && isOneTooMany(file.path, input)) return [];
    const heir = after ? undefined : input.changes.find((other) => findOrigin(other, input) === change)?.after;
    const now = after ?? heir;
    const has = (name: string) =>
      now?.shape.exports.has(name) === true || (now?.shape.stars.length ?? 0) > before.shape.stars.length;
    const answersDemand = [...(now?.shape.exports ?? [])].some(
      (name) => !before.shape.exports.has(name) && name !== 'default' && namesIdentifier(input.diagnosis, name),
    );
    const isBlamed = (name: string) =>
      name !== 'default' &&
      (isRefusedOption(input, name) ||
        namesIdentifier(input.diagnosis, name) ||
        isExportBlamed(input.diagnosis, file, name));
    const dropped = [...before.shape.exports].find(
      (name) => !has(name) && !(answersDemand || isBlamed(name) || isMovedElsewhere(name, change, input)),
    );
    return dropped === undefined
      ? []
      : [
          {
            path: file.path,
            message: `The patch drops the export \`${dropped}\`, which the diagnosis does not ask for.`,
          },
        ];
  });
}

function checkDeletedFiles(input: PolicyInput): Finding[] {
  const blame = diagnosisText(input.diagnosis);
  return input.changes.flatMap((change): Finding[] => {
    if (change.after) return [];
    const { path } = change.file;
    const isMoved = input.changes.some((other) => findOrigin(other, input) === change);
    const stem = path.replace(/\.[^./]+$/, '');
    if (isMoved || isOneTooMany(path, input) || blame.includes(path) || blame.includes(`${stem}\n`)) return [];
    // A file of settings may be the whole fault; what it ran is the concern of the rules on commands.
    const isSetting = input.diagnosis.class === 'config' && /\.(?:json|ya?ml|toml)$/.test(path);
    if (isSetting && input.context.suspects.slice(0, 3).some((suspect) => suspect.path === path)) return [];
    return [{ path, message: 'The patch deletes a file that the diagnosis does not name.' }];
  });
}

/** TypeScript that becomes JavaScript is no longer checked. */
function checkRenames(input: PolicyInput): Finding[] {
  return input.changes.flatMap((change): Finding[] => {
    const origin = findOrigin(change, input);
    const { path } = change.file;
    if (!origin || !/\.[cm]?tsx?$/.test(origin.file.path) || !/\.(?:[cm]?jsx?|mdx?|txt|html)$/.test(path)) return [];
    return [{ path, message: `The patch turns ${origin.file.path} into a file that is not type checked.` }];
  });
}

/** A component's script that loses its language is no longer checked either. */
function checkScriptLanguage(input: PolicyInput): Finding[] {
  const languages = (text: string | null) => text?.match(/<script\b[^>]{0,200}\blang=["']?tsx?\b/g)?.length ?? 0;
  const untyped = (text: string | null) => (text?.match(/<script\b/g)?.length ?? 0) - languages(text);
  // One of two may go with all that it holds.
  const keepsTypes = ({ content, before }: { content: string | null; before: string | null }) =>
    languages(content) > 0 && untyped(content) <= untyped(before);
  return input.changes.flatMap(({ file, before, after }) =>
    before?.kind === 'component' && after && languages(file.content) < languages(file.before) && !keepsTypes(file)
      ? [{ path: file.path, message: 'The patch turns the component’s TypeScript into JavaScript.' }]
      : [],
  );
}

function eachChange(input: PolicyInput, find: (change: ParsedChange, input: PolicyInput) => Finding[]): Finding[] {
  return input.changes.flatMap((change) => find(change, input));
}

export const deletionRules: readonly ContentRule[] = [
  { name: 'export-dropped', severity: 'refused', check: checkDroppedExports },
  { name: 'file-deleted', severity: 'refused', check: checkDeletedFiles },
  {
    name: 'typescript-dropped',
    severity: 'refused',
    check: (input) => [...checkRenames(input), ...checkScriptLanguage(input)],
  },
  { name: 'code-emptied', severity: 'refused', check: (input) => eachChange(input, findEmptied) },
  { name: 'code-commented-out', severity: 'refused', check: (input) => eachChange(input, findCommentedOut) },
  {
    name: 'code-disabled',
    severity: 'refused',
    check: (input) =>
      netAdditions(input, {
        count: countUnreachable,
        message: 'The patch leaves code in the file that can no longer run.',
      }),
  },
  {
    name: 'build-detected',
    severity: 'refused',
    check: (input) =>
      netAdditions(input, {
        count: countBuildChecks,
        message: 'The patch makes code behave differently while it is built.',
      }),
  },
  {
    name: 'code-elided',
    severity: 'refused',
    check: (input) =>
      netAdditions(input, {
        count: countElisions,
        message: 'The patch replaces code by a comment that stands for it.',
      }),
  },
  { name: 'mass-deletion', severity: 'refused', check: checkMassDeletion },
];
