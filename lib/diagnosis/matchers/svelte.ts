/** svelte-check in both of its outputs, and SvelteKit while it analyses and prerenders. */
import type { BuildError } from '../diagnosis.js';
import { type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { parseLocation } from '../locations.js';
import { readThrown } from '../thrown-error.js';
import { readTypeMessage } from '../typescript-messages.js';

const machine = /^\d{6,20} (ERROR|WARNING) "([^"]{1,400})" (\d{1,7}):(\d{1,7}) "(.{0,2000})"$/;
const failedRequest = /^\[(4\d\d|5\d\d)\] GET (\/\S{0,300})/;
const linkedFrom = /Error: (404|500) (\/\S{0,300}) \(linked from (\/\S{0,300})\)/;
const unlinked = /^Error: (404|500) (\/\S{0,300})$/;
const invalidExport = /Invalid export '([^']{1,100})' in (\S{1,300}) \(valid exports are /;
const noMatcher = /No matcher found for parameter '([\w$]{1,80})' in route (\/\S{0,300})/;
const unseen = /^ {2,4}- (\/\S{0,300})$/;
const guarded = /Cannot import (\S{1,300}) into (?:code that runs in the browser|client-side code)/;

export function matchSvelte(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  const first = text.charCodeAt(0);
  if (first === 47 && text.includes(':')) return readHuman(lines, at, text);
  if (first >= 48 && first <= 57) return readMachine(lines, at, text);
  if (text.startsWith('[') && text.includes('] GET /')) return readRequest(lines, at, text);
  if (text.includes('(linked from ')) return readLinked(lines, at, text);
  if (text.startsWith('Error: ') && textAt(lines, at + 1).includes('handleHttpError'))
    return readUnlinked(lines, at, text);
  if (text.includes('were marked as prerenderable, but were not prerendered')) return readUnseen(lines, at, text);
  if (text.includes("Invalid export '")) return readInvalidExport(lines, at, text);
  if (text.includes('Cannot import ')) return readGuard(lines, at, text);
  if (text.includes('No matcher found for parameter ')) return readMatcher(lines, at, text);
  return undefined;
}

/** Routes with parameters to which no page links, in a list below: https://svelte.dev/docs/kit/page-options#entries */
function readUnseen(lines: LineStream, at: number, text: string): Match {
  const routes: string[] = [];
  let end = at + 1;
  for (let route = unseen.exec(textAt(lines, end)); route !== null; route = unseen.exec(textAt(lines, end))) {
    routes.push(route[1] ?? '');
    end++;
  }
  const findings = (routes.length > 0 ? routes : [undefined]).map((route) => ({
    role: 'cause' as const,
    error: {
      tool: 'sveltekit',
      kind: 'prerender' as const,
      code: 'unseen-routes',
      message: `${text.replace(/^Error: /, '')} ${route ?? ''}`.trim(),
      ...(route === undefined ? {} : { route }),
      logLine: logLineAt(lines, at),
    },
  }));
  return { findings, end };
}

/** `/abs/src/routes/+page.svelte:11:13`, then `Error: message (ts)`. */
function readHuman(lines: LineStream, at: number, text: string): Match | undefined {
  const next = textAt(lines, at + 1);
  const said = /^(Error|Warn|Hint): (?!Command ")(.{0,2000})$/.exec(next);
  if (said?.[2] === undefined) return undefined;
  const place = parseLocation(text);
  if (place?.line === undefined) return undefined;
  const message = [said[2]];
  let end = at + 2;
  while (
    textAt(lines, end) !== '' &&
    !/\((?:ts|js|svelte|css|svelte-check)\)\s*$/.test(message.at(-1) ?? '') &&
    end < at + 8
  ) {
    message.push(textAt(lines, end++));
  }
  while (textAt(lines, end) !== '' && end < at + 14) end++;
  const whole = message.join('\n');
  const source = /\((ts|js|svelte|css|svelte-check)\)\s*$/.exec(whole)?.[1];
  const plain = whole.replace(/\s*\((?:ts|js|svelte|css|svelte-check)\)\s*$/, '');
  return matchOne(
    {
      role: said[1] === 'Error' ? 'cause' : 'warning',
      error: {
        ...facts(plain, source),
        message: plain,
        file: place.path,
        line: place.line,
        column: place.column ?? 1,
        logLine: logLineAt(lines, at),
      },
    },
    end,
  );
}

function facts(message: string, source: string | undefined): Pick<BuildError, 'tool' | 'kind'> & Partial<BuildError> {
  if (source === 'svelte') return { tool: 'svelte', kind: 'syntax' };
  if (source === 'css') return { tool: 'svelte', kind: 'style' };
  return { tool: 'svelte-check', ...readTypeMessage(message, undefined) };
}

function readMachine(lines: LineStream, at: number, text: string): Match | undefined {
  const match = machine.exec(text);
  if (match?.[2] === undefined) return undefined;
  const message = (match[5] ?? '').replaceAll('\\n', '\n').replaceAll('\\"', '"');
  return matchOne(
    {
      role: match[1] === 'ERROR' ? 'cause' : 'warning',
      error: {
        ...facts(message, undefined),
        message,
        file: match[2],
        line: Number(match[3]),
        column: Number(match[4]),
        logLine: logLineAt(lines, at),
      },
    },
    at + 1,
  );
}

/** `[500] GET /about`, and below it what the page threw. */
function readRequest(lines: LineStream, at: number, text: string): Match | undefined {
  const match = failedRequest.exec(text);
  if (match?.[2] === undefined) return undefined;
  const thrown = readThrown(lines, at + 1);
  const route = match[2];
  if (thrown.name === undefined) {
    return matchOne(
      {
        role: 'symptom',
        error: {
          tool: 'sveltekit',
          kind: 'prerender',
          code: match[1] ?? '',
          message: text,
          route,
          logLine: logLineAt(lines, at),
        },
      },
      at + 1,
    );
  }
  return matchOne(
    {
      ...thrown.reading,
      role: 'cause',
      error: {
        tool: 'sveltekit',
        kind: 'prerender',
        ...thrown.facts,
        trace: [...(thrown.facts.trace ?? []), ...pageFiles(route)],
        route,
        logLine: logLineAt(lines, at),
      },
    },
    thrown.end,
  );
}

/** A page that was asked for while prerendering; the link to it may be written anywhere. */
function readUnlinked(lines: LineStream, at: number, text: string): Match | undefined {
  const [, code, route] = unlinked.exec(text) ?? [];
  if (code === undefined || route === undefined) return undefined;
  return matchOne(
    {
      // What the page threw stands above, under its request.
      role: code === '404' ? 'cause' : 'symptom',
      error: {
        tool: 'sveltekit',
        kind: 'prerender',
        code: `http-${code}`,
        message: `${code} ${route}`,
        specifier: route,
        route,
        trace: pageFiles(route),
        logLine: logLineAt(lines, at),
      },
    },
    at + 2,
  );
}

function readLinked(lines: LineStream, at: number, text: string): Match | undefined {
  const [message, code, asked, linking] = linkedFrom.exec(text) ?? [];
  if (message === undefined || asked === undefined || linking === undefined) return undefined;
  // A page that is not there was linked wrongly; one that fails does so whoever links to it.
  const route = code === '404' ? linking : asked.replace(/(?<=.)\/$/, '');
  const isExplained = textAt(lines, at + 1).includes('handleHttpError');
  return matchOne(
    {
      role: code === '404' ? 'cause' : 'symptom',
      error: {
        tool: 'sveltekit',
        kind: 'prerender',
        code,
        message,
        route,
        specifier: asked,
        trace: pageFiles(route),
        logLine: logLineAt(lines, at),
      },
    },
    isExplained ? at + 2 : at + 1,
  );
}

/** A folder `[id=word]` whose parameter nothing checks: `create_manifest_data` of @sveltejs/kit looks for it in `src/params`. */
function readMatcher(lines: LineStream, at: number, text: string): Match | undefined {
  const [message, name, route] = noMatcher.exec(text) ?? [];
  if (message === undefined || name === undefined || route === undefined) return undefined;
  return matchOne(
    {
      role: 'cause',
      error: {
        tool: 'sveltekit',
        kind: 'file-missing',
        message,
        symbol: `src/params/${name}`,
        route,
        trace: pageFiles(route),
        logLine: logLineAt(lines, at),
      },
    },
    readThrown(lines, at, { sentence: text }).end,
  );
}

/** Where SvelteKit's router keeps a page without parameters. */
function pageFiles(route: string): readonly string[] {
  const folder = `src/routes${route === '/' ? '' : route}`;
  return [`${folder}/+page.svelte`, `${folder}/+page.ts`, `${folder}/+page.server.ts`];
}

function readInvalidExport(lines: LineStream, at: number, text: string): Match | undefined {
  const match = invalidExport.exec(text);
  if (match?.[2] === undefined) return undefined;
  return matchOne(
    {
      role: 'cause',
      error: {
        tool: 'sveltekit',
        kind: 'route-contract',
        message: match.input.slice(match.index),
        symbol: match[1] ?? '',
        file: match[2],
        logLine: logLineAt(lines, at),
      },
    },
    readThrown(lines, at).end,
  );
}

/** The importer's chain stands below: ` src/routes/+page.svelte imports`. */
function readGuard(lines: LineStream, at: number, text: string): Match | undefined {
  const match = guarded.exec(text);
  if (match?.[1] === undefined) return undefined;
  const chain: string[] = [];
  for (let index = at + 1; index < at + 14; index++) {
    const importer = /^\s+(\S{1,300}) imports$/.exec(textAt(lines, index))?.[1];
    if (importer !== undefined) chain.push(importer);
  }
  // The chain abbreviates `src/lib` to `$lib`; who imports it stands in the sentence itself.
  const named = /\(imported by (\S{1,300}?)\)/.exec(text)?.[1];
  const file = named ?? chain.at(-1)?.replace(/^\$lib\//, 'src/lib/');
  const guardedFile = /Could not load (\S{1,300}) \(imported by/.exec(text)?.[1];
  const trace = [...chain.slice(0, -1), ...(guardedFile === undefined ? [] : [guardedFile])];
  return matchOne(
    {
      role: 'cause',
      error: {
        tool: 'sveltekit',
        kind: 'client-boundary',
        message: match[0],
        specifier: match[1],
        ...(file === undefined ? {} : { file }),
        ...(trace.length > 0 ? { trace } : {}),
        logLine: logLineAt(lines, at),
      },
    },
    at + 1,
  );
}
