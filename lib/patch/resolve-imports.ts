import type { RepositoryContext } from '../context/source.js';
import type { ValidationProblem } from './patch.js';
import type { ParsedChange } from './policy/policy-rule.js';
import type { ModuleShape } from './syntax/module-shape.js';
import { parseFile } from './syntax/parse-file.js';

const EXTENSIONS = [
  '.ts',
  '.tsx',
  '.d.ts',
  '.js',
  '.jsx',
  '.mts',
  '.cts',
  '.mjs',
  '.cjs',
  '.json',
  '.vue',
  '.svelte',
  '.astro',
];
/** What TypeScript lets an import's extension stand for. */
const STANDS_FOR: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.d.ts'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts', '.d.mts'],
  '.cjs': ['.cts', '.d.cts'],
};
/** Formats whose exports these parsers can name. */
const NAMEABLE = /\.[cm]?[jt]sx?$/;

/** `a/./b/../c` is `a/c`; undefined when it leaves the repository. */
function joinPath(folder: string, relative: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** The repository as it is after the patch. */
interface PatchedTree {
  has(path: string): boolean;
  text(path: string): string | undefined;
}

function patchedTree(changes: readonly ParsedChange[], context: RepositoryContext): PatchedTree {
  const paths = new Set(context.tree.entries.filter((entry) => entry.mode !== '040000').map((entry) => entry.path));
  const texts = new Map(context.files);
  for (const { file } of changes) {
    if (file.content === null) {
      paths.delete(file.path);
      texts.delete(file.path);
    } else {
      paths.add(file.path);
      texts.set(file.path, file.content);
    }
  }
  return { has: (path) => paths.has(path), text: (path) => texts.get(path) };
}

/** The file that a relative specifier means, by the rules that the common bundlers share. */
function resolveRelative(from: string, specifier: string, tree: PatchedTree): string | undefined {
  const folder = from.includes('/') ? from.slice(0, from.lastIndexOf('/')) : '';
  const bare = specifier.replace(/[?#].*$/, '');
  const target = joinPath(folder, bare);
  if (target === undefined) return undefined;
  if (target !== '' && tree.has(target)) return target;
  const extension = /\.[^./]+$/.exec(target)?.[0] ?? '';
  const stem = target.slice(0, target.length - extension.length);
  const candidates = [
    ...(STANDS_FOR[extension] ?? []).map((other) => stem + other),
    ...EXTENSIONS.map((other) => target + other),
    ...EXTENSIONS.map((other) => (target === '' ? `index${other}` : `${target}/index${other}`)),
    target === '' ? 'package.json' : `${target}/package.json`,
  ];
  return candidates.find((candidate) => tree.has(candidate));
}

function isRelative(specifier: string): boolean {
  return specifier === '.' || specifier === '..' || specifier.startsWith('./') || specifier.startsWith('../');
}

/** Files that a build step writes, so that no tree holds them. */
function isGenerated(specifier: string): boolean {
  return /(^|\/)(\$types|\.next|\.nuxt|\.svelte-kit|\.astro|\+types|dist|build|generated|__generated__|node_modules)(\/|$)|\.gen(\.|$)|\.generated(\.|$)/.test(
    specifier,
  );
}

/**
 * Whether the relative imports of the changed files resolve in the patched tree, letter for letter, and whether the
 * local modules they name export what is asked of them. Deleted and renamed files are looked for in all files read.
 */
export async function checkImports(input: {
  readonly changes: readonly ParsedChange[];
  readonly context: RepositoryContext;
}): Promise<ValidationProblem[]> {
  const { changes, context } = input;
  const tree = patchedTree(changes, context);
  const problems: ValidationProblem[] = [];
  const shapes = new Map<string, ModuleShape>();

  async function shapeOf(path: string): Promise<ModuleShape | undefined> {
    const known = shapes.get(path);
    if (known) return known;
    const text = tree.text(path);
    if (text === undefined || !NAMEABLE.test(path)) return undefined;
    const { shape } = await parseFile(path, text);
    shapes.set(path, shape);
    return shape;
  }

  /** Undefined where the list of names is not closed: unread files, CommonJS, `export *` from elsewhere. */
  async function namesOf(
    path: string,
    seen: ReadonlySet<string> = new Set(),
  ): Promise<ReadonlySet<string> | undefined> {
    const shape = await shapeOf(path);
    if (!shape || shape.open || seen.has(path)) return undefined;
    const names = new Set(shape.exports);
    for (const star of shape.stars) {
      const target = isRelative(star) ? resolveRelative(path, star, tree) : undefined;
      const passedOn = target === undefined ? undefined : await namesOf(target, new Set([...seen, path]));
      if (!passedOn) return undefined;
      for (const name of passedOn) if (name !== 'default') names.add(name);
    }
    return names;
  }

  async function check(path: string, shape: ModuleShape, earlier: ModuleShape | undefined): Promise<void> {
    for (const request of shape.requests) {
      if (!isRelative(request.specifier) || isGenerated(request.specifier)) continue;
      const stoodBefore = earlier?.requests.some(
        (other) => other.specifier === request.specifier && request.names.every((name) => other.names.includes(name)),
      );
      const target = resolveRelative(path, request.specifier, tree);
      if (target === undefined) {
        if (!stoodBefore || wasResolvable(path, request.specifier))
          problems.push({
            check: 'resolve',
            path,
            message: `'${request.specifier}' leads to no file of the repository.`,
          });
        continue;
      }
      const names = request.names.length > 0 ? await namesOf(target) : undefined;
      if (!names || (names.size === 0 && request.typeOnly)) continue;
      for (const name of request.names)
        if (!names.has(name))
          problems.push({ check: 'resolve', path, message: `'${request.specifier}' exports no '${name}'.` });
    }
  }

  const original = patchedTree([], context);
  const wasResolvable = (path: string, specifier: string) => resolveRelative(path, specifier, original) !== undefined;

  for (const { file, before, after } of changes) if (after) await check(file.path, after.shape, before?.shape);
  const changed = new Map(changes.map((change) => [change.file.path, change]));
  const shrunk = changes.some(
    ({ before, after }) => before && [...before.shape.exports].some((name) => !after?.shape.exports.has(name)),
  );
  const removed = changes.some(({ after }) => !after);
  if (shrunk || removed)
    for (const [path, text] of context.files) {
      if (changed.has(path) || !NAMEABLE.test(path)) continue;
      const { shape } = await parseFile(path, text);
      const toChanged = shape.requests.filter((request) => {
        if (!isRelative(request.specifier)) return false;
        const target = resolveRelative(path, request.specifier, original);
        return target !== undefined && changed.has(target);
      });
      await check(path, { ...shape, requests: toChanged }, undefined);
    }
  return problems;
}
