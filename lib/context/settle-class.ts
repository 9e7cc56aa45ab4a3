/** What the repository tells of the class that a log alone cannot: whose name an import is, and which file is at fault. */
import { isConfigFile } from '../diagnosis/config-files.js';
import type { Diagnosis, FailureClass } from '../diagnosis/diagnosis.js';
import { remedyForVariables } from '../diagnosis/missing-variable.js';
import { findUnorderedTasks, isMisled, isUnbuilt } from './build-order.js';
import { findGenerator } from './generated-code.js';
import { baseName, isLockfile, isManagerSettings, isSource } from './readable-files.js';
import { packageName } from './resolve-import.js';
import type { Suspect } from './source.js';
import type { LocatedError, Survey } from './survey.js';
import { findIdleBuildOf, findUnbuilt } from './suspicion/built-package.js';
import { findForeignInstaller } from './suspicion/manifests.js';
import { findStandIn, findWrongAlias, isWhereItLed } from './suspicion/missing-module.js';
import { findOwnAddresses } from './suspicion/own-address.js';
import { findStrayCommands } from './suspicion/stray-commands.js';
import { isBrowserProcess } from './suspicion/types.js';
import { findUnlisted } from './workspace-listing.js';

export interface SettledClass {
  readonly class: FailureClass;
  readonly fact: string;
  /** Where no patch helps any more: what a person has to do. */
  readonly remedy?: string;
}

/** A suspect below this is a guess among others. */
const SURE = 0.5;

/** Undefined where the repository says nothing against the log's class. */
export function settleClass(survey: Survey, suspects: readonly Suspect[]): SettledClass | undefined {
  const { diagnosis } = survey;
  const [first] = survey.errors;
  if (first === undefined) return undefined;
  if (diagnosis.class === 'unknown') return settleByFile(diagnosis.class, suspects, first);
  if (!diagnosis.repairable) return settleByAddress(first, survey) ?? settleByHeap(first, suspects);
  const settled =
    settleByIdleBuild(first, survey, suspects) ??
    (first.error.kind === 'module-not-found'
      ? (settleImport(first, survey, suspects) ?? settleByFile(diagnosis.class, suspects, first))
      : (settleByBrowserProcess(first, survey) ??
        settleByWriter(first, suspects) ??
        settleByInstaller(first, survey) ??
        settleByCommand(first, survey) ??
        settleByNamedVariable(first, survey) ??
        settleByVariable(first, survey) ??
        settleByVariableUse(first, survey) ??
        settleByOwnMachine(first, survey) ??
        settleByFile(diagnosis.class, suspects, first)));
  return settled?.class === diagnosis.class ? undefined : settled;
}

/** The diagnosis as the repository settles it; the fingerprint stays that of the log. */
export function withSettledClass(diagnosis: Diagnosis, settled: SettledClass | undefined): Diagnosis {
  if (settled === undefined) return diagnosis;
  const { remedy: logged, ...rest } = diagnosis;
  const remedy = settled.remedy ?? (diagnosis.repairable ? logged : undefined);
  return {
    ...rest,
    class: settled.class,
    repairable: settled.remedy === undefined,
    ...(remedy === undefined ? {} : { remedy }),
    evidence: [{ fact: settled.fact, from: 'repository' }, ...diagnosis.evidence],
  };
}

function settleImport(located: LocatedError, survey: Survey, suspects: readonly Suspect[]): SettledClass | undefined {
  const { resolver, index, rootDirectory } = survey;
  const { error } = located;
  const specifier = error.specifier ?? '';
  const importer = located.file ?? `${rootDirectory}/index.ts`;
  if (isWhereItLed(specifier, importer, survey)) return settleByAliasFolder(specifier, importer, survey);
  if (specifier === '') return undefined;
  const resolution = resolver.resolve(importer, specifier);
  const generator =
    resolution.outcome === 'missing-file' ? findGenerator(resolution.path, importer, survey) : undefined;
  if (generator !== undefined)
    return {
      class: 'config',
      fact: `${generator.declaredIn} has ${specifier} written, and no script of the build does it`,
    };
  if (/^[./]/.test(specifier)) return undefined;
  switch (resolution.outcome) {
    case 'package':
      return settlePackage({ name: resolution.name, specifier, importer }, survey, suspects);
    case 'missing-entry':
      return suspects[0]?.path === resolution.manifest
        ? { class: 'config', fact: `${resolution.manifest} does not say where ${specifier} leads` }
        : { class: 'code', fact: `${resolution.name} is a package of this repository, and has no such entry` };
    case 'file':
      if (resolution.alias === undefined)
        return settleByBuildOrder({ specifier, path: resolution.path, importer }, survey, suspects);
      // The compiler's mapping leads there, and whoever built did not know it.
      return { class: 'config', fact: `${specifier} is an alias that ${error.tool} does not know` };
    case 'missing-file':
    case 'wrong-case':
      return suspects[0]?.path === resolution.alias?.declaredIn && resolution.alias?.declaredIn !== undefined
        ? { class: 'config', fact: `everything that ${resolution.alias.declaredIn} maps so is missing` }
        : asksByConfiguration(suspects)
          ? { class: 'config', fact: `${suspects[0]?.path} asks for ${specifier}, which is not there` }
          : { class: 'code', fact: `${specifier} is an alias, and there is no such file` };
    case 'unmapped-alias':
      // Who goes on importing by a name that the settings gave up has to change, not they.
      if (suspects[0]?.path === importer && !isConfigFile(importer))
        return { class: 'code', fact: `${importer} imports by ${specifier}, which nothing maps` };
      return resolution.path !== undefined && index.has(resolution.path)
        ? { class: 'config', fact: `no configuration maps ${specifier} to ${resolution.path}` }
        : undefined;
    default:
      return undefined;
  }
}

function asksByConfiguration([first]: readonly Suspect[]): boolean {
  return first !== undefined && first.score >= SURE && isConfigFile(first.path);
}

/** A package that is not there is declared in vain, or not meant: the file that asks for it has to change then. */
function settlePackage(
  { name, specifier, importer }: { readonly name: string; readonly specifier: string; readonly importer: string },
  survey: Survey,
  [first]: readonly Suspect[],
): SettledClass | undefined {
  const { resolver } = survey;
  const stand = findStandIn(name, specifier, importer, survey);
  if (stand !== undefined) return { class: 'code', fact: `${stand} stands in for ${name} here` };
  if (first === undefined || first.score < SURE) return undefined;
  const declared = resolver.findManifest(importer)?.dependencies.has(name) === true;
  if (declared && specifier === name) return undefined;
  if (baseName(first.path) === 'package.json' || isLockfile(first.path)) return undefined;
  const fact = `${first.path} asks for ${specifier}, which ${declared ? `${name} does not have` : 'nothing declares'}`;
  return isConfigFile(first.path) ? { class: 'config', fact } : { class: 'code', fact };
}

/** Bundlers say where an alias led; to a folder that the tree lacks it leads all that goes by it. */
function settleByAliasFolder(specifier: string, importer: string, survey: Survey): SettledClass | undefined {
  const alias = findWrongAlias(specifier, importer, survey);
  return alias === undefined
    ? undefined
    : { class: 'config', fact: `${alias.declaredIn} maps ${alias.pattern} to a folder that is not there` };
}

function settleByBuildOrder(
  { specifier, path, importer }: { readonly specifier: string; readonly path: string; readonly importer: string },
  survey: Survey,
  [first]: readonly Suspect[],
): SettledClass | undefined {
  const workspace = survey.resolver.findWorkspace(packageName(specifier));
  const unbuilt = workspace === undefined ? undefined : findUnbuilt(workspace, path, survey);
  if (unbuilt !== undefined) return { class: 'config', fact: `${unbuilt} does not build ${path}` };
  const unlisting = workspace === undefined ? undefined : findUnlisted(workspace, survey);
  if (unlisting !== undefined)
    return { class: 'config', fact: `${unlisting} leaves ${workspace?.name} out of the workspace` };
  const unordered = workspace === undefined ? undefined : findUnorderedTasks(workspace, survey);
  if (unordered !== undefined)
    return { class: 'config', fact: `${unordered} lets nothing be built before what imports it` };
  if (workspace === undefined) return undefined;
  if (first?.path === workspace.path && isMisled(workspace, survey))
    return { class: 'config', fact: `${first.path} leads elsewhere than its compiler writes` };
  const { index, resolver } = survey;
  const declares = resolver.findManifest(importer)?.dependencies.has(packageName(specifier)) === true;
  const isOrdered = ['turbo.json', 'turbo.jsonc', 'nx.json'].some((name) => index.findByName(name).length > 0);
  // It is linked where it is declared, and there is nothing behind the link.
  return declares && !isOrdered && isUnbuilt(workspace, survey)
    ? { class: 'config', fact: `the build does not write what ${workspace.path} leads to` }
    : undefined;
}

/** An empty folder that a script of the repository writes itself. */
function settleByWriter({ error }: LocatedError, [first]: readonly Suspect[]): SettledClass | undefined {
  const isOwn = first !== undefined && first.score >= SURE && !isConfigFile(first.path);
  return error.code === 'STATIC_BUILD_EMPTY_OUT_DIR' && isOwn
    ? { class: 'code', fact: `${first.path} writes the folder` }
    : undefined;
}

function settleByIdleBuild(
  { error }: LocatedError,
  survey: Survey,
  [likeliest]: readonly Suspect[],
): SettledClass | undefined {
  const idle = findIdleBuildOf(error, survey);
  return idle !== undefined && idle === likeliest?.path
    ? { class: 'config', fact: `${idle} does not have ${error.specifier} built as others import it` }
    : undefined;
}

function settleByInstaller(first: LocatedError, survey: Survey): SettledClass | undefined {
  const path = findForeignInstaller(first, survey);
  return path === undefined
    ? undefined
    : {
        class: 'config',
        fact: `${path} installs with ${first.error.tool}, whose lockfile the repository does not have`,
      };
}

function settleByCommand(first: LocatedError, survey: Survey): SettledClass | undefined {
  const [path] = findStrayCommands(first, survey);
  return path === undefined
    ? undefined
    : { class: 'config', fact: `a command in ${path} leads to a folder that is not there` };
}

/** A request that failed without a word about where it went. */
function settleByAddress(first: LocatedError, survey: Survey): SettledClass | undefined {
  const [asking] = findOwnAddresses(first, survey);
  return asking === undefined ? undefined : { class: 'code', fact: `${asking} asks the machine that builds` };
}

/** Node.js takes more than this by itself on every machine that Vercel builds on: https://nodejs.org/api/cli.html */
const OWN_HEAP = 1_024;

/** A heap that was full long before that, where a file of the repository limits it, or may do so unread. */
function settleByHeap({ error }: LocatedError, [first]: readonly Suspect[]): SettledClass | undefined {
  const full = Number(/heap out of memory at (\d{1,6}) MB/.exec(error.message)?.[1] ?? OWN_HEAP);
  if (full >= OWN_HEAP || first === undefined || first.score < SURE) return undefined;
  if (isManagerSettings(first.path))
    return {
      class: 'config',
      fact: `the heap was full at ${full} MB, and nothing but ${first.path} can limit it`,
      remedy: `Take \`node-options\` out of ${first.path}, or give the heap more than ${full} MB there.`,
    };
  const isLimit = first.reasons.some((reason) => reason.startsWith('caps the heap'));
  return isLimit ? { class: 'config', fact: `${first.path} limits the heap, which was full at ${full} MB` } : undefined;
}

const wanted =
  /\bis (?:required|missing|undefined|empty|not set)|must be (?:a|an|set|defined|provided)\b|\binvalid (?:url|uuid|email|input|value)\b|undefined|\brequired\b/i;
const variableRead = (name: string) =>
  new RegExp(
    `\\b${name}["']?\\s{0,4}[:=]\\s{0,4}(?:String\\()?(?:process|import\\.meta)\\.env(?:\\.|\\[['"])([A-Za-z_]\\w{1,80})`,
  );

const DEMANDS =
  /\b(?:set|provide|define|configure|add|missing|required|requires|needs?|must|without|unset|empty|undefined)\b/i;
const VARIABLE_READ = (name: string) => new RegExp(`\\benv(?:\\.|\\[['"])${name}\\b`);

/** `process.env[name]`, the names in a list. */
const VARIABLE_LISTED = /\benv\[[A-Za-z_$]/;

/** The repository's own code threw, and demands by its name a variable that it reads from the environment. */
function settleByNamedVariable({ error }: LocatedError, { files }: Survey): SettledClass | undefined {
  const said = error.message.slice(0, 500);
  if (!['config', 'other', 'script-failed', 'page-data', 'prerender'].includes(error.kind) || !DEMANDS.test(said))
    return undefined;
  for (const [name] of said.matchAll(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]{1,80}\b/g)) {
    const read = VARIABLE_READ(name);
    const listed = new RegExp(`["'\`]${name}["'\`]`);
    const reading = [...files].find(
      ([, text]) => text.includes(name) && (read.test(text) || (VARIABLE_LISTED.test(text) && listed.test(text))),
    )?.[0];
    if (reading === undefined) continue;
    return {
      class: 'environment',
      fact: `${reading} reads the environment variable ${name}, which the error asks for`,
      remedy: remedyForVariables([name], true),
    };
  }
  return undefined;
}

/** Code for the browser that asks Node.js for a variable: types would let it through, and it would still find nothing. */
function settleByBrowserProcess(first: LocatedError, survey: Survey): SettledClass | undefined {
  return isBrowserProcess(first, survey)
    ? { class: 'code', fact: `${first.file} reads process.env, which Vite does not give to the browser` }
    : undefined;
}

/** A setting is missing that the repository takes from an environment variable: `"search.appId" is required`. */
function settleByVariable({ error, places }: LocatedError, { files }: Survey): SettledClass | undefined {
  if (places.length > 0 || !wanted.test(error.message.slice(0, 500))) return undefined;
  if (!['config', 'other', 'script-failed'].includes(error.kind)) return undefined;
  const quoted = [...error.message.slice(0, 500).matchAll(/["'`]([\w.[\]-]{2,80})["'`]/g)].map(
    ([, word]) => word ?? '',
  );
  const named = [...quoted, ...(error.symbol === undefined ? [] : [error.symbol])];
  for (const name of new Set(named.map((word) => word.split('.').at(-1) ?? ''))) {
    if (!/^[A-Za-z_]\w*$/.test(name)) continue;
    for (const text of files.values()) {
      if (!text.includes('.env')) continue;
      const variable = variableRead(name).exec(text)?.[1];
      if (variable === undefined) continue;
      return {
        class: 'environment',
        fact: `${name} comes from the environment variable ${variable}`,
        remedy: remedyForVariables([variable], true),
      };
    }
  }
  return undefined;
}

/** What a value is no good for, and the code that would have taken it from a variable. */
const UNUSABLE: readonly { readonly said: RegExp; readonly taken: RegExp }[] = [
  {
    said: /Invalid URL|Failed to parse URL/,
    taken:
      /(?:new URL\(|metadataBase:|\bfetch\()[^;\n]{0,80}?(?:process|import\.meta)\.env(?:\.|\[['"])([A-Za-z_]\w{1,80})/,
  },
  {
    said: /is not valid JSON|\bin JSON at\b|Unexpected end of JSON input|Unexpected token .?u.? in JSON/,
    taken: /JSON\.parse\([^;\n]{0,80}?(?:process|import\.meta)\.env(?:\.|\[['"])([A-Za-z_]\w{1,80})/,
  },
];

/** What broke on a value that it could not read, where code takes such a value from a variable. */
function settleByVariableUse(located: LocatedError, survey: Survey): SettledClass | undefined {
  const { error, places, trace, route } = located;
  const read = readVariableAt(located, survey);
  if (read !== undefined)
    return {
      class: 'environment',
      fact: `${located.file}, line ${error.line}, reads the environment variable ${read}`,
      remedy: remedyForVariables([read], true),
    };
  const taken = UNUSABLE.find(({ said }) => said.test(error.message.slice(0, 500)))?.taken;
  if (taken === undefined) return undefined;
  const near = [...places, ...trace, ...(route?.pages ?? []), ...(route?.layouts ?? [])];
  for (const path of survey.graph.reach(near, 80)) {
    const variable = taken.exec(survey.files.get(path) ?? '')?.[1];
    if (variable === undefined) continue;
    return {
      class: 'environment',
      fact: `${path} makes it from the environment variable ${variable}`,
      remedy: remedyForVariables([variable], true),
    };
  }
  return undefined;
}

const OWN_MACHINE = /\bECONNREFUSED (?:127\.0\.0\.1|::1|\[::1\]|localhost|0\.0\.0\.0):(\d{2,5})\b/;
const ASKED =
  /(?:process|import\.meta)\.env(?:\.|\[['"])([A-Za-z_]\w{0,70}(?:URL|URI|API|HOST|ENDPOINT|ORIGIN|SERVICE|SERVER|BACKEND|CMS|ADDRESS|BASE)\w{0,20})/i;
const ENVIRONMENT_FILE = /(?:^|\/)\.env(?:\.(?!example|sample|template)\w+)*$/;

/** The machine that builds was asked at a port that no file of the repository names: a variable led there. */
function settleByOwnMachine({ error, places, trace, route }: LocatedError, survey: Survey): SettledClass | undefined {
  const port = OWN_MACHINE.exec(error.message)?.[1];
  if (port === undefined || survey.index.paths.some((path) => ENVIRONMENT_FILE.test(path))) return undefined;
  const written = new RegExp(`(?<!\\d)${port}(?!\\d)`);
  const near = [...places, ...trace, ...(route?.pages ?? []), ...(route?.layouts ?? []), ...(route?.loaders ?? [])];
  const reached = survey.graph.reach(near, 80);
  if ([...survey.files].some(([path, text]) => isSource(path) && written.test(text))) return undefined;
  const asking = reached.flatMap((path) => {
    const variable = ASKED.exec(survey.files.get(path) ?? '')?.[1];
    return variable === undefined ? [] : [{ path, variable }];
  });
  const [only] = asking;
  if (only === undefined || new Set(asking.map(({ variable }) => variable)).size > 1) return undefined;
  return {
    class: 'environment',
    fact: `${only.path} asks where the environment variable ${only.variable} leads, and that is the machine that builds`,
    remedy: `Set ${only.variable} in the Vercel project’s environment variables to an address that a build can reach, and redeploy.`,
  };
}

/** `process.env.KEY.trim()` on the very line that broke on a value which is not there. */
function readVariableAt({ error, file }: LocatedError, { files }: Survey): string | undefined {
  if (file === undefined || error.line === undefined || !/of undefined|\bundefined\b/.test(error.message))
    return undefined;
  const row = files.get(file)?.split('\n')[error.line - 1]?.slice(0, 1_000) ?? '';
  return /(?:process|import\.meta)\.env(?:\.|\[['"])([A-Za-z_]\w{1,80})['"\]]{0,2}!?\s{0,4}\./.exec(row)?.[1];
}

/** The class follows the remedy: where configuration is what has to change, whatever complained. */
function settleByFile(
  logged: FailureClass,
  [first]: readonly Suspect[],
  { error }: LocatedError,
): SettledClass | undefined {
  // Tools name a package that they cannot load, not who asked for it.
  const asked = error.kind === 'package-missing' && first?.reasons.some((reason) => reason.startsWith('asks for '));
  // Of types that are not there the compiler does not say whether they are misspelt or not installed.
  if (logged !== 'code' && logged !== 'unknown' && error.code !== 'TS2688' && asked !== true) return undefined;
  // The declaration of a collection is the application's own.
  if (error.code === 'collection-not-found') return undefined;
  if (first === undefined || first.score < SURE || !isConfigFile(first.path)) return undefined;
  if (
    baseName(first.path) === 'package.json' &&
    (logged === 'dependency' || error.kind === 'type' || error.kind === 'export-missing')
  )
    return { class: 'dependency', fact: `${first.path} declares what is missing` };
  return { class: 'config', fact: `${first.path} is configuration` };
}
