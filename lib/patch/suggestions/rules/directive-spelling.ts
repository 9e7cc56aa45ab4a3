import { findTwin } from '../distance.js';
import type { Rule } from '../rule.js';
import { isScript } from '../syntax/parse.js';
import { replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const DIRECTIVES = ['use client', 'use server'];
/** How React speaks, without a file, of what the server cannot render. */
const NO_CLIENT = /Event handlers cannot be passed to Client Component props|createContext is not a function/;

/**
 * `'use cleint'` at the top of a file that runs on the wrong side, or of one that imports it: Next.js takes it for a text
 * that means nothing.
 */
export const directiveSpelling: Rule = {
  name: 'directive-spelling',
  async propose(error, workspace) {
    if (error.kind !== 'client-boundary' && !NO_CLIENT.test(error.message)) return undefined;
    const named = [error.file, ...(error.trace ?? [])].filter((path) => path !== undefined);
    const [nearest] = await findWrong(workspace, named);
    const [only, another] = nearest ? [nearest] : await findWrong(workspace, workspace.paths);
    if (!only || another) return undefined;
    const { file, text, start, end, written, right } = only;
    return {
      files: new Map([[file, replaceRanges(text, [{ start, end, text: right }])]]),
      cause: `${file} begins with \`'${written}'\`, which is no directive.`,
      change: `Writes \`'${right}'\`.`,
    };
  },
};

interface WrongDirective {
  readonly file: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly written: string;
  readonly right: string;
}

async function findWrong(workspace: Workspace, files: readonly string[]): Promise<WrongDirective[]> {
  const wrong: WrongDirective[] = [];
  for (const file of files) {
    const text = isScript(file) ? workspace.read(file) : undefined;
    if (text === undefined || !/['"]use/i.test(text)) continue;
    const { program } = await workspace.parse(file, text);
    for (const node of program.body) {
      if (node.type !== 'ExpressionStatement' || !('directive' in node) || !node.directive) break;
      const written = node.directive;
      const right = findTwin(written, DIRECTIVES) ?? DIRECTIVES.find((known) => isSameWords(known, written));
      if (right === undefined || right === written) continue;
      wrong.push({ file, text, start: node.expression.start + 1, end: node.expression.end - 1, written, right });
    }
  }
  return wrong;
}

/** `use-client`, `useClient` and `Use Client` alike. */
function isSameWords(left: string, right: string): boolean {
  const bare = (text: string) => text.replace(/[\s_-]/g, '').toLowerCase();
  return bare(left) === bare(right);
}
