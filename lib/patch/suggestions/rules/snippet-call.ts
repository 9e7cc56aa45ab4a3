import type { Rule } from '../rule.js';
import { findScripts } from '../syntax/mask-markup.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';

const NO_CALL = /`\{@render \.\.\.\}` tags can only contain call expressions/;
const RENDERED = /\{@render\s+([A-Za-z_$][\w$]*)\s*\}/g;

/**
 * `{@render children}`: a snippet is rendered by its call. Only one without parameters: `children`, or what is declared as such in
 * the component.
 */
export const snippetCall: Rule = {
  name: 'snippet-call',
  async propose(error, workspace) {
    const { file, line } = error;
    const text = file?.endsWith('.svelte') && NO_CALL.test(error.message) ? workspace.read(file) : undefined;
    if (file === undefined || text === undefined) return undefined;
    const [found, another] = [...text.matchAll(RENDERED)].filter(
      ({ index }) => line === undefined || lineOf(text, index) === line,
    );
    const name = found?.[1];
    if (!found || another || name === undefined) return undefined;
    const call = callOf(name, file, text);
    if (call === undefined) return undefined;
    const start = found.index + found[0].indexOf(name, '{@render'.length);
    return {
      files: new Map([[file, replaceRanges(text, [{ start, end: start + name.length, text: call }])]]),
      cause: `${file}, line ${lineOf(text, start)}, names the snippet \`${name}\` and does not call it.`,
      change: `Calls it: \`{@render ${call}}\`.`,
    };
  },
};

function callOf(name: string, file: string, text: string): string | undefined {
  if (new RegExp(`\\{#snippet\\s+${name.replaceAll('$', '\\$')}\\(\\s*\\)`).test(text)) return `${name}()`;
  const code = findScripts(file, text)
    .map(({ start, end }) => text.slice(start, end))
    .join('\n');
  const declared = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(\\??)\\s*:\\s*Snippet(?![\\w$<])`).exec(code);
  if (declared) return `${name}${declared[1] === '?' ? '?.' : ''}()`;
  const isTaken = name === 'children' && /(?<![\w$])children(?![\w$])[^;]*?\$props\(\)/.test(code.slice(0, 20_000));
  // A layout is never without what it lays out.
  return isTaken && !/\bchildren\??\s*:/.test(code)
    ? /\/\+layout\.svelte$/.test(file)
      ? 'children()'
      : 'children?.()'
    : undefined;
}
