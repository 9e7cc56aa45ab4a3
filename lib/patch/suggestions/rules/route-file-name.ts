import { findTwin } from '../distance.js';
import type { Rule } from '../rule.js';

const RESERVED =
  /Files prefixed with \+ are reserved \(saw ([^\s()]{1,300}\/\+([a-zA-Z.]{1,40}?)((?:@[\w()-]*)?\.(?:svelte|[jt]s)))\)/;
/** https://svelte.dev/docs/kit/routing */
const COMPONENTS = ['page', 'layout', 'error'];
const MODULES = ['page', 'page.server', 'layout', 'layout.server', 'server'];

/** `+pgae.svelte`: a file of a route under a name that SvelteKit does not know, one slip away from exactly one that it does. */
export const routeFileName: Rule = {
  name: 'route-file-name',
  async propose({ message }, workspace) {
    const [, path, name = '', rest = ''] = RESERVED.exec(message) ?? [];
    const file =
      path === undefined ? undefined : workspace.paths.find((one) => one === path || one.endsWith(`/${path}`));
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || workspace.partial) return undefined;
    const right = findTwin(name, rest.endsWith('.svelte') ? COMPONENTS : MODULES);
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    const to = `${folder}+${right}${rest}`;
    // Two of a kind, in whichever language, would be one too many.
    const isTaken = workspace.tree.some(
      (other) =>
        other !== file &&
        other.startsWith(`${folder}+${right}`) &&
        other.replace(/\.[jt]s$/, '') === to.replace(/\.[jt]s$/, ''),
    );
    if (right === undefined || isTaken) return undefined;
    return {
      files: new Map([[to, text]]),
      gone: [file],
      cause: `${file} has a name that SvelteKit keeps for itself and does not know.`,
      change: `Renames it to ${to}, the only name of a route's file that is spelt so nearly alike.`,
    };
  },
};
