import { describe, expect, it } from 'vitest';
import { jsxOption } from '../../../../lib/patch/suggestions/rules/jsx-option.js';
import { repairWith } from '../repository.js';

const error = { file: 'src/Quay.tsx', message: "Cannot use JSX unless the '--jsx' flag is provided." };
const manifest = (dependencies: object) => JSON.stringify({ dependencies });
const react = manifest({ react: '^19.1.0' });
const plain = '{\n  "compilerOptions": {\n    "strict": true\n  },\n  "include": ["src"]\n}\n';
const withJsx = (value = 'react-jsx') => plain.replace('true\n', `true,\n    "jsx": "${value}"\n`);
const repair = (files: Readonly<Record<string, string>>) =>
  repairWith(jsxOption, error, { files: { 'package.json': react, 'src/Quay.tsx': '', ...files } });

describe('jsx-option', () => {
  it("sets React's own value", async () => {
    expect(await repair({ 'tsconfig.json': plain })).toEqual({ 'tsconfig.json': withJsx() });
    const next = manifest({ next: '15.5.6', react: '19.1.0' });
    expect(await repair({ 'tsconfig.json': plain, 'package.json': next })).toEqual({
      'tsconfig.json': withJsx('preserve'),
    });
  });

  it('in the configuration that takes the file in', async () => {
    expect(
      await repair({
        'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }\n',
        'tsconfig.app.json': plain,
        'tsconfig.node.json': '{ "compilerOptions": {}, "include": ["vite.config.ts"] }\n',
      }),
    ).toEqual({ 'tsconfig.app.json': withJsx() });
  });

  it('in the one that the others extend', async () => {
    const build = '{ "extends": "./tsconfig.json", "exclude": ["src/test"] }\n';
    expect(await repair({ 'tsconfig.json': plain, 'tsconfig.build.json': build })).toEqual({
      'tsconfig.json': withJsx(),
    });
  });

  it.each([
    ['React is older', { 'package.json': manifest({ react: '16.14.0' }), 'tsconfig.json': plain }],
    ['no version is written', { 'package.json': manifest({ react: 'catalog:' }), 'tsconfig.json': plain }],
    ['another runtime takes JSX', { 'package.json': manifest({ react: '19', preact: '10' }), 'tsconfig.json': plain }],
    ['it is set', { 'tsconfig.json': withJsx() }],
    [
      'it is set in what the configuration extends',
      { 'tsconfig.json': '{ "extends": "./base.json" }', 'base.json': withJsx() },
    ],
    ['a package may set it', { 'tsconfig.json': plain.replace('{\n', '{\n  "extends": "@tsconfig/vite",\n') }],
    ['two configurations take the file in', { 'tsconfig.json': plain, 'tsconfig.lib.json': plain }],
  ])('has no answer where %s', async (_, files) => {
    expect(await repair(files)).toBeUndefined();
  });
});
