import { escapePattern } from '../../../context/word-pattern.js';
import { stoodBefore } from '../changed-words.js';
import { differInNumber, findTwin, isSlip } from '../distance.js';
import { suggestionOf } from '../error-facts.js';
import { listRenames } from '../renames-in-diff.js';
import type { Fix, Rule } from '../rule.js';
import { membersOfType } from '../syntax/named-types.js';
import { type NameUse, namesOf, type Scope } from '../syntax/names.js';
import { isOfOtherNumber, isReadOtherwise } from '../syntax/other-number.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { isMentionedInTemplate } from '../syntax/template-uses.js';
import { usesAt, wordAt } from '../syntax/uses-at.js';
import { isWordOfOwn } from '../word-of-own.js';
import type { Workspace } from '../workspace.js';

const UNKNOWN_MEMBER = [
  /Property '([\w$]+)' does not exist on type(?: '([\w$]+)')?/,
  /Property '([\w$]+)' may not exist on type/,
  /'"?([\w$]+)"?' does not exist in type(?: '([\w$]+)')?/,
];

/**
 * `bread.alergens`, `<Grid berth={...}>`, `{ titel: 1 }`: a property, JSX attribute or object key that the type lacks,
 * where the
 * compiler names the one it has, or the one declaration of the type has just one that is spelt like it.
 */
export const memberSpelling: Rule = {
  name: 'member-spelling',
  async propose(error, workspace) {
    const { file } = error;
    const [name, type] =
      UNKNOWN_MEMBER.map((pattern) => pattern.exec(error.message)?.slice(1)).find((match) => match) ?? [];
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || name === undefined) return undefined;
    // Of a ref that has been read already, no slip.
    if (name === 'value' && file.endsWith('.vue')) return undefined;
    const isTemplate = isComponentFile(file) || file.endsWith('.html');
    if (!isScript(file) && !isTemplate) return undefined;
    const suggestion = suggestionOf(error);
    const members = suggestion === undefined && type ? await membersOfType(workspace, type) : undefined;
    const right = suggestion ?? findTwin(name, members ?? []);
    if (right === undefined || !/^[\w$]+$/.test(right) || !isSlip(name, right) || OF_HTML.test(name)) return undefined;
    if (
      isOneMadeMany(workspace, name, right) ||
      isGoneBeside(workspace, name, right) ||
      isDeclaredWord(workspace, name, right) ||
      isWordOfOwn(workspace, name, right)
    )
      return undefined;
    const change = `Writes \`${right}\`, the property that ${suggestion === undefined ? `\`${type}\` has` : 'the compiler names'}.`;
    const place = isTemplate ? wordAt(text, name, error) : undefined;
    const isMisread = place && isReadOtherwise(text, place.end, { name, right });
    const inTemplate = isMisread
      ? undefined
      : place && describe(file, { text, name, change, replacements: [{ ...place, text: right }] });
    if (!isScript(file)) return inTemplate;

    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;
    const names = namesOf(program);
    const uses = names.filter((use) => use.name === name && (use.role === 'member' || use.shorthand));
    const [wrong] = usesAt(text, uses, error);
    if (!wrong) return inTemplate;

    // Where no type and no object has a property of this name, every use of it is the same mistake.
    const known = uses.some(({ parent, key }) => key === 'key' && parent?.type !== 'Property');
    const elsewhere = workspace.paths.some((path) => path !== file && hasWord(workspace.read(path) ?? '', name));
    const sameKind = uses.filter((use) => use.parent?.type === wrong.parent?.type && use.key === wrong.key);
    const same = known || elsewhere ? [wrong] : sameKind;
    if (same.some((use) => isOther(use, { program, text }, { name, right }))) return undefined;
    // What is called so by itself is no slip: `create({ contact })` beside a `contract`.
    if (
      same.some((use) => isGivenAs(use, name)) &&
      names.some((use) => use.name === name && use.role === 'declaration')
    )
      return undefined;
    // What only the misspelt local name kept from being found takes the right name as well.
    const isFree = !names.some(
      (use) =>
        (use.name === name && use.role === 'reference') ||
        (use.name === right && use.role === 'declaration' && overlap(use.scope, wrong.scope)),
    );
    const isLocal = !isFree || (isTemplate && isMentionedInTemplate(file, text, name));
    const replacements = same.map(({ start, end, shorthand }) => ({
      start,
      end,
      text: shorthand && isLocal ? `${right}: ${name}` : right,
    }));
    return describe(file, { text, name, change, replacements });
  },
};

/** What HTML calls so is no slip for `form`. */
const OF_HTML = /^(?:class|for)$/;

/** Whether the diff takes out a declaration of this name and leaves the other one that was there beside it: a property that is gone. */
function isGoneBeside({ changes }: Workspace, name: string, right: string): boolean {
  const isDeclared = (sign: string, word: string) => {
    const line = new RegExp(`^${sign}\\s*(?:readonly\\s+)?${escapePattern(word)}\\??\\s*[:(]`, 'm');
    return changes.some(({ hunks }) => line.test(hunks ?? ''));
  };
  return isDeclared('-', name) && !isDeclared('\\+', right);
}

/** Whether data or another type has a key of this name, which is then a word of its own: the type may be what is wrong. */
function isDeclaredWord({ paths, read }: Workspace, name: string, right: string): boolean {
  if (name.toLowerCase() === right.toLowerCase()) return false;
  const word = escapePattern(name);
  const key = new RegExp(`"${word}"\\s*:`);
  const member = new RegExp(`^\\s*(?:readonly\\s+)?${word}\\??:\\s*[\\w<>[\\]|"' .]+;\\r?$`, 'm');
  // A letter written once for twice makes no other word.
  const isOneWord = single(name) === single(right);
  return paths.some((path) =>
    path.endsWith('.json')
      ? key.test(read(path) ?? '')
      : !isOneWord && (isScript(path) || isComponentFile(path)) && member.test(read(path) ?? ''),
  );
}

function single(name: string): string {
  return name.replace(/(.)\1/g, '$1');
}

/** Whether a property is given the value of that very name. */
function isGivenAs({ parent, key, role, shorthand }: NameUse, name: string): boolean {
  if (shorthand === 'property' && role === 'reference') return true;
  const given = parent?.type === 'Property' && key === 'key' ? parent.value : undefined;
  const attribute = parent?.type === 'JSXAttribute' ? parent.value : undefined;
  const value = attribute?.type === 'JSXExpressionContainer' ? attribute.expression : given;
  return value?.type === 'Identifier' && value.name === name;
}

/** Whether the diff put `authors: string[]` in the place of `author: string`: whoever reads the one has more to do than to spell it. */
function isOneMadeMany(workspace: Workspace, name: string, right: string): boolean {
  if (!differInNumber(name, right) || !stoodBefore(workspace, name)) return false;
  return !workspace.changes.some((change) =>
    listRenames(change, workspace).some(({ before, after }) => before === name && after === right),
  );
}

function overlap(one: Scope, other: Scope): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Whether the property is used as one thing where the right name stands for many, or the other way round. */
function isOther(
  { parent, key }: NameUse,
  source: Parameters<typeof isOfOtherNumber>[0],
  names: { readonly name: string; readonly right: string },
): boolean {
  if (parent?.type === 'MemberExpression') return isOfOtherNumber(source, parent.end, names);
  if (!differInNumber(names.name, names.right)) return false;
  const given = parent?.type === 'Property' && key === 'key' ? parent.value : undefined;
  const attribute = parent?.type === 'JSXAttribute' ? parent.value : undefined;
  const value = attribute?.type === 'JSXExpressionContainer' ? attribute.expression : (attribute ?? given);
  const isMany = names.right.length > names.name.length;
  return isMany ? /^(?:Literal|TemplateLiteral)$/.test(value?.type ?? '') : value?.type === 'ArrayExpression';
}

function describe(
  file: string,
  edit: {
    readonly text: string;
    readonly name: string;
    readonly change: string;
    readonly replacements: readonly Replacement[];
  },
): Fix {
  const { text, name, change, replacements } = edit;
  const line = lineOf(text, Math.min(...replacements.map(({ start }) => start)));
  return {
    files: new Map([[file, replaceRanges(text, replacements)]]),
    cause: `\`${name}\` in ${file}, line ${line}, is not a property of its type.`,
    change,
  };
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[\w$]/.test(text[at - 1] ?? ' ') && !/[\w$]/.test(text[at + word.length] ?? ' ')) return true;
  }
  return false;
}
