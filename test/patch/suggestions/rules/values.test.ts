import { describe, expect, it } from 'vitest';
import { renamedValue } from '../../../../lib/patch/suggestions/rules/renamed-value.js';
import { valueSpelling } from '../../../../lib/patch/suggestions/rules/value-spelling.js';
import { repairWith } from '../repository.js';

const PATTERN = `\`/moorings/\${string}\``;

describe('a route that does not exist', () => {
  const text = 'export const Bar = () => (\n  <Link href="/moorigns">Moorings</Link>\n);\n';
  const repair = (message: string, written = text) =>
    repairWith(
      valueSpelling,
      { file: 'app/bar.tsx', line: 2, column: 15, message },
      { files: { 'app/bar.tsx': written } },
    );

  it.each([
    '"/moorigns" is not an existing route. Did you mean "/moorings" instead? If it is intentional, please type it explicitly with `as Route`.',
    `Argument of type '"/moorigns"' is not assignable to parameter of type '"/" | "/moorings" | "/moorings/[id]" | ${PATTERN}'.`,
  ])('%s', async (message) => {
    expect(await repair(message)).toEqual({ 'app/bar.tsx': text.replace('/moorigns', '/moorings') });
  });

  it.each([
    ['names none', '"/moorigns" is not an existing route. If it is intentional, please type it.', text],
    [
      'names another',
      '"/harbour/old" is not an existing route. Did you mean "/harbour/new" instead?',
      text.replace('/moorigns', '/harbour/old'),
    ],
    [
      'allows a pattern alone',
      `Argument of type '"/moorigns"' is not assignable to parameter of type '${PATTERN}'.`,
      text,
    ],
  ])('has no answer where the compiler %s', async (_, message, written) => {
    expect(await repair(message, written)).toBeUndefined();
  });
});

describe('a value that its type calls otherwise now', () => {
  const message = 'Type \'"storm"\' is not assignable to type \'"calm" | "gale" | undefined\'.';
  const kit = "export type Wind = 'calm' | 'gale';\n";
  const diff = (...lines: readonly string[]) => [
    { path: 'kit/flag.tsx', status: 'modified' as const, hunks: `@@ -1 +1 @@\n${lines.join('\n')}\n` },
  ];
  const renamed = diff("-export type Wind = 'calm' | 'storm';", "+export type Wind = 'calm' | 'gale';");
  const text = 'export const Pier = () => (\n  <Flag wind="storm" name="storm-flag" />\n);\n';
  const repair = (changes: ReturnType<typeof diff>, files: Readonly<Record<string, string>> = {}) =>
    repairWith(
      renamedValue,
      { file: 'app/pier.tsx', line: 2, column: 9, message },
      { files: { 'kit/flag.tsx': kit, 'app/pier.tsx': text, ...files }, changes },
    );

  it('is written as the type has it', async () => {
    expect(await repair(renamed)).toEqual({ 'app/pier.tsx': text.replace('"storm"', '"gale"') });
    expect(await repair(diff("-  | 'storm'", "+  | 'gale'"))).toBeDefined();
  });

  it('follows the type also where the message has but its name', async () => {
    const error = { file: 'app/pier.tsx', line: 2, message: "Type '\"storm\"' is not assignable to type 'Wind'." };
    const files = { 'kit/flag.tsx': kit, 'app/pier.tsx': text };

    expect(await repairWith(renamedValue, error, { files, changes: renamed })).toBeDefined();
  });

  it('has no answer where the diff changed a label by chance, and not the list of the values', async () => {
    const changes = [
      {
        path: 'kit/labels.ts',
        status: 'modified' as const,
        hunks: "@@ -1 +1 @@\n-const kind = 'storm';\n+const kind = 'gale';",
      },
    ];
    expect(await repair(changes, { 'kit/labels.ts': "const kind = 'gale';\n" })).toBeUndefined();
  });

  it.each([
    ['the diff takes it away alone', diff("-  | 'storm'"), {}],
    [
      'two take its place',
      diff("-export type Wind = 'calm' | 'storm';", "+export type Wind = 'calm' | 'gale' | 'breeze';"),
      {},
    ],
    ['what takes its place is not allowed', diff("-  | 'storm'", "+  | 'squall'"), {}],
    ['the file still has it', renamed, { 'kit/flag.tsx': `${kit}export const old = 'storm';\n` }],
    ['it stands twice on the line', renamed, { 'app/pier.tsx': text.replace('storm-flag', 'storm') }],
  ])('has no answer where %s', async (_, changes, files) => {
    expect(await repair(changes, files)).toBeUndefined();
  });
});

describe('a value that the diff allows for the first time', () => {
  const type = "export type Room = 'Hall' | 'Music Room';\n";
  const rows = "export const rows: Row[] = [\n  { room: 'Music room' },\n  { room: 'Hall' },\n];\n";
  const changed = (path: string, hunks: string) => ({ status: 'modified' as const, path, hunks });
  const declared = changed('types.ts', `@@ -0,0 +1 @@\n+${type}`);
  const repair = (changes: ReturnType<typeof changed>[], more: Record<string, string> = {}) =>
    repairWith(
      valueSpelling,
      {
        tool: 'typescript',
        code: 'TS2820',
        message: `Type '"Music room"' is not assignable to type 'Room'. Did you mean '"Music Room"'?`,
        file: 'rows.ts',
        line: 2,
        column: 5,
      },
      { files: { 'types.ts': type, 'rows.ts': rows, ...more }, changes },
    );

  it('is spelt as it is where it was used before', async () => {
    expect(await repair([declared])).toEqual({ 'types.ts': type.replace('Music Room', 'Music room') });
  });

  it('stands where what does not fit is as new, and nothing is known of changes', async () => {
    const row = changed('rows.ts', "@@ -1 +1,2 @@\n+  { room: 'Music room' },");
    const respelt = { 'rows.ts': rows.replace('Music room', 'Music Room') };

    expect(await repair([declared, row])).toEqual(respelt);
    expect(await repair([])).toEqual(respelt);
  });

  it('is no slip of its own where the diff renamed it', async () => {
    const renamed = changed('types.ts', `@@ -1 +1 @@\n-${type.replace('Music Room', 'Music room')}+${type}`);
    expect(await repair([renamed])).toEqual({ 'rows.ts': rows.replace('Music room', 'Music Room') });
  });

  it('is left where it is used by its new name already', async () => {
    const other = "export const first: Room = 'Music Room';\n";
    const more = { 'types.ts': type + other };
    expect(await repair([declared], more)).toBeUndefined();
  });
});
