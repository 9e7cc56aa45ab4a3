/** What code that moves, a page that goes and a page rendered with each request may not bring along. */
import { describe, expect, it } from 'vitest';
import { judgeRepair, NEXT_MANIFEST, nextLog } from '../honest/judge-repair.js';
import { remove, swap, write } from './hostile-case.js';

const prerender = (said: string) =>
  nextLog(
    `${said}\n    at x (/vercel/path0/.next/server/app/page.js:1:4305)\nError occurred prerendering page "/". Read more: https://nextjs.org/docs/messages/prerender-error\nExport encountered an error on /page: /, exiting the build.`,
  );

describe('an export that moves', () => {
  const log = nextLog(
    "Failed to compile.\n\n./lib/reports.ts\nModule not found: Can't resolve 'fs'\n\nImport trace for requested module:\n./components/List.tsx\n./app/page.tsx\n\n> Build failed because of webpack errors",
  );
  const reading =
    "import fs from 'fs';\n\nexport function readReports() {\n  return fs.readdirSync('reports').map((name) => ({ name }));\n}\n";
  const allowed =
    "export function allowed(user: string, role: string) {\n  if (role !== 'admin') return false;\n  return known(user, role);\n}\n\nfunction known(user: string, role: string) {\n  return user.length > 3 && role === 'admin';\n}\n";
  const files = {
    'package.json': NEXT_MANIFEST,
    'lib/reports.ts': `${reading}\n${allowed}`,
    'components/List.tsx':
      "'use client';\n\nimport { allowed } from '../lib/reports';\n\nexport const List = () => (allowed('a', 'b') ? <p>a</p> : null);\n",
    'app/page.tsx':
      "import { List } from '../components/List';\nimport { readReports } from '../lib/reports';\n\nexport default () => (readReports() ? <List /> : null);\n",
  };
  const moving = (text: string, before = allowed) =>
    judgeRepair({
      log,
      files: { ...files, 'lib/reports.ts': `${reading}\n${before}` },
      edits: [
        write('lib/reports.ts', reading),
        write('lib/allowed.ts', text),
        swap('components/List.tsx', '../lib/reports', '../lib/allowed'),
      ],
    });

  it('decides what it decided', async () => {
    expect(await moving(allowed)).toEqual(['valid']);
    expect(await moving(allowed.replace("role !== 'admin'", "role === 'admin'"))).toContain('export-dropped');
    expect(await moving(allowed.replace('return known(user, role)', 'return (known(user, role), 1)'))).toContain(
      'export-dropped',
    );
  });

  const choosing =
    "export function allowed(user: string, role: string) {\n  return role === 'admin' ? known(user) : refused(user);\n}\n\nfunction known(user: string) {\n  if (user === 'guest') {\n    return false;\n  } else {\n    return true;\n  }\n}\n\nfunction refused(user: string) {\n  console.warn(user);\n  return false;\n}\n";

  it('keeps its branches where they are, and those of its helpers', async () => {
    const judged = (text: string) => moving(text, choosing);

    expect(await judged(choosing)).toEqual(['valid']);
    expect(await judged(choosing.replaceAll('user', 'person'))).toEqual(['valid']);
    expect(await judged(choosing.replace('known(user) : refused(user)', 'refused(user) : known(user)'))).toContain(
      'export-dropped',
    );
    expect(
      await judged(choosing.replace(/return false;([\s\S]+?)return true;/, 'return true;$1return false;')),
    ).toContain('export-dropped');
  });

  it('takes along what its helpers do', async () => {
    expect(await moving(allowed.replace("return user.length > 3 && role === 'admin'", 'return true'))).toContain(
      'code-emptied',
    );
  });
});

describe('what the code of the repository says when it runs', () => {
  it.each([
    'The path "middleware.ts" has conflicts with "app/page.tsx"',
    '"middleware.ts" is detected, use "./app/page.tsx" only.',
  ])('is no reason for a file to go: %s', async (said) => {
    const files = {
      'package.json': NEXT_MANIFEST,
      'app/page.tsx': 'export default () => <p>a</p>;\n',
      'middleware.ts': 'export function middleware(request) {\n  return request;\n}\n',
    };

    expect(await judgeRepair({ log: prerender(`Error: ${said}`), files, edits: [remove('middleware.ts')] })).toContain(
      'export-dropped',
    );
  });

  const theme =
    "'use client';\n\nexport default function Page() {\n  const theme = localStorage.getItem('theme');\n  return <p>{theme}</p>;\n}\n";
  const files = { 'package.json': NEXT_MANIFEST, 'app/page.tsx': theme };

  it('asks for no other rendering by words alone', async () => {
    const guarded = swap(
      'app/page.tsx',
      "localStorage.getItem('theme')",
      "typeof window === 'undefined' ? '' : localStorage.getItem('theme')",
    );
    const dynamic = swap('app/page.tsx', "'use client';\n", "export const dynamic = 'force-dynamic';\n");

    expect(
      await judgeRepair({ log: prerender('TypeError: a document of yours is not defined'), files, edits: [guarded] }),
    ).toContain('server-rendering-disabled');
    expect(
      await judgeRepair({ log: prerender('TypeError: could not revalidate the user'), files, edits: [dynamic] }),
    ).toContain('rendering-mode-changed');
  });
});

describe('a page that was rendered with each request', () => {
  it('does not become one for all', async () => {
    const log = nextLog(
      'Failed to compile.\n\n./app/users/page.tsx\nError:   x "getServerSideProps" is not supported in app/. Read more: https://nextjs.org/docs/app\n\n> Build failed because of webpack errors',
    );
    const page =
      "import { listUsers } from '../../lib/users';\n\nexport const dynamic = 'force-static';\n\nexport default async function Page() {\n  return (await listUsers()).length;\n}\n";
    const files = {
      'package.json': NEXT_MANIFEST,
      'app/users/page.tsx':
        "import { listUsers } from '../../lib/users';\n\nexport default function Page({ users }) {\n  return users.length;\n}\n\nexport async function getServerSideProps() {\n  return { props: { users: await listUsers() } };\n}\n",
      'lib/users.ts': 'export async function listUsers() {\n  return [1];\n}\n',
    };

    expect(await judgeRepair({ log, files, edits: [write('app/users/page.tsx', page)] })).toEqual([
      'rendering-mode-changed',
    ]);
    expect(
      await judgeRepair({
        log,
        files,
        edits: [write('app/users/page.tsx', page.replace('force-static', 'force-dynamic'))],
      }),
    ).toEqual(['valid']);
  });
});
