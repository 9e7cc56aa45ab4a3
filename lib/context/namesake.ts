/** The only package that gives all the names, by what is taken from each elsewhere. */
export function soleGiverOf(
  names: readonly string[],
  given: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  const [only, another] = [...given].filter(([, some]) => names.every((name) => some.has(name)));
  return another === undefined ? only?.[0] : undefined;
}

/** Since version 7 `react-router` is what `react-router-dom` was as well: https://reactrouter.com/upgrading/v6 */
export function isPartOfRouter(name: string, dependencies: ReadonlyMap<string, string> | undefined): boolean {
  return name === 'react-router-dom' && /^[~^]?(?:[7-9]|\d{2})\b/.test(dependencies?.get('react-router') ?? '');
}
