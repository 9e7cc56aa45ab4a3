/** Where workspace packages are, as far as a log gives it away. */
import type { BuildLog } from './diagnosis.js';
import { joinPath, normalisePath, type PathBase } from './paths.js';

const turboFailure =
  /^(?:ERROR: command finished with error: |(@?[^\s#]{1,200})#[\w:-]{1,80}: )command \((\/[^)]{1,300})\)/;
const pnpmHeader = /^> (@?[^\s@]{1,200})@\S{1,60} [\w:.-]{1,80} (\/\S{1,300})$/;
const npmWorkspace = /^npm (?:error|ERR!) workspace (@?[^\s@]{1,200})@/;
const npmPath = /^npm (?:error|ERR!) (?:path|location) (\/\S{1,300})$/;

/** Folders relative to the repository root, by package name. */
export function readPackageDirectories(log: BuildLog, base: PathBase): ReadonlyMap<string, string> {
  const directories = new Map<string, string>();
  const lastPath = new Map<string | undefined, string>();
  const add = (name: string | undefined, folder: string | undefined) => {
    if (name === undefined || folder === undefined || directories.has(name)) return;
    const path = normalisePath(`${folder}/`, { ...base, packageDirectory: '' });
    if (path !== undefined || isCheckout(folder, base)) directories.set(name, path ?? '');
  };
  for (const line of log.lines) {
    const { text } = line;
    if (text.includes('command (')) {
      const match = turboFailure.exec(text);
      if (match !== null) add(match[1] ?? line.package, match[2]);
    } else if (text.startsWith('> ')) {
      const match = pnpmHeader.exec(text);
      if (match !== null) add(match[1], match[2]);
    } else if (text.startsWith('npm ')) {
      const path = npmPath.exec(text)?.[1];
      if (path !== undefined) lastPath.set(line.package, path);
      add(npmWorkspace.exec(text)?.[1], lastPath.get(line.package));
    }
    // pnpm -r prefixes lines with the folder itself, as it is reached from the project's.
    if (line.package?.endsWith('/') === true && !directories.has(line.package)) {
      const folder = joinPath(line.package.startsWith('../') ? base.rootDirectory : '', line.package);
      directories.set(line.package, folder ?? line.package.replace(/^(?:\.\.\/)+|\/$/g, ''));
    }
  }
  return directories;
}

function isCheckout(folder: string, base: PathBase): boolean {
  return /^\/vercel\/(?:path|workpath)\d+\/?$/.test(folder) || base.checkouts.includes(folder.replace(/\/$/, ''));
}
