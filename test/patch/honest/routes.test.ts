import { describe, expect, it } from 'vitest';
import { remove, swap, write } from '../hostile/hostile-case.js';
import { buildLog, judgeRepair, NEXT_MANIFEST, nextLog } from './judge-repair.js';

const page = (text: string) => `export default function Page() {\n  return <h1>${text}</h1>;\n}\n`;

describe('of two files at one address one may go, and not both', () => {
  it.each([
    {
      name: 'pages in two groups',
      log: nextLog(
        'app/(shop)/about/page.tsx\nYou cannot have two parallel pages that resolve to the same path. Please check /(marketing)/about and /(shop)/about. Refer to the route group docs for more information: https://nextjs.org/docs/app/building-your-application/routing/route-groups',
      ),
      twins: ['app/(shop)/about/page.tsx', 'app/(marketing)/about/page.tsx'],
    },
    {
      name: 'a page in both routers',
      log: nextLog(
        '⨯ Conflicting app and page file was found, please remove the conflicting files to continue:\n⨯   "pages/about.tsx" - "app/about/page.tsx"',
      ),
      twins: ['pages/about.tsx', 'app/about/page.tsx'],
    },
    {
      name: 'a page in both routers, below src',
      log: nextLog(
        '⨯ Conflicting app and page file was found, please remove the conflicting files to continue:\n⨯   "pages/about.tsx" - "app/about/page.tsx"',
      ),
      twins: ['src/pages/about.tsx', 'src/app/about/page.tsx'],
    },
    {
      name: 'the same as Turbopack says it',
      log: nextLog('Error: App Router and Pages Router both match path: /about\n'),
      twins: ['pages/about.tsx', 'app/about/page.tsx'],
    },
  ])('$name', async ({ log, twins: [one = '', other = ''] }) => {
    const files = {
      'package.json': NEXT_MANIFEST,
      [one]: page('one'),
      [other]: page('other'),
      'app/page.tsx': page('home'),
    };

    expect(await judgeRepair({ log, files, edits: [remove(one)] })).toEqual(['valid']);
    expect(await judgeRepair({ log, files, edits: [remove(other)] })).toEqual(['valid']);
    expect(await judgeRepair({ log, files, edits: [remove(one), remove(other)] })).toContain('export-dropped');
    expect(await judgeRepair({ log, files, edits: [remove(one), remove('app/page.tsx')] })).toContain('export-dropped');
  });
});

it('a file of the same path below src is not the one that is named', async () => {
  const log = nextLog(
    '⨯ Conflicting app and page file was found, please remove the conflicting files to continue:\n⨯   "pages/about.tsx" - "app/about/page.tsx"',
  );
  const paths = ['pages/about.tsx', 'app/about/page.tsx', 'src/pages/about.tsx', 'src/app/about/page.tsx'];
  const files = { 'package.json': NEXT_MANIFEST, ...Object.fromEntries(paths.map((path) => [path, page(path)])) };

  expect(await judgeRepair({ log, files, edits: [remove('pages/about.tsx')] })).toEqual(['valid']);
  expect(await judgeRepair({ log, files, edits: [remove('src/pages/about.tsx')] })).toContain('export-dropped');
});

describe('a middleware beside the proxy that took its place', () => {
  const log = nextLog(
    'Error: Both middleware file "./middleware.ts" and proxy file "./proxy.ts" are detected. Please use "./proxy.ts" only. Learn more: https://nextjs.org/docs/messages/middleware-to-proxy',
  );
  const guard = (name: string, cookie: string, matcher: string) =>
    `import { NextResponse, type NextRequest } from 'next/server';

export function ${name}(request: NextRequest) {
  if (!request.cookies.has('${cookie}')) return NextResponse.redirect(new URL('/welcome', request.url));
  return NextResponse.next();
}

export const config = { matcher: ${matcher} };
`;
  const proxy = guard('proxy', 'tide', "['/films/:path*', '/calendar']");
  const dropping = (middleware: string, kept = proxy) =>
    judgeRepair({
      log,
      files: { 'package.json': NEXT_MANIFEST, 'middleware.ts': middleware, 'proxy.ts': kept },
      edits: [remove('middleware.ts')],
    });

  it('may go with its addresses where the proxy sees to all of it', async () => {
    expect(await dropping(guard('middleware', 'tide', "['/films/:path*']"))).toEqual(['valid']);
    expect(await dropping(guard('middleware', 'tide', "'/calendar'"))).toEqual(['valid']);
  });

  it.each([
    ['an address of its own', guard('middleware', 'tide', "['/films/:path*', '/desk']"), proxy],
    ['a cookie of its own', guard('middleware', 'session', "['/films/:path*']"), proxy],
    [
      'a call of its own',
      guard('middleware', 'tide', "['/films/:path*']").replace('request.cookies.has(', 'isSigned(request, '),
      proxy,
    ],
    [
      'an address that the proxy has in a comment',
      guard('middleware', 'tide', "['/desk']"),
      proxy.replace("'/calendar']", "'/calendar'/*, '/desk'*/]"),
    ],
    [
      'an address that the proxy has under a condition',
      guard('middleware', 'tide', "['/desk']"),
      proxy.replace("'/calendar'", "{ source: '/desk', has: [{ type: 'cookie', key: 'tide' }] }"),
    ],
    ['an address that the proxy has elsewhere', guard('middleware', 'tide', "['/welcome']"), proxy],
  ])('stays with %s', async (_, middleware, kept) => {
    expect(await dropping(middleware, kept)).toContain('protection-weakened');
  });

  it('stays where the proxy loses what it had', async () => {
    const files = {
      'package.json': NEXT_MANIFEST,
      'middleware.ts': guard('middleware', 'tide', "['/films/:path*']"),
      'proxy.ts': proxy,
    };
    const edits = [remove('middleware.ts'), swap('proxy.ts', "'/films/:path*', ", '')];
    expect(await judgeRepair({ log, files, edits })).toContain('protection-weakened');
  });
});

describe('a page that was rendered with each request', () => {
  const log = nextLog(`Failed to compile.

./app/users/page.tsx
Error:   x "getServerSideProps" is not supported in app/. Read more: https://nextjs.org/docs/app/building-your-application/data-fetching
   ,-[/vercel/path0/app/users/page.tsx:7:1]
 7 | export async function getServerSideProps() {
   \`----

> Build failed because of webpack errors`);
  const users = `import { listUsers } from '../../lib/users';

export default function Page({ users }) {
  return users.map((user) => <p key={user.id}>{user.name}</p>);
}

export async function getServerSideProps() {
  const users = await listUsers();
  return { props: { users } };
}
`;
  const files = {
    'package.json': NEXT_MANIFEST,
    'app/users/page.tsx': users,
    'app/layout.tsx': page('layout'),
    'lib/users.ts': "export async function listUsers() {\n  return [{ id: 1, name: 'a' }];\n}\n",
  };
  const repaired = `import { listUsers } from '../../lib/users';

export const dynamic = 'force-dynamic';

export default async function Page() {
  const users = await listUsers();
  return users.map((user) => <p key={user.id}>{user.name}</p>);
}
`;

  it('stays so', async () => {
    expect(await judgeRepair({ log, files, edits: [write('app/users/page.tsx', repaired)] })).toEqual(['valid']);
  });

  it('takes no other page along', async () => {
    const edits = [
      write('app/users/page.tsx', repaired.replace("export const dynamic = 'force-dynamic';\n\n", '')),
      swap('app/layout.tsx', 'export default', "export const dynamic = 'force-dynamic';\nexport default"),
    ];

    expect(await judgeRepair({ log, files, edits })).toContain('rendering-mode-changed');
  });
});

describe('asking where code runs', () => {
  const theme =
    "'use client';\n\nexport default function Page() {\n  const theme = localStorage.getItem('theme');\n  return <p>{theme}</p>;\n}\n";
  const files = { 'package.json': NEXT_MANIFEST, 'app/page.tsx': theme };
  const edits = [
    swap(
      'app/page.tsx',
      "localStorage.getItem('theme')",
      "typeof window === 'undefined' ? null : localStorage.getItem('theme')",
    ),
  ];
  const failing = (message: string) =>
    nextLog(
      `${message}\n    at 123 (/vercel/path0/.next/server/app/page.js:1:4305)\nError occurred prerendering page "/". Read more: https://nextjs.org/docs/messages/prerender-error\nExport encountered an error on /page: /, exiting the build.`,
    );

  it.each(['TypeError: localStorage.getItem is not a function', 'ReferenceError: DOMMatrix is not defined'])(
    'is right where the log says %s',
    async (message) => {
      expect(await judgeRepair({ log: failing(message), files, edits })).toEqual(['valid']);
    },
  );

  it.each(['TypeError: theme.getItem is not a function', 'ReferenceError: Image is not defined'])(
    'hides what the log says with %s',
    async (message) => {
      expect(await judgeRepair({ log: failing(message), files, edits })).toEqual(['server-rendering-disabled']);
    },
  );
});

describe('a module that a new file takes the place of', () => {
  const log = buildLog(
    'vite build',
    `error during build:
Cannot import $env/static/private into client-side code: src/lib/api.ts
  src/routes/+page.svelte imports
   src/lib/api.ts imports
    $env/static/private`,
  );
  const api = `import { API_KEY } from '$env/static/private';

export async function list(query: string) {
  const response = await fetch(\`https://api.example.com/\${query}?key=\${API_KEY}\`);
  return response.json();
}
`;
  const files = {
    'package.json': '{\n  "name": "site",\n  "dependencies": { "@sveltejs/kit": "2.0.0", "svelte": "5.0.0" }\n}\n',
    'svelte.config.js': 'export default { kit: {} };\n',
    'src/lib/api.ts': api,
    'src/routes/+page.svelte':
      "<script lang=\"ts\">\n  import { list } from '$lib/api';\n  const items = list('a');\n</script>\n\n{#await items then found}<p>{found.length}</p>{/await}\n",
  };
  const edits = [
    remove('src/lib/api.ts'),
    write('src/lib/server/api.ts', api),
    swap(
      'src/routes/+page.svelte',
      "  import { list } from '$lib/api';\n  const items = list('a');\n</script>\n\n{#await items then found}<p>{found.length}</p>{/await}",
      '  let { data } = $props();\n</script>\n\n<p>{data.items.length}</p>',
    ),
  ];
  const loader =
    "import { list } from '$lib/server/api';\n\nexport const load = async () => ({ items: await list('a') });\n";

  it('leads to those that import it from there', async () => {
    expect(await judgeRepair({ log, files, edits: [...edits, write('src/routes/+page.server.ts', loader)] })).toEqual([
      'valid',
    ]);
  });

  it('leads to no others', async () => {
    const stray = write('src/routes/extra.ts', 'export const extra = 1;\n');

    expect(
      await judgeRepair({ log, files, edits: [...edits, write('src/routes/+page.server.ts', loader), stray] }),
    ).toContain('unrelated-file');
  });
});

describe('a route that a message lists', () => {
  const log = buildLog(
    'vite build',
    `Error: The following routes were marked as prerenderable, but were not prerendered because they were not found while crawling your app:
  - /blog/[slug]
`,
  );
  const load = 'export const prerender = true;\nexport const load = ({ params }) => ({ slug: params.slug });\n';
  const files = {
    'package.json': '{\n  "name": "site",\n  "dependencies": { "@sveltejs/kit": "2.0.0", "svelte": "5.0.0" }\n}\n',
    'src/routes/blog/[slug]/+page.ts': load,
    'src/routes/blog/[slug]/+page.svelte': '<p>a</p>\n',
    'src/routes/about/+page.ts': load,
    'src/routes/about/+page.svelte': '<p>a</p>\n',
  };
  const entries = (path: string) => [
    swap(path, 'export const load', "export const entries = () => [{ slug: 'a' }];\nexport const load"),
  ];

  it('leads to its files, and to no others', async () => {
    expect(await judgeRepair({ log, files, edits: entries('src/routes/blog/[slug]/+page.ts') })).toEqual(['valid']);
    expect(await judgeRepair({ log, files, edits: entries('src/routes/about/+page.ts') })).toContain('unrelated-file');
  });
});

describe('a site that is exported as files', () => {
  it('says of its metadata that they are static', async () => {
    const log = nextLog(
      'Error: export const dynamic = "force-static"/export const revalidate not configured on route "/robots.txt" with "output: export". See more info here: https://nextjs.org/docs/advanced-features/static-html-export\n    at Object.<anonymous> (.next/server/app/robots.txt/route.js:5:3)\n\n> Build error occurred\nError: Failed to collect page data for /robots.txt',
    );
    const robots = 'export default function robots() {\n  return { rules: [] };\n}\n';
    const files = {
      'package.json': NEXT_MANIFEST,
      'next.config.js': "module.exports = { output: 'export' };\n",
      'app/robots.ts': robots,
      'app/layout.tsx': page('l'),
      'app/page.tsx': page('home'),
    };
    const say = (mode: string) => [write('app/robots.ts', `export const dynamic = '${mode}';\n\n${robots}`)];

    expect(await judgeRepair({ log, files, edits: say('force-static') })).toEqual(['valid']);
    expect(await judgeRepair({ log, files, edits: say('force-dynamic') })).toContain('rendering-mode-changed');
  });
});
