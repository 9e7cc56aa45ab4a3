import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceTree, TreeEntry } from '../../lib/context/source.js';
import { applyEdits } from '../../lib/patch/apply-edits.js';
import type { Edit } from '../../lib/patch/patch.js';

function treeOf(paths: readonly string[], modes: Readonly<Record<string, TreeEntry['mode']>> = {}): SourceTree {
  return { entries: paths.map((path) => ({ path, mode: modes[path] ?? '100644', sha: '' })), truncated: false };
}

/** Applies edits of `a.ts` to one text; the new text, or the messages of what is wrong. */
function apply(
  text: string,
  ...edits: readonly (readonly [search: string, replace: string])[]
): string | readonly string[] {
  const { files, problems } = applyEdits(
    edits.map(([search, replace]): Edit => ({ kind: 'replace', path: 'a.ts', search, replace })),
    new Map([['a.ts', text]]),
    treeOf(['a.ts']),
  );
  return problems.length > 0 ? problems.map(({ check, message }) => `${check}: ${message}`) : (files[0]?.content ?? '');
}

const CODE = `function first() {
  const total = list.reduce((sum, item) => sum + item, 0);
  return total;
}

function second() {
    if (ready) {
        return 1;
    }
}
`;

describe('a search text is found', () => {
  it.each<[string, string, string, string, string]>([
    ['exactly', 'const a = 1;\n', 'const a = 1;', 'const a = 2;', 'const a = 2;\n'],
    ['within a line', 'const a = lable + 1;\n', 'lable', 'label', 'const a = label + 1;\n'],
    ['as the whole line, where it is also part of others', 'x(a);\na\n', 'a', 'b', 'x(a);\nb\n'],
    ['as a word, not within one', 'concat(cat)\n', 'cat', 'dog', 'concat(dog)\n'],
    ['with dollar signs in the replacement', 'a\n', 'a', "$& $1 $'", "$& $1 $'\n"],
    [
      'whatever its indentation',
      'if (x) {\n    go();\n}\n',
      'if (x) {\n  go();\n}',
      'if (y) {\n  go();\n}',
      'if (y) {\n    go();\n}\n',
    ],
    [
      'with tabs for spaces',
      '\tif (x) {\n\t\tgo();\n\t}\n',
      'if (x) {\n  go();\n}',
      'if (y) {\n  go();\n}',
      '\tif (y) {\n\t\tgo();\n\t}\n',
    ],
    ['over blank lines that it lacks', 'a();\n\nb();\n', 'a();\nb();', 'a();\nc();', 'a();\nc();\n'],
    [
      'with other spaces inside',
      'const a={b:1};\n',
      'const a = { b: 1 };',
      'const a = { b: 2 };',
      'const a = { b: 2 };\n',
    ],
    ['with blank lines around it', 'a();\n', '\n\na();\n\n', 'b();', 'b();\n'],
    ['with trailing spaces', 'a();  \n', 'a();', 'b();', 'b();  \n'],
    ['and removed with its line', 'a();\nb();\n', 'a();', '', 'b();\n'],
    ['at the end without a newline', 'a();\nb();', 'b();', 'c();', 'a();\nc();'],
  ])('%s', (_, text, search, replace, expected) => {
    expect(apply(text, [search, replace])).toBe(expected);
  });

  it('when it is slightly misquoted, once', () => {
    expect(
      apply(CODE, [
        '  const total = list.reduce((sum, item) => sum + items, 0);\n  return total;',
        '  return list.length;',
      ]),
    ).toBe(
      CODE.replace(
        '  const total = list.reduce((sum, item) => sum + item, 0);\n  return total;',
        '  return list.length;',
      ),
    );
  });

  it('after an earlier edit of the same file', () => {
    expect(apply('a\nb\n', ['a', 'x'], ['x\nb', 'y'])).toBe('y\n');
  });
});

describe('an edit is refused', () => {
  it.each<[string, string, string, RegExp]>([
    ['that stands nowhere', 'a();\n', 'z();', /^apply: The search text does not stand/],
    ['that stands twice', 'a();\na();\n', 'a();', /^apply: The search text stands at 2 places/],
    [
      'that stands twice but for spaces',
      '  a();\n b();\n\ta();\n',
      ' a(); ',
      /^apply: The search text stands at 2 places/,
    ],
    [
      'that is near two places',
      `${CODE}${CODE}`,
      '  const total = list.reduce((sum, item) => sum + items, 0);\n  return total;',
      /^apply: The search text does not stand/,
    ],
    ['that is too short for a guess', 'return total;\n', 'return totals;', /^apply/],
    ['that is empty', 'a();\n', '  \n', /^apply: The search text is empty/],
    ['that changes nothing', 'a();\n', 'a();', /^empty/],
  ])('%s', (_, text, search, expected) => {
    const replace = expected.source.startsWith('^empty') ? search : 'x();';

    expect(apply(text, [search, replace])).toEqual([expect.stringMatching(expected)]);
  });

  it('with the actual text where something is close', () => {
    const [message] = apply(CODE, ['  const total = list.reduce((sum, entry) => sum - entry.size, 10);', 'x']);

    expect(message).toContain('at line 2, reads:\n  const total = list.reduce((sum, item) => sum + item, 0);');
  });

  it.each<[string, Edit, RegExp]>([
    ['of a file that is not there', { kind: 'replace', path: 'b.ts', search: 'a', replace: 'b' }, /no such file/],
    ['of a name in another case', { kind: 'replace', path: 'A.ts', search: 'a', replace: 'b' }, /There is a\.ts/],
    [
      'of a file that was not read',
      { kind: 'replace', path: 'unread.ts', search: 'a', replace: 'b' },
      /not among the files read/,
    ],
    [
      'writing over a file that was not read',
      { kind: 'create', path: 'unread.ts', content: 'b' },
      /not among the files read/,
    ],
    ['deleting what is not there', { kind: 'delete', path: 'b.ts' }, /no such file/],
    ['of a link', { kind: 'create', path: 'link', content: 'b' }, /not a regular file/],
    ['writing a file where a folder is', { kind: 'create', path: 'lib', content: 'b' }, /cannot share a name/],
    ['writing below a file', { kind: 'create', path: 'a.ts/b.ts', content: 'b' }, /cannot share a name/],
  ])('%s', (_, edit, expected) => {
    const { files, problems } = applyEdits(
      [edit],
      new Map([['a.ts', 'a\n']]),
      treeOf(['a.ts', 'unread.ts', 'link', 'lib/x.ts'], { link: '120000' }),
    );

    expect(files).toEqual([]);
    expect(problems).toMatchObject([{ check: 'apply', path: edit.path, message: expect.stringMatching(expected) }]);
  });

  it('of a file that an earlier edit deleted', () => {
    const edits: Edit[] = [
      { kind: 'delete', path: 'a.ts' },
      { kind: 'replace', path: 'a.ts', search: 'a', replace: 'b' },
    ];

    expect(applyEdits(edits, new Map([['a.ts', 'a\n']]), treeOf(['a.ts'])).problems).toMatchObject([
      { message: expect.stringMatching(/deleted this file already/) },
    ]);
  });
});

describe('a file keeps', () => {
  it.each<[string, string, string]>([
    ['Windows line ends', 'a\r\nb\r\nc\r\n', 'a\r\nx\r\ny\r\nc\r\n'],
    ['mixed line ends', 'a\r\nb\nc\r\n', 'a\r\nx\ny\r\nc\r\n'],
    ['its byte order mark', '\uFEFFa\nb\nc\n', '\uFEFFa\nx\ny\nc\n'],
    ['the missing final newline', 'a\nb\nc', 'a\nx\ny\nc'],
    ['the final newline', 'a\nb\nc\n', 'a\nx\ny\nc\n'],
  ])('%s', (_, before, after) => {
    expect(apply(before, ['b', 'x\ny'])).toBe(after);
  });

  it.each<[string, string, string, string]>([
    ['line ends when it is written whole', 'a\r\nb\r\n', 'x\ny', 'x\r\ny\r\n'],
    ['byte order mark when it is written whole', '\uFEFFa\n', 'x\n', '\uFEFFx\n'],
    ['missing final newline when it is written whole', 'a', 'x\n', 'x'],
  ])('%s', (_, before, content, after) => {
    const { files } = applyEdits(
      [{ kind: 'create', path: 'a.ts', content }],
      new Map([['a.ts', before]]),
      treeOf(['a.ts']),
    );

    expect(files).toEqual([{ path: 'a.ts', mode: '100644', before, content: after }]);
  });

  it('its mode', () => {
    const { files } = applyEdits(
      [{ kind: 'replace', path: 'run.sh', search: 'a', replace: 'b' }],
      new Map([['run.sh', 'a\n']]),
      treeOf(['run.sh'], { 'run.sh': '100755' }),
    );

    expect(files).toMatchObject([{ mode: '100755', content: 'b\n' }]);
  });

  it('everything outside the edit, for any text', () => {
    const line = fc.stringMatching(/^[a-z ]{0,8}$/);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n'))),
        fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n'))),
        (head, tail) => {
          const text = (lines: readonly (readonly string[])[]) => lines.map((parts) => parts.join('')).join('');

          const result = apply(`${text(head)}const unique = 1;\n${text(tail)}`, [
            'const unique = 1;',
            'const unique = 2;',
          ]);

          expect(result).toBe(`${text(head)}const unique = 2;\n${text(tail)}`);
        },
      ),
    );
  });
});

describe('files come and go', () => {
  it('with a final newline for a new one', () => {
    const { files } = applyEdits([{ kind: 'create', path: 'lib/b.ts', content: 'export {};' }], new Map(), treeOf([]));

    expect(files).toEqual([{ path: 'lib/b.ts', mode: '100644', before: null, content: 'export {};\n' }]);
  });

  it('with null for a deleted one', () => {
    const { files } = applyEdits([{ kind: 'delete', path: 'a.ts' }], new Map([['a.ts', 'a\n']]), treeOf(['a.ts']));

    expect(files).toEqual([{ path: 'a.ts', mode: '100644', before: 'a\n', content: null }]);
  });

  it('and a file that is created and edited is one change', () => {
    const edits: Edit[] = [
      { kind: 'create', path: 'b.ts', content: 'a\n' },
      { kind: 'replace', path: 'b.ts', search: 'a', replace: 'b' },
    ];

    expect(applyEdits(edits, new Map(), treeOf([])).files).toMatchObject([
      { path: 'b.ts', before: null, content: 'b\n' },
    ]);
  });
});

it('searches a large file for a large block in bounded time', () => {
  const text = Array.from({ length: 20_000 }, (_, at) => `  const value${at % 7} = compute(${at % 13}, options);`).join(
    '\n',
  );
  const search = Array.from({ length: 400 }, (_, at) => `  const wrong${at % 5} = compile(${at % 11}, choices);`).join(
    '\n',
  );

  expect(apply(text, [search, 'x'])).toHaveLength(1);
});
