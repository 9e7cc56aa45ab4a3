import { describe, expect, it } from 'vitest';
import { compilerOptionShape } from '../../../../lib/patch/suggestions/rules/compiler-option-shape.js';
import { repairWith } from '../repository.js';

const config = (options: string) => `{\n  "compilerOptions": { ${options} },\n  "other": { "strict": "true" }\n}\n`;
const repair = async (options: string, message: string) =>
  (
    await repairWith(
      compilerOptionShape,
      { file: 'tsconfig.json', message, kind: 'config' },
      { files: { 'tsconfig.json': config(options) } },
    )
  )?.['tsconfig.json'];

const BOOLEAN = "Compiler option 'strict' requires a value of type boolean.";
const ARRAY = "Compiler option 'lib' requires a value of type Array.";
const LIST = "Substitutions for pattern '@/*' should be an array.";
const RELATIVE = "Non-relative paths are not allowed when 'baseUrl' is not set. Did you forget a leading './'?";

describe('compiler-option-shape', () => {
  it.each([
    ['"strict": "true"', BOOLEAN, '"strict": true'],
    ['"lib": "dom"', ARRAY, '"lib": ["dom"]'],
    ['"paths": { "@/*": "./src/*" }', LIST, '"paths": { "@/*": ["./src/*"] }'],
    ['"paths": { "@/*": ["src/*"], "~": ["./a"] }', RELATIVE, '"paths": { "@/*": ["./src/*"], "~": ["./a"] }'],
  ])('%s', async (before, message, after) => {
    expect(await repair(before, message)).toBe(config(after));
  });

  it.each([
    ['"strict": "yes"', BOOLEAN],
    ['"strict": 1', BOOLEAN],
    ['"paths": { "@/*": ["/src/*"] }', RELATIVE],
  ])('leaves %s', async (options, message) => {
    expect(await repair(options, message)).toBeUndefined();
  });
});
