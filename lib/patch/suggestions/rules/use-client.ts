import type { Rule } from '../rule.js';
import { markAsClient, mayBeClient } from '../syntax/client-directive.js';
import { importsOf } from '../syntax/imports.js';

const NEEDS_CLIENT =
  /(?:needs|depends on|imports) [`"]?(\w+)[`"]?.*(?:Client Component|Server Component)|[`"]?(\w+)[`"]? only works in (?:a )?Client Components?/s;

/**
 * A component that itself imports what only works in the browser, without `'use client'`.
 */
export const useClient: Rule = {
  name: 'use-client',
  async propose(error, workspace) {
    const { file } = error;
    const match = NEEDS_CLIENT.exec(error.message);
    if (file === undefined || !match || !/\.[cm]?[jt]sx?$/.test(file)) return undefined;
    const text = workspace.read(file);
    const symbol = error.symbol ?? match[1] ?? match[2];
    if (text === undefined || symbol === undefined) return undefined;

    const source = await workspace.parse(file, text);
    if (!importsOf(source.program).some((name) => name.imported === symbol) || !mayBeClient(source)) return undefined;
    return {
      files: new Map([[file, markAsClient(text, source.program)]]),
      cause: `${file} uses \`${symbol}\`, which only works in a Client Component, and is a Server Component.`,
      change: "Marks the file with `'use client'`.",
    };
  },
};
