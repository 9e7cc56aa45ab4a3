import { partsOf } from './distance.js';
import type { Workspace } from './workspace.js';

/**
 * Whether the part in which a name differs from the other is a word that the repository has elsewhere, such as the `contact` of a
 * `ContactLine` beside a `contract`: no slip has a meaning of its own. The name itself, which may be misspelt more than once, does not count.
 */
export function isWordOfOwn({ paths, read }: Workspace, name: string, right: string): boolean {
  const others = partsOf(right);
  const [word = '', another] = partsOf(name).filter((part) => !others.includes(part));
  if (another !== undefined || !/^[a-z]{3,}$/.test(word)) return false;
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  const own = new RegExp(`(?<![A-Za-z])${word}(?!\\s*['"]|[A-Za-z])|${capital}(?![a-z])`);
  return paths.some((path) => !/lock/.test(path) && own.test((read(path) ?? '').replaceAll(name, '')));
}
