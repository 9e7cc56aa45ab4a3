import { parse } from 'jsonc-parser';
import type { Program } from 'oxc-parser';
import { escapePattern } from '../../../context/word-pattern.js';
import { findTwin } from '../distance.js';
import type { Rule } from '../rule.js';
import { isScript } from '../syntax/parse.js';
import { isRecord, joinPath } from '../syntax/resolve-specifier.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const NOT_FOUND = /\bEntry (\S{1,100}) → (\S{1,200}) was not found/;
const CONFIG = /(?:^|\/)src\/content(?:\.config|\/config)\.[cm]?[jt]s$/;

/**
 * An entry of a collection of Astro that does not exist, one slip away from exactly one that does: the one place that
 * names it, in the front matter or data of another entry or in code, is respelt.
 */
export const entrySpelling: Rule = {
  name: 'entry-spelling',
  async propose(error, workspace) {
    const [, collection, id] = NOT_FOUND.exec(error.message) ?? [];
    const config = workspace.paths.find((path) => CONFIG.test(path));
    const text = config === undefined ? undefined : workspace.read(config);
    if (config === undefined || text === undefined || collection === undefined || id === undefined) return undefined;
    const { program } = await workspace.parse(config, text);
    const ids = await idsOf(workspace, { root: config.replace(/(?:^|\/)src\/content.*$/, ''), program, collection });
    const right = findTwin(id, ids ?? []);
    if (right === undefined) return undefined;

    const places = workspace.paths.flatMap((path) => placesOf(path, workspace.read(path) ?? '', id));
    const [place, another] = places;
    const before = place && workspace.read(place.path);
    if (!place || another || before === undefined) return undefined;
    return {
      files: new Map([[place.path, replaceRanges(before, [{ ...place, text: right }])]]),
      cause: `${place.path}, line ${lineOf(before, place.start)}, names the entry \`${id}\`, which \`${collection}\` does not have.`,
      change: `Names \`${right}\`, the one entry there that is spelt so nearly alike.`,
    };
  },
};

interface Collection {
  /** The folder of the project. */
  readonly root: string;
  readonly program: Program;
  readonly collection: string;
}

/** Undefined where the collection is loaded in a way that is not known here. */
async function idsOf(workspace: Workspace, wanted: Collection): Promise<readonly string[] | undefined> {
  const loader = findLoader(wanted);
  const [argument] = loader?.arguments ?? [];
  const name = loader?.callee.type === 'Identifier' ? loader.callee.name : undefined;
  if (loader && name === 'file')
    return argument?.type === 'Literal'
      ? idsInFile(workspace, joinPath(wanted.root, String(argument.value)))
      : undefined;
  if (loader && (name !== 'glob' || argument?.type !== 'ObjectExpression')) return undefined;
  const base = argument?.type === 'ObjectExpression' ? textOf(propertyOf(argument, 'base')) : undefined;
  if (loader && base === undefined) return undefined;
  const folder = joinPath(wanted.root, base ?? `src/content/${wanted.collection}`);
  if (folder === undefined || workspace.partial) return undefined;
  return workspace.tree
    .filter((path) => path.startsWith(`${folder}/`) && /\.(?:mdx?|mdoc|json|ya?ml)$/.test(path))
    .map((path) => path.slice(folder.length + 1).replace(/(?:\/index)?\.\w+$/, ''));
}

/** Of `const curators = defineCollection({ loader: file('curators.json') })`. */
function findLoader({ program, collection }: Collection): Extract<SyntaxNode, { type: 'CallExpression' }> | undefined {
  for (const { node } of walk(program)) {
    const name =
      node.type === 'VariableDeclarator' && node.id.type === 'Identifier'
        ? node.id.name
        : node.type === 'Property' && node.key.type === 'Identifier'
          ? node.key.name
          : undefined;
    const value = node.type === 'VariableDeclarator' ? node.init : node.type === 'Property' ? node.value : undefined;
    if (name !== collection || value?.type !== 'CallExpression') continue;
    const [options] = value.arguments;
    const loader = options?.type === 'ObjectExpression' ? propertyOf(options, 'loader') : undefined;
    if (loader?.type === 'CallExpression') return loader;
  }
  return undefined;
}

function propertyOf(object: Extract<SyntaxNode, { type: 'ObjectExpression' }>, name: string): SyntaxNode | undefined {
  for (const property of object.properties)
    if (property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === name)
      return property.value;
  return undefined;
}

function textOf(node: SyntaxNode | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** A list of objects with an `id`, or an object with ids as keys. */
function idsInFile(workspace: Workspace, path: string | undefined): readonly string[] | undefined {
  const text = path?.endsWith('.json') ? workspace.read(path) : undefined;
  const data: unknown = text === undefined ? undefined : parse(text);
  if (Array.isArray(data))
    return data.flatMap((entry) => (isRecord(entry) && typeof entry.id === 'string' ? [entry.id] : []));
  return isRecord(data) ? Object.keys(data) : undefined;
}

/** Where a file names the entry: as a whole value, or as a text in quotes. */
function placesOf(path: string, text: string, id: string): (Replacement & { readonly path: string })[] {
  const word = escapePattern(id);
  const pattern = /\.(?:mdx?|mdoc|ya?ml)$/.test(path)
    ? new RegExp(
        `(?<=^[^\\S\\n]*(?:-\\s+(?:[\\w-]+:\\s+)?|[\\w-]+:\\s+)(["']?))(?<![\\w-])${word}(?=\\1[^\\S\\n]*\\r?$)`,
        'gm',
      )
    : path.endsWith('.json') || isScript(path)
      ? new RegExp(`(?<=(["'\`]))${word}(?=\\1)`, 'g')
      : undefined;
  return [...(pattern === undefined ? [] : text.matchAll(pattern))].map(({ index }) => ({
    path,
    start: index,
    end: index + id.length,
    text: id,
  }));
}
