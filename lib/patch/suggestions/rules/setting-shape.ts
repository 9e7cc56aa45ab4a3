import { findNodeAtLocation, type JSONPath, type Node, parseTree } from 'jsonc-parser';
import type { Rule } from '../rule.js';
import { inFolder } from '../syntax/resolve-specifier.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';

const SHAPE =
  /Invalid vercel\.json - `(?<place>[^`\n]{1,200})` should (?:be (?<type>array|boolean|integer|number)\b|match pattern "(?<pattern>\^\/)|NOT have additional property `(?<name>[^`\n]{1,100})`)/;

/**
 * A value of vercel.json in another shape than the one that Vercel asks for, where the value itself leaves one way to write it:
 * `true` and `30` in quotes, the only entry of a list without the list, headers as names and values, a cron's path without its
 * slash. The shapes: https://openapi.vercel.sh/vercel.json
 */
export const settingShape: Rule = {
  name: 'setting-shape',
  async propose(error, workspace) {
    const asked = SHAPE.exec(error.message)?.groups;
    const file = inFolder(workspace.rootDirectory, 'vercel.json');
    const text = asked && workspace.read(file);
    const root = text === undefined ? undefined : parseTree(text);
    if (asked === undefined || text === undefined || root === undefined) return undefined;
    const place = pathOf(asked.place ?? '');
    const edits =
      asked.name === undefined
        ? rewrite(text, findNodeAtLocation(root, place), { place, type: asked.type })
        : pairHeaders(root, place);
    const [first] = edits;
    if (first === undefined) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file}, line ${lineOf(text, first.start)}, has a value of another shape than Vercel takes there.`,
      change: 'Writes the same in the shape that Vercel asks for.',
    };
  },
};

/** `redirects[0].permanent`, `functions['api/feed.ts'].maxDuration`. */
function pathOf(place: string): JSONPath {
  return [...place.matchAll(/\['([^']*)'\]|\[(\d{1,4})\]|([\w$-]+)/g)].map(([, quoted, index, name]) =>
    index === undefined ? (quoted ?? name ?? '') : Number(index),
  );
}

function rewrite(
  text: string,
  node: Node | undefined,
  { place, type }: { readonly place: JSONPath; readonly type: string | undefined },
): Replacement[] {
  if (node === undefined) return [];
  const written = type === 'array' ? asList(text, node, place) : asScalar(node, { place, type });
  return written === undefined ? [] : [{ start: node.offset, end: node.offset + node.length, text: written }];
}

function asScalar(
  { type: isNow, value }: Node,
  { place, type }: { readonly place: JSONPath; readonly type: string | undefined },
): string | undefined {
  if (isNow !== 'string') return undefined;
  const words = String(value);
  const isCronPath = place[0] === 'crons' && place[2] === 'path';
  if (type === undefined)
    return isCronPath && /^[\w-]+(?:\/[\w.-]+)*\/?$/.test(words) ? JSON.stringify(`/${words}`) : undefined;
  const wanted = type === 'boolean' ? /^(?:true|false)$/ : type === 'integer' ? /^[1-9]\d*$/ : /^[1-9]\d*(?:\.\d+)?$/;
  return wanted.test(words) ? words : undefined;
}

/** What an entry of each list has at least. */
const ENTRIES: Readonly<Record<string, readonly string[]>> = {
  headers: ['source', 'headers'],
  redirects: ['source', 'destination'],
  rewrites: ['source', 'destination'],
  crons: ['path', 'schedule'],
};

function asList(text: string, node: Node, place: JSONPath): string | undefined {
  if (node.type !== 'object') return undefined;
  const [list, , inner] = place;
  const entry = place.length === 1 ? ENTRIES[String(list)] : undefined;
  const isOfHeader = list === 'headers' && inner === 'headers' && place.length === 3;
  const wrapped = `[${text.slice(node.offset, node.offset + node.length)}]`;
  if (entry !== undefined) return entry.every((name) => hasKey(node, name)) ? wrapped : undefined;
  if (!isOfHeader) return undefined;
  if (hasKey(node, 'key') && hasKey(node, 'value')) return wrapped;
  const pairs = pairsOf(node);
  return pairs.length === 0 ? undefined : `[${pairs.join(', ')}]`;
}

function hasKey(node: Node, name: string): boolean {
  return (node.children ?? []).some(({ children: [key] = [] }) => key?.value === name);
}

/** `{ "X-Frame-Options": "DENY" }` in the words of an entry; nothing unless each is a header's name and a text. */
function pairsOf({ children = [] }: Node): string[] {
  const pairs = children.map(({ children: [key, value] = [] }) =>
    value?.type === 'string' && /^[\w-]+$/.test(String(key?.value)) && key?.value !== 'key' && key?.value !== 'value'
      ? `{ "key": ${JSON.stringify(key?.value)}, "value": ${JSON.stringify(value.value)} }`
      : undefined,
  );
  return pairs.includes(undefined) ? [] : pairs.filter((pair) => pair !== undefined);
}

/** Entries `{ "X-Frame-Options": "DENY" }` among the headers of one source: all that are written so. */
function pairHeaders(root: Node, place: JSONPath): Replacement[] {
  const [list, , inner, index] = place;
  if (list !== 'headers' || inner !== 'headers' || typeof index !== 'number') return [];
  const entries = findNodeAtLocation(root, place.slice(0, 3))?.children ?? [];
  return entries.flatMap((entry) => {
    const pairs = pairsOf(entry);
    return pairs.length === 0
      ? []
      : [{ start: entry.offset, end: entry.offset + entry.length, text: pairs.join(', ') }];
  });
}
