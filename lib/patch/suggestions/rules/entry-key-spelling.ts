import { yamlPart } from '../../../context/yaml-part.js';
import { findTwin, isOneOfMany } from '../distance.js';
import type { Rule } from '../rule.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';

const REQUIRED = /([\w-]+)(?:\*\*)?: (?:Required\b|Invalid input: expected \w+, received undefined)/g;
const SCHEMA = /(?:^|\/)(?:src\/content\/config|src\/content\.config|content\.config)\.[cm]?[jt]s$/;

/**
 * `titel: Low tide` in an entry whose schema asks for `title`: a key of front matter or YAML that no schema names, one slip
 * away from the one that is missing.
 */
export const entryKeySpelling: Rule = {
  name: 'entry-key-spelling',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined || !/\.(?:mdx?|mdoc|markdown|ya?ml)$/.test(file) ? undefined : workspace.read(file);
    const part = file === undefined || text === undefined ? undefined : yamlPart(file, text);
    if (file === undefined || text === undefined || !part) return undefined;
    const keys = [...part.yaml.matchAll(/^([\w-]+)(?=\s*:)/gm)].map(({ index, 0: name }) => ({
      name,
      start: part.offset + index,
      isList: /^\s*:[^\S\n]*(?:\[|\r?\n[^\S\n]*- )/.test(part.yaml.slice(index + name.length)),
    }));
    const schemas = workspace.paths.flatMap((path) => (SCHEMA.test(path) ? (workspace.read(path) ?? '') : []));
    const unknown = keys.filter(({ name }) => !schemas.some((schema) => new RegExp(`\\b${name}\\b`).test(schema)));
    const missing = new Set([...error.message.matchAll(REQUIRED)].map(([, name = '']) => name));
    const slips = [...missing].flatMap((right) => {
      const twin = findTwin(
        right,
        keys.map(({ name }) => name),
      );
      return unknown.flatMap(({ name, start, isList }) => {
        // `tag: boats` is no list, which `tags` would have to be.
        const isOther = isOneOfMany(name, right) && isList !== right.length > name.length;
        return name === twin && !isOther ? [{ name, start, right }] : [];
      });
    });
    const [only, another] = slips;
    if (!only || another || schemas.length === 0) return undefined;
    const { name, start, right } = only;
    return {
      files: new Map([[file, replaceRanges(text, [{ start, end: start + name.length, text: right }])]]),
      cause: `${file}, line ${lineOf(text, start)}, has a key \`${name}\`, which no schema names, and lacks \`${right}\`.`,
      change: `Writes \`${right}\`.`,
    };
  },
};
