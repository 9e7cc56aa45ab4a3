import { describe, expect, it } from 'vitest';
import { styleToken } from '../../../../lib/patch/suggestions/rules/style-token.js';
import { repairWith } from '../repository.js';

describe('a mark too few or too many in a style sheet', () => {
  const repair = (text: string, file = 'a.css', facts = {}) =>
    repairWith(styleToken, { kind: 'style', file, message: 'CssSyntaxError', ...facts }, { files: { [file]: text } });

  it.each([
    ['no semicolon', '.a {\n  color: red\n  top: 1px;\n}\n', '.a {\n  color: red;\n  top: 1px;\n}\n'],
    ['no colon', '.a {\n  color red;\n}\n', '.a {\n  color: red;\n}\n'],
    ['another mark for the colon', '.a {\n  color; red;\n}\n', '.a {\n  color: red;\n}\n'],
    ['a brace too many', '.a {\n  top: 0;\n}\n}\n.b {\n  top: 1px;\n}\n', '.a {\n  top: 0;\n}\n.b {\n  top: 1px;\n}\n'],
    ['a comment without an end', '.a {\n  /* low tide\n  top: 0;\n}\n', '.a {\n  /* low tide */\n  top: 0;\n}\n'],
    ['a text without an end', ".a {\n  background: url('a.png);\n}\n", ".a {\n  background: url('a.png');\n}\n"],
  ])('%s', async (_, text, repaired) => {
    expect(await repair(text)).toEqual({ 'a.css': repaired });
    const windows = text.replaceAll('\n', '\r\n');
    expect(await repair(windows)).toEqual({ 'a.css': repaired.replaceAll('\n', '\r\n') });
  });

  it('believes Sass where it wants a semicolon', async () => {
    const text = '.a {\n  @include pier\n  top: 0;\n}\n';
    const facts = { line: 2, message: 'expected ";".' };

    expect(await repair(text, 'a.scss', facts)).toEqual({ 'a.scss': text.replace('pier', 'pier;') });
    expect(await repair(text, 'a.scss', { ...facts, line: 1 })).toBeUndefined();
  });

  it.each([
    ['two faults', '.a {\n  color red;\n  top 1px;\n}\n'],
    ['a brace that belongs to another block', '.a {\n  top: 0;\n}\n\n  }\n'],
    ['a word that is no property', '.a {\n  top: 0;\n}\n.b }\n  top: 0;\n}\n'],
    ['a comment of several lines', '/*\n * Low tide\n.a {\n  top: 0;\n}\n'],
    ['no fault', '.a {\n  top: 0;\n}\n'],
  ])('has no answer for %s', async (_, text) => {
    expect(await repair(text)).toBeUndefined();
  });
});
