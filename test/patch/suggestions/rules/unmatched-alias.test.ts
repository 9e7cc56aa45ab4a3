import { describe, expect, it } from 'vitest';
import { unmatchedAlias } from '../../../../lib/patch/suggestions/rules/unmatched-alias.js';
import { repairWith } from '../repository.js';

describe('unmatched-alias', () => {
  const object = (name: string) =>
    `export default {\n  resolve: {\n    alias: { '${name}': fileURLToPath(new URL('./src', import.meta.url)) },\n  },\n};\n`;
  const mapping = (...names: string[]) =>
    JSON.stringify({ compilerOptions: { paths: Object.fromEntries(names.map((name) => [`${name}/*`, ['./src/*']])) } });
  const files = {
    'tsconfig.json': mapping('@'),
    'src/main.ts': "import { App } from '@/App';\n",
    'src/App.ts': 'export const App = 1;\n',
  };
  const repair = async (config: string, more: Readonly<Record<string, string>> = {}, tool = 'vite') =>
    (
      await repairWith(
        unmatchedAlias,
        {
          tool,
          kind: 'module-not-found',
          file: 'src/main.ts',
          specifier: '@/App',
          message: 'Rollup failed to resolve import "@/App" from "/vercel/path0/src/main.ts".',
        },
        { files: { ...files, 'vite.config.ts': config, ...more } },
      )
    )?.['vite.config.ts'];

  it.each([
    ['an object', object],
    [
      'a path',
      (name: string) =>
        `export default {\n  resolve: {\n    alias: {\n      "${name}": path.resolve(__dirname, './src'),\n    },\n  },\n};\n`,
    ],
    [
      'a list',
      (name: string) =>
        `export default {\n  resolve: {\n    alias: [{ find: '${name}', replacement: path.resolve(__dirname, 'src') }],\n  },\n};\n`,
    ],
  ])('takes the name of the compiler: %s', async (_, write) => {
    expect(await repair(write('~'))).toBe(write('@'));
  });

  it('of the compiler settings that others extend', async () => {
    const more = { 'tsconfig.json': '{ "extends": "./tsconfig.base.json" }', 'tsconfig.base.json': mapping('@') };
    expect(await repair(object('#app'), more)).toBe(object('@'));
  });

  it.each<[string, string, Readonly<Record<string, string>>, string?]>([
    ['something imports by the other name', object('~'), { 'src/b.ts': "import '~/App';\n" }],
    ['a stylesheet does', object('~'), { 'src/b.scss': "@use '~/mixins';\n" }],
    ['the compiler knows both names', object('~'), { 'tsconfig.json': mapping('@', '~') }],
    ['the folder is another one', object('~').replace('./src', './app'), {}],
    ['the alias is the same', object('@'), {}],
    ['the file is not there', object('~'), { 'tsconfig.json': '{}' }],
    ['the compiler says so', object('~'), {}, 'typescript'],
  ])('leaves it where %s', async (_, config, more, tool) => {
    expect(await repair(config, more, tool)).toBeUndefined();
  });
});
