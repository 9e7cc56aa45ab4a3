import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { isSlip } from '../distance.js';
import type { Rule } from '../rule.js';
import { isScript } from '../syntax/parse.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';

const CORRECTION =
  /["'`@]([A-Za-z_$][\w$.-]{1,100})["'`].{0,160}?\b[Dd]id you mean (?:to use )?["'`]@?([A-Za-z_$][\w$.-]{1,100})["'`]/;

/** `Did you mean "price" or "prize"?`, as GraphQL asks. */
const FURTHER = /\b[Dd]id you mean [^?]*?["'`],? ([^?]{1,300})\?/;

/**
 * `Unknown compiler option 'modul'. Did you mean 'module'?` and its like: settings, schemas and queries hold the word that
 * the tool rejects in one place, and the tool itself says how it is spelt. Scripts have rules that know what is declared.
 */
export const namedCorrection: Rule = {
  name: 'named-correction',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined || isScript(file) ? undefined : workspace.read(file);
    const [, wrong, right] = CORRECTION.exec(error.message) ?? [];
    if (file === undefined || text === undefined || wrong === undefined || right === undefined) return undefined;
    if (wrong === right || !isSlip(wrong, right)) return undefined;
    const further = FURTHER.exec(error.message)?.[1]?.match(/[\w$.-]{2,100}/g) ?? [];
    if (further.some((other) => other !== right && isSlip(wrong, other))) return undefined;
    const place = findPlace(text, wrong, error);
    if (place === undefined) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: place, end: place + wrong.length, text: right }])]]),
      cause: `\`${wrong}\` in ${file}, line ${lineOf(text, place)}, means nothing to ${error.tool}.`,
      change: `Writes \`${right}\`, as it says itself.`,
    };
  },
};

/** The one on the line that the error names, else the one of the file. */
function findPlace(text: string, word: string, { line }: BuildError): number | undefined {
  const all = [...text.matchAll(new RegExp(`(?<![\\w$-])${escapePattern(word)}(?![\\w$-])`, 'g'))].map(
    ({ index }) => index,
  );
  const onLine = all.filter((at) => lineOf(text, at) === line);
  const [only, another] = onLine.length > 0 ? onLine : all;
  return another === undefined ? only : undefined;
}
