import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { inFolder, targetsOf } from '../syntax/resolve-specifier.js';
import { viteAppOf, withClientTypes } from '../syntax/vite-client.js';
import type { Workspace } from '../workspace.js';

const OF_VITE = /^Property '(?:env|hot|glob)' does not exist on type 'ImportMeta'/;
const OF_ASSET =
  /^Cannot find module (?:or type declarations for side-effect import of )?'([^'?]{1,200}\.(?:css|scss|sass|less|styl|pcss|png|jpe?g|gif|svg|ico|webp|avif|mp4|webm|mp3|wav|ogg|woff2?|ttf|otf|eot|pdf|txt))(?:\?(?:url|raw|inline))?'/;

/** `import.meta.env` and `./logo.svg` in an app of Vite that nobody told the compiler of. */
export const viteTypes: Rule = {
  name: 'vite-types',
  async propose(error, workspace) {
    const { file } = error;
    const app = file === undefined ? undefined : viteAppOf(workspace, file);
    if (file === undefined || !app || !(OF_VITE.test(error.message) || isAsset(error, workspace, app.folder)))
      return undefined;
    const files = withClientTypes(workspace, app);
    const [path] = files.keys();
    return path === undefined
      ? undefined
      : {
          files,
          cause: `${file} uses what Vite provides, and nothing tells the compiler of it.`,
          change: `Names the types of \`vite/client\` in ${path}.`,
        };
  },
};

/** The file is there: its type alone is unknown. */
function isAsset({ message, file = '' }: BuildError, workspace: Workspace, folder: string): boolean {
  const specifier = OF_ASSET.exec(message)?.[1];
  if (specifier === undefined) return false;
  const targets = specifier.startsWith('/')
    ? [inFolder(folder, `public${specifier}`)]
    : targetsOf(workspace, file, specifier);
  return targets.some((path) => workspace.exists(path));
}
