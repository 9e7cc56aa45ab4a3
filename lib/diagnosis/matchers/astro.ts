/** Astro: a sentence, then headed parts: `Hint:`, `Location:`, `Stack trace:`. */
import type { BuildError } from '../diagnosis.js';
import { fileOfSentence } from '../file-of-sentence.js';
import { type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { parseLocation } from '../locations.js';
import { readMessage, syntaxKindOf } from '../messages.js';
import { readMissingVariable, remedyForVariables } from '../missing-variable.js';
import { isSettingUp } from '../settings-messages.js';
import { readThrown } from '../thrown-error.js';

const named =
  /^(?:\d{2}:\d{2}:\d{2} )?(?:\[ERROR\] )?(?:\[\w{1,30}\] )?\[((?:[A-Z]|i18n[A-Z])\w{0,40}[a-z]\w{0,40})\] (\S.{0,2000})$/;
const maxPart = 60;

export function matchAstro(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  const isBehindPage = text.includes('.html[');
  if (text.charCodeAt(0) === 91 || text.includes('] [') || isBehindPage) {
    // What fails while a page is written follows its name: `└─ /index.html[NoMatchingRenderer] Unable ...`.
    const match = named.exec(isBehindPage ? text.replace(/^.{0,40}[└├]─ \/\S{0,300}?\.html(?=\[)/, '') : text);
    if (match?.[1] !== undefined && match[2] !== undefined && hasParts(lines, at))
      return readNamed(lines, at, match[1], match[2]);
  }
  if (text === '  Stack trace:' || text === '  Location:') return readParts(lines, at);
  return text.includes('.html') && THROWN_IN_PAGE.test(text) ? readThrownInPage(lines, at) : undefined;
}

/** What a component throws follows the page's address, with its own stack, before Astro tells it once more. */
const THROWN_IN_PAGE = /[└├]─ \/[^\s"]{0,300}?\.html(?=(?:[A-Z]\w{0,60})?Error: \S)/;

function readThrownInPage(lines: LineStream, at: number): Match {
  const sentence = withoutAddress(textAt(lines, at), undefined).trim();
  let end = at + 1;
  while (/^\s+at /.test(textAt(lines, end))) end++;
  const parts = readPlaceAndStack(lines, at);
  const { reading, facts } = readThrown(lines, at, { sentence });
  const { message: _message, trace: _trace, file: _file, line: _line, column: _column, ...known } = facts;
  return matchOne({ ...reading, role: 'cause', error: { ...known, ...describe(lines, at, sentence, parts) } }, end);
}

function hasParts(lines: LineStream, at: number): boolean {
  for (let index = at + 1; index < Math.min(lines.texts.length, at + maxPart); index++) {
    const text = textAt(lines, index);
    if (text === '  Stack trace:' || text === '  Location:' || text === '  Error reference:') return true;
    if (text.startsWith('Error: Command "') || text.startsWith('npm error')) return false;
  }
  return false;
}

function readNamed(lines: LineStream, at: number, code: string, head: string): Match {
  const message = [head];
  for (let index = at + 1; index < at + 14; index++) {
    const text = textAt(lines, index).trim();
    if (/^(?:Hint|Location|Error reference|Stack trace):/.test(text)) break;
    if (text !== '') message.push(text.replace(/\*\*/g, ''));
  }
  const parts = readPlaceAndStack(lines, at);
  const variables = code === 'EnvInvalidVariables' ? listVariables(message) : [];
  const firstVariable = variables[0];
  if (firstVariable !== undefined) {
    return matchOne(
      {
        role: 'cause',
        class: 'environment',
        remedy: remedyForVariables(variables, true),
        error: {
          tool: 'astro',
          kind: 'variable-missing',
          code,
          symbol: firstVariable,
          message: message.join('\n'),
          logLine: logLineAt(lines, at),
        },
      },
      parts.end,
    );
  }
  const named = parts.file ?? fileOfSentence(message.join('\n'));
  const error = {
    ...describe(lines, at, message.join('\n'), parts),
    code,
    ...(named === undefined ? {} : { file: named }),
  };
  const kind =
    kindOfCode(code, head) ?? (parts.setsUp && named === undefined ? { kind: 'config' as const } : undefined);
  if (kind !== undefined) return matchOne({ role: 'cause', error: { ...error, ...kind } }, parts.end);
  return matchOne({ role: 'cause', error }, parts.end);
}

/** What `astro.config` has to say or to stop saying: https://docs.astro.build/en/reference/error-reference/ */
const OF_CONFIGURATION = new Set([
  'NoAdapterInstalled',
  'NoAdapterInstalledServerIslands',
  'AdapterSupportOutputMismatch',
  'NoMatchingRenderer',
  'NoClientEntrypoint',
  'MdxIntegrationMissingError',
  'InvalidImageService',
  'i18nNotEnabled',
  'IncorrectStrategyForI18n',
  'NoPrerenderedRoutesWithDomains',
  'ExperimentalFontsNotEnabled',
  'CannotLoadFontProvider',
  'FontFamilyNotFound',
  'CspNotEnabled',
  'UnsupportedExternalRedirect',
  'UnknownConfigError',
  'ConfigNotFound',
  'ConfigLegacyKey',
  'ActionsWithoutServerOutputError',
  'SessionStorageInitError',
  'SessionWithoutSupportedAdapterOutputError',
  'SessionConfigMissingError',
  'SessionConfigWithoutFlagError',
  'CacheNotEnabled',
  'EnvPrefixConflictsWithSecret',
  'InvalidI18nMiddlewareConfiguration',
  'InvalidRedirectDestination',
  'LoggerConfigurationNotSerializable',
  'UnableToLoadLogger',
  'CannotDetermineWeightAndStyleFromFontFile',
  'CannotExtractFontType',
]);

/** Packages that Astro leaves to the project, and what it fetches; all else is the sources'. */
function kindOfCode(code: string, head: string): (Partial<BuildError> & Pick<BuildError, 'kind'>) | undefined {
  if (OF_CONFIGURATION.has(code)) return { kind: 'config' };
  if (code === 'MissingSharp') return { kind: 'package-missing', specifier: 'sharp' };
  const provider = code === 'CacheProviderNotFound' ? /`([^`]{1,100})`/.exec(head)?.[1] : undefined;
  if (provider !== undefined && !provider.startsWith('.')) return { kind: 'package-missing', specifier: provider };
  if (code === 'CacheProviderNotFound') return { kind: 'config' };
  if (code !== 'CannotFetchFontFile') return undefined;
  return head.includes('://') && !head.includes('file://')
    ? { kind: 'network', code: 'font-file' }
    : { kind: 'config' };
}

function listVariables(message: readonly string[]): readonly string[] {
  return message
    .map((row) => /^[-•*]? ?([A-Z][A-Z0-9_]{2,80}) (?:is missing|is not|\()/.exec(row)?.[1])
    .filter((name) => name !== undefined);
}

interface Parts {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly route?: string;
  readonly trace: readonly string[];
  /** An integration was setting itself up. */
  readonly setsUp: boolean;
  readonly end: number;
}

/** The module of a page, which fails while it is loaded and before the log says that the page is rendered. */
const builtPage = /\/pages\/([^\s?_]{1,300}?)\.astro\.mjs(?:\?time=\d{1,20})?:\d/;

function readPlaceAndStack(lines: LineStream, at: number): Parts {
  let place: ReturnType<typeof parseLocation>;
  let end = at + 1;
  let setsUp = false;
  let loaded: string | undefined;
  const limit = Math.min(lines.texts.length, at + maxPart);
  for (let index = at; index < limit; index++) {
    const text = textAt(lines, index);
    if (text.startsWith('Error: Command "') || text.startsWith('npm error')) break;
    if (text === '  Location:') {
      place = parseLocation(textAt(lines, index + 1));
      end = index + 2;
    }
    if (text === '  Stack trace:') {
      end = index + 1;
      while (/^\s+at /.test(textAt(lines, end))) {
        loaded ??= builtPage.exec(textAt(lines, end))?.[1];
        setsUp = isSettingUp(textAt(lines, end++)) || setsUp;
      }
      break;
    }
  }
  const rendered = routeAbove(lines, at);
  const route = loaded === undefined || rendered?.page?.includes(`/${loaded}.`) ? rendered : routeOfPage(loaded);
  // `0:0` is how Astro says that it knows the file alone.
  const line = place?.line === undefined || place.line === 0 ? {} : { line: place.line, column: place.column ?? 0 };
  const dependency = place?.path.includes('/node_modules/') === true;
  return {
    ...(place === undefined || dependency ? {} : { file: place.path, ...line }),
    ...(route === undefined ? {} : { route: route.path }),
    trace: route?.page === undefined ? [] : [route.page],
    setsUp,
    end,
  };
}

function routeOfPage(page: string): ReturnType<typeof routeAbove> {
  return { path: `/${page.replace(/(?:^|\/)index$/, '')}` };
}

/** `▶ src/pages/index.astro` and `└─ /index.html` say what was being rendered. */
function routeAbove(lines: LineStream, at: number): { readonly path: string; readonly page?: string } | undefined {
  let path: string | undefined;
  for (let index = at; index > Math.max(0, at - 30); index--) {
    const text = textAt(lines, index);
    path ??=
      /[└├]─ (\/[^\s"]{0,200}?)\.html/.exec(text)?.[1] ?? /[└├]─ (\/.{0,200}?)(?=\S* ?\(\+|\[?[A-Z]|$)/.exec(text)?.[1];
    const endpoint = /λ (\S{1,300})$/.exec(text)?.[1];
    if (endpoint !== undefined) return { path: routeOfEndpoint(endpoint), page: endpoint };
    const page = /▶ (\S{1,300})$/.exec(text)?.[1];
    if (page !== undefined) return { path: (path ?? page).replace(/\/index$/, '/'), page };
  }
  return undefined;
}

/** An endpoint is named after what it writes: `src/pages/feed.json.ts`. */
function routeOfEndpoint(endpoint: string): string {
  return endpoint.replace(/^(?:.*\/)?pages(?=\/)/, '').replace(/\.[cm]?[jt]s$/, '');
}

/** Astro 7 names the page with the error, two lines above the stack, and no longer with its file. */
function caughtAbove(lines: LineStream, at: number): { readonly route?: string } {
  const route = /Caught error rendering (\/\S{0,200}): /.exec(textAt(lines, at - 2))?.[1];
  return route === undefined ? {} : { route };
}

function describe(lines: LineStream, at: number, message: string, parts: Parts): BuildError {
  const { trace, end: _, setsUp: _setsUp, ...place } = parts;
  const fallback = parts.route === undefined ? syntaxKindOf(parts.file) : 'prerender';
  return {
    tool: 'astro',
    kind: /Content|Collection|frontmatter|schema/i.test(message) ? 'type' : fallback,
    ...readMessage(message),
    message,
    ...place,
    ...(trace.length > 0 ? { trace } : {}),
    logLine: logLineAt(lines, at),
  };
}

/** A reference that leads to no entry, or to no collection, is only warned about; what fails is the code that goes on with it. */
function readLostEntry(above: string, sentence: string): Pick<BuildError, 'code' | 'symbol' | 'message'> | undefined {
  if (!sentence.includes('of undefined')) return undefined;
  const lost = /(Entry [\w-]{1,80} → (\S{1,200}) was not found)\.$/.exec(above);
  if (lost?.[1] !== undefined && lost[2] !== undefined)
    return { code: 'entry-not-found', symbol: lost[2], message: `${sentence}\n${lost[1]}.` };
  const none = /(The collection "([\w-]{1,80})" does not exist)/.exec(above);
  if (none?.[1] === undefined || none[2] === undefined) return undefined;
  return { code: 'collection-not-found', symbol: none[2], message: `${sentence}\n${none[1]}.` };
}

/** What fails while a page or an endpoint is written follows its address without a blank: `└─ /feed.xmlentries.map is not`. */
function withoutAddress(row: string, page: string | undefined): string {
  const endpoint = page !== undefined && /\.[cm]?[jt]s$/.test(page) ? routeOfEndpoint(page) : undefined;
  if (endpoint === undefined) return row.replace(/^.*[└├]─ \/\S*?\.html/, '');
  const [, address = ''] = /[└├]─ (\/.*)$/.exec(row) ?? [];
  if (address.startsWith(endpoint)) return address.slice(endpoint.length);
  const suffix = /\]([^\][/]{0,40}\.\w{1,10})$/.exec(endpoint)?.[1];
  const end = suffix === undefined ? -1 : address.indexOf(suffix);
  return suffix === undefined || end < 0 ? row : address.slice(end + suffix.length);
}

/** The row above the first part, which may be a hint. */
function findSentence(lines: LineStream, at: number): number {
  for (let index = at - 1; index > at - 10; index--) {
    const text = textAt(lines, index);
    if (text === '  Hint:') return index - 1;
    if (!/^ {4}/.test(text) && text.trim() !== '') break;
  }
  return at - 1;
}

/** An error without a name: its sentence stands right above the first part. */
function readParts(lines: LineStream, at: number): Match | undefined {
  const told = findSentence(lines, at);
  const above = textAt(lines, told);
  if (above === '  Stack trace:' || above === '  Location:') return undefined;
  const sentence = withoutAddress(above, routeAbove(lines, told)?.page).trim();
  const parts = { ...caughtAbove(lines, at), ...readPlaceAndStack(lines, at) };
  if (sentence === '' || /^\d{0,6}:|^\s*\^/.test(sentence) || above.startsWith('file: '))
    return { findings: [], end: parts.end };
  const variable = readMissingVariable(sentence);
  const stack = readThrown(lines, at, { sentence });
  const error = { ...describe(lines, told, sentence, parts), ...readLostEntry(textAt(lines, told - 1), sentence) };
  if (/failed to resolve import|Could not resolve|Cannot find (?:module|package)|is not exported by/.test(sentence))
    return { findings: [], end: parts.end };
  const config = configOf(lines, at, stack.facts.file);
  const { message: _message, trace: _trace, file: _file, line: _line, column: _column, ...facts } = stack.facts;
  return matchOne(
    {
      ...stack.reading,
      role: 'cause',
      ...(variable === undefined
        ? {}
        : { class: 'environment' as const, remedy: remedyForVariables([variable.symbol], variable.named) }),
      error: {
        ...facts,
        ...error,
        kind: facts.kind ?? error.kind,
        ...(config === undefined ? {} : { kind: 'config' as const, file: config }),
      },
    },
    parts.end,
  );
}

/** The configuration, where it threw or could not be loaded. */
function configOf(lines: LineStream, at: number, thrower: string | undefined): string | undefined {
  if (thrower !== undefined && /(?:^|\/)astro\.config\.[cm]?[jt]s$/.test(thrower)) return thrower;
  for (let index = at - 1; index > Math.max(0, at - 6); index--) {
    const path = /^\[astro\] Unable to load (\S{1,200}\.[cm]?[jt]s)$/.exec(textAt(lines, index))?.[1];
    if (path !== undefined) return path;
  }
  return undefined;
}
