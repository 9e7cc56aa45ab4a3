/** Gatsby: a numbered heading, paragraphs, and the place somewhere below them. */
import type { ErrorKind } from '../diagnosis.js';
import { type Finding, type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { type Location, parseLocation } from '../locations.js';
import { readMessage, syntaxKindOf } from '../messages.js';
import { readMissingVariable, remedyForVariables } from '../missing-variable.js';
import { readThrown } from '../thrown-error.js';

const heading = /^\s?(?:ERROR|error) #(\d{4,6})(?:\s{1,3}([A-Z][A-Z._]{2,40}))?\s*$/;
/** Its older versions number nothing, and where nobody watches the sentence stands in the heading. */
const plainHeading =
  /^\s?(?:ERROR|error)\s*$|^error (We encountered an error while trying to load your site's gatsby-\w{1,20}\b.*|"gatsby-\S{1,100}" threw an error while running the \w{1,40} lifecycle:)$/;
const ofPlain =
  /^Problems with gatsby-\S{1,100} plugin options:$|load your site's gatsby-|threw an error while running the/;
const optionsOf = /^(?:Problems with (\S{1,100})|Invalid) plugin options\b/;
/** Joi on an option that was given as `process.env.NAME`, which is not set: `spaceId: undefined - "spaceId" is required`. */
const unsetOption = /^(\w{1,60}): undefined - "\1" is required$/;
const missingOption = /^- "(\w{0,60}(?:[Tt]oken|[Kk]ey|[Ss]ecret|Id))" is required$/;
const announcement = /^(?:Generating|Building) .{0,60} failed$|^See our docs page/;
const closing = /^(?:not finished|failed|success|info|error) |^\s?ERROR #|^Error: Command "/;
const maxBlock = 60;

export function matchGatsby(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  if (!/^\s?(?:ERROR|error)\b/.test(text)) return undefined;
  const match = heading.exec(text);
  const plain = match === null ? plainHeading.exec(text) : null;
  if (match === null && plain === null) return undefined;
  let message: string | undefined = plain?.[1];
  let option: string | undefined;
  const said: string[] = [];
  let place: Location | undefined;
  let thrown: ReturnType<typeof readThrown> | undefined;
  let end = at + 1;
  for (; end < lines.texts.length && end < at + maxBlock; end++) {
    const row = textAt(lines, end);
    if (closing.test(row)) break;
    if (/^\s*WebpackError: /.test(row))
      thrown = readThrown(lines, end, { sentence: row.trim().slice('WebpackError: '.length) });
    else if (/^ {2}\w{0,40}Error: /.test(row)) thrown ??= readThrown(lines, end, { sentence: row.trim() });
    if (row.trim() === '' || announcement.test(row)) continue;
    message ??= row.trim();
    said.push(row.trim());
    if (plain !== null && !ofPlain.test(message)) return undefined;
    if (optionsOf.test(message)) option ??= unsetOption.exec(row)?.[1] ?? missingOption.exec(row.trim())?.[1];
    place ??= row.startsWith('File: ')
      ? parseLocation(row.slice('File: '.length))
      : /^\s{4}\S+:\d{1,7}:\d{1,7}$/.test(row) && !row.includes('node_modules')
        ? parseLocation(row)
        : undefined;
  }
  if (message === undefined) return undefined;
  const sentence = thrown?.message ?? message;
  const refused = readMissingVariable(message);
  if (refused?.named === true && thrown === undefined && !optionsOf.test(message)) option ??= refused.symbol;
  place ??= namedFile(message) ?? namedFile(said.join('\n'));
  const browser = /^ReferenceError: (\w{1,60}) is not defined$/.exec(sentence)?.[1];
  const code = browser === undefined ? (match === null ? undefined : `#${match[1]}`) : 'browser-global';
  return matchOne(
    {
      ...thrown?.reading,
      ...(option === undefined ? {} : ofVariable(option)),
      role: 'cause',
      error: {
        tool: 'gatsby',
        ...(code === undefined ? {} : { code }),
        kind: kindOf(match?.[2], message, place),
        ...(thrown?.facts.kind === undefined ? {} : { kind: thrown.facts.kind }),
        ...(thrown?.facts.symbol === undefined ? {} : { symbol: thrown.facts.symbol }),
        ...readMessage(sentence),
        ...(option === undefined ? {} : { kind: 'variable-missing' as const, symbol: option }),
        message: sentence,
        ...(browser === undefined ? {} : { symbol: browser }),
        ...(place === undefined ? {} : { file: place.path }),
        ...(place?.line === undefined ? {} : { line: place.line }),
        ...(place?.column === undefined ? {} : { column: place.column }),
        logLine: logLineAt(lines, at),
      },
    },
    end,
  );
}

/** What it looked for, or found to be no component: `The path to the missing component is "/abs/src/templates/post.js"`. */
function namedFile(text: string): Location | undefined {
  const path =
    /(?:component|component you used|page|component) is "([^"\n]{1,300}\.[jt]sx?)"/.exec(text)?.[1] ??
    /An empty file "([^"\n]{1,300})" was found/.exec(text)?.[1] ??
    /Please rename "([^"\n]{1,200}\.[cm]?[jt]s)" to "/.exec(text)?.[1];
  return path === undefined ? undefined : parseLocation(path);
}

function ofVariable(option: string): Pick<Finding, 'class' | 'remedy'> {
  return { class: 'environment', remedy: remedyForVariables([option], false) };
}

function kindOf(category: string | undefined, message: string, place: Location | undefined): ErrorKind {
  if (category?.startsWith('HTML') === true) return 'prerender';
  if (/^(?:CONFIG|PLUGIN)$/.test(category ?? '') || ofPlain.test(message)) return 'config';
  return syntaxKindOf(place?.path);
}
