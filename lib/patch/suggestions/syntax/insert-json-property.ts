import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { lineEnding } from './source-text.js';

/**
 * The text with one more property in the object at `path`, which is created where it is missing; written as its
 * neighbours are, and nothing else reformatted. Undefined where `path` leads to something that is no object.
 */
export function insertJsonProperty(
  text: string,
  property: {
    readonly path: readonly string[];
    readonly name: string;
    readonly value: string;
    readonly sorted: boolean;
  },
): string | undefined {
  const { path, name, value, sorted } = property;
  const root = parseTree(text, [], { allowTrailingComma: true });
  if (!root) return undefined;
  const object = findNodeAtLocation(root, [...path]);
  if (!object) {
    const last = path.at(-1);
    if (last === undefined) return undefined;
    const entry = `{ ${JSON.stringify(name)}: ${value} }`;
    return insertJsonProperty(text, { path: path.slice(0, -1), name: last, value: entry, sorted: false });
  }
  if (object.type !== 'object') return undefined;
  const entry = `${JSON.stringify(name)}: ${value}`;
  const properties = object.children ?? [];
  const next = sorted ? properties.find((other) => String(other.children?.[0]?.value) > name) : undefined;
  if (next) {
    const separator = gapBefore(text, next);
    return `${text.slice(0, next.offset)}${entry},${separator}${text.slice(next.offset)}`;
  }
  const last = properties.at(-1);
  if (last) {
    const end = last.offset + last.length;
    return `${text.slice(0, end)},${gapBefore(text, last)}${entry}${text.slice(end)}`;
  }
  const indent = `${/[^\n]*$/.exec(text.slice(0, object.offset))?.[0].match(/^\s*/)?.[0] ?? ''}`;
  const ending = lineEnding(text);
  const body = `{${ending}${indent}  ${entry}${ending}${indent}}`;
  return text.slice(0, object.offset) + body + text.slice(object.offset + object.length);
}

/** The white space that separates a property from what stands before it. */
function gapBefore(text: string, node: Node): string {
  return /\s*$/.exec(text.slice(0, node.offset))?.[0] ?? ' ';
}
