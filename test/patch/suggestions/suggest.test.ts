import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { suggestionsRepairer } from '../../../lib/patch/suggestions/repairer.js';
import type { Rule } from '../../../lib/patch/suggestions/rule.js';
import { RULES } from '../../../lib/patch/suggestions/rules.js';
import { suggest } from '../../../lib/patch/suggestions/suggest.js';
import { contextOf, diagnosisOf, errorOf, repairAll } from './repository.js';

const keyword = errorOf({ tool: 'swc', kind: 'syntax', message: "Expected ';'", file: 'a.ts', line: 1 });
const element = errorOf({
  message: "Property 'dive' does not exist on type 'JSX.IntrinsicElements'.",
  file: 'b.tsx',
  line: 1,
});

describe('suggestions', () => {
  it('repair every error that leaves one answer, and say why', async () => {
    const context = contextOf({
      files: { 'a.ts': 'cosnt a = 1;\n', 'b.tsx': 'export const B = <dive />;\n', 'c.ts': '' },
    });

    const suggestion = await suggest(diagnosisOf([keyword, element]), context);

    expect(suggestion).toEqual({
      outcome: 'patch',
      patch: {
        repairer: 'suggestions',
        edits: [
          { kind: 'replace', path: 'a.ts', search: 'cosnt a = 1;\n', replace: 'const a = 1;\n' },
          {
            kind: 'replace',
            path: 'b.tsx',
            search: 'export const B = <dive />;\n',
            replace: 'export const B = <div />;\n',
          },
        ],
        cause:
          '`cosnt` in a.ts, line 1, is not a keyword, so the file does not parse. `<dive>` in b.tsx, line 1, is not an element.',
        change:
          'Spells it `const`, the only keyword with which the file parses. Names it `<div>`, the one element that is spelt so nearly alike.',
        confidence: 1,
        origin: ['keyword-spelling', 'intrinsic-element'],
      },
      leavesOpen: [],
    });
  });

  it('go on until nothing changes: one repair uncovers the next', async () => {
    const unused = errorOf({ message: "'x' is declared but its value is never read.", file: 'a.ts', line: 1 });

    const answer = await repairAll(RULES, [unused, { ...keyword, line: 2 }], {
      files: { 'a.ts': "import { x } from './x';\ncosnt a = 1;\n" },
    });

    expect(answer).toEqual({ 'a.ts': 'const a = 1;\n' });
  });

  it('leave an error alone whose place an earlier repair has put right', async () => {
    const message =
      "Type '{ berth: number; }' is not assignable to type 'IntrinsicAttributes & { place: number; }'.\n  Property 'berth' does not exist on type 'IntrinsicAttributes & { place: number; }'.";
    const uses = (prop: string) =>
      `import { Quay } from './quay';\nexport const Bar = ({ boat }) =>\n  <Quay ${prop}={boat.berth} />;\n`;
    const at = { line: 3, column: uses('berth').split('\n')[2]?.indexOf('berth={') };
    const errorIn = (file: string) => errorOf({ message, file, line: at.line, column: (at.column ?? 0) + 1 });

    const answer = await repairAll(RULES, [errorIn('a.tsx'), errorIn('b.tsx')], {
      files: {
        'quay.tsx': 'export const Quay = ({ place }: { place: number }) => <b>{place}</b>;\n',
        'a.tsx': uses('berth'),
        'b.tsx': uses('berth'),
      },
      changes: [
        {
          path: 'quay.tsx',
          status: 'modified',
          hunks:
            '@@ -1 +1 @@\n-export const Quay = ({ berth }: { berth: number }) => <b>{berth}</b>;\n+export const Quay = ({ place }: { place: number }) => <b>{place}</b>;',
        },
      ],
    });

    expect(answer).toEqual({ 'a.tsx': uses('place'), 'b.tsx': uses('place') });
  });

  it('repair no code where a compiler could not read its settings, and no name that is the language’s own', async () => {
    const files = { 'tsconfig.json': '{ "extends": "../base.json" }\n', 'a.ts': 'cosnt seat = new Set([]);\n' };
    const lost = errorOf({
      code: 'TS5083',
      kind: 'config',
      message: "Cannot read file '/base.json'.",
      file: 'base.json',
    });
    const library = "Cannot find name 'Set'. Do you need to change your target library?";
    const unknown = errorOf({ code: 'TS2583', message: library, file: 'b.ts', line: 1, column: 18 });
    const code = { 'b.ts': 'const Seat = 1;\nexport const s = new Set([Seat]);\n' };

    expect(await repairAll(RULES, [lost, keyword], { files })).toBeUndefined();
    expect(await repairAll(RULES, [{ ...unknown, line: 2, column: 22 }], { files: code })).toBeUndefined();
  });

  describe('tell which files they leave open', () => {
    const unknown = errorOf({ message: "Type 'number' is not assignable to type 'string'.", file: 'c.ts', line: 1 });

    it.each<[string, string, readonly string[]]>([
      ['a file with an error of its own', 'export const c: string = 1;\n', ['c.ts']],
      ['not one that reads what was repaired', "import { a } from './a';\nexport const c: string = a;\n", []],
    ])('%s', async (_, text, expected) => {
      const context = contextOf({ files: { 'a.ts': 'cosnt a = 1;\n', 'c.ts': text } });

      expect(await suggest(diagnosisOf([keyword, unknown]), context)).toMatchObject({ leavesOpen: expected });
    });

    it('and which still write the name that the latest change replaced', async () => {
      const lost = errorOf({
        message: "Property 'kgs' does not exist on type 'Crate'.",
        code: 'TS2339',
        symbol: 'kgs',
        file: 'a.ts',
        line: 2,
      });
      const use = (expression: string) => `import type { Crate } from './crate';\nexport const f = (${expression});\n`;
      const context = contextOf({
        files: {
          'crate.ts': 'export interface Crate {\n  weight: number;\n}\n',
          'a.ts': use('crate: Crate) => (crate.kgs'),
          'b.ts': use('box: Crate) => (box.kgs'),
          'c.ts': use("box: Crate) => ('.kgs'"),
        },
        changes: [
          {
            path: 'crate.ts',
            status: 'modified',
            hunks: '@@ -1,3 +1,3 @@\n export interface Crate {\n-  kgs: number;\n+  weight: number;\n }',
          },
        ],
      });

      expect(await suggest(diagnosisOf([lost]), context)).toMatchObject({ outcome: 'patch', leavesOpen: ['b.ts'] });
    });
  });

  it('follow the lines that an earlier repair moved', async () => {
    const unused = (line: number) =>
      errorOf({ message: "'x' is declared but its value is never read.", file: 'a.ts', line });

    const answer = await repairAll(RULES, [unused(1), unused(4)], {
      files: { 'a.ts': "import { x } from './x';\nf();\nfunction g() {\n  const x = 1;\n}\ng();\n" },
    });

    expect(answer).toEqual({ 'a.ts': 'f();\nfunction g() {\n}\ng();\n' });
  });

  it('follow the columns that an earlier repair moved', async () => {
    const text =
      '<script setup lang="ts">\nimport type { Quote } from "./q";\nconst p = defineProps<{ q: Quote }>();\n</script>\n<template>\n  <p v-if="p.q.fee > 0">{{ p.q.fee }}</p>\n</template>\n';
    const [, , , , , line = ''] = text.split('\n');
    const message = "Property 'fee' does not exist on type 'Quote'.";
    const at = (column: number) =>
      errorOf({ tool: 'vue-tsc', code: 'TS2339', message, file: 'A.vue', line: 6, column });

    const answer = await repairAll(RULES, [at(line.indexOf('fee') + 1), at(line.lastIndexOf('fee') + 1)], {
      files: { 'A.vue': text, 'q.ts': 'export interface Quote {\n  charge: number;\n}\n' },
      changes: [{ path: 'q.ts', status: 'modified', hunks: '@@ -2 +2 @@\n-  fee: number;\n+  charge: number;' }],
    });

    expect(answer).toEqual({ 'A.vue': text.replaceAll('fee', 'charge') });
  });

  const UNUSED_HREF = errorOf({
    code: 'TS6133',
    message: "'href' is declared but its value is never read.",
    file: 'a.tsx',
    line: 1,
  });
  const PICKED_WRONG = 'export const A = ({ href, text }: Props) => <Link to={text}>{text}</Link>;\n';

  it('leave a symptom alone while what may be its cause is left open', async () => {
    const cause = errorOf({
      code: 'TS2322',
      message: "Type 'Text' is not assignable to type 'To'.",
      file: 'a.tsx',
      line: 1,
    });

    expect(await repairAll(RULES, [UNUSED_HREF, cause], { files: { 'a.tsx': PICKED_WRONG } })).toBeUndefined();
    expect(await repairAll(RULES, [UNUSED_HREF], { files: { 'a.tsx': PICKED_WRONG } })).toBeDefined();
  });

  it('repair a symptom beside what a linter finds', async () => {
    const finding = errorOf({
      kind: 'lint',
      code: '@typescript-eslint/no-explicit-any',
      message: 'Unexpected any.',
      file: 'a.tsx',
      line: 1,
    });

    expect(await repairAll(RULES, [finding, UNUSED_HREF], { files: { 'a.tsx': PICKED_WRONG } })).toBeDefined();
  });

  describe('spread no misspelling that the diff brought', () => {
    const missing = (name: string) =>
      errorOf({
        code: 'TS2724',
        message: `"./berths" has no exported member named '${name}'.`,
        file: 'page.ts',
        line: 1,
      });
    const rename = (before: string, after: string, more: Record<string, string> = {}) =>
      repairAll(RULES, [missing(before)], {
        files: {
          'berths.ts': `export const ${after} = () => 1;\n`,
          'page.ts': `import { ${before} } from './berths';\nuse(${before});\n`,
          ...more,
        },
        changes: [
          {
            path: 'berths.ts',
            status: 'modified',
            hunks: `@@ -1 +1 @@\n-export const ${before} = () => 1;\n+export const ${after} = () => 1;`,
          },
        ],
      });

    it.each<[string, string, Record<string, string>?]>([
      ['findBerth', 'fisdBerth'],
      ['tides', 'tdies'],
      ['hour', 'hou'],
      ['phases', 'phasess'],
      ['bookingSchema', 'bookingScheema'],
      ['useBeds', 'useBBeds', { 'sort.ts': 'export const sort = (a, b) => a - b;\n' }],
    ])('%s as %s', async (before, after, more = {}) => {
      expect(await rename(before, after, more)).toBeUndefined();
    });

    it('but a name that is like a word which another file lost', async () => {
      const hunks = '@@ -1 +1 @@\n-export const calm = () => 1;\n+export const hot = () => 1;';
      const text = '@@ -1 +1 @@\n-Not seen yet.\n+No crate seen yet.';
      const repaired = await repairAll(RULES, [missing('calm')], {
        files: {
          'berths.ts': 'export const hot = () => 1;\n',
          'page.ts': "import { calm } from './berths';\nuse(calm);\n",
          'a.md': '',
        },
        changes: [
          { path: 'berths.ts', status: 'modified', hunks },
          { path: 'a.md', status: 'modified', hunks: text },
        ],
      });

      expect(repaired).toEqual({ 'page.ts': "import { hot } from './berths';\nuse(hot);\n" });
    });

    it('a member that a type has under it', async () => {
      const error = errorOf({
        code: 'TS2561',
        message:
          "Object literal may only specify known properties, but 'surcharge' does not exist in type 'Quote'. Did you mean to write 'suurcharge'?",
        file: 'a.ts',
        line: 4,
      });
      const text = 'interface Quote {\n  suurcharge: number;\n}\nconst q: Quote = { surcharge };\n';
      const hunks = '@@ -2 +2 @@\n-  surcharge: number;\n+  suurcharge: number;';

      expect(await repairAll(RULES, [error], { files: { 'a.ts': text } })).toBeDefined();
      expect(
        await repairAll(RULES, [error], {
          files: { 'a.ts': text },
          changes: [{ path: 'a.ts', status: 'modified', hunks }],
        }),
      ).toBeUndefined();
    });

    it.each([
      ['findBerth', 'findBerths', {}],
      ['userId', 'userID', {}],
      ['colorOf', 'colourOf', { 'theme.ts': 'export const colour = 1;\n' }],
      ['findBerth', 'loadMooring', {}],
    ])('but follow %s to %s', async (before, after, more) => {
      expect(await rename(before, after, more)).toMatchObject({ 'page.ts': expect.stringContaining(`use(${after})`) });
    });
  });

  it('answer for each place that an error stands for', async () => {
    const message = "`'` can be escaped with `&apos;`, `&lsquo;`, `&#39;`, `&rsquo;`.";
    const places = [
      { file: 'a.tsx', line: 1, column: 18 },
      { file: 'b.tsx', line: 1, column: 18 },
    ];
    const text = "const a = <p>don't</p>;\n";

    const answer = await repairAll(
      RULES,
      [errorOf({ kind: 'lint', message, file: 'a.tsx', line: 1, count: 2, places })],
      {
        files: { 'a.tsx': text, 'b.tsx': text },
      },
    );

    const repaired = text.replace("'", '&apos;');
    expect(answer).toEqual({ 'a.tsx': repaired, 'b.tsx': repaired });
  });

  it.each([
    ['the package that its task runner names', { package: 'web' }, {}],
    ['the root directory of the project', {}, { rootDirectory: 'apps/web' }],
    ['the only file that ends so', {}, {}],
    [
      'a script that ran another package before',
      { package: 'kit', file: 'libs/kit/src/a.ts' },
      { rootDirectory: 'apps/web' },
    ],
    ['the same, of another package than the project', { package: 'kit', file: 'libs/kit/src/a.ts' }, {}],
  ])('find a file that the log names from %s', async (_, facts, more) => {
    const answer = await repairAll(RULES, [{ ...keyword, file: 'src/a.ts', ...facts }], {
      files: {
        'apps/web/src/a.ts': 'cosnt a = 1;\n',
        'apps/web/package.json': '{ "name": "web" }',
        'libs/kit/package.json': '{ "name": "kit" }',
      },
      ...more,
    });

    expect(answer).toEqual({ 'apps/web/src/a.ts': 'const a = 1;\n' });
  });

  it.each([
    ['', {}],
    [', of another package than the one that spoke', { package: 'kit', file: 'kit/src/a.ts' }],
  ])('leave a file alone that two could be%s', async (_, facts) => {
    const answer = await repairAll(RULES, [{ ...keyword, file: 'src/a.ts', ...facts }], {
      files: {
        'x/src/a.ts': 'cosnt a = 1;\n',
        'y/src/a.ts': 'cosnt a = 1;\n',
        'kit/package.json': '{ "name": "kit" }',
      },
    });

    expect(answer).toBeUndefined();
  });

  it('drop what does not parse', async () => {
    const careless: Rule = {
      name: 'careless',
      propose: async () => ({ files: new Map([['a.ts', 'const = 1;\n']]), cause: '', change: '' }),
    };

    const answer = await repairAll([careless], [keyword], { files: { 'a.ts': 'const a = 1;\n' } });

    expect(answer).toBeUndefined();
  });

  it.each([
    ['an edit is no remedy', { ...diagnosisOf([keyword]), repairable: false }],
    ['there is no error', diagnosisOf([])],
    ['no rule knows the error', diagnosisOf([errorOf({ message: 'Something else.', file: 'a.ts' })])],
    ['the file was not read', diagnosisOf([{ ...keyword, file: 'gone.ts' }])],
  ])('answer nothing when %s', async (_, diagnosis) => {
    const suggestion = await suggest(diagnosis, contextOf({ files: { 'a.ts': 'cosnt a = 1;\n' } }));

    expect(suggestion.outcome).toBe('nothing');
  });

  it('never throw on what files and logs hold', async () => {
    const hostile = [
      '\0',
      '<<<<<<< ',
      '{'.repeat(5000),
      `${'<a>'.repeat(2000)}`,
      "'",
      'import {',
      '\uD800',
      '---\n',
      ')'.repeat(3000),
    ];
    const messages = [
      "Cannot find name '__proto__'. Did you mean 'constructor'?",
      "Module '\"../../../etc\"' has no exported member 'x'.",
      "Can't resolve '../../../../x'",
      "Property 'a' does not exist on type 'Promise<",
      'is not valid JSON',
    ];
    const paths = ['a.tsx', 'a.vue', 'a.svelte', 'a.astro', 'a.json', 'a.css', 'package.json'];
    for (const text of hostile) {
      const files = Object.fromEntries(paths.map((path) => [path, text]));
      const errors = paths.map((file, index) =>
        errorOf({ kind: 'syntax', message: messages[index % messages.length] ?? '', file, line: 1 }),
      );

      await expect(suggest(diagnosisOf(errors), contextOf({ files }))).resolves.toBeDefined();
    }
  });

  it('are a repairer that costs nothing', async () => {
    const outcome = await suggestionsRepairer.repair({
      diagnosis: diagnosisOf([]),
      excerpt: '',
      context: contextOf({ files: {} }),
      framework: null,
      attempt: 1,
      previous: [],
    });

    expect(outcome).toMatchObject({ outcome: 'nothing', usage: { calls: 0, inputTokens: 0, outputTokens: 0 } });
  });

  it('know every rule that there is a file for, each by a name of its own', () => {
    const files = readdirSync(new URL('../../../lib/patch/suggestions/rules', import.meta.url)).map((name) =>
      name.replace(/\.ts$/, ''),
    );

    expect(RULES.map((rule) => rule.name).sort()).toEqual(files.sort());
  });
});
