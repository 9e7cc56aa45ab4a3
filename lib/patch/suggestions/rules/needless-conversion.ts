import { isBroughtByDiff, isChangedElsewhere } from '../changed-words.js';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { declaredTypesOf } from '../syntax/declared-types.js';
import { isScript } from '../syntax/parse.js';
import { offsetOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const MISMATCH =
  /(?:Type|Argument of type) '(?<from>string|number)' is not assignable to (?:parameter of )?type '(?<to>string|number)(?: \| (?:null|undefined))*'/;

/** A plain value: `quote.total`, `totalHours(data.shifts)`, `row!.id`. */
const VALUE = String.raw`(?<value>[A-Za-z_$][\w$]*!?(?:\??\.[A-Za-z_$][\w$]*!?)*(?<call>\([\w$.,\s]{0,200}\))?)`;
const CONVERSIONS: Readonly<Record<string, readonly RegExp[]>> = {
  string: [
    new RegExp(String.raw`(?<![\w$.])String\(${VALUE}\)`, 'g'),
    new RegExp(String.raw`\x60\$\{${VALUE}\}\x60`, 'g'),
    new RegExp(String.raw`(?<![\w$.)\]])${VALUE}\.toString\(\)`, 'g'),
  ],
  number: [
    new RegExp(String.raw`(?<![\w$.])(?:Number|parseFloat)\(${VALUE}\)`, 'g'),
    new RegExp(String.raw`(?<![\w$.])(?:Number\.)?parseInt\(${VALUE}(?:,\s*10)?\)`, 'g'),
  ],
};

/**
 * `amount={String(quote.total)}` where a number is wanted and every declaration of `total` says number: the value goes as it is.
 * Not where the diff since the last READY deployment left the conversion alone, or changed what the value is given to.
 */
export const needlessConversion: Rule = {
  name: 'needless-conversion',
  async propose(error, workspace) {
    const { from, to } = MISMATCH.exec(error.message)?.groups ?? {};
    const { file, line, column } = error;
    if (from === undefined || to === undefined || from === to || file === undefined || line === undefined)
      return undefined;
    const text = isScript(file) ? workspace.read(file) : undefined;
    const start = text === undefined ? undefined : offsetOf(text, line);
    if (text === undefined || start === undefined) return undefined;
    const row = text.slice(start).split('\n', 1)[0] ?? '';
    const found = CONVERSIONS[from]?.flatMap((pattern) => [...row.matchAll(pattern)]) ?? [];
    const [only, another] = found;
    const { value = '', call } = only?.groups ?? {};
    if (
      !only ||
      another ||
      !isBroughtByDiff(workspace, file, only[0]) ||
      isReceiverRetyped(workspace, file, row.slice(0, only.index))
    )
      return undefined;
    if (column !== undefined && !isGiven(row, column - 1, only.index)) return undefined;
    const name = /([\w$]+)!?$/.exec(call === undefined ? value : value.slice(0, -call.length))?.[1] ?? '';
    const types = await declaredTypesOf(workspace, name, { of: call === undefined ? 'value' : 'call' });
    if (types.size !== 1 || !types.has(to)) return undefined;
    const edit: Replacement = { start: start + only.index, end: start + only.index + only[0].length, text: value };
    const repaired = replaceRanges(text, [edit]);
    if ((await countParseErrors(file, repaired)) > 0) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file}, line ${line}, turns \`${value}\` into a ${from} where a ${to} is wanted, which it is.`,
      change: 'Gives the value as it is.',
    };
  },
};

/** Whether what the compiler names is the value itself, or takes it; it may name the statement that they stand in. */
function isGiven(row: string, named: number, value: number): boolean {
  const between = row.slice(named, value);
  return /^(?:[\w$.[\]"'-]+\s*(?::\s*[^=,;(){}]{1,200}=|=\s*\{?|:)\s*|return\s+)?$/.test(between) && named <= value;
}

/** The prop, key or function that takes the value, by what stands before it. */
function isReceiverRetyped(workspace: Workspace, file: string, before: string): boolean {
  const owner = /([\w$]+)\s*(?:=\s*["'{]?\{?|:|\()\s*$/.exec(before)?.[1];
  return owner !== undefined && isChangedElsewhere(workspace, file, owner);
}
