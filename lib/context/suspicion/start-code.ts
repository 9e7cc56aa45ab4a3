import { maskCode } from '../mask-code.js';
import type { Survey } from '../survey.js';
import { type SuspicionRule, suspectEach } from './suspicion.js';

/** What Nuxt runs before every page, on the server too: https://nuxt.com/docs/guide/directory-structure/plugins */
const PLUGIN = /(?:^|\/)plugins\/(?:[\w-]+\/)?[\w-]+(?:\.server)?\.[cm]?[jt]s$/;
const GLOBAL_MIDDLEWARE = /(?:^|\/)middleware\/[\w-]+\.global\.[cm]?[jt]s$/;
const OF_BROWSER = /(?<![\w$.])(?:window|document|localStorage|sessionStorage|navigator)\s{0,4}[.[]/;
const GUARDED =
  /\bimport\.meta\.(?:client|browser|server)\b|\bprocess\.(?:client|server)\b|\btypeof (?:window|document)\b|\bonMounted\b|app:mounted/;

/** Where several pages answer with an error and none says why, what all of them begin with is more likely than each of them. */
export const suspectStartCode: SuspicionRule = ({ error }, survey) => {
  if (error.tool !== 'nuxt' || error.kind !== 'prerender' || !/ failed: \[500\]/.test(error.message)) return [];
  const routes = new Set(
    survey.errors.flatMap(({ error: { kind, route } }) => (kind === 'prerender' ? (route ?? []) : [])),
  );
  if (routes.size < 2) return [];
  const running = [...survey.files.keys()].filter((path) => PLUGIN.test(path) || GLOBAL_MIDDLEWARE.test(path));
  const ofBrowser = running.filter((path) => usesBrowser(path, survey));
  return [
    ...suspectEach(ofBrowser, 0.85, 'runs before every page, on the server too, and uses what only a browser has'),
    ...suspectEach(
      running.filter((path) => !ofBrowser.includes(path)),
      0.35,
      'runs before every page',
    ),
  ];
};

function usesBrowser(path: string, { files }: Survey): boolean {
  const code = maskCode(files.get(path)?.slice(0, 100_000) ?? '');
  return OF_BROWSER.test(code) && !GUARDED.test(code);
}
