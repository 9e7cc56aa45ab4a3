import type { Rule } from '../rule.js';
import { directoryOf, inFolder, isRecord, readConfig } from '../syntax/resolve-specifier.js';
import { lineEnding } from '../syntax/source-text.js';
import { relativePath } from '../syntax/specifier-for.js';
import type { Workspace } from '../workspace.js';

const UNKNOWN = /Cannot apply unknown utility class|Could not resolve value for theme function/;
const DIRECTIVES =
  /^((?:\s|\/\*[\s\S]*?\*\/|@(?:charset|import)\s[^;{}]{1,300};)*)@tailwind\s+base\s*;\s*(?:@tailwind\s+components\s*;\s*)?@tailwind\s+utilities\s*;/;
const CONFIG = /(?:^|\/)tailwind\.config\.[cm]?[jt]s$/;

/**
 * The directives of Tailwind 3 at the top of a sheet, where the manifest asks for version 4: `@import "tailwindcss"`, and `@config` for
 * the one configuration, which it does not look for by itself, https://tailwindcss.com/docs/upgrade-guide.
 */
export const tailwindImport: Rule = {
  name: 'tailwind-import',
  async propose(error, workspace) {
    const { file } = error;
    const text = file?.endsWith('.css') && UNKNOWN.test(error.message) ? workspace.read(file) : undefined;
    const [whole, before = ''] = (text === undefined ? null : DIRECTIVES.exec(text)) ?? [];
    if (file === undefined || text === undefined || whole === undefined || workspace.partial) return undefined;
    const configs = workspace.tree.filter((path) => CONFIG.test(path));
    if (/@config\s|@import\s+["']tailwindcss/.test(text) || configs.length > 1 || !asksForFour(workspace, file))
      return undefined;
    const quote = text.includes("'") && !text.includes('"') ? "'" : '"';
    const [config] = configs;
    const lines = [
      `@import ${quote}tailwindcss${quote};`,
      ...(config === undefined ? [] : [`@config ${quote}${relativePath(directoryOf(file), config)}${quote};`]),
    ];
    return {
      files: new Map([[file, before + lines.join(lineEnding(text)) + text.slice(whole.length)]]),
      cause: `${file} loads Tailwind by the directives of version 3, and package.json asks for version 4.`,
      change: 'Imports it, as its upgrade guide says.',
    };
  },
};

function asksForFour(workspace: Workspace, file: string): boolean {
  for (let folder = directoryOf(file); ; folder = directoryOf(folder)) {
    const manifest = readConfig(workspace, inFolder(folder, 'package.json'));
    const lists = [manifest?.dependencies, manifest?.devDependencies].filter(isRecord);
    if (manifest) return lists.some(({ tailwindcss }) => /^[\^~]?4(?:\.|$)/.test(String(tailwindcss)));
    if (folder === '') return false;
  }
}
