import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { isBroughtByDiff, isChangedElsewhere } from '../changed-words.js';
import type { Rule } from '../rule.js';
import { type DataNode, dataOf, walkData } from '../syntax/data-document.js';
import { directoryOf } from '../syntax/resolve-specifier.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/** Zod, as the content layers print it. */
const TYPES =
  /(?:^|[\s*])([\w-]{1,80})(?:\*\*)?: (?:Invalid input: expected|Expected(?: type)?) [`"]{0,2}(string|number|boolean)[`"]{0,2}, received [`"]{0,2}(string|number|boolean)[`"]{0,2}(?![\w|])/gi;
const DOCUMENT = /\.(?:json|ya?ml|mdx?|mdoc|markdown)$/;
const NUMBER = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/;

type Scalar = DataNode & { readonly kind: 'text' | 'other' };

/**
 * `minutes: "12"` in front matter or a file of data, where the schema wants a number and every fellow has one; or the other way
 * round. It keeps its value and loses or gets the quotes.
 */
export const quotedEntry: Rule = {
  name: 'quoted-entry',
  async propose(error, workspace) {
    const { file } = error;
    const mismatch = file === undefined || !DOCUMENT.test(file) ? undefined : mismatchIn(error);
    const text = file === undefined ? undefined : workspace.read(file);
    if (mismatch === undefined || file === undefined || text === undefined || workspace.partial) return undefined;
    const { field, expected, received } = mismatch;
    const own = await valuesOf(workspace, file, field);
    const [value, another] = own.filter((node) => typeof node.value === received && rewrite(text, node, expected));
    if (value && isNumbering(field, String(value.value))) return undefined;
    const right = value && rewrite(text, value, expected);
    if (right === undefined || another !== undefined || isChangedElsewhere(workspace, file, field)) return undefined;
    const line = lineOf(text, value?.start ?? 0);
    if (!isBroughtByDiff(workspace, file, text.split('\n')[line - 1]?.trim() ?? '')) return undefined;
    const fellows = own.filter((node) => node !== value);
    for (const path of workspace.paths) {
      const isFellow = path !== file && directoryOf(path) === directoryOf(file) && DOCUMENT.test(path);
      if (isFellow) fellows.push(...(await valuesOf(workspace, path, field)));
    }
    // `true` beside `yes` is another word, not another spelling.
    const isWord = received === 'boolean' && !fellows.some((node) => /^(?:true|false)$/.test(String(node.value)));
    // Among texts that begin with a nought, a number may have lost one.
    if (received === 'number' && fellows.some((node) => /^0\d/.test(String(node.value)))) return undefined;
    if (isWord || fellows.length === 0 || !fellows.every((node) => typeof node.value === expected)) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [right])]]),
      cause: `${file}, line ${line}, gives \`${field}\` as a ${received}; the schema wants a ${expected}, as its fellows have.`,
      change: `Writes the same value as a ${expected}.`,
    };
  },
};

interface Mismatch {
  readonly field: string;
  readonly expected: string;
  readonly received: string;
}

/** The one value that the error is about. */
function mismatchIn({ message }: BuildError): Mismatch | undefined {
  const [only, another] = [...message.matchAll(TYPES)];
  const [field, expected, received] = (only ?? [])
    .slice(1)
    .map((word) => word.replace(/^[A-Z]/, (letter) => letter.toLowerCase()));
  if (another || field === undefined || expected === undefined || received === undefined) return undefined;
  return expected === received ? undefined : { field: only?.[1] ?? field, expected, received };
}

async function valuesOf(workspace: Workspace, path: string, field: string): Promise<Scalar[]> {
  const data = await dataOf(workspace, path);
  return [...(data === undefined ? [] : walkData(data))].flatMap((node) =>
    node.kind !== 'map'
      ? []
      : node.entries.flatMap(({ key, value }) =>
          key === field && (value.kind === 'text' || value.kind === 'other') ? [value as Scalar] : [],
        ),
  );
}

/** Whether it counts by parts, of which a number has no last nought: `1.10` follows `1.9`. */
export function isNumbering(field: string, value: string): boolean {
  return /version|release|edition|chapter|section/i.test(field) && /\.\d*0$/.test(value);
}

/** The same value with or without quotes; undefined where it would be another value. */
function rewrite(text: string, { value, start, end }: Scalar, expected: string) {
  const written = text.slice(start, end);
  if (written !== String(value)) return undefined;
  if (expected === 'string') return typeof value === 'string' ? undefined : { start, end, text: `"${written}"` };
  const isMeant = expected === 'number' ? NUMBER.test(written) : /^(?:true|false)$/.test(written);
  const isQuoted = /["']/.test(text[start - 1] ?? '') && text[start - 1] === text[end];
  return isMeant && isQuoted && typeof value === 'string'
    ? { start: start - 1, end: end + 1, text: written }
    : undefined;
}
