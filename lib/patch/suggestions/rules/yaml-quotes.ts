import { isBrokenYaml, yamlPart } from '../../../context/yaml-part.js';
import type { Rule } from '../rule.js';
import { findYaml } from '../syntax/find-yaml.js';
import { replaceRanges } from '../syntax/source-text.js';

/** How the parsers of YAML put it when a value without quotes holds `: `. */
const MAPPING =
  /bad indentation of a mapping|mapping values are not allowed|[Nn]ested mappings are not allowed|[Ii]mplicit keys? need|incomplete explicit mapping/;

/** A value of YAML or front matter that needs quotes, for a colon in it: `title: Tides: an introduction`. */
export const yamlQuotes: Rule = {
  name: 'yaml-quotes',
  async propose(error, workspace) {
    const file = MAPPING.test(error.message) ? findYaml(error, workspace) : undefined;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined) return undefined;
    const part = yamlPart(file, text);
    if (!part) return undefined;
    const { yaml, offset } = part;
    const values = findBareValues(yaml);
    const [only, another] = values;
    if (!only || another || isBrokenYaml(quote(yaml, only)) || !isBrokenYaml(yaml)) return undefined;
    return {
      files: new Map([[file, text.slice(0, offset) + quote(yaml, only) + text.slice(offset + yaml.length)]]),
      cause: `A value in ${file} holds a colon and has no quotes, so that YAML reads it as a mapping.`,
      change: 'Puts the value in quotes and leaves it as it is.',
    };
  },
};

interface Value {
  readonly start: number;
  readonly end: number;
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

function quote(yaml: string, { start, end }: Value): string {
  const value = yaml.slice(start, end);
  const quoted = value.includes('"') || value.includes('\\') ? `'${value.replaceAll("'", "''")}'` : `"${value}"`;
  return replaceRanges(yaml, [{ start, end, text: quoted }]);
}
