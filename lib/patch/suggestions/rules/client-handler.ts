import type { Program } from 'oxc-parser';
import type { Rule } from '../rule.js';
import { directivesOf, markAsClient, mayBeClient } from '../syntax/client-directive.js';
import { importsOf } from '../syntax/imports.js';
import type { ParsedSource } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const HANDLER_PASSED = /Event handlers cannot be passed to Client Component props/;

/** The one Server Component behind a route that gives an element the handler which the error names. */
export const clientHandler: Rule = {
  name: 'client-handler',
  async propose(error, workspace) {
    const handler = /\b(on[A-Z]\w{1,40}):? ?=?\{?function/.exec(error.message)?.[1];
    if (!HANDLER_PASSED.test(error.message) || handler === undefined || error.route === undefined) return undefined;
    const { pages, layouts } = workspace.findRoute(error.route);
    const guilty: { readonly file: string; readonly text: string; readonly source: ParsedSource }[] = [];
    for await (const component of serverComponents(workspace, [...pages, ...layouts]))
      if (passesHandler(component.source.program, handler)) guilty.push(component);
    const [only, another] = guilty;
    if (!only || another || !mayBeClient(only.source)) return undefined;
    return {
      files: new Map([[only.file, markAsClient(only.text, only.source.program)]]),
      cause: `${only.file} gives an element the handler \`${handler}\`, which only works in a Client Component, and is a Server Component.`,
      change: "Marks the file with `'use client'`.",
    };
  },
};

/** What a route renders on the server: its files and all that they import, up to the first client component on each way. */
async function* serverComponents(workspace: Workspace, entries: readonly string[]) {
  const reached = new Set(entries);
  for (const file of reached) {
    const text = workspace.read(file);
    if (text === undefined || !/\.[jt]sx?$/.test(file)) continue;
    const source = await workspace.parse(file, text);
    if (directivesOf(source.program).length > 0) continue;
    yield { file, text, source };
    for (const { specifier } of importsOf(source.program)) {
      const target = resolveSpecifier(workspace, file, specifier);
      if (target !== undefined) reached.add(target);
    }
  }
}

function passesHandler(program: Program, handler: string): boolean {
  for (const { node } of walk(program))
    if (node.type === 'JSXAttribute' && node.name.type === 'JSXIdentifier' && node.name.name === handler) return true;
  return false;
}
