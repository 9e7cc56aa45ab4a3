/** Rollup, Rolldown, esbuild and Vite around them; also what Astro, SvelteKit, Nuxt and React Router let through. */
import { readCodeFrame } from '../code-frame.js';
import type { BuildError } from '../diagnosis.js';
import { fileOfSentence } from '../file-of-sentence.js';
import { type Finding, type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { isPathLike, type Location, parseLocation } from '../locations.js';
import { readMessage, readSuggestion, syntaxKindOf } from '../messages.js';
import { readNetworkFailure } from '../network-failure.js';
import { findSassPlace, readSassName } from '../sass.js';
import { isAboutSettings } from '../settings-messages.js';
import { readThrown } from '../thrown-error.js';
import { toolOfStack } from '../tool-of-stack.js';
import { readTypeMessage } from '../typescript-messages.js';
import { readFrameHeader } from './next-compile.js';

export function matchBundlers(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  const first = text.charCodeAt(0);
  if (text.includes('[ERROR] ')) {
    const found = readEsbuildReport(lines, at, text);
    if (found !== undefined) return found;
  }
  if (text.includes(': ERROR: ') || text.includes(': error: ')) {
    const found = readEsbuildLine(lines, at, text);
    if (found !== undefined) return found;
  }
  if (text.includes(' import "') || text.includes('ould not resolve "') || text.includes('Could not load ')) {
    const found = readUnresolved(lines, at, text);
    if (found !== undefined) return found;
  }
  if (first === 91 || text.includes(') [')) {
    const found = readRolldown(lines, at, text) ?? readPluginError(lines, at, text);
    if (found !== undefined) return found;
  }
  if (text.includes('): ')) return readLocated(lines, at, text);
  if (text.startsWith('file: ')) return readFileLine(lines, at, text);
  if (text.includes('error during build:') || text.trim() === 'build error:') return readDuringBuild(lines, at);
  // Vitest, of a configuration that threw.
  if (text.includes(' Startup Error ')) return readDuringBuild(lines, at);
  return undefined;
}

/** What a plugin says that asked the network, fonts' among them. */
const UNREACHABLE =
  /(?:^|: |\] )(?:TypeError: )?(?:fetch failed$|socket hang up$|(?:connect|read|getaddrinfo) E[A-Z_]{4,20}\b)/;

function bundlerError(input: {
  readonly lines: LineStream;
  readonly at: number;
  readonly tool: string;
  readonly message: string;
  readonly place?: Location | undefined;
  readonly code?: string;
  readonly trace?: readonly string[];
}): BuildError {
  const { lines, at, tool, message, place, code, trace } = input;
  const typed = /^(?:TS|NG)(-?\d{1,6}): /.exec(message);
  const plain = typed === null ? dropSpeakers(message) : message.slice(typed[0].length);
  const facts =
    typed !== null && message.startsWith('TS')
      ? readTypeMessage(plain, Number(typed[1]))
      : { kind: typed === null ? syntaxKindOf(place?.path) : ('type' as const), ...readMessage(plain) };
  const suggestion = readSuggestion(plain);
  const unreachable = UNREACHABLE.test(plain) ? readNetworkFailure(plain) : undefined;
  return {
    tool,
    ...(code === undefined ? {} : { code }),
    ...(typed !== null && message.startsWith('NG') ? { code: `NG${typed[1]}` } : {}),
    ...facts,
    ...(unreachable === undefined || unreachable.local ? {} : { kind: 'network', code: unreachable.code }),
    message: plain,
    ...(place === undefined || place.path === '' ? {} : { file: place.path }),
    ...(place?.line === undefined ? {} : { line: place.line }),
    ...(place?.column === undefined ? {} : { column: place.column }),
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(trace === undefined || trace.length === 0 ? {} : { trace }),
    logLine: logLineAt(lines, at),
  };
}

/** Plugins' names and places before a sentence: `[postcss] /abs/main.css:3:3: Unknown word`. */
function dropSpeakers(message: string): string {
  return message.replace(/^(?:\[[^\]]{1,80}\] ){1,4}/, '').replace(/^[^\s:]{1,300}:\d{1,7}:\d{1,7}:? /, '');
}

const reportMark = /^\s*(?:✘|X|✗) \[ERROR\] (.*)$/;

/** esbuild's own report, and Angular's: a marked sentence, a blank line, then `    path:line:column:`. */
function readEsbuildReport(lines: LineStream, at: number, text: string): Match | undefined {
  const head = reportMark.exec(text)?.[1];
  // Angular's own rules read its budgets, which are no fault of the sources, and what its pages threw.
  if (head === undefined || /exceeded maximum budget|^An error occurred while (?:prerender|extract)/.test(head))
    return undefined;
  const message = [head];
  let index = at + 1;
  while (
    textAt(lines, index).trim() !== '' &&
    !reportMark.test(textAt(lines, index)) &&
    parseLocation(textAt(lines, index)) === undefined &&
    message.length < 8
  ) {
    message.push(textAt(lines, index++).trim());
  }
  const whole = message.join('\n');
  const plugin = / \[plugin ([^\]]{1,80})\]$/.exec(whole);
  while (textAt(lines, index).trim() === '' && index < at + 12 && index < lines.texts.length) index++;
  const place = /^\s{2,8}\S/.test(textAt(lines, index)) ? parseLocation(textAt(lines, index)) : undefined;
  const end = place === undefined ? at + message.length : readCodeFrame(lines, index + 1).end;
  const component = findComponent(lines, end);
  // What the command line or the call was given, not what it read.
  if (place === undefined && plugin === null && /^(?:Invalid|Must use|Cannot use) /.test(head))
    return matchOne(
      { role: 'cause', error: { tool: 'esbuild', kind: 'config', message: whole, logLine: logLineAt(lines, at) } },
      at + message.length,
    );
  const tool = plugin?.[1]?.startsWith('angular') === true || /^NG-?\d|^TS-?\d/.test(head) ? 'angular' : 'esbuild';
  return matchOne(
    {
      // The reason stands below it, and is read for itself.
      role: /^Angular compilation \w{1,20} failed\./.test(head) ? 'symptom' : 'cause',
      error: bundlerError({
        lines,
        at,
        tool,
        message: plugin === null ? whole : whole.slice(0, plugin.index),
        place,
        ...(component === undefined ? {} : { trace: [component] }),
      }),
    },
    Math.max(end, at + 1),
  );
}

/** Angular names the class of a faulty template below it: `Error occurs in the template of component X.` */
function findComponent(lines: LineStream, from: number): string | undefined {
  for (let index = from; index < from + 4; index++) {
    if (!textAt(lines, index).includes('occurs in the template of component')) continue;
    for (let below = index + 1; below < index + 4; below++) {
      const place = parseLocation(textAt(lines, below));
      if (place !== undefined) return place.path;
    }
  }
  return undefined;
}

/** esbuild before 0.14 marks it `> ` and writes `error`; Remix puts the kind of module before the path. */
const esbuildLine =
  /^(?:Error: | ?> (?:[\w-]{2,40}:)?)?(\S.{0,400}?):(\d{1,7}):(\d{1,7}): (?:ERROR|error): (.{1,2000})$/;

function readEsbuildLine(lines: LineStream, at: number, text: string): Match | undefined {
  const match = esbuildLine.exec(text);
  if (match?.[1] === undefined) return undefined;
  const place = { path: match[1], line: Number(match[2]), column: Number(match[3]) };
  const message = (match[4] ?? '').replace(/^\[plugin: [^\]]{1,80}\] /, '');
  let end = at + 1;
  if (textAt(lines, end).startsWith('file: ')) end++;
  return matchOne({ role: 'cause', error: bundlerError({ lines, at, tool: 'esbuild', message, place }) }, end);
}

const failedToResolve = /(Rollup|Rolldown|[Ff]ailed).{0,40}?resolve import "([^"]{1,300})" from "([^"]{1,400})"/;
const couldNotResolve =
  /^(?:Error: |RollupError: |\[!\] |\(!\) |\[[^\]]{1,60}\] )*(?:RollupError: )?Could not resolve ["']([^"']{1,300})["'] (?:from|imported by) ["']([^"']{1,400})["']/;
const couldNotLoad = /Could not load (\S{1,400}) \(imported by (\S{1,400}?)\)(?:: (.{1,2000}))?/;

function readUnresolved(lines: LineStream, at: number, text: string): Match | undefined {
  const failed = failedToResolve.exec(text);
  const could = failed ?? couldNotResolve.exec(text);
  const load = could === null ? couldNotLoad.exec(text) : null;
  // Astro's own name for an error stands before what Rollup makes of it.
  if (load !== null && /^\[[A-Z]\w{3,60}\] /.test(text)) return undefined;
  if (load?.[3] !== undefined && !/ENOENT|no such file/.test(load[3])) return readFailedLoad(lines, at, load);
  const specifier = failed?.[2] ?? could?.[1] ?? load?.[1];
  const importer = failed?.[3] ?? could?.[2] ?? load?.[2];
  if (specifier === undefined || importer === undefined) return undefined;
  const place = placeBelow(lines, at + 1, importer) ?? { path: importer };
  const message = text.slice(text.search(/(?:Rollup|Rolldown|Failed|Could not)/)).trim();
  const error: BuildError = {
    ...bundlerError({ lines, at, tool: 'vite', message, place }),
    kind: 'module-not-found',
    specifier: load === null ? specifier : specifier.replace(/,$/, ''),
  };
  const warning = text.includes('(!)') || /^\(!\) |WARN|treating it as an external/.test(text);
  return matchOne(
    { role: warning ? 'warning' : 'cause', error },
    textAt(lines, at + 1).startsWith('file: ') ? at + 2 : at + 1,
  );
}

/** A module that is there, and that a plugin could not make of what it reads. */
function readFailedLoad(
  lines: LineStream,
  at: number,
  [, path = '', importer = '', reason = '']: RegExpExecArray,
): Match {
  const error = bundlerError({ lines, at, tool: 'vite', message: reason, place: { path }, trace: [importer] });
  return matchOne({ role: 'cause', error }, at + 1);
}

/** The line `file: path:line:column` that Vite prints for the error above it. */
function placeBelow(lines: LineStream, from: number, importer: string): Location | undefined {
  for (let index = from; index < from + 4; index++) {
    const text = textAt(lines, index);
    if (!text.startsWith('file: ')) continue;
    const place = parseLocation(text.slice('file: '.length));
    return place?.line !== undefined && place.path.endsWith(importer.replace(/^\.?\//, '')) ? place : undefined;
  }
  return undefined;
}

const rolldownHead =
  /^(?:(?<path>\S.{0,300}) \(\d{1,7}:\d{1,7}\) )?\[(?<code>[A-Z][A-Z_]{2,60}|builtin:[\w-]{1,60}|plugin [^\]]{1,80})\] (?:Error: )?(?<message>.{0,2000})$/;

/** `[CODE] message`, a frame headed `╭─[ path:line:column ]`, and in it who imports the file. */
function readRolldown(lines: LineStream, at: number, text: string): Match | undefined {
  const match = rolldownHead.exec(text);
  const header = match === null ? undefined : readFrameHeader(textAt(lines, at + 1));
  const groups = match?.groups;
  if (groups === undefined) return undefined;
  if (header === undefined) {
    if (groups.code?.startsWith('builtin:') === true) return readBuiltin(lines, at, groups.message ?? '');
    return OF_OPTIONS.test(groups.code ?? '') ? readOptionsError(lines, at, groups) : undefined;
  }
  const place = parseLocation(header);
  const end = readCodeFrame(lines, at + 2).end;
  const trace: string[] = [];
  for (let index = at + 2; index < end; index++) {
    const importer = /^\s*[│|]\s+- (\S{1,300})$/.exec(textAt(lines, index))?.[1];
    if (importer !== undefined) trace.push(importer);
  }
  const warning = groups.path !== undefined || /^Warning: /.test(groups.message ?? '');
  const code = groups.code?.includes(':') === true ? undefined : groups.code;
  const error = bundlerError({
    lines,
    at,
    tool: 'rolldown',
    message: groups.message ?? '',
    place,
    trace,
    ...(code === undefined || code.startsWith('plugin ') ? {} : { code }),
  });
  return matchOne({ role: warning ? 'warning' : 'cause', error }, Math.max(end, at + 2));
}

/** What Rolldown says of the options and the compiler's settings has no place. */
const OF_OPTIONS = /^(?:INVALID_OPTION|TSCONFIG_ERROR|UNRESOLVED_ENTRY)$/;

function readOptionsError(lines: LineStream, at: number, groups: Record<string, string | undefined>): Match {
  const { code = '', message = '' } = groups;
  return matchOne(
    { role: 'cause', error: { tool: 'vite', kind: 'config', code, message, logLine: logLineAt(lines, at) } },
    at + 1,
  );
}

/** `[builtin:vite-json] plugin threw an error`, with the reason after `Caused by:` and no path. */
function readBuiltin(lines: LineStream, at: number, message: string): Match | undefined {
  for (let index = at + 1; index < at + 5; index++) {
    if (textAt(lines, index).trim() !== 'Caused by:') continue;
    const reason = textAt(lines, index + 1).trim();
    const place = /at line (\d{1,7}) column (\d{1,7})/.exec(reason);
    return matchOne(
      {
        role: 'cause',
        error: {
          tool: 'rolldown',
          kind: textAt(lines, at).includes('json') ? 'json' : 'other',
          message: `${message}: ${reason}`,
          ...(place === null ? {} : { line: Number(place[1]), column: Number(place[2]) }),
          logLine: logLineAt(lines, at),
        },
      },
      index + 2,
    );
  }
  return undefined;
}

/** What PostCSS could not read has no place in it: `/abs/base.css:undefined:NaN`. */
const NO_PLACE = /:undefined:NaN$/;
const pluginHead = /^\[(?:plugin )?([\w@/:.-]{2,80})\] (\S.{0,2000})$/;
/** What consola puts before a sentence where nobody watches. */
const consolaLevel = /^\[error\] (?=\[)/;
const knownPlugin = /^(?:plugin |vite|builtin|commonjs|rollup|nitro|unplugin|esbuild|postcss|sass|rpt2|plugin-|@)/;

/** `[plugin name] path` with the error below, and `[vite:css] message` with the place below. */
function readPluginError(lines: LineStream, at: number, text: string): Match | undefined {
  const match = pluginHead.exec(text.replace(consolaLevel, ''));
  const name = match?.[1];
  const own =
    match?.[2]?.startsWith(`[plugin ${name}] `) === true ? match[2].slice(`[plugin ${name}] `.length) : undefined;
  if (name !== undefined && own !== undefined && !knownPlugin.test(name)) return readOwnPlugin(lines, at, name, own);
  const rest = match?.[2]?.trim().replace(NO_PLACE, '');
  if (name === undefined || rest === undefined) return undefined;
  if (!text.startsWith('[plugin ') && !knownPlugin.test(name)) return undefined;
  if (/^\[vite\]: |^\[vite:esbuild\] Transform failed/.test(text) || rest.startsWith('Transform failed with'))
    return undefined;
  const place = isPathLike(rest.replace(/(?::\d{1,7}){0,2}$/, '')) ? parseLocation(rest) : undefined;
  if (place !== undefined) return readPluginPath(lines, at, name, place);
  const located = /^(\S.{0,300}) \((\d{1,7}):(\d{1,7})\): (.{1,2000})$/.exec(rest);
  const below = findPlace(lines, at);
  if (located?.[1] !== undefined && isPathLike(located[1].replace(/^\[[^\]]{1,80}\] /, ''))) {
    const own = {
      path: located[1].replace(/^\[[^\]]{1,80}\] /, ''),
      line: Number(located[2]),
      column: Number(located[3]),
    };
    return matchOne(
      { role: 'cause', error: bundlerError({ lines, at, tool: toolOf(name), message: located[4] ?? '', place: own }) },
      below?.end ?? at + 1,
    );
  }
  if (below === undefined) return undefined;
  const tool = rest.startsWith('[sass] ') ? 'sass' : toolOf(name);
  const error = {
    ...bundlerError({ lines, at, tool, message: rest, place: nearerPlace(rest, below.place) }),
    ...readSassName(lines, at, { message: rest, line: below.place.line }),
  };
  const sheet = error.tool === 'postcss' ? LOST_SHEET.exec(rest)?.[1] : undefined;
  const lost = sheet === undefined ? {} : { kind: 'module-not-found' as const, specifier: sheet };
  return matchOne({ role: 'cause', error: { ...error, ...lost } }, below.end);
}

/** A plugin of the project's own, which says what it says: `[locale-check] [plugin locale-check] cs.json lacks a text`. */
function readOwnPlugin(lines: LineStream, at: number, name: string, message: string): Match {
  const { end } = readThrown(lines, at, { sentence: message });
  const below = findPlace(lines, at)?.place;
  const error = { ...bundlerError({ lines, at, tool: 'vite', message, place: below }), kind: 'other' as const };
  return matchOne({ role: 'cause', error: { ...error, ...readMessage(message), symbol: name } }, Math.max(end, at + 1));
}

/** postcss-import opens what it could not resolve: https://github.com/postcss/postcss-import */
const LOST_SHEET = /ENOENT: no such file or directory, open '(\.{1,2}\/[^']{1,300})'/;

/** Where plugins of the project's own are written; Vite runs a copy of it. */
const SETTINGS = /[\w-]\.config\.[cm]?[jt]s/;
/** Raised by code that ran, not by a parser. */
const RUNTIME_ERROR = /^(?:Reference|Type|Range)Error$/;

function readPluginPath(lines: LineStream, at: number, name: string, place: Location): Match | undefined {
  const thrown = readThrown(lines, at + 1);
  if (thrown.name === undefined) return undefined;
  const sass = findSassPlace(lines, at + 1, at + 14);
  // Style sheets in code are run: what they import may be what threw.
  const raised = thrown.facts.file;
  const own = raised === undefined || SETTINGS.test(raised) ? undefined : { ...thrown.facts, path: raised };
  const where = sass ?? own ?? nearerPlace(thrown.message, place);
  const message = thrown.message.split('\n')[0] ?? thrown.message;
  const error = bundlerError({ lines, at, tool: toolOf(name), message, place: where });
  const { file: _file, line: _line, column: _column, message: _message, ...facts } = thrown.facts;
  return matchOne(
    {
      ...thrown.reading,
      role: 'cause',
      error: {
        ...facts,
        ...error,
        ...(RUNTIME_ERROR.test(thrown.name) ? { kind: 'other' } : {}),
        ...(facts.kind === undefined ? {} : { kind: facts.kind }),
        ...(own === undefined || own.path === place.path ? {} : { trace: [...(facts.trace ?? []), place.path] }),
      },
    },
    thrown.end,
  );
}

function toolOf(plugin: string): string {
  if (plugin.includes('svelte')) return 'svelte';
  if (plugin.includes('vue')) return 'vue';
  if (plugin.includes('css')) return 'postcss';
  if (plugin.includes('esbuild')) return 'esbuild';
  if (plugin.includes('astro')) return 'astro';
  return 'vite';
}

/** A place that the sentence itself names is nearer than the file below it. */
function nearerPlace(message: string, place: Location): Location {
  const compiler = /failed to resolve "extends": ?"[^"]{1,300}" in (\S{1,400}\.json)/.exec(message)?.[1];
  if (compiler !== undefined) return { path: compiler };
  const named = /([^\s:()[\]]{1,300}\.\w{1,10}):(\d{1,7}):(\d{1,7})/.exec(message);
  if (named?.[1] !== undefined) return { path: named[1], line: Number(named[2]), column: Number(named[3]) };
  const bare = place.line === undefined ? /\((\d{1,7}):(\d{1,7})\)/.exec(message) : null;
  return bare === null ? place : { ...place, line: Number(bare[1]), column: Number(bare[2]) };
}

const placeStart = /^(?:[Ff]ile: |\s*[,╭])/;

function findPlace(lines: LineStream, at: number): { readonly place: Location; readonly end: number } | undefined {
  const limit = Math.min(lines.texts.length, at + 24);
  for (let index = at + 1; index < limit; index++) {
    const text = textAt(lines, index);
    if (text.startsWith('Error: Command "') || text.startsWith('npm error')) break;
    if (!placeStart.test(text)) continue;
    const place =
      text.startsWith('file: ') || text.startsWith('File: ')
        ? parseLocation(text.slice('file: '.length).replace(NO_PLACE, ''))
        : parseLocation(readFrameHeader(text) ?? '');
    if (place !== undefined) {
      return { place: findSassPlace(lines, at + 1, at + 10) ?? place, end: readCodeFrame(lines, index + 1).end };
    }
  }
  const sass = findSassPlace(lines, at + 1, at + 10);
  return sass === undefined ? undefined : { place: sass, end: at + 2 };
}

const located =
  /^(?:\[[\w :.-]{1,40}\]\s{1,3})?(?:\s?ERROR\s{1,3})?(?:\[!\] )?(?:RollupError: |Error: |\([^)]{1,60}\) )?(\S[^()\n]{0,300}(?:\([\w.-]{1,60}\)[^()\n]{0,200}){0,3}) \((\d{1,7}):(\d{1,7})\): (.{1,2000})$/;

/** Rollup: `src/main.ts (1:8): "foo" is not exported by "src/b.ts"`; its warnings look the same but for what follows. */
function readLocated(lines: LineStream, at: number, text: string): Match | undefined {
  if (text.length > 2_500) return undefined;
  const match = located.exec(text.replace(/^(?:\[[^\]]{1,80}\] ){1,3}/, ''));
  if (match?.[1] === undefined || !isPathLike(match[1])) return undefined;
  const follows = textAt(lines, at + 1).startsWith('file: ');
  const place = { path: match[1], line: Number(match[2]), column: Number(match[3]) };
  const error = bundlerError({ lines, at, tool: 'vite', message: match[4] ?? '', place });
  const fails = follows || text.startsWith('[!] ') || error.kind === 'export-missing' || failsAbove(lines, at);
  return matchOne({ role: fails ? 'cause' : 'warning', error }, follows ? at + 2 : at + 1);
}

function failsAbove(lines: LineStream, at: number): boolean {
  for (let index = at - 1; index >= Math.max(0, at - 4); index--) {
    if (/Build failed|error during build|\[!\]|ERROR/.test(textAt(lines, index))) return true;
  }
  return false;
}

/** What stands above a sentence: that it failed, and how far it had got. */
const notSaying =
  /error during build|Build failed|Transform failed|^(?:vite v\d|transforming|rendering chunks|computing gzip|✓ \d|Running "|> |\$ )/;

/** A place whose sentence no other rule took: the sentence is what stands above it. */
function readFileLine(lines: LineStream, at: number, text: string): Match | undefined {
  const place = parseLocation(text.slice('file: '.length));
  if (place === undefined) return undefined;
  const message: string[] = [];
  for (let index = at - 1; index >= Math.max(0, at - 6); index--) {
    const above = textAt(lines, index);
    if (above.trim() === '' || notSaying.test(above)) break;
    message.unshift(above.trim());
  }
  if (message.length === 0) return undefined;
  return matchOne(
    {
      role: 'cause',
      error: bundlerError({
        lines,
        at,
        tool: 'vite',
        message: message.join('\n').replace(/^\[[^\]]{1,60}\] /, ''),
        place,
      }),
    },
    readCodeFrame(lines, at + 1).end,
  );
}

const knownBelow =
  /^(?:\[|file: |Could not|Build failed with|.{0,300}: ERROR: |.{0,300} \(\d{1,7}:\d{1,7}\): |Error: Build failed|Error: No matcher found for parameter |.{0,20}failed to resolve import|.{0,40}Failed to load PostCSS config|.{0,60}Cannot import \S{1,300} into c)/;

const importedBy = /, imported by "([^"]{1,400})"\.?$/;

/** Vite's last resort: whatever was thrown, by a plugin or by the configuration itself. */
function readDuringBuild(lines: LineStream, at: number): Match | undefined {
  let index = at + 1;
  while (index < at + 4 && textAt(lines, index).trim() === '') index++;
  // VitePress prints the message, and then the whole error, which starts with it.
  const sentence = textAt(lines, index).trim();
  if (
    sentence !== '' &&
    /^\w{0,40}Error: /.test(textAt(lines, index + 1)) &&
    textAt(lines, index + 1).endsWith(sentence)
  )
    index++;
  const head = textAt(lines, index);
  if (head.trim() === '' || knownBelow.test(head)) return undefined;
  if (/Cannot find (?:module|package)|TS\d{4}/.test(head)) return undefined;
  const thrown = readThrown(lines, index);
  const config = configAbove(lines, at);
  const isRefusal = thrown.frames === 0 && thrown.facts.kind === undefined && isAboutSettings(thrown.message);
  const importer = importedBy.exec(thrown.message)?.[1];
  const isOpen = thrown.facts.kind === undefined || thrown.facts.kind === 'config';
  const named = isOpen && thrown.facts.file === undefined ? fileOfSentence(thrown.message) : undefined;
  const finding: Finding = {
    ...thrown.reading,
    role: 'cause',
    error: {
      tool: thrown.facts.kind === 'config' ? (toolOfStack(lines, index, thrown.end) ?? 'vite') : 'vite',
      kind: config === undefined && !isRefusal ? 'script-failed' : 'config',
      ...(named === undefined ? {} : { file: named }),
      ...(importer === undefined ? {} : { file: importer }),
      ...(config === undefined ? {} : { file: config }),
      ...thrown.facts,
      logLine: logLineAt(lines, index),
    },
  };
  return matchOne(finding, thrown.end);
}

function configAbove(lines: LineStream, at: number): string | undefined {
  for (let index = at; index >= Math.max(0, at - 3); index--) {
    const path = /failed to load config from (\S{1,400})/.exec(textAt(lines, index))?.[1];
    if (path !== undefined) return path;
  }
  return undefined;
}
