import { escapePattern } from '../../../context/word-pattern.js';
import { isBroughtByDiff, isChangedElsewhere } from '../changed-words.js';
import type { Rule } from '../rule.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { lineOf, offsetOf, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';
import { isNumbering } from './quoted-entry.js';

const MISMATCH =
  /Type '(?<from>string|number|boolean|"[^"]{0,100}"|-?[\d.]{1,20}|true|false)' is not assignable to type '(?<to>string|number|boolean)(?: \| (?:null|undefined))*'/;
const ARGUMENT =
  /Argument of type '(?<from>string|number|boolean|"[^"]{0,100}"|-?[\d.]{1,20}|true|false)' is not assignable to parameter of type '(?<to>string|number|boolean)(?: \| (?:null|undefined))*'/;

/** A literal with quotes that it must not have, or without those that it must: `hours: '9'` where a number is wanted. */
export const quotedValue: Rule = {
  name: 'quoted-value',
  async propose(error, workspace) {
    const wanted = (MISMATCH.exec(error.message) ?? ARGUMENT.exec(error.message))?.groups?.to;
    const { file, line, column } = error;
    if (wanted === undefined || file === undefined || line === undefined || column === undefined) return undefined;
    if (!isScript(file) || isComponentFile(file)) return undefined;
    const text = workspace.read(file);
    const at = text === undefined ? undefined : offsetOf(text, line, column);
    if (text === undefined || at === undefined) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;
    const literal = findLiteral(program, at);
    if (literal?.owner === undefined || isChangedElsewhere(workspace, file, literal.owner)) return undefined;
    if (isTypeNew(workspace, file, literal.owner)) return undefined;
    if (!isBroughtByDiff(workspace, file, text.slice(literal.start, literal.end))) return undefined;
    if (isNumbering(literal.owner, String(literal.value))) return undefined;
    // Among texts that begin with a nought, a number may have lost one.
    if (new RegExp(`(?<![\\w$])${escapePattern(literal.owner)}:\\s*["'\`]0\\d`).test(text)) return undefined;
    const written = rewrite(text, literal, wanted);
    if (written === undefined) return undefined;
    const repaired = replaceRanges(text, [{ start: literal.start, end: literal.end, text: written }]);
    // Another argument of the wanted type may belong in its place, unless the call was as it is with this.
    const mayBeSwapped = literal.others?.some((one) => one.type === 'Literal' && typeof one.value === wanted);
    const rows = workspace.changes.find(({ path }) => path === file)?.hunks?.split('\n') ?? [];
    if (mayBeSwapped && !rows.includes(`-${repaired.split('\n')[line - 1]}`)) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file}, line ${lineOf(text, literal.start)}, has \`${text.slice(literal.start, literal.end)}\` where a ${wanted} belongs.`,
      change: `Writes the same value as a ${wanted}.`,
    };
  },
};

/** Whether the diff that brought the value brought its type too: either may be what is wrong. */
function isTypeNew({ changes }: Workspace, file: string, owner: string): boolean {
  const hunks = changes.find(({ path }) => path === file)?.hunks ?? '';
  const typed = (sign: string) =>
    new RegExp(`^\\${sign}.*(?<![\\w$])${escapePattern(owner)}\\??:\\s*(?:string|number|boolean)\\b`, 'm').test(hunks);
  return typed('+') && !typed('-');
}

interface Literal {
  readonly value: string | number | boolean;
  readonly start: number;
  readonly end: number;
  readonly isAttribute: boolean;
  /** The property, attribute or function that it is given to. */
  readonly owner: string | undefined;
  /** The further arguments of the call that it is given to. */
  readonly others?: readonly SyntaxNode[];
}

/** The literal that the compiler means: at the place itself, or what the property or attribute there is given. */
function findLiteral(program: unknown, at: number): Literal | undefined {
  for (const { node, parent } of walk(program)) {
    if (node.start === at && node.type === 'JSXAttribute') {
      const owner = nameIn(node.name);
      return node.value?.type === 'JSXExpressionContainer'
        ? literalOf(node.value.expression, { isAttribute: false, owner })
        : literalOf(node.value, { isAttribute: true, owner });
    }
    if (node.start === at && node.type === 'Property' && !node.shorthand)
      return literalOf(node.value, { isAttribute: false, owner: nameIn(node.key) });
    if (node.start === at && node.type === 'Literal')
      return literalOf(node, {
        isAttribute: parent?.type === 'JSXAttribute',
        owner: parent?.type === 'CallExpression' ? nameIn(parent.callee) : undefined,
        others: parent?.type === 'CallExpression' ? parent.arguments.filter((one) => one !== node) : [],
      });
  }
  return undefined;
}

function literalOf(
  node: SyntaxNode | null | undefined,
  where: Pick<Literal, 'isAttribute' | 'owner' | 'others'>,
): Literal | undefined {
  if (node?.type !== 'Literal') return undefined;
  const { value, start, end } = node;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? { value, start, end, ...where }
    : undefined;
}

function nameIn(node: SyntaxNode): string | undefined {
  if (node.type === 'Identifier' || node.type === 'JSXIdentifier') return node.name;
  return node.type === 'MemberExpression' ? nameIn(node.property) : undefined;
}

/** The same value in the wanted type; undefined where it would be another value. */
function rewrite(text: string, { value, start, end, isAttribute }: Literal, wanted: string): string | undefined {
  if (typeof value !== 'string') {
    const quote = text.includes("'") ? "'" : '"';
    // `1.50` and `0x10` may be meant as they are written.
    const isPlain = text.slice(start, end) === String(value);
    return wanted === 'string' && isPlain && typeof value === 'number' ? quote + String(value) + quote : undefined;
  }
  const isNumber = wanted === 'number' && /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(value);
  const isBoolean = wanted === 'boolean' && /^(?:true|false)$/.test(value);
  if (!isNumber && !isBoolean) return undefined;
  return isAttribute && text[start] !== '{' ? `{${value}}` : value;
}
