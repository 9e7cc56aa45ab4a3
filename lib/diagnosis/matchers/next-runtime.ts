/** Next.js after compilation: collecting page data, prerendering, exporting. Often only a route to go by. */
import type { BuildError } from '../diagnosis.js';
import { type Finding, type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { documented, readThrown, rowOfText, type ThrownError } from '../thrown-error.js';

const prerender = /Error occurred prerendering page "([^"]{1,300})"/;
/** Node puts the whole sentence in brackets, and a route has brackets of its own: `[Error: ... for /tides/[day]]`. */
const pageData =
  /Failed to collect (?:page data|configuration) for (\/(?:[^\s[\]]|\[[^\s[\]]{1,100}\]|\[\[[^\s[\]]{1,100}\]\]){0,300})/;
const suspense = /(use\w{1,60})\(\) should be wrapped in a suspense boundary at page "([^"]{1,300})"/;
const missingSuspense = /Missing Suspense boundary with (use\w{1,60})/;
const dynamicUsage = /Dynamic server usage: (?:Route (\/\S{0,300}) |Page )/;
const uncachedData = /^(?:\s*⨯ )?(?:Error: )?Route "([^"]{1,300})"(?::| used| has| couldn't)/;
const exportedPath =
  /^Export encountered an error on (\S{1,300}?)(?:\/(?:page|route))?: (\S{1,300}), exiting the build/;
const exportList = /^\s*(\/\S{0,300}): (\/\S{0,300})$|^\s+(\/\S{0,300})$/;

export function matchNextRuntime(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  if (text.includes('suspense boundary') || text.includes('Suspense boundary')) return readSuspense(lines, at, text);
  if (text.includes('prerendering page')) return readPrerender(lines, at, text);
  if (text.includes('Failed to collect ')) return readPageData(lines, at, text);
  if (text.includes('Route "')) return readRouteRule(lines, at, text);
  if (text.includes('Dynamic server usage')) return readDynamicUsage(lines, at, text);
  if (text.startsWith('Export encountered an error on ')) return readExported(lines, at, text);
  if (text.includes('Export encountered errors on following paths')) return readExportList(lines, at);
  if (/getStatic(?:Paths|Props)|all `generateStaticParams`/.test(text)) return readStaticProps(lines, at, text);
  return undefined;
}

function readSuspense(lines: LineStream, at: number, text: string): Match | undefined {
  const wrapped = suspense.exec(text);
  const hook = wrapped?.[1] ?? missingSuspense.exec(text)?.[1];
  if (hook === undefined) return undefined;
  const route = wrapped?.[2] ?? routeNear(lines, at);
  const { end, trace } = readThrown(lines, at, { sentence: text });
  return matchOne(
    {
      role: 'cause',
      error: {
        tool: 'next',
        kind: 'suspense-boundary',
        message: text.replace(/^\s*⨯ /, '').trim(),
        symbol: hook,
        ...(route === undefined ? {} : { route }),
        ...(trace.length > 0 ? { trace } : {}),
        logLine: logLineAt(lines, at),
      },
    },
    end,
  );
}

function routeNear(lines: LineStream, at: number): string | undefined {
  for (let index = at; index < at + 40 && index < lines.texts.length; index++) {
    const route = prerender.exec(textAt(lines, index))?.[1] ?? exportedPath.exec(textAt(lines, index))?.[2];
    if (route !== undefined) return route;
  }
  return undefined;
}

/** The error that the page threw stands below the sentence, or just above it. */
function readPrerender(lines: LineStream, at: number, text: string): Match | undefined {
  const route = prerender.exec(text)?.[1];
  if (route === undefined) return undefined;
  const below = readThrownBelow(lines, at + 1);
  const thrown = withCause(below, lines, at);
  const error = describeThrown(thrown, { kind: 'prerender', route, logLine: logLineAt(lines, at) });
  const known = thrown === undefined && hasSuspenseAbove(lines, at);
  return matchOne({ ...error, role: known ? 'symptom' : error.role }, Math.max(at + 1, below?.end ?? 0));
}

/** Before Next.js 15 an error was printed whole where it was thrown, and below the page's name without its cause. */
function withCause(below: ThrownError | undefined, lines: LineStream, at: number): ThrownError | undefined {
  if (below?.facts.code !== 'FETCH_FAILED' && below !== undefined) return below;
  const above = readThrownAbove(lines, at);
  return below === undefined || (above?.message.startsWith(below.message) && above.cause !== undefined) ? above : below;
}

function hasSuspenseAbove(lines: LineStream, at: number): boolean {
  for (let index = Math.max(0, at - 80); index < at; index++) {
    const text = textAt(lines, index);
    if (text.includes('uspense boundary') || text.includes('Dynamic server usage') || uncachedData.test(text))
      return true;
  }
  return false;
}

function readThrownBelow(lines: LineStream, from: number): ThrownError | undefined {
  for (let index = from; index < from + 4; index++) {
    const text = textAt(lines, index);
    if (text.trim() === '') continue;
    if (
      /^(?:Export encountered|> |Error occurred prerendering|\s*(?:✓|⨯|Generating))/.test(text) ||
      text.startsWith('   Generating')
    )
      return undefined;
    const thrown = readThrown(lines, index);
    return thrown.name === undefined && thrown.frames === 0 ? undefined : thrown;
  }
  return undefined;
}

function readThrownAbove(lines: LineStream, at: number): ThrownError | undefined {
  let index = at - 1;
  const limit = Math.max(0, at - MOST_ABOVE);
  while (index > limit && /^$|^> Build error occurred$/.test(textAt(lines, index))) index--;
  const last = index;
  while (index > limit && isOfThrown(lines, index)) index--;
  if (documented.test(textAt(lines, index))) index--;
  index = headOfList(lines, index, Math.max(0, at - MOST_OF_LIST)) ?? index;
  const text = textAt(lines, index);
  if (!/^(?:\s*⨯ )?(?:(?:[A-Za-z_$][\w$]{0,2} )?\[?(?:[A-Z]\w{0,60})?Error\b|[A-Z]\w{1,60}Exception\b)/.test(text))
    return undefined;
  const thrown = readThrown(lines, index);
  // Objects among its properties hold texts of any form, down to the brace that closes them all.
  return thrown.end >= last || textAt(lines, last) === '}' ? thrown : undefined;
}

/** Frames and properties, and the excerpt that a parser of data points into. */
function isOfThrown(lines: LineStream, index: number): boolean {
  const text = textAt(lines, index);
  if (rowOfText.test(text) || /^\s*-*\^+$/.test(textAt(lines, index + 1))) return true;
  return /^\s|^-*\^+$|^[}\]]+,?$|^$/.test(text);
}

/** Node.js prints what an error of a schema holds with it: seven lines for each issue, twice. */
const MOST_ABOVE = 400;
/** Nine lines for each issue of a record. */
const MOST_OF_LIST = 2_000;

/** Schema libraries throw a list, printed over many lines: `Error [ZodError]: [`. */
function headOfList(lines: LineStream, from: number, limit: number): number | undefined {
  for (let index = from; index > limit; index--) {
    const text = textAt(lines, index);
    if (/^(?:\s*⨯ )?(?:(?:Error|[A-Za-z_$][\w$]{0,2}) \[)?\w{0,60}Error\]?: [[{]$/.test(text)) return index;
    if (!/^\s{1,20}["{}[\]\d]|^[\]}]$/.test(text)) return undefined;
  }
  return undefined;
}

function readPageData(lines: LineStream, at: number, text: string): Match | undefined {
  const route = pageData.exec(text)?.[1];
  if (route === undefined) return undefined;
  const whole = readThrown(lines, at);
  const thrown = whole.cause ?? readThrownAbove(lines, at);
  const wrapper = /^\[?Error: Failed to collect/.test(text) || text.includes('Failed to collect');
  const finding = describeThrown(thrown, { kind: 'page-data', route, logLine: logLineAt(lines, at) });
  // Without a cause of its own it only repeats what failed above it.
  const role = thrown === undefined && wrapper ? 'symptom' : finding.role;
  return matchOne({ ...finding, role }, Math.max(whole.end, at + 1));
}

function describeThrown(
  thrown: ThrownError | undefined,
  where: { readonly kind: BuildError['kind']; readonly route: string; readonly logLine: number },
): Finding {
  const route = where.route.replace(/\/(?:page|route)$/, '') || '/';
  const base = { tool: 'next', kind: where.kind, route, logLine: where.logLine };
  if (thrown === undefined)
    return {
      role: 'cause',
      error: {
        ...base,
        message: `${where.kind === 'prerender' ? 'Prerendering' : 'Collecting data of'} ${route} failed`,
      },
    };
  return { ...thrown.reading, role: 'cause', error: { ...base, ...thrown.facts, route } };
}

/** Cache components: `Route "/x": Uncached data was accessed outside of <Suspense>`, `used \`Math.random()\` ...`. */
function readRouteRule(lines: LineStream, at: number, text: string): Match | undefined {
  const route = uncachedData.exec(text)?.[1];
  if (route === undefined || /Warning|warn/.test(text)) return undefined;
  const { end, trace, facts } = readThrown(lines, at, { sentence: text });
  return matchOne(
    {
      role: 'cause',
      error: {
        tool: 'next',
        kind: /[Uu]ncached|outside of|<Suspense>|suspense/.test(text) ? 'suspense-boundary' : 'prerender',
        message: text.replace(/^\s*⨯ /, '').trim(),
        route,
        ...(facts.file === undefined ? {} : { file: facts.file, line: facts.line, column: facts.column }),
        ...(trace.length > 0 ? { trace } : {}),
        logLine: logLineAt(lines, at),
      },
    },
    end,
  );
}

function readDynamicUsage(lines: LineStream, at: number, text: string): Match | undefined {
  const match = dynamicUsage.exec(text);
  const route = match?.[1] ?? routeNear(lines, at);
  const symbol =
    /used `?"?((?:headers|cookies|searchParams|connection|draftMode|nextUrl|request\.\w{1,40}|revalidate: 0|no-store)[^`"\s]{0,80})/.exec(
      text,
    )?.[1];
  const { end } = readThrown(lines, at, { sentence: text });
  const fails = text.includes('output: export') || text.includes('`dynamic = "error"`');
  return matchOne(
    {
      role: fails ? 'cause' : 'warning',
      error: {
        tool: 'next',
        kind: 'prerender',
        code: 'dynamic-server-usage',
        message: text.replace(/^\s*⨯ /, '').trim(),
        ...(route === undefined ? {} : { route }),
        ...(symbol === undefined ? {} : { symbol }),
        logLine: logLineAt(lines, at),
      },
    },
    end,
  );
}

function readExported(lines: LineStream, at: number, text: string): Match | undefined {
  const route = exportedPath.exec(text)?.[2];
  if (route === undefined) return undefined;
  return matchOne(
    {
      role: 'symptom',
      error: { tool: 'next', kind: 'prerender', message: text, route, logLine: logLineAt(lines, at) },
    },
    at + 1,
  );
}

function readExportList(lines: LineStream, at: number): Match {
  const findings: Finding[] = [];
  let end = at + 1;
  while (end < lines.texts.length && end < at + 200) {
    const match = exportList.exec(textAt(lines, end));
    const route = match?.[1] ?? match?.[3];
    if (route === undefined) break;
    findings.push({
      role: 'symptom',
      error: {
        tool: 'next',
        kind: 'prerender',
        message: `Exporting ${route} failed`,
        route,
        logLine: logLineAt(lines, end),
      },
    });
    end++;
  }
  return { findings, end };
}

const staticProps = /(?:Error: )(.{0,200}`?(?:getStaticPaths|getStaticProps|generateStaticParams)`?.{0,300})$/;

function readStaticProps(lines: LineStream, at: number, text: string): Match | undefined {
  const message = staticProps.exec(text)?.[1];
  if (message === undefined) return undefined;
  const route = / in "?(\/[^"\s]{0,200})"?|for ['"]?(\/[^\s'"]{0,200})/.exec(message);
  const { end } = readThrown(lines, at);
  const page = /Page "([^"]{1,200})" is missing/.exec(message)?.[1] ?? route?.[1] ?? route?.[2];
  return matchOne(
    {
      role: 'cause',
      error: {
        tool: 'next',
        kind: 'page-data',
        message,
        ...(page === undefined ? {} : { route: page.replace(/["'.,]+$/, '') }),
        logLine: logLineAt(lines, at),
      },
    },
    end,
  );
}
