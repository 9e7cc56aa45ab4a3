import type { Rule } from '../rule.js';
import { markAsClient, mayBeClient } from '../syntax/client-directive.js';
import { importsOf } from '../syntax/imports.js';
import { mayGoToBrowsers } from '../syntax/server-components.js';

const NEEDS_CLIENT =
  /(?:needs|depends on|imports) [`"]?(\w+)[`"]?.*(?:Client Component|Server Component)|[`"]?(\w+)[`"]? only works in (?:a )?Client Components?/s;
/** Next.js on what only a Client Component may keep from the server. */
const SSR_FALSE = /`ssr: false` is not allowed with `next\/dynamic` in Server Components/;

/**
 * A component that itself imports what only works in the browser, without `'use client'`.
 */
export const useClient: Rule = {
  name: 'use-client',
  async propose(error, workspace) {
    const { file } = error;
    const isDynamic = SSR_FALSE.test(error.message);
    const match = NEEDS_CLIENT.exec(error.message);
    if (file === undefined || !(match || isDynamic) || !/\.[cm]?[jt]sx?$/.test(file)) return undefined;
    const text = workspace.read(file);
    const symbol = isDynamic ? 'ssr: false' : (error.symbol ?? match?.[1] ?? match?.[2]);
    if (text === undefined || symbol === undefined) return undefined;

    const source = await workspace.parse(file, text);
    const isUsed = importsOf(source.program).some(({ imported, specifier }) =>
      isDynamic ? specifier === 'next/dynamic' : imported === symbol,
    );
    if (!isUsed || !mayBeClient(source)) return undefined;
    // What it renders besides goes along.
    if (isDynamic && !(await mayGoToBrowsers(workspace, file))) return undefined;
    return {
      files: new Map([[file, markAsClient(text, source.program)]]),
      cause: `${file} uses \`${symbol}\`, which only works in a Client Component, and is a Server Component.`,
      change: "Marks the file with `'use client'`.",
    };
  },
};
