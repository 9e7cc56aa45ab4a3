/** What a compiler configuration has to say for the code at hand, as the compiler itself puts it. */
export type AskedOption =
  | { readonly name: 'lib' | 'target'; readonly value: string }
  | { readonly name: 'resolveJsonModule'; readonly value: true };

/** The sentences of TS2550, TS2583 and TS2584; of TS2802, TS1501, TS1503, TS2737, TS2791 and TS18028; of TS2732. */
const LIBRARY = /Try changing the 'lib' compiler option to (?:include )?'(es\d{1,4}|esnext|dom)'/i;
const TARGETS = [
  /with a '--target' of '(es\d{1,4})' or higher/i,
  /only available when targeting '?(?:ECMAScript )?((?:es)?\d{1,4})'? (?:or later|and higher)/i,
  /not available when targeting lower than (es\d{1,4})/i,
  /unless the 'target' option is set to '(es\d{1,4})' or later/i,
];
const JSON_MODULES = /Consider using '--resolveJsonModule'/;

export function findAskedOption(message: string): AskedOption | undefined {
  const text = message.slice(0, 2_000);
  const library = LIBRARY.exec(text)?.[1];
  if (library !== undefined) return { name: 'lib', value: library.toLowerCase() };
  for (const pattern of TARGETS) {
    const target = pattern.exec(text)?.[1]?.toLowerCase();
    if (target !== undefined) return { name: 'target', value: nameOfYear(target.replace(/^es/, '')) };
  }
  return JSON_MODULES.test(text) ? { name: 'resolveJsonModule', value: true } : undefined;
}

/** `es6` is the short name of `es2015`. */
function nameOfYear(version: string): string {
  return `es${version === '6' ? '2015' : version}`;
}
