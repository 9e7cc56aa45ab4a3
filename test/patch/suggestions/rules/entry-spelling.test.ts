import { describe, expect, it } from 'vitest';
import { entrySpelling } from '../../../../lib/patch/suggestions/rules/entry-spelling.js';
import { repairWith } from '../repository.js';

describe('an entry that its collection does not have', () => {
  const config = `import { defineCollection, reference } from 'astro:content';
import { file, glob } from 'astro/loaders';
const keepers = defineCollection({ loader: file('src/data/keepers.json') });
const lamps = defineCollection({ loader: glob({ base: './src/lamps', pattern: '**/*.md' }) });
export const collections = { keepers, lamps, notes: defineCollection({ loader: feed() }) };
`;
  const files = {
    'src/content.config.ts': config,
    'src/data/keepers.json': '[{ "id": "ingrid" }, { "id": "olav" }]\n',
    'src/lamps/fastnet.md': '---\ntitle: Fastnet\n---\n',
    'src/lamps/skerryvore.md': '---\ntitle: Ingird\nkeeper: ingird\n---\n\ningird\n',
  };
  const repair = (entry: string, more: Readonly<Record<string, string>> = {}) =>
    repairWith(
      entrySpelling,
      {
        tool: 'astro',
        message: `Cannot read properties of undefined\nEntry ${entry} was not found.`,
        route: '/lamps/skerryvore/',
      },
      { files: { ...files, ...more } },
    );

  it('is respelt in the front matter that names it', async () => {
    expect(await repair('keepers → ingird')).toEqual({
      'src/lamps/skerryvore.md': files['src/lamps/skerryvore.md'].replace('keeper: ingird', 'keeper: ingrid'),
    });
  });

  it('is respelt in code, by the files of its folder', async () => {
    const page = "const lamp = await getEntry('lamps', 'fastent');\n";

    expect(await repair('lamps → fastent', { 'src/pages/a.ts': page })).toEqual({
      'src/pages/a.ts': page.replace('fastent', 'fastnet'),
    });
  });

  it('is respelt in data, and looked for in an object by its keys', async () => {
    const more = {
      'src/data/keepers.json': '{ "ingrid": {}, "olav": {} }\n',
      'src/data/rota.json': '[{ "keeper": "olva" }]\n',
    };

    expect(await repair('keepers → olva', more)).toEqual({ 'src/data/rota.json': '[{ "keeper": "olav" }]\n' });
  });

  it.each([
    ['is like none', 'keepers → bjorn', { 'src/a.ts': "get('bjorn');\n" }],
    ['is named in two places', 'keepers → ingird', { 'src/a.ts': "get('ingird');\n" }],
    ['comes from elsewhere', 'notes → fastent', { 'src/a.ts': "get('fastent');\n" }],
    ['is named nowhere', 'lamps → fastent', {}],
  ])('has no answer for one that %s', async (_, entry, more) => {
    expect(await repair(entry, more)).toBeUndefined();
  });
});
