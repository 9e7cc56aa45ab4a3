import { describe, expect, it } from 'vitest';
import { misnamedModule } from '../../../../lib/patch/suggestions/rules/misnamed-module.js';
import { suggest } from '../../../../lib/patch/suggestions/suggest.js';
import { contextOf, diagnosisOf, errorOf, type Repository } from '../repository.js';

async function editsOf(error: Parameters<typeof errorOf>[0], repository: Repository) {
  const suggestion = await suggest(diagnosisOf([errorOf(error)]), contextOf(repository), [misnamedModule]);
  return suggestion.outcome === 'patch' ? suggestion.patch.edits : undefined;
}

const sign = 'export function Sign({ pier }: { pier: string }) {\n  return <b>{pier}</b>;\n}\n';

describe('JSX in a file whose name has no room for it', () => {
  const error = { file: 'src/sign.ts', line: 2, kind: 'syntax' as const, message: "'>' expected." };
  const page = (specifier: string) => `import { Sign } from '${specifier}';\n\nexport const page = Sign;\n`;

  it('is renamed, and who names the extension follows', async () => {
    const files = { 'src/sign.ts': sign, 'src/a.ts': page('./sign'), 'src/b.ts': page('./sign.ts') };
    const edits = await editsOf(error, { files });

    expect(edits).toEqual([
      { kind: 'create', path: 'src/sign.tsx', content: sign },
      expect.objectContaining({ kind: 'replace', path: 'src/b.ts', replace: expect.stringContaining("'./sign.tsx'") }),
      { kind: 'delete', path: 'src/sign.ts' },
    ]);
  });

  it('of JavaScript too, where the tool asks for it', async () => {
    const script = 'export const sign = <b>Pier</b>;\n';
    const asked = { file: 'src/sign.js', message: 'The JSX syntax extension is not currently enabled' };

    expect(await editsOf(asked, { files: { 'src/sign.js': script } })).toEqual([
      { kind: 'create', path: 'src/sign.jsx', content: script },
      { kind: 'delete', path: 'src/sign.js' },
    ]);
    expect(
      await editsOf({ ...asked, message: 'Unexpected token' }, { files: { 'src/sign.js': script } }),
    ).toBeUndefined();
  });

  it.each<[string, Repository]>([
    ['something else is broken', { files: { 'src/sign.ts': 'export const = <b>;\n' } }],
    ['the other name is taken', { files: { 'src/sign.ts': sign, 'src/sign.tsx': sign } }],
    ['there is no JSX', { files: { 'src/sign.ts': 'const a = (;\n' } }],
    ['the tree is not known whole', { files: { 'src/sign.ts': sign }, truncated: true }],
  ])('stays where %s', async (_, repository) => {
    expect(await editsOf(error, repository)).toBeUndefined();
  });
});

describe('runes outside of a module of Svelte', () => {
  const store = 'export const basket = $state({ boats: 0 });\n';
  const error = { tool: 'sveltekit', kind: 'prerender' as const, message: 'ReferenceError: $state is not defined' };
  const view = (specifier: string) =>
    `<script>\n  import { basket } from '${specifier}';\n</script>\n\n{basket.boats}\n`;

  it('bring the name, and the imports follow', async () => {
    const files = {
      'src/lib/basket.ts': store,
      'src/a.svelte': view('./lib/basket'),
      'src/b.svelte': view('./lib/basket.js'),
    };
    const edits = await editsOf(error, { files });

    expect(edits).toEqual([
      { kind: 'create', path: 'src/lib/basket.svelte.ts', content: store },
      expect.objectContaining({ path: 'src/a.svelte', replace: expect.stringContaining("'./lib/basket.svelte'") }),
      expect.objectContaining({ path: 'src/b.svelte', replace: expect.stringContaining("'./lib/basket.svelte.js'") }),
      { kind: 'delete', path: 'src/lib/basket.ts' },
    ]);
  });

  it('two such modules leave it open which', async () => {
    expect(await editsOf(error, { files: { 'src/a.ts': store, 'src/b.ts': store } })).toBeUndefined();
  });
});
