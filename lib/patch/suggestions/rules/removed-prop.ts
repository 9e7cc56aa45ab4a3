import type { Rule } from '../rule.js';
import { type ComponentModule, componentOf } from '../syntax/component-uses.js';
import { declaredProps } from '../syntax/declared-props.js';
import { formerText } from '../syntax/former-text.js';
import { parseSource } from '../syntax/parse.js';
import { isPure } from '../syntax/pure.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const UNKNOWN_PROP = /(?:^|\n)\s*Property '([a-z][\w$]*)' does not exist on type 'IntrinsicAttributes & /;

/**
 * An attribute that a component no longer takes: the diff since the last READY deployment took the prop out of it, with all that it
 * did there, put no other in its place, and wrote none of the tags that still give it. They go on without.
 */
export const removedProp: Rule = {
  name: 'removed-prop',
  async propose({ file, line, message }, workspace) {
    const name = UNKNOWN_PROP.exec(message)?.[1];
    const text = file === undefined || !/\.[jt]sx$/.test(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || name === undefined || /^(?:on[A-Z]|children$)/.test(name))
      return undefined;
    const given = (await givenIn(workspace, file, name)).filter(({ at }) => lineOf(text, at) === line);
    const [only, another] = given;
    const component = only && !another ? await componentOf(workspace, file, only.tag) : undefined;
    if (!component || !(await isRemoved(workspace, component, name))) return undefined;
    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const edits: Replacement[] = [];
      for (const one of await givenIn(workspace, path, name)) {
        const other = await componentOf(workspace, path, one.tag);
        if (other?.path !== component.path || other.name !== component.name) continue;
        if (!one.isPlain || isWritten(workspace, path, name)) return undefined;
        edits.push({ start: one.start, end: one.end, text: '' });
      }
      if (edits.length > 0) files.set(path, replaceRanges(workspace.read(path) ?? '', edits));
    }
    return {
      files,
      cause: `${component.path} has no \`${name}\` since the last good deployment, and is still given one.`,
      change: `Gives it none: nothing there takes the place of \`${name}\`.`,
    };
  },
};

interface Given {
  readonly tag: string;
  readonly at: number;
  /** With the blank before it. */
  readonly start: number;
  readonly end: number;
  readonly isPlain: boolean;
}

async function givenIn(workspace: Workspace, path: string, name: string): Promise<Given[]> {
  const text = /\.[jt]sx$/.test(path) ? workspace.read(path) : undefined;
  if (!text?.includes(name)) return [];
  const { program } = await workspace.parse(path, text);
  return [...walk(program)].flatMap(({ node, parent }): Given[] => {
    if (node.type !== 'JSXAttribute' || node.name.name !== name) return [];
    if (parent?.type !== 'JSXOpeningElement' || parent.name.type !== 'JSXIdentifier') return [];
    const value = node.value?.type === 'JSXExpressionContainer' ? node.value.expression : node.value;
    const isPlain = value === null || (isPure(value as SyntaxNode) && !value.type.includes('Function'));
    const blank = /\s*$/.exec(text.slice(Math.max(0, node.start - 200), node.start))?.[0].length ?? 0;
    return [{ tag: parent.name.name, at: node.start, start: node.start - blank, end: node.end, isPlain }];
  });
}

async function isRemoved(workspace: Workspace, { path }: ComponentModule, name: string): Promise<boolean> {
  const text = workspace.read(path);
  const change = workspace.changes.find((one) => one.path === path);
  const former = text === undefined || !change ? undefined : formerText(text, change);
  if (text === undefined || former === undefined || new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(text)) return false;
  const before = declaredProps((await parseSource(path, former)).program);
  const { program, errors } = await workspace.parse(path, text);
  return errors.length === 0 && before.has(name) && [...declaredProps(program)].every((other) => before.has(other));
}

/** Whether the diff wrote the word in the file: then somebody wants it. */
function isWritten({ changes }: Workspace, path: string, name: string): boolean {
  const hunks = changes.find((change) => change.path === path)?.hunks ?? '';
  return new RegExp(`^\\+.*(?<![\\w$])${name}(?![\\w$])`, 'm').test(hunks);
}
