import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { findRename } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { type ComponentModule, type ComponentUse, componentOf, componentUsesIn } from '../syntax/component-uses.js';
import { declaredProps } from '../syntax/declared-props.js';
import { isScript } from '../syntax/parse.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { isSharedBefore, stoodBeside } from '../syntax/stood-beside.js';
import type { Workspace } from '../workspace.js';

/**
 * What is passed to a component under a name that the component gave up for another since the last READY deployment,
 * as the diff of its file shows. Everyone who passes the old name follows.
 */
export const renamedProp: Rule = {
  name: 'renamed-prop',
  async propose(error, workspace) {
    const found = await findRenamed(error, workspace);
    if (!found) return undefined;
    const { component, old, now } = found;
    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const text = workspace.read(path);
      if (text === undefined || !text.includes('<')) continue;
      const replacements = [];
      for (const { tag, props } of await componentUsesIn(workspace, path)) {
        const passed = props.filter(({ name }) => name === old);
        if (passed.length === 0 || props.some(({ name }) => name === now)) continue;
        const other = await componentOf(workspace, path, tag);
        if (other?.path === component.path && other.name === component.name)
          replacements.push(...passed.map((prop) => prop.rename(now)));
      }
      if (replacements.length > 0) files.set(path, replaceRanges(text, replacements));
    }
    return {
      files,
      cause: `${component.path} takes \`${now}\` instead of \`${old}\` since the last good deployment, and is still given \`${old}\`.`,
      change: `Passes \`${now}\` wherever \`${old}\` was passed to it.`,
    };
  },
};

interface Renamed {
  readonly component: ComponentModule;
  readonly old: string;
  readonly now: string;
}

/** The one prop of a component used at the place of the error that the diff renames. */
async function findRenamed(error: BuildError, workspace: Workspace): Promise<Renamed | undefined> {
  const { file } = error;
  const text = file === undefined ? undefined : workspace.read(file);
  if (file === undefined || text === undefined || error.kind === 'syntax' || workspace.changes.length === 0)
    return undefined;
  const found: Renamed[] = [];
  for (const use of await componentUsesIn(workspace, file)) {
    const names = use.props.map(({ name }) => name).filter((name) => isMeant(error, name));
    const component =
      names.length > 0 && isBlamed(text, use, error) ? await componentOf(workspace, file, use.tag) : undefined;
    if (!component) continue;
    for (const old of new Set(names)) {
      const now = await findNewName(workspace, component.path, old);
      if (now !== undefined && !found.some((other) => other.old === old)) found.push({ component, old, now });
    }
  }
  const [only, another] = found;
  return another ? undefined : only;
}

/** Whether the error speaks of the prop, or of its event. */
function isMeant({ message, symbol }: BuildError, name: string): boolean {
  // Angular takes an output that does not exist for an event of the browser.
  if (message.startsWith("Argument of type 'Event' is not assignable")) return true;
  const handler = `on${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return [name, handler].some(
    (word) => symbol === word || new RegExp(`(?<![\\w$-])${word.replaceAll('$', '\\$')}(?![\\w$-])`).test(message),
  );
}

function isBlamed(text: string, use: ComponentUse, { line }: BuildError): boolean {
  return line === undefined || (lineOf(text, use.start) <= line && line <= lineOf(text, use.end - 1));
}

async function findNewName(workspace: Workspace, path: string, old: string): Promise<string | undefined> {
  const text = workspace.read(path);
  const now = findRename(workspace, path, old);
  if (text === undefined || now === undefined || !isScript(path)) return undefined;
  const { program, errors } = await workspace.parse(path, text);
  const declared = declaredProps(program);
  if (errors.length > 0 || !declared.has(now) || declared.has(old)) return undefined;
  const pair = { before: old, after: now };
  return (await stoodBeside(workspace, path, pair)) || (await isSharedBefore(workspace, path, pair)) ? undefined : now;
}
