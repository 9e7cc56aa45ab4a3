import type { Repairer } from '../../ports.js';
import { NO_USAGE } from '../patch.js';
import { suggest } from './suggest.js';

/** The suggestions as a repairer: no model, no tokens. */
export const suggestionsRepairer: Repairer = {
  name: 'suggestions',
  async repair({ diagnosis, context }) {
    return { ...(await suggest(diagnosis, context)), usage: NO_USAGE };
  },
};
