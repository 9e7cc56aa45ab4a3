import type { Rule } from '../rule.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { replaceRanges, wholeLines } from '../syntax/source-text.js';
import { specifiersOf } from '../syntax/specifiers.js';

/** A global stylesheet that a component imports though the custom App, which alone may, imports it already. */
export const globalStyle: Rule = {
  name: 'global-style',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !error.message.startsWith('Global CSS cannot be imported'))
      return undefined;
    const app = workspace.paths.find((path) => /(?:^|\/)pages\/_app\.[jt]sx?$/.test(path));
    const imported = new Set(app === undefined ? [] : await stylesOf(app));
    const parsed = await workspace.parse(file, text);
    const guilty = parsed.program.body.filter(
      (node) =>
        node.type === 'ImportDeclaration' &&
        node.specifiers.length === 0 &&
        imported.has(resolveSpecifier(workspace, file, node.source.value) ?? ''),
    );
    const [only, another] = guilty;
    if (!only || another || file === app) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ ...wholeLines(text, only.start, only.end), text: '' }])]]),
      cause: `${file} imports a global stylesheet, which only ${app} may.`,
      change: `Leaves the import to ${app}, where it stands already.`,
    };

    async function stylesOf(path: string): Promise<string[]> {
      const content = workspace.read(path) ?? '';
      return specifiersOf(await workspace.parse(path, content)).flatMap(({ specifier }) =>
        /\.(?:css|scss|sass)$/.test(specifier) ? (resolveSpecifier(workspace, path, specifier) ?? []) : [],
      );
    }
  },
};
