import type { Program } from 'oxc-parser';
import type { FileChange } from '../../../context/source.js';
import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { unknownNameOf } from '../error-facts.js';
import { listRenames } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { formerText } from '../syntax/former-text.js';
import { type NameUse, namesOf, type Scope } from '../syntax/names.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { renameUses } from '../syntax/rename.js';
import { replaceRanges } from '../syntax/source-text.js';
import { walk } from '../syntax/walk.js';

/**
 * A variable, parameter or function that the diff since the last READY deployment renamed where it is declared, and that the
 * same file goes on to use by a name that nothing declares any more.
 */
export const renamedLocal: Rule = {
  name: 'renamed-local',
  async propose(error, workspace) {
    const { file } = error;
    const change = workspace.changes.find(({ path }) => path === file);
    const text = file === undefined || !isScript(file) || isComponentFile(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !change) return undefined;
    const renames = listRenames(change, workspace).filter(
      ({ before, after, isText }) => !isText && (unknownNameOf(error) === before || unreadNameOf(error) === after),
    );
    const [rename, another] = new Map(renames.map((one) => [`${one.before} ${one.after}`, one])).values();
    if (!rename || another) return undefined;

    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;
    const names = namesOf(program);
    const declared = names.filter(({ name, role }) => name === rename.after && role === 'declaration');
    const [declaration, second] = declared;
    if (!declaration || second || !isOwn(declaration)) return undefined;
    const uses = names.filter(({ name, role }) => name === rename.before && role !== 'member');
    const others = uses.filter(({ role }) => role === 'declaration');
    const former = uses.filter(
      ({ role, start }) => role === 'reference' && !others.some(({ scope }) => holds(scope, start)),
    );
    if (former.length === 0 || !former.every(({ start }) => holds(declaration.scope, start))) return undefined;
    const before = formerText(text, change) ?? formerLines(change);
    const [start, end] = headOf(program, declaration);
    const word = new RegExp(`(?<![\\w$])${escapePattern(rename.after)}(?![\\w$])`, 'g');
    if (!before.includes(text.slice(start, end).replace(word, () => rename.before))) return undefined;
    // Written anew beside the new name, the old one may stand for something that is still to come.
    const isTold = names.some(({ name, role }) => name === rename.after && role === 'reference');
    if (isTold && former.some(({ start: at }) => !before.includes(lineAt(text, at)))) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, renameUses(former, rename.after))]]),
      cause: `\`${rename.before}\` of ${file} is called \`${rename.after}\` since the last good deployment, and is still used by its old name.`,
      change: `Writes \`${rename.after}\` where the old name is used.`,
    };
  },
};

/** What says what a name stands for: its statement or element, up to the body of the function that it is a parameter of. */
function headOf(program: Program, { start, end }: NameUse): [number, number] {
  let from = start;
  let to = end;
  for (const { node } of walk(program)) {
    if (node.start > start || end > node.end) continue;
    const isHead = /Statement$|^JSXElement$|Declaration$/.test(node.type);
    if (isHead && node.type !== 'BlockStatement') [from, to] = [node.start, node.end];
    if ('body' in node && node.body && 'start' in node.body && end <= node.body.start) to = node.body.start;
    if (
      node.type === 'VariableDeclarator' &&
      node.init &&
      'body' in node.init &&
      node.init.body &&
      'start' in node.init.body
    )
      to = node.init.body.start;
  }
  return [from, to];
}

/** What stood on the lines of the diff and beside them. */
function formerLines({ hunks = '' }: FileChange): string {
  const lines = hunks.split('\n').filter((line) => /^[- ]/.test(line));
  return lines.map((line) => line.slice(1)).join('\n');
}

function lineAt(text: string, at: number): string {
  return (
    text
      .slice(text.lastIndexOf('\n', at - 1) + 1)
      .split('\n', 1)[0]
      ?.trim() ?? ''
  );
}

function holds({ start, end }: Scope, at: number): boolean {
  return start <= at && at < end;
}

/** The name that nobody reads, in the words of the compiler and of linters. */
function unreadNameOf({ message }: BuildError): string | undefined {
  return /^'([\w$]+)' is (?:declared|defined|assigned a value) but /.exec(message)?.[1];
}

/** What a pattern or an import takes out of something else bears the name that it has there. */
function isOwn({ parent, shorthand }: NameUse): boolean {
  return shorthand === undefined && parent?.type.startsWith('Import') !== true;
}
