import { type ClientReach, findClientImporters } from '../client-importers.js';
import { readIdentifiers } from '../identifiers.js';
import { maskCode } from '../mask-code.js';
import { spellOutReact } from '../react-message.js';
import { baseName, isSource } from '../readable-files.js';
import { decodeSegment, findPageLoaders } from '../routes.js';
import type { LocatedError, Survey } from '../survey.js';
import { escapePattern } from '../word-pattern.js';
import { findConfigs } from './configuration.js';
import { suspectDeadLinks } from './dead-links.js';
import { suspectHandedFunctions } from './handed-functions.js';
import { type Suspicion, type SuspicionRule, suspectEach, suspectIfAny } from './suspicion.js';

const RENDERING = new Set(['suspense-boundary', 'prerender', 'page-data', 'client-boundary', 'route-contract']);
/** Files looked through behind one route. */
const REACH = 80;

/** A page that cannot be rendered or collected: the page, what it renders, what loads its data, what wraps it. */
export const suspectRendering: SuspicionRule = (located, survey) => {
  const { error, route } = located;
  if (!RENDERING.has(error.kind) && (error.kind !== 'json' || route === undefined)) return [];
  const pages = [...(route?.pages ?? []), ...located.places];
  const scene: Scene = {
    located,
    survey,
    pages,
    loaders: route?.loaders ?? [],
    layouts: route?.layouts ?? [],
    behindPage: survey.graph.reach([...pages, ...(route?.loaders ?? [])], REACH).filter(isSource),
    behindLayouts: survey.graph.reach(route?.layouts ?? [], REACH).filter(isSource),
  };
  if (isUnexportable(located))
    return [
      ...suspectEach(findConfigs(['next.config'], survey), 0.92, 'exports what answers requests'),
      ...suspectEach(pages, 0.6, 'answers a route that cannot be exported'),
    ];
  if (error.kind === 'suspense-boundary') return suspectHookUsers(scene);
  if (error.kind === 'client-boundary') return suspectBoundary(scene);
  if (error.kind === 'route-contract')
    return [...suspectEach(pages, 0.8, 'is the route file that the error is about'), ...suspectSettings(scene)];
  const specific = [
    ...suspectUndefinedName(scene),
    ...suspectNullAccess(scene),
    ...suspectSerialised(scene),
    ...suspectHandedFunctions(error.message, [...scene.behindPage, ...scene.behindLayouts], survey),
    ...suspectThrower(scene),
    ...suspectBadElement(scene),
    ...suspectModuleCode(scene),
    ...suspectBuiltinCalls(scene),
    ...suspectNoFunction(scene),
    ...suspectLinks(scene),
    ...suspectDeadLinks(scene),
  ];
  const known = specific.length > 0;
  const judged = new Set(specific.map(({ path }) => path));
  return [
    ...specific,
    ...suspectEach(
      pages.filter((path) => !judged.has(path)),
      known ? 0.4 : 0.62,
      `answers the route ${error.route ?? ''}`.trim(),
    ),
    ...suspectEach(scene.loaders, known ? 0.4 : 0.6, 'loads the data of the route'),
    ...suspectEach(
      scene.behindPage.filter((path) => !pages.includes(path)).slice(0, 12),
      known ? 0.06 : 0.15,
      'is used by the page',
    ),
    ...suspectEach(scene.layouts, known ? 0.08 : 0.15, 'wraps the page'),
  ];
};

/** A route handler that answers requests, in an app that is exported as files: https://nextjs.org/docs/app/guides/static-exports */
function isUnexportable({ error, route, places }: LocatedError): boolean {
  const handlers = [...(route?.pages ?? []), ...places];
  return (
    /"?output: ?["']?export/.test(error.message) &&
    handlers.length > 0 &&
    handlers.every((path) => /(?:^|\/)route\.[jt]s$/.test(path))
  );
}

const SEGMENT =
  /^export const (?:dynamic|dynamicParams|revalidate|fetchCache|runtime|preferredRegion|maxDuration)\s*(?::[^=\n]{1,60})?=(?!\s*(?:["'[\d-]|true\b|false\b))/m;

/** Next.js reads a route's settings without running it, and says of no file that it cannot: https://nextjs.org/docs/messages/invalid-page-config */
function suspectSettings({ located, survey }: Scene): Suspicion[] {
  if (!/[Ii]nvalid segment configuration/.test(located.error.message)) return [];
  const unreadable = [...survey.files].flatMap(([path, text]) =>
    /(?:^|\/)(?:page|layout|route|default|template)\.[jt]sx?$/.test(path) && SEGMENT.test(text) ? path : [],
  );
  return suspectEach(unreadable, 0.92, 'has a setting that is no plain value');
}

interface Scene {
  readonly located: LocatedError;
  readonly survey: Survey;
  readonly pages: readonly string[];
  readonly loaders: readonly string[];
  readonly layouts: readonly string[];
  /** The page and what it imports, nearest first. */
  readonly behindPage: readonly string[];
  readonly behindLayouts: readonly string[];
}

function withText(
  paths: readonly string[],
  { survey }: Scene,
  test: (code: string, path: string) => boolean,
): string[] {
  return paths.filter((path) => {
    const text = survey.files.get(path);
    return text !== undefined && test(text, path);
  });
}

/** A hook that needs a Suspense boundary: around its user, in the page, or in the layout that renders it. */
function suspectHookUsers(scene: Scene): Suspicion[] {
  // With Cache Components it is what the page itself waits for.
  if (/uncached (?:or runtime )?data|outside of `?<Suspense>/.test(scene.located.error.message))
    return [
      ...suspectEach(scene.pages, 0.9, 'is the route that waits for data'),
      ...suspectEach(scene.layouts, 0.5, 'wraps the page'),
    ];
  const hook =
    /\buse[A-Z]\w{1,40}/.exec(`${scene.located.error.symbol ?? ''} ${scene.located.error.message}`)?.[0] ??
    'useSearchParams';
  const calls = (code: string) => code.includes(`${hook}(`);
  const inPage = withText(scene.behindPage, scene, calls);
  const inLayouts = withText(scene.behindLayouts, scene, calls).filter((path) => !inPage.includes(path));
  const throughLayout = inPage.length === 0 && inLayouts.length > 0;
  const users = throughLayout ? inLayouts : inPage;
  const renderers = users.flatMap((user) => scene.survey.graph.edgesTo(user).map((edge) => edge.importer));
  const around = throughLayout ? scene.layouts : scene.pages;
  const direct = around.filter((path) => renderers.includes(path) || users.includes(path));
  return [
    ...suspectEach(direct.length > 0 ? direct : around, 0.78, `renders what calls ${hook}`),
    ...suspectEach(users, 0.72, `calls ${hook}`),
    ...suspectEach(throughLayout ? scene.pages : [], 0.2, 'is the route that failed'),
    ...suspectEach(renderers, 0.25, `renders what calls ${hook}`),
  ];
}

/** Server and client code mixed: the file itself, or the client component on the way to it. */
function suspectBoundary(scene: Scene): Suspicion[] {
  const { located, survey } = scene;
  const chain = [...located.places, ...located.trace];
  const isClient = (path: string) => survey.graph.readOutline(path)?.directive === 'use client';
  const serverOnly =
    /server-only|next\/headers|next\/server|only works in a Server Component|Server Components?\b.*(?:cookies|headers)/i.test(
      located.error.message,
    );
  const client = chain.slice(1).find(isClient);
  const [marked] = located.places;
  const isMarked = marked !== undefined && !isClient(marked) && /server-only/.test(located.error.message);
  return [
    ...(isMarked ? suspectTakers(findClientImporters(marked, survey)) : []),
    ...(serverOnly ? suspectIfAny(client, 0.6, 'is the client component that imports it') : []),
    ...suspectEach(
      located.places.flatMap((path) => survey.graph.edgesTo(path).flatMap(({ importer }) => serversOwn(importer))),
      0.2,
      'takes on the server what the browser may not have',
    ),
    ...suspectEach(
      chain.flatMap((path) => findPageLoaders(path, survey.index).flatMap(serversOwn)),
      0.2,
      'gives the page what the server has',
    ),
    ...suspectHandedFunctions(located.error.message, [...scene.behindPage, ...scene.behindLayouts], survey),
    ...suspectEach(
      scene.pages.filter((path) => !located.places.includes(path)),
      0.5,
      'answers the route',
    ),
  ];
}

/** The file, if its name says that no browser gets it: https://svelte.dev/docs/kit/server-only-modules */
function serversOwn(path: string): string[] {
  return /\.server\.[cm]?[jt]sx?$|(?:^|\/)(?:\+server\.[jt]s$|server\/)/.test(path) ? [path] : [];
}

/** Who takes what is the server's into the browser: a helper that only client code uses, else the client code itself. */
export function suspectTakers({ clients, helpers }: ClientReach): Suspicion[] {
  return [
    ...suspectEach(helpers, 0.93, 'is used by client code alone, and imports what is the server’s'),
    ...suspectEach(clients, helpers.length > 0 ? 0.6 : 0.9, 'is client code, and takes in what is the server’s'),
  ];
}

/** `window is not defined`: who uses the name while rendering, outside effects and guards. */
function suspectUndefinedName(scene: Scene): Suspicion[] {
  const { message } = scene.located.error;
  const name =
    /(?<![\w$])([A-Za-z_$][\w$]{0,60}) is not (?:defined|a function|a constructor)/.exec(message)?.[1] ??
    /Expected component `([A-Z][\w.$]{0,60})` to be defined/.exec(message)?.[1];
  if (name === undefined) return [];
  const word = new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`);
  const candidates = [...new Set([...scene.behindPage, ...scene.behindLayouts])];
  // Svelte compiles its runes away where the name of the file says that it may.
  const isTaken = (path: string) => name.startsWith('$') && /\.svelte(?:\.[jt]s)?$/.test(path);
  const users = withText(candidates, scene, (text, path) => !isTaken(path) && word.test(maskCode(text)));
  const exposed = users.filter((path) => usesOutsideEffects(maskCode(scene.survey.files.get(path) ?? ''), word));
  return [
    ...suspectEach(exposed, 0.82, `uses ${name} while rendering`),
    ...suspectEach(
      users.filter((path) => !exposed.includes(path)),
      0.3,
      `uses ${name}`,
    ),
  ];
}

/** A line counts as guarded when it, or the opening of a block around it, names an effect, a handler or a guard. */
function usesOutsideEffects(code: string, word: RegExp): boolean {
  const guard =
    /\btypeof\b|use(?:Layout|Insertion)?Effect|useCallback|onMount|onMounted|import\.meta\.client|\bbrowser\b|addEventListener|\bon[A-Z]\w{1,30}\s{0,2}=|\bhandle[A-Z]|process\.client/;
  const open: boolean[] = [];
  let guards = 0;
  for (const line of code.split('\n')) {
    const opensGuard = guard.test(line.slice(0, 2000));
    if (guards === 0 && !opensGuard && word.test(line)) return true;
    for (const char of line.slice(0, 2000)) {
      if (char === '{' || char === '(') {
        open.push(opensGuard);
        if (opensGuard) guards += 1;
      } else if ((char === '}' || char === ')') && open.pop()) guards -= 1;
    }
  }
  return false;
}

const NOTHING_READ =
  /\(reading '([^']{1,80})'\)|evaluating '[^']{0,80}\.(\w{1,80})'|Cannot destructure property '(\w{1,80})' of|\.(\w{3,80}) is not iterable/;

/** `Cannot read properties of undefined (reading 'x')`: who reads that property. */
function suspectNullAccess(scene: Scene): Suspicion[] {
  const { message } = scene.located.error;
  const name = NOTHING_READ.exec(message.slice(0, 1_000))?.slice(1).find(Boolean);
  if (name === undefined) return [];
  const reads = (text: string) =>
    text.includes(`.${name}`) || new RegExp(`[{,]\\s{0,4}${name.replace(/\W/g, '')}\\b`).test(text);
  const inPage = withText(scene.behindPage, scene, reads);
  const inLayouts = withText(scene.behindLayouts, scene, reads).filter((path) => !inPage.includes(path));
  // Read by a key that is put together at run time: the data that have it elsewhere.
  const keyed = new RegExp(`["']?${escapePattern(name)}["']?\\s{0,4}:`);
  const data =
    inPage.length + inLayouts.length > 0
      ? []
      : scene.survey.graph
          .reach([...scene.pages, ...scene.loaders, ...scene.layouts], REACH)
          .filter((path) => DATA_FILE.test(path) && keyed.test(scene.survey.files.get(path)?.slice(0, 400_000) ?? ''));
  return [
    ...suspectEach(data.slice(0, 3), 0.5, `holds records with ${name}`),
    ...suspectEach(inPage, 0.65, `reads .${name}`),
    ...suspectEach(inLayouts, 0.3, `reads .${name}`),
    ...suspectEach(listRecordsOf(scene).slice(0, 2), 0.6, 'holds the record of the page that failed'),
  ];
}

const DATA_FILE = /\.(?:json|ya?ml|toml)$/;

/** Data behind a page for any value that holds the value on which it failed: its record may be what is wrong. */
function listRecordsOf({ located, survey, pages, loaders }: Scene): string[] {
  const value = decodeSegment(located.error.route?.split('/').at(-1) ?? '');
  if (value.length < 3 || !pages.some((path) => /\[|\$|\/_\w/.test(path) && !path.includes(value))) return [];
  const quoted = new RegExp(`:\\s{0,4}["']?${escapePattern(value)}["']?\\s{0,4}(?:[,}\\r\\n]|$)`, 'm');
  return survey.graph
    .reach([...pages, ...loaders], REACH)
    .filter((path) => DATA_FILE.test(path) && quoted.test(survey.files.get(path)?.slice(0, 400_000) ?? ''));
}

/**
 * `Error serializing .x returned from getStaticProps`: the page that returns it, or the module whose function gave it.
 * A page that passes on its own route's parameter has asked rightly; then the answer is wrong.
 */
function suspectSerialised(scene: Scene): Suspicion[] {
  const { located, survey, pages } = scene;
  const path = /serializing [`"']?\.([\w$.[\]]{1,120})[`"']? returned from/.exec(located.error.message)?.[1];
  if (path === undefined) return [];
  const [prop] = path.split(/[.[]/);
  const nested = path !== prop;
  const suspicions: Suspicion[] = [];
  for (const page of pages) {
    const text = survey.files.get(page) ?? '';
    const source = findSource(prop ?? '', text);
    const edge = survey.graph
      .edgesFrom(page)
      .find(
        ({ declaration }) => source !== undefined && declaration.names.some(({ local }) => local === source.callee),
      );
    const target = edge?.resolution.outcome === 'file' ? edge.resolution.path : undefined;
    const parameter = /\[(?:\.\.\.)?(\w{1,60})\]/.exec(baseName(page))?.[1];
    const asked = parameter === undefined || new RegExp(`\\b${parameter}\\b`).test(source?.args ?? '');
    const guarded = /notFound\s*:\s*true/.test(text);
    suspicions.push({ path: page, weight: 0.72, reason: `returns ${path} from its data function` });
    if (target !== undefined)
      suspicions.push({
        path: target,
        weight: nested || (asked && !guarded) ? 0.8 : 0.55,
        reason: `${source?.callee} gives ${path}`,
      });
  }
  return suspicions;
}

/** The imported function behind a prop: `prop: fn(args)` or `const prop = await fn(args)`. */
function findSource(prop: string, text: string): { readonly callee: string; readonly args: string } | undefined {
  const name = prop.replaceAll('$', '\\$');
  const call = new RegExp(
    `\\b${name}\\s{0,4}[:=]\\s{0,4}(?:await\\s{1,4})?([A-Za-z_$][\\w$]{0,80})(?:\\.\\w{1,60})?\\(([^)\\n]{0,200})`,
  );
  const found = call.exec(text);
  return found?.[1] === undefined ? undefined : { callee: found[1], args: found[2] ?? '' };
}

/** The file whose own words the message repeats: where the error was thrown. */
function suspectThrower(scene: Scene): Suspicion[] {
  const phrases = scene.located.error.message
    .slice(0, 600)
    .replace(/^(?:Error|TypeError|RangeError):\s*/, '')
    .split(/["'`\d:\n{}[\]]+/)
    .map((phrase) => phrase.trim())
    .filter(
      (phrase) =>
        phrase.length >= 10 &&
        phrase.includes(' ') &&
        !/is not defined|cannot read|prerendering|Suspense|Export encountered|collect page data/i.test(phrase),
    );
  if (phrases.length === 0) return [];
  const around = [...new Set([...scene.behindPage, ...scene.behindLayouts])];
  const throwing = withText(around, scene, (text) => phrases.some((phrase) => text.includes(phrase)));
  const callers = throwing.flatMap((path) => scene.survey.graph.edgesTo(path).map((edge) => edge.importer));
  return [
    ...suspectEach(throwing, 0.6, 'throws this error'),
    ...suspectEach(
      callers.filter((path) => around.includes(path) && !throwing.includes(path)),
      0.4,
      'calls what throws this error',
    ),
  ];
}

/** A page for any value that failed on one: who makes its addresses, `/pots/${pot.name}`, may take the wrong field. */
function suspectLinks({ located, survey, pages, behindPage }: Scene): Suspicion[] {
  const { message, route = '' } = located.error;
  const values = route.split('/').filter((value) => value.length > 2);
  const unknown = values.find((value) => message.includes(value) || message.includes(encodeURI(value)));
  if (unknown === undefined || !pages.some((path) => /\[|\$/.test(baseName(path)) || !path.includes(unknown)))
    return [];
  const folder = route.slice(0, route.indexOf(unknown));
  const made = new RegExp(`${escapePattern(folder)}[\\w-]{0,40}(?:\\$|['"] ?\\+)`);
  const linking = [...survey.files]
    .filter(([path, text]) => isSource(path) && !pages.includes(path) && folder.length > 2 && made.test(text))
    .map(([path]) => path);
  const quoted = new RegExp(`["'\`]${escapePattern(unknown)}["'\`]`);
  const holding = behindPage.filter((path) => !pages.includes(path) && quoted.test(survey.files.get(path) ?? ''));
  return [
    ...suspectEach(linking, 0.5, `makes addresses like ${route}`),
    ...suspectEach(holding.slice(0, 2), 0.55, `holds ${unknown}`),
  ];
}

/** What Next.js asks of the page itself. */
const OF_PAGE = /\b(?:generateStaticParams|getStatic(?:Paths|Props))\b/;

/** Page data fail while modules are loaded: who runs something then, and speaks of what the message is about. */
function suspectModuleCode(scene: Scene): Suspicion[] {
  const { error } = scene.located;
  if (error.kind !== 'page-data' || scene.located.places.length > 0) return [];
  if (scene.survey.errors.some((other) => OF_PAGE.test(other.error.message))) return [];
  const words = [...readIdentifiers(error.message.slice(0, 300))].filter((word) => word.length > 3);
  const running = withText(scene.behindPage, scene, (text) => runsAtOnce(maskCode(text)));
  const speaking = withText(running, scene, (text) => {
    const own = readIdentifiers(text);
    return words.some((word) => own.has(word));
  });
  return [
    ...suspectEach(speaking, 0.55, 'runs when it is loaded, and speaks of the error'),
    ...suspectEach(running, 0.35, 'runs code when it is loaded'),
  ];
}

/** Whether a call stands outside every function, other than in an import. */
function runsAtOnce(code: string): boolean {
  let depth = 0;
  for (const line of code.split('\n')) {
    if (
      depth === 0 &&
      /^(?:(?:export\s+)?(?:const|let|var)\s[^=\n]{1,200}=\s*|await\s+)?(?:await\s+|new\s+)?[A-Za-z_$][\w$.]{0,80}\s?\(/.test(
        line,
      ) &&
      !/^(?:import|export\s+(?:default\s+)?(?:async\s+)?function)\b|=>/.test(line)
    )
      return true;
    for (const char of line) {
      if (char === '{' || char === '(') depth += 1;
      else if (char === '}' || char === ')') depth = Math.max(0, depth - 1);
    }
  }
  return false;
}

/** What built-in functions say of an argument, and how such a call looks. */
const BUILTIN_CALLS: readonly (readonly [RegExp, RegExp])[] = [
  [/Currency code is required/, /\bstyle\s*:\s*['"]/],
  [/Invalid count value/, /\.repeat\(/],
  [/Invalid array length/, /\bArray\(|\.length = /],
  [/Reduce of empty array/, /\.reduce(?:Right)?\(/],
  [/Invalid URL|Failed to construct 'URL'/, /\bURL\(/],
  [/is not valid JSON|Unexpected (?:token|end of JSON)/, /\bJSON\.parse\(|\.json\(\)/],
  [/Invalid (?:language tag|currency code|time zone|unit)|Incorrect locale/, /\bIntl\.|\.toLocale\w*\(/],
  [/toFixed\(\) digits|toPrecision\(\) argument|toString\(\) radix/, /\.to(?:Fixed|Precision|String)\(/],
  [/Invalid time value/, /\.toISOString\(|\.format\(|\bformat\(/],
  [/Invalid regular expression/, /\bRegExp\(/],
  [/The first argument must be of type string or an instance of Buffer/, /\bBuffer\.from\(/],
  [/Cannot mix BigInt/, /\bBigInt\(|\d+n\b/],
  [/URI malformed/, /\b(?:de|en)codeURI/],
];

/** A value that a built-in function does not take: who calls it. */
function suspectBuiltinCalls(scene: Scene): Suspicion[] {
  const { message } = scene.located.error;
  const call = BUILTIN_CALLS.find(([said]) => said.test(message.slice(0, 500)))?.[1];
  if (call === undefined) return [];
  const calls = (text: string) => call.test(maskCode(text));
  const inPage = withText(scene.behindPage, scene, calls);
  const callers = inPage.length > 0 ? inPage : withText(scene.behindLayouts, scene, calls);
  return suspectEach(callers, callers.length === 1 ? 0.75 : 0.6, 'calls what refused its argument');
}

/** `rows.sort is not a function`, where nothing renamed the variable: who makes this very call. */
function suspectNoFunction(scene: Scene): Suspicion[] {
  const called = /(?<![\w$.])([A-Za-z_$][\w$]{2,60}(?:\.[\w$]{2,60}){1,4}) is not a function/;
  const message = scene.located.error.message.slice(0, 500);
  const call = called.exec(message)?.[1];
  if (call !== undefined) {
    const callers = withText(scene.behindPage, scene, (text) => text.includes(`${call}(`));
    return suspectEach(callers, callers.length === 1 ? 0.75 : 0.5, `calls ${call}`);
  }
  // Bundles shorten the names of variables, not those of members.
  const member = /(?<![\w$.])[\w$()]{1,2}(\.[a-zA-Z]\w{2,60}) is not a function/.exec(message)?.[1];
  const around = [...scene.behindPage, ...scene.behindLayouts];
  const callers = member === undefined ? [] : withText(around, scene, (text) => text.includes(`${member}(`));
  return callers.length > 4 ? [] : suspectEach(callers, callers.length === 1 ? 0.75 : 0.5, `calls ${member}`);
}

/** A component that is undefined when it is rendered: an import that gives nothing, or the component that renders it. */
function suspectBadElement(scene: Scene): Suspicion[] {
  const message = spellOutReact(scene.located.error.message);
  if (!/Element type is invalid|Unsupported Server Component type|not valid as a React child/i.test(message)) return [];
  const { graph } = scene.survey;
  const wrong = scene.behindPage.filter((path) =>
    graph.edgesFrom(path).some(({ declaration, resolution }) => {
      const exports = resolution.outcome === 'file' ? graph.listExports(resolution.path) : undefined;
      return exports && declaration.names.some(({ imported }) => imported !== '*' && !exports.has(imported));
    }),
  );
  const renderer = /render method of [`'"]?([A-Z]\w{0,60})/.exec(message)?.[1];
  const rendering =
    renderer === undefined
      ? []
      : withText(scene.behindPage, scene, (text) =>
          new RegExp(`(?:function|const|class)\\s+${renderer}\\b`).test(text),
        );
  return [
    ...suspectEach(wrong, 0.85, 'imports a name that does not exist'),
    ...suspectEach(rendering, 0.75, `defines ${renderer}`),
  ];
}
