import { asRecord, type Manifest, readManifests } from '../../context/manifests.js';
import { baseName, folderOf, isLockfile } from '../../context/readable-files.js';
import { indexRepository } from '../../context/repository-index.js';
import { createResolver, packageName } from '../../context/resolve-import.js';
import { escapePattern } from '../../context/word-pattern.js';
import { overlayFiles } from '../overlay-files.js';
import { PAIRED_PACKAGES } from '../paired-packages.js';
import { editDistance } from '../suggestions/distance.js';
import { diagnosisText, namesWord } from './diagnosis-text.js';
import type { ContentRule, Finding, ParsedChange, PolicyInput } from './policy-rule.js';

const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** Versions by package name, all kinds of dependencies together. */
function declaredIn(data: unknown): Map<string, string> {
  return new Map(
    KINDS.flatMap((kind) =>
      Object.entries(asRecord(asRecord(data)[kind])).map(([name, range]) => [name, String(range)] as const),
    ),
  );
}

interface DependencyChange {
  readonly path: string;
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

function dependencyChanges(change: ParsedChange): DependencyChange[] {
  if (baseName(change.file.path) !== 'package.json') return [];
  const before = declaredIn(change.before?.data);
  const after = declaredIn(change.after?.data);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({ path: change.file.path, name, before: before.get(name), after: after.get(name) }));
}

function namesPackage(input: PolicyInput, name: string): boolean {
  return (
    input.diagnosis.errors.some((error) => error.specifier !== undefined && packageName(error.specifier) === name) ||
    namesWord(diagnosisText(input.diagnosis).replaceAll(/["'`]/g, ' '), name)
  );
}

/** Whether the dependency only follows a package of the repository, which the latest change gave another name. */
function followsRename({ path, name, after }: DependencyChange, input: PolicyInput): boolean {
  return readManifests(input.context.files).some((manifest) => {
    if (manifest.name !== name) return false;
    const hunks = input.context.changes?.find((change) => change.path === manifest.path)?.hunks ?? '';
    const formerly = /^-[^\n]{0,500}?"name":\s*"([^"]{1,214})"/m.exec(hunks)?.[1];
    return input.changes
      .flatMap(dependencyChanges)
      .some(
        (other) =>
          other.path === path && other.name === formerly && other.before === after && other.after === undefined,
      );
  });
}

/**
 * Whether the dependency takes the place of one that the log names, with the same range, and is what that one is a slip
 * of: a package of the repository, or one that its manifests or lockfile know.
 */
function correctsName({ path, name, after }: DependencyChange, input: PolicyInput): boolean {
  const replaced = input.changes
    .flatMap(dependencyChanges)
    .some(
      (other) =>
        other.path === path &&
        other.after === undefined &&
        other.before === after &&
        editDistance(other.name, name, 2) <= 2 &&
        namesPackage(input, other.name),
    );
  if (!replaced) return false;
  const isKnown = readManifests(input.context.files).some(
    (manifest) => manifest.name === name || manifest.dependencies.has(name),
  );
  const entry = new RegExp(`(?:^|[\\s"'/])${escapePattern(name)}(?:["':]|@[\\d^~*])`, 'm');
  return isKnown || [...input.context.files].some(([file, text]) => isLockfile(file) && entry.test(text));
}

/** Whether the version is the one that a package has had which works in no other beside it: with types, of its major. */
function followsPair({ path, name, after }: DependencyChange, { changes }: PolicyInput): boolean {
  const other = PAIRED_PACKAGES.find((pair) => pair.includes(name))?.find((one) => one !== name);
  const declared = declaredIn(changes.find(({ file }) => file.path === path)?.before?.data).get(other ?? '');
  const major = /^[~^]?(\d+)\./.exec(declared ?? '')?.[1];
  if (declared === undefined || major === undefined) return false;
  return after === declared || (name.startsWith('@types/') && after === `^${major}.0.0`);
}

/** Whether the latest change took exactly this out of the manifest: whatever is missing may have come with it. */
function wasDeclared({ path, name, after }: DependencyChange, { context, diagnosis }: PolicyInput): boolean {
  const hunks = context.changes?.find((change) => change.path === path)?.hunks ?? '';
  const isMissed = diagnosis.errors.some(({ kind }) => kind === 'package-missing' || kind === 'module-not-found');
  return isMissed && hunks.split('\n').some((line) => line.startsWith('-') && line.includes(`"${name}": "${after}"`));
}

/** Every text of the repository's own that may vouch for a version: manifests, lockfiles, what earlier commits said. */
function witnesses(input: PolicyInput): readonly string[] {
  const lockfiles = [...input.context.files].filter(([path]) => isLockfile(path)).map(([, text]) => text);
  const history = (input.context.changes ?? [])
    .filter(({ path }) => baseName(path) === 'package.json' || isLockfile(path))
    .map(({ hunks }) => hunks ?? '');
  return [...lockfiles, ...history];
}

/** Whether the repository says this version of this package somewhere itself. */
function isWitnessed(change: DependencyChange, input: PolicyInput): boolean {
  const { name, after = '' } = change;
  const manifests = readManifests(input.context.files);
  if (/^workspace:|^\*$/.test(after)) return manifests.some((manifest) => manifest.name === name);
  if (!/^[~^]?\d/.test(after) && !/^[\d.x*<>=~^ |-]+$/.test(after))
    return manifests.some((manifest) => manifest.dependencies.get(name) === after);
  if (manifests.some((manifest) => manifest.dependencies.get(name) === after)) return true;
  const version = after.replace(/^[~^]/, '');
  return witnesses(input).some((text) => saysVersion(text, name, version));
}

/** `"name": "^1.2.3"`, `name@1.2.3`, or the entry `node_modules/name` with its version, in any lockfile. */
function saysVersion(text: string, name: string, version: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    if (/[\w@/.-]/.test(text[at + name.length] ?? ' ') && text[at + name.length] !== '@') continue;
    if (text[at - 1] !== undefined && /[\w-]/.test(text[at - 1] ?? '')) continue;
    const near = text.slice(at, at + name.length + 160);
    const found = near.indexOf(version);
    if (found !== -1 && !/[\d.]/.test(near[found - 1] ?? '') && !/\d/.test(near[found + version.length] ?? ''))
      return true;
  }
  return false;
}

function findManifestFor(path: string, manifests: readonly Manifest[]): Manifest | undefined {
  return manifests
    .filter(({ folder }) => folder === '' || path.startsWith(`${folder}/`))
    .sort((left, right) => right.folder.length - left.folder.length)[0];
}

/** Imports of packages that no manifest in charge declares and that the file did not import before. */
function findUndeclaredImports(input: PolicyInput): Finding[] {
  const patched = overlayFiles(
    input.context,
    input.changes.map(({ file }) => file),
  );
  const manifests = readManifests(patched.files);
  const root = manifests.find(({ folder }) => folder === '');
  const resolver = createResolver({ index: indexRepository(patched.tree), files: patched.files, manifests });
  return input.changes.flatMap(({ file, before, after }): Finding[] => {
    const manifest = findManifestFor(file.path, manifests);
    if (!after || !manifest) return [];
    const known = new Set(before?.shape.requests.map(({ specifier }) => packageName(specifier)));
    const used = input.context.files;
    for (const { specifier } of after.shape.requests) {
      const target = resolver.resolve(file.path, specifier);
      if (target.outcome !== 'package' || known.has(target.name)) continue;
      const { name } = target;
      const isDeclared =
        manifest.dependencies.has(name) || manifest.dependencies.has(`@types/${name}`) || root?.dependencies.has(name);
      if (isDeclared || name === manifest.name) continue;
      // Packages that come along with a framework, such as react-dom's `scheduler`, are used elsewhere as well.
      const isUsedElsewhere = [...used].some(
        ([path, text]) =>
          path !== file.path && (text.includes(`'${name}'`) || text.includes(`"${name}"`)) && !isLockfile(path),
      );
      if (isUsedElsewhere && !namesPackage(input, name)) continue;
      return [{ path: file.path, message: `The package \`${name}\` is declared nowhere in this repository.` }];
    }
    return [];
  });
}

const OTHER_LOCKFILES = /^(?:pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|npm-shrinkwrap\.json)$/;

/** The lockfile that an installation for this manifest would hold frozen; npm's own bends to the manifest. */
function frozenLockfile(path: string, input: PolicyInput): string | undefined {
  const paths = new Set(input.context.tree.entries.map((entry) => entry.path));
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const inFolder = [...paths].filter((candidate) => folderOf(candidate) === folder && isLockfile(candidate));
    const frozen = inFolder.find((candidate) => OTHER_LOCKFILES.test(baseName(candidate)));
    if (inFolder.length > 0) return frozen;
    if (folder === '') return undefined;
  }
}

export const dependencyRules: readonly ContentRule[] = [
  {
    name: 'invented-package',
    severity: 'refused',
    check: (input) => [
      ...input.changes.flatMap(dependencyChanges).flatMap((change): Finding[] => {
        if (change.after === undefined || change.before !== undefined || namesPackage(input, change.name)) return [];
        if (followsRename(change, input) || correctsName(change, input) || wasDeclared(change, input)) return [];
        return [{ path: change.path, message: `The log does not name \`${change.name}\` as missing.` }];
      }),
      ...findUndeclaredImports(input),
    ],
  },
  {
    name: 'invented-version',
    severity: 'refused',
    check: (input) =>
      input.changes.flatMap(dependencyChanges).flatMap((change): Finding[] => {
        const { name, after, path } = change;
        if (after === undefined || isWitnessed(change, input)) return [];
        if (followsRename(change, input) || correctsName(change, input) || followsPair(change, input)) return [];
        const isChange = change.before !== undefined;
        const said =
          isChange &&
          /^[~^]?\d[\w.-]*$/.test(after) &&
          diagnosisText(input.diagnosis).includes(after.replace(/^[~^]/, ''));
        if (said && namesPackage(input, name)) return [];
        return [{ path, message: `Neither the repository nor the log says the version ${after} of \`${name}\`.` }];
      }),
  },
  {
    name: 'dependency-removed',
    severity: 'refused',
    check: (input) =>
      input.changes
        .flatMap(dependencyChanges)
        .flatMap((change): Finding[] =>
          change.after === undefined && !namesPackage(input, change.name)
            ? [{ path: change.path, message: `The patch removes \`${change.name}\`, which the log does not name.` }]
            : [],
        ),
  },
  {
    name: 'lockfile-drift',
    severity: 'ask-first',
    check: (input) =>
      input.changes.flatMap(dependencyChanges).flatMap((change): Finding[] => {
        const lockfile = frozenLockfile(change.path, input);
        const text = lockfile === undefined ? undefined : input.context.files.get(lockfile);
        if (lockfile === undefined) return [];
        if (change.after !== undefined && text !== undefined && listsImporter(text, change)) return [];
        return [
          {
            path: change.path,
            message: `${lockfile} has to be written anew for \`${change.name}\`, by its own install command.`,
          },
        ];
      }),
  },
];

/** Whether a lockfile lists the dependency with the very specifier that the manifest gets. */
function listsImporter(text: string, { name, after = '' }: DependencyChange): boolean {
  const escaped = name.includes('/') ? `'${name}'` : name;
  const pnpm = `${escaped}:\n        specifier: ${after}\n`;
  return (
    text.includes(pnpm) ||
    text.includes(`${name}@${after}:`) ||
    text.includes(`"${name}@${after}"`) ||
    text.includes(`"${name}@npm:${after}"`)
  );
}
