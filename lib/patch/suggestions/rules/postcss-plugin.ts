import type { Rule } from '../rule.js';
import { isScript } from '../syntax/parse.js';
import { isRecord, readConfig } from '../syntax/resolve-specifier.js';
import { quoteOfMost, replaceRanges } from '../syntax/source-text.js';

const MISPLACED = /use `?tailwindcss`? directly as a PostCSS plugin/;
const CONFIG = /(?:^|\/)(?:postcss\.config\.\w+|\.postcssrc(?:\.\w+)?)$/;
const PLUGIN = '@tailwindcss/postcss';

/** Tailwind 4 under its old name in the one configuration of PostCSS, where its plugin is installed already. */
export const postcssPlugin: Rule = {
  name: 'postcss-plugin',
  async propose(error, workspace) {
    if (!MISPLACED.test(error.message)) return undefined;
    const [config, another] = workspace.tree.filter((path) => CONFIG.test(path));
    const text = config === undefined ? undefined : workspace.read(config);
    const manifests = workspace.paths.filter((path) => /(?:^|\/)package\.json$/.test(path));
    const isInstalled = manifests.some((path) => {
      const manifest = readConfig(workspace, path);
      return [manifest?.dependencies, manifest?.devDependencies].some((list) => isRecord(list) && PLUGIN in list);
    });
    if (config === undefined || another !== undefined || text === undefined || !isInstalled || text.includes(PLUGIN))
      return undefined;
    const [place, second] = [...text.matchAll(/(['"])tailwindcss\1|(?<![\w$./-])tailwindcss(?=\s*:)/g)];
    if (!place || second) return undefined;
    const scripts = workspace.paths.filter(isScript).map((path) => workspace.read(path) ?? '');
    const quote = place[1] ?? /^[^'"]*(['"])/.exec(text)?.[1] ?? quoteOfMost(scripts);
    const edit = { start: place.index, end: place.index + place[0].length, text: `${quote}${PLUGIN}${quote}` };
    return {
      files: new Map([[config, replaceRanges(text, [edit])]]),
      cause: `${config} names \`tailwindcss\`, which is no plugin of PostCSS in this version.`,
      change: `Names \`${PLUGIN}\`, which package.json declares.`,
    };
  },
};
