import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { dataReference } from '../../../../lib/patch/suggestions/rules/data-reference.js';
import { movedPartial } from '../../../../lib/patch/suggestions/rules/moved-partial.js';
import { renamedDocument } from '../../../../lib/patch/suggestions/rules/renamed-document.js';
import { repairWith } from '../repository.js';

const moved = (previousPath: string, path: string): FileChange => ({ status: 'renamed', path, previousPath });

describe('a page that a sidebar lists', () => {
  const page = '---\ntitle: Closing hours\n---\n';
  // @docusaurus/plugin-content-docs 3.10, lib/sidebars/utils.js
  const docusaurus = (file: string, ...ids: string[]) => ({
    kind: 'other' as const,
    file,
    message: `Error: Invalid sidebar file at "${file}".\nThese sidebar document ids do not exist:\n${ids.map((id) => `- ${id}`).join('\n')}`,
  });
  const sidebar = (id: string) =>
    `export default { guide: ['intro', { type: 'doc', id: '${id}', label: 'ops/night' }] };\n`;

  it.each([
    ['docs/ops/night.md', 'docs/ops/hours.md', 'ops/night', 'ops/hours'],
    ['docs/02-ops/03-night.mdx', 'docs/02-ops/01-hours.mdx', 'ops/night', 'ops/hours'],
    ['website/docs/ops/night.md', 'website/docs/rules/night.md', 'ops/night', 'rules/night'],
  ])('%s is %s', async (before, after, id, now) => {
    const files = { 'sidebars.ts': sidebar(id), [after]: page };
    const answer = await repairWith(renamedDocument, docusaurus('sidebars.ts', id), {
      files,
      changes: [moved(before, after)],
    });
    expect(answer).toEqual({ 'sidebars.ts': sidebar(now) });
  });

  it('of Starlight', async () => {
    // @astrojs/starlight, utils/navigation.ts
    const message = 'The slug `"ops/night"` specified in the Starlight sidebar config does not exist.';
    const config = (slug: string) =>
      `export default { integrations: [starlight({ sidebar: [{ slug: '${slug}' }] })] };\n`;
    const path = 'src/content/docs/ops/hours.md';
    const repository = {
      files: { 'astro.config.mjs': config('ops/night'), [path]: page },
      changes: [moved('src/content/docs/ops/night.md', path)],
    };
    expect(await repairWith(renamedDocument, { kind: 'config', message }, repository)).toEqual({
      'astro.config.mjs': config('ops/hours'),
    });
  });

  it('of Nextra', async () => {
    // nextra 4, src/server/page-map/normalize.ts
    const message =
      'Validation of "_meta" file has failed.\nThe field key "night" in `_meta` file refers to a page that cannot be found, remove this key from "_meta" file.';
    const meta = (key: string) => `export default {\n  index: 'Start',\n  ${key}: 'At night',\n};\n`;
    const repository = {
      files: { 'content/ops/_meta.js': meta('night'), 'content/ops/closing-hours.mdx': page },
      changes: [moved('content/ops/night.mdx', 'content/ops/closing-hours.mdx')],
    };
    expect(await repairWith(renamedDocument, { kind: 'config', message }, repository)).toEqual({
      'content/ops/_meta.js': meta("'closing-hours'"),
    });
  });

  it.each([
    [
      'the page still stands',
      { 'docs/ops/night.md': page, 'docs/ops/hours.md': page },
      [moved('docs/ops/night.md', 'docs/ops/hours.md')],
    ],
    [
      'the page has an id of its own',
      { 'docs/ops/hours.md': '---\nid: closed\n---\n' },
      [moved('docs/ops/night.md', 'docs/ops/hours.md')],
    ],
    ['the page left the docs', { 'blog/hours.md': page }, [moved('docs/ops/night.md', 'blog/hours.md')]],
    ['the page was only removed', {}, [{ status: 'removed' as const, path: 'docs/ops/night.md' }]],
    [
      'two pages of the id moved',
      { 'docs/ops/a.md': page, 'guide/ops/b.md': page },
      [moved('docs/ops/night.md', 'docs/ops/a.md'), moved('guide/ops/night.md', 'guide/ops/b.md')],
    ],
  ])('is left where %s', async (_, pages, changes) => {
    const files = { 'sidebars.ts': sidebar('ops/night'), ...pages };
    expect(
      await repairWith(renamedDocument, docusaurus('sidebars.ts', 'ops/night'), { files, changes }),
    ).toBeUndefined();
  });
});

describe('a partial of Sass that moved', () => {
  const error = (file: string, line = 1) => ({
    kind: 'style' as const,
    file,
    line,
    message: "SassError: Can't find stylesheet to import.",
  });
  const file = 'src/styles/abstracts/_mixins.scss';
  const changes = [moved('src/styles/_mixins.scss', file)];
  const body = '\n\n@mixin a { color: red; }\n';

  it.each([
    ["@use 'palette';", "@use '../palette';"],
    ['@use "palette" as p;', '@use "../palette" as p;'],
    ["@forward './palette';", "@forward '../palette';"],
    ["@use 'palette.scss' with ($ink: red);", "@use '../palette.scss' with ($ink: red);"],
    ["@use 'sub/tokens';", "@use '../sub/tokens';"],
    ["@use '../base';", "@use '../../base';"],
    ["@use 'sass:math';\n@import 'palette';", "@use 'sass:math';\n@import '../palette';"],
  ])('finds its neighbours: %s', async (before, after) => {
    const files = {
      [file]: before + body,
      'src/styles/_palette.scss': '',
      'src/styles/sub/_index.scss': '',
      'src/styles/sub/_tokens.scss': '',
      'src/_base.scss': '',
    };
    const line = before.split('\n').length;
    expect(await repairWith(movedPartial, error(file, line), { files, changes })).toEqual({ [file]: after + body });
  });

  it.each([
    ["@use 'mixins';", "@use 'abstracts/mixins';"],
    ["@import './mixins';", "@import './abstracts/mixins';"],
  ])('is found: %s', async (before, after) => {
    const files = { 'src/styles/main.scss': before + body, [file]: '' };
    expect(await repairWith(movedPartial, error('src/styles/main.scss'), { files, changes })).toEqual({
      'src/styles/main.scss': after + body,
    });
  });

  it('is found by all that load it, style elements too', async () => {
    const card = (name: string) => `<p>Tide</p>\n\n<style lang="scss">\n  @use '../styles/${name}' as *;\n</style>\n`;
    const files = {
      'src/styles/main.scss': "@use 'tokens' as t;\n",
      'src/styles/_inks.scss': '$ink: red;\n',
      'src/parts/Card.svelte': card('tokens'),
      'src/parts/Other.svelte': card('marks'),
      'src/styles/_marks.scss': '',
    };
    const changes = [moved('src/styles/_tokens.scss', 'src/styles/_inks.scss')];
    const repaired = { 'src/styles/main.scss': "@use 'inks' as t;\n", 'src/parts/Card.svelte': card('inks') };

    expect(await repairWith(movedPartial, error('src/styles/main.scss'), { files, changes })).toEqual(repaired);
    expect(await repairWith(movedPartial, error('src/parts/Card.svelte', 4), { files, changes })).toEqual(repaired);
  });

  it.each([
    [
      'it went to another package',
      { 'src/main.scss': "@use 'mixins';\n", 'ui/_mixins.scss': '', 'ui/package.json': '{}', 'package.json': '{}' },
      'src/main.scss',
      [moved('src/_mixins.scss', 'ui/_mixins.scss')],
    ],
    [
      'a sheet of that name came too',
      { 'src/main.scss': "@use 'mixins';\n", 'src/old/_mixins.scss': '', 'src/new/_mixins.scss': '' },
      'src/main.scss',
      [moved('src/_mixins.scss', 'src/old/_mixins.scss'), { status: 'added' as const, path: 'src/new/_mixins.scss' }],
    ],
    ['nothing stood there', { [file]: "@use 'palette';\n" }, file, changes],
    [
      'the neighbour moved along',
      { [file]: "@use 'palette';\n", 'src/styles/abstracts/_palette.scss': '', 'src/styles/_palette.scss': '' },
      file,
      changes,
    ],
    ['nothing moved', { [file]: "@use 'palette';\n", 'src/styles/_palette.scss': '' }, file, []],
    [
      'a module would have another name',
      { 'src/main.scss': "@use 'mixins';\n", 'src/_helpers.scss': '' },
      'src/main.scss',
      [moved('src/_mixins.scss', 'src/_helpers.scss')],
    ],
    [
      'another line is at fault',
      { [file]: "@use 'palette';\n@use 'gone';\n", 'src/styles/_palette.scss': '' },
      file,
      changes,
    ],
  ])('is left where %s', async (reason, files, at, diff) => {
    const line = reason === 'another line is at fault' ? 2 : 1;
    expect(await repairWith(movedPartial, error(at, line), { files, changes: diff })).toBeUndefined();
  });
});

describe('a reference to a part with another name', () => {
  // openapi-typescript 7.13, @redocly/openapi-core
  const error = {
    kind: 'script-failed' as const,
    message:
      "Error: Can't resolve $ref at #/paths/~1specimens/get/responses/200/content/application~1json/schema/items",
  };
  const document = (name: string, ref: string, quote = "'") =>
    `paths:\n  /specimens:\n    items:\n      $ref: ${quote}${ref}${quote}\ncomponents:\n  schemas:\n    ${name}:\n      type: object\n    Specimens:\n      type: array\n`;
  const path = 'api/openapi.yaml';
  const change = (before: string, after: string, at = path): FileChange => ({
    status: 'modified',
    path: at,
    hunks: `@@ -7,1 +7,1 @@\n-    ${before}:\n+    ${after}:`,
  });
  const [old, now] = ['#/components/schemas/Specimen', '#/components/schemas/Sheet'];
  const changes = [change('Specimen', 'Sheet')];

  it.each(["'", '"'])('follows it within the document, in %s', async (quote) => {
    expect(
      await repairWith(dataReference, error, { files: { [path]: document('Sheet', old, quote) }, changes }),
    ).toEqual({
      [path]: document('Sheet', now, quote),
    });
  });

  it('follows it from other documents', async () => {
    const other = (pointer: string) => `{ "items": { "$ref": "../api/openapi.yaml${pointer}" } }\n`;
    const files = { [path]: document('Sheet', now), 'schemas/list.json': other(old) };
    // @apidevtools/json-schema-ref-parser 11
    const missing = { ...error, message: 'MissingPointerError: Token "Specimen" does not exist.' };
    expect(await repairWith(dataReference, missing, { files, changes })).toEqual({ 'schemas/list.json': other(now) });
  });

  it.each([
    ['the part is there', document('Specimen', old), changes],
    ['the diff does not rename it', document('Sheet', old), [change('Leaf', 'Sheet')]],
    ['the new name leads nowhere', document('Leaf', old), changes],
    ['the diff is not known', document('Sheet', old), []],
    [
      'it was split',
      document('Sheet', old).replace('Specimens', 'Label'),
      [{ status: 'modified' as const, path, hunks: '@@ -7,1 +7,2 @@\n-    Specimen:\n+    Sheet:\n+    Label:' }],
    ],
  ])('is left where %s', async (_, text, diff) => {
    expect(await repairWith(dataReference, error, { files: { [path]: text }, changes: diff })).toBeUndefined();
  });
});
