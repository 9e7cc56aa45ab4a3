import { isConfigFile } from '../../diagnosis/config-files.js';
import { asRecord, parseJson } from '../manifests.js';
import { baseName, folderOf, isLockfile } from '../readable-files.js';
import { joinPath } from '../repository-index.js';
import { findSimilarPackage } from '../similar-names.js';
import type { LocatedError, Survey } from '../survey.js';
import { suspectPruning } from './missing-module.js';
import { type Suspicion, type SuspicionRule, suspectEach, suspectIfAny } from './suspicion.js';

/** Commands whose package bears another name. */
const PACKAGE_OF = new Map(
  Object.entries({
    tsc: 'typescript',
    ng: '@angular/cli',
    'svelte-kit': '@sveltejs/kit',
    'react-router': '@react-router/dev',
    remix: '@remix-run/dev',
    tailwindcss: '@tailwindcss/cli',
    'run-s': 'npm-run-all',
    'run-p': 'npm-run-all',
  }),
);

/** Everything that package.json decides: scripts, versions, engines, the memory of the build. */
export const suspectManifests: SuspicionRule = (located, survey) => {
  if (located.error.code === 'command-not-found') return suspectScript(located, survey);
  switch (located.error.kind) {
    case 'script-missing':
      return suspectScriptCallers(located, survey);
    case 'script-failed':
      return suspectScript(located, survey);
    case 'peer-conflict':
    case 'package-missing':
      return suspectDeclaration(located, survey);
    case 'lockfile':
      return [...suspectInstaller(located, survey), ...suspectLockfile(located, survey)];
    case 'engine':
      return suspectEngine(located, survey);
    case 'memory':
      return suspectHeap(located, survey);
    case 'config':
      return suspectNamesakes(located, survey);
    default:
      return [];
  }
};

const SAME_NAME = /multiple workspaces|same name|Duplicate workspace|names? must be unique/i;

/** Packages of the workspace that bear one name. */
function suspectNamesakes({ error }: LocatedError, { manifests }: Survey): Suspicion[] {
  if (!SAME_NAME.test(error.message.slice(0, 1_000))) return [];
  const names = manifests.map(({ name }) => name);
  const twins = manifests.filter(
    ({ name }, at) => name !== undefined && (names.indexOf(name) !== at || names.includes(name, at + 1)),
  );
  return suspectEach(
    twins.map(({ path }) => path),
    0.93,
    'bears the name of another package',
  );
}

const LOCKFILE_OF: Readonly<Record<string, RegExp>> = {
  npm: /^(?:package-lock|npm-shrinkwrap)\.json$/,
  pnpm: /^pnpm-lock\.yaml$/,
  yarn: /^yarn\.lock$/,
  bun: /^bun\.lockb?$/,
};

/** Settings that install with a package manager of which the repository has no lockfile, while it has one of another. */
export function findForeignInstaller({ error }: LocatedError, survey: Survey): string | undefined {
  const own = LOCKFILE_OF[error.tool];
  const locks = [...new Set([survey.rootDirectory, ''])].flatMap((folder) =>
    survey.index.listFolder(folder).map(baseName).filter(isLockfile),
  );
  if (error.kind !== 'lockfile' || own === undefined || locks.length === 0 || locks.some((name) => own.test(name)))
    return undefined;
  return projectFiles('vercel.json', survey).find((path) => {
    const { installCommand } = asRecord(parseJson(survey.files.get(path) ?? ''));
    return typeof installCommand === 'string' && new RegExp(`(?:^|[\\s&;])${error.tool} `).test(`${installCommand} `);
  });
}

function suspectInstaller(located: LocatedError, survey: Survey): Suspicion[] {
  return suspectIfAny(findForeignInstaller(located, survey), 0.95, 'installs with another package manager');
}

/** The manifest in charge: of the package that spoke, of the file, of the project, of the repository. */
function findManifestPath(
  { error, file }: LocatedError,
  { resolver, index, rootDirectory, manifests }: Survey,
): string {
  const speaker = manifests.find(
    ({ name, folder }) => error.package !== undefined && (name === error.package || `${folder}/` === error.package),
  );
  if (speaker) return speaker.path;
  if (file !== undefined && baseName(file) === 'package.json') return file;
  const near = resolver.findManifest(file ?? joinPath(rootDirectory, 'package.json'))?.path;
  return near ?? index.findNearest(joinPath(rootDirectory, 'x'), ['package.json']) ?? 'package.json';
}

function projectFiles(name: string, { index, rootDirectory }: Survey): string[] {
  return [...new Set([joinPath(rootDirectory, name), name])].filter((path) => index.has(path));
}

function suspectScriptCallers(located: LocatedError, survey: Survey): Suspicion[] {
  const script = located.error.symbol ?? '';
  const manifest = findManifestPath(located, survey);
  const speaks = (text: string | undefined) => script !== '' && (text ?? '').includes(script);
  const callers = [...projectFiles('vercel.json', survey), ...projectFiles('turbo.json', survey)].filter((path) =>
    speaks(survey.files.get(path)),
  );
  const chained = survey.manifests.filter(({ scripts }) => [...scripts.values()].some(speaks)).map(({ path }) => path);
  return [
    ...suspectEach(callers, 0.82, `asks for the script ${script}`),
    ...suspectEach([...chained, manifest], 0.78, `has no script ${script}`),
    ...suspectEach(projectFiles('vercel.json', survey), 0.3, 'may hold the build command'),
  ];
}

function suspectScript(located: LocatedError, survey: Survey): Suspicion[] {
  const manifest = findManifestPath(located, survey);
  const command =
    located.error.symbol ??
    /(?:sh: (?:line )?\d*:? ?|command not found: |exec: )([\w@./-]{1,80})/.exec(located.error.message)?.[1];
  const declared = command === undefined ? undefined : (PACKAGE_OF.get(command) ?? command);
  const own = survey.manifests.find(({ path }) => path === manifest);
  const pruned = declared !== undefined && own?.devOnly.has(declared) ? suspectPruning(survey) : [];
  const mentioned = [...(own?.scripts.values() ?? [])]
    .flatMap((line) => line.match(/[\w./-]{2,200}\.(?:[cm]?[jt]s|sh)\b/g) ?? [])
    .map((path) => joinPath(own?.folder ?? '', path))
    .filter((path) => survey.index.has(path));
  const placed = located.places.length + located.trace.length > 0;
  return [
    ...pruned,
    ...suspectEach(placed ? [] : mentioned, 0.5, 'is what the script runs'),
    {
      path: manifest,
      weight: weightOfScript(located, { placed, pruned: pruned.length > 0 }),
      reason: 'holds the script and what it needs',
    },
    ...suspectEach(projectFiles('vercel.json', survey), pruned.length > 0 ? 0 : 0.25, 'may hold the command'),
  ].filter(({ weight }) => weight > 0);
}

/** What a script throws is seldom about package.json; that a command is not there mostly is. */
function weightOfScript(
  { error }: LocatedError,
  found: { readonly placed: boolean; readonly pruned: boolean },
): number {
  if (found.placed) return 0.25;
  if (error.code !== 'command-not-found') return 0.45;
  return found.pruned ? 0.7 : 0.75;
}

/** Every manifest that declares the package which cannot be had, or cannot be had together with another. */
function suspectDeclaration(located: LocatedError, survey: Survey): Suspicion[] {
  const { error } = located;
  const names = new Set(
    [error.symbol, error.specifier, ...(error.message.match(/@?[\w.-]+(?:\/[\w.-]+)?(?=@)/g) ?? [])].filter(
      (name) => name !== undefined,
    ),
  );
  const declaring = survey.manifests
    .filter(({ dependencies }) => [...names].some((name) => dependencies.has(name)))
    .map(({ path }) => path);
  const misspelt = declaring.length > 0 ? undefined : findMisspelt(error.specifier, survey);
  return [
    ...suspectEach(declaring, 0.88, 'declares the package'),
    ...suspectIfAny(misspelt?.path, 0.9, `asks for ${error.specifier}; ${misspelt?.meant} is declared`),
    { path: findManifestPath(located, survey), weight: 0.7, reason: 'declares what is installed' },
  ];
}

/** A configuration that names a package which nothing declares, where one that is declared is spelt nearly alike. */
function findMisspelt(
  specifier: string | undefined,
  { manifests, files }: Survey,
): { readonly path: string; readonly meant: string } | undefined {
  if (specifier === undefined) return undefined;
  const declared = manifests.flatMap(({ dependencies }) => [...dependencies.keys()]);
  const meant = findSimilarPackage(specifier, declared);
  if (meant === undefined) return undefined;
  const quoted = [`'${specifier}'`, `"${specifier}"`];
  const asking = [...files].find(
    ([path, text]) =>
      isConfigFile(path) && baseName(path) !== 'package.json' && quoted.some((word) => text.includes(word)),
  );
  return asking === undefined ? undefined : { path: asking[0], meant };
}

function suspectLockfile(located: LocatedError, survey: Survey): Suspicion[] {
  const manifest = findManifestPath(located, survey);
  const locks = survey.index.paths.filter(
    (path) => isLockfile(path) && (folderOf(path) === '' || folderOf(path) === survey.rootDirectory),
  );
  const named = locks.filter((path) => located.error.message.includes(baseName(path)) || path === located.file);
  const custom = projectFiles('vercel.json', survey).filter((path) =>
    /"installCommand"/.test(survey.files.get(path) ?? ''),
  );
  const configured = /CONFIG_MISMATCH/.test(located.error.code ?? '')
    ? projectFiles('pnpm-workspace.yaml', survey).filter((path) =>
        holdsSetting(located.error.message, survey.files.get(path)),
      )
    : [];
  const { symbol } = located.error;
  const isMissed =
    symbol !== undefined &&
    survey.manifests.every(({ path, dependencies }) => path !== manifest || !dependencies.has(symbol)) &&
    survey.graph.edges.some(({ resolution }) => resolution.outcome === 'package' && resolution.name === symbol);
  return [
    ...(isMissed ? [{ path: manifest, weight: 0.9, reason: `no longer declares ${symbol}, which is imported` }] : []),
    ...suspectEach(configured, 0.85, 'holds the settings that the lockfile was made with'),
    ...suspectEach(named.length > 0 ? named : locks, 0.8, 'is behind package.json'),
    { path: manifest, weight: 0.75, reason: 'is ahead of the lockfile' },
    ...suspectEach(custom, 0.4, 'sets the install command'),
  ];
}

/** Of pnpm's settings, some may stand in package.json as well: https://pnpm.io/settings */
function holdsSetting(message: string, text: string | undefined): boolean {
  const name = /The current "(\w{1,40})" configuration/.exec(message)?.[1];
  return name === undefined || text === undefined || new RegExp(`^${name}\\s*:`, 'm').test(text);
}

function suspectEngine(located: LocatedError, survey: Survey): Suspicion[] {
  const manifest = findManifestPath(located, survey);
  const declaring = survey.manifests
    .filter(({ fields }) => fields.engines !== undefined || fields.packageManager !== undefined)
    .map(({ path }) => path);
  const pins = ['.nvmrc', '.node-version', '.tool-versions'].flatMap((name) => projectFiles(name, survey));
  return [
    ...suspectEach(
      declaring.includes(manifest) || declaring.length === 0 ? [manifest] : declaring,
      0.85,
      'sets the engine',
    ),
    ...suspectEach(
      declaring.filter((path) => path !== manifest),
      0.4,
      'sets the engine',
    ),
    ...suspectEach(pins, 0.4, 'pins the engine'),
  ];
}

function suspectHeap(located: LocatedError, survey: Survey): Suspicion[] {
  const capped = [...survey.files]
    .filter(([path, text]) => /max[-_]old[-_]space[-_]size/.test(text) && !isLockfile(path))
    .map(([path]) => path);
  const manifest = findManifestPath(located, survey);
  const configs = ['next.config.js', 'next.config.mjs', 'next.config.ts', 'vite.config.ts', 'vite.config.js'].flatMap(
    (name) => projectFiles(name, survey),
  );
  return [
    ...suspectEach(capped, 0.9, 'caps the heap of the build'),
    // It may hold tokens and is not read.
    ...suspectEach(capped.length > 0 ? [] : projectFiles('.npmrc', survey), 0.65, 'may hold options of Node.js'),
    ...suspectIfAny(capped.length > 0 ? undefined : manifest, 0.45, 'holds the build script'),
    ...suspectEach(configs, 0.3, 'configures the build'),
  ];
}
