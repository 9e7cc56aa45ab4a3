import { describe, expect, it } from 'vitest';
import { readLogText } from '../../lib/diagnosis/build-log.js';
import { diagnose } from '../../lib/diagnosis/diagnose.js';

/** Tools that do not exist, in manners that tools have. */
function diagnoseOutput(...rows: readonly string[]) {
  const log = ['Running "npm run build"', '', '> reef@1.0.0 build', '> kelp build', '', ...rows, ''];
  return diagnose({ log: readLogText([...log, 'Error: Command "npm run build" exited with 1'].join('\n')) });
}

describe('a place within the sentence', () => {
  it.each([
    ['path:line:column before it', 'src/tide.ts:12:7: error: unknown moon'],
    ['path(line,column) before it', 'src/tide.ts(12,7): error KP12: unknown moon'],
    ['path[line, column] before it', 'ERROR: src/tide.ts[12, 7]: unknown moon'],
    ['behind it in brackets', '✖ unknown moon (src/tide.ts:12:7)'],
    ['at a place', 'kelp: fatal error: unknown moon at src/tide.ts:12:7'],
    ['words for line and column', 'Error: unknown moon in "src/tide.ts", line 12, column 7'],
    ['a file address', 'error: file:///vercel/path0/src/tide.ts:12:7 unknown moon'],
    ['an absolute path', '[kelp] ERROR /vercel/path0/src/tide.ts:12:7 - unknown moon'],
    ['the position apart from the path', 'Error: /vercel/path0/src/tide.ts: unknown moon (12:7)'],
    ['backslashes', '[ERROR] src\\tide.ts:12:7 unknown moon'],
  ])('%s', (_name, row) => {
    const { class: failureClass, errors } = diagnoseOutput(row);

    expect(failureClass).toBe('code');
    expect(errors[0]?.file).toMatch(/src\/tide\.ts$/);
    expect(errors[0]).toMatchObject({ line: 12, column: 7 });
  });
});

it('a frame over turbo’s file is turbo’s', () => {
  const { errors } = diagnoseOutput(
    'turbo_json_parse_error',
    '',
    '  x Failed to parse turbo.json.',
    '  `->   x Found an unknown key `output`.',
    '         ,-[turbo.json:3:41]',
    '       2 |   "tasks": {',
    '       3 |     "build": { "dependsOn": ["^build"], "output": ["dist/**"] }',
    '         :                                         ^^^^^^^^',
    '       4 |   }',
    '         `----',
  );

  expect(errors).toMatchObject([{ tool: 'turbo', file: 'turbo.json', line: 3, column: 41 }]);
});

it.each([
  ['web:build: ', 'src/tide.ts'],
  ['apps/web build: ', 'apps/web/src/tide.ts'],
])('a prefix before several lines is a task’s, where its runner said nothing: %s', (prefix, file) => {
  const rows = ['> web@1.0.0 build', '> tsc -b', "src/tide.ts(4,7): error TS2304: Cannot find name 'moon'."];

  expect(diagnoseOutput(...rows.map((row) => prefix + row)).errors).toMatchObject([{ file, line: 4, code: 'TS2304' }]);
  expect(diagnoseOutput(`${prefix}> tsc -b`, `${prefix}done`, rows[2] ?? '').errors[0]?.file).toBe('src/tide.ts');
});

it('a path above the folder of a package leads to the root of the workspace', () => {
  const { errors } = diagnoseOutput('../../packages/tide/src/moon.ts(4,7): error TS2304: Cannot find name');

  expect(errors[0]).toMatchObject({ file: 'packages/tide/src/moon.ts', line: 4 });
});

it('a command whose name is a mark comes from quotes gone wrong', () => {
  expect(diagnoseOutput('sh: >: command not found')).toMatchObject({ class: 'config', errors: [{ symbol: '>' }] });
  expect(diagnoseOutput('sh: moon: command not found')).toMatchObject({ class: 'dependency' });
});

it('Metro tells who asks for what', () => {
  const { errors } = diagnoseOutput('Unable to resolve "./moon" from "app/(tabs)/tide.tsx"', '> 1 | import x');

  expect(errors[0]).toMatchObject({ kind: 'module-not-found', specifier: './moon', file: 'app/(tabs)/tide.tsx' });
});

describe('a place on a line of its own', () => {
  it.each([
    ['under it after an arrow', ['error: unknown moon', '  --> src/tide.ts:12:7', '   |', '12 | moon()', '   |   ^']],
    ['under it as a frame’s heading', ['error: unknown moon', '   ╭─[src/tide.ts:12:7]', '12 │ moon()', '   ╰────']],
    ['under it as a stack frame', ['Error: unknown moon', '    at rise (/vercel/path0/src/tide.ts:12:7)']],
    ['under it after a label', ['✘ unknown moon', '', '  File: src/tide.ts:12:7']],
    ['above it', ['Error in src/tide.ts:12:7', '  unknown moon']],
    ['above rows of positions', ['src/tide.ts', '  12:7  error  unknown moon  kelp/moons', '', '1 problem']],
    ['above a sentence with the position', ['[kelp] failed to compile src/tide.ts', 'unexpected token (12:7)']],
  ])('%s', (_name, rows) => {
    const { class: failureClass, errors } = diagnoseOutput(...rows);

    expect(failureClass).toBe('code');
    expect(errors[0]).toMatchObject({ file: 'src/tide.ts', line: 12, column: 7 });
  });

  it('takes the line from the excerpt when the place has none', () => {
    const { errors } = diagnoseOutput(
      'Error: unknown moon',
      '  in src/tide.ts',
      '',
      '  11 | tide()',
      '> 12 | moon()',
      '     | ^',
    );

    expect(errors[0]).toMatchObject({ file: 'src/tide.ts', line: 12 });
  });
});

describe('the class of a sentence that nobody knows', () => {
  it.each([
    ['environment', 'kelp: error: KELP_API_TOKEN is not set'],
    ['transient', 'kelp: error: connect ETIMEDOUT 203.0.113.7:443'],
    ['transient', 'Error: request to https://tides.example/v1 failed with status code 503'],
    ['dependency', "kelp: error: Cannot find package 'kelp-moons'"],
    ['config', 'kelp: error: Unknown option "moonz" in your configuration'],
    ['config', "error: unknown command 'moonz'"],
    ['config', '[error] Unknown command moon-rise'],
    ['infrastructure', 'kelp: fatal: ENOSPC: no space left on device, write'],
    ['code', 'kelp: error: three tides disagree'],
  ])('%s: %s', (failureClass, row) => {
    expect(diagnoseOutput(row).class).toBe(failureClass);
  });
});

describe('what is no error', () => {
  it.each([
    ['a count of none', 'src/tide.ts: 0 errors'],
    ['a file that was written', 'dist/assets/error-page.js  1.20 kB'],
    ['a warning', 'warning: src/tide.ts:12:7 moon is deprecated'],
  ])('%s', (_name, row) => {
    const { errors } = diagnoseOutput(row, 'Error: boom at the reef', '    at reef (/vercel/path0/src/reef.ts:3:1)');

    expect(errors[0]).toMatchObject({ file: 'src/reef.ts', line: 3 });
  });

  it('counts for nothing beside an error in a tool’s own words', () => {
    const { errors } = diagnoseOutput(
      'kelp: error: unknown moon in src/moon.ts:1:1',
      "src/tide.ts(2,3): error TS2304: Cannot find name 'moon'.",
    );

    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ file: 'src/tide.ts', code: 'TS2304' });
  });
});

describe('a script of the project that ends in its own words', () => {
  const diagnoseScript = (...rows: readonly string[]) =>
    diagnose({
      log: readLogText(
        [
          '> reef@1.0.0 prebuild',
          '> node scripts/check.mjs',
          '',
          ...rows,
          'Error: Command "npm run build" exited with 1',
        ].join('\n'),
      ),
    });

  it('is tied to its error, with all that it printed', () => {
    const { errors } = diagnoseScript('Content validation failed', ' - fell-loop: level is odd');

    expect(errors[0]).toMatchObject({ trace: ['scripts/check.mjs'] });
    expect(errors[0]?.said).toContain('fell-loop: level is odd');
  });

  it('is code though nothing sounds like an error, or nothing is said', () => {
    expect(diagnoseScript('Ridge way has no cover image')).toMatchObject({
      class: 'code',
      errors: [{ message: 'Ridge way has no cover image', trace: ['scripts/check.mjs'] }],
    });
    expect(diagnoseScript()).toMatchObject({ class: 'code', errors: [{ trace: ['scripts/check.mjs'] }] });
  });
});
