import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { movedImporter } from '../../../../lib/patch/suggestions/rules/moved-importer.js';
import { repairWith } from '../repository.js';

describe('moved-importer', () => {
  const renamed = (previousPath: string, path: string): FileChange => ({ path, previousPath, status: 'renamed' });
  const down = renamed('src/lib/units.ts', 'src/lib/format/units.ts');
  const repair = (
    specifier: string,
    files: Readonly<Record<string, string>>,
    changes: readonly FileChange[] = [down],
    file = down.path,
  ) =>
    repairWith(
      movedImporter,
      { file, line: 1, message: `Cannot find module '${specifier}'`, specifier },
      { files, changes },
    );

  it('takes its own imports along when it moves down', async () => {
    const text =
      "import type { Units } from './types';\nimport { a } from './near.js';\nimport '../base.css';\nimport { b } from '@/b';\n\nconst c = () => import('./types');\n";
    const files = {
      [down.path]: text,
      'src/lib/types.ts': '',
      'src/lib/near.ts': '',
      'src/base.css': '',
    };
    expect(await repair('./types', files)).toEqual({
      [down.path]: text.replaceAll('./types', '../types').replace('./near', '../near').replace('../base', '../../base'),
    });
  });

  it('when it moves up, and when a module that it imports went elsewhere with it', async () => {
    const path = 'src/Card.tsx';
    const files = {
      [path]: "import { tint } from '../tint';\nimport styles from './Card.module.css';\n",
      'src/tint.ts': '',
      'src/styles/Card.module.css': '',
    };
    const changes = [renamed('src/ui/Card.tsx', path), renamed('src/ui/Card.module.css', 'src/styles/Card.module.css')];
    expect(await repair('../tint', files, changes, path)).toEqual({
      [path]: "import { tint } from './tint';\nimport styles from './styles/Card.module.css';\n",
    });
  });

  it('in a component', async () => {
    const path = 'src/views/lists/Loans.vue';
    const files = { [path]: "<script setup>\nimport Row from './Row.vue';\n</script>\n", 'src/views/Row.vue': '' };
    expect(await repair('./Row.vue', files, [renamed('src/views/Loans.vue', path)], path)).toEqual({
      [path]: "<script setup>\nimport Row from '../Row.vue';\n</script>\n",
    });
  });

  const importing = { [down.path]: "import './types';\n" };
  it.each<[string, Readonly<Record<string, string>>, readonly FileChange[]]>([
    ['led nowhere before', importing, [down]],
    ['stands in a file that did not move', { ...importing, 'src/lib/types.ts': '' }, []],
    [
      'stands in a file that has another name in the same folder',
      { ...importing, 'src/lib/types.ts': '' },
      [renamed('src/lib/format/unit.ts', down.path)],
    ],
  ])('leaves what %s', async (_, files, changes) => {
    expect(await repair('./types', files, changes)).toBeUndefined();
  });
});
