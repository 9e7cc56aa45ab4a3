import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Fix, Rule } from '../rule.js';
import { insertJsonProperty } from '../syntax/insert-json-property.js';
import { inFolder } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';

const STATED_RANGE = /set "engines": \{ "node": "([\w.^~<>=|* -]{1,40})" \}/;
const STATED_SETTING = /Please set Node\.js Version to (\d{1,3}\.x) in your Project Settings/;

/**
 * A version of Node.js that the builder no longer has; its message states the one to set. Where the project's settings ask for
 * the old one, `engines.node` goes before them: https://vercel.com/docs/functions/runtimes/node-js/node-js-versions.
 */
export const enginesRange: Rule = {
  name: 'engines-range',
  async propose(error, workspace) {
    const range = STATED_RANGE.exec(error.message)?.[1];
    const setting = STATED_SETTING.exec(error.message)?.[1];
    const file = inFolder(workspace.rootDirectory, 'package.json');
    const text = workspace.read(file);
    const tree = text === undefined ? undefined : parseTree(text);
    if (text === undefined || tree === undefined) return undefined;
    const node = findNodeAtLocation(tree, ['engines', 'node']);
    if (setting !== undefined && node === undefined) return overrule(file, text, setting);
    if (range === undefined || node?.type !== 'string' || node.value === range) return undefined;
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

function overrule(file: string, text: string, range: string): Fix | undefined {
  const entry = { path: ['engines'], name: 'node', value: JSON.stringify(range), sorted: false };
  const repaired = insertJsonProperty(text, entry);
  return repaired === undefined
    ? undefined
    : {
        files: new Map([[file, repaired]]),
        cause: 'The settings of the Vercel project ask for a version of Node.js that Vercel no longer builds with.',
        change: `Asks for \`${range}\` in ${file}, which goes before the settings; the builder's message states it.`,
      };
}
