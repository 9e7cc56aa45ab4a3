import type { Fix } from './rule.js';
import { isScript, parseSource } from './syntax/parse.js';
import type { Workspace } from './workspace.js';

/** Whether every script that the fix touches parses afterwards, or at least with fewer errors than before. */
export async function parsesBetter(fix: Fix, workspace: Workspace): Promise<boolean> {
  for (const [path, after] of fix.files) {
    const before = workspace.read(path);
    if (after === before) return false;
    if (!isScript(path)) continue;
    const errorsAfter = (await parseSource(path, after)).errors.length;
    if (errorsAfter === 0) continue;
    if (before === undefined || errorsAfter >= (await parseSource(path, before)).errors.length) return false;
  }
  return true;
}
