import type { Rule } from '../rule.js';
import { manifestsOf } from '../syntax/manifests-of.js';
import { inFolder } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';

/** What Next.js 16 makes of `next lint`, which it does not have: the folder to build. */
const NO_LINT = /Invalid project directory provided, no such directory: \S{0,300}\/lint$/m;
const CALL = /(?<=(?:"|&&|\|\||;)\s{0,4})next lint(?=\s{0,4}(?:"(?!\s{0,4}:)|&&|\|\||;))/g;
const FLAT_CONFIG = /^eslint\.config\.[cm]?[jt]s$/;

/**
 * A script that runs `next lint` where ESLint 9 and its configuration are at hand: `eslint .`, as the codemod of Next.js writes
 * it, https://nextjs.org/docs/app/guides/upgrading/codemods#next-lint-to-eslint-cli.
 */
export const nextLint: Rule = {
  name: 'next-lint',
  async propose(error, workspace) {
    if (!NO_LINT.test(error.message)) return undefined;
    const folder = workspace.rootDirectory;
    const path = inFolder(folder, 'package.json');
    const version = manifestsOf(workspace)
      .find((manifest) => manifest.path === path)
      ?.dependencies.get('eslint');
    const hasConfig = workspace.tree.some(
      (file) =>
        file === inFolder(folder, file.slice(file.lastIndexOf('/') + 1)) &&
        FLAT_CONFIG.test(file.slice(file.lastIndexOf('/') + 1)),
    );
    const text = workspace.read(path);
    if (text === undefined || version === undefined || !/^[~^]?(?:9|[1-9]\d)\b/.test(version) || !hasConfig)
      return undefined;
    const places = [...text.matchAll(CALL)].map(({ index, 0: call }) => ({
      start: index,
      end: index + call.length,
      text: 'eslint .',
    }));
    // With options of its own, which ESLint calls otherwise.
    if (places.length === 0 || places.length !== text.match(/\bnext lint\b/g)?.length) return undefined;
    return {
      files: new Map([[path, replaceRanges(text, places)]]),
      cause: `${path} runs \`next lint\`, which Next.js has no more since version 16.`,
      change: 'Runs ESLint itself, which is installed and configured.',
    };
  },
};
