import { expect, test } from 'vitest';
import { indexRepository } from '../../lib/context/repository-index.js';
import { findRouteFiles, listRoutes } from '../../lib/context/routes.js';

const trees = {
  app: 'app/layout.tsx app/page.tsx app/not-found.tsx app/(shop)/layout.tsx app/(shop)/blog/layout.tsx app/(shop)/blog/[slug]/page.tsx app/blog/new/page.tsx app/(auth)/layout.tsx app/api/x/route.ts app/docs/[[...all]]/page.tsx app/@modal/docs/page.tsx',
  pages:
    'src/pages/_app.tsx src/pages/index.js src/pages/loaves/[slug].js src/pages/api/stock.ts src/pages/404.js src/lib/pages.ts',
  svelte:
    'src/routes/+layout.svelte src/routes/+page.svelte src/routes/bakers/[name]/+page.svelte src/routes/bakers/[name]/+page.server.ts src/routes/(app)/+layout.server.ts src/routes/(app)/x/+page.svelte src/routes/api/+server.ts',
  router: 'app/root.tsx app/routes/_index.tsx app/routes/blog.$slug.tsx app/routes/blog.tsx app/routes/_auth.login.tsx',
  nuxt: 'app/app.vue app/layouts/default.vue app/pages/index.vue app/pages/shop/[id].vue server/api/tides/[port].get.ts server/routes/feed.xml.ts nuxt.config.ts',
  mono: 'apps/web/app/page.tsx apps/web/app/layout.tsx apps/docs/app/page.tsx',
};

test.each([
  ['app', '/', 'app/page.tsx', 'app/layout.tsx'],
  [
    'app',
    '/blog/hello',
    'app/(shop)/blog/[slug]/page.tsx',
    'app/(shop)/blog/layout.tsx app/layout.tsx app/(shop)/layout.tsx',
  ],
  [
    'app',
    '/blog/[slug]',
    'app/(shop)/blog/[slug]/page.tsx',
    'app/(shop)/blog/layout.tsx app/layout.tsx app/(shop)/layout.tsx',
  ],
  [
    'app',
    '/(shop)/blog/[slug]/page',
    'app/(shop)/blog/[slug]/page.tsx',
    'app/(shop)/blog/layout.tsx app/layout.tsx app/(shop)/layout.tsx',
  ],
  ['app', '/blog/new', 'app/blog/new/page.tsx', 'app/layout.tsx'],
  ['app', '/api/x', 'app/api/x/route.ts', 'app/layout.tsx'],
  ['app', '/docs/a/b', 'app/docs/[[...all]]/page.tsx', 'app/layout.tsx'],
  ['app', '/_not-found', 'app/not-found.tsx', 'app/layout.tsx'],
  ['pages', '/loaves/rye', 'src/pages/loaves/[slug].js', 'src/pages/_app.tsx'],
  ['pages', '/de-CH/loaves/rye', 'src/pages/loaves/[slug].js', 'src/pages/_app.tsx'],
  ['pages', '/api/stock', 'src/pages/api/stock.ts', 'src/pages/_app.tsx'],
  ['pages', '/404', 'src/pages/404.js', 'src/pages/_app.tsx'],
  ['svelte', '/bakers/jo', 'src/routes/bakers/[name]/+page.svelte', 'src/routes/+layout.svelte'],
  ['svelte', '/x', 'src/routes/(app)/x/+page.svelte', 'src/routes/+layout.svelte src/routes/(app)/+layout.server.ts'],
  ['svelte', '/api', 'src/routes/api/+server.ts', 'src/routes/+layout.svelte'],
  ['router', '/', 'app/routes/_index.tsx', 'app/root.tsx'],
  ['router', '/blog/a', 'app/routes/blog.$slug.tsx', 'app/root.tsx'],
  ['router', '/login', 'app/routes/_auth.login.tsx', 'app/root.tsx'],
  ['nuxt', '/shop/1', 'app/pages/shop/[id].vue', 'app/app.vue app/layouts/default.vue'],
  ['nuxt', '/api/tides/north', 'server/api/tides/[port].get.ts', 'app/app.vue app/layouts/default.vue'],
  ['nuxt', '/feed.xml', 'server/routes/feed.xml.ts', 'app/app.vue app/layouts/default.vue'],
  ['mono', '/', 'apps/web/app/page.tsx', 'apps/web/app/layout.tsx'],
] as const)('%s: %s', (tree, route, pages, layouts) => {
  const entries = trees[tree].split(' ').map((path) => ({ path, mode: '100644' as const, sha: '' }));
  const found = findRouteFiles(
    indexRepository({ entries, truncated: false }),
    tree === 'mono' ? 'apps/web' : '',
    route,
  );

  expect(found.pages).toEqual([pages]);
  expect([...found.layouts].sort()).toEqual(layouts.split(' ').sort());
});

test('a route that no file answers is wrapped by the root layout all the same', () => {
  const entries = trees.app.split(' ').map((path) => ({ path, mode: '100644' as const, sha: '' }));

  expect(findRouteFiles(indexRepository({ entries, truncated: false }), '', '/nowhere/at/all')).toEqual({
    pages: [],
    loaders: [],
    layouts: ['app/layout.tsx'],
  });
});

test.each([
  [
    '',
    'src/routes/+layout.svelte src/routes/(site)/a/+page.svelte src/routes/[b]/+page.svelte src/routes/Part.svelte',
    '/a',
  ],
  ['', 'docs/02-sails/01-jib.md', '/docs/sails/jib /sails/jib'],
  ['site', 'site/src/content/docs/jib/index.mdx docs/other.md', '/src/content/docs/jib /docs/jib /jib'],
  ['', 'pages/rota/index.tsx pages/rota/[day].tsx pages/_app.tsx', '/rota'],
])('the routes of a tree, those of its documents wherever they may be served: %s, %s', (root, tree, routes) => {
  const entries = tree.split(' ').map((path) => ({ path, mode: '100644' as const, sha: '' }));

  expect(listRoutes(indexRepository({ entries, truncated: false }), root)).toEqual(routes.split(' '));
});

test('finds what the App Router makes files of metadata from', () => {
  const tree = {
    entries: ['app/layout.tsx', 'app/robots.ts', 'app/shop/sitemap.ts'].map((path) => ({
      path,
      mode: '100644' as const,
      sha: '',
    })),
    truncated: false,
  };
  const index = indexRepository(tree);
  expect(findRouteFiles(index, '', '/robots.txt').pages).toEqual(['app/robots.ts']);
  expect(findRouteFiles(index, '', '/shop/sitemap.xml').pages).toEqual(['app/shop/sitemap.ts']);
  expect(findRouteFiles(index, '', '/manifest.webmanifest').pages).toEqual([]);
});
