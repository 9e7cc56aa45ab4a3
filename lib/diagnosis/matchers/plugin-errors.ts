/** Errors of bundlers' plugins: `[plugin name] path` with the error below, `[vite:css] message` with the place below. */

import { type LineStream, type Match, matchOne } from '../finding.js';
import { isPathLike, type Location, parseLocation } from '../locations.js';
import { readMessage } from '../messages.js';
import { findSassPlace, readSassName } from '../sass.js';
import { readThrown } from '../thrown-error.js';
import { bundlerError, findPlace, NO_PLACE } from './bundler-error.js';

const pluginHead = /^\[(?:plugin )?([\w@/:.-]{2,80})\] (\S.{0,2000})$/;
/** What consola puts before a sentence where nobody watches. */
const consolaLevel = /^\[error\] (?=\[)/;
const knownPlugin = /^(?:plugin |vite|builtin|commonjs|rollup|nitro|unplugin|esbuild|postcss|sass|rpt2|plugin-|@)/;

/** `[plugin name] path` with the error below, and `[vite:css] message` with the place below. */
export function readPluginError(lines: LineStream, at: number, text: string): Match | undefined {
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
