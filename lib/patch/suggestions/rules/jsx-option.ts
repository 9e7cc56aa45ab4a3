import type { Rule } from '../rule.js';
import { chainOf, compilerOptionsIn, configsOf, packageFolderOf } from '../syntax/compiler-configs.js';
import { insertJsonProperty } from '../syntax/insert-json-property.js';
import { inFolder, isRecord, readConfig } from '../syntax/resolve-specifier.js';
import type { Workspace } from '../workspace.js';

const JSX_UNSET = /'--jsx' (?:is not set|flag is provided)/;
const OTHER_RUNTIMES = ['preact', 'solid-js', 'vue', '@builder.io/qwik', 'hono', '@emotion/react', 'theme-ui', 'astro'];

/**
 * JSX without the compiler option `jsx`: React's own setting, in the one compiler configuration that covers the file
 * of a package which depends on React 17 or later and on no other runtime of JSX.
 */
export const jsxOption: Rule = {
  name: 'jsx-option',
  async propose(error, workspace) {
    const { file } = error;
    if (file === undefined || !JSX_UNSET.test(error.message)) return undefined;
    const folder = packageFolderOf(workspace, file);
    const value = folder === undefined ? undefined : jsxOf(workspace, folder);
    const configs = folder === undefined ? [] : configsOf(workspace, folder, file);
    const chains = configs.map((config) => chainOf(workspace, config));
    // What lies in a package may set it.
    if (chains.some((chain) => chain === undefined)) return undefined;
    const unset = chains.flatMap((chain) => (chain?.some((path) => setsJsx(workspace, path)) ? [] : [chain ?? []]));
    const [config, another] = new Set(
      unset.map(([own, ...bases]) => bases.find((base) => configs.includes(base)) ?? own),
    );
    const text = config === undefined ? undefined : workspace.read(config);
    if (value === undefined || config === undefined || another !== undefined || text === undefined) return undefined;
    const property = { path: ['compilerOptions'], name: 'jsx', value: JSON.stringify(value), sorted: false };
    const repaired = insertJsonProperty(text, property);
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[config, repaired]]),
      cause: `${config} does not say what becomes of JSX, which ${file} is written in.`,
      change: `Sets \`jsx\` to \`${value}\`, as React's version in package.json asks for.`,
    };
  },
};

function jsxOf(workspace: Workspace, folder: string): 'react-jsx' | 'preserve' | undefined {
  const manifest = readConfig(workspace, inFolder(folder, 'package.json'));
  const sections = [manifest?.dependencies, manifest?.devDependencies, manifest?.peerDependencies].filter(isRecord);
  const has = (name: string) => sections.some((section) => name in section);
  const react = sections.map((section) => section.react).find((range) => typeof range === 'string');
  const major = /^[\^~>=v\s]*(\d+)/.exec(typeof react === 'string' ? react : '')?.[1];
  if (major === undefined || Number(major) < 17 || OTHER_RUNTIMES.some(has)) return undefined;
  return has('next') ? 'preserve' : 'react-jsx';
}

function setsJsx(workspace: Workspace, config: string): boolean {
  const options = compilerOptionsIn(workspace, config);
  return 'jsx' in options || 'jsxImportSource' in options;
}
