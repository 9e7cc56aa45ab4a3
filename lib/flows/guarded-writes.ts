import type { Config } from '../config.js';
import { AdapterError } from '../errors.js';

/**
 * The same object whose named methods refuse to run while the configuration forbids writing. The last line of
 * defence: flows decide earlier, this holds even where one forgets.
 */
export function guardWrites<T extends object>(
  target: T,
  methods: readonly (keyof T)[],
  config: Pick<Config, 'mode' | 'paused'>,
  system: 'github' | 'vercel',
): T {
  if (config.mode === 'repair' && !config.paused) return target;
  const guarded = new Set<PropertyKey>(methods);
  return new Proxy(target, {
    get(object, property, receiver) {
      if (!guarded.has(property)) return Reflect.get(object, property, receiver);
      return () => {
        const why = config.paused ? 'PAUSED stops every write' : 'MODE=observe writes nothing';
        throw new AdapterError(`${String(property)} was not done: ${why}.`, { system, kind: 'rejected' });
      };
    },
  });
}
