import type { Program } from 'oxc-parser';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { changedWordsOf } from '../changed-words.js';
import { findTwin, isInflected, isSlip } from '../distance.js';
import { suggestionOf, unknownNameIn } from '../error-facts.js';
import { fileOfUnknownName } from '../file-of-unknown-name.js';
import { findRename } from '../renames-in-diff.js';
import type { Fix, Rule } from '../rule.js';
import { declaredProps } from '../syntax/declared-props.js';
import { givenNames, objectsWith } from '../syntax/given-names.js';
import { type NameUse, namesOf } from '../syntax/names.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { renameUses } from '../syntax/rename.js';
import { scanMarkup } from '../syntax/scan-markup.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { templateNames, templateUsesOf } from '../syntax/template-uses.js';
import { usesAt, wordAt } from '../syntax/uses-at.js';
import { isWordOfOwn } from '../word-of-own.js';
import type { Workspace } from '../workspace.js';

/**
 * `berhts.map(...)`: a name that nothing declares, and one that is visible there and spelt like it. The compiler
 * names it, or it is the only one.
 */
export const nameSpelling: Rule = {
  name: 'name-spelling',
  async propose(error, workspace) {
    const file = await fileOfUnknownName(error, workspace);
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !isScript(file)) return undefined;
    const name = unknownNameIn(error, file, text);
    if (name === undefined) return undefined;

    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;
    const names = namesOf(program);
    const unknown = names.filter((use) => use.name === name);
    if (unknown.some((use) => use.role === 'declaration')) return undefined;
    const [wrong] = usesAt(
      text,
      unknown.filter((use) => use.role === 'reference'),
      error,
    );
    if (!wrong) return isComponentFile(file) ? spellInTemplate(error, { file, text, name, program, names }) : undefined;

    const visible = names.filter(
      (use) => use.role === 'declaration' && isVisibleAt(use, wrong) && isOfKind(use, wrong),
    );
    const given = [...givenNames(workspace, file), ...objectsWith(memberAfter(text, wrong))];
    const suggestion = suggestionOf(error);
    const right = suggestion ?? findTwin(name, [...visible.map((use) => use.name), ...given]);
    if (right === undefined || !isSlip(name, right) || isCapitalised(name, right)) return undefined;
    if (isWordOfOwn(workspace, name, right)) return undefined;
    if (isLost(workspace, file, name) && findRename(workspace, file, name) !== right) return undefined;
    const declarations = names.filter(
      (use) => use.role === 'declaration' && use.name === right && isOfKind(use, wrong),
    );
    const [declaration] = declarations;
    const isGiven = !declaration && given.includes(right);
    if (!isGiven && (!declaration || !isVisibleAt(declaration, wrong) || isNeighbour(name, right))) return undefined;

    const isSame = (use: NameUse) =>
      isGiven || (declarations.length === 1 && declaration && isVisibleAt(declaration, use)) || use === wrong;
    const uses = unknown.filter((use) => use.role === 'reference' && isSame(use));
    return {
      files: new Map([[file, replaceRanges(text, renameUses(uses, right))]]),
      cause: `\`${name}\` in ${file}, line ${lineOf(text, wrong.start)}, is declared nowhere.`,
      change: `Writes \`${right}\`, which ${suggestion ? 'the compiler names and ' : ''}is ${isGiven ? 'known' : 'declared'} there.`,
    };
  },
};

/** `bed` beside `Bed`: a thing and its kind, which code keeps apart by nothing else. */
function isCapitalised(name: string, other: string): boolean {
  return name[0] !== other[0] && name.toLowerCase() === other.toLowerCase();
}

/** `row` and `rows`, `route` and `router`: a file has both, and what it lacks may be the declaration of the one. */
function isNeighbour(name: string, other: string): boolean {
  return name.length !== other.length && isInflected(name, other);
}

/** Whether the file had the name at the last READY deployment: then it is not misspelt, what declares it is gone. */
function isLost(workspace: Workspace, file: string, name: string): boolean {
  const { removed, added } = changedWordsOf(workspace, file);
  return removed.includes(name) && !added.includes(name);
}

/** A type is no value, and a constant no type: `config` is no misspelling of the type `Config`. */
function isOfKind({ parent, shorthand }: NameUse, use: NameUse): boolean {
  const isImported = parent?.type.startsWith('Import') === true || shorthand === 'import';
  if (isImported) return true;
  const isType = /^TS(?:Interface|TypeAlias)Declaration$|^TSTypeParameter$/.test(parent?.type ?? '');
  const isBoth = /^Class|^TSEnum|^TSModule/.test(parent?.type ?? '');
  return isBoth || isType === /^TS(?:TypeReference|InterfaceHeritage|ClassImplements)$/.test(use.parent?.type ?? '');
}

function memberAfter(text: string, { end }: NameUse): string {
  return /^\s*\.\s*(\w+)/.exec(text.slice(end, end + 60))?.[1] ?? '';
}

interface Template {
  readonly file: string;
  readonly text: string;
  readonly name: string;
  readonly program: Program;
  readonly names: readonly NameUse[];
}

/** The same where a template uses the name: what the script declares is visible there, and what the template itself does. */
function spellInTemplate(error: BuildError, { file, text, name, program, names }: Template): Fix | undefined {
  const visible = names.filter(({ role, scope }) => role === 'declaration' && scope === program).map((use) => use.name);
  const known = [...visible, ...templateNames(text), ...(file.endsWith('.vue') ? declaredProps(program) : [])];
  const right = suggestionOf(error) ?? findTwin(name, known);
  if (right === undefined || !isSlip(name, right) || isNeighbour(name, right) || !known.includes(right))
    return undefined;

  const tags = scanMarkup(file, text).filter((tag) => tag.kind === 'element' && tag.name === name);
  const place = wordAt(text, name, error);
  const isTag = tags.some((tag) => (place ? tag.nameStart === place.start : true));
  const uses = isTag
    ? tags.map(({ nameStart }) => ({ start: nameStart, end: nameStart + name.length }))
    : place && !/\.\s*$/.test(text.slice(0, place.start))
      ? [place]
      : error.line === undefined
        ? templateUsesOf(file, text, name)
        : [];
  const [first] = uses ?? [];
  if (!uses || !first) return undefined;
  return {
    files: new Map([
      [
        file,
        replaceRanges(
          text,
          uses.map((use) => ({ ...use, text: right })),
        ),
      ],
    ]),
    cause: `\`${name}\` in ${file}, line ${lineOf(text, first.start)}, is declared nowhere.`,
    change: `Writes \`${right}\`, which is declared there.`,
  };
}

function isVisibleAt(declaration: NameUse, use: NameUse): boolean {
  return declaration.scope.start <= use.start && use.end <= declaration.scope.end;
}
