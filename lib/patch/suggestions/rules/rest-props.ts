import type { Rule } from '../rule.js';
import { findScripts } from '../syntax/mask-markup.js';
import { replaceRanges } from '../syntax/source-text.js';
import { walk } from '../syntax/walk.js';

const NO_REST = /Cannot use `\$\$restProps` in runes mode/;
const USE = /(?<![\w$])\$\$restProps(?![\w$])/g;

/**
 * `$$restProps` in a component of Svelte with runes: what `$props()` gives besides the props that are taken by name,
 * https://svelte.dev/docs/svelte/v5-migration-guide#Changes-to-Svelte-syntax-Runes-mode.
 */
export const restProps: Rule = {
  name: 'rest-props',
  async propose(error, workspace) {
    const { file } = error;
    const text = file?.endsWith('.svelte') && NO_REST.test(error.message) ? workspace.read(file) : undefined;
    if (file === undefined || text === undefined) return undefined;
    const { program } = await workspace.parse(file, text);
    const [pattern, another] = [...walk(program)].flatMap(({ node }) => {
      const call = node.type === 'VariableDeclarator' ? node.init : undefined;
      const isProps =
        call?.type === 'CallExpression' && call.callee.type === 'Identifier' && call.callee.name === '$props';
      return isProps && node.type === 'VariableDeclarator' && node.id.type === 'ObjectPattern' ? [node.id] : [];
    });
    const last = pattern?.properties.at(-1);
    if (!pattern || another || !last) return undefined;
    const uses = [...text.matchAll(USE)].map(({ index, 0: use }) => ({ start: index, end: index + use.length }));
    const taken = last.type === 'RestElement' && last.argument.type === 'Identifier' ? last.argument.name : undefined;
    // What no braces stand around is a text.
    const scripts = findScripts(file, text);
    const isCode = ({ start }: { readonly start: number }) =>
      /\{[^{}]*$/.test(text.slice(0, start)) || scripts.some((script) => script.start <= start && start < script.end);
    if (uses.length === 0 || !uses.every(isCode) || (taken === undefined && /(?<![\w$.])rest(?![\w$])/.test(text)))
      return undefined;
    const name = taken ?? 'rest';
    const edits = uses.map((use) => ({ ...use, text: name }));
    const comma = /^\s*,/.exec(text.slice(last.end))?.[0].length ?? 0;
    if (taken === undefined) edits.push({ start: last.end, end: last.end + comma, text: ', ...rest' });
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file} uses runes, with which Svelte has no \`$$restProps\`.`,
      change: `Takes the rest of the props from \`$props()\`.`,
    };
  },
};
