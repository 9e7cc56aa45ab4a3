/** Rollup, Rolldown, esbuild and Vite around them; also what Astro, SvelteKit, Nuxt and React Router let through. */
import { readCodeFrame } from '../code-frame.js';
import type { BuildError } from '../diagnosis.js';
import { fileOfSentence } from '../file-of-sentence.js';
import { type Finding, type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { isPathLike, type Location, parseLocation } from '../locations.js';
import { isAboutSettings } from '../settings-messages.js';
import { readThrown } from '../thrown-error.js';
import { toolOfStack } from '../tool-of-stack.js';
import { bundlerError } from './bundler-error.js';
import { readFrameHeader } from './next-compile.js';
import { readPluginError } from './plugin-errors.js';

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
  if (aboutManifest.test(thrown.message)) {
    const error: BuildError = {
      tool: 'vite',
      kind: 'package-missing',
      message: thrown.facts.message,
      file: 'package.json',
      logLine: logLineAt(lines, index),
    };
    return matchOne({ role: 'cause', class: 'dependency', error }, thrown.end);
  }
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

/** Settings that look over the manifest: `Move kelp to devDependencies`. */
const aboutManifest =
  /\b(?:[Mm]ove|[Aa]dd|[Pp]ut|[Ll]ist|[Dd]eclare|[Rr]emove)\b.{1,300}\b(?:to|in|into|under|from) (?:your |the )?["'`]?(?:devD|peerD|optionalD|d)ependencies\b/;

function configAbove(lines: LineStream, at: number): string | undefined {
  for (let index = at; index >= Math.max(0, at - 3); index--) {
    const path = /failed to load config from (\S{1,400})/.exec(textAt(lines, index))?.[1];
    if (path !== undefined) return path;
  }
  return undefined;
}
