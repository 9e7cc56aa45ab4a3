import { findTwin } from '../distance.js';
import type { Rule } from '../rule.js';
import { INTRINSIC_ELEMENTS } from '../syntax/intrinsic-elements.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { walk } from '../syntax/walk.js';

const UNKNOWN_ELEMENT = /Property '([A-Za-z][\w-]*)' does not exist on type '(?:\w+\.)?(?:JSX\.)?IntrinsicElements'/;

/**
 * `<dive>`: an element that the compiler does not know and that one slip separates from exactly one that HTML or
 * SVG has. Renames opening and closing tags of that name in the file.
 */
export const intrinsicElement: Rule = {
  name: 'intrinsic-element',
  async propose(error, workspace) {
    const name = UNKNOWN_ELEMENT.exec(error.message)?.[1];
    const { file } = error;
    if (file === undefined || name === undefined) return undefined;
    const text = workspace.read(file);
    const twin = findTwin(name, INTRINSIC_ELEMENTS);
    if (text === undefined || twin === undefined) return undefined;

    const { program } = await workspace.parse(file, text);
    const tags: Replacement[] = [];
    for (const { node } of walk(program)) {
      if (node.type !== 'JSXOpeningElement' && node.type !== 'JSXClosingElement') continue;
      if (node.name.type === 'JSXIdentifier' && node.name.name === name) {
        tags.push({ start: node.name.start, end: node.name.end, text: twin });
      }
    }
    const [first] = tags;
    if (!first) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, tags)]]),
      cause: `\`<${name}>\` in ${file}, line ${lineOf(text, first.start)}, is not an element.`,
      change: `Names it \`<${twin}>\`, the one element that is spelt so nearly alike.`,
    };
  },
};
