import { createHash } from 'node:crypto';

export type OutsideName = 'github' | 'vercel' | 'upstash';

/** One request without what differs from run to run: the same step of two lives has the same names. */
export function nameCall(input: {
  readonly system: OutsideName;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly body: string;
}): string {
  const { system, method, path, body } = input;
  return system === 'upstash' ? `upstash ${nameCommand(body)}` : `${system} ${method} ${mask(path)}`;
}

/** `eval incident+lease 3f2a`: the kinds of the keys and the script's hash. */
function nameCommand(body: string): string {
  const command = parseCommand(body);
  if (command[0] !== 'eval') return `${command[0]} ${kindOf(command[1])}`;
  const [, script, count, ...values] = command;
  const kinds = [...new Set(values.slice(0, Number(count)).map(kindOf))];
  const hash = createHash('sha1').update(String(script)).digest('hex').slice(0, 6);
  return `eval ${kinds.join('+')} ${hash}`;
}

function parseCommand(body: string): readonly unknown[] {
  try {
    const command: unknown = JSON.parse(body);
    return Array.isArray(command) ? command : [];
  } catch {
    return [];
  }
}

/** Keys are `prefix:kind:parts`. */
function kindOf(key: unknown): string {
  return String(key).split(':')[1] ?? '';
}

function mask(path: string): string {
  return path
    .replaceAll(/\/baker\/stage-[\w-]+/g, '/baker/:repo')
    .replaceAll(/\b(?:dpl|prj)_\w+/g, ':id')
    .replaceAll(/[0-9a-f]{40}/g, ':sha')
    .replaceAll(/auto-repair-\d+/g, 'auto-repair-:seconds')
    .replaceAll(/\bsince=\d+/g, 'since=:time')
    .replaceAll(/token=\w+/g, 'token=:token');
}
