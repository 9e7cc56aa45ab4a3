import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import type { Rule } from '../../../../lib/patch/suggestions/rule.js';
import { lateUse } from '../../../../lib/patch/suggestions/rules/late-use.js';
import { lineComment } from '../../../../lib/patch/suggestions/rules/line-comment.js';
import { sassNamespace } from '../../../../lib/patch/suggestions/rules/sass-namespace.js';
import { sassPlaceholder } from '../../../../lib/patch/suggestions/rules/sass-placeholder.js';
import { repairWith } from '../repository.js';

const file = 'src/site.scss';
const vars =
  '$gap: 4px;\n@function twice($x) { @return $x * 2; }\n@mixin box($pad) { padding: $pad; }\n%plain { margin: 0; }\n';

interface Case {
  readonly text: string;
  readonly message: string;
  readonly line?: number;
  readonly others?: Record<string, string>;
  readonly changes?: readonly FileChange[];
}

async function repair(rule: Rule, { text, message, line, others = {}, changes = [] }: Case) {
  const files = { [file]: text, 'src/_vars.scss': vars, ...others };
  return (await repairWith(rule, { tool: 'sass', file, message, line }, { files, changes }))?.[file];
}

describe('a module of Sass that the sheet does not load by that name', () => {
  const none = (name: string) => `There is no module with namespace "${name}".`;

  it('is loaded, where it is one of its own', async () => {
    expect(await repair(sassNamespace, { text: '.a { top: math.div(1px, 2); }\n', message: none('math') })).toBe(
      "@use 'sass:math';\n\n.a { top: math.div(1px, 2); }\n",
    );
    const text = '@use "vars";\n.a { top: math.div(1px, 2); }\n';
    expect(await repair(sassNamespace, { text, message: none('math') })).toBe(`@use "sass:math";\n${text}`);
  });

  it('is called as it is loaded', async () => {
    const text = "@use 'vars' as tokens;\n.a { @include v.box(8px); width: v.twice(v.$gap); }\n";
    expect(await repair(sassNamespace, { text, message: none('v') })).toBe(
      "@use 'vars' as tokens;\n.a { @include tokens.box(8px); width: tokens.twice(tokens.$gap); }\n",
    );
  });

  it('is left alone where no module or two declare all of that', async () => {
    const text = "@use 'vars' as tokens;\n.a { width: v.thrice(v.$gap); }\n";
    expect(await repair(sassNamespace, { text, message: none('v') })).toBeUndefined();
    const two = "@use 'vars' as a;\n@use 'more' as b;\n.a { width: v.$gap; }\n";
    expect(
      await repair(sassNamespace, { text: two, message: none('v'), others: { 'src/_more.scss': '$gap: 1px;\n' } }),
    ).toBeUndefined();
  });

  it('has its name before all that it declares, functions as well', async () => {
    const text = "@use 'vars';\n.a { @include box(8px); width: twice($gap); top: calc(1px + 2px); }\n";
    expect(await repair(sassNamespace, { text, message: 'Undefined mixin.' })).toBe(
      "@use 'vars';\n.a { @include vars.box(8px); width: vars.twice(vars.$gap); top: calc(1px + 2px); }\n",
    );
    expect(
      await repair(sassNamespace, { text: '.a { width: $gap; }\n', message: 'Undefined variable.' }),
    ).toBeUndefined();
  });
});

describe('`@use` after a rule', () => {
  const message = '@use rules must be written before any other rules.';

  it('goes to the others', async () => {
    const text = "@use 'sass:math';\n\n.a { top: 0; }\n\n@use 'vars';\n\n.b { top: vars.$gap; }\n";
    const repaired = "@use 'sass:math';\n@use 'vars';\n\n.a { top: 0; }\n\n.b { top: vars.$gap; }\n";
    expect(await repair(lateUse, { text, message, others: { 'src/_vars.scss': '$gap: 4px;\n' } })).toBe(repaired);
  });

  it('stays where the module writes CSS, is configured, or is not known', async () => {
    const text = ".a { top: 0; }\n@use 'vars';\n";
    expect(await repair(lateUse, { text, message, others: { 'src/_vars.scss': '.x { top: 0; }\n' } })).toBeUndefined();
    const configured = "$a: 1px;\n.a { top: 0; }\n@use 'vars' with ($gap: $a);\n";
    expect(await repair(lateUse, { text: configured, message })).toBeUndefined();
    expect(await repair(lateUse, { text: ".a { top: 0; }\n@use 'pkg:lib';\n", message })).toBeUndefined();
  });
});

describe('a placeholder that no sheet declares', () => {
  const message = 'The target selector was not found.';
  const text = (name: string) => `@use 'vars';\n.a { @extend %${name}; }\n`;

  it('is spelt as the one that is', async () => {
    expect(await repair(sassPlaceholder, { text: text('plian'), message, line: 2 })).toBe(text('plain'));
  });

  it('follows the one that was renamed', async () => {
    const changes = [
      { path: 'src/_vars.scss', status: 'modified', hunks: '-%bare { margin: 0; }\n+%plain { margin: 0; }\n' },
    ] as const;
    expect(await repair(sassPlaceholder, { text: text('bare'), message, line: 2, changes })).toBe(text('plain'));
  });

  it('is left alone where the diff took it out and put in another', async () => {
    const hunks = '@@ -1,3 +1,3 @@\n-%bare { padding: 0; }\n $gap: 4px;\n+%plain { margin: 0; }\n';
    const changes = [{ path: 'src/_vars.scss', status: 'modified', hunks }] as const;
    expect(await repair(sassPlaceholder, { text: text('bare'), message, line: 2, changes })).toBeUndefined();
  });

  it('is left alone where none is near', async () => {
    expect(await repair(sassPlaceholder, { text: text('round'), message, line: 2 })).toBeUndefined();
  });
});

describe('a comment after `//` in CSS', () => {
  const css = async (
    text: string,
    facts: { readonly path?: string; readonly message?: string; readonly line?: number } = {},
  ) => {
    const {
      path = 'src/site.css',
      message = "Unexpected '/'. Escaping special characters with \\ may help.",
      line,
    } = facts;
    return (
      await repairWith(lineComment, { tool: 'postcss', file: path, message, line }, { files: { [path]: text } })
    )?.[path];
  };

  it('is written between its marks', async () => {
    expect(await css('.a { top: 0; }\n// wide\n.b {\n  left: 0; // edge\n}\n')).toBe(
      '.a { top: 0; }\n/* wide */\n.b {\n  left: 0; /* edge */\n}\n',
    );
    const view = (comment: string) => `<p />\n\n<style>\n\t${comment}\n\tp { top: 0; }\n</style>\n`;
    const facts = { path: 'src/A.svelte', message: 'Expected a valid CSS identifier', line: 4 };
    expect(await css(view('// wide'), facts)).toBe(view('/* wide */'));
  });

  it('is another matter in an address, in another language, and on another line', async () => {
    expect(await css('.a { background: url(\n//cdn.example/a.png\n); }\n')).toBeUndefined();
    const scss = '<style lang="scss">\n// wide\np { top: 0; }\n</style>\n';
    expect(await css(scss, { path: 'src/A.vue' })).toBeUndefined();
    expect(await css('// wide\n.a { top: 0; }\n\n\n.b { top: 0; }\n', { line: 5 })).toBeUndefined();
  });
});
