import { judgeLoss } from '../followed-change.js';
import { losesWord } from '../identifiers.js';
import { targetOf } from '../import-graph.js';
import { baseName, folderOf } from '../readable-files.js';
import { joinPath } from '../repository-index.js';
import { packageName } from '../resolve-import.js';
import type { LocatedError, Survey } from '../survey.js';
import { type Suspicion, type SuspicionRule, suspectEach, suspectIfAny } from './suspicion.js';

/** A name that its module does not export: the importers are wrong, or the module lost it. */
export const suspectMissingExport: SuspicionRule = (located, survey) => {
  const { error, file } = located;
  if (error.kind !== 'export-missing') return [];
  const target = findTarget(located, survey);
  const name = error.symbol;
  if (target === undefined) return suspectPackageExport(located, survey);
  const importers = findImporters(target, name, survey).filter((importer) => importer !== file);
  const all = [...(file === undefined ? [] : [file]), ...importers];
  const change = survey.changes?.find(({ path }) => path === target);
  const lost = name !== undefined && losesWord(change?.hunks, name, /\bexport\b/);
  const hidden = name === undefined ? undefined : findHiddenDefinition(target, name, survey);
  const loss = lost ? judgeLoss(target, name, survey.changes) : undefined;
  if (loss === 'followed')
    return [
      { path: target, weight: 0.5, reason: `no longer exports ${name}` },
      ...suspectIfAny(hidden === target ? undefined : hidden, 0.5, `defines ${name}`),
      ...suspectEach(all, 0.8, `imports ${name}`),
    ];
  if (loss === 'slip' || hidden !== undefined)
    return [
      { path: target, weight: 0.88, reason: lost ? `no longer exports ${name}` : `does not export ${name}` },
      ...suspectIfAny(hidden === target ? undefined : hidden, 0.5, `defines ${name}`),
      ...suspectEach(all, 0.6, `imports ${name}`),
    ];
  if (all.length > 1)
    return [
      { path: target, weight: 0.82, reason: `${all.length} files import ${name} from it and it exports no such name` },
      ...suspectEach(all, 0.78, `imports ${name}`),
    ];
  return [
    ...suspectEach(all, 0.8, `imports ${name ?? 'a name'} that does not exist`),
    { path: target, weight: 0.5, reason: `exports no ${name ?? 'such name'}` },
  ];
};

/** The module that lacks the name: by the specifier, by the importer's own import of the name, or as the log names it. */
function findTarget(
  { error, file, trace }: LocatedError,
  { graph, resolver, index, rootDirectory }: Survey,
): string | undefined {
  const specifier = error.specifier;
  if (specifier !== undefined) {
    // Next.js' own type check names a module of the project by where it stands on the machine.
    const own = /^\/vercel\/path\d{1,2}\/(?!.*\/node_modules\/)(.+)/.exec(specifier)?.[1];
    const asked = own === undefined ? { importer: file, path: specifier } : { importer: 'index.ts', path: `./${own}` };
    const found = asked.importer === undefined ? undefined : targetOf(resolver.resolve(asked.importer, asked.path));
    if (found !== undefined) return found;
    const inside = [specifier, joinPath(rootDirectory, specifier)].find((path) => index.has(path));
    if (inside !== undefined) return inside;
    if (!specifier.startsWith('.') && file !== undefined && resolver.resolve(file, specifier).outcome === 'package')
      return undefined;
  }
  if (file !== undefined) {
    const edge = graph
      .edgesFrom(file)
      .find(({ declaration }) =>
        declaration.names.some(({ imported, local }) => imported === error.symbol || local === error.symbol),
      );
    const found = edge && targetOf(edge.resolution);
    if (found !== undefined) return found;
  }
  return trace.find((path) => graph.readOutline(path)?.exports.size);
}

/** Everyone who imports a name from the module that it does not have; without a name, every importer of its default. */
function findImporters(target: string, name: string | undefined, { graph }: Survey): string[] {
  return graph
    .edgesTo(target)
    .filter(({ declaration }) => declaration.names.some(({ imported }) => imported === (name ?? 'default')))
    .map((edge) => edge.importer);
}

/**
 * Where the name is there and does not get out: declared in the target without `export`, or, where the target is an
 * index of its folder, exported by a file below that the index does not pass on.
 */
function findHiddenDefinition(target: string, name: string, { files, graph }: Survey): string | undefined {
  const declares = /^[A-Za-z_$][\w$]{0,80}$/.test(name)
    ? new RegExp(
        `^(?:async\\s+)?(?:const|let|function|class|interface|type|enum)\\s+${name.replaceAll('$', '\\$')}\\b`,
        'm',
      )
    : undefined;
  if (declares?.test(files.get(target) ?? '')) return target;
  if (!/^index\./.test(baseName(target))) return undefined;
  const folder = folderOf(target);
  // A component's file bears its name, and the index gives that name to its default.
  const passedOn = new Set(graph.edgesFrom(target).map(({ resolution }) => folderOf(targetOf(resolution) ?? '')));
  const bears = (path: string) =>
    /\.(?:vue|svelte|astro)$/.test(path) && baseName(path).startsWith(`${name}.`) && passedOn.has(folderOf(path));
  return [...files.keys()].find(
    (path) =>
      path !== target &&
      path.startsWith(`${folder}/`) &&
      (graph.readOutline(path)?.exports.has(name) === true || bears(path)),
  );
}

/** The name is missing from a dependency: the importers, or the version that is declared. */
function suspectPackageExport({ error, file }: LocatedError, survey: Survey): Suspicion[] {
  if (file === undefined) return [];
  const { graph, resolver, index } = survey;
  // Compilers name the package by where it is installed as often as by what the source writes.
  const installed = packageName(error.specifier?.split('/node_modules/').at(-1) ?? '');
  const importers = graph.edges
    .filter(
      ({ declaration, resolution }) =>
        resolution.outcome === 'package' &&
        (installed === '' || resolution.name === installed) &&
        declaration.names.some(({ imported }) => imported === error.symbol),
    )
    .map((edge) => edge.importer);
  const schema = error.specifier?.startsWith('@prisma/client') ? index.findByName('schema.prisma')[0] : undefined;
  return [
    ...suspectEach([file, ...importers], 0.8, `imports ${error.symbol ?? 'a name'} from a package that lacks it`),
    ...suspectIfAny(resolver.findManifest(file)?.path, 0.35, 'sets the version of the package'),
    ...suspectIfAny(schema, 0.5, 'is what the client is generated from'),
  ];
}
