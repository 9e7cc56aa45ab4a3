import { readManifests } from '../../context/manifests.js';
import { outlineModule } from '../../context/outline-module.js';
import { baseName } from '../../context/readable-files.js';
import { indexRepository } from '../../context/repository-index.js';
import { createResolver, packageName } from '../../context/resolve-import.js';
import { findRouteFiles } from '../../context/routes.js';
import { escapePattern } from '../../context/word-pattern.js';
import type { FailureClass } from '../../diagnosis/diagnosis.js';
import { overlayFiles } from '../overlay-files.js';
import { diagnosisText, namesIdentifier } from './diagnosis-text.js';
import { lintHeirOf } from './lint-heir.js';
import { findOrigin } from './net-additions.js';
import { isOneTooMany } from './one-too-many.js';
import type { ContentRule, Finding, ParsedChange, PolicyInput } from './policy-rule.js';
import { declaresMissing, setsWhatIsNamed } from './type-setup.js';

/** Classes whose remedy is not in the repository. */
export const CLASSES_WITHOUT_PATCH: ReadonlySet<FailureClass> = new Set(['environment', 'transient', 'infrastructure']);

/** Files that the diagnosis leads to: named in the log, ranked as suspects, or changed since the last good build. */
function relatedFiles({ context, diagnosis }: PolicyInput): ReadonlySet<string> {
  const named = diagnosis.errors.flatMap((error) => [
    error.file,
    ...(error.trace ?? []),
    ...(error.places ?? []).map(({ file }) => file),
  ]);
  const changed = context.changes?.flatMap((change) => [change.path, change.previousPath]) ?? [];
  const suspects = context.suspects.map((suspect) => suspect.path);
  return new Set([...named, ...changed, ...suspects, ...listedRoutes()].filter((path) => path !== undefined));

  /** What answers the routes that a message lists, one a line. */
  function listedRoutes(): string[] {
    const routes = diagnosis.errors.flatMap(({ message }) => [
      ...message.matchAll(/\n\s{0,8}- (\/\S{0,200})(?=\n|$)/g),
    ]);
    const index = indexRepository(context.tree);
    return routes.flatMap(([, route = '']) => {
      const { pages, loaders } = findRouteFiles(index, context.rootDirectory, route);
      return [...pages, ...loaders];
    });
  }
}

/** Changed files that import each other, or are imported by or import a related file, in the patched repository. */
function connectedFiles(input: PolicyInput, related: ReadonlySet<string>): ReadonlySet<string> {
  const patched = overlayFiles(
    input.context,
    input.changes.map(({ file }) => file),
  );
  const resolver = createResolver({
    index: indexRepository(patched.tree),
    files: patched.files,
    manifests: readManifests(patched.files),
  });
  const links = new Map<string, string[]>();
  for (const { file, before, after } of input.changes) {
    const requests = [...(after?.shape.requests ?? []), ...(before?.shape.requests ?? [])];
    for (const { specifier } of requests) {
      const target = resolver.resolve(file.path, specifier);
      if (target.outcome !== 'file') continue;
      links.set(file.path, [...(links.get(file.path) ?? []), target.path]);
      links.set(target.path, [...(links.get(target.path) ?? []), file.path]);
    }
  }
  // A file that stays as it is may be what asks for a new one.
  for (const path of related) {
    const text = patched.files.get(path);
    for (const { specifier } of text === undefined ? [] : outlineModule(path, text).imports) {
      const target = resolver.resolve(path, specifier);
      if (target.outcome === 'file') links.set(path, [...(links.get(path) ?? []), target.path]);
    }
  }
  const connected = new Set(related);
  const open = [...related];
  for (let path = open.pop(); path !== undefined; path = open.pop())
    for (const next of links.get(path) ?? [])
      if (!connected.has(next)) {
        connected.add(next);
        open.push(next);
      }
  return connected;
}

/** A file that the log asks for by its path, its specifier or its name. */
function isAskedFor(change: ParsedChange, input: PolicyInput, text: string): boolean {
  const { path } = change.file;
  const stem = path.replace(/\.[^./]+$/, '');
  if (text.includes(path) || (stem.includes('/') && text.includes(stem))) return true;
  const name = baseName(path);
  if (text.includes(name)) return true;
  if (importsMissing(change, input)) return true;
  const { class: failure } = input.diagnosis;
  // A manifest is where dependencies and engines are declared, whichever of them the log complains about.
  return name === 'package.json' && (failure === 'dependency' || failure === 'config');
}

/** Whether a file imports from the package that an error finds missing, by whatever path below it. */
function importsMissing({ before }: ParsedChange, { diagnosis }: PolicyInput): boolean {
  const missing = new Set(
    diagnosis.errors.flatMap(({ kind, specifier = '.' }) =>
      kind === 'module-not-found' && !/^[./]/.test(specifier) ? [packageName(specifier)] : [],
    ),
  );
  return before?.shape.requests.some(({ specifier }) => missing.has(packageName(specifier))) === true;
}

/**
 * Whether the file gets a setting that a file at fault loses, and that the diagnosis is about: tools move their options
 * from one file to another.
 */
function takesOver(change: ParsedChange, { changes, diagnosis }: PolicyInput, connected: ReadonlySet<string>): boolean {
  const givers = changes.filter(({ file }) => file.path !== change.file.path && connected.has(file.path));
  return namesIn(change.file.content ?? '').some(
    (name) =>
      namesIdentifier(diagnosis, name) &&
      countOf(name, change.file.content) > countOf(name, change.file.before) &&
      givers.some(({ file }) => countOf(name, file.content) < countOf(name, file.before)),
  );
}

/** A new file that a file at fault names by its path, as settings name loaders and plugins. */
function isNamed({ file }: ParsedChange, { changes }: PolicyInput, connected: ReadonlySet<string>): boolean {
  if (file.before !== null || file.content === null) return false;
  const stem = file.path.replace(/\.[^./]+$/, '');
  const tail = baseName(stem).length > 3 ? baseName(stem) : stem;
  const quoted = new RegExp(`["'\`](?:\\.{0,2}/)?(?:[\\w@.-]+/){0,8}${escapePattern(tail)}(?:\\.\\w{1,5})?["'\`]`);
  return changes.some(
    (other) =>
      other.file.path !== file.path &&
      connected.has(other.file.path) &&
      quoted.test(other.file.content ?? '') &&
      !quoted.test(other.file.before ?? ''),
  );
}

function namesIn(text: string): readonly string[] {
  return [...new Set(text.match(/[A-Za-z_$][\w$]{3,60}/g) ?? [])];
}

function countOf(name: string, text: string | null): number {
  return (text ?? '').split(name).length - 1;
}

const MODULE_FILE = /(?:\/index)?(?:\.d)?\.(?:[cm]?[jt]sx?|json|vue|svelte|astro)$/;

/** Created files that an import finds instead of the module that it found before: `a.js` beside `a.ts`, `a/index.ts`. */
function findShadowing({ changes, context }: PolicyInput): Finding[] {
  const stem = (path: string) => path.replace(MODULE_FILE, '');
  const deleted = new Set(changes.filter(({ after }) => !after).map(({ file }) => file.path));
  const standing = new Map(
    context.tree.entries
      .filter(({ path }) => /\.[cm]?[jt]sx?$/.test(path) && !deleted.has(path))
      .map(({ path }) => [stem(path), path]),
  );
  return changes.flatMap(({ file, before }) => {
    if (before || !/\.[cm]?[jt]sx?$/.test(file.path)) return [];
    const shadowed = standing.get(stem(file.path));
    return shadowed === undefined || shadowed === file.path
      ? []
      : [{ path: file.path, message: `The patch puts a second module beside ${shadowed}, under the same name.` }];
  });
}

export const scopeRules: readonly ContentRule[] = [
  { name: 'module-shadowed', severity: 'refused', check: findShadowing },
  {
    name: 'class-without-patch',
    severity: 'refused',
    check: ({ diagnosis, changes }) =>
      CLASSES_WITHOUT_PATCH.has(diagnosis.class)
        ? changes.slice(0, 1).map(({ file }) => ({
            path: file.path,
            message: `A failure of the class ${diagnosis.class} is not repaired by an edit.`,
          }))
        : [],
  },
  {
    name: 'unrelated-file',
    severity: 'refused',
    check(input) {
      const related = relatedFiles(input);
      const heirs = input.changes.filter((change) => related.has(findOrigin(change, input)?.file.path ?? ''));
      const connected = connectedFiles(input, new Set([...related, ...heirs.map(({ file }) => file.path)]));
      const text = diagnosisText(input.diagnosis);
      return input.changes.flatMap((change) => {
        const { path } = change.file;
        const origin = findOrigin(change, input);
        const former = input.changes.find((other) => lintHeirOf(other, input) === change);
        const heir = change.after ? undefined : input.changes.find((other) => findOrigin(other, input) === change);
        const isRelated = [path, origin?.file.path, heir?.file.path, former?.file.path].some(
          (one) => one !== undefined && connected.has(one),
        );
        return isRelated ||
          isOneTooMany(path, input) ||
          isAskedFor(change, input, text) ||
          takesOver(change, input, connected) ||
          isNamed(change, input, connected) ||
          declaresMissing(change, input) ||
          setsWhatIsNamed(change, input)
          ? []
          : [{ path, message: 'Nothing in the diagnosis leads to this file.' }];
      });
    },
  },
];
