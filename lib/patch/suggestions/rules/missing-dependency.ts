import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { unresolvedSpecifierOf } from '../error-facts.js';
import { mayBeRemovedOnPurpose } from '../removed-on-purpose.js';
import type { Rule } from '../rule.js';
import { insertJsonProperty } from '../syntax/insert-json-property.js';
import { mayBeInstalled, nearestManifest } from '../syntax/manifests-of.js';
import { directoryOf, inFolder, isRecord, packageNameOf, readConfig } from '../syntax/resolve-specifier.js';
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
    const asked = types === undefined ? askedByFramework(error, workspace) : undefined;
    const isMissing = error.kind === 'module-not-found' || error.kind === 'package-missing';
    const name =
      types ?? (asked ? asked[0] : isMissing ? packageNameOf(unresolvedSpecifierOf(error) ?? '') : undefined);
    const manifest = name === undefined ? undefined : nearestManifest(workspace, asked ? undefined : error.file);
    const text = manifest === undefined ? undefined : workspace.read(manifest);
    const present = manifest === undefined ? undefined : readConfig(workspace, manifest);
    if (name === undefined || manifest === undefined || text === undefined || !present) return undefined;
    const wanted = [name, ...(asked ?? []).slice(1)].filter(
      (one) => !SECTIONS.some((section) => namesIn(present[section]).has(one)),
    );

    const isSettled =
      types !== undefined
        ? isTyped(workspace, manifest, error)
        : asked
          ? !namesIn(present.dependencies).has(error.tool)
          : mayBeRemovedOnPurpose(workspace, manifest, name);
    const required = isSettled ? [] : wanted.map((one) => findRequirement(workspace, manifest, one));
    let repaired: string | undefined = text;
    for (const [index, requirement] of required.entries()) {
      const added = wanted[index] ?? name;
      if (!requirement || repaired === undefined || !mayBeInstalled(workspace, added, requirement.range))
        return undefined;
      const { section, range } = requirement;
      repaired = insertJsonProperty(repaired, {
        path: [section],
        name: added,
        value: JSON.stringify(range),
        sorted: true,
      });
    }
    if (repaired === undefined || required.length === 0) return undefined;
    const [verb, object] = wanted.length > 1 ? ['are', 'them'] : ['is', 'it'];
    const user = error.file && !asked ? ` by ${error.file}` : '';
    return {
      files: new Map([[manifest, repaired]]),
      cause: `${wanted.map((one) => `\`${one}\``).join(' and ')} ${verb} needed${user} and ${manifest} does not name ${object}.`,
      change: `Adds ${object} with ${required.map((one) => `the range \`${one?.range}\`, which ${one?.source} names`).join(' and ')}.`,
    };
  },
};

const ASKED = /do not have the required package.*Please install ([^\n]{1,300}) by running/s;

/** What Next.js wants of a project with a configuration of TypeScript; nothing of one that has left TypeScript. */
function askedByFramework({ message }: BuildError, { rootDirectory, tree }: Workspace): readonly string[] | undefined {
  const names = ASKED.exec(message)?.[1]?.match(/@?[\w./-]*[\w-]/g) ?? undefined;
  const isSource = (path: string) => path.startsWith(inFolder(rootDirectory, '')) && /(?<!\.d)\.tsx?$/.test(path);
  return names && (tree.some(isSource) ? names.filter((name) => name !== 'and') : []);
}

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
