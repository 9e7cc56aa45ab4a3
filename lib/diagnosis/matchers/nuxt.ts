/** Nuxt: a module that threw while it was set up, `[error] sentence`, blank rows, and a stack of packages only. */
import { fileOfSentence } from '../file-of-sentence.js';
import { type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { readSentence } from '../sentence-kinds.js';
import { isSettingUp } from '../settings-messages.js';

const head = /^(?:\[error\]|\s?ERROR\s) {0,2}(?:Error: )?(\S.{0,1000})$/;
const frame = /^\s+at /;

export function matchNuxtModules(lines: LineStream, at: number): Match | undefined {
  const message =
    textAt(lines, at).includes('rror') || textAt(lines, at).includes('ERROR')
      ? head.exec(textAt(lines, at))?.[1]
      : undefined;
  if (message === undefined) return undefined;
  let index = at + 1;
  while (index < at + 4 && textAt(lines, index).trim() === '') index++;
  let isOfModule = false;
  for (; frame.test(textAt(lines, index)) && index < at + 30; index++) {
    const text = textAt(lines, index);
    if (text.includes(' (') && !text.includes('node_modules/') && !text.includes('(node:')) return undefined;
    isOfModule ||= text.includes('@nuxt/kit/') && isSettingUp(text);
  }
  if (!isOfModule || /^(?:Type|Syntax)Error/.test(message)) return undefined;
  const { facts, class: failureClass, remedy } = readSentence(message, undefined);
  const file = fileOfSentence(message);
  const isOpen = facts.kind === 'other' && file === undefined;
  return matchOne(
    {
      role: 'cause',
      ...(failureClass === undefined ? {} : { class: failureClass }),
      ...(remedy === undefined ? {} : { remedy }),
      error: {
        tool: 'nuxt',
        ...facts,
        ...(isOpen ? { kind: 'config' as const } : {}),
        ...(file === undefined ? {} : { file }),
        message,
        logLine: logLineAt(lines, at),
      },
    },
    index,
  );
}
