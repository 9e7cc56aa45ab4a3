import { describe, expect, it } from 'vitest';
import { takenAway } from '../../../../lib/patch/suggestions/rules/taken-away.js';
import { repairWith } from '../repository.js';

const path = 'src/dock.tsx';

const repair = (message: string, lines: readonly string[], elsewhere = '') => {
  const now = lines.filter((line) => !line.startsWith('-')).map((line) => line.slice(1));
  const former = lines.filter((line) => !line.startsWith('+'));
  const hunks = [`@@ -1,${former.length} +1,${now.length} @@`, ...lines].join('\n');
  return repairWith(
    takenAway,
    { file: path, message, line: 2 },
    {
      files: { [path]: now.join('\n') },
      changes: [
        { path, status: 'modified', hunks },
        ...(elsewhere ? [{ path: 'src/port.ts', status: 'modified' as const, hunks: elsewhere }] : []),
      ],
    },
  );
};

const MISSING = "Property 'onMoor' is missing in type '{ at: Quay; }' but required in type 'DockProps'.";
const RECORD = "Property 'ferry' is missing in type '{ yacht: string; }' but required in type 'Record<Kind, string>'.";
const PROMISE = "Argument of type 'Promise<Quay[]>' is not assignable to parameter of type 'SetStateAction<Quay[]>'.";
const POSSIBLY = "'quay' is possibly 'undefined'.";
const NO_RETURN = "A function whose declared type is neither 'undefined', 'void', nor 'any' must return a value.";

const tag = (...middle: string[]) => [' const moorNow = () => 1;', ' export const a = (', ...middle, ' );'];

describe('taken-away', () => {
  it.each([
    ['a prop', MISSING, tag('-  <Dock at={quay} onMoor={moorNow} />', '+  <Dock at={quay} />')],
    ['an entry', RECORD, [' const names: Record<Kind, string> = {', "   yacht: 'Yacht',", "-  ferry: 'Ferry',", ' };']],
    [
      'an await',
      PROMISE,
      [' async function load() {', '-  const a = await list();', '+  const a = list();', '   set(a); }'],
    ],
    ['a guard', POSSIBLY, [' const quay = find(1);', '-if (!quay) notFound();', ' sail(quay.name);']],
    ['a question mark', POSSIBLY, [' const quay = find(1);', '-sail(quay?.name);', '+sail(quay.name);']],
    ['a return', NO_RETURN, [' function f(a: A): A {', '-  return a;', '+  a;', ' }']],
    [
      'an annotation',
      "Binding element 'quay' implicitly has an 'any' type.",
      [' const b = 1;', '-const c = ({ quay }: { quay: Quay }) => quay;', '+const c = ({ quay }) => quay;'],
    ],
    [
      'a default',
      "Type 'string | undefined' is not assignable to type 'string'.",
      [' const b = 1;', "-const c: string = d ?? '';", '+const c: string = d;'],
    ],
  ])('puts back %s', async (_, message, lines) => {
    const former = lines.filter((line) => !line.startsWith('+')).map((line) => line.slice(1));
    expect(await repair(message, lines)).toEqual({ [path]: former.join('\n') });
  });

  it.each([
    ['a prop that another replaces', MISSING, tag('-  <Dock at={quay} onMoor={moorNow} />', '+  <Dock at={quay} b />')],
    ['another prop', MISSING, tag('-  <Dock at={quay} onLeave={moorNow} />', '+  <Dock at={quay} />')],
    [
      'two props that went together',
      MISSING,
      tag('-  <Dock at={quay} onMoor={moorNow} fast={true} />', '+  <Dock at={quay} />'),
    ],
    [
      'a value that is gone as well',
      MISSING,
      ['-const moorNow = () => 1;', ' export const a = (', '-  <Dock onMoor={moorNow} />', '+  <Dock />', ' );'],
    ],
    [
      'a guard for something else',
      POSSIBLY,
      [' const quay = find(1);', '-if (!berth) notFound();', ' sail(quay.name);'],
    ],
    [
      'an await that comes later',
      PROMISE,
      ['+await log();', ' ', '-const a = await list();', '+const a = list();', ' set(a, await b());'],
    ],
    ['a question mark elsewhere', POSSIBLY, [' ', ' sail(quay.name);', ' ', ' ', '-let a = b?.c;', '+let a = b.c;']],
    ['a return of several lines', NO_RETURN, [' function f(a: A): A {', '-  if (a) return b;', '-  return a;', ' }']],
  ])('is silent about %s', async (_, message, lines) => {
    expect(await repair(message, lines)).toBeUndefined();
  });

  it('is silent where the same word goes elsewhere too', async () => {
    const lines = [' const names: Record<Kind, string> = {', "   yacht: 'Yacht',", "-  ferry: 'Ferry',", ' };'];
    expect(await repair(RECORD, lines, "@@ -1,1 +0,0 @@\n-export const ferry = 'f';")).toBeUndefined();
  });
});
