import { escapePattern } from '../../../context/word-pattern.js';
import { isSlip } from '../distance.js';
import type { Rule } from '../rule.js';
import { editFiles } from '../syntax/edit-files.js';
import { isScript } from '../syntax/parse.js';

const INVALID = /Invalid runtime '([\w.@ -]{1,30})' for route \S{1,200}\. Valid runtimes are ([^(\n]{1,200})/;
/** The versions with long support alone, as Vercel has them: https://vercel.com/docs/functions/runtimes/node-js/node-js-versions */
const NODE = /^(?:node(?:\.?js)?|v)?[-_@ ]?(\d{2})(?:\.x|\.\d{1,2}){0,2}$/i;

/**
 * `runtime: 'node22.x'` for SvelteKit's adapter: the same version of Node.js, or `edge`, spelt as the adapter knows it, in its
 * settings and wherever a route says so.
 */
export const adapterRuntime: Rule = {
  name: 'adapter-runtime',
  async propose(error, workspace) {
    const [, wrong = '', valid = ''] = INVALID.exec(error.message) ?? [];
    const right = wrong === '' ? undefined : findRuntime(wrong, valid);
    if (right === undefined) return undefined;
    const written = new RegExp(`\\bruntime['"]?\\s{0,8}[:=]\\s{0,8}(['"\`])(${escapePattern(wrong)})\\1`, 'g');
    const edited = editFiles(workspace, isScript, (text) =>
      [...text.matchAll(written)].map(({ index, 0: whole }) => {
        const end = index + whole.length - 1;
        return { start: end - wrong.length, end, text: right };
      }),
    );
    if (edited === undefined) return undefined;
    return {
      files: edited.files,
      cause: `${edited.place} names the runtime \`${wrong}\`, which the adapter does not know.`,
      change: `Names it \`${right}\`, as the adapter does.`,
    };
  },
};

function findRuntime(wrong: string, valid: string): string | undefined {
  const known = [...valid.matchAll(/\b(edge|nodejs(\d{2})\.x)\b/g)].map(([, name = '', version]) => ({
    name,
    version,
  }));
  const version = NODE.exec(wrong)?.[1];
  if (version === undefined)
    return known.some(({ name }) => name === 'edge') && isSlip(wrong, 'edge') ? 'edge' : undefined;
  const lowest = Math.min(...known.flatMap((one) => (one.version === undefined ? [] : Number(one.version))));
  const isOpen = /or higher/.test(valid) && Number(version) >= lowest && Number(version) % 2 === 0;
  const right = `nodejs${version}.x`;
  return right !== wrong && (isOpen || known.some(({ name }) => name === right)) ? right : undefined;
}
