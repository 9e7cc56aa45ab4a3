import type { BuildError } from '../../diagnosis/diagnosis.js';
import { unknownNameOf } from './error-facts.js';
import { isDeclared, namesOf } from './syntax/names.js';
import { isComponentFile, isScript } from './syntax/parse.js';
import { isUsedInTemplate } from './syntax/template-uses.js';
import type { Workspace } from './workspace.js';

/** What only browsers have is no name that a file forgot to import. */
const BROWSER = /^(?:window|document|navigator|location|history|self|localStorage|sessionStorage|HTMLElement|Element)$/;

/**
 * The file in which an unknown name stands: the one that the error names, else, as a page that fails while it is
 * rendered may not say which of its components does, the only one that uses the name and does not declare it.
 */
export async function fileOfUnknownName(error: BuildError, workspace: Workspace): Promise<string | undefined> {
  const name = error.file === undefined ? unknownNameOf(error) : undefined;
  if (name === undefined || BROWSER.test(name)) return error.file;
  const users: string[] = [];
  for (const path of workspace.paths) {
    const text = isScript(path) ? workspace.read(path) : undefined;
    if (!text?.includes(name)) continue;
    const names = namesOf((await workspace.parse(path, text)).program);
    const isUsed =
      names.some((use) => use.name === name && use.role === 'reference') ||
      (isComponentFile(path) && isUsedInTemplate(path, text, name, {}));
    if (isUsed && !isDeclared(names, name)) users.push(path);
  }
  return users.length === 1 ? users[0] : undefined;
}
