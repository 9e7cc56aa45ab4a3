import { AdapterError } from '../errors.js';
import type { Logger } from '../ports.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** Long enough for a message and a path; a log line is no place for a body. */
const MAX_TEXT = 500;
const MAX_ITEMS = 20;
const MAX_DEPTH = 3;

/**
 * One JSON object a line on standard output, which is what Vercel's runtime logs index. Every text goes through
 * `redact`; long ones are cut. Writing a line never throws.
 */
export function createLogger(options: {
  readonly level: LogLevel;
  readonly redact: (text: string) => string;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly write?: (line: string) => void;
}): Logger {
  const { redact, now = Date.now, write = (line) => process.stdout.write(line) } = options;
  const threshold = LEVELS.indexOf(options.level);

  function withFacts(inherited: Readonly<Record<string, unknown>>): Logger {
    function log(level: LogLevel, message: string, facts?: Readonly<Record<string, unknown>>) {
      if (LEVELS.indexOf(level) < threshold) return;
      const head = { time: new Date(now()).toISOString(), level, message };
      // First, so that no number of facts displaces them, and last, so that none replaces them.
      const line = { ...head, ...inherited, ...facts, ...head };
      write(`${JSON.stringify(toPlain(line, redact))}\n`);
    }
    return {
      debug: (message, facts) => log('debug', message, facts),
      info: (message, facts) => log('info', message, facts),
      warn: (message, facts) => log('warn', message, facts),
      error: (message, facts) => log('error', message, facts),
      child: (facts) => withFacts({ ...inherited, ...facts }),
    };
  }

  return withFacts({});
}

/** What JSON can hold, redacted and bounded, whatever the facts are: errors, cycles, big integers, throwing getters. */
function toPlain(value: unknown, redact: (text: string) => string, depth = 0): unknown {
  if (typeof value === 'string') return cut(redact(value));
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined) return value;
  if (value instanceof Error) return toPlain(describeError(value), redact, depth);
  if (typeof value !== 'object') return cut(redact(String(value)));
  if (depth === MAX_DEPTH) return '[…]';
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => toPlain(item, redact, depth + 1));
  const plain: Record<string, unknown> = {};
  for (const key of Object.keys(value).slice(0, MAX_ITEMS)) {
    plain[redact(key)] = toPlain(readProperty(value, key), redact, depth + 1);
  }
  return plain;
}

function readProperty(holder: object, key: string): unknown {
  try {
    return (holder as Record<string, unknown>)[key];
  } catch {
    return '[unreadable]';
  }
}

function describeError(error: Error): Record<string, unknown> {
  const description: Record<string, unknown> = { error: error.name, message: error.message };
  if (error instanceof AdapterError) {
    const { system, kind, status, retryAt, reason } = error;
    Object.assign(description, { system, kind, status, retryAt, reason });
  } else {
    description.stack = error.stack?.split('\n').slice(1, 4).join(' ').trim();
  }
  if (error.cause instanceof Error) description.cause = `${error.cause.name}: ${error.cause.message}`;
  return description;
}

function cut(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
