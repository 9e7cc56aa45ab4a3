import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Manifest } from '../../../context/manifests.js';
import type { Workspace } from '../workspace.js';
import { manifestsOf } from './manifests-of.js';
import { inFolder, isRecord, readConfig } from './resolve-specifier.js';

// What these build with Vite gets its types from them.
const OWN_TYPES = ['astro', 'nuxt', '@sveltejs/kit', 'vitepress'];

/** The manifest of the app that Vite builds of this file for the browser. */
export function viteAppOf(workspace: Workspace, file: string): Manifest | undefined {
  const [nearest] = manifestsOf(workspace)
    .filter(({ folder }) => folder === '' || file.startsWith(`${folder}/`))
    .sort((a, b) => b.folder.length - a.folder.length);
  const { folder = '', dependencies } = nearest ?? {};
  const isBuilt = workspace.tree.some((path) => path.startsWith(inFolder(folder, 'vite.config.')));
  const isInSource = file.startsWith(inFolder(folder, 'src/')) && !/\bserver\b/i.test(file);
  const isPlain = dependencies?.has('vite') && !OWN_TYPES.some((name) => dependencies.has(name));
  return isPlain && isBuilt && isInSource ? nearest : undefined;
}

/**
 * What tells the compiler of `vite/client`, as https://vite.dev/guide/features.html#client-types has it: the list of types
 * where the configuration has one, else a file that refers to it. None where the app has something of the kind, and where
 * the diff took it away.
 */
export function withClientTypes(workspace: Workspace, { folder }: Manifest): ReadonlyMap<string, string> {
  const inApp = (path: string) => path.startsWith(folder === '' ? '' : `${folder}/`);
  const isNamed = workspace.paths.some(
    (path) =>
      /\.(?:[cm]?ts|tsx|json)$/.test(path) &&
      !path.endsWith('lock.json') &&
      workspace.read(path)?.includes('vite/client') === true,
  );
  const isThere = workspace.tree.some((path) => inApp(path) && /(?:^|\/)(?:vite-)?env\.d\.ts$/.test(path));
  const isRemoved = workspace.changes.some(({ hunks }) => /^-.*vite\/client/m.test(hunks ?? ''));
  if (isNamed || isThere || isRemoved || workspace.partial) return new Map();
  const config = ['tsconfig.app.json', 'tsconfig.json']
    .map((name) => inFolder(folder, name))
    .find((path) => workspace.exists(path));
  const settings = config === undefined ? undefined : readConfig(workspace, config);
  const options = settings?.compilerOptions;
  if (config === undefined || !settings || !isRecord(options)) return new Map();
  if ('types' in options) {
    const repaired = addType(workspace.read(config) ?? '');
    return new Map(repaired === undefined ? [] : [[config, repaired]]);
  }
  const path = inFolder(folder, 'src/vite-env.d.ts');
  const isWanted = takesSource(settings) && workspace.read(path) === undefined;
  return new Map(isWanted ? [[path, '/// <reference types="vite/client" />\n']] : []);
}

function takesSource({ include, files }: Record<string, unknown>): boolean {
  if (include === undefined) return files === undefined;
  const takes = /^(?:\.\/)?(?:src|\*\*|src\/\*\*)?(?:\/\*(?:\.d)?(?:\.ts)?)?\/?$/;
  return Array.isArray(include) && include.some((pattern) => takes.test(String(pattern)));
}

function addType(text: string): string | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const list = root && findNodeAtLocation(root, ['compilerOptions', 'types']);
  if (list?.type !== 'array') return undefined;
  const last = list.children?.at(-1);
  const at = last ? last.offset + last.length : list.offset + 1;
  const blank = last ? (/\s*$/.exec(text.slice(list.offset + 1, last.offset))?.[0] ?? '') : '';
  const gap = last ? `,${blank === '' ? ' ' : blank}` : '';
  return `${text.slice(0, at)}${gap}"vite/client"${text.slice(at)}`;
}
