import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { escapePattern } from '../../../context/word-pattern.js';
import type { Rule } from '../rule.js';
import { compareVersions, declaredRange, lowestOf, writeRanges } from '../syntax/declared-range.js';
import { mayBeInstalled } from '../syntax/manifests-of.js';
import { inFolder } from '../syntax/resolve-specifier.js';
import type { Workspace } from '../workspace.js';

/**
 * A package that package.json asks for in one version and overrides with another, which npm refuses,
 * https://docs.npmjs.com/cli/configuring-npm/package-json#overrides: both were the same until the diff since the last READY deployment
 * raised one of the two, and the other follows.
 */
export const staleOverride: Rule = {
  name: 'stale-override',
  async propose({ message, code = '' }, workspace) {
    const isMeant = /EOVERRIDE/.test(`${code} ${message}`) || /Override for \S+ conflicts with direct/.test(message);
    const own = inFolder(workspace.rootDirectory, 'package.json');
    const [manifest] = [own, 'package.json'].filter((path) => /"overrides"/.test(workspace.read(path) ?? ''));
    const text = manifest === undefined ? undefined : workspace.read(manifest);
    const root = text === undefined ? undefined : parseTree(text);
    if (!isMeant || manifest === undefined || text === undefined || !root) return undefined;
    const edits = overridesIn(root).flatMap(({ name, node }) => {
      const declared = declaredRange(text, name);
      const override = String(node.value);
      if (!declared || declared.range === override || override.startsWith('$')) return [];
      const written = { start: node.offset, end: node.offset + node.length };
      const raised = raisedIn(workspace, manifest, name);
      if (raised?.before === override && raised.after === declared.range)
        return [{ name, range: declared.range, place: written, what: 'overrides it with' }];
      return raised?.before === declared.range && raised.after === override
        ? [{ name, range: override, place: declared, what: 'asks for it as' }]
        : [undefined];
    });
    const known = edits.filter((edit) => edit !== undefined);
    const [first] = known;
    if (!first || known.length < edits.length) return undefined;
    if (known.some(({ name, range }) => !mayBeInstalled(workspace, name, range))) return undefined;
    const names = known.map(({ name }) => `\`${name}\``).join(' and ');
    return {
      files: new Map([
        [
          manifest,
          writeRanges(
            text,
            known.map(({ place, range }) => [place, range]),
          ),
        ],
      ]),
      cause: `${manifest} raised ${names} in one of the two places that have to say the same, and ${first.what} what was there before.`,
      change: `Asks for ${known.map(({ name, range }) => `\`${name}\` ${range}`).join(' and ')} in both.`,
    };
  },
};

/** `"react": "19.1.0"` and `"react": { ".": "19.1.0" }`, for every user of the package. */
function overridesIn(root: Node): { readonly name: string; readonly node: Node }[] {
  const entries = findNodeAtLocation(root, ['overrides'])?.children ?? [];
  return entries.flatMap(({ children: [key, value] = [] }) => {
    const node = value?.type === 'object' ? findNodeAtLocation(value, ['.']) : value;
    return node?.type === 'string' ? [{ name: String(key?.value), node }] : [];
  });
}

/** What the diff raised the package from, and to; undefined where it changed more than one entry of the name, or set it back. */
function raisedIn(
  { changes }: Workspace,
  manifest: string,
  name: string,
): { readonly before: string; readonly after: string } | undefined {
  const hunks = changes.find(({ path }) => path === manifest)?.hunks ?? '';
  const rangesOn = (sign: string) =>
    [...hunks.matchAll(new RegExp(`^\\${sign}\\s*"${escapePattern(name)}":\\s*"([^"\\n]{1,60})"`, 'gm'))].map(
      ([, range = '']) => range,
    );
  const [before, another] = rangesOn('-');
  const [after, other] = rangesOn('+');
  const [low, high] = [lowestOf(before ?? ''), lowestOf(after ?? '')];
  const isRaised = low !== undefined && high !== undefined && compareVersions(low, high) < 0;
  return isRaised && !another && !other && before !== undefined && after !== undefined ? { before, after } : undefined;
}
