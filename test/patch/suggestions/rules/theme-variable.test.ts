import { describe, expect, it } from 'vitest';
import { themeVariable } from '../../../../lib/patch/suggestions/rules/theme-variable.js';
import { repairWith } from '../repository.js';

const messageOf = (read: string) =>
  `Could not resolve value for theme function: \`theme(${read})\`. Consider checking if the path is correct or provide a fallback value to silence this error.`;
const tokens = (name: string) => `@theme {\n  --${name}: #f7f5ef;\n  --color-slate: #545b66;\n}\n`;

describe('theme-variable', () => {
  const repair = async (
    read: string,
    sheet: string,
    [before, after]: readonly [string, string],
    more: Readonly<Record<string, string>> = {},
  ) =>
    repairWith(
      themeVariable,
      { tool: 'postcss', kind: 'style', message: messageOf(read), file: 'app/app.css' },
      {
        files: { 'app/app.css': sheet, 'app/tokens.css': tokens(after), ...more },
        changes:
          before === after
            ? []
            : [
                {
                  path: 'app/tokens.css',
                  status: 'modified',
                  hunks: `@@ -2,1 +2,1 @@\n-  --${before}: #f7f5ef;\n+  --${after}: #f7f5ef;`,
                },
              ],
      },
    );

  it.each([
    ['--color-chalk', 'a { color: theme(--color-chalk); }', 'a { color: theme(--color-paper); }'],
    ['--color-chalk', 'a { color: --theme(--color-chalk / 50%); }', 'a { color: --theme(--color-paper / 50%); }'],
    ['colors.chalk', 'a { color: theme(colors.chalk); }', 'a { color: theme(colors.paper); }'],
    [
      '--color-chalk',
      'a { color: theme(--color-chalk); }\nb { color: var(--color-chalk, red); fill: var(--color-chalk-2); }',
      'a { color: theme(--color-paper); }\nb { color: var(--color-paper, red); fill: var(--color-chalk-2); }',
    ],
  ])('follows %s', async (read, sheet, now) => {
    expect(await repair(read, sheet, ['color-chalk', 'color-paper'])).toEqual({ 'app/app.css': now });
  });

  it('follows it into other sheets and the styles of components', async () => {
    const other = '<style>\n  a { color: var(--color-chalk); }\n</style>\n';
    const repaired = await repair(
      '--color-chalk',
      'a { color: theme(--color-chalk); }',
      ['color-chalk', 'color-paper'],
      {
        'app/A.vue': other,
      },
    );
    expect(repaired?.['app/A.vue']).toBe(other.replace('chalk', 'paper'));
  });

  it('mends a slip', async () => {
    expect(await repair('--color-sltae', 'a { color: theme(--color-sltae); }', ['x', 'x'])).toEqual({
      'app/app.css': 'a { color: theme(--color-slate); }',
    });
  });

  it.each([
    ['nothing is like it', '--color-moss', ['color-chalk', 'color-chalk'], {}],
    ['two are as like', '--color-slte', ['color-slote', 'color-slote'], {}],
    [
      'another sheet declares it',
      '--color-chalk',
      ['color-chalk', 'color-paper'],
      { 'b.css': ':root{--color-chalk:red}' },
    ],
    [
      'the sheet of the error does not read it',
      '--color-chalk',
      ['color-chalk', 'color-paper'],
      { 'app/app.css': 'a{}' },
    ],
  ] as const)('has no answer where %s', async (_, read, rename, more) => {
    expect(await repair(read, `a { color: theme(${read}); }`, rename, more)).toBeUndefined();
  });

  it('has no answer where only something besides the theme is like it', async () => {
    const more = { 'b.css': ':root { --color-chalky: red; }' };
    expect(await repair('--color-chalkky', 'a { color: theme(--color-chalkky); }', ['x', 'x'], more)).toBeUndefined();
  });
});
