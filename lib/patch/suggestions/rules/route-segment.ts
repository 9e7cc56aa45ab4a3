import { escapePattern } from '../../../context/word-pattern.js';
import type { Rule } from '../rule.js';
import { TESTS } from '../syntax/only-module.js';
import { inFolder } from '../syntax/resolve-specifier.js';
import { lineOf } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/** Next.js prints the route behind its sentence. */
const LACKS =
  /`destination` has segments not in `source` or `has` \(([\w-]{1,60})\) for route (\{"source":"[^"\n]{1,300}","destination":"[^"\n]{1,300}"[^\n]{0,500}\})/;
const LANGUAGE = /^(?:locale|lang|language|lng)$/i;
const SEGMENT = /:([A-Za-z_][\w-]*)/g;

/**
 * A redirect or rewrite whose source calls its one segment otherwise than its destination does. Whichever of the two is renamed, the
 * addresses are the same.
 */
export const routeSegment: Rule = {
  name: 'route-segment',
  async propose({ message }, workspace) {
    const [, wanted, json = ''] = LACKS.exec(message.slice(0, 3_000)) ?? [];
    const route = json === '' ? undefined : readRoute(json);
    if (wanted === undefined || route === undefined) return undefined;
    const [right, another] = segmentsOf(route.source);
    const [wrong, second] = segmentsOf(route.destination);
    if (right === undefined || another !== undefined || wrong !== wanted || second !== undefined) return undefined;
    // Where nothing else of the address is the same, another part may be meant.
    const [around, there] = [route.source.split(`:${right}`), route.destination.split(`:${wrong}`)];
    if (!around.some((part, index) => part === there[index])) return undefined;
    // A language is nothing that another segment can be, and an address is not sent to itself.
    if (LANGUAGE.test(wrong) !== LANGUAGE.test(right) || around.every((part, index) => part === there[index]))
      return undefined;
    const place = new RegExp(
      `(["'\`])${escapePattern(route.source)}\\1[^{}]{1,80}?(["'\`])${escapePattern(route.destination)}\\2`,
      'g',
    );
    const found = workspace.paths.flatMap((path) => {
      const isRead = /\.(?:[cm]?[jt]s|json)$/.test(path) && !isOfOthers(workspace, path);
      const text = isRead ? (workspace.read(path) ?? '') : '';
      const matches = [...text.matchAll(place)].filter(({ index }) => !COMMENTED.test(text.slice(0, index)));
      return matches.map((match) => ({ path, text, match }));
    });
    const [only, more] = found;
    if (!only || more) return undefined;
    const { path, text, match } = only;
    const end = match.index + match[0].length - 1;
    const destination = route.destination.replace(`:${wrong}`, `:${right}`);
    return {
      files: new Map([[path, text.slice(0, end - route.destination.length) + destination + text.slice(end)]]),
      cause: `The destination \`${route.destination}\` in ${path}, line ${lineOf(text, match.index)}, asks for \`:${wrong}\`, which its source does not have.`,
      change: `Writes \`:${right}\`, the one segment that the source has.`,
    };
  },
};

const COMMENTED = /(?:^|\n)[^\S\n]*(?:\/\/|\/?\*)[^\n]*$/;

/** What tests expect, and what another app has. */
function isOfOthers({ rootDirectory }: Workspace, path: string): boolean {
  const isApart =
    !path.startsWith(inFolder(rootDirectory, '')) && /(?:^|\/)(?:next\.config\.\w+|vercel\.json)$/.test(path);
  return isApart || TESTS.test(path);
}

function segmentsOf(address: string): string[] {
  // A pattern of its own behind a name, or a second name in it, may take other addresses in.
  return /[()*+?]/.test(address) ? [] : [...address.matchAll(SEGMENT)].map(([, name = '']) => name);
}

function readRoute(json: string): { readonly source: string; readonly destination: string } | undefined {
  const [, source, destination] = /^\{"source":"([^"\\]+)","destination":"([^"\\]+)"/.exec(json) ?? [];
  return source === undefined || destination === undefined || json.includes('"has":')
    ? undefined
    : { source, destination };
}
