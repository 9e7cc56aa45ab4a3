import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { unresolvedSpecifierOf } from '../error-facts.js';
import { mayBeRemovedOnPurpose } from '../removed-on-purpose.js';
import type { Rule } from '../rule.js';
import { insertJsonProperty } from '../syntax/insert-json-property.js';
import { mayBeInstalled, nearestManifest } from '../syntax/manifests-of.js';
import { directoryOf, isRecord, packageNameOf, readConfig } from '../syntax/resolve-specifier.js';
import type { Workspace } from '../workspace.js';

type Section = 'dependencies' | 'devDependencies';

interface Requirement {
  readonly section: Section;
  readonly range: string;
  /** For people: who names it. */
  readonly source: string;
}

/**
 * A package that the log names missing and the manifest does not: added with the range that the repository itself
 * names, in its npm lockfile, in the other packages of the workspace, or in the manifest of the last READY deployment. So
 * too the types of a package that the compiler asks for.
 */
export const missingDependency: Rule = {
  name: 'missing-dependency',
  async propose(error, workspace) {
    const types = findTypes(error);
    const isMissing = error.kind === 'module-not-found' || error.kind === 'package-missing';
    const name = types ?? (isMissing ? packageNameOf(unresolvedSpecifierOf(error) ?? '') : undefined);
    const manifest = name === undefined ? undefined : nearestManifest(workspace, error.file);
    const text = manifest === undefined ? undefined : workspace.read(manifest);
    if (name === undefined || manifest === undefined || text === undefined) return undefined;
    const present = readConfig(workspace, manifest);
    if (!present || SECTIONS.some((section) => namesIn(present[section]).has(name))) return undefined;

    const isSettled =
      types === undefined ? mayBeRemovedOnPurpose(workspace, manifest, name) : isTyped(workspace, manifest, error);
    if (isSettled) return undefined;
    const required = findRequirement(workspace, manifest, name);
    if (!required) return undefined;
    const { section, range, source } = required;
    if (!mayBeInstalled(workspace, name, range)) return undefined;
    const repaired = insertJsonProperty(text, { path: [section], name, value: JSON.stringify(range), sorted: true });
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[manifest, repaired]]),
      cause: `\`${name}\` is needed${error.file ? ` by ${error.file}` : ''} and ${manifest} does not name it.`,
      change: `Adds it with the range \`${range}\`, which ${source} names.`,
    };
  },
};

const TYPES = /Try `npm i --save-dev (@types\/[\w.-]{1,200})` if it exists/;

/** The package of types, where an import has none; a global name may be meant for another platform. */
function findTypes({ message, specifier }: BuildError): string | undefined {
  return specifier === undefined ? undefined : TYPES.exec(message)?.[1];
}

/** Whether the package is declared in the repository, or another version of it, which may have types of its own, is asked for. */
function isTyped(workspace: Workspace, manifest: string, { specifier = '' }: BuildError): boolean {
  const name = escapePattern(packageNameOf(specifier) ?? specifier);
  const isDeclared = new RegExp(`\\bdeclare\\s+module\\s+["']${name}(?:/[^"'\\n]*)?["']`);
  const isChanged = new RegExp(`^[-+]\\s*"${name}"\\s*:`, 'm');
  const hunks = workspace.changes.find(({ path }) => path === manifest)?.hunks ?? '';
  return isChanged.test(hunks) || workspace.paths.some((path) => isDeclared.test(workspace.read(path) ?? ''));
}

const SECTIONS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

function namesIn(section: unknown): Map<string, string> {
  if (!isRecord(section)) return new Map();
  return new Map(
    Object.entries(section).flatMap(([name, range]) => (typeof range === 'string' ? [[name, range]] : [])),
  );
}

/** Undefined when nobody names a range, or two that differ. */
function findRequirement(workspace: Workspace, manifest: string, name: string): Requirement | undefined {
  const folder = directoryOf(manifest);
  const lockfile = readConfig(workspace, 'package-lock.json');
  const locked = isRecord(lockfile?.packages) ? lockfile.packages[folder] : undefined;
  const ownEntry = requirementsIn(locked, name, 'the lockfile');
  if (ownEntry.length > 0) return ownEntry[0];

  const siblings = workspace.paths
    .filter((path) => path !== manifest && /(?:^|\/)package\.json$/.test(path))
    .flatMap((path) => requirementsIn(readConfig(workspace, path), name, path));
  const named = siblings.length > 0 ? siblings : requirementsInDiff(workspace, manifest, name);
  return new Set(named.map(({ range }) => range)).size === 1 ? named[0] : undefined;
}

function requirementsIn(manifest: unknown, name: string, source: string): Requirement[] {
  if (!isRecord(manifest)) return [];
  return (['dependencies', 'devDependencies'] as const).flatMap((section) => {
    const range = namesIn(manifest[section]).get(name);
    return range === undefined ? [] : [{ section, range, source }];
  });
}

function requirementsInDiff(workspace: Workspace, manifest: string, name: string): Requirement[] {
  const hunks = workspace.changes.find((change) => change.path === manifest)?.hunks ?? '';
  const entry = `"${name}":`;
  return hunks.split('\n').flatMap((line) => {
    const at = line.startsWith('-') ? line.indexOf(entry) : -1;
    const range = at < 0 ? undefined : /^\s*"([^"\s]{1,60})"/.exec(line.slice(at + entry.length))?.[1];
    const source = 'the manifest of the last good deployment';
    return range ? [{ section: sectionIn(workspace, manifest, hunks), range, source }] : [];
  });
}

/** Where the packages of the hunks' unchanged lines stand, in case that is the same section for all. */
function sectionIn(workspace: Workspace, manifest: string, hunks: string): Section {
  const sections = readConfig(workspace, manifest) ?? {};
  const beside = [...hunks.matchAll(/^ \s*"([^"\n]{1,214})":\s*"/gm)].map(([, other = '']) => other);
  const isOnlyIn = (section: Section, other: Section) =>
    beside.some((name) => namesIn(sections[section]).has(name)) &&
    !beside.some((name) => namesIn(sections[other]).has(name));
  return isOnlyIn('devDependencies', 'dependencies') ? 'devDependencies' : 'dependencies';
}
