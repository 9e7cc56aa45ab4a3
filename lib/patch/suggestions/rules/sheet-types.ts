import type { Rule } from '../rule.js';
import { findNearestManifest, manifestsOf } from '../syntax/manifests-of.js';
import { inFolder, readConfig, resolveSpecifier } from '../syntax/resolve-specifier.js';
import type { Workspace } from '../workspace.js';

/** From TypeScript 6 on it looks for what is imported for its effect: https://www.typescriptlang.org/tsconfig/noUncheckedSideEffectImports.html */
const UNTYPED =
  /^Cannot find module or type declarations for side-effect import of '([^']{1,300}\.(css|scss|sass|less))'/;

/**
 * A style sheet that an app of Next.js imports for its effect, and of which nothing tells the compiler: up to Next.js 15 its types
 * name those of CSS modules alone. With a declaration that it exports nothing, it may be imported, and no name of it.
 */
export const sheetTypes: Rule = {
  name: 'sheet-types',
  async propose(error, workspace) {
    const [, specifier, ending] = UNTYPED.exec(error.message) ?? [];
    const { file } = error;
    if (file === undefined || specifier === undefined || workspace.partial) return undefined;
    const manifest = findNearestManifest(manifestsOf(workspace), file);
    const sheet = resolveSpecifier(workspace, file, specifier);
    if (sheet === undefined || !manifest?.dependencies.has('next')) return undefined;
    const declaration = `declare module '*.${ending}' {}\n`;
    // By name behind next-env.d.ts: of patterns that fit alike the first counts, `findBestPatternMatch` of src/compiler/core.ts.
    const path = inFolder(manifest.folder, 'styles.d.ts');
    const text = workspace.read(path) ?? '';
    const isKnown = workspace.paths.some((other) => workspace.read(other)?.includes(`'*.${ending}'`));
    const isTaken = workspace.exists(path) || text.includes(declaration);
    if (isKnown || isTaken || !takesAll(workspace, manifest.folder)) return undefined;
    return {
      files: new Map([[path, text + declaration]]),
      cause: `${file} imports ${sheet} for its effect, and nothing tells the compiler what that is.`,
      change: `Declares in ${path} that sheets may be imported, and export nothing.`,
    };
  },
};

/** Whether the app's configuration takes every file of TypeScript below it. */
function takesAll(workspace: Workspace, folder: string): boolean {
  const { include, files } = readConfig(workspace, inFolder(folder, 'tsconfig.json')) ?? { files: [] };
  if (include === undefined) return files === undefined;
  return Array.isArray(include) && include.some((pattern) => /^(?:\.\/)?\*\*\/\*(?:\.ts)?$/.test(String(pattern)));
}
