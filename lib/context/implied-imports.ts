/** What a module takes without an import: what Nuxt brings in by name, and what answers an address that it fetches. */
import type { ModuleOutline } from './outline-module.js';
import { isSource } from './readable-files.js';
import type { RepositoryIndex } from './repository-index.js';
import { findRouteFiles } from './routes.js';

const MOST_TEXT = 50_000;
/** https://nuxt.com/docs/guide/concepts/auto-imports; stores are `@pinia/nuxt`'s. */
const SCANNED = /(?:^|\/)(?:composables|utils|stores)\/(?:[\w-]{1,80}\/){0,3}[\w.-]{1,80}\.[cm]?[jt]s$/;
const COMPONENT = /(?:^|\/)components\/(.{1,200})\.vue$/;
const ADDRESS = /["'`](\/api\/[^"'`?#\s$]{0,200})/g;

type Outlines = (path: string) => ModuleOutline | undefined;

export function createImpliedImports(
  files: ReadonlyMap<string, string>,
  index: RepositoryIndex,
  rootDirectory: string,
): (path: string, outlineOf: Outlines) => readonly string[] {
  const isNuxt = index.paths.some((path) => /(?:^|\/)nuxt\.config\.[cm]?[jt]s$/.test(path));
  let providers: ReadonlyMap<string, readonly string[]> | undefined;

  function listProviders(outlineOf: Outlines): ReadonlyMap<string, readonly string[]> {
    const found = new Map<string, string[]>();
    for (const path of files.keys()) {
      const component = COMPONENT.exec(path)?.[1];
      const names =
        component !== undefined
          ? namesOfComponent(component)
          : SCANNED.test(path)
            ? (outlineOf(path)?.exports ?? [])
            : [];
      for (const name of names) found.set(name, [...(found.get(name) ?? []), path]);
    }
    return found;
  }

  return function listImplied(path, outlineOf) {
    const text = files.get(path)?.slice(0, MOST_TEXT);
    if (text === undefined || !isSource(path)) return [];
    const answering = [...text.matchAll(ADDRESS)].flatMap(([, address = '']) =>
      findRouteFiles(index, rootDirectory, address.endsWith('/') ? `${address}[value]` : address).pages.filter(
        (page) => page !== path,
      ),
    );
    if (!isNuxt) return answering;
    providers ??= listProviders(outlineOf);
    const tags = [...text.matchAll(/<([a-z]{1,40}(?:-[a-z\d]{1,40}){1,6})/g)].map(([, tag = '']) => pascal(tag));
    const words = new Set([...(text.match(/[A-Za-z_$][\w$]*/g) ?? []), ...tags]);
    const taken = [...words].flatMap((word) => providers?.get(word) ?? []);
    return [...taken.filter((other) => other !== path && onServer(other) !== !onServer(path)), ...answering];
  };
}

/** Undefined for what both sides take. */
function onServer(path: string): boolean | undefined {
  return /(?:^|\/)shared\//.test(path) ? undefined : /(?:^|\/)server\//.test(path);
}

/** `base/Button.vue` is `<BaseButton>`, and `<Button>` where folders are not put in front. */
function namesOfComponent(path: string): string[] {
  const parts = path.split('/').map(pascal);
  return [...new Set([parts.join(''), parts.at(-1) ?? ''])];
}

function pascal(name: string): string {
  return name.replace(/(?:^|[-_.])(\w)/g, (_, letter: string) => letter.toUpperCase());
}
