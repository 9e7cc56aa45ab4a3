import { isConfigFile } from '../../diagnosis/config-files.js';
import { findUnorderedTasks } from '../build-order.js';
import { findClientImporters } from '../client-importers.js';
import { findGenerator } from '../generated-code.js';
import type { ImportEdge } from '../import-graph.js';
import { findMeantEntry } from '../meant-entry.js';
import { isPartOfRouter, soleGiverOf } from '../namesake.js';
import { findCompilerConfig, type PathAlias } from '../path-aliases.js';
import { baseName, extensionOf, folderOf } from '../readable-files.js';
import { joinPath, type RepositoryIndex } from '../repository-index.js';
import { isNodeBuiltin, packageName, type Resolution } from '../resolve-import.js';
import { findSimilar, findSimilarPackage } from '../similar-names.js';
import type { LocatedError, Survey } from '../survey.js';
import { findUnlisted } from '../workspace-listing.js';
import { findUnbuilt } from './built-package.js';
import { suspectMissingPath } from './missing-path.js';
import { findUnreferring } from './project-references.js';
import { suspectTakers } from './rendering.js';
import { type Suspicion, type SuspicionRule, suspectEach, suspectIfAny } from './suspicion.js';

const SPEAKING = /(?:\.config\.|rc(?:\.|$)|^scripts\/|\/scripts\/)/;
const WORKSPACE = /(?:^|\/)(?:angular|project)\.json$/;

/** An import that leads nowhere: the importer, the target, the manifest or the alias is wrong. */
export const suspectMissingModule: SuspicionRule = (located, survey) => {
  const { error } = located;
  const specifier = error.specifier;
  if (
    specifier === undefined ||
    (error.kind !== 'module-not-found' && error.kind !== 'other' && error.kind !== 'config')
  )
    return [];
  const absolute = /^\/(?:vercel\/path\d+\/)?(.+)$/.exec(specifier);
  const asking = [located.file, ...located.trace].find(
    (path) => path !== undefined && survey.files.get(path)?.includes(specifier) !== false,
  );
  const importer =
    asking ??
    findMentioning(specifier, survey) ??
    located.file ??
    located.trace[0] ??
    survey.graph.edges.find(({ declaration }) => declaration.specifier === specifier)?.importer ??
    joinPath(survey.rootDirectory, 'package.json');
  if (absolute?.[1] && isWhereItLed(specifier, importer, survey)) {
    const alias = findWrongAlias(specifier, importer, survey);
    const asking = suspectMissingPath(joinPath(absolute[1]), located, survey);
    if (alias?.declaredIn === undefined) return asking;
    return [
      { path: alias.declaredIn, weight: 0.95, reason: `maps ${alias.pattern} to a folder that is not there` },
      ...asking.map((suspicion) => ({ ...suspicion, weight: suspicion.weight * 0.5 })),
    ];
  }
  // What frameworks generate types into has no path here; the compiler was not told how that folder lies to the sources.
  if (located.places.length + located.trace.length === 0 && specifier.startsWith('.') && error.tool === 'typescript')
    return suspectIfAny(findCompilerConfig(importer, survey), 0.8, 'says where generated types lead');
  // Angular's workspace names style sheets and scripts by their paths.
  if (WORKSPACE.test(importer)) return suspectMissingPath(specifier, located, survey);
  if (isNodeBuiltin(specifier)) return suspectServerCode(importer, located, survey);
  const resolution = survey.resolver.resolve(importer, specifier);
  switch (resolution.outcome) {
    case 'wrong-case':
      return suspectWrongCase(resolution.path, importer, survey);
    case 'missing-file':
      return suspectMissingFile({ resolution, importer, specifier }, located, survey);
    case 'unmapped-alias':
      return suspectUnmappedAlias({ resolution, importer, specifier }, located, survey);
    case 'missing-entry': {
      const meant = findMeantEntry(resolution.manifest, specifier, survey);
      if (meant !== undefined)
        return [
          { path: importer, weight: 0.9, reason: `imports ${specifier}; ${resolution.name} has ${meant}` },
          { path: resolution.manifest, weight: 0.5, reason: 'says what the package exports' },
        ];
      return [
        ...suspectIfAny(
          findUnlisted({ folder: folderOf(resolution.manifest) }, survey),
          0.95,
          `leaves ${resolution.name} out of the workspace`,
        ),
        { path: resolution.manifest, weight: 0.8, reason: `${resolution.name} leads to no file of the tree` },
        { path: importer, weight: 0.55, reason: `imports ${specifier}` },
      ];
    }
    case 'package':
      return suspectPackage({ name: resolution.name, importer, specifier }, located, survey);
    case 'file':
      return suspectUnseenFile({ resolution, importer, specifier }, located, survey);
    case 'virtual':
      return [{ path: importer, weight: 0.5, reason: `imports ${specifier}` }];
  }
};

/** The entry that the manifest has in place of one that it lacks: spelt nearly so, or the other in number. */

/** An import in the wrong case works on macOS; everyone who wrote it so has to change. */
function suspectWrongCase(twin: string, importer: string, survey: Survey): Suspicion[] {
  const importers = survey.graph
    .edgesTo(twin)
    .filter(({ resolution }) => resolution.outcome === 'wrong-case')
    .map((edge) => edge.importer);
  return [
    ...suspectEach([importer, ...importers], 0.85, `imports ${twin} in another case`),
    { path: twin, weight: 0.35, reason: 'its name differs from the import in case only' },
  ];
}

interface FailedImport<Outcome extends Resolution['outcome']> {
  readonly resolution: Extract<Resolution, { outcome: Outcome }>;
  readonly importer: string;
  readonly specifier: string;
}

function suspectMissingFile(failed: FailedImport<'missing-file'>, located: LocatedError, survey: Survey): Suspicion[] {
  const { resolution, importer } = failed;
  const { graph, index } = survey;
  const broken = graph.edges.filter(
    (edge) => edge.resolution.outcome === 'missing-file' && edge.resolution.path === resolution.path,
  );
  const importers = [importer, ...broken.map((edge) => edge.importer)];
  const alias = resolution.alias;
  if (alias?.declaredIn !== undefined) {
    const through = graph.edges.filter((edge) => usesAlias(edge, alias.pattern));
    const asked = new Set(through.map(({ declaration }) => declaration.specifier));
    if (
      (asked.size > 1 || isFolderElsewhere(failed, index)) &&
      through.every((edge) => edge.resolution.outcome === 'missing-file')
    )
      return [
        { path: alias.declaredIn, weight: 0.92, reason: `every import through ${alias.pattern} fails` },
        ...suspectEach(importers, 0.3, `imports through ${alias.pattern}`),
      ];
  }
  const generator = findGenerator(resolution.path, importer, survey);
  if (generator !== undefined)
    return [
      { path: generator.manifest, weight: 0.85, reason: `no script of the build runs ${generator.command}` },
      { path: generator.declaredIn, weight: 0.5, reason: `says where ${failed.specifier} is written` },
      ...suspectEach(importers, 0.4, `imports ${failed.specifier}, which a tool writes`),
    ];
  const moved = survey.changes?.find((change) => samePath(change.previousPath ?? '', resolution.path));
  if (moved)
    return [
      ...suspectEach(importers, 0.85, `imports a file that was renamed to ${moved.path}`),
      { path: moved.path, weight: 0.4, reason: 'was renamed' },
    ];
  const meant = findMeant(resolution.path, survey);
  if (meant !== undefined)
    return [
      ...suspectEach(importers, 0.85, `imports ${failed.specifier}; there is ${meant}`),
      { path: meant, weight: 0.25, reason: `may be what ${failed.specifier} means` },
    ];
  const removed = survey.changes?.find(({ status, path }) => status === 'removed' && samePath(path, resolution.path));
  if (removed)
    return [
      { path: removed.path, weight: 0.85, reason: `was deleted; ${baseName(importer)} imports it` },
      ...suspectEach(importers, 0.72, 'imports a file that was deleted'),
    ];
  const restored = guessPath(resolution.path, index.listFolder(folderOf(resolution.path)));
  return [
    { path: restored, weight: 0.75, reason: `does not exist; ${baseName(importer)} imports it` },
    ...suspectEach(importers, 0.7, 'imports a file that does not exist'),
    ...suspectMissingPath(restored, { ...located, places: [], trace: [] }, survey).filter(
      ({ path }) => path !== restored,
    ),
  ];
}

/** An alias for a folder that the tree lacks, where another folder of that name holds what is asked for. */
function isFolderElsewhere({ resolution, specifier }: FailedImport<'missing-file'>, index: RepositoryIndex): boolean {
  const rest = specifier.slice(specifier.indexOf('/') + 1);
  if (!resolution.path.endsWith(`/${rest}`)) return false;
  const folder = resolution.path.slice(0, -rest.length - 1);
  if (index.paths.some((path) => path.startsWith(`${folder}/`))) return false;
  const wanted = `/${baseName(folder)}/${rest}`;
  return index.paths.some((path) => samePath(`/${path}`.slice(`/${path}`.lastIndexOf(wanted)), wanted));
}

function usesAlias(edge: ImportEdge, pattern: string): boolean {
  return 'alias' in edge.resolution && edge.resolution.alias?.pattern === pattern;
}

function samePath(path: string, written: string): boolean {
  return (
    path === written || (path.startsWith(written) && /^(?:\.[a-z]+|\/index\.[a-z]+)$/.test(path.slice(written.length)))
  );
}

/** A neighbour spelt nearly alike, or the only file of that name elsewhere. */
function findMeant(path: string, { index }: Survey): string | undefined {
  const name = stemOf(path);
  const neighbours = index.listFolder(folderOf(path)).filter((neighbour) => sameRole(neighbour, path));
  const similar = findSimilar(name, neighbours.map(stemOf));
  if (similar !== undefined) return neighbours.find((neighbour) => stemOf(neighbour) === similar);
  if (name === 'index' || name === '') return undefined;
  const elsewhere = index.paths.filter((other) => stemOf(other) === name && sameRole(other, path));
  if (elsewhere.length > 0) return elsewhere.length <= 2 ? elsewhere[0] : undefined;
  // A folder spelt wrongly: `compnents/Card`.
  const folder = folderOf(path);
  const twin = findSimilar(folder, new Set(index.paths.map(folderOf)));
  return twin === undefined ? undefined : index.listFolder(twin).find((other) => stemOf(other) === name);
}

function stemOf(path: string): string {
  const extension = extensionOf(path);
  return extension === '' ? baseName(path) : baseName(path).slice(0, -extension.length - 1);
}

/** Styles are not taken for scripts. */
function sameRole(found: string, written: string): boolean {
  const style = /\.(?:css|scss|sass|less)$/;
  if (style.test(written)) return style.test(found);
  const data = /\.(?:json|svg|png|md|mdx)$/;
  return data.test(written) ? extensionOf(found) === extensionOf(written) : !style.test(found) && !data.test(found);
}

/** The path with the extension that its future neighbours have. */
function guessPath(path: string, neighbours: readonly string[]): string {
  if (extensionOf(path) !== '') return path;
  const counts = new Map<string, number>();
  for (const neighbour of neighbours) counts.set(extensionOf(neighbour), (counts.get(extensionOf(neighbour)) ?? 0) + 1);
  const [usual] = [...counts]
    .filter(([extension]) => /^(?:[jt]sx?|vue|svelte|astro)$/.test(extension))
    .sort((a, b) => b[1] - a[1])[0] ?? ['ts'];
  return `${path}.${usual}`;
}

/** An alias that nothing maps: taken out of a configuration, or never there. */
function suspectUnmappedAlias(
  failed: FailedImport<'unmapped-alias'>,
  located: LocatedError,
  survey: Survey,
): Suspicion[] {
  const { prefix } = failed.resolution;
  const using = survey.graph.edges.filter(
    ({ resolution }) => resolution.outcome === 'unmapped-alias' && resolution.prefix === prefix,
  );
  const importers = [failed.importer, ...using.map((edge) => edge.importer)];
  const scope = survey.resolver.findAliases(failed.importer);
  // SvelteKit and Nuxt make the compiler's mapping and the bundler's of their own.
  const framework = scope.configFiles.find(
    (path) => /^nuxt\.|^svelte\./.test(baseName(path)) && /\bkit\b|NuxtConfig/.test(survey.files.get(path) ?? ''),
  );
  const bundler =
    framework ?? scope.configFiles.find((path) => /\.config\./.test(path) && !/^next\./.test(baseName(path)));
  const compiler = findCompilerConfig(failed.importer, survey);
  const bundles = framework !== undefined || /vite|rollup|rolldown|esbuild|nuxt|astro|svelte/.test(located.error.tool);
  const follows = /tsconfig-?paths/i.test(survey.files.get(bundler ?? '') ?? '');
  const [first, second] = bundles && bundler !== undefined && !follows ? [bundler, compiler] : [compiler, bundler];
  const others = scope.aliases.filter((alias) => alias.declaredIn !== undefined);
  const rare = others.length > 0 && new Set(importers).size === 1;
  return [
    ...suspectIfAny(first, rare ? 0.55 : 0.92, `maps no ${prefix} imports`),
    ...suspectIfAny(second, rare ? 0.3 : 0.5, `maps no ${prefix} imports`),
    ...suspectEach(importers, rare ? 0.8 : 0.3, `imports ${failed.specifier}`),
  ];
}

/** Vite names what an alias made of a specifier: a path of the machine or below the root, which nobody wrote. */
export function isWhereItLed(specifier: string, importer: string, { files }: Survey): boolean {
  if (specifier.startsWith('/vercel/')) return true;
  return specifier.startsWith('/') && files.get(importer)?.includes(specifier) === false;
}

/** The alias by which an importer's specifier came to a path in a folder that the tree does not have. */
export function findWrongAlias(
  specifier: string,
  importer: string,
  { resolver, index }: Survey,
): PathAlias | undefined {
  const path = specifier.replace(/^\/(?:vercel\/path\d+\/)?/, '');
  return resolver.findAliases(importer).aliases.find(({ declaredIn, targets }) =>
    targets.some((target) => {
      const folder = target.replace(/\/?\*.*$/, '');
      return declaredIn !== undefined && folder !== '' && path.startsWith(`${folder}/`) && !index.hasFolder(folder);
    }),
  );
}

/** Packages that a project has in another's place, with the same interface. */
const STAND_INS: ReadonlyMap<string, string> = new Map([
  ['react', 'preact'],
  ['react-dom', 'preact'],
]);

/** The declared package that is meant by one that is not: it stands in for it, or gives other files all that is asked of it. */
export function findStandIn(
  name: string,
  specifier: string,
  importer: string,
  { resolver, graph }: Survey,
): string | undefined {
  const dependencies = resolver.findManifest(importer)?.dependencies;
  if (dependencies === undefined || dependencies.has(name)) return undefined;
  const stand = STAND_INS.get(name);
  if (stand !== undefined && dependencies.has(stand)) return stand;
  if (isPartOfRouter(name, dependencies)) return 'react-router';
  const asked = graph
    .edgesFrom(importer)
    .flatMap(({ declaration }) => (declaration.specifier === specifier ? declaration.names : []))
    .map(({ imported }) => imported);
  if (asked.length === 0 || asked.some((one) => one === '*' || one === 'default')) return undefined;
  const given = new Map<string, Set<string>>();
  for (const { importer: other, declaration, resolution } of graph.edges) {
    if (other === importer || resolution.outcome !== 'package' || !dependencies.has(resolution.name)) continue;
    const names = given.get(resolution.name) ?? new Set();
    for (const { imported } of declaration.names) names.add(imported);
    given.set(resolution.name, names);
  }
  return soleGiverOf(asked, given);
}

function suspectPackage(
  missing: { readonly name: string; readonly importer: string; readonly specifier: string },
  located: LocatedError,
  survey: Survey,
): Suspicion[] {
  const { name, importer, specifier } = missing;
  const manifest = survey.resolver.findManifest(importer);
  const target = manifest?.path ?? joinPath(survey.rootDirectory, 'package.json');
  // The importer is a dependency itself: what it wants has to be declared here all the same.
  const maker = findUnusedMaker(name, located, survey);
  if (maker !== undefined)
    return [{ path: maker.config, weight: 0.93, reason: `does not use ${maker.plugin}, which makes ${name}` }];
  const guilty = located.file === undefined && located.trace.length === 0 ? 0.1 : 0.4;
  const renamed = survey.manifests.find(({ path, name: now }) => now !== name && losesName(path, name, survey));
  if (renamed !== undefined) {
    const users = survey.graph.edges.filter(({ declaration }) => packageName(declaration.specifier) === name);
    return [
      { path: renamed.path, weight: 0.5, reason: `was the package ${name}` },
      { path: target, weight: 0.6, reason: `declares ${name}` },
      ...suspectEach([importer, ...users.map((edge) => edge.importer)], 0.55, `imports ${name} by its old name`),
    ];
  }
  if (manifest?.dependencies.has(name)) {
    const pruned = manifest.devOnly.has(name) ? suspectPruning(survey) : [];
    const deep = specifier !== name;
    return [
      ...pruned,
      { path: importer, weight: deep ? 0.7 : 0.5, reason: `imports ${specifier}` },
      { path: target, weight: deep ? 0.5 : 0.6, reason: `declares ${name}` },
    ];
  }
  const stand = findStandIn(name, specifier, importer, survey);
  if (stand !== undefined)
    return [
      { path: importer, weight: 0.85, reason: `imports ${name}; it is ${stand} here` },
      { path: target, weight: 0.4, reason: `does not declare ${name}` },
    ];
  const similar = findSimilarPackage(name, [
    ...(manifest?.dependencies.keys() ?? []),
    ...survey.manifests.flatMap((other) => other.name ?? []),
  ]);
  if (similar !== undefined && name.length > 4)
    return [
      { path: importer, weight: 0.85, reason: `imports ${name}; ${similar} is declared` },
      { path: target, weight: 0.45, reason: `does not declare ${name}` },
    ];
  const users = survey.graph.edges
    .filter(({ resolution }) => resolution.outcome === 'package' && resolution.name === name)
    .map((edge) => edge.importer);
  // Rollup takes the packages of `manualChunks` for entries, whether anything imports them or not.
  if (
    located.error.message.includes('entry module') &&
    isConfigFile(importer) &&
    users.every((user) => user === importer)
  )
    return [
      { path: importer, weight: 0.93, reason: `makes an entry of ${name}, which nothing imports` },
      { path: target, weight: 0.5, reason: `does not declare ${name}` },
    ];
  return [
    { path: target, weight: 0.9, reason: `does not declare ${name}` },
    ...suspectIfAny(importer === target ? undefined : importer, guilty, `imports ${specifier}`),
    ...suspectEach(
      users.filter((user) => user !== importer),
      0.2,
      `imports ${name}`,
    ),
    ...suspectFrozenLock(survey),
  ];
}

/** Where installations are frozen, a manifest that changes takes its lockfile along: https://pnpm.io/cli/install#--frozen-lockfile */
function suspectFrozenLock({ index, rootDirectory }: Survey): Suspicion[] {
  const locks = [rootDirectory, '']
    .flatMap((folder) => ['pnpm-lock.yaml', 'bun.lock'].map((name) => joinPath(folder, name)))
    .filter((path) => index.has(path));
  return suspectEach(locks, 0.3, 'has to follow package.json');
}

/**
 * Plugins make modules of names like their own, which the package itself asks for: `@qwik-city-plan`. The configuration
 * that does not speak of the package has lost the plugin.
 */
function findUnusedMaker(
  name: string,
  { error, file }: LocatedError,
  { manifests, files }: Survey,
): { readonly config: string; readonly plugin: string } | undefined {
  const plugin =
    file === undefined ? /\/node_modules\/((?:@[\w.-]{1,80}\/)?[\w.-]{1,80})\//.exec(error.message)?.[1] : undefined;
  if (plugin === undefined || !name.replace(/^[@#$_]+/, '').startsWith(baseName(plugin))) return undefined;
  if (!manifests.some(({ dependencies }) => dependencies.has(plugin))) return undefined;
  const config = [...files].find(([path]) => /^vite\.config\.[cm]?[jt]s$/.test(path));
  return config === undefined || config[1].includes(plugin) ? undefined : { config: config[0], plugin };
}

/** Whether the latest change took the name of a package out of its manifest. */
function losesName(manifest: string, name: string, { changes }: Survey): boolean {
  const hunks = changes?.find(({ path }) => path === manifest)?.hunks ?? '';
  return hunks.split('\n').some((line) => /^-.{0,500}?"name":/.test(line) && line.includes(`"${name}"`));
}

/** An installation that leaves out what only `devDependencies` declare. */
export function suspectPruning({ files, rootDirectory }: Survey): Suspicion[] {
  return [...files]
    .filter(([path]) => baseName(path) === 'vercel.json' && (folderOf(path) === '' || folderOf(path) === rootDirectory))
    .filter(([, text]) => /--omit[= ]dev|--prod(?:uction)?\b|-P\b|NODE_ENV=production/.test(text))
    .map(([path]) => ({ path, weight: 0.85, reason: 'its install command leaves out dev dependencies' }));
}

/** The tool found nothing where we see a file: an alias that this tool does not know, or a package not linked. */
function suspectUnseenFile(failed: FailedImport<'file'>, located: LocatedError, survey: Survey): Suspicion[] {
  const { resolution, importer, specifier } = failed;
  const { resolver } = survey;
  const base: Suspicion[] = [
    { path: importer, weight: 0.6, reason: `imports ${specifier}` },
    { path: resolution.path, weight: 0.3, reason: `is what ${specifier} means` },
  ];
  const workspace = resolver.findWorkspace(packageName(specifier));
  const manifest = resolver.findManifest(importer);
  if (workspace && !resolution.alias && manifest && manifest !== workspace) {
    const declared = manifest.dependencies.has(packageName(specifier));
    const unordered = declared ? findUnorderedTasks(workspace, survey) : undefined;
    const unlisting = declared ? findUnlisted(workspace, survey) : undefined;
    const unbuilt = declared ? findUnbuilt(workspace, resolution.path, survey) : undefined;
    const unreferring = declared ? findUnreferring(manifest, workspace, survey) : undefined;
    return [
      ...suspectIfAny(unbuilt, 0.95, `does not build ${resolution.path}, to which ${specifier} leads`),
      ...suspectIfAny(unreferring, 0.97, `does not refer to ${workspace.name}, which is built before it only so`),
      ...suspectIfAny(unlisting, 0.95, `leaves ${workspace.name} out of the workspace`),
      ...suspectIfAny(
        unordered,
        0.92,
        `has nothing built before what imports it, and ${workspace.name} is used as built`,
      ),
      {
        path: manifest.path,
        weight: declared ? 0.4 : 0.88,
        reason: `${declared ? 'declares' : 'does not declare'} ${workspace.name}`,
      },
      { path: workspace.path, weight: declared ? 0.75 : 0.4, reason: 'says what the package exports' },
      ...(declared ? [] : suspectFrozenLock(survey)),
      ...base.map((suspicion) => ({ ...suspicion, weight: suspicion.weight * 0.6 })),
    ];
  }
  const declaredIn = resolution.alias?.declaredIn;
  if (declaredIn === undefined) return base;
  const scope = resolver.findAliases(importer);
  const byCompiler = declaredIn.endsWith('.json');
  const compiles = /typescript|tsc|vue-tsc|svelte-check/.test(located.error.tool);
  const uninformed = byCompiler
    ? scope.configFiles.find((path) => !path.endsWith('.json') && !/\/?next\.config/.test(path))
    : findCompilerConfig(importer, survey);
  const plugged = /tsconfig-?paths/i.test(survey.files.get(uninformed ?? '') ?? '');
  if (uninformed === undefined || plugged || byCompiler === compiles) return base;
  return [
    { path: uninformed, weight: 0.85, reason: `does not know ${resolution.alias?.pattern}, which ${declaredIn} maps` },
    ...base.map((suspicion) => ({ ...suspicion, weight: suspicion.weight * 0.7 })),
  ];
}

/** A Node module in code for the browser: the importer, or the client component that pulls it in. */
function suspectServerCode(importer: string, located: LocatedError, survey: Survey): Suspicion[] {
  const chain = [importer, ...located.trace];
  const reach = findClientImporters(importer, survey);
  const client = chain.find((path) => survey.graph.readOutline(path)?.directive === 'use client');
  const users = survey.graph.edgesTo(importer).map((edge) => edge.importer);
  // Where the server needs it too, the module is right where it is.
  const isMisused = reach.isServed && client !== importer && reach.clients.length > 0;
  return [
    { path: importer, weight: isMisused ? 0.5 : 0.7, reason: 'imports a Node module into code for the browser' },
    ...(isMisused ? suspectTakers(reach) : []),
    ...suspectIfAny(client, 0.65, 'is the client component that pulls it in'),
    ...suspectEach(users, 0.35, `imports ${baseName(importer)}`),
  ];
}

/** A configuration file or script that speaks of the specifier, for logs that do not say who asked. */
function findMentioning(specifier: string, { files }: Survey): string | undefined {
  for (const [path, text] of files)
    if ((WORKSPACE.test(path) || SPEAKING.test(path)) && text.includes(specifier)) return path;
  return undefined;
}
