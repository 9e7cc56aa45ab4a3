import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { unknownNameOf } from '../error-facts.js';
import { listRenames } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { type NameUse, namesOf, type Scope } from '../syntax/names.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { renameUses } from '../syntax/rename.js';
import { replaceRanges } from '../syntax/source-text.js';

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
    const renames = listRenames(change).filter(
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
    return {
      files: new Map([[file, replaceRanges(text, renameUses(former, rename.after))]]),
      cause: `\`${rename.before}\` of ${file} is called \`${rename.after}\` since the last good deployment, and is still used by its old name.`,
      change: `Writes \`${rename.after}\` where the old name is used.`,
    };
  },
};

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
