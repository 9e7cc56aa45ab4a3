import { describe, expect, it } from 'vitest';
import { exportFieldSpelling } from '../../../../lib/patch/suggestions/rules/export-field-spelling.js';
import { RULES } from '../../../../lib/patch/suggestions/rules.js';
import { errorOf, repairAll, repairWith } from '../repository.js';

describe('an export that its framework does not accept', () => {
  const svelte = (name: string) =>
    `Invalid export '${name}' in src/routes/+page.ts (valid exports are load, prerender, csr, ssr, trailingSlash, config, entries, or anything with a '_' prefix)`;
  const next = (name: string, kind: string) => `Type error: "${name}" is not a valid ${kind} export field.`;

  it.each([
    ['src/routes/+page.ts', svelte('laod'), 'laod', 'load'],
    ['src/routes/+page.ts', svelte('prerendr'), 'prerendr', 'prerender'],
    ['app/page.tsx', next('generateMetdata', 'Page'), 'generateMetdata', 'generateMetadata'],
    ['app/api/route.ts', next('Get', 'Route'), 'Get', 'GET'],
    ['app/api/route.ts', next('PSOT', 'Route'), 'PSOT', 'POST'],
  ])('%s: %s', async (file, message, wrong, right) => {
    const text = (name: string) => `export const ${name} = () => rows;\nlog(${name});\n`;

    expect(await repairWith(exportFieldSpelling, { file, message }, { files: { [file]: text(wrong) } })).toEqual({
      [file]: text(right),
    });
    // It is called otherwise, not taken out of the exports.
    expect(await repairAll(RULES, [errorOf({ file, message })], { files: { [file]: text(wrong) } })).toEqual({
      [file]: text(right),
    });
  });

  it.each([
    ['is like none', svelte('helper'), 'export const helper = 1;\n'],
    ['has a neighbour of the right name', svelte('laod'), 'export const laod = 1;\nexport const load = 2;\n'],
    ['is another word', svelte('loaded'), 'export const loaded = 1;\n'],
    ['is exported under another name', svelte('laod'), 'const a = 1;\nexport { a as laod };\n'],
  ])('has no answer for one that %s', async (_, message, text) => {
    const file = 'src/routes/+page.ts';

    expect(await repairWith(exportFieldSpelling, { file, message }, { files: { [file]: text } })).toBeUndefined();
  });

  it.each([
    ['settings', 'options', 'export const options = { providers: [] };\n', {}],
    ['a helper of the handler', 'get', 'export const get = (id) => rows[id];\nexport const POST = () => get(1);\n', {}],
    [
      'taken by another file',
      'laod',
      'export const laod = () => 1;\n',
      { 'lib/a.ts': "import { laod } from '../app/api/route';\nlaod();\n" },
    ],
  ])('leaves what may be %s', async (_, name, text, others) => {
    const file = 'app/api/route.ts';
    const message = name === 'laod' ? svelte(name) : next(name, 'Route');

    expect(
      await repairWith(exportFieldSpelling, { file, message }, { files: { [file]: text, ...others } }),
    ).toBeUndefined();
  });
});
