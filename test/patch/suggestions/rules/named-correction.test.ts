import { describe, expect, it } from 'vitest';
import { namedCorrection } from '../../../../lib/patch/suggestions/rules/named-correction.js';
import { repairWith } from '../repository.js';

describe('a word that a tool corrects itself', () => {
  const repair = (file: string, message: string, text: string, line?: number) =>
    repairWith(
      namedCorrection,
      { tool: 'typescript', file, message, ...(line && { line }) },
      { files: { [file]: text } },
    );

  it.each([
    [
      'tsconfig.json',
      "Unknown compiler option 'modul'. Did you mean 'module'?",
      '{ "compilerOptions": { "modul": "esnext", "moduleResolution": "bundler" } }\n',
      '"modul"',
      '"module"',
    ],
    [
      'vercel.json',
      'should NOT have additional property `rewirtes`. Did you mean `rewrites`?',
      '{ "rewirtes": [] }\n',
      'rewirtes',
      'rewrites',
    ],
    [
      'src/tides.graphql',
      'Cannot query field "hihg" on type "Tide". Did you mean "high"?',
      '{ tide { hihg } }\n',
      'hihg',
      'high',
    ],
  ])('in %s', async (file, message, text, wrong, right) => {
    expect(await repair(file, message, text)).toEqual({ [file]: text.replace(wrong, right) });
  });

  it('is taken from the line that the tool names', async () => {
    const text = '{ tide { hihg } }\n{ pier { hihg } }\n';
    const message = 'Cannot query field "hihg" on type "Pier". Did you mean "high"?';

    expect(await repair('a.graphql', message, text, 2)).toEqual({
      'a.graphql': '{ tide { hihg } }\n{ pier { high } }\n',
    });
    expect(await repair('a.graphql', message, text)).toBeUndefined();
  });

  it.each([
    [
      'another word is meant',
      'a.graphql',
      'Cannot query field "low" on type "Tide". Did you mean "high"?',
      '{ tide { low } }\n',
    ],
    ['the file is a script', 'a.ts', "Cannot find name 'Maps'. Did you mean 'Map'?", 'export const a = Maps;\n'],
    [
      'the file does not hold it',
      'a.graphql',
      'Cannot query field "hihg" on type "Tide". Did you mean "high"?',
      '{ tide { low } }\n',
    ],
  ])('stays where %s', async (_, file, message, text) => {
    expect(await repair(file, message, text)).toBeUndefined();
  });
});
