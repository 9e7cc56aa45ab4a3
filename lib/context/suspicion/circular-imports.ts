import { targetOf } from '../import-graph.js';
import { baseName, isSource } from '../readable-files.js';
import type { Survey } from '../survey.js';
import { type SuspicionRule, suspectEach } from './suspicion.js';

const EARLY_USE = /Cannot access '([^']{1,100})' before initialization|ircular (?:import|dependency|reference)/;
/** A longer way round is a project's habit, not this failure. */
const LONGEST_CYCLE = 6;
const MOST_FILES = 6;

/** A value read before its module has run: the modules that import one another in a circle. */
export const suspectCircularImports: SuspicionRule = ({ error, places, route }, survey) => {
  if (!EARLY_USE.test(error.message.slice(0, 2_000))) return [];
  const start = [...places, ...(route?.pages ?? []), ...(route?.loaders ?? [])];
  const near = survey.graph.reach(start.length > 0 ? start : [...survey.files.keys()], 200).filter(isSource);
  const cycles = near.flatMap((path) => findCycle(path, survey) ?? []);
  const [shortest] = [...cycles].sort((a, b) => a.length - b.length);
  const round = cycles.filter((cycle) => cycle.length === shortest?.length).flat();
  const members = [...new Set(round)].slice(0, MOST_FILES);
  return suspectEach(members, 0.72, `is imported by what it imports itself: ${members.map(baseName).join(', ')}`);
};

/** The shortest way from a module back to itself, over imports of values. */
function findCycle(start: string, { graph }: Survey): string[][] | undefined {
  let ways: string[][] = [[start]];
  const seen = new Set<string>();
  for (let length = 1; length <= LONGEST_CYCLE && ways.length > 0; length++) {
    const longer: string[][] = [];
    for (const way of ways) {
      for (const { declaration, resolution } of graph.edgesFrom(way.at(-1) ?? start)) {
        const target = declaration.typeOnly ? undefined : targetOf(resolution);
        if (target === start) return [way];
        if (target === undefined || seen.has(target)) continue;
        seen.add(target);
        longer.push([...way, target]);
      }
    }
    ways = longer;
  }
  return undefined;
}
