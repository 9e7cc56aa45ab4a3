import { findAskedOption } from '../../diagnosis/asked-option.js';
import { judgeLoss } from '../followed-change.js';
import { losesWord } from '../identifiers.js';
import { asRecord, parseJson } from '../manifests.js';
import { findCompilerConfig } from '../path-aliases.js';
import { baseName, folderOf, isSource } from '../readable-files.js';
import { packageName } from '../resolve-import.js';
import { findPageLoaders } from '../routes.js';
import type { LocatedError, Survey } from '../survey.js';
import { escapePattern } from '../word-pattern.js';
import { isOfUnknownCollection } from './content-schema.js';
import { type Suspicion, type SuspicionRule, suspectEach, suspectIfAny } from './suspicion.js';

/** Errors about a property that a type lacks or wants. */
const PROPERTY_CODES = new Set('TS2339 TS2551 TS2353 TS2561 TS2741 TS2739 TS2740 TS2322 TS2345 TS2559'.split(' '));
/** The compiler asks for one of several targets, libraries or options. */
const OPTION_CODES = new Set('TS2705 TS2569 TS1378 TS1343 TS1259 TS1479 TS2792'.split(' '));
/** The compiler was not told that there is JSX; no file of the application can be at fault. */
const JSX_CODES = new Set(['TS17004', 'TS6142']);
/** The compiler asks for a package of types. */
const TYPES_CODES = new Set('TS7016 TS2580 TS2591 TS2582 TS2688 TS2875'.split(' '));

const TEST_RUNNER = /^(?:vitest|jest|@jest\/globals|mocha|jasmine|cypress|@?playwright)(?:\/|$)/;
const TEST_FILE = /\.(?:test|spec|cy)\.[cm]?[jt]sx?$|(?:^|\/)(?:__tests__|cypress|e2e)\//;

function isTestRunnerOfNobody(specifier: string | undefined, { index, graph }: Survey): boolean {
  if (specifier === undefined || !TEST_RUNNER.test(specifier) || index.paths.some((path) => TEST_FILE.test(path)))
    return false;
  const name = packageName(specifier);
  return !graph.edges.some(({ declaration }) => packageName(declaration.specifier) === name);
}

/** A promise where its value is wanted: who made the function wait meant it, and its callers have to follow. */
const UNAWAITED =
  /^(?:Argument of type|Type) 'Promise<[^\n]{1,500}?>' is not assignable to (?:parameter of )?type '(?!Promise|void)|^Property '[\w$]{1,80}' does not exist on type 'Promise</;

/** Who takes a promise for its value; of a page whose data are loaded for it, what loads them. */
function suspectUnawaited({ error, file }: LocatedError, { index }: Survey): Suspicion[] {
  if (file === undefined || !UNAWAITED.test(error.message.slice(0, 2_000))) return [];
  const loaders = findPageLoaders(file, index);
  return loaders.length === 0
    ? [{ path: file, weight: 0.5, reason: 'takes a promise for its value' }]
    : suspectEach(loaders, 0.85, 'loads a promise where its value is wanted');
}

/** A type error: the user of a type, or the type. */
export const suspectTypes: SuspicionRule = (located, survey) => {
  const { error, file } = located;
  const code = error.code ?? '';
  const asked = findAskedOption(error.message);
  if (asked !== undefined)
    return suspectIfAny(
      findCompilerConfig(file ?? `${survey.rootDirectory}/x`, survey),
      0.92,
      `does not set ${asked.name} as the compiler asks`,
    );
  if (error.kind !== 'type' && error.kind !== 'package-missing' && !JSX_CODES.has(code)) return [];
  const config = findCompilerConfig(file ?? `${survey.rootDirectory}/x`, survey);
  const manifest = survey.resolver.findManifest(file ?? `${survey.rootDirectory}/x`)?.path;
  if (code === 'TS2688' && manifest !== undefined && isDeclared(error.specifier, manifest, survey))
    return suspectIfAny(config, 0.9, `asks for the types ${error.specifier}, which the package does not have`);
  if (code === 'TS2688' && isTestRunnerOfNobody(error.specifier, survey))
    return [
      ...suspectIfAny(config, 0.85, `asks for the types ${error.specifier}, and there are no tests`),
      ...suspectIfAny(manifest, 0.6, 'declares no such types'),
    ];
  if (isBrowserProcess(located, survey))
    return suspectIfAny(file, 0.9, 'reads process.env where Vite gives import.meta.env');
  if (TYPES_CODES.has(code))
    return [
      ...suspectIfAny(
        manifest,
        error.message.includes('`npm i --save-dev @types/') ? 0.9 : 0.75,
        'declares no such types',
      ),
      ...suspectIfAny(config, 0.45, 'lists the types'),
    ];
  if (lacksDom(error.message, config, survey)) return suspectIfAny(config, 0.92, 'leaves out the types of the browser');
  if (JSX_CODES.has(code)) return suspectIfAny(config, 0.9, 'does not say how JSX is compiled');
  if (OPTION_CODES.has(code)) return suspectIfAny(config, 0.55, 'sets the compiler option that the error is about');
  if (/^TS(?:5\d{3}|18003|6(?:053|059|305|306|310))$/.test(code))
    return suspectIfAny(config, 0.8, 'holds the compiler options');
  return [
    ...suspectUnawaited(located, survey),
    ...suspectTypeDefinition(located, survey),
    ...suspectSource(located, survey),
    ...suspectWithheld(located, survey),
    ...suspectSameUse(located, survey),
    ...suspectStrictTwins(located, survey),
    ...suspectOptionalMember(located, survey),
    ...suspectDeclaredType(located, survey),
    ...suspectNoModule(located, survey),
    ...suspectUnparsed(located, survey),
    ...suspectLoader(located, survey),
  ];
};

const MOST_HEIRS = 8;

/** Whether the type has a member of a longer or shorter name instead, by which others go already. */
function hasHeir(property: string, path: string, { files }: Survey): boolean {
  const own = property.toLowerCase();
  if (own.length < 3) return false;
  const declared = (files.get(path) ?? '').matchAll(/(?<![\w$.])([A-Za-z_$][\w$]{3,60})\??\s{0,4}:/g);
  const heirs = [...declared].flatMap(([, name = '']) => {
    const other = name.toLowerCase();
    return other !== own && (other.includes(own) || own.includes(other)) ? [name] : [];
  });
  return [...new Set(heirs)].slice(0, MOST_HEIRS).some((name) => {
    const used = new RegExp(`(?<![\\w$])${escapePattern(name)}(?![\\w$])`);
    return [...files].some(([other, text]) => other !== path && isSource(other) && used.test(text));
  });
}

/** `process.env.VITE_...`: Vite hands such variables to the browser, and as `import.meta.env` only: https://vite.dev/guide/env-and-mode. */
export function isBrowserProcess({ error, file }: LocatedError, { files, manifests }: Survey): boolean {
  if (file === undefined || error.line === undefined || !/^Cannot find name 'process'/.test(error.message))
    return false;
  const line = files.get(file)?.split('\n')[error.line - 1]?.slice(0, 1_000) ?? '';
  return /\bprocess\.env\.VITE_\w/.test(line) && manifests.some(({ dependencies }) => dependencies.has('vite'));
}

function isDeclared(types: string | undefined, manifest: string, { manifests }: Survey): boolean {
  if (types === undefined) return false;
  const declared = manifests.find(({ path }) => path === manifest)?.dependencies;
  return types !== packageName(types) && declared?.has(packageName(types)) === true;
}

const OF_BROWSER =
  /\bHTML[A-Z]?\w{0,40}Element\b|\bEventTarget\b|Cannot find name '(?:window|document|HTMLElement|Element|Event|MouseEvent|localStorage|navigator|fetch|URL|console)'/;

/** The compiler is told which libraries there are, and the browser's is not among them. */
function lacksDom(message: string, config: string | undefined, { files }: Survey): boolean {
  if (config === undefined || !OF_BROWSER.test(message.slice(0, 1_000))) return false;
  const { lib } = asRecord(asRecord(parseJson(files.get(config) ?? '')).compilerOptions);
  return Array.isArray(lib) && !lib.some((name) => /^dom$/i.test(String(name)));
}

/**
 * Where the type that the message names is defined. One complaint speaks against the user of the type; many alike, or
 * a diff that took the property away, speak against the type.
 */
function suspectTypeDefinition({ error, file, places }: LocatedError, survey: Survey): Suspicion[] {
  const property = error.symbol ?? /[Pp]roperty '([^']{1,80})'/.exec(error.message)?.[1];
  const definitions = namedTypes(error.message).flatMap((name) => findDefinition(name, file, survey));
  const alike = survey.errors.filter(
    ({ error: other }) => other.kind === 'type' && property !== undefined && other.symbol === property,
  );
  const count = alike.reduce((sum, { error: other }) => sum + (other.count ?? 1), 0);
  return [...new Set(definitions)]
    .filter((path) => path !== file || places.length > 1)
    .flatMap((path) => {
      const change = survey.changes?.find((candidate) => candidate.path === path);
      const removed = property !== undefined && losesWord(change?.hunks, property);
      const followed = property !== undefined && hasHeir(property, path, survey);
      const many = !followed && PROPERTY_CODES.has(error.code ?? '') && count >= 5 && error.suggestion === undefined;
      const loss = removed ? judgeLoss(path, property, survey.changes) : undefined;
      const byCount = many ? 0.85 : count >= 3 && !followed ? 0.5 : 0.3;
      const weight = loss === 'followed' ? 0.25 : loss === 'slip' ? 0.8 : byCount;
      return [{ path, weight, reason: removed ? `lost ${property}` : 'defines the type that the error names' }];
    });
}

/** What fails itself, and is imported by others that fail: they handle what it got wrong. */
function suspectSource({ file }: LocatedError, { errors, graph }: Survey): Suspicion[] {
  if (file === undefined) return [];
  const failing = new Set(
    errors.flatMap((other) => (other.file === undefined || other.file === file ? [] : [other.file])),
  );
  const handed = graph.edgesTo(file).some(({ importer }) => failing.has(importer));
  return handed ? [{ path: file, weight: 0.45, reason: 'is imported by others that fail' }] : [];
}

/** A function or a constant that an imported module declares within, and does not hand out: a store, a hook, a factory. */
function suspectWithheld({ error, file }: LocatedError, { files, graph }: Survey): Suspicion[] {
  const member = error.code === 'TS2339' ? UNKNOWN_MEMBER.exec(error.message)?.[1] : undefined;
  if (member === undefined || file === undefined) return [];
  const name = member.replaceAll('$', '\\$');
  const declares = new RegExp(`^[^\\S\\n]{1,80}(?:async\\s+)?(?:function|const|let)\\s+${name}\\b`, 'm');
  const near = graph.reach([file], 12).filter((path) => path !== file && declares.test(files.get(path) ?? ''));
  return suspectEach(near.slice(0, 2), 0.85, `declares ${member} and does not hand it out`);
}

const UNFIT = /[Tt]ype '([^'\n]{1,200})' is not (?:assignable|comparable) to (?:parameter of )?type '([^'\n]{1,300})'/;

/** Where the type is declared that a plain value does not fit, by the member's name or by the values that it lists. */
function suspectDeclaredType({ error, file, places }: LocatedError, { files, graph }: Survey): Suspicion[] {
  const wanted = UNFIT.exec(error.message.slice(0, 1_000))?.[2];
  if (wanted === undefined || file === undefined || error.line === undefined) return [];
  if (error.message.slice(0, 8_000).includes(' is missing in type ')) return [];
  const line = files.get(file)?.split('\n')[error.line - 1]?.slice(0, 1_000) ?? '';
  const values = wanted.match(/"[^"]{1,80}"/g) ?? [];
  const isPlain = /^(?:string|number|boolean)$/.test(wanted);
  const members = isPlain ? [...new Set(line.match(/\b[A-Za-z_]\w{2,60}(?=\??\s?[:=])/g) ?? [])].slice(0, 12) : [];
  const asMember = members.map((member) => new RegExp(`(?<![\\w.])${member}\\??\\s{0,4}:\\s{0,4}${wanted}\\b`));
  const lists = (text: string) =>
    values.length > 1 &&
    /\|\s{0,8}['"]/.test(text) &&
    values.every((value) => text.includes(value) || text.includes(value.replaceAll('"', "'")));
  const declaring = graph
    .reach([file], 40)
    .filter((path) => !places.includes(path))
    .filter((path) => {
      const text = files.get(path) ?? '';
      return asMember.some((member) => member.test(text)) || lists(text);
    });
  return suspectEach(declaring.slice(0, 3), 0.4, 'declares the type that the value does not fit');
}

const NOT_A_MODULE = /^File '([^'\n]{1,300})' is not a module/;

/** A file that exports nothing any more. */
function suspectNoModule({ error }: LocatedError, { index }: Survey): Suspicion[] {
  const named = NOT_A_MODULE.exec(error.message)?.[1];
  const path = named === undefined ? undefined : index.paths.find((candidate) => named.endsWith(`/${candidate}`));
  return suspectIfAny(path, 0.93, 'exports nothing');
}

/** A component of another framework that `astro check` could not read, and so knows by no type. */
function suspectUnparsed({ error, file }: LocatedError, { graph }: Survey): Suspicion[] {
  const name = /^Component '([\w$]{1,80})' is not a valid component/.exec(error.message)?.[1];
  if (name === undefined || file === undefined) return [];
  return graph.edgesFrom(file).flatMap(({ declaration, resolution }) => {
    const isMeant = declaration.names.some(({ local }) => local === name);
    if (!isMeant || resolution.outcome !== 'file' || !/\.(?:vue|svelte)$/.test(resolution.path)) return [];
    return [{ path: resolution.path, weight: 0.85, reason: 'is a component that the check could not read' }];
  });
}

const MAY_LACK = /'[^'\n]{0,300}\| (?:undefined|null)\b|possibly '(?:undefined|null)'/;

/** Where a member that the line reads is declared as one that may be missing: the type may have become so by mistake. */
function suspectOptionalMember({ error, file, places }: LocatedError, { files, graph }: Survey): Suspicion[] {
  if (file === undefined || error.line === undefined || !MAY_LACK.test(error.message.slice(0, 1_000))) return [];
  // What is given is nothing that anybody takes, whatever else it may lack.
  if (error.message.includes("' does not exist on type '")) return [];
  const line = files.get(file)?.split('\n')[error.line - 1]?.slice(0, 1_000) ?? '';
  return [...new Set(line.match(/(?<=\.)[A-Za-z_]\w{2,60}/g) ?? [])].flatMap((member) => {
    // Zod, Yup and Valibot say it with a call.
    const optional = new RegExp(
      `(?<![\\w.])${member}(?:\\?\\s{0,4}:|\\s{0,4}:[^;,\\n]{0,200}(?:\\|\\s{0,4}(?:undefined|null)|\\b(?:optional|nullable|nullish))\\b)`,
    );
    const declaring = graph.reach([file], 40).filter((path) => optional.test(files.get(path) ?? ''));
    const read = new RegExp(`[\\w$)\\]]\\.${member}(?![\\w$?]|\\s{0,2}(?:&&|\\?\\?))`);
    // Next.js prints the first type error only, and no code with it.
    const readers =
      declaring.length === 0 || error.code !== undefined
        ? []
        : [...files].flatMap(([path, text]) => (path !== file && isSource(path) && read.test(text) ? path : []));
    return [
      ...suspectEach(
        declaring.filter((path) => !places.includes(path)),
        0.45,
        `says that ${member} may be missing`,
      ),
      ...suspectEach(readers.length > MOST_USERS ? [] : readers, 0.3, `reads ${member} too`),
    ];
  });
}

/** What a page of SvelteKit reads of its data, and nothing loads: https://svelte.dev/docs/kit/load */
function suspectLoader({ error, file }: LocatedError, { index, changes }: Survey): Suspicion[] {
  const member = UNKNOWN_MEMBER.exec(error.message)?.[1];
  if (file === undefined || member === undefined || !/ type '\{/.test(error.message)) return [];
  const loaders = findPageLoaders(file, index);
  return loaders.map((path) => {
    const isLost = losesWord(changes?.find((change) => change.path === path)?.hunks, member);
    const isSlip = isLost && judgeLoss(path, member, changes) === 'slip';
    return { path, weight: isSlip ? 0.85 : 0.4, reason: isLost ? `lost ${member}` : 'loads the data of the page' };
  });
}

const UNKNOWN_MEMBER = /'"?([\w$]{2,80})"?' does not exist (?:on|in) type/;
/** A name in more files than this is another's too. */
const MOST_USERS = 8;

/**
 * Who else uses the member that the type lacks. Next.js reports one type error at a time, and a member that was renamed
 * is missed by all its users alike.
 */
function suspectSameUse({ error, file, places }: LocatedError, { files, errors }: Survey): Suspicion[] {
  // Entries of a collection that there is not have no members either.
  if (errors.some((other) => isOfUnknownCollection(other.error))) return [];
  const member = UNKNOWN_MEMBER.exec(error.message)?.[1];
  if (member === undefined || file === undefined || error.line === undefined) return [];
  // What is promised has it; the promise itself was not waited for.
  if (error.message.includes("on type 'Promise<")) return [];
  const name = member.replaceAll('$', '\\$');
  const rows =
    files
      .get(file)
      ?.split('\n')
      .slice(Math.max(0, error.line - 6), error.line) ?? [];
  const element = /.*<([A-Z][\w.]*)\b/s.exec(rows.join('\n'))?.[1];
  const isAttribute = new RegExp(`(?:^|\\s)${name}=`).test(rows.at(-1) ?? '');
  const use =
    isAttribute && element !== undefined
      ? new RegExp(`<${element}\\b[^<>]{0,600}\\s${name}=`)
      : new RegExp(
          `[\\w$\\])?]\\.${name}(?![\\w$])|(?:\\(|\\b(?:const|let)\\s)\\s{0,4}\\{(?:[^{}()]{0,200}[\\s,])?${name}(?![\\w$])[^{}()]{0,200}\\}\\s{0,4}[):=]`,
        );
  const users = [...files].filter(([path, text]) => path !== file && isSource(path) && use.test(text));
  if (users.length > MOST_USERS) return [];
  return suspectEach(
    users.map(([path]) => path).filter((path) => !places.includes(path)),
    // A slip of one hand is nobody else's.
    error.suggestion === undefined ? 0.4 : 0.24,
    `uses ${member} in the same way`,
  );
}

/** Data files of one folder that are meant to be alike, translations above all: those that lack a key which others have. */
export const suspectDataTwins: SuspicionRule = ({ error }, { files, graph }) => {
  if (!['type', 'prerender', 'page-data', 'script-failed', 'other', 'syntax'].includes(error.kind)) return [];
  const message = error.message.slice(0, 500);
  const quoted = [...message.matchAll(/["'`]([A-Za-z_][\w.-]{2,60})["'`]/g)].map((match) => match[1] ?? '');
  const keys = new Set([UNKNOWN_MEMBER.exec(message)?.[1] ?? '', ...quoted.slice(0, 3)].filter((key) => key !== ''));
  const data = [...files].filter(
    ([path]) => path.endsWith('.json') && folderOf(path) !== '' && baseName(path) !== 'package.json',
  );
  return [...keys].flatMap((key) => {
    const holding = data.filter(([, text]) => text.includes(`"${key}":`));
    const folders = new Set(holding.map(([path]) => folderOf(path)));
    const lacking = data.filter(
      ([path, text]) =>
        folders.has(folderOf(path)) && !text.includes(`"${key}"`) && holding.some(([, other]) => isAlike(text, other)),
    );
    // Files that nothing imports are read by code; they count only where they are few.
    const known = lacking.filter(([path]) => graph.edgesTo(path).length > 0 || lacking.length <= 2);
    return suspectEach(
      known.map(([path]) => path),
      0.6,
      `lacks the key ${key}, which its neighbour has`,
    );
  });
};

/** Whether most keys of the smaller one are the other's too. */
function isAlike(text: string, other: string): boolean {
  const [fewer, more] = [keysIn(text), keysIn(other)].sort((left, right) => left.size - right.size);
  const shared = [...(fewer ?? [])].filter((key) => more?.has(key));
  return shared.length * 2 >= (fewer?.size ?? 0);
}

function keysIn(text: string): ReadonlySet<string> {
  return new Set([...text.slice(0, 400_000).matchAll(/"([^"\n]{1,80})"\s{0,4}:/g)].map(([, key]) => key ?? ''));
}

/** Names in quotes that can be names of types, the outermost ones of generic types included. */
function namedTypes(message: string): string[] {
  const names = new Set<string>();
  for (const quoted of message.slice(0, 4000).matchAll(/'([^'\n]{1,300})'/g))
    for (const word of (quoted[1] ?? '').match(/\b[A-Z][\w$]*/g) ?? []) names.add(word);
  return [...names].slice(0, 12);
}

function findDefinition(name: string, user: string | undefined, { graph, files }: Survey): string[] {
  const near = user === undefined ? [] : graph.reach([user], 40);
  const declares = (path: string) =>
    new RegExp(`(?:interface|type|class|enum)\\s+${name.replaceAll('$', '\\$')}\\b`).test(files.get(path) ?? '');
  const found = near.find(declares);
  if (found !== undefined) return [found];
  const anywhere = [...files.keys()].filter((path) => graph.readOutline(path)?.exports.has(name));
  return anywhere.length === 1 ? anywhere : [];
}

/**
 * Next.js reports one page at a time when a page's or layout's props do not fit; its neighbours are written alike.
 */
function suspectStrictTwins({ error, file }: LocatedError, { files }: Survey): Suspicion[] {
  if (file === undefined || !/does not satisfy the constraint '\w{0,12}Props'/.test(error.message)) return [];
  const alike = [...files].filter(
    ([path, text]) =>
      path !== file &&
      /^(?:page|layout|route|default)\.[jt]sx?$/.test(baseName(path)) &&
      /\b(?:params|searchParams)\??\s{0,4}:\s{0,4}(?!Promise)[{A-Z]/.test(text),
  );
  return suspectEach(
    alike.map(([path]) => path),
    0.3,
    'a route file with props of the same kind',
  );
}
