import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCodeFrame } from '../../lib/report/code-frame.js';
import { cutTokens, highlightLine } from '../../lib/report/highlight.js';

const FRAMES: Readonly<Record<string, string>> = {
  next: "./app/page.tsx:5:7\nError: Expected ';'\n  4 |\n> 5 | expot default function Page() {\n    |       ^^^^^^^\n  6 |   return (",
  miette: '   ╭─[app/page.tsx:1:1]\n 4 │ \n 5 │ expot default function Page() {\n   ·       ───────\n   ╰────',
  babel: '> 5 | expot default function Page() {\n    |       ^\n',
};

describe('a code frame', () => {
  it.each(Object.entries(FRAMES))('of %s is found with its line and column', (_, excerpt) => {
    const fault = findCodeFrame(excerpt)?.lines.find((line) => line.isFault);
    expect(fault).toMatchObject({ number: 5, text: 'expot default function Page() {', underlined: { from: 6 } });
  });

  it('is the first that points at a line', () => {
    const lines = findCodeFrame('1 | a\n2 | b\nmore\n> 7 | c\n')?.lines;
    expect(lines).toEqual([{ number: 7, text: 'c', isFault: true }]);
  });

  it.each(['', 'no frame here', '1 | a\n2 | b', '| table | row |', '^^^^'])('is absent in %j', (excerpt) => {
    expect(findCodeFrame(excerpt)).toBeUndefined();
  });

  it('is bounded', () => {
    const excerpt = Array.from({ length: 500 }, (_, index) => `> ${index} | x`).join('\n');
    expect(findCodeFrame(excerpt)?.lines.length).toBeLessThan(20);
  });
});

describe('highlighting', () => {
  it.each([
    ['const a = "b";', ['keyword:const', 'string:"b"']],
    [
      'return <main className="x">{t}</main>; // done',
      ['keyword:return', 'tag:<main', 'string:"x"', 'tag:>', 'tag:</main', 'tag:>', 'comment:// done'],
    ],
    ['let n = 12.5 /* half */', ['keyword:let', 'number:12.5', 'comment:/* half */']],
    ["it's one <b>word", ['tag:<b', 'tag:>']],
    ['exportable', []],
  ])('of %j colours %j', (line, expected) => {
    const coloured = highlightLine(line).filter(({ kind }) => kind !== 'plain');
    expect(coloured.map(({ kind, text }) => `${kind}:${text}`)).toEqual(expected);
  });

  it('loses and adds nothing, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(60), fc.nat(60), (line, from, length) => {
        const tokens = highlightLine(line);
        const cut = cutTokens(tokens, from, from + length);
        const join = (parts: typeof tokens): string => parts.map(({ text }) => text).join('');
        expect(join(tokens)).toBe(line);
        expect(cut.map(join)).toEqual([
          line.slice(0, from),
          line.slice(from, from + length),
          line.slice(from + length),
        ]);
      }),
    );
  });

  it('takes no longer than the line is', () => {
    for (const line of ['/*'.repeat(20_000), '"\\'.repeat(20_000), '<!--'.repeat(20_000), '`'.repeat(40_001)]) {
      const startedAt = performance.now();
      highlightLine(line);
      expect(performance.now() - startedAt).toBeLessThan(2_000);
    }
  });
});
