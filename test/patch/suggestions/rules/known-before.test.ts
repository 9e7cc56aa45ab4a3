/** A name that the last READY deployment knew is no misspelling of the one that is left beside it. */
import { expect, it } from 'vitest';
import type { BuildError } from '../../../../lib/diagnosis/diagnosis.js';
import type { Rule } from '../../../../lib/patch/suggestions/rule.js';
import { prismaSpelling } from '../../../../lib/patch/suggestions/rules/prisma-spelling.js';
import { sassPlaceholder } from '../../../../lib/patch/suggestions/rules/sass-placeholder.js';
import { sassSpelling } from '../../../../lib/patch/suggestions/rules/sass-spelling.js';
import { scriptName } from '../../../../lib/patch/suggestions/rules/script-name.js';
import { themeVariable } from '../../../../lib/patch/suggestions/rules/theme-variable.js';
import { utilitySpelling } from '../../../../lib/patch/suggestions/rules/utility-spelling.js';
import { repairWith } from '../repository.js';

interface Case {
  readonly rule: Rule;
  readonly error: Partial<BuildError>;
  readonly files: Readonly<Record<string, string>>;
  /** The line that the diff takes out. */
  readonly removed: string;
}

const css = '.a {\n  @apply text-brand;\n}\n.b {\n  @apply text-brands;\n}\n';
const cases: readonly Case[] = [
  {
    rule: sassSpelling,
    error: { kind: 'style', file: 'a.scss', line: 2, message: 'Undefined variable.' },
    files: { 'a.scss': "@use 't';\n.a { gap: t.$panels-gap; }\n", '_t.scss': '$panel-gap: 1px;\n' },
    removed: '$panels-gap: 2px;',
  },
  {
    rule: sassPlaceholder,
    error: { file: 'a.scss', line: 1, message: 'The target selector was not found.' },
    files: { 'a.scss': '.a { @extend %panels; }\n', '_t.scss': '%panel { top: 0; }\n' },
    removed: '%panels { top: 1px; }',
  },
  {
    rule: themeVariable,
    error: {
      kind: 'style',
      file: 'a.css',
      message: 'Could not resolve value for theme function: `theme(--color-brand)`',
    },
    files: { 'a.css': '@theme { --color-brands: red; }\n.a { color: theme(--color-brand); }\n' },
    removed: '@theme { --color-brands: red; --color-brand: blue; }',
  },
  {
    rule: utilitySpelling,
    error: { kind: 'style', file: 'a.css', message: 'Cannot apply unknown utility class `text-brand`' },
    files: { 'a.css': css },
    removed: '  --color-brand: red;',
  },
  {
    rule: prismaSpelling,
    error: {
      file: 'a.prisma',
      line: 5,
      message: 'Type "Tag" is neither a built-in type, nor refers to another model.',
    },
    files: { 'a.prisma': 'model Tags {\n  id Int\n}\nmodel User {\n  tags Tag[]\n}\n' },
    removed: 'model Tag {',
  },
  {
    rule: scriptName,
    error: { kind: 'script-missing', message: 'Missing script: "make:types"', symbol: 'make:types' },
    files: { 'package.json': '{ "scripts": { "build": "npm run make:types", "make:type": "x" } }\n' },
    removed: '    "make:types": "y",',
  },
];

it.each(cases)('$rule.name', async ({ rule, error, files, removed }) => {
  const hunks = `@@ -1,2 +1,1 @@\n-${removed}\n x`;
  const changes = [{ path: Object.keys(files).at(-1) ?? '', status: 'modified', hunks } as const];

  expect(await repairWith(rule, error, { files })).toBeDefined();
  expect(await repairWith(rule, error, { files, changes })).toBeUndefined();
});
