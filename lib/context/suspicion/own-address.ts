import { isSource } from '../readable-files.js';
import type { LocatedError, Survey } from '../survey.js';
import { type SuspicionRule, suspectEach } from './suspicion.js';

/** Files looked through behind one route. */
const REACH = 80;
const OWN_ADDRESS = /\bhttps?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?=[:/'"`]|$)/;

/** A request failed, and the log does not say where it went: code that asks the machine itself, where nothing answers in a build. */
export const suspectOwnAddress: SuspicionRule = (located, survey) =>
  suspectEach(findOwnAddresses(located, survey), 0.85, 'asks the machine that builds for something');

export function findOwnAddresses({ error, places, trace, route }: LocatedError, survey: Survey): string[] {
  if (error.kind !== 'network') return [];
  const near = [...places, ...trace, ...(route?.pages ?? []), ...(route?.loaders ?? []), ...(route?.layouts ?? [])];
  return survey.graph
    .reach(near, REACH)
    .filter((path) => isSource(path) && OWN_ADDRESS.test(survey.files.get(path) ?? ''));
}
