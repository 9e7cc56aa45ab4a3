import type { Workspace } from '../workspace.js';
import { VUE_NAMES } from './framework-names.js';

const words = (text: string) => text.split(/\s+/);

/** What a compiler knows in its files without an import. */
const MACROS: readonly (readonly [files: RegExp, names: readonly string[]])[] = [
  [/\.svelte(?:\.[jt]s)?$/, words('$state $derived $effect $props $bindable $inspect $host')],
  [/\.vue$/, words('defineProps defineEmits defineExpose defineOptions defineSlots defineModel withDefaults')],
  [/\.astro$/, ['Astro']],
];

/** What Nuxt imports by itself. */
const NUXT = words(
  `definePageMeta defineNuxtComponent useAsyncData useFetch useLazyFetch useLazyAsyncData useHead useSeoMeta useState useRoute
  useRouter useRuntimeConfig useNuxtApp useCookie useError createError navigateTo clearError defineNuxtRouteMiddleware
  defineNuxtPlugin`,
);

/** Names that mean something in a file although nothing there declares them: macros of its compiler, automatic imports. */
export function givenNames(workspace: Workspace, file: string): readonly string[] {
  const macros = MACROS.flatMap(([files, names]) => (files.test(file) ? names : []));
  const isNuxt =
    /\.(?:vue|ts|js)$/.test(file) && workspace.tree.some((path) => /(?:^|\/)nuxt\.config\.[cm]?[jt]s$/.test(path));
  return isNuxt ? [...macros, ...NUXT, ...VUE_NAMES] : macros;
}

/** Objects that every script has, with members by which they are known beyond doubt. */
const OBJECTS: Readonly<Record<string, readonly string[]>> = {
  console: words('log error warn info debug table time timeEnd'),
  document: words(
    'querySelector querySelectorAll getElementById createElement body documentElement addEventListener title',
  ),
  window: words(
    'location addEventListener removeEventListener innerWidth innerHeight matchMedia localStorage scrollTo',
  ),
  localStorage: words('getItem setItem removeItem'),
  sessionStorage: words('getItem setItem removeItem'),
  navigator: words('clipboard userAgent language geolocation'),
  process: words('env cwd exit argv'),
  Math: words('max min floor ceil round abs random pow sqrt trunc hypot sign PI'),
  JSON: words('parse stringify'),
  Object: words('keys values entries assign freeze fromEntries'),
  Array: words('from isArray'),
  Promise: words('all allSettled race any resolve reject'),
  Number: words('isFinite isInteger isNaN parseFloat parseInt'),
  Date: words('now'),
};

/** The objects of the language that have this member. */
export function objectsWith(member: string): string[] {
  return Object.keys(OBJECTS).filter((name) => OBJECTS[name]?.includes(member));
}
