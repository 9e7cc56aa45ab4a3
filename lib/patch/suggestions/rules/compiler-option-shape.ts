import { getNodePath, type Node, parseTree } from 'jsonc-parser';
import type { Rule } from '../rule.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';

const WRONG_TYPE = /^Compiler option '(\w{1,80})' requires a value of type (boolean|Array)/;
const NO_LIST = /^Substitutions for pattern '([^']{1,200})' should be an array/;
const NOT_RELATIVE =
  /^Non-relative paths are not allowed when 'baseUrl' is not set\. Did you forget a leading '\.\/'\?/;

/**
 * An option of the compiler in another shape than it takes, where the value itself leaves one way to write it: `true` in quotes, the
 * only entry of a list without the list, a mapping without the `./` that the compiler asks for.
 */
export const compilerOptionShape: Rule = {
  name: 'compiler-option-shape',
  async propose({ file, message }, workspace) {
    const text = file !== undefined && /\.json$/.test(file) ? workspace.read(file) : undefined;
    const root = text === undefined ? undefined : parseTree(text, [], { allowTrailingComma: true });
    if (file === undefined || text === undefined || !root) return undefined;
    const edits = findEdits(message, stringsIn(root));
    const [first] = edits;
    if (!first) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file}, line ${lineOf(text, first.start)}, holds a value in a shape that the compiler does not take.`,
      change: 'Writes the same value in the shape that it asks for.',
    };
  },
};

interface Text {
  readonly node: Node;
  /** Such as `compilerOptions.paths.@/*.0`. */
  readonly path: readonly (string | number)[];
}

function stringsIn(node: Node): Text[] {
  if (node.type === 'string') return [{ node, path: getNodePath(node) }];
  const values = node.type === 'property' ? (node.children ?? []).slice(1) : (node.children ?? []);
  return values.flatMap(stringsIn);
}

function findEdits(message: string, strings: readonly Text[]): Replacement[] {
  const options = strings.filter(({ path: [group] }) => group === 'compilerOptions');
  const [, option, type] = WRONG_TYPE.exec(message) ?? [];
  const pattern = NO_LIST.exec(message)?.[1];
  return options.flatMap(({ node, path: [, name, key, index] }): Replacement[] => {
    const { offset: start, length } = node;
    const replace = (text: string) => [{ start, end: start + length, text }];
    const written = JSON.stringify(node.value);
    if (option === name && key === undefined) {
      if (type === 'Array') return replace(`[${written}]`);
      return /^(?:true|false)$/.test(String(node.value)) ? replace(String(node.value)) : [];
    }
    if (name !== 'paths' || key === undefined) return [];
    if (pattern === key && index === undefined) return replace(`[${written}]`);
    const isBare = NOT_RELATIVE.test(message) && index !== undefined && /^[\w@*][^:]*$/.test(String(node.value));
    return isBare ? replace(JSON.stringify(`./${node.value}`)) : [];
  });
}
