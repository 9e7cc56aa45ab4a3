import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { PAIRED_PACKAGES } from '../../paired-packages.js';
import type { Rule } from '../rule.js';
import { compareVersions, type DeclaredRange, declaredRange, lowestOf, writeRanges } from '../syntax/declared-range.js';
import { mayBeInstalled, nearestManifest } from '../syntax/manifests-of.js';
import type { Workspace } from '../workspace.js';

/**
 * React and its renderer, or their types, with two versions: the one that stayed behind follows the one that the diff since
 * the last READY deployment raised. Where the diff set one back, that is another matter.
 */
export const pairedVersion: Rule = {
  name: 'paired-version',
  async propose(error, workspace) {
    if (!isAboutPair(error)) return undefined;
    const manifest = nearestManifest(workspace, error.file);
    const text = manifest === undefined ? undefined : workspace.read(manifest);
    if (manifest === undefined || text === undefined) return undefined;
    const isExact = EXACT.test(error.message);
    const behind = PAIRED_PACKAGES.flatMap((pair) => findBehind(text, pair, isExact) ?? []);
    const [first] = behind;
    if (!first || behind.some(({ names }) => isSetBack(workspace, manifest, names))) return undefined;
    if (behind.some(({ name, range }) => !mayBeInstalled(workspace, name, range))) return undefined;
    return {
      files: new Map([
        [
          manifest,
          writeRanges(
            text,
            behind.map(({ declared, range }) => [declared, range]),
          ),
        ],
      ]),
      cause: `${manifest} asks for \`${first.name}\` ${first.declared.range} beside \`${first.beside}\` ${first.range}, and the two only work in one version.`,
      change: `Asks for ${behind.map(({ name, range }) => `\`${name}\` ${range}`).join(' and ')}.`,
    };
  },
};

/** react-dom compares its own version with the one of React. */
const EXACT = /Incompatible React versions/;
/** What react-dom reads of React up to 18, and React has no longer. */
const INTERNALS = /Cannot read properties of undefined \(reading 'ReactCurrent\w{1,40}'\)/;

function isAboutPair({ kind, message, specifier = '', symbol = '' }: BuildError): boolean {
  if (EXACT.test(message) || INTERNALS.test(message)) return true;
  const words = new Set([specifier, symbol, ...(message.match(/@?[\w./-]+(?=@)|@?[\w./-]+/g) ?? [])]);
  return kind === 'peer-conflict' && PAIRED_PACKAGES.some((pair) => pair.every((name) => words.has(name)));
}

interface Behind {
  readonly name: string;
  readonly beside: string;
  readonly names: readonly string[];
  readonly declared: DeclaredRange;
  readonly range: string;
}

function findBehind(manifest: string, names: readonly [string, string], isExact: boolean): Behind | undefined {
  const [left, right] = names.map((name) => ({ name, declared: declaredRange(manifest, name) }));
  if (!left?.declared || !right?.declared) return undefined;
  const isTypes = left.name.startsWith('@types/');
  const isOne =
    isExact && !isTypes
      ? compareVersions(left.declared.lowest, right.declared.lowest) === 0
      : majorOf(left.declared) === majorOf(right.declared);
  if (isOne) return undefined;
  const isLeftBehind = compareVersions(left.declared.lowest, right.declared.lowest) < 0;
  const [low, high] = isLeftBehind ? [left.declared, right.declared] : [right.declared, left.declared];
  return {
    name: isLeftBehind ? left.name : right.name,
    beside: isLeftBehind ? right.name : left.name,
    names,
    declared: low,
    // Types are published one by one, and every major begins.
    range: isTypes ? `^${majorOf(high)}.0.0` : high.range,
  };
}

function majorOf({ lowest }: DeclaredRange): number {
  return lowest[0] ?? 0;
}

function isSetBack(workspace: Workspace, manifest: string, names: readonly string[]): boolean {
  const hunks = workspace.changes.find(({ path }) => path === manifest)?.hunks ?? '';
  const rangeOf = (sign: string, name: string) => {
    const line = hunks.split('\n').find((row) => row.startsWith(sign) && row.includes(`"${name}":`));
    return lowestOf(/:\s*"([^"]{1,60})"/.exec(line ?? '')?.[1] ?? '');
  };
  return names.some((name) => {
    const [before, after] = [rangeOf('-', name), rangeOf('+', name)];
    return before !== undefined && after !== undefined && compareVersions(after, before) < 0;
  });
}
