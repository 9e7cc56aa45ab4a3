import { escapePattern } from '../../../context/word-pattern.js';
import type { Workspace } from '../workspace.js';
import { importsOf } from './imports.js';
import { isScript } from './parse.js';
import { passedOnBy } from './passed-on.js';
import { resolveSpecifier } from './resolve-specifier.js';
import { specifiersOf } from './specifiers.js';

/** Whether a file that was read imports an export of a module by its name, passes it on, or takes it out of the whole. */
export async function isTakenByName(workspace: Workspace, module: string, name: string): Promise<boolean> {
  for (const path of workspace.paths) {
    const text = isScript(path) ? workspace.read(path) : undefined;
    if (!text?.includes(name)) continue;
    const source = await workspace.parse(path, text);
    const imported = importsOf(source.program).filter((one) => one.imported === name);
    const isTakenOut = new RegExp(`\\.${escapePattern(name)}(?![\\w$])|\\{\\s*${escapePattern(name)}\\s*\\}`).test(
      text,
    );
    const whole = isTakenOut ? specifiersOf(source).filter(({ names }) => names.length === 0) : [];
    for (const { specifier } of [...imported, ...passedOnBy(source.program, name), ...whole])
      if (resolveSpecifier(workspace, path, specifier) === module) return true;
  }
  return false;
}
