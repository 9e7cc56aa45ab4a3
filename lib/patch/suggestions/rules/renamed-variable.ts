import { findRename } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { offsetOf, replaceRanges } from '../syntax/source-text.js';

const UNDEFINED_VARIABLE = /Undefined variable|[Vv]ariable @[\w-]+ is undefined/;
const STYLE = /\.(?:scss|sass|less)$/;

/** A variable of Sass or Less that the diff since the last READY deployment renamed where it is declared. */
export const renamedVariable: Rule = {
  name: 'renamed-variable',
  async propose(error, workspace) {
    const { file, line, column } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || line === undefined || !UNDEFINED_VARIABLE.test(error.message))
      return undefined;
    const at = offsetOf(text, line, column) ?? 0;
    // Sass allows `module.$name`, and points at the module.
    const name = /^(?:[\w-]+\.)?([$@][A-Za-z_][\w-]*)/.exec(text.slice(at, at + 120))?.[1];
    if (name === undefined) return undefined;
    const styles = workspace.paths.filter((path) => STYLE.test(path));
    const declares = (wanted: string) => styles.filter((path) => declaration(wanted).test(workspace.read(path) ?? ''));
    const answers = new Set(
      workspace.changes.flatMap(({ path }) => (STYLE.test(path) ? (findRename(workspace, path, name) ?? []) : [])),
    );
    const [now, another] = answers;
    if (now === undefined || another !== undefined || declares(now).length !== 1 || declares(name).length > 0)
      return undefined;

    const files = new Map<string, string>();
    for (const path of styles) {
      const content = workspace.read(path) ?? '';
      const uses = [...content.matchAll(word(name))].map(({ index }) => ({
        start: index,
        end: index + name.length,
        text: now,
      }));
      if (uses.length > 0) files.set(path, replaceRanges(content, uses));
    }
    return {
      files,
      cause: `\`${name}\` is called \`${now}\` since the last good deployment, and is still used by its old name.`,
      change: `Writes \`${now}\` wherever the old name is used.`,
    };
  },
};

const asPattern = (name: string) => name.replaceAll('$', '\\$');
const word = (name: string) => new RegExp(`(?<![\\w-])${asPattern(name)}(?![\\w-])`, 'g');
const declaration = (name: string) => new RegExp(`(?:^|[;{}\\s])${asPattern(name)}\\s*:`, 'm');
