import { VOID_ELEMENTS } from './intrinsic-elements.js';
import { type MarkupTag, scanMarkup } from './scan-markup.js';

/** The innermost open tag or block and the closing one that is not its own; undefined at the end of the file. */
export interface TagMismatch {
  readonly open: MarkupTag;
  readonly close: MarkupTag | undefined;
}

export interface TagBalance {
  readonly mismatch: TagMismatch | undefined;
  /** True when every tag has its partner. */
  readonly isBalanced: boolean;
}

/** The elements whose end HTML lets be left out. */
const IMPLIED_END = /^(?:li|p|td|th|tr|dt|dd|option|optgroup|thead|tbody|tfoot|colgroup|html|head|body|rt|rp)$/;

/** Goes through the tags of a file up to the first that do not match. */
export function balanceTags(path: string, text: string): TagBalance {
  const isHtml = path.endsWith('.html');
  // What MDX compiles is JSX, where nothing is void.
  const mayBeVoid = !path.endsWith('.mdx');
  const open: MarkupTag[] = [];
  for (const tag of scanMarkup(path, text)) {
    const isVoid = mayBeVoid && tag.kind === 'element' && VOID_ELEMENTS.has(tag.name);
    if (tag.role === 'empty' || isVoid) continue;
    if (tag.role === 'open') {
      open.push(tag);
      continue;
    }
    const own = open.findLastIndex(({ name }) => name === tag.name);
    if (isHtml && own >= 0 && open.slice(own + 1).every(({ name }) => IMPLIED_END.test(name))) open.length = own + 1;
    const last = open.pop();
    if (!last) return { mismatch: undefined, isBalanced: false };
    if (last.name !== tag.name || last.kind !== tag.kind)
      return { mismatch: { open: last, close: tag }, isBalanced: false };
  }
  const last = open.findLast(({ name }) => !isHtml || !IMPLIED_END.test(name));
  return { mismatch: last && { open: last, close: undefined }, isBalanced: last === undefined };
}
