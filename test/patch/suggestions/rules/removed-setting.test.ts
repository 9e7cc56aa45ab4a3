import { describe, expect, it } from 'vitest';
import { removedSetting } from '../../../../lib/patch/suggestions/rules/removed-setting.js';
import { repairWith } from '../repository.js';

const unknown = (name: string, type = 'NextConfig') =>
  `Object literal may only specify known properties, and '${name}' does not exist in type '${type}'.`;
const config = (body: string) => `const config: NextConfig = {${body}};\n`;
const repair = async (body: string, message: string, line = 2) =>
  (
    await repairWith(
      removedSetting,
      { file: 'next.config.ts', message, line, column: 3 },
      { files: { 'next.config.ts': config(body) } },
    )
  )?.['next.config.ts'];

describe('removed-setting', () => {
  it.each([
    ['\n  swcMinify: true,\n  a: 1,\n', unknown('swcMinify'), 2, '\n  a: 1,\n'],
    ['\n  eslint: {\n    dirs: [],\n  },\n', unknown('eslint'), 2, '\n'],
    [
      '\n  experimental: { after: true, ppr: true },\n',
      unknown('after', 'ExperimentalConfig'),
      2,
      '\n  experimental: { ppr: true },\n',
    ],
    [
      '\n  a: 1,\n  experimental: {\n    after: true,\n  },\n',
      unknown('after', 'ExperimentalConfig'),
      4,
      '\n  a: 1,\n',
    ],
  ])('%s', async (before, message, line, after) => {
    expect(await repair(before, message, line)).toBe(config(after));
  });

  it.each([
    ['an option that may be a slip', '\n  swcMinfy: true,\n', unknown('swcMinfy')],
    [
      'an option that stands for something else now',
      '\n  experimental: { ppr: true },\n',
      unknown('ppr', 'ExperimentalConfig'),
    ],
    ['one of another place', '\n  after: true,\n', unknown('after')],
    ['one of another type', '\n  eslint: {},\n', unknown('eslint', 'Options')],
  ])('leaves %s', async (_, body, message) => {
    expect(await repair(body, message)).toBeUndefined();
  });
});
