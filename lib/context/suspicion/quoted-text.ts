import { baseName, extensionOf, isLockfile, isTemplate } from '../readable-files.js';
import { escapePattern } from '../word-pattern.js';
import type { SuspicionRule } from './suspicion.js';
import { suspectEach } from './suspicion.js';

/** A word in more files than this tells nothing. */
const MOST_FILES = 4;
const WEIGHTS = [0, 0.65, 0.5, 0.4, 0.3];

/** Who writes what an error without a place quotes: a wrong setting's value, a link that leads nowhere. */
export const suspectQuotedText: SuspicionRule = ({ error, places, route }, { files }) => {
  if (places.length > 0 || error.kind === 'variable-missing' || error.kind === 'network') return [];
  const said = error.message.slice(0, 1_500);
  const quoted = [/'([^'\n]{3,120})'/g, /"([^"\n]{3,120})"/g, /`([^`\n]{3,120})`/g].flatMap((pattern) =>
    // Angular's compiler puts a line before the names of classes.
    [...said.matchAll(pattern)].map(([, word = '']) => word.replace(/^_(?=[A-Z])/, '')),
  );
  const words = [...new Set([...quoted, error.specifier ?? '', error.symbol ?? ''])].filter(
    (word) =>
      word.length > 3 &&
      !/^(?:\/vercel\/|node_modules|https?:)/.test(word) &&
      // A route's own files are known; the framework's functions that the message names are in many of them.
      (route === undefined || error.code === 'entry-not-found' || !/^[\w$]+$/.test(word)),
  );
  return words.slice(0, 6).flatMap((word) => {
    const naming = [...files].filter(([path, text]) => !isLockfile(path) && text.includes(word));
    // Part of a longer address, where others write it whole.
    const whole = new RegExp(`["'\`]${escapePattern(word)}["'\`]`);
    const exact = /^[\w$]+$/.test(word) ? [] : naming.filter(([, text]) => whole.test(text));
    const speaking = (exact.length > 0 ? exact : naming).map(([path]) => path);
    const weight = WEIGHTS[speaking.length] ?? 0;
    return speaking.length > MOST_FILES || weight === 0 ? [] : suspectEach(speaking, weight, `writes ${word}`);
  });
};

/** Where a script throws at what it read: the files that hold the words which its message repeats. */
export const suspectRepeatedText: SuspicionRule = ({ error, places, trace }, { files }) => {
  if (places.length === 0 || !['script-failed', 'other'].includes(error.kind) || error.tool === 'tests') return [];
  const said = error.message.slice(0, 500).replace(/\(reading '[^']{1,80}'\)/, '');
  const repeated = [...said.matchAll(/\{\{[^{}\n]{1,60}\}\}|["'`]([^"'`\n]{4,80})["'`]/g)].map(
    ([all, word]) => word ?? all,
  );
  return repeated.slice(0, 3).flatMap((word) => {
    const content = [...places, ...trace].filter(isTemplate);
    const named = content.filter((path) => files.get(path)?.includes(word));
    // Of several pieces of content in conflict, those that write what it is about.
    if (named.length > 0 && named.length < content.length) return suspectEach(named, 0.8, `writes ${word}`);
    const holding = [...files]
      .filter(([path, text]) => !isLockfile(path) && !places.includes(path) && text.includes(word))
      .map(([path]) => path);
    const told = holding.filter((path) => isData(path) && said.includes(baseName(path)));
    // What stands in double braces is a template's.
    const asking = word.startsWith('{{') ? holding.filter(isTemplate) : [];
    return [
      ...suspectEach(asking.length > 2 ? [] : asking, 0.8, `asks for ${word}`),
      ...suspectEach(told, 0.8, `writes ${word}, and the message names it`),
      ...(holding.length > 2
        ? []
        : suspectEach(
            holding.filter((path) => !told.includes(path)),
            0.5,
            `writes ${word}`,
          )),
    ];
  });
};

function isData(path: string): boolean {
  return /\.(?:json|ya?ml|toml|csv|mdx?)$/.test(path);
}

const TEMPLATE = /\.(?:njk|liquid|hbs|handlebars|ejs|pug|html|mdx?|scss|sass|less|vue|svelte|astro|graphqls?|gql)$/;
const UNKNOWN =
  /not found|unknown|undefined|does(?: not|n't) exist|no such|cannot find|is not (?:defined|registered|known)/i;
const MOST_ALIKE = 6;

/** Who else uses a name that a template does not know: builds tell of the first template only. */
export const suspectSameWord: SuspicionRule = ({ error, file }, { files }) => {
  const { symbol } = error;
  if (symbol === undefined || symbol.length < 4 || file === undefined || !TEMPLATE.test(file)) return [];
  if (!UNKNOWN.test(error.message.slice(0, 1_000)) || error.suggestion !== undefined) return [];
  const word = new RegExp(`(?<![\\w$-])${escapePattern(symbol)}(?![\\w$-])`);
  const alike = [...files].filter(
    ([path, text]) => path !== file && extensionOf(path) === extensionOf(file) && word.test(text),
  );
  return alike.length > MOST_ALIKE
    ? []
    : suspectEach(
        alike.map(([path]) => path),
        0.35,
        `uses ${symbol} too`,
      );
};

const NO_ROUTE = /"(\/[^"\n]{1,200})" is not an existing route/;

/** Who else links to a page that Next's types do not know: the compiler stops at the first link. */
export const suspectSameRoute: SuspicionRule = ({ error, file }, { files }) => {
  const route = NO_ROUTE.exec(error.message.slice(0, 1_000))?.[1]?.replace(/\/\[.*$|\$\{.*$/s, '');
  if (route === undefined || route.length < 3) return [];
  const link = new RegExp(`["'\`]${escapePattern(route)}(?=["'\`/?#])`);
  const linking = [...files].flatMap(([path, text]) =>
    path !== file && !isLockfile(path) && link.test(text) ? path : [],
  );
  return suspectEach(linking.slice(0, MOST_ALIKE), 0.6, `links to ${route} too`);
};

const TWO_NAMES = /different slug names for the same dynamic path \('([^']{1,60})' !== '([^']{1,60})'\)/;

/** Pages of one folder whose parameters bear two names. */
export const suspectTwoParameters: SuspicionRule = ({ error }, { index }) => {
  const names = TWO_NAMES.exec(error.message.slice(0, 1_000))?.slice(1) ?? [];
  const [one = [], other = []] = names.map((name) =>
    index.paths.flatMap((path) => {
      const at = path.search(new RegExp(`(?:^|/)\\[{1,2}(?:\\.{3})?${escapePattern(name)}\\]`));
      return at < 0 ? [] : [{ path, folder: path.slice(0, at) }];
    }),
  );
  const meeting = one.flatMap((left) =>
    other.filter(({ folder }) => folder === left.folder).flatMap((right) => [right, left]),
  );
  return suspectEach(
    meeting.map(({ path }) => path),
    0.85,
    'has a parameter by another name than its neighbour',
  );
};
