import { describe, expect, it } from 'vitest';
import { unclosedBlock } from '../../../../lib/patch/suggestions/rules/unclosed-block.js';
import { repairWith } from '../repository.js';

const whole: Record<string, string> = {
  'a.ts': `export function f(a: number) {
  if (a > 1) {
    g(a);
    return;
  }

  const list = [
    1,
    2,
  ];
  const rates = {
    low: {
      a: 1,
    },
    high: 2,
  };
  return list;
}

export function g() {
  return 1;
}
`,
  'a.tsx': `export function Card() {
  return (
    <section>
      <p>
        {'}'} text
      </p>
      <ul className="a">
        <li>1</li>
      </ul>
    </section>
  );
}
`,
  'a.css': `.card {
  color: red;
}

@media (min-width: 1px) {
  .card {
    color: blue;
  }
}
`,
  'a.svelte': `<script>
  export let items = [];
</script>

<ul>
  {#each items as item}
    {#if item}
      <li>{item}</li>
    {:else}
      <li>-</li>
    {/if}
  {/each}
</ul>
`,
};

describe('a block without its end', () => {
  it.each([
    ['a.ts', '  }\n\n  const list', '\n  const list'],
    ['a.ts', '  ];\n', ''],
    ['a.ts', '    },\n', ''],
    ['a.ts', '  };\n', ''],
    ['a.ts', '}\n\nexport function g', '\nexport function g'],
    ['a.ts', '  return 1;\n}\n', '  return 1;\n'],
    ['a.tsx', '      </p>\n', ''],
    ['a.tsx', '      </ul>\n', ''],
    ['a.tsx', '    </section>\n', ''],
    ['a.tsx', '  );\n', ''],
    ['a.css', '}\n\n@media', '\n@media'],
    ['a.css', '    color: blue;\n  }\n', '    color: blue;\n'],
    ['a.css', '  }\n}\n', '  }\n'],
    ['a.svelte', '    {/if}\n', ''],
    ['a.svelte', '  {/each}\n', ''],
    ['a.svelte', '</ul>\n', ''],
  ])('in %s: %j', async (file, present, missing) => {
    const good = whole[file] ?? '';
    const broken = good.replace(present, () => missing);

    const answer = await repairWith(
      unclosedBlock,
      { kind: 'syntax', message: 'Unexpected end', file },
      { files: { [file]: broken } },
    );

    expect(broken).not.toBe(good);
    expect(answer).toEqual({ [file]: good });
  });

  it('keeps line endings', async () => {
    const answer = await repairWith(
      unclosedBlock,
      { kind: 'style', message: 'Unclosed block', file: 'a.css' },
      { files: { 'a.css': '.a {\r\n  color: red;\r\n\r\n.b {\r\n  color: blue;\r\n}\r\n' } },
    );

    expect(answer).toEqual({ 'a.css': '.a {\r\n  color: red;\r\n}\r\n\r\n.b {\r\n  color: blue;\r\n}\r\n' });
  });

  it.each([
    ['nothing is indented', 'a.ts', 'function f() {\nreturn 1;\n'],
    [
      'two blocks are open',
      'a.ts',
      'function f() {\n  if (a) {\n    b();\n\nfunction g() {\n  c();\n\nfunction h() {}\n',
    ],
    ['the callback of a call may take more arguments', 'a.ts', 'useEffect(() => {\n  run();\n\nexport const a = 1;\n'],
    ['the file parses', 'a.ts', 'const a = 1;\n'],
    ['the end is there and something else is wrong', 'a.ts', 'function f() {\n  return = 1;\n}\n'],
    ['the block is in a string', 'a.ts', 'const text = `\n  a {\n    b\n`\nconst = 1;\n'],
  ])('answers nothing when %s', async (_, file, text) => {
    const answer = await repairWith(
      unclosedBlock,
      { kind: 'syntax', message: 'Unexpected token', file },
      { files: { [file]: text } },
    );

    expect(answer).toBeUndefined();
  });

  it('takes the mark that was left behind along', async () => {
    const error = { file: 'a.tsx', kind: 'syntax' as const };
    const good = whole['a.tsx'] ?? '';
    const files = { 'a.tsx': good.replace('  );\n', '  ;\n') };
    expect(await repairWith(unclosedBlock, error, { files })).toEqual({ 'a.tsx': good });
  });

  it('does not end a call before its last argument', async () => {
    const files = { 'a.ts': 'useEffect(() => {\n  a();\n}, [b]\n\nconst c = 1;\n' };
    expect(await repairWith(unclosedBlock, { file: 'a.ts', kind: 'syntax' }, { files })).toBeUndefined();
  });
});
