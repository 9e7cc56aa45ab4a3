import { describe, expect, it } from 'vitest';
import { yamlLine } from '../../../../lib/patch/suggestions/rules/yaml-line.js';
import { repairWith } from '../repository.js';

describe('a slip on a line of YAML', () => {
  const right = 'title: Low tide\ndate: 2024-05-01\ntags:\n  - sea\n  - shore\n';
  const repair = (yaml: string) => {
    const text = `---\n${yaml}---\n\nTitle Text\n`;
    return repairWith(
      yamlLine,
      { kind: 'syntax', file: 'a.md', message: 'can not read a block mapping entry' },
      { files: { 'a.md': text } },
    );
  };

  it.each([
    ['no space behind the colon', right.replace('date: ', 'date:')],
    ['no colon', right.replace('date: ', 'date ')],
    ['no space behind a dash', right.replace('- shore', '-shore')],
    ['a space too many', right.replace('date', ' date')],
    ['a tab', right.replace('  - shore', '\t- shore')],
    ['a line twice', right.replace('date', 'title: Low tide\ndate')],
    ['tabs before all that is set in', right.replaceAll('  - ', '\t- ')],
  ])('%s', async (_, yaml) => {
    expect(await repair(yaml)).toEqual({ 'a.md': `---\n${right}---\n\nTitle Text\n` });
  });

  it('a quote too few, in a document of its own', async () => {
    const text = 'title: "Low tide\ndate: 2024-05-01\n';

    expect(await repairWith(yamlLine, { file: 'a.yml', message: 'x' }, { files: { 'a.yml': text } })).toEqual({
      'a.yml': text.replace('tide', 'tide"'),
    });
  });

  it.each([
    ['two slips', right.replace('date: ', 'date:').replace('title: ', 'title:')],
    ['none', right],
    ['tabs in a text of several lines', 'make: |\n\tall:\n\t\tcc tide\n'],
    ['tabs and spaces mixed', right.replace('  - sea\n  - shore', '\t- sea\n\t - shore')],
    ['words that may go on with the line above', right.replace('date: 2024-05-01', 'and high tide')],
    ['a key with two values', right.replace('date', 'title: High tide\ndate')],
  ])('has no answer for %s', async (_, yaml) => {
    expect(await repair(yaml)).toBeUndefined();
  });
});
