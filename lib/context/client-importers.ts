/** How a module comes into the browser's bundle. */
import type { Survey } from './survey.js';

export interface ClientReach {
  /** The nearest modules marked `use client` that import it, directly or through others. */
  readonly clients: readonly string[];
  /** Whether something imports it that no such module stands before. */
  readonly isServed: boolean;
}

const MOST_SEEN = 60;

/** Follows the importers upwards as far as the first that is marked `use client`; imports of types count for nothing. */
export function findClientImporters(path: string, { graph }: Survey): ClientReach {
  const clients = new Set<string>();
  const seen = new Set([path]);
  let isServed = false;
  for (const module of seen) {
    if (seen.size > MOST_SEEN) break;
    const importers = graph.edgesTo(module).filter(({ declaration }) => !declaration.typeOnly);
    if (importers.length === 0 && module !== path) isServed = true;
    for (const { importer } of importers) {
      if (graph.readOutline(importer)?.directive === 'use client') clients.add(importer);
      else seen.add(importer);
    }
  }
  return { clients: [...clients], isServed };
}
