import { describe, expect, it } from 'vitest';
import { packageRename } from '../../../../lib/patch/suggestions/rules/package-rename.js';
import { repairWith } from '../repository.js';

describe('an export that its package has renamed', () => {
  const layout =
    '---\nimport { ViewTransitions } from \'astro:transitions\';\n---\n<html lang="en"><head><ViewTransitions /></head></html>\n';
  const missing = '"ViewTransitions" is not exported by "\\0astro:transitions".';
  const deprecated =
    'The `getEntryBySlug` function is deprecated and cannot be used to query the "notes" collection. Use `getEntry` instead.';

  it('is imported by its new name, in markup too', async () => {
    const file = 'src/layouts/Base.astro';
    expect(await repairWith(packageRename, { file, message: missing }, { files: { [file]: layout } })).toEqual({
      [file]: layout.replaceAll('ViewTransitions', 'ClientRouter'),
    });
  });

  it('is followed wherever it is imported, as the error names no file', async () => {
    const page = (name: string) =>
      `---\nimport { ${name} } from 'astro:content';\n\nconst note = await ${name}('notes', 'a');\n---\n{note?.id}\n`;
    const files = { 'src/pages/a.astro': page('getEntryBySlug'), 'src/pages/b.astro': page('getEntryBySlug') };
    expect(await repairWith(packageRename, { message: deprecated }, { files })).toEqual({
      'src/pages/a.astro': page('getEntry'),
      'src/pages/b.astro': page('getEntry'),
    });
  });

  it('is told of by the compiler', async () => {
    const text = "import { unstable_after as after } from 'next/server';\n\nafter(() => {});\n";
    const message = `Module '"next/server"' has no exported member 'unstable_after'.`;
    expect(await repairWith(packageRename, { file: 'app/a.ts', message }, { files: { 'app/a.ts': text } })).toEqual({
      'app/a.ts': text.replace('unstable_after as after', 'after'),
    });
  });

  it.each([
    ['of another module', missing.replace('astro:transitions', 'src/transitions.ts'), layout],
    ['imported from elsewhere', missing, layout.replace('astro:transitions', '../transitions')],
    ['that is not called so', missing.replace('ViewTransitions', 'Transitions'), layout],
    ['that stays by another advice', deprecated.replace('`getEntry`', '`getCollection`'), layout],
  ])('is left alone: one %s', async (_, message, text) => {
    const files = { 'src/pages/a.astro': text };
    expect(await repairWith(packageRename, { file: 'src/pages/a.astro', message }, { files })).toBeUndefined();
  });
});
