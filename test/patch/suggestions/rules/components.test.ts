import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { angularElement } from '../../../../lib/patch/suggestions/rules/angular-element.js';
import { closingTag } from '../../../../lib/patch/suggestions/rules/closing-tag.js';
import { keywordSpelling } from '../../../../lib/patch/suggestions/rules/keyword-spelling.js';
import { memberSpelling } from '../../../../lib/patch/suggestions/rules/member-spelling.js';
import { missingImport } from '../../../../lib/patch/suggestions/rules/missing-import.js';
import { nameSpelling } from '../../../../lib/patch/suggestions/rules/name-spelling.js';
import { renamedMember } from '../../../../lib/patch/suggestions/rules/renamed-member.js';
import { renamedProp } from '../../../../lib/patch/suggestions/rules/renamed-prop.js';
import { unclosedBlock } from '../../../../lib/patch/suggestions/rules/unclosed-block.js';
import { unclosedExpression } from '../../../../lib/patch/suggestions/rules/unclosed-expression.js';
import { unusedName } from '../../../../lib/patch/suggestions/rules/unused-name.js';
import { valueSpelling } from '../../../../lib/patch/suggestions/rules/value-spelling.js';
import { errorOf, repairAll, repairWith } from '../repository.js';

const tsconfig = '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }\n';

/** The place of the first such words in a text, as compilers count. */
function placeOf(text: string, words: string, shift = 0) {
  const lines = text.slice(0, text.indexOf(words) + shift).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

describe('an import that a component lacks', () => {
  const shared = {
    'tsconfig.json': tsconfig,
    'src/lib/tides.ts': 'export interface Tide { at: string }\nexport const nextTide = () => 1;\n',
    'src/lib/format.ts': 'export const metres = (value: number) => value;\n',
  };
  const svelte = {
    ...shared,
    'src/ui/TideBadge.svelte': '<b>high</b>\n',
    'src/ui/Clock.svelte': "<script>\n\timport { nextTide } from '@/lib/tides';\n</script>\n\n{nextTide()}\n",
  };
  const vue = {
    ...shared,
    'src/ui/TideBadge.vue': '<template><b>high</b></template>\n',
    'src/ui/Clock.vue':
      '<script setup>\nimport { nextTide } from "@/lib/tides"\n</script>\n\n<template>{{ nextTide() }}</template>\n',
  };
  const astro = {
    ...shared,
    'src/ui/TideBadge.astro': '<b>high</b>\n',
    'src/ui/Clock.astro': "---\nimport { nextTide } from '@/lib/tides';\n---\n\n{nextTide()}\n",
  };
  const unknown = (name: string) => `Cannot find name '${name}'.`;
  const notOnType = (name: string) => `Property '${name}' does not exist on type '{}'.`;

  it.each([
    [
      'the only component of that name, indented and written as the imports beside it',
      'TideBadge',
      {
        ...svelte,
        'src/ui/Page.svelte':
          "<script>\n\timport Clock from './Clock.svelte';\n</script>\n\n<Clock />\n<TideBadge />\n",
      },
      "<script>\n\timport Clock from './Clock.svelte';\n\timport TideBadge from './TideBadge.svelte';\n</script>\n\n<Clock />\n<TideBadge />\n",
    ],
    [
      'by the alias that the file uses',
      'TideBadge',
      {
        ...svelte,
        'src/pages/Page.svelte':
          "<script>\n\timport Clock from '@/ui/Clock.svelte';\n</script>\n\n<Clock />\n<TideBadge />\n",
      },
      "<script>\n\timport Clock from '@/ui/Clock.svelte';\n\timport TideBadge from '@/ui/TideBadge.svelte';\n</script>\n\n<Clock />\n<TideBadge />\n",
    ],
    [
      'what others import, in an expression of the template',
      'nextTide',
      { ...svelte, 'src/ui/Page.svelte': '<script>\n\tlet a = 1;\n</script>\n\n<p>{nextTide() + a}</p>\n' },
      "<script>\n\timport { nextTide } from '@/lib/tides';\n\n\tlet a = 1;\n</script>\n\n<p>{nextTide() + a}</p>\n",
    ],
    [
      'the only export of that name in the repository',
      'metres',
      {
        ...svelte,
        'src/ui/Page.svelte':
          "<script>\n\timport { nextTide } from '@/lib/tides';\n</script>\n\n{metres(nextTide())}\n",
      },
      "<script>\n\timport { nextTide } from '@/lib/tides';\n\timport { metres } from '@/lib/format';\n</script>\n\n{metres(nextTide())}\n",
    ],
    [
      'in Astro, after the other imports',
      'TideBadge',
      {
        ...astro,
        'src/pages/tide.astro':
          "---\nimport Clock from '../ui/Clock.astro';\n---\n\n<Clock />\n{[1].map(() => <TideBadge />)}\n",
      },
      "---\nimport Clock from '../ui/Clock.astro';\nimport TideBadge from '../ui/TideBadge.astro';\n---\n\n<Clock />\n{[1].map(() => <TideBadge />)}\n",
    ],
    [
      'in Astro, into an empty component script',
      'TideBadge',
      { ...astro, 'src/pages/tide.astro': '---\n---\n\n<TideBadge />\n' },
      "---\nimport TideBadge from '../ui/TideBadge.astro';\n---\n\n<TideBadge />\n",
    ],
    [
      'in MDX, where the runtime misses a component',
      'TideBadge',
      {
        ...astro,
        'src/pages/guide.mdx':
          "---\ntitle: a\n---\nimport Clock from '../ui/Clock.astro';\n\n# Tides\n\n<Clock />\n<TideBadge />\n",
      },
      "---\ntitle: a\n---\nimport Clock from '../ui/Clock.astro';\nimport TideBadge from '../ui/TideBadge.astro';\n\n# Tides\n\n<Clock />\n<TideBadge />\n",
    ],
  ])('%s', async (_, name, files, repaired) => {
    const [file = ''] = Object.keys(files).slice(-1);
    const text = Object.values(files).at(-1) ?? '';
    const message = file.endsWith('.mdx')
      ? `Expected component \`${name}\` to be defined: you likely forgot`
      : unknown(name);
    const error = { file, message, ...(file.endsWith('.mdx') ? {} : placeOf(text, name)) };

    expect(await repairWith(missingImport, error, { files })).toEqual({ [file]: repaired });
  });

  it.each([
    ['a component', '<TideBadge />', 'TideBadge', "import TideBadge from '@/ui/TideBadge.vue'"],
    [
      'a component that is written in kebab case',
      '<tide-badge />',
      'TideBadge',
      "import TideBadge from '@/ui/TideBadge.vue'",
    ],
    ['a function', '<p :title="nextTide()" />', 'nextTide', "import { nextTide } from '@/lib/tides'"],
  ])('in Vue: %s', async (_, markup, name, statement) => {
    const script = "<script setup lang=\"ts\">\nimport { ref } from 'vue'\nimport Clock from '@/ui/Clock.vue'\n";
    const rest = `</script>\n\n<template>\n  <main><Clock /></main>\n  ${markup}\n</template>\n`;
    const written = markup.includes(name) ? name : 'tide-badge';
    const message = written === name ? notOnType(name) : unknown(name);
    const error = { file: 'src/views/Home.vue', message, ...placeOf(script + rest, written) };

    const answer = await repairWith(missingImport, error, { files: { ...vue, 'src/views/Home.vue': script + rest } });

    expect(answer).toEqual({ 'src/views/Home.vue': `${script}${statement}\n${rest}` });
  });

  const page = '<script setup>\nconst a = 1\n</script>\n\n<template><TideBadge :a="a" /></template>\n';
  const error = { file: 'src/views/Home.vue', message: notOnType('TideBadge'), ...placeOf(page, 'TideBadge') };

  it.each([
    ['two components bear the name', { 'src/old/TideBadge.vue': '' }, {}],
    ['something else exports the name', { 'src/ui/badges.ts': 'export const TideBadge = 1;\n' }, {}],
    ['the tree is not known whole', {}, { truncated: true }],
    ['the component belongs to another package', { 'src/views/package.json': '{}' }, {}],
    ['nothing bears the name', { 'src/ui/TideBadge.vue': undefined }, {}],
    ['the template does not see what the script imports', { 'src/views/Home.vue': page.replace(' setup', '') }, {}],
    [
      'it is a member of something',
      { 'src/views/Home.vue': page.replace('<TideBadge :a="a"', '<p :b="a.TideBadge"') },
      {},
    ],
  ])('stays away where %s', async (_, more, repository) => {
    const files = Object.fromEntries(
      Object.entries({ ...vue, 'src/views/Home.vue': page, ...more }).filter(([, text]) => text !== undefined),
    ) as Record<string, string>;
    const place = placeOf(files['src/views/Home.vue'] ?? '', 'TideBadge');

    expect(await repairWith(missingImport, { ...error, ...place }, { files, ...repository })).toBeUndefined();
  });

  it('counts a component that was not read, and a module that was not read as a doubt', async () => {
    const files = { ...vue, 'src/views/Home.vue': page };
    expect(await repairWith(missingImport, error, { files, unread: ['src/old/TideBadge.vue'] })).toBeUndefined();
    const text = page.replace('<TideBadge :a="a" />', '<p :title="metres(1)" />');
    const wanted = { file: 'src/views/Home.vue', message: notOnType('metres'), ...placeOf(text, 'metres') };
    const repository = { files: { ...vue, 'src/views/Home.vue': text } };
    expect(await repairWith(missingImport, wanted, repository)).toBeDefined();
    expect(await repairWith(missingImport, wanted, { ...repository, unread: ['src/other.ts'] })).toBeUndefined();
  });
});

describe('a prop under a new name', () => {
  const modified = (path: string, before: string, after: string): FileChange => ({
    status: 'modified',
    path,
    hunks: `@@ -1 +1 @@\n-${before}\n+${after}\n`,
  });

  it.each([
    [
      'Svelte, with the old word left in its text',
      'src/Tide.svelte',
      ['let { hours }: { hours: number } = $props();', 'let { total }: { total: number } = $props();'],
      (declaration: string) => `<script lang="ts">\n  ${declaration}\n</script>\n\n<b>{total} hours</b>\n`,
      'src/Page.svelte',
      (use: string) => `<script>\n  import Tide from './Tide.svelte';\n</script>\n\n${use}\n`,
      [
        ['<Tide hours={4} />', '<Tide total={4} />'],
        ['<Tide {hours} />', '<Tide total={hours} />'],
        ['<Tide bind:hours />', '<Tide bind:total={hours} />'],
      ],
    ],
    [
      'Svelte 4',
      'src/Tide.svelte',
      ['export let hours: number;', 'export let total: number;'],
      (declaration: string) => `<script lang="ts">\n  ${declaration}\n</script>\n`,
      'src/Page.svelte',
      (use: string) => `<script>\n  import Tide from './Tide.svelte';\n</script>\n\n${use}\n`,
      [['<Tide\n  name="a"\n  hours={4}\n/>', '<Tide\n  name="a"\n  total={4}\n/>']],
    ],
    [
      'Vue, in each of its ways to write a name',
      'src/Tide.vue',
      ['defineProps<{ hours: number }>()', 'defineProps<{ totalHours: number }>()'],
      (declaration: string) => `<script setup lang="ts">\n${declaration}\n</script>\n\n<template>hours</template>\n`,
      'src/Page.vue',
      (use: string) =>
        `<script setup lang="ts">\nimport Tide from './Tide.vue'\n</script>\n\n<template>\n  ${use}\n</template>\n`,
      [
        ['<Tide :hours="4" />', '<Tide :totalHours="4" />'],
        ['<Tide :hours />', '<Tide :totalHours="hours" />'],
        ['<Tide v-bind:hours="4" />', '<Tide v-bind:totalHours="4" />'],
        ['<tide hours="4" :is-high="true" />', '<tide total-hours="4" :is-high="true" />'],
        ['<Tide v-model:hours="hours" />', '<Tide v-model:totalHours="hours" />'],
      ],
    ],
    [
      'an event of Vue',
      'src/Tide.vue',
      ['const emit = defineEmits<{ hours: [n: number] }>()', 'const emit = defineEmits<{ total: [n: number] }>()'],
      (declaration: string) => `<script setup lang="ts">\n${declaration}\n</script>\n\n<template>hours</template>\n`,
      'src/Page.vue',
      (use: string) =>
        `<script setup lang="ts">\nimport Tide from './Tide.vue'\n</script>\n\n<template>\n  ${use}\n</template>\n`,
      [['<Tide @hours="go" />', '<Tide @total="go" />']],
    ],
    [
      'Astro',
      'src/Tide.astro',
      ['  hours: number;', '  total: number;'],
      (declaration: string) =>
        `---\ninterface Props {\n${declaration}\n}\nconst { total: hours } = Astro.props;\n---\n\n{hours}\n`,
      'src/pages/page.mdx',
      (use: string) => `import Tide from '../Tide.astro';\n\n# hours\n\n${use}\n`,
      [['<Tide hours={4} />', '<Tide total={4} />']],
    ],
    [
      'React, behind a barrel',
      'src/Tide.tsx',
      ['export function Tide({ hours }: { hours: number }) {', 'export function Tide({ total }: { total: number }) {'],
      (declaration: string) => `${declaration}\n  return <b>{total} hours</b>;\n}\n`,
      'src/Page.tsx',
      (use: string) => `import { Tide } from './index';\n\nexport const Page = () => ${use};\n`,
      [['<Tide hours={4} />', '<Tide total={4} />']],
    ],
    [
      'Angular',
      'src/tide.ts',
      ['  hours = input(0);', '  total = input(0);'],
      (declaration: string) =>
        `import { Component, input } from '@angular/core';\n\n@Component({ selector: 'app-tide', template: '<b>hours</b>' })\nexport class Tide {\n${declaration}\n}\n`,
      'src/page.html',
      (use: string) => `<main>\n  ${use}\n</main>\n`,
      [
        ['<app-tide [hours]="4" />', '<app-tide [total]="4" />'],
        ['<app-tide hours="4"></app-tide>', '<app-tide total="4"></app-tide>'],
      ],
    ],
  ] as const)('%s', async (_, component, [before, after], declare, user, page, uses) => {
    const changes = [modified(component, before, after)];
    for (const [old, now] of uses) {
      const files = {
        [component]: declare(after),
        'src/index.ts': "export { Tide } from './Tide';\n",
        [user]: page(old),
      };
      const error = {
        file: user,
        message: "'hours' does not exist in type '$$ComponentProps'.",
        ...placeOf(page(old), old.slice(0, 12)),
      };
      expect(await repairWith(renamedProp, error, { files, changes })).toEqual({ [user]: page(now) });
    }
  });

  const declared = '<script>\n  let { total } = $props();\n</script>\n';
  const page = (markup: string) => `<script>\n  import Tide from './Tide.svelte';\n</script>\n\n${markup}\n`;
  const changes = [modified('src/Tide.svelte', 'let { hours } = $props();', 'let { total } = $props();')];
  const error = { file: 'src/Page.svelte', line: 5, message: `'"hours"' does not exist in type '$$ComponentProps'.` };

  it('knows an output of Angular by the type that its handler is given instead', async () => {
    const declare = (name: string) =>
      `@Component({ selector: 'app-tide', template: '' })\nexport class Tide {\n  ${name} = output<string>();\n}\n`;
    const files = { 'src/tide.ts': declare('picked'), 'src/page.html': '<app-tide (chosen)="go($event)" />\n' };
    const diff = [modified('src/tide.ts', '  chosen = output<string>();', '  picked = output<string>();')];
    const message = "Argument of type 'Event' is not assignable to parameter of type 'string'.";
    expect(
      await repairWith(renamedProp, { file: 'src/page.html', line: 1, message }, { files, changes: diff }),
    ).toEqual({
      'src/page.html': '<app-tide (picked)="go($event)" />\n',
    });
  });

  it('follows with everyone who passes the old name, and leaves other components alone', async () => {
    const files = {
      'src/Tide.svelte': declared,
      'src/Clock.svelte': declared,
      'src/Page.svelte': page('<Tide hours={1} />'),
      'src/Other.svelte': page('<Tide hours={2} /><p hours="3">hours</p>'),
      'src/Third.svelte': page('<Tide hours={4} />').replace("'./Tide.svelte'", "'./Clock.svelte'"),
    };
    expect(await repairWith(renamedProp, error, { files, changes })).toEqual({
      'src/Page.svelte': page('<Tide total={1} />'),
      'src/Other.svelte': page('<Tide total={2} /><p hours="3">hours</p>'),
    });
  });

  it.each([
    ['there is no diff', declared, '<Tide hours={1} />', []],
    [
      'the component still takes the old name',
      declared.replace('{ total }', '{ total, hours }'),
      '<Tide hours={1} />',
      changes,
    ],
    [
      'the component does not take the new name',
      declared.replace('{ total }', '{ sum }'),
      '<Tide hours={1} />',
      changes,
    ],
    ['the new name is passed as well', declared, '<Tide hours={1} total={2} />', changes],
    ['an element is given the name', declared, '<p hours={1}></p>', changes],
    ['the error stands elsewhere', declared, '<p></p>\n<Tide hours={1} />', changes],
  ])('stays away where %s', async (_, component, markup, diff) => {
    const files = { 'src/Tide.svelte': component, 'src/Page.svelte': page(markup) };
    expect(await repairWith(renamedProp, error, { files, changes: diff })).toBeUndefined();
  });
});

describe('tags of templates that do not match', () => {
  const broken = { kind: 'syntax' as const, message: 'Element is missing end tag.' };
  const wrap = {
    'a.svelte': (markup: string) => `<script>\n  let a = [1];\n</script>\n\n<main>\n${markup}\n</main>\n`,
    'a.vue': (markup: string) =>
      `<script setup>\nconst a = 1 < 2\n</script>\n\n<template>\n<main>\n${markup}\n</main>\n</template>\n`,
    'a.html': (markup: string) => `<main>\n<!-- <b> -->\n${markup}\n</main>\n`,
    'a.astro': (markup: string) => `---\nconst a = [1];\n---\n\n<main>\n${markup}\n</main>\n`,
    'a.mdx': (markup: string) => `# a < b\n\n\`<b>\`\n\n<main>\n${markup}\n</main>\n`,
  };

  it.each([
    ['a.svelte', '<p>{a > 1}</span>', '<p>{a > 1}</p>'],
    ['a.svelte', '{#each a as b}<i>{b}</i>{/if}', '{#each a as b}<i>{b}</i>{/each}'],
    ['a.svelte', '<p>{"</b>"}</spam>', '<p>{"</b>"}</p>'],
    ['a.vue', '<p :a="1 > 2">{{ a }}</span>', '<p :a="1 > 2">{{ a }}</p>'],
    ['a.vue', '<ul>\n  <li>{{ a }}\n  <li>b</li>\n</ul>', '<ul>\n  <li>{{ a }}</li>\n  <li>b</li>\n</ul>'],
    ['a.vue', '<p>a<br>b</div>', '<p>a<br>b</p>'],
    ['a.html', '<p>{{ a }}</span>', '<p>{{ a }}</p>'],
    ['a.html', '<h1>a\n<h2>b</h2>', '<h1>a</h1>\n<h2>b</h2>'],
    ['a.astro', '<ul>{a.map((b) => <li>{b})}</ul>', '<ul>{a.map((b) => <li>{b}</li>)}</ul>'],
    ['a.astro', '<p>{a && <b>now {a}}</p>', '<p>{a && <b>now {a}</b>}</p>'],
    ['a.mdx', '<b>a</bb>', '<b>a</b>'],
    ['a.mdx', 'a<br>b', 'a<br />b'],
  ] as const)('in %s: %s', async (file, before, after) => {
    const answer = await repairWith(closingTag, { ...broken, file }, { files: { [file]: wrap[file](before) } });

    expect(answer).toEqual({ [file]: wrap[file](after) });
  });

  it.each([
    ['two elements that overlap', 'a.svelte', '<b><i>a</b></i>'],
    ['an end that may stand in several places', 'a.vue', '<div>\n<p>\n  a\n  <i>b</i>\n  c\n</div>'],
    ['the end of an element around a block without one', 'a.svelte', '<ul>{#each a as b}\n  <li>{b}</li>\n</ul>'],
    ['the end of an element around one without', 'a.svelte', '<ul>\n<li>\n<b>a\n</li>\n</ul>'],
    ['markup that is in order', 'a.svelte', '<b>a</b>'],
    ['an element that Svelte closes itself', 'a.svelte', '<li><b>{a}</li>'],
    ['elements that HTML closes itself', 'a.html', '<ul><li>a<li>b</ul>'],
    ['tags in a code block', 'a.mdx', '```html\n<b></i>\n```'],
    ['a second fault', 'a.vue', '<p>{{ a }}</span><i>'],
  ] as const)('stays away from %s', async (_, file, markup) => {
    const answer = await repairWith(closingTag, { ...broken, file }, { files: { [file]: wrap[file](markup) } });

    expect(answer).toBeUndefined();
  });

  it('believes the tool where no parser here reads the language', async () => {
    const files = { 'a.html': wrap['a.html']('<p>a</span>') };
    expect(await repairWith(closingTag, { file: 'a.html', kind: 'type', message: 'x' }, { files })).toBeUndefined();
    expect(await repairWith(closingTag, { ...broken, file: 'a.html', line: 1 }, { files })).toBeUndefined();
    expect(await repairWith(closingTag, { ...broken, file: 'a.html', line: 3 }, { files })).toBeDefined();
  });
});

describe('a slip of the keyboard in a template', () => {
  const svelte = (markup: string) =>
    `<script lang="ts">\n  import Tide from './Tide.svelte';\n\n  let total = 1;\n  let tides: T[] = [];\n</script>\n\n${markup}\n`;
  const vue = (markup: string) =>
    `<script setup lang="ts">\nimport Tide from './Tide.vue'\n\nconst total = 1\ndefineProps<{ heading: string }>()\n</script>\n\n<template>\n  ${markup}\n</template>\n`;
  const astro = (markup: string) => `---\nimport Tide from './Tide.astro';\n\nconst total = 1;\n---\n\n${markup}\n`;

  it.each([
    ['a.svelte', svelte, '<p>{totl} total</p>', 'totl', '<p>{total} total</p>'],
    ['a.svelte', svelte, '<Tied a={1}></Tied>', 'Tied', '<Tide a={1}></Tide>'],
    ['a.svelte', svelte, '{#each tides as tide}{tdie.at}{/each}', 'tdie', '{#each tides as tide}{tide.at}{/each}'],
    ['a.vue', vue, '<p :a="totl">total</p>', 'totl', '<p :a="total">total</p>'],
    ['a.vue', vue, '<p>{{ headng }}</p>', 'headng', '<p>{{ heading }}</p>'],
    ['a.vue', vue, '<p v-for="(tide, i) in [1]" :key="tdie" />', 'tdie', '<p v-for="(tide, i) in [1]" :key="tide" />'],
    ['a.vue', vue, '<Tied />', 'Tied', '<Tide />'],
    ['a.astro', astro, '{[1].map((tide) => <Tide a={totl} />)}', 'totl', '{[1].map((tide) => <Tide a={total} />)}'],
  ] as const)('%s', async (file, page, before, name, after) => {
    const isVue = file === 'a.vue';
    const message = isVue ? `Property '${name}' does not exist on type '{}'.` : `Cannot find name '${name}'.`;
    const error = { file, message, ...placeOf(page(before), name) };
    expect(await repairWith(nameSpelling, error, { files: { [file]: page(before) } })).toEqual({ [file]: page(after) });
  });

  it('follows a name that fails at run time, where no place is told', async () => {
    const error = { file: 'a.astro', message: 'totl is not defined' };
    expect(await repairWith(nameSpelling, error, { files: { 'a.astro': astro('<p>{totl}</p>') } })).toEqual({
      'a.astro': astro('<p>{total}</p>'),
    });
    expect(
      await repairWith(nameSpelling, error, { files: { 'a.astro': astro('<p>{totl} totl</p>') } }),
    ).toBeUndefined();
  });

  it.each([
    ['two names are as near', svelte('{totel}').replace('let total', 'let totem = 2, total'), 'totel'],
    ['nothing is near', svelte('{sum}'), 'sum'],
    ['it is a member', svelte('{tides.totl}'), 'totl'],
  ])('stays away where %s', async (_, text, name) => {
    const error = { file: 'a.svelte', message: `Cannot find name '${name}'.`, ...placeOf(text, name) };
    expect(await repairWith(nameSpelling, error, { files: { 'a.svelte': text } })).toBeUndefined();
  });

  const types = {
    'types.ts': "export interface T { from: string; level: Level }\nexport type Level = 'high' | 'low';\n",
  };

  it.each([
    ["Property 'form' does not exist on type 'T'.", '<p>{{ tide.form }}</p>', 'form', '<p>{{ tide.from }}</p>'],
    [
      "Property 'fromm' does not exist on type 'X'. Did you mean 'from'?",
      '<p :a="t.fromm" />',
      'fromm',
      '<p :a="t.from" />',
    ],
  ])('knows the members of the type: %s', async (message, before, name, after) => {
    const error = { file: 'a.vue', message, ...placeOf(vue(before), name) };
    expect(await repairWith(memberSpelling, error, { files: { ...types, 'a.vue': vue(before) } })).toEqual({
      'a.vue': vue(after),
    });
  });

  it("knows the component's members in a template of Angular", async () => {
    const message = "Property 'pikced' does not exist on type 'App'. Did you mean 'picked'?";
    const files = { 'a.html': '<p>{{ pikced }}</p>\n' };
    expect(await repairWith(memberSpelling, { file: 'a.html', line: 1, column: 7, message }, { files })).toEqual({
      'a.html': '<p>{{ picked }}</p>\n',
    });
  });

  it('has no answer where two types bear the name, or the type has nothing like it', async () => {
    const error = {
      file: 'a.vue',
      message: "Property 'form' does not exist on type 'T'.",
      ...placeOf(vue('{{ t.form }}'), 'form'),
    };
    const files = { ...types, 'a.vue': vue('{{ t.form }}') };
    expect(
      await repairWith(memberSpelling, error, { files: { ...files, 'b.ts': 'interface T { a: 1 }\n' } }),
    ).toBeUndefined();
    expect(
      await repairWith(memberSpelling, error, { files: { ...files, 'types.ts': 'interface T { a: 1 }\n' } }),
    ).toBeUndefined();
  });

  it.each([
    ["Type '\"hihg\"' is not assignable to type 'Level'.", '<Tide level="hihg" />', '<Tide level="high" />'],
    [
      'Argument of type \'"pik"\' is not assignable to parameter of type \'"pick"\'.',
      '<i @click="emit(\'pik\')" />',
      '<i @click="emit(\'pick\')" />',
    ],
    [
      "This comparison appears to be unintentional because the types 'Level' and '\"lowe\"' have no overlap.",
      '<i v-if="a === \'lowe\'" />',
      '<i v-if="a === \'low\'" />',
    ],
  ])('knows the strings that a type allows: %s', async (message, before, after) => {
    const error = { file: 'a.vue', message, ...placeOf(vue(before), before) };
    expect(await repairWith(valueSpelling, error, { files: { ...types, 'a.vue': vue(before) } })).toEqual({
      'a.vue': vue(after),
    });
  });

  it.each([
    ['the string stands twice on the line', '<Tide level="hihg" :b="\'hihg\'" />', types],
    ['the type allows other things', '<Tide level="hihg" />', { 'types.ts': "type Level = 'high' | number;\n" }],
    ['the value is allowed, so that it is about something else', '<Tide level="high" />', types],
  ])('has no answer where %s', async (_, markup, files) => {
    const received = markup.includes('hihg') ? 'hihg' : 'high';
    const message = `Type '"${received}"' is not assignable to type 'Level'.`;
    const error = { file: 'a.vue', message, ...placeOf(vue(markup), '<Tide') };
    expect(await repairWith(valueSpelling, error, { files: { ...files, 'a.vue': vue(markup) } })).toBeUndefined();
  });

  it('follows a member that its type renamed', async () => {
    const hunks = '@@ -1 +1 @@\n-export interface T { from: string }\n+export interface T { origin: string }\n';
    const files = {
      'types.ts': 'export interface T { origin: string }\n',
      'a.vue': vue('<p>from {{ tide.from }}</p>'),
    };
    const error = {
      file: 'a.vue',
      message: "Property 'from' does not exist on type 'T'.",
      ...placeOf(files['a.vue'], 'from }'),
    };
    const changes = [{ status: 'modified' as const, path: 'types.ts', hunks }];
    expect(await repairWith(renamedMember, error, { files, changes })).toEqual({
      'a.vue': vue('<p>from {{ tide.origin }}</p>'),
    });
  });
});

describe('a name that seems unused', () => {
  const page = (markup: string) =>
    `<script setup lang="ts">\nimport Tide from './Tide.vue'\n\nconst heading = 1\n</script>\n\n<template>\n  ${markup}\n</template>\n`;
  const unused = (name: string) => ({
    file: 'a.vue',
    code: 'TS6133',
    message: `'${name}' is declared but its value is never read.`,
    ...placeOf(page(''), name),
  });

  it('goes although the text has the same word', async () => {
    const files = { 'a.vue': page('<Tide>heading</Tide>') };
    expect(await repairWith(unusedName, unused('heading'), { files })).toEqual({
      'a.vue': page('<Tide>heading</Tide>').replace('const heading = 1\n', ''),
    });
  });

  it.each([
    ['what uses it is misspelt', 'heading', '{{ headng }}'],
    ['the tag that uses it is misspelt', 'Tide', '<Tied />'],
    ['a tag bears its name in kebab case', 'Tide', '<tide />'],
    ['an attribute names it', 'heading', '<p :a="heading" />'],
    ['the template is broken', 'Tide', '<p>{{ heading }</p>'],
  ])('stays where %s', async (_, name, markup) => {
    expect(await repairWith(unusedName, unused(name), { files: { 'a.vue': page(markup) } })).toBeUndefined();
  });

  it('is in use again once the slip is mended', async () => {
    const text = page('<Tied />');
    const unknown = {
      file: 'a.vue',
      message: "Property 'Tied' does not exist on type '{}'.",
      ...placeOf(text, 'Tied'),
    };
    const errors = [errorOf(unused('Tide')), errorOf(unknown)];
    expect(await repairAll([nameSpelling, unusedName], errors, { files: { 'a.vue': text } })).toEqual({
      'a.vue': page('<Tide />'),
    });
  });
});

describe('an expression without an end', () => {
  const vue = (markup: string) => `<template>\n  <p>${markup}</p>\n</template>\n`;
  const svelte = (markup: string) => `<p>\n  ${markup}\n</p>\n`;

  it.each([
    ['a.vue', vue('{{ total }'), vue('{{ total }}'), {}],
    ['a.vue', vue('{{ total'), vue('{{ total }}'), {}],
    [
      'a.svelte',
      svelte('<b a={total c={1}></b>'),
      svelte('<b a={total} c={1}></b>'),
      { line: 2, column: 15, message: 'Expected token }' },
    ],
  ])('in %s: %j', async (file, before, after, facts) => {
    const error = { file, kind: 'syntax' as const, ...facts };
    expect(await repairWith(unclosedExpression, error, { files: { [file]: before } })).toEqual({ [file]: after });
  });

  it.each([
    ['a.vue', vue('{{ total }}')],
    ['a.vue', vue('{{ total }<b>{{ b }</b>')],
    ['a.svelte', svelte('<b a={total c={1}></b>')],
  ])('stays away: %s %j', async (file, text) => {
    expect(await repairWith(unclosedExpression, { file, kind: 'syntax' }, { files: { [file]: text } })).toBeUndefined();
  });

  const jsx = (markup: string) => `export const Fleet = () => (\n  <ul>\n    ${markup}\n  </ul>\n);\n`;
  const unterminated = { kind: 'syntax' as const, message: 'Unterminated regexp literal' };

  it.each([
    ['<a href={to}>\n      {boat.name|\n    </a>', 4],
    ['<li>{boat.name|</li>', 3],
    ['<li>\n      {boat.name|\n      <b>{boat.crew}</b>\n    </li>', 5],
    ['<a href={boat.href|>Open</a>', 3],
    ['<a href={boat.href| className="name">\n      Open\n    </a>', 3],
    ['<Boat {...boat| key={boat.id} />', 3],
    ['{boats.map((boat) => (\n      <li key={boat.id}>{boat.name}</li>\n    ))|', 6],
    ['{boats.length > 0 && <li>Some</li>|', 4],
    ['<button onClick={() => open(boat)|>Open</button>', 3],
  ])('in JSX: %j', async (markup, line) => {
    const files = { 'src/fleet.tsx': jsx(markup.replace('|', '')) };
    expect(await repairWith(unclosedExpression, { ...unterminated, file: 'src/fleet.tsx', line }, { files })).toEqual({
      'src/fleet.tsx': jsx(markup.replace('|', '}')),
    });
  });

  it.each([
    ['a text goes on behind it', '<li>{boat.name of {fleet}</li>'],
    ['what stands between two values is text or code', '<li>{boat.name, {fleet}</li>'],
    ['the mark may belong to the text', '<li>Ahoy {boat.name!</li>'],
    ['a tag has no end either', '<li>{boat.name<b></li>'],
    ['all is closed', '<li>{boat.name}</li>'],
  ])('stays away from JSX where %s', async (_, markup) => {
    const files = { 'src/fleet.tsx': jsx(markup) };
    const error = { ...unterminated, file: 'src/fleet.tsx', line: 3 };
    expect(await repairWith(unclosedExpression, error, { files })).toBeUndefined();
  });

  it.each([
    ['a.svelte', '<h1>{boat.name|</h1>\n<p>{crew}</p>\n', { message: 'Unterminated regular expression', line: 1 }],
    ['a.astro', '---\nconst boats = [];\n---\n<ul>{boats.map((boat) => <li>{boat.name|</li>)}</ul>\n', { line: 4 }],
  ])('before a tag of %s', async (file, text, facts) => {
    const error = { kind: 'syntax' as const, file, ...facts };
    expect(await repairWith(unclosedExpression, error, { files: { [file]: text.replace('|', '') } })).toEqual({
      [file]: text.replace('|', '}'),
    });
  });

  it('writes the word that the compiler names', async () => {
    const text = '{#if a}\n  b\n{:elseif c}\n  d\n{/if}\n';
    const error = {
      file: 'a.svelte',
      kind: 'syntax' as const,
      line: 3,
      column: 2,
      message: "'elseif' should be 'else if'",
    };
    expect(await repairWith(keywordSpelling, error, { files: { 'a.svelte': text } })).toEqual({
      'a.svelte': text.replace('elseif', 'else if'),
    });
  });
});

describe('a name that a page misses while it is rendered', () => {
  const page = "---\nimport Card from '../Card.astro';\n---\n\n<Page><Card /></Page>\n";
  const files = {
    'src/pages/index.astro': page,
    'src/Card.astro': '<b>Page</b>\n',
    'src/Page.astro': '<slot />\n',
  };
  const error = { kind: 'prerender' as const, message: 'Page is not defined', trace: ['src/pages/index.astro'] };

  it('is looked for in all that was read', async () => {
    expect(await repairWith(missingImport, error, { files })).toEqual({
      'src/pages/index.astro': page.replace('\n---\n\n<', "\nimport Page from '../Page.astro';\n---\n\n<"),
    });
  });

  it.each([
    ['two files miss it', { ...files, 'src/pages/other.astro': '<Page />\n' }, 'Page'],
    [
      'only browsers have it',
      { ...files, 'src/window.ts': 'export const window = 1;\n', 'src/a.ts': 'window.a();\n' },
      'window',
    ],
  ])('stays unknown where %s', async (_, more, name) => {
    const unknown = { ...error, message: `${name} is not defined` };
    expect(await repairWith(missingImport, unknown, { files: more })).toBeUndefined();
  });
});

describe('tags that no parser here refuses', () => {
  it.each([
    [
      'a.astro',
      "Expected corresponding JSX closing tag for 'h1'.",
      2,
      '<main>\n<h1>a</h2>\n</main>\n',
      '<main>\n<h1>a</h1>\n</main>\n',
    ],
    [
      'a.mdx',
      'Expected a closing tag for `<Note>` (3:1-3:7) before the end of `paragraph`',
      3,
      '# a\n\n<Note>b\n\nc\n',
      '# a\n\n<Note>b</Note>\n\nc\n',
    ],
    [
      'a.html',
      'Unexpected closing tag "section".',
      3,
      '<section>\n  <h1>a\n</section>\n',
      '<section>\n  <h1>a</h1>\n</section>\n',
    ],
  ])('%s: %s', async (file, message, line, before, after) => {
    expect(await repairWith(closingTag, { file, message, line }, { files: { [file]: before } })).toEqual({
      [file]: after,
    });
    expect(await repairWith(closingTag, { file, message: 'x', line }, { files: { [file]: before } })).toBeUndefined();
  });

  it("closes a block of Angular's templates", async () => {
    const files = { 'a.html': '@if (a) {\n  <p>b</p>\n<p>c</p>\n' };
    const error = { file: 'a.html', message: 'Unclosed block "if"' };
    expect(await repairWith(unclosedBlock, error, { files })).toEqual({
      'a.html': '@if (a) {\n  <p>b</p>\n}\n<p>c</p>\n',
    });
    expect(await repairWith(unclosedBlock, { ...error, message: 'x' }, { files })).toBeUndefined();
  });
});

describe('what a framework itself provides', () => {
  const manifest = { 'package.json': '{ "dependencies": { "vue": "3.5.0", "react": "19.0.0" } }' };
  const page = (script: string) =>
    `<script setup>\n${script}const a = ref(1)\n</script>\n\n<template>{{ a }}</template>\n`;
  const error = { file: 'a.vue', message: "Cannot find name 'ref'.", line: 2, column: 11 };

  it.each([
    ["import { computed } from 'vue'\n", "import { computed, ref } from 'vue'\n"],
    ["import B from './B.vue'\n", "import B from './B.vue'\nimport { ref } from 'vue'\n"],
  ])('joins the imports of a component: %j', async (before, after) => {
    const files = { ...manifest, 'a.vue': page(before) };
    expect(await repairWith(missingImport, error, { files })).toEqual({ 'a.vue': page(after) });
  });

  it('is imported into a script as well', async () => {
    const files = { ...manifest, 'a.tsx': "import { b } from './b';\n\nexport const c = () => useState(b);\n" };
    const wanted = { file: 'a.tsx', message: "Cannot find name 'useState'." };
    expect(await repairWith(missingImport, wanted, { files })).toEqual({
      'a.tsx': "import { b } from './b';\nimport { useState } from 'react';\n\nexport const c = () => useState(b);\n",
    });
  });

  it.each([
    ['the manifest does not declare the framework', { 'package.json': '{}' }],
    ['a module of the repository has the name', { ...manifest, 'b.ts': 'export const ref = 1;\n' }],
  ])('stays away where %s', async (_, more) => {
    expect(await repairWith(missingImport, error, { files: { ...more, 'a.vue': page('') } })).toBeUndefined();
  });

  it('imports the types that SvelteKit makes for each of its routes, as the other routes do', async () => {
    const script = (statement: string) =>
      `<script lang="ts">\n  import A from '$lib/A.svelte';\n${statement}  let { data }: { data: PageData } = $props();\n</script>\n\n<A {data} />\n`;
    const own = "  import type { PageData } from './$types';\n";
    const files = { 'src/routes/+page.svelte': script(''), 'src/routes/b/+page.svelte': script(own) };
    const unknown = {
      file: 'src/routes/+page.svelte',
      message: "Cannot find name 'PageData'.",
      ...placeOf(script(''), 'PageData'),
    };
    expect(await repairWith(missingImport, unknown, { files })).toEqual({ 'src/routes/+page.svelte': script(own) });
    const elsewhere = { 'src/lib/B.svelte': script(''), 'src/routes/b/+page.svelte': script(own) };
    expect(
      await repairWith(missingImport, { ...unknown, file: 'src/lib/B.svelte' }, { files: elsewhere }),
    ).toBeUndefined();
  });
});

describe('an element that Angular does not know', () => {
  const component = (name: string, selector: string, more = '') =>
    `import { Component } from '@angular/core';\n\n@Component({\n  selector: '${selector}',\n  templateUrl: './${selector}.html',${more}\n})\nexport class ${name} {}\n`;
  const files = {
    'src/page.ts': component('Page', 'page'),
    'src/page.html': '<app-tide>\n  a\n</app-tide>\n',
    'src/ui/tide.ts': component('Tide', 'app-tide'),
  };
  const error = { file: 'src/page.html', message: "'app-tide' is not a known element:\n1. If", line: 0, column: 0 };
  const imported = (list: string) =>
    component('Page', 'page')
      .replace("core';\n", "core';\nimport { Tide } from './ui/tide';\n")
      .replace("'page',\n", `'page',\n  imports: [${list}],\n`);

  it.each([
    ['makes the list', files['src/page.ts'], imported('Tide')],
    [
      'joins the list',
      files['src/page.ts'].replace("'page',\n", "'page',\n  imports: [Other],\n"),
      imported('Other, Tide'),
    ],
  ])('is imported by the component whose template it is: %s', async (_, before, after) => {
    const repository = { files: { ...files, 'src/page.ts': before } };
    expect(await repairWith(angularElement, error, repository)).toEqual({ 'src/page.ts': after });
  });

  it('is spelt as what the component imports', async () => {
    const wrong = { ...files, 'src/page.ts': imported('Tide'), 'src/page.html': '<app-tied>\n  a\n</app-tied>\n' };
    const unknown = { ...error, message: "'app-tied' is not a known element:" };
    expect(await repairWith(angularElement, unknown, { files: wrong })).toEqual({
      'src/page.html': files['src/page.html'],
    });
    const without = { ...wrong, 'src/page.ts': files['src/page.ts'] };
    expect(await repairWith(angularElement, unknown, { files: without })).toBeUndefined();
  });

  it.each([
    ['two components have the selector', { 'src/other.ts': component('Other', 'app-tide') }, {}],
    ['none has it', { 'src/ui/tide.ts': component('Tide', 'app-clock') }, {}],
    ['a module was not read', {}, { unread: ['src/other.ts'] }],
    ['modules declare the components', { 'src/page.ts': component('Page', 'page', ' standalone: false') }, {}],
  ])('stays unknown where %s', async (_, more, repository) => {
    expect(await repairWith(angularElement, error, { files: { ...files, ...more }, ...repository })).toBeUndefined();
  });
});

describe('the end of what one line opens twice', () => {
  it.each([
    [
      'a.tsx',
      'export const A = () => (\n  <ul>\n    {list.map((x) => (\n      <li>{x}</li>\n    ))\n  </ul>\n);\n',
      '    ))\n',
      '    ))}\n',
    ],
    [
      'a.astro',
      '---\nconst list = [1];\n---\n<ul>\n  {list.map((x) => (\n    <li>{x}</li>\n  )}\n</ul>\n',
      '  )}\n',
      '  ))}\n',
    ],
    ['a.ts', 'f(g(() => {\n  a();\n});\n', '});', '}));'],
  ])('is completed in %s', async (file, text, before, after) => {
    const answer = await repairWith(unclosedBlock, { file, kind: 'syntax' }, { files: { [file]: text } });
    expect(answer).toEqual({ [file]: text.replace(before, after) });
  });
});

describe('a misspelt name in a pattern', () => {
  const error = { code: 'TS2551', message: "Property 'totals' does not exist on type 'S'. Did you mean 'total'?" };
  const page = (names: string, markup: string) =>
    `<script setup lang="ts">\nconst { ${names} } = useSale()\n</script>\n\n<template>{{ ${markup} }}</template>\n`;

  it.each([
    ['nothing uses the local name', page('totals', 'total'), page('total', 'total')],
    ['the template uses the local name', page('totals', 'totals'), page('total: totals', 'totals')],
  ])('%s', async (_, before, after) => {
    const place = { file: 'a.vue', line: 2, column: 9 };
    expect(await repairWith(memberSpelling, { ...error, ...place }, { files: { 'a.vue': before } })).toEqual({
      'a.vue': after,
    });
  });
});
