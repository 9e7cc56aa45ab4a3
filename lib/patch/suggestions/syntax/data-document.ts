import { yamlPart } from '../../../context/yaml-part.js';
import type { Workspace } from '../workspace.js';

const DATA = /\.(?:json|ya?ml|mdx?|mdoc|markdoc|markdown)$/;

/** A value of JSON, YAML or front matter and where it stands in the file. */
export type DataNode =
  | { readonly kind: 'map'; readonly start: number; readonly end: number; readonly entries: readonly DataEntry[] }
  | { readonly kind: 'list'; readonly start: number; readonly end: number; readonly items: readonly DataNode[] }
  | { readonly kind: 'text' | 'other'; readonly start: number; readonly end: number; readonly value: unknown };

export interface DataEntry {
  readonly key: string;
  /** Of the key's text, without quotes. */
  readonly keyStart: number;
  readonly value: DataNode;
}

// What is longer is a table of measurements, not something that people write.
const MAX_LENGTH = 200_000;

const KNOWN = new WeakMap<
  Workspace,
  Map<string, { readonly text: string; readonly data: Promise<DataNode | undefined> }>
>();

/** `readData` of a file as of now, done once for the same text. */
export async function dataOf(workspace: Workspace, path: string): Promise<DataNode | undefined> {
  const text = DATA.test(path) ? workspace.read(path) : undefined;
  if (text === undefined) return undefined;
  const known = KNOWN.get(workspace) ?? new Map();
  KNOWN.set(workspace, known);
  const before = known.get(path);
  if (before?.text === text) return before.data;
  const data = readData(path, text);
  known.set(path, { text, data });
  return data;
}

/** What a file of data holds, or the front matter of a document; undefined where it does not parse or has aliases. */
export async function readData(path: string, text: string): Promise<DataNode | undefined> {
  const part =
    !DATA.test(path) || text.length > MAX_LENGTH
      ? undefined
      : path.endsWith('.json')
        ? { yaml: text, offset: 0 }
        : yamlPart(path, text);
  if (!part) return undefined;
  const { isMap, isScalar, isSeq, parseDocument } = await import('yaml');
  const document = parseDocument(part.yaml, { logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;

  const convert = (node: unknown): DataNode | undefined => {
    const [from, to] = (node as { range?: readonly [number, number, number] } | null)?.range ?? [];
    if (from === undefined || to === undefined) return undefined;
    const place = { start: part.offset + from, end: part.offset + to };
    if (isScalar(node)) {
      const isQuoted = /^["']/.test(text.slice(place.start, place.end));
      const inner = isQuoted ? { start: place.start + 1, end: place.end - 1 } : place;
      return { kind: typeof node.value === 'string' ? 'text' : 'other', value: node.value, ...inner };
    }
    if (isSeq(node)) {
      const items = node.items.map(convert);
      return items.includes(undefined)
        ? undefined
        : { kind: 'list', items: items.filter((item) => item !== undefined), ...place };
    }
    if (!isMap(node)) return undefined;
    const entries = node.items.map((pair): DataEntry | undefined => {
      const key = convert(pair.key);
      const value = convert(pair.value) ?? (key && { kind: 'other', value: null, start: key.end, end: key.end });
      const isPlain = key !== undefined && (key.kind === 'text' || key.kind === 'other');
      return isPlain && value ? { key: String(key.value), keyStart: key.start, value } : undefined;
    });
    return entries.includes(undefined)
      ? undefined
      : { kind: 'map', entries: entries.filter((entry) => entry !== undefined), ...place };
  };
  return convert(document.contents);
}

/** The node and all below it. */
export function* walkData(node: DataNode): Generator<DataNode> {
  yield node;
  if (node.kind === 'list') for (const item of node.items) yield* walkData(item);
  if (node.kind === 'map') for (const { value } of node.entries) yield* walkData(value);
}

/** `text`, `list`, `number`: what kind of value it is. */
export function typeOfData(node: DataNode): string {
  return node.kind === 'other' ? (node.value === null ? 'null' : typeof node.value) : node.kind;
}
