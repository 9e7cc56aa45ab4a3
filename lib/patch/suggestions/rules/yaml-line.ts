import { isBrokenYaml, yamlPart } from '../../../context/yaml-part.js';
import type { Rule } from '../rule.js';
import { findYaml } from '../syntax/find-yaml.js';

/**
 * One line of YAML or front matter with a slip, or tabs before all lines that are set in: no space or no colon behind its key, a tab or a space too many before it, no
 * second quote, the very line above once more. Put right, all of it parses, and no other line would do.
 */
export const yamlLine: Rule = {
  name: 'yaml-line',
  async propose(error, workspace) {
    const file = findYaml(error, workspace);
    const text = file === undefined ? undefined : workspace.read(file);
    const part = file === undefined || text === undefined ? undefined : yamlPart(file, text);
    if (file === undefined || text === undefined || !part || !isBrokenYaml(part.yaml)) return undefined;
    const rows = part.yaml.split('\n');
    const repaired = new Map<string, Repaired & { readonly row: number }>();
    for (const [row] of rows.entries()) {
      for (const slip of repairsOf(rows, row)) {
        const written = slip.text === undefined ? [] : [slip.text];
        const candidate = [...rows.slice(0, row), ...written, ...rows.slice(row + 1)].join('\n');
        if (!isBrokenYaml(candidate)) repaired.set(candidate, { ...slip, row });
      }
      if (repaired.size > 1) return undefined;
    }
    const [only] = repaired.size > 0 ? repaired : withoutTabs(rows);
    if (!only) return undefined;
    const [yaml, { wrong, row }] = only;
    const { offset } = part;
    const line = text.slice(0, offset).split('\n').length + row;
    return {
      files: new Map([[file, text.slice(0, offset) + yaml + text.slice(offset + part.yaml.length)]]),
      cause: `${file}, line ${line}, has ${wrong}.`,
      change: 'Puts it right, and with that the YAML parses.',
    };
  },
};

/** Several lines that are set in by tabs alone, which YAML forbids: https://yaml.org/spec/1.2.2/#61-indentation-spaces */
function withoutTabs(rows: readonly string[]): [string, { readonly wrong: string; readonly row: number }][] {
  const setIn = rows.filter((row) => /^\s+\S/.test(row));
  // In a text of several lines, a tab may be meant.
  if (rows.some((row) => /(?::|-)\s+[|>][-+\d]*\s*(?:#.*)?$/.test(row))) return [];
  if (setIn.length < 2 || !setIn.every((row) => /^\t+\S/.test(row))) return [];
  const yaml = rows.map((row) => row.replace(/^\t+/, (tabs) => '  '.repeat(tabs.length))).join('\n');
  const row = rows.findIndex((text) => text.startsWith('\t'));
  return isBrokenYaml(yaml) ? [] : [[yaml, { wrong: 'tabs before what is set in', row }]];
}

interface Repaired {
  /** Undefined where the row goes. */
  readonly text: string | undefined;
  readonly wrong: string;
}

function repairsOf(rows: readonly string[], index: number): Repaired[] {
  const row = rows[index] ?? '';
  const above = rows[index - 1] ?? '';
  const repairs: Repaired[] = [];
  const add = (pattern: RegExp, right: string, wrong: string) => {
    const text = row.replace(pattern, right);
    if (text !== row) repairs.push({ text, wrong });
  };
  add(/^(\s*(?:- )?[A-Za-z][\w-]*):(?=[^\s:/])/, '$1: ', 'no space behind the colon');
  // Words may go on with the text above.
  add(
    /^(\s*[A-Za-z][\w-]*) (?=(?:true|false|\d[\w.-]*|"[^"]*"|'[^']*'|\[.*\])\s*$)/,
    '$1: ',
    'no colon behind the key',
  );
  add(/^(\s*)-(?=[\w"'])/, '$1- ', 'no space behind the dash');
  add(/^\t+/, '  ', 'a tab before the key');
  if (/^\s*[\w-]+:\s+\S/.test(above) && /^\s*[\w-]+:/.test(row))
    add(/^\s*/, /^\s*/.exec(above)?.[0] ?? '', 'spaces before the key that no other line has');
  const [, quote] = /^\s*(?:- )?(?:[\w-]+:\s+)?(["'])/.exec(row) ?? [];
  if (quote !== undefined && row.split(quote).length === 2)
    add(/\s*$/, `${quote}${/\r?$/.exec(row)?.[0] ?? ''}`, 'a text without its second quote');
  if (row === above && row.trim() !== '') repairs.push({ text: undefined, wrong: 'what the line above says' });
  return repairs;
}
