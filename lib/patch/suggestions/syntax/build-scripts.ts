import type { Workspace } from '../workspace.js';
import { inFolder, joinPath, readConfig, resolveSpecifier } from './resolve-specifier.js';
import { specifiersOf } from './specifiers.js';

const RUNS_SCRIPT = /\b(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?([\w:.-]{1,80})/g;
const RUNS_FILE =
  /\b(?:node|tsx|ts-node|bun|jiti)\s+(?:run\s+)?(?:--?[\w-]{1,40}(?:=\S{1,80})?\s+)*(?:\.\/)?([\w@./-]{1,200})/g;
const RUNS_GULP = /\bgulp\b/;

/** The files of the repository that the project's build command runs with Node.js, by the scripts of its manifest, and what they import. */
export async function filesRunByBuild(workspace: Workspace): Promise<ReadonlySet<string>> {
  const root = workspace.rootDirectory;
  const scripts: Readonly<Record<string, unknown>> = Object(
    readConfig(workspace, inFolder(root, 'package.json'))?.scripts,
  );
  const settings = readConfig(workspace, inFolder(root, 'vercel.json'));
  const commands = new Set([String(settings?.buildCommand ?? scripts['vercel-build'] ?? scripts.build ?? '')]);
  const files = new Set<string>();
  const add = (path: string | undefined) => {
    const found = ['', '.js', '.mjs', '.ts', '/index.js', '/index.mjs', '/index.ts'].find(
      (ending) => path !== undefined && workspace.read(path + ending) !== undefined,
    );
    if (path !== undefined && found !== undefined) files.add(path + found);
  };
  for (const command of commands) {
    for (const [, name = ''] of command.matchAll(RUNS_SCRIPT))
      for (const script of [`pre${name}`, name, `post${name}`])
        if (typeof scripts[script] === 'string') commands.add(scripts[script]);
    for (const [, path = ''] of command.matchAll(RUNS_FILE)) add(joinPath(root, path));
    if (RUNS_GULP.test(command)) add(inFolder(root, 'gulpfile'));
  }
  for (const file of files) {
    const text = /\.[cm]?[jt]s$/.test(file) ? workspace.read(file) : undefined;
    if (text === undefined) continue;
    for (const { specifier } of specifiersOf(await workspace.parse(file, text))) {
      const target = resolveSpecifier(workspace, file, specifier);
      if (target !== undefined) files.add(target);
    }
  }
  return files;
}
