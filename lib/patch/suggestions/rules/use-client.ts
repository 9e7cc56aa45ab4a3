import type { Program } from 'oxc-parser';
import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { lineEnding } from '../syntax/source-text.js';

const NEEDS_CLIENT =
  /(?:needs|depends on|imports) [`"]?(\w+)[`"]?.*(?:Client Component|Server Component)|[`"]?(\w+)[`"]? only works in (?:a )?Client Components?/s;

/**
 * A component that itself imports what only works in the browser, without `'use client'`. Not where the file also
 * does what only the server may: then it has to be split.
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

    const { program, module, errors } = await workspace.parse(file, text);
    if (errors.length > 0 || !importsOf(program).some((name) => name.imported === symbol)) return undefined;
    const exported = module.staticExports.flatMap(({ entries }) => entries.map((entry) => entry.exportName.name));
    if (exported.some((name) => name !== null && SERVER_EXPORTS.has(name))) return undefined;
    if (directivesOf(program).length > 0 || hasServerCode(program)) return undefined;

    const quote = importsOf(program)[0]?.declaration.source.raw?.[0] ?? "'";
    const semicolon = text[(program.body[0]?.end ?? 0) - 1] === ';' ? ';' : '';
    const ending = lineEnding(text);
    const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
    return {
      files: new Map([
        [file, `${mark}${quote}use client${quote}${semicolon}${ending}${ending}${text.slice(mark.length)}`],
      ]),
      cause: `${file} uses \`${symbol}\`, which only works in a Client Component, and is a Server Component.`,
      change: "Marks the file with `'use client'`.",
    };
  },
};

// What Next.js reads from a module on the server alone.
const SERVER_EXPORTS = new Set(
  'metadata generateMetadata viewport generateViewport generateStaticParams generateImageMetadata GET POST PUT PATCH DELETE'.split(
    ' ',
  ),
);
const SERVER_MODULES = /^(?:server-only|next\/headers|next\/server|(?:node:)?(?:fs|path|crypto|child_process)(?:\/|$))/;

function directivesOf(program: Program): string[] {
  return program.body.flatMap((node) =>
    node.type === 'ExpressionStatement' && 'directive' in node && node.directive ? [node.directive] : [],
  );
}

function hasServerCode(program: Program): boolean {
  if (importsOf(program).some(({ specifier }) => SERVER_MODULES.test(specifier))) return true;
  return program.body.some((node) => {
    const declaration = node.type === 'ExportDefaultDeclaration' ? node.declaration : undefined;
    return declaration !== undefined && 'async' in declaration && declaration.async === true;
  });
}
