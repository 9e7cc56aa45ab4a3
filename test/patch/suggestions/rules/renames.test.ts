import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { renamedKey } from '../../../../lib/patch/suggestions/rules/renamed-key.js';
import { renamedMixin } from '../../../../lib/patch/suggestions/rules/renamed-mixin.js';
import { renamedPath } from '../../../../lib/patch/suggestions/rules/renamed-path.js';
import { renamedVariable } from '../../../../lib/patch/suggestions/rules/renamed-variable.js';
import { renamedWord } from '../../../../lib/patch/suggestions/rules/renamed-word.js';
import { repairWith } from '../repository.js';

const moved = (previousPath: string, path: string): FileChange => ({ status: 'renamed', path, previousPath });
const modified = (path: string, hunks: string): FileChange => ({ status: 'modified', path, hunks });

describe('renamed-path', () => {
  const copy = { 'tools/copy.mjs': "copyFileSync('views/home.html', 'public/home.html');\n", 'pages/home.html': '<p>' };
  const missing = {
    kind: 'file-missing',
    message: "ENOENT: copyfile 'views/home.html'",
    specifier: 'views/home.html',
  } as const;

  it('follows a file to where the diff says that it went', async () => {
    const repository = { files: copy, changes: [moved('views/home.html', 'pages/home.html')] };
    expect(await repairWith(renamedPath, missing, repository)).toEqual({
      'tools/copy.mjs': "copyFileSync('pages/home.html', 'public/home.html');\n",
    });
  });

  it('keeps a path relative to the folder that it is relative to', async () => {
    const repository = {
      files: { 'src/parts/base.njk': '{% include "head.njk" %}\n', 'src/parts/masthead.njk': '<h1>\n' },
      changes: [moved('src/parts/head.njk', 'src/parts/masthead.njk')],
    };
    const error = { kind: 'file-missing', message: 'template not found: head.njk', specifier: 'head.njk' } as const;
    expect(await repairWith(renamedPath, error, repository)).toEqual({
      'src/parts/base.njk': '{% include "masthead.njk" %}\n',
    });
  });

  it('knows that a path may be written relative to a folder', async () => {
    const repository = {
      files: { 'app/routes.ts': "route('rota', 'routes/rota.tsx')\n", 'app/routes/crew/rota.tsx': '' },
      changes: [moved('app/routes/rota.tsx', 'app/routes/crew/rota.tsx')],
    };
    const error = {
      kind: 'file-missing',
      message: "ENOENT: no such file or directory, open '/vercel/path0/app/routes/rota.tsx'",
    } as const;
    expect(await repairWith(renamedPath, error, repository)).toEqual({
      'app/routes.ts': "route('rota', 'routes/crew/rota.tsx')\n",
    });
  });

  it('follows a picture that front matter names', async () => {
    const entry = '---\ntitle: Quay\nphoto: ../../art/quay.svg\n---\n\nphoto: ../../art/quay.svg\n';
    const repository = {
      files: { 'src/content/log/a.md': entry, 'src/art/mole.svg': '' },
      changes: [moved('src/art/quay.svg', 'src/art/mole.svg')],
    };
    const error = {
      kind: 'type',
      code: 'InvalidContentEntryFrontmatterError',
      message:
        'log → a.md frontmatter does not match collection schema.\nImage ../../art/quay.svg does not exist. Is the path correct?',
      file: 'src/content/log/a.md',
    } as const;
    expect(await repairWith(renamedPath, error, repository)).toEqual({
      'src/content/log/a.md': entry.replace('quay.svg', 'mole.svg'),
    });
  });

  it.each([
    ['without a diff', { files: copy }],
    [
      'when the file still stands there',
      { files: { ...copy, 'views/home.html': '' }, changes: [moved('views/home.html', 'pages/home.html')] },
    ],
    [
      'when two files name it',
      {
        files: { ...copy, 'tools/other.mjs': "read('views/home.html');\n" },
        changes: [moved('views/home.html', 'pages/home.html')],
      },
    ],
    [
      'when the tree is not whole',
      { files: copy, changes: [moved('views/home.html', 'pages/home.html')], truncated: true },
    ],
  ])('has no answer %s', async (_, repository) => {
    expect(await repairWith(renamedPath, missing, repository)).toBeUndefined();
  });
});

describe('renamed-word', () => {
  const hunks = "@@ -1 +1 @@\n-route('/lamps/:lamp')\n+route('/lamps/:lampId')\n";
  const error = {
    file: 'src/lamp.tsx',
    line: 2,
    message: "Property 'lamp' does not exist on type '{ lampId: string; }'.",
  };

  it('reads the new name that the diff gives and the compiler lists', async () => {
    const files = {
      'src/lamp.tsx': 'const p = useParams();\nshow(p.lamp);\n',
      'src/routes.ts': "route('/lamps/:lampId')\n",
    };
    expect(await repairWith(renamedWord, error, { files, changes: [modified('src/routes.ts', hunks)] })).toEqual({
      'src/lamp.tsx': 'const p = useParams();\nshow(p.lampId);\n',
    });
  });

  it('keeps the local name of a pattern', async () => {
    const files = {
      'src/lamp.tsx': '\nconst { lamp } = params;\nshow(lamp);\n',
      'src/routes.ts': "route('/lamps/:lampId')\n",
    };
    expect(await repairWith(renamedWord, error, { files, changes: [modified('src/routes.ts', hunks)] })).toEqual({
      'src/lamp.tsx': '\nconst { lampId: lamp } = params;\nshow(lamp);\n',
    });
  });

  it('takes a value of data that has another name for no property that has one', async () => {
    const text = "const shades: Record<Shade, string> = {\n  dim: 'Dim',\n  low: 'Low',\n};\n";
    const files = {
      'shades.ts': text,
      'types.ts': "export type Shade = 'dim' | 'low' | 'bright';\n",
      'lamps.json': '[{ "shade": "bright" }]\n',
    };
    const changes = [
      modified('lamps.json', '@@ -1 +1 @@\n-[{ "shade": "low" }]\n+[{ "shade": "bright" }]\n'),
      modified(
        'types.ts',
        "@@ -1 +1 @@\n-export type Shade = 'dim' | 'low';\n+export type Shade = 'dim' | 'low' | 'bright';\n",
      ),
    ];
    const missing = {
      file: 'shades.ts',
      line: 1,
      column: 7,
      message:
        "Property 'bright' is missing in type '{ dim: string; low: string; }' but required in type 'Record<Shade, string>'.",
    };
    expect(await repairWith(renamedWord, missing, { files, changes })).toBeUndefined();

    // The compiler may write the members out, and quotes them then.
    const quoted = missing.message.replace('Record<Shade', "Record<'dim' | 'low' | 'bright'");
    expect(await repairWith(renamedWord, { ...missing, message: quoted }, { files, changes })).toBeUndefined();
    const unknown = { ...missing, message: "Unknown shade 'low', 'bright' is not found." };
    expect(await repairWith(renamedWord, unknown, { files, changes })).toBeUndefined();
  });

  it('leaves the key of entries that a page goes on reading by the old name', async () => {
    const files = {
      'lamps/a.md': '---\nshade: red\n---\n',
      'page.astro': "---\nconst lamps = await getCollection('lamps');\n---\n<p>{lamps[0].data.shade}</p>\n",
      'schema.ts': 'export const lamps = {\n  cover: text(),\n};\n',
    };
    const changes = [modified('schema.ts', '@@ -2 +2 @@\n-  shade: text(),\n+  cover: text(),\n')];
    const facts = { file: 'lamps/a.md', message: 'lamps → a does not match its schema.\ncover: Required' };
    expect(await repairWith(renamedWord, facts, { files, changes })).toBeUndefined();
  });

  it('follows a key in the documents of the same folder, whose schema is the same', async () => {
    const entry = '---\nshade: red\n---\n';
    const files = {
      'lamps/a.md': entry,
      'lamps/b.mdx': entry,
      'trees/a.md': entry,
      'schema.ts': 'export const lamps = {\n  cover: text(),\n};\n',
    };
    const changes = [modified('schema.ts', '@@ -2 +2 @@\n-  shade: text(),\n+  cover: text(),\n')];
    const facts = { file: 'lamps/a.md', message: 'lamps → a does not match its schema.\ncover: Required' };
    const followed = entry.replace('shade', 'cover');
    expect(await repairWith(renamedWord, facts, { files, changes })).toEqual({
      'lamps/a.md': followed,
      'lamps/b.mdx': followed,
    });
  });

  it('follows a property of a component in any language', async () => {
    const files = {
      'src/index.astro': '---\n---\n<Lamp shade="red" />\n',
      'src/Lamp.astro': 'interface Props { cover: string }\n',
    };
    const changes = [
      modified(
        'src/Lamp.astro',
        '@@ -1 +1 @@\n-interface Props { shade: string }\n+interface Props { cover: string }\n',
      ),
    ];
    const facts = { file: 'src/index.astro', line: 3, message: "Property 'shade' does not exist on type 'Props'." };
    expect(await repairWith(renamedWord, facts, { files, changes })).toEqual({
      'src/index.astro': '---\n---\n<Lamp cover="red" />\n',
    });
  });

  it.each([
    ['the old word is still in the changed file', { 'src/routes.ts': "old('lamp')\n" }, 'show(p.lamp);'],
    ['the word stands twice on the line', { 'src/routes.ts': "route('/lamps/:lampId')\n" }, 'show(p.lamp, q.lamp);'],
    ['the word is not there at all', { 'src/routes.ts': "route('/lamps/:lampId')\n" }, 'show(p);'],
  ])('has no answer when %s', async (_, others, code) => {
    const files = { ...others, 'src/lamp.tsx': `\n${code}\n` };
    expect(
      await repairWith(renamedWord, error, { files, changes: [modified('src/routes.ts', hunks)] }),
    ).toBeUndefined();
  });

  it('follows in all templates that use it in the same way', async () => {
    const files = {
      'eleventy.config.js': "config.addFilter('longDate', readableDate);\n",
      'src/index.njk': '<p>{{ made | readableDate }}</p>\n',
      'src/_layouts/lamp.njk': '<i>{{ lit | readableDate }} for readableDate fans</i>\n',
    };
    const facts = { file: 'src/index.njk', message: 'filter not found: readableDate', symbol: 'readableDate' };
    const changes = [
      modified(
        'eleventy.config.js',
        "@@ -1 +1 @@\n-config.addFilter('readableDate', readableDate);\n+config.addFilter('longDate', readableDate);\n",
      ),
    ];

    expect(await repairWith(renamedWord, facts, { files, changes })).toEqual({
      'src/index.njk': '<p>{{ made | longDate }}</p>\n',
      'src/_layouts/lamp.njk': '<i>{{ lit | longDate }} for readableDate fans</i>\n',
    });
  });

  it('calls a key by the name that the schema asks for, in every entry', async () => {
    const entry = (name: string) => `---\nlead: ${name}\ntitle: lead the way\n---\nThe lead.\n`;
    const files = { 'content.ts': 'leader: z.string(),\n', 'a/one.md': entry('noor'), 'a/two.md': entry('piet') };
    const facts = { file: 'a/one.md', message: 'a → one data does not match collection schema.\nleader: Required' };
    const changes = [modified('content.ts', '@@ -1 +1 @@\n-lead: z.string(),\n+leader: z.string(),\n')];

    expect(await repairWith(renamedWord, facts, { files, changes })).toEqual({
      'a/one.md': entry('noor').replace('\nlead:', '\nleader:'),
      'a/two.md': entry('piet').replace('\nlead:', '\nleader:'),
    });
  });

  it('writes a value that the schema lists by its new name, in every entry', async () => {
    const files = {
      'materials.ts': "export const materials = ['smalti', 'stone'];\n",
      'a/one.md': '---\nmaterial: marble\ntitle: marble floors\n---\n',
      'b/two.json': '{ "material": "marble" }\n',
      'a/three.md': '---\nmaterial: marble\n---\n',
    };
    const facts = {
      file: 'a/one.md',
      message:
        'a → one data does not match collection schema.\nmaterial: Invalid option: expected one of "smalti"|"stone"',
    };
    const changes = [
      modified(
        'materials.ts',
        "@@ -1 +1 @@\n-export const materials = ['smalti', 'marble'];\n+export const materials = ['smalti', 'stone'];\n",
      ),
    ];

    expect(await repairWith(renamedWord, facts, { files, changes })).toEqual({
      'a/one.md': '---\nmaterial: stone\ntitle: marble floors\n---\n',
      'a/three.md': '---\nmaterial: stone\n---\n',
    });
  });

  it('follows an identifier that entries refer to, where no place is named', async () => {
    const files = {
      'data/people.json': '[{ "id": "piet-vos" }]\n',
      'a/one.md': '---\nlead: piet\ntitle: piet and the moon\n---\npiet\n',
    };
    const facts = { message: 'Entry people → piet was not found.', symbol: 'piet' };
    const changes = [modified('data/people.json', '@@ -1 +1 @@\n-[{ "id": "piet" }]\n+[{ "id": "piet-vos" }]\n')];

    expect(await repairWith(renamedWord, facts, { files, changes })).toEqual({
      'a/one.md': '---\nlead: piet-vos\ntitle: piet and the moon\n---\npiet\n',
    });
  });

  it('follows a mixin that got a parameter with a default', async () => {
    const files = {
      'tokens.scss': '@mixin strong-link($colour, $weight: 600) {\n}\n',
      'row.scss': 'a {\n  @include bold-link($ice);\n}\nb {\n  @include bold-link;\n}\n.bold-link {\n}\n',
      'own.scss': '@mixin bold-link {\n}\nb {\n  @include bold-link;\n}\n',
      'bar.scss': 'i {\n  @include tokens.bold-link;\n}\n',
    };
    const facts = {
      kind: 'style',
      file: 'row.scss',
      line: 2,
      message: 'Undefined mixin.',
      symbol: 'bold-link',
    } as const;
    const changes = [
      modified(
        'tokens.scss',
        '@@ -1 +1 @@\n-@mixin bold-link($colour) {\n+@mixin strong-link($colour, $weight: 600) {\n',
      ),
    ];

    expect(await repairWith(renamedWord, facts, { files, changes })).toEqual({
      'row.scss': 'a {\n  @include strong-link($ice);\n}\nb {\n  @include strong-link;\n}\n.bold-link {\n}\n',
      'bar.scss': 'i {\n  @include tokens.strong-link;\n}\n',
    });
  });

  it('does not mind columns that are aligned, and takes the place that the compiler names', async () => {
    const files = {
      'schema.prisma': 'model Rider {\n  handle   String\n}\n',
      'a.ts': 'const a = (r) => ({ callsign: r.callsign });\n',
    };
    const facts = { file: 'a.ts', line: 1, column: 33, message: "Property 'callsign' does not exist on type 'Rider'." };
    const changes = [modified('schema.prisma', '@@ -2 +2 @@\n-  callsign String\n+  handle   String\n')];

    expect(await repairWith(renamedWord, facts, { files, changes })).toEqual({
      'a.ts': 'const a = (r) => ({ callsign: r.handle });\n',
    });
  });

  it.each([
    ['a member of a type that the changed file does not know', "Property 'lamp' does not exist on type 'Response'."],
    ['a member of what has another shape', "Property 'lamp' does not exist on type '{ bulb: string; }'."],
    ['a member of a type of the language', "Property 'lamp' does not exist on type 'Promise<string>'."],
  ])('has no answer for %s', async (_, message) => {
    const files = { 'src/lamp.tsx': '\nshow(p.lamp);\n', 'src/routes.ts': "route('/lamps/:lampId') as Promise<1>\n" };
    const changes = [modified('src/routes.ts', hunks)];
    expect(await repairWith(renamedWord, { ...error, message }, { files, changes })).toBeUndefined();
  });

  it('has no answer where what was renamed is a variable that no other file sees', async () => {
    const files = {
      'src/show.tsx': '\nshow(items);\n',
      'src/list.ts': 'export function list() {\n  const rows = read();\n  return rows.length;\n}\n',
    };
    const changes = [
      modified(
        'src/list.ts',
        '@@ -2,2 +2,2 @@\n-  const items = read();\n-  return items.length;\n+  const rows = read();\n+  return rows.length;\n',
      ),
    ];
    const facts = { file: 'src/show.tsx', line: 2, message: "Cannot find name 'items'." };
    expect(await repairWith(renamedWord, facts, { files, changes })).toBeUndefined();
    const seen = { ...files, 'src/list.ts': 'export const rows = read();\n' };
    expect(await repairWith(renamedWord, facts, { files: seen, changes })).toEqual({
      'src/show.tsx': '\nshow(rows);\n',
    });
  });

  it('has no answer where the key is of an object that others take as well', async () => {
    const text = (more: string) => `const given = { lamp: 'a' };\nshow(given);\n${more}`;
    const message =
      "Property 'lampId' is missing in type '{ lamp: string; }' but required in type '{ lampId: string; }'.";
    const answer = (more: string) =>
      repairWith(
        renamedWord,
        { ...error, message },
        {
          files: { 'src/lamp.tsx': text(more), 'src/routes.ts': "route('/lamps/:lampId')\n" },
          changes: [modified('src/routes.ts', hunks)],
        },
      );
    expect(await answer('')).toEqual({ 'src/lamp.tsx': text('').replace('lamp:', 'lampId:') });
    expect(await answer('store(given);\n')).toBeUndefined();
  });

  it('has no answer for an error of another kind', async () => {
    const files = { 'src/lamp.tsx': '\nshow(p.lamp);\n', 'src/routes.ts': "route('/lamps/:lampId')\n" };
    const other = { ...error, message: "Type 'lamp' is not assignable to type 'number'." };
    expect(
      await repairWith(renamedWord, other, { files, changes: [modified('src/routes.ts', hunks)] }),
    ).toBeUndefined();
  });
});

describe('renamed-variable', () => {
  const hunks = '@@ -1 +1 @@\n-$brass: #b80;\n+$gold: #b80;\n';
  const error = { kind: 'style', file: 'src/page.scss', line: 2, column: 10, message: 'Undefined variable.' } as const;

  it('follows everywhere', async () => {
    const files = {
      'src/colours.scss': '$gold: #b80;\n',
      'src/page.scss': 'p {\n  color: $brass;\n  fill: $brass;\n}\n',
    };
    expect(await repairWith(renamedVariable, error, { files, changes: [modified('src/colours.scss', hunks)] })).toEqual(
      {
        'src/page.scss': 'p {\n  color: $gold;\n  fill: $gold;\n}\n',
      },
    );
  });

  it('leaves sheets that load one of a package', async () => {
    const page = (load: string) => `${load}\np {\n  color: $brass;\n}\n`;
    const files = {
      'src/colours.scss': '$gold: #b80;\n',
      'src/page.scss': 'p {\n  color: $brass;\n}\n',
      'src/own.scss': page("@use 'sass:math';\n@use './colours' as *;"),
      'src/theme.scss': page("@use 'brass-theme/tokens' as *;"),
    };
    const answer = await repairWith(renamedVariable, error, { files, changes: [modified('src/colours.scss', hunks)] });
    expect(Object.keys(answer ?? {})).toEqual(['src/page.scss', 'src/own.scss']);
  });

  it('has no answer where nothing is declared by the new name', async () => {
    const files = { 'src/colours.scss': '', 'src/page.scss': 'p {\n  color: $brass;\n}\n' };
    expect(
      await repairWith(renamedVariable, error, { files, changes: [modified('src/colours.scss', hunks)] }),
    ).toBeUndefined();
  });
});

describe('renamed-variable, in Less and with other lines beside it', () => {
  const less = { kind: 'style', file: 'src/page.less', message: 'variable @ember is undefined' } as const;
  const page = 'p {\n  color: @ember;\n  margin: -@ember;\n  .@{ember} { fill: fade(@ember, 5%); }\n}\n';
  const diff = (...lines: string[]) => [
    modified('src/colours.less', `@@ -1,2 +1,3 @@\n @gap: 4px;\n${lines.join('\n')}\n`),
  ];
  const files = { 'src/colours.less': '@gap: 4px;\n@flame: #d9480f;\n@ash: #adb5bd;\n', 'src/page.less': page };

  it.each([
    ['alone', ['-@ember: #d9480f;', '+@flame: #d9480f;']],
    ['with another that came', ['-@ember: #d9480f;', '+@flame: #d9480f;', '+@ash: #adb5bd;']],
    ['with another that went', ['-@soot: #000;', '-@ember: #d9480f;', '+@flame: #d9480f; // fire']],
  ])('follows %s', async (_, lines) => {
    expect(await repairWith(renamedVariable, less, { files, changes: diff(...lines) })).toEqual({
      'src/page.less': page.replaceAll('ember', 'flame'),
    });
  });

  it.each([
    ['two have its value now', ['-@ember: #d9480f;', '+@flame: #d9480f;', '+@ash: #d9480f;']],
    ['two had its value', ['-@ember: #d9480f;', '-@soot: #d9480f;', '+@flame: #d9480f;']],
    ['none has its value now', ['-@ember: #d9480f;', '+@flame: #c92a2a;', '+@ash: #adb5bd;']],
    [
      'another that stayed has its value',
      [' @rust: #d9480f;', '-@ember: #d9480f;', '+@flame: #d9480f;', '+@ash: #adb5bd;'],
    ],
    ['the value says little', ['-@ember: 0;', '+@flame: 0;', '+@ash: #adb5bd;']],
    ['a property of CSS has the value', ['-@ember: #d9480f;', '+--flame: #d9480f;', '+@ash: #adb5bd;']],
  ])('has no answer where %s', async (_, lines) => {
    expect(await repairWith(renamedVariable, less, { files, changes: diff(...lines) })).toBeUndefined();
  });

  it('follows in the styles of a component, and nowhere else in it', async () => {
    const component = (name: string) =>
      `<template><p title="@ember">@ember</p></template>\n<style lang="less">\np { color: @${name}; }\n</style>\n`;
    const repository = {
      files: { 'src/colours.less': '@flame: #d9480f;\n', 'src/A.vue': component('ember') },
      changes: diff('-@ember: #d9480f;', '+@flame: #d9480f;'),
    };
    expect(await repairWith(renamedVariable, { ...less, file: 'src/A.vue' }, repository)).toEqual({
      'src/A.vue': component('flame'),
    });
  });
});

describe('renamed-key', () => {
  const error = { kind: 'json', file: 'turbo.json', message: 'Found `pipeline` field instead of `tasks`.' } as const;

  it('is called as its tool calls it now', async () => {
    const files = { 'turbo.json': '{\n  "pipeline": { "build": {} }\n}\n' };
    expect(await repairWith(renamedKey, error, { files })).toEqual({
      'turbo.json': '{\n  "tasks": { "build": {} }\n}\n',
    });
  });

  it.each([
    ['the new key stands there too', '{ "pipeline": {}, "tasks": {} }'],
    ['the old key stands deeper', '{ "extends": { "pipeline": {} } }'],
  ])('has no answer when %s', async (_, text) => {
    expect(await repairWith(renamedKey, error, { files: { 'turbo.json': text } })).toBeUndefined();
  });
});

describe('renamed-mixin', () => {
  const changes = [modified('vars.less', '@@ -1 +1 @@\n-.row() {\n+.inline-row() {\n')];
  const error = { kind: 'style', file: 'src/Bar.vue', message: '[less] .row is undefined' } as const;
  const bar = '<template><p class="row">.row;</p></template>\n<style lang="less">\n.bar {\n  .row();\n}\n</style>\n';

  it('is called by its new name in styles alone', async () => {
    const files = { 'vars.less': '.inline-row() {\n  display: flex;\n}\n', 'src/Bar.vue': bar };
    expect(await repairWith(renamedMixin, error, { files, changes })).toEqual({
      'src/Bar.vue': bar.replace('  .row();', '  .inline-row();'),
    });
  });

  it('has no answer where one of the old name is still declared', async () => {
    const files = { 'vars.less': '.inline-row() {\n}\n', 'old.less': '.row() {\n}\n', 'src/Bar.vue': bar };
    expect(await repairWith(renamedMixin, error, { files, changes })).toBeUndefined();
  });
});
