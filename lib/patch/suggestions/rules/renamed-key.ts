import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Rule } from '../rule.js';
import { replaceRanges } from '../syntax/source-text.js';

const RENAMED = [
  /Found `([\w$-]+)` field instead of `([\w$-]+)`/,
  /[`'"]([\w$-]+)[`'"] has been renamed to [`'"]([\w$-]+)[`'"]/,
  /[Rr]ename (?:the )?[`'"]([\w$-]+)[`'"] (?:field |key |property |option )?to [`'"]([\w$-]+)[`'"]/,
];

/** A key of a JSON configuration that its tool calls by another name now, and says so. */
export const renamedKey: Rule = {
  name: 'renamed-key',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    const match = RENAMED.map((pattern) => pattern.exec(error.message)).find((found) => found !== null);
    const [, old, now] = match ?? [];
    if (file === undefined || text === undefined || !/\.jsonc?$/.test(file) || !old || !now) return undefined;
    const root = parseTree(text);
    const value = root && findNodeAtLocation(root, [old]);
    const key = value?.parent?.children?.[0];
    if (!root || !key || findNodeAtLocation(root, [now])) return undefined;
    return {
      files: new Map([
        [file, replaceRanges(text, [{ start: key.offset, end: key.offset + key.length, text: JSON.stringify(now) }])],
      ]),
      cause: `${file} has a key \`${old}\`, which is called \`${now}\` in this version.`,
      change: `Calls it \`${now}\`.`,
    };
  },
};
