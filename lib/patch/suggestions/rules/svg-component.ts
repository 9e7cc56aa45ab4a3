import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { findNearestManifest, manifestsOf } from '../syntax/manifests-of.js';
import { replaceRanges } from '../syntax/source-text.js';

const NO_COMPONENT = /has no exported member(?: named)? 'ReactComponent'|"ReactComponent" is not exported by/;

/**
 * `import { ReactComponent as Logo } from './logo.svg'`, which vite-plugin-svgr gave up in version 4 for `import Logo from
 * './logo.svg?react'`: https://github.com/pd4d10/vite-plugin-svgr/releases/tag/v4.0.0. Everybody in the repository follows.
 */
export const svgComponent: Rule = {
  name: 'svg-component',
  async propose({ message }, workspace) {
    if (!NO_COMPONENT.test(message)) return undefined;
    const manifests = manifestsOf(workspace);
    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const text = /\.[jt]sx?$/.test(path) ? workspace.read(path) : undefined;
      if (!text?.includes('ReactComponent')) continue;
      const range = findNearestManifest(manifests, path)?.dependencies.get('vite-plugin-svgr') ?? '';
      if (Number(/\d+/.exec(range)?.[0] ?? 0) < 4) continue;
      const { program } = await workspace.parse(path, text);
      const edits = importsOf(program).flatMap(({ imported, local, specifier, declaration }) => {
        const isAlone = declaration.specifiers.length === 1 && imported === 'ReactComponent';
        if (!isAlone || !specifier.endsWith('.svg')) return [];
        const open = text.indexOf('{', declaration.start);
        const close = text.indexOf('}', open);
        const at = declaration.source.end - 1;
        return [
          { start: open, end: close + 1, text: local },
          { start: at, end: at, text: '?react' },
        ];
      });
      if (edits.length > 0) files.set(path, replaceRanges(text, edits));
    }
    return files.size === 0
      ? undefined
      : {
          files,
          cause: 'An image is imported as a component by the name that vite-plugin-svgr had for it up to version 3.',
          change: 'Imports the component by `?react`, as the plugin has it now.',
        };
  },
};
