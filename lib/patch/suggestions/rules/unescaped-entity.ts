import type { Rule } from '../rule.js';
import { lineOf, offsetOf, replaceRanges } from '../syntax/source-text.js';
import { walk } from '../syntax/walk.js';

const ENTITY: Readonly<Record<string, string>> = { "'": '&apos;', '"': '&quot;', '>': '&gt;', '}': '&#125;' };
const CAN_BE_ESCAPED = /^[`'"]?(['">}])[`'"]? can be escaped with/;

/** A quote or bracket in the text of JSX, where the linter wants an entity: the first that it names. */
export const unescapedEntity: Rule = {
  name: 'unescaped-entity',
  async propose(error, workspace) {
    const character = CAN_BE_ESCAPED.exec(error.message)?.[1];
    const { file, line, column } = error;
    const entity = character && ENTITY[character];
    if (!entity || file === undefined || line === undefined || !/\.[jt]sx?$/.test(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;

    const { program } = await workspace.parse(file, text);
    const places: number[] = [];
    for (const { node } of walk(program)) {
      if (node.type !== 'JSXText') continue;
      for (
        let at = text.indexOf(character, node.start);
        at >= 0 && at < node.end;
        at = text.indexOf(character, at + 1)
      ) {
        if (lineOf(text, at) === line) places.push(at);
      }
    }
    const blamed = column === undefined ? undefined : offsetOf(text, line, column);
    const at = places.find((place) => place === blamed) ?? (places.length === 1 ? places[0] : undefined);
    if (at === undefined) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: at, end: at + 1, text: entity }])]]),
      cause: `A bare \`${character}\` stands in the text of ${file}, line ${line}.`,
      change: `Writes it as \`${entity}\`, which shows the same.`,
    };
  },
};
