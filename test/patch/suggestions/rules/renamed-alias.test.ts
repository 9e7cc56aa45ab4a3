import { describe, expect, it } from 'vitest';
import { renamedAlias } from '../../../../lib/patch/suggestions/rules/renamed-alias.js';
import { repairWith } from '../repository.js';

const error = (specifier: string) =>
  ({
    file: 'src/lib/pile.ts',
    kind: 'module-not-found',
    specifier,
    message: `Cannot find module '${specifier}'`,
  }) as const;
const svelte = (name: string) => `export default {\n  kit: { alias: { ${name}: 'src/data' } },\n};\n`;
const importing = (name: string) => `import crates from '${name}/crates.json';\nimport { size } from './size';\n`;
const changed = (path: string, before: string, after: string) =>
  [{ status: 'modified', path, hunks: `@@ -2 +2 @@\n-${before}\n+${after}` }] as const;

describe('renamed-alias', () => {
  const rest = { 'src/data/crates.json': '[]', 'src/lib/size.ts': 'export const size = 1;\n' };
  const kit = changed(
    'svelte.config.js',
    "  kit: { alias: { $data: 'src/data' } },",
    "  kit: { alias: { $stock: 'src/data' } },",
  );

  it('is followed by everyone who imports by the old name', async () => {
    const files = {
      ...rest,
      'svelte.config.js': svelte('$stock'),
      'src/lib/pile.ts': importing('$data'),
      'src/routes/+page.ts': "import crates from '$data/crates.json';\n",
    };
    expect(await repairWith(renamedAlias, error('$data/crates.json'), { files, changes: kit })).toEqual({
      'src/lib/pile.ts': importing('$stock'),
      'src/routes/+page.ts': "import crates from '$stock/crates.json';\n",
    });
  });

  it('in the settings of the compiler', async () => {
    const files = {
      ...rest,
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@stock/*": ["./src/data/*"] } } }\n',
      'src/lib/pile.ts': importing('@data'),
    };
    const changes = changed(
      'tsconfig.json',
      '    "paths": { "@data/*": ["./src/data/*"] }',
      '    "paths": { "@stock/*": ["./src/data/*"] }',
    );
    expect(await repairWith(renamedAlias, error('@data/crates.json'), { files, changes })).toEqual({
      'src/lib/pile.ts': importing('@stock'),
    });
  });

  it.each([
    [
      'the new name leads to no such file',
      { 'svelte.config.js': svelte('$stock').replace('src/data', 'src/store') },
      kit,
    ],
    ['nothing was renamed', { 'svelte.config.js': svelte('$stock') }, []],
    [
      'another name was',
      { 'svelte.config.js': svelte('$stock') },
      changed('svelte.config.js', '  $dates: 1', '  $stock: 1'),
    ],
  ])('has no answer where %s', async (_, more, changes) => {
    const files = { ...rest, 'src/lib/pile.ts': importing('$data'), ...more };
    expect(await repairWith(renamedAlias, error('$data/crates.json'), { files, changes })).toBeUndefined();
  });
});
