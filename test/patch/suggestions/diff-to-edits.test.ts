import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffToEdits } from '../../../lib/patch/diff-to-edits.js';
import type { Edit } from '../../../lib/patch/patch.js';

/** Each replacement in turn, where its search stands exactly once. */
function apply(before: string, edits: readonly Edit[]): string | null {
  let text: string | null = before;
  for (const edit of edits) {
    if (edit.kind === 'delete') text = null;
    else if (edit.kind === 'create') text = edit.content;
    else {
      const parts: string[] = (text ?? '').split(edit.search);
      expect(parts).toHaveLength(2);
      text = parts.join(edit.replace);
    }
  }
  return text;
}

describe('edits from two versions of a file', () => {
  it('names the changed line alone', () => {
    const edits = diffToEdits('a.ts', 'a\nb\nc\n', 'a\nB\nc\n');

    expect(edits).toEqual([{ kind: 'replace', path: 'a.ts', search: 'b\n', replace: 'B\n' }]);
  });

  it('names as many neighbours as it takes to be the only place', () => {
    const edits = diffToEdits('a.ts', 'x\nsame\ny\nsame\nz\n', 'x\nsame\ny\nother\nz\n');

    expect(edits).toEqual([{ kind: 'replace', path: 'a.ts', search: 'y\nsame\nz\n', replace: 'y\nother\nz\n' }]);
  });

  it('looks for no blank lines', () => {
    const edits = diffToEdits('a.ts', '\n\nuse();\n', 'import a;\n\n\nuse();\n');

    expect(edits).toEqual([
      { kind: 'replace', path: 'a.ts', search: expect.stringContaining('use();'), replace: expect.any(String) },
    ]);
    expect(apply('\n\nuse();\n', edits)).toBe('import a;\n\n\nuse();\n');
  });

  it('keeps two distant changes apart', () => {
    const before = Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join('');

    const edits = diffToEdits('a.ts', before, before.replace('line 3\n', '').replace('line 20\n', 'line 20\nnew\n'));

    expect(edits).toHaveLength(2);
    expect(edits.every((edit) => edit.kind === 'replace')).toBe(true);
  });

  it.each([
    ['carriage returns', 'a\r\nb\r\n', 'a\r\nB\r\n'],
    ['a byte order mark', '\uFEFFa\nb\n', '\uFEFF1\na\nb\n'],
    ['no final newline', 'a\nb', 'a\nB'],
    ['a final newline that comes', 'a\nb', 'a\nb\n'],
    ['an insertion at the end', 'a\n', 'a\nb\n'],
    ['an insertion at the start', 'a\na\na\n', 'b\na\na\na\n'],
    ['an empty file that is filled', '', 'a\n'],
    ['a file that is emptied', 'a\n', ''],
    ['signs that mean something in a replacement', 'a\nb\n', 'a\n$& $1\n'],
  ])('leads to the new version: %s', (_, before, after) => {
    expect(apply(before, diffToEdits('a.ts', before, after))).toBe(after);
  });

  it('creates and deletes', () => {
    expect(diffToEdits('a.ts', null, 'a\n')).toEqual([{ kind: 'create', path: 'a.ts', content: 'a\n' }]);
    expect(diffToEdits('a.ts', 'a\n', null)).toEqual([{ kind: 'delete', path: 'a.ts' }]);
    expect(diffToEdits('a.ts', 'a\n', 'a\n')).toEqual([]);
  });

  it('leads to the new version, whatever the lines', () => {
    const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n', 'ab\n', 'a\r\n'), { maxLength: 25 });

    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(apply(before.join(''), diffToEdits('a.ts', before.join(''), after.join('')))).toBe(after.join(''));
      }),
    );
  });
});
