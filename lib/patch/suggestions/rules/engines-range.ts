import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Rule } from '../rule.js';
import { inFolder } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';

const STATED_RANGE = /set "engines": \{ "node": "([\w.^~<>=|* -]{1,40})" \}/;

/** `engines.node` in package.json names a version that the builder no longer has; its message states the one to set. */
export const enginesRange: Rule = {
  name: 'engines-range',
  async propose(error, workspace) {
    const range = STATED_RANGE.exec(error.message)?.[1];
    if (range === undefined) return undefined;
    const file = inFolder(workspace.rootDirectory, 'package.json');
    const text = workspace.read(file);
    const tree = text === undefined ? undefined : parseTree(text);
    // Without an entry the version is a setting of the project, which no edit changes.
    const node = tree && findNodeAtLocation(tree, ['engines', 'node']);
    if (text === undefined || node?.type !== 'string' || node.value === range) return undefined;
    return {
      files: new Map([
        [
          file,
          replaceRanges(text, [{ start: node.offset, end: node.offset + node.length, text: JSON.stringify(range) }]),
        ],
      ]),
      cause: `${file} asks for Node.js \`${String(node.value)}\`, which Vercel no longer builds with.`,
      change: `Asks for \`${range}\`, the version that the builder's message states.`,
    };
  },
};
