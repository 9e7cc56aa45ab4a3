/** Names that every browser, Node or a test runner has; a linter has to be told of them. */
export const ENVIRONMENT_NAMES: ReadonlySet<string> = new Set(
  'window document navigator localStorage sessionStorage fetch URL URLSearchParams FormData Headers Request Response AbortController console setTimeout clearTimeout setInterval clearInterval requestAnimationFrame process Buffer __dirname __filename module require exports structuredClone crypto describe it test expect beforeEach afterEach'.split(
    ' ',
  ),
);

const LANGUAGE_NAMES: ReadonlySet<string> = new Set(
  'Array Object String Number Boolean Date Math JSON Promise Map Set WeakMap WeakSet Error TypeError RangeError RegExp Intl Symbol BigInt Proxy Reflect Iterable Record Partial Pick Omit Readonly ReadonlyArray ReadonlyMap ReadonlySet Required Exclude Extract NonNullable ReturnType Parameters Awaited undefined NaN Infinity isNaN isFinite parseInt parseFloat encodeURIComponent decodeURIComponent globalThis arguments JSX React NodeJS Element Node Event File Blob'.split(
    ' ',
  ),
);

/** Whether a name is there without a declaration: of the language, the browser, Node or a test runner. */
export function isGivenName(name: string): boolean {
  return ENVIRONMENT_NAMES.has(name) || LANGUAGE_NAMES.has(name) || /^(?:HTML|SVG)\w*Element$|Event$/.test(name);
}
