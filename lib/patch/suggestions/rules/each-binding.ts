import { escapePattern } from '../../../context/word-pattern.js';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { scanMarkup } from '../syntax/scan-markup.js';
import { offsetOf, type Replacement, replaceRanges } from '../syntax/source-text.js';

const BINDS_ITEM = /Cannot reassign or bind to each block argument in runes mode/;
const HEAD =
  /^\{#each\s+(?<list>[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)\s+as\s+(?<item>[A-Za-z_$][\w$]*)(?:\s*,\s*(?<index>[A-Za-z_$][\w$]*))?\s*(?:\([^(){}]*\)\s*)?\}$/;

/**
 * `{#each tags as tag}<input bind:value={tag} />` in a component of Svelte with runes, which binds the member of the list in its
 * place: `bind:value={tags[index]}`, as the compiler says.
 */
export const eachBinding: Rule = {
  name: 'each-binding',
  async propose(error, workspace) {
    const { file, line } = error;
    const text = file?.endsWith('.svelte') && BINDS_ITEM.test(error.message) ? workspace.read(file) : undefined;
    const at = text === undefined || line === undefined ? undefined : offsetOf(text, line);
    if (file === undefined || text === undefined || at === undefined) return undefined;
    const block = blocksAround(file, text, text.indexOf('\n', at)).findLast(({ start }) => start <= at + 1);
    const head = block && HEAD.exec(text.slice(block.start, block.headEnd))?.groups;
    const { list, item = '' } = head ?? {};
    if (!block || list === undefined) return undefined;
    const inner = text.slice(block.headEnd, block.end);
    const word = escapePattern(item);
    // An assignment, or a name of the same kind further in.
    const isWritten = new RegExp(`(?<![\\w$.])${word}\\s*(?:=(?![=>])|\\+=|-=|\\+\\+|--)|\\bas\\s+${word}\\b`).test(
      inner,
    );
    const index = head?.index ?? ['index', 'i'].find((name) => !new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(text));
    if (isWritten || index === undefined) return undefined;
    const bound = new RegExp(`(?<=\\bbind:[\\w-]{1,40}=\\{\\s*)${word}(?=\\s*\\})`, 'g');
    const edits: Replacement[] = [...inner.matchAll(bound)].map((found) => {
      const start = block.headEnd + found.index;
      return { start, end: start + item.length, text: `${list}[${index}]` };
    });
    if (edits.length === 0) return undefined;
    if (head?.index === undefined) {
      const written = text.slice(block.start, block.headEnd);
      const end = block.start + (/\bas\s+[\w$]+/.exec(written)?.index ?? 0);
      const after = end + (/^as\s+[\w$]+/.exec(text.slice(end))?.[0].length ?? 0);
      edits.push({ start: after, end: after, text: `, ${index}` });
    }
    const repaired = replaceRanges(text, edits);
    if ((await countParseErrors(file, repaired)) > 0) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} binds \`${item}\` of an \`{#each}\`, which is no variable of its own with runes.`,
      change: `Binds \`${list}[${index}]\`, the same member, as the compiler says.`,
    };
  },
};

interface Block {
  readonly start: number;
  readonly headEnd: number;
  readonly end: number;
}

/** The `{#each}` blocks around a place, the outermost first. */
function blocksAround(file: string, text: string, place: number): Block[] {
  const open: { readonly start: number; readonly headEnd: number }[] = [];
  const around: Block[] = [];
  for (const { kind, role, name, start, end } of scanMarkup(file, text)) {
    if (kind !== 'block' || name !== 'each') continue;
    if (role === 'open') open.push({ start, headEnd: end });
    else {
      const block = open.pop();
      if (block && block.start < place && place <= end) around.unshift({ ...block, end: start });
    }
  }
  return around;
}
