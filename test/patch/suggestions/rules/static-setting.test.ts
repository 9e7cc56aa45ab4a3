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

  describe('a constant of another file', () => {
    const page = (head: string, rest = '', value = 'HOUR') => `${head}export const revalidate = ${value};\n${rest}`;
    const repairPage = async (text: string, files: Readonly<Record<string, string>>) =>
      (await repairWith(staticSetting, { tool: 'next', message }, { files: { 'app/page.tsx': text, ...files } }))?.[
        'app/page.tsx'
      ];
    const times = { 'lib/times.ts': 'export const HOUR = 60 * 60;\nexport const DAY = 24 * 3600;\n' };

    it.each([
      [page("import { HOUR } from '../lib/times';\n\n"), page('', '', '3600')],
      [
        page("import { DAY, HOUR } from '../lib/times';\n", 'show(DAY);\n'),
        page("import { DAY } from '../lib/times';\n", 'show(DAY);\n', '3600'),
      ],
      [
        page("import { HOUR } from '../lib/times';\n", 'show(HOUR);\n'),
        page("import { HOUR } from '../lib/times';\n", 'show(HOUR);\n', '3600'),
      ],
      [page("import { HOUR as often } from '../lib';\n", '', 'often'), page('', '', '3600')],
    ])('%s', async (text, repaired) => {
      expect(await repairPage(text, { ...times, 'lib/index.ts': "export * from './times';\n" })).toBe(repaired);
    });

    it.each([
      ['is computed', { 'lib/times.ts': 'export const HOUR = Number(process.env.HOUR);\n' }],
      ['may change', { 'lib/times.ts': 'export let HOUR = 3600;\n' }],
      ['is part of an object', { 'lib/times.ts': 'export const HOUR = { seconds: 3600 };\n' }],
      ['is not in the repository', {}],
    ])('is left where it %s', async (_, files) => {
      expect(await repairPage(page("import { HOUR } from '../lib/times';\n"), files as never)).toBeUndefined();
    });
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
