import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { type Replacement, replaceRanges } from './source-text.js';

export interface DeclaredRange {
  readonly range: string;
  /** The number of the lowest version that it lets in. */
  readonly lowest: readonly number[];
  readonly start: number;
  readonly end: number;
}

/** The range that a manifest has for a package that it installs; undefined where it has none, two, or none in numbers. */
export function declaredRange(manifest: string, name: string): DeclaredRange | undefined {
  const root = parseTree(manifest);
  const nodes = ['dependencies', 'devDependencies'].flatMap(
    (section) => (root && findNodeAtLocation(root, [section, name])) ?? [],
  );
  const [node, another] = nodes;
  if (node?.type !== 'string' || another) return undefined;
  const range = String(node.value);
  const lowest = lowestOf(range);
  return lowest && { range, lowest, start: node.offset, end: node.offset + node.length };
}

/** `^18.3.1` is 18, 3 and 1; undefined for what is no single version with or without an operator. */
export function lowestOf(range: string): readonly number[] | undefined {
  const [, version] = /^[~^]?(\d+(?:\.\d+){0,2})(?:\.x)?$/.exec(range) ?? [];
  return version?.split('.').map(Number);
}

export function compareVersions(left: readonly number[], right: readonly number[]): number {
  return [0, 1, 2].map((at) => (left[at] ?? 0) - (right[at] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

export function writeRanges(
  manifest: string,
  ranges: readonly (readonly [Pick<DeclaredRange, 'start' | 'end'>, string])[],
): string {
  const edits = ranges.map(([{ start, end }, range]): Replacement => ({ start, end, text: JSON.stringify(range) }));
  return replaceRanges(manifest, edits);
}
