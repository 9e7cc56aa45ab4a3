import { parseFile } from '../syntax/parse-file.js';
import type { Fix } from './rule.js';
import type { Workspace } from './workspace.js';

/** Whether every file that the fix touches parses afterwards, or at least with fewer errors than before. */
export async function parsesBetter(fix: Fix, workspace: Workspace): Promise<boolean> {
  for (const [path, after] of fix.files) {
    const before = workspace.read(path);
    if (after === before) return false;
    const errorsAfter = await countParseErrors(path, after);
    if (errorsAfter > 0 && (before === undefined || errorsAfter >= (await countParseErrors(path, before))))
      return false;
  }
  return true;
}

/** Zero for files that no parser reads. */
export async function countParseErrors(path: string, text: string): Promise<number> {
  return (await parseFile(path, text)).errors.length;
}
