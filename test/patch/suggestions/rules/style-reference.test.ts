import { describe, expect, it } from 'vitest';
import { styleReference } from '../../../../lib/patch/suggestions/rules/style-reference.js';
import { repairWith } from '../repository.js';

const message =
  'Cannot apply unknown utility class `px-4`. Are you using CSS modules or similar and missing `@reference`? https://tailwindcss.com/docs/functions-and-directives#reference-directive';
const main = '@import "tailwindcss";\n\n@theme {\n  --color-slate: #334;\n}\n';
const button =
  '<template>\n  <b class="knob"><slot /></b>\n</template>\n\n<style scoped>\n.knob {\n  @apply px-4;\n}\n</style>\n';
const referred = (path: string) => button.replace('.knob {', `@reference "${path}";\n\n.knob {`);
const repair = (files: Readonly<Record<string, string>>, file = 'src/ui/Knob.vue') =>
  repairWith(styleReference, { file, tool: 'tailwind', kind: 'style', message }, { files });

describe('style-reference', () => {
  it('refers to the sheet that imports Tailwind, in every component that applies utilities', async () => {
    const plain = button.replace('@apply px-4', 'padding: 4px');
    expect(
      await repair({
        'src/main.css': main,
        'src/ui/Knob.vue': button,
        'src/Bar.vue': button,
        'src/ui/Plain.vue': plain,
      }),
    ).toEqual({ 'src/ui/Knob.vue': referred('../main.css'), 'src/Bar.vue': referred('./main.css') });
  });

  it('and in CSS modules, not in those that have it', async () => {
    const sheet = '.knob {\n  @apply px-4;\n}\n';
    const file = 'app/knob.module.css';
    const there = `@reference "./globals.css";\n${sheet}`;
    expect(await repair({ 'app/globals.css': main, [file]: sheet, 'app/bar.module.css': there }, file)).toEqual({
      [file]: `@reference "./globals.css";\n\n${sheet}`,
    });
  });

  it.each([
    ['no sheet imports Tailwind', { 'src/ui/Knob.vue': button }],
    ['two do', { 'src/main.css': main, 'src/admin.css': main, 'src/ui/Knob.vue': button }],
    ['the component has one', { 'src/main.css': main, 'src/ui/Knob.vue': referred('../main.css') }],
  ])('has no answer where %s', async (_, files) => {
    expect(await repair(files)).toBeUndefined();
  });
});
