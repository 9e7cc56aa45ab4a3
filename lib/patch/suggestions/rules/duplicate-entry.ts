import type { Rule } from '../rule.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { scanMarkup } from '../syntax/scan-markup.js';
import { lineOf, wholeLines } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const TWICE =
  /cannot have multiple (?:attributes|properties) with the same name|Duplicate attribute|Attributes need to be unique|Duplicate key|No duplicate props allowed/;

/** An attribute of an element or a property of an object twice, word for word: the second goes. */
export const duplicateEntry: Rule = {
  name: 'duplicate-entry',
  async propose(error, workspace) {
    const { file, line } = error;
    const text = file === undefined || !TWICE.test(error.message) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined) return undefined;
    const repeated = (await listsOf(workspace, file, text)).flatMap((list) => {
      // What is spread between the two may have the name as well.
      if (list.some(({ start, end }) => /^\{?\s*\.\.\./.test(text.slice(start, end)))) return [];
      const written = list.map(({ start, end }) => text.slice(start, end));
      return list.filter((_, index) => written.indexOf(written[index] ?? '') < index);
    });
    const near = repeated.filter(({ start }) => line === undefined || lineOf(text, start) === line);
    const [only, another] = near;
    if (!only || another) return undefined;
    const comma = /^\s*,/.exec(text.slice(only.end))?.[0].length ?? 0;
    const before = (comma > 0 ? /\s*$/ : /,?\s*$/).exec(text.slice(0, only.start))?.[0].length ?? 0;
    const lines = wholeLines(text, only.start, only.end + comma);
    const isWhole = lines.start < only.start || text[lines.start - 1] === '\n';
    const { start, end } = isWhole ? lines : { start: only.start - before, end: only.end + comma };
    return {
      files: new Map([[file, text.slice(0, start) + text.slice(end)]]),
      cause: `${file}, line ${lineOf(text, only.start)}, says \`${text.slice(only.start, only.end).split('\n')[0]}\` a second time.`,
      change: 'Keeps the first of the two, which are the same.',
    };
  },
};

interface Span {
  readonly start: number;
  readonly end: number;
}

/** The attributes of each element and the properties of each object. */
async function listsOf(workspace: Workspace, file: string, text: string): Promise<(readonly Span[])[]> {
  const markup = isComponentFile(file)
    ? scanMarkup(file, text).map((tag) => tag.attributes.map((attribute) => withValue(attribute)))
    : [];
  if (!isScript(file)) return markup;
  const lists: (readonly Span[])[] = [...markup];
  for (const { node } of walk((await workspace.parse(file, text)).program)) {
    if (node.type === 'JSXOpeningElement') lists.push(node.attributes as readonly SyntaxNode[]);
    if (node.type === 'ObjectExpression') lists.push(node.properties as readonly SyntaxNode[]);
  }
  return lists;
}

function withValue({ start, end, value }: Span & { readonly value: Span | undefined }): Span {
  return { start, end: Math.max(end, value?.end ?? end) };
}
