import { describe, expect, it } from 'vitest';
import type { BuildError } from '../../../../lib/diagnosis/diagnosis.js';
import { bundlerAlias } from '../../../../lib/patch/suggestions/rules/bundler-alias.js';
import { type Repository, repairWith } from '../repository.js';

describe('bundler-alias', () => {
  const object = (...entries: string[]) =>
    `export default {\n  resolve: {\n    alias: {\n${entries.map((entry) => `      ${entry},\n`).join('')}    },\n  },\n};\n`;
  const line = (...entries: string[]) => `export default { resolve: { alias: { ${entries.join(', ')} } } };\n`;
  const list = (...entries: string[]) => `export default { resolve: { alias: [${entries.join(', ')}] } };\n`;
  const url = (name: string, path: string) => `'${name}': fileURLToPath(new URL('${path}', import.meta.url))`;
  const resolved = (name: string, path: string) => `"${name}": path.resolve(__dirname, "${path}")`;
  const pair = (name: string, path: string) => `{ find: '${name}', replacement: resolve(__dirname, '${path}') }`;
  const mapping = (paths: Readonly<Record<string, string>>) =>
    JSON.stringify({
      compilerOptions: {
        paths: Object.fromEntries(Object.entries(paths).map(([key, value]) => [`${key}/*`, [`${value}/*`]])),
      },
    });
  const files = {
    'tsconfig.json': mapping({ '@': './src', '@lib': './src/lib' }),
    'src/main.ts': "import { units } from '@lib/units';\nimport '@/styles';\n",
    'src/styles.ts': '',
    'src/lib/units.ts': 'export const units = 1;\n',
    'package.json': '{ "name": "web" }',
  };
  const repair = async (
    config: string,
    more: Readonly<Record<string, string>> = {},
    { facts = {}, ...rest }: Partial<Repository> & { readonly facts?: Partial<BuildError> } = {},
  ) => {
    const answer = await repairWith(
      bundlerAlias,
      {
        tool: 'vite',
        kind: 'module-not-found',
        file: 'src/main.ts',
        specifier: '@lib/units',
        message: 'Rollup failed to resolve import "@lib/units" from "/vercel/path0/src/main.ts".',
        ...facts,
      },
      { files: { ...files, 'vite.config.ts': config, ...more }, ...rest },
    );
    return answer && (Object.values(answer).length === 1 ? Object.values(answer)[0] : answer);
  };

  it.each<[string, string, string]>([
    ['addresses', object(url('@', './src')), object(url('@', './src'), url('@lib', './src/lib'))],
    ['paths', line(resolved('@', 'src')), line(resolved('@', 'src'), resolved('@lib', 'src/lib'))],
    ['a list', list(pair('@', './src')), list(pair('@', './src'), pair('@lib', './src/lib'))],
    ['a bare key', line("'@': at('src')"), line("'@': at('src')", "'@lib': at('src/lib')")],
    [
      'others that are made in another way',
      object(url('@', './src'), "'~': theme"),
      object(url('@', './src'), "'~': theme", url('@lib', './src/lib')),
    ],
  ])('maps what the compiler maps, in the form of the others: %s', async (_, config, repaired) => {
    expect(await repair(config)).toBe(repaired);
  });

  it('keeps to the settings that others extend, to the folder of the bundler, and to its line ends', async () => {
    const more = {
      'apps/web/tsconfig.json': '{ "extends": "../../tsconfig.base.json" }',
      'tsconfig.base.json': mapping({ '@': './apps/web/src', '@lib': './apps/web/src/lib' }),
      'apps/web/src/main.ts': files['src/main.ts'],
      'apps/web/src/lib/units.ts': '',
      'apps/web/vite.config.ts': object(url('@', './src')).replaceAll('\n', '\r\n'),
    };
    expect(await repair(line(url('@', './src')), more, { facts: { file: 'apps/web/src/main.ts' } })).toBe(
      object(url('@', './src'), url('@lib', './src/lib')).replaceAll('\n', '\r\n'),
    );
  });

  it('knows webpack and craco', async () => {
    const more = { 'craco.config.js': `module.exports = { webpack: { alias: { ${resolved('@', 'src')} } } };\n` };
    expect(await repair('', more, { facts: { tool: 'webpack' } })).toBe(
      `module.exports = { webpack: { alias: { ${resolved('@', 'src')}, ${resolved('@lib', 'src/lib')} } } };\n`,
    );
  });

  const one = object(url('@', './src'));
  it.each<[string, string, Readonly<Record<string, string>>, Parameters<typeof repair>[2]?]>([
    ['no file is there', one, { 'src/main.ts': "import '@lib/none';\n" }, { facts: { specifier: '@lib/none' } }],
    ['the compiler knows it for two folders', one, { 'tsconfig.app.json': mapping({ '@lib': './lib' }) }],
    ['the compiler does not know it', one, { 'tsconfig.json': mapping({ '@': './src' }) }],
    ['the compiler speaks', one, {}, { facts: { tool: 'typescript' } }],
    ['it reads the settings of the compiler', `import paths from 'vite-tsconfig-paths';\n${one}`, {}],
    ['it reads them by an option', one.replace('alias', 'tsconfigPaths: true, alias'), {}],
    ['a framework has mappings of its own', one, { 'svelte.config.js': 'export default {};\n' }],
    ['there is no mapping to follow', 'export default {};\n', {}],
    ['there are two lists', `${one}${one.replace('export default', 'const other =')}`, {}],
    ['some come from elsewhere', object(url('@', './src'), '...shared'), {}],
    ['some are patterns', list(pair('@', './src'), '{ find: /^@lib/, replacement: "" }'), {}],
    ['it maps the name already', object(url('@', './src'), url('@lib', './lib')), {}],
    [
      'it maps what the name begins with',
      object(url('@lib', './src')),
      { 'tsconfig.json': mapping({ '@lib/ui': './src/lib', '@lib': './src' }), 'src/lib/units.ts': '' },
      { facts: { specifier: '@lib/ui/units' } },
    ],
    ['it maps the folder by another name', object(url('@', './src'), url('$lib', './src/lib')), {}],
    ['the form of the others starts elsewhere', line("'@': inSources('.')"), {}],
    ['the form of the others leads to where nobody checks', line("'~': at('src')"), {}],
    ['the others are joined of parts', line("'@': path.join(root, 'web', 'src')"), {}],
    ['the folder is another package', one, { 'tsconfig.json': mapping({ '@': './src', '@lib': '../lib' }) }],
    ['a package of the repository has the name', one, { 'lib/package.json': '{ "name": "@lib/units" }' }],
    ['a package that is declared has the name', one, { 'package.json': '{ "dependencies": { "@lib/units": "1" } }' }],
    [
      'the diff took the mapping away',
      one,
      {},
      {
        changes: [
          { path: 'vite.config.ts', status: 'modified', hunks: `@@ -4 +3,0 @@\n-      ${url('@lib', './src/lib')},` },
        ],
      },
    ],
    ['the tree is not known whole', one, {}, { truncated: true }],
    ['the settings do not parse', `${one}}`, {}],
  ])('leaves it where %s', async (_, config, more, rest) => {
    expect(await repair(config, more, rest)).toBeUndefined();
  });
});
