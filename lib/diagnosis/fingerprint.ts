import { createHash } from 'node:crypto';
import type { BuildError, FailureClass } from './diagnosis.js';

/** More errors of one build say nothing new about which failure it is, and their number changes with each commit. */
const hashedErrors = 3;

/**
 * 16 hex characters, the same for the same failure on another commit, line or machine and in another project of
 * one monorepo: no line numbers, no absolute paths, no hashes, no durations.
 */
export function fingerprint(failure: {
  readonly class: FailureClass;
  readonly errors: readonly BuildError[];
  readonly summary: string;
}): string {
  const parts =
    failure.errors.length === 0
      ? [maskMessage(failure.summary)]
      : [...new Set(failure.errors.slice(0, hashedErrors).map(describeError))];
  return createHash('sha256')
    .update([failure.class, ...parts].join('\n'))
    .digest('hex')
    .slice(0, 16);
}

function describeError(error: BuildError): string {
  // What the network says differs from one try to the next; that it failed is the failure.
  if (error.kind === 'network' || error.kind === 'memory' || error.kind === 'timeout') return error.kind;
  const names = [error.code, error.specifier, error.symbol, error.route].filter((name) => name !== undefined);
  return [error.kind, error.file ?? '', ...(names.length > 0 ? names : [maskMessage(error.message)])].join('|');
}

/** The sentence without what changes from run to run. */
export function maskMessage(message: string): string {
  return (message.split('\n', 1)[0] ?? '')
    .slice(0, 400)
    .replace(/(?:\/[\w@.[\]()+-]+){2,}/g, (path) => path.slice(path.lastIndexOf('/')))
    .replace(/\b[0-9a-f]{7,64}\b/gi, '#')
    .replace(/\d+/g, '#')
    .trim();
}
