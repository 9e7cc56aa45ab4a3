import type { Program } from 'oxc-parser';
import { isGivenName } from '../../../context/known-names.js';
import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { listRenames, type Rename } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { exportsOf } from '../syntax/exports.js';
import { namesOf } from '../syntax/names.js';
import { isScript } from '../syntax/parse.js';
import { directoryOf } from '../syntax/resolve-specifier.js';
import { lineOf, offsetOf, replaceRanges } from '../syntax/source-text.js';
import { standsBeside, stoodBeside } from '../syntax/stood-beside.js';
import { mayMeanTypeOf } from '../syntax/type-home.js';
import { walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

/** What all tools say in some way of a name that means nothing where it stands. */
const SAYS_UNKNOWN =
  /\bnot exist\b|\bnot found\b|\bno (?:exported member|filter|such|field|property|message|key)\b|\b(?:cannot|can't|could not|couldn't) (?:find|query|resolve|read)\b|\bis not (?:exported|defined|registered|known|available)\b|\bhas no \b|\bdoes not satisfy the constraint\b|\bunknown\b|\bundefined\b|\bmissing\b/i;
/** What schemas say of a key that has to be there. */
const SAYS_WANTED = /\brequired\b|\bmissing\b|\bdid not match\b|\bexpected\b|\binvalid\b/i;
/** Texts that people write and templates that no compiler reads whole: every use there is seen to at once. */
const CONTENT =
  /\.(?:mdx?|markdoc|ya?ml|json|toml|njk|liquid|hbs|handlebars|ejs|pug|html|scss|sass|less|graphqls?|gql)$/;

/**
 * A name that was another one at the last READY deployment: the error says that it means nothing now, or asks for the
 * new one, and the diff of another file changes this one word, everywhere in that file, for one new word.
 */
export const renamedWord: Rule = {
  name: 'renamed-word',
  async propose(error, workspace) {
    const found = await findRenames(error, workspace);
    const [only, another] = found;
    if (!only || another) return undefined;
    const files = new Map<string, string>();
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    const use = text === undefined ? undefined : findUse(text, only, error);
    if (file !== undefined && text !== undefined && use !== undefined) {
      const written = writeThere(text, use, only);
      if (written === undefined) return undefined;
      if (isScript(file)) {
        const { program } = await workspace.parse(file, text);
        if (standsBeside(program, use, only.after)) return undefined;
        if (lineOf(text, use) !== error.line && isTakenTwice(program, use)) return undefined;
      }
      files.set(file, replaceRanges(text, [{ start: use, end: use + only.before.length, text: written }]));
    }
    const isSass = file !== undefined && text !== undefined && use !== undefined && SASS.test(file);
    if (isSass && (only.before.startsWith('$') || INCLUDED.test(text.slice(0, use))))
      for (const [path, content] of followInSass(workspace, only)) files.set(path, content);
    else if (file === undefined || CONTENT.test(file))
      for (const [path, content] of followInContent(workspace, only, { file, use })) files.set(path, content);
    if (files.size === 0 || (only.only === 'keys' && isReadFromEntries(workspace, only))) return undefined;
    return {
      files,
      cause: `What was called \`${only.before}\` is called \`${only.after}\` since the last good deployment, and ${[...files.keys()].join(', ')} ${files.size > 1 ? 'do' : 'does'} not follow.`,
      change: `Writes \`${only.after}\` there.`,
    };
  },
};

/** Whether pages go on reading the old field of Astro's entries, which a build without a checker takes for an empty one. */
function isReadFromEntries({ paths, read }: Workspace, { before }: Rename): boolean {
  const reading = new RegExp(`[\\w$)\\]]\\.data\\??\\.${escapePattern(before)}(?![\\w$-])`);
  return paths.some((path) => isScript(path) && reading.test(read(path) ?? ''));
}

interface Followed extends Rename {
  /** Where the error asks for the new name, only keys or values of the old one are meant. */
  readonly only: 'keys' | 'values' | undefined;
}

async function findRenames(error: BuildError, workspace: Workspace): Promise<Followed[]> {
  const { named, present } = wordsIn(error);
  const unknown = SAYS_UNKNOWN.test(error.message);
  const wanted = SAYS_WANTED.test(error.message) && error.file !== undefined && CONTENT.test(error.file);
  const isMissing = /^Property '[^']{1,200}' is missing in type /.test(error.message);
  const renames = new Map<string, Followed>();
  const ambiguous = new Set<string>();
  for (const change of workspace.changes) {
    if (change.path === error.file) continue;
    for (const rename of listRenames(change, workspace)) {
      // A value that has another name is no property that has one; what a type quotes beside what is missing of it stands there too.
      const isSaid = (!isMissing && named.has(rename.before)) || (!rename.isText && present.has(rename.before));
      const isUnknown = unknown && isSaid && isGone(workspace.read(change.path), rename);
      const asked = wanted && named.has(rename.after) ? workspace.read(error.file ?? '') : undefined;
      const only = isUnknown || asked === undefined ? undefined : placesIn(asked, rename);
      if ((!isUnknown && only === undefined) || isAddedBeside(workspace, rename)) continue;
      if (
        isUnknown &&
        !((await isOfType(error, workspace, change.path, rename)) && (await isSeen(workspace, change.path, rename)))
      )
        continue;
      if (!rename.isText && (await stoodBeside(workspace, change.path, rename))) continue;
      const known = renames.get(rename.before);
      if (known !== undefined && known.after !== rename.after) ambiguous.add(rename.before);
      renames.set(rename.before, { ...rename, only });
    }
  }
  return [...renames.values()].filter(({ before }) => !ambiguous.has(before));
}

/** Whether the diff lists the new value beside the old one, `'low' | 'high'`: then both are there. */
function isAddedBeside({ changes }: Workspace, { before, after, isText }: Rename): boolean {
  const quoted = (name: string) => ["'", '"', '`'].map((quote) => quote + name + quote);
  const holds = (line: string, name: string) => quoted(name).some((text) => line.includes(text));
  return (
    isText &&
    changes.some(({ hunks = '' }) =>
      hunks.split('\n').some((line) => line.startsWith('+') && holds(line, before) && holds(line, after)),
    )
  );
}

/** Whether the type without the old name, if the error tells of one, has the new one or is named in the file that renamed it. */
async function isOfType(
  { message, file }: BuildError,
  workspace: Workspace,
  path: string,
  { after }: Rename,
): Promise<boolean> {
  const type =
    /\b(?:does not exist (?:on|in)|is missing in type '[^'\n]{1,4000}' but required in) type '([^'\n]{1,4000})'/.exec(
      message,
    )?.[1];
  // The compiler shortens what is long.
  if (type === undefined || /\.\.\. \d+ more \.\.\./.test(type) || wordPattern(after).test(type)) return true;
  for (const name of type.match(/(?<![\w$"'-])[A-Z][\w$]*/g) ?? []) {
    const isNamed = !isGivenName(name) && wordPattern(name).test(workspace.read(path) ?? '');
    if (isNamed && (file === undefined || (await mayMeanTypeOf(workspace, { file, type: name, path })))) return true;
  }
  return false;
}

/** Whether other files can see what a script calls by the new name: a local variable is its own affair. */
async function isSeen(workspace: Workspace, path: string, { after, isText }: Rename): Promise<boolean> {
  const text = workspace.read(path);
  if (text === undefined || isText || !isScript(path)) return true;
  const { program, errors, comments } = await workspace.parse(path, text);
  const uses = namesOf(program).filter(({ name }) => name === after);
  const isLocal = uses.every(({ role, shorthand }) => role !== 'member' && shorthand === undefined);
  const all = [...text.matchAll(wordPattern(after))].filter(
    ({ index }) => !comments.some(({ start, end }) => start <= index && index < end),
  ).length;
  return (
    errors.length > 0 || !isLocal || all > uses.length || (await exportsOf(workspace, path))?.names.has(after) === true
  );
}

interface Words {
  /** What the error quotes, and what it is about. */
  readonly named: ReadonlySet<string>;
  /** The properties of the types that it writes out. */
  readonly present: ReadonlySet<string>;
}

function wordsIn(error: BuildError): Words {
  const message = error.message.slice(0, 800);
  const quoted = [...message.matchAll(/["'`]([A-Za-z_$][\w$-]*)(?:\.([A-Za-z_$][\w$]*))?["'`]/g)];
  const keys = [...message.matchAll(/^\s*\**([A-Za-z_$][\w$-]*)\**: /gm)];
  const shapes = [...message.matchAll(/[{;]\s*([A-Za-z_$][\w$]*)\??:/g)];
  const listed = (found: readonly (string | undefined)[]) =>
    new Set(found.filter((word): word is string => word !== undefined && word.length > 1));
  return {
    named: listed([error.symbol, ...[...quoted, ...keys].flatMap(([, first, second]) => [first, second])]),
    present: listed(shapes.map(([, name]) => name)),
  };
}

/** Only where the old word is gone from the file that the diff is of: what is still there may still be meant. */
function isGone(text: string | undefined, { before, isText }: Rename): boolean {
  if (text === undefined) return false;
  const still = isText ? new RegExp(`(['"\`])${escapePattern(before)}\\1`) : wordPattern(before);
  return !still.test(text);
}

/** Whether a document has the old name as the one key, or as a whole value; undefined for neither. */
function placesIn(text: string, { before, isText }: Rename): Followed['only'] {
  if (!isText && keysOf(text, before).length === 1) return 'keys';
  return isText && valuesOf(text, before).length === 1 ? 'values' : undefined;
}

/** Where the word is a whole value: in quotes, or in YAML behind a colon or a dash. */
function valuesOf(text: string, value: string): number[] {
  return [...text.matchAll(wordPattern(value))]
    .map(({ index }) => index)
    .filter((at) => VALUES.has(shapeAt(text, at, value.length)));
}

/** Where a document has the key: at the start of a line, as YAML, TOML and JSON write it. */
function keysOf(text: string, key: string): number[] {
  const pattern = new RegExp(`^(\\s*["']?)${escapePattern(key)}["']?\\s*[:=]`, 'gm');
  return [...text.matchAll(pattern)].map((match) => match.index + (match[1]?.length ?? 0));
}

function wordPattern(name: string): RegExp {
  return new RegExp(`(?<![\\w$-])${escapePattern(name)}(?![\\w$-])`, 'g');
}

/** The place at fault itself, else the one place on its line, else the one place in the file. */
function findUse(
  text: string,
  { before, only }: Followed,
  { line, column }: Pick<BuildError, 'line' | 'column'>,
): number | undefined {
  const uses =
    only === 'keys'
      ? keysOf(text, before)
      : only === 'values'
        ? valuesOf(text, before)
        : [...text.matchAll(wordPattern(before))].map(({ index }) => index);
  const start = line === undefined || line < 1 ? undefined : offsetOf(text, line);
  const end = start === undefined ? -1 : `${text}\n`.indexOf('\n', start);
  const exact = start === undefined || column === undefined ? undefined : start + column - 1;
  if (exact !== undefined && uses.includes(exact)) return exact;
  const onLine = uses.filter((use) => start !== undefined && use >= start && use < end);
  const candidates = onLine.length > 0 ? onLine : uses;
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** Whether the key is of an object that the file takes by its name more than once: not all may want another key. */
function isTakenTwice(program: Program, at: number): boolean {
  const declarator = [...walk(program)].find(
    ({ node }) =>
      node.type === 'VariableDeclarator' && node.init?.type === 'ObjectExpression' && node.start <= at && at < node.end,
  )?.node;
  const name =
    declarator?.type === 'VariableDeclarator' && declarator.id.type === 'Identifier' ? declarator.id.name : '';
  return namesOf(program).filter((one) => one.name === name && one.role === 'reference').length > 1;
}

/** What to write at the use; undefined for an import, which has a local name too: other rules see to those. */
function writeThere(text: string, use: number, { before: name, after: now }: Rename): string | undefined {
  const before = text.slice(text.lastIndexOf('\n', use) + 1, use);
  const after = text.slice(use + name.length);
  if (/^\s*(?:import|export)\b/.test(before)) return undefined;
  // `{ card }` binds a local name, which the rest of the file goes on using.
  const isShorthand = /[{,]\s*$/.test(before) && /^\s*[,}](?!\})/.test(after) && !/\{\{\s*$/.test(before);
  return isShorthand ? `${now}: ${name}` : now;
}

/**
 * The other documents with the word in the same surroundings: between the same marks as at the place of the error, or,
 * where the error names no place, as the whole of a text or of a value.
 */
function followInContent(
  workspace: Workspace,
  rename: Followed,
  { file, use }: { readonly file: string | undefined; readonly use: number | undefined },
): Map<string, string> {
  const files = new Map<string, string>();
  const text = file === undefined ? undefined : workspace.read(file);
  const shape = text === undefined || use === undefined ? undefined : shapeAt(text, use, rename.before.length);
  if (file !== undefined && shape === undefined) return files;
  if (file !== undefined && GRAPHQL.test(file) && isFieldOfOther(workspace, rename)) return files;
  for (const path of workspace.paths) {
    const content = CONTENT.test(path) ? workspace.read(path) : undefined;
    if (content === undefined || (file !== undefined && !isOfOneKind(path, file))) continue;
    const uses = [...content.matchAll(wordPattern(rename.before))]
      .map(({ index }) => index)
      .filter((at) => {
        const own = shapeAt(content, at, rename.before.length);
        return shape === undefined ? rename.isText && VALUES.has(own) : own === shape;
      });
    const ranges = uses.map((start) => ({ start, end: start + rename.before.length, text: rename.after }));
    if (ranges.length > 0) files.set(path, replaceRanges(content, ranges));
  }
  return files;
}

const GRAPHQL = /\.(?:graphqls?|gql)$/;

/** Whether another type of GraphQL goes on having the field: documents need not say of which it is. */
function isFieldOfOther({ paths, read }: Workspace, { before }: Rename): boolean {
  const field = new RegExp(`^\\s*${escapePattern(before)}\\s*(?:\\([^)]{0,400}\\)\\s*)?:\\s*\\[?[A-Z]`, 'm');
  return paths.some((path) => GRAPHQL.test(path) && field.test(read(path) ?? ''));
}

const SASS = /\.(?:scss|vue|svelte|astro)$/;

/** What stands before the name of a mixin that is called. */
const INCLUDED = /@include\s{1,8}(?:[\w-]{1,60}\.)?$/;

/**
 * Every sheet and style element with the variable or the call of the mixin, as nothing declares it any more, but for those that declare
 * it themselves.
 */
function followInSass(workspace: Workspace, { before, after }: Rename): [string, string][] {
  const name = escapePattern(before);
  const isVariable = before.startsWith('$');
  const variable = new RegExp(
    isVariable ? `${name}(?![\\w-])` : `(?<=@include\\s{1,8}(?:[\\w-]{1,60}\\.)?)${name}(?![\\w-])`,
    'g',
  );
  const declared = new RegExp(isVariable ? `${name}\\s{0,8}:` : `@mixin\\s{1,8}${name}(?![\\w-])`);
  return workspace.paths.flatMap((path): [string, string][] => {
    const text = SASS.test(path) ? workspace.read(path) : undefined;
    if (
      text === undefined ||
      declared.test(text) ||
      (!path.endsWith('.scss') && !/<style[^>]{0,200}lang="scss"/.test(text))
    )
      return [];
    const followed = text.replace(variable, () => after);
    return followed === text ? [] : [[path, followed]];
  });
}

/** Data and documents have their schema by their folder, templates and styles their names by their language. */
function isOfOneKind(path: string, file: string): boolean {
  const [ending, other] = [path, file].map((name) => /\.\w+$/.exec(name)?.[0].replace(/^\.(?:mdx|markdoc)$/, '.md'));
  return ending === other && (!DATA.test(file) || directoryOf(path) === directoryOf(file));
}

const DATA = /\.(?:mdx?|markdoc|ya?ml|json|toml)$/;

const VALUES = new Set(["''", '""', ':\n', '-\n']);

/** The nearest marks before and after, without spaces. */
function shapeAt(text: string, start: number, length: number): string {
  const before = /(\n|[^\s])[^\S\n]*$/.exec(text.slice(Math.max(0, start - 60), start))?.[1] ?? '\n';
  const after = /^[^\S\n]*(\n|[^\s])/.exec(text.slice(start + length, start + length + 60))?.[1] ?? '\n';
  return before + after;
}
