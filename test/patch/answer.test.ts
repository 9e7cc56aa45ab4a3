import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnswerFailure, parseAnswer } from '../../lib/patch/answer.js';

const HEADER = 'CAUSE: The name is misspelt.\nCONFIDENCE: 0.9\nCHANGE: Spells it right.\n';
const BLOCK = '<<<<<<< SEARCH\nconst a = lable;\n======= REPLACE\nconst a = label;\n>>>>>>> END';
const EDIT = { kind: 'replace', path: 'lib/a.ts', search: 'const a = lable;', replace: 'const a = label;' };

describe('parseAnswer reads', () => {
  it('header and block as asked for', () => {
    expect(parseAnswer(`${HEADER}\nFILE: lib/a.ts\n\`\`\`ts\n${BLOCK}\n\`\`\`\n`)).toEqual({
      outcome: 'patch',
      cause: 'The name is misspelt.',
      change: 'Spells it right.',
      confidence: 0.9,
      edits: [EDIT],
    });
  });

  it.each<[string, string]>([
    ['prose in front', `Let me look at this.\n\n${HEADER}\nFILE: lib/a.ts\n${BLOCK}`],
    ['prose behind', `${HEADER}\nFILE: lib/a.ts\n${BLOCK}\n\nThat should do.`],
    ['CRLF', `${HEADER}\nFILE: lib/a.ts\n${BLOCK}`.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${HEADER}\nFILE: lib/a.ts\n${BLOCK}`],
    ['no fence', `${HEADER}\nFILE: lib/a.ts\n${BLOCK}`],
    ['the path in backticks', `${HEADER}\nFILE: \`lib/a.ts\`\n\`\`\`\n${BLOCK}\n\`\`\``],
    ['the path in bold', `${HEADER}\n**FILE: lib/a.ts**\n\`\`\`\n${BLOCK}\n\`\`\``],
    ['the path as a heading', `${HEADER}\n### lib/a.ts\n\`\`\`ts\n${BLOCK}\n\`\`\``],
    ['the path on a line of its own', `${HEADER}\nlib/a.ts\n\`\`\`ts\n${BLOCK}\n\`\`\``],
    ['the path inside the fence', `${HEADER}\n\`\`\`ts\nlib/a.ts\n${BLOCK}\n\`\`\``],
    ['the path as a comment inside the fence', `${HEADER}\n\`\`\`ts\n// lib/a.ts\n${BLOCK}\n\`\`\``],
    ['the path behind the language', `${HEADER}\n\`\`\`ts lib/a.ts\n${BLOCK}\n\`\`\``],
    ['a leading ./', `${HEADER}\nFILE: ./lib/a.ts\n${BLOCK}`],
    ["the builder's checkout in the path", `${HEADER}\nFILE: /vercel/path0/lib/a.ts\n${BLOCK}`],
    ['a remark behind the path', `${HEADER}\nFILE: lib/a.ts (modified)\n${BLOCK}`],
    [
      'the usual markers',
      `${HEADER}\nFILE: lib/a.ts\n${BLOCK.replace('======= REPLACE', '=======').replace('END', 'REPLACE')}`,
    ],
    ['bare end markers', `${HEADER}\nFILE: lib/a.ts\n${BLOCK.replace('>>>>>>> END', '>>>>>>>')}`],
    ['shorter markers', `${HEADER}\nFILE: lib/a.ts\n${BLOCK.replaceAll(/([<=>])\1{6}/g, '$1$1$1$1$1')}`],
    ['a header in bold', `${HEADER.replaceAll(/^(\w+):/gm, '**$1:**')}\nFILE: lib/a.ts\n${BLOCK}`],
    ['a header as a list', `${HEADER.replaceAll(/^/gm, '- ')}\nFILE: lib/a.ts\n${BLOCK}`],
    [
      'a header in lower case',
      `${HEADER.toLowerCase().replace('the', 'The').replace('spells', 'Spells')}\nFILE: lib/a.ts\n${BLOCK}`,
    ],
    ['a header in a fence', `\`\`\`\n${HEADER}\`\`\`\n\nFILE: lib/a.ts\n${BLOCK}`],
    ['a percentage', `${HEADER.replace('0.9', '90%')}\nFILE: lib/a.ts\n${BLOCK}`],
    ['a decimal comma', `${HEADER.replace('0.9', '0,9')}\nFILE: lib/a.ts\n${BLOCK}`],
    ['a fraction', `${HEADER.replace('0.9', '9/10')}\nFILE: lib/a.ts\n${BLOCK}`],
    ['an empty abstention', `${HEADER}ABSTAIN: no\n\nFILE: lib/a.ts\n${BLOCK}`],
    ['an illustrating fence', `${HEADER}\nThe code is wrong here:\n\`\`\`ts\nfoo()\n\`\`\`\nFILE: lib/a.ts\n${BLOCK}`],
  ])('%s', (_, text) => {
    expect(parseAnswer(text)).toMatchObject({ outcome: 'patch', confidence: 0.9, edits: [EDIT] });
  });

  it('several blocks under one path, and other files', () => {
    const text = `${HEADER}\nFILE: lib/a.ts\n${BLOCK}\n${BLOCK}\nFILE: lib/b.ts\n${BLOCK}\nDELETE FILE: lib/c.ts\n`;

    expect(parseAnswer(text)).toMatchObject({
      edits: [EDIT, EDIT, { ...EDIT, path: 'lib/b.ts' }, { kind: 'delete', path: 'lib/c.ts' }],
    });
  });

  it('a new file, whatever fence it stands in', () => {
    const text = `${HEADER}\nNEW FILE: docs/a.md\n\`\`\`\`md\n# A\n\`\`\`ts\nx\n\`\`\`\n\`\`\`\`\n`;

    expect(parseAnswer(text)).toMatchObject({
      edits: [{ kind: 'create', path: 'docs/a.md', content: '# A\n```ts\nx\n```\n' }],
    });
  });

  it('a whole file right below its path', () => {
    expect(parseAnswer(`${HEADER}\nFILE: lib/a.ts\n\`\`\`ts\nexport {};\n\`\`\`\n`)).toMatchObject({
      edits: [{ kind: 'create', path: 'lib/a.ts', content: 'export {};\n' }],
    });
  });

  it('merge markers inside a block', () => {
    const search = '<<<<<<< HEAD\nconst a = 1;\n=======\nconst a = 2;\n>>>>>>> feature';
    const text = `${HEADER}\nFILE: lib/a.ts\n<<<<<<< SEARCH\n${search}\n======= REPLACE\nconst a = 2;\n>>>>>>> END\n`;

    expect(parseAnswer(text)).toMatchObject({ edits: [{ search, replace: 'const a = 2;' }] });
  });

  it('an empty replacement as a removal', () => {
    expect(parseAnswer(`${HEADER}\nFILE: a.ts\n<<<<<<< SEARCH\nx\n======= REPLACE\n>>>>>>> END`)).toMatchObject({
      edits: [{ search: 'x', replace: '' }],
    });
  });

  it('sentences over several lines', () => {
    const text = `CAUSE: The name\nis misspelt.\nCONFIDENCE: 1\nCHANGE: Spells it right.\n\nFILE: lib/a.ts\n${BLOCK}`;

    expect(parseAnswer(text)).toMatchObject({ cause: 'The name is misspelt.', confidence: 1 });
  });

  it.each([
    ['ABSTAIN: DATABASE_URL is not set.'],
    ['CAUSE: x\nCONFIDENCE: 0.2\nABSTAIN: DATABASE_URL is not set.'],
    ['**ABSTAIN:** DATABASE_URL is not set.'],
  ])('an abstention: %j', (text) => {
    expect(parseAnswer(text)).toEqual({ outcome: 'abstain', reason: 'DATABASE_URL is not set.' });
  });
});

describe('parseAnswer refuses', () => {
  const cases: [AnswerFailure, string, string][] = [
    ['empty', 'nothing', ''],
    ['empty', 'white space', ' \n\t\n'],
    ['oversized', 'an endless answer', `${HEADER}${'x'.repeat(400_001)}`],
    ['oversized', 'endlessly many edits', `${HEADER}FILE: lib/a.ts\n${`${BLOCK}\n`.repeat(61)}`],
    ['header-missing', 'edits without a header', `FILE: lib/a.ts\n${BLOCK}`],
    ['header-missing', 'an answer in prose', 'You should rename the variable.'],
    ['header-missing', 'a header without confidence', `CAUSE: a\nCHANGE: b\nFILE: lib/a.ts\n${BLOCK}`],
    ['header-missing', 'an empty cause', `CAUSE:\nCONFIDENCE: 1\nCHANGE: b\n\nFILE: lib/a.ts\n${BLOCK}`],
    ['header-missing', 'an apology', "I'm sorry, but I can't help with that."],
    ['confidence-unreadable', 'a word', `${HEADER.replace('0.9', 'high')}FILE: lib/a.ts\n${BLOCK}`],
    ['confidence-unreadable', 'a number above one', `${HEADER.replace('0.9', '95')}FILE: lib/a.ts\n${BLOCK}`],
    ['confidence-unreadable', 'a negative number', `${HEADER.replace('0.9', '-1')}FILE: lib/a.ts\n${BLOCK}`],
    ['confidence-unreadable', 'no number', `${HEADER.replace('0.9', 'NaN')}FILE: lib/a.ts\n${BLOCK}`],
    ['no-edits', 'a header alone', HEADER],
    ['no-edits', 'a header with an illustration', `${HEADER}\n\`\`\`ts\nconst a = label;\n\`\`\``],
    ['path-missing', 'a block without a path', `${HEADER}\n${BLOCK}`],
    ['path-missing', 'a fenced block without a path', `${HEADER}\n\`\`\`ts\n${BLOCK}\n\`\`\``],
    ['block-unclosed', 'half an answer', `${HEADER}\nFILE: lib/a.ts\n<<<<<<< SEARCH\nconst a`],
    [
      'block-unclosed',
      'an answer cut in the replacement',
      `${HEADER}\nFILE: lib/a.ts\n<<<<<<< SEARCH\na\n======= REPLACE\nb`,
    ],
    ['block-unclosed', 'a block in a block', `${HEADER}\nFILE: lib/a.ts\n<<<<<<< SEARCH\na\n${BLOCK}`],
    ['divider-missing', 'a block without divider', `${HEADER}\nFILE: lib/a.ts\n<<<<<<< SEARCH\na\n>>>>>>> END`],
    [
      'divider-ambiguous',
      'several plain dividers',
      `${HEADER}\nFILE: lib/a.ts\n<<<<<<< SEARCH\na\n=======\nb\n=======\nc\n>>>>>>> END`,
    ],
    [
      'divider-ambiguous',
      'several dividers',
      `${HEADER}\nFILE: lib/a.ts\n<<<<<<< SEARCH\na\n======= REPLACE\nb\n======= REPLACE\nc\n>>>>>>> END`,
    ],
    ['search-empty', 'an empty search', `${HEADER}\nFILE: lib/a.ts\n<<<<<<< SEARCH\n======= REPLACE\nb\n>>>>>>> END`],
    [
      'search-empty',
      'a blank search',
      `${HEADER}\nFILE: lib/a.ts\n<<<<<<< SEARCH\n  \n======= REPLACE\nb\n>>>>>>> END`,
    ],
    ['file-unclosed', 'a whole file cut off', `${HEADER}\nNEW FILE: lib/b.ts\n\`\`\`ts\nexport const a`],
    ['file-too-long', 'a huge rewrite', `${HEADER}\nNEW FILE: lib/b.ts\n\`\`\`ts\n${'x\n'.repeat(401)}\`\`\``],
    [
      'unified-diff',
      'a diff in a fence',
      `${HEADER}\n\`\`\`diff\n--- a/lib/a.ts\n+++ b/lib/a.ts\n@@ -1 +1 @@\n-a\n+b\n\`\`\``,
    ],
    ['unified-diff', 'a bare diff', `${HEADER}\n--- a/lib/a.ts\n+++ b/lib/a.ts\n@@ -1 +1 @@\n-a\n+b`],
    ['unified-diff', 'hunks alone', `${HEADER}\nFILE: lib/a.ts\n@@ -1,1 +1,1 @@\n-a\n+b`],
    ['json', 'an object', '{"cause": "a", "edits": [{"path": "lib/a.ts"}]}'],
    ['json', 'an array', '[{"path": "lib/a.ts"}]'],
    ['json', 'fenced JSON', '```json\n{"cause": "a"}\n```'],
    ['contradiction', 'an abstention with edits', `${HEADER}ABSTAIN: not sure\n\nFILE: lib/a.ts\n${BLOCK}`],
  ];
  it.each(cases)('%s: %s', (failure, _, text) => {
    expect(parseAnswer(text)).toMatchObject({ outcome: 'malformed', failure });
  });

  it('has a case for every failure', () => {
    const all: Record<AnswerFailure, true> = {
      empty: true,
      oversized: true,
      'header-missing': true,
      'confidence-unreadable': true,
      'no-edits': true,
      'path-missing': true,
      'block-unclosed': true,
      'divider-missing': true,
      'divider-ambiguous': true,
      'search-empty': true,
      'file-unclosed': true,
      'file-too-long': true,
      'unified-diff': true,
      json: true,
      contradiction: true,
    };

    expect(new Set(cases.map(([failure]) => failure))).toEqual(new Set(Object.keys(all)));
  });

  it('or reads any text without throwing', () => {
    const piece = fc.constantFrom(
      '<<<<<<< SEARCH\n',
      '======= REPLACE\n',
      '>>>>>>> END\n',
      '```ts\n',
      '```\n',
      'FILE: a.ts\n',
      'CAUSE: x\n',
      'CONFIDENCE: 1\n',
      'CHANGE: y\n',
      'x\n',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary' }))), (pieces) => {
        expect(['patch', 'abstain', 'malformed']).toContain(parseAnswer(pieces.join('')).outcome);
      }),
    );
  });
});
