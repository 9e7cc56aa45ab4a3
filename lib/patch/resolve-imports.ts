import { readManifests } from '../context/manifests.js';
import { indexRepository } from '../context/repository-index.js';
import { createResolver, type ImportResolver } from '../context/resolve-import.js';
import type { RepositoryContext } from '../context/source.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { overlayFiles } from './overlay-files.js';
import type { ValidationProblem } from './patch.js';
import type { ParsedChange } from './policy/policy-rule.js';
import type { ModuleRequest, ModuleShape } from './syntax/module-shape.js';
import { parseFile } from './syntax/parse-file.js';

/** Formats whose exports the parsers can name. */
const NAMEABLE = /\.[cm]?[jt]sx?$/;

/** Files that a build step writes, so that no tree holds them. */
const GENERATED =
  /(?:^|\/)(?:\$types|\+types|\.next|\.nuxt|\.svelte-kit|\.astro|dist|build|generated|__generated__)(?:\/|$)|\.gen(?:\.|$)|\.generated(?:\.|$)|(?:^|\/)routeTree\.gen/;

function createContextResolver(context: RepositoryContext): ImportResolver {
  return createResolver({
    index: indexRepository(context.tree),
    files: context.files,
    manifests: readManifests(context.files),
  });
}

/** Where an import leads, told from what no file of the repository could satisfy. */
type Target =
  | { readonly found: 'file'; readonly path: string }
  | { readonly found: 'missing' }
  | { readonly found: 'outside' };

function findTarget(resolver: ImportResolver, importer: string, specifier: string): Target {
  const resolution = resolver.resolve(importer, specifier);
  if (resolution.outcome === 'file') return { found: 'file', path: resolution.path };
  if (resolution.outcome === 'wrong-case') return { found: 'missing' };
  if (resolution.outcome === 'missing-file')
    return GENERATED.test(specifier) ? { found: 'outside' } : { found: 'missing' };
  return { found: 'outside' };
}

function asksTheSame(earlier: ModuleShape | undefined, request: ModuleRequest): boolean {
  return (
    earlier?.requests.some(
      (other) => other.specifier === request.specifier && request.names.every((name) => other.names.includes(name)),
    ) === true
  );
}

/**
 * Whether local imports of the changed files resolve in the patched tree, letter for letter, and whether the modules
 * they name export what is asked of them. Where the patch removes files or exports, all files read are looked at.
 * An import that led nowhere before is the patch's problem only when the first error is about it.
 */
export async function checkImports(input: {
  readonly changes: readonly ParsedChange[];
  readonly context: RepositoryContext;
  readonly diagnosis: Diagnosis;
}): Promise<ValidationProblem[]> {
  const { changes, context, diagnosis } = input;
  const patched = overlayFiles(
    context,
    changes.map(({ file }) => file),
  );
  const original = createContextResolver(context);
  const resolver = createContextResolver(patched);
  const problems: ValidationProblem[] = [];
  const shapes = new Map<string, ModuleShape>();
  const [blamed] = diagnosis.errors;

  async function shapeOf(path: string): Promise<ModuleShape | undefined> {
    const known = shapes.get(path);
    if (known) return known;
    const text = patched.files.get(path);
    if (text === undefined || !NAMEABLE.test(path)) return undefined;
    const { shape } = await parseFile(path, text);
    shapes.set(path, shape);
    return shape;
  }

  /** Undefined where the list is not closed: files that were not read, CommonJS, `export *` of a package. */
  async function namesOf(path: string, seen: ReadonlySet<string>): Promise<ReadonlySet<string> | undefined> {
    const shape = seen.has(path) ? undefined : await shapeOf(path);
    if (!shape || shape.open) return undefined;
    const names = new Set(shape.exports);
    for (const star of shape.stars) {
      const target = findTarget(resolver, path, star);
      const passedOn = target.found === 'file' ? await namesOf(target.path, new Set([...seen, path])) : undefined;
      if (!passedOn) return undefined;
      for (const name of passedOn) if (name !== 'default') names.add(name);
    }
    return names;
  }

  async function checkRequest(path: string, request: ModuleRequest, stood: boolean): Promise<void> {
    const { specifier } = request;
    const target = findTarget(resolver, path, specifier);
    if (target.found === 'outside') return;
    if (target.found === 'missing') {
      const wasMissing = stood && findTarget(original, path, specifier).found === 'missing';
      const isBlamed = blamed?.file === path && blamed.specifier === specifier;
      if (patched.tree.truncated || (wasMissing && !isBlamed)) return;
      problems.push({ check: 'resolve', path, message: `'${specifier}' leads to no file of the repository.` });
      return;
    }
    const names = request.names.length > 0 ? await namesOf(target.path, new Set()) : undefined;
    const missing = names ? request.names.filter((name) => !names.has(name)) : [];
    for (const name of missing)
      problems.push({ check: 'resolve', path, message: `'${specifier}' exports no '${name}'.` });
  }

  for (const { file, before, after } of changes)
    for (const request of after?.shape.requests ?? [])
      await checkRequest(file.path, request, asksTheSame(before?.shape, request));

  const shrunk = changes.filter(
    ({ before, after }) => !after || [...(before?.shape.exports ?? [])].some((name) => !after.shape.exports.has(name)),
  );
  const shrunkPaths = new Set(shrunk.map(({ file }) => file.path));
  const changedPaths = new Set(changes.map(({ file }) => file.path));
  for (const [path, text] of shrunkPaths.size > 0 ? context.files : []) {
    if (changedPaths.has(path)) continue;
    const { shape } = await parseFile(path, text);
    for (const request of shape.requests) {
      const target = findTarget(original, path, request.specifier);
      if (target.found === 'file' && shrunkPaths.has(target.path)) await checkRequest(path, request, true);
    }
  }
  return problems;
}
