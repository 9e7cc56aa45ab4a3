import { describe, expect, it } from 'vitest';
import { unclosedFence } from '../../../../lib/patch/suggestions/rules/unclosed-fence.js';
import { repairWith } from '../repository.js';

const repair = (file: string, text: string) =>
  repairWith(unclosedFence, { file, message: "Cannot find name 'ul'." }, { files: { [file]: text } });

describe('a script of Astro with one fence only', () => {
  const code = "import Row from './Row.astro';\n\nconst { tides } = Astro.props;\n";
  const list = '<ul>\n  {tides.map((tide) => <Row {tide} />)}\n</ul>\n';

  it.each([
    ['the end is missing', `---\n${code}${list}`, `---\n${code}---\n${list}`],
    ['the end is missing before a blank line', `---\n${code}\n${list}`, `---\n${code}---\n\n${list}`],
    [
      'the end is missing before two elements',
      `---\n${code}${list}<p>low</p>\n`,
      `---\n${code}---\n${list}<p>low</p>\n`,
    ],
    [
      'the end is missing, lines end as in Windows',
      '---\r\nconst a = 1;\r\n<p>{a}</p>\r\n',
      '---\r\nconst a = 1;\r\n---\r\n<p>{a}</p>\r\n',
    ],
    ['the beginning is missing', `${code}---\n${list}`, `---\n${code}---\n${list}`],
  ])('%s', async (_, text, repaired) => {
    expect(await repair('a.astro', text)).toEqual({ 'a.astro': repaired });
  });

  it.each([
    ['both are there', `---\n${code}---\n${list}`],
    ['there is none', list],
    ['the code is broken as well', `---\n${code.replace('}', '')}${list}`],
    ['the markup begins with an expression', '---\nconst a = 1;\n{a}\n'],
    ['what stands before the fence is no code', `<p>low</p>\n---\n${list}`],
  ])('is left alone where %s', async (_, text) => {
    expect(await repair('a.astro', text)).toBeUndefined();
  });
});

describe('front matter without an end', () => {
  const settings = 'title: Low tide\ntags:\n  - sea\n# for the list\ndraft: false\n';

  it.each([
    ['before a blank line', `---\n${settings}\nThe water is far out.\n`, '\nThe water is far out.\n'],
    ['before a heading', `---\n${settings}## Low\n`, '## Low\n'],
    ['before an element', `---\n${settings}<Tide />\n`, '<Tide />\n'],
  ])('ends %s', async (_, text, body) => {
    expect(await repair('a.mdx', text)).toEqual({ 'a.mdx': `---\n${settings}---\n${body}` });
  });

  it.each([
    ['a setting follows the blank line', `---\n${settings}\nauthor: Ada\n\nText.\n`],
    ['nothing follows', `---\n${settings}`],
    ['it has its end', `---\n${settings}---\nText.\n`],
    ['a rule stands before a text', `---\nNote: this is old.\n\nText.\n`],
    ['the line is no fence', `Text.\n\n---\n\nMore.\n`],
    ['its end is misspelt', `---\ntitle: Low\n--\n\nText.\n`],
    ['its end is set in', `---\ntitle: Low\n ---\n\nText.\n`],
    ['a setting in quotes follows', `---\ntitle: Low\n"og:title": Low\n\nText.\n`],
    ['a list of the text follows', `---\ntitle: Low\n- one\n\nText.\n`],
  ])('is left alone where %s', async (_, text) => {
    expect(await repair('a.md', text)).toBeUndefined();
  });
});
