import { isSource } from '../readable-files.js';
import { decodeSegment, isRouteFile } from '../routes.js';
import type { LocatedError, Survey } from '../survey.js';
import { escapePattern } from '../word-pattern.js';
import { type Suspicion, suspectEach } from './suspicion.js';

const MOST_NAMING = 3;
const DATA_FILE = /\.(?:json|ya?ml|toml)$/;

interface Asked {
  readonly located: LocatedError;
  readonly survey: Survey;
  readonly pages: readonly string[];
}

/** A crawler came to an address that no page answers: who links to it. */
export function suspectDeadLinks({ located, survey, pages }: Asked): Suspicion[] {
  const { message } = located.error;
  const dead = decodeSegment(/\b404 \/\S{0,200}?([^/\s?#]{3,100})\/?(?=[?#\s]|$)/.exec(message)?.[1] ?? '');
  const naming = new RegExp(
    `["']${escapePattern(dead)}["']|^[^\\S\\n]*(?:- |[\\w-]+: )${escapePattern(dead)}[^\\S\\n]*$`,
    'm',
  );
  const data =
    dead === ''
      ? []
      : [...survey.files].filter(([path, text]) => DATA_FILE.test(path) && naming.test(text)).map(([path]) => path);
  const linked = suspectLinkingPages({ located, survey, pages });
  // No page at all stands where the link goes, whatever it names.
  const [folder = ''] = /(?<=\b404 )\/[^\s?#]{1,200}\//.exec(message) ?? [];
  const isFolder = survey.index.paths.some((path) => path.includes(folder) && isRouteFile(path));
  if (linked.length > 0 && folder.length > 2 && !isFolder) return linked;
  const refers = data.length > MOST_NAMING ? [] : suspectEach(data, 0.88, `names ${dead}, for which there is no page`);
  return refers.length > 0 ? refers : linked;
}

function suspectLinkingPages({ located, survey, pages }: Asked): Suspicion[] {
  const { message } = located.error;
  // SvelteKit names the page that it came from as well: `404 /tides (linked from /)`.
  const dead = /\b404 (\/\S{1,300}) \(linked from /.exec(message)?.[1];
  const route = dead ?? located.error.route ?? '';
  if ((dead === undefined && pages.length > 0) || route.length < 2 || !/\b404\b/.test(message)) return [];
  const link = new RegExp(`["'\`]${escapePattern(route.replace(/\/$/, ''))}/?(?:[?#][^"'\`]{0,80})?["'\`]`);
  const linking = listWriting(link, survey);
  if (linking.length > 0)
    return suspectEach(linking.slice(0, 3), dead === undefined ? 0.8 : 0.9, `links to ${route}, which is no page`);
  const folder = route.replace(/[^/]+\/?$/, '');
  const made = new RegExp(`["'\`]${escapePattern(folder)}(?:\\$?\\{|["'\`]\\s{0,4}\\+)`);
  return suspectEach(
    folder === '/' ? [] : listWriting(made, survey).slice(0, 3),
    0.75,
    `makes addresses like ${route}`,
  );
}

function listWriting(pattern: RegExp, { files }: Survey): string[] {
  return [...files].filter(([path, text]) => isSource(path) && pattern.test(text)).map(([path]) => path);
}
