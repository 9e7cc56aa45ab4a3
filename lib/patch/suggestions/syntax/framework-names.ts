import type { Workspace } from '../workspace.js';
import { directoryOf, inFolder, isRecord, readConfig } from './resolve-specifier.js';

export const VUE_NAMES: readonly string[] =
  `ref reactive computed watch watchEffect onMounted onUnmounted onBeforeMount onBeforeUnmount onUpdated nextTick toRef
  toRefs shallowRef defineComponent defineAsyncComponent useSlots useAttrs useTemplateRef`.split(/\s+/);

/** Functions of a framework that its every user knows by these names, and that nothing else is called by. */
const NAMES: readonly { readonly package: string; readonly files: RegExp; readonly names: ReadonlySet<string> }[] = [
  {
    package: 'vue',
    files: /\.(?:vue|ts|js)$/,
    names: new Set(VUE_NAMES),
  },
  {
    package: 'svelte',
    files: /\.svelte$/,
    names: new Set('onMount onDestroy tick createEventDispatcher setContext getContext untrack'.split(' ')),
  },
  {
    package: 'react',
    files: /\.[jt]sx?$/,
    names: new Set(
      `useState useEffect useMemo useCallback useRef useReducer useContext useLayoutEffect useTransition useId
      useDeferredValue createContext forwardRef Fragment Suspense`.split(/\s+/),
    ),
  },
];

/** The framework that has this name, if the file is one of its files and the nearest manifest declares it. */
export function frameworkOf(workspace: Workspace, file: string, name: string): string | undefined {
  const known = NAMES.find(({ files, names }) => files.test(file) && names.has(name));
  if (!known) return undefined;
  for (let folder = directoryOf(file); ; folder = directoryOf(folder)) {
    const manifest = readConfig(workspace, inFolder(folder, 'package.json'));
    const declared = [manifest?.dependencies, manifest?.devDependencies, manifest?.peerDependencies];
    if (manifest) return declared.some((list) => isRecord(list) && known.package in list) ? known.package : undefined;
    if (folder === '') return undefined;
  }
}
