/** How a module comes into the browser's bundle. */
import type { Survey } from './survey.js';

export interface ClientReach {
  /** The nearest modules marked `use client` that import it, directly or through others. */
  readonly clients: readonly string[];
  /** Modules between it and them that nothing else uses: helpers of client code. */
  readonly helpers: readonly string[];
  /** Whether something imports it that no such module stands before. */
  readonly isServed: boolean;
}

const MOST_SEEN = 60;

/** Follows the importers upwards as far as the first that is marked `use client`; imports of types count for nothing. */
export function findClientImporters(path: string, { graph }: Survey): ClientReach {
  const clients = new Set<string>();
  const seen = new Set([path]);
  let isServed = false;
  const importersOf = (module: string) =>
    graph.edgesTo(module).flatMap(({ importer, declaration }) => (declaration.typeOnly ? [] : importer));
  const isClient = (module: string) => graph.readOutline(module)?.directive === 'use client';
  for (const module of seen) {
    if (seen.size > MOST_SEEN) break;
    const importers = importersOf(module);
    if (importers.length === 0 && module !== path) isServed = true;
    for (const importer of importers) {
      if (isClient(importer)) clients.add(importer);
      // What client code calls there stays on the server.
      else if (graph.readOutline(importer)?.directive === 'use server') isServed = true;
      else seen.add(importer);
    }
  }
  const helpers = [...seen].filter((module) => {
    const importers = importersOf(module);
    return module !== path && importers.length > 0 && importers.every(isClient);
  });
  return { clients: [...clients], helpers, isServed };
}
