import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { isRecord, readConfig } from '../syntax/resolve-specifier.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/**
 * A manifest that asks for a version which was never published, where the lockfile holds exactly one version of the
 * package: the range becomes the one that the lockfile was made for, else that version with the operator that it has.
 */
export const lockedVersion: Rule = {
  name: 'locked-version',
  async propose(error, workspace) {
    const asked = findAsked(error);
    if (!asked || workspace.partial) return undefined;
    const { name, operator } = asked;
    const entries = workspace.paths.flatMap((path) => readLockfile(workspace, path, name));
    const [version, another] = new Set(entries.map((entry) => entry.version));
    // Another major is what the change of the manifest may be about.
    if (version === undefined || another !== undefined || majorOf(version) !== majorOf(asked.range)) return undefined;
    const recorded = new Set(entries.flatMap(({ ranges }) => ranges).filter((range) => range !== asked.range));
    const [only = '', more] = recorded;
    const range = recorded.size > 0 && more === undefined ? only : operator + version;
    // A frozen lockfile is refused where it does not know the manifest's very words.
    if (!entries.some(({ ranges, isFrozen }) => !isFrozen || ranges.includes(range))) return undefined;

    const files = new Map<string, string>();
    const entry = new RegExp(`("${escapePattern(name)}"\\s*:\\s*")${escapePattern(asked.range)}"`, 'g');
    for (const path of workspace.paths) {
      const text = /(?:^|\/)package\.json$/.test(path) ? workspace.read(path) : undefined;
      const places: Replacement[] = [...(text?.matchAll(entry) ?? [])].map(({ index, 1: key = '' }) => {
        const start = index + key.length;
        return { start, end: start + asked.range.length, text: range };
      });
      if (text !== undefined && places.length > 0) files.set(path, replaceRanges(text, places));
    }
    if (files.size === 0) return undefined;
    return {
      files,
      cause: `${[...files.keys()].join(', ')} asks for \`${name}\` ${asked.range}, and no such version was published.`,
      change: `Asks for ${range}, as the lockfile has it.`,
    };
  },
};

function majorOf(range: string): string | undefined {
  return /\d+/.exec(range)?.[0];
}

const NEVER_PUBLISHED =
  /No matching version found|ETARGET|NO_MATCHING_VERSION|Couldn't find any versions for|No candidates found|No version matching/;

interface Asked {
  readonly name: string;
  readonly range: string;
  readonly operator: string;
}

function findAsked({ message, code = '', specifier = '', symbol }: BuildError): Asked | undefined {
  if (!NEVER_PUBLISHED.test(message) && !NEVER_PUBLISHED.test(code)) return undefined;
  const [, name, inSpecifier] = /^(@?[^@\s]+)(?:@(?:npm:)?(\S+))?$/.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  const inMessage = new RegExp(`${escapePattern(name)}@(?:npm:)?([^\\s:"]+)|that matches "([^"]+)"`).exec(message);
  const range = inSpecifier ?? inMessage?.[1] ?? inMessage?.[2] ?? symbol;
  const [, operator] = /^([~^]|>=)?\d[\w.-]*$/.exec(range ?? '') ?? [];
  return range === undefined || !/\d/.test(range) ? undefined : { name, range, operator: operator ?? '' };
}

interface Locked {
  readonly version: string;
  /** What manifests said when the lockfile was made. */
  readonly ranges: readonly string[];
  /** Whether they have to say so still; npm bends its lockfile to them. */
  readonly isFrozen: boolean;
}

function readLockfile(workspace: Workspace, path: string, name: string): Locked[] {
  const file = path.slice(path.lastIndexOf('/') + 1);
  if (file === 'package-lock.json' || file === 'npm-shrinkwrap.json') return readNpm(workspace, path, name);
  const entry = ENTRIES[file]?.(escapePattern(name));
  const text = entry ? (workspace.read(path) ?? '') : '';
  if (!entry) return [];
  return [...text.matchAll(entry)].map(({ groups }) => ({
    version: groups?.version ?? '',
    ranges: file === 'bun.lock' ? rangesInBun(text, name) : rangesIn(groups?.ranges ?? '', name),
    isFrozen: true,
  }));
}

function readNpm(workspace: Workspace, path: string, name: string): Locked[] {
  const { packages } = readConfig(workspace, path) ?? {};
  const entries = Object.entries(isRecord(packages) ? packages : {});
  const ranges = entries.flatMap(([folder, value]) =>
    folder.includes('node_modules/') ? [] : rangesAsked(value, name),
  );
  return entries.flatMap(([folder, value]) =>
    isInstalledFor(folder, name) && isRecord(value) && typeof value.version === 'string'
      ? [{ version: value.version, ranges, isFrozen: false }]
      : [],
  );
}

/** What a package of the repository asked for when the lockfile was made. */
function rangesAsked(value: unknown, name: string): string[] {
  const kinds = isRecord(value) ? [value.dependencies, value.devDependencies, value.optionalDependencies] : [];
  return kinds.flatMap((kind) => {
    const range = isRecord(kind) ? kind[name] : undefined;
    return typeof range === 'string' ? [range] : [];
  });
}

/** Where the repository's own manifests find the package, and not one that another brings along. */
function isInstalledFor(folder: string, name: string): boolean {
  return (
    folder.endsWith(`node_modules/${name}`) && folder.indexOf('node_modules/') === folder.lastIndexOf('node_modules/')
  );
}

/** Where lockfiles that are held frozen name the version of a package, and for which ranges. */
const ENTRIES: Readonly<Record<string, (name: string) => RegExp>> = {
  'pnpm-lock.yaml': (name) =>
    new RegExp(`^ +'?${name}'?:\\n +specifier: (?<ranges>\\S+)\\n +version: (?<version>\\d[\\w.-]*)`, 'gm'),
  'yarn.lock': (name) => new RegExp(`^(?<ranges>"?${name}@[^\\n]+):\\n +version:? "?(?<version>\\d[\\w.-]*)`, 'gm'),
  'bun.lock': (name) => new RegExp(`^ +"(?:[^"\\n]+/)?${name}": \\["${name}@(?<version>\\d[\\w.-]*)"`, 'gm'),
};

function rangesIn(key: string, name: string): string[] {
  return key
    .split(',')
    .map((part) => part.trim().replace(/^"|"$/g, ''))
    .map((part) => (part.startsWith(`${name}@`) ? part.slice(name.length + 1).replace(/^npm:/, '') : part));
}

function rangesInBun(text: string, name: string): string[] {
  return [...text.matchAll(new RegExp(`"${escapePattern(name)}": "([^"]+)"`, 'g'))].map(([, range = '']) => range);
}
