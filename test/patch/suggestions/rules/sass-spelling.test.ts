import { describe, expect, it } from 'vitest';
import { sassSpelling } from '../../../../lib/patch/suggestions/rules/sass-spelling.js';
import { repairWith } from '../repository.js';

describe('a name of Sass that nothing declares', () => {
  const tokens =
    '$kelp: #1f3a2c;\n$foam: #eee;\n$-own: 1;\n@function depth($n) { $half: 2; @return $n; }\n@mixin pier { top: 0; }\n';
  const files = {
    'src/styles/_tokens.scss': tokens,
    'src/styles/index.scss': "@forward 'tokens';\n",
    'src/styles/wide.scss': "@forward 'tokens' hide $foam;\n",
  };
  const repair = (text: string, message: string, place: { line?: number; file?: string } = {}) => {
    const file = place.file ?? 'src/pier.module.scss';
    return repairWith(sassSpelling, { kind: 'style', ...place, file, message }, { files: { ...files, [file]: text } });
  };

  it.each([
    ['variable', "@use 'styles/tokens' as t;\n.a { color: t.$klep; }\n", 'klep', 'kelp'],
    ['variable', "@use 'styles/tokens';\n.a { color: tokens.$klep; b { margin: tokens.$klep } }\n", 'klep', 'kelp'],
    ['variable', "@use './styles' as *;\n.a { color: $klep; }\n", 'klep', 'kelp'],
    ['variable', "@import 'styles/tokens';\n.a { color: rgba($klep, 0.5); }\n", 'klep', 'kelp'],
    ['variable', '$kelp-bed: red;\n.a { color: $kelpbed; }\n', 'kelpbed', 'kelp-bed'],
    ['variable', '@mixin a($width) { left: $widht; }\n', 'widht', 'width'],
    ['mixin', "@use 'styles/tokens' as t;\n.a { @include t.peir; }\n", 'peir', 'pier'],
    ['mixin', '@mixin pier { top: 0; }\n.a { @include pire(); }\n', 'pire', 'pier'],
    ['function', "@use 'styles/tokens' as t;\n.a { top: t.dpeth(2); }\n", 'dpeth', 'depth'],
  ])('%s: %s', async (kind, text, wrong, right) => {
    expect(await repair(text, `Error: Undefined ${kind}.`)).toEqual({
      'src/pier.module.scss': text.replaceAll(wrong, right),
    });
  });

  it('is looked for in the style elements of components', async () => {
    const text = (name: string) =>
      `<p>{{ $klep }}</p>\n<style lang="scss">\n@use './styles/tokens' as *;\np { color: $${name}; }\n</style>\n`;

    expect(await repair(text('klep'), '[sass] Undefined variable.', { file: 'src/Pier.vue', line: 3 })).toEqual({
      'src/Pier.vue': text('kelp'),
    });
  });

  it.each([
    ['it is like none', "@use 'styles/tokens' as t;\n.a { color: t.$sand; }\n"],
    ['it is like two', '$kelps: 1;\n$kelpa: 2;\n.a { top: $kelpo; }\n'],
    ['two are unknown and no line is named', '$kelp: 1;\n$foam: 1;\n.a { top: $klep; left: $faom; }\n'],
    ['a module cannot be read', "$kelp: 1;\n@import 'bulma';\n.a { top: $klep; }\n"],
    ['what a module hides may be meant', "@use 'styles/wide' as *;\n$kelp: 1;\n.a { top: $klep; }\n"],
    ['only a local name of the module is alike', "@use 'styles/tokens' as t;\n.a { top: t.$hafl; }\n"],
    ['only a private name of the module is alike', "@use 'styles/tokens' as t;\n.a { top: t.$own; }\n"],
    ['all is declared', "@use 'styles/tokens' as t;\n.a { color: t.$kelp; }\n"],
  ])('has no answer where %s', async (_, text) => {
    expect(await repair(text, 'Undefined variable.')).toBeUndefined();
  });

  it('takes the one on the line that the error names', async () => {
    const text = '$kelp: 1;\n$foam: 1;\n.a { top: $klep;\n  left: $faom; }\n';

    expect(await repair(text, 'Undefined variable.', { line: 4 })).toEqual({
      'src/pier.module.scss': text.replace('faom', 'foam'),
    });
    expect(await repair(text, 'Undefined variable.', { line: 2 })).toBeUndefined();
  });
});
