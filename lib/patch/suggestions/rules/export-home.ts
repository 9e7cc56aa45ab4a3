import { missingExportOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { importsOf } from '../syntax/imports.js';
import { NODE_NAMES } from '../syntax/node-names.js';
import { isScript } from '../syntax/parse.js';
import { replaceRanges } from '../syntax/source-text.js';

const words = (text: string) => new Set(text.split(/\s+/));

/** Modules that are mistaken for one another, with names that one of them alone has. */
const FAMILIES: readonly Readonly<Record<string, ReadonlySet<string>>>[] = [
  NODE_NAMES,
  // https://svelte.dev/docs/kit, https://svelte.dev/docs/kit/migrating-to-sveltekit-2#vitePreprocess-is-no-longer-exported-from-sveltejs-kit-vite
  {
    '@sveltejs/kit': words('error redirect json text fail isHttpError isRedirect isActionFailure'),
    '@sveltejs/kit/hooks': words('sequence'),
    '@sveltejs/kit/vite': words('sveltekit'),
    '@sveltejs/vite-plugin-svelte': words('vitePreprocess'),
    '$app/navigation': words(
      `goto invalidate invalidateAll afterNavigate beforeNavigate onNavigate preloadCode preloadData pushState
      replaceState disableScrollHandling`,
    ),
    '$app/environment': words('browser building'),
    '$app/paths': words('base assets'),
    '$app/forms': words('enhance applyAction deserialize'),
    '$app/state': new Set(),
    '$app/stores': new Set(),
  },
  // https://svelte.dev/docs/svelte
  {
    svelte: words('onMount onDestroy tick mount unmount untrack setContext getContext hasContext flushSync'),
    'svelte/store': words('writable readable'),
    'svelte/transition': words('fade fly slide scale draw crossfade'),
    'svelte/animate': words('flip'),
    'svelte/reactivity': words('SvelteMap SvelteSet SvelteDate SvelteURL MediaQuery'),
  },
  // https://docs.astro.build/en/reference
  {
    'astro:content': words('defineCollection getCollection getEntry getEntries reference'),
    'astro/loaders': words('glob file'),
    'astro:assets': words('Image Picture getImage'),
    'astro:transitions': words('ClientRouter'),
    'astro:middleware': words('defineMiddleware sequence'),
    'astro:actions': words('defineAction ActionError'),
    'astro/config': words('envField'),
  },
  // https://vuejs.org/api, https://router.vuejs.org/api, https://pinia.vuejs.org/api
  {
    vue: words('ref computed watch watchEffect onMounted onUnmounted nextTick shallowRef defineAsyncComponent'),
    'vue-router': words(
      'createRouter createWebHistory useRoute useRouter onBeforeRouteLeave onBeforeRouteUpdate RouterLink RouterView',
    ),
    pinia: words('createPinia defineStore storeToRefs'),
  },
];

/** `import { join } from 'node:fs'`: a name that another module of the same family has, and that one alone. */
export const exportHome: Rule = {
  name: 'export-home',
  async propose(error, workspace) {
    const name = missingExportOf(error)?.name;
    const { file } = error;
    const text = file === undefined || name === undefined || !isScript(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || name === undefined) return undefined;
    const { program } = await workspace.parse(file, text);
    const targets = importsOf(program).filter(({ imported }) => imported === name);
    const [target, another] = targets;
    if (!target || another) return undefined;
    const prefix = target.specifier.startsWith('node:') ? 'node:' : '';
    const module = target.specifier.slice(prefix.length);
    const homes = FAMILIES.flatMap((family) =>
      Object.hasOwn(family, module) ? Object.keys(family).filter((other) => family[other]?.has(name)) : [],
    );
    const [home, second] = homes;
    if (home === undefined || second !== undefined || home === module || target.local !== name) return undefined;
    const specifier = `${prefix}${home}`;
    const { declaration } = target;
    const isOnly =
      declaration.specifiers.length === 1 && !importsOf(program).some((other) => other.specifier === specifier);
    const repaired = isOnly
      ? replaceRanges(text, [{ start: declaration.source.start + 1, end: declaration.source.end - 1, text: specifier }])
      : await moveOut();
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} imports \`${name}\` from \`${target.specifier}\`, which does not have it.`,
      change: `Imports it from \`${specifier}\`, which does.`,
    };

    async function moveOut(): Promise<string | undefined> {
      if (!target || text === undefined || file === undefined) return undefined;
      const rest = replaceRanges(text, [rangeOf(text, target)]);
      return addImport(file, rest, (await workspace.parse(file, rest)).program, {
        name: target.local,
        isDefault: false,
        isType: target.isType,
        specifier,
      });
    }
  },
};

type Target = ReturnType<typeof importsOf>[number];

/** The name with its comma, or the whole statement where it imports nothing else. */
export function rangeOf(
  text: string,
  { start, end, declaration }: Pick<Target, 'start' | 'end' | 'declaration'>,
): { start: number; end: number; text: string } {
  if (declaration.specifiers.length === 1) {
    const newline = /^[^\S\n]*\r?\n/.exec(text.slice(declaration.end))?.[0].length ?? 0;
    const indent = /[^\S\n]*$/.exec(text.slice(0, declaration.start))?.[0].length ?? 0;
    return { start: declaration.start - indent, end: declaration.end + newline, text: '' };
  }
  const after = /^\s*,\s*/.exec(text.slice(end))?.[0].length;
  const before = /,\s*$/.exec(text.slice(0, start))?.[0].length ?? 0;
  return after === undefined ? { start: start - before, end, text: '' } : { start, end: end + after, text: '' };
}
