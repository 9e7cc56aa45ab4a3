import { describe, expect, it } from 'vitest';
import { changedParameters } from '../../../../lib/patch/suggestions/rules/changed-parameters.js';
import { repairWith } from '../repository.js';

const COUNT = 'Expected 1 arguments, but got 2.';
const TYPE = "Argument of type 'number' is not assignable to parameter of type 'string'.";
const caller = (call: string) => `import { fare } from './fare';\n\nexport const due = ${call};\n`;

async function repair(
  call: string,
  [old, now]: readonly [string, string],
  { message = COUNT, callerHunks, column }: { message?: string; callerHunks?: string; column?: number } = {},
) {
  const [before, after] = [old, now].map((parameters) => `export function fare(${parameters}) {`);
  const text = caller(call);
  const repaired = await repairWith(
    changedParameters,
    { file: 'due.ts', message, line: 3, column: column ?? 20 + call.indexOf('(') + 1 },
    {
      files: { 'fare.ts': `${after}\n  return 1;\n}\n`, 'due.ts': text, 'later.ts': text },
      changes: [
        { path: 'fare.ts', status: 'modified', hunks: `@@ -1,3 +1,3 @@\n-${before}\n+${after}\n   return 1;\n }` },
        ...(callerHunks === undefined ? [] : [{ path: 'due.ts', status: 'modified' as const, hunks: callerHunks }]),
      ],
    },
  );
  return repaired && Object.fromEntries(Object.entries(repaired).map(([path, one]) => [path, one.split('\n')[2]]));
}

describe('changed-parameters', () => {
  const both = (call: string) => ({
    'due.ts': `export const due = ${call};`,
    'later.ts': `export const due = ${call};`,
  });

  it('hands over one object', async () => {
    const change = ['zone: number, night: boolean', '{ zone, night }: Trip'] as const;
    expect(await repair('fare(3, night)', change)).toEqual(both('fare({ zone: 3, night })'));
    expect(await repair('fare(3, true)', ['zone: number, night: boolean', '{ zone, late }: Trip'])).toBeUndefined();
    expect(await repair('fare(...trip, 3)', change)).toBeUndefined();
  });

  it('leaves out what it no longer takes', async () => {
    const change = ['zone: number, night: boolean', 'zone: number'] as const;
    expect(await repair('fare(3, true)', change)).toEqual(both('fare(3)'));
    expect(await repair('fare(3, book())', change)).toBeUndefined();
    expect(await repair('fare(3, true)', ['zone: number, night: boolean', 'night: boolean'])).toEqual(
      both('fare(true)'),
    );
    expect(await repair('fare(3, true)', ['zone: number, night: boolean', 'zone: string'])).toBeUndefined();
    expect(await repair('fare(3, true)', ['zone: number, night: boolean', 'place: number'])).toBeUndefined();
  });

  it('follows another order', async () => {
    const change = ['zone: number, name: string', 'name: string, zone: number'] as const;
    expect(await repair("fare(3, 'a')", change, { message: TYPE })).toEqual(both("fare('a', 3)"));
    expect(await repair('fare(3)', change, { message: TYPE })).toBeUndefined();
  });

  it('leaves calls that the diff wrote', async () => {
    const change = ['zone: number, name: string', 'name: string, zone: number'] as const;
    const callerHunks = "@@ -3,1 +3,1 @@\n-export const due = 1;\n+export const due = fare(3, 'a');";
    expect(await repair("fare(3, 'a')", change, { message: TYPE, callerHunks })).toBeUndefined();
  });

  it('leaves a call of several lines that the diff wrote', async () => {
    const [fares, due] = [
      'name: string, zone: number',
      "import { fare } from './fare';\n\nexport const due = fare(3, 'a');\n",
    ];
    const later = "import { fare } from './fare';\n\nexport const late = fare(\n  'a',\n  3,\n);\n";
    const hunks = "@@ -3,4 +3,4 @@\n export const late = fare(\n-  3,\n   'a',\n+  3,\n );";
    const head = '@@ -1,1 +1,1 @@\n-export function fare(zone: number, name: string) {}\n+';
    const answer = await repairWith(
      changedParameters,
      { file: 'due.ts', message: TYPE, line: 3, column: 25 },
      {
        files: { 'fare.ts': `export function fare(${fares}) {}\n`, 'due.ts': due, 'later.ts': later },
        changes: [
          { path: 'fare.ts', status: 'modified', hunks: `${head}export function fare(${fares}) {}` },
          { path: 'later.ts', status: 'modified', hunks },
        ],
      },
    );
    expect(answer).toEqual({ 'due.ts': due.replace("3, 'a'", "'a', 3") });
  });

  it('has no answer where the function itself is handed on', async () => {
    const change = ['zone: number, name: string', 'name: string, zone: number'] as const;
    const facts = { message: TYPE };
    expect(await repair("fare(3, 'a');\nexport const all: any = { fare }", change, facts)).toBeUndefined();
    expect(await repair("fare(3, 'a');\nexport { fare }", change, facts)).toBeDefined();
  });

  it('leaves other errors and other places', async () => {
    const change = ['zone: number, night: boolean', 'zone: number'] as const;
    expect(await repair('fare(3, true)', change, { message: "Type 'number' is not assignable." })).toBeUndefined();
    expect(await repair('fare(3, true)', change, { column: 1 })).toBeUndefined();
  });

  describe('a record in place of its member', () => {
    const types =
      'export interface Berth {\n  name: string;\n  zone: number;\n}\nexport interface Stay {\n  berth: Berth;\n}\n';
    async function follow(code: string, parameter = 'berth: Berth', body = 'return berth.name;') {
      const [before, after] = ['name: string', parameter].map((one) => `export function label(day: Date, ${one}) {`);
      const text = `import { label } from './label';\n${code}\n`;
      const repaired = await repairWith(
        changedParameters,
        {
          file: 'due.ts',
          message: "Argument of type 'string' is not assignable to parameter of type 'Berth'.",
          line: 2,
          column: code.indexOf('label(day, ') + 'label(day, '.length + 1,
        },
        {
          files: { 'types.ts': types, 'label.ts': `${after}\n  ${body}\n}\n`, 'due.ts': text },
          changes: [
            {
              path: 'label.ts',
              status: 'modified',
              hunks: `@@ -1,3 +1,3 @@\n-${before}\n-  return name;\n+${after}\n+  ${body}\n }`,
            },
          ],
        },
      );
      return repaired?.['due.ts']?.split('\n')[1];
    }

    it.each([
      'const f = (berth: Berth, day: Date) => label(day, berth.name);',
      'const all = (stays: Stay[]) => stays.map(({ berth }) => label(day, berth.name));',
      'const all = (berths: Berth[]) => berths.map((one) => label(day, one.name));',
      'function all(berths: readonly Berth[]) { for (const one of berths) label(day, one.name); }',
    ])('%s', async (code) => {
      expect(await follow(code)).toBe(code.replace(/\.name\)/, ')'));
    });

    it('also where the function takes it apart', async () => {
      const code = 'const f = (one: Berth) => label(day, one.name);';
      expect(await follow(code, '{ name }: Berth', 'return name;')).toBe(code.replace('.name', ''));
    });

    it('not where another member was given for it', async () => {
      const body = 'return berth.name + berth.zone;';
      const code = (member: string) => `const f = (one: Berth) => label(day, one.${member});`;
      expect(await follow(code('name'), 'berth: Berth', body)).toBeDefined();
      expect(await follow(code('zone'), 'berth: Berth', body)).toBeUndefined();
    });

    it.each([
      ['the member is of something else', 'const f = (one: Boat) => label(day, one.name);'],
      [
        'it is the second of a callback',
        'const all = (berths: Berth[]) => berths.map((_, one) => label(day, one.name));',
      ],
      ['nothing says what it is of', 'const f = (one) => label(day, one.name);'],
      ['the function reads another member', 'const f = (berth: Berth) => label(day, berth.title);'],
      ['it is no member', "const f = (berth: Berth) => label(day, 'A1');"],
    ])('stays where %s', async (_, code) => {
      expect(await follow(code)).toBeUndefined();
    });
  });
});
