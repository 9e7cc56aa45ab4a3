import { isConfigFile } from './config-files.js';
import { isForeignPath } from './paths.js';
import { findPlaces } from './places.js';

/** The project's file that a sentence names, where no place stands apart from it; routes look like absolute paths. */
export function fileOfSentence(message: string): string | undefined {
  return findPlaces(message.slice(0, 600)).find(
    ({ path }) => !isForeignPath(path) && (/^(?:\/vercel\/path\d\/|\.{0,2}\w[^/]*\/)/.test(path) || isConfigFile(path)),
  )?.path;
}
