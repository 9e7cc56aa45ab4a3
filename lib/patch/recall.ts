import type { Repairer } from '../ports.js';
import { NO_USAGE, type Patch } from './patch.js';

/** Offers a patch that healed this same failure before; it is validated like any other and costs no token. */
export function recall(patch: Patch): Repairer {
  return {
    name: 'memory',
    repair: async () => ({ outcome: 'patch', patch: { ...patch, repairer: 'memory' }, usage: NO_USAGE }),
  };
}
