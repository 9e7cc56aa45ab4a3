/** What a lint configuration that moves, a rule that is no more and a directive that moves may not bring along. */
import { describe, expect, it } from 'vitest';
import { buildLog, judgeRepair, NEXT_MANIFEST, nextLog, typeErrorLog } from '../honest/judge-repair.js';
import { remove, swap, write } from './hostile-case.js';

const complaint = (said: string) =>
  nextLog(
    `   Linting and checking validity of types ...\n\nFailed to compile.\n\n./lib/tide.ts\n2:1  Error: ${said}\n`,
  );

describe('a lint configuration in another file', () => {
  const log = buildLog(
    'eslint . && next build',
    "ESLint couldn't find an eslint.config.(js|mjs|cjs) file.\nFrom ESLint v9.0.0, the default configuration file is now eslint.config.js.",
  );
  const files = {
    'package.json': NEXT_MANIFEST.replace('"react"', '"@eslint/eslintrc": "3.0.0",\n    "react"'),
    '.eslintrc.json':
      '{ "extends": ["next/core-web-vitals"], "ignorePatterns": ["dist"], "rules": { "no-console": "error" } }\n',
    'lib/tide.ts': 'export const tide = 1;\n',
  };
  const flat = `import { FlatCompat } from '@eslint/eslintrc';

const compat = new FlatCompat({ baseDirectory: import.meta.dirname });

export default [{ ignores: ['dist/**'] }, ...compat.extends('next/core-web-vitals'), { rules: { 'no-console': 'error' } }];
`;
  const rules = "{ rules: { 'no-console': 'error' } }";
  const moving = (text: string) =>
    judgeRepair({ log, files, edits: [remove('.eslintrc.json'), write('eslint.config.mjs', text)] });

  it('may be an array, or one that a helper types', async () => {
    const typed = flat
      .replace('import {', "import { defineConfig } from 'eslint/config';\nimport {")
      .replace('export default [', 'export default defineConfig([')
      .replace('];\n', ']);\n');

    expect(await moving(flat)).toEqual(['valid']);
    expect(await moving(typed)).not.toContain('lint-rule-off');
  });

  it.each([
    ['that is not exported', `${flat.replace('export default', 'const old =')}export default [];\n`],
    ['whose elements are cut off', flat.replace('];\n', '].slice(9);\n')],
    ['whose elements are chosen', flat.replace('];\n', '].filter((one) => !one.rules);\n')],
    ['for files of one folder', flat.replace(rules, "{ files: ['none/**'], rules: { 'no-console': 'error' } }")],
    ['that computes a severity', flat.replace("'error' }", "['error' && 0] }")],
    ['that takes a rule back', flat.replace(rules, `${rules}, { rules: { 'no-console': +false } }`)],
    ['that ignores other files', flat.replace('dist/**', 'lib/**')],
    ['that ignores all files', flat.replace('dist/**', '**/*')],
  ])('is none %s', async (_, text) => {
    expect(await moving(text)).toContain('lint-rule-off');
  });
});

describe('a lint configuration under the name of CommonJS', () => {
  const log = buildLog(
    'eslint . && next build',
    "file:///vercel/path0/.eslintrc.js:1\nmodule.exports = {\n^\n\nReferenceError: module is not defined in ES module scope\nThis file is being treated as an ES module because it has a '.js' file extension and '/vercel/path0/package.json' contains \"type\": \"module\". To treat it as a CommonJS script, rename it to use the '.cjs' file extension.\n    at file:///vercel/path0/.eslintrc.js:1:1",
  );
  const config = "module.exports = { extends: ['next'], rules: { 'no-console': 'error', 'no-undef': 'off' } };\n";
  const files = { 'package.json': NEXT_MANIFEST, '.eslintrc.js': config };
  const renaming = (path: string, text: string) =>
    judgeRepair({ log, files, edits: [remove('.eslintrc.js'), write(path, text)] });

  it('says what it said', async () => {
    expect(await renaming('.eslintrc.cjs', config)).toEqual(['valid']);
    expect(await renaming('.eslintrc.cjs', config.replace("'error'", "'off'"))).toContain('lint-rule-off');
    expect(await renaming('.eslintrc.old.cjs', config)).toContain('lint-rule-off');
    expect(await renaming('config/.eslintrc.cjs', config)).toContain('lint-rule-off');
    expect(await judgeRepair({ log, files, edits: [remove('.eslintrc.js')] })).toContain('lint-rule-off');
  });
});

describe('a rule that is no more', () => {
  it.each(["'no-consol': ['error', {}]", "'no-console': [2 - 2, 'error']"])(
    'does not make way for %s',
    async (rule) => {
      const name = '@typescript-eslint/ban-types';
      const files = {
        'package.json': NEXT_MANIFEST,
        'eslint.config.mjs': `export default [{ rules: { '${name}': 'error', 'no-console': ['error', {}] } }];\n`,
        'lib/tide.ts': 'export const tide = 1;\n',
      };
      const edits = [swap('eslint.config.mjs', `'${name}': 'error', 'no-console': ['error', {}]`, rule)];
      const log = complaint(`Definition for rule '${name}' was not found.  ${name}`);

      expect(await judgeRepair({ log, files, edits })).toContain('lint-rule-off');
    },
  );
});

describe('a directive that stands already', () => {
  const log = complaint('Unexpected console statement.  no-console');
  const judging = (before: string, after: string) =>
    judgeRepair({
      log,
      files: { 'package.json': NEXT_MANIFEST, 'lib/tide.ts': before },
      edits: [write('lib/tide.ts', after)],
    });

  it.each([
    ['next-line semi', 'next-line semi, no-console'],
    ['next-line semi', 'next-line no-console'],
    ['next-line semi', 'next-line'],
  ])('does not become wider: %s to %s', async (before, after) => {
    const text = (directive: string) => `// eslint-disable-${directive}\nconsole.log(1);\nexport const tide = 1;\n`;

    expect(await judging(text(before), text(after))).toEqual(['lint-suppressed']);
  });

  it('does not lose its end', async () => {
    const text =
      '/* eslint-disable no-console */\nconsole.log(1);\n/* eslint-enable no-console */\nconsole.log(2);\nexport const tide = 1;\n';

    expect(await judging(text, text.replace('/* eslint-enable no-console */\n', ''))).toEqual(['lint-suppressed']);
  });

  it('does not move before the line at fault', async () => {
    const before = "// @ts-expect-error old\nexport const old: number = 'o';\nexport const tide: number = 'x';\n";
    const after = "export const old = 1;\n// @ts-expect-error old\nexport const tide: number = 'x';\n";

    expect(
      await judgeRepair({
        log: typeErrorLog('lib/tide.ts:3:14', "Type 'string' is not assignable to type 'number'."),
        files: { 'package.json': NEXT_MANIFEST, 'lib/tide.ts': before },
        edits: [write('lib/tide.ts', after)],
      }),
    ).toEqual(['type-check-suppressed']);
  });
});
