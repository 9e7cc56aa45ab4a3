/** What a compiler configuration checks, and which files. */
import { asRecord, parseJson } from '../../context/manifests.js';
import { baseName, folderOf } from '../../context/readable-files.js';
import { joinPath } from '../../context/repository-index.js';
import type { RepositoryContext } from '../../context/source.js';
import { matchesGlob } from '../../settings/glob.js';
import type { ContentRule, Finding, ParsedChange, PolicyInput } from './policy-rule.js';
import { isUnmatched } from './unmatched-pattern.js';

/** Compiler options by what makes them weaker: losing `true`, or gaining it. */
const STRICT_OPTIONS = new Set(
  'strict noImplicitAny strictNullChecks strictFunctionTypes strictBindCallApply strictPropertyInitialization strictBuiltinIteratorReturn noImplicitThis useUnknownInCatchVariables alwaysStrict noUnusedLocals noUnusedParameters noImplicitReturns noFallthroughCasesInSwitch noUncheckedIndexedAccess noImplicitOverride noPropertyAccessFromIndexSignature exactOptionalPropertyTypes noUncheckedSideEffectImports forceConsistentCasingInFileNames checkJs noEmitOnError isolatedDeclarations verbatimModuleSyntax erasableSyntaxOnly'.split(
    ' ',
  ),
);
const LOOSE_OPTIONS = new Set(
  'skipLibCheck skipDefaultLibCheck allowUnreachableCode allowUnusedLabels noCheck noStrictGenericChecks suppressImplicitAnyIndexErrors suppressExcessPropertyErrors keyofStringsOnly noResolve noLib'.split(
    ' ',
  ),
);

export function isCompilerConfig(path: string): boolean {
  return /^(?:ts|js)config(?:\.[\w-]+)*\.json$/.test(baseName(path)) || /(?:^|\/)tsconfig\/[\w.-]+\.json$/.test(path);
}

function listOf(value: unknown): readonly string[] {
  return [value].flat().filter((item): item is string => typeof item === 'string');
}

/** Options of those who check templates. */
const CHECKERS = ['angularCompilerOptions', 'vueCompilerOptions'];

function isLooser(old: Readonly<Record<string, unknown>>, now: Readonly<Record<string, unknown>>): boolean {
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].some(
    (name) =>
      /^(?:full|strict)/.test(name) &&
      ((old[name] === true && now[name] !== true) || (now[name] === false && old[name] !== false)),
  );
}

type Config = Readonly<Record<string, unknown>>;

/** A configuration's options over those of the files of the repository that it extends. */
function optionsOf(
  path: string,
  config: Readonly<Record<string, unknown>>,
  read: (path: string) => string | undefined,
  depth = 0,
): Readonly<Record<string, unknown>> {
  const bases = depth > 4 ? [] : listOf(config.extends).filter((base) => /^\.{1,2}\//.test(base));
  const inherited = bases.map((base) => {
    const there = joinPath(folderOf(path), base);
    const found = [there, `${there}.json`].find((one) => read(one) !== undefined) ?? there;
    return optionsOf(found, asRecord(parseJson(read(found) ?? '')), read, depth + 1);
  });
  return Object.assign({}, ...inherited, asRecord(config.compilerOptions));
}

/** A base that the diff moved is still what was meant by its old place. */
function textBefore(path: string, { files, changes = [] }: RepositoryContext): string | undefined {
  const moved = changes.find(({ status, previousPath }) => status === 'renamed' && previousPath === path);
  return files.get(path) ?? (moved === undefined ? undefined : files.get(moved.path));
}

function textAfter(path: string, changes: readonly ParsedChange[], context: RepositoryContext): string | undefined {
  const change = changes.find(({ file }) => file.path === path);
  return change ? (change.file.content ?? undefined) : context.files.get(path);
}

/** Of a base that was named by a path to nowhere, and that the patch finds under its name, as it stands: it was meant before, too. */
function optionsOfFoundBase(
  { path, old, now }: { readonly path: string; readonly old: Config; readonly now: Config },
  changes: readonly ParsedChange[],
  context: RepositoryContext,
): Config {
  const read = (base: string) => textBefore(joinPath(folderOf(path), base), context);
  const isRelative = (base: string) => /^\.{1,2}\//.test(base);
  const lost = listOf(old.extends).filter((base) => isRelative(base) && read(base) === undefined);
  const found = listOf(now.extends).filter(
    (base) =>
      isRelative(base) &&
      lost.some((other) => baseName(other) === baseName(base)) &&
      !changes.some(({ file }) => file.path === joinPath(folderOf(path), base)),
  );
  return optionsOf(path, { extends: found }, (one) => textBefore(one, context));
}

/** Whether a file of the repository fits one of the old patterns and none of the new ones. */
function losesFile(path: string, old: unknown, now: unknown, { tree }: RepositoryContext): boolean {
  const folder = folderOf(path);
  const fits = (patterns: unknown, entry: string) =>
    listOf(patterns).some((pattern) => {
      const whole = joinPath(folder, pattern.replace(/^\$\{configDir\}/, '.'));
      return matchesGlob(whole, entry) || matchesGlob(`${whole}/**`, entry);
    });
  return tree.entries.some(
    ({ path: entry }) => /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/.test(entry) && fits(old, entry) && !fits(now, entry),
  );
}

function findLoosening({ file, before, after }: ParsedChange, { changes, context }: PolicyInput): string | undefined {
  const old = asRecord(before?.data);
  const now = asRecord(after?.data);
  const oldOptions = {
    ...optionsOfFoundBase({ path: file.path, old, now }, changes, context),
    ...optionsOf(file.path, old, (path) => textBefore(path, context)),
  };
  const options = optionsOf(file.path, now, (path) => textAfter(path, changes, context));
  const template = CHECKERS.find((key) => isLooser(asRecord(old[key]), asRecord(now[key])));
  if (template !== undefined) return `\`${template}\` check less`;
  for (const name of STRICT_OPTIONS) {
    if (options[name] === false && oldOptions[name] !== false) return `\`${name}\` is turned off`;
    if (oldOptions[name] === true && options[name] !== true) return `\`${name}\` is taken out`;
  }
  for (const name of LOOSE_OPTIONS)
    if (options[name] === true && oldOptions[name] !== true) return `\`${name}\` is turned on`;
  if (!before) return undefined;
  // What tools write during the build is in no tree, and lies in folders of this kind.
  const isIdle = (item: string) => !/(?:^|\/)\.\w/.test(item) && isUnmatched(item, file.path, context);
  const missing = (from: unknown, to: unknown) => listOf(from).filter((item) => !listOf(to).includes(item));
  const dropped = (key: string) => missing(old[key], now[key]).find((item) => key === 'extends' || !isIdle(item));
  const added = (key: string) => missing(now[key], old[key])[0];
  if (dropped('extends') && !added('extends')) return 'it no longer extends its base';
  const fewer = listOf(now.include).length < listOf(old.include).length || !added('include');
  if (dropped('include') && (fewer || losesFile(file.path, old.include, now.include, context)))
    return 'fewer files are included';
  if (old.include === undefined && now.include !== undefined) return 'fewer files are included';
  if (dropped('files') && now.files !== undefined) return 'fewer files are included';
  if (old.files === undefined && now.files !== undefined) return 'fewer files are included';
  if (missing(now.exclude, old.exclude).some((item) => !isIdle(item))) return 'more files are excluded';
  return undefined;
}

export const compilerConfigRule: ContentRule = {
  name: 'tsconfig-loosened',
  severity: 'refused',
  check: (input) =>
    input.changes.flatMap((change): Finding[] => {
      const { path, content } = change.file;
      if (!isCompilerConfig(path) && !setsOptions(change)) return [];
      if (content === null) return [{ path, message: 'The patch deletes the compiler configuration.' }];
      const how = findLoosening(change, input);
      return how ? [{ path, message: `The patch loosens the type checker: ${how}.` }] : [];
    }),
};

/** What others extend may have any name. */
function setsOptions({ file, before, after }: ParsedChange): boolean {
  return /\.json$/.test(file.path) && [before, after].some((one) => asRecord(one?.data).compilerOptions !== undefined);
}
