import type { Rule } from '../rule.js';
import { manifestsOf } from '../syntax/manifests-of.js';
import { directoryOf } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/**
 * A Vite configuration with Vitest's `test`, checked by the compiler against the types of Vite alone: `defineConfig` comes
 * from `vitest/config` then, https://vitest.dev/config/.
 */
export const vitestConfig: Rule = {
  name: 'vitest-config',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !/(?:^|\/)vite\.config\.[cm]?ts$/.test(file)) return undefined;
    if (!/'test' does not exist in type '(?:UserConfig|UserConfigExport|InlineConfig)\b/.test(error.message))
      return undefined;
    if (!isInstalled('vitest', directoryOf(file), workspace)) return undefined;
    const { program } = await workspace.parse(file, text);
    const [only, another] = program.body.filter(
      (node) => node.type === 'ImportDeclaration' && node.source.value === 'vite',
    );
    if (only?.type !== 'ImportDeclaration' || another) return undefined;
    // Vitest hands these on, and not all that Vite exports.
    const names = only.specifiers.map((one) =>
      one.type === 'ImportSpecifier' && one.imported.type === 'Identifier' ? one.imported.name : '',
    );
    if (!names.includes('defineConfig') || !names.every((name) => /^(?:defineConfig|mergeConfig)$/.test(name)))
      return undefined;
    const { start, end } = only.source;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: start + 1, end: end - 1, text: 'vitest/config' }])]]),
      cause: `${file} sets \`test\`, which the types of Vite do not know.`,
      change: 'Takes `defineConfig` from `vitest/config`, which knows it.',
    };
  },
};

function isInstalled(name: string, folder: string, workspace: Workspace): boolean {
  return manifestsOf(workspace).some(
    (manifest) => (manifest.folder === '' || manifest.folder === folder) && manifest.dependencies.has(name),
  );
}
