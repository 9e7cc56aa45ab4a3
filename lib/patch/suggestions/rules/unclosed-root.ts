import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { endOfTag } from '../syntax/open-tags.js';
import { lineEnding, lineOf } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/** TypeScript, esbuild, Babel and its followers, SWC. */
const UNCLOSED =
  /JSX element '(?<a>[\w.-]{1,60})' has no corresponding closing tag|before a closing "(?<b>[\w.-]{1,60})" tag|closing tag for <?['"`<]?(?<c>[\w.-]{1,60})|Unterminated JSX contents/;
const MOST_CANDIDATES = 12;

/**
 * An element of JSX that is all that parentheses hold, `return (<section>...)`, and is never closed: it can only close before they
 * do, as two elements cannot stand side by side there.
 */
export const unclosedRoot: Rule = {
  name: 'unclosed-root',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !/\.(?:[jt]sx|js)$/.test(file)) return undefined;
    const told = UNCLOSED.exec(error.message);
    if (told === null || !(await workspace.isBroken(file, text))) return undefined;
    const name = told.groups?.a ?? told.groups?.b ?? told.groups?.c;
    const ways = await findWays({ file, text, name, workspace });
    const [only, another] = ways;
    if (!only || another) return undefined;
    return {
      files: new Map([[file, only.text]]),
      cause: `\`<${only.name}>\` in ${file}, line ${only.line}, is never closed.`,
      change: 'Closes it before the parentheses that hold it.',
    };
  },
};

interface Way {
  readonly text: string;
  readonly name: string;
  readonly line: number;
}

async function findWays(source: {
  readonly file: string;
  readonly text: string;
  readonly name: string | undefined;
  readonly workspace: Workspace;
}): Promise<Way[]> {
  const { file, text, name } = source;
  const roots = [...text.matchAll(/\(\s{0,200}<([A-Za-z][\w.-]{0,60})(?=[\s>])/g)].filter(
    ({ 1: found = '' }) => name === undefined || found === name,
  );
  const ways: Way[] = [];
  let left = MOST_CANDIDATES;
  for (const root of roots) {
    const [whole, found = ''] = root;
    const start = root.index + whole.length - found.length - 1;
    const opened = endOfTag(text, start + 1 + found.length);
    if (opened === undefined || text[opened - 2] === '/') continue;
    const indent = /[^\S\n]*$/.exec(text.slice(0, start))?.[0] ?? '';
    for (const { index } of text.slice(opened).matchAll(/\n(?=[^\S\n]{0,80}\)[;,)}\s])/g)) {
      if (left-- === 0) return ways;
      const at = opened + index;
      const candidate = `${text.slice(0, at)}${lineEnding(text)}${indent}</${found}>${text.slice(at)}`;
      if ((await countParseErrors(file, candidate)) === 0)
        ways.push({ text: candidate, name: found, line: lineOf(text, start) });
    }
  }
  return ways;
}
