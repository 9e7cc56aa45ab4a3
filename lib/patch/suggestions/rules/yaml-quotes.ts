import { isBrokenYaml, yamlPart } from '../../../context/yaml-part.js';
import type { Rule } from '../rule.js';
import { findYaml } from '../syntax/find-yaml.js';
import { replaceRanges } from '../syntax/source-text.js';

/** How the parsers of YAML put it when a value without quotes holds `: `, or begins with a mark that means something else. */
const MAPPING =
  /bad indentation of a mapping|mapping values are not allowed|[Nn]ested mappings are not allowed|[Ii]mplicit keys? need|incomplete explicit mapping|unidentified alias|[Uu]nresolved alias|cannot start with reserved character|cannot start any token|Unexpected (?:scalar|double-quoted-scalar|single-quoted-scalar|flow-seq-start) at node end|end of the stream or a document separator is expected/;

/**
 * A value of YAML or front matter that needs quotes, for a colon in it or for how it begins: `title: Tides: an introduction`,
 * `title: @ada`, `title: "Tides" at home`, `title: 'Ada's tides'`.
 */
export const yamlQuotes: Rule = {
  name: 'yaml-quotes',
  async propose(error, workspace) {
    const file = MAPPING.test(error.message) ? findYaml(error, workspace) : undefined;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined) return undefined;
    const part = yamlPart(file, text);
    if (!part) return undefined;
    const { yaml, offset } = part;
    const values = [...findBareValues(yaml), ...findMarkedValues(yaml)];
    const [only, another] = values;
    if (!only || another || isBrokenYaml(quote(yaml, only)) || !isBrokenYaml(yaml)) return undefined;
    return {
      files: new Map([[file, text.slice(0, offset) + quote(yaml, only) + text.slice(offset + yaml.length)]]),
      cause: `A value in ${file} is a text that YAML takes for something else, as it lacks the right quotes.`,
      change: 'Puts the value in quotes and leaves it as it is.',
    };
  },
};

interface Value {
  readonly start: number;
  readonly end: number;
  /** What it says, where some of its quotes are its own already. */
  readonly says?: string;
}

/** Values on a line of their own, without quotes or brackets, in which a colon is followed by a space. */
function findBareValues(yaml: string): Value[] {
  return [...yaml.matchAll(/^([^\S\n]*(?:- )?[\w-]+:[^\S\n]+)([^\s"'[{|>&*!%@`#].*?)[^\S\n]*\r?$/gm)].flatMap(
    (match) => {
      const [, key = '', value = ''] = match;
      const start = match.index + key.length;
      return /:\s/.test(value) ? [{ start, end: start + value.length }] : [];
    },
  );
}

/** Keys of texts; others may be meant as a list or an alias. */
const TEXT_KEY =
  /(?:title|name|description|summary|excerpt|label|heading|tagline|subtitle|caption|alt|author|text|quote):\s+$/i;
/** What no value without quotes may begin with, a list or a text in quotes with more behind it, and a quote within its own kind. */
const MARKED = /^(?:[@`%]|\*\S+(?:\*|\s+\S)|\[[^[\]]{0,200}\]\s*[^\s#,]|(["']).{0,300}?\1.*\S)/;

function findMarkedValues(yaml: string): Value[] {
  return [...yaml.matchAll(/^([^\S\n]*(?:- )?[\w-]+:[^\S\n]+)(["'@`%*[].*?)[^\S\n]*\r?$/gm)].flatMap(
    (match): Value[] => {
      const [, key = '', value = ''] = match;
      const start = match.index + key.length;
      if (!MARKED.test(value) || value.includes('\\') || / #/.test(value)) return [];
      const mark = value.charAt(0);
      if (/[*[]/.test(mark) && !TEXT_KEY.test(key)) return [];
      if (/["']/.test(mark) && !value.endsWith(mark) && value.split(mark).length % 2 === 0) return [];
      const place = { start, end: start + value.length };
      if (!/["']/.test(mark) || !value.endsWith(mark) || value.length < 4) return [place];
      const says = value.slice(1, -1);
      // `"The "big" moon"` and `'Ada's moon'` are quoted as a whole; `"Big" or "small"` is not.
      const isInside = mark === '"' ? /^[^"]*\s"\S/.test(says) : /^[^']*\w'\w[^']*$/.test(says);
      return isInside ? [{ ...place, says }] : /^[^"']*\w["'][\s,]/.test(says) ? [place] : [];
    },
  );
}

function quote(yaml: string, { start, end, says }: Value): string {
  const value = says ?? yaml.slice(start, end);
  const quoted = value.includes('"') || value.includes('\\') ? `'${value.replaceAll("'", "''")}'` : `"${value}"`;
  return replaceRanges(yaml, [{ start, end, text: quoted }]);
}
