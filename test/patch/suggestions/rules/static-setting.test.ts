import { describe, expect, it } from 'vitest';
import { staticSetting } from '../../../../lib/patch/suggestions/rules/static-setting.js';
import { repairWith } from '../repository.js';

const message =
  'Invalid segment configuration export detected. This can cause unexpected behavior from the configs not being applied.';
const repair = async (text: string, facts: object = { message }) =>
  (
    await repairWith(staticSetting, { tool: 'next', ...facts }, { files: { 'app/page.tsx': text, 'lib/a.ts': text } })
  )?.['app/page.tsx'];

describe('static-setting', () => {
  it.each([
    ['export const revalidate = 60 * (60 + 1);\n', 'export const revalidate = 3660;\n'],
    ['const HOUR = 60 * 60;\n\nexport const revalidate = HOUR;\n', 'export const revalidate = 3600;\n'],
    [
      "const MODE = 'error';\nexport const dynamic = MODE;\nuse(MODE);\n",
      "const MODE = 'error';\nexport const dynamic = 'error';\nuse(MODE);\n",
    ],
  ])('%s', async (text, repaired) => {
    expect(await repair(text)).toBe(repaired);
  });

  it('writes a number where a number is wanted', async () => {
    const facts = {
      message: 'Invalid revalidate value "60" on "/", must be a non-negative number or false',
      route: '/',
    };
    expect(await repair("export const revalidate = '60';\n", facts)).toBe('export const revalidate = 60;\n');
    expect(await repair("export const revalidate = 'often';\n", facts)).toBeUndefined();
  });

  it.each([
    ["import { HOUR } from './time';\nexport const revalidate = HOUR;\n"],
    ['let hour = 3600;\nexport const revalidate = hour;\n'],
    ['export const revalidate = hours(2);\n'],
    ['export const revalidate = 60 * 60;\nexport const maxDuration = limit();\n'],
    ['export const revalidate = 60 / 7;\n'],
    ['export const revalidate = 60;\n'],
    ['const revalidate = 60 * 60;\n'],
  ])('leaves %s', async (text) => {
    expect(await repair(text)).toBeUndefined();
  });
});
