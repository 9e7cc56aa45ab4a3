import { expect, test } from 'vitest';
import { rankSuspects } from '../../lib/context/rank-suspects.js';
import { diagnosisOf } from './failures/failure.js';

const files = {
  'package.json': '{ "name": "quay", "dependencies": { "zod": "^3.22.4", "clsx": "^2.1.1" } }',
  'app/book/actions.ts': "import { schema } from '../../lib/schema';\n\nfind(schema.parse({}).berth);\n",
  'lib/schema.ts': "import { z } from 'zod';\n\nexport const schema = z.strictObject({ berth: z.string() });\n",
};

function rank(hunks: string) {
  const suspects = rankSuspects({
    diagnosis: diagnosisOf([
      {
        tool: 'next',
        kind: 'type',
        message: "Argument of type 'unknown' is not assignable to parameter of type 'string'.",
        file: 'app/book/actions.ts',
        line: 3,
      },
    ]),
    tree: { entries: Object.keys(files).map((path) => ({ path, mode: '100644', sha: '' })), truncated: false },
    files: new Map(Object.entries(files)),
    changes: [{ path: 'package.json', status: 'modified', hunks }],
    rootDirectory: '',
  });
  return suspects.find(({ path }) => path === 'package.json');
}

test('another version of a package that the faulty file leads to is suspected, behind the file itself', () => {
  const suspect = rank('@@ -3,3 +3,3 @@\n-    "zod": "^4.1.0",\n+    "zod": "^3.22.4",');

  expect(suspect?.reasons[0]).toContain('another version of zod');
  expect(suspect?.score).toBeLessThan(0.7);
});

test.each([
  ['a package that nothing there imports', '-    "clsx": "^1.0.0",\n+    "clsx": "^2.1.1",'],
  ['a package whose version stays', '-    "zod": "^3.22.4"\n+    "zod": "^3.22.4",'],
])('%s is not', (_what, hunks) => {
  expect(rank(`@@ -3,3 +3,3 @@\n${hunks}`)?.reasons.join() ?? '').not.toContain('another version');
});
