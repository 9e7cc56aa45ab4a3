import type { Program } from 'oxc-parser';
import type { Rule } from '../rule.js';
import { markAsClient, mayBeClient } from '../syntax/client-directive.js';
import {
  dependsOnPlace,
  isGivenFunction,
  mayGoToBrowsers,
  type ServerComponent,
  serverComponents,
} from '../syntax/server-components.js';
import { walk } from '../syntax/walk.js';

const HANDLER_PASSED = /Event handlers cannot be passed to Client Component props/;

/** The one Server Component behind a route that gives an element the handler which the error names, if browsers can have it. */
export const clientHandler: Rule = {
  name: 'client-handler',
  async propose(error, workspace) {
    const handler = /\b(on[A-Z]\w{1,40}):? ?=?\{?function/.exec(error.message)?.[1];
    if (!HANDLER_PASSED.test(error.message) || handler === undefined || error.route === undefined) return undefined;
    const { pages, layouts } = workspace.findRoute(error.route);
    const guilty: ServerComponent[] = [];
    for await (const component of serverComponents(workspace, [...pages, ...layouts]))
      if (passesHandler(component.source.program, handler)) guilty.push(component);
    const [only, another] = guilty;
    if (!only || another || !mayBeClient(only.source)) return undefined;
    if (!(await mayGoToBrowsers(workspace, only.file)) || (await isGivenFunction(workspace, only.file)))
      return undefined;
    if (await dependsOnPlace(workspace, only.file)) return undefined;
    return {
      files: new Map([[only.file, markAsClient(only.text, only.source.program)]]),
      cause: `${only.file} gives an element the handler \`${handler}\`, which only works in a Client Component, and is a Server Component.`,
      change: "Marks the file with `'use client'`.",
    };
  },
};

function passesHandler(program: Program, handler: string): boolean {
  for (const { node } of walk(program))
    if (node.type === 'JSXAttribute' && node.name.type === 'JSXIdentifier' && node.name.name === handler) return true;
  return false;
}
