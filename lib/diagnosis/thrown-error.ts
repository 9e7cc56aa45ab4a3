/** JavaScript errors as Node and the frameworks print them: name, message, stack, properties, cause. */

import { readCodeFrame } from './code-frame.js';
import { isConfigFile } from './config-files.js';
import type { BuildError } from './diagnosis.js';
import { fileOfSentence } from './file-of-sentence.js';
import { type Finding, type LineStream, textAt } from './finding.js';
import { readMessage, readSuggestion } from './messages.js';
import { type MissingVariable, readMissingVariable, refusesVariables, remedyForVariables } from './missing-variable.js';
import { isLocalDatabase, localDatabaseRemedy, readNetworkFailure } from './network-failure.js';
import { readOldSystem } from './old-system.js';
import { isForeignPath } from './paths.js';
import { isRefused, refusalRemedy } from './refused-credentials.js';
import { isAboutSettings, isSettingUp } from './settings-messages.js';
import { readSettingsReader } from './settings-readers.js';
import { packageOfPath } from './specifiers.js';

export interface ThrownError {
  /** `TypeError`; undefined when the text is no error. */
  readonly name?: string;
  readonly message: string;
  readonly frames: number;
  /** Files of the stack that may belong to the repository, nearest first, as written. */
  readonly trace: readonly string[];
  readonly cause?: ThrownError;
  readonly facts: Omit<Partial<BuildError>, 'message'> & { readonly message: string };
  readonly reading: Pick<Finding, 'class' | 'remedy' | 'fact'>;
  /** Index of the first line after it. */
  readonly end: number;
}

/** Where a bundler shortened the class, Node.js puts what the error calls itself in brackets: `_ [ZodError]: `. */
const header =
  /^(?:\s*(?:⨯|✗|×|❌|error|\[(?:ERROR|error)\]|\[cause\]:|cause:|Uncaught|unhandledRejection|Unhandled Rejection:?|-|[A-Za-z_$][\w$]{0,2}(?= \[\w{1,60}Error\]:))\s?)*\[?((?:[A-Za-z_$][\w$]{0,60})?(?:Error|Exception|Warning|Failure)\d?)\]?(?: \[\w{1,60}\])?(?: \([\w/-]{1,60}\))?: ?(.*)$/;
const framePlace = /:(\d{1,7}):(\d{1,7})$/;
const property =
  /^\s+(code|path|input|hostname|host|port|address|syscall|digest|specifier|id|status|statusCode): (?:'([^']{0,400})'|"([^"]{0,400})"|(\d{1,6}))/;
/** `cause` stands in brackets where it is not enumerable, as the one of a mere `new Error(message, { cause })`. */
const causeMark = /\[cause\]:|^\s+cause: \[?\w{0,60}Error\b/;
const maxLines = 120;

interface Reading {
  readonly name?: string;
  readonly message: string[];
  readonly places: { path: string; line: number; column: number }[];
  readonly chunks: string[];
  readonly properties: Map<string, string>;
  /** The environment variable that the marked line of source reads. */
  variable: string | undefined;
  /** What is being rendered, by the name of the bundle that threw. */
  route: string | undefined;
  /** Whose code ran, innermost first; `undefined` is a file of no package, a bundle as well as one of the project. */
  readonly owners: (string | undefined)[];
  /** Where it was raised, whoever's file that is; absent before the first frame that has a path. */
  raisedIn: string | undefined;
  frames: number;
  /** A function that loads settings or looks them over is in the stack. */
  setsUp: boolean;
  /** SvelteKit reads the routes while it sets itself up. */
  generates: boolean;
}

/** Reads the error that starts at `at`; with `sentence`, that line is the message whatever it looks like. */
export function readThrown(
  lines: LineStream,
  at: number,
  options: { readonly sentence?: string; readonly depth?: number } = {},
): ThrownError {
  const first = textAt(lines, at);
  const head = header.exec(first);
  const reading: Reading = {
    ...(head?.[1] === undefined ? {} : { name: head[1] }),
    message: [(options.sentence ?? head?.[2] ?? first).trim()].filter(Boolean),
    places: [],
    chunks: [],
    properties: new Map(),
    variable: undefined,
    route: undefined,
    owners: [],
    raisedIn: undefined,
    frames: 0,
    setsUp: false,
    generates: false,
  };
  const depth = options.depth ?? 0;
  let cause: ThrownError | undefined;
  const closed = /^\s*\[.*\]$/.test(first);
  let end = at + 1;
  const limit = Math.min(lines.texts.length, at + maxLines);
  while (end < limit) {
    const text = textAt(lines, end);
    if (causeMark.test(text)) {
      if (depth < 4) {
        cause ??= readThrown(lines, end, { depth: depth + 1 });
        end = Math.max(end + 1, cause.end);
        continue;
      }
    }
    if (readFrame(text, reading) || readProperty(text, reading) || /^\s*[}\]]+,?$/.test(text)) {
      end++;
      continue;
    }
    // A message may begin below the name of its error.
    if (text.trim() === '' && reading.message.length === 0 && end === at + 1) {
      end++;
      continue;
    }
    if (text.trim() === '') {
      const next = textAt(lines, end + 1);
      const isPointedInto = /^\s*\^+\s*$/.test(textAt(lines, end + 2));
      if (!/^\s+at /.test(next) && !isPointedInto && readCodeFrame(lines, end + 1).end === end + 1) break;
      end++;
      continue;
    }
    if (reading.frames === 0 && documented.test(text)) {
      end++;
      continue;
    }
    const shown = readCodeFrame(lines, end).end;
    if (shown > end) {
      reading.variable ??= findVariable(lines, end, shown);
      end = shown;
    } else if (!closed && reading.frames === 0 && reading.message.length < mostRows(reading) && !startsAnother(text)) {
      reading.message.push(text.trim());
      end++;
    } else if (reading.frames === 0 && listsIssues(reading) && /^\s*(?:["{[]|\d{1,6},?$)/.test(text)) end++;
    else break;
  }
  return finish(reading, cause, end, lines);
}

/** A sentence takes few rows; a list of issues says where they are only after what was expected. */
function mostRows(reading: Reading): number {
  return listsIssues(reading) ? 40 : 8;
}

/** Zod's message is all its issues as JSON. */
function listsIssues({ name, message }: Reading): boolean {
  return name !== undefined && message[0]?.endsWith('[') === true;
}

const readsVariable = /^\s*>\s*\d{1,7} \|.{0,300}?\b(?:process|import\.meta)\.env(?:\.|\[['"])([A-Za-z_]\w{1,80})/;

function findVariable(lines: LineStream, from: number, to: number): string | undefined {
  for (let index = from; index < to; index++) {
    const text = textAt(lines, index);
    if (text.includes('.env')) return readsVariable.exec(text)?.[1];
  }
  return undefined;
}

/** Where Next.js sends the reader, between a message and its stack. */
export const documented = /^Read more: https:\/\/\S+$/;

/** Sentences of other parties that may directly follow a message without a stack. */
function startsAnother(text: string): boolean {
  return (
    /^(?:Error: Command "|Export encountered|Error occurred prerendering|npm (?:error|ERR!)|Next\.js build worker|> |Node\.js v|\s*ELIFECYCLE|info {2}- |error Command failed|\s*[✓⨯⚠▲]|Generating|Read more)/.test(
      text,
    ) || header.test(text)
  );
}

function readFrame(text: string, reading: Reading): boolean {
  if (!text.includes('at ')) return false;
  // Logs that people copy out of pages lose what the lines are indented by.
  if (!/^\s+at |^at .{1,400}(?::\d{1,7}:\d{1,7}\)?|\(<anonymous>\))$/.test(text)) return false;
  reading.frames++;
  reading.setsUp ||= isSettingUp(text);
  reading.generates ||= /\/kit\/src\/core\/sync\//.test(text);
  const place = placeOfFrame(text);
  if (place === undefined) return true;
  const { path } = place;
  if (!path.startsWith('node:')) {
    reading.owners.push(packageOfPath(path));
    reading.raisedIn ??= path;
  }
  const chunk = sourceOfChunk(path);
  reading.route ??= routeOfBundle(path);
  if (chunk !== undefined) reading.chunks.push(chunk);
  else if (reading.chunks.length < maxNamed) reading.chunks.push(...sourcesOfNamedChunk(path));
  if (chunk !== undefined) return true;
  if (!isForeignPath(path) && reading.places.length < 12) reading.places.push(place);
  return true;
}

/** `at name (path:1:2)`, `at path:1:2`; Turbopack adds the bundle's place: `at name (path:1:2) [bundle:3:4]`. */
function placeOfFrame(text: string): { path: string; line: number; column: number } | undefined {
  // Behind the last frame the error's properties begin.
  let call = text.trim().slice('at '.length).replace(/ \{$/, '');
  const bundle = call.indexOf(') [');
  if (bundle > 0) call = call.slice(0, bundle + 1);
  const open = call.indexOf(' (');
  if (open >= 0 && call.endsWith(')')) call = call.slice(open + 2, -1);
  const match = framePlace.exec(call);
  if (match === null || call.length > 500) return undefined;
  const path = call.slice(0, match.index).replace(/^async /, '');
  return { path, line: Number(match[1]), column: Number(match[2]) };
}

function readProperty(text: string, reading: Reading): boolean {
  const match = property.exec(text);
  if (match?.[1] !== undefined) {
    const value = match[2] ?? match[3] ?? match[4] ?? '';
    if (!reading.properties.has(match[1])) reading.properties.set(match[1], value);
    return true;
  }
  return (
    reading.frames > 0 && (/^\s+(?:[\w$]{1,40}|\[[\w ]{1,40}\]|'[^']{1,60}'): /.test(text) || rowOfText.test(text))
  );
}

/** Node prints a property that holds several lines line by line: `      'title: Knots\n' +`. */
export const rowOfText = /^\s+(['"`]).{0,400}\1(?: \+|,)?$/;

const chunkName =
  /\.next\/(?:server|build)\/chunks\/(?:ssr\/)?((?:[\w-]|\[[\w.-]*\]){1,200}_(?:tsx?|jsx?|mjs|mdx))_[0-9a-z]{6,10}\._\.js$/;

const pageBundle = /\.next\/server\/(?:app(\/.{0,200}?)?\/(?:page|route)|pages(\/.{1,200}))\.js$/;

/** `.next/server/app/(shop)/cart/page.js` is `/cart`, `.next/server/pages/[slug].js` is `/[slug]`. */
function routeOfBundle(path: string): string | undefined {
  const bundle = pageBundle.exec(path);
  if (bundle === null) return undefined;
  return (bundle[1] ?? bundle[2] ?? '').replace(/\/\([^/)]{1,100}\)/g, '').replace(/\/index$/, '') || '/';
}

/** Turbopack names a chunk for its module: `src_components_Card_tsx_6ed312bb._.js`. A guess, for the tree to confirm. */
function sourceOfChunk(path: string): string | undefined {
  if (!path.includes('.next/')) return undefined;
  const name = chunkName.exec(path)?.[1];
  if (name === undefined || name.includes('node_modules') || name.startsWith('[')) return undefined;
  const cut = name.lastIndexOf('_');
  return `${name.slice(0, cut).replaceAll('_', '/')}.${name.slice(cut + 1)}`;
}

const maxNamed = 12;
/** Bundles that go by the name of a module, without what it ended in: `chunks/basket.js`, `assets/basket-BgbdK1uK.js`. */
const namedChunk =
  /(?:\.svelte-kit\/output\/server|dist\/(?:server|\.prerender)|dist|\.(?:vinxi|nuxt|output)\/\w{1,20})\/(?:chunks(?:\/build)?|assets)\/([A-Za-z][\w-]{1,80}?)(?:[_-][\w-]{8})?\.m?js$/;
const commonChunk =
  /^(?:index|internal|exports|shared|root|prerender|server|client|chunk|page|layout|environment|utils?|entry|render)$/;

function sourcesOfNamedChunk(path: string): string[] {
  const name = /\/(?:chunks|assets)\//.test(path) ? namedChunk.exec(path)?.[1] : undefined;
  if (name === undefined || commonChunk.test(name)) return [];
  return ['ts', 'js', 'svelte', 'astro', 'tsx'].map((extension) => `${name}.${extension}`);
}

/** Node prints an error with properties or without a stack as `[Error: …]`, `[Error: …] {`; a bracket of the message stays. */
function withoutFrame(printed: string): string {
  const text = printed.replace(/ \{$/, '');
  const isFramed = text.endsWith(']') && text.split(']').length > text.split('[').length;
  return (isFramed ? text.slice(0, -1) : text).trim();
}

function finish(reading: Reading, cause: ThrownError | undefined, end: number, lines: LineStream): ThrownError {
  const printed = withoutFrame(reading.message.join('\n'));
  const issue = listsIssues(reading) ? /"message": "((?:[^"\\]|\\.){1,300})"/.exec(printed)?.[1] : undefined;
  const message = issue === undefined ? printed : `${issue.replace(/\\(.)/g, '$1')}\n${printed}`;
  const name = reading.name;
  const sentence = withAddress(name === undefined ? message : `${name}: ${message}`, reading.properties.get('input'));
  const place = reading.places[0];
  const trace = [...reading.places.slice(1).map(({ path }) => path), ...reading.chunks];
  const own = interpret({
    name,
    message,
    sentence,
    properties: reading.properties,
    variable: reading.variable,
    owner: reading.owners[0],
  });
  // Of `fetch failed` only the cause tells what failed.
  const vague = own.facts.code === 'FETCH_FAILED';
  const misfit = own.reading.class === undefined ? readMisfit(sentence, reading.owners) : undefined;
  const settings =
    misfit === undefined &&
    (own.facts.kind === undefined || own.facts.kind === 'json') &&
    own.reading.class === undefined &&
    reading.raisedIn !== undefined
      ? readSettingsReader(reading.raisedIn)
      : undefined;
  const ownReading = misfit === undefined ? own.reading : { class: 'dependency' as const, fact: misfit.fact };
  const deeper =
    cause === undefined || (!vague && own.reading.class !== undefined && cause.reading.class === undefined)
      ? undefined
      : cause;
  const facts: { -readonly [key in keyof ThrownError['facts']]: ThrownError['facts'][key] } = {
    ...own.facts,
    ...(settings === undefined ? {} : { kind: 'config' as const, tool: settings.tool }),
    ...(misfit === undefined ? {} : { specifier: misfit.caller }),
    ...(misfit === undefined && refusesSettings(reading, own, sentence) ? { kind: 'config' as const } : {}),
    message:
      deeper === undefined || message.includes(deeper.facts.message)
        ? sentence
        : `${sentence}: ${deeper.facts.message}`,
    ...(place === undefined ? {} : { file: place.path, line: place.line, column: place.column }),
    ...(trace.length > 0 ? { trace } : {}),
    ...(place === undefined && reading.route !== undefined ? { route: reading.route } : {}),
    ...(deeper === undefined ? {} : withoutMessage(deeper.facts)),
  };
  if (vague && deeper !== undefined && deeper.facts.kind === undefined) delete facts.kind;
  const json = name === 'SyntaxError' ? parsedFile.exec(message)?.[1] : undefined;
  if (json !== undefined) {
    delete facts.line;
    delete facts.column;
    Object.assign(facts, {
      kind: 'json',
      file: json,
      ...(place === undefined ? {} : { trace: [place.path, ...trace] }),
    });
  }
  return {
    ...(name === undefined ? {} : { name }),
    message,
    frames: reading.frames,
    trace,
    ...(cause === undefined ? {} : { cause }),
    facts,
    reading: deeper === undefined || (!vague && deeper.reading.class === undefined) ? ownReading : deeper.reading,
    end: Math.min(end, lines.texts.length),
  };
}

/** No code of the project ran, not even in a bundle: what packages threw is about what they were told. */
function refusesSettings(reading: Reading, own: ReturnType<typeof interpret>, sentence: string): boolean {
  const { owners, frames, places, route, setsUp, generates } = reading;
  const isOpen = own.facts.kind === undefined && own.reading.class === undefined;
  const isForeign = frames > 0 && places.length === 0 && route === undefined && !owners.includes(undefined);
  if (!isOpen || !isForeign || generates) return false;
  return isAboutSettings(sentence) || (setsUp && !/^TypeError|^SyntaxError/.test(sentence) && isOfNoFile(sentence));
}

function isOfNoFile(sentence: string): boolean {
  const file = fileOfSentence(sentence);
  return file === undefined || isConfigFile(file);
}

/** Node.js names the file of JSON that a module requires. */
const parsedFile = /^(\/\S{1,400}\.json): /;

const absentMethod =
  /^TypeError: (?:\[[\w:-]{1,60}\] )?((?!opt|[Cc]onfig|settings|props)[\w$]{1,60}\.[\w$.]{1,100}) is not a function$/;

/** A package that calls what another does not provide, with no code of the project in between. */
function readMisfit(
  sentence: string,
  owners: Reading['owners'],
): { readonly caller: string; readonly fact: string } | undefined {
  const [caller, ...rest] = owners;
  const provider = rest.find((owner) => owner !== caller);
  // What a package extends comes from another one, whichever the stack does not tell.
  if (/^TypeError: Class extends value (?:undefined|null|#)/.test(sentence) && caller !== undefined)
    return owners.includes(undefined) ? undefined : { caller, fact: `${caller} extends what is not there` };
  const method = absentMethod.exec(sentence)?.[1];
  if (method === undefined || caller === undefined || provider === undefined || owners.includes(undefined))
    return undefined;
  return { caller, fact: `${caller} calls ${method}, which the installed ${provider} does not provide` };
}

function withoutMessage(facts: ThrownError['facts']): Partial<BuildError> {
  const { message: _, ...rest } = facts;
  return rest;
}

const fileMissing = /ENOENT: no such file or directory, \w{1,20} '([^']{1,400})'/;
const browserGlobal =
  /ReferenceError: (window|document|localStorage|sessionStorage|navigator|location|self|HTMLElement|IntersectionObserver|matchMedia) is not defined/;

function interpret(input: {
  readonly name: string | undefined;
  readonly message: string;
  readonly sentence: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly variable: string | undefined;
  /** The package of the innermost frame. */
  readonly owner: string | undefined;
}): { readonly facts: Partial<BuildError>; readonly reading: ThrownError['reading'] } {
  const { sentence, properties } = input;
  const library = readOldSystem(sentence);
  if (library !== undefined) return { facts: library.facts, reading: { class: library.class } };
  const variable =
    nameVariable(readMissingVariable(sentence) ?? readUndefinedUrl(sentence, properties), input.variable) ??
    readUndefinedValue(sentence, input.variable);
  if (variable !== undefined) {
    return {
      facts: { kind: 'variable-missing', symbol: variable.symbol },
      reading: { class: 'environment', remedy: remedyForVariables(variable.all ?? [variable.symbol], variable.named) },
    };
  }
  if (refusesVariables(sentence)) return { facts: { kind: 'variable-missing' }, reading: { class: 'environment' } };
  const status = properties.get('statusCode') ?? properties.get('status');
  if (isRefused(sentence, { code: status, owner: input.owner })) {
    const facts = { kind: 'variable-missing' as const, code: 'refused' };
    return {
      facts: input.variable === undefined ? facts : { ...facts, symbol: input.variable },
      reading: { class: 'environment', remedy: refusalRemedy },
    };
  }
  const missing = fileMissing.exec(sentence)?.[1];
  if (missing !== undefined)
    return { facts: { kind: 'file-missing', code: 'ENOENT', specifier: missing }, reading: {} };
  const network = readNetworkFailure(
    `${sentence} ${properties.get('code') ?? ''} ${properties.get('hostname') ?? ''} ${isGateway(status) ? `status ${status}` : ''}`,
  );
  if (network !== undefined && !/SyntaxError|is not valid JSON/.test(sentence)) {
    const port = Number(properties.get('port') ?? network.port ?? Number.NaN);
    const host = properties.get('address') ?? network.host ?? properties.get('hostname');
    const failure = {
      ...network,
      ...(host === undefined ? {} : { host, local: network.local || /^(?:localhost|127\.|::1)/.test(host) }),
      ...(Number.isNaN(port) ? {} : { port }),
    };
    if (isLocalDatabase(failure)) {
      return {
        facts: { kind: 'variable-missing', code: network.code, symbol: 'DATABASE_URL' },
        reading: {
          class: 'environment',
          remedy: localDatabaseRemedy(failure.port),
        },
      };
    }
    if (failure.local) return { facts: { code: network.code }, reading: {} };
    return {
      facts: { kind: 'network', code: network.code },
      reading: {
        class: 'transient',
        fact: `The network failed (${network.code}${host === undefined ? '' : ` at ${host}`}).`,
      },
    };
  }
  if (sentence.includes('Array buffer allocation failed')) {
    return { facts: { kind: 'memory', code: 'heap-out-of-memory' }, reading: {} };
  }
  const global = browserGlobal.exec(sentence)?.[1];
  if (global !== undefined) return { facts: { code: 'browser-global', symbol: global }, reading: {} };
  const read = readMessage(sentence);
  const suggestion = readSuggestion(sentence);
  const symbol = symbolOf(sentence);
  const code = properties.get('code');
  return {
    facts: {
      ...(code === undefined ? {} : { code }),
      ...(symbol === undefined ? {} : { symbol }),
      ...read,
      ...(suggestion === undefined ? {} : { suggestion }),
    },
    reading: {},
  };
}

/** What stands before a service answers so, not the service: an application's own errors are 500 and 4xx. */
function isGateway(status: string | undefined): boolean {
  return status !== undefined && /^(?:429|502|503|504)$/.test(status);
}

function symbolOf(sentence: string): string | undefined {
  return (
    /ReferenceError: (?:Cannot access ')?([\w$]{1,100})'? (?:is not defined|before initialization)/.exec(
      sentence,
    )?.[1] ??
    /\(reading '([^']{1,100})'\)/.exec(sentence)?.[1] ??
    /TypeError: ([\w$.]{1,100}) is not a function/.exec(sentence)?.[1]
  );
}

function nameVariable(missing: MissingVariable | undefined, name: string | undefined): MissingVariable | undefined {
  return missing === undefined || missing.named || name === undefined ? missing : { symbol: name, named: true };
}

/** `process.env.HOSTS.split(',')` where HOSTS is not set. */
function readUndefinedValue(sentence: string, name: string | undefined): MissingVariable | undefined {
  if (
    name === undefined ||
    !/Cannot read properties of undefined|is not valid JSON|"undefined"|received undefined|Received undefined/i.test(
      sentence,
    )
  ) {
    return undefined;
  }
  return { symbol: name, named: true };
}

function withAddress(sentence: string, input: string | undefined): string {
  return input === undefined || !sentence.endsWith('Invalid URL') ? sentence : `${sentence}: '${input}'`;
}

/** `TypeError: Invalid URL { input: 'undefined/api' }`: an address made from a variable that is not there, or a host. */
function readUndefinedUrl(sentence: string, properties: ReadonlyMap<string, string>): MissingVariable | undefined {
  const input = properties.get('input');
  if (/\bENOTFOUND undefined\b|https?:\/\/undefined[./:]/.test(sentence)) return { symbol: 'URL', named: false };
  const isUrl = sentence.includes('Invalid URL') || sentence.includes('Failed to parse URL from');
  if (!isUrl) return undefined;
  const text =
    input ??
    /Failed to parse URL from (\S{0,300})/.exec(sentence)?.[1] ??
    /Invalid URL: ?(\S{0,300})/.exec(sentence)?.[1];
  if (text === undefined || !(text === '' || /^(?:https?:\/\/)?undefined(?:\b|$)/.test(text))) return undefined;
  return { symbol: 'URL', named: false };
}
